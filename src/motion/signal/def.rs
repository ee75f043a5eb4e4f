//! A named signal, and its value in a frame.

use super::body::{Body, Reading};
use super::kind::{SignalKind, Unit};
use crate::motion::track::TrackedPose;

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
