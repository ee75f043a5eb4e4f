//! The own range of a person, and the thresholds that follow from it.

use crate::exercise::CountRule;

/// A movement beginning at this share of the range has left rest.
const START_SHARE: f64 = 0.15;
/// A movement of less than this share of the range is fidgeting, not an attempt (exercises.md, "Rejected").
pub const ATTEMPT_SHARE: f64 = 0.3;
/// Repetitions of less than this share of the own range do not stand once it is known (exercises.md, "RangeEstimate range").
pub const STAND_SHARE: f64 = 0.65;
/// Thresholds stay this many standard deviations of the rest noise away from rest.
const NOISE_SIGMAS: f64 = 4.0;

/// Movements of a habit differ from their median by less than this share.
const HABIT_SPREAD: f64 = 0.2;
/// One side's range is not far under that of both, share: measured sides of one person differ by up to 0.6.
const SIDE_SHARE: f64 = 0.8;
/// So many movements in a row that are alike are a habit.
const HABIT: usize = 3;

/// What movements of one kind have gone to.
#[derive(Clone, Debug, Default)]
pub struct RangeHistory {
    /// Of movements that reached their thresholds.
    ranges: Vec<f64>,
    /// Of all that passed the floor, in order of time.
    all: Vec<f64>,
}

impl RangeHistory {
    /// Learns from a movement that reached its thresholds.
    pub fn learn(&mut self, range: f64) {
        self.ranges.push(range);
        self.all.push(range);
    }

    /// Learns from a movement that passed the floor and fell short of the own range as it is known so far.
    pub fn learn_short(&mut self, range: f64) {
        self.all.push(range);
    }

    /// The own range, once two movements give one: the lower median of the larger half, so that neither
    /// half repetitions nor one outlier moves it.
    pub fn known(&self) -> Option<f64> {
        if self.ranges.len() < 2 {
            return None;
        }
        let mut sorted = self.ranges.clone();
        sorted.sort_by(f64::total_cmp);
        let upper = &sorted[sorted.len() / 2..];
        Some(upper[(upper.len() - 1) / 2])
    }

    /// Whether two movements at least stand by a range.
    fn supports(&self, range: f64) -> bool {
        self.all.iter().filter(|r| **r >= range * STAND_SHARE).count() >= 2
    }

    /// What the latest movements in a row that were alike went to.
    fn habit(&self) -> Option<f64> {
        let of = |row: &[f64]| {
            let mut sorted = row.to_vec();
            sorted.sort_by(f64::total_cmp);
            let middle = sorted[HABIT / 2];
            sorted.iter().all(|r| (r - middle).abs() <= middle * HABIT_SPREAD).then_some(middle)
        };
        self.all.windows(HABIT).rev().find_map(of)
    }
}

/// What is known of the range before the set begins.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum RangePrior {
    /// Nothing: it is learned.
    #[default]
    Nothing,
    /// A calibration has found it.
    Calibrated(f64),
    /// A routine asks for it: it holds for everybody and for both sides.
    Asked(f64),
}

impl RangePrior {
    /// The range, where one is given.
    pub fn range(self) -> Option<f64> {
        match self {
            Self::Nothing => None,
            Self::Calibrated(range) | Self::Asked(range) => Some(range),
        }
    }
}

/// The own ranges of a person in an exercise: of all channels together, and of each, since one shoulder may be the stiffer.
#[derive(Clone, Debug)]
pub struct RangeLearner {
    given: RangePrior,
    together: RangeHistory,
    by_channel: Vec<RangeHistory>,
}

impl RangeLearner {
    /// For so many channels.
    pub fn new(channels: usize, given: RangePrior) -> Self {
        Self { given, together: RangeHistory::default(), by_channel: vec![RangeHistory::default(); channels] }
    }

    /// Learns from a movement that reached its thresholds; `channel` is `None` where it cannot be told.
    pub fn learn(&mut self, channel: Option<usize>, range: f64) {
        self.together.learn(range);
        if let Some(own) = channel.and_then(|c| self.by_channel.get_mut(c)) {
            own.learn(range);
        }
    }

