//! The one-euro filter: a low-pass whose cutoff rises with speed (Casiez, Roussel, Vogel, CHI 2012).
//!
//! Takes `Option<f64>`: a missing or non-finite sample resets the filter instead of poisoning it. Time comes from
//! timestamps; the first sample may stand at time zero.

use crate::base::time::Timestamp;

/// Settings of a one-euro filter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OneEuroParams {
    /// Cutoff at rest, hertz: lower is smoother and later.
    pub min_cutoff_hz: f64,
    /// Rise of the cutoff with speed, hertz per (unit of the value x scale) per second.
    pub beta: f64,
    /// Cutoff for the speed itself, hertz.
    pub derivative_cutoff_hz: f64,
}

/// A one-euro filter for one value.
#[derive(Clone, Debug)]
pub struct OneEuro {
    params: OneEuroParams,
    last: Option<Sample>,
}

#[derive(Clone, Copy, Debug)]
struct Sample {
    at: Timestamp,
    raw: f64,
    smooth: f64,
    speed: f64,
}

impl OneEuro {
    /// A filter that has seen nothing yet.
    pub const fn new(params: OneEuroParams) -> Self {
        Self { params, last: None }
    }

    /// Forgets everything.
    pub fn reset(&mut self) {
        self.last = None;
    }

    /// The smoothed value. `value_scale` turns the value into the unit that `beta` is meant for (1 when it is in it).
    /// A missing or non-finite value gives `None` and resets; a time that does not advance gives the last value again.
    pub fn step(&mut self, at: Timestamp, value: Option<f64>, value_scale: f64) -> Option<f64> {
        let Some(raw) = value.filter(|v| v.is_finite()) else {
            self.reset();
            return None;
        };
        let Some(last) = self.last else {
            self.last = Some(Sample { at, raw, smooth: raw, speed: 0.0 });
            return Some(raw);
        };
        let dt_s = at.since(last.at);
        if dt_s <= 0.0 {
            return Some(last.smooth);
        }
        let raw_speed = (raw - last.raw) / dt_s;
        let speed = last.speed + alpha(self.params.derivative_cutoff_hz, dt_s) * (raw_speed - last.speed);
        let cutoff_hz = self.params.min_cutoff_hz + self.params.beta * (speed * value_scale).abs();
        let smooth = last.smooth + alpha(cutoff_hz, dt_s) * (raw - last.smooth);
        self.last = Some(Sample { at, raw, smooth, speed });
        Some(smooth)
    }
}

/// Weight of the new sample in an exponential low-pass of the given cutoff.
fn alpha(cutoff_hz: f64, dt_s: f64) -> f64 {
    let tau_s = 1.0 / (std::f64::consts::TAU * cutoff_hz);
    1.0 / (1.0 + tau_s / dt_s)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PARAMS: OneEuroParams = OneEuroParams { min_cutoff_hz: 1.0, beta: 0.0, derivative_cutoff_hz: 1.0 };

    #[test]
    fn without_beta_it_is_the_exponential_low_pass_of_its_cutoff() {
        let mut filter = OneEuro::new(PARAMS);
        assert_eq!(filter.step(Timestamp(0), Some(0.0), 1.0), Some(0.0), "time zero is an ordinary time");
        // alpha = 1 / (1 + 1 / (2 pi * 1 Hz * 0.1 s)) = 0.38587
        let one = filter.step(Timestamp::from_secs(0.1), Some(1.0), 1.0).unwrap();
        assert!((one - 0.385_869_5).abs() < 1e-6, "{one}");
        let two = filter.step(Timestamp::from_secs(0.2), Some(1.0), 1.0).unwrap();
        assert!((two - (one + 0.385_869_5 * (1.0 - one))).abs() < 1e-6, "{two}");
    }

    #[test]
    fn speed_opens_it_and_a_gap_resets_it() {
        let run = |beta| {
            let mut filter = OneEuro::new(OneEuroParams { beta, ..PARAMS });
            (0..30).map(|i| filter.step(Timestamp::from_secs(f64::from(i) / 30.0), Some(f64::from(i)), 1.0)).last()
        };
        let (slow, fast) = (run(0.0).flatten().unwrap(), run(1.0).flatten().unwrap());
        assert!(29.0 - slow > 4.0 && 29.0 - fast < 0.3, "lag {} and {}", 29.0 - slow, 29.0 - fast);
        let mut filter = OneEuro::new(PARAMS);
        filter.step(Timestamp(0), Some(5.0), 1.0);
        assert_eq!(filter.step(Timestamp(1), None, 1.0), None);
        assert_eq!(filter.step(Timestamp(2), Some(f64::NAN), 1.0), None);
        assert_eq!(filter.step(Timestamp(3), Some(1.0), 1.0), Some(1.0));
    }
}
