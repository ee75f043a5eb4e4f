//! The own range of a person, and the thresholds that follow from it.

use crate::base::stats::median;
use crate::exercise::CountRule;
use crate::exercise::plan::RangePrior;

/// An excursion beginning at this share of the range has left the baseline.
const START_SHARE: f64 = 0.15;
/// An excursion of less than this share of the range is fidgeting, not an attempt (docs/rationale.md#rejected).
pub const ATTEMPT_SHARE: f64 = 0.3;
/// Repetitions of less than this share of the own range do not stand once it is known (docs/rationale.md#own-range).
pub const STAND_SHARE: f64 = 0.65;
/// Thresholds stay this many standard deviations of the noise away from the baseline (docs/rationale.md#noise).
const NOISE_SIGMAS: f64 = 4.0;
/// Noise never moves the least range by more than this factor: then the movement cannot be seen at all.
const LARGEST_NOISE: f64 = 2.0;
/// The exit lies under the enter threshold by this factor at least, however the shares are set.
const LEAST_GAP: f64 = 0.9;
/// Excursions of a habit differ from their median by less than this share: people repeat themselves within a tenth or two.
const HABIT_SPREAD: f64 = 0.2;
/// One side's range is not far under that of both, share: measured sides of one person differ by up to 0.6.
const SIDE_SHARE: f64 = 0.8;
/// So many repetitions give an own range.
const LEARNED_FROM: usize = 2;
/// So many excursions in a row that are alike are a habit.
const HABIT: usize = 3;

/// What excursions of one kind have gone to.
#[derive(Clone, Debug, Default)]
pub struct RangeHistory {
    /// Of excursions that reached their thresholds.
    ranges: Vec<f64>,
    /// Of all that passed the least range, in order of time.
    all: Vec<f64>,
}

impl RangeHistory {
    /// Learns from an excursion that reached its thresholds.
    pub fn learn(&mut self, range: f64) {
        self.ranges.push(range);
        self.all.push(range);
    }

    /// Learns from an excursion that passed the least range and fell short of the own range as it is known so far.
    pub fn learn_short(&mut self, range: f64) {
        self.all.push(range);
    }

    /// The own range, once two excursions give one: the lower median of the larger half, so that neither
    /// half repetitions nor one outlier moves it.
    pub fn known(&self) -> Option<f64> {
        if self.ranges.len() < LEARNED_FROM {
            return None;
        }
        let mut sorted = self.ranges.clone();
        sorted.sort_by(f64::total_cmp);
        let upper = &sorted[sorted.len() / 2..];
        Some(upper[(upper.len() - 1) / 2])
    }

    /// Whether two excursions at least stand by a range.
    fn supports(&self, range: f64) -> bool {
        self.all.iter().filter(|r| **r >= range * STAND_SHARE).count() >= 2
    }

    /// What the latest excursions in a row that were alike went to.
    fn habit(&self) -> Option<f64> {
        let of = |row: &[f64]| {
            let middle = median(row.iter().copied())?;
            row.iter().all(|r| (r - middle).abs() <= middle * HABIT_SPREAD).then_some(middle)
        };
        self.all.windows(HABIT).rev().find_map(of)
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

    /// Less than this does not stand as a repetition.
    pub fn stands_from(&self) -> f64 {
        self.least * STAND_SHARE
    }

    /// Less than this is no attempt.
    pub fn attempt_from(&self) -> f64 {
        self.least * ATTEMPT_SHARE
    }
}

/// The own range that a prior stands for: of what a routine asks for, it is the range of which so much stands.
pub fn range_of(prior: RangePrior) -> Option<f64> {
    match prior {
        RangePrior::Nothing => None,
        RangePrior::Calibrated(range) => Some(range),
        RangePrior::Asked(least) => Some(least / STAND_SHARE),
    }
}

/// Learns the own ranges of a person in an exercise: of all channels together, and of each, since one shoulder may be the
/// stiffer.
#[derive(Clone, Debug)]
pub struct RangeLearner {
    prior: RangePrior,
    together: RangeHistory,
    by_channel: Vec<RangeHistory>,
}

impl RangeLearner {
    /// For so many channels.
    pub fn new(channels: usize, prior: RangePrior) -> Self {
        Self { prior, together: RangeHistory::default(), by_channel: vec![RangeHistory::default(); channels] }
    }

