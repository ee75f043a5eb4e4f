//! The baseline of one signal: where it rests, and how much it jitters there.

use super::still::{StillPlace, Window};
use crate::base::stats::low_pass;
use crate::base::time::{Timestamp, step_s};

/// How long a signal must stay within a narrow band to be at rest, seconds: shorter pauses belong to a movement.
const SETTLE_S: f64 = 0.6;
/// Values older than this do not say where it settles, seconds: one frame more than [`SETTLE_S`] at 8 frames/s.
const SETTLE_WINDOW_S: f64 = SETTLE_S + 0.2;
/// The baseline follows a lower value with this time constant, seconds: lower than rest is rest.
const DOWN_S: f64 = 0.4;
/// And a higher one more slowly: it may be the beginning of a movement.
const UP_S: f64 = 2.0;
/// Time constant with which it moves to a place that is known to be rest, seconds.
const SHIFT_S: f64 = 0.4;
/// Time constant of the noise estimate, seconds: several breaths of a person who sits still.
const NOISE_S: f64 = 3.0;
/// The baseline may climb by this share of a start over the place where the signal was last still: more is a slow movement.
const CLIMB_SHARE: f64 = 0.5;
/// Having stayed within this share of a start for [`STILL_S`], the signal is still.
const STILL_SHARE: f64 = 0.25;
/// See [`STILL_SHARE`], seconds.
const STILL_S: f64 = 1.0;

/// Lowest and highest value that a baseline may have, as far as the exercise says.
pub type Limits = (Option<f64>, Option<f64>);

/// The baseline of one signal, learned causally.
#[derive(Clone, Debug, Default)]
pub struct Baseline {
    level: Option<f64>,
    variance: f64,
    last_at: Option<Timestamp>,
    settling: Window,
    /// Lowest value of more than one frame or two while it has not settled.
    lowest: Option<f64>,
    /// Where the signal was last still.
    anchor: Option<f64>,
    still: Option<StillPlace>,
}

impl Baseline {
    /// Its value, once settled.
    pub fn level(&self) -> Option<f64> {
        self.level
    }

    /// Standard deviation of the signal about it, 0 while unknown.
    pub fn sigma(&self) -> f64 {
        self.variance.sqrt()
    }

    /// Lowest value seen while it has not settled.
    pub fn lowest(&self) -> Option<f64> {
        self.lowest
    }

    /// Takes a value as the baseline without waiting for the signal to settle.
    pub fn assume(&mut self, level: f64) {
        self.level = Some(level);
        self.anchor = None;
        self.still = None;
    }

    /// Waits for the signal to settle: within `band` for long enough, and inside `limits`. Returns the level once it has.
    pub fn settle(&mut self, at: Timestamp, value: f64, band: f64, limits: Limits) -> Option<f64> {
        self.settling.push(at, value);
        if let Some(steady) = self.settling.steady() {
            self.lowest = Some(self.lowest.map_or(steady, |l| l.min(steady)));
        }
        self.settling.keep_last(at, SETTLE_WINDOW_S);
        let (low, high) = self.settling.low_high()?;
        let is_outside = limits.0.is_some_and(|min| high < min) || limits.1.is_some_and(|max| low > max);
        if self.settling.span_s(at)? < SETTLE_S || high - low > band || is_outside {
            return None;
        }
        self.level = self.settling.median();
        self.anchor = self.level;
        self.still = None;
        self.last_at = Some(at);
        self.settling.clear();
        self.lowest = None;
        self.level
    }

    /// Keeps up with the signal between excursions. A little lower is rest; lower than `start` under the baseline is another
    /// place, where the signal must settle first; under the least of `limits` it is no rest at all. A signal that comes up
    /// again from `least_range` and more below, never still there, rests at its lowest: what was taken for the baseline was
    /// the far end of a movement.
    pub fn keep_up(&mut self, at: Timestamp, value: f64, start: f64, limits: Limits, least_range: f64) {
        let Some(level) = self.level else { return };
        if limits.0.is_some_and(|min| value < min - start) {
            self.unsettle();
        } else if let Some(lowest) = self.lowest.filter(|l| level - l >= least_range && value > l + 2.0 * start) {
            self.unsettle();
            self.assume(lowest);
        } else if value < level - start {
            self.settle(at, value, 2.0 * start, limits);
        } else {
            self.lowest = None;
            // Jitter that reaches down now and then is no lower place.
            self.settling.clear();
            self.follow(at, value, start, limits.1);
        }
    }

