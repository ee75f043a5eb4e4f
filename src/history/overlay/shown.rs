//! What one frame of the overlay shows.

use crate::base::skeleton::LANDMARK_COUNT;
use crate::counting::record::{RepSide, RepTotals};
use crate::vision::frame::Size;

/// What one frame shows.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Shown {
    /// Landmarks in pixels of the picture; `None` where not seen.
    pub points: [Option<[f64; 2]>; LANDMARK_COUNT],
    /// Counts so far.
    pub totals: RepTotals,
    /// Repetitions to do, and whether for each side.
    pub target: (u32, bool),
    /// Side of the running repetition.
    pub side: Option<RepSide>,
    /// Seconds held, and to hold.
    pub hold: Option<(f64, f64)>,
    /// What to say now.
    pub cue: Option<String>,
    /// Why the last repetition did not count.
    pub remark: Option<String>,
}

/// Size of type and lines: a share of the picture's shorter side.
pub(crate) fn unit_px(size: Size) -> f64 {
    f64::from(size.width.min(size.height)) / 100.0
}
