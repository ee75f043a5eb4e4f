//! Sound in memory: one channel, samples of -1 to 1.

/// Sample rate of everything the program makes itself, hertz: that of the clips.
pub const RATE_HZ: u32 = 24_000;

/// One channel of sound.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pcm {
    /// Samples a second.
    pub rate_hz: u32,
    /// The samples, -1 to 1.
    pub samples: Vec<f32>,
}

impl Pcm {
    /// So much silence.
    pub fn silence(seconds: f64) -> Self {
        Self { rate_hz: RATE_HZ, samples: vec![0.0; (seconds * f64::from(RATE_HZ)).round() as usize] }
    }

    /// Its length, seconds.
    pub fn seconds(&self) -> f64 {
        if self.rate_hz == 0 { 0.0 } else { self.samples.len() as f64 / f64::from(self.rate_hz) }
    }

    /// The same at [`RATE_HZ`], by straight lines between samples: enough for speech.
    #[must_use]
    pub fn at_rate(self) -> Self {
        if self.rate_hz == RATE_HZ || self.rate_hz == 0 || self.samples.len() < 2 {
            return Self { rate_hz: RATE_HZ, ..self };
        }
        let step = f64::from(self.rate_hz) / f64::from(RATE_HZ);
        let count = ((self.samples.len() - 1) as f64 / step) as usize + 1;
        let at = |i: usize| {
            let place = i as f64 * step;
            let (left, share) = (place as usize, place.fract() as f32);
            let right = (left + 1).min(self.samples.len() - 1);
            self.samples[left] * (1.0 - share) + self.samples[right] * share
        };
        Self { rate_hz: RATE_HZ, samples: (0..count).map(at).collect() }
    }

    /// Adds another piece at its end.
    pub fn append(&mut self, other: Self) {
        self.rate_hz = RATE_HZ;
        self.samples.extend(other.at_rate().samples);
    }

    /// The same as loud as `level` (root mean square of what is not silence), never over full scale.
    #[must_use]
    pub fn levelled(mut self, level: f32) -> Self {
        let loud: Vec<f32> = self.samples.iter().copied().filter(|s| s.abs() > 0.01).collect();
        if loud.is_empty() {
            return self;
        }
        let rms = (loud.iter().map(|s| s * s).sum::<f32>() / loud.len() as f32).sqrt();
        let peak = loud.iter().fold(0.0_f32, |peak, s| peak.max(s.abs()));
        let gain = (level / rms).min(0.95 / peak);
        self.samples.iter_mut().for_each(|s| *s *= gain);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_rate_keeps_length_and_shape() {
        let ramp = Pcm { rate_hz: 12_000, samples: (0..=1200).map(|i| i as f32 / 1200.0).collect() };
        let doubled = ramp.clone().at_rate();
        assert_eq!(doubled.samples.len(), 2401);
        assert!((doubled.samples[1200] - 0.5).abs() < 1e-3);
        assert!((doubled.seconds() - ramp.seconds()).abs() < 1e-3);
        let loud = ramp.levelled(0.3);
        assert!(loud.samples.iter().all(|s| s.abs() <= 0.95));
    }
}
