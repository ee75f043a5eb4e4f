//! Where a signal rests, and how much it jitters there.

use crate::base::time::Timestamp;

/// How long a signal must stay within a narrow band to be at rest, seconds.
const SETTLE_S: f64 = 0.6;
/// Rest follows a lower value within this time constant, seconds: lower than rest is rest.
const DOWN_S: f64 = 0.4;
/// And a higher one more slowly: it may be the beginning of a movement.
const UP_S: f64 = 2.0;
/// Time constant with which it moves to a place that is known to be rest, seconds.
const SHIFT_S: f64 = 0.4;
/// Time constant of the noise estimate, seconds.
const NOISE_S: f64 = 3.0;
/// Rest may climb by this share of a start over the place where it was last still: more is a slow movement.
const CLIMB_SHARE: f64 = 0.5;
/// Having stayed within this share of a start for [`STILL_S`], the signal is still.
const STILL_SHARE: f64 = 0.25;
/// See [`STILL_SHARE`], seconds.
const STILL_S: f64 = 1.0;

/// The rest value of one signal, learned causally.
#[derive(Clone, Debug, Default)]
pub struct Baseline {
    level: Option<f64>,
    variance: f64,
    last_at: Option<Timestamp>,
    settling: Vec<(Timestamp, f64)>,
    /// Lowest value of more than one frame or two while it has not settled.
    lowest: Option<f64>,
    /// Where the signal was last still.
    anchor: Option<f64>,
    /// Since when it has stayed near which value.
    still: Option<(Timestamp, f64)>,
}

impl Baseline {
    /// The rest value, once settled.
    pub fn level(&self) -> Option<f64> {
        self.level
    }

    /// Standard deviation at rest, 0 while unknown.
    pub fn sigma(&self) -> f64 {
        self.variance.sqrt()
    }

    /// Lowest value seen while it has not settled.
    pub fn lowest(&self) -> Option<f64> {
        self.lowest
    }

    /// Takes a value as the rest without waiting for it to settle.
    pub fn assume(&mut self, level: f64) {
        self.level = Some(level);
        self.anchor = None;
        self.still = None;
    }

