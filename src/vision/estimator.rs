//! Loads the pose model on first need, so that a trace can be analysed without it.

use super::input::InputError;
use crate::vision::frame::Frame;
use crate::vision::infer::manifest::ModelChoice;
#[cfg(feature = "onnx")]
use crate::vision::infer::onnx::{Models, OnnxFollower};
use crate::vision::pose::PoseEstimate;

/// The pose model, once loaded.
#[derive(Default)]
pub struct PoseEstimator {
    #[cfg(feature = "onnx")]
    tracker: Option<OnnxFollower>,
}

impl PoseEstimator {
    /// Loads the model; forgets whom it followed when it is loaded already.
    ///
    /// # Errors
    /// When the runtime library or the model is missing or damaged.
    pub fn open(&mut self, model: ModelChoice) -> Result<(), InputError> {
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
    ///
    /// # Errors
    /// When inference fails or no model was loaded.
    pub fn look(&mut self, frame: &Frame) -> Result<PoseEstimate, InputError> {
        #[cfg(feature = "onnx")]
        if let Some(tracker) = &mut self.tracker {
            return Ok(tracker.estimate(frame)?);
        }
        let _ = frame;
        Err(InputError::NoModel)
    }
}
