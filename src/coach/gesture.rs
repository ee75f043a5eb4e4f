//! One raised hand, held for two seconds: the only sign the coach takes.
//!
//! In: tracked poses. Out: how far it is held, and once that it is complete. It must never be seen where it is not: exactly one
//! hand, well over the head, the arm lifted, the other one down, the trunk upright, and still.

use crate::base::geom::{Point, elevation_deg};
use crate::base::skeleton::{Landmark, Side};
use crate::base::time::Timestamp;
use crate::motion::track::TrackedPose;

/// How long it must be held, seconds.
const HOLD_S: f64 = 2.0;
/// A lapse of up to this does not begin it anew, seconds: a landmark is lost for a frame or two.
const FLICKER_S: f64 = 0.25;
/// The wrist is so far over the top of the head, trunk lengths; the head's landmarks end at the eyes, which is the rest of it.
const OVER_HEAD_T: f64 = 0.3;
/// The trunk is upright from here on, degrees.
const UPRIGHT_DEG: f64 = 60.0;
/// The wrist is slower than this, trunk lengths a second. Landmarks of somebody still wander by up to half of it.
const STILL_T_PER_S: f64 = 0.35;
/// Speed is that over so long, seconds.
const SPEED_OVER_S: f64 = 0.4;

/// What there is to say of the sign.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Sign {
    /// Nothing.
    None,
    /// It is held, so much of the time, 0..1.
    Held(f64),
    /// It is complete; said once.
    Complete,
}

/// Watches for the sign.
#[derive(Clone, Debug, Default)]
pub struct Gesture {
    /// The side, since when, and when it was last seen.
    held: Option<(Side, Timestamp, Timestamp)>,
    /// It was complete, and the hand has not come down yet.
    is_spent: bool,
    /// Where the wrist was lately.
    trail: Vec<(Timestamp, Point)>,
}

impl Gesture {
    /// Takes a frame.
    pub fn step(&mut self, pose: &TrackedPose) -> Sign {
        let raised = raised_hand(pose);
        let at = pose.at;
        match (self.held, raised) {
            (Some((side, since, _)), Some((now, wrist))) if side == now => {
                if self.is_moving(at, wrist, pose.trunk_px) {
                    // It begins when the hand has come to rest.
                    self.held = Some((side, at, at));
                } else {
                    self.held = Some((side, since, at));
                }
            }
            (_, Some((side, wrist))) => {
                self.trail.clear();
                self.trail.push((at, wrist));
                self.held = Some((side, at, at));
                self.is_spent = false;
            }
            (Some((_, _, last)), None) if at.since(last) > FLICKER_S => *self = Self::default(),
            (_, None) => (),
        }
        let Some((_, since, _)) = self.held.filter(|_| !self.is_spent) else { return Sign::None };
        let share = at.since(since) / HOLD_S;
        if share < 1.0 {
            return Sign::Held(share.max(0.0));
        }
        self.is_spent = true;
        Sign::Complete
    }

    /// Forgets what was seen, as at a change of the camera.
    pub fn forget(&mut self) {
        *self = Self::default();
    }

    fn is_moving(&mut self, at: Timestamp, wrist: Point, trunk_px: Option<f64>) -> bool {
        self.trail.retain(|(t, _)| at.since(*t) <= SPEED_OVER_S);
        let first = self.trail.first().copied();
        self.trail.push((at, wrist));
        let (Some((then, was)), Some(trunk_px)) = (first, trunk_px.filter(|t| *t > 1.0)) else { return false };
        let seconds = at.since(then);
        seconds > 0.0 && (wrist - was).length() / trunk_px / seconds.max(SPEED_OVER_S / 2.0) > STILL_T_PER_S
    }
}

/// The one raised hand, and where its wrist is.
fn raised_hand(pose: &TrackedPose) -> Option<(Side, Point)> {
    if !pose.found {
        return None;
    }
    let trunk_px = pose.trunk_px.filter(|t| *t > 1.0)?;
    let upright_deg = elevation_deg(pose.mid(Landmark::LeftHip)?, pose.mid(Landmark::LeftShoulder)?)?;
    if upright_deg < UPRIGHT_DEG {
        return None;
    }
    let head = [Landmark::Nose, Landmark::LeftEye, Landmark::RightEye, Landmark::LeftEar, Landmark::RightEar];
    let top_y = head.iter().filter_map(|l| pose.point(*l)).map(|p| p.y).fold(f64::INFINITY, f64::min);
    let is_up = |wrist: Landmark, elbow: Landmark, shoulder: Landmark| {
        let (wrist, elbow, shoulder) = (trusted(pose, wrist)?, trusted(pose, elbow)?, pose.point(shoulder)?);
        let is_up = wrist.y < top_y - OVER_HEAD_T * trunk_px && elbow.y < shoulder.y && wrist.y < elbow.y;
        is_up.then_some(wrist)
    };
    // A hand that is hidden says nothing: from the side the model draws it like the one it sees.
    let may_be_down = |wrist: Landmark, shoulder: Landmark| {
        trusted(pose, wrist).zip(pose.point(shoulder)).is_none_or(|(wrist, shoulder)| wrist.y > shoulder.y)
    };
    let left = is_up(Landmark::LeftWrist, Landmark::LeftElbow, Landmark::LeftShoulder);
    let right = is_up(Landmark::RightWrist, Landmark::RightElbow, Landmark::RightShoulder);
    match (left, right) {
        (Some(wrist), None) if may_be_down(Landmark::RightWrist, Landmark::RightShoulder) => Some((Side::Left, wrist)),
        (None, Some(wrist)) if may_be_down(Landmark::LeftWrist, Landmark::LeftShoulder) => Some((Side::Right, wrist)),
        _ => None,
    }
}

fn trusted(pose: &TrackedPose, landmark: Landmark) -> Option<Point> {
    pose.points[landmark.index()].filter(|p| p.trusted).map(|p| p.pos)
}
