//! One picture of how an exercise file sees a recording: signals, thresholds, phases, repetitions, faults.
//!
//! In: an exercise and pose estimates. Out: [`PlotData`], which [`PlotData::svg`] turns into an SVG. An author tunes a file by
//! it; a user sees why a repetition did not count.

pub mod draw;

use crate::base::stats::median;
use crate::counting::detect::rise::Levels;
use crate::counting::gate::Obstacle;
use crate::counting::phase::Phase;
use crate::counting::record::Summary;
use crate::counting::runner::SetRunner;
use crate::exercise::plan::SetPlan;
use crate::exercise::{ExerciseDef, Reference, Watched};
use crate::motion::signal::{Body, Reading, evaluate};
use crate::motion::track::{PoseSmoother, TrackedPose};
use crate::vision::pose::PoseEstimate;
use std::sync::Arc;

/// What one moment of the recording gives.
#[derive(Clone, Debug)]
pub struct Moment {
    /// Capture time, seconds.
    pub t_s: f64,
    /// All signals of the file, in its order.
    pub readings: Vec<Option<Reading>>,
    /// Baseline and thresholds, see [`Engine::levels`].
    pub levels: Vec<Option<Levels>>,
    /// Where the running repetition was.
    pub phase: Phase,
    /// What stood in the way of counting.
    pub hint: Option<String>,
}

/// A limit of a fault or of the gate, drawn with its signal.
#[derive(Clone, Debug, PartialEq)]
pub struct Limit {
    /// Index of the signal.
    pub signal: usize,
    /// Fault id, or "gate" or "gain".
    pub of: String,
    /// Where the line lies: in the signal's values, or over its value at rest.
    pub value: f64,
    /// Whether the value counts from rest.
    pub from_rest: bool,
}

/// Everything to draw.
#[derive(Clone, Debug)]
pub struct PlotData {
    /// The exercise, with the hold target that applied.
    pub def: Arc<ExerciseDef>,
    /// Name of the input.
    pub input: String,
    /// In order of time.
    pub moments: Vec<Moment>,
    /// What was counted.
    pub summary: Summary,
    /// Limits on signals other than the rep signal's thresholds. Those against own repetitions have no fixed place.
    pub limits: Vec<Limit>,
    /// Median of every signal at rest.
    pub at_rest: Vec<Option<f64>>,
}

impl PlotData {
    /// Follows a recording and keeps what is to be drawn. Signals of the time before the gate opened are measured with the
    /// body that was locked when it did.
    pub fn gather(plan: SetPlan, input: &str, estimates: impl Iterator<Item = PoseEstimate>) -> Self {
        let (mut smoother, mut set) = (PoseSmoother::default(), SetRunner::new(plan));
        let mut seen: Vec<(TrackedPose, Option<Body>, Moment)> = Vec::new();
        for estimate in estimates {
            let pose = smoother.step(&estimate);
            set.step(&pose);
            let engine = set.engine();
            let moment = Moment {
                t_s: pose.at.secs(),
                readings: Vec::new(),
                levels: engine.levels(),
                phase: engine.phase(),
                hint: engine.obstacle().map(Obstacle::advice),
            };
            seen.push((pose, engine.body(), moment));
        }
        let def = Arc::clone(&set.plan().exercise);
        let summary = set.finish().1.summary;
        let moments = measured(&def, seen);
        let at_rest = (0..def.signals.len()).map(|signal| median_at_rest(&moments, signal)).collect();
        let limits = limits(&def);
        Self { def, input: input.to_owned(), moments, summary, limits, at_rest }
    }

    /// Signals that gate, gains and faults use beside the rep signal, in the order of the file's faults.
    pub fn other_signals(&self) -> Vec<usize> {
        let counted: Vec<usize> = self.def.count.channels.iter().map(|c| c.signal).collect();
        let watched =
            self.def.faults.iter().flat_map(|f| f.all.iter().chain(&f.unlike_own)).filter_map(|c| match c.signal {
                Watched::Signal(i) => Some(i),
                _ => None,
            });
        let count = &self.def.count;
        let further = count.gains.iter().map(|g| g.signal).chain(count.steady.iter().map(|(i, _)| *i));
        let gate = self.def.gate.iter().map(|g| g.signal).chain(further);
        let mut others = Vec::new();
        for i in gate.chain(watched) {
            if !counted.contains(&i) && !others.contains(&i) {
                others.push(i);
            }
        }
        others
    }
}

/// The moments with all signals measured: those of the time before the gate opened with the body that was locked when it did.
fn measured(def: &ExerciseDef, mut seen: Vec<(TrackedPose, Option<Body>, Moment)>) -> Vec<Moment> {
    let mut body = seen.iter().rev().find_map(|(_, body, _)| *body);
    for (pose, locked, moment) in seen.iter_mut().rev() {
        body = locked.or(body);
        let own = pose.trunk_px.map(|px| Body::of(std::iter::once(&*pose), px, pose.near));
        if let Some(body) = body.or(own) {
            evaluate(&def.signals, pose, &body, &mut moment.readings);
        }
        moment.readings.resize(def.signals.len(), None);
    }
    seen.into_iter().map(|(_, _, moment)| moment).collect()
}

/// The median of a signal while the movement rests.
fn median_at_rest(moments: &[Moment], signal: usize) -> Option<f64> {
    let resting = moments.iter().filter(|m| m.phase == Phase::Ready);
    median(resting.filter_map(|m| m.readings.get(signal).copied().flatten()).map(|r| r.value))
}

/// All limits of a file that have a place in a signal's panel.
fn limits(def: &ExerciseDef) -> Vec<Limit> {
    let mut limits = Vec::new();
    let mut add = |signal, of: &str, value: f64, from_rest| {
        if value.is_finite() {
            limits.push(Limit { signal, of: of.to_owned(), value, from_rest });
        }
    };
    for gate in &def.gate {
        add(gate.signal, "gate", gate.min, false);
        add(gate.signal, "gate", gate.max, false);
    }
    for gain in &def.count.gains {
        add(gain.signal, "gain", gain.at_least, true);
    }
    for (fault, condition) in def.faults.iter().flat_map(|f| f.all.iter().map(move |c| (f, c))) {
        let Watched::Signal(signal) = condition.signal else { continue };
        if matches!(condition.reference, Reference::OwnMedian | Reference::OwnBest) {
            continue;
        }
        let both = condition.beyond.map(|b| [b, -b]);
        let values = condition.above.into_iter().chain(condition.below).chain(both.into_iter().flatten());
        for value in values {
            add(signal, &fault.id, value, condition.reference == Reference::Baseline);
        }
    }
    limits
}
