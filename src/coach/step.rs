//! One step of the coach: an input in, effects out.

use super::coaching::Coach;
use super::gesture::Sign;
use super::outcome::Outcome;
use super::programme::PlannedSet;
use super::sentence::{EndReason, Tone, Wait};
use super::state::{Effect, Input, Order, Standing, State};
use crate::base::time::Timestamp;
use crate::counting::engine::Event;
use crate::counting::record::Summary;
use crate::motion::track::TrackedPose;

impl Coach {
    /// Takes what happened; the effects are to be carried out in order, before the next step. After [`Effect::EndSet`] the next
    /// input is [`Input::Ended`].
    pub fn step(&mut self, input: &Input<'_>) -> Vec<Effect> {
        match input {
            Input::Frame { pose, events, standing } => self.frame(pose, events, *standing),
            Input::NoPicture { at, why } => self.no_picture(*at, *why),
            Input::Others { at } => {
                self.note_time(*at);
                self.others();
            }
            Input::LooksLike { at, exercise } => {
                self.note_time(*at);
                self.looks_like(exercise);
            }
            Input::Order { at, order } => {
                self.note_time(*at);
                self.order(*order);
            }
            Input::Ended { at, summary } => self.ended(*at, summary),
        }
        std::mem::take(&mut self.effects)
    }

    /// Time never goes back: a command may carry the time of the frame before.
    fn note_time(&mut self, at: Timestamp) {
        self.at = self.at.max(at);
    }

    fn take_state(&mut self) -> State {
        std::mem::replace(&mut self.state, State::Over)
    }

    fn frame(&mut self, pose: &TrackedPose, events: &[Event], standing: Option<&Standing>) {
        self.note_time(pose.at);
        if self.sees_sign(pose) {
            if !self.take_offer() {
                self.pause_or_go_on(Wait::Hand);
            }
            return;
        }
        match self.take_state() {
            State::SetUp(state) => self.in_set_up(state, pose.found, standing),
            State::Ready(state) => self.in_ready(state, standing),
            State::Set(state) => self.in_set(*state, Some(pose), events, standing),
            State::Rest(state) => self.in_rest(state, standing),
            State::Paused(state) => self.in_pause(state, pose, standing),
            State::Summary(since) => self.in_summary(since),
            state @ (State::Ending(_) | State::Over) => self.state = state,
        }
    }

    /// Whether the hand has been up for long enough; its first second is told by a tone.
    fn sees_sign(&mut self, pose: &TrackedPose) -> bool {
        let is_heeded = match &self.state {
            // What is done looks like it.
            State::Set(_) if self.planned().is_some_and(|set| set.exercise().is_done_with_one_arm()) => false,
            State::SetUp(_) | State::Ready(_) | State::Set(_) | State::Rest(_) => self.manner.has_gesture,
            State::Paused(state) => {
                self.manner.has_gesture && matches!(state.why, Wait::Hand | Wait::Key) && state.trouble.is_none()
            }
            State::Ending(_) | State::Summary(_) | State::Over => false,
        };
        if !is_heeded {
            self.hand = 0.0;
            return false;
        }
        let before = self.hand;
        let sign = self.gesture.step(pose);
        self.hand = if let Sign::Held(share) = sign { share } else { 0.0 };
        if before < 0.5 && self.hand >= 0.5 {
            self.tone(Tone::Hand);
        }
        sign == Sign::Complete
    }

    fn no_picture(&mut self, at: Timestamp, why: Wait) {
        self.note_time(at);
        self.gesture.forget();
        self.hand = 0.0;
        match self.take_state() {
            state @ (State::SetUp(_) | State::Ready(_) | State::Set(_) | State::Rest(_)) => self.pause(why, state),
            State::Paused(state) => self.in_pause_without_picture(state, why),
            State::Summary(since) => self.in_summary(since),
            state @ (State::Ending(_) | State::Over) => self.state = state,
        }
    }

    /// Somebody else is there: whom it follows is said, now and then.
    fn others(&mut self) {
        let matters = matches!(self.state, State::SetUp(_) | State::Ready(_) | State::Set(_));
        let is_due = self.others_said.is_none_or(|said| self.at.since(said) >= self.manner.others_gap_s);
        if matters && is_due {
            self.others_said = Some(self.at);
            self.say(super::sentence::Sentence::OneInFront);
        }
    }

    /// Nobody needs to close a summary: after a while it is closed.
    fn in_summary(&mut self, since: Timestamp) {
        if self.at.since(since) >= self.manner.close_after_s {
            self.effects.push(Effect::Close);
        } else {
            self.state = State::Summary(since);
        }
    }

