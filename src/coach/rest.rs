//! A rest: how long, what comes next, and its end.

use super::coaching::Coach;
use super::sentence::{Sentence, Tone};
use super::state::{Rest, Standing, State};
use crate::counting::phase::Phase;
use crate::motion::track::Posture;

/// Tones at the end, one a second.
const TICKS: u32 = 3;
/// After pain nothing is asked; whoever does not go on by then is done for today, seconds.
const PAIN_END_S: f64 = 300.0;

impl Coach {
    /// A moment of a rest.
    pub(super) fn in_rest(&mut self, mut state: Rest, standing: Option<&Standing>) {
        let at = self.at;
        let rested_s = at.since(state.since);
        let Some(until) = state.until else {
            if rested_s >= PAIN_END_S {
                return self.finish();
            }
            return self.state = State::Rest(state);
        };
        if state.is_watching && standing.is_some_and(|s| s.phase != Phase::Setup) {
            return self.set_up(self.set);
        }
        let left_s = until.since(at);
        if left_s <= 0.0 {
            return self.set_up(self.set);
        }
        if left_s <= self.manner.rest_call_s && !state.is_called {
            state.is_called = true;
            if let Some(next) = self.announcement(self.set).map(Box::new) {
                self.say(Sentence::RestCall { next });
            }
        }
        let due = TICKS.saturating_sub(left_s as u32);
        if left_s < f64::from(TICKS) && state.ticks < due {
            state.ticks = due;
            self.tone(Tone::RestEnds);
        }
        if !state.is_watching && rested_s >= self.manner.rest_least_s && self.may_end_early(&state) {
            state.is_watching = true;
            self.begin_set(false);
        }
        self.state = State::Rest(state);
    }

    /// Whether being in position for what comes next says that the rest is over: only where it is another position than before,
    /// and one that nobody is in by standing about.
    fn may_end_early(&self, state: &Rest) -> bool {
        let sets = &self.programme.sets;
        let next = sets.get(self.set).map(|set| set.exercise().posture);
        let before = self.outcomes.last().and_then(|o| sets.get(o.set)).map(|set| set.exercise().posture);
        let is_deliberate = next.is_some_and(|p| p.is_on_the_floor() || p == Posture::Seated);
        !state.is_warm_up && is_deliberate && before != next
    }

    /// A longer rest.
    pub(super) fn rest_longer(&mut self, mut state: Rest) {
        if let Some(until) = &mut state.until {
            *until = until.plus_s(self.manner.rest_more_s);
            state.ticks = 0;
            state.is_called &= until.since(self.at) <= self.manner.rest_call_s;
        }
        self.state = State::Rest(state);
    }
}
