//! A set whose movement cannot be seen from here: the coach keeps the time, and the person's word is taken for it.

use super::coaching::Coach;
use super::in_set::LAST_SECONDS;
use super::sentence::{EndReason, Sentence, Tone};
use super::state::{Effect, InSet, Pace, Standing, State};
use crate::base::skeleton::Side;
use crate::base::time::Timestamp;
use crate::counting::runner::SetCommand;
use crate::exercise::Mode;

/// Time to get ready in, after it was said, seconds.
const BEFORE_S: f64 = 8.0;
/// From one hold to the next, seconds.
const BETWEEN_S: f64 = 5.0;
/// A calm repetition without a hold: into the position and back, seconds each.
const HALF_REPETITION_S: f64 = 2.0;

/// So much time to get ready in after a pause, seconds.
const AFTER_PAUSE_S: f64 = 4.0;

impl Coach {
    /// The set goes by ear from here on.
    pub(super) fn go_by_ear(&mut self) {
        let Some((id, has_sides)) = self.planned().map(|set| (set.exercise().id.clone(), set.has_both_sides())) else {
            return;
        };
        if !self.by_ear.contains(&id) {
            self.by_ear.push(id);
        }
        let side = has_sides.then_some(Sentence::NowSide(Side::Left));
        self.say_all(std::iter::once(Sentence::ByEar).chain(side).collect());
        self.begin_set(true);
        self.enter_set();
        let turn_at = self.at.plus_s(BEFORE_S);
        if let State::Set(state) = &mut self.state {
            state.pace = Some(Pace { turn_at, is_in: false, done: 0, counted_down: LAST_SECONDS + 1 });
        }
    }

    /// A frame in such a set.
    pub(super) fn by_ear(&mut self, mut state: InSet, standing: &Standing) {
        let (Some(mut pace), Some(planned)) = (state.pace, self.planned().cloned()) else {
            return self.state = State::Set(Box::new(state));
        };
        let (mode, target) = (planned.exercise().mode, planned.exercise().target);
        let to_do = if planned.is_timed() { 1 } else { planned.target_total() };
        let in_s = if mode == Mode::Reps { HALF_REPETITION_S } else { target.hold_s };
        let since_s = self.at.since(pace.turn_at);
        if !pace.is_in && since_s >= 0.0 {
            pace = Pace { turn_at: self.at, is_in: true, counted_down: LAST_SECONDS + 1, ..pace };
            self.effects.push(Effect::Set(SetCommand::HoldBegins));
            self.tone(Tone::HoldBegins);
            match mode {
                Mode::Hold => self.say(Sentence::Hold),
                Mode::Duration => self.say(Sentence::Go),
                Mode::Reps => (),
            }
        } else if pace.is_in && since_s >= in_s {
            self.effects.push(Effect::Set(SetCommand::HoldEnds));
            self.tone(Tone::HoldEnds);
            let done = pace.done + 1;
            let missing = to_do.saturating_sub(done);
            if mode != Mode::Duration {
                self.say_count(Sentence::Count { n: done, side: None, is_last_next: missing == 1 }, missing);
            }
            if missing == 0 {
                return self.end_set(EndReason::ByEar);
            }
            let is_other_side_next = planned.has_both_sides() && done == target.reps;
            if is_other_side_next {
                self.say(Sentence::NowSide(Side::Right));
            }
            let out_s = match mode {
                _ if is_other_side_next => BEFORE_S,
                Mode::Hold => BETWEEN_S,
                Mode::Reps | Mode::Duration => HALF_REPETITION_S,
            };
            let turn_at = self.at.plus_s(out_s);
            pace = Pace { turn_at, is_in: false, done, counted_down: LAST_SECONDS + 1 };
        } else if pace.is_in && mode != Mode::Reps {
            let due = (in_s - since_s).ceil() as u32;
            if (1..=LAST_SECONDS).contains(&due) && due < pace.counted_down {
                pace.counted_down = due;
                self.say(Sentence::Countdown(due));
            }
            self.tell_time(&mut state, &planned, standing);
        }
        state.said = standing.totals;
        state.pace = Some(pace);
        self.state = State::Set(Box::new(state));
    }
}

impl Pace {
    /// After a pause: what was under way is begun again.
    pub(super) fn goes_on(&mut self, at: Timestamp) {
        *self = Self { turn_at: at.plus_s(AFTER_PAUSE_S), is_in: false, counted_down: LAST_SECONDS + 1, ..*self };
    }
}
