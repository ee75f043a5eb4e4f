//! How the body lies, stands or sits: the gate of every exercise.
//!
//! Heights are shares of the trunk's length, positive downwards from the hip or shoulder. The limits are proposals, checked
//! on the rendered clips of all families; they are wide, because a posture must also hold while its exercise is done.

use super::pose::TrackedPose;
use crate::base::geom::elevation_deg;
use crate::base::skeleton::{Landmark, Side};
use serde::{Deserialize, Serialize};

/// A posture an exercise starts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Posture {
    /// Upright on the feet.
    Standing,
    /// Upright on a seat.
    Seated,
    /// Standing or sitting, when it does not matter which.
    Upright,
    /// On the feet, the trunk leaning forward.
    Hinged,
    /// On the feet, upright or bent, as in a squat.
    OnFeet,
    /// On the feet or a seat, upright or leaning: what standing, sitting and leaning have in common.
    OffFloor,
    /// On hands and knees.
    AllFours,
    /// On hands and toes, the body in one line.
    Plank,
    /// Face down on the floor.
    Prone,
    /// Face up on the floor.
    Supine,
}

/// What postures are told by.
#[derive(Clone, Copy, Debug)]
struct Shape {
    /// Elevation of the line hip to shoulder, degrees: 90 upright, 0 level, negative with the head low.
    trunk_deg: f64,
    /// Lower of the two knees below the hips.
    knee_drop: Option<f64>,
    /// Lower of the two ankles below the hips.
    ankle_drop: Option<f64>,
    /// Lower ankle below the lower knee: little when kneeling, the length of a shin when standing.
    shin_drop: Option<f64>,
    /// Higher of the two ankles below the hips.
    high_ankle_drop: Option<f64>,
    /// Lower of the two wrists (or elbows, where no wrist is seen) below the shoulders.
    hand_drop: Option<f64>,
    /// How far the front of the body points up: 1 face up, -1 face down; `None` when the near side is not known.
    front_up: Option<f64>,
}

impl Posture {
    /// As messages name it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Standing => "standing",
            Self::Seated => "sitting",
            Self::Upright => "standing or sitting",
            Self::Hinged => "standing, leaning forward",
            Self::OnFeet => "on your feet",
            Self::OffFloor => "standing, sitting or leaning forward",
            Self::AllFours => "on hands and knees",
            Self::Plank => "on hands and toes",
            Self::Prone => "lying face down",
            Self::Supine => "lying on your back",
        }
    }

    /// Whether the whole body is near the floor.
    pub const fn is_on_the_floor(self) -> bool {
        matches!(self, Self::AllFours | Self::Plank | Self::Prone | Self::Supine)
    }

    /// The posture with what is not essential to it left out: who is not quite in it may do its exercises all the same.
    pub const fn loosened(self) -> Self {
        match self {
            Self::Standing | Self::Seated | Self::Upright | Self::Hinged | Self::OnFeet => Self::OffFloor,
            other => other,
        }
    }

    /// Whether the pose has this posture; `near` and `trunk_px` are those locked for the set, or those of the frame. Unknown
    /// legs do not speak against a posture that the trunk decides.
    pub fn holds(self, pose: &TrackedPose, near: Option<Side>, trunk_px: Option<f64>) -> bool {
        let Some(s) = Shape::of(pose, near, trunk_px) else { return false };
        let at_least = |v: Option<f64>, min: f64| v.is_none_or(|v| v >= min);
        let at_most = |v: Option<f64>, max: f64| v.is_none_or(|v| v <= max);
        let seated = s.knee_drop.is_some_and(|k| k < 0.6);
        match self {
            Self::Upright => s.trunk_deg > 50.0 && at_least(s.ankle_drop, 0.5),
            Self::Standing => s.trunk_deg > 55.0 && !seated && at_least(s.ankle_drop, 0.9),
            Self::Seated => s.trunk_deg > 45.0 && at_most(s.knee_drop, 0.75),
            Self::Hinged => {
                (10.0..85.0).contains(&s.trunk_deg) && at_least(s.knee_drop, 0.4) && at_least(s.ankle_drop, 0.85)
            }
            Self::OnFeet => s.trunk_deg > 25.0 && at_least(s.ankle_drop, 0.3),
            Self::OffFloor => {
                let is_on_hands = || [Self::AllFours, Self::Plank].iter().any(|p| p.holds(pose, near, trunk_px));
                s.trunk_deg > 5.0 && at_least(s.ankle_drop, 0.3) && !is_on_hands()
            }
            Self::Plank => {
                (-25.0..50.0).contains(&s.trunk_deg)
                    && at_most(s.knee_drop, 0.9)
                    && at_most(s.ankle_drop, 1.1)
                    && at_least(s.hand_drop, 0.2)
                    && at_most(s.front_up, -0.2)
            }
            Self::AllFours => {
                s.trunk_deg.abs() < 45.0
                    // Seen obliquely the far knee lies higher in the picture, and the near one may be raised.
                    && s.knee_drop.is_some_and(|k| k > 0.2)
                    && at_most(s.shin_drop, 0.5)
                    && s.hand_drop.is_some_and(|w| w > 0.35)
                    && at_most(s.front_up, -0.3)
            }
            Self::Prone => {
                (-20.0..70.0).contains(&s.trunk_deg)
                    && at_most(s.knee_drop, 0.55)
                    && at_most(s.high_ankle_drop, 0.75)
                    && s.front_up.is_some_and(|u| u < -0.2)
            }
            Self::Supine => {
                (-60.0..40.0).contains(&s.trunk_deg)
                    && at_most(s.ankle_drop, 1.3)
                    && s.front_up.is_some_and(|u| u > 0.2)
            }
        }
    }
}

impl Shape {
    fn of(pose: &TrackedPose, near: Option<Side>, trunk_px: Option<f64>) -> Option<Self> {
        let hip = pose.mid(Landmark::LeftHip)?;
        let shoulder = pose.mid(Landmark::LeftShoulder)?;
        let trunk_px = trunk_px.filter(|t| *t > 1.0)?;
        let drops = |left: Landmark, from: crate::base::geom::Point| {
            [left, left.mirror()].into_iter().filter_map(move |l| Some((pose.point(l)?.y - from.y) / trunk_px))
        };
        let lowest = |left, from| drops(left, from).reduce(f64::max);
        let hand_drop = lowest(Landmark::LeftWrist, shoulder).or_else(|| lowest(Landmark::LeftElbow, shoulder));
        let front_up = near.and_then(|side| {
            let front = front_of_trunk(hip, shoulder, side).direction()?;
            Some(-front.y)
        });
        let (knee_drop, ankle_drop) = (lowest(Landmark::LeftKnee, hip), lowest(Landmark::LeftAnkle, hip));
        Some(Self {
            trunk_deg: elevation_deg(hip, shoulder)?,
            knee_drop,
            ankle_drop,
            shin_drop: ankle_drop.zip(knee_drop).map(|(ankle, knee)| ankle - knee),
            high_ankle_drop: drops(Landmark::LeftAnkle, hip).reduce(f64::min),
            hand_drop,
            front_up,
        })
    }
}

/// The direction the front of the body faces in the picture, square to the trunk line, when `near` is the side seen: a
/// person seen from the left looks to the picture's left when upright.
pub fn front_of_trunk(
    hip: crate::base::geom::Point,
    shoulder: crate::base::geom::Point,
    near: Side,
) -> crate::base::geom::Point {
    let ccw = (shoulder - hip).quarter_turn_ccw();
    match near {
        Side::Left => ccw,
        Side::Right => ccw * -1.0,
    }
}
