//! Form faults: conditions on trusted signals that hold for a while in their phase of a repetition.
//!
//! They share no threshold with counting, and unknown is never a fault: a frame whose signal is missing or not trusted
//! neither raises nor clears anything.

use super::compare::{self, LEAST_OTHERS, NEIGHBOURS, Sample, Shown};
use super::detect::excursion::Excursion;
use super::phase::Phase;
use super::range::STAND_SHARE;
use crate::base::skeleton::Side;
use crate::base::stats::{low_pass, mean_of_middle, median};
use crate::base::time::Timestamp;
use crate::exercise::{Condition, ExerciseDef, FaultDef, FaultPhase, Reference, Watched};
use crate::motion::signal::{Body, Reading};

/// Time constant of a signal's value at rest, seconds.
const REST_S: f64 = 3.0;
/// What has departed from rest for longer has become the rest, seconds.
const DEPARTED_S: f64 = 4.0;
/// A gap in the evidence longer than this starts a fault's minimum time again, seconds.
const EVIDENCE_GAP_S: f64 = 0.5;
/// A fault of the rest that was there so lately belongs to the repetition that starts now, seconds.
const JUST_BEFORE_S: f64 = 1.0;
/// Who looks larger or smaller by no more has not moved, nor has the camera; a logarithm, about 6 %.
const SAME_SIZE: f64 = 0.06;
/// A running repetition is compared with those before it so often, seconds.
const COMPARE_EVERY_S: f64 = 0.25;

/// A fault was raised or has gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FaultChange {
    /// Index of the fault in the exercise.
    pub fault: usize,
    /// Raised, else cleared.
    pub raised: bool,
}

/// When a fault was active, for the record.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FaultHistory {
    /// Start and end of each span.
    pub spans: Vec<(Timestamp, Timestamp)>,
    /// Whether its signals were ever known and trusted in its phase.
    pub was_measured: bool,
}

#[derive(Clone, Debug, Default)]
struct Watch {
    /// Evidence since, and the last frame that bore it.
    evidence: Option<(Timestamp, Timestamp)>,
    active: bool,
    seen_in_rep: bool,
    /// Values of each condition's signal in the fault's phase of the running repetition.
    values: Vec<Vec<f64>>,
    /// What they came to in earlier repetitions, by condition: range of the repetition, and the median of the values, or
    /// their largest where the condition compares with the best.
    own: Vec<Vec<(f64, f64)>>,
    /// Values in the fault's phase of the running repetition of what is compared with the own others, by condition.
    compared: Vec<Vec<f64>>,
    /// When they began and ended.
    compared_span: Option<(Timestamp, Timestamp)>,
    compared_at: Option<Timestamp>,
    history: FaultHistory,
}

/// Watches all faults of an exercise.
#[derive(Clone, Debug)]
pub struct FaultMonitor {
    watches: Vec<Watch>,
    /// Value of every signal at rest.
    rest: Vec<Option<f64>>,
    /// What earlier repetitions showed: range, side, and each fault's.
    before: Vec<(f64, Option<Side>, Vec<Option<Shown>>)>,
    placement: u32,
    /// The body as measured last.
    body: Option<Body>,
    last_at: Option<Timestamp>,
}

/// What was seen in a finished repetition.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SeenInRep {
    /// Indices of the faults, those judged at its end included.
    pub faults: Vec<usize>,
    /// What it showed of each fault that is told by comparison.
    pub shown: Vec<Option<Shown>>,
}

/// Measures of a finished repetition that faults may look at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RepMeasures {
    /// Length, seconds.
    pub rep_s: f64,
    /// Way back, seconds, `None` when it was not gone.
    pub return_s: Option<f64>,
    /// Rest before it, seconds, `None` for the first.
    pub rest_before_s: Option<f64>,
    /// Range in the rep signal's unit.
    pub range: f64,
    /// Largest range so far in the set.
    pub best_range: Option<f64>,
    /// Range over the time to the farthest point, units a second.
    pub speed_per_s: f64,
    /// Times the movement swung back and forth in position.
    pub bounces: u32,
}

/// Travel times shorter than this are not timed, seconds: about a frame.
const SHORTEST_TRAVEL_S: f64 = 0.05;

/// Speed of a way of `range` units that took `travel_s` seconds.
pub fn speed_per_s(range: f64, travel_s: f64) -> f64 {
    range / travel_s.max(SHORTEST_TRAVEL_S)
}

