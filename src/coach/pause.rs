//! Waiting: for the person, for a picture, for a hand or a key.

use super::coaching::Coach;
use super::in_set::trunk_is_up;
use super::sentence::{EndReason, Sentence, Tone, Wait};
use super::state::{Effect, Paused, Standing, State};
use crate::base::time::Timestamp;
use crate::counting::runner::SetCommand;
use crate::motion::track::TrackedPose;

/// A pause of this length in set-up, and what was announced is told again, seconds.
const FORGOTTEN_S: f64 = 10.0;

impl Coach {
    /// Waits, and goes on with `back` afterwards.
    pub(super) fn pause(&mut self, why: Wait, back: State) {
        if self.is_set_begun {
            self.effects.push(Effect::Set(SetCommand::Pause(why.cause())));
        }
        self.tell_pause(why);
        self.state =
            State::Paused(Paused { why, since: self.at, back: Box::new(back), back_since: None, trouble: None });
    }

    fn tell_pause(&mut self, why: Wait) {
        self.tone(if why.is_trouble() { Tone::Alarm } else { Tone::Paused });
        self.say(Sentence::Paused(why));
    }

    /// A frame in a pause.
    pub(super) fn in_pause(&mut self, mut state: Paused, pose: &TrackedPose, standing: Option<&Standing>) {
        if let (State::Set(set), Some(standing)) = (state.back.as_mut(), standing) {
            // What the pause has completed is told on return.
            set.said = standing.totals;
        }
        if !state.is_over(pose) {
            state.back_since = None;
            return self.wait_on(state);
        }
        let since = *state.back_since.get_or_insert(self.at);
        let waited_s = self.at.since(since);
        if state.trouble.is_some() {
            if waited_s >= self.manner.back_after_s {
                (state.trouble, state.back_since) = (None, None);
                self.say(Sentence::PictureBack);
            }
        } else if waited_s >= self.wait_for(&state, pose) {
            return self.go_on(state);
        }
        self.wait_on(state);
    }

    /// A moment without a picture in a pause.
    pub(super) fn in_pause_without_picture(&mut self, mut state: Paused, why: Wait) {
        state.back_since = None;
        if !state.why.is_trouble() && state.trouble.is_none() {
            // Whoever waits for a hand to be seen has to know that none will be.
            state.trouble = Some(why);
            self.tell_pause(why);
        }
        self.wait_on(state);
    }

    /// The reason has to be gone for so long, seconds.
    fn wait_for(&self, state: &Paused, pose: &TrackedPose) -> f64 {
        let came_before = self.picture_back_at.is_some_and(|back| state.since.since(back) < self.manner.flicker_s);
        match state.why {
            Wait::NoPicture | Wait::Black | Wait::Still if came_before => self.manner.steady_s,
            // The first picture is enough.
            Wait::NoPicture | Wait::Black | Wait::Still => 0.0,
            Wait::GotUp if trunk_is_up(pose).is_none() => self.manner.maybe_back_s,
            _ => self.manner.back_after_s,
        }
    }

    fn wait_on(&mut self, state: Paused) {
        if self.at.since(state.since) >= self.manner.pause_end_of(state.why) {
            return self.give_up(&state.back);
        }
        self.state = State::Paused(state);
    }

    /// The person wants to go on. Without a picture nothing would go on.
    pub(super) fn asked_to_go_on(&mut self, state: Paused) {
        let trouble = state.trouble.or_else(|| state.why.is_trouble().then_some(state.why));
        match trouble {
            Some(why) => {
                self.tell_pause(why);
                self.state = State::Paused(state);
            }
            None => self.go_on(state),
        }
    }

    /// The pause is over.
    fn go_on(&mut self, state: Paused) {
        if self.is_set_begun {
            self.effects.push(Effect::Set(SetCommand::Resume));
        }
        self.tone(Tone::GoesOn);
        let is_trouble = state.why.is_trouble();
        if is_trouble {
            self.picture_back_at = Some(self.at);
        }
        let said: Vec<Sentence> = is_trouble.then_some(Sentence::PictureBack).into_iter().collect();
        let waited_s = self.at.since(state.since);
        match *state.back {
            State::Set(mut set) => {
                set.goes_on(self.at, waited_s);
                let is_timed = self.planned().is_some_and(super::programme::PlannedSet::is_timed);
                let done = (!is_timed).then_some(set.said.total);
                self.say_all(if is_trouble { said } else { vec![Sentence::WelcomeBack { done }] });
                self.state = State::Set(set);
            }
            State::SetUp(set_up) if waited_s < FORGOTTEN_S && state.since >= set_up.announced_by => {
                self.say_all(said);
                self.state = State::SetUp(super::state::SetUp { since: self.at, ..set_up });
            }
            State::Ready(_) if waited_s < FORGOTTEN_S => {
                self.say_all(said);
                self.back_to_set_up();
            }
            State::SetUp(_) | State::Ready(_) => self.set_up_after(self.set, said),
            mut back => {
                if let State::Rest(rest) = &mut back
                    && !is_trouble
                {
                    rest.until = rest.until.map(|until| until.plus_s(waited_s));
                }
                self.say_all(said);
                self.state = back;
            }
        }
    }

    /// A pause that began in a rest is over when the person asks for something that concerns the rest.
    pub(super) fn leave_pause_of_rest(&mut self) {
        if !matches!(&self.state, State::Paused(state) if matches!(*state.back, State::Rest(_))) {
            return;
        }
        let state = std::mem::replace(&mut self.state, State::Over);
        if let State::Paused(state) = state {
            if self.is_set_begun {
                self.effects.push(Effect::Set(SetCommand::Resume));
            }
            let waited_s = self.at.since(state.since);
            self.state = *state.back;
            if let State::Rest(rest) = &mut self.state {
                rest.until = rest.until.map(|until| until.plus_s(waited_s));
            }
        }
    }

    /// It has waited for long enough: the set is over; with nobody there, or nothing to go on with, so is the session.
    fn give_up(&mut self, back: &State) {
        match back {
            State::Set(_) | State::Ready(_) if self.is_set_begun => self.end_set(EndReason::Pause),
            _ => self.finish(),
        }
    }
}

impl Paused {
    /// Whether the reason of the pause is gone.
    fn is_over(&self, pose: &TrackedPose) -> bool {
        match self.why {
            _ if self.trouble.is_some() => true,
            Wait::Hand | Wait::Key => false,
            Wait::NoPicture | Wait::Black | Wait::Still => true,
            Wait::Left => pose.found,
            Wait::GotUp => pose.found && trunk_is_up(pose) != Some(true),
        }
    }
}

impl super::state::InSet {
    /// After a pause of so many seconds nothing of the set has become late, and what was held is held no more.
    fn goes_on(&mut self, at: Timestamp, waited_s: f64) {
        self.moved_at = at;
        self.is_calmed = false;
        self.hold = None;
        self.lapsed_since = None;
        self.up_since = None;
        self.unseen_since = None;
        self.since = self.since.plus_s(waited_s);
        if let Some(pace) = &mut self.pace {
            pace.goes_on(at);
        }
    }
}
