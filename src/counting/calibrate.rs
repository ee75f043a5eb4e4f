//! Calibration: twenty guided seconds that learn a person's own range, or find that it cannot be seen from here.
//!
//! In: tracked poses, in order of time. Out: a [`Stage`] to show and say, and in the end an [`Outcome`]. Pure, like the
//! engine: it follows the exercise's gate, takes the signal at rest, then the ranges of two repetitions.

use crate::base::stats::{deviation, mean, min_max};
use crate::base::time::Timestamp;
use crate::counting::gate::{Gate, GateStep, Obstacle};
use crate::exercise::{ExerciseDef, Mode, Pattern};
use crate::motion::signal::{Body, Reading, Unit, evaluate};
use crate::motion::track::TrackedPose;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// How long the neutral position is looked at, seconds.
const NEUTRAL_S: f64 = 3.0;
/// Time for the repetitions after that, seconds; with the neutral position and the gate's second it makes about twenty.
const MOVE_S: f64 = 16.0;
/// Repetitions asked for.
const REPS: usize = 2;
/// Ranges further apart than this share of the larger ask for another repetition.
const ALIKE_SHARE: f64 = 0.7;
/// A range under so many standard deviations of the noise at rest cannot be seen (docs/rationale.md#noise).
const SEEN_SIGMAS: f64 = 3.0;
/// A movement is over when it has come back to this share of its farthest point.
const BACK_SHARE: f64 = 0.35;
/// A movement begins beyond this share of the least one that counts; smaller ones are looked for in the whole time.
const BEGIN_SHARE: f64 = 0.4;

/// What was learned, to be kept with the person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Calibration {
    /// Exercise id.
    pub exercise: String,
    /// Sha256 of the exercise file: another file measures something else.
    pub file_sha256: String,
    /// Own range: peak minus baseline, or from extreme to extreme where the movement goes both ways.
    pub own_range: f64,
    /// Unit of the range: "deg", "T" or "share".
    pub unit: String,
    /// Standard deviation of the signal at rest.
    pub rest_sigma: f64,
}

/// How a calibration ended.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// The own range is known.
    Known(Calibration),
    /// The movement is smaller than what can be told from noise, or than what counts: counts would be guesses.
    Unseen {
        /// Largest movement found, in the signal's unit.
        range: f64,
        /// What it would have to be.
        least: f64,
        /// Unit of both.
        unit: Unit,
    },
}

/// Where a calibration is.
#[derive(Clone, Debug, PartialEq)]
pub enum Stage {
    /// Not in position, and what stands in the way, once that is known.
    SetUp(Option<Obstacle>),
    /// Staying still.
    Neutral {
        /// Seconds still to go.
        left_s: f64,
    },
    /// Doing repetitions.
    Move {
        /// Repetitions seen so far.
        done: usize,
        /// Seconds still to go.
        left_s: f64,
    },
    /// Over.
    Done(Outcome),
}

/// Guides one calibration.
pub struct Calibrator {
    def: Arc<ExerciseDef>,
    gate: Gate,
    readings: Vec<Option<Reading>>,
    stage: Stage,
    /// Values at rest, by channel.
    still: Vec<Vec<f64>>,
    still_since: Option<Timestamp>,
    rest: Vec<Option<f64>>,
    sigma: f64,
    moving_since: Option<Timestamp>,
    reach: Reach,
    ranges: Vec<f64>,
    /// Largest distance from rest in either direction, over the whole time.
    farthest: [f64; 2],
}

/// Distances from rest of the movement under way: the farthest above and below.
#[derive(Clone, Copy, Debug, Default)]
struct Reach {
    above: f64,
    below: f64,
}

impl Calibrator {
    /// A calibration for the exercise; `None` where there is no range to learn (rolling is counted by time).
    pub fn new(def: Arc<ExerciseDef>) -> Option<Self> {
        if def.mode == Mode::Duration {
            return None;
        }
        let channels = def.count.channels.len();
        Some(Self {
            def,
            gate: Gate::default(),
            readings: Vec::new(),
            stage: Stage::SetUp(None),
            still: vec![Vec::new(); channels],
            still_since: None,
            rest: vec![None; channels],
            sigma: 0.0,
            moving_since: None,
            reach: Reach::default(),
            ranges: Vec::new(),
            farthest: [0.0; 2],
        })
    }

    /// Where it is.
    pub fn stage(&self) -> &Stage {
        &self.stage
    }

    /// Takes the next frame.
    pub fn step(&mut self, pose: &TrackedPose) {
        if matches!(self.stage, Stage::Done(_)) {
            return;
        }
        let def = Arc::clone(&self.def);
        match self.gate.step(&def, pose) {
            GateStep::Closed(obstacle) => self.stage = Stage::SetUp(Some(obstacle)),
            GateStep::JustClosed => self.begin_again(),
            GateStep::Lapsed => (),
            GateStep::Open | GateStep::Opened(_) => {
                if let Some(body) = self.gate.body() {
                    self.look(pose, &body);
                }
            }
        }
    }

