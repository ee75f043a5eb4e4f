//! Every word that the command line prints, so that a translation is this folder, a file per group of commands.
//!
//! What clap shows, the help texts and the words of wrong options, stays as doc comments in `args.rs`: the second and last
//! place. In: numbers, states and records. Out: lines. What other rooms word passes through as text: titles, set-up and cues
//! of exercise files, reasons, findings, diagnostics, and the troubles of sources and the store. Keys of JSON, names of
//! options, commands and files, and SQL are no words.

pub mod files;
pub mod following;
pub mod machine;
pub mod sessions;

use std::fmt::Display;
use std::path::Path;

// Of every command.

/// stdout is closed.
pub const NO_OUTPUT: &str = "could not write to the standard output";
/// What could not be written, see [`unwritten`].
pub const TRACE: &str = "the trace";
/// As above.
pub const REPORT: &str = "the report";
/// As above.
pub const EXERCISE_FILE: &str = "the exercise file";
/// As above.
pub const PLOT: &str = "the plot";
/// As above.
pub const CALENDAR: &str = "the calendar";
/// As above.
pub const EXPORT: &str = "the export";
/// The bar of a recording that is read; in braces what indicatif and [`speed`] fill in.
pub const PROGRESS: &str = "{bar:40} {pos} of {len} frames, {speed}, {eta} left";

/// What failed, with its causes.
pub fn error(text: &str) -> String {
    format!("error: {text}")
}

/// What does not stop the command.
pub fn warning(text: impl Display) -> String {
    format!("warning: {text}")
}

/// The store cannot be used while a set is counted.
pub fn counting_without_store(trouble: impl Display) -> String {
    format!("warning: {trouble}; counting goes on, nothing is kept")
}

/// A file could not be written.
pub fn unwritten(what: &str, out: &Path) -> String {
    format!("could not write {what}, is the folder writable: {}", out.display())
}

/// How fast a recording is read; to whole frames, since nobody acts on less.
pub fn speed(frames_per_s: f64) -> String {
    format!("{frames_per_s:.0} frames/s")
}

// Of the program without a command.

/// The build has no window.
#[cfg(not(feature = "gui"))]
pub const NO_WINDOW: &str = "could not open the window: this build has none; see `formcheck --help` for the commands";

/// The thread behind the window could not be started.
#[cfg(feature = "gui")]
pub fn not_started(why: impl Display) -> String {
    format!("could not start the analysis: {why}")
}

/// Several lines as one text.
fn lines(lines: &[String]) -> String {
    lines.join("\n").trim_end().to_owned()
}
