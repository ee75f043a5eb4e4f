//! Kinds from the model's world landmarks, which know of depth: turns about the upright, and depth itself.

use super::kind::Unit::{Deg, Trunk};
use super::kind::{Parameter::Point, Parameters::Keys, SignalKind, UnitRule::Fixed, Value::Measure};
use super::point::{PointRef, Points};
use crate::base::geom::wrap_deg;
use crate::base::skeleton::{Landmark, TRUNK_M};
use crate::motion::track::view::line_yaw_deg;

/// The rows.
pub(super) const KINDS: &[SignalKind] = &[
    SignalKind {
        name: "depth",
        doc: "Depth of a point beyond another: positive away from the camera.",
        parameters: Keys(&[Point("of"), Point("beyond")]),
        unit: Fixed(Trunk),
        value: Measure(depth),
    },
    SignalKind {
        name: "twist",
        doc: "Turn of the shoulder line against the hip line seen from above: positive to the person's left.",
        parameters: Keys(&[]),
        unit: Fixed(Deg),
        value: Measure(twist),
    },
    SignalKind {
        name: "shoulder_yaw",
        doc: "Turn of the shoulder line against the camera: positive to the person's left.",
        parameters: Keys(&[]),
        unit: Fixed(Deg),
        value: Measure(shoulder_yaw),
    },
    SignalKind {
        name: "pelvis_yaw",
        doc: "Turn of the hip line against the camera: positive to the person's left.",
        parameters: Keys(&[]),
        unit: Fixed(Deg),
        value: Measure(pelvis_yaw),
    },
];

fn depth(p: &mut Points<'_>, points: &[PointRef]) -> Option<f64> {
    let &[of, beyond] = points else { return None };
    Some((p.world(of)?[2] - p.world(beyond)?[2]) / TRUNK_M)
}

fn twist(p: &mut Points<'_>, _: &[PointRef]) -> Option<f64> {
    let (shoulders, hips) = (yaw_deg(p, Landmark::LeftShoulder)?, yaw_deg(p, Landmark::LeftHip)?);
    Some(-wrap_deg(shoulders - hips))
}

fn shoulder_yaw(p: &mut Points<'_>, _: &[PointRef]) -> Option<f64> {
    Some(-yaw_deg(p, Landmark::LeftShoulder)?)
}

fn pelvis_yaw(p: &mut Points<'_>, _: &[PointRef]) -> Option<f64> {
    Some(-yaw_deg(p, Landmark::LeftHip)?)
}

/// Yaw of the line from a left landmark to its mirror, degrees, trusted as they are.
fn yaw_deg(p: &mut Points<'_>, left: Landmark) -> Option<f64> {
    p.world(PointRef::Mid(left))?;
    line_yaw_deg(p.pose, left)
}
