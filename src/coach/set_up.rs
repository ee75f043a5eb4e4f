//! Coming into position, and the three seconds before a set.

use super::coaching::Coach;
use super::sentence::{Sentence, Wait};
use super::state::{Ready, SetUp, Standing, State};
use crate::base::time::Timestamp;
use crate::counting::gate::Obstacle;
use crate::counting::phase::Phase;

/// Advice is said when it has stood for so long, seconds: while somebody walks it changes from step to step.
const ADVICE_STANDS_S: f64 = 2.0;
/// Other advice than before is said no sooner than this after it, seconds.
const OTHER_ADVICE_GAP_S: f64 = 4.0;
/// Out of position for so long, it is to be taken again, seconds.
const LOST_S: f64 = 2.0;
/// One second a number.
const COUNT_FROM: u32 = 3;
/// Nobody seen for so long in set-up: there is nobody to wait for by ear, seconds.
const NOBODY_S: f64 = 60.0;

impl Coach {
    /// A frame while the person comes into position.
    pub(super) fn in_set_up(&mut self, mut state: SetUp, is_seen: bool, standing: Option<&Standing>) {
        let at = self.at;
        if is_seen {
            state.seen_at = Some(at);
        }
        let Some(standing) = standing else { return self.state = State::SetUp(state) };
        if standing.totals.total > 0 {
            // It has been begun in spite of everything: a count is never lost.
            self.enter_set();
            return self.in_set_now(standing);
        }
        if standing.phase != Phase::Setup {
            if at >= state.announced_by || standing.phase != Phase::Ready {
                return self.ready();
            }
            state.advice = None;
            return self.state = State::SetUp(state);
        }
        if at >= state.announced_by {
            let advice = advice_due(&mut state.advice, &mut state.advised_at, standing, at, self.manner.advice_gap_s);
            if let Some(obstacle) = advice {
                self.say(Sentence::Advice(obstacle));
            }
        }
        let waited_s = at.since(state.since);
        if waited_s >= self.by_ear_after_s() && at >= state.announced_by {
            let is_there = state.seen_at.is_some_and(|seen| at.since(seen) < NOBODY_S);
            return if is_there { self.go_by_ear() } else { self.pause(Wait::Left, State::SetUp(state)) };
        }
        if waited_s >= self.manner.calm_after_s && !state.is_calmed {
            state.is_calmed = true;
            self.say(Sentence::TakeYourTime);
        }
        self.state = State::SetUp(state);
    }

    /// So long the position is waited for, seconds: not at all where it is known that nothing can be seen from here.
    fn by_ear_after_s(&self) -> f64 {
        match self.planned() {
            Some(set) if set.plan.is_self_timed => 0.0,
            Some(set) if self.by_ear.contains(&set.exercise().id) => self.manner.by_ear_again_s,
            _ => self.manner.by_ear_after_s,
        }
    }

    /// A frame during three, two, one.
    pub(super) fn in_ready(&mut self, mut state: Ready, standing: Option<&Standing>) {
        let at = self.at;
        let Some(standing) = standing else { return self.state = State::Ready(state) };
        let is_moving = matches!(standing.phase, Phase::Moving | Phase::Target | Phase::Returning);
        if is_moving || standing.totals.total > 0 {
            // Whoever begins early is followed from the beginning: the engine has seen it.
            self.enter_set();
            return self.in_set_now(standing);
        }
        if standing.phase == Phase::Setup {
            let since = *state.lost_since.get_or_insert(at);
            if at.since(since) >= LOST_S {
                return self.back_to_set_up();
            }
        } else {
            state.lost_since = None;
        }
        let due = COUNT_FROM.saturating_sub(at.since(state.since).max(0.0) as u32);
        if due < state.said {
            state.said = due;
            if due == 0 {
                self.say(Sentence::Go);
                return self.enter_set();
            }
            self.say(Sentence::Countdown(due));
        }
        self.state = State::Ready(state);
    }
}

/// The advice to say now: what stands in the way has stood for a while, and was not said lately.
pub(super) fn advice_due(
    advice: &mut Option<(Obstacle, Timestamp)>,
    advised_at: &mut Option<Timestamp>,
    standing: &Standing,
    at: Timestamp,
    gap_s: f64,
) -> Option<Obstacle> {
    let Some(obstacle) = &standing.obstacle else {
        *advice = None;
        return None;
    };
    let is_new = advice.as_ref().is_none_or(|(known, _)| known != obstacle);
    if is_new {
        *advice = Some((obstacle.clone(), at));
    }
    let (obstacle, since) = advice.as_ref()?;
    let is_other = advised_at.is_none_or(|said| *since > said);
    let gap_s = if is_other { OTHER_ADVICE_GAP_S } else { gap_s };
    let is_due = at.since(*since) >= ADVICE_STANDS_S && advised_at.is_none_or(|said| at.since(said) >= gap_s);
    if !is_due {
        return None;
    }
    *advised_at = Some(at);
    Some(obstacle.clone())
}
