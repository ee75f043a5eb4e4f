//! The movement under way: the readings of the frame, the detectors that follow them, what the signals gain, whose side it is.

use super::steady::Steady;
use crate::base::skeleton::Side;
use crate::base::time::Timestamp;
use crate::counting::detect::detector::RepDetector;
use crate::counting::detect::excursion::Excursion;
use crate::counting::detect::rise::{Estimates, ExcursionEvent, Levels, RiseDetector};
use crate::counting::faults::FaultMonitor;
use crate::counting::phase::Phase;
use crate::exercise::Gain;
use crate::exercise::plan::SetPlan;
use crate::motion::signal::{Body, Reading, evaluate};
use crate::motion::track::TrackedPose;
use std::collections::VecDeque;
use std::sync::Arc;

/// A movement is noticed within this of its beginning, seconds: what comes before is forgotten.
const NOTICED_S: f64 = 3.0;

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

/// Takes the values of one frame.
fn grow(gains: &mut [Option<Span>], values: &[Option<f64>]) {
    for (gain, value) in gains.iter_mut().zip(values) {
        *gain = value.map_or(*gain, |value| Some(Span::with(*gain, value)));
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
    /// What the gains are measured from, lately.
    lately: VecDeque<(Timestamp, Vec<Option<f64>>)>,
    pub steady: Steady,
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
            lately: VecDeque::new(),
            steady: Steady::new(&count.steady),
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

    /// How far it is at present, given the levels of its channels; see [`Engine::way`](super::Engine::way).
    pub fn way(&self, levels: &[Option<Levels>]) -> Option<f64> {
        let channels = &self.plan.exercise.count.channels;
        let of = |(i, levels): (usize, &Option<Levels>)| {
            let levels = (*levels)?;
            let signal = channels.get(i).or(channels.first())?.signal;
            let whole = levels.enter - levels.baseline;
            let value = self.reading(signal)?.value;
            (whole.abs() > f64::EPSILON).then(|| (value - levels.baseline) / whole)
        };
        levels.iter().enumerate().filter_map(of).reduce(f64::max)
    }

    /// Follows the movement with the readings of the frame.
    pub fn follow(&mut self, at: Timestamp, estimates: Estimates<'_>) -> Found {
        self.steady.note(at, &self.readings);
        let count = &self.plan.exercise.count;
        let channels: Vec<_> = count.channels.iter().map(|c| self.reading(c.signal)).collect();
        let may_be_neutral = count.may_be_neutral(|signal| self.reading(signal).map(|r| r.value));
        match self.detector.step(at, &channels, estimates, may_be_neutral) {
            Some(ExcursionEvent::Started(since)) => {
                self.begin_gains(since);
                Found { has_started: true, finished: None }
            }
            Some(ExcursionEvent::Finished(excursion)) => Found { has_started: false, finished: Some(excursion) },
            Some(ExcursionEvent::Dropped) | None => Found::default(),
        }
    }

    /// Gains are those of a movement that began then: it may be noticed only when the one before is over.
    fn begin_gains(&mut self, since: Timestamp) {
        self.gains.iter_mut().for_each(|g| *g = None);
        let from = self.lately.partition_point(|(at, _)| *at < since);
        self.frames = self.lately.len() - from;
        self.lately.range(from..).for_each(|(_, values)| grow(&mut self.gains, values));
    }

    /// Follows the wrong movements: one that is over, and the fault it stands for.
    pub fn follow_decoys(&mut self, at: Timestamp, estimates: Estimates<'_>) -> Option<(Excursion, usize)> {
        let decoys = &self.plan.exercise.count.decoys;
        let channels: Vec<_> = decoys.iter().map(|(s, _)| self.reading(*s)).collect();
        let Some(ExcursionEvent::Finished(excursion)) = self.decoys.step(at, &channels, estimates, true) else {
            return None;
        };
        // Of an unsure side it is a wrong movement all the same.
        let (_, fault) = *excursion.channel.and_then(|c| decoys.get(c)).or(decoys.first())?;
        Some((excursion, fault))
    }

    /// Takes back strokes in which something moved that is to stay where it is, from stroke `known` on.
    pub fn drop_other_strokes(&mut self, known: usize) {
        let Self { detector: RepDetector::Passes(detector), steady, .. } = self else { return };
        detector.retain_from(known, |stroke| !steady.is_broken(stroke.start_at, stroke.end_at));
    }

    /// Takes the phase after a frame: the side stays until the baseline is regained, and the gains grow.
    pub fn note(&mut self, at: Timestamp, phase: Phase) {
        if matches!(phase, Phase::Setup | Phase::Ready) {
            self.side = None;
        } else if let Some(channel) = self.detector.running_channel() {
            self.side = self.plan.exercise.count.channels.get(channel).and_then(|c| c.side);
        }
        self.frames += 1;
        let asked = self.plan.exercise.count.gains.iter();
        let values: Vec<Option<f64>> = asked.map(|gain| self.reading(gain.signal).map(|r| r.value)).collect();
        grow(&mut self.gains, &values);
        self.lately.push_back((at, values));
        while self.lately.front().is_some_and(|(then, _)| at.since(*then) > NOTICED_S) {
            self.lately.pop_front();
        }
    }

    /// The side of the movement under way, or of the latest.
    pub fn side(&self) -> Option<Side> {
        self.side
    }

    /// Whether it is one of the side that does not count.
    pub fn is_on_other_side(&self) -> bool {
        self.plan.exercise.only_side.zip(self.side).is_some_and(|(only, side)| only != side)
    }

    /// What the further signals have gained in an excursion.
    pub fn gains(&self, m: &Excursion, faults: &FaultMonitor) -> Vec<Option<f64>> {
        self.gained(m.channel, m.baseline_was_seen, faults).map(|(_, gain)| gain).collect()
    }

    /// Whether the latest movement, of this channel, lacks what has to come with it.
    pub fn lacks_gain(&self, channel: Option<usize>, faults: &FaultMonitor) -> bool {
        self.gained(channel, true, faults).any(|(asked, gain)| gain.is_some_and(|gain| gain < asked.at_least))
    }

    /// Each gain that is asked for, and what there is of it in the latest movement; `None` where it is asked of the other side,
    /// and where the signal was hidden for most of the movement and is not seen to have gained enough.
    fn gained(
        &self,
        channel: Option<usize>,
        baseline_was_seen: bool,
        faults: &FaultMonitor,
    ) -> impl Iterator<Item = (&Gain, Option<f64>)> {
        let count = &self.plan.exercise.count;
        let side = channel.and_then(|c| count.channels.get(c)?.side);
        count.gains.iter().zip(&self.gains).map(move |(asked, span)| {
            let span = span.filter(|_| asked.side.is_none() || asked.side == side);
            let gain = span.and_then(|span| {
                let baseline = faults.baseline_value(asked.signal);
                let gain = if baseline_was_seen { span.gain(baseline) } else { span.way() };
                (gain >= asked.at_least || 2 * span.known >= self.frames).then_some(gain)
            });
            (asked, gain)
        })
    }

    fn reading(&self, signal: usize) -> Option<Reading> {
        self.readings.get(signal).copied().flatten()
    }
}
