//! From a [`RoutineDef`] to the text of its file, for routines that people put together in the window.

use super::{RoutineDef, Step};
use crate::base::skeleton::Side;
use crate::exercise::Mode;
use crate::motion::signal::Unit;
use std::fmt::Write as _;

/// A text as a TOML string.
fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

impl RoutineDef {
    /// The text of its file. Reading it gives the same routine; `source` says where it comes from.
    pub fn to_toml(&self, source: &str) -> String {
        let mut text = "schema = 1\n".to_owned();
        for (key, value) in [("id", &self.id), ("title", &self.title), ("summary", &self.summary)] {
            _ = writeln!(text, "{key} = {}", quoted(value));
        }
        if let Some(note) = &self.note {
            _ = writeln!(text, "note = {}", quoted(note));
        }
        _ = writeln!(text, "source = {}", quoted(source));
        self.steps.iter().for_each(|step| write_step(&mut text, step));
        text
    }
}

fn write_step(text: &mut String, step: &Step) {
    let mode = step.exercise.mode;
    _ = writeln!(text, "\n[[step]]\nexercise = {}", quoted(&step.exercise.id));
    if step.sets > 1 {
        _ = writeln!(text, "sets = {}\nrest_s = {}", step.sets, step.rest_s);
    }
    if mode != Mode::Duration {
        _ = writeln!(text, "reps = {}", step.target.reps);
    }
    if mode != Mode::Reps {
        _ = writeln!(text, "hold_s = {}", step.target.hold_s);
    }
    if let Some(side) = step.only_side {
        let side = if side == Side::Left { "left" } else { "right" };
        _ = writeln!(text, "sides = \"{side}\"");
    }
    _ = writeln!(text, "rest_after_s = {}", step.rest_after_s);
    let unit = match step.exercise.range_unit() {
        Unit::Deg => "deg",
        Unit::Trunk => "t",
        Unit::Share => "share",
    };
    for (what, limit) in [("least", step.least_range), ("most", step.most_range)] {
        if let Some(limit) = limit {
            _ = writeln!(text, "{what}_range_{unit} = {limit}");
        }
    }
    if let Some(note) = &step.note {
        _ = writeln!(text, "note = {}", quoted(note));
    }
}

#[cfg(test)]
mod tests {
    use crate::exercise::routine::{catalogue, check};

    #[test]
    fn what_is_written_reads_as_it_was() {
        let known = catalogue::known_exercises();
        let mut wrong = Vec::new();
        for mut routine in catalogue::load_all().unwrap() {
            "With \"quotes\", a \\ and\na new line".clone_into(&mut routine.summary);
            routine.steps[0].sets = 3;
            let text = routine.to_toml("tests");
            let mut read = check::routine("t.toml", &text, &known).unwrap_or_else(|e| panic!("{}", e.render()));
            read.file_sha256.clone_from(&routine.file_sha256);
            // A rest between sets is of no account where there is one.
            read.steps.iter_mut().zip(&routine.steps).for_each(|(a, b)| a.rest_s = b.rest_s);
            if read != routine {
                wrong.push(text);
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n---\n"));
    }
}
