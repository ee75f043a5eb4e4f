//! Looks out for another exercise of the routine than the announced one: people mistake one for another, or go on from memory.
//!
//! In: frames, while nothing of the announced exercise was seen. Out: the id of an exercise that was clearly done instead.

use crate::base::time::Timestamp;
use crate::counting::runner::SetRunner;
use crate::exercise::plan::SetPlan;
use crate::exercise::{ExerciseDef, Mode};
use crate::motion::track::TrackedPose;
use std::sync::Arc;

/// So much of another exercise is more than a movement that looks like it: repetitions, of the whole range each. Of 1,466
/// recordings of one movement followed as another, 16 counted anything (docs/accuracy.md).
const SURE_REPS: u32 = 2;
/// Holds are done for so long, seconds; a set may ask for more.
const HOLD_S: f64 = 2.0;
/// What goes by time is done for so long, seconds.
const SURE_S: f64 = 8.0;

/// Follows the other exercises of a routine.
pub(super) struct Lookout {
    exercises: Vec<Watched>,
}

struct Watched {
    id: String,
    mode: Mode,
    set: SetRunner,
}

impl Lookout {
    /// Looks out for these.
    pub fn new(exercises: impl IntoIterator<Item = Arc<ExerciseDef>>) -> Self {
        let watched = |def: Arc<ExerciseDef>| Watched {
            id: def.id.clone(),
            mode: def.mode,
            set: SetRunner::strict(SetPlan::of(def).holding_s(Some(HOLD_S))),
        };
        Self { exercises: exercises.into_iter().map(watched).collect() }
    }

    /// Takes a frame: the exercise that was clearly done, if one was and no other one.
    pub fn step(&mut self, pose: &TrackedPose) -> Option<(Timestamp, &str)> {
        self.exercises.iter_mut().for_each(|watched| drop(watched.set.step(pose)));
        let mut done = self.exercises.iter().filter(|watched| watched.is_done());
        let only = done.next().filter(|_| done.next().is_none())?;
        Some((pose.at, only.id.as_str()))
    }
}

impl Watched {
    fn is_done(&self) -> bool {
        let engine = self.set.engine();
        if self.mode == Mode::Duration {
            return engine.hold().is_some_and(|(active_s, _)| active_s >= SURE_S);
        }
        engine.reps().iter().filter(|rep| rep.counted).count() as u32 >= SURE_REPS
    }
}
