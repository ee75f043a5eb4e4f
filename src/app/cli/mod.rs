//! The command line: parses, dispatches, prints, chooses the exit code (0 ok, 1 failed, 2 usage).

mod analyze;
mod arg_values;
mod args;
mod bench;
mod doctor;
mod event_json;
mod exercises;
mod learn;
mod lists;
mod output;
mod packaging;
mod phrases;
mod places;
mod plan;
mod plot;
mod progress;
mod reports;
mod routines;
mod sessions;
mod view;
mod watch;
mod words;

use crate::app::settings::Settings;
use crate::app::signals;
use crate::base::language;
use crate::exercise::catalogue::ExerciseError;
use crate::exercise::routine::catalogue::RoutineError;
use crate::history::store::data_folder;
#[cfg(feature = "gui")]
use anyhow::Context as _;
use args::{Cli, Command};
use clap::Parser as _;
use std::path::Path;
use std::process::ExitCode;

/// Exercise that the app opens with.
#[cfg(feature = "gui")]
const FIRST_EXERCISE: &str = "wall_angels";

/// Runs the command line of this process.
pub fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::from_default_env())
        .with_writer(std::io::stderr)
        .init();
    let cli = Cli::parse();
    signals::heed();
    let data_dir = cli.data_dir.as_deref();
    // What cannot be read of them is told by the window, which is where they were chosen.
    let (settings, trouble) =
        data_folder(data_dir).map_or_else(|_| Default::default(), |folder| Settings::load(&folder));
    language::choose(settings.language());
    if let (Some(_), Some(option)) = (&cli.command, cli.window.first()) {
        output::error(&anyhow::anyhow!(words::for_the_window(option)));
        return ExitCode::from(2);
    }
    let result = match cli.command {
        None => app(cli.window, data_dir, settings, trouble.as_deref()),
        Some(Command::Analyze(args)) => analyze::run(&args, data_dir),
        Some(Command::Watch(args)) => watch::run(&args, data_dir),
        Some(Command::Exercises { command }) => exercises::run(&command, data_dir),
        Some(Command::Routines { command }) => routines::run(&command, data_dir),
        Some(Command::Sessions { command }) => sessions::run(&command, data_dir),
        Some(Command::Doctor(args)) if args.view => view::run(&args),
        Some(Command::Doctor(_)) => doctor::run(),
        Some(Command::Bench(args)) => bench::run(&args),
        Some(Command::Phrases) => phrases::run(),
        Some(Command::Packaging { folder }) => packaging::run(&folder),
    };
    match result {
        Ok(code) => code,
        // Whoever read the output has enough of it, as `head` does.
        Err(error) if output::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            output::error(&error);
            ExitCode::from(if is_usage(&error) { 2 } else { 1 })
        }
    }
}

/// Whether the user asked for something that does not exist.
fn is_usage(error: &anyhow::Error) -> bool {
    let exercise = error.downcast_ref::<ExerciseError>();
    let routine = error.downcast_ref::<RoutineError>();
    exercise.is_some_and(|e| matches!(e, ExerciseError::Unknown { .. } | ExerciseError::NoSides { .. }))
        || routine.is_some_and(|e| matches!(e, RoutineError::Unknown { .. } | RoutineError::Without { .. }))
}

/// Opens the app.
#[cfg(not(feature = "gui"))]
fn app(_: args::WindowArgs, _: Option<&Path>, _: Settings, _: Option<&str>) -> anyhow::Result<ExitCode> {
    anyhow::bail!(words::no_window())
}

/// Opens the app on the first camera; the window says so when there is none and the demo clip plays instead.
#[cfg(feature = "gui")]
fn app(
    args: args::WindowArgs,
    data_dir: Option<&Path>,
    settings: Settings,
    trouble: Option<&str>,
) -> anyhow::Result<ExitCode> {
    use crate::app::runtime::live::{LiveInput, LiveOptions, LiveProgram};
    use crate::app::runtime::view::RoutineChoice;
    use crate::exercise::ExerciseDef;
    use crate::vision::infer::manifest::ModelChoice;
    use std::sync::Arc;

    let keep_in = match data_folder(data_dir) {
        Ok(folder) => Some(folder),
        Err(e) => {
            output::note(&words::counting_without_store(e));
            None
        }
    };
    trouble.iter().for_each(|text| output::note(text));
    if let Some(out) = &args.cue_log {
        let routine = args.begin.iter().map(Path::new);
        let claimed = places::guard(routine, data_dir).claim(out);
        claimed.with_context(|| words::unwritten(&words::cue_log(), out))?;
    }
    let camera = args.camera.or_else(|| Some(settings.camera.clone()).filter(|name| !name.is_empty()));
    let id = Some(settings.exercise.as_str()).filter(|id| !id.is_empty()).unwrap_or(FIRST_EXERCISE);
    let exercise = ExerciseDef::load(id).or_else(|_| ExerciseDef::load(FIRST_EXERCISE))?;
    let options = LiveOptions {
        input: LiveInput::Camera(camera),
        exercise: Arc::new(exercise),
        model: ModelChoice::of_id(&settings.model),
        keep_in,
        settings,
        is_silent: false,
        cue_log: args.cue_log,
        begin: args.begin.map(|routine| RoutineChoice { routine, ..RoutineChoice::default() }),
    };
    let program = Arc::new(LiveProgram::start(options).map_err(|e| anyhow::anyhow!(words::not_started(e)))?);
    let control = Arc::clone(&program);
    let told = Arc::downgrade(&program);
    signals::listen(move || told.upgrade().iter().for_each(|program| program.tell_to_end()));
    crate::app::ui::run(control, move |waker| program.set_waker(waker))?;
    Ok(ExitCode::SUCCESS)
}
