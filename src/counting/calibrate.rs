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
/// Time to begin a repetition in, all waiting together, seconds; with the neutral position and the gate's second it makes about
/// twenty. While a repetition is under way it stands still: holds may be of any length.
const MOVE_S: f64 = 16.0;
/// Who holds for so long is told to come back, seconds: a longer hold shows nothing more.
const HELD_S: f64 = 4.0;
/// And who has not come back by then is not waited for, seconds; without holds it is [`MOVE_S`].
const LONGEST_HOLD_S: f64 = 60.0;
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

/// Whoever moves a landmark so far has done something, trunk lengths: three times what landmarks of somebody who lies still
/// wander by.
const MOVED_T: f64 = 0.1;

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
    /// Fewer repetitions than are needed were shown: nothing is known, and nothing speaks against trying again.
    TooFew {
        /// Repetitions that were seen.
        seen: usize,
        /// One was begun and never came back to rest.
        is_one_open: bool,
        /// The exercise is one of holds.
        has_holds: bool,
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
        /// What was taken for rest was a place in the movement, or is one now.
        is_away: bool,
    },
    /// Doing repetitions.
    Move {
        /// Repetitions seen so far.
        done: usize,
        /// Seconds still to go, while none is under way.
        left_s: f64,
        /// The exercise is one of holds, which need not be held here.
        has_holds: bool,
        /// Up for long enough: time to come back.
        is_held: bool,
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
    /// Where the landmarks were at rest, pixels; `None` while it is not known.
    rest_pose: Option<TrackedPose>,
    has_moved: bool,
    /// Since when repetitions are awaited; `None` before rest is known.
    waiting_since: Option<Timestamp>,
    /// Time since then that repetitions took, seconds.
    taken_s: f64,
    /// Since when a repetition is under way.
    away_since: Option<Timestamp>,
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
    /// The nearest to rest since the last repetition ended, while the way back from it goes on.
    nearest: Option<f64>,
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
            rest_pose: None,
            has_moved: false,
            waiting_since: None,
            taken_s: 0.0,
            away_since: None,
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
        self.rest_pose = None;
        self.has_moved = false;
        self.waiting_since = None;
        self.taken_s = 0.0;
        self.away_since = None;
        self.reach = Reach::default();
        self.ranges.clear();
        self.farthest = [0.0; 2];
        self.stage = Stage::SetUp(None);
    }

    fn look(&mut self, pose: &TrackedPose, body: &Body) {
        evaluate(&self.def.signals, pose, body, &mut self.readings);
        let channels = self.def.count.channels.iter();
        let values: Vec<Option<f64>> = channels.map(|c| self.value(c.signal)).collect();
        match self.waiting_since {
            None => self.stay_still(pose, &values),
            Some(since) => {
                self.has_moved |= self.rest_pose.as_ref().is_some_and(|rest| has_moved(rest, pose, body));
                self.follow(pose.at, since, &values);
            }
        }
    }

    fn value(&self, signal: usize) -> Option<f64> {
        self.readings.get(signal).copied().flatten().map(|r| r.value)
    }

    fn stay_still(&mut self, pose: &TrackedPose, values: &[Option<f64>]) {
        let at = pose.at;
        for (still, value) in self.still.iter_mut().zip(values) {
            still.extend(*value);
        }
        // Whoever moves before it is over starts the time again.
        let band = self.def.count.min_range / 2.0;
        let moves = |still: &Vec<f64>| {
            let ends = min_max(still.iter().copied());
            ends.is_some_and(|(low, high)| high - low > band)
        };
        let is_away = !self.may_rest(values);
        if is_away || self.still.iter().any(moves) {
            self.still.iter_mut().for_each(Vec::clear);
            self.still_since = Some(at);
        }
        let left_s = NEUTRAL_S - at.since(*self.still_since.get_or_insert(at));
        if left_s > 0.0 || self.still.iter().all(Vec::is_empty) {
            let was_away = matches!(self.stage, Stage::Neutral { is_away: true, .. });
            let is_away = is_away || (was_away && left_s > NEUTRAL_S / 2.0);
            self.stage = Stage::Neutral { left_s: left_s.max(0.0), is_away };
            return;
        }
        self.rest = self.still.iter().map(|s| mean(s)).collect();
        self.sigma = self.still.iter().filter_map(|s| deviation(s)).fold(0.0, f64::max);
        self.rest_pose = Some(pose.clone());
        self.waiting_since = Some(at);
        self.stage = self.awaiting(MOVE_S, false);
    }

    /// Whether the exercise file has nothing against the body being at rest now.
    fn may_rest(&self, values: &[Option<f64>]) -> bool {
        let count = &self.def.count;
        let (min, max) = (count.baseline_min.unwrap_or(f64::MIN), count.baseline_max.unwrap_or(f64::MAX));
        values.iter().flatten().all(|v| (min..=max).contains(v)) && count.may_be_neutral(|signal| self.value(signal))
    }

    fn awaiting(&self, left_s: f64, is_held: bool) -> Stage {
        Stage::Move { done: self.ranges.len(), left_s, has_holds: self.has_holds(), is_held }
    }

    fn has_holds(&self) -> bool {
        self.def.mode == Mode::Hold
    }

    /// Distance from rest at which a repetition begins.
    fn begin(&self) -> f64 {
        self.def.count.min_range * BEGIN_SHARE
    }

    fn follow(&mut self, at: Timestamp, since: Timestamp, values: &[Option<f64>]) {
        let distances = values.iter().zip(&self.rest).filter_map(|(v, rest)| Some((*v)? - (*rest)?));
        if let Some(distance) = distances.max_by(f64::total_cmp) {
            self.farthest = [self.farthest[0].max(distance), self.farthest[1].max(-distance)];
            if self.def.count.pattern == Pattern::Rise && -distance >= self.least() {
                // So far below rest is none of this movement: what was taken for rest was the far end of it.
                self.begin_again();
                self.stage = Stage::Neutral { left_s: NEUTRAL_S, is_away: true };
                return;
            }
            self.take(distance);
        }
        let away_s = self.note_away(at);
        // A repetition under way takes nothing of the time.
        let left_s = MOVE_S + self.taken_s - self.away_since.unwrap_or(at).since(since);
        // Without holds it is a slow one, or half of one that goes both ways.
        let longest_s = if self.has_holds() { LONGEST_HOLD_S } else { MOVE_S };
        if self.are_enough() || left_s <= 0.0 || away_s > longest_s {
            self.stage = Stage::Done(self.outcome());
        } else {
            self.stage = self.awaiting(left_s, self.has_holds() && away_s > HELD_S);
        }
    }

    /// Notes since when a repetition is under way, and for how long it is, seconds; once it is over the time goes on where it
    /// stood.
    fn note_away(&mut self, at: Timestamp) -> f64 {
        let begin = self.begin();
        if self.reach.above >= begin || self.reach.below >= begin {
            return at.since(*self.away_since.get_or_insert(at));
        }
        self.taken_s += self.away_since.take().map_or(0.0, |away| at.since(away));
        0.0
    }

    /// Takes a distance from rest; a movement that has come back gives a range.
    fn take(&mut self, distance: f64) {
        let both_ways = self.def.count.pattern == Pattern::BothWays;
        let begin = self.begin();
        if let Some(nearest) = self.reach.nearest {
            // What is left of the way back is no repetition.
            let nearest = nearest.min(distance.abs());
            self.reach.nearest = (distance.abs() < nearest + begin).then_some(nearest);
            return;
        }
        self.reach.above = self.reach.above.max(distance);
        self.reach.below = self.reach.below.max(-distance);
        let went = self.reach.above >= begin && (!both_ways || self.reach.below >= begin);
        let farthest = if both_ways { self.reach.above.max(self.reach.below) } else { self.reach.above };
        let is_back = if both_ways { distance.abs() } else { distance } <= farthest * BACK_SHARE;
        if went && is_back {
            self.ranges.push(if both_ways { self.reach.above + self.reach.below } else { self.reach.above });
            self.reach = Reach { nearest: Some(distance.abs()), ..Reach::default() };
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
        let least = self.least();
        let range = alike.get(alike.len().saturating_sub(1) / 2).copied();
        let known = range.filter(|r| *r >= least);
        let has_holds = self.has_holds();
        match known {
            Some(own_range) if self.are_enough() => Outcome::Known(Calibration {
                exercise: self.def.id.clone(),
                file_sha256: self.def.file_sha256.clone(),
                own_range,
                unit: unit.name().to_owned(),
                rest_sigma: self.sigma,
            }),
            Some(_) => Outcome::TooFew { seen: self.ranges.len(), is_one_open: self.away_since.is_some(), has_holds },
            None if self.away_since.is_some() && seen >= least => {
                Outcome::TooFew { seen: 0, is_one_open: true, has_holds }
            }
            None if !self.has_moved => Outcome::TooFew { seen: 0, is_one_open: false, has_holds },
            None => Outcome::Unseen { range: range.unwrap_or(seen), least, unit },
        }
    }
}

/// Whether a landmark that is trusted in both has moved from where it was at rest.
fn has_moved(rest: &TrackedPose, now: &TrackedPose, body: &Body) -> bool {
    rest.points.iter().zip(&now.points).any(|pair| match pair {
        (Some(was), Some(is)) if was.trusted && is.trusted => (is.pos - was.pos).length() > MOVED_T * body.trunk_px,
        _ => false,
    })
}
