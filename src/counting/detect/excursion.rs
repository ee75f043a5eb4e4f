//! An excursion: the baseline was left, a farthest point reached, and the signal came back, was lost, or the set ended.

use crate::base::time::Timestamp;
use crate::counting::range::Thresholds;
use std::sync::Arc;

/// One frame of an excursion.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sample {
    /// Capture time.
    pub at: Timestamp,
    /// Distance from the baseline, in the signal's unit.
    pub distance: f64,
    /// The channel that was farthest out.
    pub channel: usize,
    /// Seconds since the sample before that were seen; a dropout adds nothing.
    pub dt_s: f64,
    /// Whether the reading was trusted.
    pub is_trusted: bool,
}

/// How an excursion ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Back at the baseline, or out of position.
    Returned,
    /// Given up because nothing could be seen.
    Lost,
    /// The recording or the set ended first.
    Cut,
}

/// What speaks for an excursion beside its size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quality {
    /// Its range over the standard deviation of the signal at the baseline; `None` while that is not known.
    pub over_noise: Option<f64>,
    /// Share of its frames whose reading was trusted, 0..1.
    pub trusted_share: f64,
    /// How straight it went out and back: the shortest such way over the way it took, 0..1.
    pub directness: f64,
}

/// A finished excursion.
#[derive(Clone, Debug, PartialEq)]
pub struct Excursion {
    /// The baseline was left.
    pub start_at: Timestamp,
    /// Farthest point.
    pub peak_at: Timestamp,
    /// The baseline was regained, or the position left.
    pub end_at: Timestamp,
    /// Distance from the baseline at the farthest point.
    pub range: f64,
    /// Index of the channel it belongs to, `None` when two channels are too close to tell.
    pub channel: Option<usize>,
    /// Seconds in position, pauses excluded.
    pub hold_s: f64,
    /// Seconds of the way back between the two thresholds, `None` if the signal never came back.
    pub return_s: Option<f64>,
    /// Times it swung back and forth in position.
    pub bounces: u32,
    /// How it ended.
    pub ending: Ending,
    /// Whether the baseline it started from was seen. A recording may begin in the middle of an excursion; its range is then
    /// at least what is given, and is not compared with others.
    pub baseline_was_seen: bool,
    /// Thresholds that applied while it ran.
    pub thresholds: Thresholds,
    /// Standard deviation of the signal at the baseline, 0 while unknown.
    pub sigma: f64,
    /// What speaks for it.
    pub quality: Quality,
    /// What it went through, so that it can be timed by other thresholds; empty for a cycle.
    pub samples: Arc<[Sample]>,
}

impl Excursion {
    /// Whether it came into position.
    pub fn is_entered(&self) -> bool {
        self.range >= self.thresholds.enter
    }

    /// Seconds it took.
    pub fn length_s(&self) -> f64 {
        self.end_at.since(self.start_at)
    }

    /// Seconds in position by other thresholds than those that applied.
    pub fn hold_by_s(&self, thresholds: &Thresholds) -> f64 {
        InPosition::over(&self.samples, thresholds).seconds(&self.samples)
    }

    /// An excursion of which only its time is known, because the person timed it.
    pub fn self_timed(since: Timestamp, at: Timestamp) -> Self {
        Self {
            start_at: since,
            peak_at: since,
            end_at: at,
            range: 0.0,
            channel: None,
            hold_s: at.since(since).max(0.0),
            return_s: None,
            bounces: 0,
            ending: Ending::Returned,
            baseline_was_seen: false,
            thresholds: Thresholds { start: 0.0, attempt: 0.0, enter: 0.0, exit: 0.0 },
            sigma: 0.0,
            quality: Quality { over_noise: None, trusted_share: 0.0, directness: 0.0 },
            samples: Arc::from([]),
        }
    }
}

/// The time in position, kept up sample by sample: a hold may last for minutes.
#[derive(Clone, Debug)]
pub(super) struct InPosition {
    /// Thresholds it is summed up with.
    pub of: Thresholds,
    /// First sample in position.
    first: Option<usize>,
    /// Last sample in position.
    last: usize,
    /// From crossing enter to the last sample in position, what was outside left out, seconds.
    seconds: f64,
}

impl InPosition {
    /// Summed over all samples.
    pub fn over(samples: &[Sample], thresholds: &Thresholds) -> Self {
        let mut sum = Self { of: *thresholds, first: None, last: 0, seconds: 0.0 };
        (0..samples.len()).for_each(|i| sum.take(samples, i));
        sum
    }

    /// Takes sample `i`, the next one.
    pub fn take(&mut self, samples: &[Sample], i: usize) {
        let distance = samples[i].distance;
        if self.first.is_none() {
            if distance >= self.of.enter {
                self.first = Some(i);
                self.last = i;
                self.seconds = crossing_s(samples, i, self.of.enter);
            }
        } else if distance >= self.of.exit {
            self.last = i;
            self.seconds += samples[i].dt_s;
        }
    }

    /// Seconds from crossing enter to crossing exit, each sample at or above exit.
    pub fn seconds(&self, samples: &[Sample]) -> f64 {
        if self.first.is_none() {
            return 0.0;
        }
        let next = self.last + 1;
        let exit_s = samples.get(next).map_or(0.0, |s| s.dt_s - crossing_s(samples, next, self.of.exit));
        self.seconds + exit_s
    }
}

/// Seconds before sample `i` at which the line from the sample before it crosses `level`.
pub(super) fn crossing_s(samples: &[Sample], i: usize, level: f64) -> f64 {
    let Some(before) = i.checked_sub(1).and_then(|j| samples.get(j)) else { return 0.0 };
    let now = samples[i];
    let rise = now.distance - before.distance;
    if rise.abs() < 1e-12 { 0.0 } else { now.dt_s * ((now.distance - level) / rise).clamp(0.0, 1.0) }
}
