//! `formcheck routines`: exercises in order, with sets, targets and rests; and their days for the calendar.

use super::args::{CalendarArgs, RoutinesCommand};
use super::words::{self, files};
use super::{lists, output, places};
use crate::disk::output_file;
use crate::exercise::routine::catalogue;
use crate::history::export::calendar::{Days, routine_days};
use anyhow::Context as _;
use std::path::Path;
use std::process::ExitCode;

/// Lists or shows.
pub(super) fn run(command: &RoutinesCommand, data_dir: Option<&Path>) -> anyhow::Result<ExitCode> {
    match command {
        RoutinesCommand::List(args) => {
            lists::print(&catalogue::load_all()?, args.format, files::routine_line, lists::routine)?;
        }
        RoutinesCommand::Calendar(args) => calendar(args, data_dir)?,
        RoutinesCommand::Show { id, mirrored } => {
            let routine = catalogue::load(id)?;
            output::line(&files::routine(&if *mirrored { routine.mirrored() } else { routine }))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Writes the days of a routine.
fn calendar(args: &CalendarArgs, data_dir: Option<&Path>) -> anyhow::Result<()> {
    let routine = catalogue::load(&args.id)?;
    let now = jiff::Zoned::now();
    let days = Days {
        weekdays: args.days.iter().map(|d| (*d).into()).collect(),
        at: args.at,
        from: args.from.unwrap_or(now.date()),
        weeks: args.weeks,
    };
    let error = || words::unwritten(&words::calendar(), &args.out);
    places::guard([Path::new(&args.id)], data_dir).claim(&args.out).with_context(error)?;
    output_file::write(&args.out, routine_days(&routine, &days, &now)).with_context(error)?;
    output::line(&args.out.display().to_string())
}