impl RepMeasures {
    /// Those of an excursion; `last_end_at`: the one before was over; `best_range`: the largest so far.
    pub fn of(m: &Excursion, last_end_at: Option<Timestamp>, best_range: Option<f64>) -> Self {
        Self {
            rep_s: m.length_s(),
            return_s: m.return_s,
            rest_before_s: last_end_at.map(|t| m.start_at.since(t)),
            range: m.range,
            best_range,
            speed_per_s: speed_per_s(m.range, m.peak_at.since(m.start_at)),
            bounces: m.bounces,
        }
    }
}

impl FaultMonitor {
    /// A monitor for the exercise's faults.
    pub fn new(def: &ExerciseDef) -> Self {
        let watch = |f: &FaultDef| Watch {
            values: vec![Vec::new(); f.all.len()],
            own: vec![Vec::new(); f.all.len()],
            compared: vec![Vec::new(); f.unlike_own.len()],
            ..Watch::default()
        };
        Self {
            watches: def.faults.iter().map(watch).collect(),
            rest: vec![None; def.signals.len()],
            before: Vec::new(),
            placement: 0,
            body: None,
            last_at: None,
        }
    }

    /// Value of a signal at rest, if it is known.
    pub fn baseline_value(&self, signal: usize) -> Option<f64> {
        self.rest.get(signal).copied().flatten()
    }

    /// Forgets what the signals are at rest: the person has moved, and is measured anew as `body`.
    pub fn forget_baseline(&mut self, body: &Body) {
        let is_same = |was: Body| was.near == body.near && (body.trunk_px / was.trunk_px).ln().abs() <= SAME_SIZE;
        if !self.body.replace(*body).is_some_and(is_same) {
            self.placement += 1;
        }
        self.rest.iter_mut().for_each(|r| *r = None);
        self.watches.iter_mut().for_each(|w| w.evidence = None);
    }

    /// Takes one frame, of a movement of that side.
    pub fn step(
        &mut self,
        at: Timestamp,
        def: &ExerciseDef,
        phase: Phase,
        side: Option<Side>,
        readings: &[Option<Reading>],
    ) -> Vec<FaultChange> {
        self.follow_baseline(at, def, phase, readings);
        let mut changes = Vec::new();
        for (i, fault) in def.faults.iter().enumerate().filter(|(_, f)| !f.unlike_own.is_empty()) {
            if phase_admits(fault.phase, phase) && self.compare(at, i, fault, side, readings) {
                changes.push(FaultChange { fault: i, raised: true });
            }
        }
        for (i, (watch, fault)) in self.watches.iter_mut().zip(&def.faults).enumerate() {
            if fault.decoy_only
                || fault.all.is_empty()
                || fault.all.iter().any(|c| !matches!(c.signal, Watched::Signal(_)))
            {
                continue;
            }
            let in_phase = phase_admits(fault.phase, phase);
            // Jitter that looks like a start for a moment does not make a fault of the rest begin again.
            let is_interrupted = fault.phase == FaultPhase::Rest && !watch.active;
            let holds = match in_phase {
                true => watch.holds(&fault.all, readings, &self.rest),
                false if is_interrupted => None,
                false => Some(false),
            };
            watch.history.was_measured |= in_phase && holds.is_some();
            if let Some(raised) = watch.update(at, holds, fault.for_s) {
                changes.push(FaultChange { fault: i, raised });
            }
        }
        changes
    }

    /// Starts a repetition. What was wrong in the rest just before belongs to it, also when jitter looked like a start.
    pub fn rep_started(&mut self, at: Timestamp, def: &ExerciseDef) {
        for (watch, fault) in self.watches.iter_mut().zip(&def.faults) {
            let lately = || watch.history.spans.last().is_some_and(|s| at.since(s.1) <= JUST_BEFORE_S);
            watch.seen_in_rep = watch.active || (fault.phase == FaultPhase::Rest && lately());
            watch.values.iter_mut().chain(&mut watch.compared).for_each(Vec::clear);
            watch.compared_span = None;
        }
    }

