//! Proposes an exercise file from a recording: tries what fits best, keeps what counts right.

use super::choose;
use super::choose::SignalFit;
use super::draft::Draft;
use super::request::{LearnError, Request};
use super::segment::Segment;
use crate::base::plain::{one_line, without_umlauts};
use crate::base::plural::so_many;
use crate::exercise::ExerciseDef;
use crate::motion::track::View;
use crate::vision::pose::PoseEstimate;
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
/// When the title has no letter or digit, or more than a line.
pub fn id_of(name: &str) -> Result<String, LearnError> {
    let lower = without_umlauts(name).to_lowercase();
    let words = lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty());
    let id = words.collect::<Vec<_>>().join("_");
    let is_one_line = !name.chars().any(char::is_control);
    if id.is_empty() || !is_one_line { Err(LearnError::NoId(one_line(name))) } else { Ok(id) }
}

/// Proposes an exercise file that counts the requested repetitions on the recording.
///
/// # Errors
/// When the recording does not show a person in one posture, or no signal shows so many repetitions.
pub fn propose(estimates: &[PoseEstimate], request: &Request) -> Result<Proposal, LearnError> {
    let segments = super::segment::segments(estimates)?;
    let mut first_failure = None;
    for scene in &segments {
        match in_scene(scene, estimates, request) {
            Ok(proposal) => return Ok(proposal),
            Err(error) => {
                first_failure.get_or_insert(error);
            }
        }
    }
    Err(first_failure.unwrap_or(LearnError::NoPosture))
}

fn in_scene(scene: &Segment, estimates: &[PoseEstimate], request: &Request) -> Result<Proposal, LearnError> {
    let fits = choose::fits(scene);
    let mut best: Option<(f64, &SignalFit, Draft)> = None;
    let mut miss = None;
    for s in fits.iter().filter(|s| s.count == request.reps).take(TRIED) {
        match super::draft::draft(s, scene, request, estimates) {
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
    let others = || fits.iter().filter(|s| s.count > 1 && s.count != request.reps);
    let clearer_by = |s: &SignalFit| if s.count.abs_diff(request.reps) == 1 { CLEARER_BY_ONE } else { CLEARER_BY };
    let least = others().map(|s| s.score - clearer_by(s)).fold(LEAST_SCORE, f64::max);
    let clearest = others().next();
    if let Some((_, s, d)) = best.filter(|b| b.0 >= least) {
        return Ok(Proposal { findings: findings(s, scene, &d, request), text: d.text, def: d.def });
    }
    let miss = miss.filter(|(s, _)| clearest.is_none_or(|c| c.score < s.score));
    let best = what_was_seen(miss, clearest.or(fits.first()), request.reps);
    Err(LearnError::NotFound { wanted: request.reps, best })
}

/// The best signal and its number of repetitions, for the error.
fn what_was_seen(miss: Option<(&SignalFit, u32)>, clearest: Option<&SignalFit>, wanted: u32) -> String {
    let repetitions = |n: u32| so_many(n as usize, "repetition", "repetitions");
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

fn findings(s: &SignalFit, scene: &Segment, d: &Draft, request: &Request) -> Vec<(&'static str, String)> {
    let view = match scene.view {
        View::Front => "the front",
        View::Oblique => "half the side",
        View::Side => "the side",
    };
    let mut found = vec![
        (
            "signal",
            format!(
                "{} ({}): {}",
                s.candidate.words,
                s.candidate.channels.join(" and "),
                super::write::levels(s).trim_end_matches('.')
            ),
        ),
        (
            "noise",
            format!(
                "{} {} at rest; the smallest repetition is {:.0} times as large",
                super::write::number(super::write::noise(s), s.unit),
                super::write::unit_words(s.unit),
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
