//! How sessions begin and end, and what they get their pictures from.

use super::{Analysis, Hands};
use crate::app::runtime::live::cameras::camera_names;
use crate::app::runtime::live::coached::Coached;
use crate::app::runtime::live::options::LiveInput;
use crate::app::runtime::live::sight::Opened;
use crate::app::runtime::view::{Refusal, RoutineChoice};
use crate::coach::Order;
use crate::coach::programme::Programme;
use crate::exercise::ExerciseDef;
use crate::exercise::plan::SetPlan;
use std::sync::Arc;

/// What the demo clip shows.
const DEMO_EXERCISE: &str = "wall_angels";
/// Where there was no camera, one is looked for each time after so many looks at the inbox.
const CAMERAS_EVERY: u32 = 10;

impl Analysis {
    pub(super) fn begin_exercise(&mut self) -> Result<(), Refusal> {
        let plan = SetPlan::of(Arc::clone(self.practice.exercise())).self_timed(self.practice.is_self_timed());
        let programme = Programme::of_plan(plan);
        self.begin_session(programme, false, None)
    }

    pub(super) fn begin_routine(&mut self, choice: &RoutineChoice) -> Result<(), Refusal> {
        let mut routine = self.library.routine(&choice.routine).map_err(|e| Refusal::Exercise(e.to_string()))?;
        if choice.is_gentle {
            routine = routine.gently();
        }
        let programme = Programme::of_routine(&routine, &choice.left_out).ok_or(Refusal::NothingLeft)?;
        self.begin_session(programme, choice.has_warm_up, choice.pain_before)
    }

    fn begin_session(&mut self, programme: Programme, has_warm_up: bool, pain: Option<u8>) -> Result<(), Refusal> {
        if self.coached.as_ref().is_some_and(|coached| !coached.is_at_its_end()) {
            return Err(Refusal::SetRuns);
        }
        self.end_session();
        if self.is_demo && !self.takes_a_camera() && !is_of_demo(&programme) {
            return Err(Refusal::NoCamera);
        }
        if !self.sight.is_open() {
            self.open();
        }
        if !self.sight.is_open() {
            return Err(Refusal::NoPicture);
        }
        if self.coached.is_some() {
            // A recording begins its set by itself.
            return Ok(());
        }
        self.practice.stop_measuring();
        self.hearing.forget();
        self.recorder.begins(pain);
        let (at, manner) = (self.sight.now(), self.options.settings.manner());
        let source_kind = self.sight.kind();
        let mut hands = Hands {
            practice: &mut self.practice,
            recorder: &mut self.recorder,
            speaker: self.speaker.as_ref(),
            origin: (self.sight.model(), source_kind),
        };
        self.coached = Some(Coached::begin(programme, manner, at, has_warm_up, &mut hands));
        Ok(())
    }

    pub(super) fn choose_exercise(&mut self, id: &str) -> Result<(), Refusal> {
        if self.coached.as_ref().is_some_and(|coached| !coached.is_at_its_end()) {
            return Err(Refusal::SetRuns);
        }
        let exercise = self.library.exercise(id).map_err(|e| Refusal::Exercise(e.to_string()))?;
        self.end_session();
        self.practice.choose(Arc::new(exercise));
        Ok(())
    }

    /// Ends the session, if one runs, and closes it.
    pub(super) fn end_session(&mut self) {
        // The first order ends it, the second closes its summary.
        for _ in 0..2 {
            if self.coached.is_some() {
                let _closed = self.order(Order::EndSession);
            }
        }
    }

    /// A recording is over: so is its session, whose summary stays.
    pub(super) fn recording_ended(&mut self) {
        if self.coached.as_ref().is_some_and(|coached| !coached.is_at_its_end()) {
            let _ended = self.order(Order::EndSession);
        }
    }

    /// Opens the model and the source; without any camera, the demo clip.
    pub(super) fn open(&mut self) {
        let opened = self.sight.open(&self.shared);
        self.is_demo = opened == Opened::Demo;
        match opened {
            Opened::Nothing => return,
            Opened::Camera => return self.recorder.keep(true),
            Opened::Recording => (),
            Opened::Demo => {
                self.recorder.keep(false);
                match ExerciseDef::load(DEMO_EXERCISE) {
                    Ok(def) => self.practice.choose(Arc::new(def)),
                    Err(e) => return self.sight.fail(&e),
                }
            }
        }
        // A recording cannot wait for somebody to press start; the demo waits until the first pages were read.
        if !self.is_demo || self.options.settings.introduced {
            self.refusal = self.begin_exercise().err();
        }
    }

    /// Where the demo stands in for a camera: takes one that is there by now.
    fn takes_a_camera(&mut self) -> bool {
        let is_there = self.is_demo && !camera_names().is_empty();
        if is_there {
            self.sight.choose(LiveInput::Camera(self.options.camera()));
            self.open();
        }
        is_there
    }

    /// Now and then at rest after the demo: whether a camera has been plugged in.
    pub(super) fn look_for_a_camera(&mut self) {
        self.waited = (self.waited + 1) % CAMERAS_EVERY;
        if self.waited == 0 && self.is_demo && self.coached.is_none() && self.takes_a_camera() {
            self.publish();
        }
    }
}

/// Whether this is what the demo clip shows, by itself.
fn is_of_demo(programme: &Programme) -> bool {
    programme.routine.is_none() && programme.sets.iter().all(|set| set.exercise().id == DEMO_EXERCISE)
}
