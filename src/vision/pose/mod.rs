//! From a picture to a pose: detector, region of interest, landmark model, refinement, silhouette outline.
//!
//! In: a [`Frame`](crate::vision::frame::Frame). Out: a [`PoseEstimate`] in image pixels, unsmoothed, quantised so that a recorded
//! trace replays to the same numbers. Inference itself sits behind [`Runner`]; nothing here knows ONNX.
//!
//! The constants follow MediaPipe's BlazePose graphs (`google-ai-edge/mediapipe`, Apache-2.0); each names its file.

pub mod anchors;
pub mod crop;
pub mod detector;
pub mod landmarks;
pub mod mask;
pub mod outline;
pub mod roi;
pub mod follower;
mod estimate;
pub mod landmark;

pub use estimate::{Pose, PoseError, PoseEstimate, Runner};
pub use landmark::LandmarkEstimate;
