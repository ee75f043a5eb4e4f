//! One set, followed frame by frame.

use super::event::{Event, EventKind, Refused};
use super::movement::Movement;
use super::nothing::Hindrances;
use super::presence::Presence;
use super::result::SetResult;
use super::rolling::{Rolling, RollingNews};
use super::tally::Tally;
use crate::base::time::Timestamp;
use crate::counting::cues::{Cue, CuePolicy};
use crate::counting::detect::excursion::Excursion;
use crate::counting::detect::rise::Levels;
use crate::counting::faults::{FaultMonitor, SeenInRep};
use crate::counting::gate::{Gate, GateStep, Obstacle, Opening};
use crate::counting::judge::{Observation, Standing};
use crate::counting::ledger::{Change, Ledger};
use crate::counting::measures::RepMeasures;
use crate::counting::phase::Phase;
use crate::counting::reason::Reason;
use crate::counting::record::{Rep, RepSide, RepTotals};
use crate::exercise::Mode;
use crate::exercise::plan::SetPlan;
use crate::motion::signal::Body;
use crate::motion::track::TrackedPose;
use std::sync::Arc;

/// Follows one exercise through a set.
pub struct Engine {
    pub(super) plan: Arc<SetPlan>,
    gate: Gate,
    movement: Movement,
    faults: FaultMonitor,
    ledger: Ledger,
    pub(super) rolling: Rolling,
    presence: Presence,
    hindrances: Hindrances,
    cues: CuePolicy,
    tally: Tally,
    phase: Phase,
    pub(super) is_paused: bool,
    /// The person holds by their own timing since.
    pub(super) holding_since: Option<Timestamp>,
    pub(super) hold_reported_s: u32,
    last_rep_end: Option<Timestamp>,
    events: Vec<Event>,
}

impl Engine {
    /// An engine at the beginning of a set.
    pub fn new(plan: impl Into<Arc<SetPlan>>) -> Self {
        let plan = plan.into();
        Self {
            gate: Gate::default(),
            movement: Movement::new(&plan),
            faults: FaultMonitor::new(&plan.exercise),
            ledger: Ledger::new(Arc::clone(&plan)),
            rolling: Rolling::default(),
            presence: Presence::default(),
            hindrances: Hindrances::default(),
            cues: CuePolicy::default(),
            tally: Tally::default(),
            phase: Phase::Setup,
            is_paused: false,
            holding_since: None,
            hold_reported_s: 0,
            last_rep_end: None,
            events: Vec::new(),
            plan,
        }
    }

    /// What is followed.
    pub fn plan(&self) -> &Arc<SetPlan> {
        &self.plan
    }

    /// Where the running repetition is.
    pub fn phase(&self) -> Phase {
        self.phase
    }

    /// Repetitions so far, counted and rejected; in duration mode the passes.
    pub fn reps(&self) -> Vec<Rep> {
        if self.movement.detector.passes().is_some() { self.rolling.reps().to_vec() } else { self.ledger.reps() }
    }

    /// The list with its ids.
    pub(in crate::counting) fn ledger(&mut self) -> &mut Ledger {
        &mut self.ledger
    }

    /// Counts so far.
    pub fn totals(&self) -> RepTotals {
        RepTotals::of(&self.reps())
    }

    /// Seconds of the running hold (in duration mode: of activity) and seconds to reach.
    pub fn hold(&self) -> Option<(f64, f64)> {
        let target_s = self.plan.exercise.target.hold_s;
        let self_timed_s = self.holding_since.zip(self.tally.last_at).map(|(since, now)| now.since(since));
        match self.plan.exercise.mode {
            Mode::Reps => None,
            Mode::Duration => Some((self.rolling.active_s() + self_timed_s.unwrap_or(0.0), target_s)),
            Mode::Hold if self.movement.is_on_other_side() => Some((0.0, target_s)),
            Mode::Hold => {
                let held_s = self_timed_s.or_else(|| self.movement.detector.hold_so_far_s(self.ledger.estimates()));
                Some((held_s.unwrap_or(0.0), target_s))
            }
        }
    }

