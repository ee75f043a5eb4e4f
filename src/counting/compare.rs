//! Form compared between repetitions: what sets one apart from the person's own others.
//!
//! In: for each repetition what its signals came to, [`Shown`]. Out: the faults of those that stand out. A camera places a joint
//! to a few centimetres, but the same person from the same place to a few millimetres: so little as a raised shoulder is told
//! by comparison only. A repetition is compared with those near it, those after it included: a fault may well come first.

use crate::base::skeleton::Side;
use crate::base::stats::{mean_of_middle, median};
use crate::base::time::Timestamp;
use crate::counting::range::STAND_SHARE;
use crate::exercise::{Condition, ExerciseDef};

/// A repetition is compared with so many before it and so many after: who tires changes little by little.
pub const NEIGHBOURS: usize = 8;
/// Others needed before a comparison with them means anything.
pub const LEAST_OTHERS: usize = 2;
/// A deviation beyond the limit is also this many times the others' own spread (their median absolute deviation): 2.5 standard
/// deviations of what is normally distributed.
const SPREADS: f64 = 3.7;

/// What a fault's signals came to in one repetition.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// The typical value of each condition's signal in the fault's phase.
    pub levels: Vec<f64>,
    /// When that phase began and ended.
    pub span: (Timestamp, Timestamp),
    /// Number of the placement it was seen in: another one means another camera place, or another place of the person.
    pub placement: u32,
}

/// A repetition as it is compared.
#[derive(Clone, Copy, Debug)]
pub struct Sample<'a> {
    /// Its range, in the rep signal's unit.
    pub range: f64,
    /// Its side, where the exercise has sides.
    pub side: Option<Side>,
    /// What it showed of each fault of the exercise; empty where nothing was looked at.
    pub shown: &'a [Option<Shown>],
}

impl<'a> Sample<'a> {
    fn of(&self, fault: usize) -> Option<&'a Shown> {
        self.shown.get(fault)?.as_ref()
    }
}

/// Indices of the faults in which `one` stands out among `others`.
pub fn found(def: &ExerciseDef, one: &Sample<'_>, others: &[Sample<'_>]) -> Vec<usize> {
    let is_found = |fault: &usize| {
        let stands_out = |shown| stands_out(&def.faults[*fault].unlike_own, *fault, shown, one.side, others);
        one.of(*fault).and_then(stands_out) == Some(true)
    };
    (0..def.faults.len()).filter(is_found).collect()
}

