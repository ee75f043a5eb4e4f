//! The closed set of signal kinds and how each is computed.

use super::body::{Body, Reading};
use super::point::{PointRef, Points};
use crate::base::geom::{Point, elevation_deg, inclination_deg, interior_angle_deg, turn_deg};
use crate::base::skeleton::{Landmark, Side};
use crate::motion::track::TrackedPose;
use crate::motion::track::posture::front_of_trunk;
use crate::motion::track::view::line_yaw_deg;
use crate::vision::pose::outline::OUTLINE_SAMPLES;

/// Unit of a signal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Degrees.
    Deg,
    /// Trunk lengths.
    Trunk,
    /// A plain share, 0..1 between two given values.
    Share,
}

impl Unit {
    /// As records name it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Deg => "deg",
            Self::Trunk => "T",
            Self::Share => "share",
        }
    }
}

/// How a signal is computed. Combinations hold indices of signals that stand earlier in the list.
#[derive(Clone, Debug, PartialEq)]
pub enum SignalKind {
    /// Interior angle at `at` between `a` and `c`, 0..180 degrees.
    Angle {
        /// One arm's end.
        a: PointRef,
        /// The joint.
        at: PointRef,
        /// The other arm's end.
        c: PointRef,
    },
    /// Angle at `at` from `a` to `c` measured through the front of the body, 0..360 degrees: 180 is straight, more is
    /// bent backwards. Needs a known near side.
    FrontAngle {
        /// One arm's end.
        a: PointRef,
        /// The joint.
        at: PointRef,
        /// The other arm's end.
        c: PointRef,
    },
    /// Elevation of the line above the horizontal, -90..90 degrees.
    Elevation {
        /// Start of the line.
        from: PointRef,
        /// End of the line.
        to: PointRef,
    },
    /// Height of a point above the floor under the body, T.
    AboveFloor {
        /// The point.
        of: PointRef,
    },
    /// Elevation of the line above the floor under the body, degrees: a tilted camera does not change it.
    FloorElevation {
        /// Start of the line.
        from: PointRef,
        /// End of the line.
        to: PointRef,
    },
    /// Inclination of the line against the upright, 0..180 degrees.
    Inclination {
        /// Start of the line.
        from: PointRef,
        /// End of the line.
        to: PointRef,
    },
    /// Inclination with a sign: positive when the line leans to the person's back, degrees. Needs a known near side.
    LeanBack {
        /// Start of the line.
        from: PointRef,
        /// End of the line.
        to: PointRef,
    },
    /// Turn of a line against the trunk line from shoulder to hip, degrees in (-180, 180]: positive to the person's back.
    /// Needs a known near side.
    BehindTrunk {
        /// Start of the line.
        from: PointRef,
        /// End of the line.
        to: PointRef,
    },
    /// Height of a point above another, T.
    Height {
        /// The point.
        of: PointRef,
        /// What it is measured from.
        above: PointRef,
    },
    /// Distance between two points, T.
    Distance {
        /// One point.
        a: PointRef,
        /// The other.
        b: PointRef,
    },
    /// Position along the trunk line, from hip to shoulder positive, T.
    Along {
        /// The point.
        of: PointRef,
        /// What it is measured from.
        from: PointRef,
    },
    /// Position across the trunk line, to the front of the body positive, T. Needs a known near side.
    InFront {
        /// The point.
        of: PointRef,
        /// What it is measured from.
        from: PointRef,
    },
    /// Horizontal place in the picture, T; only its change means anything.
    Across {
        /// The point.
        of: PointRef,
    },
    /// Vertical place in the picture, upwards positive, T; only its change means anything.
    Rise {
        /// The point.
        of: PointRef,
    },
    /// Depth of a point beyond another from world landmarks, away from the camera positive, T (0.5 m).
    Depth {
        /// The point.
        of: PointRef,
        /// What it is measured from.
        beyond: PointRef,
    },
    /// Turn of the shoulder line against the hip line seen from above, degrees: positive to the person's left.
    Twist,
    /// Turn of the shoulder line against the camera, degrees: positive to the person's left.
    ShoulderYaw,
    /// Turn of the hip line against the camera, degrees: positive to the person's left.
    PelvisYaw,
    /// Slope of the line between a left landmark and its mirror against the horizontal, degrees, in the picture.
    Tilt {
        /// The left landmark.
        line: Landmark,
    },
    /// Farthest the back's outline bulges from the straight line between its ends, T: positive is rounded. Needs a known
    /// near side and an outline.
    BackCurve,
    /// Mean of signals, all of them known.
    Mean(Vec<usize>),
    /// Mean of those signals that are known.
    MeanKnown(Vec<usize>),
    /// The first of signals that is known.
    FirstKnown(Vec<usize>),
    /// Smallest of signals, all of them known.
    Min(Vec<usize>),
    /// Largest of signals, all of them known.
    Max(Vec<usize>),
    /// First signal minus the second.
    Difference(usize, usize),
    /// First signal minus the second, without sign.
    Gap(usize, usize),
    /// The signal with the opposite sign.
    Negative(usize),
    /// Share of the way between two values: 0 at `from`, 1 at `to`, not limited.
    Progress {
        /// The signal.
        of: usize,
        /// Value that reads 0.
        from: f64,
        /// Value that reads 1.
        to: f64,
    },
}

