//! The command line: parses, dispatches, prints, chooses the exit code (0 ok, 1 failed, 2 usage).

mod analyze;
mod bench;
mod doctor;
mod exercises;
mod learn;
mod output;
mod plot;
mod routines;
mod sessions;
mod watch;

use crate::exercise::catalogue::ExerciseError;
use crate::exercise::{ExerciseDef, catalogue};
use crate::infer::manifest::ModelChoice;
use crate::routine::catalogue::RoutineError;
use crate::skeleton::Side;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

/// Counts exercise repetitions, times holds and gives form cues, offline.
#[derive(Debug, Parser)]
#[command(name = "formcheck", version, about, long_about = None)]
struct Cli {
    /// Folder of the session store, instead of the platform's or FORMCHECK_DATA
    #[arg(long, value_name = "DIR")]
    data_dir: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Analyse videos, folders of images or recorded traces
    Analyze(AnalyzeArgs),
    /// Follow a camera (or a file at its own pace) without a window: one JSON event a line, the summary last
    Watch(WatchArgs),
    /// List, show or check exercise files
    Exercises {
        #[command(subcommand)]
        command: ExercisesCommand,
    },
    /// List or show routines: exercises with sets, targets and rests
    Routines {
        #[command(subcommand)]
        command: RoutinesCommand,
    },
    /// List, show, export, import, close or delete sessions that were kept
    Sessions {
        #[command(subcommand)]
        command: SessionsCommand,
    },
    /// Check the installation: models, runtime library, cameras, ffmpeg
    Doctor,
    /// Measure each stage on a video
    Bench(BenchArgs),
}

