//! The line of the floor in the picture, under the body: a camera is rarely level.
//!
//! It is the edge of the body's lower hull below its middle, from the places its landmarks had while the gate opened. Of
//! left and right the place halfway is taken: the nearer hand or foot lies lower in the picture than the farther one. A
//! body that touches the floor in one place only (somebody standing) tells nothing of it; the picture's horizontal is taken
//! then.

use crate::base::geom::Point;
use crate::base::skeleton::{LANDMARK_COUNT, Landmark, Side};
use crate::base::stats::median;
use crate::motion::track::TrackedPose;

/// The edge must be at least so many trunk lengths long to tell a direction.
const MIN_EDGE: f64 = 0.6;
/// A floor steeper than this is none, degrees: a camera is not tilted so far.
const MAX_TILT_DEG: f64 = 15.0;

/// The floor as a line in the picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FloorLine {
    /// A point on it, image pixels.
    pub at: Point,
    /// Unit vector along it, to the picture's right.
    pub along: Point,
}

impl FloorLine {
    /// Height of a point above the line, pixels.
    pub fn height_px(&self, p: Point) -> f64 {
        (p - self.at).dot(self.along.quarter_turn_ccw())
    }

    /// How far it rises to the right, degrees.
    pub fn tilt_deg(&self) -> f64 {
        self.along.screen_angle_rad().to_degrees()
    }

    /// Fits the floor under the median places of the landmarks in `poses`; `None` when too little is placed.
    pub fn fit<'a>(poses: impl Iterator<Item = &'a TrackedPose>, trunk_px: f64) -> Option<Self> {
        let mut places: Vec<(Vec<f64>, Vec<f64>)> = vec![(Vec::new(), Vec::new()); LANDMARK_COUNT];
        for pose in poses {
            for (place, point) in places.iter_mut().zip(&pose.points) {
                if let Some(p) = point {
                    place.0.push(p.pos.x);
                    place.1.push(p.pos.y);
                }
            }
        }
        let middle =
            |i: usize| Some(Point::new(median(places[i].0.iter().copied())?, median(places[i].1.iter().copied())?));
        let halfway = |l: Landmark| match l.side() {
            None => middle(l.index()),
            Some(Side::Left) => Some(middle(l.index())?.midpoint(middle(l.mirror().index())?)),
            Some(Side::Right) => None,
        };
        let mut points: Vec<Point> = Landmark::ALL.into_iter().filter_map(halfway).collect();
        let hips = halfway(Landmark::LeftHip)?;
        points.sort_by(|a, b| a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y)));
        let hull = lower_hull(&points);
        let lowest = points.iter().copied().max_by(|a, b| a.y.total_cmp(&b.y))?;
        let level = Self { at: lowest, along: Point::new(1.0, 0.0) };
        let edge = hull.windows(2).find(|e| (e[0].x..=e[1].x).contains(&hips.x));
        let line = edge.filter(|e| (e[1] - e[0]).length() >= MIN_EDGE * trunk_px);
        let line = line.and_then(|e| Some(Self { at: e[0], along: (e[1] - e[0]).direction()? }));
        Some(line.filter(|l| l.tilt_deg().abs() <= MAX_TILT_DEG).unwrap_or(level))
    }
}

/// The hull's lower side as seen on the screen, from left to right; `points` sorted by x.
fn lower_hull(points: &[Point]) -> Vec<Point> {
    let mut hull: Vec<Point> = Vec::new();
    for &p in points {
        while let [.., a, b] = hull[..] {
            let (ab, ap) = (b - a, p - a);
            // On the screen y points down: a middle point above the line to the next one is not on the lower side.
            if ab.x * ap.y - ab.y * ap.x < 0.0 {
                break;
            }
            hull.pop();
        }
        hull.push(p);
    }
    hull
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lower_hull_passes_under_all_points_and_heights_are_square_to_the_floor() {
        let points = [(0.0, 10.0), (1.0, 2.0), (2.0, 9.0), (5.0, 12.0), (9.0, 6.0)].map(|(x, y)| Point::new(x, y));
        let hull = lower_hull(&points);
        assert_eq!(hull, [points[0], points[3], points[4]]);
        let floor = FloorLine { at: Point::new(0.0, 100.0), along: Point::new(0.8, -0.6) };
        assert!((floor.height_px(Point::new(0.0, 50.0)) - 40.0).abs() < 1e-9);
        assert!((floor.tilt_deg() - 36.87).abs() < 0.01);
    }
}
