//! A little more next time: a proposal from the person's own sets, by a rule that can be said in a sentence, and never more than a
//! question.
//!
//! The rule: the last three sets of an exercise reached the targets that hold now, with good form, and none ended in pain nor was
//! followed by more pain than there was before. Then one repetition more, or a second, up to half as much again as the exercise's
//! file asks for. Ranges are never touched.

use super::session::{SessionRecord, StoredSet};
use crate::counting::record::EndedBy;
use crate::exercise::routine::Step;
use crate::exercise::{Mode, Target};

/// So many sets running must have gone well (proposal).
pub const SETS: usize = 3;
/// Form of each, median score, 0..100 (proposal).
const GOOD_FORM: u32 = 80;
/// Never more than this over the exercise's own target.
const MOST: f64 = 1.5;
/// Seconds more of a hold, and of what goes by time.
const HOLD_MORE_S: f64 = 1.0;
const TIME_MORE_S: f64 = 10.0;

/// What would be a little more for a step, given the newest sessions that have its exercise; `None` where the rule does not hold.
pub fn more(step: &Step, sessions: &[SessionRecord]) -> Option<Target> {
    let of_exercise =
        |set: &&StoredSet| set.finished && set.summary.exercise.as_deref() == Some(step.exercise.id.as_str());
    let mut newest: Vec<(&SessionRecord, &StoredSet)> = sessions
        .iter()
        .flat_map(|session| session.sets.iter().filter(of_exercise).map(move |set| (session, set)))
        .collect();
    newest.sort_by(|a, b| (&b.0.id, b.1.index).cmp(&(&a.0.id, a.1.index)));
    let last = newest.get(..SETS)?;
    last.iter().all(|(session, set)| went_well(step, session, set)).then(|| next(step)).flatten()
}

fn went_well(step: &Step, session: &SessionRecord, set: &StoredSet) -> bool {
    let is_now = set.target_reps == step.target.reps && (set.target_hold_s - step.target.hold_s).abs() < 0.01;
    let is_reached = if step.exercise.mode == Mode::Duration {
        set.summary.active_s >= set.target_hold_s
    } else {
        set.counted() >= set.target_total()
    };
    let mut scores: Vec<u32> = set.summary.repetitions.iter().filter_map(|rep| rep.score).collect();
    scores.sort_unstable();
    let is_clean = scores.get(scores.len() / 2).is_none_or(|median| *median >= GOOD_FORM);
    let hurts = set.summary.ended_by == Some(EndedBy::Pain)
        || session.pain_before.zip(session.pain_after).is_some_and(|(before, after)| after > before);
    is_now && is_reached && is_clean && !hurts
}

fn next(step: &Step) -> Option<Target> {
    let (own, now) = (step.exercise.target, step.target);
    let more = match step.exercise.mode {
        Mode::Reps => Target { reps: now.reps + 1, ..now },
        Mode::Hold => Target { hold_s: now.hold_s + HOLD_MORE_S, ..now },
        Mode::Duration => Target { hold_s: now.hold_s + TIME_MORE_S, ..now },
    };
    let is_too_much = f64::from(more.reps) > f64::from(own.reps) * MOST || more.hold_s > own.hold_s * MOST;
    (!is_too_much).then_some(more)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::counting::record::{Rep, RepTotals, Summary};
    use crate::counting::runner::SetOrigin;
    use crate::exercise::plan::SetPlan;
    use crate::exercise::routine::catalogue;

    fn step() -> Step {
        let routine = catalogue::load("upper_back").unwrap();
        routine.step_of("wall_angels").unwrap().clone()
    }

    fn rep(index: u32, score: u32) -> Rep {
        Rep {
            id: index,
            index,
            start_s: 0.0,
            peak_s: 1.0,
            end_s: 2.0,
            side: None,
            counted: true,
            reason: None,
            hold_s: None,
            range: 60.0,
            range_unit: "deg".to_owned(),
            score: Some(score),
            faults: Vec::new(),
            remarks: Vec::new(),
        }
    }

    /// A session with one set of so many repetitions of that form.
    fn session(day: u32, reps: u32, score: u32, change: impl Fn(&mut SessionRecord)) -> SessionRecord {
        let at = format!("2026-11-{day:02}T18:00:00+01:00");
        let mut session = SessionRecord::begun(&format!("202611{day:02}T170000Z-0001"), "me", &at);
        let origin = SetOrigin { model: "full".to_owned(), source_kind: "camera".to_owned(), started_at: at };
        let mut set = StoredSet::begun(&SetPlan::of_step(&step()), &origin);
        (set.index, set.finished) = (1, true);
        set.summary = Summary::empty("wall_angels", "full", "camera");
        set.summary.repetitions = (1..=reps).map(|n| rep(n, score)).collect();
        set.summary.reps = RepTotals::of(&set.summary.repetitions);
        session.sets.push(set);
        change(&mut session);
        session
    }

    #[test]
    fn a_little_more_is_proposed_after_three_good_times_and_else_not() {
        let target = step().target.reps;
        let good = |day| session(day, target, 95, |_| ());
        let after = |third: SessionRecord| more(&step(), &[good(3), third, good(1)]).map(|t| t.reps);
        assert_eq!(after(good(2)), Some(target + 1));
        let cases = [
            ("one repetition missing", session(2, target - 1, 95, |_| ())),
            ("poor form", session(2, target, 60, |_| ())),
            ("more pain afterwards", session(2, target, 95, |s| (s.pain_before, s.pain_after) = (Some(2), Some(4)))),
            ("ended in pain", session(2, target, 95, |s| s.sets[0].summary.ended_by = Some(EndedBy::Pain))),
            ("another target", session(2, target, 95, |s| s.sets[0].target_reps += 1)),
        ];
        let wrong: Vec<_> =
            cases.into_iter().filter(|(_, third)| after(third.clone()).is_some()).map(|c| c.0).collect();
        assert!(wrong.is_empty(), "proposed after {wrong:?}");
        assert_eq!(more(&step(), &[good(1), good(2)]), None, "twice is not enough");
    }

    #[test]
    fn it_ends_at_half_as_much_again() {
        let mut step = step();
        step.target.reps = step.exercise.target.reps * 3 / 2;
        let full = |day| session(day, step.target.reps, 95, |s| s.sets[0].target_reps = step.target.reps);
        assert_eq!(more(&step, &[full(1), full(2), full(3)]), None);
    }
}
