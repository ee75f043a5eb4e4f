//! A movement under way: its samples, the time in position, its side, and what it comes to when it ends.

use super::rise::{Ending, Excursion, NEW_REST_S};
use crate::base::time::Timestamp;
use crate::counting::range::Thresholds;

/// Share of samples the leading side must win to be certain of the side.
const SURE_SIDE_SHARE: f64 = 0.75;
/// Samples under this share of the peak say nothing about the side.
const SIDE_SHARE_OF_PEAK: f64 = 0.5;
/// Least swing in position that is a bounce, share of the range.
const BOUNCE_SHARE: f64 = 0.15;
/// Three samples within this are looked at together, so that one that jumps out is not taken for the movement, seconds.
const STEADY_S: f64 = 0.15;

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
    /// The farthest point that was more than one sample jumping out.
    pub(super) peak: Sample,
    /// The distance now, without such a jump.
    pub(super) steady: f64,
    pub(super) entered: bool,
    pub(super) below_since: Option<Timestamp>,
    pub(super) still_since: (Timestamp, f64),
    pub(super) baseline_was_assumed: bool,
    held: Held,
    votes: Votes,
}

/// The time in position so far, kept up sample by sample: a hold may last for minutes.
#[derive(Clone, Debug, Default)]
struct Held {
    /// Thresholds it was summed up with.
    of: Option<Thresholds>,
    /// First sample in position.
    first: Option<usize>,
    /// Last sample in position.
    last: usize,
    /// From crossing enter to the last sample in position, what was outside left out, seconds.
    seconds: f64,
}

/// Which channel led in how many samples that tell.
#[derive(Clone, Debug, Default)]
struct Votes {
    /// The peak they were counted with: samples far under it tell nothing.
    peak_at: Option<Timestamp>,
    by_channel: Vec<usize>,
}

impl Running {
    pub(super) fn new(sample: Sample, baseline_was_assumed: bool) -> Self {
        Self {
            samples: vec![sample],
            // One sample alone may be a jump.
            peak: Sample { distance: 0.0, ..sample },
            steady: sample.distance,
            held: Held::default(),
            votes: Votes::default(),
            entered: false,
            below_since: None,
            still_since: (sample.at, sample.distance),
            baseline_was_assumed,
        }
    }

    /// When it began.
    pub(super) fn since(&self) -> Timestamp {
        self.samples.first().map_or(self.peak.at, |s| s.at)
    }

    /// The movement of another channel that has begun since then, while this one was on its way back.
    pub(super) fn of_other(&self, since: Timestamp, channel: usize) -> Self {
        let mut its = self.samples.iter().filter(|s| s.at >= since && s.channel == channel).copied();
        let mut other = Self::new(its.next().unwrap_or(self.peak), false);
        its.for_each(|s| other.take(s));
        other
    }

    pub(super) fn take(&mut self, sample: Sample) {
        self.samples.push(sample);
        let steady = steady(&self.samples);
        self.steady = steady.distance;
        if steady.distance > self.peak.distance {
            self.peak = steady;
        }
        let least = self.peak.distance * SIDE_SHARE_OF_PEAK;
        let from = if self.votes.peak_at == Some(self.peak.at) { self.samples.len() - 1 } else { 0 };
        if from == 0 {
            self.votes = Votes { peak_at: Some(self.peak.at), by_channel: Vec::new() };
        }
        for s in self.samples[from..].iter().filter(|s| s.distance >= least) {
            if self.votes.by_channel.len() <= s.channel {
                self.votes.by_channel.resize(s.channel + 1, 0);
            }
            self.votes.by_channel[s.channel] += 1;
        }
    }

    /// Brings the time in position up to the newest sample.
    pub(super) fn sum_up(&mut self, t: &Thresholds) {
        let is_newest = self.held.of == Some(*t);
        let mut held = if is_newest { std::mem::take(&mut self.held) } else { Held::of(t) };
        let from = if is_newest { self.samples.len() - 1 } else { 0 };
        for i in from..self.samples.len() {
            held.take(self, i);
        }
        self.held = held;
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
        let summed;
        let held = if self.held.of == Some(*t) {
            &self.held
        } else {
            let mut afresh = Held::of(t);
            (0..self.samples.len()).for_each(|i| afresh.take(self, i));
            summed = afresh;
            &summed
        };
        if held.first.is_none() {
            return 0.0;
        }
        let next = held.last + 1;
        let exit_s = self.samples.get(next).map_or(0.0, |s| s.dt_s - self.crossing_s(next, t.exit));
        held.seconds + exit_s
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
        let wins = self.votes.by_channel.get(self.peak.channel).copied().unwrap_or(0) as f64;
        let all = self.votes.by_channel.iter().sum::<usize>() as f64;
        (wins >= SURE_SIDE_SHARE * all).then_some(self.peak.channel)
    }

    pub(super) fn finished(&self, end_at: Timestamp, t: &Thresholds, ending: Ending) -> Excursion {
        Excursion {
            start_at: self.samples.first().map_or(self.peak.at, |s| s.at),
            peak_at: self.peak.at,
            end_at: end_at.max(self.peak.at),
            range: self.peak.distance,
            channel: self.channel(),
            hold_s: self.hold_s(t),
            hold_by_itself_s: 0.0,
            return_s: self.return_s(t),
            bounces: self.bounces(t),
            ending,
            baseline_was_seen: !self.baseline_was_assumed,
            thresholds: *t,
        }
    }
}

impl Held {
    fn of(t: &Thresholds) -> Self {
        Self { of: Some(*t), ..Self::default() }
    }

    /// Takes the next sample of the movement.
    fn take(&mut self, running: &Running, i: usize) {
        let (sample, Some(t)) = (running.samples[i], self.of) else { return };
        if self.first.is_none() {
            if sample.distance >= t.enter {
                self.first = Some(i);
                self.last = i;
                self.seconds = running.crossing_s(i, t.enter);
            }
        } else if sample.distance >= t.exit {
            self.last = i;
            self.seconds += sample.dt_s;
        }
    }
}

/// The newest sample; where three come close together, the middle one of them by distance, and at the beginning the lower of
/// two.
fn steady(samples: &[Sample]) -> Sample {
    let newest = samples[samples.len() - 1];
    let are_close = |first: &Sample| newest.at.since(first.at) <= STEADY_S;
    match samples {
        [first, second] if are_close(first) && first.distance < second.distance => *first,
        [.., a, b, c] if are_close(a) => {
            let mut sorted = [*a, *b, *c];
            sorted.sort_by(|a, b| a.distance.total_cmp(&b.distance));
            sorted[1]
        }
        _ => newest,
    }
}
