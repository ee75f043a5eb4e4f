//! One movement: rest is left, a farthest point reached, rest regained. Two thresholds with a gap, on capture time.
//!
//! The machine works on distances from rest, one channel or one for each side; the channel that is farthest out leads. It
//! does not decide what counts: it delivers [`Movement`]s, and [`ledger`](super::ledger) judges them.

use super::Phase;
use super::range::Thresholds;
use super::rest::Rest;
use super::running::{Running, Sample};
use crate::exercise::{CountRule, Mode};
use crate::time::Timestamp;

/// In hold mode a wobble or dropout of up to this pauses the hold, longer ends it, seconds (exercises.md, "Hold").
const HOLD_GRACE_S: f64 = 1.0;
/// A wobble stays above this share of the threshold at which the position is left.
const WOBBLE_SHARE: f64 = 0.5;
/// A movement whose signal is unknown for longer than this is given up, seconds.
const UNKNOWN_S: f64 = 1.0;
/// Standing still out of position for so long makes the new place the rest, seconds.
pub(super) const NEW_REST_S: f64 = 8.0;
/// Having stayed a little over rest for so long after a movement, the person rests there, seconds.
const SHIFTED_REST_S: f64 = 1.0;
/// A movement that never came into position is over once it has fallen under this share of its own peak.
const FALLEN_SHARE: f64 = 0.4;

/// How a movement ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Back at rest, or out of position.
    Returned,
    /// Given up because nothing could be seen.
    Lost,
    /// The recording or the set ended first.
    Cut,
}

/// A finished movement.
#[derive(Clone, Debug, PartialEq)]
pub struct Movement {
    /// Rest was left.
    pub start_at: Timestamp,
    /// Farthest point.
    pub peak_at: Timestamp,
    /// Rest was regained, or the position left.
    pub end_at: Timestamp,
    /// Distance from rest at the farthest point.
    pub range: f64,
    /// Index of the channel it belongs to, `None` when two channels are too close to tell.
    pub channel: Option<usize>,
    /// Seconds in position, pauses excluded.
    pub hold_s: f64,
    /// Seconds of the way back between the two thresholds, `None` when it was not gone.
    pub return_s: Option<f64>,
    /// Times it swung back and forth in position.
    pub bounces: u32,
    /// How it ended.
    pub ending: Ending,
    /// Whether the rest it started from was seen. A recording may begin in the middle of a movement; its range is then at
    /// least what is given, and is not compared with others.
    pub rest_was_seen: bool,
    /// Thresholds that applied.
    pub thresholds: Thresholds,
}

impl Movement {
    /// A movement of which only its time is known, because the person says so.
    pub fn on_word(since: Timestamp, at: Timestamp) -> Self {
        let held_s = at.since(since).max(0.0);
        Self {
            start_at: since,
            peak_at: since,
            end_at: at,
            range: 0.0,
            channel: None,
            hold_s: held_s,
            return_s: None,
            bounces: 0,
            ending: Ending::Returned,
            rest_was_seen: false,
            thresholds: Thresholds { start: 0.0, attempt: 0.0, enter: 0.0, exit: 0.0 },
        }
    }
}

/// Where rest and the thresholds lie, in the signal's own values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Levels {
    /// Rest, or neutral.
    pub rest: f64,
    /// A repetition is entered beyond this.
    pub enter: f64,
    /// And left on this side of it.
    pub exit: f64,
}

/// What a step of the machine brought.
#[derive(Clone, Debug, PartialEq)]
pub enum MovementEvent {
    /// Rest was left.
    Started(Timestamp),
    /// A movement is over.
    Finished(Movement),
    /// A movement turned out to be nothing.
    Dropped,
}

#[derive(Clone, Debug, Default)]
enum State {
    #[default]
    Resting,
    Running(Box<Running>),
    /// Position left, rest not yet regained: since when, and the lowest distance since.
    Returning(Timestamp, f64),
}

