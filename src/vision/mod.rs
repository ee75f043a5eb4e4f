//! From pictures to landmarks.
//!
//! In: cameras, films, folders of pictures, recorded traces. Out: [`PoseEstimate`](pose::PoseEstimate)s, each with the capture
//! timestamp of its frame. Uses `base` and `disk` only.

pub mod frame;
pub mod picture_watch;
pub mod pose;
pub mod infer;
pub mod source;
pub mod estimator;
pub mod input;
