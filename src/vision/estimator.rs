//! Loads the pose model on first need, so that a trace can be analysed without it.

use super::frame::Frame;
use super::infer::InferError;
use super::infer::manifest::ModelChoice;
#[cfg(feature = "onnx")]
use super::infer::onnx::{Models, OnnxFollower};
use super::pose::outline::Chords;
use super::pose::{PoseError, PoseEstimate};
use super::source::SourceError;

/// Why an input could not be looked at to its end.
#[derive(Debug, thiserror::Error)]
pub enum EstimateError {
    /// The source failed.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// The pose model failed.
    #[error(transparent)]
    Pose(#[from] PoseError),
    /// The models could not be loaded.
    #[error(transparent)]
    Infer(#[from] InferError),
    /// The program was built without inference.
    #[error("could not look at pictures: this build has no pose model; build it with the feature `onnx`")]
    NoModel,
}

/// The pose model, once loaded.
#[derive(Default)]
pub struct PoseEstimator {
    #[cfg(feature = "onnx")]
    follower: Option<OnnxFollower>,
}

impl PoseEstimator {
    /// Loads the model; forgets whom it followed when it is loaded already.
    ///
    /// # Errors
    /// When the runtime library or the model is missing or damaged.
    pub fn open(&mut self, model: ModelChoice) -> Result<(), EstimateError> {
        #[cfg(feature = "onnx")]
        {
            if let Some(follower) = &mut self.follower {
                follower.reset();
            } else {
                self.follower = Some(Models::open()?.follower(model)?);
            }
            Ok(())
        }
        #[cfg(not(feature = "onnx"))]
        {
            let _ = model;
            Err(EstimateError::NoModel)
        }
    }

    /// Loads another model in place of the one that is loaded, and forgets whom it followed.
    ///
    /// # Errors
    /// As [`PoseEstimator::open`]; the model that was loaded stays then.
    pub fn change(&mut self, model: ModelChoice) -> Result<(), EstimateError> {
        let mut other = Self::default();
        other.open(model)?;
        *self = other;
        Ok(())
    }

    /// Samples only these chords of the outline from now on; all, without it.
    pub fn sample(&mut self, chords: Chords) {
        #[cfg(feature = "onnx")]
        if let Some(follower) = &mut self.follower {
            follower.sample(chords);
        }
        #[cfg(not(feature = "onnx"))]
        let _ = chords;
    }

    /// How many people the frame shows beside the one who is followed; to be asked now and then, as it costs a look for people.
    ///
    /// # Errors
    /// When inference fails.
    pub fn others(&mut self, frame: &Frame) -> Result<usize, EstimateError> {
        #[cfg(feature = "onnx")]
        if let Some(follower) = &mut self.follower {
            return Ok(follower.others(frame)?);
        }
        let _ = frame;
        Ok(0)
    }

    /// What the frame shows.
    ///
    /// # Errors
    /// When inference fails or no model was loaded.
    pub fn look(&mut self, frame: &Frame) -> Result<PoseEstimate, EstimateError> {
        #[cfg(feature = "onnx")]
        if let Some(follower) = &mut self.follower {
            return Ok(follower.estimate(frame)?);
        }
        let _ = frame;
        Err(EstimateError::NoModel)
    }
}
