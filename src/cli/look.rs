//! Loads the pose model on first need, so that a trace can be analysed without it.

use crate::frame::Frame;
use crate::infer::manifest::ModelChoice;
#[cfg(feature = "onnx")]
use crate::infer::onnx::{Models, OnnxTracker};
use crate::pose::PoseEstimate;
use crate::runtime::input::InputError;

/// The pose model, once loaded.
#[derive(Default)]
pub(super) struct Eye {
    #[cfg(feature = "onnx")]
    tracker: Option<OnnxTracker>,
}

impl Eye {
    /// Loads the model; forgets whom it followed when it is loaded already.
    pub(super) fn open(&mut self, model: ModelChoice) -> Result<(), InputError> {
        #[cfg(feature = "onnx")]
        {
            if let Some(tracker) = &mut self.tracker {
                tracker.reset();
            } else {
                self.tracker = Some(Models::open()?.tracker(model)?);
            }
            Ok(())
        }
        #[cfg(not(feature = "onnx"))]
        {
            let _ = model;
            Err(InputError::NoModel)
        }
    }

    /// What the frame shows.
    pub(super) fn look(&mut self, frame: &Frame) -> Result<PoseEstimate, InputError> {
        #[cfg(feature = "onnx")]
        if let Some(tracker) = &mut self.tracker {
            return Ok(tracker.estimate(frame)?);
        }
        let _ = frame;
        Err(InputError::NoModel)
    }
}
