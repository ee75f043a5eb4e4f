//! Which exercise is it: every exercise follows the same recording, and the one that explains most of it wins.
//!
//! In: pose estimates. Out: [`Candidate`]s, the likeliest first. An exercise explains the time of the repetitions it counts;
//! what it has to reject does so by half.

use crate::base::skeleton::Landmark;
use crate::counting::engine::{Engine, EngineOptions, SetResult};
use crate::counting::key_pose::{KeyPose, KeyPosePicker};
use crate::counting::record::{Candidate, Rep};
use crate::exercise::{ExerciseDef, Mode, Pattern};
use crate::motion::signal::PointRef;
use crate::vision::pose::PoseEstimate;
use std::sync::Arc;

/// Holds of this length are enough to recognise an exercise by, seconds.
const HOLD_S: f64 = 1.0;
/// A repetition explains no more time than this, seconds: sitting down and getting up minutes later is no squat.
const LONGEST_REP_S: f64 = 8.0;
/// The same for a hold, seconds.
const LONGEST_HOLD_S: f64 = 30.0;
/// What does not count speaks for its exercise by this share: half a repetition is still one of that kind.
const REJECTED_SHARE: f64 = 0.5;
/// Rolling is the least particular of patterns: whatever goes back and forth on the floor looks like it.
const PASSES_WEIGHT: f64 = 0.4;
/// Arms bend in many movements of the whole body.
const ARMS_WEIGHT: f64 = 0.6;
/// Under this confidence nothing is recognised.
pub const SURE: f64 = 0.14;

/// What a recording was taken for.
#[derive(Clone, Debug, PartialEq)]
pub struct Recognised {
    /// All exercises with their confidence, the likeliest first; equal ones by id.
    pub candidates: Vec<Candidate>,
    /// The likeliest one, if its confidence reaches [`SURE`].
    pub exercise: Option<Arc<ExerciseDef>>,
    /// The record of that exercise; without repetitions when none was recognised.
    pub record: SetResult,
    /// Stills of its repetitions, for the report.
    pub stills: Vec<KeyPose>,
}

/// Follows all exercises at once.
pub struct Recogniser {
    watchers: Vec<Watcher>,
}

/// One exercise: followed with short holds to recognise it by, and as it was asked for.
struct Watcher {
    def: Arc<ExerciseDef>,
    quick: Engine,
    asked: Engine,
    stills: KeyPosePicker,
}

impl Recogniser {
    /// Chooses among `exercises`, at least one; `options` for the record.
    pub fn new(exercises: Vec<ExerciseDef>, options: EngineOptions) -> Self {
        let quick = EngineOptions { target_hold_s: Some(HOLD_S), ..EngineOptions::default() };
        let watcher = |def| {
            let def = Arc::new(def);
            let stills = KeyPosePicker::default();
            let [quick, asked] = [quick, options].map(|options| Engine::new(Arc::clone(&def), options));
            Watcher { def, quick, asked, stills }
        };
        Self { watchers: exercises.into_iter().map(watcher).collect() }
    }

    /// Takes the next estimate.
    pub fn step(&mut self, estimate: &PoseEstimate) {
        for watcher in &mut self.watchers {
            watcher.quick.step(estimate);
            let step = watcher.asked.step(estimate);
            watcher.stills.step(&step.tracked, step.events.iter().filter_map(|e| e.kind.rep()));
        }
    }

    /// The verdict; `None` without exercises.
    pub fn finish(self) -> Option<Recognised> {
        let judged = |mut w: Watcher| {
            let confidence = confidence(&w.def, &w.quick.finish().1);
            (Candidate { id: w.def.id.clone(), confidence: (confidence * 1e3).round() / 1e3 }, w)
        };
        let mut judged: Vec<_> = self.watchers.into_iter().map(judged).collect();
        judged.sort_by(|(a, _), (b, _)| b.confidence.total_cmp(&a.confidence).then_with(|| a.id.cmp(&b.id)));
        let candidates: Vec<Candidate> = judged.iter().map(|(c, _)| c.clone()).collect();
        let (best, mut watcher) = judged.into_iter().next()?;
        let mut record = watcher.asked.finish().1;
        let exercise = (best.confidence >= SURE).then_some(watcher.def);
        if exercise.is_none() {
            record = record.of_no_exercise();
        }
        let stills = watcher.stills.chosen(&record.reps);
        Some(Recognised { candidates, exercise, record, stills })
    }
}

/// How well an exercise explains a recording, 0..1.
fn confidence(def: &ExerciseDef, record: &SetResult) -> f64 {
    let longest_s = if def.mode == Mode::Hold { LONGEST_HOLD_S } else { LONGEST_REP_S };
    let takes_s = |r: &Rep| (r.end_s - r.start_s).min(longest_s) * if r.counted { 1.0 } else { REJECTED_SHARE };
    let explained_s = if def.mode == Mode::Duration { record.active_s } else { record.reps.iter().map(takes_s).sum() };
    let count = record.reps.iter().filter(|r| r.counted).count() as f64;
    let rejected = record.reps.len() as f64 - count;
    let seen_s = record.duration_s * record.tracked_fraction;
    if count < 1.0 || seen_s <= 0.0 {
        return 0.0;
    }
    // One repetition without a hold may be anything.
    let repeated = if def.mode == Mode::Hold { count / (count + 1.0) } else { count * count / (count * count + 2.0) };
    let steady = repeated * (count + REJECTED_SHARE * rejected) / (count + rejected);
    let particular = if def.count.pattern == Pattern::Passes {
        PASSES_WEIGHT
    } else if counts_arms_only(def) {
        ARMS_WEIGHT
    } else {
        1.0
    };
    (explained_s / seen_s).min(1.0) * steady * particular
}

/// Whether what is counted depends on the arms alone.
fn counts_arms_only(def: &ExerciseDef) -> bool {
    let is_arm = |p: &PointRef| {
        let (PointRef::Landmark(l) | PointRef::Near(l) | PointRef::Far(l) | PointRef::Mid(l)) = *p;
        [Landmark::LeftShoulder, Landmark::LeftElbow, Landmark::LeftWrist].iter().any(|a| l == *a || l.mirror() == *a)
    };
    let mut ahead: Vec<usize> = def.count.channels.iter().map(|c| c.signal).collect();
    // Many may refer to one; looking at it each time would double with every step down.
    let mut seen = vec![false; def.signals.len()];
    while let Some(i) = ahead.pop() {
        if std::mem::replace(&mut seen[i], true) {
            continue;
        }
        let (points, parts) = (def.signals[i].points(), def.signals[i].parts());
        if (points.is_empty() && parts.is_empty()) || !points.iter().all(is_arm) {
            return false;
        }
        ahead.extend(parts);
    }
    true
}
