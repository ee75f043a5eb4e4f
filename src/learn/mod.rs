//! An exercise file proposed from a recording of good repetitions.
//!
//! In: the pose estimates of a recording and how many repetitions it shows. Out: a [`Proposal`], the text of an exercise
//! file that counts exactly so many on that recording. Pure: the caller reads and writes files.

mod candidates;
mod choose;
mod draft;
mod measures;
mod scene;
mod series;
mod write;

use crate::exercise::ExerciseDef;
use crate::pose::PoseEstimate;
use choose::Sighting;
use draft::Draft;
use scene::Scene;
use std::sync::Arc;

/// Sightings that are tried with the engine.
const TRIED: usize = 40;
/// What a failed try under other conditions costs, and a movement that was listed without counting, in units of the score.
const FAILED_COST: f64 = 0.5;
const REJECTED_COST: f64 = 0.3;
/// A signal that scores less is not proposed.
const LEAST_SCORE: f64 = 0.1;
/// Nor one that scores so much less than one that shows another number, or one more or less.
const CLEARER_BY: f64 = 1.0;
const CLEARER_BY_ONE: f64 = 0.3;

/// What is known of the recording.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// Good repetitions in it, at least two.
    pub reps: u32,
    /// Title of the exercise.
    pub name: String,
    /// Its id: lower-case letters, digits and underscores.
    pub id: String,
}

/// Why nothing was learned.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum LearnError {
    /// The name has no letter or digit to make an id of.
    #[error("could not make an id from the name \"{0}\"; give a name with letters or digits")]
    NoId(String),
    /// Nobody, or hardly anybody, is seen.
    #[error(
        "could not learn from the recording: a person is seen in {seen} of {frames} frames; record again with the whole \
         body in the picture"
    )]
    Unseen {
        /// Frames with a person.
        seen: usize,
        /// All frames.
        frames: usize,
    },
    /// No posture is kept.
    #[error(
        "could not learn from the recording: no posture is kept for long enough to repeat a movement in it; record only \
         the repetitions, from one place"
    )]
    NoPosture,
    /// The camera sees the back.
    #[error(
        "could not learn from the recording: the camera looks at the person's back; record from the front or the side"
    )]
    FromBehind,
    /// No signal shows the repetitions.
    #[error(
        "could not learn {wanted} repetitions from the recording: {best}; check --reps, or record again with rest before \
         and after each repetition and nothing else"
    )]
    NotFound {
        /// Repetitions asked for.
        wanted: u32,
        /// The best signal and what it shows.
        best: String,
    },
}

/// A proposed exercise file and what it rests on.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// The file's text.
    pub text: String,
    /// The exercise it describes.
    pub def: Arc<ExerciseDef>,
    /// Findings for people, one a line: label and text.
    pub findings: Vec<(&'static str, String)>,
}

/// The id that a title becomes: "Arm raise" is `arm_raise`.
///
/// # Errors
/// When the title has no letter or digit.
pub fn id_of(name: &str) -> Result<String, LearnError> {
    let lower = name.to_lowercase();
    let words = lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty());
    let id = words.collect::<Vec<_>>().join("_");
    if id.is_empty() { Err(LearnError::NoId(name.to_owned())) } else { Ok(id) }
}

/// Proposes an exercise file that counts the requested repetitions on the recording.
///
/// # Errors
/// When the recording does not show a person in one posture, or no signal shows so many repetitions.
pub fn propose(estimates: &[PoseEstimate], request: &Request) -> Result<Proposal, LearnError> {
    let scenes = scene::scenes(estimates)?;
    let mut first_failure = None;
    for scene in &scenes {
        match in_scene(scene, estimates, request) {
            Ok(proposal) => return Ok(proposal),
            Err(error) => {
                first_failure.get_or_insert(error);
            }
        }
    }
    Err(first_failure.unwrap_or(LearnError::NoPosture))
}

