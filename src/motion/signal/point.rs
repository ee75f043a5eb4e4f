//! Points that signals are measured between: landmarks by name, by nearness to the camera, or between left and right.

use super::body::{Body, Reading};
use crate::base::geom::Point;
use crate::base::skeleton::{Landmark, Side};
use crate::motion::track::TrackedPose;

/// A point of the body as exercise files name it: `left_wrist`, `near_hip`, `far_ankle`, `mid_shoulder`, `nose`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PointRef {
    /// One landmark.
    Landmark(Landmark),
    /// The landmark (given for the left side) on the side nearer to the camera.
    Near(Landmark),
    /// The landmark (given for the left side) on the farther side.
    Far(Landmark),
    /// Halfway between the left landmark and its mirror.
    Mid(Landmark),
}

/// The ends of the trunk line: between the hips, and between the shoulders.
pub(super) const TRUNK_LINE: [PointRef; 2] = [PointRef::Mid(Landmark::LeftHip), PointRef::Mid(Landmark::LeftShoulder)];

/// A located point.
#[derive(Clone, Copy, Debug)]
pub(super) struct Located {
    pub(super) pos: Point,
    pub(super) trusted: bool,
}

impl PointRef {
    /// The point called `name`.
    pub fn from_name(name: &str) -> Option<Self> {
        let left = |rest: &str| Landmark::from_name(&format!("left_{rest}"));
        if let Some(rest) = name.strip_prefix("near_") {
            left(rest).map(Self::Near)
        } else if let Some(rest) = name.strip_prefix("far_") {
            left(rest).map(Self::Far)
        } else if let Some(rest) = name.strip_prefix("mid_") {
            left(rest).map(Self::Mid)
        } else {
            Landmark::from_name(name).map(Self::Landmark)
        }
    }

    /// Every name there is, for suggestions.
    pub fn names() -> Vec<String> {
        let parts = Landmark::ALL.iter().filter_map(|l| l.name().strip_prefix("left_"));
        let relative = parts.flat_map(|p| ["near", "far", "mid"].map(|r| format!("{r}_{p}")));
        Landmark::ALL.iter().map(|l| l.name().to_owned()).chain(relative).collect()
    }

    /// The one landmark it stands for, given the near side; `None` for a midpoint or an unknown side.
    pub fn landmark(self, near: Option<Side>) -> Option<Landmark> {
        let on = |left: Landmark, side: Side| if side == Side::Left { left } else { left.mirror() };
        match self {
            Self::Landmark(l) => Some(l),
            Self::Near(left) => near.map(|side| on(left, side)),
            Self::Far(left) => near.map(|side| on(left, side.mirror())),
            Self::Mid(_) => None,
        }
    }

    /// The part of the body in words, without its side: "wrist".
    pub fn part_name(self) -> String {
        let (Self::Landmark(l) | Self::Near(l) | Self::Far(l) | Self::Mid(l)) = self;
        let name = l.name();
        let part = name.strip_prefix("left_").or_else(|| name.strip_prefix("right_")).unwrap_or(name);
        part.replace('_', " ")
    }

    /// Whether the point can be located in the pose, at least well enough to count by.
    pub fn is_placed(self, pose: &TrackedPose, near: Option<Side>) -> bool {
        self.locate(pose, near).is_some()
    }

    pub(super) fn locate(self, pose: &TrackedPose, near: Option<Side>) -> Option<Located> {
        let at = |l: Landmark| pose.points[l.index()].map(|p| Located { pos: p.pos, trusted: p.trusted });
        if let Self::Mid(left) = self {
            let (l, r) = (at(left)?, at(left.mirror())?);
            return Some(Located { pos: l.pos.midpoint(r.pos), trusted: l.trusted && r.trusted });
        }
        at(self.landmark(near)?)
    }

    /// World landmark in metres, with the trust of its picture point.
    pub(super) fn world(self, pose: &TrackedPose, near: Option<Side>) -> Option<([f64; 3], bool)> {
        let at = |l: Landmark| Some((pose.world[l.index()]?, pose.points[l.index()]?.trusted));
        if let Self::Mid(left) = self {
            let ((l, lt), (r, rt)) = (at(left)?, at(left.mirror())?);
            return Some((std::array::from_fn(|i| f64::midpoint(l[i], r[i])), lt && rt));
        }
        at(self.landmark(near)?)
    }
}

/// Collects points while remembering whether all are trusted.
pub(super) struct Points<'a> {
    pub(super) pose: &'a TrackedPose,
    pub(super) body: &'a Body,
    trusted: bool,
}

impl<'a> Points<'a> {
    pub(super) fn new(pose: &'a TrackedPose, body: &'a Body) -> Self {
        Self { pose, body, trusted: true }
    }

    fn at(&mut self, point: PointRef) -> Option<Point> {
        let located = point.locate(self.pose, self.body.near)?;
        self.trusted &= located.trusted;
        Some(located.pos)
    }

    /// Picture positions of points; `None` also when there are not as many as the caller takes.
    pub(super) fn all<const N: usize>(&mut self, points: &[PointRef]) -> Option<[Point; N]> {
        let points: [PointRef; N] = points.try_into().ok()?;
        let mut positions = [Point::default(); N];
        for (position, point) in positions.iter_mut().zip(points) {
            *position = self.at(point)?;
        }
        Some(positions)
    }

    /// World position of a point, metres.
    pub(super) fn world(&mut self, point: PointRef) -> Option<[f64; 3]> {
        let (pos, trusted) = point.world(self.pose, self.body.near)?;
        self.trusted &= trusted;
        Some(pos)
    }

    /// A value with the trust of all points used so far.
    pub(super) fn reading(&self, value: f64) -> Reading {
        Reading { value, trusted: self.trusted }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_and_the_near_side_is_the_persons_own() {
        let near = PointRef::from_name("near_wrist").unwrap();
        assert_eq!(near.landmark(Some(Side::Right)), Some(Landmark::RightWrist));
        assert_eq!(PointRef::from_name("far_wrist").unwrap().landmark(Some(Side::Right)), Some(Landmark::LeftWrist));
        assert_eq!(near.landmark(None), None);
        assert_eq!(PointRef::from_name("near_nose"), None);
        assert_eq!(PointRef::from_name("nose"), Some(PointRef::Landmark(Landmark::Nose)));
        let unread: Vec<_> = PointRef::names().into_iter().filter(|n| PointRef::from_name(n).is_none()).collect();
        assert!(unread.is_empty(), "{unread:?}");
    }
}
