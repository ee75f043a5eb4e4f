//! A set whose movement cannot be seen from here: the coach keeps the time, and the person's word is taken for it.

use super::coaching::Coach;
use super::in_set::LAST_SECONDS;
use super::sentence::{EndReason, Sentence, Tone};
use super::state::{InSet, Pace, Standing, State};
use crate::base::time::Timestamp;
use crate::counting::runner::SetCommand;
use crate::exercise::Mode;

/// Time to get ready in, after it was said, seconds.
const BEFORE_S: f64 = 8.0;
/// From one hold to the next, seconds.
const BETWEEN_S: f64 = 5.0;
/// A calm repetition without a hold: into the position and back, seconds each.
const HALF_REPETITION_S: f64 = 2.0;

impl Coach {
    /// The set goes by ear from here on.
    pub(super) fn go_by_ear(&mut self) {
        self.say(Sentence::ByEar);
        self.begin_set(true);
        self.enter_set();
        let turn_at = Timestamp::from_secs(self.at.secs() + BEFORE_S);
        if let State::Set(state) = &mut self.state {
            state.pace = Some(Pace { turn_at, is_in: false, done: 0, counted_down: LAST_SECONDS + 1 });
        }
    }

    /// A frame in such a set.
    pub(super) fn by_ear(&mut self, mut state: InSet, standing: &Standing) {
        let (Some(mut pace), Some(planned)) = (state.pace, self.planned().cloned()) else {
            return self.state = State::Set(Box::new(state));
        };
        let is_hold = planned.exercise().mode == Mode::Hold;
        let in_s = if is_hold { planned.exercise().target.hold_s } else { HALF_REPETITION_S };
        let out_s = if is_hold { BETWEEN_S } else { HALF_REPETITION_S };
        let since_s = self.at.since(pace.turn_at);
        if !pace.is_in && since_s >= 0.0 {
            if pace.done >= planned.target_total() {
                return self.end_set(EndReason::ByEar);
            }
            pace = Pace { turn_at: self.at, is_in: true, counted_down: LAST_SECONDS + 1, ..pace };
            self.effects.push(super::state::Effect::Set(SetCommand::HoldBegins));
            self.tone(Tone::HoldBegins);
            if is_hold {
                self.say(Sentence::Hold);
            }
        } else if pace.is_in && since_s >= in_s {
            let turn_at = Timestamp::from_secs(self.at.secs() + out_s);
            pace = Pace { turn_at, is_in: false, done: pace.done + 1, counted_down: LAST_SECONDS + 1 };
            self.effects.push(super::state::Effect::Set(SetCommand::HoldEnds));
            self.tone(Tone::HoldEnds);
            let missing = planned.target_total().saturating_sub(pace.done);
            self.say_count(Sentence::Count { n: pace.done, side: None, is_last_next: missing == 1 }, missing);
        } else if pace.is_in && is_hold {
            let due = (in_s - since_s).ceil() as u32;
            if (1..=LAST_SECONDS).contains(&due) && due < pace.counted_down {
                pace.counted_down = due;
                self.say(Sentence::Countdown(due));
            }
        }
        state.said = standing.totals;
        state.pace = Some(pace);
        self.state = State::Set(Box::new(state));
    }
}
