//! From which side the camera sees the person.

use super::pose::TrackedPose;
use crate::base::geom::wrap_deg;
use crate::base::skeleton::Landmark;
use serde::{Deserialize, Serialize};

/// The view an exercise is best seen from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum View {
    /// From the front (or, lying and on all fours, from the head or feet end).
    Front,
    /// Between front and side.
    Oblique,
    /// From either side.
    Side,
}

/// Model noise on top of the angle that an exercise allows: yaw from world landmarks was within 10 degrees of the true
/// azimuth at rest on the rendered clips.
const YAW_NOISE_DEG: f64 = 10.0;

impl View {
    /// As exercise files and messages name it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Front => "front",
            Self::Oblique => "oblique",
            Self::Side => "side",
        }
    }

    /// The yaw, without sign, that the view is ideal at.
    const fn ideal_yaw_deg(self) -> f64 {
        match self {
            Self::Front => 0.0,
            Self::Oblique => 45.0,
            Self::Side => 90.0,
        }
    }

    /// Whether a trunk at `yaw_deg` is seen well enough, up to `max_off_deg` beside the ideal.
    pub fn admits(self, yaw_deg: f64, max_off_deg: f64) -> bool {
        (yaw_deg.abs() - self.ideal_yaw_deg()).abs() <= max_off_deg + YAW_NOISE_DEG
    }
}

/// Mean yaw of shoulder and hip line from world landmarks, degrees in (-180, 180]: 0 from the front, +90 when the person's
/// left side is nearer, `None` when the lines are not known.
pub fn trunk_yaw_deg(pose: &TrackedPose) -> Option<f64> {
    let shoulders = line_yaw_deg(pose, Landmark::LeftShoulder)?;
    let hips = line_yaw_deg(pose, Landmark::LeftHip)?;
    Some(wrap_deg(hips + wrap_deg(shoulders - hips) / 2.0))
}

/// Yaw of the line between a left landmark and its mirror, degrees in (-180, 180].
pub fn line_yaw_deg(pose: &TrackedPose, left: Landmark) -> Option<f64> {
    let [lx, _, lz] = pose.world[left.index()]?;
    let [rx, _, rz] = pose.world[left.mirror().index()]?;
    let (dx, dz) = (lx - rx, rz - lz);
    (dx.hypot(dz) > 1e-6).then(|| dz.atan2(dx).to_degrees())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_admits_its_own_side_of_the_circle() {
        let cases = [
            (View::Side, 90.0, true),
            (View::Side, -60.0, true),
            (View::Side, 30.0, false),
            (View::Front, -30.0, true),
            (View::Front, 80.0, false),
            (View::Front, 180.0, false),
            (View::Oblique, 45.0, true),
        ];
        let wrong: Vec<_> = cases.iter().filter(|(v, yaw, want)| v.admits(*yaw, 35.0) != *want).collect();
        assert!(wrong.is_empty(), "wrong: {wrong:?}");
    }
}
