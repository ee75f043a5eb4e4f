//! The measure of the body for the length of a set, and a value with its trust.

use super::floor::FloorLine;
use crate::base::skeleton::Side;
use crate::motion::track::TrackedPose;

/// What is known of the person for the length of a set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Body {
    /// Trunk length at rest, pixels: the unit `T`.
    pub trunk_px: f64,
    /// Side nearer to the camera, locked for the set.
    pub near: Option<Side>,
    /// The floor under the body, where it can be told.
    pub floor: Option<FloorLine>,
}

impl Body {
    /// The body as seen in a stretch of frames.
    pub fn of<'a>(poses: impl Iterator<Item = &'a TrackedPose>, trunk_px: f64, near: Option<Side>) -> Self {
        let trunk_px = trunk_px.max(1.0);
        Self { trunk_px, near, floor: FloorLine::fit(poses, trunk_px) }
    }
}

/// A value and how far to trust it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reading {
    /// In the signal's unit.
    pub value: f64,
    /// Every landmark behind it is trusted: good enough for form; else only to count by.
    pub trusted: bool,
}
