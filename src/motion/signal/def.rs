//! A named signal, and its value in a frame.

use super::body::{Body, Reading};
use super::kind::{Arguments, SignalKind, Unit, Value};
use super::point::{PointRef, Points};
use crate::motion::track::TrackedPose;

/// A named signal of an exercise file.
#[derive(Clone, Debug, PartialEq)]
pub struct SignalDef {
    /// Name in the file.
    pub name: String,
    /// How it is computed.
    pub kind: &'static SignalKind,
    /// Of what.
    pub arguments: Arguments,
    /// Unit of its values.
    pub unit: Unit,
}

impl SignalDef {
    /// The points it is measured between; empty for combinations and for what is taken from the whole body.
    pub fn points(&self) -> &[PointRef] {
        &self.arguments.points
    }

    /// Indices of the signals it combines; empty for one that is measured itself.
    pub fn parts(&self) -> &[usize] {
        &self.arguments.parts
    }

    /// The value in this frame; `earlier` holds the readings of the signals before it.
    fn reading(&self, pose: &TrackedPose, body: &Body, earlier: &[Option<Reading>]) -> Option<Reading> {
        match self.kind.value {
            Value::Measure(measure) => {
                let mut points = Points::new(pose, body);
                let value = measure(&mut points, self.points())?;
                Some(points.reading(value))
            }
            Value::Combine(combine) => {
                let parts: Vec<_> = self.parts().iter().map(|i| earlier.get(*i).copied().flatten()).collect();
                combine(&parts, &self.arguments.numbers)
            }
        }
    }
}

/// Computes all signals of one frame into `out`, in order.
pub fn evaluate(signals: &[SignalDef], pose: &TrackedPose, body: &Body, out: &mut Vec<Option<Reading>>) {
    out.clear();
    for signal in signals {
        let reading = signal.reading(pose, body, out).filter(|r| r.value.is_finite());
        out.push(reading);
    }
}
