//! The plan of a set as the command line asks for it: the exercise, its side, and what a routine or an own range makes of it.

use super::args::{ME, PlanArgs};
use super::output;
use super::words::following as words;
use crate::exercise::ExerciseDef;
use crate::exercise::catalogue::ExerciseError;
use crate::exercise::plan::SetPlan;
use crate::exercise::routine;
use crate::exercise::routine::catalogue::RoutineError;
use crate::history::store::{Store, data_folder};
use std::path::Path;
use std::sync::Arc;

/// The exercise by id or path, as asked for.
pub(super) fn plan(id_or_path: &str, args: &PlanArgs, data_dir: Option<&Path>) -> anyhow::Result<SetPlan> {
    let def = Arc::new(ExerciseDef::load(id_or_path)?);
    let plan = match &args.routine {
        Some(routine) => step_of(&def, routine)?,
        None if args.side.is_some() && !def.has_one_sided_mode() => {
            return Err(ExerciseError::NoSides { id: def.id.clone() }.into());
        }
        None => SetPlan::of(def).on_side(args.side.map(Into::into)),
    };
    let plan = plan.holding_s(args.target_hold_s);
    let own_range = if args.save || args.person.is_some() { own_range(&plan, args, data_dir) } else { None };
    Ok(plan.with_own_range(own_range))
}

/// The exercise as the first step of a routine that has it.
fn step_of(def: &ExerciseDef, routine: &str) -> anyhow::Result<SetPlan> {
    let routine = routine::catalogue::load(routine)?;
    let step = routine
        .step_of(&def.id)
        .ok_or_else(|| RoutineError::Without { exercise: def.id.clone(), routine: routine.id.clone() })?;
    Ok(SetPlan::of_step(step).prescribed_by(&routine, step))
}

/// The own range that is kept of the person; without one, it is learned as ever.
fn own_range(plan: &SetPlan, args: &PlanArgs, data_dir: Option<&Path>) -> Option<f64> {
    let def = &plan.exercise;
    let opened = data_folder(data_dir).and_then(|folder| Store::open_existing(&folder));
    let known = opened.and_then(|opened| {
        let Some(opened) = opened else { return Ok(None) };
        opened.notice.iter().for_each(|n| output::note(n));
        opened.store.range_of(args.person(), &def.id, &def.file_sha256)
    });
    known
        .unwrap_or_else(|e| {
            output::note(&words::range_is_learned(e));
            None
        })
        .map(|calibration| calibration.own_range)
}

impl PlanArgs {
    /// Whose session it is: the one named, else "me".
    pub(super) fn person(&self) -> &str {
        self.person.as_deref().unwrap_or(ME)
    }
}
