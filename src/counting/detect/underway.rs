//! An excursion under way: its samples, the time in position, its side, and what it comes to when it ends.

use super::excursion::{Ending, Excursion, InPosition, Quality, Sample, crossing_s};
use super::still::StillPlace;
use super::zigzag::Zigzag;
use crate::base::time::Timestamp;
use crate::counting::range::Thresholds;
use std::sync::Arc;

/// Share of samples the leading side must win to be certain of the side.
const SURE_SIDE_SHARE: f64 = 0.75;
/// Samples under this share of the peak say nothing about the side: there both limbs are near rest.
const SIDE_SHARE_OF_PEAK: f64 = 0.5;
/// Least swing in position that is a bounce, share of the range.
const BOUNCE_SHARE: f64 = 0.15;
/// Three samples within this are looked at together, so that one that jumps out is not taken for the movement, seconds: from
/// 8 frames/s on.
const STEADY_S: f64 = 0.26;

/// From position to rest and on the way back again takes no less than this, seconds.
const RESTED_S: f64 = 0.6;
/// At rest: under this share of the threshold at which the position is left, two thirds of the way back and more. People who
/// lift again at once do not come all the way down.
const RESTED_SHARE: f64 = 0.67;
/// For so long in all, seconds: two frames at 8 a second.
const LOW_S: f64 = 0.24;

#[derive(Clone, Debug)]
pub(super) struct Underway {
    pub samples: Vec<Sample>,
    /// The farthest point that was more than one sample jumping out.
    pub peak: Sample,
    /// The distance now, without such a jump.
    pub steady: f64,
    /// It has come into position.
    pub is_entered: bool,
    /// Out of position since, having been in it.
    pub below_since: Option<Timestamp>,
    still: StillPlace,
    /// The baseline it started from was assumed or given.
    pub baseline_was_assumed: bool,
    in_position: Option<InPosition>,
    votes: Votes,
    trusted: usize,
    /// Length of the whole way, back and forth, in the signal's unit.
    way: f64,
}

/// Which channel led in how many samples that tell.
#[derive(Clone, Debug, Default)]
struct Votes {
    /// The peak they were counted with: samples far under it tell nothing.
    peak_at: Option<Timestamp>,
    by_channel: Vec<usize>,
}

impl Underway {
    pub fn new(sample: Sample, baseline_was_assumed: bool) -> Self {
        Self {
            samples: vec![sample],
            // One sample alone may be a jump.
            peak: Sample { distance: 0.0, ..sample },
            steady: sample.distance,
            is_entered: false,
            below_since: None,
            still: StillPlace::new(sample.at, sample.distance),
            baseline_was_assumed,
            in_position: None,
            votes: Votes::default(),
            trusted: usize::from(sample.is_trusted),
            way: 0.0,
        }
    }

    /// When it began.
    pub fn since(&self) -> Timestamp {
        self.samples.first().map_or(self.peak.at, |s| s.at)
    }

    /// When it was last seen.
    pub fn last_at(&self) -> Timestamp {
        self.samples.last().map_or(self.peak.at, |s| s.at)
    }

    /// The excursion of another channel that has begun since then, while this one was on its way back.
    pub fn of_other(&self, since: Timestamp, channel: usize) -> Self {
        let mut its = self.samples.iter().filter(|s| s.at >= since && s.channel == channel).copied();
        let mut other = Self::new(its.next().unwrap_or(self.peak), false);
        its.for_each(|s| other.take(s));
        other
    }

    /// Whether it was at rest in between, out of position since then and now back: far down, on a way that took its time.
    /// Landmarks that jump away and back are quicker.
    pub fn has_rested(&self, since: Timestamp, t: &Thresholds) -> bool {
        let out = self.samples.partition_point(|s| s.at < since);
        let entered = self.samples[..out].iter().rposition(|s| s.distance >= t.enter);
        let took_s = entered.map_or(0.0, |i| self.last_at().since(self.samples[i].at));
        let is_low = |s: &&Sample| s.distance < RESTED_SHARE * t.exit;
        let low_s: f64 = self.samples[out..].iter().filter(is_low).map(|s| s.dt_s).sum();
        took_s >= RESTED_S && low_s >= LOW_S
    }

