//! The engine: one pose estimate in, the events it causes out. Synchronous and pure: no clock, no thread, no I/O, so that
//! the same recording gives the same record on any machine, live or not.

mod event;
mod finder;
mod judge;
mod presence;
mod record;

pub use event::{Event, EventKind};
pub use record::SetResult;

use finder::RepDetector;

use crate::base::skeleton::Side;
use crate::base::time::{Timestamp, round_ms};
use crate::counting::cues::{Cue, CuePolicy};
use crate::counting::detect::rise::{ExcursionEvent, Levels, RiseDetector};
use crate::counting::faults::FaultMonitor;
use crate::counting::gate::{Gate, GateStep};
use crate::counting::ledger::Ledger;
use crate::counting::phase::Phase;
use crate::counting::range::{RangePrior, STAND_SHARE};
use crate::counting::record::{Rep, RepSide, RepTotals};
use crate::exercise::{ExerciseDef, Mode};
use crate::motion::signal::{Body, Reading, evaluate};
use crate::motion::track::{PoseSmoother, TrackedPose};
use crate::vision::pose::PoseEstimate;
use std::sync::Arc;

/// Settings of a set.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct EngineOptions {
    /// Overrides the exercise's hold target, seconds.
    pub target_hold_s: Option<f64>,
    /// RangeEstimate range from a calibration, in the rep signal's unit; from extreme to extreme where the movement goes both ways.
    pub own_range: Option<f64>,
    /// Range from which a repetition counts, in place of the own range: a routine has asked for it.
    pub least_range: Option<f64>,
    /// The only side that counts, in an exercise with a one-sided mode.
    pub only_side: Option<Side>,
    /// The movement cannot be seen from here: only what the person says counts, see [`Engine::set_holding`].
    pub self_timed: bool,
}

/// What one frame brought.
#[derive(Clone, Debug)]
pub struct Step {
    /// In order of time; a gate that opens brings events of the frames before it.
    pub events: Vec<Event>,
    /// The person as tracked in this frame.
    pub tracked: TrackedPose,
}

/// Follows one exercise through a set.
pub struct Engine {
    def: Arc<ExerciseDef>,
    target_hold_s: f64,
    self_timed: bool,
    /// The person has said to be in position since.
    self_timed_since: Option<Timestamp>,
    tracker: PoseSmoother,
    gate: Gate,
    main: RepDetector,
    decoys: RiseDetector,
    faults: FaultMonitor,
    ledger: Ledger,
    cues: CuePolicy,
    phase: Phase,
    readings: Vec<Option<Reading>>,
    /// Lowest and then largest value of each gain signal in the running movement.
    gains: Vec<Option<Span>>,
    /// Indices of the faults seen in each stroke of rolling.
    stroke_faults: Vec<Vec<usize>>,
    last_rep_end: Option<Timestamp>,
    hold_told_s: u32,
    /// Side of the movement under way, until rest is regained.
    moving_side: Option<Side>,
    lost_since: Option<Timestamp>,
    lost_told: bool,
    advice: Option<(Timestamp, String, bool)>,
    paused: bool,
    tally: Tally,
    events: Vec<Event>,
}

/// A signal's way in a movement: its lowest value, and how far it rose over the lowest before.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Span {
    lowest: f64,
    highest: f64,
    rise: f64,
}

impl Span {
    const fn at(value: f64) -> Self {
        Self { lowest: value, highest: value, rise: 0.0 }
    }

    fn with(self, value: f64) -> Self {
        let lowest = self.lowest.min(value);
        Self { lowest, highest: self.highest.max(value), rise: self.rise.max(value - lowest) }
    }

    /// How far it rose over rest, or over the lowest it passed on the way when it had been resting elsewhere.
    fn gain(self, rest: Option<f64>) -> f64 {
        rest.map_or(self.rise, |rest| self.rise.max(self.highest - rest))
    }
}

