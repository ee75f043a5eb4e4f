//! Counting against the truth: recorded traces of rendered people, as they are and made worse.
//!
//! `make accuracy` measures the same from the clips themselves, pose model included; here the pose is recorded, so that
//! every exercise and many variants take seconds.

use crate::common::sets;
use flate2::read::GzDecoder;
use formcheck::counting::engine::SetResult;
use formcheck::counting::recognise::Recogniser;
use formcheck::counting::record::{Rep, RepSide};
use formcheck::counting::runner::SetOrigin;
use formcheck::exercise::catalogue;
use formcheck::vision::frame::Size;
use formcheck::vision::pose::PoseEstimate;
use formcheck::vision::source::trace::TraceReader;
use serde_json::Value;
use std::fs::File;
use std::path::{Path, PathBuf};

/// A reported repetition may peak this far outside the true one, seconds.
const SLACK_S: f64 = 0.7;
/// Faults that no camera sees from where the clip's stands.
const HIDDEN: [&str; 3] = ["arms_off_wall", "hip_opens", "lumbar_hinge"];
/// The generator's names that are not our fault ids.
const FAULT_IDS: [(&str, &str); 6] = [
    ("shoulder_shrug", "shrug"),
    ("asymmetric_arms", "uneven"),
    ("rocking_back", "rocking"),
    ("torso_swing", "trunk_swing"),
    ("lumbar_sag", "back_sag"),
    ("lumbar_overarch", "overarch"),
];
/// The clips' tempo is free.
const TEMPO: [&str; 5] = ["too_fast", "rushed", "fast_release", "bounce", "half_range"];

struct Case {
    name: String,
    truth: Value,
    film: Vec<PoseEstimate>,
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

fn cases() -> Vec<Case> {
    let folder = tempfile::tempdir().unwrap();
    let mut packed: Vec<PathBuf> =
        std::fs::read_dir(fixtures().join("traces")).unwrap().map(|e| e.unwrap().path()).collect();
    packed.sort();
    let case = |path: &PathBuf| {
        let name = path.file_name().unwrap().to_str().unwrap().trim_end_matches(".jsonl.gz").to_owned();
        let truth = fixtures().join("clips").join(format!("{name}.truth.json"));
        let plain = folder.path().join(format!("{name}.jsonl"));
        std::io::copy(&mut GzDecoder::new(File::open(path).unwrap()), &mut File::create(&plain).unwrap()).unwrap();
        let mut reader = TraceReader::open(&plain).unwrap();
        let film = std::iter::from_fn(|| reader.next_estimate().unwrap()).collect();
        Case { name, truth: serde_json::from_str(&std::fs::read_to_string(truth).unwrap()).unwrap(), film }
    };
    let cases: Vec<Case> = packed.iter().map(case).collect();
    assert_eq!(cases.len(), 15, "ten exercises and five people who do not exercise");
    cases
}

impl Case {
    /// The exercises it is judged as, and the hold target to judge with.
    fn runs(&self) -> Vec<(String, f64)> {
        let holds = self.reps(true).filter_map(|r| r["hold"]["seconds"].as_f64());
        let shortest = holds.reduce(f64::min);
        match self.truth["judge_as"].as_array() {
            Some(all) => all.iter().map(|e| (e.as_str().unwrap().to_owned(), 2.0)).collect(),
            None => vec![(self.truth["exercise"].as_str().unwrap().to_owned(), shortest.map_or(0.3, |s| 0.6 * s))],
        }
    }

    /// The other way round: what was the person's left is their right.
    fn mirrored(&self) -> Self {
        let mut truth = self.truth.clone();
        for rep in truth["reps"].as_array_mut().into_iter().flatten() {
            let side = rep["side"].as_str().map(|s| if s == "left" { "right" } else { "left" });
            rep["side"] = side.into();
        }
        Self { name: self.name.clone(), truth, film: self.film.iter().map(|e| e.clone().mirrored()).collect() }
    }

