//! From the text of a routine file to a [`RoutineDef`], or to all its problems.

use super::{RoutineDef, Step};
use crate::base::digest::sha256_hex;
use crate::base::skeleton::Side;
use crate::exercise::diagnostics::{Code, Report};
use crate::exercise::read::{Fields, Value, as_list, as_text, parse};
use crate::exercise::{ExerciseDef, Mode, Pattern, Target};
use crate::motion::signal::Unit;
use std::path::Path;
use std::sync::Arc;

/// Version of the routine format.
const ROUTINE_SCHEMA: f64 = 1.0;
/// Rest where a step names none, seconds (proposal).
const DEFAULT_REST_S: f64 = 30.0;

const SIDES: [(&str, Option<Side>); 3] = [("both", None), ("left", Some(Side::Left)), ("right", Some(Side::Right))];

/// The exercises that routines may name.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Those that can be used.
    pub exercises: Vec<Arc<ExerciseDef>>,
    /// Ids of those whose files have mistakes of their own, so that naming them is not one more.
    pub broken: Vec<String>,
}

impl Known {
    fn find(&self, id: &str) -> Option<&Arc<ExerciseDef>> {
        self.exercises.iter().find(|e| e.id == id)
    }

    fn ids(&self) -> impl Iterator<Item = &str> {
        self.exercises.iter().map(|e| e.id.as_str()).chain(self.broken.iter().map(String::as_str))
    }
}

/// Whether a file is a routine and not an exercise: it has a `[[step]]`, or it lies in a folder called `routines`.
pub fn is_routine(path: &Path, text: &str) -> bool {
    let name = path.display().to_string();
    let table = parse(text, &mut Report::new(&name, text));
    let has_step = table.is_some_and(|t| t.get_ref().contains_key("step"))
        || ["[[step]]", "\"step\""].iter().any(|s| text.contains(s));
    let folder = path.parent().and_then(Path::file_name);
    has_step || folder.is_some_and(|name| name == "routines")
}

/// Reads a routine.
///
/// # Errors
/// The report with every problem found.
pub fn routine(path: &str, text: &str, known: &Known) -> Result<RoutineDef, Box<Report>> {
    let mut report = Report::new(path, text);
    let def = parse(text, &mut report).and_then(|table| {
        let fields = Fields::new(table.get_ref(), 0..text.find('\n').unwrap_or(text.len()), "the routine");
        read_routine(fields, text, known, &mut report)
    });
    match def {
        Some(def) if report.is_clean() => Ok(def),
        _ => Err(Box::new(report)),
    }
}

fn read_routine(mut f: Fields<'_, '_>, text: &str, known: &Known, report: &mut Report) -> Option<RoutineDef> {
    f.number("schema", ROUTINE_SCHEMA..=ROUTINE_SCHEMA, report);
    let (id, title, summary) = (f.id(report), f.text("title", report), f.text("summary", report));
    let note = maybe_text(&mut f, "note", report);
    f.text("source", report);
    let list = f.need("step").and_then(|v| as_list(v, report));
    if list.is_some_and(<[_]>::is_empty) {
        report.push(Code::MissingKey, f.span(), "the routine has no `step`".to_owned());
    }
    let steps: Vec<Option<Step>> = list.unwrap_or(&[]).iter().map(|v| step(v, known, report)).collect();
    f.finish(report);
    let steps: Option<Vec<Step>> = steps.into_iter().collect();
    Some(RoutineDef {
        id: id?,
        title: title?,
        summary: summary?,
        note,
        file_sha256: sha256_hex(text.as_bytes()),
        steps: steps?,
    })
}

fn step(value: &Value<'_>, known: &Known, report: &mut Report) -> Option<Step> {
    let mut f = Fields::of(value, "a step", report)?;
    let exercise = f.need("exercise").and_then(|v| exercise(v, known, report));
    let sets = f.number_or("sets", 1.0, 1.0..=20.0, report);
    let sets = f.whole("sets", sets, report);
    let sides = f.get("sides");
    let only_side = f.word_or("sides", None, &SIDES, report);
    if let (Some(v), Some(def)) = (sides, exercise)
        && !def.has_one_sided_mode()
    {
        report.push(Code::Conflict, v.span(), format!("`{}` has no sides, so `sides` cannot choose any", def.id));
    }
    let target = target(&mut f, exercise, report);
    let rest_s = f.number_or("rest_s", DEFAULT_REST_S, 0.0..=900.0, report);
    let rest_after_s = f.number_or("rest_after_s", DEFAULT_REST_S, 0.0..=900.0, report);
    let limits = limits(&mut f, exercise, report);
    let note = maybe_text(&mut f, "note", report);
    f.finish(report);
    let [least_range, most_range] = limits?;
    Some(Step {
        exercise: Arc::clone(exercise?),
        sets: sets?,
        target: target?,
        only_side: only_side?,
        rest_s: rest_s?,
        rest_after_s: rest_after_s?,
        least_range,
        most_range,
        note,
    })
}

