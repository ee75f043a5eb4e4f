//! Routines as data: which exercises, in which order, with how many sets and how much rest.
//!
//! In: TOML or JSON, and the exercises it may name. Out: a [`RoutineDef`], or every problem of the file at once.

pub mod catalogue;
pub mod check;
mod write;

use super::def::{ExerciseDef, Mode, Pattern, Target};
use crate::base::skeleton::Side;
use std::sync::Arc;

/// Time to take the position of an exercise, the spoken countdown included, seconds (proposal).
const TAKE_POSITION_S: f64 = 10.0;
/// A calm repetition, there and back, with a moment's rest, seconds (docs/rationale.md#routine-times).
const REPETITION_S: f64 = 4.0;
/// A calm cycle to both sides of neutral, seconds (proposal, from the same source).
const CYCLE_S: f64 = 6.0;
/// Into a hold, out of it, and a moment's rest, seconds (proposal).
const BETWEEN_HOLDS_S: f64 = 3.0;

/// A complete, valid routine.
#[derive(Clone, Debug, PartialEq)]
pub struct RoutineDef {
    /// Fixed id, also the file name.
    pub id: String,
    /// Title for people.
    pub title: String,
    /// One line on what it is for.
    pub summary: String,
    /// What to know before starting.
    pub note: Option<String>,
    /// Sha256 of the file, hexadecimal.
    pub file_sha256: String,
    /// What to do, in order; never empty.
    pub steps: Vec<Step>,
}

/// One exercise of a routine.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// What is done.
    pub exercise: Arc<ExerciseDef>,
    /// How many sets, from 1.
    pub sets: u32,
    /// What to reach in a set; repetitions per side, where there are sides.
    pub target: Target,
    /// The only side that is done; `None`: both.
    pub only_side: Option<Side>,
    /// Rest between sets, seconds.
    pub rest_s: f64,
    /// Rest before the next step, seconds.
    pub rest_after_s: f64,
    /// Range from which a repetition counts, whatever the own range is; unit of the exercise's rep signal.
    pub least_range: Option<f64>,
    /// Range that is not to be exceeded, in the same unit: beyond it a cue says so at once.
    pub most_range: Option<f64>,
    /// What to tell the person.
    pub note: Option<String>,
}

impl Step {
    /// Estimated time of one set without taking the position, seconds.
    pub fn set_s(&self) -> f64 {
        let one_s = match (self.exercise.mode, self.exercise.count.pattern) {
            (Mode::Duration, _) => return self.target.hold_s,
            (Mode::Hold, _) => self.target.hold_s + BETWEEN_HOLDS_S,
            (Mode::Reps, Pattern::BothWays) => CYCLE_S,
            (Mode::Reps, _) => REPETITION_S,
        };
        let sides = if self.exercise.has_sides() && self.only_side.is_none() { 2.0 } else { 1.0 };
        one_s * f64::from(self.target.reps) * sides
    }

    /// Estimated time of all sets with the rests between them, seconds; without the rest after the step.
    pub fn duration_s(&self) -> f64 {
        let sets = f64::from(self.sets);
        sets * (TAKE_POSITION_S + self.set_s()) + (sets - 1.0) * self.rest_s
    }
}

impl RoutineDef {
    /// About half of everything: of several sets half of them, else of the repetitions, and of the time of what goes by time.
    /// Holds and limits stay as they are.
    #[must_use]
    pub fn gently(mut self) -> Self {
        for step in &mut self.steps {
            let is_timed = step.exercise.mode == Mode::Duration;
            if step.sets > 1 {
                step.sets = step.sets.div_ceil(2);
            } else if is_timed {
                step.target.hold_s = (step.target.hold_s / 10.0).round().max(1.0) * 5.0;
            } else {
                step.target.reps = step.target.reps.div_ceil(2);
            }
        }
        self
    }

    /// The step that asks for an exercise; the first one where there are several.
    pub fn step_of(&self, exercise: &str) -> Option<&Step> {
        self.steps.iter().find(|s| s.exercise.id == exercise)
    }

    /// Estimated time of the whole routine, seconds: all steps and the rests between them.
    pub fn duration_s(&self) -> f64 {
        let rests = self.steps.iter().rev().skip(1).map(|s| s.rest_after_s);
        self.steps.iter().map(Step::duration_s).sum::<f64>() + rests.sum::<f64>()
    }

    /// The routine for the other side: the sides of one-sided steps are exchanged.
    #[must_use]
    pub fn mirrored(&self) -> Self {
        let mut routine = self.clone();
        routine.steps.iter_mut().for_each(|s| s.only_side = s.only_side.map(Side::mirror));
        routine
    }
}
