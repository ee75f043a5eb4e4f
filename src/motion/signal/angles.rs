//! Kinds in degrees of the picture: angles between lines, and directions of lines.

use super::kind::Parameter::{Pair, Point};
use super::kind::{Parameters::Keys, SignalKind, Unit::Deg, UnitRule::Fixed, Value::Measure};
use super::point::{PointRef, Points, TRUNK_LINE};
use crate::base::geom::{elevation_deg, inclination_deg, interior_angle_deg, turn_deg};
use crate::base::skeleton::Side;

/// The rows.
pub(super) const KINDS: &[SignalKind] = &[
    SignalKind {
        name: "angle",
        doc: "Interior angle at `at` between `a` and `c`, 0..180.",
        parameters: Keys(&[Point("a"), Point("at"), Point("c")]),
        unit: Fixed(Deg),
        value: Measure(angle),
    },
    SignalKind {
        name: "front_angle",
        doc: "Angle at `at` from `a` to `c` through the front of the body, 0..360: over 180 is bent backwards.",
        parameters: Keys(&[Point("a"), Point("at"), Point("c")]),
        unit: Fixed(Deg),
        value: Measure(front_angle),
    },
    SignalKind {
        name: "elevation",
        doc: "Elevation of the line above the horizontal, -90..90.",
        parameters: Keys(&[Point("from"), Point("to")]),
        unit: Fixed(Deg),
        value: Measure(elevation),
    },
    SignalKind {
        name: "floor_elevation",
        doc: "Elevation of the line above the floor under the body: a tilted camera does not change it.",
        parameters: Keys(&[Point("from"), Point("to")]),
        unit: Fixed(Deg),
        value: Measure(floor_elevation),
    },
    SignalKind {
        name: "inclination",
        doc: "Inclination of the line against the upright, 0..180.",
        parameters: Keys(&[Point("from"), Point("to")]),
        unit: Fixed(Deg),
        value: Measure(inclination),
    },
    SignalKind {
        name: "lean_back",
        doc: "Inclination with a sign: positive when the line leans to the person's back.",
        parameters: Keys(&[Point("from"), Point("to")]),
        unit: Fixed(Deg),
        value: Measure(lean_back),
    },
    SignalKind {
        name: "behind_trunk",
        doc: "Turn of the line against the one from shoulder to hip, -180..180: positive to the person's back.",
        parameters: Keys(&[Point("from"), Point("to")]),
        unit: Fixed(Deg),
        value: Measure(behind_trunk),
    },
    SignalKind {
        name: "tilt",
        doc: "Elevation of the line between left and right above the horizontal.",
        parameters: Keys(&[Pair("line")]),
        unit: Fixed(Deg),
        // From the left to the right landmark.
        value: Measure(elevation),
    },
];

fn angle(p: &mut Points<'_>, points: &[PointRef]) -> Option<f64> {
    let [a, at, c] = p.all(points)?;
    interior_angle_deg(a, at, c)
}

fn front_angle(p: &mut Points<'_>, points: &[PointRef]) -> Option<f64> {
    let near = p.body.near?;
    let [a, at, c] = p.all(points)?;
    let turn = turn_deg(a - at, c - at)?;
    // Seen from the left, an upright person faces the picture's left: from the upper arm of the angle (towards the head)
    // to the lower one through the front is a counter-clockwise turn.
    let through_front = if near == Side::Left { turn } else { -turn };
    Some(through_front.rem_euclid(360.0))
}

fn elevation(p: &mut Points<'_>, points: &[PointRef]) -> Option<f64> {
    let [from, to] = p.all(points)?;
    elevation_deg(from, to)
}

fn floor_elevation(p: &mut Points<'_>, points: &[PointRef]) -> Option<f64> {
    let floor = p.body.floor?;
    let [from, to] = p.all(points)?;
    let v = to - from;
    v.direction()?;
    let (along, up) = (v.dot(floor.along), v.dot(floor.along.quarter_turn_ccw()));
    Some(up.atan2(along.abs()).to_degrees())
}

fn inclination(p: &mut Points<'_>, points: &[PointRef]) -> Option<f64> {
    let [from, to] = p.all(points)?;
    inclination_deg(from, to)
}

fn lean_back(p: &mut Points<'_>, points: &[PointRef]) -> Option<f64> {
    let near = p.body.near?;
    let [from, to] = p.all(points)?;
    let v = to - from;
    v.direction()?;
    let to_the_right_deg = v.x.atan2(-v.y).to_degrees();
    Some(if near == Side::Left { to_the_right_deg } else { -to_the_right_deg })
}

fn behind_trunk(p: &mut Points<'_>, points: &[PointRef]) -> Option<f64> {
    let near = p.body.near?;
    let [hip, shoulder] = p.all(&TRUNK_LINE)?;
    let [from, to] = p.all(points)?;
    let turn = turn_deg(hip - shoulder, to - from)?;
    // Seen from the left, the front is to the picture's left: from straight down to the back is counter-clockwise.
    Some(if near == Side::Left { turn } else { -turn })
}
