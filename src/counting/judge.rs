//! What counts: all that was observed in a set so far, judged as a whole and anew each time.
//!
//! In: the [`Observation`]s of a set in order of time, and its plan. Out: one [`Verdict`] for each of them and the own range
//! that they give. A pure function: nothing of an earlier judgement is kept or patched, so that a later excursion may speak
//! for or against an earlier one. [`Ledger`](super::ledger::Ledger) reports what has changed from one judgement to the next.
//!
//! ```text
//! 1  at first sight   each excursion by the thresholds it was seen with: nothing, counts, or rejected and why
//! 2  own range        learned from those that reached their thresholds (and, as a check, from those that fell short)
//! 3  in the end       what counts but is far under the own range falls short; what fell short of an own range that has
//!                     turned out to be less stands; what is less than an attempt by now is nothing
//! ```
//!
//! In a loose set-up (`needs_proof`) a last step follows: nothing stands but what is alike to at least two others, see
//! [`alike`](super::alike).

use super::alike;
use super::compare::Shown;
use super::detect::excursion::{Ending, Excursion};
use super::range::{RangeEstimate, RangeLearner, Thresholds};
use super::reason::Reason;
use crate::exercise::plan::{RangePrior, SetPlan};
use crate::exercise::{Mode, Pattern};

/// Under this share of the least range even several alike are no repetitions (proposal).
const SMALL_SHARE: f64 = 0.5;
/// What falls short and is over sooner than this is a twitch, no attempt, seconds (docs/rationale.md#rejected).
const ATTEMPT_S: f64 = 0.5;

/// What was observed: an excursion, and what was seen in it besides.
#[derive(Clone, Debug, PartialEq)]
pub struct Observation {
    /// The excursion.
    pub excursion: Excursion,
    /// Indices of the faults seen in it, advisory ones included.
    pub faults: Vec<usize>,
    /// What it showed of each fault of the exercise that is told by comparison.
    pub shown: Vec<Option<Shown>>,
    /// Gains of the further signals that the count rule asks for, in its order; `None` where one was not seen.
    pub gains: Vec<Option<f64>>,
    /// Cue of the fault that a decoy stands for, when the excursion is one.
    pub wrong: Option<String>,
    /// Something moved that stays where it is in this exercise.
    pub is_another: bool,
    /// It belongs to the side that is not to count.
    pub is_other_side: bool,
    /// Timed by the person; nothing of it was seen.
    pub is_self_timed: bool,
}

impl Observation {
    /// An excursion in which nothing else was seen.
    pub fn of(excursion: Excursion) -> Self {
        Self {
            excursion,
            faults: Vec::new(),
            shown: Vec::new(),
            gains: Vec::new(),
            wrong: None,
            is_another: false,
            is_other_side: false,
            is_self_timed: false,
        }
    }
}

/// What an observation comes to.
#[derive(Clone, Debug, PartialEq)]
pub enum Standing {
    /// Fidgeting, or cut off before it was anything: not listed.
    Nothing,
    /// A repetition.
    Counts,
    /// An attempt that does not count.
    Rejected(Reason),
}

/// The verdict on one observation.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// What it comes to.
    pub standing: Standing,
    /// Seconds in position by the thresholds it was judged with.
    pub hold_s: f64,
}

impl Verdict {
    /// Whether it counts.
    pub fn counts(&self) -> bool {
        self.standing == Standing::Counts
    }

    /// Whether it stands in the list.
    pub fn is_listed(&self) -> bool {
        self.standing != Standing::Nothing
    }
}

/// The judgement of a set so far.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Judgement {
    /// One for each observation.
    pub verdicts: Vec<Verdict>,
    /// The own range of each channel, once known.
    pub estimates: Vec<Option<RangeEstimate>>,
}

