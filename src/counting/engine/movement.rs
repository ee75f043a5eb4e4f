//! The movement under way: the readings of the frame, the detectors that follow them, what the signals gain, whose side it is.

use crate::base::skeleton::Side;
use crate::base::time::Timestamp;
use crate::counting::detect::detector::RepDetector;
use crate::counting::detect::excursion::Excursion;
use crate::counting::detect::rise::{Estimates, ExcursionEvent, RiseDetector};
use crate::counting::faults::FaultMonitor;
use crate::counting::phase::Phase;
use crate::exercise::Gain;
use crate::exercise::plan::SetPlan;
use crate::motion::signal::{Body, Reading, evaluate};
use crate::motion::track::TrackedPose;
use std::collections::VecDeque;
use std::sync::Arc;

/// One in so many values at each end says nothing of how far a signal spreads.
const OUTER: usize = 10;
/// So far back it is known what stayed steady, seconds: longer than any repetition.
const REMEMBERED_S: f64 = 60.0;

/// A signal's way in a movement: its lowest value, its highest, and how far it rose over the lowest before.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Span {
    lowest: f64,
    highest: f64,
    rise: f64,
    /// Frames in which it was known.
    known: usize,
}

impl Span {
    fn with(before: Option<Self>, value: f64) -> Self {
        let before = before.unwrap_or(Self { lowest: value, highest: value, rise: 0.0, known: 0 });
        let lowest = before.lowest.min(value);
        let (highest, rise) = (before.highest.max(value), before.rise.max(value - lowest));
        Self { lowest, highest, rise, known: before.known + 1 }
    }

    /// How far it rose over the baseline, or over the lowest it passed on the way when it had been resting elsewhere.
    fn gain(self, baseline: Option<f64>) -> f64 {
        baseline.map_or(self.rise, |baseline| self.rise.max(self.highest - baseline))
    }

    /// How far it went in all: of a movement that had begun before anything was seen, the way back is the gain.
    fn way(self) -> f64 {
        self.highest - self.lowest
    }
}

/// What one frame brought.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The baseline was left.
    pub has_started: bool,
    /// An excursion is over.
    pub finished: Option<Excursion>,
}

/// The movement under way.
pub(super) struct Movement {
    plan: Arc<SetPlan>,
    pub detector: RepDetector,
    /// Follows the movements that look alike and are wrong.
    pub decoys: RiseDetector,
    pub readings: Vec<Option<Reading>>,
    gains: Vec<Option<Span>>,
    /// Frames since the movement began.
    frames: usize,
    /// Lately: values of the signals that are to stay steady; `None` where one was not known.
    steady: VecDeque<(Timestamp, Vec<Option<f64>>)>,
    /// Its side, until the baseline is regained.
    side: Option<Side>,
}

impl Movement {
    pub fn new(plan: &Arc<SetPlan>) -> Self {
        let count = &plan.exercise.count;
        let decoys = RiseDetector::new(Arc::new(count.clone()), count.decoys.len(), plan.exercise.mode);
        Self {
            detector: RepDetector::new(plan),
            decoys,
            readings: Vec::new(),
            gains: vec![None; count.gains.len()],
            frames: 0,
            steady: VecDeque::new(),
            side: None,
            plan: Arc::clone(plan),
        }
    }

    /// Starts again; `may_begin_raised` as in [`RiseDetector::restart`].
    pub fn restart(&mut self, may_begin_raised: bool) {
        self.detector.restart(may_begin_raised);
        self.decoys.restart(false);
    }

    /// Reads all signals of a frame. Out of posture nothing is known of the movement.
    pub fn read(&mut self, pose: &TrackedPose, body: &Body, is_in_posture: bool) {
        evaluate(&self.plan.exercise.signals, pose, body, &mut self.readings);
        if !is_in_posture {
            self.readings.iter_mut().for_each(|r| *r = None);
        }
    }

    /// Follows the movement with the readings of the frame.
    pub fn follow(&mut self, at: Timestamp, estimates: Estimates<'_>) -> Found {
        self.note_steady(at);
        let count = &self.plan.exercise.count;
        let channels: Vec<_> = count.channels.iter().map(|c| self.reading(c.signal)).collect();
        let may_be_neutral = count
            .neutral_when
            .iter()
            .all(|(s, [min, max])| self.reading(*s).is_none_or(|r| (*min..=*max).contains(&r.value)));
        match self.detector.step(at, &channels, estimates, may_be_neutral) {
            Some(ExcursionEvent::Started(_)) => {
                self.gains.iter_mut().for_each(|g| *g = None);
                self.frames = 0;
                Found { has_started: true, finished: None }
            }
            Some(ExcursionEvent::Finished(excursion)) => Found { has_started: false, finished: Some(excursion) },
            Some(ExcursionEvent::Dropped) | None => Found::default(),
        }
    }

