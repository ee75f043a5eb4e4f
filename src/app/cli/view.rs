//! `formcheck doctor --view`: what can be counted from where the camera stands.

use super::args::DoctorArgs;
use super::output;
use super::words::machine as words;
use crate::app::runtime::feed::{Feed, FeedStep};
use crate::counting::place::{Hitch, Place};
use crate::exercise::{ExerciseDef, catalogue, routine};
use crate::motion::track::TrackedPose;
use crate::vision::estimator::PoseEstimator;
use crate::vision::input::{DEFAULT_IMAGE_FPS, Input};
use crate::vision::pose::outline::Chords;
use anyhow::bail;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// A camera or machine that gives fewer frames a second misses movements (docs/accuracy.md: 8 count as 60 do).
const LEAST_FPS: f64 = 8.0;
/// Fewer frames than these say nothing about their rate.
const LEAST_FRAMES: usize = 16;
/// A camera that shows nothing for so much longer is not waited for.
const WARM_UP: Duration = Duration::from_secs(20);

/// Looks for a few seconds and says of each exercise whether it can be counted from here; fails when one cannot.
pub(super) fn run(args: &DoctorArgs) -> anyhow::Result<ExitCode> {
    let exercises = exercises(args)?;
    let poses = look(args)?;
    let place = match Place::of(&poses) {
        Ok(place) => place,
        Err(trouble) => bail!(words::no_place(&trouble.words())),
    };
    output::line(&place.words())?;
    if let Some(fps) = frames_per_s(&poses).filter(|fps| *fps < LEAST_FPS) {
        output::line(&words::too_few_frames(fps))?;
    }
    if !place.has_room_above() {
        output::line(&words::no_room_above())?;
    }
    let mut counted = 0;
    for exercise in &exercises {
        let hitch = place.hitch(exercise);
        counted += usize::from(hitch.is_none());
        output::line(&words::from_here(&exercise.title, hitch.map(Hitch::words).as_deref()))?;
    }
    output::line(&words::countable(counted, exercises.len()))?;
    Ok(ExitCode::from(u8::from(counted < exercises.len())))
}

/// Those of the routine, each once, or all there are.
fn exercises(args: &DoctorArgs) -> anyhow::Result<Vec<Arc<ExerciseDef>>> {
    let Some(routine) = &args.routine else {
        return Ok(catalogue::load_all()?.into_iter().map(Arc::new).collect());
    };
    let mut exercises: Vec<Arc<ExerciseDef>> = Vec::new();
    for step in routine::catalogue::load(routine)?.steps {
        if !exercises.iter().any(|known| known.id == step.exercise.id) {
            exercises.push(step.exercise);
        }
    }
    Ok(exercises)
}

/// What is seen in so many seconds.
#[expect(clippy::disallowed_methods, reason = "a camera that shows nothing has no capture times to wait by")]
fn look(args: &DoctorArgs) -> anyhow::Result<Vec<TrackedPose>> {
    let input = match &args.input {
        Some(path) => Input::open(path, DEFAULT_IMAGE_FPS)?,
        None => Input::open_camera(args.camera.as_deref())?,
    };
    let mut feed = Feed::new(input);
    let mut estimator = PoseEstimator::default();
    feed.load(&mut estimator, args.model.into())?;
    estimator.sample(Chords::None);
    if args.input.is_none() {
        output::note(&words::stand_there(args.seconds));
    }
    let (started, patience) = (Instant::now(), Duration::from_secs_f64(args.seconds) + WARM_UP);
    let mut poses: Vec<TrackedPose> = Vec::new();
    loop {
        match feed.step(&mut estimator)? {
            FeedStep::Seen(seen) => poses.push(seen.pose),
            FeedStep::Waiting(why) if started.elapsed() > patience => bail!(words::no_place(&why)),
            FeedStep::Early(_) | FeedStep::Waiting(_) => continue,
            FeedStep::End => break,
        }
        let ends = poses.first().zip(poses.last());
        if ends.is_some_and(|(first, last)| last.at.since(first.at) >= args.seconds) {
            break;
        }
    }
    Ok(poses)
}

fn frames_per_s(poses: &[TrackedPose]) -> Option<f64> {
    let (first, last) = poses.first().zip(poses.last())?;
    let s = last.at.since(first.at);
    (poses.len() >= LEAST_FRAMES && s > 0.0).then(|| (poses.len() - 1) as f64 / s)
}
