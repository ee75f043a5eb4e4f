//! Where frames come from: video files, folders of images, cameras and recorded traces.
//!
//! In: a path or a camera. Out: [`Frame`]s with capture timestamps, one way, through [`FrameSource`]. A trace carries
//! pose estimates instead of pictures and is read by [`trace`].

#[cfg(feature = "camera")]
pub mod camera;
pub mod images;
pub mod trace;
pub mod video;

use crate::base::language::{tr, translated};
use crate::vision::frame::{Frame, Size};

/// What a source says about itself before the first frame.
#[derive(Clone, Debug, PartialEq)]
pub struct SourceInfo {
    /// "video", "images", "camera" or "trace".
    pub kind: &'static str,
    /// Name a person would recognise: file name or camera name.
    pub name: String,
    /// Size of the frames, once known.
    pub size: Option<Size>,
    /// Number of frames, when the source can tell beforehand (for progress only, never for time).
    pub frame_count_hint: Option<u64>,
    /// Nominal frames per second (for display only, never for time).
    pub fps_hint: Option<f64>,
    /// When it was recorded, where the file itself says so.
    pub recorded_at: Option<jiff::Timestamp>,
}

/// What was odd about a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceRemarks {
    /// A sentence each.
    pub notices: Vec<String>,
    /// False where something at the end is missing or damaged.
    pub is_complete: bool,
}

impl Default for SourceRemarks {
    fn default() -> Self {
        Self { notices: Vec::new(), is_complete: true }
    }
}

/// One step of a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// A picture.
    Frame(Frame),
    /// Nothing new for a while, and why: a camera that was unplugged or is being opened again. Ask again.
    Waiting(String),
    /// The source is over.
    End,
}

/// Why a source cannot deliver: what was tried, what happened, what to do; the path comes last.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// A tool that the source needs is missing.
    #[error("{}", tr!("source-no-tool", tool = *.tool, package = *.package, cause = .cause.as_str()))]
    MissingTool {
        /// The command.
        tool: &'static str,
        /// The Debian package that has it.
        package: &'static str,
        /// What the system said.
        cause: String,
    },
    /// The input is not what it should be.
    #[error("{}", unreadable(.what, .cause, .remedy, .path))]
    Unreadable {
        /// "the video", "the image folder", "the trace".
        what: &'static str,
        /// What happened.
        cause: String,
        /// What to do.
        remedy: &'static str,
        /// The input.
        path: String,
    },
    /// No camera, or not the one asked for.
    #[error("{}", tr!("source-camera", cause = .cause.as_str(), remedy = .remedy.as_str()))]
    Camera {
        /// What happened.
        cause: String,
        /// What to do.
        remedy: String,
    },
}

fn unreadable(what: &str, cause: &str, remedy: &str, path: &str) -> String {
    let told = [what, cause, remedy].map(translated);
    let [what, cause, remedy] = told;
    tr!("source-unreadable", what = what, cause = cause, remedy = remedy, path = path)
}

/// A source of frames. Calls block until there is something to say, but never for much longer than half a second without
/// an answer when the source is live.
pub trait FrameSource: Send {
    /// What the source says about itself.
    fn info(&self) -> SourceInfo;

    /// The next frame, in order, or why there is none.
    ///
    /// # Errors
    /// When the input is damaged in a way that ends it; frames delivered before stay valid.
    fn next_frame(&mut self) -> Result<Next, SourceError>;

    /// Frames that came while nobody took them; a file has none.
    fn dropped(&self) -> u64 {
        0
    }

    /// What was odd about the source, once it was read.
    fn remarks(&self) -> SourceRemarks {
        SourceRemarks::default()
    }
}