#[derive(Debug, Args)]
struct AnalyzeArgs {
    /// Video file, folder of images, or .jsonl trace
    #[arg(required = true)]
    inputs: Vec<PathBuf>,
    /// Exercise id, the path of a .toml file, or "auto" to find out which one it is
    #[arg(long, value_name = "ID|FILE.toml|auto")]
    exercise: String,
    /// Seconds a hold must last, instead of the exercise's own target
    #[arg(long, value_name = "S", value_parser = positive)]
    target_hold_s: Option<f64>,
    /// Count one side only: for somebody who cannot use the other, or must not
    #[arg(long, value_enum, value_name = "SIDE")]
    side: Option<SideArg>,
    /// Landmark model
    #[arg(long, value_enum, default_value_t = ModelArg::Full)]
    model: ModelArg,
    /// The pictures are mirrored: exchange left and right
    #[arg(long)]
    mirrored: bool,
    /// Frames per second of a folder of images
    #[arg(long, value_name = "F", value_parser = positive)]
    fps: Option<f64>,
    /// How to print the result
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Keep the result as a session
    #[arg(long)]
    save: bool,
    /// Whose session it is, with --save
    #[arg(long, value_name = "NAME", default_value = "me", requires = "save")]
    person: String,
    /// Write what the pose model saw (one input only)
    #[arg(long, value_name = "OUT.jsonl")]
    trace: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct WatchArgs {
    /// Exercise id, or the path of a .toml file
    #[arg(long, value_name = "ID|FILE.toml")]
    exercise: String,
    /// Camera by name or number; the first one when not given
    #[arg(long, value_name = "NAME|N", conflicts_with = "input")]
    camera: Option<String>,
    /// A file instead of a camera
    #[arg(long, value_name = "FILE")]
    input: Option<PathBuf>,
    /// Whether a file keeps to its own time
    #[arg(long, value_enum, default_value_t = Pace::Live)]
    pace: Pace,
    /// Stop after so many seconds
    #[arg(long, value_name = "S", value_parser = positive)]
    seconds: Option<f64>,
    /// Seconds a hold must last, instead of the exercise's own target
    #[arg(long, value_name = "S", value_parser = positive)]
    target_hold_s: Option<f64>,
    /// Count one side only: for somebody who cannot use the other, or must not
    #[arg(long, value_enum, value_name = "SIDE")]
    side: Option<SideArg>,
    /// Landmark model
    #[arg(long, value_enum, default_value_t = ModelArg::Full)]
    model: ModelArg,
    /// The pictures are mirrored: exchange left and right
    #[arg(long)]
    mirrored: bool,
    /// Keep the set as a session, repetition by repetition
    #[arg(long)]
    save: bool,
    /// Whose session it is, with --save
    #[arg(long, value_name = "NAME", default_value = "me", requires = "save")]
    person: String,
    /// Go on in a session that was left open, with --save
    #[arg(long, value_name = "SESSION", requires = "save")]
    resume: Option<String>,
}

#[derive(Debug, Subcommand)]
enum SessionsCommand {
    /// List all sessions, the newest first
    List {
        /// Of one person only
        #[arg(long, value_name = "NAME")]
        person: Option<String>,
    },
    /// Show one session
    Show {
        /// Session id
        id: String,
    },
    /// Write one session, or all, into a file
    Export {
        /// Session id; all sessions when not given
        id: Option<String>,
        /// Of one person only
        #[arg(long, value_name = "NAME", conflicts_with = "id")]
        person: Option<String>,
        /// json comes back unchanged with `sessions import`; csv is one row a repetition, and one a set in a second file
        #[arg(long, value_enum)]
        format: ExportFormat,
        /// The file to write
        #[arg(long, value_name = "PATH")]
        out: PathBuf,
    },
    /// Bring sessions back from a JSON export
    Import {
        /// The file
        file: PathBuf,
    },
    /// Close a session that was left open
    Close {
        /// Session id
        id: String,
    },
    /// Delete one session, or everything that was ever kept
    Delete {
        /// Session id
        #[arg(required_unless_present = "all")]
        id: Option<String>,
        /// Everything: sessions, people, ranges, backups
        #[arg(long, conflicts_with = "id")]
        all: bool,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ExportFormat {
    Json,
    Csv,
}

#[derive(Debug, Args)]
struct BenchArgs {
    /// Video file
    input: PathBuf,
    /// Landmark model
    #[arg(long, value_enum, default_value_t = ModelArg::Full)]
    model: ModelArg,
}

#[derive(Debug, Args)]
struct PlotArgs {
    /// File of the plot; in this folder, named by input and exercise, when not given
    #[arg(long, value_name = "PLOT.svg", requires = "plot")]
    out: Option<PathBuf>,
    /// Seconds a hold must last, instead of the exercise's own target
    #[arg(long, value_name = "S", value_parser = positive, requires = "plot")]
    target_hold_s: Option<f64>,
    /// Landmark model
    #[arg(long, value_enum, default_value_t = ModelArg::Full, requires = "plot")]
    model: ModelArg,
    /// The pictures are mirrored: exchange left and right
    #[arg(long, requires = "plot")]
    mirrored: bool,
    /// Frames per second of a folder of images
    #[arg(long, value_name = "F", value_parser = positive, requires = "plot")]
    fps: Option<f64>,
}

#[derive(Debug, Subcommand)]
enum ExercisesCommand {
    /// List all exercises
    List,
    /// Show one exercise, in words or as a plot over a recording
    Show {
        /// Exercise id, or the path of a .toml file
        id: String,
        /// Draw how the file sees a recording: video, folder of images or .jsonl trace
        #[arg(long, value_name = "INPUT")]
        plot: Option<PathBuf>,
        #[command(flatten)]
        args: PlotArgs,
    },
    /// Check exercise and routine files, or all files of folders, and report every mistake
    Check {
        /// Files or folders
        #[arg(required = true)]
        paths: Vec<PathBuf>,
    },
    /// Propose an exercise file from a recording of good repetitions
    Learn(LearnArgs),
}

#[derive(Debug, Args)]
struct LearnArgs {
    /// Video file, folder of images, or .jsonl trace with the repetitions and rest before and after them
    input: PathBuf,
    /// How many repetitions it shows, those of both sides together
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(2..=100))]
    reps: u32,
    /// Title of the exercise
    #[arg(long, value_name = "TITLE")]
    name: String,
    /// The exercise file to write
    #[arg(long, value_name = "FILE.toml")]
    out: PathBuf,
    /// Overwrite the file if there is one
    #[arg(long)]
    force: bool,
    /// Landmark model
    #[arg(long, value_enum, default_value_t = ModelArg::Full)]
    model: ModelArg,
    /// The pictures are mirrored: exchange left and right
    #[arg(long)]
    mirrored: bool,
    /// Frames per second of a folder of images
    #[arg(long, value_name = "F", value_parser = positive)]
    fps: Option<f64>,
}

#[derive(Debug, Subcommand)]
enum RoutinesCommand {
    /// List all routines
    List,
    /// Show one routine
    Show {
        /// Routine id, or the path of a .toml file
        id: String,
        /// Exchange left and right
        #[arg(long)]
        mirrored: bool,
    },
}

/// A side, the person's own.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum SideArg {
    Left,
    Right,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum ModelArg {
    Lite,
    Full,
    Heavy,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Pace {
    /// Frames come when they would from a camera
    Live,
    /// Frames come as fast as they can be analysed
    Fast,
}

impl From<SideArg> for Side {
    fn from(arg: SideArg) -> Self {
        match arg {
            SideArg::Left => Self::Left,
            SideArg::Right => Self::Right,
        }
    }
}

impl From<ModelArg> for ModelChoice {
    fn from(arg: ModelArg) -> Self {
        match arg {
            ModelArg::Lite => Self::Lite,
            ModelArg::Full => Self::Full,
            ModelArg::Heavy => Self::Heavy,
        }
    }
}

/// The exercise asked for, as it is followed on the side asked for.
fn exercise_on_side(id_or_path: &str, side: Option<SideArg>) -> Result<Arc<ExerciseDef>, ExerciseError> {
    let def = Arc::new(catalogue::load(id_or_path)?);
    if side.is_some() && !def.has_one_sided_mode() {
        return Err(ExerciseError::NoSides { id: def.id.clone() });
    }
    Ok(def.followed_on(side.map(Side::from)))
}

fn positive(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(value) if value.is_finite() && value > 0.0 => Ok(value),
        _ => Err("expected a number above zero".to_owned()),
    }
}

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
    let data_dir = cli.data_dir.as_deref();
    let result = match cli.command {
        None => app(),
        Some(Command::Analyze(args)) => analyze::run(&args, data_dir),
        Some(Command::Watch(args)) => watch::run(&args, data_dir),
        Some(Command::Exercises { command }) => exercises::run(&command),
        Some(Command::Routines { command }) => routines::run(&command),
        Some(Command::Sessions { command }) => sessions::run(&command, data_dir),
        Some(Command::Doctor) => doctor::run(),
        Some(Command::Bench(args)) => bench::run(&args),
    };
    match result {
        Ok(code) => code,
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
        || routine.is_some_and(|e| matches!(e, RoutineError::Unknown { .. }))
}

/// Opens the app.
#[cfg(not(feature = "gui"))]
fn app() -> anyhow::Result<ExitCode> {
    anyhow::bail!("could not open the window: this build has none; see `formcheck --help` for the commands")
}

/// Opens the app on the first camera; the window says so when there is none and the demo clip plays instead.
#[cfg(feature = "gui")]
fn app() -> anyhow::Result<ExitCode> {
    use crate::runtime::live::{LiveInput, LiveOptions, LiveProgram};
    use std::sync::Arc;

    let exercise = Arc::new(crate::exercise::catalogue::load(FIRST_EXERCISE)?);
    let options = LiveOptions { input: LiveInput::Camera(None), exercise, model: ModelChoice::Full };
    let program =
        Arc::new(LiveProgram::start(options).map_err(|e| anyhow::anyhow!("could not start the analysis: {e}"))?);
    let control = Arc::clone(&program);
    crate::ui::run(control, move |waker| program.set_waker(waker))?;
    Ok(ExitCode::SUCCESS)
}