    /// Side of the running repetition, in an exercise that has sides.
    pub fn side(&self) -> Option<RepSide> {
        let channel = self.movement.detector.running_channel()?;
        self.plan.exercise.count.channels.get(channel)?.side.map(RepSide::from)
    }

    /// The body that signals are measured with, while the gate is open.
    pub fn body(&self) -> Option<Body> {
        self.gate.body()
    }

    /// Baseline and thresholds as they are now, in the values of the rep signal: one a channel, or above and below neutral
    /// where the movement goes both ways; none for rolling.
    pub fn levels(&self) -> Vec<Option<Levels>> {
        self.movement.detector.levels(self.ledger.estimates())
    }

    /// How far the movement is: 0 at its baseline, 1 where it counts; of several channels the farthest, `None` where not known.
    pub fn way(&self) -> Option<f64> {
        self.movement.way(&self.levels())
    }

    /// The cue on the screen at `at`.
    pub fn cue(&self, at: Timestamp) -> Option<&str> {
        self.cues.current(at)
    }

    /// What stands in the way of counting.
    pub fn obstacle(&self) -> Option<&Obstacle> {
        self.presence.obstacle()
    }

    /// Stops counting. A pause ends a running movement and closes the gate.
    ///
    /// # Errors
    /// In a pause.
    pub fn pause(&mut self, at: Timestamp) -> Result<Vec<Event>, Refused> {
        if self.is_paused {
            return Err(Refused::Paused);
        }
        self.is_paused = true;
        // Nobody knows whether a hold by one's own timing goes on.
        self.holding_since = None;
        self.close_gate(at);
        self.gate.close();
        self.report(at, EventKind::Paused);
        Ok(self.take_events())
    }

    /// Goes on after a pause.
    ///
    /// # Errors
    /// Outside a pause.
    pub fn resume(&mut self, at: Timestamp) -> Result<Vec<Event>, Refused> {
        if !self.is_paused {
            return Err(Refused::NotPaused);
        }
        self.is_paused = false;
        self.report(at, EventKind::Resumed);
        Ok(self.take_events())
    }

    /// Takes the next frame; frames come in order of time.
    pub fn step(&mut self, pose: &TrackedPose) -> Vec<Event> {
        self.tally.note(pose.at, pose.found);
        if self.is_paused {
            return self.take_events();
        }
        if let Some(kind) = self.presence.note(pose.at, pose.found) {
            self.report(pose.at, kind);
        }
        if self.plan.is_self_timed {
            self.report_hold(pose.at);
        } else {
            self.pass_gate(pose);
        }
        self.take_events()
    }

    /// Ends the set: what is under way is judged.
    pub fn finish(&mut self) -> (Vec<Event>, SetResult) {
        if let Some(at) = self.tally.last_at {
            if let Ok(last) = self.hold_ends(at) {
                self.events.extend(last);
            }
            self.close_gate(at);
        }
        let mut result = SetResult::new(&self.plan.exercise, &self.tally, &self.ledger, &self.rolling, &self.faults);
        if self.movement.detector.passes().is_some() {
            result.reps = self.rolling.reps().to_vec();
            result.active_s = self.rolling.active_s();
        }
        if result.totals().total == 0 && !self.plan.is_self_timed {
            result.not_counted_because = Some(self.hindrances.reason(&self.tally, &result.reps));
        }
        (self.take_events(), result)
    }

