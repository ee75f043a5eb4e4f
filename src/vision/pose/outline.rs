//! The silhouette's outline, sampled along trunk and thighs.
//!
//! No landmark lies on the spine, so the body's outline is the only view of it that one camera has. The mask is not kept:
//! for each chord (mid-shoulder to mid-hip, hip to knee) the distance from the chord to the outline is measured at equal
//! steps, on both sides of the chord. Distances scale with the crop, so they are given in image pixels.

use super::landmark::{LandmarkEstimate, STEPS_PER_PX, quantised};
use super::mask::MaskValues;
use super::roi::Roi;
use crate::base::geom::Point;
use crate::base::skeleton::{LANDMARK_COUNT, Landmark};

/// Samples along one chord, both ends included.
pub const OUTLINE_SAMPLES: usize = 17;
/// The mask's raw value (a logit) at the outline: probability one half.
const OUTLINE_LOGIT: f32 = 0.0;
/// Farthest search from the chord as a share of the chord's length.
const REACH: f64 = 1.0;

/// Which chords are sampled: the mask is computed only where it is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Chords {
    /// None: nothing asks for the outline.
    None,
    /// The trunk's, which signals read.
    Trunk,
    /// Trunk and thighs, as traces keep them.
    #[default]
    All,
}

/// Distances from one chord to the outline, image pixels; `None` where no outline was met inside the crop.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChordOutline {
    /// On the counter-clockwise side of the chord's direction as seen on the screen.
    pub ccw_px: [Option<f32>; OUTLINE_SAMPLES],
    /// On the clockwise side.
    pub cw_px: [Option<f32>; OUTLINE_SAMPLES],
}

/// The sampled outline of one frame.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outline {
    /// Along the line from mid-hip to mid-shoulder.
    pub trunk: ChordOutline,
    /// Along the line from left hip to left knee.
    pub left_thigh: ChordOutline,
    /// Along the line from right hip to right knee.
    pub right_thigh: ChordOutline,
}

impl Outline {
    /// Samples `chords` in a mask of `side` x `side` logits that covers `roi`.
    pub fn sample(
        mask: &mut impl MaskValues,
        side: usize,
        roi: &Roi,
        landmarks: &[LandmarkEstimate; LANDMARK_COUNT],
        chords: Chords,
    ) -> Self {
        let at = |l: Landmark| {
            let e = &landmarks[l.index()];
            Point::new(f64::from(e.x_px), f64::from(e.y_px))
        };
        let mut grid = MaskGrid { mask, side, roi };
        let mid_hip = at(Landmark::LeftHip).midpoint(at(Landmark::RightHip));
        let mid_shoulder = at(Landmark::LeftShoulder).midpoint(at(Landmark::RightShoulder));
        let mut outline = Self::default();
        if chords != Chords::None {
            outline.trunk = grid.chord(mid_hip, mid_shoulder);
        }
        if chords == Chords::All {
            outline.left_thigh = grid.chord(at(Landmark::LeftHip), at(Landmark::LeftKnee));
            outline.right_thigh = grid.chord(at(Landmark::RightHip), at(Landmark::RightKnee));
        }
        outline
    }

    pub(super) fn quantise(&mut self) {
        for chord in [&mut self.trunk, &mut self.left_thigh, &mut self.right_thigh] {
            for value in chord.ccw_px.iter_mut().chain(&mut chord.cw_px).flatten() {
                *value = quantised(*value, STEPS_PER_PX);
            }
        }
    }

    /// The outline as a mirrored camera would have given it.
    pub(super) fn mirrored(&self) -> Self {
        let flip = |c: &ChordOutline| ChordOutline { ccw_px: c.cw_px, cw_px: c.ccw_px };
        Self { trunk: flip(&self.trunk), left_thigh: flip(&self.right_thigh), right_thigh: flip(&self.left_thigh) }
    }
}

