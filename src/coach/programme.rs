//! What is to be done in a session, set by set: a routine, or one exercise.

use crate::exercise::plan::SetPlan;
use crate::exercise::routine::{RoutineDef, Step};
use crate::exercise::{ExerciseDef, Mode};
use std::sync::Arc;

/// What is to be done, in order; never empty.
#[derive(Clone, Debug, PartialEq)]
pub struct Programme {
    /// Id of the routine; `None` where one exercise was chosen.
    pub routine: Option<String>,
    /// Title for people.
    pub title: String,
    /// The sets.
    pub sets: Vec<PlannedSet>,
}

/// One set of it.
#[derive(Clone, Debug, PartialEq)]
pub struct PlannedSet {
    /// What is followed.
    pub plan: Arc<SetPlan>,
    /// Which step of the routine it belongs to, from 0; those that are left out do not count.
    pub step: usize,
    /// Which set of that exercise, from 1.
    pub number: u32,
    /// How many sets of it there are.
    pub of: u32,
    /// Rest after it, seconds.
    pub rest_s: f64,
    /// What to tell the person.
    pub note: Option<String>,
}

impl Programme {
    /// A routine without the steps that are left out today (by their place, from 0); `None` when nothing is left.
    pub fn of_routine(routine: &RoutineDef, left_out: &[usize]) -> Option<Self> {
        let steps: Vec<&Step> =
            routine.steps.iter().enumerate().filter(|(i, _)| !left_out.contains(i)).map(|(_, step)| step).collect();
        let sets: Vec<PlannedSet> = steps.iter().enumerate().flat_map(|(i, step)| sets_of(routine, step, i)).collect();
        let title = routine.title.clone();
        (!sets.is_empty()).then(|| Self { routine: Some(routine.id.clone()), title, sets })
    }

    /// One set as it is planned.
    pub fn of_plan(plan: SetPlan) -> Self {
        let (title, plan) = (plan.exercise.title.clone(), Arc::new(plan));
        Self {
            routine: None,
            title,
            sets: vec![PlannedSet { plan, step: 0, number: 1, of: 1, rest_s: 0.0, note: None }],
        }
    }

    /// How many exercises there are.
    pub fn steps(&self) -> usize {
        self.place_of(self.sets.len())
    }

    /// How many exercises begin before a set, from 0.
    pub fn place_of(&self, set: usize) -> usize {
        let sets = self.sets.get(..set).unwrap_or(&self.sets);
        sets.chunk_by(|a, b| a.step == b.step).count()
    }

    /// The first set of another exercise after a set.
    pub fn next_exercise(&self, set: usize) -> Option<usize> {
        let step = self.sets.get(set)?.step;
        (set + 1..self.sets.len()).find(|i| self.sets[*i].step != step)
    }

    /// Exercises that come after that of a set, each once, without that one.
    pub fn later_exercises(&self, set: usize) -> Vec<&Arc<ExerciseDef>> {
        let Some(own) = self.sets.get(set).map(|set| &set.exercise().id) else { return Vec::new() };
        let from = self.next_exercise(set).unwrap_or(self.sets.len());
        let mut later: Vec<&Arc<ExerciseDef>> = Vec::new();
        for exercise in self.sets[from..].iter().map(|set| &set.plan.exercise).filter(|exercise| exercise.id != *own) {
            if !later.iter().any(|known| known.id == exercise.id) {
                later.push(exercise);
            }
        }
        later
    }

    /// An exercise that comes later is to be done now: its sets go before `set`. False where there is no such exercise.
    pub fn bring_forward(&mut self, set: usize, exercise: &str) -> bool {
        let from = self.next_exercise(set).unwrap_or(self.sets.len());
        let Some(first) = (from..self.sets.len()).find(|i| self.sets[*i].exercise().id == exercise) else {
            return false;
        };
        let end = self.next_exercise(first).unwrap_or(self.sets.len());
        self.sets[set..end].rotate_right(end - first);
        true
    }

    /// Estimated time from the beginning of set `from` to the end, seconds.
    pub fn left_s(&self, from: usize) -> f64 {
        let sets = self.sets.get(from..).unwrap_or_default();
        let rests: f64 = sets.iter().rev().skip(1).map(|set| set.rest_s).sum();
        sets.iter().map(PlannedSet::estimate_s).sum::<f64>() + rests
    }
}

fn sets_of(routine: &RoutineDef, step: &Step, place: usize) -> Vec<PlannedSet> {
    let plan = Arc::new(SetPlan::of_step(step).prescribed_by(routine, step));
    let set = |number| PlannedSet {
        plan: Arc::clone(&plan),
        step: place,
        number,
        of: step.sets,
        rest_s: if number == step.sets { step.rest_after_s } else { step.rest_s },
        note: step.note.clone(),
    };
    (1..=step.sets).map(set).collect()
}

impl PlannedSet {
    /// The exercise.
    pub fn exercise(&self) -> &ExerciseDef {
        &self.plan.exercise
    }

    /// Whether both sides are done and told apart.
    pub fn has_both_sides(&self) -> bool {
        self.exercise().has_sides() && self.exercise().only_side.is_none()
    }

    /// Repetitions to do in all.
    pub fn target_total(&self) -> u32 {
        self.exercise().target.reps.saturating_mul(if self.has_both_sides() { 2 } else { 1 })
    }

    /// Whether it is done by time instead of repetitions.
    pub fn is_timed(&self) -> bool {
        self.exercise().mode == Mode::Duration
    }

    /// Estimated time, the taking of the position included, seconds.
    fn estimate_s(&self) -> f64 {
        let step = Step {
            exercise: Arc::clone(&self.plan.exercise),
            sets: 1,
            target: self.exercise().target,
            only_side: self.exercise().only_side,
            rest_s: 0.0,
            rest_after_s: 0.0,
            least_range: None,
            most_range: None,
            note: None,
        };
        step.duration_s()
    }
}