/// Keys of the least and the most range, one pair for each unit that repetitions are measured in.
const LIMIT_KEYS: [(Unit, [&str; 2]); 3] = [
    (Unit::Deg, ["least_range_deg", "most_range_deg"]),
    (Unit::Trunk, ["least_range_t", "most_range_t"]),
    (Unit::Share, ["least_range_share", "most_range_share"]),
];

/// Largest range that can be asked for, in any unit.
const MOST_RANGE: f64 = 360.0;

/// Least and most range, in the unit of the exercise. The least must be more than what cannot be told from jitter.
fn limits(
    f: &mut Fields<'_, '_>,
    exercise: Option<&Arc<ExerciseDef>>,
    report: &mut Report,
) -> Option<[Option<f64>; 2]> {
    let unit = exercise.and_then(|e| Some(e.signals.get(e.count.channels.first()?.signal)?.unit));
    let mut limits = Some([None; 2]);
    for (of_key, keys) in LIMIT_KEYS {
        for (i, key) in keys.into_iter().enumerate() {
            let Some(place) = f.get(key).map(Value::span) else { continue };
            let value = f.maybe_number(key, 0.0..=MOST_RANGE, report);
            if let Some(def) = exercise
                && def.count.pattern == Pattern::Passes
            {
                report.push(Code::Conflict, place, format!("`{}` has no repetitions to limit", def.id));
            } else if let (Some(unit), Some(def)) = (unit.filter(|u| *u != of_key), exercise) {
                let right = LIMIT_KEYS.iter().find(|(u, _)| *u == unit).map_or(key, |(_, keys)| keys[i]);
                report.push(Code::Conflict, place, format!("`{}` is measured in another unit: use `{right}`", def.id));
            } else if let (0, Some(Some(least)), Some(def)) = (i, value, exercise)
                && least < def.count.min_range
            {
                let least_seen = def.count.min_range;
                let message = format!("`{key}` is less than can be told from jitter in `{}`: {least_seen}", def.id);
                report.push(Code::OutOfRange, place, message);
            }
            limits = limits.zip(value).map(|(mut l, v)| {
                l[i] = v;
                l
            });
        }
    }
    if let Some([Some(least), Some(most)]) = limits
        && least >= most
    {
        report.push(Code::Conflict, f.span(), "the least range must be under the most".to_owned());
    }
    limits
}

fn exercise<'k>(value: &Value<'_>, known: &'k Known, report: &mut Report) -> Option<&'k Arc<ExerciseDef>> {
    let id = as_text(value, report)?;
    let found = known.find(id);
    if found.is_none() && !known.broken.iter().any(|b| b == id) {
        let message = format!("there is no exercise `{id}`");
        report.push_word(Code::UnknownExercise, value.span(), message, id, known.ids());
    }
    found
}

/// What to reach: what the step says, else what the exercise does. A number that the exercise's mode has no use for is a
/// mistake.
fn target(f: &mut Fields<'_, '_>, exercise: Option<&Arc<ExerciseDef>>, report: &mut Report) -> Option<Target> {
    let own = exercise.map(|e| e.target);
    let places = ["reps", "hold_s"].map(|key| f.get(key).map(Value::span));
    let reps = f.number_or("reps", own.map_or(1.0, |t| f64::from(t.reps)), 1.0..=1000.0, report);
    let reps = f.whole("reps", reps, report);
    let hold_s = f.number_or("hold_s", own.map_or(0.0, |t| t.hold_s), 0.1..=3600.0, report);
    let useless = exercise.and_then(|e| match e.mode {
        Mode::Reps => Some((places[1].clone()?, format!("`{}` counts repetitions, it has no `hold_s`", e.id))),
        Mode::Duration => Some((places[0].clone()?, format!("`{}` is timed by `hold_s`, it has no `reps`", e.id))),
        Mode::Hold => None,
    });
    if let Some((place, message)) = useless {
        report.push(Code::Conflict, place, message);
    }
    Some(Target { reps: reps?, hold_s: hold_s? })
}

/// A text that may be absent; empty ones are mistakes.
fn maybe_text(f: &mut Fields<'_, '_>, key: &'static str, report: &mut Report) -> Option<String> {
    f.get(key)?;
    f.text(key, report)
}
