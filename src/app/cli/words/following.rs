//! Words of the commands that follow an exercise: `analyze` and `watch`.

use super::{labelled, lines, shown, warning};
use crate::base::language::{Language, current, decimal, tr, translated};
use crate::counting::record::{NothingCounted, Rep, RepSide, Summary};
use crate::counting::retold;
use crate::exercise::plan::fault_words;
use crate::exercise::{ExerciseDef, Mode};
use std::fmt::Display;
use std::path::Path;

/// Nearest exercises that are named when none was recognised.
const NEAREST: usize = 3;
/// Less than this reads as no time at all in tenths of a second.
const READABLE_S: f64 = 0.05;

// The plan of a set.

/// The kept range cannot be read.
pub fn range_is_learned(trouble: impl Display) -> String {
    warning(tr!("cli-range-is-learned", trouble = trouble.to_string()))
}

// `analyze`: options that do not go together.

/// No exercise file at all to recognise one with.
pub fn nothing_to_recognise() -> String {
    tr!("cli-nothing-to-recognise")
}

/// One file for several inputs; `option` is the name of the option, without dashes.
pub fn one_input_only(option: &str, inputs: usize) -> String {
    tr!("cli-one-input-only", option = option, inputs = inputs)
}

/// An option that needs the exercise.
pub fn needs_exercise(option: &str) -> String {
    tr!("cli-needs-exercise", option = option)
}

/// An overlay of something else than a film.
pub fn no_film(input: &Path) -> String {
    tr!("cli-no-film", path = shown(input))
}

// `analyze`: what is kept and written.

/// The store cannot be used while recordings are analysed.
pub fn analysis_without_store(trouble: impl Display) -> String {
    warning(tr!("cli-analysis-without-store", trouble = trouble.to_string()))
}

/// Nothing that a report could show.
pub fn nothing_to_report(out: &Path) -> String {
    tr!("cli-nothing-to-report", path = shown(out))
}

/// The report is there.
pub fn report_written(out: &Path) -> String {
    tr!("cli-report-written", path = shown(out))
}

// `analyze`: the summary.

/// No exercise was recognised.
pub fn not_recognised(s: &Summary, input: &Path) -> String {
    let candidates = s.candidates.iter().flatten().filter(|c| c.confidence > 0.0).take(NEAREST);
    let near: Vec<_> = candidates.map(|c| format!("{} {:.0} %", c.id, c.confidence * 100.0)).collect();
    let near = if near.is_empty() { tr!("cli-nothing-near") } else { tr!("cli-nearest", exercises = near.join(", ")) };
    format!("{}  {}", tr!("cli-not-recognised", near = near), input.display())
}

/// A summary for people.
pub fn summary(s: &Summary, input: &Path, def: &ExerciseDef) -> String {
    let mut said = vec![format!("{}  {}", translated(&def.title), input.display())];
    if let Some(best) = s.candidates.as_ref().and_then(|c| c.first()) {
        let percent = decimal(best.confidence * 100.0, 0);
        said.push(format!("  {}", tr!("cli-recognised", id = best.id.as_str(), percent = percent)));
    }
    said.push(labelled(&tr!("cli-label-counted"), counted(s, def)));
    said.extend(s.not_counted_because.as_ref().map(|b| labelled(&tr!("cli-label-because"), because(b))));
    if def.mode == Mode::Hold {
        said.push(labelled(&tr!("cli-label-held"), held(s)));
    }
    said.extend(s.repetitions.iter().map(|r| repetition(r, def)));
    for n in &s.not_measured {
        said.push(format!(
            "  {}",
            tr!("cli-not-measured", what = inside(&n.id, def), why = retold::not_measured(&n.why))
        ));
    }
    let (length_s, percent) = (decimal(s.source.duration_s, 1), decimal(s.tracked_fraction * 100.0, 0));
    said.push(format!("  {}", tr!("cli-seen", frames = s.source.frames, s = length_s, percent = percent)));
    lines(&said)
}

/// What a fault is told by: its cue.
fn cue(id: &str, def: &ExerciseDef) -> String {
    translated(&fault_words(id, Some(def)))
}

/// The same inside a sentence. Only English writes all of a cue small there.
fn inside(id: &str, def: &ExerciseDef) -> String {
    let cue = cue(id, def);
    if current() == Language::English { cue.to_lowercase() } else { cue }
}

/// Why nothing counted.
fn because(b: &NothingCounted) -> String {
    let title = |id: &str| ExerciseDef::load(id).map_or_else(|_| id.to_owned(), |def| translated(&def.title));
    let looks_like = b.looks_like.as_deref().map(|id| format!(" {}", tr!("cli-looks-like", title = title(id))));
    format!("{}{}", retold::because(b), looks_like.unwrap_or_default())
}

/// What counts of the target: repetitions and holds, or the time of an activity and its passes.
fn counted(s: &Summary, def: &ExerciseDef) -> String {
    let (target, rejected) = (def.target_words(), s.reps.rejected);
    if def.mode == Mode::Duration {
        return tr!("cli-counted-active", s = decimal(s.active_s, 1), target = target, count = s.reps.total);
    }
    if !def.has_sides() {
        return tr!("cli-counted-of", n = s.reps.total, target = target, rejected = rejected);
    }
    let mut sides = tr!("cli-counted-sides", left = s.reps.left, right = s.reps.right);
    if s.reps.unknown > 0 {
        sides = format!("{sides}, {}", tr!("cli-counted-unknown", n = s.reps.unknown));
    }
    tr!("cli-counted-sides-of", sides = sides, target = target, rejected = rejected)
}