fn in_scene(scene: &Scene, estimates: &[PoseEstimate], request: &Request) -> Result<Proposal, LearnError> {
    let sightings = choose::sightings(scene);
    let mut best: Option<(f64, &Sighting, Draft)> = None;
    let mut miss = None;
    for s in sightings.iter().filter(|s| s.count == request.reps).take(TRIED) {
        match draft::draft(s, scene, request, estimates) {
            Ok(d) => {
                let score = s.score - FAILED_COST * f64::from(d.failed) - REJECTED_COST * f64::from(d.rejected);
                if best.as_ref().is_none_or(|b| b.0 < score) {
                    best = Some((score, s, d));
                }
            }
            Err(counted) => miss = miss.or(Some((s, counted))),
        }
    }
    // A movement that shows another number far more clearly is the one that was recorded. Once is no repetition.
    let others = || sightings.iter().filter(|s| s.count > 1 && s.count != request.reps);
    let clearer_by = |s: &Sighting| if s.count.abs_diff(request.reps) == 1 { CLEARER_BY_ONE } else { CLEARER_BY };
    let least = others().map(|s| s.score - clearer_by(s)).fold(LEAST_SCORE, f64::max);
    let clearest = others().next();
    if let Some((_, s, d)) = best.filter(|b| b.0 >= least) {
        return Ok(Proposal { findings: findings(s, scene, &d, request), text: d.text, def: d.def });
    }
    let miss = miss.filter(|(s, _)| clearest.is_none_or(|c| c.score < s.score));
    let best = what_was_seen(miss, clearest.or(sightings.first()), request.reps);
    Err(LearnError::NotFound { wanted: request.reps, best })
}

/// The best signal and its number of repetitions, for the error.
fn what_was_seen(miss: Option<(&Sighting, u32)>, clearest: Option<&Sighting>, wanted: u32) -> String {
    let repetitions = |n: u32| if n == 1 { "1 repetition".to_owned() } else { format!("{n} repetitions") };
    match (miss, clearest) {
        (Some((s, n)), _) => {
            let shown = repetitions(wanted);
            format!("the best signal, {}, shows {shown}, but {n} count by it", s.candidate.words)
        }
        (None, Some(s)) if s.count != wanted => {
            format!("the best signal, {}, shows {}, not {wanted}", s.candidate.words, repetitions(s.count))
        }
        (None, Some(s)) => format!("the best signal, {}, moves too little to be sure", s.candidate.words),
        (None, None) => "no signal moves clearly over its noise at rest".to_owned(),
    }
}

fn findings(s: &Sighting, scene: &Scene, d: &Draft, request: &Request) -> Vec<(&'static str, String)> {
    let view = match scene.view {
        crate::track::View::Front => "the front",
        crate::track::View::Oblique => "half the side",
        crate::track::View::Side => "the side",
    };
    let mut found = vec![
        (
            "signal",
            format!(
                "{} ({}): {}",
                s.candidate.words,
                s.candidate.channels.join(" and "),
                write::levels(s).trim_end_matches('.')
            ),
        ),
        (
            "noise",
            format!(
                "{} {} at rest; the smallest repetition is {:.0} times as large",
                write::number(write::noise(s), s.unit),
                write::unit_words(s.unit),
                s.over_noise
            ),
        ),
        ("start", format!("{}, seen from {view}", scene.posture.name())),
    ];
    if let Some([shortest, longest]) = d.numbers.holds_s {
        found.push(("held", format!("{shortest:.1} to {longest:.1} s; {} s are the target", d.numbers.target_hold_s)));
    }
    if s.shapes.iter().any(|x| x.rests_at_ends.contains(&false)) {
        let beware = "by this signal the recording does not begin and end at rest; if the file counts wrong elsewhere, record again";
        found.push(("beware", beware.to_owned()));
    }
    found.push((
        "counted",
        format!("{} of {} on the recording, not counted {}", request.reps, request.reps, d.rejected),
    ));
    found
}