/// Frames of the set.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    frames: u64,
    tracked: u64,
    first_at: Option<Timestamp>,
    last_at: Option<Timestamp>,
}

impl Engine {
    /// An engine at the beginning of a set.
    pub fn new(def: Arc<ExerciseDef>, options: EngineOptions) -> Self {
        let def = def.followed_on(options.only_side);
        let target_hold_s = options.target_hold_s.unwrap_or(def.target.hold_s);
        // What stands of the own range is what was asked for.
        let asked = options.least_range.map(|least| RangePrior::Asked(least / STAND_SHARE));
        let given = asked.or(options.own_range.map(RangePrior::Calibrated)).unwrap_or_default();
        Self {
            target_hold_s,
            self_timed: options.self_timed,
            self_timed_since: None,
            tracker: PoseSmoother::default(),
            gate: Gate::default(),
            main: RepDetector::new(&def, given.range()),
            decoys: RiseDetector::new(def.count.decoys.len(), def.mode),
            faults: FaultMonitor::new(&def),
            ledger: Ledger::new(def.count.channels.len(), target_hold_s, given),
            cues: CuePolicy::default(),
            phase: Phase::Setup,
            readings: Vec::new(),
            gains: vec![None; def.count.gains.len()],
            stroke_faults: Vec::new(),
            last_rep_end: None,
            hold_told_s: 0,
            moving_side: None,
            lost_since: None,
            lost_told: false,
            advice: None,
            paused: false,
            tally: Tally::default(),
            events: Vec::new(),
            def,
        }
    }

    /// The exercise.
    pub fn exercise(&self) -> &Arc<ExerciseDef> {
        &self.def
    }

    /// Where the running repetition is.
    pub fn phase(&self) -> Phase {
        self.phase
    }

    /// Repetitions so far, counted and rejected; in duration mode the passes.
    pub fn reps(&self) -> Vec<Rep> {
        match self.main.passes() {
            Some(passes) => record::passes_as_reps(&self.def, passes, &self.stroke_faults),
            None => self.ledger.reps(&self.def),
        }
    }

    /// Seconds of activity in duration mode, else 0.
    fn active_s(&self) -> f64 {
        self.main.passes().map_or(0.0, |p| round_ms(p.active_s(&self.def.count)))
    }

    /// Counts so far.
    pub fn totals(&self) -> RepTotals {
        RepTotals::of(&self.reps())
    }

    /// Seconds of the running hold (in duration mode: of activity) and seconds to reach.
    pub fn hold(&self) -> Option<(f64, f64)> {
        match self.def.mode {
            Mode::Reps => return None,
            Mode::Duration => return Some((self.active_s(), self.target_hold_s)),
            Mode::Hold if self.is_on_other_side() => return Some((0.0, self.target_hold_s)),
            Mode::Hold => (),
        }
        let since_word = self.self_timed_since.zip(self.tally.last_at).map(|(since, now)| now.since(since));
        let held_s = since_word.or_else(|| self.main.hold_so_far_s(&self.def, self.ledger.range_estimates()));
        Some((held_s.unwrap_or(0.0), self.target_hold_s))
    }

    /// Side of the running repetition, in an exercise that has sides.
    pub fn side(&self) -> Option<RepSide> {
        let channel = self.main.running_channel()?;
        self.def.count.channels.get(channel)?.side.map(RepSide::from)
    }

    /// The body that signals are measured with, while the gate is open.
    pub fn body(&self) -> Option<Body> {
        self.gate.body()
    }

    /// Rest and thresholds as they are now, in the values of the rep signal: one a channel, or above and below neutral where
    /// the movement goes both ways; none for rolling.
    pub fn levels(&self) -> Vec<Option<Levels>> {
        self.main.levels(&self.def, self.ledger.range_estimates())
    }

    /// The cue on the screen at `at`.
    pub fn cue(&self, at: Timestamp) -> Option<&str> {
        self.cues.current(at)
    }

