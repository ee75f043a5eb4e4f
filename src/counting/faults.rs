//! Form faults: conditions on trusted signals that hold for a while in their phase of a repetition.
//!
//! They share no threshold of a movement with counting, only what a whole one is. Unknown is never a fault: a frame whose signal is missing or not trusted
//! neither raises nor clears anything.

use super::compare::{self, LEAST_OTHERS, NEIGHBOURS, Sample, Shown};
use super::measures::RepMeasures;
use super::phase::Phase;
use super::range::STAND_SHARE;
use crate::base::skeleton::Side;
use crate::base::stats::{low_pass, mean_of_middle, median};
use crate::base::time::Timestamp;
use crate::exercise::{Condition, ExerciseDef, FaultDef, FaultPhase, Reference, Watched};
use crate::motion::signal::{Body, Reading};
use std::collections::VecDeque;

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
    /// The running repetition stands out among those before it: in this phase, which began then.
    stands_out_since: Option<Timestamp>,
    /// It is active because of that.
    is_by_comparison: bool,
    history: FaultHistory,
}

/// Watches all faults of an exercise.
#[derive(Clone, Debug)]
pub struct FaultMonitor {
    watches: Vec<Watch>,
    /// Value of every signal at rest.
    rest: Vec<Option<f64>>,
    /// The latest repetitions, as many as are compared with.
    before: VecDeque<Before>,
    placement: u32,
    /// The body as measured last.
    body: Option<Body>,
    last_at: Option<Timestamp>,
}

/// An earlier repetition: its range, its side, and what it showed of each fault.
#[derive(Clone, Debug)]
struct Before {
    range: f64,
    side: Option<Side>,
    shown: Vec<Option<Shown>>,
}

impl Before {
    fn sample(&self) -> Sample<'_> {
        Sample { range: self.range, side: self.side, shown: &self.shown }
    }
}

/// What was seen in a finished repetition.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SeenInRep {
    /// Indices of the faults, those judged at its end included.
    pub faults: Vec<usize>,
    /// What it showed of each fault that is told by comparison.
    pub shown: Vec<Option<Shown>>,
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
            before: VecDeque::with_capacity(NEIGHBOURS),
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
        let before: Vec<Sample<'_>> = self.before.iter().map(Before::sample).collect();
        let mut changes = Vec::new();
        for (i, (watch, fault)) in self.watches.iter_mut().zip(&def.faults).enumerate() {
            let is_at_end = fault.all.iter().any(|c| !matches!(c.signal, Watched::Signal(_)));
            if fault.decoy_only || (is_at_end && fault.unlike_own.is_empty()) {
                continue;
            }
            let in_phase = phase_admits(fault.phase, phase);
            // Jitter that looks like a start for a moment does not make a fault of the rest begin again.
            let is_interrupted = fault.phase == FaultPhase::Rest && !watch.active;
            let holds = match in_phase {
                true if is_at_end || fault.all.is_empty() => None,
                true => watch.holds(&fault.all, readings, &self.rest),
                false if is_interrupted => None,
                false => Some(false),
            };
            watch.history.was_measured |= in_phase && holds.is_some();
            if in_phase && !fault.unlike_own.is_empty() {
                watch.collect(at, &fault.unlike_own, readings, &self.rest);
                watch.compare(at, i, fault, side, &before, self.placement);
            }
            let change = match watch.stands_out_since.filter(|_| in_phase) {
                Some(since) => {
                    watch.is_by_comparison = true;
                    watch.raise(since, at)
                }
                // The repetition that stood out is over: only its own conditions keep the fault up.
                None if std::mem::take(&mut watch.is_by_comparison) => {
                    watch.update(at, Some(holds == Some(true)), fault.for_s)
                }
                None => watch.update(at, holds, fault.for_s),
            };
            if let Some(raised) = change {
                changes.push(FaultChange { fault: i, raised });
            }
        }
        changes
    }

    /// Starts a repetition. What was wrong in the rest just before belongs to it, also when jitter looked like a start.
    pub fn rep_started(&mut self, at: Timestamp, def: &ExerciseDef) {
        for (watch, fault) in self.watches.iter_mut().zip(&def.faults) {
            let lately = || watch.history.spans.last().is_some_and(|s| at.since(s.1) <= JUST_BEFORE_S);
            // What the comparison has raised belongs to the repetition that was compared.
            let is_lasting = watch.active && !watch.is_by_comparison;
            watch.seen_in_rep = is_lasting || (fault.phase == FaultPhase::Rest && lately());
            watch.values.iter_mut().chain(&mut watch.compared).for_each(Vec::clear);
            watch.compared_span = None;
            watch.stands_out_since = None;
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
                && fault.all.iter().all(|c| measure(c, m).is_some_and(|v| c.is_exceeded_by(v)))
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
            if self.before.len() == NEIGHBOURS {
                self.before.pop_front();
            }
            self.before.push_back(Before { range: m.range, side, shown: shown.clone() });
        }
        SeenInRep { faults: seen, shown }
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
            holds = holds.zip(value).map(|(holds, value)| holds && c.is_exceeded_by(value));
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

    /// Compares a running repetition with those before it, now and then, until it stands out.
    fn compare(
        &mut self,
        at: Timestamp,
        index: usize,
        fault: &FaultDef,
        side: Option<Side>,
        before: &[Sample<'_>],
        placement: u32,
    ) {
        let Some((from, _)) = self.compared_span.filter(|(from, to)| to.since(*from) >= fault.for_s) else { return };
        let is_due = self.compared_at.is_none_or(|last| at.since(last) >= COMPARE_EVERY_S);
        if self.stands_out_since.is_some() || !is_due || before.len() < LEAST_OTHERS {
            return;
        }
        self.compared_at = Some(at);
        let stands_out = |shown| compare::stands_out(&fault.unlike_own, index, &shown, side, before);
        self.stands_out_since = (self.shown(placement).and_then(stands_out) == Some(true)).then_some(from);
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

    /// The fault is there, since then; `Some(true)` when it is raised now.
    fn raise(&mut self, since: Timestamp, at: Timestamp) -> Option<bool> {
        self.seen_in_rep = true;
        if !self.active {
            self.active = true;
            self.history.spans.push((since, at));
            return Some(true);
        }
        if let Some(span) = self.history.spans.last_mut() {
            span.1 = at;
        }
        None
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
                self.raise(since, at)
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
