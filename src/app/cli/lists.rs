//! What there is, as lines for people or as one JSON array.

use super::args::Format;
use super::output;
use crate::base::skeleton::Side;
use crate::exercise::ExerciseDef;
use crate::exercise::routine::RoutineDef;
use crate::history::store::SessionLine;
use serde_json::{Value, json};

/// Prints a list in the format asked for.
pub(super) fn print<T>(
    all: &[T],
    format: Format,
    line: impl Fn(&T) -> String,
    value: impl Fn(&T) -> Value,
) -> anyhow::Result<()> {
    match format {
        Format::Text => all.iter().try_for_each(|one| output::line(&line(one))),
        Format::Json => output::line(&serde_json::to_string_pretty(&all.iter().map(value).collect::<Vec<_>>())?),
    }
}

/// An exercise; titles as its file has them.
pub(super) fn exercise(def: &ExerciseDef) -> Value {
    json!({
        "id": def.id,
        "title": def.title,
        "summary": def.summary,
        "mode": def.mode.name(),
        "target_reps": def.target.reps,
        "target_hold_s": def.target.hold_s,
        "has_sides": def.has_sides(),
        "faults": def.faults.iter().map(|fault| &fault.id).collect::<Vec<_>>(),
    })
}

/// A routine; `only_side` is "left", "right" or null.
pub(super) fn routine(routine: &RoutineDef) -> Value {
    let steps: Vec<Value> = routine
        .steps
        .iter()
        .map(|step| {
            json!({
                "exercise": step.exercise.id,
                "sets": step.sets,
                "target_reps": step.target.reps,
                "target_hold_s": step.target.hold_s,
                "only_side": step.only_side.map(Side::name),
                "rest_s": step.rest_s,
                "rest_after_s": step.rest_after_s,
            })
        })
        .collect();
    json!({
        "id": routine.id,
        "title": routine.title,
        "summary": routine.summary,
        "duration_s": routine.duration_s(),
        "steps": steps,
    })
}

/// A session.
pub(super) fn session(line: &SessionLine) -> Value {
    json!({
        "id": line.id,
        "person": line.person,
        "started_at": line.started_at,
        "ended": line.ended,
        "titles": line.titles,
        "counted": line.counted,
    })
}