    /// Learns from an excursion that reached its thresholds; `channel` is `None` where it cannot be told.
    pub fn learn(&mut self, channel: Option<usize>, range: f64) {
        self.histories(channel).for_each(|h| h.learn(range));
    }

    /// Learns from an excursion that passed the least range and fell short.
    pub fn learn_short(&mut self, channel: Option<usize>, range: f64) {
        self.histories(channel).for_each(|h| h.learn_short(range));
    }

    fn histories(&mut self, channel: Option<usize>) -> impl Iterator<Item = &mut RangeHistory> {
        let own = channel.and_then(|c| self.by_channel.get_mut(c));
        std::iter::once(&mut self.together).chain(own)
    }

    /// Whether anything is known yet.
    pub fn is_known(&self) -> bool {
        self.prior != RangePrior::Nothing || self.together.ranges.len() >= LEARNED_FROM
    }

    /// The own range of a channel: its own, not far under what is known of all; where its own is not known, somewhere between
    /// that and some less. Where no two excursions of the channel stand by that, what it has gone to three times in a row is
    /// its range: a glitch, or the other side, has set the bar too high. A range that is given stands; one side of a
    /// calibrated person may go less far than the other.
    pub fn known(&self, channel: Option<usize>) -> Option<RangeEstimate> {
        let has_sides = self.by_channel.len() > 1;
        if let Some(range) = range_of(self.prior) {
            let is_of_both = has_sides && matches!(self.prior, RangePrior::Calibrated(_));
            return Some(RangeEstimate { least: range * if is_of_both { SIDE_SHARE } else { 1.0 }, range });
        }
        let together = self.together.known()?;
        // With one channel, what is known of all is known of it, whatever side the excursion was given.
        let own = channel.filter(|_| has_sides).and_then(|c| self.by_channel.get(c)).unwrap_or(&self.together);
        let least = together * SIDE_SHARE;
        let known =
            own.known().map_or(RangeEstimate { least, range: together }, |own| RangeEstimate::exactly(own.max(least)));
        let habit = own.habit().filter(|_| !own.supports(known.least));
        Some(habit.map_or(known, RangeEstimate::exactly))
    }
}

/// The own range of a channel, from a list of one a channel, or one for all.
pub(super) fn estimate_of(estimates: &[Option<RangeEstimate>], channel: usize) -> Option<RangeEstimate> {
    estimates.get(channel).or(estimates.first()).copied().flatten()
}

/// Distances from the baseline at which things happen, in the signal's unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Thresholds {
    /// The baseline is left.
    pub start: f64,
    /// An excursion is an attempt worth listing.
    pub attempt: f64,
    /// Least range of a repetition.
    pub enter: f64,
    /// A repetition is over under this.
    pub exit: f64,
}

impl Thresholds {
    /// For an excursion whose largest distance so far is `peak`: while the own range is unknown the excursion itself stands
    /// in for it, over the exercise's least range.
    pub fn of(rule: &CountRule, own: Option<RangeEstimate>, sigma: f64, peak: f64) -> Self {
        let base = own.map_or(rule.min_range, |own| own.range);
        let reference = own.map_or_else(|| peak.max(rule.min_range), |own| peak.max(own.least).min(own.range));
        let largest_noise = own.map_or(LARGEST_NOISE * rule.min_range, |own| own.range * rule.enter_share);
        let noise = (NOISE_SIGMAS * sigma).min(largest_noise);
        let enter = (reference * rule.enter_share).max(rule.min_range).max(noise);
        let exit = (enter * rule.exit_share / rule.enter_share).min(reference * rule.exit_share).max(noise / 2.0);
        Self {
            start: (base * START_SHARE).max(noise / 2.0),
            attempt: (base * ATTEMPT_SHARE).max(noise),
            enter,
            exit: exit.min(enter * LEAST_GAP),
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
        assert_eq!([1, 2].map(|n| known(n, RangePrior::Asked(30.0 * STAND_SHARE))), [RangeEstimate::exactly(30.0); 2]);
    }
}
