//! On the way back from an excursion: position left, baseline not yet regained.

use super::excursion::Sample;
use crate::base::stats::low_pass;
use crate::base::time::Timestamp;

/// Having stayed a little over the baseline for so long after an excursion, the person rests there, seconds.
const SHIFTED_S: f64 = 1.0;
/// Time constant that leaves jitter out, seconds.
const JITTER_S: f64 = 0.6;
/// And not risen by more than this share of a start meanwhile, jitter left out.
const SHIFTED_RISE_SHARE: f64 = 0.75;
/// Position left, baseline not yet regained.
#[derive(Clone, Copy, Debug)]
pub(super) struct Returning {
    /// When the position was left.
    pub since: Timestamp,
    /// Lowest distance since.
    pub lowest: f64,
    /// Distance without jitter.
    mean: f64,
    /// Since when that has not risen, over which lowest distance.
    not_over: (Timestamp, f64),
}

impl Returning {
    /// On the way back since then, from this distance.
    pub fn new(since: Timestamp, distance: f64) -> Self {
        Self { since, lowest: distance, mean: distance, not_over: (since, distance) }
    }

    /// Whether the distance has not been rising for a while: the baseline itself has moved, or two channels that mirror each
    /// other jitter about it.
    pub fn has_settled(&self, at: Timestamp) -> bool {
        at.since(self.not_over.0) > SHIFTED_S
    }

    /// Takes the next frame.
    pub fn take(&mut self, sample: Sample, start: f64) {
        self.mean = low_pass(self.mean, sample.distance, sample.dt_s, JITTER_S);
        self.not_over.1 = self.not_over.1.min(self.mean);
        if self.mean - self.not_over.1 > SHIFTED_RISE_SHARE * start {
            self.not_over = (sample.at, self.mean);
        }
        self.lowest = self.lowest.min(sample.distance);
    }
}
