//! Which exercise is it: every exercise follows the same recording, and the one that explains most of it wins.
//!
//! In: tracked poses. Out: [`Candidate`]s, the likeliest first. An exercise explains the time of the repetitions it counts;
//! what it has to reject does so by half.

use crate::base::skeleton::Landmark;
use crate::counting::record::{Candidate, Rep, Summary};
use crate::counting::runner::{FinishedSet, SetOrigin, SetRunner};
use crate::exercise::plan::SetPlan;
use crate::exercise::{ExerciseDef, Mode, Pattern};
use crate::motion::signal::PointRef;
use crate::motion::track::TrackedPose;
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
    pub plan: Option<Arc<SetPlan>>,
    /// The set of that exercise; without repetitions when none was recognised.
    pub set: FinishedSet,
}

/// Follows all exercises at once.
pub struct Recogniser {
    watchers: Vec<Watcher>,
}

/// One exercise: followed with short holds to recognise it by, and as it was asked for.
struct Watcher {
    quick: SetRunner,
    asked: SetRunner,
}

impl Recogniser {
    /// Chooses among `exercises`, at least one; `target_hold_s` and `origin` for the set as it was asked for.
    pub fn new(exercises: Vec<ExerciseDef>, target_hold_s: Option<f64>, origin: &SetOrigin) -> Self {
        let watcher = |def| {
            let plan = SetPlan::of(def);
            let quick = SetRunner::strict(plan.clone().holding_s(Some(HOLD_S)));
            Watcher { quick, asked: SetRunner::begin(plan.holding_s(target_hold_s), origin.clone(), &mut ()) }
        };
        Self { watchers: exercises.into_iter().map(watcher).collect() }
    }

    /// Takes the next frame.
    pub fn step(&mut self, pose: &TrackedPose) {
        for watcher in &mut self.watchers {
            watcher.quick.step(pose);
            watcher.asked.step(pose);
        }
    }

    /// The verdict; `None` without exercises.
    pub fn finish(self) -> Option<Recognised> {
        let judged = |w: Watcher| {
            let plan = Arc::clone(w.asked.plan());
            let confidence = confidence(&plan.exercise, &w.quick.finish().1.summary);
            let confidence = (confidence * 1e3).round() / 1e3;
            (Candidate { id: plan.exercise.id.clone(), confidence }, plan, w.asked)
        };
        let mut judged: Vec<_> = self.watchers.into_iter().map(judged).collect();
        judged.sort_by(|(a, ..), (b, ..)| b.confidence.total_cmp(&a.confidence).then_with(|| a.id.cmp(&b.id)));
        let candidates: Vec<Candidate> = judged.iter().map(|(c, ..)| c.clone()).collect();
        let (best, plan, asked) = judged.into_iter().next()?;
        let mut set = asked.finish().1;
        let plan = (best.confidence >= SURE).then_some(plan);
        if plan.is_none() {
            set = set.of_no_exercise();
        }
        Some(Recognised { candidates, plan, set })
    }
}

/// How well an exercise explains a recording, 0..1.
fn confidence(def: &ExerciseDef, set: &Summary) -> f64 {
    let longest_s = if def.mode == Mode::Hold { LONGEST_HOLD_S } else { LONGEST_REP_S };
    let takes_s = |r: &Rep| (r.end_s - r.start_s).min(longest_s) * if r.counted { 1.0 } else { REJECTED_SHARE };
    let explained_s = if def.mode == Mode::Duration { set.active_s } else { set.repetitions.iter().map(takes_s).sum() };
    let count = f64::from(set.reps.total);
    let rejected = set.repetitions.len() as f64 - count;
    let seen_s = set.source.duration_s * set.tracked_fraction;
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
