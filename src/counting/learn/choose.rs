//! Which signal shows the wanted number of repetitions best.

use super::candidates::{self, Candidate};
use super::segment::Segment;
use super::series::{Series, Shape};
use crate::exercise::Pattern;
use crate::motion::signal::{PointRef, Unit, evaluate};

/// A signal must be known in this share of the frames.
const MIN_KNOWN: f64 = 0.9;
/// The smallest excursion must be at least so many standard deviations of the noise at rest.
const MIN_OVER_NOISE: f64 = 6.0;
/// And at least this share of the largest one.
const MIN_REGULAR: f64 = 0.6;
/// More than this over the noise is no better.
const ENOUGH_OVER_NOISE: f64 = 40.0;

/// An angle of shoulder or hip that comes so near to 0 or 180 degrees may pass it in another person.
const FOLDS_WITHIN_DEG: f64 = 12.0;
/// What that costs.
const FOLDING_COST: f64 = 0.5;

/// An even signal is at half of its way at half of the time, give or take this share; a half repetition of an uneven one
/// looks like a whole one, or like none.
const EVEN_WITHIN: f64 = 0.08;
/// What it costs when the recording does not begin and does not end at rest. What comes before is more often odd: with the
/// sign turned round, a way into the starting position looks like a rest.
const UNRESTED_COST: [f64; 2] = [0.5, 1.5];
/// What each share beyond that costs.
const UNEVEN_COST: f64 = 6.0;
/// A limb that looks at least this long in nearly all frames shows its direction, T.
const ENOUGH_LENGTH: f64 = 0.3;
/// What it costs when it looks like nothing.
const SHORT_COST: f64 = 1.5;

/// While one limb is out, the other moves by less than this share of its own repetitions.
const STILL_SHARE: f64 = 0.35;

/// A candidate with what it shows.
#[derive(Clone, Debug)]
pub(super) struct SignalFit {
    pub(super) candidate: Candidate,
    pub(super) pattern: Pattern,
    pub(super) unit: Unit,
    /// One shape a channel; in the pattern of both ways, above and below neutral.
    pub(super) shapes: Vec<Shape>,
    /// Repetitions that it shows.
    pub(super) count: u32,
    /// Smallest repetition over the noise.
    pub(super) over_noise: f64,
    /// The higher the better.
    pub(super) score: f64,
}

/// Two limbs that move in turn, one still while the other moves and both as often, tell more than the larger or smaller of both.
const IN_TURN_GAIN: f64 = 1.0;
/// A signal that goes to both sides of its middle in turn, over one that rises from what is an end of it.
const BOTH_WAYS_GAIN: f64 = 0.3;

/// What a camera cannot resolve, in the unit.
pub(super) const fn least_noise(unit: Unit) -> f64 {
    match unit {
        Unit::Deg => 0.7,
        Unit::Trunk | Unit::Share => 0.006,
    }
}

/// How far off the pose model may be for another body or camera, in the unit.
const fn model_error(unit: Unit) -> f64 {
    match unit {
        Unit::Deg => 15.0,
        Unit::Trunk | Unit::Share => 0.15,
    }
}

/// All that can be seen in the scene, the best first, whatever its number of repetitions.
pub(super) fn fits(scene: &Segment) -> Vec<SignalFit> {
    let candidates = candidates::all(scene);
    let Some(def) = candidates::as_exercise(&candidates) else { return Vec::new() };
    let all = series(scene, &def.signals);
    let of = |name: &str| def.signals.iter().position(|s| s.name == name).map(|i| (def.signals[i].unit, &all[i]));
    let mut found = Vec::new();
    for candidate in candidates {
        let channels: Vec<(Unit, &Series)> = candidate.channels.iter().filter_map(|c| of(c)).collect();
        let Some(unit) = channels.first().map(|c| c.0) else { continue };
        let lengths = candidate.bones.iter().filter_map(|bone| seen_length(scene, bone));
        let seen_length = lengths.fold(f64::INFINITY, f64::min);
        let views: Vec<&Series> = channels.iter().map(|c| c.1).collect();
        for pattern in [Pattern::Rise, Pattern::BothWays] {
            if let Some((shapes, count)) = shapes(&views, pattern, least_noise(unit)) {
                found.extend(SignalFit::of(&candidate, pattern, unit, (shapes, count), &views, seen_length));
            }
        }
    }
    found.sort_by(|a, b| b.score.total_cmp(&a.score));
    found
}

/// Every signal over the scene.
fn series(scene: &Segment, signals: &[crate::motion::signal::SignalDef]) -> Vec<Series> {
    let mut all = vec![Series::default(); signals.len()];
    let mut readings = Vec::new();
    let start = scene.frames.first().map_or(crate::base::time::Timestamp(0), |f| f.at);
    for pose in &scene.frames {
        evaluate(signals, pose, &scene.body, &mut readings);
        for (series, reading) in all.iter_mut().zip(&readings) {
            let Some(reading) = reading else { continue };
            series.t.push(pose.at.since(start));
            series.v.push(reading.value);
            series.trusted += f64::from(u8::from(reading.trusted));
        }
    }
    for s in &mut all {
        if s.wraps() {
            *s = Series::default();
        }
        s.trusted /= s.t.len().max(1) as f64;
        s.known = s.t.len() as f64 / scene.frames.len().max(1) as f64;
    }
    all
}

