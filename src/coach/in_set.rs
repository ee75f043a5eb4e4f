//! A set under way: counts, holds, sides, corrections, and its end.

use super::coaching::Coach;
use super::programme::PlannedSet;
use super::sentence::{EndReason, NotCounted, Sentence, Tone, Wait};
use super::set_up::advice_due;
use super::state::{HoldTalk, InSet, Standing, State};
use crate::base::geom::elevation_deg;
use crate::base::skeleton::{Landmark, Side};
use crate::counting::engine::{Event, EventKind};
use crate::counting::phase::Phase;
use crate::counting::reason::ReasonKind;
use crate::counting::record::{Rep, RepSide, RepTotals};
use crate::exercise::Mode;
use crate::motion::track::TrackedPose;

/// A set that goes by time has a half worth telling from this length on, seconds.
const HALF_FROM_S: f64 = 40.0;
/// The last seconds of a hold that are counted down.
pub(super) const LAST_SECONDS: u32 = 3;
/// A hold shorter than this is too short for words, seconds.
const SPOKEN_HOLD_S: f64 = 4.0;
/// The same reason for not counting is told so often running; then by a tone.
const SAME_REASON: u32 = 2;
/// The other side is named as the next one when it still has so much to do: in turn, it comes by itself.
const SIDE_LEFT_TO_DO: u32 = 2;
/// A trunk from here on is up from the floor, degrees.
const UP_DEG: f64 = 60.0;

/// How many repetitions are still to do.
pub(super) fn missing(set: &PlannedSet, totals: &RepTotals) -> u32 {
    let reps = set.exercise().target.reps;
    if set.has_both_sides() {
        let open = reps.saturating_sub(totals.left) + reps.saturating_sub(totals.right);
        open.saturating_sub(totals.unknown)
    } else {
        reps.saturating_sub(totals.total)
    }
}

impl Coach {
    /// The first look at a set that has been going on before it was noticed.
    pub(super) fn in_set_now(&mut self, standing: &Standing) {
        let State::Set(state) = std::mem::replace(&mut self.state, State::Over) else { return };
        self.in_set(*state, None, &[], Some(standing));
    }

    /// A frame in a set.
    pub(super) fn in_set(
        &mut self,
        mut state: InSet,
        pose: Option<&TrackedPose>,
        events: &[Event],
        standing: Option<&Standing>,
    ) {
        let (Some(standing), Some(planned)) = (standing, self.planned().cloned()) else {
            return self.state = State::Set(Box::new(state));
        };
        if let Some(why) = pose.and_then(|pose| self.has_gone(&mut state, pose, &planned)) {
            return self.pause(why, State::Set(Box::new(state)));
        }
        if state.pace.is_some() {
            return self.by_ear(state, standing);
        }
        self.tell_counts(&mut state, &planned, events, standing);
        self.tell_hold(&mut state, &planned, events, standing);
        self.tell_time(&mut state, &planned, standing);
        self.tell_form(&mut state, events, standing);
        if is_reached(&planned, standing) {
            return self.end_set(EndReason::Target);
        }
        if let Some(reason) = self.has_stopped(&mut state, events, standing) {
            self.say(Sentence::LeaveIt);
            return self.end_set(reason);
        }
        self.state = State::Set(Box::new(state));
    }

    /// Whether the person has gone, or got up.
    fn has_gone(&self, state: &mut InSet, pose: &TrackedPose, planned: &PlannedSet) -> Option<Wait> {
        let at = self.at;
        let (gone_after_s, up_after_s) = match state.pace {
            None => (self.manner.gone_after_s, self.manner.up_after_s),
            Some(_) => (self.manner.by_ear_gone_s, self.manner.by_ear_up_s),
        };
        if pose.found {
            state.unseen_since = None;
        } else {
            state.up_since = None;
            let since = *state.unseen_since.get_or_insert(at);
            return (at.since(since) >= gone_after_s).then_some(Wait::Left);
        }
        // Whoever is asked something sits up to answer.
        let is_asked = state.said.total == 0 && self.offer.as_ref().is_some_and(|offer| at <= offer.until);
        let may_sit_up = !planned.exercise().posture.is_on_the_floor() || is_asked;
        if may_sit_up || trunk_is_up(pose) != Some(true) {
            state.up_since = None;
            return None;
        }
        let since = *state.up_since.get_or_insert(at);
        (at.since(since) >= up_after_s).then_some(Wait::GotUp)
    }