/// The time in position; that of holds which did not count, where there are such, stands apart from that of those which did.
fn held(s: &Summary) -> String {
    let (counted_s, best_s) = (s.holds.total_s, s.holds.best_s);
    let others = || s.repetitions.iter().filter(|r| !r.counted).filter_map(|r| r.hold_s);
    let others_s: f64 = others().sum();
    if others_s < READABLE_S {
        return tr!("cli-held", all = decimal(counted_s, 1), longest = decimal(best_s, 1));
    }
    let (all_s, longest_s) = (counted_s + others_s, others().fold(best_s, f64::max));
    tr!("cli-held-apart", counted = decimal(counted_s, 1), all = decimal(all_s, 1), longest = decimal(longest_s, 1))
}

/// A repetition, counted or not, in a line.
fn repetition(r: &Rep, def: &ExerciseDef) -> String {
    let side = r.side.map(|side| match side {
        RepSide::Left => tr!("cli-side-left"),
        RepSide::Right => tr!("cli-side-right"),
        RepSide::Unknown => tr!("cli-side-unknown"),
    });
    let hold = r.hold_s.filter(|h| r.counted || *h > 0.0).map(|h| tr!("cli-held-for", s = decimal(h, 1)));
    let why = r.reason.as_deref().map(|why| tr!("cli-not-counted", why = retold::reason(why)));
    let verdict = why.unwrap_or_else(|| tr!("cli-counted"));
    let (from, to) = (decimal(r.start_s, 1), decimal(r.end_s, 1));
    let mut words = format!("  {:>3}  {from:>6} {} {to:>6} s", r.index, tr!("cli-to"));
    for part in side.into_iter().chain(hold) {
        words.push_str(", ");
        words.push_str(&part);
    }
    words.push_str("  ");
    words.push_str(&verdict);
    let mut remarks: Vec<_> = r.faults.iter().chain(&r.remarks).map(|id| cue(id, def)).collect();
    // Two faults may ask for the same.
    remarks.dedup();
    // Apart by more than a comma, which cues may have themselves.
    for remark in remarks {
        words.push_str("; ");
        words.push_str(&remark);
    }
    words
}

// `watch`

/// The store takes repetitions again.
pub fn written_again() -> String {
    tr!("cli-written-again")
}

/// The store takes no repetitions.
pub fn not_written(trouble: &str) -> String {
    warning(tr!("cli-not-written", trouble = trouble))
}

/// A session that was left open.
pub fn left_open(id: &str) -> String {
    tr!("cli-left-open", id = id)
}

/// The session is kept.
pub fn kept(id: &str) -> String {
    tr!("cli-kept", id = id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::counting::record::{HoldTotals, NotMeasured, RepTotals};

    fn rep(index: u32, hold_s: Option<f64>, counted: bool, faults: &[&str]) -> Rep {
        Rep {
            id: index,
            index,
            start_s: 1.0,
            peak_s: 2.0,
            end_s: 12.5,
            side: None,
            counted,
            reason: (!counted).then(|| "held 6.6 of 10 s".to_owned()),
            hold_s,
            range: 30.0,
            range_unit: "deg".to_owned(),
            score: counted.then_some(90),
            faults: faults.iter().map(|f| (*f).to_owned()).collect(),
            remarks: Vec::new(),
        }
    }

    fn of(exercise: &str, reps: Vec<Rep>) -> (Summary, ExerciseDef) {
        let (totals, holds) = (RepTotals::of(&reps), HoldTotals::of(&reps));
        let empty = Summary::empty(exercise, "full", "trace");
        let summary = Summary { reps: totals, holds, repetitions: reps, ..empty };
        (summary, ExerciseDef::load(exercise).unwrap())
    }

    #[test]
    fn time_held_too_briefly_stands_apart_from_time_that_counts() {
        let short = |n| rep(n, Some(6.6), false, &[]);
        let (only_short, _) = of("cobra", (1..=3).map(short).collect());
        assert_eq!(held(&only_short), "0.0 s in holds that counted; 19.8 s in all, longest 6.6 s");
        let (mixed, _) = of("cobra", vec![rep(1, Some(10.2), true, &[]), short(2), rep(3, None, false, &[])]);
        assert_eq!(held(&mixed), "10.2 s in holds that counted; 16.8 s in all, longest 10.2 s");
        let (all, _) = of("cobra", vec![rep(1, Some(10.2), true, &[]), rep(2, Some(0.0), false, &[])]);
        assert_eq!(held(&all), "10.2 s in all, longest 10.2 s");
    }

    #[test]
    fn an_activity_is_told_in_seconds_and_passes() {
        let (mut s, def) = of("foam_roll", (1..=5).map(|n| rep(n, None, true, &[])).collect());
        s.active_s = 19.2;
        assert_eq!(counted(&s, &def), "19.2 of 120 s, 5 passes");
        s.reps.total = 1;
        assert_eq!(counted(&s, &def), "19.2 of 120 s, 1 pass");
    }

    #[test]
    fn faults_are_told_by_their_cues() {
        let (mut s, def) = of("bird_dog", vec![rep(1, Some(5.0), true, &["back_sag", "past_limit", "gone_by_now"])]);
        let id = "wrist_angle".to_owned();
        s.not_measured = vec![NotMeasured { id, why: "hidden".to_owned() }];
        let text = summary(&s, Path::new("dog.mp4"), &def);
        let line =
            "    1     1.0 to   12.5 s, held 5.0 s  counted; Brace, flat back; That is far enough; gone by now\n";
        assert!(text.contains(line), "{text}");
        assert!(text.contains("  not measured: wrist angle (hidden)\n"), "{text}");
    }
}
