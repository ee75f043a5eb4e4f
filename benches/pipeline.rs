//! Times of what surrounds inference: the crop, the decoding of tensors, and the engine's step.
//!
//! Inference itself is timed on a clip by `formcheck bench`.
#![allow(missing_docs, clippy::unwrap_used, reason = "a bench is no library, and it may stop where it fails")]

#[path = "../tests/it/common/skeleton/mod.rs"]
#[allow(dead_code, unused_imports, reason = "the tests use the rest")]
mod skeleton;

use criterion::measurement::WallTime;
use criterion::{BatchSize, BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main};
use formcheck::base::geom::Point;
use formcheck::base::skeleton::Side;
use formcheck::base::time::Timestamp;
use formcheck::counting::runner::SetRunner;
use formcheck::exercise::ExerciseDef;
use formcheck::exercise::plan::SetPlan;
use formcheck::motion::track::{PoseSmoother, TrackedPose};
use formcheck::vision::frame::{Frame, Size};
use formcheck::vision::pose::crop::{Border, crop_into};
use formcheck::vision::pose::landmarks::{LANDMARK_SIDE, LandmarkModel};
use formcheck::vision::pose::mask::{FEATURE_SHAPE, TAIL_WEIGHTS};
use formcheck::vision::pose::roi::Roi;
use formcheck::vision::pose::{PoseError, PoseEstimate, Runner};
use formcheck::vision::source::trace::TraceReader;
use skeleton::{Act, Camera, Script, bird_dog};
use std::hint::black_box;
use std::io::Read as _;
use std::sync::Arc;

const SIZE: Size = Size::new(640, 480);

/// A person filling most of the picture, turned a little, so that the crop leaves the picture at a corner.
fn roi() -> Roi {
    Roi { centre: Point::new(330.0, 250.0), side_px: 460.0, rotation_rad: 0.3 }
}

fn frame() -> Frame {
    let rgb = (0..SIZE.rgb_len()).map(|i| (i * 7 % 251) as u8).collect();
    Frame { seq: 0, at: Timestamp(0), size: SIZE, rgb }
}

/// Has the shapes of the landmark model and gives tensors in which a person is seen.
struct Dummy {
    shapes: Vec<Vec<usize>>,
}

impl Dummy {
    fn new() -> Self {
        let [features, weights] = [FEATURE_SHAPE.to_vec(), vec![1, TAIL_WEIGHTS]];
        let shapes = vec![vec![1, 195], vec![1, 1], features, weights, vec![1, 64, 64, 39], vec![1, 117]];
        Self { shapes }
    }
}

impl Runner for Dummy {
    fn input_shape(&self) -> &[usize] {
        &[1, LANDMARK_SIDE, LANDMARK_SIDE, 3]
    }

    fn output_shapes(&self) -> &[Vec<usize>] {
        &self.shapes
    }

    fn run(&mut self, _input: &[f32], outputs: &mut [Vec<f32>]) -> Result<(), PoseError> {
        for (out, shape) in outputs.iter_mut().zip(&self.shapes) {
            out.clear();
            let values = 0..shape.iter().product::<usize>();
            match shape.len() {
                // Weights of the mask's last layers.
                2 if shape[1] == TAIL_WEIGHTS => out.extend(values.map(|i| (i % 7) as f32 * 0.02 - 0.05)),
                // Landmarks spread over the crop; the flag.
                2 => out.extend(values.map(|i| 40.0 + (i * 37 % 176) as f32)),
                _ => out.extend(values.map(|i| (i % 9) as f32 - 4.0)),
            }
        }
        Ok(())
    }
}

fn crop(c: &mut Criterion) {
    let (frame, roi, mut out) = (frame(), roi(), Vec::new());
    c.bench_function("crop of a 640x480 picture to 256", |b| {
        b.iter(|| {
            let picture = black_box(&frame.rgb);
            crop_into(picture, SIZE, &roi, Border::Replicate, (0.0, 1.0), LANDMARK_SIDE, &mut out);
        });
    });
}

fn decode(c: &mut Criterion) {
    let mut model = LandmarkModel::new(Dummy::new()).unwrap();
    model.infer().unwrap();
    c.bench_function("decode of landmarks, heatmap and outline", |b| b.iter(|| model.decode(black_box(&roi()))));
}

