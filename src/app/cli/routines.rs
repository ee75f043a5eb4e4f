//! `formcheck routines`: exercises in order, with sets, targets and rests; and their days for the calendar.

use super::args::{CalendarArgs, RoutinesCommand};
use super::output;
use super::words::{self, files};
use crate::exercise::routine::catalogue;
use crate::history::export::calendar::{Days, routine_days};
use anyhow::Context as _;
use std::process::ExitCode;

/// Lists or shows.
pub(super) fn run(command: &RoutinesCommand) -> anyhow::Result<ExitCode> {
    match command {
        RoutinesCommand::List => {
            for r in catalogue::load_all()? {
                output::line(&files::routine_line(&r))?;
            }
        }
        RoutinesCommand::Calendar(args) => calendar(args)?,
        RoutinesCommand::Show { id, mirrored } => {
            let routine = catalogue::load(id)?;
            output::line(&files::routine(&if *mirrored { routine.mirrored() } else { routine }))?;
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
    let error = || words::unwritten(words::CALENDAR, &args.out);
    std::fs::write(&args.out, routine_days(&routine, &days, &now)).with_context(error)?;
    output::line(&args.out.display().to_string())
}
