//! Finds a person: letterbox, anchors, weighted non-maximum suppression.
//!
//! Source: `mediapipe/modules/pose_detection/pose_detection_cpu.pbtxt`.

use super::anchors::{ANCHOR_COUNT, anchor_centres};
use super::crop::{Border, crop_into};
use super::estimate::{PoseError, Runner, check_input_shape, output_of_shape, sigmoid};
use super::roi::Roi;
use crate::base::geom::Point;
use crate::vision::frame::{Frame, Size};

/// Side of the square input in pixels.
pub const DETECTOR_SIDE: usize = 224;
/// Values per box: centre, size and four keypoints.
const BOX_VALUES: usize = 12;
/// Least score of a person (`min_score_thresh`).
const MIN_SCORE: f32 = 0.5;
/// Scores are clipped before the sigmoid (`score_clipping_thresh`).
const SCORE_CLIP: f32 = 100.0;
/// Overlap from which boxes are merged (`min_suppression_threshold` of the legacy graph).
const MERGE_IOU: f32 = 0.3;

/// A person as the detector sees one, in image pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Detection {
    /// Confidence, 0.5..1.
    pub score: f32,
    /// Between the hips.
    pub hips: Point,
    /// The point that gives the whole body's size and rotation.
    pub scale_point: Point,
}

/// Box and keypoints in 0..1 of the detector's square input.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Candidate {
    score: f32,
    /// Corner x, corner y, opposite corner x, y.
    corners: [f32; 4],
    /// Hips x, y, scale point x, y.
    points: [f32; 4],
}

/// The detector with its tensors.
pub struct Detector<R> {
    runner: R,
    anchors: Vec<[f32; 2]>,
    boxes_at: usize,
    scores_at: usize,
    input: Vec<f32>,
    outputs: Vec<Vec<f32>>,
}

impl<R: Runner> Detector<R> {
    /// Binds the model's outputs by their shapes: boxes `[1, 2254, 12]`, scores `[1, 2254, 1]`.
    ///
    /// # Errors
    /// When the model has other shapes.
    pub fn new(runner: R) -> Result<Self, PoseError> {
        check_input_shape(&runner, &[1, DETECTOR_SIDE, DETECTOR_SIDE, 3])?;
        let boxes_at = output_of_shape(&runner, &[1, ANCHOR_COUNT, BOX_VALUES])?;
        let scores_at = output_of_shape(&runner, &[1, ANCHOR_COUNT, 1])?;
        let outputs = vec![Vec::new(); runner.output_shapes().len()];
        Ok(Self { runner, anchors: anchor_centres(), boxes_at, scores_at, input: Vec::new(), outputs })
    }

    /// People in the frame, best score first.
    ///
    /// # Errors
    /// When inference fails.
    pub fn detect(&mut self, frame: &Frame) -> Result<Vec<Detection>, PoseError> {
        let roi = Roi::letterbox(frame.size.width, frame.size.height);
        crop_into(&frame.rgb, frame.size, &roi, Border::Zero, (-1.0, 1.0), DETECTOR_SIDE, &mut self.input);
        self.runner.run(&self.input, &mut self.outputs)?;
        let found = candidates(&self.outputs[self.boxes_at], &self.outputs[self.scores_at], &self.anchors);
        Ok(merge(found).iter().map(|c| in_image(c, frame.size)).collect())
    }
}

/// Boxes whose score reaches the threshold, decoded against their anchors.
fn candidates(boxes: &[f32], scores: &[f32], anchors: &[[f32; 2]]) -> Vec<Candidate> {
    let side = DETECTOR_SIDE as f32;
    let rows = boxes.chunks_exact(BOX_VALUES).zip(scores).zip(anchors);
    rows.filter_map(|((values, &raw), &[ax, ay])| {
        let score = sigmoid(raw.clamp(-SCORE_CLIP, SCORE_CLIP));
        if score < MIN_SCORE {
            return None;
        }
        let [cx, cy] = [values[0] / side + ax, values[1] / side + ay];
        let [hw, hh] = [values[2] / side / 2.0, values[3] / side / 2.0];
        let points = std::array::from_fn(|i| values[4 + i] / side + if i % 2 == 0 { ax } else { ay });
        Some(Candidate { score, corners: [cx - hw, cy - hh, cx + hw, cy + hh], points })
    })
    .collect()
}

/// Weighted non-maximum suppression: boxes that overlap the best one are averaged by score, then the next best.
fn merge(mut left: Vec<Candidate>) -> Vec<Candidate> {
    left.sort_by(|a, b| b.score.total_cmp(&a.score));
    let mut merged = Vec::new();
    while let Some(&best) = left.first() {
        let (same, rest): (Vec<Candidate>, Vec<Candidate>) =
            left.iter().partition(|c| overlap(&c.corners, &best.corners) > MERGE_IOU);
        if same.is_empty() {
            // A box without an area overlaps nothing, not even itself.
            left.remove(0);
            merged.push(best);
            continue;
        }
        let total: f32 = same.iter().map(|c| c.score).sum();
        let mean = |pick: fn(&Candidate) -> &[f32; 4]| {
            std::array::from_fn(|i| same.iter().map(|c| pick(c)[i] * c.score).sum::<f32>() / total)
        };
        merged.push(Candidate { score: best.score, corners: mean(|c| &c.corners), points: mean(|c| &c.points) });
        left = rest;
    }
    merged
}

/// Intersection over union of two boxes given by corners.
fn overlap(a: &[f32; 4], b: &[f32; 4]) -> f32 {
    let width = (a[2].min(b[2]) - a[0].max(b[0])).max(0.0);
    let height = (a[3].min(b[3]) - a[1].max(b[1])).max(0.0);
    let area = |r: &[f32; 4]| (r[2] - r[0]).max(0.0) * (r[3] - r[1]).max(0.0);
    let union = area(a) + area(b) - width * height;
    if union > 0.0 { width * height / union } else { 0.0 }
}

fn in_image(c: &Candidate, size: Size) -> Detection {
    let square = Roi::letterbox(size.width, size.height);
    let point = |i: usize| square.image_from_unit(f64::from(c.points[i]), f64::from(c.points[i + 1]));
    Detection { score: c.score, hips: point(0), scale_point: point(2) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlapping_boxes_are_averaged_by_score_and_distant_ones_kept() {
        let at = |x: f32, score| Candidate { score, corners: [x, 0.0, x + 0.2, 0.2], points: [x, 0.0, x, 0.1] };
        let merged = merge(vec![at(0.02, 0.5), at(0.0, 1.0), at(0.7, 0.8)]);
        assert_eq!(merged.len(), 2);
        assert_eq!(merged[0].score, 1.0);
        assert!((merged[0].points[0] - 0.02 / 3.0).abs() < 1e-6);
        assert!((merged[1].points[0] - 0.7).abs() < 1e-6);
    }

    #[test]
    fn boxes_are_relative_to_their_anchor_and_weak_ones_dropped() {
        let mut boxes = vec![0.0; 24];
        boxes[..6].copy_from_slice(&[22.4, 0.0, 44.8, 44.8, -22.4, 11.2]);
        let found = candidates(&boxes, &[0.1, -0.1], &[[0.5, 0.5], [0.1, 0.1]]);
        assert_eq!(found.len(), 1);
        let near = |a: f32, b: f32| (a - b).abs() < 1e-6;
        assert!(near(found[0].corners[0], 0.5) && near(found[0].corners[3], 0.6), "{:?}", found[0]);
        assert!(near(found[0].points[0], 0.4) && near(found[0].points[1], 0.55), "{:?}", found[0]);
    }
}