/// Finds movements in one or two channels.
#[derive(Clone, Debug)]
pub struct MovementMachine {
    rests: Vec<Rest>,
    state: State,
    mode: Mode,
    /// The recording may begin in the middle of a movement.
    may_begin_raised: bool,
    last_known_at: Option<Timestamp>,
    /// Values are distances from a rest that somebody else follows.
    rest_is_fixed: bool,
    /// The rest in use was assumed or given, and has not been seen yet.
    rest_is_assumed: bool,
}

impl MovementMachine {
    /// A machine for so many channels.
    pub fn new(channels: usize, mode: Mode) -> Self {
        Self {
            rests: vec![Rest::default(); channels],
            state: State::Resting,
            mode,
            may_begin_raised: false,
            last_known_at: None,
            rest_is_fixed: false,
            rest_is_assumed: false,
        }
    }

    /// A machine for one channel whose values are distances from rest already.
    pub fn of_distances(mode: Mode) -> Self {
        let mut machine = Self { rest_is_fixed: true, ..Self::new(1, mode) };
        machine.unsettle();
        machine
    }

    /// Forgets where rest is, unless it is given from outside.
    fn unsettle(&mut self) {
        let fixed = self.rest_is_fixed;
        self.rests.iter_mut().for_each(|r| if fixed { r.assume(0.0) } else { r.unsettle() });
        self.rest_is_assumed = fixed;
    }

    /// Starts again, as after the gate was closed. `may_begin_raised`: nothing is known of the time before, so that the
    /// person may already be in a movement.
    pub fn restart(&mut self, may_begin_raised: bool) {
        self.unsettle();
        self.state = State::Resting;
        self.may_begin_raised = may_begin_raised;
        self.last_known_at = None;
    }

    /// Whether a movement runs.
    pub fn is_running(&self) -> bool {
        matches!(self.state, State::Running(_))
    }

    /// Largest standard deviation of the channels at rest.
    pub fn sigma(&self) -> f64 {
        self.rests.iter().map(Rest::sigma).fold(0.0, f64::max)
    }

    /// Where the movement is; `None` until a rest is known.
    pub fn phase(&self) -> Option<Phase> {
        match &self.state {
            State::Running(r) if r.entered && r.below_since.is_none() => Some(Phase::Target),
            State::Running(r) if r.entered => Some(Phase::Returning),
            State::Running(_) => Some(Phase::Moving),
            State::Returning(..) => Some(Phase::Returning),
            State::Resting => self.rests.iter().any(|r| r.level().is_some()).then_some(Phase::Ready),
        }
    }

    /// Seconds in position so far, in the running movement.
    pub fn hold_so_far_s(&self, rule: &CountRule, own: Option<f64>) -> Option<f64> {
        let State::Running(running) = &self.state else { return None };
        let t = Thresholds::of(rule, own, self.sigma(), running.peak.distance);
        running.entered.then(|| running.hold_s(&t))
    }

    /// Rest of each channel and the thresholds over it as they are now; `None` before a rest is known.
    pub fn levels(&self, rule: &CountRule, own: Option<f64>) -> Vec<Option<Levels>> {
        let peak = if let State::Running(r) = &self.state { r.peak.distance } else { 0.0 };
        let t = Thresholds::of(rule, own, self.sigma(), peak);
        let of = |rest: f64| Levels { rest, enter: rest + t.enter, exit: rest + t.exit };
        self.rests.iter().map(|r| r.level().map(of)).collect()
    }

    /// Channel of the running movement, if it can be told.
    pub fn running_channel(&self) -> Option<usize> {
        let State::Running(running) = &self.state else { return None };
        running.channel()
    }

    /// Whether the running movement came into position and has fallen to this share of its farthest point.
    pub fn has_fallen_to(&self, share: f64) -> bool {
        let State::Running(running) = &self.state else { return false };
        let last = running.samples.last().map_or(running.peak.distance, |s| s.distance);
        running.entered && last <= running.peak.distance * share
    }