/// How short the line between two points gets in the picture, T: the direction of a limb that points to the camera says
/// little.
fn seen_length(scene: &Segment, [a, b]: &[String; 2]) -> Option<f64> {
    let point = |name: &str| PointRef::from_name(name)?.landmark(scene.body.near);
    let (a, b) = (point(a)?, point(b)?);
    let lengths = scene.frames.iter().filter_map(|pose| Some((pose.point(a)? - pose.point(b)?).length()));
    let mut sorted: Vec<f64> = lengths.map(|px| px / scene.body.trunk_px).collect();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 10).copied()
}

/// The shapes of the channels in a pattern and the number of repetitions they show together.
fn shapes(channels: &[&Series], pattern: Pattern, least_noise: f64) -> Option<(Vec<Shape>, u32)> {
    match (channels, pattern) {
        ([one], Pattern::Rise) => {
            let shape = one.rises(least_noise)?;
            let count = shape.count as u32;
            Some((vec![shape], count))
        }
        ([one], _) => {
            let neutral = one.neutral()?;
            let above = one.rises_over(neutral, least_noise)?;
            let below = one.mirrored(neutral).rises_over(neutral, least_noise)?;
            let count = above.count.min(below.count) as u32;
            (above.count == below.count && takes_turns(&above, &below)).then(|| (vec![above, below], count))
        }
        ([left, right], Pattern::Rise) => {
            let neutral = [left.neutral()?, right.neutral()?];
            let shapes = [left.rises_over(neutral[0], least_noise)?, right.rises_over(neutral[1], least_noise)?];
            let count = (shapes[0].count + shapes[1].count) as u32;
            let are_limbs = !left.is_opposite_of(right);
            let alone = |i: usize, other: &Series| {
                let still = STILL_SHARE * shapes[1 - i].size[0];
                shapes[i].middles_s.iter().all(|t| other.at(*t).is_some_and(|v| (v - neutral[1 - i]).abs() < still))
            };
            let in_turn = !are_limbs || (alone(0, right) && alone(1, left));
            (shapes[0].count.abs_diff(shapes[1].count) <= 1 && in_turn).then(|| (shapes.to_vec(), count))
        }
        _ => None,
    }
}

/// Whether each repetition has one excursion to each side.
fn takes_turns(above: &Shape, below: &Shape) -> bool {
    let mut order: Vec<(f64, bool)> =
        above.middles_s.iter().map(|t| (*t, true)).chain(below.middles_s.iter().map(|t| (*t, false))).collect();
    order.sort_by(|a, b| a.0.total_cmp(&b.0));
    order.chunks(2).all(|pair| pair.len() == 2 && pair[0].1 != pair[1].1)
}

/// What it costs that an angle without sign comes near to where it folds back.
fn folding(shapes: &[Shape]) -> f64 {
    let ends = shapes.iter().flat_map(|s| [s.rest, s.peak]).flatten().map(f64::abs);
    let near_end = ends.map(|v| v.min(180.0 - v)).fold(f64::INFINITY, f64::min);
    if near_end < FOLDS_WITHIN_DEG { FOLDING_COST } else { 0.0 }
}

impl SignalFit {
    fn of(
        candidate: &Candidate,
        pattern: Pattern,
        unit: Unit,
        (shapes, count): (Vec<Shape>, u32),
        views: &[&Series],
        seen_length: f64,
    ) -> Option<Self> {
        let least = |of: fn(&Shape) -> f64| shapes.iter().map(of).fold(f64::INFINITY, f64::min);
        let known = views.iter().map(|s| s.known).fold(1.0, f64::min);
        let trusted = views.iter().map(|s| s.trusted).fold(1.0, f64::min);
        let over_noise = shapes.iter().map(|s| s.over_noise(least_noise(unit))).fold(f64::INFINITY, f64::min);
        let regular = least(|s| s.size[0] / s.size[1]);
        let uneven = shapes.iter().map(|s| (s.at_half_time - 0.5).abs()).fold(0.0, f64::max);
        let ends = shapes.iter().flat_map(|s| s.rests_at_ends.into_iter().zip(UNRESTED_COST));
        let unrested: f64 = ends.filter(|(rests, _)| !rests).map(|(_, cost)| cost).sum();
        if known < MIN_KNOWN || over_noise < MIN_OVER_NOISE || regular < MIN_REGULAR {
            return None;
        }
        // Both are hard to meet by chance: they are evidence.
        let by_turns = if candidate.channels.len() == 2 { IN_TURN_GAIN } else { 0.0 };
        let by_pattern = if pattern == Pattern::BothWays { BOTH_WAYS_GAIN } else { 0.0 };
        // What is small is lost in the errors that differ from body to body and camera to camera; a signal that goes both ways
        // goes all the way from one end to the other.
        let sizes = shapes.iter().map(|s| s.size[0]);
        let whole = if pattern == Pattern::BothWays { sizes.sum() } else { sizes.fold(f64::INFINITY, f64::min) };
        let small = whole / model_error(unit);
        let score =
            over_noise.min(ENOUGH_OVER_NOISE).ln() + 1.5 * regular.ln() - candidate.cost + by_turns + by_pattern
                - SHORT_COST * (1.0 - seen_length / ENOUGH_LENGTH).max(0.0)
                - if candidate.may_fold { folding(&shapes) } else { 0.0 }
                - (1.0 + 1.0 / small).ln()
                - 3.0 * (1.0 - known)
                - 0.5 * (1.0 - trusted)
                - UNEVEN_COST * (uneven - EVEN_WITHIN).max(0.0)
                - unrested;
        Some(Self { candidate: candidate.clone(), pattern, unit, shapes, count, over_noise, score })
    }
}
