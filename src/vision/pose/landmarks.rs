//! The landmark model on a rotated crop: decode, heatmap refinement, projection back into the picture.
//!
//! Source: `pose_landmark_by_roi_cpu.pbtxt`, `tensors_to_pose_landmarks_and_segmentation.pbtxt`,
//! `refine_landmarks_from_heatmap_calculator.cc`, `world_landmark_projection_calculator.cc`.

use super::crop::{Border, crop_into};
use super::estimate::{Pose, PoseError, Runner, check_input_shape, output_of_shape, sigmoid};
use super::landmark::LandmarkEstimate;
use super::mask::{FEATURE_SHAPE, MaskMemory, TAIL_WEIGHTS};
use super::outline::{Chords, Outline};
use super::roi::Roi;
use crate::base::geom::Point;
use crate::base::skeleton::LANDMARK_COUNT;
use crate::vision::frame::Frame;

/// Side of the square input in pixels; landmark coordinates and the mask use the same grid.
pub const LANDMARK_SIDE: usize = 256;
/// Landmarks in the tensors: 33 of the body, 2 that place the next crop, 4 unused.
const TENSOR_LANDMARKS: usize = 39;
/// Values per landmark in the tensor: x, y, z, visibility, presence.
const LANDMARK_VALUES: usize = 5;
/// Side of the heatmap.
const HEATMAP_SIDE: usize = 64;
/// Cells on either side of the landmark that refine it: a kernel of 9, the calculator's default. The graph's text asks for 7,
/// but what MediaPipe 0.10.14 gives is that of 9 in every picture of `tests/it/parity.rs`.
const REFINE_REACH: usize = 4;
/// Least heatmap peak that may move a landmark (`min_confidence_to_refine: 0.5`).
const REFINE_MIN_CONFIDENCE: f32 = 0.5;

/// What the landmark model saw in one crop.
#[derive(Clone, Debug)]
pub struct LandmarkResult {
    /// The pose in image pixels; its flag tells whether a person was there at all.
    pub pose: Pose,
    /// The two auxiliary landmarks in image pixels: hips and the point that scales the next crop.
    pub auxiliary: [Point; 2],
}

/// The landmark model with its tensors.
pub struct LandmarkModel<R> {
    runner: R,
    at: OutputIndex,
    input: Vec<f32>,
    outputs: Vec<Vec<f32>>,
    mask: MaskMemory,
    chords: Chords,
}

#[derive(Clone, Copy)]
struct OutputIndex {
    landmarks: usize,
    flag: usize,
    /// What the mask is computed from, and the weights of its last layers.
    mask: [usize; 2],
    heatmap: usize,
    world: usize,
}

impl<R: Runner> LandmarkModel<R> {
    /// Binds the model's outputs by their shapes, which are all different.
    ///
    /// # Errors
    /// When the model has other shapes.
    pub fn new(runner: R) -> Result<Self, PoseError> {
        check_input_shape(&runner, &[1, LANDMARK_SIDE, LANDMARK_SIDE, 3])?;
        let at = OutputIndex {
            landmarks: output_of_shape(&runner, &[1, TENSOR_LANDMARKS * LANDMARK_VALUES])?,
            flag: output_of_shape(&runner, &[1, 1])?,
            mask: [output_of_shape(&runner, &FEATURE_SHAPE)?, output_of_shape(&runner, &[1, TAIL_WEIGHTS])?],
            heatmap: output_of_shape(&runner, &[1, HEATMAP_SIDE, HEATMAP_SIDE, TENSOR_LANDMARKS])?,
            world: output_of_shape(&runner, &[1, TENSOR_LANDMARKS * 3])?,
        };
        let outputs = vec![Vec::new(); runner.output_shapes().len()];
        Ok(Self { runner, at, input: Vec::new(), outputs, mask: MaskMemory::default(), chords: Chords::All })
    }

    /// Samples only these chords from now on.
    pub fn sample(&mut self, chords: Chords) {
        self.chords = chords;
    }

    /// Cuts the crop out of the frame, values in 0..1.
    pub fn prepare(&mut self, frame: &Frame, roi: &Roi) {
        crop_into(&frame.rgb, frame.size, roi, Border::Replicate, (0.0, 1.0), LANDMARK_SIDE, &mut self.input);
    }

    /// Runs the model on the crop prepared last.
    ///
    /// # Errors
    /// When inference fails.
    pub fn infer(&mut self) -> Result<(), PoseError> {
        self.runner.run(&self.input, &mut self.outputs)
    }

    /// Reads the tensors of the last run as a pose in the picture that `roi` was cut from.
    pub fn decode(&mut self, roi: &Roi) -> LandmarkResult {
        let out = |i: usize| self.outputs[i].as_slice();
        let mut units = unit_landmarks(out(self.at.landmarks));
        refine(&mut units, out(self.at.heatmap));
        let flag = out(self.at.flag).first().copied().unwrap_or(0.0);
        let in_image = |u: &UnitLandmark| roi.image_from_unit(f64::from(u.x), f64::from(u.y));
        let landmarks: [LandmarkEstimate; LANDMARK_COUNT] = std::array::from_fn(|i| {
            let p = in_image(&units[i]);
            LandmarkEstimate {
                x_px: p.x as f32,
                y_px: p.y as f32,
                z_px: units[i].z * roi.side_px as f32,
                visibility: units[i].visibility,
                presence: units[i].presence,
            }
        });
        let auxiliary = [in_image(&units[LANDMARK_COUNT]), in_image(&units[LANDMARK_COUNT + 1])];
        let world = world_landmarks(out(self.at.world), roi);
        let [features, weights] = self.at.mask.map(out);
        let mask = if self.chords == Chords::None { None } else { self.mask.mask(features, weights) };
        let sampled = mask.map(|mut m| Outline::sample(&mut m, LANDMARK_SIDE, roi, &landmarks, self.chords));
        let outline = sampled.unwrap_or_default();
        LandmarkResult { pose: Pose { flag, landmarks, world, outline }, auxiliary }
    }
}