/// Judges all that was observed in a set.
pub fn judge(observations: &[Observation], plan: &SetPlan) -> Judgement {
    let channels = plan.exercise.count.channels.len();
    let mut learner = RangeLearner::new(channels, plan.prior);
    let mut first: Vec<Standing> = observations.iter().map(|o| first_sight(plan, o)).collect();
    let fell_short: Vec<bool> =
        observations.iter().zip(&first).map(|(o, standing)| learn(plan, &mut learner, o, standing)).collect();
    let estimates: Vec<_> = (0..channels).map(|c| learner.known(Some(c))).collect();
    let unsure = learner.known(None);
    let verdict = |((o, standing), fell_short): ((&Observation, Standing), bool)| {
        let estimate = o.excursion.channel.map_or(unsure, |c| estimates.get(c).copied().flatten());
        in_the_end(plan, o, standing, fell_short, estimate)
    };
    let small = small_ones(plan, observations, &first);
    let held_s = |i: &usize| held_by_own_range_s(plan, &observations[*i].excursion);
    small.iter().for_each(|i| first[*i] = beyond_range(plan, &observations[*i], held_s(i)));
    let mut verdicts: Vec<Verdict> = observations.iter().zip(first).zip(fell_short).map(verdict).collect();
    small.iter().for_each(|i| verdicts[*i].hold_s = held_s(i));
    if plan.needs_proof {
        keep_proven(observations, &mut verdicts);
    }
    Judgement { verdicts, estimates }
}

/// Movements under the least range that have proved themselves: where nothing went farther and no range is given, several
/// alike are how far this person goes, or how much of it is seen from here.
fn small_ones(plan: &SetPlan, observations: &[Observation], first: &[Standing]) -> Vec<usize> {
    let has_gone_farther =
        observations.iter().zip(first).any(|(o, s)| o.excursion.is_entered() && *s != Standing::Nothing);
    // A lone half of a cycle is no small cycle.
    let are_cycles = plan.exercise.count.pattern == Pattern::BothWays;
    if plan.prior != RangePrior::Nothing || are_cycles || has_gone_farther {
        return Vec::new();
    }
    let least = plan.exercise.count.min_range * SMALL_SHARE;
    let is_small = |i: &usize| {
        matches!(first[*i], Standing::Rejected(Reason::Short { .. })) && observations[*i].excursion.range >= least
    };
    let small: Vec<usize> = (0..first.len()).filter(is_small).collect();
    let excursions: Vec<&Excursion> = small.iter().map(|i| &observations[*i].excursion).collect();
    alike::proven(&excursions).into_iter().map(|i| small[i]).collect()
}

/// Lets nothing stand before the first of those that have proved themselves, nor anything where none has.
fn keep_proven(observations: &[Observation], verdicts: &mut [Verdict]) {
    let counted: Vec<usize> = (0..verdicts.len()).filter(|i| verdicts[*i].counts()).collect();
    let excursions: Vec<&Excursion> = counted.iter().map(|i| &observations[*i].excursion).collect();
    let proven: Vec<usize> = alike::proven(&excursions).into_iter().map(|i| counted[i]).collect();
    let first = proven.first().copied().unwrap_or(usize::MAX);
    for (i, verdict) in verdicts.iter_mut().enumerate() {
        if i < first || (verdict.counts() && !proven.contains(&i)) {
            verdict.standing = Standing::Nothing;
        }
    }
}

/// What an excursion comes to by the thresholds it was seen with.
fn first_sight(plan: &SetPlan, o: &Observation) -> Standing {
    let m = &o.excursion;
    let is_hold = plan.exercise.mode == Mode::Hold;
    if o.is_self_timed {
        return held_long_enough(plan, m.hold_s);
    }
    if let Some(cue) = &o.wrong {
        return if m.is_entered() { Standing::Rejected(Reason::Wrong(cue.clone())) } else { Standing::Nothing };
    }
    let is_held = is_hold && m.is_entered() && m.hold_s >= plan.exercise.target.hold_s;
    if m.ending == Ending::Cut && !is_held {
        return Standing::Nothing;
    }
    let is_attempt = m.range >= m.thresholds.attempt && m.length_s() >= ATTEMPT_S && m.ending == Ending::Returned;
    if !m.is_entered() && !is_attempt {
        return Standing::Nothing;
    }
    if o.is_another {
        return if m.is_entered() { Standing::Rejected(Reason::Another) } else { Standing::Nothing };
    }
    if o.is_other_side {
        return Standing::Rejected(Reason::OtherSide);
    }
    if !m.is_entered() {
        return Standing::Rejected(Reason::Short { missing: m.thresholds.enter - m.range });
    }
    beyond_range(plan, o, m.hold_s)
}

