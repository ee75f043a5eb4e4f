//! Any input as a stream of pose estimates: pictures go through the pose model, a trace is read as it is.

use crate::vision::pose::PoseError;
use crate::vision::source::trace::TraceReader;
use crate::vision::source::{FrameSource, SourceError, SourceInfo, images::ImageFolder, video::VideoSource};
use std::path::Path;

/// Frames per second of an image folder when none are given.
pub const DEFAULT_IMAGE_FPS: f64 = 30.0;

/// An opened file input.
pub enum Input {
    /// Pictures, to be looked at by the pose model.
    Frames(FileFrames),
    /// Estimates of an earlier run.
    Trace(Box<TraceReader>),
}

/// The two kinds of picture files.
pub enum FileFrames {
    /// A video.
    Video(Box<VideoSource>),
    /// A folder of images.
    Images(Box<ImageFolder>),
}

impl FileFrames {
    /// The source itself.
    pub fn source(&mut self) -> &mut dyn FrameSource {
        match self {
            Self::Video(v) => v.as_mut(),
            Self::Images(i) => i.as_mut(),
        }
    }

    /// What was odd about the input, once it was read.
    pub fn warnings(&self) -> Vec<String> {
        match self {
            Self::Video(v) => v.warnings(),
            Self::Images(_) => Vec::new(),
        }
    }
}

/// Opens a video, a folder of images or a `.jsonl` trace.
///
/// # Errors
/// When the input cannot be read.
pub fn open(path: &Path, image_fps: f64) -> Result<Input, SourceError> {
    if path.extension().is_some_and(|e| e == "jsonl") {
        return Ok(Input::Trace(Box::new(TraceReader::open(path)?)));
    }
    if path.is_dir() {
        return Ok(Input::Frames(FileFrames::Images(Box::new(ImageFolder::open(path, image_fps)?))));
    }
    Ok(Input::Frames(FileFrames::Video(Box::new(VideoSource::open(path)?))))
}

/// Why an input could not be analysed to its end.
#[derive(Debug, thiserror::Error)]
pub enum InputError {
    /// The source failed.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// The pose model failed.
    #[error(transparent)]
    Pose(#[from] PoseError),
    /// The models could not be loaded.
    #[error(transparent)]
    Infer(#[from] crate::vision::infer::InferError),
    /// The program was built without inference.
    #[error("could not look at pictures: this build has no pose model; build it with the feature `onnx`")]
    NoModel,
}

/// What an input says about itself.
pub fn info(input: &mut Input) -> SourceInfo {
    match input {
        Input::Frames(f) => f.source().info(),
        Input::Trace(t) => SourceInfo {
            kind: "trace",
            name: t.name(),
            size: None,
            frame_count_hint: None,
            fps_hint: None,
            recorded_at: None,
        },
    }
}