    pub fn take(&mut self, sample: Sample) {
        self.way += (sample.distance - self.samples[self.samples.len() - 1].distance).abs();
        self.trusted += usize::from(sample.is_trusted);
        self.samples.push(sample);
        let steady = steady(&self.samples);
        self.steady = steady.distance;
        if steady.distance > self.peak.distance {
            self.peak = steady;
        }
        self.vote();
    }

    /// Brings the time in position up to the newest sample, and notes whether it has come into position by now.
    pub fn measure(&mut self, t: &Thresholds) {
        match self.in_position.as_mut().filter(|p| p.of == *t) {
            Some(sum) => sum.take(&self.samples, self.samples.len() - 1),
            None => self.in_position = Some(InPosition::over(&self.samples, t)),
        }
        self.is_entered |= self.steady >= t.enter;
    }

    /// Seconds for which the signal has hardly moved: whoever stands still long enough rests here.
    pub fn still_s(&mut self, sample: Sample, band: f64) -> f64 {
        self.still.stayed_s(sample.at, sample.distance, band)
    }

    /// Seconds in position so far.
    pub fn hold_s(&self, t: &Thresholds) -> f64 {
        match self.in_position.as_ref().filter(|p| p.of == *t) {
            Some(sum) => sum.seconds(&self.samples),
            None => InPosition::over(&self.samples, t).seconds(&self.samples),
        }
    }

    /// The channel it belongs to, where one leads clearly.
    pub fn channel(&self) -> Option<usize> {
        let wins = self.votes.by_channel.get(self.peak.channel).copied().unwrap_or(0) as f64;
        let all = self.votes.by_channel.iter().sum::<usize>() as f64;
        (wins >= SURE_SIDE_SHARE * all).then_some(self.peak.channel)
    }

    /// The excursion, over since `end_at`; `sigma` is the noise at the baseline.
    pub fn finished(&self, end_at: Timestamp, t: &Thresholds, sigma: f64, ending: Ending) -> Excursion {
        Excursion {
            start_at: self.since(),
            peak_at: self.peak.at,
            end_at: end_at.max(self.peak.at),
            range: self.peak.distance,
            channel: self.channel(),
            hold_s: self.hold_s(t),
            return_s: self.return_s(t),
            bounces: self.bounces(t),
            ending,
            baseline_was_seen: !self.baseline_was_assumed,
            thresholds: *t,
            sigma,
            quality: self.quality(sigma),
            samples: Arc::from(self.samples.as_slice()),
        }
    }

    fn vote(&mut self) {
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

    fn quality(&self, sigma: f64) -> Quality {
        let (first, last) = (self.samples[0].distance, self.samples[self.samples.len() - 1].distance);
        let shortest = (2.0 * self.peak.distance - first - last).max(0.0);
        Quality {
            over_noise: (sigma > 0.0).then(|| self.peak.distance / sigma),
            trusted_share: self.trusted as f64 / self.samples.len() as f64,
            directness: if self.way > 0.0 { (shortest / self.way).min(1.0) } else { 0.0 },
        }
    }

    /// Seconds of the way back, from falling under enter for the last time to falling under exit.
    fn return_s(&self, t: &Thresholds) -> Option<f64> {
        let left = self.samples.iter().rposition(|s| s.distance >= t.enter)? + 1;
        let out = left + self.samples.iter().skip(left).position(|s| s.distance < t.exit)?;
        let whole_s = self.samples[out].at.since(self.samples[left].at);
        let at_enter_s = crossing_s(&self.samples, left, t.enter);
        Some((whole_s + at_enter_s - crossing_s(&self.samples, out, t.exit)).max(0.0))
    }

    /// Swings back and forth in position of at least [`BOUNCE_SHARE`] of the range.
    fn bounces(&self, t: &Thresholds) -> u32 {
        let mut zigzag = Zigzag::new(self.peak.distance * BOUNCE_SHARE, 0.0);
        let inside = self.samples.iter().filter(|s| s.distance >= t.exit);
        inside.filter_map(|s| zigzag.take(s.at, s.distance)).filter(|leg| !leg.rises()).count() as u32
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
