//! Landmarks worth trusting, smoothed on capture time.
//!
//! Smoothing is lighter than MediaPipe's own (`pose_landmark_filtering.pbtxt`: 0.05 Hz at rest), which lags a slow movement
//! by seconds: the time constant of a still point is 3.2 s at 30 frames/s. Here a still point has 1 Hz (0.16 s). Both edges
//! of a hold are delayed alike, so its length is not.

use super::pose::{TrackedPoint, TrackedPose};
use crate::base::filter::{OneEuro, OneEuroParams};
use crate::base::geom::Point;
use crate::base::skeleton::{LANDMARK_COUNT, Landmark, Side};
use crate::base::time::Timestamp;
use crate::vision::frame::Size;
use crate::vision::pose::{LandmarkEstimate, Pose, PoseEstimate};

/// Presence from which a landmark is trusted (MediaPipe's own gate value for pose scores).
const MIN_PRESENCE: f32 = 0.5;
/// Presence from which a landmark may still carry a count: a foot that has left the picture reads 0.4 to 0.7.
const MIN_PLACED_PRESENCE: f32 = 0.3;
/// Visibility from which a landmark is trusted for judging form.
const MIN_VISIBILITY: f32 = 0.5;
/// Visibility from which a landmark may still carry a count. Far limbs of a person seen from the side read 0.3 to 0.5 at
/// rest and are placed well (checked on rendered clips); truly hidden ones read under 0.15.
const MIN_PLACED_VISIBILITY: f32 = 0.2;
/// A trusted landmark lies inside the picture by this share of its size.
const EDGE_MARGIN: f32 = 0.01;
/// A placed one may lie outside by this share: the model extrapolates the direction of a limb that leaves the picture.
const EDGE_OVERHANG: f32 = 0.25;
/// Pixel filter; `beta` is meant for speeds in trunk lengths per second: an arm at 1 T/s opens the filter to 6 Hz.
const PIXEL_FILTER: OneEuroParams = OneEuroParams { min_cutoff_hz: 1.0, beta: 5.0, derivative_cutoff_hz: 1.0 };
/// World filter; `beta` for metres per second, a trunk being about half a metre.
const WORLD_FILTER: OneEuroParams = OneEuroParams { min_cutoff_hz: 1.0, beta: 10.0, derivative_cutoff_hz: 1.0 };
/// An arm behind the body is placed by guess, mostly along the one in front, and one that is raised and lost reads much the
/// same there. But the model's visibility of its elbow falls: 0.26 to 0.4 for arms that hang behind the other, 0.08 to 0.25
/// for lost ones (rendered clips, blurred ones, and a film of a real person). Below the first value it is lost, until over
/// the second.
const LOST_ELBOW_VISIBILITY: [f32; 2] = [0.25, 0.32];
/// The elbow in front of it is seen at least so well.
const FRONT_ELBOW_VISIBILITY: f32 = 0.6;
/// After a gap of this length nothing of the past is used.
const MAX_GAP_S: f64 = 0.5;
/// Side views: the yaw beyond which a side is taken as the nearer one.
const NEAR_SIDE_YAW_DEG: f64 = 15.0;

/// Turns estimates into tracked poses. Deterministic, keeps no more than the filters' last samples.
#[derive(Clone, Debug)]
pub struct PoseSmoother {
    pixel: Vec<[OneEuro; 2]>,
    world: Vec<[OneEuro; 3]>,
    near: Option<Side>,
    /// Left and right arm: hidden behind the other and lost.
    lost_arms: [bool; 2],
    last_at: Option<Timestamp>,
}

impl Default for PoseSmoother {
    fn default() -> Self {
        Self {
            pixel: vec![[const { OneEuro::new(PIXEL_FILTER) }; 2]; LANDMARK_COUNT],
            world: vec![[const { OneEuro::new(WORLD_FILTER) }; 3]; LANDMARK_COUNT],
            near: None,
            lost_arms: [false; 2],
            last_at: None,
        }
    }
}