    /// Says what counts now, and what does not.
    fn tell_counts(&mut self, state: &mut InSet, planned: &PlannedSet, events: &[Event], standing: &Standing) {
        let (before, now) = (state.said, standing.totals);
        state.said = now;
        let newest = events.iter().rev().filter_map(|e| e.kind.rep()).find(|rep| rep.counted);
        if planned.is_timed() {
            return self.tell_pass(&before, &now, newest);
        }
        if now.total > before.total {
            state.not_counted = None;
            let side = if planned.has_both_sides() { grown_side(&before, &now, newest) } else { None };
            let n = match side {
                Some(RepSide::Left) => now.left,
                Some(RepSide::Right) => now.right,
                _ => now.total,
            };
            let missing = missing(planned, &now);
            self.say_count(Sentence::Count { n, side, is_last_next: missing == 1 }, missing);
            let is_clean = newest.is_some_and(|rep| rep.faults.is_empty());
            let praise = self.talk.counted(self.at, now.total, is_clean);
            if let Some(praise) = praise.filter(|_| missing > 1) {
                self.say(praise);
            }
            self.tell_side(state, planned, side, &now);
            return;
        }
        // What was dropped and is listed anew is no news.
        if events.iter().any(|e| matches!(e.kind, EventKind::RepDropped { .. })) {
            return;
        }
        let rejected = events.iter().rev().find_map(|e| match &e.kind {
            EventKind::RepRejected(rep) => Some(rep),
            _ => None,
        });
        let Some(what) = rejected.and_then(|rep| told(rep)) else { return };
        let times = state.not_counted.filter(|(last, _)| *last == what).map_or(0, |(_, times)| times);
        state.not_counted = Some((what, times + 1));
        self.tone(Tone::NotCounted);
        if times < SAME_REASON {
            self.say(Sentence::NotCounted(what));
        }
    }

    /// Passes are not said, but corrections and praise go by them as by repetitions.
    fn tell_pass(&mut self, before: &RepTotals, now: &RepTotals, newest: Option<&Rep>) {
        if now.total > before.total {
            let is_clean = newest.is_some_and(|rep| rep.faults.is_empty());
            self.talk.counted(self.at, now.total, is_clean).into_iter().for_each(|praise| self.say(praise));
        }
    }

    /// One side is done: the other one is next.
    fn tell_side(&mut self, state: &mut InSet, planned: &PlannedSet, side: Option<RepSide>, now: &RepTotals) {
        let reps = planned.exercise().target.reps;
        let (done, other, left_to_do) = match side {
            Some(RepSide::Left) => (now.left, Side::Right, reps.saturating_sub(now.right)),
            Some(RepSide::Right) => (now.right, Side::Left, reps.saturating_sub(now.left)),
            _ => return,
        };
        if done >= reps && left_to_do >= SIDE_LEFT_TO_DO.min(reps) && state.side_said != Some(other) {
            state.side_said = Some(other);
            self.say(Sentence::NowSide(other));
        }
    }

    /// Says "hold" at its beginning, the last three seconds, and when it is long enough.
    fn tell_hold(&mut self, state: &mut InSet, planned: &PlannedSet, events: &[Event], standing: &Standing) {
        if planned.exercise().mode != Mode::Hold {
            return;
        }
        let has_ended = events.iter().any(|e| e.kind.rep().is_some());
        if has_ended || matches!(standing.phase, Phase::Ready | Phase::Setup) {
            state.hold = None;
        }
        let Some((held_s, target_s)) = standing.hold.filter(|_| standing.phase == Phase::Target) else { return };
        let is_spoken = target_s >= SPOKEN_HOLD_S;
        let Some(talk) = &mut state.hold else {
            if held_s < target_s {
                state.hold = Some(HoldTalk { counted_down: LAST_SECONDS + 1, is_released: false });
                self.tone(Tone::HoldBegins);
                if is_spoken {
                    self.say(Sentence::Hold);
                }
            }
            return;
        };
        let left_s = target_s - held_s;
        if left_s <= 0.0 {
            if !std::mem::replace(&mut talk.is_released, true) {
                self.tone(Tone::HoldEnds);
                self.say(Sentence::Release);
            }
            return;
        }
        let due = left_s.ceil() as u32;
        if is_spoken && due <= LAST_SECONDS && due < talk.counted_down {
            talk.counted_down = due;
            self.say(Sentence::Countdown(due));
        }
    }

