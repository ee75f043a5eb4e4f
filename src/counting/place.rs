//! Where the camera stands: what can be counted from there, judged from somebody who stands before it for a moment.
//!
//! In: tracked poses of a person standing upright, facing the camera. Out: a [`Place`], and for each exercise what is in its
//! way, if anything. How the person turns for an exercise is up to them; how high and how far away the camera stands is not.
//! The limits are those of the table of camera places in docs/accuracy.md.

use crate::base::skeleton::{Landmark, TRUNK_M};
use crate::base::stats::median;
use crate::exercise::ExerciseDef;
use crate::motion::track::{Posture, TrackedPose, View};

/// Frames that must show the person standing.
const LEAST_FRAMES: usize = 8;
/// Facing the camera within this, degrees.
const FACING_DEG: f64 = 20.0;
/// Height of the camera that sees a standing trunk upright, metres: that of the rendered people.
const LEVEL_M: f64 = 0.95;
/// Focal length in picture widths: 64 degrees from side to side, as most webcams have.
const FOCAL_WIDTHS: f64 = 0.8;
/// The world landmarks of somebody upright lean towards the camera by so much, degrees, and by this share of the angle from
/// which the camera looks down: measured on 7 rendered places.
const UPRIGHT_LEAN_DEG: f64 = 4.0;
const LEAN_SHARE: f64 = 0.75;
/// Hips of somebody on the floor, metres.
const ON_THE_FLOOR_M: f64 = 0.3;
/// And of somebody who sits, with the trunk over them.
const SITTING_M: f64 = 0.75;
/// Looked down on from more than this, degrees, floor exercises and those seen from the side are missed: 12 degrees miss
/// nothing, 25 to 33 miss up to all.
const LOOKED_DOWN_DEG: f64 = 20.0;
/// A trunk under this is too small, pixels: at 44 to 53 nine of ten were counted, at 34 half.
const LEAST_TRUNK_PX: f64 = 45.0;
/// The picture is to be so many trunks wide for somebody who lies in it, from head to heels with some air.
const LYING_TRUNKS: f64 = 3.7;
/// Raised hands are so many trunks over the shoulders.
const RAISED_TRUNKS: f64 = 1.3;

/// Why nothing can be said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoPlace {
    /// Nobody was seen for long enough.
    Nobody,
    /// Nobody stood upright and faced the camera.
    NotStanding,
}

/// Where the camera stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// From the person, metres; as far off as the focal length is guessed wrong.
    pub distance_m: f64,
    /// Over the floor, metres: within 0.5 on the rendered people.
    pub height_m: f64,
    /// Length of the trunk, pixels.
    pub trunk_px: f64,
    /// Width of the picture, trunks.
    pub width_trunks: f64,
    /// From the shoulders to the upper edge, trunks.
    pub over_shoulders_trunks: f64,
}

/// What is in the way of an exercise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hitch {
    /// The person is too small.
    Small,
    /// Somebody who lies does not fit in.
    Cramped,
    /// The camera looks down from too high.
    FromAbove,
}

impl Place {
    /// The place of the camera that saw these.
    ///
    /// # Errors
    /// When they do not show somebody who stands before it.
    pub fn of(poses: &[TrackedPose]) -> Result<Self, NoPlace> {
        if poses.iter().filter(|pose| pose.found).count() < LEAST_FRAMES {
            return Err(NoPlace::Nobody);
        }
        let seen: Vec<Standing> = poses.iter().filter_map(Standing::of).collect();
        if seen.len() < LEAST_FRAMES {
            return Err(NoPlace::NotStanding);
        }
        let of = |value: fn(&Standing) -> f64| median(seen.iter().map(value)).unwrap_or_default();
        let looks_down_deg = (of(|s| s.lean_deg) - UPRIGHT_LEAN_DEG) / LEAN_SHARE;
        let looks_down = looks_down_deg.to_radians();
        let (trunk_px, width_px) = (of(|s| s.trunk_px) / looks_down.cos(), of(|s| s.width_px));
        let distance_m = FOCAL_WIDTHS * width_px * TRUNK_M / trunk_px;
        Ok(Self {
            distance_m,
            height_m: (LEVEL_M + distance_m * looks_down.sin()).max(0.0),
            trunk_px,
            width_trunks: width_px / trunk_px,
            over_shoulders_trunks: of(|s| s.shoulders_px) / trunk_px,
        })
    }

    /// Whether raised hands stay in the picture.
    pub fn has_room_above(&self) -> bool {
        self.over_shoulders_trunks >= RAISED_TRUNKS
    }

    /// What is in the way of an exercise, the worst first; `None` where it can be counted from here.
    pub fn hitch(&self, def: &ExerciseDef) -> Option<Hitch> {
        let is_lying = def.posture.is_on_the_floor();
        let hips_m = if is_lying { ON_THE_FLOOR_M } else { SITTING_M };
        let looks_down_deg = (self.height_m - hips_m).atan2(self.distance_m).to_degrees();
        // Who sits or stands upright with the trunk bent to the side shows it from above, too.
        let suffers = is_lying || (def.view == View::Side && matches!(def.posture, Posture::Seated | Posture::Upright));
        [
            (self.trunk_px < LEAST_TRUNK_PX, Hitch::Small),
            (is_lying && self.width_trunks < LYING_TRUNKS, Hitch::Cramped),
            (suffers && looks_down_deg > LOOKED_DOWN_DEG, Hitch::FromAbove),
        ]
        .into_iter()
        .find_map(|(is_so, hitch)| is_so.then_some(hitch))
    }
}

/// One frame of somebody who stands.
struct Standing {
    lean_deg: f64,
    trunk_px: f64,
    width_px: f64,
    shoulders_px: f64,
}

impl Standing {
    fn of(pose: &TrackedPose) -> Option<Self> {
        let is_standing = Posture::Standing.holds(pose, pose.near, pose.trunk_px);
        let is_facing = pose.yaw_deg.is_some_and(|yaw| yaw.abs() <= FACING_DEG);
        let (shoulders, hips) = (world_mid(pose, Landmark::LeftShoulder)?, world_mid(pose, Landmark::LeftHip)?);
        let up: [f64; 3] = std::array::from_fn(|i| shoulders[i] - hips[i]);
        let middle = pose.mid(Landmark::LeftShoulder)?;
        (is_standing && is_facing).then_some(Self {
            lean_deg: (-up[2]).atan2(-up[1]).to_degrees(),
            trunk_px: pose.trunk_px?,
            width_px: f64::from(pose.size.width),
            shoulders_px: middle.y,
        })
    }
}

fn world_mid(pose: &TrackedPose, left: Landmark) -> Option<[f64; 3]> {
    let (a, b) = (pose.world[left.index()]?, pose.world[left.mirror().index()]?);
    Some(std::array::from_fn(|i| f64::midpoint(a[i], b[i])))
}
