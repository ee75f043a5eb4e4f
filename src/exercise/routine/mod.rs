//! Routines as data: which exercises, in which order, with how many sets and how much rest.
//!
//! In: TOML or JSON, and the exercises it may name. Out: a [`RoutineDef`], or every problem of the file at once.

pub mod catalogue;
pub mod check;

use crate::base::skeleton::Side;
use crate::exercise::{Condition, ExerciseDef, FaultDef, FaultPhase, Mode, Pattern, Reference, Target, Watched};
use crate::motion::signal::{Arguments, SignalDef, combinations};
use std::sync::Arc;

/// Time to take the position of an exercise, the spoken countdown included, seconds (proposal).
const TAKE_POSITION_S: f64 = 10.0;
/// A calm repetition, there and back, with a moment's rest, seconds (proposal; exercises.md calls less than 3 s too fast).
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
    /// The exercise as this step asks for it: its target, its side, and the limit of its range as one more fault.
    pub fn as_asked(&self) -> Arc<ExerciseDef> {
        let mut asked = ExerciseDef::clone(&Arc::clone(&self.exercise).followed_on(self.only_side));
        asked.target = self.target;
        if let Some(most) = self.most_range {
            limit_range(&mut asked, most);
        }
        Arc::new(asked)
    }

    /// Sets and target as a person would say them: "10 repetitions", "2 sets of 5 holds of 10 s per side".
    pub fn target_words(&self) -> String {
        let once = self.as_asked().target_words();
        if self.sets == 1 { once } else { format!("{} sets of {once}", self.sets) }
    }

    /// The limits of its range, where it has any: "range 60 to 90 deg".
    pub fn limit_words(&self) -> Option<String> {
        let unit = self.exercise.count.channels.first().map_or("", |c| self.exercise.signals[c.signal].unit.name());
        match (self.least_range, self.most_range) {
            (None, None) => None,
            (Some(least), None) => Some(format!("range at least {least} {unit}")),
            (None, Some(most)) => Some(format!("range at most {most} {unit}")),
            (Some(least), Some(most)) => Some(format!("range {least} to {most} {unit}")),
        }
    }

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

/// Id of the fault that a limit of the range adds.
pub const LIMIT_FAULT: &str = "past_limit";
/// What to say then.
pub const LIMIT_CUE: &str = "That is far enough";
/// How long the limit must be exceeded, seconds: longer than a landmark jitters.
const LIMIT_FOR_S: f64 = 0.2;

/// Adds the fault of going farther than `most` from rest; where the movement goes both ways it is told at the end of each.
fn limit_range(def: &mut ExerciseDef, most: f64) {
    let only = def.only_side;
    let followed = def.count.channels.iter().filter(|c| only.is_none() || c.side.is_none() || c.side == only);
    let signals: Vec<usize> = followed.map(|c| c.signal).collect();
    let (signal, reference, for_s) = match (def.count.pattern, signals.as_slice()) {
        (Pattern::Rise, [one]) => (Watched::Signal(*one), Reference::Baseline, LIMIT_FOR_S),
        (Pattern::Rise, [first, ..]) => {
            let unit = def.signals[*first].unit;
            let arguments = Arguments { parts: signals.clone(), ..Arguments::default() };
            def.signals.push(SignalDef { name: LIMIT_FAULT.to_owned(), kind: &combinations::MAX, arguments, unit });
            (Watched::Signal(def.signals.len() - 1), Reference::Baseline, LIMIT_FOR_S)
        }
        _ => (Watched::Range, Reference::Absolute, 0.0),
    };
    def.faults.push(FaultDef {
        id: LIMIT_FAULT.to_owned(),
        cue: LIMIT_CUE.to_owned(),
        severity: 3,
        phase: FaultPhase::Rep,
        all: vec![Condition { signal, reference, above: Some(most), below: None, beyond: None }],
        for_s,
        advisory: false,
        decoy_only: false,
    });
}

impl RoutineDef {
    /// The step that asks for an exercise; the first one where there are several.
    pub fn step_of(&self, exercise: &str) -> Option<&Step> {
        self.steps.iter().find(|s| s.exercise.id == exercise)
    }

    /// Estimated time of the whole routine, seconds: all steps and the rests between them.
    pub fn duration_s(&self) -> f64 {
        let rests = self.steps.iter().rev().skip(1).map(|s| s.rest_after_s);
        self.steps.iter().map(Step::duration_s).sum::<f64>() + rests.sum::<f64>()
    }

    /// The estimated time as a person would say it: "about 12 min".
    pub fn duration_words(&self) -> String {
        format!("about {:.0} min", (self.duration_s() / 60.0).round().max(1.0))
    }

    /// The routine for the other side: the sides of one-sided steps are exchanged.
    #[must_use]
    pub fn mirrored(&self) -> Self {
        let mut routine = self.clone();
        routine.steps.iter_mut().for_each(|s| s.only_side = s.only_side.map(Side::mirror));
        routine
    }
}