    /// Takes the channel values of one frame; `None` where a value is unknown.
    pub fn step(
        &mut self,
        at: Timestamp,
        values: &[Option<f64>],
        rule: &CountRule,
        own: Option<f64>,
    ) -> Option<MovementEvent> {
        let peak = if let State::Running(r) = &self.state { r.peak.distance } else { 0.0 };
        let thresholds = Thresholds::of(rule, own, self.sigma(), peak);
        self.settle(at, values, rule, &thresholds);
        let Some((channel, distance)) = self.farthest(values) else { return self.unknown(at, &thresholds) };
        let dt_s = self.last_known_at.map_or(0.0, |last| at.since(last));
        self.last_known_at = Some(at);
        let dt_s = if dt_s > HOLD_GRACE_S / 2.0 { 0.0 } else { dt_s };
        let sample = Sample { at, distance, channel, dt_s };
        let state = std::mem::take(&mut self.state);
        let (state, event) = match state {
            State::Resting => self.rest(sample, values, rule, &thresholds),
            State::Running(running) => self.run(*running, sample, rule, own),
            State::Returning(since, lowest) => self.come_back((since, lowest), sample, values, rule, &thresholds),
        };
        self.state = state;
        event
    }

    /// Ends a running movement, as at the end of the recording or when the gate closes.
    pub fn finish(&mut self, rule: &CountRule, own: Option<f64>) -> Option<Movement> {
        let state = std::mem::take(&mut self.state);
        let State::Running(running) = state else { return None };
        let t = Thresholds::of(rule, own, self.sigma(), running.peak.distance);
        let last = running.samples.last().map_or(running.peak.at, |s| s.at);
        let ending = if running.below_since.is_some() { Ending::Returned } else { Ending::Cut };
        Some(running.finished(running.below_since.unwrap_or(last), &t, ending))
    }

    /// Learns the rest of channels that have none yet.
    fn settle(&mut self, at: Timestamp, values: &[Option<f64>], rule: &CountRule, t: &Thresholds) {
        for (rest, value) in self.rests.iter_mut().zip(values) {
            let (None, Some(value)) = (rest.level(), value) else { continue };
            // A recording may begin in a movement: at its height, or before rest could settle.
            let height = rule.rest_max.filter(|max| *value > max + t.start);
            let foot =
                rest.lowest().filter(|low| *value > low + 2.0 * t.start && rule.rest_max.is_none_or(|max| *low <= max));
            if let Some(level) = height.or(foot).filter(|_| self.may_begin_raised) {
                rest.assume(level);
                self.rest_is_assumed = true;
            } else {
                rest.settle(at, *value, 2.0 * t.start, (rule.rest_min, rule.rest_max));
            }
        }
        if self.rests.iter().zip(values).all(|(r, v)| v.is_none() || r.level().is_some())
            && values.iter().any(Option::is_some)
        {
            self.may_begin_raised = false;
        }
    }

    /// The channel that is farthest from its rest, and how far.
    fn farthest(&self, values: &[Option<f64>]) -> Option<(usize, f64)> {
        let distances = self.rests.iter().zip(values).enumerate();
        let known = distances.filter_map(|(i, (rest, value))| Some((i, (*value)? - rest.level()?)));
        known.max_by(|a, b| a.1.total_cmp(&b.1))
    }

    /// Lets the rests follow, unless they are given from outside.
    fn follow(&mut self, at: Timestamp, values: &[Option<f64>], rule: &CountRule, t: &Thresholds) {
        if !self.rest_is_fixed {
            let known = self.rests.iter_mut().zip(values).filter_map(|(r, v)| Some((r, (*v)?)));
            known.for_each(|(rest, value)| follow(rest, at, value, rule, t));
        }
    }

    fn rest(
        &mut self,
        sample: Sample,
        values: &[Option<f64>],
        rule: &CountRule,
        t: &Thresholds,
    ) -> (State, Option<MovementEvent>) {
        if sample.distance < t.start {
            self.rest_is_assumed = false;
            self.follow(sample.at, values, rule, t);
            return (State::Resting, None);
        }
        let running = Running::new(sample, std::mem::take(&mut self.rest_is_assumed));
        (State::Running(Box::new(running)), Some(MovementEvent::Started(sample.at)))
    }

