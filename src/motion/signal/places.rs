//! Kinds in trunk lengths of the picture: heights, distances and places.

use super::kind::{Parameter::Point, Parameters::Keys, SignalKind, Unit::Trunk, UnitRule::Fixed, Value::Measure};
use super::point::{PointRef, Points, TRUNK_LINE};
use crate::motion::track::posture::front_of_trunk;

/// The rows.
pub(super) const KINDS: &[SignalKind] = &[
    SignalKind {
        name: "above_floor",
        doc: "Height of a point above the floor under the body.",
        parameters: Keys(&[Point("of")]),
        unit: Fixed(Trunk),
        value: Measure(above_floor),
    },
    SignalKind {
        name: "height",
        doc: "Height of a point above another.",
        parameters: Keys(&[Point("of"), Point("above")]),
        unit: Fixed(Trunk),
        value: Measure(height),
    },
    SignalKind {
        name: "distance",
        doc: "Distance between two points.",
        parameters: Keys(&[Point("a"), Point("b")]),
        unit: Fixed(Trunk),
        value: Measure(distance),
    },
    SignalKind {
        name: "along",
        doc: "Place of a point against another along the trunk line: positive from hip to shoulder.",
        parameters: Keys(&[Point("of"), Point("from")]),
        unit: Fixed(Trunk),
        value: Measure(along),
    },
    SignalKind {
        name: "in_front",
        doc: "Place of a point against another across the trunk line: positive to the front of the body.",
        parameters: Keys(&[Point("of"), Point("from")]),
        unit: Fixed(Trunk),
        value: Measure(in_front),
    },
    SignalKind {
        name: "across",
        doc: "Place in the picture to the right; only its change means anything.",
        parameters: Keys(&[Point("of")]),
        unit: Fixed(Trunk),
        value: Measure(across),
    },
    SignalKind {
        name: "rise",
        doc: "Place in the picture upwards; only its change means anything.",
        parameters: Keys(&[Point("of")]),
        unit: Fixed(Trunk),
        value: Measure(rise),
    },
];

fn above_floor(p: &mut Points<'_>, points: &[PointRef]) -> Option<f64> {
    let [of] = p.all(points)?;
    Some(p.body.floor?.height_px(of) / p.body.trunk_px)
}

fn height(p: &mut Points<'_>, points: &[PointRef]) -> Option<f64> {
    let [of, above] = p.all(points)?;
    Some((above.y - of.y) / p.body.trunk_px)
}

fn distance(p: &mut Points<'_>, points: &[PointRef]) -> Option<f64> {
    let [a, b] = p.all(points)?;
    Some((a - b).length() / p.body.trunk_px)
}

fn along(p: &mut Points<'_>, points: &[PointRef]) -> Option<f64> {
    let [hip, shoulder] = p.all(&TRUNK_LINE)?;
    let [of, from] = p.all(points)?;
    let up = (shoulder - hip).direction()?;
    Some((of - from).dot(up) / p.body.trunk_px)
}

fn in_front(p: &mut Points<'_>, points: &[PointRef]) -> Option<f64> {
    let near = p.body.near?;
    let [hip, shoulder] = p.all(&TRUNK_LINE)?;
    let [of, from] = p.all(points)?;
    let front = front_of_trunk(hip, shoulder, near).direction()?;
    Some((of - from).dot(front) / p.body.trunk_px)
}

fn across(p: &mut Points<'_>, points: &[PointRef]) -> Option<f64> {
    let [of] = p.all(points)?;
    Some(of.x / p.body.trunk_px)
}

fn rise(p: &mut Points<'_>, points: &[PointRef]) -> Option<f64> {
    let [of] = p.all(points)?;
    Some(-of.y / p.body.trunk_px)
}
