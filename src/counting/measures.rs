//! What a finished repetition measures as a whole: time, range, speed.

use super::detect::excursion::Excursion;
use crate::base::time::Timestamp;

/// Measures of a finished repetition that faults may look at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RepMeasures {
    /// Length, seconds.
    pub rep_s: f64,
    /// Way back, seconds, `None` when it was not gone.
    pub return_s: Option<f64>,
    /// Rest before it, seconds, `None` for the first.
    pub rest_before_s: Option<f64>,
    /// Range in the rep signal's unit.
    pub range: f64,
    /// Largest range so far in the set.
    pub best_range: Option<f64>,
    /// Range over the time to the farthest point, units a second.
    pub speed_per_s: f64,
    /// Times the movement swung back and forth in position.
    pub bounces: u32,
}

/// Travel times shorter than this are not timed, seconds: about a frame.
const SHORTEST_TRAVEL_S: f64 = 0.05;

/// Speed of a way of `range` units that took `travel_s` seconds.
pub fn speed_per_s(range: f64, travel_s: f64) -> f64 {
    range / travel_s.max(SHORTEST_TRAVEL_S)
}

impl RepMeasures {
    /// Those of an excursion; `last_end_at`: the one before was over; `best_range`: the largest so far.
    pub fn of(m: &Excursion, last_end_at: Option<Timestamp>, best_range: Option<f64>) -> Self {
        Self {
            rep_s: m.length_s(),
            return_s: m.return_s,
            rest_before_s: last_end_at.map(|t| m.start_at.since(t)),
            range: m.range,
            best_range,
            speed_per_s: speed_per_s(m.range, m.peak_at.since(m.start_at)),
            bounces: m.bounces,
        }
    }
}