/// Typical trunk length in metres, mid-shoulder to mid-hip, to bring world metres to T.
const TRUNK_M: f64 = 0.5;

impl SignalKind {
    /// The value in this frame; `earlier` holds the readings of the signals before it.
    pub(super) fn evaluate(&self, pose: &TrackedPose, body: &Body, earlier: &[Option<Reading>]) -> Option<Reading> {
        let mut p = Points::new(pose, body);
        let value = match self {
            Self::Angle { a, at, c } => interior_angle_deg(p.at(*a)?, p.at(*at)?, p.at(*c)?)?,
            Self::FrontAngle { a, at, c } => front_angle_deg(&mut p, *a, *at, *c)?,
            Self::Elevation { from, to } => elevation_deg(p.at(*from)?, p.at(*to)?)?,
            Self::AboveFloor { of } => body.floor?.height_px(p.at(*of)?) / body.trunk_px,
            Self::FloorElevation { from, to } => floor_elevation_deg(&mut p, *from, *to)?,
            Self::Inclination { from, to } => inclination_deg(p.at(*from)?, p.at(*to)?)?,
            Self::LeanBack { from, to } => lean_back_deg(&mut p, *from, *to)?,
            Self::BehindTrunk { from, to } => behind_trunk_deg(&mut p, *from, *to)?,
            Self::Height { of, above } => (p.at(*above)?.y - p.at(*of)?.y) / body.trunk_px,
            Self::Distance { a, b } => (p.at(*a)? - p.at(*b)?).length() / body.trunk_px,
            Self::Along { of, from } => along_trunk(&mut p, *of, *from)?.0,
            Self::InFront { of, from } => along_trunk(&mut p, *of, *from)?.1?,
            Self::Across { of } => p.at(*of)?.x / body.trunk_px,
            Self::Rise { of } => -p.at(*of)?.y / body.trunk_px,
            Self::Depth { of, beyond } => (p.world(*of)?[2] - p.world(*beyond)?[2]) / TRUNK_M,
            Self::Twist => -crate::base::geom::wrap_deg(
                yaw_deg(&mut p, Landmark::LeftShoulder)? - yaw_deg(&mut p, Landmark::LeftHip)?,
            ),
            Self::ShoulderYaw => -yaw_deg(&mut p, Landmark::LeftShoulder)?,
            Self::PelvisYaw => -yaw_deg(&mut p, Landmark::LeftHip)?,
            Self::Tilt { line } => {
                let (l, r) = (p.at(PointRef::Landmark(*line))?, p.at(PointRef::Landmark(line.mirror()))?);
                elevation_deg(l, r)?
            }
            Self::BackCurve => back_curve(&mut p)?,
            _ => return self.combine(earlier),
        };
        Some(p.reading(value))
    }

