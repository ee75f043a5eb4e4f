//! Another exercise than announced is being done: it is asked, and never changed without an answer.

use super::coaching::Coach;
use super::sentence::Sentence;
use super::state::{Offer, State};
use crate::base::time::Timestamp;

impl Coach {
    /// The question that stands.
    pub fn offer(&self) -> Option<&Offer> {
        self.offer.as_ref().filter(|offer| self.at <= offer.until)
    }

    /// Ids of the exercises that may be done now instead: those that come later. None once something counts, or where a set is
    /// done again.
    pub fn alternatives(&self) -> Vec<&str> {
        let is_open = match &self.state {
            State::SetUp(_) | State::Ready(_) => true,
            State::Set(set) => set.said.total == 0 && set.said.rejected == 0 && set.pace.is_none(),
            _ => false,
        };
        let is_first_time = self.outcomes.iter().all(|outcome| outcome.set < self.set);
        let Some(from) = self.programme.next_exercise(self.set).filter(|_| is_open && is_first_time) else {
            return Vec::new();
        };
        let later = self.programme.sets[from..].iter().map(|set| set.exercise().id.as_str());
        let own = self.planned().map(|set| set.exercise().id.as_str());
        let mut ids: Vec<&str> = later.filter(|id| Some(*id) != own).collect();
        ids.dedup();
        ids
    }

    /// What is done looks like this exercise: asks about it, once.
    pub(super) fn looks_like(&mut self, exercise: &str) {
        if !self.alternatives().contains(&exercise) || self.asked_about.iter().any(|id| id == exercise) {
            return;
        }
        let sets = &self.programme.sets;
        let Some(found) = sets.iter().find(|set| set.exercise().id == exercise) else { return };
        let title = found.exercise().title.clone();
        self.asked_about.push(exercise.to_owned());
        let until = Timestamp::from_secs(self.at.secs() + self.manner.offer_s);
        self.offer = Some(Offer { exercise: exercise.to_owned(), title: title.clone(), until });
        self.say(Sentence::LooksLike { title });
    }

    /// Yes: it is done now, and what was announced comes after it. False where no question stands.
    pub(super) fn take_offer(&mut self) -> bool {
        let Some(offer) = self.offer().cloned() else { return false };
        self.offer = None;
        if !self.alternatives().contains(&offer.exercise.as_str())
            || !self.programme.bring_forward(self.set, &offer.exercise)
        {
            return false;
        }
        self.drop_watched();
        self.set_up(self.set);
        true
    }
}