    /// What stands in the way of counting, in words.
    pub fn advice(&self) -> Option<&str> {
        self.advice.as_ref().map(|(_, text, _)| text.as_str())
    }

    /// Stops or resumes counting. A pause ends a running movement and closes the gate.
    pub fn set_paused(&mut self, at: Timestamp, paused: bool) -> Vec<Event> {
        if self.paused != paused {
            self.paused = paused;
            if paused {
                self.close_gate(at);
                self.gate.close();
            }
            self.tell(at, if paused { EventKind::Paused } else { EventKind::Resumed });
        }
        std::mem::take(&mut self.events)
    }

    /// The person says to be in position, or no longer: how a repetition is timed whose movement cannot be seen from here.
    pub fn set_holding(&mut self, at: Timestamp, holding: bool) -> Vec<Event> {
        match (holding, self.self_timed_since) {
            (true, None) => {
                self.self_timed_since = Some(at);
                self.hold_told_s = 0;
                self.set_phase(at, Phase::Target);
            }
            (false, Some(since)) => {
                self.self_timed_since = None;
                self.set_phase(at, Phase::Ready);
                self.take_self_timed(since, at);
            }
            _ => (),
        }
        std::mem::take(&mut self.events)
    }

    /// Takes the next estimate; estimates come in order of time.
    pub fn step(&mut self, estimate: &PoseEstimate) -> Step {
        let tracked = self.tracker.step(estimate);
        self.tally.frames += 1;
        self.tally.tracked += u64::from(tracked.found);
        self.tally.first_at.get_or_insert(tracked.at);
        self.tally.last_at = Some(tracked.at);
        if !self.paused && self.self_timed {
            self.note_presence(&tracked);
            self.tell_hold(tracked.at);
        } else if !self.paused {
            self.note_presence(&tracked);
            let def = Arc::clone(&self.def);
            match self.gate.step(&def, &tracked) {
                GateStep::Closed(obstacle) => self.note_obstacle(tracked.at, &obstacle),
                GateStep::Open => self.advance(&tracked, true),
                GateStep::Lapsed => self.advance(&tracked, false),
                GateStep::JustClosed => self.close_gate(tracked.at),
                GateStep::Opened(opening) => {
                    self.advice = None;
                    self.main.restart(opening.from_the_start);
                    self.decoys.restart(false);
                    self.faults.forget_baseline();
                    self.tell(tracked.at, EventKind::Ready);
                    for pose in &opening.replay {
                        self.advance(pose, true);
                    }
                }
            }
        }
        Step { events: std::mem::take(&mut self.events), tracked }
    }

    /// Ends the set: what is still running is judged, the final verdict is made.
    pub fn finish(&mut self) -> (Vec<Event>, SetResult) {
        if let Some(at) = self.tally.last_at {
            let told = self.set_holding(at, false);
            self.events.extend(told);
            self.close_gate(at);
        }
        self.ledger.close();
        (std::mem::take(&mut self.events), self.record())
    }

    fn tell(&mut self, at: Timestamp, kind: EventKind) {
        self.events.push(Event { at, kind });
    }

    fn close_gate(&mut self, at: Timestamp) {
        let def = Arc::clone(&self.def);
        for movement in self.main.finish(&def, self.ledger.range_estimates()) {
            self.finish_movement(&movement, None);
        }
        self.note_strokes();
        self.main.restart(false);
        self.decoys.restart(false);
        self.set_phase(at, Phase::Setup);
    }

