//! Any input, opened: pictures for the pose model to look at, or the estimates of an earlier run.

use super::frame::Frame;
use super::pose::PoseEstimate;
use super::source::images::ImageFolder;
use super::source::trace::TraceReader;
use super::source::video::VideoSource;
use super::source::{FrameSource, Next, SourceError, SourceInfo, SourceRemarks};
use crate::base::time::Timestamp;
use std::path::Path;

/// Frames per second of an image folder when none are given.
pub const DEFAULT_IMAGE_FPS: f64 = 30.0;

/// An opened input.
pub enum Input {
    /// Pictures: a camera, a film, a folder of images, or a source of one's own.
    Pictures(Box<dyn FrameSource>),
    /// Estimates of an earlier run.
    Trace(Box<TraceReader>),
}

/// What an input delivers.
pub enum Delivered {
    /// A picture.
    Picture(Frame),
    /// An estimate.
    Estimate(Box<PoseEstimate>),
    /// Nothing new for a while, and why.
    Waiting(String),
    /// The input is over.
    End,
}

impl Delivered {
    /// Capture time of what was delivered.
    pub fn at(&self) -> Option<Timestamp> {
        match self {
            Self::Picture(frame) => Some(frame.at),
            Self::Estimate(estimate) => Some(estimate.at),
            Self::Waiting(_) | Self::End => None,
        }
    }
}

impl Input {
    /// Opens a video, a folder of images or a `.jsonl` trace.
    ///
    /// # Errors
    /// When the input cannot be read.
    pub fn open(path: &Path, image_fps: f64) -> Result<Self, SourceError> {
        if path.extension().is_some_and(|e| e == "jsonl") {
            return Ok(Self::Trace(Box::new(TraceReader::open(path)?)));
        }
        if path.is_dir() {
            return Ok(Self::Pictures(Box::new(ImageFolder::open(path, image_fps)?)));
        }
        Ok(Self::Pictures(Box::new(VideoSource::open(path)?)))
    }

    /// Opens a camera by number or name, the first that works when none is named.
    ///
    /// # Errors
    /// When there is none, or it gives no pictures.
    #[cfg(feature = "camera")]
    pub fn open_camera(named: Option<&str>) -> Result<Self, SourceError> {
        use super::source::camera::{CameraSelector, CameraSource};
        let selector = match named {
            None => CameraSelector::Default,
            Some(name) => name.parse().unwrap_or_else(|_| CameraSelector::Name(name.to_owned())),
        };
        Ok(Self::Pictures(Box::new(CameraSource::open(&selector)?)))
    }

    /// Opens a camera: this build has none.
    ///
    /// # Errors
    /// Always.
    #[cfg(not(feature = "camera"))]
    pub fn open_camera(_: Option<&str>) -> Result<Self, SourceError> {
        let cause = "this build has none".to_owned();
        Err(SourceError::Camera { cause, remedy: "give a file with --input FILE".to_owned() })
    }

    /// What the input says about itself.
    pub fn info(&self) -> SourceInfo {
        match self {
            Self::Pictures(source) => source.info(),
            Self::Trace(trace) => SourceInfo {
                kind: "trace",
                name: trace.name(),
                size: None,
                frame_count_hint: None,
                fps_hint: None,
                recorded_at: None,
            },
        }
    }

    /// Id of the landmark model that has looked at the pictures already, of a trace.
    pub fn model(&self) -> Option<&str> {
        if let Self::Trace(trace) = self { Some(&trace.header().model) } else { None }
    }

    /// What was odd about the input, once it was read.
    pub fn remarks(&self) -> SourceRemarks {
        if let Self::Pictures(source) = self { source.remarks() } else { SourceRemarks::default() }
    }

    /// Frames that came while nobody took them.
    pub fn dropped(&self) -> u64 {
        if let Self::Pictures(source) = self { source.dropped() } else { 0 }
    }

    /// What comes next.
    ///
    /// # Errors
    /// When the input is damaged in a way that ends it.
    pub fn deliver(&mut self) -> Result<Delivered, SourceError> {
        Ok(match self {
            Self::Trace(trace) => {
                trace.next_estimate()?.map_or(Delivered::End, |estimate| Delivered::Estimate(Box::new(estimate)))
            }
            Self::Pictures(source) => match source.next_frame()? {
                Next::Frame(frame) => Delivered::Picture(frame),
                Next::Waiting(why) => Delivered::Waiting(why),
                Next::End => Delivered::End,
            },
        })
    }
}