/// A landmark in 0..1 of the crop.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct UnitLandmark {
    x: f32,
    y: f32,
    z: f32,
    visibility: f32,
    presence: f32,
}

/// Decodes the landmark tensor: pixels of the crop to 0..1, visibility and presence through a sigmoid.
fn unit_landmarks(tensor: &[f32]) -> [UnitLandmark; TENSOR_LANDMARKS] {
    let side = LANDMARK_SIDE as f32;
    let mut units = [UnitLandmark::default(); TENSOR_LANDMARKS];
    for (unit, v) in units.iter_mut().zip(tensor.chunks_exact(LANDMARK_VALUES)) {
        *unit = UnitLandmark {
            x: v[0] / side,
            y: v[1] / side,
            z: v[2] / side,
            visibility: sigmoid(v[3]),
            presence: sigmoid(v[4]),
        };
    }
    units
}

/// Moves each landmark to the weighted mean of the heatmap around it, where the heatmap is sure enough.
fn refine(units: &mut [UnitLandmark; TENSOR_LANDMARKS], heatmap: &[f32]) {
    let side = HEATMAP_SIDE as f32;
    for (k, unit) in units.iter_mut().enumerate() {
        let (column, row) = ((unit.x * side).floor(), (unit.y * side).floor());
        if !(column >= 0.0 && row >= 0.0 && column < side && row < side) {
            continue;
        }
        let (column, row) = (column as usize, row as usize);
        let rows = row.saturating_sub(REFINE_REACH)..(row + REFINE_REACH + 1).min(HEATMAP_SIDE);
        let (mut sum, mut sum_x, mut sum_y, mut peak) = (0.0_f32, 0.0_f32, 0.0_f32, 0.0_f32);
        for r in rows {
            for c in column.saturating_sub(REFINE_REACH)..(column + REFINE_REACH + 1).min(HEATMAP_SIDE) {
                let raw = heatmap.get((r * HEATMAP_SIDE + c) * TENSOR_LANDMARKS + k).copied();
                let weight = raw.map_or(0.0, sigmoid);
                sum += weight;
                sum_x += c as f32 * weight;
                sum_y += r as f32 * weight;
                peak = peak.max(weight);
            }
        }
        if peak >= REFINE_MIN_CONFIDENCE && sum > 0.0 {
            unit.x = sum_x / side / sum;
            unit.y = sum_y / side / sum;
        }
    }
}

/// Turns the world landmarks back by the crop's rotation; they stay in metres.
fn world_landmarks(tensor: &[f32], roi: &Roi) -> [[f32; 3]; LANDMARK_COUNT] {
    let (sin, cos) = roi.rotation_rad.sin_cos();
    let (sin, cos) = (sin as f32, cos as f32);
    let mut world = [[0.0; 3]; LANDMARK_COUNT];
    for (point, v) in world.iter_mut().zip(tensor.chunks_exact(3)) {
        *point = [cos * v[0] - sin * v[1], sin * v[0] + cos * v[1], v[2]];
    }
    world
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sure_heatmap_moves_the_landmark_and_an_unsure_one_does_not() {
        let mut heatmap = vec![-20.0; HEATMAP_SIDE * HEATMAP_SIDE * TENSOR_LANDMARKS];
        let cell = |r: usize, c: usize, k: usize| (r * HEATMAP_SIDE + c) * TENSOR_LANDMARKS + k;
        heatmap[cell(10, 21, 0)] = 5.0;
        heatmap[cell(10, 22, 0)] = 5.0;
        heatmap[cell(10, 21, 1)] = -0.1;
        let start = UnitLandmark { x: 20.5 / 64.0, y: 11.0 / 64.0, ..UnitLandmark::default() };
        let mut units = [start; TENSOR_LANDMARKS];
        units[2].x = 1.5;
        refine(&mut units, &heatmap);
        assert!((units[0].x * 64.0 - 21.5).abs() < 1e-3 && (units[0].y * 64.0 - 10.0).abs() < 1e-3, "{:?}", units[0]);
        assert_eq!(units[1], start);
        assert_eq!(units[2].x, 1.5);
    }

    #[test]
    fn world_landmarks_turn_with_the_crop() {
        let tensor: Vec<f32> = [1.0, 2.0, 3.0].repeat(TENSOR_LANDMARKS);
        let roi = Roi { centre: Point::default(), side_px: 1.0, rotation_rad: std::f64::consts::FRAC_PI_2 };
        let [x, y, z] = world_landmarks(&tensor, &roi)[32];
        assert!((x + 2.0).abs() < 1e-6 && (y - 1.0).abs() < 1e-6 && z == 3.0);
    }
}
