//! Signals: numbers that an exercise file names, computed from a tracked pose.
//!
//! In: a [`TrackedPose`] and the [`Body`] the set was calibrated on. Out: one
//! `Option<`[`Reading`]`>` a signal, in file order. Lengths are shares of the trunk (`T`), angles degrees.

pub mod floor;
pub mod kind;
pub mod point;

pub use floor::FloorLine;
pub use kind::{SignalKind, Unit};
pub use point::PointRef;

use crate::skeleton::Side;
use crate::track::TrackedPose;

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

/// A named signal of an exercise file.
#[derive(Clone, Debug, PartialEq)]
pub struct SignalDef {
    /// Name in the file.
    pub name: String,
    /// How it is computed; combinations refer to earlier signals by index.
    pub kind: SignalKind,
    /// Unit of its values.
    pub unit: Unit,
}

/// Computes all signals of one frame into `out`, in order.
pub fn evaluate(signals: &[SignalDef], pose: &TrackedPose, body: &Body, out: &mut Vec<Option<Reading>>) {
    out.clear();
    for signal in signals {
        let reading = signal.kind.evaluate(pose, body, out).filter(|r| r.value.is_finite());
        out.push(reading);
    }
}