/// Learns the own range from an observation. True where only the own range, as far as it was known, kept an excursion from
/// its thresholds: it may be the own range that was wrong.
fn learn(plan: &SetPlan, learner: &mut RangeLearner, o: &Observation, standing: &Standing) -> bool {
    let m = &o.excursion;
    if !m.baseline_was_seen {
        return false;
    }
    let is_short = matches!(standing, Standing::Rejected(Reason::Short { .. })) && !m.is_entered();
    let fell_short = is_short && m.range >= plan.exercise.count.min_range && learner.is_known();
    if matches!(standing, Standing::Counts | Standing::Rejected(Reason::HeldTooShort { .. })) {
        learner.learn(m.channel, m.range);
    } else if fell_short {
        learner.learn_short(m.channel, m.range);
    }
    fell_short
}

/// What an observation comes to, with the own range as it is known now.
fn in_the_end(
    plan: &SetPlan,
    o: &Observation,
    standing: Standing,
    fell_short: bool,
    estimate: Option<RangeEstimate>,
) -> Verdict {
    let m = &o.excursion;
    let as_seen = |standing| Verdict { standing, hold_s: m.hold_s };
    let Some(own) = estimate.filter(|_| !o.is_self_timed) else { return as_seen(standing) };
    let verdict = match standing {
        Standing::Counts if m.baseline_was_seen && m.range < own.stands_from() => {
            as_seen(Standing::Rejected(Reason::Short { missing: own.stands_from() - m.range }))
        }
        Standing::Rejected(_) if fell_short && m.range >= own.stands_from().max(plan.exercise.count.min_range) => {
            let hold_s = m.hold_s.max(hold_by_itself_s(plan, m));
            Verdict { standing: beyond_range(plan, o, hold_s), hold_s }
        }
        standing => as_seen(standing),
    };
    let is_fidgeting = matches!(verdict.standing, Standing::Rejected(_)) && m.range < own.attempt_from();
    if is_fidgeting { as_seen(Standing::Nothing) } else { verdict }
}

/// Whether an excursion that went far enough counts, or why it does not all the same.
fn beyond_range(plan: &SetPlan, o: &Observation, hold_s: f64) -> Standing {
    let (m, rule) = (&o.excursion, &plan.exercise.count);
    let mut gained = rule.gains.iter().zip(&o.gains);
    // What goes less far gains less on the way. Without what has to come with it, it was something else.
    let share = (m.range / rule.min_range).min(1.0);
    if gained.any(|(asked, gain)| gain.is_some_and(|g| g < asked.at_least * share)) {
        Standing::Rejected(Reason::Another)
    } else if m.length_s() < rule.min_rep_s {
        Standing::Rejected(Reason::TooQuick)
    } else if plan.exercise.mode == Mode::Hold {
        held_long_enough(plan, hold_s)
    } else if m.ending == Ending::Lost {
        Standing::Rejected(Reason::OutOfSight)
    } else {
        Standing::Counts
    }
}

fn held_long_enough(plan: &SetPlan, held_s: f64) -> Standing {
    let target_s = plan.exercise.target.hold_s;
    if plan.exercise.mode == Mode::Hold && held_s < target_s {
        return Standing::Rejected(Reason::HeldTooShort { held_s, target_s });
    }
    Standing::Counts
}

/// Seconds in position of an excursion by its own range, however small.
fn held_by_own_range_s(plan: &SetPlan, m: &Excursion) -> f64 {
    let rule = &plan.exercise.count;
    m.hold_by_s(&Thresholds { enter: m.range * rule.enter_share, exit: m.range * rule.exit_share, ..m.thresholds })
}

/// Seconds in position of an excursion that fell short of the own range, by what it was itself, as if it were the first of
/// the set.
fn hold_by_itself_s(plan: &SetPlan, m: &Excursion) -> f64 {
    if plan.exercise.mode != Mode::Hold || m.is_entered() {
        return 0.0;
    }
    m.hold_by_s(&Thresholds::of(&plan.exercise.count, None, m.sigma, m.range))
}