    /// Learns from a movement that passed the floor and fell short.
    pub fn learn_short(&mut self, channel: Option<usize>, range: f64) {
        self.together.learn_short(range);
        if let Some(own) = channel.and_then(|c| self.by_channel.get_mut(c)) {
            own.learn_short(range);
        }
    }

    /// RangeEstimate range of a channel: its own, not far under what is known of all; where its own is not known, somewhere between that
    /// and some less. Where no two movements of the channel stand by that, what it has gone to three times in a row is its
    /// range: a glitch, or the other side, has set the bar too high. A range that is given stands; one side of a calibrated
    /// person may go less far than the other.
    pub fn known(&self, channel: Option<usize>) -> Option<RangeEstimate> {
        let has_sides = self.by_channel.len() > 1;
        match self.given {
            RangePrior::Asked(range) => return Some(RangeEstimate::exactly(range)),
            RangePrior::Calibrated(range) if !has_sides => return Some(RangeEstimate::exactly(range)),
            RangePrior::Calibrated(range) => return Some(RangeEstimate { least: range * SIDE_SHARE, range }),
            RangePrior::Nothing => (),
        }
        let together = self.together.known()?;
        // With one channel, what is known of all is known of it, whatever side the movement was given.
        let own = channel.filter(|_| has_sides).and_then(|c| self.by_channel.get(c)).unwrap_or(&self.together);
        let least = together * SIDE_SHARE;
        let known =
            own.known().map_or(RangeEstimate { least, range: together }, |own| RangeEstimate::exactly(own.max(least)));
        let habit = own.habit().filter(|_| !own.supports(known.least));
        Some(habit.map_or(known, RangeEstimate::exactly))
    }
}

/// An own range: somewhere between two values, which are the same where it is known well.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RangeEstimate {
    /// It is no less than this.
    pub least: f64,
    /// And no more.
    pub range: f64,
}

impl RangeEstimate {
    /// A range that is known well.
    pub const fn exactly(range: f64) -> Self {
        Self { least: range, range }
    }
}

/// The own range of a channel, from a list of one a channel, or one for all.
pub(super) fn estimate_of(own: &[Option<RangeEstimate>], channel: usize) -> Option<RangeEstimate> {
    own.get(channel).or(own.first()).copied().flatten()
}

/// Distances from rest at which things happen, in the signal's unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Thresholds {
    /// Rest is left.
    pub start: f64,
    /// A movement is an attempt worth listing.
    pub attempt: f64,
    /// Least range of a repetition.
    pub enter: f64,
    /// A repetition is over under this.
    pub exit: f64,
}