    /// The posture was left: what was learned of neutral no longer holds.
    fn begin_again(&mut self) {
        self.still.iter_mut().for_each(Vec::clear);
        self.still_since = None;
        self.moving_since = None;
        self.reach = Reach::default();
        self.ranges.clear();
        self.farthest = [0.0; 2];
        self.stage = Stage::SetUp(None);
    }

    fn look(&mut self, pose: &TrackedPose, body: &Body) {
        evaluate(&self.def.signals, pose, body, &mut self.readings);
        let channels = self.def.count.channels.iter();
        let values: Vec<Option<f64>> =
            channels.map(|c| self.readings.get(c.signal).copied().flatten().map(|r| r.value)).collect();
        match self.moving_since {
            None => self.stay_still(pose.at, &values),
            Some(since) => self.follow(pose.at, since, &values),
        }
    }

    fn stay_still(&mut self, at: Timestamp, values: &[Option<f64>]) {
        for (still, value) in self.still.iter_mut().zip(values) {
            still.extend(*value);
        }
        // Whoever moves before it is over starts the time again.
        let band = self.def.count.min_range / 2.0;
        let moves = |still: &Vec<f64>| {
            let ends = min_max(still.iter().copied());
            ends.is_some_and(|(low, high)| high - low > band)
        };
        if self.still.iter().any(moves) {
            self.still.iter_mut().for_each(Vec::clear);
            self.still_since = Some(at);
        }
        let left_s = NEUTRAL_S - at.since(*self.still_since.get_or_insert(at));
        if left_s > 0.0 || self.still.iter().all(Vec::is_empty) {
            self.stage = Stage::Neutral { left_s: left_s.max(0.0) };
            return;
        }
        self.rest = self.still.iter().map(|s| mean(s)).collect();
        self.sigma = self.still.iter().filter_map(|s| deviation(s)).fold(0.0, f64::max);
        self.moving_since = Some(at);
        self.stage = Stage::Move { done: 0, left_s: MOVE_S };
    }

    fn follow(&mut self, at: Timestamp, since: Timestamp, values: &[Option<f64>]) {
        let distances = values.iter().zip(&self.rest).filter_map(|(v, rest)| Some((*v)? - (*rest)?));
        if let Some(distance) = distances.max_by(f64::total_cmp) {
            self.farthest = [self.farthest[0].max(distance), self.farthest[1].max(-distance)];
            self.take(distance);
        }
        let left_s = MOVE_S - at.since(since);
        if self.are_enough() || left_s <= 0.0 {
            self.stage = Stage::Done(self.outcome());
        } else {
            self.stage = Stage::Move { done: self.ranges.len(), left_s };
        }
    }

    /// Takes a distance from rest; a movement that has come back gives a range.
    fn take(&mut self, distance: f64) {
        let both_ways = self.def.count.pattern == Pattern::BothWays;
        self.reach.above = self.reach.above.max(distance);
        self.reach.below = self.reach.below.max(-distance);
        let begin = self.def.count.min_range * BEGIN_SHARE;
        let went = self.reach.above >= begin && (!both_ways || self.reach.below >= begin);
        let farthest = if both_ways { self.reach.above.max(self.reach.below) } else { self.reach.above };
        let is_back = if both_ways { distance.abs() } else { distance } <= farthest * BACK_SHARE;
        if went && is_back {
            self.ranges.push(if both_ways { self.reach.above + self.reach.below } else { self.reach.above });
            self.reach = Reach::default();
        }
    }

    /// Two ranges that agree, or three; movements too small to be told from jitter are none.
    fn are_enough(&self) -> bool {
        let least = self.least();
        let seen = || self.ranges.iter().copied().filter(|r| *r >= least);
        let largest = seen().fold(0.0, f64::max);
        let alike = seen().filter(|r| *r >= largest * ALIKE_SHARE).count();
        alike >= REPS || seen().count() > REPS
    }

    /// Least range that can be told from jitter and counted, in the rep signal's unit.
    fn least(&self) -> f64 {
        let both_ways = self.def.count.pattern == Pattern::BothWays;
        self.def.count.min_range.max(SEEN_SIGMAS * self.sigma) * if both_ways { 2.0 } else { 1.0 }
    }

    fn outcome(&self) -> Outcome {
        let unit = self.def.range_unit();
        let both_ways = self.def.count.pattern == Pattern::BothWays;
        let largest = self.ranges.iter().copied().fold(0.0, f64::max);
        let mut alike: Vec<f64> = self.ranges.iter().copied().filter(|r| *r >= largest * ALIKE_SHARE).collect();
        alike.sort_by(f64::total_cmp);
        // Without a whole repetition the farthest that was reached is all there is to judge by.
        let seen = if both_ways { self.farthest[0] + self.farthest[1] } else { self.farthest[0] };
        let range = alike.get(alike.len().saturating_sub(1) / 2).copied();
        let least = self.least();
        match range.filter(|r| *r >= least) {
            Some(own_range) => Outcome::Known(Calibration {
                exercise: self.def.id.clone(),
                file_sha256: self.def.file_sha256.clone(),
                own_range,
                unit: unit.name().to_owned(),
                rest_sigma: self.sigma,
            }),
            None => Outcome::Unseen { range: range.unwrap_or(seen), least, unit },
        }
    }
}
