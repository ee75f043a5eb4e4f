//! From pose estimates to tracked poses: trust, smoothing, the side that is nearer, the posture.
//!
//! In: [`PoseEstimate`](crate::vision::pose::PoseEstimate)s. Out: [`TrackedPose`]s, each point with
//! whether it is trusted.

pub mod posture;
pub mod pose;
pub mod view;
pub mod smoother;

pub use pose::TrackedPose;
pub use posture::Posture;
pub use smoother::PoseSmoother;
pub use view::View;
