//! What the pose model says of one frame, and what a model has to offer to be asked.

use super::landmark::{LandmarkEstimate, STEPS_PER_PX, WorldPoint, quantised};
use super::outline::Outline;
use crate::base::skeleton::{LANDMARK_COUNT, Landmark};
use crate::base::time::Timestamp;
use crate::vision::frame::Size;

/// A person found in one frame.
#[derive(Clone, Debug, PartialEq)]
pub struct Pose {
    /// The model's own score that a person is there, used raw (`tensors_to_pose_landmarks_and_segmentation.pbtxt`).
    pub flag: f32,
    /// Landmarks in image pixels, in model order.
    pub landmarks: [LandmarkEstimate; LANDMARK_COUNT],
    /// World landmarks in metres, in model order.
    pub world: [WorldPoint; LANDMARK_COUNT],
    /// Silhouette distances along trunk and thighs.
    pub outline: Outline,
}

impl Pose {
    /// One landmark.
    pub fn landmark(&self, landmark: Landmark) -> &LandmarkEstimate {
        &self.landmarks[landmark.index()]
    }

    /// Rounds every number to the resolution a trace stores, so that live analysis and replay see the same values.
    pub fn quantise(&mut self) {
        self.flag = quantised(self.flag, 1e3);
        for l in &mut self.landmarks {
            l.x_px = quantised(l.x_px, STEPS_PER_PX);
            l.y_px = quantised(l.y_px, STEPS_PER_PX);
            l.z_px = quantised(l.z_px, STEPS_PER_PX);
            l.visibility = quantised(l.visibility, 1e3);
            l.presence = quantised(l.presence, 1e3);
        }
        for p in &mut self.world {
            for v in p {
                *v = quantised(*v, 1e4);
            }
        }
        self.outline.quantise();
    }

    /// The same pose as a mirrored camera would have shown it: x flipped, left and right exchanged.
    pub fn mirrored(&self, width_px: u32) -> Self {
        let mut out = self.clone();
        for landmark in Landmark::ALL {
            let from = self.landmarks[landmark.index()];
            let to = landmark.mirror().index();
            out.landmarks[to] = LandmarkEstimate { x_px: (width_px as f32 - 1.0) - from.x_px, ..from };
            let [x, y, z] = self.world[landmark.index()];
            out.world[to] = [-x, y, z];
        }
        out.outline = self.outline.mirrored();
        out
    }
}

/// What one frame showed: the second of the plain types every frame passes through.
#[derive(Clone, Debug, PartialEq)]
pub struct PoseEstimate {
    /// Running number of the frame.
    pub seq: u64,
    /// Capture timestamp of the frame.
    pub at: Timestamp,
    /// Size of the picture.
    pub size: Size,
    /// The person, if one was found.
    pub pose: Option<Pose>,
}

impl PoseEstimate {
    /// The estimate with left and right exchanged, for a source that delivers mirrored pictures.
    #[must_use]
    pub fn mirrored(mut self) -> Self {
        self.pose = self.pose.map(|p| p.mirrored(self.size.width));
        self
    }
}

/// Inference as the pose code sees it: one input tensor, several output tensors, all `f32`.
pub trait Runner {
    /// Shape of the input, e.g. `[1, 256, 256, 3]`.
    fn input_shape(&self) -> &[usize];

    /// Shapes of the outputs in the order [`Runner::run`] fills them.
    fn output_shapes(&self) -> &[Vec<usize>];

    /// Runs the model. `input` has the length of the input shape, row-major; `outputs[i]` is filled with output `i`.
    ///
    /// # Errors
    /// When the runtime fails or an output has another length than its shape.
    fn run(&mut self, input: &[f32], outputs: &mut [Vec<f32>]) -> Result<(), PoseError>;
}

/// Why a pose could not be computed.
#[derive(Debug, thiserror::Error)]
pub enum PoseError {
    /// The inference runtime failed.
    #[error("could not run the pose model: {0}; run `formcheck doctor` to check the installation")]
    Run(String),
    /// The model is not the one this code was written for.
    #[error(
        "could not use the pose model: its {what} has the shapes {found:?}, expected one of shape {wanted:?}; run `make setup` to restore the models"
    )]
    Shape {
        /// "input" or "output".
        what: &'static str,
        /// Shapes that the model has.
        found: Vec<Vec<usize>>,
        /// Shape that was looked for.
        wanted: Vec<usize>,
    },
}

/// Index of the only output of shape `wanted`. Names and order differ between conversions of the same model, shapes do not.
pub(super) fn output_of_shape(runner: &dyn Runner, wanted: &[usize]) -> Result<usize, PoseError> {
    let shapes = runner.output_shapes();
    shapes.iter().position(|s| s == wanted).ok_or_else(|| PoseError::Shape {
        what: "output",
        found: shapes.to_vec(),
        wanted: wanted.to_vec(),
    })
}

pub(super) fn check_input_shape(runner: &dyn Runner, wanted: &[usize]) -> Result<(), PoseError> {
    if runner.input_shape() == wanted {
        return Ok(());
    }
    Err(PoseError::Shape { what: "input", found: vec![runner.input_shape().to_vec()], wanted: wanted.to_vec() })
}

/// The logistic function.
pub(super) fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}
