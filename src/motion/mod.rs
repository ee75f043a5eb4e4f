//! From landmarks to named signals.
//!
//! In: pose estimates. Out: a smoothed [`TrackedPose`](track::TrackedPose), and of it the [`Reading`](signal::Reading)s that
//! exercise files name. Pure. Uses `base` and `vision`'s types.

pub mod track;
pub mod signal;