struct MaskGrid<'a, M> {
    mask: &'a mut M,
    side: usize,
    roi: &'a Roi,
}

impl<M: MaskValues> MaskGrid<'_, M> {
    /// Measures one chord given in image pixels.
    fn chord(&mut self, from: Point, to: Point) -> ChordOutline {
        let mut out = ChordOutline::default();
        let in_mask = |p: Point| {
            let (u, v) = self.roi.unit_from_image(p);
            Point::new(u * self.side as f64, v * self.side as f64)
        };
        let (a, b) = (in_mask(from), in_mask(to));
        let Some(direction) = (b - a).direction() else { return out };
        let reach = (b - a).length() * REACH;
        let px_per_cell = self.roi.side_px / self.side as f64;
        let ccw = direction.quarter_turn_ccw();
        for i in 0..OUTLINE_SAMPLES {
            let start = a + (b - a) * (i as f64 / (OUTLINE_SAMPLES - 1) as f64);
            let mut distance = |normal| self.walk(start, normal, reach).map(|d| (d * px_per_cell) as f32);
            out.ccw_px[i] = distance(ccw);
            out.cw_px[i] = distance(ccw * -1.0);
        }
        out
    }

    /// Distance in mask cells from `start` along `normal` to the outline, interpolated between cells. `None` when the
    /// start is outside the body or no outline comes before the crop's edge.
    fn walk(&mut self, start: Point, normal: Point, reach: f64) -> Option<f64> {
        let mut before = self.logit(start)?;
        if before <= OUTLINE_LOGIT {
            return None;
        }
        let mut distance = 1.0;
        while distance <= reach {
            let now = self.logit(start + normal * distance)?;
            if now <= OUTLINE_LOGIT {
                return Some(distance - 1.0 + f64::from((before - OUTLINE_LOGIT) / (before - now)));
            }
            before = now;
            distance += 1.0;
        }
        None
    }

    /// Bilinear value of the mask, `None` outside.
    fn logit(&mut self, p: Point) -> Option<f32> {
        let (fx, fy) = (p.x.floor(), p.y.floor());
        let last = (self.side - 1) as f64;
        if !(fx >= 0.0 && fy >= 0.0 && fx < last && fy < last) {
            return None;
        }
        let (x, y) = (fx as usize, fy as usize);
        let (wx, wy) = ((p.x - fx) as f32, (p.y - fy) as f32);
        let mut row = |y: usize| self.mask.logit(x, y) * (1.0 - wx) + self.mask.logit(x + 1, y) * wx;
        Some(row(y) * (1.0 - wy) + row(y + 1) * wy)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A body from row 40 to row 60.5.
    struct Band;

    impl MaskValues for Band {
        fn logit(&mut self, _: usize, y: usize) -> f32 {
            (y as f32 - 40.0).min(60.5 - y as f32)
        }
    }

    #[test]
    fn a_band_around_a_level_trunk_is_measured_on_both_sides() {
        // A mask of 100 cells; the picture is twice as large and shifted.
        let side = 100;
        let roi = Roi { centre: Point::new(100.0, 100.0), side_px: 200.0, rotation_rad: 0.0 };
        let mut grid = MaskGrid { mask: &mut Band, side, roi: &roi };
        let chord = grid.chord(Point::new(60.0, 100.0), Point::new(140.0, 100.0));
        let mean = |v: &[Option<f32>]| v.iter().flatten().sum::<f32>() / OUTLINE_SAMPLES as f32;
        assert!((mean(&chord.ccw_px) - 20.0).abs() < 0.01, "up: {:?}", chord.ccw_px);
        assert!((mean(&chord.cw_px) - 21.0).abs() < 0.01, "down: {:?}", chord.cw_px);
        let outside = grid.chord(Point::new(60.0, 20.0), Point::new(140.0, 20.0));
        assert!(outside.ccw_px.iter().all(Option::is_none));
    }
}