/// A film as one smoother sees it.
fn tracked(film: &[PoseEstimate]) -> Vec<TrackedPose> {
    let mut smoother = PoseSmoother::default();
    film.iter().map(|estimate| smoother.step(estimate)).collect()
}

/// Times the engine over a film; throughput is frames a second.
fn steps(group: &mut BenchmarkGroup<'_, WallTime>, name: &str, plan: &Arc<SetPlan>, film: &[TrackedPose]) {
    group.throughput(Throughput::Elements(film.len() as u64));
    group.bench_function(name, |b| {
        let fresh = || SetRunner::new(Arc::clone(plan));
        b.iter_batched(
            fresh,
            |mut set| film.iter().map(|pose| set.step(pose).len()).sum::<usize>(),
            BatchSize::SmallInput,
        );
    });
}

/// A set of bird dogs, four holds of five seconds.
fn engine(c: &mut Criterion) {
    let sides = [Side::Left, Side::Right, Side::Left, Side::Right];
    let script = sides.iter().fold(Script::resting(2.0), |s, side| s.rep(Act::Diagonal(*side), 1.0, 1.0, 5.5, 1.5));
    let film = tracked(&Camera::at(90.0).film(30.0, script.length_s(), |t| {
        let (share, act) = script.at(t);
        bird_dog(share, act)
    }));
    let plan = Arc::new(SetPlan::of(ExerciseDef::load("bird_dog").unwrap()));
    let mut group = c.benchmark_group("engine");
    steps(&mut group, &format!("{} frames of bird dog", film.len()), &plan, &film);
    group.finish();
}

/// The recorded traces of the fixtures, each as its own exercise: time a frame is `time` over the number of frames.
fn traces(c: &mut Criterion) {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/traces");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    paths.sort();
    let mut group = c.benchmark_group("engine on recorded traces");
    for path in paths {
        let name = path.file_name().unwrap().to_string_lossy().replace(".jsonl.gz", "");
        let Some(plan) =
            name.strip_suffix("_b").and_then(|id| ExerciseDef::load(id).ok()).map(|d| Arc::new(SetPlan::of(d)))
        else {
            continue;
        };
        let mut text = String::new();
        flate2::read::GzDecoder::new(std::fs::File::open(&path).unwrap()).read_to_string(&mut text).unwrap();
        let plain = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.jsonl"));
        std::fs::write(&plain, text).unwrap();
        let mut reader = TraceReader::open(&plain).unwrap();
        let mut smoother = PoseSmoother::default();
        let film: Vec<TrackedPose> =
            std::iter::from_fn(|| reader.next_estimate().unwrap()).map(|e| smoother.step(&e)).collect();
        steps(&mut group, &name, &plan, &film);
    }
    group.finish();
}

/// An hour at 30 frames a second: of repetitions, and all of it one hold, in which nothing may grow with its length.
fn hour(c: &mut Criterion) {
    let resting = || Script::resting(2.0);
    let mut holds = resting();
    while holds.length_s() < 3600.0 {
        holds = holds.rep(Act::Diagonal(Side::Left), 1.0, 1.0, 5.5, 1.5);
    }
    let one = resting().rep(Act::Diagonal(Side::Left), 1.0, 1.0, 3590.0, 1.5);
    let plan = Arc::new(SetPlan::of(ExerciseDef::load("bird_dog").unwrap()));
    let mut group = c.benchmark_group("an hour at 30 frames a second");
    group.sample_size(10);
    for (name, script) in [("of holds", holds), ("in one hold", one)] {
        let film = tracked(&Camera::at(90.0).film(30.0, 3600.0, |t| {
            let (share, act) = script.at(t);
            bird_dog(share, act)
        }));
        group.bench_function(name, |b| {
            b.iter(|| {
                let mut set = SetRunner::new(Arc::clone(&plan));
                film.iter().map(|pose| set.step(pose).len()).sum::<usize>()
            });
        });
    }
    group.finish();
}

criterion_group!(benches, crop, decode, engine, traces, hour);
criterion_main!(benches);