/// Whether what a repetition of that side has shown of a fault stands out among `others`; `None` where there is too little
/// to compare with.
pub fn stands_out(
    conditions: &[Condition],
    fault: usize,
    shown: &Shown,
    side: Option<Side>,
    others: &[Sample<'_>],
) -> Option<bool> {
    let others = comparable(shown, side, others, fault)?;
    let holds = |(i, c): (usize, &Condition)| {
        let turned = |o: &Sample<'_>| if c.is_mirrored && o.side != side { -1.0 } else { 1.0 };
        let level = |o: &Sample<'_>| o.of(fault)?.levels.get(i).copied();
        let own: Vec<f64> = others.iter().filter_map(|o| Some(turned(o) * level(o)?)).collect();
        // A camera beside the middle sees the two sides differently: where there is only one of the same side, it has a say.
        let same: Vec<f64> = others.iter().filter(|o| o.side == side).filter_map(|o| level(o)).collect();
        let lone = if let [lone] = same.as_slice() { Some(*lone) } else { None };
        is_apart(c, *shown.levels.get(i)?, &own, lone, i == 0)
    };
    conditions.iter().enumerate().map(holds).try_fold(!conditions.is_empty(), |all, holds| Some(all && holds?))
}

/// Whether a level is beyond the limit against those of others and against a lone one; `tells`: beyond their spread as well.
fn is_apart(c: &Condition, level: f64, others: &[f64], lone: Option<f64>, tells: bool) -> Option<bool> {
    let typical = mean_of_middle(others)?;
    let spread = median(others.iter().map(|v| (v - typical).abs()))?;
    let is_beyond_spread = !tells || (level - typical).abs() >= SPREADS * spread;
    Some(
        c.is_exceeded_by(level - typical) && is_beyond_spread && lone.is_none_or(|lone| c.is_exceeded_by(level - lone)),
    )
}

/// Those to compare with: of the same placement, of the same side where there are enough, and gone about as far.
fn comparable<'a>(
    shown: &Shown,
    side: Option<Side>,
    others: &'a [Sample<'_>],
    fault: usize,
) -> Option<Vec<&'a Sample<'a>>> {
    let usual = median(others.iter().map(|o| o.range))?;
    let chosen = |is_side: &dyn Fn(Option<Side>) -> bool| {
        let is_here = |o: &Sample<'_>| o.of(fault).is_some_and(|its| its.placement == shown.placement);
        let is_full = |o: &&Sample<'_>| is_side(o.side) && o.range >= usual * STAND_SHARE && is_here(o);
        let full: Vec<&Sample<'_>> = others.iter().filter(is_full).collect();
        (full.len() >= LEAST_OTHERS).then_some(full)
    };
    chosen(&|its| its == side).or_else(|| chosen(&|_| true))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exercise::{Reference, Watched};

    const LIMIT: Condition = Condition {
        signal: Watched::Signal(0),
        reference: Reference::Absolute,
        above: Some(5.0),
        below: None,
        beyond: None,
        is_mirrored: false,
    };

    fn shown(level: f64, placement: u32) -> [Option<Shown>; 1] {
        let at = Timestamp(0);
        [Some(Shown { levels: vec![level], span: (at, at), placement })]
    }

    fn is_found(condition: &Condition, one: &Sample<'_>, others: &[Sample<'_>]) -> Option<bool> {
        stands_out(std::slice::from_ref(condition), 0, one.of(0).unwrap(), one.side, others)
    }

    /// Whether the first of (level, side) stands out among the rest.
    fn first_stands_out(condition: &Condition, levels: &[(f64, Option<Side>)]) -> Option<bool> {
        let all: Vec<_> = levels.iter().map(|(level, side)| (shown(*level, 0), *side)).collect();
        let samples: Vec<Sample<'_>> =
            all.iter().map(|(shown, side)| Sample { range: 1.0, side: *side, shown }).collect();
        is_found(condition, &samples[0], &samples[1..])
    }

    #[test]
    fn one_stands_out_beyond_the_limit_and_beyond_what_the_others_differ_by() {
        let among =
            |levels: &[f64]| first_stands_out(&LIMIT, &levels.iter().map(|level| (*level, None)).collect::<Vec<_>>());
        assert_eq!(among(&[16.0, 10.0]), None, "one other is not enough");
        assert_eq!(among(&[16.0, 10.0, 10.5]), Some(true));
        assert_eq!(among(&[14.0, 10.0, 10.5]), Some(false), "within the limit");
        assert_eq!(among(&[16.0, 7.0, 13.0, 10.0, 8.0, 12.0]), Some(false), "the others differ as much");
        assert_eq!(among(&[16.0, 10.0, 16.5, 10.2, 10.1, 9.9]), Some(true), "another one like it hides nothing");
        assert_eq!(among(&[4.0, 10.0, 10.5]), Some(false), "the other way");
    }

    #[test]
    fn sides_are_compared_with_themselves_and_where_there_are_too_few_with_each_other() {
        let (l, r) = (Some(Side::Left), Some(Side::Right));
        assert_eq!(first_stands_out(&LIMIT, &[(16.0, l), (16.0, l), (16.2, l), (10.0, r), (10.1, r)]), Some(false));
        assert_eq!(first_stands_out(&LIMIT, &[(16.0, l), (10.0, r), (10.1, r)]), Some(true));
        assert_eq!(
            first_stands_out(&LIMIT, &[(16.0, l), (15.8, l), (10.0, r), (10.1, r), (10.2, r)]),
            Some(false),
            "the lone one of its side is like it: the camera sees the sides differently"
        );
        let mirrored = Condition { is_mirrored: true, ..LIMIT };
        assert_eq!(first_stands_out(&mirrored, &[(10.0, l), (-10.0, r), (-10.1, r)]), Some(false));
        assert_eq!(first_stands_out(&mirrored, &[(16.0, l), (-10.0, r), (-10.1, r)]), Some(true));
    }

    #[test]
    fn what_was_seen_from_another_place_or_went_less_far_is_nothing_to_compare_with() {
        let (one, here, there) = (shown(16.0, 0), shown(10.0, 0), shown(10.0, 1));
        let sample = |shown, range| Sample { range, side: None, shown };
        let among = |others: &[Sample<'_>]| is_found(&LIMIT, &sample(&one, 1.0), others);
        assert_eq!(among(&[sample(&here, 1.0), sample(&here, 1.0)]), Some(true));
        assert_eq!(among(&[sample(&here, 1.0), sample(&there, 1.0), sample(&there, 1.0)]), None);
        assert_eq!(among(&[sample(&here, 1.0), sample(&here, 0.5), sample(&there, 1.0)]), None);
    }
}
