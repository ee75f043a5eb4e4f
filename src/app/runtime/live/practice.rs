//! What the person practises: the exercise chosen, the calibration or the set that runs, and what has come of it.

use super::recorder::SetRecorder;
use crate::app::runtime::view::{HoldProgress, LiveStatus, LiveView, Refusal};
use crate::counting::calibrate::{Calibration, Calibrator, Outcome, Stage};
use crate::counting::record::{Rep, RepTotals};
use crate::counting::runner::{SetCommand, SetOrigin, SetRunner};
use crate::exercise::ExerciseDef;
use crate::exercise::plan::SetPlan;
use crate::motion::track::TrackedPose;
use std::sync::Arc;

/// What runs.
enum Running {
    /// Nothing yet, or nothing any more.
    Nothing { is_finished: bool },
    /// The own range is being learned.
    Calibration(Box<Calibrator>),
    /// A set.
    Set { set: Box<SetRunner>, is_paused: bool, is_holding: bool },
}

pub(super) struct Practice {
    exercise: Arc<ExerciseDef>,
    running: Running,
    /// What the last calibration of this exercise came to.
    calibrated: Option<Outcome>,
    reps: Vec<Rep>,
    /// Why nothing counted in the latest set.
    because: Option<String>,
}

impl Practice {
    pub fn new(exercise: Arc<ExerciseDef>) -> Self {
        Self {
            exercise,
            running: Running::Nothing { is_finished: false },
            calibrated: None,
            reps: Vec::new(),
            because: None,
        }
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

    /// Begins a set.
    pub fn start(&mut self, origin: SetOrigin, recorder: &mut SetRecorder) -> Result<(), Refusal> {
        if self.is_set_running() {
            return Err(Refusal::SetRuns);
        }
        let kept = if self.calibrated.is_none() { recorder.range_of(&self.exercise) } else { None };
        let own_range = self.calibration().or(kept.as_ref()).map(|c| c.own_range);
        let plan = SetPlan::of(Arc::clone(&self.exercise)).with_own_range(own_range).self_timed(self.is_self_timed());
        let set = Box::new(SetRunner::begin(plan, origin, recorder));
        self.running = Running::Set { set, is_paused: false, is_holding: false };
        self.reps.clear();
        self.because = None;
        Ok(())
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
        let Running::Set { set, is_paused, is_holding } = &mut self.running else { return Err(Refusal::NoSet) };
        set.command(command, recorder)?;
        match command {
            SetCommand::Pause => *is_paused = true,
            SetCommand::Resume => *is_paused = false,
            SetCommand::HoldBegins => *is_holding = true,
            SetCommand::HoldEnds => *is_holding = false,
        }
        self.reps = set.engine().reps();
        Ok(())
    }

    /// Ends what runs.
    pub fn finish(&mut self, recorder: &mut SetRecorder) -> Result<(), Refusal> {
        match std::mem::replace(&mut self.running, Running::Nothing { is_finished: false }) {
            Running::Set { set, .. } => {
                let summary = set.finish_into(recorder).1.summary;
                self.reps = summary.repetitions;
                self.because = summary.not_counted_because.map(|because| because.text);
                self.running = Running::Nothing { is_finished: true };
                Ok(())
            }
            Running::Calibration(_) => Ok(()),
            nothing @ Running::Nothing { .. } => {
                self.running = nothing;
                Err(Refusal::NoSet)
            }
        }
    }

    /// Takes the next frame.
    pub fn step(&mut self, pose: &TrackedPose, recorder: &mut SetRecorder) {
        match &mut self.running {
            Running::Set { set, .. } => {
                if !set.step_into(pose, recorder).is_empty() {
                    self.reps = set.engine().reps();
                }
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
        view.because.clone_from(&self.because);
        view.totals = RepTotals::of(&self.reps);
        view.self_timed = self.is_self_timed();
        view.calibration = match &self.running {
            Running::Calibration(calibrator) => Some(calibrator.stage().words()),
            _ => self.calibrated.as_ref().map(Outcome::words),
        };
        let Running::Set { set, is_holding, .. } = &self.running else { return };
        let engine = set.engine();
        view.is_holding = *is_holding;
        view.phase = engine.phase();
        view.hold = engine.hold().map(|(elapsed_s, target_s)| HoldProgress { elapsed_s, target_s });
        view.side = engine.side();
        view.cue = view.frame.as_ref().and_then(|frame| engine.cue(frame.at)).map(str::to_owned);
        view.advice = engine.setup_hint().map(str::to_owned);
    }

    fn calibration(&self) -> Option<&Calibration> {
        if let Some(Outcome::Known(calibration)) = &self.calibrated { Some(calibration) } else { None }
    }

    /// Whether the movement cannot be seen from here, so that the person times it.
    fn is_self_timed(&self) -> bool {
        matches!(self.calibrated, Some(Outcome::Unseen { .. }))
    }
}