    fn run(
        &mut self,
        mut running: Running,
        sample: Sample,
        rule: &CountRule,
        own: Option<f64>,
    ) -> (State, Option<MovementEvent>) {
        running.take(sample);
        let t = Thresholds::of(rule, own, self.sigma(), running.peak.distance);
        running.entered |= sample.distance >= t.enter;
        let finish = |running: &Running, at| Some(MovementEvent::Finished(running.finished(at, &t, Ending::Returned)));
        if running.entered {
            if sample.distance >= t.exit {
                running.below_since = None;
                return (State::Running(Box::new(running)), None);
            }
            let since = *running.below_since.get_or_insert(sample.at);
            // Far out of position is no wobble, however soon the next movement begins.
            let wobbles = sample.distance >= t.exit * WOBBLE_SHARE && sample.at.since(since) < HOLD_GRACE_S;
            if self.mode == Mode::Hold && wobbles {
                return (State::Running(Box::new(running)), None);
            }
            return (State::Returning(sample.at, sample.distance), finish(&running, since));
        }
        if sample.distance < t.start.max(running.peak.distance * FALLEN_SHARE) {
            let state = State::Returning(sample.at, sample.distance);
            if running.peak.distance >= t.attempt {
                return (state, finish(&running, sample.at));
            }
            return (state, Some(MovementEvent::Dropped));
        }
        if running.stands_still(sample, t.start) {
            self.unsettle();
            return (State::Resting, Some(MovementEvent::Dropped));
        }
        (State::Running(Box::new(running)), None)
    }

    /// After a movement, until rest is regained; a new rise before that is a movement of its own.
    fn come_back(
        &mut self,
        (since, lowest): (Timestamp, f64),
        sample: Sample,
        values: &[Option<f64>],
        rule: &CountRule,
        t: &Thresholds,
    ) -> (State, Option<MovementEvent>) {
        if sample.distance < t.start {
            return (State::Resting, None);
        }
        // Not an attempt, for a while: rest itself has moved, or two channels that mirror each other tremble about it.
        if sample.distance < t.attempt && sample.at.since(since) > SHIFTED_REST_S {
            self.follow(sample.at, values, rule, t);
        }
        let lowest = lowest.min(sample.distance);
        if sample.distance > lowest + (t.enter - t.exit).max(t.start) {
            return (State::Running(Box::new(Running::new(sample, false))), Some(MovementEvent::Started(sample.at)));
        }
        if sample.at.since(since) > NEW_REST_S {
            self.unsettle();
            return (State::Resting, None);
        }
        (State::Returning(since, lowest), None)
    }

    /// A frame in which nothing is known: a running movement waits, then is given up.
    fn unknown(&mut self, at: Timestamp, t: &Thresholds) -> Option<MovementEvent> {
        self.last_known_at = None;
        let State::Running(running) = &self.state else { return None };
        let last = running.samples.last().map_or(running.peak.at, |s| s.at);
        if at.since(last) < UNKNOWN_S {
            return None;
        }
        let movement = running.finished(last, t, Ending::Lost);
        let worth_listing = running.entered;
        self.restart(false);
        Some(if worth_listing { MovementEvent::Finished(movement) } else { MovementEvent::Dropped })
    }
}

/// Lets a rest follow its signal. A little lower is rest; much lower is another place, where the signal must settle first;
/// under the exercise's limit it is no rest at all.
fn follow(rest: &mut Rest, at: Timestamp, value: f64, rule: &CountRule, t: &Thresholds) {
    let Some(level) = rest.level() else { return };
    if rule.rest_min.is_some_and(|min| value < min - t.start) {
        rest.unsettle();
    } else if value < level - t.start {
        rest.settle(at, value, 2.0 * t.start, (rule.rest_min, rule.rest_max));
    } else {
        rest.follow(at, value);
    }
}
