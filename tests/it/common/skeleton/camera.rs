//! A camera that looks at a synthetic person, and what a pose tracker would say to its pictures.

use super::Figure;
use formcheck::base::skeleton::Landmark;
use formcheck::base::time::Timestamp;
use formcheck::vision::frame::Size;
use formcheck::vision::pose::outline::{ChordOutline, OUTLINE_SAMPLES, Outline};
use formcheck::vision::pose::{LandmarkEstimate, Pose, PoseEstimate};

/// A level camera without perspective.
#[derive(Clone, Copy, Debug)]
pub struct Camera {
    /// 0 from the front, 90 with the person's left side seen.
    pub yaw_deg: f64,
    pub px_per_m: f64,
    pub size: Size,
    /// Where the floor below the hips is in the picture.
    pub floor_px: [f64; 2],
    /// Turned about its axis, counter-clockwise in the picture.
    pub roll_deg: f64,
}

/// From the line between hips and shoulders to the outline of a flat back, and of the belly.
const HALF_DEPTH_M: f64 = 0.11;

impl Camera {
    pub fn at(yaw_deg: f64) -> Self {
        Self { yaw_deg, px_per_m: 190.0, size: Size::new(640, 480), floor_px: [320.0, 430.0], roll_deg: 0.0 }
    }

    /// What a pose tracker without any error would give, every landmark seen.
    pub fn see(&self, figure: &Figure, seq: u64, t: f64) -> PoseEstimate {
        let (sin, cos) = self.yaw_deg.to_radians().sin_cos();
        // Right, down, away from the camera, in metres.
        let turned = |[forward, up, left]: [f64; 3]| [left * cos - forward * sin, -up, -forward * cos - left * sin];
        let points: Vec<[f64; 3]> = figure.iter().map(|p| turned(*p)).collect();
        let [l, r] = [Landmark::LeftHip, Landmark::RightHip].map(|h| points[h.index()]);
        let middle: [f64; 3] = std::array::from_fn(|k| f64::midpoint(l[k], r[k]));
        let (roll_sin, roll_cos) = self.roll_deg.to_radians().sin_cos();
        let landmarks = std::array::from_fn(|i| {
            let [right, down, away] = points[i];
            LandmarkEstimate {
                x_px: (self.floor_px[0] + (right * roll_cos + down * roll_sin) * self.px_per_m) as f32,
                y_px: (self.floor_px[1] + (down * roll_cos - right * roll_sin) * self.px_per_m) as f32,
                z_px: ((away - middle[2]) * self.px_per_m) as f32,
                visibility: 0.95,
                presence: 0.98,
            }
        });
        let world = std::array::from_fn(|i| std::array::from_fn(|k| (points[i][k] - middle[k]) as f32));
        let pose = Pose { flag: 1.0, landmarks, world, outline: Outline::default() };
        PoseEstimate { seq, at: Timestamp::from_secs(t), size: self.size, pose: Some(pose) }
    }

    /// The same with a silhouette: the back bulges by `back_m` between hips and shoulders, evenly curved.
    pub fn see_back(&self, figure: &Figure, back_m: f64, seq: u64, t: f64) -> PoseEstimate {
        let mut estimate = self.see(figure, seq, t);
        let outline = |bulge_m: f64| {
            std::array::from_fn(|i| {
                let along = i as f64 / (OUTLINE_SAMPLES - 1) as f64;
                Some(((HALF_DEPTH_M + bulge_m * 4.0 * along * (1.0 - along)) * self.px_per_m) as f32)
            })
        };
        let (back, front) = (outline(back_m), outline(-back_m));
        // Seen from the left the front of the body is counter-clockwise of the line from hip to shoulder.
        let left_is_near = self.yaw_deg.to_radians().sin() > 0.0;
        let (ccw_px, cw_px) = if left_is_near { (front, back) } else { (back, front) };
        if let Some(pose) = &mut estimate.pose {
            pose.outline.trunk = ChordOutline { ccw_px, cw_px };
        }
        estimate
    }

    /// A film of `length_s` seconds.
    pub fn film(&self, fps: f64, length_s: f64, figure_at: impl Fn(f64) -> Figure) -> Vec<PoseEstimate> {
        let frames = (length_s * fps) as u64;
        (0..frames).map(|i| self.see(&figure_at(i as f64 / fps), i, i as f64 / fps)).collect()
    }
}
