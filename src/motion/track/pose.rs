//! One frame's person, smoothed.

use crate::base::geom::Point;
use crate::base::skeleton::{LANDMARK_COUNT, Landmark, Side};
use crate::base::time::Timestamp;
use crate::vision::frame::Size;
use crate::vision::pose::outline::Outline;

/// A landmark that is at least placed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TrackedPoint {
    /// Smoothed position, image pixels.
    pub pos: Point,
    /// Good enough to judge form by; else only to count by.
    pub trusted: bool,
}

/// One frame's person, smoothed. A landmark that is not even placed is `None`, never (0, 0).
#[derive(Clone, Debug, PartialEq)]
pub struct TrackedPose {
    /// Capture timestamp.
    pub at: Timestamp,
    /// Size of the picture.
    pub size: Size,
    /// Whether a person was found at all.
    pub found: bool,
    /// Smoothed landmarks, image pixels.
    pub points: [Option<TrackedPoint>; LANDMARK_COUNT],
    /// Smoothed world landmarks, metres; `None` where the landmark is not placed.
    pub world: [Option<[f64; 3]>; LANDMARK_COUNT],
    /// Yaw of the trunk against the camera: 0 from the front, +90 with the person's left side seen, 180 from behind.
    pub yaw_deg: Option<f64>,
    /// The side nearer to the camera, with hysteresis; `None` until a view shows one.
    pub near: Option<Side>,
    /// Length of the trunk in this frame, pixels.
    pub trunk_px: Option<f64>,
    /// Silhouette samples, unsmoothed.
    pub outline: Option<Box<Outline>>,
}

impl TrackedPose {
    /// A landmark's position if it is placed.
    pub fn point(&self, landmark: Landmark) -> Option<Point> {
        self.points[landmark.index()].map(|p| p.pos)
    }

    /// The point halfway between a landmark and its mirror, if both are placed.
    pub fn mid(&self, left: Landmark) -> Option<Point> {
        Some(self.point(left)?.midpoint(self.point(left.mirror())?))
    }
}
