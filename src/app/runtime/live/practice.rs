//! What the person practises: the exercise chosen, the calibration or the set that runs, and what has come of it.

use super::recorder::SetRecorder;
use crate::app::runtime::view::{HoldProgress, LiveStatus, LiveView, Refusal};
use crate::base::time::Timestamp;
use crate::coach::Standing;
use crate::coach::words::advice_shown;
use crate::counting::calibrate::{Calibration, Calibrator, Outcome, Stage};
use crate::counting::engine::Event;
use crate::counting::record::{EndedBy, Rep, RepTotals, Summary};
use crate::counting::runner::{SetCommand, SetOrigin, SetRunner};
use crate::exercise::ExerciseDef;
use crate::exercise::plan::SetPlan;
use crate::motion::track::TrackedPose;
use crate::vision::source::SourceRemarks;
use std::sync::Arc;

/// What runs.
enum Running {
    /// Nothing yet, or nothing any more.
    Nothing { is_finished: bool },
    /// The own range is being learned.
    Calibration(Box<Calibrator>),
    /// A set.
    Set { set: Box<SetRunner>, is_paused: bool },
}

pub(super) struct Practice {
    exercise: Arc<ExerciseDef>,
    running: Running,
    /// What the last calibration of this exercise came to.
    calibrated: Option<Outcome>,
    reps: Vec<Rep>,
}

impl Practice {
    pub fn new(exercise: Arc<ExerciseDef>) -> Self {
        Self { exercise, running: Running::Nothing { is_finished: false }, calibrated: None, reps: Vec::new() }
    }

    pub fn exercise(&self) -> &Arc<ExerciseDef> {
        &self.exercise
    }

    pub fn is_set_running(&self) -> bool {
        matches!(self.running, Running::Set { .. })
    }

    /// Another exercise; what runs must be over.
    pub fn choose(&mut self, exercise: Arc<ExerciseDef>) {
        *self = Self::new(exercise);
    }

    /// The own range in an exercise: as it was just measured, or as it is kept.
    pub fn own_range(&self, exercise: &ExerciseDef, recorder: &mut SetRecorder) -> Option<f64> {
        let measured = self.calibration().filter(|c| c.exercise == exercise.id);
        measured.map(|c| c.own_range).or_else(|| recorder.range_of(exercise).map(|c| c.own_range))
    }

    /// Begins a set; one that was begun and not ended is dropped.
    pub fn begin(&mut self, plan: SetPlan, origin: SetOrigin, recorder: &mut SetRecorder) {
        self.drop_set(recorder);
        if self.exercise.id != plan.exercise.id {
            self.calibrated = None;
        }
        self.exercise = Arc::clone(&plan.exercise);
        let set = Box::new(SetRunner::begin(plan, origin, recorder));
        self.running = Running::Set { set, is_paused: false };
        self.reps.clear();
    }

    /// Forgets a set in which nothing happened; one in which something did is ended.
    pub fn drop_set(&mut self, recorder: &mut SetRecorder) {
        if !self.is_set_running() {
            return;
        }
        if recorder.drop_set() {
            self.running = Running::Nothing { is_finished: false };
        } else {
            self.finish(None, recorder);
        }
    }

    /// The running set as the coach needs it.
    pub fn standing(&self) -> Option<Standing> {
        let Running::Set { set, .. } = &self.running else { return None };
        let engine = set.engine();
        Some(Standing {
            phase: engine.phase(),
            totals: RepTotals::of(&self.reps),
            hold: engine.hold(),
            obstacle: engine.obstacle().cloned(),
        })
    }

    /// Starts to learn the own range.
    pub fn calibrate(&mut self) -> Result<(), Refusal> {
        if !matches!(self.running, Running::Nothing { .. }) {
            return Err(Refusal::SetRuns);
        }
        let calibrator = Calibrator::new(Arc::clone(&self.exercise)).ok_or(Refusal::NoRange)?;
        self.calibrated = None;
        self.running = Running::Calibration(Box::new(calibrator));
        Ok(())
    }

    /// Carries out a command to the running set.
    pub fn command(&mut self, command: SetCommand, recorder: &mut SetRecorder) -> Result<(), Refusal> {
        let Running::Set { set, is_paused } = &mut self.running else { return Err(Refusal::NoSet) };
        set.command(command, recorder)?;
        match command {
            SetCommand::Pause(_) => *is_paused = true,
            SetCommand::Resume => *is_paused = false,
            SetCommand::HoldBegins | SetCommand::HoldEnds => {}
        }
        self.reps = set.engine().reps();
        Ok(())
    }