    /// The points it is measured between; empty for combinations and for what is taken from the whole body.
    pub fn points(&self) -> Vec<PointRef> {
        match self {
            Self::Angle { a, at, c } | Self::FrontAngle { a, at, c } => vec![*a, *at, *c],
            Self::Elevation { from, to }
            | Self::FloorElevation { from, to }
            | Self::Inclination { from, to }
            | Self::LeanBack { from, to }
            | Self::BehindTrunk { from, to } => vec![*from, *to],
            Self::Height { of, above } => vec![*of, *above],
            Self::Distance { a, b } => vec![*a, *b],
            Self::Along { of, from } | Self::InFront { of, from } => vec![*of, *from],
            Self::Depth { of, beyond } => vec![*of, *beyond],
            Self::Across { of } | Self::Rise { of } | Self::AboveFloor { of } => vec![*of],
            Self::Tilt { line } => vec![PointRef::Mid(*line)],
            _ => Vec::new(),
        }
    }

    /// Indices of the signals it combines; empty for one that is measured itself.
    pub fn parts(&self) -> Vec<usize> {
        match self {
            Self::Mean(of) | Self::MeanKnown(of) | Self::FirstKnown(of) | Self::Min(of) | Self::Max(of) => of.clone(),
            Self::Difference(a, b) | Self::Gap(a, b) => vec![*a, *b],
            Self::Negative(of) | Self::Progress { of, .. } => vec![*of],
            _ => Vec::new(),
        }
    }

    fn combine(&self, earlier: &[Option<Reading>]) -> Option<Reading> {
        let get = |i: &usize| earlier.get(*i).copied().flatten();
        let all = |of: &[usize]| of.iter().map(get).collect::<Option<Vec<_>>>();
        let join =
            |readings: &[Reading], value: f64| Some(Reading { value, trusted: readings.iter().all(|r| r.trusted) });
        let values = |r: &[Reading]| r.iter().map(|r| r.value).collect::<Vec<_>>();
        match self {
            Self::Mean(of) => {
                let readings = all(of)?;
                join(&readings, mean(&values(&readings))?)
            }
            Self::MeanKnown(of) => {
                let readings: Vec<_> = of.iter().filter_map(get).collect();
                join(&readings, mean(&values(&readings))?)
            }
            Self::FirstKnown(of) => of.iter().find_map(get),
            Self::Min(of) => {
                let readings = all(of)?;
                join(&readings, values(&readings).into_iter().reduce(f64::min)?)
            }
            Self::Max(of) => {
                let readings = all(of)?;
                join(&readings, values(&readings).into_iter().reduce(f64::max)?)
            }
            Self::Difference(a, b) => {
                let (a, b) = (get(a)?, get(b)?);
                join(&[a, b], a.value - b.value)
            }
            Self::Gap(a, b) => {
                let (a, b) = (get(a)?, get(b)?);
                join(&[a, b], (a.value - b.value).abs())
            }
            Self::Negative(of) => get(of).map(|r| Reading { value: -r.value, ..r }),
            Self::Progress { of, from, to } => get(of).map(|r| Reading { value: (r.value - from) / (to - from), ..r }),
            _ => None,
        }
    }
}

fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

/// Angle from arm `a` to arm `c` on the front side of the body, 0..360 degrees.
fn front_angle_deg(p: &mut Points<'_>, a: PointRef, at: PointRef, c: PointRef) -> Option<f64> {
    let near = p.body.near?;
    let vertex = p.at(at)?;
    let turn = turn_deg(p.at(a)? - vertex, p.at(c)? - vertex)?;
    // Seen from the left, an upright person faces the picture's left: from the upper arm of the angle (towards the head)
    // to the lower one through the front is a counter-clockwise turn.
    let through_front = if near == Side::Left { turn } else { -turn };
    Some(through_front.rem_euclid(360.0))
}

