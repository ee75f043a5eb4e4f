//! A set from a film of estimates.

use formcheck::counting::engine::SetResult;
use formcheck::counting::engine::{Engine, Event};
use formcheck::exercise::ExerciseDef;
use formcheck::exercise::plan::SetPlan;
use formcheck::motion::track::{PoseSmoother, TrackedPose};
use formcheck::vision::pose::PoseEstimate;

/// The exercise as its file says.
pub fn plan(id: &str) -> SetPlan {
    SetPlan::of(ExerciseDef::load(id).unwrap())
}

/// A film as one smoother sees it.
pub fn tracked(film: &[PoseEstimate]) -> impl Iterator<Item = TrackedPose> {
    let mut smoother = PoseSmoother::default();
    film.iter().map(move |estimate| smoother.step(estimate))
}

/// What happens in a set, and what it comes to.
pub fn follow(plan: SetPlan, film: &[PoseEstimate]) -> (Vec<Event>, SetResult) {
    let mut engine = Engine::new(plan);
    let mut events: Vec<Event> = tracked(film).flat_map(|pose| engine.step(&pose)).collect();
    let (last, result) = engine.finish();
    events.extend(last);
    (events, result)
}
