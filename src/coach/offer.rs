//! Another exercise than announced is being done: it is asked, and never changed without an answer.

use super::coaching::Coach;
use super::sentence::Sentence;
use super::state::{Offer, State};
use crate::exercise::ExerciseDef;
use std::sync::Arc;

impl Coach {
    /// The question that stands.
    pub fn offer(&self) -> Option<&Offer> {
        let offer = self.offer.as_ref().filter(|offer| self.at <= offer.until)?;
        self.alternatives().iter().any(|def| def.id == offer.exercise).then_some(offer)
    }

    /// Exercises that may be done now instead: those that come later. None once something counts, or where a set is done again.
    pub fn alternatives(&self) -> Vec<&Arc<ExerciseDef>> {
        let is_open = match &self.state {
            State::SetUp(_) | State::Ready(_) => true,
            State::Set(set) => set.said.total == 0 && set.said.rejected == 0 && set.pace.is_none(),
            _ => false,
        };
        let is_first_time = self.outcomes.iter().all(|outcome| outcome.set < self.set);
        if is_open && is_first_time { self.programme.later_exercises(self.set) } else { Vec::new() }
    }

    /// What is done looks like this exercise: asks about it, once.
    pub(super) fn looks_like(&mut self, exercise: &str) {
        let found = self.alternatives().into_iter().find(|def| def.id == exercise).map(|def| def.title.clone());
        let Some(title) = found.filter(|_| !self.asked_about.iter().any(|id| id == exercise)) else { return };
        self.asked_about.push(exercise.to_owned());
        let until = self.at.plus_s(self.manner.offer_s);
        self.offer = Some(Offer { exercise: exercise.to_owned(), title: title.clone(), until });
        self.say(Sentence::LooksLike { title, by_hand: self.manner.has_gesture });
    }

    /// Yes: it is done now, and what was announced comes after it. False where no question stands.
    pub(super) fn take_offer(&mut self) -> bool {
        let Some(offer) = self.offer().cloned() else { return false };
        self.offer = None;
        if !self.programme.bring_forward(self.set, &offer.exercise) {
            return false;
        }
        self.drop_watched();
        self.set_up(self.set);
        true
    }
}