    /// Ends a repetition.
    pub fn rep_finished(
        &mut self,
        at: Timestamp,
        def: &ExerciseDef,
        m: &RepMeasures,
        side: Option<Side>,
        counted: bool,
    ) -> SeenInRep {
        let mut seen = Vec::new();
        let shown: Vec<Option<Shown>> = self.watches.iter().map(|w| w.shown(self.placement)).collect();
        for (i, (watch, fault)) in self.watches.iter_mut().zip(&def.faults).enumerate() {
            let at_end = !fault.all.is_empty()
                && fault.all.iter().all(|c| measure(c, m).is_some_and(|v| c.admits(v)))
                && !fault.decoy_only;
            if at_end {
                watch.history.was_measured = true;
                watch.history.spans.push((at, at));
            }
            if watch.seen_in_rep || at_end {
                seen.push(i);
            }
            watch.seen_in_rep = false;
            if counted {
                for ((own, values), condition) in watch.own.iter_mut().zip(&watch.values).zip(&fault.all) {
                    own.extend(level(condition, values).map(|level| (m.range, level)));
                }
            }
        }
        if counted {
            self.before.push((m.range, side, shown.clone()));
        }
        SeenInRep { faults: seen, shown }
    }

    /// Collects what a running repetition shows of a fault that is told by comparison; true when it stands out among those
    /// before it, for the first time.
    fn compare(
        &mut self,
        at: Timestamp,
        index: usize,
        fault: &FaultDef,
        side: Option<Side>,
        readings: &[Option<Reading>],
    ) -> bool {
        let watch = &mut self.watches[index];
        watch.collect(at, &fault.unlike_own, readings, &self.rest);
        let has_lasted = watch.compared_span.is_some_and(|(from, to)| to.since(from) >= fault.for_s);
        let is_due = watch.compared_at.is_none_or(|last| at.since(last) >= COMPARE_EVERY_S);
        if watch.seen_in_rep || !has_lasted || !is_due || self.before.len() < LEAST_OTHERS {
            return false;
        }
        watch.compared_at = Some(at);
        let mut shown = vec![None; index + 1];
        shown[index] = watch.shown(self.placement);
        let others: Vec<Sample<'_>> = self.before[self.before.len().saturating_sub(NEIGHBOURS)..]
            .iter()
            .map(|(range, side, shown)| Sample { range: *range, side: *side, shown })
            .collect();
        let one = Sample { range: 0.0, side, shown: &shown };
        watch.seen_in_rep = compare::stands_out(&fault.unlike_own, index, &one, &others) == Some(true);
        watch.seen_in_rep
    }

    /// Notes a fault that was recognised by other means (a decoy).
    pub fn note(&mut self, fault: usize, from: Timestamp, to: Timestamp) {
        if let Some(watch) = self.watches.get_mut(fault) {
            watch.history.was_measured = true;
            watch.history.spans.push((from, to));
        }
    }

    /// When each fault was active, in the order of the exercise.
    pub fn histories(&self) -> impl Iterator<Item = &FaultHistory> {
        self.watches.iter().map(|w| &w.history)
    }

    fn follow_baseline(&mut self, at: Timestamp, def: &ExerciseDef, phase: Phase, readings: &[Option<Reading>]) {
        let dt_s = self.last_at.map_or(0.0, |last| at.since(last)).clamp(0.0, REST_S);
        self.last_at = Some(at);
        if phase != Phase::Ready {
            return;
        }
        // What departs from rest without a movement must not become the rest while that is being looked at.
        let departs = |signal: usize| {
            let compares = |c: &Condition| c.signal == Watched::Signal(signal) && c.reference == Reference::Baseline;
            self.watches.iter().zip(&def.faults).any(|(watch, fault)| {
                let is_fresh = watch.evidence.is_some_and(|(since, _)| at.since(since) <= DEPARTED_S);
                is_fresh && fault.phase == FaultPhase::Any && fault.all.iter().any(compares)
            })
        };
        for (i, (rest, reading)) in self.rest.iter_mut().zip(readings).enumerate() {
            let Some(value) = reading.map(|r| r.value).filter(|_| !departs(i)) else { continue };
            *rest = Some(rest.map_or(value, |r| low_pass(r, value, dt_s, REST_S)));
        }
    }
}

fn phase_admits(wanted: FaultPhase, phase: Phase) -> bool {
    match wanted {
        FaultPhase::Any => phase != Phase::Setup,
        FaultPhase::Rep => matches!(phase, Phase::Moving | Phase::Target | Phase::Returning),
        FaultPhase::Target => phase == Phase::Target,
        FaultPhase::Rest => phase == Phase::Ready,
    }
}

fn measure(c: &Condition, m: &RepMeasures) -> Option<f64> {
    match (c.signal, c.reference) {
        (Watched::Signal(_), _) => None,
        (Watched::RepSeconds, _) => Some(m.rep_s),
        (Watched::ReturnSeconds, _) => m.return_s,
        (Watched::RestSeconds, _) => m.rest_before_s,
        (Watched::Range, Reference::OwnBest) => m.best_range.map(|best| m.range / best),
        (Watched::Range, _) => Some(m.range),
        (Watched::Speed, _) => Some(m.speed_per_s),
        (Watched::Bounces, _) => Some(f64::from(m.bounces)),
    }
}