    /// In a set that goes by time: half of it is over.
    pub(super) fn tell_time(&mut self, state: &mut InSet, planned: &PlannedSet, standing: &Standing) {
        let hold = standing.hold.filter(|(_, target_s)| planned.is_timed() && *target_s >= HALF_FROM_S);
        let Some((active_s, target_s)) = hold else { return };
        if active_s * 2.0 >= target_s && !std::mem::replace(&mut state.is_half_said, true) {
            self.say(Sentence::Half);
        }
    }

    /// Corrections, where there is room for one; advice, where the person is out of position.
    fn tell_form(&mut self, state: &mut InSet, events: &[Event], standing: &Standing) {
        for event in events {
            if let EventKind::Cue { text, fault } = &event.kind {
                self.talk.ask(event.at, text, fault.as_deref());
            }
        }
        let is_counting_down = state.hold.is_some_and(|hold| hold.counted_down <= LAST_SECONDS);
        if !is_counting_down && let Some(cue) = self.talk.next(self.at) {
            self.say(cue);
        }
        if standing.phase != Phase::Setup {
            state.advice = None;
            return;
        }
        let gap_s = self.manner.advice_gap_s;
        let advice = advice_due(&mut state.advice, &mut state.advised_at, standing, self.at, gap_s);
        if let Some(obstacle) = advice {
            self.say(Sentence::Advice(obstacle));
        }
    }

    /// Whether nothing moves any more, or the position was left for good.
    fn has_stopped(&mut self, state: &mut InSet, events: &[Event], standing: &Standing) -> Option<EndReason> {
        let at = self.at;
        let has_moved = events
            .iter()
            .any(|e| e.kind.entry().is_some() || matches!(e.kind, EventKind::Active { .. } | EventKind::Phase(_)));
        // Whoever holds is at work, up to the end of the hold; after that nobody holds for ever.
        let is_holding =
            standing.phase == Phase::Target && standing.hold.is_some_and(|(held_s, target_s)| held_s < target_s);
        if has_moved || is_holding {
            state.moved_at = at;
            state.is_calmed = false;
        }
        if standing.phase == Phase::Setup {
            // Out of position, movement is not looked for: that is another wait, with advice of its own.
            state.moved_at = at;
            let since = *state.lapsed_since.get_or_insert(at);
            return (at.since(since) >= self.manner.lapsed_end_s).then_some(EndReason::Still);
        }
        state.lapsed_since = None;
        let still_s = at.since(state.moved_at);
        if still_s >= self.manner.still_end_s {
            return Some(EndReason::Still);
        }
        if still_s >= self.manner.still_calm_s && !state.is_calmed {
            state.is_calmed = true;
            self.say(Sentence::TakeYourTime);
        }
        None
    }
}

/// Whether the target of the set is reached.
fn is_reached(planned: &PlannedSet, standing: &Standing) -> bool {
    if planned.is_timed() {
        standing.hold.is_some_and(|(active_s, target_s)| active_s >= target_s)
    } else {
        missing(planned, &standing.totals) == 0
    }
}

/// The side on which there is one more; that of the newest repetition where both have grown.
fn grown_side(before: &RepTotals, now: &RepTotals, newest: Option<&Rep>) -> Option<RepSide> {
    match (now.left > before.left, now.right > before.right) {
        (true, false) => Some(RepSide::Left),
        (false, true) => Some(RepSide::Right),
        _ => newest.and_then(|rep| rep.side),
    }
}

/// What is told of a repetition that does not count; nothing of another movement, or of a fault that its cue tells.
fn told(rep: &Rep) -> Option<NotCounted> {
    match ReasonKind::of_text(rep.reason.as_deref()?) {
        ReasonKind::Short => Some(NotCounted::Short),
        ReasonKind::HeldTooShort => Some(NotCounted::HeldTooShort),
        ReasonKind::TooQuick => Some(NotCounted::TooQuick),
        ReasonKind::OutOfSight => Some(NotCounted::OutOfSight),
        ReasonKind::OtherSide => Some(NotCounted::OtherSide),
        ReasonKind::Another | ReasonKind::Wrong => None,
    }
}

/// Whether the trunk is upright; `None` where it is not seen.
pub(super) fn trunk_is_up(pose: &TrackedPose) -> Option<bool> {
    let (hip, shoulder) = pose.mid(Landmark::LeftHip).zip(pose.mid(Landmark::LeftShoulder))?;
    elevation_deg(hip, shoulder).map(|deg| deg >= UP_DEG)
}