    /// Waits for the signal to settle: within `band` for long enough, and inside `limits` (lowest, highest). Returns the
    /// level once it has.
    pub fn settle(&mut self, at: Timestamp, value: f64, band: f64, limits: (Option<f64>, Option<f64>)) -> Option<f64> {
        self.settling.push((at, value));
        if let [.., (_, a), (_, b), (_, c)] = self.settling[..] {
            let middle = a.max(b).min(a.min(b).max(c));
            self.lowest = Some(self.lowest.map_or(middle, |l| l.min(middle)));
        }
        self.settling.retain(|(t, _)| at.since(*t) <= SETTLE_S + 0.2);
        let (first, _) = *self.settling.first()?;
        let values = self.settling.iter().map(|(_, v)| *v);
        let (low, high) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), v| (l.min(v), h.max(v)));
        let outside = limits.0.is_some_and(|min| high < min) || limits.1.is_some_and(|max| low > max);
        if at.since(first) < SETTLE_S || high - low > band || outside {
            return None;
        }
        let mut sorted: Vec<f64> = self.settling.iter().map(|(_, v)| *v).collect();
        sorted.sort_by(f64::total_cmp);
        self.level = Some(sorted[sorted.len() / 2]);
        self.anchor = self.level;
        self.still = None;
        self.last_at = Some(at);
        self.settling.clear();
        self.lowest = None;
        self.level
    }

    /// Keeps up with the signal between movements. A little lower is rest; lower than `start` under it is another place,
    /// where the signal must settle first; under the least of `limits` it is no rest at all. One that comes up again from
    /// `least_range` and more below, never still there, rests at its lowest: what was taken for rest was the far end of a
    /// movement.
    pub fn keep_up(
        &mut self,
        at: Timestamp,
        value: f64,
        start: f64,
        limits: (Option<f64>, Option<f64>),
        least_range: f64,
    ) {
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

    /// Moves rest to where the signal is now: it is known to rest there.
    pub fn shift(&mut self, at: Timestamp, value: f64, max: Option<f64>) {
        let Some(level) = self.level else { return };
        let dt_s = self.last_at.map_or(0.0, |last| at.since(last)).clamp(0.0, 0.5);
        self.last_at = Some(at);
        let shifted = level + (value - level) * (dt_s / (SHIFT_S + dt_s));
        self.level = Some(shifted.min(max.unwrap_or(shifted).max(level)));
        self.anchor = self.level;
    }

    /// Rest has been regained: from here on a climb may be a slow movement again.
    pub fn regained(&mut self) {
        self.anchor = self.level;
    }

    /// Follows the signal while it is at rest, never over `max`. It may be on its way up already, slowly: neither rest nor
    /// the noise learns more of that than a share of `start`.
    pub fn follow(&mut self, at: Timestamp, value: f64, start: f64, max: Option<f64>) {
        let Some(level) = self.level else { return };
        let dt_s = self.last_at.map_or(0.0, |last| at.since(last)).clamp(0.0, 0.5);
        self.last_at = Some(at);
        self.note_still(at, value, start);
        let tau_s = if value < level { DOWN_S } else { UP_S };
        let error = value - level;
        let highest = self.anchor.map_or(f64::INFINITY, |a| a + CLIMB_SHARE * start);
        let followed = level + error * (dt_s / (tau_s + dt_s));
        let followed =
            if error > 0.0 { followed.min(highest).min(max.unwrap_or(f64::INFINITY)).max(level) } else { followed };
        self.level = Some(followed);
        // Down it follows more slowly than rest itself, which dips as the signal jitters.
        let lower = |a: f64| a + (followed - a).min(0.0) * (dt_s / (UP_S + dt_s));
        self.anchor = self.anchor.map(lower);
        let noise = error.min(CLIMB_SHARE * start);
        self.variance += (noise * noise - self.variance) * (dt_s / (NOISE_S + dt_s));
    }

    /// Notes where the signal is still.
    fn note_still(&mut self, at: Timestamp, value: f64, start: f64) {
        match self.still {
            Some((since, place)) if (value - place).abs() <= STILL_SHARE * start => {
                if at.since(since) >= STILL_S {
                    self.anchor = Some(place);
                }
            }
            _ => self.still = Some((at, value)),
        }
    }

    /// Forgets the level but keeps the noise.
    pub fn unsettle(&mut self) {
        self.level = None;
        self.anchor = None;
        self.still = None;
        self.lowest = None;
        self.settling.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_settles_on_a_still_signal_and_not_on_a_moving_or_raised_one() {
        let run = |value: fn(f64) -> f64, max| {
            let mut rest = Baseline::default();
            (0..20).find_map(|i| {
                let t = f64::from(i) / 12.0;
                rest.settle(Timestamp::from_secs(t), value(t), 3.0, (None, max)).map(|v| (t, v))
            })
        };
        let (t, level) = run(|_| 5.0, None).unwrap();
        assert!(level == 5.0 && (0.6..0.7).contains(&t), "{t} {level}");
        assert_eq!(run(|t| 20.0 * t, None), None);
        assert_eq!(run(|_| 40.0, Some(10.0)), None);
    }

    #[test]
    fn it_follows_down_faster_than_up() {
        let mut rest = Baseline::default();
        let after = |rest: &mut Baseline, value| {
            rest.assume(0.0);
            rest.last_at = Some(Timestamp(0));
            for i in 1..=12 {
                rest.follow(Timestamp::from_secs(f64::from(i) / 12.0), value, 4.0, None);
            }
            rest.level().unwrap()
        };
        let (down, up) = (after(&mut rest, -1.0), after(&mut rest, 1.0));
        assert!(down < -0.88 && up < 0.42 && up > 0.3, "{down} {up}");
    }

    #[test]
    fn a_slow_way_up_is_neither_rest_nor_noise_and_a_new_still_place_is() {
        let mut rest = Baseline::default();
        rest.assume(0.0);
        rest.regained();
        // 2 units a second, a start being 4: it takes two seconds to leave rest.
        for i in 0..=24 {
            let t = f64::from(i) / 12.0;
            rest.follow(Timestamp::from_secs(t), 2.0 * t, 4.0, None);
        }
        assert!(rest.level().unwrap() <= 2.0 && rest.sigma() <= 2.0, "{:?} {}", rest.level(), rest.sigma());
        for i in 25..=150 {
            rest.follow(Timestamp::from_secs(f64::from(i) / 12.0), 3.5, 4.0, None);
        }
        let level = rest.level().unwrap();
        assert!((3.3..=3.5).contains(&level), "{level}");
        for i in 151..=200 {
            rest.follow(Timestamp::from_secs(f64::from(i) / 12.0), 5.0, 4.0, Some(4.0));
        }
        assert!(rest.level().unwrap() <= 4.0, "{:?}", rest.level());
    }
}
