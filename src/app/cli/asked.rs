//! What is asked of the person: the exercise, its side, and what a routine or an own range makes of it.

use super::args::{ME, SideArg};
use super::output;
use crate::counting::engine::EngineOptions;
use crate::exercise::catalogue::{self, ExerciseError};
use crate::exercise::routine;
use crate::exercise::routine::catalogue::RoutineError;
use crate::exercise::{ExerciseDef, Mode};
use crate::history::session::Prescription;
use crate::history::store::{Store, data_folder};
use std::path::Path;
use std::sync::Arc;

/// An exercise as it is to be followed.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub def: Arc<ExerciseDef>,
    pub prescription: Option<Prescription>,
    pub options: EngineOptions,
}

impl Asked {
    /// The exercise by id or path, on one side only where that is asked for, and as a step of a routine.
    pub fn new(
        id_or_path: &str,
        side: Option<SideArg>,
        routine: Option<&str>,
        target_hold_s: Option<f64>,
    ) -> anyhow::Result<Self> {
        let def = Arc::new(catalogue::load(id_or_path)?);
        if side.is_some() && !def.has_one_sided_mode() {
            return Err(ExerciseError::NoSides { id: def.id.clone() }.into());
        }
        let Some(routine) = routine else {
            let def = def.followed_on(side.map(Into::into));
            let options = EngineOptions { target_hold_s, only_side: def.only_side, ..EngineOptions::default() };
            return Ok(Self { def, prescription: None, options });
        };
        let routine = routine::catalogue::load(routine)?;
        let step = routine
            .step_of(&def.id)
            .ok_or_else(|| RoutineError::Without { exercise: def.id.clone(), routine: routine.id.clone() })?;
        let def = step.as_asked();
        let options = EngineOptions {
            target_hold_s,
            only_side: def.only_side,
            least_range: step.least_range,
            ..EngineOptions::default()
        };
        Ok(Self { def, prescription: Some(Prescription::of(&routine, step)), options })
    }

    /// Uses the own range that is kept of a person; without one, it is learned as ever.
    pub fn with_range_of(&mut self, person: &str, data_dir: Option<&Path>) {
        let opened = data_folder(data_dir).and_then(|folder| Store::open_existing(&folder));
        let known = opened.and_then(|opened| {
            let Some(opened) = opened else { return Ok(None) };
            opened.notice.iter().for_each(|n| output::note(n));
            opened.store.range_of(person, &self.def.id, &self.def.file_sha256)
        });
        match known {
            Ok(range) => self.options.own_range = range.map(|c| c.own_range),
            Err(e) => output::note(&format!("warning: {e}; the own range is learned from this set")),
        }
    }

    /// Seconds a hold has to last.
    pub fn target_hold_s(&self) -> f64 {
        let asked = self.options.target_hold_s.filter(|_| self.def.mode != Mode::Reps);
        asked.unwrap_or(self.def.target.hold_s)
    }
}

/// Whose session it is: the one named, else "me".
pub(super) fn person_or_me(named: Option<&str>) -> &str {
    named.unwrap_or(ME)
}
