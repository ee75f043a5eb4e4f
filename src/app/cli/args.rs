//! What the command line takes: commands, options and their words.

pub(super) use super::arg_values::{Format, ListArgs, ModelArg, Pace, SideArg};

use super::arg_values::positive;
use crate::app::days::Day;
use crate::history::export::csv::CsvFor;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Whose sessions they are, when nobody is named.
pub(super) const ME: &str = "me";

/// Counts exercise repetitions, times holds and gives form cues, offline.
#[derive(Debug, Parser)]
#[command(name = "formcheck", version, about, long_about = None)]
pub(super) struct Cli {
    /// Folder of the session store, instead of the platform's or FORMCHECK_DATA
    #[arg(long, value_name = "DIR", global = true)]
    pub(super) data_dir: Option<PathBuf>,
    #[command(flatten)]
    pub(super) window: WindowArgs,
    #[command(subcommand)]
    pub(super) command: Option<Command>,
}

/// How the window begins, where no command is given.
#[derive(Debug, Args)]
pub(super) struct WindowArgs {
    /// Begin this routine at once
    #[arg(long, value_name = "ID|FILE")]
    pub(super) begin: Option<String>,
    /// Camera by name or number; the first one when not given
    #[arg(long, value_name = "NAME|N")]
    pub(super) camera: Option<String>,
    /// Write down what is said and when, one JSON a line
    #[arg(long, value_name = "OUT.jsonl")]
    pub(super) cue_log: Option<PathBuf>,
}

impl WindowArgs {
    /// The first of them that was given.
    pub(super) fn first(&self) -> Option<&'static str> {
        let given = [
            (self.begin.is_some(), "--begin"),
            (self.camera.is_some(), "--camera"),
            (self.cue_log.is_some(), "--cue-log"),
        ];
        given.into_iter().find_map(|(is_given, option)| is_given.then_some(option))
    }
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Analyse videos, folders of images or recorded traces
    Analyze(AnalyzeArgs),
    /// Follow a camera (or a file at its own pace) without a window: one JSON event a line, the summary last
    Watch(WatchArgs),
    /// List, show or check exercise files
    Exercises {
        #[command(subcommand)]
        command: ExercisesCommand,
    },
    /// List or show routines (exercises with sets, targets and rests), or write their days for a calendar
    Routines {
        #[command(subcommand)]
        command: RoutinesCommand,
    },
    /// Sessions that were kept: list, show, follow over time, correct, export, import, close or delete them
    Sessions {
        #[command(subcommand)]
        command: SessionsCommand,
    },
    /// Check the installation: models, runtime library, cameras, ffmpeg; or where the camera stands
    Doctor(DoctorArgs),
    /// Measure each stage on a video
    Bench(BenchArgs),
    /// For those who record a voice: every phrase that the coach says of what the program ships, one a line
    #[command(hide = true)]
    Phrases,
    /// For those who make a package: manual pages and completions, into a folder
    #[command(hide = true)]
    Packaging {
        /// The folder
        folder: PathBuf,
    },
}

#[derive(Debug, Args)]
pub(super) struct DoctorArgs {
    /// Look through the camera instead: stand where you will exercise, face it, and see what can be counted from there
    #[arg(long)]
    pub(super) view: bool,
    /// Camera by name or number; the first one when not given
    #[arg(long, value_name = "NAME|N", requires = "view", conflicts_with = "input")]
    pub(super) camera: Option<String>,
    /// A film, folder of images or trace instead of a camera
    #[arg(long, value_name = "FILE", requires = "view")]
    pub(super) input: Option<PathBuf>,
    /// The exercises of this routine only
    #[arg(long, value_name = "ID|FILE", requires = "view")]
    pub(super) routine: Option<String>,
    /// How long to look, seconds
    #[arg(long, value_name = "S", requires = "view", default_value = "8", value_parser = positive)]
    pub(super) seconds: f64,
    /// Landmark model
    #[arg(long, value_enum, requires = "view", default_value_t = ModelArg::Full)]
    pub(super) model: ModelArg,
}