    fn reps(&self, counts: bool) -> impl Iterator<Item = &Value> {
        let all = self.truth["reps"].as_array().map(Vec::as_slice).unwrap_or_default();
        all.iter().filter(move |r| r["counts"].as_bool().unwrap_or(true) == counts)
    }
}

fn follow(film: &[PoseEstimate], exercise: &str, target_hold_s: f64) -> SetResult {
    sets::follow(sets::plan(exercise).holding_s(Some(target_hold_s)), film).1
}

/// What is wrong with a record, in words; empty when it agrees with the truth.
fn mistakes(case: &Case, record: &SetResult) -> Vec<String> {
    if let Some(active_s) = case.truth["active_s"].as_f64() {
        let off_s = (record.active_s - active_s).abs();
        let is_off = off_s > (0.1 * active_s).max(1.5);
        return is_off.then(|| format!("active {:.1} of {active_s:.1} s", record.active_s)).into_iter().collect();
    }
    let mut counted: Vec<&Rep> = record.reps.iter().filter(|r| r.counted).collect();
    let mut wrong = Vec::new();
    for t in case.reps(true) {
        let (start_s, end_s) = (t["start"].as_f64().unwrap(), t["end"].as_f64().unwrap());
        let found = counted.iter().position(|r| (start_s - SLACK_S..=end_s + SLACK_S).contains(&r.peak_s));
        let Some(found) = found else {
            wrong.push(format!("missed the one at {start_s:.1} s"));
            continue;
        };
        let rep = counted.remove(found);
        let side = match t["side"].as_str() {
            Some("left") => Some(RepSide::Left),
            Some("right") => Some(RepSide::Right),
            _ => None,
        };
        if side.is_some() && rep.side != side {
            wrong.push(format!("side {:?} at {start_s:.1} s", rep.side));
        }
    }
    wrong.extend(counted.iter().map(|r| format!("a false one at {:.1} s", r.peak_s)));
    if case.truth["judge_as"].is_array() && record.active_s > 3.0 {
        wrong.push(format!("{:.1} s active", record.active_s));
    }
    wrong
}

/// Runs every case through `change` and lists what is wrong.
fn all_mistakes(cases: &[Case], change: impl Fn(&[PoseEstimate]) -> Vec<PoseEstimate>) -> Vec<String> {
    let mut wrong = Vec::new();
    for case in cases {
        let film = change(&case.film);
        for (exercise, target_hold_s) in case.runs() {
            let found = mistakes(case, &follow(&film, &exercise, target_hold_s));
            wrong.extend(found.iter().map(|m| format!("{} as {exercise}: {m}", case.name)));
        }
    }
    wrong
}

#[test]
fn every_exercise_is_counted_exactly_and_idle_people_give_nothing() {
    let wrong = all_mistakes(&cases(), <[PoseEstimate]>::to_vec);
    assert!(wrong.is_empty(), "wrong: {wrong:#?}");
}

#[test]
fn half_repetitions_are_listed_with_a_reason_and_faults_reported_on_their_repetition_only() {
    let (mut wrong, mut half, mut rejected) = (Vec::new(), 0, 0);
    for case in cases().iter().filter(|c| c.truth["judge_as"].is_null()) {
        let (exercise, target_hold_s) = case.runs().remove(0);
        let record = follow(&case.film, &exercise, target_hold_s);
        let inside = |t: &Value, r: &Rep| {
            let (start_s, end_s) = (t["start"].as_f64().unwrap(), t["end"].as_f64().unwrap());
            (start_s - SLACK_S..=end_s + SLACK_S).contains(&r.peak_s)
        };
        if case.truth["active_s"].is_null() {
            half += case.reps(false).count();
            let listed = |t: &&Value| record.reps.iter().any(|r| !r.counted && r.reason.is_some() && inside(t, r));
            rejected += case.reps(false).filter(listed).count();
        }
        for t in case.reps(true) {
            let names: Vec<&str> = t["faults"].as_array().unwrap().iter().filter_map(|f| f["name"].as_str()).collect();
            let id = |n: &&str| FAULT_IDS.iter().find(|(name, _)| name == n).map_or(*n, |(_, id)| id).to_owned();
            let visible = names.iter().filter(|n| !HIDDEN.contains(n));
            let mut want: Vec<String> = visible.map(id).filter(|i| !TEMPO.contains(&i.as_str())).collect();
            want.sort();
            let Some(rep) = record.reps.iter().find(|r| r.counted && inside(t, r)) else { continue };
            let mut have: Vec<String> = rep.faults.iter().filter(|f| !TEMPO.contains(&f.as_str())).cloned().collect();
            have.sort();
            if have != want && names.iter().all(|n| !HIDDEN.contains(n)) {
                wrong.push(format!("{} at {:.1} s: {have:?} in place of {want:?}", case.name, rep.peak_s));
            }
        }
    }
    assert!(wrong.is_empty(), "wrong: {wrong:#?}");
    assert_eq!((half, rejected), (18, 18), "half repetitions, and those listed as rejected");
}

#[test]
fn fewer_frames_dropouts_and_another_camera_change_no_count() {
    let cases = cases();
    let mut wrong = Vec::new();
    let mut try_with = |name: &str, change: &dyn Fn(&[PoseEstimate]) -> Vec<PoseEstimate>| {
        wrong.extend(all_mistakes(&cases, change).into_iter().map(|m| format!("{name}: {m}")));
    };
    let every = |keep: fn(usize) -> bool| {
        move |film: &[PoseEstimate]| {
            film.iter().enumerate().filter(|(i, _)| keep(*i)).map(|(_, e)| e.clone()).collect::<Vec<_>>()
        }
    };
    try_with("two of three frames: 8 a second", &every(|i| i % 3 != 2));
    try_with("every seventh frame dropped", &every(|i| i % 7 != 3));
    try_with("every fortieth to forty-third frame dropped", &every(|i| i % 40 > 3));
    try_with("nobody found in every ninth frame", &|film| {
        let blind =
            |(i, e): (usize, &PoseEstimate)| PoseEstimate { pose: e.pose.clone().filter(|_| i % 9 != 4), ..e.clone() };
        film.iter().enumerate().map(blind).collect()
    });
    for tilt_deg in [-8.0, -5.0, 5.0, 8.0] {
        try_with(&format!("tilted by {tilt_deg} degrees"), &|film| film.iter().map(|e| tilted(e, tilt_deg)).collect());
    }
    for share in [0.5, 2.25] {
        try_with(&format!("{share} of the size"), &|film| film.iter().map(|e| scaled(e, share)).collect());
    }
    let mirrored: Vec<Case> = cases.iter().map(Case::mirrored).collect();
    wrong.extend(all_mistakes(&mirrored, <[PoseEstimate]>::to_vec).into_iter().map(|m| format!("mirrored: {m}")));
    assert!(wrong.is_empty(), "wrong: {wrong:#?}");
}

/// The same picture from a camera that is tilted about its axis.
fn tilted(estimate: &PoseEstimate, by_deg: f32) -> PoseEstimate {
    let mut tilted = estimate.clone();
    let (sin, cos) = by_deg.to_radians().sin_cos();
    let turn = |x: f32, y: f32| (x * cos - y * sin, x * sin + y * cos);
    let (mid_x, mid_y) = (estimate.size.width as f32 / 2.0, estimate.size.height as f32 / 2.0);
    if let Some(pose) = &mut tilted.pose {
        for l in &mut pose.landmarks {
            let (x, y) = turn(l.x_px - mid_x, l.y_px - mid_y);
            (l.x_px, l.y_px) = (x + mid_x, y + mid_y);
        }
        for w in &mut pose.world {
            (w[0], w[1]) = turn(w[0], w[1]);
        }
    }
    tilted
}

/// The same picture, larger or smaller.
fn scaled(estimate: &PoseEstimate, by: f32) -> PoseEstimate {
    let mut scaled = estimate.clone();
    let side = |px: u32| (px as f32 * by).round() as u32;
    scaled.size = Size::new(side(estimate.size.width), side(estimate.size.height));
    if let Some(pose) = &mut scaled.pose {
        for l in &mut pose.landmarks {
            (l.x_px, l.y_px, l.z_px) = (l.x_px * by, l.y_px * by, l.z_px * by);
        }
        for chord in [&mut pose.outline.trunk, &mut pose.outline.left_thigh, &mut pose.outline.right_thigh] {
            chord.ccw_px.iter_mut().chain(&mut chord.cw_px).flatten().for_each(|px| *px *= by);
        }
    }
    scaled
}

#[test]
fn the_exercise_is_recognised_and_idle_people_do_none() {
    let all = catalogue::load_all().unwrap();
    let mut wrong = Vec::new();
    for case in cases() {
        let mut recogniser = Recogniser::new(all.clone(), None, &SetOrigin::default());
        sets::tracked(&case.film).for_each(|pose| recogniser.step(&pose));
        let found = recogniser.finish().unwrap();
        let id = found.plan.as_ref().map(|p| p.exercise.id.as_str());
        let want = Some(case.truth["exercise"].as_str().unwrap()).filter(|e| *e != "none");
        if id != want {
            wrong.push(format!("{} taken for {id:?}: {:?}", case.name, &found.candidates[..3]));
        }
    }
    assert!(wrong.is_empty(), "wrong: {wrong:#?}");
}