    pub(super) fn take_events(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.events)
    }

    fn report(&mut self, at: Timestamp, kind: EventKind) {
        self.events.push(Event { at, kind });
    }

    pub(super) fn set_phase(&mut self, at: Timestamp, phase: Phase) {
        if self.phase != phase {
            self.phase = phase;
            self.report(at, EventKind::Phase(phase));
        }
    }

    fn pass_gate(&mut self, pose: &TrackedPose) {
        let plan = Arc::clone(&self.plan);
        let step = self.gate.step(&plan.exercise, pose);
        self.hindrances.note(pose.at, if let GateStep::Closed(obstacle) = &step { Some(obstacle) } else { None });
        match step {
            GateStep::Closed(obstacle) => {
                self.set_phase(pose.at, Phase::Setup);
                if let Some(kind) = self.presence.hint(pose.at, obstacle) {
                    self.report(pose.at, kind);
                }
            }
            GateStep::Open => self.advance(pose, true),
            GateStep::Lapsed => self.advance(pose, false),
            GateStep::JustClosed => self.close_gate(pose.at),
            GateStep::Opened(opening) => self.open_gate(pose.at, &opening),
        }
    }

    /// The gate opened: the frames it kept are gone through.
    fn open_gate(&mut self, at: Timestamp, opening: &Opening) {
        self.presence.clear_hint();
        self.movement.restart(opening.from_the_start);
        self.faults.forget_baseline(&opening.body);
        self.report(at, EventKind::Ready);
        for pose in &opening.replay {
            self.advance(pose, true);
        }
    }

    fn close_gate(&mut self, at: Timestamp) {
        for excursion in self.movement.detector.finish(self.ledger.estimates()) {
            self.finish_excursion(excursion, None);
        }
        self.note_strokes();
        self.movement.restart(false);
        self.set_phase(at, Phase::Setup);
    }

    /// One frame with the gate open.
    fn advance(&mut self, pose: &TrackedPose, is_in_posture: bool) {
        let Some(body) = self.gate.body() else { return };
        let at = pose.at;
        self.movement.read(pose, &body, is_in_posture);
        let found = self.movement.follow(at, self.ledger.estimates());
        if found.has_started {
            self.faults.rep_started(at, &self.plan.exercise);
            self.hold_reported_s = 0;
        }
        self.set_phase(at, self.movement.detector.phase().unwrap_or(Phase::Setup));
        self.movement.note(pose.at, self.phase);
        self.watch_faults(at);
        self.note_strokes();
        if let Some(excursion) = found.finished {
            self.finish_excursion(excursion, None);
        }
        if let Some((excursion, fault)) = self.movement.follow_decoys(at, self.ledger.estimates()) {
            self.finish_excursion(excursion, Some(fault));
        }
        self.report_hold(at);
        self.say(at);
    }

    fn watch_faults(&mut self, at: Timestamp) {
        if self.movement.is_on_other_side() {
            return;
        }
        let plan = Arc::clone(&self.plan);
        let side = self.movement.side();
        for change in self.faults.step(at, &plan.exercise, self.phase, side, &self.movement.readings) {
            let id = plan.exercise.faults[change.fault].id.clone();
            self.report(at, if change.raised { EventKind::Fault(id) } else { EventKind::FaultCleared(id) });
            if change.raised {
                self.ask_cue(at, change.fault);
            }
        }
    }

    fn ask_cue(&mut self, at: Timestamp, fault: usize) {
        let fault = &self.plan.exercise.faults[fault];
        let severity = if fault.advisory { 1 } else { fault.severity };
        self.cues.ask(at, Cue { text: fault.cue.clone(), fault: Some(fault.id.clone()), severity });
    }

    /// Says the cue whose time has come.
    fn say(&mut self, at: Timestamp) {
        let running = self.hold().filter(|(held, _)| *held > 0.0 && self.plan.exercise.mode == Mode::Hold);
        if let Some(cue) = self.cues.next(at, running.map(|(held, target)| target - held)) {
            self.report(at, EventKind::Cue { text: cue.text, fault: cue.fault });
        }
    }

    /// Reports each full second of a running hold.
    fn report_hold(&mut self, at: Timestamp) {
        let Some((held_s, target_s)) = self.hold().filter(|_| self.plan.exercise.mode == Mode::Hold) else { return };
        let full = held_s.floor() as u32;
        if full > self.hold_reported_s {
            self.hold_reported_s = full;
            let side = self.side();
            self.report(at, EventKind::Hold { held_s: f64::from(full), target_s, side });
        }
    }

    /// Takes the strokes that have been completed, in the pattern of passes.
    fn note_strokes(&mut self) {
        let plan = Arc::clone(&self.plan);
        self.movement.drop_other_strokes(self.rolling.strokes());
        let Some(detector) = self.movement.detector.passes() else { return };
        for (at, news) in self.rolling.take(&plan.exercise, detector, &mut self.faults) {
            match news {
                RollingNews::Cue(fault) => self.ask_cue(at, fault),
                RollingNews::Event(kind) => self.report(at, kind),
            }
        }
    }

    /// Judges a finished excursion; `decoy` is the fault it stands for when it is the wrong movement.
    fn finish_excursion(&mut self, m: Excursion, decoy: Option<usize>) {
        if self.is_beside_another(&m, decoy.is_some()) || (decoy.is_some() && !m.is_entered()) {
            return;
        }
        let end_at = m.end_at;
        let observation = self.observed(m, decoy);
        if let Some(fault) = decoy {
            self.faults.note(fault, observation.excursion.start_at, end_at);
            self.ask_cue(end_at, fault);
        }
        let is_other_side = observation.is_other_side;
        self.enter(end_at, observation);
        if !is_other_side {
            self.last_rep_end = Some(end_at);
        }
    }

    /// Enters an observation and reports what it has changed.
    pub(super) fn enter(&mut self, at: Timestamp, observation: Observation) {
        let (is_self_timed, told) = (observation.is_self_timed, observation.faults.clone());
        let changes = self.ledger.take(observation);
        for fault in self.ledger.newly_found().to_vec() {
            if !told.contains(&fault) {
                self.ask_cue(at, fault);
            }
        }
        for (n, change) in changes.into_iter().enumerate() {
            let kind = match change {
                Change::Counted(rep) => {
                    if n == 0 && rep.faults.is_empty() && !is_self_timed {
                        self.cues.praise(at);
                    }
                    EventKind::RepCounted(Box::new(rep))
                }
                Change::Form(rep) => EventKind::RepForm(Box::new(rep)),
                Change::Rejected(rep) => EventKind::RepRejected(Box::new(rep)),
                Change::Dropped { id } => EventKind::RepDropped { id },
            };
            self.report(at, kind);
        }
    }

    /// Whether an excursion is only the shadow of another. A wrong movement makes a short one of the right kind beside it
    /// (the arm rises, the other leg stays): whichever of the two came into position is the one that was made.
    fn is_beside_another(&self, m: &Excursion, is_decoy: bool) -> bool {
        // One that begins only when this one is over is the next.
        let is_beside = |since: Option<Timestamp>| since.is_some_and(|t| t < m.end_at);
        let mut overlapping = self.ledger.listed().filter(|(o, _)| o.excursion.end_at > m.start_at);
        let lacks_gain = |channel| self.movement.lacks_gain(channel, &self.faults);
        if is_decoy {
            let detector = &self.movement.detector;
            return (is_beside(detector.in_position_since()) && !lacks_gain(detector.running_channel()))
                || overlapping.any(|(o, _)| o.excursion.is_entered());
        }
        let is_wrong = |standing: &Standing| matches!(standing, Standing::Rejected(Reason::Wrong(_)));
        (!m.is_entered() || lacks_gain(m.channel))
            && (is_beside(self.movement.decoys.in_position_since()) || overlapping.any(|(_, v)| is_wrong(&v.standing)))
    }

    fn observed(&mut self, m: Excursion, decoy: Option<usize>) -> Observation {
        let plan = Arc::clone(&self.plan);
        let def = &plan.exercise;
        if decoy.is_none() && def.is_other_side(m.channel) {
            return Observation { is_other_side: true, ..Observation::of(m) };
        }
        let seen = if let Some(fault) = decoy {
            SeenInRep { faults: vec![fault], shown: Vec::new() }
        } else {
            let counted = self.ledger.listed().filter(|(_, v)| v.counts());
            let best_range = counted.map(|(o, _)| o.excursion.range).reduce(f64::max);
            let measures = RepMeasures::of(&m, self.last_rep_end, best_range);
            self.faults.rep_finished(m.end_at, def, &measures, def.channel_side(m.channel), m.is_entered())
        };
        let gains = self.movement.gains(&m, &self.faults);
        let wrong = decoy.map(|fault| def.faults[fault].cue.clone());
        let steady = &self.movement.steady;
        let is_another =
            decoy.is_none() && (steady.is_broken(m.start_at, m.end_at) || steady.has_moved_away(m.start_at, m.end_at));
        let SeenInRep { faults, shown } = seen;
        Observation { faults, shown, gains, wrong, is_another, ..Observation::of(m) }
    }
}