    /// Moves the baseline towards where the signal is now: it is known to rest there.
    pub fn shift(&mut self, at: Timestamp, value: f64, max: Option<f64>) {
        let Some(level) = self.level else { return };
        let dt_s = step_s(&mut self.last_at, at);
        let shifted = low_pass(level, value, dt_s, SHIFT_S);
        self.level = Some(shifted.min(max.unwrap_or(shifted).max(level)));
        self.anchor = self.level;
    }

    /// The signal is back: from here on a climb may be a slow movement again.
    pub fn regained(&mut self) {
        self.anchor = self.level;
    }

    /// Follows the signal while it is at rest, never over `max`. It may be on its way up already, slowly: neither the level
    /// nor the noise learns more of that than a share of `start`.
    pub fn follow(&mut self, at: Timestamp, value: f64, start: f64, max: Option<f64>) {
        let Some(level) = self.level else { return };
        let dt_s = step_s(&mut self.last_at, at);
        self.note_still(at, value, start);
        let error = value - level;
        let highest = self.anchor.map_or(f64::INFINITY, |a| a + CLIMB_SHARE * start);
        let followed = low_pass(level, value, dt_s, if error < 0.0 { DOWN_S } else { UP_S });
        let followed =
            if error > 0.0 { followed.min(highest).min(max.unwrap_or(f64::INFINITY)).max(level) } else { followed };
        self.level = Some(followed);
        // Down the anchor follows more slowly than the level itself, which dips with the jitter.
        self.anchor = self.anchor.map(|a| low_pass(a, followed.min(a), dt_s, UP_S));
        let noise = error.min(CLIMB_SHARE * start);
        self.variance = low_pass(self.variance, noise * noise, dt_s, NOISE_S);
    }

    /// Forgets the level but keeps the noise.
    pub fn unsettle(&mut self) {
        self.level = None;
        self.anchor = None;
        self.still = None;
        self.lowest = None;
        self.settling.clear();
    }

    /// Notes where the signal is still.
    fn note_still(&mut self, at: Timestamp, value: f64, start: f64) {
        let still = self.still.get_or_insert(StillPlace::new(at, value));
        if still.stayed_s(at, value, STILL_SHARE * start) >= STILL_S {
            self.anchor = Some(still.place);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_settles_on_a_still_signal_and_not_on_a_moving_or_raised_one() {
        let run = |value: fn(f64) -> f64, max| {
            let mut baseline = Baseline::default();
            (0..20).find_map(|i| {
                let t = f64::from(i) / 12.0;
                baseline.settle(Timestamp::from_secs(t), value(t), 3.0, (None, max)).map(|v| (t, v))
            })
        };
        let (t, level) = run(|_| 5.0, None).unwrap();
        assert!(level == 5.0 && (0.6..0.7).contains(&t), "{t} {level}");
        assert_eq!(run(|t| 20.0 * t, None), None);
        assert_eq!(run(|_| 40.0, Some(10.0)), None);
    }

    #[test]
    fn it_follows_down_faster_than_up() {
        let mut baseline = Baseline::default();
        let after = |baseline: &mut Baseline, value| {
            baseline.assume(0.0);
            baseline.last_at = Some(Timestamp(0));
            for i in 1..=12 {
                baseline.follow(Timestamp::from_secs(f64::from(i) / 12.0), value, 4.0, None);
            }
            baseline.level().unwrap()
        };
        let (down, up) = (after(&mut baseline, -1.0), after(&mut baseline, 1.0));
        assert!(down < -0.88 && up < 0.42 && up > 0.3, "{down} {up}");
    }

    #[test]
    fn a_slow_way_up_is_neither_rest_nor_noise_and_a_new_still_place_is() {
        let mut baseline = Baseline::default();
        baseline.assume(0.0);
        baseline.regained();
        // 2 units a second, a start being 4: it takes two seconds to leave baseline.
        for i in 0..=24 {
            let t = f64::from(i) / 12.0;
            baseline.follow(Timestamp::from_secs(t), 2.0 * t, 4.0, None);
        }
        assert!(
            baseline.level().unwrap() <= 2.0 && baseline.sigma() <= 2.0,
            "{:?} {}",
            baseline.level(),
            baseline.sigma()
        );
        for i in 25..=150 {
            baseline.follow(Timestamp::from_secs(f64::from(i) / 12.0), 3.5, 4.0, None);
        }
        let level = baseline.level().unwrap();
        assert!((3.3..=3.5).contains(&level), "{level}");
        for i in 151..=200 {
            baseline.follow(Timestamp::from_secs(f64::from(i) / 12.0), 5.0, 4.0, Some(4.0));
        }
        assert!(baseline.level().unwrap() <= 4.0, "{:?}", baseline.level());
    }
}
