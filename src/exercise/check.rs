//! From the text of an exercise file to an [`ExerciseDef`], or to all its problems.

use super::def::{ExerciseDef, Mode, Target};
use super::diagnostics::Report;
use super::read::{Fields, Value, parse};
use super::scope::Scope;
use super::{read_one_sided, read_signals};
use crate::base::digest::sha256_hex;
use crate::motion::track::{Posture, View};

/// Version of the exercise format.
const EXERCISE_SCHEMA: f64 = 1.0;

const VIEWS: [(&str, View); 3] = [("front", View::Front), ("oblique", View::Oblique), ("side", View::Side)];
const MODES: [(&str, Mode); 3] =
    [(Mode::Reps.name(), Mode::Reps), (Mode::Hold.name(), Mode::Hold), (Mode::Duration.name(), Mode::Duration)];
const POSTURES: [(&str, Posture); 9] = [
    ("standing", Posture::Standing),
    ("seated", Posture::Seated),
    ("upright", Posture::Upright),
    ("hinged", Posture::Hinged),
    ("on_feet", Posture::OnFeet),
    ("plank", Posture::Plank),
    ("all_fours", Posture::AllFours),
    ("prone", Posture::Prone),
    ("supine", Posture::Supine),
];

impl ExerciseDef {
    /// Reads an exercise.
    ///
    /// # Errors
    /// The report with every problem found.
    pub fn parse(path: &str, text: &str) -> Result<Self, Box<Report>> {
        let mut report = Report::new(path, text);
        let def = parse(text, &mut report).and_then(|table| {
            let fields = Fields::new(table.get_ref(), 0..text.find('\n').unwrap_or(text.len()), "the exercise");
            read_exercise(fields, text, &mut report)
        });
        match def {
            Some(def) if report.is_clean() => Ok(def),
            _ => Err(Box::new(report)),
        }
    }
}

fn read_exercise(mut f: Fields<'_, '_>, text: &str, report: &mut Report) -> Option<ExerciseDef> {
    f.number("schema", EXERCISE_SCHEMA..=EXERCISE_SCHEMA, report);
    let id = f.id(report);
    let (title, summary, setup) = (f.text("title", report), f.text("summary", report), f.text("setup", report));
    let view = f.word("view", &VIEWS, report);
    let max_off_deg = f.number_or("view_off_deg", 35.0, 5.0..=90.0, report);
    let posture = f.word("posture", &POSTURES, report);
    let mode = f.word("mode", &MODES, report);
    let reps = f.number("target_reps", 1.0..=1000.0, report);
    let reps = f.whole("target_reps", reps, report);
    let hold_s = f.maybe_number("target_hold_s", 0.1..=3600.0, report);
    if let Some(Mode::Hold | Mode::Duration) = mode {
        f.need("target_hold_s");
    }
    let required = f.list("required", report).iter().filter_map(|v| read_signals::as_point(v, report)).collect();
    let (signals, names) = match f.need("signals").and_then(|v| Fields::of(v, "the signals", report)) {
        Some(table) => (read_signals::read(&table, report), read_signals::names(&table)),
        None => (Vec::new(), Vec::new()),
    };
    let scope = Scope { signals: &signals, names: &names };
    let gate = f.list("gate", report).iter().filter_map(|v| scope.gate(v, report)).collect();
    let faults = scope.faults(f.list("faults", report), report);
    let count = f.need("count").and_then(|v| scope.count(v, mode, &faults, report));
    let channels = count.as_ref().map(|c| c.channels.as_slice());
    let one_sided = f.get("one_sided").map(|v| read_one_sided::read(v, &scope, &faults, channels, view, report));
    let not_measured = f.list("not_measured", report).iter().filter_map(|v| pair(v, report)).collect();
    f.finish(report);
    Some(ExerciseDef {
        id: id?,
        title: title?,
        summary: summary?,
        file_sha256: sha256_hex(text.as_bytes()),
        view: view?,
        max_off_deg: max_off_deg?,
        posture: posture?,
        mode: mode?,
        target: Target { reps: reps?, hold_s: hold_s?.unwrap_or(0.0) },
        required,
        setup: setup?,
        gate,
        count: count?,
        faults: faults.defs,
        not_measured,
        signals,
        one_sided: one_sided.flatten(),
        only_side: None,
    })
}

fn pair(value: &Value<'_>, report: &mut Report) -> Option<(String, String)> {
    let mut f = Fields::of(value, "an entry of `not_measured`", report)?;
    let (id, why) = (f.text("id", report), f.text("why", report));
    f.finish(report);
    Some((id?, why?))
}
