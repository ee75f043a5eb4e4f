//! From a sighting to the numbers of an exercise file, measured again by the engine itself.

use super::choose::{SignalFit, least_noise};
use super::numbers::Numbers;
use super::request::Request;
use super::segment::Segment;
use super::write;
use crate::base::time::Timestamp;
use crate::counting::record::{Rep, Summary};
use crate::counting::runner::SetRunner;
use crate::exercise::plan::SetPlan;
use crate::exercise::{ExerciseDef, Mode, Pattern};
use crate::motion::signal::Unit;
use crate::motion::track::PoseSmoother;
use crate::vision::pose::PoseEstimate;
use std::sync::Arc;

/// The minimum range as a share of the smallest good repetition.
const MIN_RANGE_SHARE: f64 = 0.4;
/// The minimum range is at least so many standard deviations of the noise at rest.
const MIN_RANGE_SIGMAS: f64 = 4.0;
/// Tops that last this long are holds, seconds.
const HOLD_S: f64 = 2.0;
/// And when they are at least this share of the time away from rest; a slow even movement reads 0.5.
const HOLD_TOP_SHARE: f64 = 0.65;
/// The target of a hold as a share of the shortest one.
const HOLD_SHARE: f64 = 0.5;

/// A file that counts right on its own recording.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) text: String,
    pub(super) def: Arc<ExerciseDef>,
    pub(super) numbers: Numbers,
    /// Tries under other conditions in which it counted wrong.
    pub(super) failed: u32,
    /// Movements that it listed without counting them.
    pub(super) rejected: u32,
}

/// Makes a file of a sighting; `Err` has the number that the engine counts when it is wrong.
pub(super) fn draft(
    s: &SignalFit,
    scene: &Segment,
    request: &Request,
    estimates: &[PoseEstimate],
) -> Result<Draft, u32> {
    let mut numbers = first_numbers(s);
    let build = |numbers: &Numbers| {
        let text = write::exercise(s, scene, request, numbers);
        match ExerciseDef::parse(&request.id, &text) {
            Ok(def) => Some((text, Arc::new(def))),
            Err(report) => {
                tracing::error!("{}\n{text}", report.render());
                None
            }
        }
    };
    let (_, def) = build(&numbers).ok_or(0_u32)?;
    let record = count(&def, estimates);
    let counted: Vec<&Rep> = record.repetitions.iter().filter(|r| r.counted).collect();
    if counted.len() != request.reps as usize {
        return Err(counted.len() as u32);
    }
    numbers.fastest_s = counted.iter().map(|r| r.end_s - r.start_s).fold(f64::INFINITY, f64::min);
    if numbers.mode == Mode::Hold {
        let holds = counted.iter().filter_map(|r| r.hold_s);
        let [shortest, longest] = holds.fold([f64::INFINITY, 0.0], |[l, h], s: f64| [l.min(s), h.max(s)]);
        numbers.holds_s = Some([shortest, longest]);
        numbers.target_hold_s = rounded((HOLD_SHARE * shortest).max(1.0), 0.1);
    }
    let (text, def) = build(&numbers).ok_or(0_u32)?;
    let record = count(&def, estimates);
    let total = record.reps.total;
    if total != request.reps {
        return Err(total);
    }
    let rejected = record.reps.rejected;
    let right = |altered: Vec<PoseEstimate>| count(&def, &altered).reps.total == request.reps;
    let tries = [mirrored(estimates), at_tempo(estimates, 0.75), at_tempo(estimates, 1.4), every_second(estimates)];
    let failed = tries.into_iter().map(right).filter(|is_right| !is_right).count() as u32;
    Ok(Draft { text, def, numbers, failed, rejected })
}

/// What the engine makes of a recording.
pub(super) fn count(def: &Arc<ExerciseDef>, estimates: &[PoseEstimate]) -> Summary {
    let (mut smoother, mut set) = (PoseSmoother::default(), SetRunner::new(SetPlan::of(Arc::clone(def))));
    for estimate in estimates {
        set.step(&smoother.step(estimate));
    }
    set.finish().1.summary
}

fn first_numbers(s: &SignalFit) -> Numbers {
    let smallest = s.shapes.iter().map(|x| x.size[0]).fold(f64::INFINITY, f64::min);
    let noise = s.shapes.iter().map(|x| x.noise).fold(0.0, f64::max).max(least_noise(s.unit) / 2.0);
    let step = if s.unit == Unit::Deg { 0.5 } else { 0.005 };
    let min_range = rounded((MIN_RANGE_SHARE * smallest).max(MIN_RANGE_SIGMAS * noise), step).max(step);
    let is_hold =
        s.pattern == Pattern::Rise && s.shapes.iter().all(|x| x.top_s >= HOLD_S && x.top_share >= HOLD_TOP_SHARE);
    let (baseline_min, baseline_max) = rest_limits(s, smallest);
    Numbers {
        mode: if is_hold { Mode::Hold } else { Mode::Reps },
        target_hold_s: 0.5,
        min_range,
        baseline_min,
        baseline_max,
        fastest_s: 0.0,
        holds_s: None,
    }
}

/// Limits of rest, wide enough for another body and camera place; only where the level of the signal means something and
/// rest is clear of the peaks.
fn rest_limits(s: &SignalFit, smallest: f64) -> (Option<f64>, Option<f64>) {
    let [shape] = s.shapes.as_slice() else { return (None, None) };
    if !s.candidate.has_level || s.pattern != Pattern::Rise {
        return (None, None);
    }
    let (least_up, least_down, step) = if s.unit == Unit::Deg { (15.0, 30.0, 1.0) } else { (0.2, 0.4, 0.01) };
    let highest = shape.rest[1] + (0.45 * smallest).max(least_up);
    let baseline_max = (highest < shape.peak[0] - 0.2 * smallest).then(|| rounded(highest, step));
    let lowest = rounded(shape.rest[0] - (0.45 * smallest).max(least_down), step);
    // Nothing is lower than the least of an angle or a length.
    let cannot_be = (shape.rest[0] >= 0.0 && lowest < 0.0) || (s.unit == Unit::Deg && lowest <= -180.0);
    ((!cannot_be).then_some(lowest), baseline_max)
}

/// To the nearest multiple of `step`.
fn rounded(value: f64, step: f64) -> f64 {
    let n = (value / step).round();
    // Dividing by the inverse keeps 0.3 from becoming 0.30000000000000004.
    n / (1.0 / step).round().max(1.0)
}

fn mirrored(estimates: &[PoseEstimate]) -> Vec<PoseEstimate> {
    estimates.iter().map(|e| e.clone().mirrored()).collect()
}

/// The same with all times multiplied.
fn at_tempo(estimates: &[PoseEstimate], factor: f64) -> Vec<PoseEstimate> {
    let at = |e: &PoseEstimate| Timestamp((e.at.0 as f64 * factor) as u64);
    estimates.iter().map(|e| PoseEstimate { at: at(e), ..e.clone() }).collect()
}

fn every_second(estimates: &[PoseEstimate]) -> Vec<PoseEstimate> {
    estimates.iter().step_by(2).cloned().collect()
}