impl PoseSmoother {
    /// The tracked pose of the next estimate; estimates come in order of time.
    pub fn step(&mut self, estimate: &PoseEstimate) -> TrackedPose {
        if self.last_at.is_some_and(|last| estimate.at.since(last) > MAX_GAP_S) {
            let near = self.near;
            *self = Self { near, ..Self::default() };
        }
        self.last_at = Some(estimate.at);
        let mut tracked = TrackedPose {
            at: estimate.at,
            size: estimate.size,
            found: false,
            points: [None; LANDMARK_COUNT],
            world: [None; LANDMARK_COUNT],
            yaw_deg: None,
            near: self.near,
            trunk_px: None,
            outline: None,
        };
        let Some(pose) = &estimate.pose else { return tracked };
        self.smooth(pose, &mut tracked);
        tracked.found = torso_is_placed(&tracked);
        if !tracked.found {
            return tracked;
        }
        tracked.trunk_px =
            tracked.mid(Landmark::LeftShoulder).zip(tracked.mid(Landmark::LeftHip)).map(|(s, h)| (s - h).length());
        tracked.yaw_deg = super::view::trunk_yaw_deg(&tracked);
        match tracked.yaw_deg {
            Some(yaw) if (NEAR_SIDE_YAW_DEG..180.0 - NEAR_SIDE_YAW_DEG).contains(&yaw) => self.near = Some(Side::Left),
            Some(yaw) if (NEAR_SIDE_YAW_DEG..180.0 - NEAR_SIDE_YAW_DEG).contains(&-yaw) => {
                self.near = Some(Side::Right);
            }
            _ => (),
        }
        tracked.near = self.near;
        tracked.outline = Some(Box::new(pose.outline.clone()));
        tracked
    }

    fn smooth(&mut self, pose: &Pose, tracked: &mut TrackedPose) {
        let raw = |l: Landmark| {
            let e = pose.landmark(l);
            Point::new(f64::from(e.x_px), f64::from(e.y_px))
        };
        let shoulders = raw(Landmark::LeftShoulder).midpoint(raw(Landmark::RightShoulder));
        let hips = raw(Landmark::LeftHip).midpoint(raw(Landmark::RightHip));
        let per_trunk = 1.0 / (shoulders - hips).length().max(1.0);
        for landmark in Landmark::ALL {
            let i = landmark.index();
            let estimate = pose.landmark(landmark);
            let trust = Trust::of(estimate, tracked.size);
            let placed = trust != Trust::Unknown;
            let value = |v: f32| placed.then_some(f64::from(v));
            let [fx, fy] = &mut self.pixel[i];
            let x = fx.step(tracked.at, value(estimate.x_px), per_trunk);
            let y = fy.step(tracked.at, value(estimate.y_px), per_trunk);
            tracked.points[i] =
                x.zip(y).map(|(x, y)| TrackedPoint { pos: Point::new(x, y), trusted: trust == Trust::Trusted });
            let [wx, wy, wz] = &mut self.world[i];
            let [rx, ry, rz] = pose.world[i];
            let smooth = [
                wx.step(tracked.at, value(rx), 1.0),
                wy.step(tracked.at, value(ry), 1.0),
                wz.step(tracked.at, value(rz), 1.0),
            ];
            if let [Some(x), Some(y), Some(z)] = smooth {
                tracked.world[i] = Some([x, y, z]);
            }
        }
        self.leave_out_lost_arms(pose, tracked);
    }

    /// Of an arm that has been lost behind the body nothing is known.
    fn leave_out_lost_arms(&mut self, pose: &Pose, tracked: &mut TrackedPose) {
        for (lost, elbow) in self.lost_arms.iter_mut().zip([Landmark::LeftElbow, Landmark::RightElbow]) {
            let wrist = if elbow == Landmark::LeftElbow { Landmark::LeftWrist } else { Landmark::RightWrist };
            let visibility = |l: Landmark| pose.landmark(l).visibility;
            let least = LOST_ELBOW_VISIBILITY[usize::from(*lost)];
            *lost = visibility(elbow) < least && visibility(elbow.mirror()) >= FRONT_ELBOW_VISIBILITY;
            if *lost {
                for landmark in [elbow, wrist] {
                    tracked.points[landmark.index()] = None;
                    tracked.world[landmark.index()] = None;
                }
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Trust {
    Unknown,
    Placed,
    Trusted,
}

impl Trust {
    fn of(e: &LandmarkEstimate, size: Size) -> Self {
        let (x, y) = (e.x_px / size.width as f32, e.y_px / size.height as f32);
        let within = |margin: f32| {
            let range = margin..=1.0 - margin;
            range.contains(&x) && range.contains(&y)
        };
        if e.presence < MIN_PLACED_PRESENCE || e.visibility < MIN_PLACED_VISIBILITY || !within(-EDGE_OVERHANG) {
            Self::Unknown
        } else if e.presence >= MIN_PRESENCE && e.visibility >= MIN_VISIBILITY && within(EDGE_MARGIN) {
            Self::Trusted
        } else {
            Self::Placed
        }
    }
}

/// Without shoulders and hips there is no body to speak of.
fn torso_is_placed(tracked: &TrackedPose) -> bool {
    use Landmark::{LeftHip, LeftShoulder, RightHip, RightShoulder};
    [LeftShoulder, RightShoulder, LeftHip, RightHip].iter().all(|l| tracked.point(*l).is_some())
}
