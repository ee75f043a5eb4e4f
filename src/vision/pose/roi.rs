//! The rotated square around a person that the landmark model looks at.
//!
//! Source: `pose_detection_to_roi.pbtxt`, `pose_landmarks_to_roi.pbtxt`, `alignment_points_to_rects_calculator.cc`,
//! `rect_transformation_calculator.cc`.

use crate::base::geom::Point;

/// Enlargement of the square on both axes (`rect_transformation_calculator.cc` options in `pose_detection_to_roi.pbtxt`).
const ROI_SCALE: f64 = 1.25;

/// A rotated square in image pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Roi {
    /// Centre, image pixels.
    pub centre: Point,
    /// Side, image pixels.
    pub side_px: f64,
    /// Rotation, radians, clockwise on the screen (y points down): 0 for an upright person.
    pub rotation_rad: f64,
}

impl Roi {
    /// The enlarged square from the person's alignment points: centre at the hips, the other point gives size and rotation.
    /// `None` when the points coincide or are not finite.
    pub fn from_alignment(hips: Point, scale_point: Point) -> Option<Self> {
        let v = scale_point - hips;
        let distance_px = v.length();
        if !(distance_px.is_finite() && distance_px > 1.0) {
            return None;
        }
        let rotation = std::f64::consts::FRAC_PI_2 - (-v.y).atan2(v.x);
        Some(Self { centre: hips, side_px: 2.0 * distance_px * ROI_SCALE, rotation_rad: wrap_rad(rotation) })
    }

    /// The upright square that contains a whole picture, for the detector's letterbox.
    pub fn letterbox(width_px: u32, height_px: u32) -> Self {
        Self {
            centre: Point::new(f64::from(width_px) / 2.0, f64::from(height_px) / 2.0),
            side_px: f64::from(width_px.max(height_px)),
            rotation_rad: 0.0,
        }
    }

    /// Image pixels of a point given in 0..1 of the square (x right, y down in the square's own axes).
    pub fn image_from_unit(&self, u: f64, v: f64) -> Point {
        let (sin, cos) = self.rotation_rad.sin_cos();
        let (dx, dy) = ((u - 0.5) * self.side_px, (v - 0.5) * self.side_px);
        Point::new(self.centre.x + cos * dx - sin * dy, self.centre.y + sin * dx + cos * dy)
    }

    /// Position in 0..1 of the square of a point in image pixels.
    pub fn unit_from_image(&self, p: Point) -> (f64, f64) {
        let (sin, cos) = self.rotation_rad.sin_cos();
        let d = p - self.centre;
        ((cos * d.x + sin * d.y) / self.side_px + 0.5, (-sin * d.x + cos * d.y) / self.side_px + 0.5)
    }
}

/// Wraps to [-pi, pi) as `NormalizeRadians` does.
fn wrap_rad(angle: f64) -> f64 {
    use std::f64::consts::{PI, TAU};
    angle - TAU * ((angle + PI) / TAU).floor()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_upright_person_gives_no_rotation_and_a_lying_one_a_quarter_turn() {
        let hips = Point::new(100.0, 100.0);
        let cases = [
            ("upright", Point::new(100.0, 20.0), 0.0),
            ("head to the right", Point::new(180.0, 100.0), std::f64::consts::FRAC_PI_2),
            ("head to the left", Point::new(20.0, 100.0), -std::f64::consts::FRAC_PI_2),
        ];
        for (name, head, want) in cases {
            let roi = Roi::from_alignment(hips, head).unwrap();
            assert!((roi.rotation_rad - want).abs() < 1e-12, "{name}: {}", roi.rotation_rad);
            assert!((roi.side_px - 200.0).abs() < 1e-9, "{name}");
            // The scale point is straight above the centre of the crop.
            let (u, v) = roi.unit_from_image(head);
            assert!((u - 0.5).abs() < 1e-12 && (v - 0.1).abs() < 1e-12, "{name}: {u} {v}");
            let back = roi.image_from_unit(u, v);
            assert!((back - head).length() < 1e-9, "{name}");
        }
        assert_eq!(Roi::from_alignment(hips, hips), None);
        assert_eq!(Roi::from_alignment(hips, Point::new(f64::NAN, 0.0)), None);
    }
}
