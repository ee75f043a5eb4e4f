//! Anchor centres of the person detector.
//!
//! Source: `mediapipe/calculators/tflite/ssd_anchors_calculator.cc` with the options of
//! `mediapipe/modules/pose_detection/pose_detection_cpu.pbtxt`: strides 8, 16, 32, 32, 32, offset 0.5, two anchors a layer
//! and cell, layers of equal stride merged, fixed anchor size (so only the centre matters).

/// Number of anchors: 28 x 28 x 2 + 14 x 14 x 2 + 7 x 7 x 6.
pub const ANCHOR_COUNT: usize = 2254;

/// Anchor centres as (x, y) in 0..1 of the detector's square input, in the order of its outputs.
pub fn anchor_centres() -> Vec<[f32; 2]> {
    let mut centres = Vec::with_capacity(ANCHOR_COUNT);
    for (cells, per_cell) in [(28_usize, 2), (14, 2), (7, 6)] {
        for row in 0..cells {
            for column in 0..cells {
                let centre = [(column as f32 + 0.5) / cells as f32, (row as f32 + 0.5) / cells as f32];
                centres.extend(std::iter::repeat_n(centre, per_cell));
            }
        }
    }
    centres
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_as_many_as_the_detector_has_outputs_and_x_runs_first() {
        let centres = anchor_centres();
        assert_eq!(centres.len(), ANCHOR_COUNT);
        assert_eq!(centres[0], [0.5 / 28.0, 0.5 / 28.0]);
        assert_eq!(centres[2], [1.5 / 28.0, 0.5 / 28.0]);
        assert_eq!(centres[ANCHOR_COUNT - 1], [6.5 / 7.0, 6.5 / 7.0]);
    }
}
