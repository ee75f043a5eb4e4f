//! `formcheck routines`: exercises in order, with sets, targets and rests; and their days for the calendar.

use super::args::{CalendarArgs, RoutinesCommand};
use super::output;
use crate::exercise::routine::{RoutineDef, catalogue};
use crate::history::export::calendar::{Days, routine_days};
use anyhow::Context as _;
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
        RoutinesCommand::Calendar(args) => calendar(args)?,
        RoutinesCommand::Show { id, mirrored } => {
            let routine = catalogue::load(id)?;
            output::line(&in_words(&if *mirrored { routine.mirrored() } else { routine }))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Writes the days of a routine.
fn calendar(args: &CalendarArgs) -> anyhow::Result<()> {
    let routine = catalogue::load(&args.id)?;
    let now = jiff::Zoned::now();
    let days = Days {
        weekdays: args.days.iter().map(|d| (*d).into()).collect(),
        at: args.at,
        from: args.from.unwrap_or(now.date()),
        weeks: args.weeks,
    };
    let error = || format!("could not write the calendar, is the folder writable: {}", args.out.display());
    std::fs::write(&args.out, routine_days(&routine, &days, &now)).with_context(error)?;
    output::line(&args.out.display().to_string())
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
        say(format!(
            "  {n:>2}  {:24} {}{}{between}{after}",
            step.exercise.title,
            step.target_words(),
            step.limit_words().map(|words| format!(", {words}")).unwrap_or_default()
        ));
        if let Some(note) = &step.note {
            say(format!("      {note}"));
        }
    }
    text.trim_end().to_owned()
}
