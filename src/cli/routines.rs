//! `formcheck routines`: exercises in order, with sets, targets and rests.

use super::{RoutinesCommand, output};
use crate::routine::{RoutineDef, catalogue};
use std::fmt::Write as _;
use std::process::ExitCode;

/// Lists or shows.
pub(super) fn run(command: &RoutinesCommand) -> anyhow::Result<ExitCode> {
    match command {
        RoutinesCommand::List => {
            for r in catalogue::load_all()? {
                let steps = format!("{} exercises,", r.steps.len());
                output::line(&format!("{:24} {:28} {steps:13} {}", r.id, r.title, r.duration_words()))?;
            }
        }
        RoutinesCommand::Show { id, mirrored } => {
            let routine = catalogue::load(id)?;
            output::line(&in_words(&if *mirrored { routine.mirrored() } else { routine }))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn in_words(routine: &RoutineDef) -> String {
    let mut text = String::new();
    let mut say = |line: String| {
        let _ = writeln!(text, "{line}");
    };
    say(format!("{} ({}), {}", routine.title, routine.id, routine.duration_words()));
    say(format!("  {}", routine.summary));
    if let Some(note) = &routine.note {
        say(format!("  note: {note}"));
    }
    let last = routine.steps.len();
    for (n, step) in (1..).zip(&routine.steps) {
        let between = if step.sets > 1 { format!(", {} s between sets", step.rest_s) } else { String::new() };
        let after = if n < last { format!(", then {} s rest", step.rest_after_s) } else { String::new() };
        say(format!("  {n:>2}  {:24} {}{between}{after}", step.exercise.title, step.target_words()));
        if let Some(note) = &step.note {
            say(format!("      {note}"));
        }
    }
    text.trim_end().to_owned()
}
