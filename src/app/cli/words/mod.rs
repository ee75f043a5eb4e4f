//! Every word that the command line prints, from the messages of the person's language (`cli.ftl`), a file per group of
//! commands.
//!
//! What clap shows, the help texts and the words of wrong options, stays as doc comments in `args.rs`: the second and last
//! place. In: numbers, states and records. Out: lines. What other rooms word passes through as text: reasons, findings,
//! diagnostics, and the troubles of sources and the store; titles, set-up and cues of exercise files are shown in the
//! person's language, where that has them. Columns stand here. Keys of JSON, names of options, commands and files, and SQL
//! are no words.

pub mod files;
pub mod following;
pub mod machine;
pub mod sessions;

use crate::base::language::{decimal, tr};
use crate::base::plain::one_line;
use std::fmt::Display;
use std::path::Path;

// Of every command.

/// stdout is closed.
pub fn no_output() -> String {
    tr!("cli-no-output")
}

/// What could not be written, see [`unwritten`].
pub fn trace() -> String {
    tr!("cli-trace")
}

/// As above.
pub fn cue_log() -> String {
    tr!("cli-cue-log")
}

/// As above.
pub fn report() -> String {
    tr!("cli-report")
}

/// As above.
pub fn overlay() -> String {
    tr!("cli-overlay")
}

/// As above.
pub fn exercise_file() -> String {
    tr!("cli-exercise-file")
}

/// As above.
pub fn plot() -> String {
    tr!("cli-plot")
}

/// As above.
pub fn calendar() -> String {
    tr!("cli-calendar")
}

/// As above.
pub fn export() -> String {
    tr!("cli-export")
}

/// The bar of a recording that is read; in braces what indicatif and [`speed`] fill in.
pub fn progress_bar() -> String {
    format!("{{bar:40}} {}", tr!("cli-progress", pos = "{pos}", len = "{len}", speed = "{speed}", eta = "{eta}"))
}

/// What failed, with its causes.
pub fn error(text: &str) -> String {
    tr!("cli-error", text = text)
}

/// What does not stop the command.
pub fn warning(text: impl Display) -> String {
    tr!("cli-warning", text = text.to_string())
}

/// The store cannot be used while a set is counted.
pub fn counting_without_store(trouble: impl Display) -> String {
    warning(tr!("cli-counting-without-store", trouble = trouble.to_string()))
}

/// A file could not be written.
pub fn unwritten(what: &str, out: &Path) -> String {
    tr!("cli-unwritten", what = what, path = shown(out))
}

/// How fast a recording is read; to whole frames, since nobody acts on less.
pub fn speed(frames_per_s: f64) -> String {
    tr!("cli-speed", n = decimal(frames_per_s, 0))
}

// Of the program without a command.

/// An option of the window together with a command.
pub fn for_the_window(option: &str) -> String {
    tr!("cli-for-the-window", option = option)
}

/// The build has no window.
#[cfg(not(feature = "gui"))]
pub fn no_window() -> String {
    tr!("cli-no-window")
}

/// The thread behind the window could not be started.
#[cfg(feature = "gui")]
pub fn not_started(why: impl Display) -> String {
    tr!("cli-not-started", why = why.to_string())
}

// For the files of this folder.

/// Several lines as one text.
fn lines(lines: &[String]) -> String {
    lines.join("\n").trim_end().to_owned()
}

/// A line of what belongs to a heading: what it is about, and what there is to say.
fn labelled(label: &str, text: impl Display) -> String {
    format!("  {label:9} {text}")
}

/// A path.
pub fn shown(path: &Path) -> String {
    one_line(&path.to_string_lossy())
}