/// Elevation of a line above the floor: its elevation in the picture, less what the floor rises in its direction.
fn floor_elevation_deg(p: &mut Points<'_>, from: PointRef, to: PointRef) -> Option<f64> {
    let floor = p.body.floor?;
    let v = p.at(to)? - p.at(from)?;
    v.direction()?;
    let (along, up) = (v.dot(floor.along), v.dot(floor.along.quarter_turn_ccw()));
    Some(up.atan2(along.abs()).to_degrees())
}

/// Turn of the line from a left landmark to its mirror, trusted as they are.
fn yaw_deg(p: &mut Points<'_>, left: Landmark) -> Option<f64> {
    p.world(PointRef::Mid(left))?;
    line_yaw_deg(p.pose, left)
}

/// Lean of a line against the upright, towards the person's back positive.
fn lean_back_deg(p: &mut Points<'_>, from: PointRef, to: PointRef) -> Option<f64> {
    let near = p.body.near?;
    let v = p.at(to)? - p.at(from)?;
    v.direction()?;
    let to_the_right_deg = v.x.atan2(-v.y).to_degrees();
    Some(if near == Side::Left { to_the_right_deg } else { -to_the_right_deg })
}

/// Turn of a line from the downward trunk line to the person's back.
fn behind_trunk_deg(p: &mut Points<'_>, from: PointRef, to: PointRef) -> Option<f64> {
    let near = p.body.near?;
    let down = p.at(PointRef::Mid(Landmark::LeftHip))? - p.at(PointRef::Mid(Landmark::LeftShoulder))?;
    let turn = turn_deg(down, p.at(to)? - p.at(from)?)?;
    // Seen from the left, the front is to the picture's left: from straight down to the back is counter-clockwise.
    Some(if near == Side::Left { turn } else { -turn })
}

/// Place of `of` against `from` along the trunk and, if the near side is known, to the front of it; both T.
fn along_trunk(p: &mut Points<'_>, of: PointRef, from: PointRef) -> Option<(f64, Option<f64>)> {
    let hip = p.at(PointRef::Mid(Landmark::LeftHip))?;
    let shoulder = p.at(PointRef::Mid(Landmark::LeftShoulder))?;
    let d = p.at(of)? - p.at(from)?;
    let axis = (shoulder - hip).direction()?;
    let front = p.body.near.and_then(|near| front_of_trunk(hip, shoulder, near).direction());
    let share = |axis: Point| d.dot(axis) / p.body.trunk_px;
    Some((share(axis), front.map(share)))
}

/// Mean of a parabola's height over its chord, as a share of its sagitta.
const MEAN_OF_SAGITTA: f64 = 2.0 / 3.0;

/// Sagitta of the back's outline in T, signed, of the parabola with the same mean height over the straight line through the
/// outer samples: the mean of many samples jitters less than the farthest one.
fn back_curve(p: &mut Points<'_>) -> Option<f64> {
    // The samples are taken along the line between these two: they are no better than it.
    p.at(PointRef::Mid(Landmark::LeftHip))?;
    p.at(PointRef::Mid(Landmark::LeftShoulder))?;
    let (pose, body) = (p.pose, p.body);
    let chord = &pose.outline.as_ref()?.trunk;
    // The trunk chord runs from hip to shoulder; its counter-clockwise side is the front when the left side is near.
    let back = if body.near? == Side::Left { &chord.cw_px } else { &chord.ccw_px };
    let samples = back.iter().enumerate();
    let known: Vec<(f64, f64)> = samples.filter_map(|(i, d)| Some((i as f64, f64::from((*d)?)))).collect();
    if known.len() < OUTLINE_SAMPLES - 3 {
        return None;
    }
    let (first, last) = (known[1], known[known.len() - 2]);
    let slope = (last.1 - first.1) / (last.0 - first.0);
    let bulges: Vec<f64> =
        known[2..known.len() - 2].iter().map(|&(i, d)| d - (first.1 + slope * (i - first.0))).collect();
    Some(mean(&bulges)? / MEAN_OF_SAGITTA / body.trunk_px)
}
