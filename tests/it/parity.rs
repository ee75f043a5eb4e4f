//! The pose code against MediaPipe itself on the same weights: what `scripts/make_parity.py` wrote down for each picture.
#![cfg(feature = "onnx")]

use formcheck::base::geom::Point;
use formcheck::base::skeleton::Landmark;
use formcheck::base::time::Timestamp;
use formcheck::vision::frame::{Frame, Size};
use formcheck::vision::infer::manifest::ModelChoice;
use formcheck::vision::infer::onnx::{Models, OnnxFollower};
use formcheck::vision::pose::Pose;
use formcheck::vision::pose::landmark::WorldPoint;
use serde::Deserialize;
use std::fmt;
use std::path::{Path, PathBuf};

/// Landmarks that MediaPipe itself calls hidden are guesses; two guesses need not agree.
const MIN_VISIBILITY: f64 = 0.5;
/// On one machine the poses agree to 0.02 % of the trunk; other processors round a little differently.
const MAX_MEAN: f64 = 0.002;
const MAX_ONE: f64 = 0.01;
const MAX_WORLD_M: f64 = 0.002;

#[derive(Deserialize)]
struct Expected {
    pictures: Vec<Picture>,
}

#[derive(Deserialize)]
struct Picture {
    file: String,
    size_px: [u32; 2],
    /// x, y, z in pixels, visibility.
    landmarks: Vec<[f64; 4]>,
    world_m: Vec<[f64; 3]>,
}

/// How far a picture's pose is from the expected one.
struct Figures {
    file: String,
    /// Landmarks that were compared.
    trusted: usize,
    /// Distances in the picture as shares of the trunk.
    mean: f64,
    farthest: (f64, &'static str),
    /// Mean distance of world landmarks, metres.
    world_m: f64,
    /// Largest difference of a trusted landmark's visibility.
    visibility: f64,
}

impl Figures {
    fn of(picture: &Picture, pose: &Pose) -> Self {
        let at = |l: Landmark| {
            let [x, y, ..] = picture.landmarks[l.index()];
            Point::new(x, y)
        };
        let mid = |left: Landmark| at(left).midpoint(at(left.mirror()));
        let trunk_px = (mid(Landmark::LeftShoulder) - mid(Landmark::LeftHip)).length();
        let trusted: Vec<Landmark> =
            Landmark::ALL.into_iter().filter(|l| picture.landmarks[l.index()][3] >= MIN_VISIBILITY).collect();
        let shares: Vec<(f64, &str)> = trusted
            .iter()
            .map(|l| {
                let found = pose.landmark(*l);
                let found = Point::new(f64::from(found.x_px), f64::from(found.y_px));
                ((found - at(*l)).length() / trunk_px, l.name())
            })
            .collect();
        let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
        let world: Vec<f64> =
            trusted.iter().map(|l| apart(&pose.world[l.index()], &picture.world_m[l.index()])).collect();
        let visibility =
            trusted.iter().map(|l| (f64::from(pose.landmark(*l).visibility) - picture.landmarks[l.index()][3]).abs());
        Self {
            file: picture.file.clone(),
            trusted: trusted.len(),
            mean: mean(&shares.iter().map(|s| s.0).collect::<Vec<_>>()),
            farthest: shares.iter().copied().max_by(|a, b| a.0.total_cmp(&b.0)).unwrap(),
            world_m: mean(&world),
            visibility: visibility.fold(0.0, f64::max),
        }
    }

    fn is_near(&self) -> bool {
        self.trusted > 0 && self.mean <= MAX_MEAN && self.farthest.0 <= MAX_ONE && self.world_m <= MAX_WORLD_M
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (farthest, name) = self.farthest;
        write!(
            f,
            "{:26} {:2} landmarks, mean {:5.2} % of the trunk, farthest {:5.2} % ({name}), world {:4.1} mm, visibility {:.3}",
            self.file,
            self.trusted,
            100.0 * self.mean,
            100.0 * farthest,
            1000.0 * self.world_m,
            self.visibility
        )
    }
}

fn apart(found: &WorldPoint, expected: &[f64; 3]) -> f64 {
    found.iter().zip(expected).map(|(f, e)| (f64::from(*f) - e).powi(2)).sum::<f64>().sqrt()
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/parity")
}

fn look(tracker: &mut OnnxFollower, picture: &Picture) -> Option<Pose> {
    let rgb = image::open(folder().join(&picture.file)).unwrap().to_rgb8();
    let size = Size::new(rgb.width(), rgb.height());
    assert_eq!([size.width, size.height], picture.size_px, "{}: run scripts/make_parity.py again", picture.file);
    tracker.reset();
    let frame = Frame { seq: 0, at: Timestamp(0), size, rgb: rgb.into_raw() };
    tracker.estimate(&frame).unwrap().pose
}

#[test]
fn the_same_picture_gives_the_pose_that_mediapipe_gives() {
    let text = std::fs::read_to_string(folder().join("expected.json")).unwrap();
    let expected: Expected = serde_json::from_str(&text).unwrap();
    let mut tracker = Models::open().unwrap().follower(ModelChoice::Full).unwrap();
    let mut lines = Vec::new();
    let mut are_near = !expected.pictures.is_empty();
    for picture in &expected.pictures {
        let figures = look(&mut tracker, picture).map(|pose| Figures::of(picture, &pose));
        are_near &= figures.as_ref().is_some_and(Figures::is_near);
        lines.push(figures.map_or_else(|| format!("{:26} nobody found", picture.file), |f| f.to_string()));
    }
    println!("{}", lines.join("\n"));
    assert!(are_near, "not the pose that MediaPipe gives:\n{}", lines.join("\n"));
}
