//! Burns the subtitles into a copy of the film with ffmpeg.

use super::subtitles;
use crate::base::plain::one_line;
use crate::disk::output_file::{OutputError, OutputFile};
use crate::vision::frame::Size;
use crate::vision::source::video::{CleanFilm, Seen, Tools, ffmpeg_to_file, file_url, reads_well, seen};
use std::path::{Path, PathBuf};
use std::process::Stdio;

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
    /// Nothing may be written there.
    #[error("could not write the overlay: {0}")]
    Place(#[from] OutputError),
}

/// `folder`: where the subtitles lie, for pictures of `size`.
pub(super) fn burn(folder: &Path, size: Size, film: &Path, out: &Path) -> Result<(), OverlayError> {
    let tools = Tools::default();
    let Seen { track, pictures } = seen(&tools, film);
    let made = OutputFile::create(out)?;
    let input = CleanFilm::of(film).map_err(OverlayError::Temporary)?;
    // The same squaring, shrinking and fitting as for the analysis, so that places in the picture are the same; x264 wants even
    // sides.
    let Size { width, height } = size;
    let filter = format!(
        "{pictures},scale={width}:{height}:force_original_aspect_ratio=decrease,pad={width}:{height}:(ow-iw)/2:(oh-ih)/2,setsar=1,\
         setpts=PTS-STARTPTS,ass={},scale=trunc(iw/2)*2:trunc(ih/2)*2,format=yuv420p",
        subtitles::FILE
    );
    let run = ffmpeg_to_file(&tools, &input)
        .current_dir(folder)
        .args(["-map", &format!("0:{track}"), "-an", "-sn", "-dn", "-map_metadata", "-1", "-vf", &filter])
        .args(["-fps_mode", "vfr", "-c:v", "libx264", "-preset", "veryfast", "-crf", "21"])
        .args(["-movflags", "+faststart", "-f", "mp4", "-y"])
        .arg(file_url(made.unfinished_path()))
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .output()
        .map_err(OverlayError::NoTool)?;
    let said = String::from_utf8_lossy(&run.stderr);
    // ffmpeg 5.1 calls it success when the disk is full at the very end: what it wrote is looked at.
    if run.status.success() && reads_well(&tools, made.unfinished_path()) {
        return Ok(made.finish()?);
    }
    let is_full = said.contains("No space left on device");
    let said = said.lines().rfind(|line| !line.trim().is_empty()).unwrap_or("nothing").trim();
    let said = if is_full { "No space left on device".to_owned() } else { one_line(&input.without_name(said)) };
    Err(OverlayError::Failed { said, path: out.to_owned() })
}
