//! Burns the subtitles into a copy of the film with ffmpeg.

use super::subtitles;
use crate::vision::source::video::{Tools, picture_filter};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Why there is no film with an overlay.
#[derive(Debug, thiserror::Error)]
pub enum OverlayError {
    /// Temporary files.
    #[error("could not prepare the overlay: {0}; is there room in the folder for temporary files?")]
    Temporary(std::io::Error),
    /// No ffmpeg.
    #[error("could not run ffmpeg to draw the overlay: {0}; install it (Debian: apt install ffmpeg)")]
    NoTool(std::io::Error),
    /// ffmpeg refused.
    #[error(
        "could not draw the overlay: ffmpeg says \"{said}\"; it needs libass and libx264, and room to write: {path}"
    )]
    Failed {
        /// Its last line.
        said: String,
        /// The film that was to be written.
        path: PathBuf,
    },
    /// Another name is needed.
    #[error("could not draw the overlay over the film itself; name another file: {0}")]
    Same(PathBuf),
}

/// `folder`: where the subtitles lie.
pub(super) fn burn(folder: &Path, film: &Path, out: &Path) -> Result<(), OverlayError> {
    let of_path = |path: &Path| std::path::absolute(path).map_err(OverlayError::Temporary);
    let (film, target) = (of_path(film)?, of_path(out)?);
    let same = |a: &Path, b: &Path| a.canonicalize().ok().is_some_and(|a| Some(a) == b.canonicalize().ok());
    if same(&film, &target) {
        return Err(OverlayError::Same(out.to_owned()));
    }
    // The same squaring and shrinking as for the analysis, so that places in the picture are the same; x264 wants even sides.
    let filter = format!(
        "{},setpts=PTS-STARTPTS,ass={},scale=trunc(iw/2)*2:trunc(ih/2)*2,format=yuv420p",
        picture_filter(&Tools::default(), &film),
        subtitles::FILE
    );
    let made = Command::new(Tools::default().ffmpeg)
        .current_dir(folder)
        .args(["-nostdin", "-hide_banner", "-loglevel", "error", "-y", "-protocol_whitelist", "file,pipe", "-i"])
        .arg(crate::vision::source::video::file_url(&film))
        .args(["-map", "0:V:0", "-an", "-sn", "-dn", "-map_metadata", "-1", "-vf", &filter, "-fps_mode", "vfr"])
        .args(["-c:v", "libx264", "-preset", "veryfast", "-crf", "21", "-movflags", "+faststart", "-f", "mp4"])
        .arg(crate::vision::source::video::file_url(&target))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .output()
        .map_err(OverlayError::NoTool)?;
    if made.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&made.stderr);
    let said = said.lines().rfind(|l| !l.trim().is_empty()).unwrap_or("nothing").trim().to_owned();
    Err(OverlayError::Failed { said, path: out.to_owned() })
}
