//! A movement under way: its samples, the time in position, its side, and what it comes to when it ends.

use super::movement::{Ending, Movement, NEW_REST_S};
use super::range::Thresholds;
use crate::time::Timestamp;

/// Share of samples the leading side must win to be certain of the side.
const SURE_SIDE_SHARE: f64 = 0.75;
/// Samples under this share of the peak say nothing about the side.
const SIDE_SHARE_OF_PEAK: f64 = 0.5;
/// Least swing in position that is a bounce, share of the range.
const BOUNCE_SHARE: f64 = 0.15;

#[derive(Clone, Copy, Debug)]
pub(super) struct Sample {
    pub(super) at: Timestamp,
    pub(super) distance: f64,
    pub(super) channel: usize,
    /// Seconds since the sample before that were seen; a dropout adds nothing.
    pub(super) dt_s: f64,
}

#[derive(Clone, Debug)]
pub(super) struct Running {
    pub(super) samples: Vec<Sample>,
    pub(super) peak: Sample,
    pub(super) entered: bool,
    pub(super) below_since: Option<Timestamp>,
    pub(super) still_since: (Timestamp, f64),
    pub(super) rest_was_assumed: bool,
}

impl Running {
    pub(super) fn new(sample: Sample, rest_was_assumed: bool) -> Self {
        Self {
            samples: vec![sample],
            peak: sample,
            entered: false,
            below_since: None,
            still_since: (sample.at, sample.distance),
            rest_was_assumed,
        }
    }

    pub(super) fn take(&mut self, sample: Sample) {
        if sample.distance > self.peak.distance {
            self.peak = sample;
        }
        self.samples.push(sample);
    }

    /// Whether the signal has hardly moved for so long that the person must be resting here.
    pub(super) fn stands_still(&mut self, sample: Sample, band: f64) -> bool {
        if (sample.distance - self.still_since.1).abs() > band {
            self.still_since = (sample.at, sample.distance);
        }
        sample.at.since(self.still_since.0) > NEW_REST_S
    }

    /// Seconds in position: from crossing enter, each sample at or above exit.
    pub(super) fn hold_s(&self, t: &Thresholds) -> f64 {
        let Some(first) = self.samples.iter().position(|s| s.distance >= t.enter) else { return 0.0 };
        let inside = |s: &&Sample| s.distance >= t.exit;
        let entry_s = self.crossing_s(first, t.enter);
        let held: f64 = self.samples[first + 1..].iter().filter(inside).map(|s| s.dt_s).sum();
        let last = self.samples.iter().rposition(|s| s.distance >= t.exit).unwrap_or(first);
        let exit_s = self.samples.get(last + 1).map_or(0.0, |next| next.dt_s - self.crossing_s(last + 1, t.exit));
        held + entry_s + exit_s
    }

    /// Seconds of the way back, from falling under enter for the last time to falling under exit; `None` when it was not gone.
    fn return_s(&self, t: &Thresholds) -> Option<f64> {
        let left = self.samples.iter().rposition(|s| s.distance >= t.enter)? + 1;
        let out = left + self.samples.iter().skip(left).position(|s| s.distance < t.exit)?;
        let whole_s = self.samples[out].at.since(self.samples[left].at);
        Some((whole_s + self.crossing_s(left, t.enter) - self.crossing_s(out, t.exit)).max(0.0))
    }

    /// Seconds before sample `i` at which the line from the sample before it crosses `level`.
    pub(super) fn crossing_s(&self, i: usize, level: f64) -> f64 {
        let Some(before) = i.checked_sub(1).and_then(|j| self.samples.get(j)) else { return 0.0 };
        let now = self.samples[i];
        let rise = now.distance - before.distance;
        if rise.abs() < 1e-12 { 0.0 } else { now.dt_s * ((now.distance - level) / rise).clamp(0.0, 1.0) }
    }

    /// Swings back and forth in position of at least [`BOUNCE_SHARE`] of the range.
    pub(super) fn bounces(&self, t: &Thresholds) -> u32 {
        let least = self.peak.distance * BOUNCE_SHARE;
        let (mut low, mut high, mut falls, mut count) = (f64::INFINITY, f64::NEG_INFINITY, false, 0);
        for d in self.samples.iter().map(|s| s.distance).filter(|d| *d >= t.exit) {
            (low, high) = (low.min(d), high.max(d));
            if !falls && high - d >= least {
                (falls, low) = (true, d);
            } else if falls && d - low >= least {
                (falls, high) = (false, d);
                count += 1;
            }
        }
        count
    }

    pub(super) fn channel(&self) -> Option<usize> {
        let least = self.peak.distance * SIDE_SHARE_OF_PEAK;
        let telling = || self.samples.iter().filter(|s| s.distance >= least);
        let wins = telling().filter(|s| s.channel == self.peak.channel).count() as f64;
        (wins >= SURE_SIDE_SHARE * telling().count() as f64).then_some(self.peak.channel)
    }

    pub(super) fn finished(&self, end_at: Timestamp, t: &Thresholds, ending: Ending) -> Movement {
        Movement {
            start_at: self.samples.first().map_or(self.peak.at, |s| s.at),
            peak_at: self.peak.at,
            end_at: end_at.max(self.peak.at),
            range: self.peak.distance,
            channel: self.channel(),
            hold_s: self.hold_s(t),
            return_s: self.return_s(t),
            bounces: self.bounces(t),
            ending,
            rest_was_seen: !self.rest_was_assumed,
            thresholds: *t,
        }
    }
}
