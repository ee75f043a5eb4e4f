//! Capture time: integer nanoseconds since the source started.
//!
//! In: presentation timestamps of a file or the capture clock of a camera. Out: [`Timestamp`], the only notion of time in
//! the engine. Nothing here reads a clock.

use serde::{Deserialize, Serialize};

/// A moment, in nanoseconds since the source started. Zero is an ordinary first value, never a sentinel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(pub u64);

impl Timestamp {
    /// From seconds; negative and non-finite values become zero.
    pub fn from_secs(secs: f64) -> Self {
        if secs.is_finite() && secs > 0.0 { Self((secs * 1e9).round() as u64) } else { Self(0) }
    }

    /// So many seconds later.
    #[must_use]
    pub fn plus_s(self, seconds: f64) -> Self {
        Self::from_secs(self.secs() + seconds)
    }

    /// Seconds since the source started.
    pub fn secs(self) -> f64 {
        self.0 as f64 / 1e9
    }

    /// Seconds from `earlier` to `self`, negative when `self` is the earlier one.
    pub fn since(self, earlier: Self) -> f64 {
        if self.0 >= earlier.0 { (self.0 - earlier.0) as f64 / 1e9 } else { -((earlier.0 - self.0) as f64 / 1e9) }
    }
}

/// A gap between two frames counts for no more than this, seconds: after a longer one filters would forget everything.
const LONGEST_STEP_S: f64 = 0.5;

/// Seconds since the frame before, of which `last` is the time; 0 at the first one, at most half a second after a gap.
pub fn step_s(last: &mut Option<Timestamp>, at: Timestamp) -> f64 {
    last.replace(at).map_or(0.0, |last| at.since(last)).clamp(0.0, LONGEST_STEP_S)
}

/// Seconds rounded to the millisecond, as records and JSON carry them.
pub fn round_ms(secs: f64) -> f64 {
    (secs * 1000.0).round() / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_keep_their_sign_and_zero_is_ordinary() {
        let (a, b) = (Timestamp(0), Timestamp::from_secs(1.25));
        assert_eq!(b.since(a), 1.25);
        assert_eq!(a.since(b), -1.25);
        assert_eq!(Timestamp::from_secs(f64::NAN), Timestamp(0));
    }

    #[test]
    fn a_step_is_no_longer_than_half_a_second_and_never_goes_back() {
        let mut last = None;
        let steps = [1.0, 1.04, 9.0, 8.5, 8.75].map(|s| step_s(&mut last, Timestamp::from_secs(s)));
        assert_eq!(steps.map(|s| (s * 1000.0).round()), [0.0, 40.0, 500.0, 0.0, 250.0]);
    }
}