    /// Notes what was odd about the recording, in the set that runs.
    pub fn note_source(&mut self, remarks: SourceRemarks) {
        if let Running::Set { set, .. } = &mut self.running {
            set.note_source(remarks);
        }
    }

    /// Ends the set: what it has come to; `None` where none runs.
    pub fn finish(&mut self, end: Option<(EndedBy, Timestamp)>, recorder: &mut SetRecorder) -> Option<Summary> {
        match std::mem::replace(&mut self.running, Running::Nothing { is_finished: false }) {
            Running::Set { mut set, .. } => {
                if let Some((by, at)) = end {
                    set.note_end(by, at);
                    if by == EndedBy::Pain {
                        // Worth keeping though nothing may have been counted.
                        recorder.set_down();
                    }
                }
                let summary = set.finish_into(recorder).1.summary;
                self.reps.clone_from(&summary.repetitions);
                self.running = Running::Nothing { is_finished: true };
                Some(summary)
            }
            other => {
                self.running = other;
                None
            }
        }
    }

    /// Ends the measurement of the range, if one runs.
    pub fn stop_measuring(&mut self) {
        if matches!(self.running, Running::Calibration(_)) {
            self.running = Running::Nothing { is_finished: false };
        }
    }

    /// Takes the next frame: what the running set made of it.
    pub fn step(&mut self, pose: &TrackedPose, recorder: &mut SetRecorder) -> Vec<Event> {
        match &mut self.running {
            Running::Set { set, .. } => {
                let events = set.step_into(pose, recorder);
                if !events.is_empty() {
                    self.reps = set.engine().reps();
                }
                return events;
            }
            Running::Calibration(calibrator) => {
                calibrator.step(pose);
                if let Stage::Done(outcome) = calibrator.stage() {
                    let outcome = outcome.clone();
                    if let Outcome::Known(calibration) = &outcome {
                        recorder.keep_range(calibration);
                    }
                    self.calibrated = Some(outcome);
                    self.running = Running::Nothing { is_finished: false };
                }
            }
            Running::Nothing { .. } => (),
        }
        Vec::new()
    }

    /// How it stands.
    pub fn status(&self) -> LiveStatus {
        match self.running {
            Running::Nothing { is_finished: false } => LiveStatus::Idle,
            Running::Nothing { is_finished: true } => LiveStatus::Finished,
            Running::Calibration(_) => LiveStatus::Calibrating,
            Running::Set { is_paused: false, .. } => LiveStatus::Running,
            Running::Set { is_paused: true, .. } => LiveStatus::Paused,
        }
    }

    /// Shows itself in a view.
    pub fn show(&self, view: &mut LiveView) {
        view.reps.clone_from(&self.reps);
        view.totals = RepTotals::of(&self.reps);
        view.calibration = match &self.running {
            Running::Calibration(calibrator) => Some(stage_shown(calibrator.stage())),
            _ => self.calibrated.as_ref().map(Outcome::words),
        };
        let Running::Set { set, .. } = &self.running else { return };
        let engine = set.engine();
        view.phase = engine.phase();
        view.hold = engine.hold().map(|(elapsed_s, target_s)| HoldProgress { elapsed_s, target_s });
        view.way = engine.way();
        view.side = engine.side();
        view.advice = engine.obstacle().map(advice_shown);
    }

    /// Where the measurement of the range is; `None` while none runs. Once it is over, what came out stays.
    pub fn stage(&self) -> Option<Stage> {
        match &self.running {
            Running::Calibration(calibrator) => Some(calibrator.stage().clone()),
            _ => self.calibrated.clone().map(Stage::Done),
        }
    }

    /// Whether the range is being measured.
    pub const fn is_measuring(&self) -> bool {
        matches!(self.running, Running::Calibration(_))
    }

    /// What was measured is somebody else's.
    pub fn forget_range(&mut self) {
        self.stop_measuring();
        self.calibrated = None;
    }

    fn calibration(&self) -> Option<&Calibration> {
        if let Some(Outcome::Known(calibration)) = &self.calibrated { Some(calibration) } else { None }
    }

    /// Whether the movement cannot be seen from here, so that the coach times it.
    pub fn is_self_timed(&self) -> bool {
        matches!(self.calibrated, Some(Outcome::Unseen { .. }))
    }
}

/// What is shown of it: two lines to be read from the mat.
fn stage_shown(stage: &Stage) -> String {
    match stage {
        Stage::SetUp(Some(obstacle)) => advice_shown(obstacle),
        stage => stage.words(),
    }
}