/// What both ways of following an exercise ask for.
#[derive(Debug, Args)]
pub(super) struct PlanArgs {
    /// Seconds a hold must last, instead of the exercise's own target
    #[arg(long, value_name = "S", value_parser = positive)]
    pub(super) target_hold_s: Option<f64>,
    /// Count one side only: for somebody who cannot use the other, or must not
    #[arg(long, value_enum, value_name = "SIDE")]
    pub(super) side: Option<SideArg>,
    /// The pictures are mirrored: exchange left and right
    #[arg(long)]
    pub(super) mirrored: bool,
    /// Take targets, side and range limits from this routine's step for the exercise
    #[arg(long, value_name = "ID|FILE", conflicts_with = "side")]
    pub(super) routine: Option<String>,
    /// Keep the result as a session
    #[arg(long)]
    pub(super) save: bool,
    /// Whose session it is; the own range of that person is used, where one is kept ["me" with --save]
    #[arg(long, value_name = "NAME")]
    pub(super) person: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct AnalyzeArgs {
    /// Video file, folder of images, or .jsonl trace
    #[arg(required = true)]
    pub(super) inputs: Vec<PathBuf>,
    /// Exercise id, the path of a .toml file, or "auto" to find out which one it is
    #[arg(long, value_name = "ID|FILE.toml|auto")]
    pub(super) exercise: String,
    #[command(flatten)]
    pub(super) plan: PlanArgs,
    /// Landmark model
    #[arg(long, value_enum, default_value_t = ModelArg::Full)]
    pub(super) model: ModelArg,
    /// Frames per second of a folder of images
    #[arg(long, value_name = "F", value_parser = positive)]
    pub(super) fps: Option<f64>,
    /// How to print the result
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(super) format: Format,
    /// Inputs that are analysed at the same time
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=64))]
    pub(super) jobs: u32,
    /// Write what the pose model saw (one input only)
    #[arg(long, value_name = "OUT.jsonl")]
    pub(super) trace: Option<PathBuf>,
    /// Write a report to read or print
    #[arg(long, value_name = "OUT.html")]
    pub(super) report: Option<PathBuf>,
    /// Write the film with skeleton, count, hold and cue in it (one video only)
    #[arg(long, value_name = "OUT.mp4")]
    pub(super) overlay: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct WatchArgs {
    /// Exercise id, or the path of a .toml file
    #[arg(long, value_name = "ID|FILE.toml")]
    pub(super) exercise: String,
    /// Camera by name or number; the first one when not given
    #[arg(long, value_name = "NAME|N", conflicts_with = "input")]
    pub(super) camera: Option<String>,
    /// A file instead of a camera
    #[arg(long, value_name = "FILE")]
    pub(super) input: Option<PathBuf>,
    /// Whether a file keeps to its own time
    #[arg(long, value_enum, default_value_t = Pace::Live)]
    pub(super) pace: Pace,
    /// Stop after so many seconds
    #[arg(long, value_name = "S", value_parser = positive)]
    pub(super) seconds: Option<f64>,
    #[command(flatten)]
    pub(super) plan: PlanArgs,
    /// Landmark model
    #[arg(long, value_enum, default_value_t = ModelArg::Full)]
    pub(super) model: ModelArg,
    /// Go on in a session that was left open, with --save
    #[arg(long, value_name = "SESSION", requires = "save")]
    pub(super) resume: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(super) enum SessionsCommand {
    /// List all sessions, the newest first
    List {
        #[command(flatten)]
        of: PeriodArgs,
        #[command(flatten)]
        args: ListArgs,
    },
    /// Show one session
    Show {
        /// Session id
        id: String,
    },
    /// How an exercise went over time: range, holds, form, consistency
    Trend {
        /// Exercise id
        exercise: String,
        /// Whose sessions
        #[arg(long, value_name = "NAME", default_value = ME)]
        person: String,
        /// How to print the result
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
    },
    /// Write down pain, a note, or the right count of a set
    Edit(EditArgs),
    /// Write one session, or all, into a file
    Export {
        /// Session id; all sessions when not given
        id: Option<String>,
        #[command(flatten)]
        of: PeriodArgs,
        /// json comes back unchanged with `sessions import`; csv is one row a repetition, and one a set in a second file;
        /// html is a report to read or print
        #[arg(long, value_enum)]
        format: ExportFormat,
        /// Who reads the csv: programs, or a spreadsheet in English, German or French (and others that write 1,5)
        #[arg(long, value_enum, default_value = "programs", value_name = "READER")]
        csv_for: CsvForArg,
        /// The file to write
        #[arg(long, value_name = "PATH")]
        out: PathBuf,
    },
    /// Bring sessions back from a JSON export
    Import {
        /// The file
        file: PathBuf,
    },
    /// List the own ranges that calibrations have found, or forget one
    Ranges {
        /// Of one person only ["me" with --forget]
        #[arg(long, value_name = "NAME")]
        person: Option<String>,
        /// Forget the range in this exercise
        #[arg(long, value_name = "EXERCISE")]
        forget: Option<String>,
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
pub(super) enum ExportFormat {
    Json,
    Csv,
    Html,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum CsvForArg {
    Programs,
    En,
    De,
    Fr,
}

impl From<CsvForArg> for CsvFor {
    fn from(arg: CsvForArg) -> Self {
        match arg {
            CsvForArg::Programs => Self::Programs,
            CsvForArg::En => Self::English,
            CsvForArg::De | CsvForArg::Fr => Self::European,
        }
    }
}

/// Which sessions.
#[derive(Debug, Args)]
pub(super) struct PeriodArgs {
    /// Of one person only
    #[arg(long, value_name = "NAME")]
    pub(super) person: Option<String>,
    /// From this day on
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(super) from: Option<jiff::civil::Date>,
    /// Up to this day
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(super) to: Option<jiff::civil::Date>,
}

#[derive(Debug, Args)]
pub(super) struct EditArgs {
    /// Session id
    pub(super) id: String,
    /// Pain before, 0 (none) to 10
    #[arg(long, value_name = "0..10", value_parser = clap::value_parser!(u8).range(0..=10))]
    pub(super) pain_before: Option<u8>,
    /// Pain after, 0 (none) to 10
    #[arg(long, value_name = "0..10", value_parser = clap::value_parser!(u8).range(0..=10))]
    pub(super) pain_after: Option<u8>,
    /// A note: to the session, or to the set named with --set; an empty one takes it back
    #[arg(long, value_name = "TEXT")]
    pub(super) note: Option<String>,
    /// Number of the set in the session
    #[arg(long, value_name = "N")]
    pub(super) set: Option<u32>,
    /// The right count of the set, or "left,right" of its sides; "measured" takes a correction back
    #[arg(long, value_name = "COUNT|LEFT,RIGHT|measured", requires = "set")]
    pub(super) count: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct BenchArgs {
    /// Video file
    pub(super) input: PathBuf,
    /// Exercise to follow: some read the outline of the back, which costs more
    #[arg(long, value_name = "ID|FILE.toml", default_value = "wall_angels")]
    pub(super) exercise: String,
    /// Landmark model
    #[arg(long, value_enum, default_value_t = ModelArg::Full)]
    pub(super) model: ModelArg,
}

#[derive(Debug, Args)]
pub(super) struct PlotArgs {
    /// File of the plot; in this folder, named by input and exercise, when not given
    #[arg(long, value_name = "PLOT.svg", requires = "plot")]
    pub(super) out: Option<PathBuf>,
    /// Seconds a hold must last, instead of the exercise's own target
    #[arg(long, value_name = "S", value_parser = positive, requires = "plot")]
    pub(super) target_hold_s: Option<f64>,
    /// Landmark model
    #[arg(long, value_enum, default_value_t = ModelArg::Full, requires = "plot")]
    pub(super) model: ModelArg,
    /// The pictures are mirrored: exchange left and right
    #[arg(long, requires = "plot")]
    pub(super) mirrored: bool,
    /// Frames per second of a folder of images
    #[arg(long, value_name = "F", value_parser = positive, requires = "plot")]
    pub(super) fps: Option<f64>,
}

#[derive(Debug, Subcommand)]
pub(super) enum ExercisesCommand {
    /// List all exercises
    List(ListArgs),
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
pub(super) struct LearnArgs {
    /// Video file, folder of images, or .jsonl trace with the repetitions and rest before and after them
    pub(super) input: PathBuf,
    /// How many repetitions it shows, those of both sides together
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(2..=100))]
    pub(super) reps: u32,
    /// Title of the exercise
    #[arg(long, value_name = "TITLE")]
    pub(super) name: String,
    /// The exercise file to write
    #[arg(long, value_name = "FILE.toml")]
    pub(super) out: PathBuf,
    /// Overwrite the file if there is one
    #[arg(long)]
    pub(super) force: bool,
    /// Landmark model
    #[arg(long, value_enum, default_value_t = ModelArg::Full)]
    pub(super) model: ModelArg,
    /// The pictures are mirrored: exchange left and right
    #[arg(long)]
    pub(super) mirrored: bool,
    /// Frames per second of a folder of images
    #[arg(long, value_name = "F", value_parser = positive)]
    pub(super) fps: Option<f64>,
}

#[derive(Debug, Subcommand)]
pub(super) enum RoutinesCommand {
    /// List all routines
    List(ListArgs),
    /// Write the days of a routine for a calendar (iCalendar)
    Calendar(CalendarArgs),
    /// Show one routine
    Show {
        /// Routine id, or the path of a .toml or .json file
        id: String,
        /// Exchange left and right
        #[arg(long)]
        mirrored: bool,
    },
}

#[derive(Debug, Args)]
pub(super) struct CalendarArgs {
    /// Routine id, or the path of a .toml or .json file
    pub(super) id: String,
    /// Days of the week, such as mon,wed,fri
    #[arg(long, value_name = "DAYS", value_delimiter = ',', required = true, value_enum)]
    pub(super) days: Vec<Day>,
    /// Time of day, such as 18:30
    #[arg(long, value_name = "HH:MM")]
    pub(super) at: jiff::civil::Time,
    /// From this day on; today when not given
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(super) from: Option<jiff::civil::Date>,
    /// For so many weeks; without end when not given
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=520))]
    pub(super) weeks: Option<u32>,
    /// The file to write
    #[arg(long, value_name = "OUT.ics")]
    pub(super) out: PathBuf,
}