    /// One frame with the gate open. Out of posture nothing is known of the movement.
    fn advance(&mut self, pose: &TrackedPose, in_posture: bool) {
        let Some(body) = self.gate.body() else { return };
        let def = Arc::clone(&self.def);
        let at = pose.at;
        evaluate(&def.signals, pose, &body, &mut self.readings);
        if !in_posture {
            self.readings.iter_mut().for_each(|r| *r = None);
        }
        let value =
            |readings: &[Option<Reading>], signal: usize| readings.get(signal).copied().flatten().map(|r| r.value);
        let values: Vec<_> = def.count.channels.iter().map(|c| value(&self.readings, c.signal)).collect();
        let may_be_neutral = def
            .count
            .neutral_when
            .iter()
            .all(|(s, [min, max])| value(&self.readings, *s).is_none_or(|v| (*min..=*max).contains(&v)));
        let event = self.main.step(at, &values, &def, self.ledger.range_estimates(), may_be_neutral);
        if let Some(ExcursionEvent::Started(_)) = event {
            self.faults.rep_started(at, &def);
            self.gains.iter_mut().for_each(|g| *g = None);
            self.hold_told_s = 0;
        }
        self.set_phase(at, self.main.phase().unwrap_or(Phase::Setup));
        self.note_side();
        self.note_gains();
        let readings = std::mem::take(&mut self.readings);
        self.watch_faults(at, &readings);
        self.note_strokes();
        if let Some(ExcursionEvent::Finished(movement)) = &event {
            self.finish_movement(movement, None);
        }
        let decoy_values: Vec<_> = def.count.decoys.iter().map(|(s, _)| value(&readings, *s)).collect();
        self.readings = readings;
        if let Some(ExcursionEvent::Finished(movement)) =
            self.decoys.step(at, &decoy_values, &def.count, self.ledger.range_estimates())
        {
            // Of an unsure side it is a wrong movement all the same.
            let decoy = movement.channel.and_then(|c| def.count.decoys.get(c)).or(def.count.decoys.first());
            self.finish_movement(&movement, decoy.map(|(_, fault)| *fault));
        }
        self.tell_hold(at);
        let hold_left_s = self
            .hold()
            .filter(|(held, _)| *held > 0.0 && self.def.mode == Mode::Hold)
            .map(|(held, target)| target - held);
        if let Some(cue) = self.cues.next(at, hold_left_s) {
            self.tell(at, EventKind::Cue { text: cue.text, fault: cue.fault });
        }
    }

    fn set_phase(&mut self, at: Timestamp, phase: Phase) {
        if self.phase != phase {
            self.phase = phase;
            self.tell(at, EventKind::Phase(phase));
        }
    }

    fn note_gains(&mut self) {
        for (span, (signal, _)) in self.gains.iter_mut().zip(&self.def.count.gains) {
            let Some(value) = self.readings.get(*signal).copied().flatten().map(|r| r.value) else { continue };
            *span = Some(span.map_or_else(|| Span::at(value), |s| s.with(value)));
        }
    }

    fn watch_faults(&mut self, at: Timestamp, readings: &[Option<Reading>]) {
        if self.is_on_other_side() {
            return;
        }
        let def = Arc::clone(&self.def);
        for change in self.faults.step(at, &def, self.phase, readings) {
            let fault = &def.faults[change.fault];
            let id = fault.id.clone();
            self.tell(at, if change.raised { EventKind::Fault(id) } else { EventKind::FaultCleared(id) });
            if change.raised {
                self.ask_cue(at, change.fault);
            }
        }
    }

    fn ask_cue(&mut self, at: Timestamp, fault: usize) {
        let fault = &self.def.faults[fault];
        let severity = if fault.advisory { 1 } else { fault.severity };
        self.cues.ask(at, Cue { text: fault.cue.clone(), fault: Some(fault.id.clone()), severity });
    }

    /// Tells each full second of a running hold.
    fn tell_hold(&mut self, at: Timestamp) {
        let Some((held_s, target_s)) = self.hold().filter(|_| self.def.mode == Mode::Hold) else { return };
        let full = held_s.floor() as u32;
        if full > self.hold_told_s {
            self.hold_told_s = full;
            let side = self.side();
            self.tell(at, EventKind::Hold { held_s: f64::from(full), target_s, side });
        }
    }
}