    /// Follows the wrong movements: one that is over, and the fault it stands for.
    pub fn follow_decoys(&mut self, at: Timestamp, estimates: Estimates<'_>) -> Option<(Excursion, usize)> {
        let decoys = &self.plan.exercise.count.decoys;
        let channels: Vec<_> = decoys.iter().map(|(s, _)| self.reading(*s)).collect();
        let Some(ExcursionEvent::Finished(excursion)) = self.decoys.step(at, &channels, estimates) else { return None };
        // Of an unsure side it is a wrong movement all the same.
        let (_, fault) = *excursion.channel.and_then(|c| decoys.get(c)).or(decoys.first())?;
        Some((excursion, fault))
    }

    /// Takes back strokes in which something moved that is to stay where it is, from stroke `known` on.
    pub fn drop_other_strokes(&mut self, known: usize) {
        let others: Vec<bool> = match self.detector.passes() {
            Some(d) => d.strokes().iter().skip(known).map(|s| self.is_another(s.start_at, s.end_at)).collect(),
            None => return,
        };
        if let RepDetector::Passes(detector) = &mut self.detector {
            detector.retain_new(known, &others);
        }
    }

    /// Takes the phase after a frame: the side stays until the baseline is regained, and the gains grow.
    pub fn note(&mut self, phase: Phase) {
        if matches!(phase, Phase::Setup | Phase::Ready) {
            self.side = None;
        } else if let Some(channel) = self.detector.running_channel() {
            self.side = self.plan.exercise.count.channels.get(channel).and_then(|c| c.side);
        }
        self.frames += 1;
        for i in 0..self.gains.len() {
            if let Some(reading) = self.reading(self.plan.exercise.count.gains[i].signal) {
                self.gains[i] = Some(Span::with(self.gains[i], reading.value));
            }
        }
    }

    /// Notes where the signals are that are to stay steady.
    fn note_steady(&mut self, at: Timestamp) {
        let signals = self.plan.exercise.count.steady.iter().map(|(signal, _)| *signal);
        let values: Vec<_> = signals.map(|s| self.reading(s).filter(|r| r.trusted).map(|r| r.value)).collect();
        if !values.is_empty() {
            self.steady.push_back((at, values));
        }
        while self.steady.front().is_some_and(|(then, _)| at.since(*then) > REMEMBERED_S) {
            self.steady.pop_front();
        }
    }

    /// Whether it is one of the side that does not count.
    pub fn is_on_other_side(&self) -> bool {
        self.plan.exercise.only_side.zip(self.side).is_some_and(|(only, side)| only != side)
    }

    /// What the further signals have gained in an excursion; `None` where one was hidden for most of it and is not seen to have
    /// gained enough.
    pub fn gains(&self, m: &Excursion, faults: &FaultMonitor) -> Vec<Option<f64>> {
        let spans = self.plan.exercise.count.gains.iter().zip(&self.gains);
        let gain = |span: Span, signal| {
            if m.baseline_was_seen { span.gain(faults.baseline_value(signal)) } else { span.way() }
        };
        let side = m.channel.and_then(|c| self.plan.exercise.count.channels.get(c)?.side);
        let of = |(asked, span): (&Gain, &Option<Span>)| {
            let span = span.filter(|_| asked.side.is_none() || asked.side == side)?;
            Some(gain(span, asked.signal)).filter(|gain| *gain >= asked.at_least || 2 * span.known >= self.frames)
        };
        spans.map(of).collect()
    }

    /// Whether the latest movement, of this channel, lacks what has to come with it.
    pub fn lacks_gain(&self, channel: Option<usize>, faults: &FaultMonitor) -> bool {
        let side = channel.and_then(|c| self.plan.exercise.count.channels.get(c)?.side);
        let mut asked = self.plan.exercise.count.gains.iter().zip(&self.gains);
        asked.any(|(asked, span)| {
            let is_asked = asked.side.is_none() || asked.side == side;
            let seen = span.filter(|span| is_asked && 2 * span.known >= self.frames);
            seen.is_some_and(|span| span.gain(faults.baseline_value(asked.signal)) < asked.at_least)
        })
    }

    /// Whether something moved from then to then that is to stay where it is. Unknown speaks for nothing.
    pub fn is_another(&self, start_at: Timestamp, end_at: Timestamp) -> bool {
        let from = self.steady.partition_point(|(at, _)| *at < start_at);
        let to = self.steady.partition_point(|(at, _)| *at <= end_at);
        let limits = self.plan.exercise.count.steady.iter().enumerate();
        let mut spreads =
            limits.map(|(i, (_, within))| (spread(self.steady.range(from..to).map(|(_, v)| v[i])), within));
        spreads.any(|(spread, within)| spread.is_some_and(|spread| spread > *within))
    }

    fn reading(&self, signal: usize) -> Option<Reading> {
        self.readings.get(signal).copied().flatten()
    }
}

/// How far values spread, the farthest tenth at each end left out: landmarks jump. `None` where half of them are not known.
fn spread(values: impl ExactSizeIterator<Item = Option<f64>>) -> Option<f64> {
    let all = values.len();
    let mut known: Vec<f64> = values.flatten().collect();
    if known.is_empty() || known.len() * 2 < all {
        return None;
    }
    known.sort_by(f64::total_cmp);
    let last = known.len() - 1;
    Some(known[last - last / OUTER] - known[last / OUTER])
}
