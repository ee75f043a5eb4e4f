//! Numbers of a file to be.

use crate::exercise::Mode;

/// Numbers of a file to be.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Numbers {
    pub(super) mode: Mode,
    pub(super) target_hold_s: f64,
    pub(super) min_range: f64,
    pub(super) baseline_min: Option<f64>,
    pub(super) baseline_max: Option<f64>,
    /// Fastest repetition between the thresholds, seconds.
    pub(super) fastest_s: f64,
    /// Shortest and longest hold, seconds, in hold mode.
    pub(super) holds_s: Option<[f64; 2]>,
}
