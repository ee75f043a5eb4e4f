//! The own range of a person, and the thresholds that follow from it.

use crate::exercise::CountRule;

/// A movement beginning at this share of the range has left rest.
const START_SHARE: f64 = 0.15;
/// A movement of less than this share of the range is fidgeting, not an attempt (exercises.md, "Rejected").
pub const ATTEMPT_SHARE: f64 = 0.3;
/// Repetitions of less than this share of the own range do not stand once it is known (exercises.md, "Own range").
pub const STAND_SHARE: f64 = 0.65;
/// Thresholds stay this many standard deviations of the rest noise away from rest.
const NOISE_SIGMAS: f64 = 4.0;

/// The own range: calibrated, or learned from the repetitions of the set.
#[derive(Clone, Debug, Default)]
pub struct OwnRange {
    calibrated: Option<f64>,
    ranges: Vec<f64>,
}

impl OwnRange {
    /// Starts from a calibration, or from nothing.
    pub fn new(calibrated: Option<f64>) -> Self {
        Self { calibrated, ranges: Vec::new() }
    }

    /// Learns from a movement that passed the floor.
    pub fn learn(&mut self, range: f64) {
        self.ranges.push(range);
    }

    /// The own range, once two movements (or a calibration) give one: the lower median of the larger half, so that neither
    /// half repetitions nor one outlier moves it.
    pub fn known(&self) -> Option<f64> {
        if self.calibrated.is_some() {
            return self.calibrated;
        }
        if self.ranges.len() < 2 {
            return None;
        }
        let mut sorted = self.ranges.clone();
        sorted.sort_by(f64::total_cmp);
        let upper = &sorted[sorted.len() / 2..];
        Some(upper[(upper.len() - 1) / 2])
    }
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
    pub fn of(rule: &CountRule, own: Option<f64>, sigma: f64, peak: f64) -> Self {
        let base = own.unwrap_or(rule.floor);
        let reference = own.unwrap_or_else(|| peak.max(rule.floor));
        let largest_noise = own.map_or(2.0 * rule.floor, |r| r * rule.enter_share);
        let noise = (NOISE_SIGMAS * sigma).min(largest_noise);
        let enter = (reference * rule.enter_share).max(rule.floor).max(noise);
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
            let mut own = OwnRange::new(None);
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
        assert_eq!(OwnRange::new(Some(30.0)).known(), Some(30.0));
    }
}