impl Watch {
    /// Whether all conditions hold; `None` when one cannot be known.
    fn holds(&mut self, all: &[Condition], readings: &[Option<Reading>], rest: &[Option<f64>]) -> Option<bool> {
        let mut holds = Some(true);
        for (i, c) in all.iter().enumerate() {
            // Every condition is looked at, because each collects the values that later repetitions are compared with.
            let value = self.value(i, c, readings, rest);
            holds = holds.zip(value).map(|(holds, value)| holds && c.admits(value));
        }
        holds
    }

    /// Keeps a frame's values for the comparison; a frame in which one is not known is left out.
    fn collect(&mut self, at: Timestamp, all: &[Condition], readings: &[Option<Reading>], rest: &[Option<f64>]) {
        let value = |c: &Condition| {
            let Watched::Signal(signal) = c.signal else { return None };
            let reading = readings.get(signal).copied().flatten().filter(|r| r.trusted)?.value;
            let from = if c.reference == Reference::Baseline { rest.get(signal).copied().flatten()? } else { 0.0 };
            Some(reading - from)
        };
        let Some(values) = all.iter().map(value).collect::<Option<Vec<f64>>>() else { return };
        for (kept, value) in self.compared.iter_mut().zip(values) {
            kept.push(value);
        }
        self.compared_span = Some((self.compared_span.map_or(at, |(from, _)| from), at));
    }

    /// What the running repetition shows of a fault that is told by comparison.
    fn shown(&self, placement: u32) -> Option<Shown> {
        let span = self.compared_span?;
        let levels = self.compared.iter().map(|values| mean_of_middle(values)).collect::<Option<Vec<f64>>>()?;
        Some(Shown { levels, span, placement })
    }

    /// What a condition compares with its limits; `None` when that cannot be known.
    fn value(&mut self, i: usize, c: &Condition, readings: &[Option<Reading>], rest: &[Option<f64>]) -> Option<f64> {
        let Watched::Signal(signal) = c.signal else { return None };
        let reading = readings.get(signal).copied().flatten().filter(|r| r.trusted)?.value;
        match c.reference {
            Reference::Absolute => Some(reading),
            Reference::Baseline => Some(reading - rest.get(signal).copied().flatten()?),
            Reference::OwnMedian | Reference::OwnBest => {
                self.values[i].push(reading);
                let own = full_reps(&self.own[i]);
                if own.len() < LEAST_OTHERS {
                    return None;
                }
                match c.reference {
                    Reference::OwnMedian => Some(reading - median(own)?),
                    _ => Some(reading / own.iter().copied().reduce(f64::max)?),
                }
            }
        }
    }

    /// Updates the evidence; `Some(true)` when the fault is raised now, `Some(false)` when it is cleared.
    fn update(&mut self, at: Timestamp, holds: Option<bool>, for_s: f64) -> Option<bool> {
        match holds {
            Some(true) => {
                let since = match self.evidence {
                    Some((since, last)) if at.since(last) <= EVIDENCE_GAP_S => since,
                    _ => at,
                };
                self.evidence = Some((since, at));
                if at.since(since) < for_s {
                    return None;
                }
                self.seen_in_rep = true;
                if self.active {
                    if let Some(span) = self.history.spans.last_mut() {
                        span.1 = at;
                    }
                    return None;
                }
                self.active = true;
                self.history.spans.push((since, at));
                Some(true)
            }
            Some(false) => {
                self.evidence = None;
                std::mem::take(&mut self.active).then_some(false)
            }
            None => None,
        }
    }
}

/// The levels of those repetitions that went as far as the others: half repetitions are nothing to compare with.
fn full_reps(own: &[(f64, f64)]) -> Vec<f64> {
    let farthest = own.iter().map(|(range, _)| *range).fold(0.0, f64::max);
    own.iter().filter(|(range, _)| *range >= farthest * STAND_SHARE).map(|(_, level)| *level).collect()
}

/// What the values of a repetition come to, for comparison with others: a typical one, since the ways in and out of position
/// pass through every value; or the farthest, where a condition compares with the best.
fn level(c: &Condition, values: &[f64]) -> Option<f64> {
    match c.reference {
        Reference::OwnBest => values.iter().copied().reduce(f64::max),
        _ => median(values.iter().copied()),
    }
}
