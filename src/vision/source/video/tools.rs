//! The commands a film needs, the pictures they are asked for, and the words for what goes wrong with them.

use crate::base::plain::one_line;
use crate::vision::source::SourceError;
use std::io;
use std::path::{Path, PathBuf};

/// Longest side of a delivered picture in pixels; larger ones are scaled down by ffmpeg, aspect kept.
pub const MAX_SIDE_PX: u32 = 1280;

/// Shortest side of a usable picture in pixels: below it no person can be seen.
pub const MIN_SIDE_PX: u32 = 32;

pub(super) const RECORD_AGAIN: &str = "record or export the video again";

pub(super) const CONVERT: &str = "convert it to an mp4 with H.264";

/// The two commands a video needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tools {
    /// Name (looked up in `PATH`) or path of `ffmpeg`, 5.1 or newer.
    pub ffmpeg: PathBuf,
    /// Name (looked up in `PATH`) or path of `ffprobe`.
    pub ffprobe: PathBuf,
}

impl Default for Tools {
    fn default() -> Self {
        Self { ffmpeg: "ffmpeg".into(), ffprobe: "ffprobe".into() }
    }
}

/// The one error shape of this module.
pub(super) fn unreadable(path: &Path, cause: String, remedy: &'static str) -> SourceError {
    SourceError::Unreadable { what: "the video", cause, remedy, path: one_line(&path.to_string_lossy()) }
}

/// The error for a command that could not be started.
pub(super) fn missing(tool: &'static str, error: &io::Error) -> SourceError {
    let cause = if error.kind() == io::ErrorKind::NotFound {
        "the command was not found".into()
    } else {
        one_line(&error.to_string())
    };
    SourceError::MissingTool { tool, package: "ffmpeg", cause }
}