impl Thresholds {
    /// For a movement whose largest distance so far is `peak`: while the own range is unknown the movement itself stands
    /// in for it, over the exercise's floor.
    pub fn of(rule: &CountRule, own: Option<RangeEstimate>, sigma: f64, peak: f64) -> Self {
        let base = own.map_or(rule.min_range, |own| own.range);
        let reference = own.map_or_else(|| peak.max(rule.min_range), |own| peak.max(own.least).min(own.range));
        let largest_noise = own.map_or(2.0 * rule.min_range, |own| own.range * rule.enter_share);
        let noise = (NOISE_SIGMAS * sigma).min(largest_noise);
        let enter = (reference * rule.enter_share).max(rule.min_range).max(noise);
        let exit = (enter * rule.exit_share / rule.enter_share).min(reference * rule.exit_share).max(noise / 2.0);
        Self {
            start: (base * START_SHARE).max(noise / 2.0),
            attempt: (base * ATTEMPT_SHARE).max(noise),
            enter,
            exit: exit.min(enter * 0.9),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_repetitions_and_one_outlier_do_not_move_the_own_range() {
        let known = |ranges: &[f64]| {
            let mut own = RangeHistory::default();
            for range in ranges {
                own.learn(*range);
            }
            own.known()
        };
        assert_eq!(known(&[40.0]), None);
        let cases: [(&[f64], f64); 5] = [
            (&[20.0, 40.0], 40.0),
            (&[40.0, 20.0, 41.0], 40.0),
            (&[40.0, 20.0, 41.0, 20.0], 40.0),
            (&[40.0, 41.0, 120.0], 41.0),
            (&[20.0, 39.0, 20.0, 41.0, 40.0], 40.0),
        ];
        let wrong: Vec<_> = cases.iter().filter(|(r, want)| known(r) != Some(*want)).collect();
        assert!(wrong.is_empty(), "wrong: {wrong:?}");
        assert_eq!(RangeLearner::new(1, RangePrior::Calibrated(30.0)).known(None), Some(RangeEstimate::exactly(30.0)));
    }

    #[test]
    fn one_that_went_too_far_does_not_keep_the_others_out_and_half_ones_do_not_lower_the_bar() {
        /// Ranges by channel, `true` where they reached their thresholds.
        type Seen<'a> = &'a [(usize, f64, bool)];
        let known = |channels: usize, seen: Seen<'_>| {
            let mut own = RangeLearner::new(channels, RangePrior::Nothing);
            for (channel, range, reached) in seen {
                if *reached { own.learn(Some(*channel), *range) } else { own.learn_short(Some(*channel), *range) }
            }
            (0..channels).map(|c| own.known(Some(c))).collect::<Vec<_>>()
        };
        let (full, short) = (|c, r| (c, r, true), |c, r| (c, r, false));
        let exactly = |range| Some(RangeEstimate::exactly(range));
        let some_less = |range: f64| Some(RangeEstimate { least: range * SIDE_SHARE, range });
        let cases: [(usize, Seen<'_>, Vec<Option<RangeEstimate>>); 8] = [
            (1, &[full(0, 25.0), full(0, 42.0), short(0, 25.0)], vec![exactly(42.0)]),
            (1, &[full(0, 25.0), full(0, 42.0), short(0, 26.0), short(0, 24.0), short(0, 25.0)], vec![exactly(25.0)]),
            (1, &[full(0, 40.0), full(0, 41.0), short(0, 22.0), short(0, 21.0), short(0, 22.0)], vec![exactly(41.0)]),
            // The stiffer side is not held to the other's range, and its half repetitions do not lower its bar.
            (2, &[full(0, 24.0), full(1, 17.0), full(0, 24.0)], vec![exactly(24.0), some_less(24.0)]),
            (2, &[full(0, 24.0), full(1, 21.0), full(0, 24.0), full(1, 22.0)], vec![exactly(24.0), exactly(22.0)]),
            (2, &[full(0, 24.0), full(1, 12.0), full(0, 24.0), short(1, 12.0)], vec![exactly(24.0), some_less(24.0)]),
            (
                2,
                &[full(0, 24.0), short(1, 9.0), full(0, 24.0), short(1, 9.0), full(0, 24.0), short(1, 10.0)],
                vec![exactly(24.0), exactly(9.0)],
            ),
            // One that goes a little farther takes nothing back.
            (
                2,
                &[full(0, 24.0), full(0, 24.0), short(1, 9.0), short(1, 9.0), short(1, 9.5), full(1, 12.0)],
                vec![exactly(24.0), exactly(9.0)],
            ),
        ];
        let wrong: Vec<_> =
            cases.iter().map(|(n, seen, want)| (known(*n, seen), want)).filter(|(g, w)| g != *w).collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }
    #[test]
    fn a_given_range_stands_whatever_is_done() {
        let known = |channels, given| {
            let mut own = RangeLearner::new(channels, given);
            (0..6).for_each(|i| own.learn_short(Some(i % channels), 9.0));
            own.known(Some(0)).unwrap()
        };
        assert_eq!(known(1, RangePrior::Calibrated(24.0)), RangeEstimate::exactly(24.0));
        assert_eq!(known(2, RangePrior::Calibrated(24.0)), RangeEstimate { least: 24.0 * SIDE_SHARE, range: 24.0 });
        assert_eq!([1, 2].map(|n| known(n, RangePrior::Asked(30.0))), [RangeEstimate::exactly(30.0); 2]);
    }
}
