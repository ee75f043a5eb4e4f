//! What a movement has come to, once it is over.

use crate::base::time::Timestamp;
use crate::counting::range::Thresholds;

/// How a movement ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Back at rest, or out of position.
    Returned,
    /// RangePrior up because nothing could be seen.
    Lost,
    /// The recording or the set ended first.
    Cut,
}

/// A finished movement.
#[derive(Clone, Debug, PartialEq)]
pub struct Excursion {
    /// Rest was left.
    pub start_at: Timestamp,
    /// Farthest point.
    pub peak_at: Timestamp,
    /// Rest was regained, or the position left.
    pub end_at: Timestamp,
    /// Distance from rest at the farthest point.
    pub range: f64,
    /// Index of the channel it belongs to, `None` when two channels are too close to tell.
    pub channel: Option<usize>,
    /// Seconds in position, pauses excluded.
    pub hold_s: f64,
    /// Seconds in position by thresholds of its own, where it fell short of those of the own range; else 0.
    pub hold_by_itself_s: f64,
    /// Seconds of the way back between the two thresholds, `None` when it was not gone.
    pub return_s: Option<f64>,
    /// Times it swung back and forth in position.
    pub bounces: u32,
    /// How it ended.
    pub ending: Ending,
    /// Whether the rest it started from was seen. A recording may begin in the middle of a movement; its range is then at
    /// least what is given, and is not compared with others.
    pub baseline_was_seen: bool,
    /// Thresholds that applied.
    pub thresholds: Thresholds,
}

impl Excursion {
    /// A movement of which only its time is known, because the person says so.
    pub fn self_timed(since: Timestamp, at: Timestamp) -> Self {
        let held_s = at.since(since).max(0.0);
        Self {
            start_at: since,
            peak_at: since,
            end_at: at,
            range: 0.0,
            channel: None,
            hold_s: held_s,
            hold_by_itself_s: 0.0,
            return_s: None,
            bounces: 0,
            ending: Ending::Returned,
            baseline_was_seen: false,
            thresholds: Thresholds { start: 0.0, attempt: 0.0, enter: 0.0, exit: 0.0 },
        }
    }
}
