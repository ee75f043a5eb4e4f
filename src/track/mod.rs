//! From pose estimates to tracked poses: trust, smoothing, the side that is nearer, the posture.
//!
//! In: [`PoseEstimate`](crate::pose::PoseEstimate)s. Out: [`TrackedPose`]s whose untrusted points are `None`.

pub mod posture;
pub mod tracked;
pub mod view;

pub use posture::Posture;
pub use tracked::{TrackedPoint, TrackedPose, Tracker};
pub use view::View;
