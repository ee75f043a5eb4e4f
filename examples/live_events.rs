//! Prints what happens in a film or a trace, at its own pace: `cargo run --release --example live_events -- FILM EXERCISE`.
#![allow(clippy::print_stdout, reason = "an example prints")]

use formcheck::{Event, EventKind, ExerciseDef, Feed, Input, ModelChoice, PoseEstimator, SetPlan, SetRunner};
use std::error::Error;
use std::path::Path;

/// Frames per second of a folder of pictures.
const PICTURES_FPS: f64 = 30.0;

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let (Some(film), Some(exercise)) = (args.next(), args.next()) else {
        return Err("give a film or a trace, and the id of an exercise".into());
    };
    let mut feed = Feed::new(Input::open(Path::new(&film), PICTURES_FPS)?).at_own_pace();
    let mut estimator = PoseEstimator::default();
    // A trace has been looked at already: no model is loaded for it.
    feed.load(&mut estimator, ModelChoice::Full)?;
    let mut set = SetRunner::new(SetPlan::of(ExerciseDef::load(&exercise)?));
    while let Some(seen) = feed.next_seen(&mut estimator)? {
        set.step(&seen.pose).iter().for_each(tell);
    }
    // The end completes what was under way.
    set.finish().0.iter().for_each(tell);
    Ok(())
}

fn tell(event: &Event) {
    let at_s = event.at.secs();
    match &event.kind {
        EventKind::RepCounted(rep) => println!("{at_s:6.1} s  number {} counts", rep.index),
        EventKind::RepRejected(rep) => println!("{at_s:6.1} s  {}", rep.reason.as_deref().unwrap_or_default()),
        EventKind::Hold { held_s, target_s, .. } => println!("{at_s:6.1} s  held {held_s} of {target_s} s"),
        EventKind::Active { active_s, target_s } => println!("{at_s:6.1} s  {active_s} of {target_s} s"),
        EventKind::Cue { text, .. } => println!("{at_s:6.1} s  \"{text}\""),
        EventKind::SetupHint(text) => println!("{at_s:6.1} s  ({text})"),
        _ => (),
    }
}