    fn order(&mut self, order: Order) {
        if !matches!(order, Order::PauseOrGoOn | Order::TakeOffer | Order::Correct(_) | Order::Close) {
            self.leave_pause_of_rest();
        }
        match (order, &self.state) {
            (Order::Close | Order::EndSession, State::Summary(_)) => {
                self.state = State::Over;
                self.effects.push(Effect::Close);
            }
            (Order::Correct(by), State::Rest(_) | State::Summary(_)) => self.correct(by),
            (Order::Answer, _) => self.still_answering(),
            (_, State::Over | State::Ending(_) | State::Summary(_)) | (Order::Close | Order::Correct(_), _) => (),
            (Order::TakeOffer, _) => _ = self.take_offer(),
            (Order::PauseOrGoOn, _) => self.pause_or_go_on(Wait::Key),
            (Order::Hurts, State::Rest(_)) => {
                self.drop_watched();
                self.after_pain_in_rest();
            }
            (Order::Hurts, _) => self.end_set(EndReason::Pain),
            (Order::EndSession, State::Rest(_)) => {
                self.drop_watched();
                self.finish();
            }
            (Order::EndSession, _) => self.end_set(EndReason::Session),
            // Of a warm-up, the rest of it is left out.
            (Order::Skip, State::Rest(rest)) if rest.is_warm_up => self.order_in_rest(Order::GoNow),
            (Order::EndSet, State::SetUp(_) | State::Ready(_)) | (Order::Skip, _) => self.skip(),
            (Order::EndSet, State::Rest(_)) | (Order::MoreRest | Order::GoNow | Order::Again, _) => {
                self.order_in_rest(order);
            }
            (Order::EndSet, _) => self.end_set(EndReason::Person),
        }
    }

    /// Whoever answers has not gone: the summary stays.
    fn still_answering(&mut self) {
        if let State::Summary(since) = &mut self.state {
            *since = self.at;
        }
    }

    /// The person has counted otherwise in the last set.
    fn correct(&mut self, by: i32) {
        let Some(last) = self.outcomes.last_mut() else { return };
        let is_timed = self.programme.sets.get(last.set).is_some_and(PlannedSet::is_timed);
        // What was not kept cannot be corrected.
        if is_timed || last.counted + last.not_counted == 0 || (by < 0 && last.counted == 0) {
            return;
        }
        last.counted = last.counted.saturating_add_signed(by);
        self.still_answering();
        self.effects.push(Effect::Correct(by));
    }

    fn order_in_rest(&mut self, order: Order) {
        match (order, self.take_state()) {
            (Order::GoNow, State::Rest(_)) => self.set_up(self.set),
            (Order::MoreRest, State::Rest(state)) => self.rest_longer(state),
            (Order::Again, State::Rest(state)) => match self.outcomes.last().map(|o| o.set) {
                Some(last) => {
                    self.drop_watched();
                    self.set_up(last);
                }
                None => self.state = State::Rest(state),
            },
            (_, state) => self.state = state,
        }
    }

    /// The next set is not watched for any more.
    pub(super) fn drop_watched(&mut self) {
        if std::mem::take(&mut self.is_set_begun) {
            self.effects.push(Effect::DropSet);
        }
    }

    /// Pain in a rest ends no set; what comes next waits for the person.
    fn after_pain_in_rest(&mut self) {
        self.say(super::sentence::Sentence::SetEnd { n: 0, reason: EndReason::Pain, is_timed: false });
        if let State::Rest(rest) = &mut self.state {
            rest.until = None;
            rest.is_watching = false;
        }
    }

    /// Leaves out what is being done, or what comes next.
    fn skip(&mut self) {
        let is_in_set = match &self.state {
            State::Set(_) => true,
            State::Paused(state) => matches!(*state.back, State::Set(_)),
            _ => false,
        };
        if is_in_set {
            return self.end_set(EndReason::Skipped);
        }
        self.drop_watched();
        self.outcomes.push(Outcome::left_out(self.set, EndReason::Skipped));
        self.after_set(EndReason::Skipped, 0);
    }

    fn pause_or_go_on(&mut self, why: Wait) {
        match self.take_state() {
            State::Paused(state) => self.asked_to_go_on(state),
            state @ (State::SetUp(_) | State::Ready(_) | State::Set(_) | State::Rest(_)) => {
                // After pain a hand or a key means: go on.
                if let State::Rest(rest) = &state
                    && rest.until.is_none()
                {
                    self.tone(Tone::GoesOn);
                    return self.set_up(self.set);
                }
                self.pause(why, state);
            }
            state => self.state = state,
        }
    }

    fn ended(&mut self, at: Timestamp, summary: &Summary) {
        self.note_time(at);
        let State::Ending(reason) = self.state else { return };
        self.outcomes.push(Outcome::of(self.set, reason, summary));
        self.after_set(reason, summary.reps.total);
    }
}
