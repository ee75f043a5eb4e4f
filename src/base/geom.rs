//! Plane geometry on pixels: points, interior and signed angles.
//!
//! Image space: x to the right, y **down**, in pixels. Angles are computed with `atan2` on pixels, never on normalised
//! coordinates (at 16:9 a true 45 degrees would read 60.6) and never with `acos`.

use serde::{Deserialize, Serialize};

/// A point or vector in image pixels (x right, y down).
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// To the right, pixels.
    pub x: f64,
    /// Down, pixels.
    pub y: f64,
}

impl Point {
    /// A point from its coordinates.
    pub const fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }

    /// Length as a vector.
    pub fn length(self) -> f64 {
        self.x.hypot(self.y)
    }

    /// Dot product.
    pub fn dot(self, other: Self) -> f64 {
        self.x * other.x + self.y * other.y
    }

    /// The point halfway to `other`.
    pub fn midpoint(self, other: Self) -> Self {
        Self::new(f64::midpoint(self.x, other.x), f64::midpoint(self.y, other.y))
    }

    /// A quarter turn counter-clockwise as seen on the screen: right becomes up, up becomes left.
    pub fn quarter_turn_ccw(self) -> Self {
        Self::new(self.y, -self.x)
    }

    /// The unit vector, or `None` for a vector too short to have a direction.
    pub fn direction(self) -> Option<Self> {
        let length = self.length();
        (length > 1e-9).then(|| Self::new(self.x / length, self.y / length))
    }

    /// Angle of the vector above the horizontal, in radians, counter-clockwise on the screen, in (-pi, pi].
    pub fn screen_angle_rad(self) -> f64 {
        (-self.y).atan2(self.x)
    }
}

impl std::ops::Add for Point {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self::new(self.x + other.x, self.y + other.y)
    }
}

impl std::ops::Sub for Point {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self::new(self.x - other.x, self.y - other.y)
    }
}

impl std::ops::Mul<f64> for Point {
    type Output = Self;
    fn mul(self, k: f64) -> Self {
        Self::new(self.x * k, self.y * k)
    }
}

/// Wraps an angle in degrees to (-180, 180].
pub fn wrap_deg(angle_deg: f64) -> f64 {
    let wrapped = (angle_deg + 180.0).rem_euclid(360.0) - 180.0;
    if wrapped <= -180.0 { 180.0 } else { wrapped }
}

/// Angle from `from` to `to`, counter-clockwise on the screen, degrees in (-180, 180]; `None` if either has no direction.
pub fn turn_deg(from: Point, to: Point) -> Option<f64> {
    from.direction()?;
    to.direction()?;
    Some(wrap_deg((to.screen_angle_rad() - from.screen_angle_rad()).to_degrees()))
}

/// Interior angle at `vertex` between `a` and `c`, degrees in [0, 180]; `None` when an arm has no length.
pub fn interior_angle_deg(a: Point, vertex: Point, c: Point) -> Option<f64> {
    turn_deg(a - vertex, c - vertex).map(f64::abs)
}

/// Elevation of the line `from -> to` above the horizontal, degrees in [-90, 90], whichever way it points sideways.
pub fn elevation_deg(from: Point, to: Point) -> Option<f64> {
    let v = to - from;
    v.direction()?;
    Some((-v.y).atan2(v.x.abs()).to_degrees())
}

/// Inclination of the line `from -> to` against the upright, degrees in [0, 180]: 0 points up, 90 is level.
pub fn inclination_deg(from: Point, to: Point) -> Option<f64> {
    elevation_deg(from, to).map(|e| 90.0 - e)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn angles_are_those_of_the_picture() {
        let o = Point::new(0.0, 0.0);
        let cases = [
            ("right angle", Point::new(10.0, 0.0), Point::new(0.0, -10.0), 90.0),
            ("straight", Point::new(10.0, 0.0), Point::new(-3.0, 0.0), 180.0),
            ("true 45 in a wide picture", Point::new(640.0, 0.0), Point::new(360.0, -360.0), 45.0),
            ("folded", Point::new(1.0, 1.0), Point::new(2.0, 2.0), 0.0),
        ];
        let wrong: Vec<_> = cases
            .iter()
            .filter(|(_, a, c, want)| (interior_angle_deg(*a, o, *c).unwrap_or(f64::NAN) - want).abs() > 1e-9)
            .map(|c| c.0)
            .collect();
        assert!(wrong.is_empty(), "wrong: {wrong:?}");
    }

    #[test]
    fn a_signed_turn_passes_180_by_changing_sign_and_a_point_has_no_angle() {
        let right = Point::new(1.0, 0.0);
        assert_eq!(turn_deg(right, right.quarter_turn_ccw()), Some(90.0));
        assert_eq!(turn_deg(right, Point::new(0.0, 1.0)), Some(-90.0));
        assert_eq!(turn_deg(right, Point::new(0.0, 0.0)), None);
        assert_eq!(wrap_deg(190.0), -170.0);
        assert_eq!(wrap_deg(-180.0), 180.0);
    }

    #[test]
    fn inclination_and_elevation_do_not_depend_on_facing() {
        let hip = Point::new(0.0, 0.0);
        for x in [-10.0, 10.0] {
            assert_eq!(elevation_deg(hip, Point::new(x, -10.0)), Some(45.0));
            assert_eq!(inclination_deg(hip, Point::new(x, 0.0)), Some(90.0));
        }
    }
}
