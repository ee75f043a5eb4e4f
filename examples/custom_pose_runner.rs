//! A pose runner of one's own in place of ONNX Runtime, here one that finds nobody: `cargo run --release --example
//! custom_pose_runner`.
#![allow(clippy::print_stdout, reason = "an example prints")]

use formcheck::{Frame, PersonFollower, PoseError, Runner, Size, Timestamp};
use std::error::Error;

/// A model of given shapes whose every output is the same number.
struct Flat {
    input: Vec<usize>,
    outputs: Vec<Vec<usize>>,
    value: f32,
}

impl Runner for Flat {
    fn input_shape(&self) -> &[usize] {
        &self.input
    }

    fn output_shapes(&self) -> &[Vec<usize>] {
        &self.outputs
    }

    fn run(&mut self, _input: &[f32], outputs: &mut [Vec<f32>]) -> Result<(), PoseError> {
        for (output, shape) in outputs.iter_mut().zip(&self.outputs) {
            output.clear();
            output.resize(shape.iter().product(), self.value);
        }
        Ok(())
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    // Outputs are bound by their shapes: the detector's boxes and scores, ...
    let detector =
        Flat { input: vec![1, 224, 224, 3], outputs: vec![vec![1, 2254, 12], vec![1, 2254, 1]], value: -9.0 };
    // ... and the landmark model's landmarks, pose flag, heatmap, world landmarks, and the mask before its last layers
    // with their weights.
    let landmarks = Flat {
        input: vec![1, 256, 256, 3],
        outputs: vec![vec![1, 195], vec![1, 1], vec![1, 64, 64, 39], vec![1, 117], vec![1, 8, 128, 128], vec![1, 377]],
        value: 0.0,
    };
    let mut follower = PersonFollower::with_runners(detector, landmarks)?;
    let size = Size::new(320, 240);
    let frame = Frame { seq: 0, at: Timestamp(0), size, rgb: vec![0; size.rgb_len()] };
    let estimate = follower.estimate(&frame)?;
    println!("somebody is seen: {}", estimate.pose.is_some());
    Ok(())
}
