//! Waiting: for the person, for a picture, for a hand or a key.

use super::coaching::Coach;
use super::in_set::is_up;
use super::sentence::{EndReason, Sentence, Tone, Wait};
use super::state::{Effect, Paused, State};
use crate::base::time::Timestamp;
use crate::counting::runner::SetCommand;
use crate::motion::track::TrackedPose;

impl Coach {
    /// Waits, and goes on with `back` afterwards.
    pub(super) fn pause(&mut self, why: Wait, back: State) {
        if self.is_set_begun {
            self.effects.push(Effect::Set(SetCommand::Pause(why.cause())));
        }
        self.tone(if why.is_trouble() { Tone::Alarm } else { Tone::Paused });
        self.say(Sentence::Paused(why));
        self.state = State::Paused(Paused { why, since: self.at, back: Box::new(back), back_since: None });
    }

    /// A frame, or a moment without one, in a pause.
    pub(super) fn in_pause(&mut self, mut state: Paused, pose: Option<&TrackedPose>) {
        let at = self.at;
        let is_over = match (state.why, pose) {
            (_, None) | (Wait::Hand | Wait::Key, Some(_)) => false,
            (Wait::NoPicture | Wait::Black | Wait::Still, Some(_)) => true,
            (Wait::Left, Some(pose)) => pose.found,
            (Wait::GotUp, Some(pose)) => pose.found && !is_up(pose),
        };
        if is_over {
            let since = *state.back_since.get_or_insert(at);
            let wait_s = match state.why {
                // The first picture is enough.
                Wait::NoPicture | Wait::Black | Wait::Still => 0.0,
                _ => self.manner.back_after_s,
            };
            if at.since(since) >= wait_s {
                return self.go_on(state);
            }
        } else {
            state.back_since = None;
        }
        if at.since(state.since) >= self.manner.pause_end_of(state.why) {
            return self.give_up(&state.back);
        }
        self.state = State::Paused(state);
    }

    /// The pause is over.
    pub(super) fn go_on(&mut self, state: Paused) {
        if self.is_set_begun {
            self.effects.push(Effect::Set(SetCommand::Resume));
        }
        self.tone(Tone::GoesOn);
        let waited_s = self.at.since(state.since);
        let mut back = *state.back;
        match &mut back {
            State::Set(set) => {
                set.moved_at = self.at;
                set.is_calmed = false;
                set.hold = None;
                set.lapsed_since = None;
                set.up_since = None;
                set.unseen_since = None;
                set.since = later(set.since, waited_s);
                if let Some(pace) = &mut set.pace {
                    pace.turn_at = later(pace.turn_at, waited_s);
                }
            }
            State::SetUp(set_up) => set_up.since = self.at,
            State::Rest(rest) => rest.until = rest.until.map(|until| later(until, waited_s)),
            _ => (),
        }
        let said = match (&state.why, &back) {
            (Wait::NoPicture | Wait::Black | Wait::Still, _) => Some(Sentence::PictureBack),
            (_, State::Set(set)) => Some(Sentence::WelcomeBack { done: set.said.total }),
            _ => None,
        };
        if let Some(sentence) = said {
            self.say(sentence);
        }
        self.state = back;
    }

    /// It has waited for long enough: the set is over; with nobody there, or nothing to go on with, so is the session.
    fn give_up(&mut self, back: &State) {
        match back {
            State::Set(_) | State::Ready(_) if self.is_set_begun => self.end_set(EndReason::Pause),
            _ => self.finish(),
        }
    }
}

/// So much later.
fn later(at: Timestamp, seconds: f64) -> Timestamp {
    Timestamp::from_secs(at.secs() + seconds)
}
