//! One movement: rest is left, a farthest point reached, rest regained. Two thresholds with a gap, on capture time.
//!
//! The machine works on distances from rest, one channel or one for each side; the channel that is farthest out leads. It
//! does not decide what counts: it delivers [`Excursion`]s, and [`ledger`](super::ledger) judges them.

use super::baseline::Baseline;
pub use super::excursion::{Ending, Excursion};
use super::underway::{Running, Sample};
use crate::base::time::Timestamp;
use crate::counting::phase::Phase;
use crate::counting::range::{RangeEstimate, Thresholds, estimate_of};
use crate::exercise::{CountRule, Mode};

/// In hold mode a wobble or dropout of up to this pauses the hold, longer ends it, seconds (exercises.md, "Hold").
const HOLD_GRACE_S: f64 = 1.0;
/// A wobble that takes longer than [`DIP_S`] stays above this share of the threshold at which the position is left.
const WOBBLE_SHARE: f64 = 0.5;
/// A wobble of up to this may be of any depth, seconds (exercises.md, "Hold").
const DIP_S: f64 = 0.5;
/// A repetition that falls under its exit for less than this has not come back, seconds: a frame or two that jump out.
const REP_DIP_S: f64 = 0.12;
/// A gap of up to this between two sights of the same position is time in it, seconds: a frame or two.
const BRIDGED_S: f64 = 0.3;
/// A movement whose signal is unknown for longer than this is given up, seconds.
const UNKNOWN_S: f64 = 1.0;
/// Standing still out of position for so long makes the new place the rest, seconds.
pub(super) const NEW_REST_S: f64 = 8.0;
/// Having stayed a little over rest for so long after a movement, the person rests there, seconds.
const SHIFTED_REST_S: f64 = 1.0;
/// And not risen by more than this share of a start meanwhile, jitter left out.
const SHIFTED_RISE_SHARE: f64 = 0.75;
/// Time constant that leaves jitter out, seconds.
const TREMBLE_S: f64 = 0.6;
/// A movement that never came into position is over once it has fallen under this share of its own peak.
const FALLEN_SHARE: f64 = 0.4;

/// Where rest and the thresholds lie, in the signal's own values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Levels {
    /// Baseline, or neutral.
    pub rest: f64,
    /// A repetition is entered beyond this.
    pub enter: f64,
    /// And left on this side of it.
    pub exit: f64,
}

/// What a step of the machine brought.
#[derive(Clone, Debug, PartialEq)]
pub enum ExcursionEvent {
    /// Rest was left.
    Started(Timestamp),
    /// A movement is over.
    Finished(Excursion),
    /// A movement turned out to be nothing.
    Dropped,
}

#[derive(Clone, Debug, Default)]
enum State {
    #[default]
    Resting,
    Running(Box<Running>),
    /// Position left, rest not yet regained.
    Returning(Returning),
}

/// On the way back to rest.
#[derive(Clone, Copy, Debug)]
struct Returning {
    /// When the position was left.
    since: Timestamp,
    /// Lowest distance since.
    lowest: f64,
    /// Distance without jitter.
    mean: f64,
    /// Since when that has not risen, over which lowest distance.
    not_over: (Timestamp, f64),
}

/// Finds movements in one or two channels.
#[derive(Clone, Debug)]
pub struct RiseDetector {
    rests: Vec<Baseline>,
    state: State,
    mode: Mode,
    /// The recording may begin in the middle of a movement.
    may_begin_raised: bool,
    last_known_at: Option<Timestamp>,
    /// Values are distances from a rest that somebody else follows.
    baseline_is_fixed: bool,
    /// The rest in use was assumed or given, and has not been seen yet.
    baseline_is_assumed: bool,
    /// A movement that began while another was ending, to be told with the next frame.
    begun: Option<Timestamp>,
}

impl RiseDetector {
    /// A machine for so many channels.
    pub fn new(channels: usize, mode: Mode) -> Self {
        Self {
            rests: vec![Baseline::default(); channels],
            state: State::Resting,
            mode,
            may_begin_raised: false,
            last_known_at: None,
            baseline_is_fixed: false,
            baseline_is_assumed: false,
            begun: None,
        }
    }

    /// A machine for one channel whose values are distances from rest already.
    pub fn of_distances(mode: Mode) -> Self {
        let mut machine = Self { baseline_is_fixed: true, ..Self::new(1, mode) };
        machine.unsettle();
        machine
    }

    /// Forgets where rest is, unless it is given from outside.
    fn unsettle(&mut self) {
        let fixed = self.baseline_is_fixed;
        self.rests.iter_mut().for_each(|r| if fixed { r.assume(0.0) } else { r.unsettle() });
        self.baseline_is_assumed = fixed;
    }

    /// Starts again, as after the gate was closed. `may_begin_raised`: nothing is known of the time before, so that the
    /// person may already be in a movement.
    pub fn restart(&mut self, may_begin_raised: bool) {
        self.unsettle();
        self.state = State::Resting;
        self.may_begin_raised = may_begin_raised;
        self.last_known_at = None;
        self.begun = None;
    }

    /// Whether a movement runs.
    pub fn is_running(&self) -> bool {
        matches!(self.state, State::Running(_))
    }

    /// When the running movement began, once it has come into position.
    pub fn in_position_since(&self) -> Option<Timestamp> {
        let State::Running(running) = &self.state else { return None };
        running.entered.then(|| running.since())
    }

    /// Largest standard deviation of the channels at rest.
    pub fn sigma(&self) -> f64 {
        self.rests.iter().map(Baseline::sigma).fold(0.0, f64::max)
    }

    /// Where the movement is; `None` until a rest is known.
    pub fn phase(&self) -> Option<Phase> {
        match &self.state {
            State::Running(r) if r.entered && r.below_since.is_none() => Some(Phase::Target),
            State::Running(r) if r.entered => Some(Phase::Returning),
            State::Running(_) => Some(Phase::Moving),
            State::Returning(_) => Some(Phase::Returning),
            State::Resting => self.rests.iter().any(|r| r.level().is_some()).then_some(Phase::Ready),
        }
    }

    /// Seconds in position so far, in the running movement.
    pub fn hold_so_far_s(&self, rule: &CountRule, own: &[Option<RangeEstimate>]) -> Option<f64> {
        let State::Running(running) = &self.state else { return None };
        let t = self.thresholds_of(running, rule, own);
        running.entered.then(|| running.hold_s(&t))
    }

    /// Rest of each channel and the thresholds over it as they are now; `None` before a rest is known.
    pub fn levels(&self, rule: &CountRule, own: &[Option<RangeEstimate>]) -> Vec<Option<Levels>> {
        let peak = if let State::Running(r) = &self.state { r.peak.distance } else { 0.0 };
        let of = |channel: usize, rest: f64| {
            let t = Thresholds::of(rule, estimate_of(own, channel), self.sigma(), peak);
            Levels { rest, enter: rest + t.enter, exit: rest + t.exit }
        };
        self.rests.iter().enumerate().map(|(i, r)| Some(of(i, r.level()?))).collect()
    }

    /// Thresholds at rest, for a channel.
    fn thresholds_at_rest(&self, channel: usize, rule: &CountRule, own: &[Option<RangeEstimate>]) -> Thresholds {
        Thresholds::of(rule, estimate_of(own, channel), self.sigma(), 0.0)
    }

    /// Thresholds that apply to a movement so far.
    fn thresholds_of(&self, running: &Running, rule: &CountRule, own: &[Option<RangeEstimate>]) -> Thresholds {
        Thresholds::of(rule, estimate_of(own, running.peak.channel), self.sigma(), running.peak.distance)
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

    /// Takes the channel values of one frame; `None` where a value is unknown. `own`: the own range of each channel.
    pub fn step(
        &mut self,
        at: Timestamp,
        values: &[Option<f64>],
        rule: &CountRule,
        own: &[Option<RangeEstimate>],
    ) -> Option<ExcursionEvent> {
        // While one limb moves the other is not at rest, however still it is.
        if !self.is_running() {
            self.settle(at, values, rule, own);
        }
        // A movement is over when it has come back, not when another limb is seen at rest.
        let is_hidden =
            matches!(&self.state, State::Running(r) if values.get(r.peak.channel).is_none_or(Option::is_none));
        let Some((channel, distance)) = self.farthest(values).filter(|_| !is_hidden) else {
            return self.unknown(at, rule, own);
        };
        let dt_s = self.last_known_at.map_or(0.0, |last| at.since(last));
        self.last_known_at = Some(at);
        let dt_s = if dt_s > HOLD_GRACE_S / 2.0 { 0.0 } else { dt_s };
        let sample = Sample { at, distance, channel, dt_s };
        let state = std::mem::take(&mut self.state);
        let (state, event) = match state {
            State::Resting => self.rest(sample, values, rule, own),
            State::Running(running) => self.run(*running, sample, rule, own),
            State::Returning(way) => self.come_back(way, sample, values, rule, own),
        };
        self.state = state;
        event.or_else(|| self.begun.take().map(ExcursionEvent::Started))
    }

    /// Ends a running movement, as at the end of the recording or when the gate closes.
    pub fn finish(&mut self, rule: &CountRule, own: &[Option<RangeEstimate>]) -> Option<Excursion> {
        let state = std::mem::take(&mut self.state);
        let State::Running(running) = state else { return None };
        let t = self.thresholds_of(&running, rule, own);
        let last = running.samples.last().map_or(running.peak.at, |s| s.at);
        let ending = if running.below_since.is_some() { Ending::Returned } else { Ending::Cut };
        Some(self.finished(&running, running.below_since.unwrap_or(last), rule, &t, ending))
    }

    /// Learns the rest of channels that have none yet.
    fn settle(&mut self, at: Timestamp, values: &[Option<f64>], rule: &CountRule, own: &[Option<RangeEstimate>]) {
        let sigma = self.sigma();
        for (channel, (rest, value)) in self.rests.iter_mut().zip(values).enumerate() {
            let (None, Some(value)) = (rest.level(), value) else { continue };
            let t = Thresholds::of(rule, estimate_of(own, channel), sigma, 0.0);
            // A recording may begin in a movement: at its height, or before rest could settle.
            let height = rule.baseline_max.filter(|max| *value > max + t.start);
            let foot = rest
                .lowest()
                .filter(|low| *value > low + 2.0 * t.start && rule.baseline_max.is_none_or(|max| *low <= max));
            let foot = foot.filter(|low| rule.baseline_min.is_none_or(|min| *low >= min));
            if let Some(level) = height.or(foot).filter(|_| self.may_begin_raised) {
                rest.assume(level);
                self.baseline_is_assumed = true;
            } else {
                rest.settle(at, *value, 2.0 * t.start, (rule.baseline_min, rule.baseline_max));
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
    fn follow(&mut self, at: Timestamp, values: &[Option<f64>], rule: &CountRule, own: &[Option<RangeEstimate>]) {
        if self.baseline_is_fixed {
            return;
        }
        // Of two channels one falls far while the other moves: that is no rest.
        let least_range = if self.rests.len() == 1 { rule.min_range } else { f64::INFINITY };
        let limits = (rule.baseline_min, rule.baseline_max);
        let sigma = self.sigma();
        for (channel, (rest, value)) in self.rests.iter_mut().zip(values).enumerate() {
            if let Some(value) = *value {
                let t = Thresholds::of(rule, estimate_of(own, channel), sigma, 0.0);
                rest.keep_up(at, value, t.start, limits, least_range);
            }
        }
    }

    /// Moves the rests to where their signals are now, unless they are given from outside.
    fn shift(&mut self, at: Timestamp, values: &[Option<f64>], rule: &CountRule) {
        if !self.baseline_is_fixed {
            let known = self.rests.iter_mut().zip(values).filter_map(|(rest, value)| Some((rest, (*value)?)));
            known.for_each(|(rest, value)| rest.shift(at, value, rule.baseline_max));
        }
    }

    fn rest(
        &mut self,
        sample: Sample,
        values: &[Option<f64>],
        rule: &CountRule,
        own: &[Option<RangeEstimate>],
    ) -> (State, Option<ExcursionEvent>) {
        if sample.distance < self.thresholds_at_rest(sample.channel, rule, own).start {
            self.baseline_is_assumed = false;
            self.follow(sample.at, values, rule, own);
            return (State::Resting, None);
        }
        let running = Running::new(sample, std::mem::take(&mut self.baseline_is_assumed));
        (State::Running(Box::new(running)), Some(ExcursionEvent::Started(sample.at)))
    }

    fn run(
        &mut self,
        mut running: Running,
        sample: Sample,
        rule: &CountRule,
        own: &[Option<RangeEstimate>],
    ) -> (State, Option<ExcursionEvent>) {
        running.take(sample);
        let t = self.thresholds_of(&running, rule, own);
        running.sum_up(&t);
        running.entered |= running.steady >= t.enter;
        let finish = |running: &Running, at| {
            Some(ExcursionEvent::Finished(self.finished(running, at, rule, &t, Ending::Returned)))
        };
        if running.entered {
            let is_other = sample.channel != running.peak.channel;
            let is_back = running.below_since.is_none() || running.steady >= t.exit;
            if sample.distance >= t.exit && is_back {
                // Back in position: unless it is another limb that has come up meanwhile.
                if let Some(since) = running.below_since.take().filter(|_| is_other) {
                    let event = finish(&running, since);
                    let other = running.of_other(since, sample.channel);
                    self.begun = Some(other.since());
                    return (State::Running(Box::new(other)), event);
                }
                return (State::Running(Box::new(running)), None);
            }
            let since = *running.below_since.get_or_insert(sample.at);
            let out_s = sample.at.since(since);
            // Far out of position for longer is no wobble, however soon the next movement begins.
            let wobbles = match self.mode {
                Mode::Hold => out_s < DIP_S || (sample.distance >= t.exit * WOBBLE_SHARE && out_s < HOLD_GRACE_S),
                _ => out_s < REP_DIP_S,
            };
            if wobbles {
                return (State::Running(Box::new(running)), None);
            }
            return (after(since, sample, &t), finish(&running, since));
        }
        if sample.distance < t.start.max(running.peak.distance * FALLEN_SHARE) {
            let state = after(sample.at, sample, &t);
            if running.peak.distance >= t.attempt {
                return (state, finish(&running, sample.at));
            }
            return (state, Some(ExcursionEvent::Dropped));
        }
        if running.stands_still(sample, t.start) {
            self.unsettle();
            return (State::Resting, Some(ExcursionEvent::Dropped));
        }
        (State::Running(Box::new(running)), None)
    }

    /// After a movement, until rest is regained; a new rise before that is a movement of its own.
    fn come_back(
        &mut self,
        mut way: Returning,
        sample: Sample,
        values: &[Option<f64>],
        rule: &CountRule,
        own: &[Option<RangeEstimate>],
    ) -> (State, Option<ExcursionEvent>) {
        let t = self.thresholds_at_rest(sample.channel, rule, own);
        if sample.distance < t.start {
            self.rests.iter_mut().for_each(Baseline::regained);
            return (State::Resting, None);
        }
        // Not an attempt, and not rising for a while: rest itself has moved, or two channels that mirror each other jitter
        // about it.
        way.mean += (sample.distance - way.mean) * sample.dt_s / (TREMBLE_S + sample.dt_s);
        way.not_over.1 = way.not_over.1.min(way.mean);
        if way.mean - way.not_over.1 > SHIFTED_RISE_SHARE * t.start {
            way.not_over = (sample.at, way.mean);
        }
        if sample.distance < t.attempt && sample.at.since(way.not_over.0) > SHIFTED_REST_S {
            self.shift(sample.at, values, rule);
        }
        way.lowest = way.lowest.min(sample.distance);
        if sample.distance > way.lowest + (t.enter - t.exit).max(t.start) {
            return (State::Running(Box::new(Running::new(sample, false))), Some(ExcursionEvent::Started(sample.at)));
        }
        if sample.at.since(way.since) > NEW_REST_S {
            self.unsettle();
            return (State::Resting, None);
        }
        (State::Returning(way), None)
    }

    /// A movement that is over. One that fell short of the own range is also timed by what it was itself, as if it were the
    /// first of the set: the own range may turn out to be another.
    fn finished(
        &self,
        running: &Running,
        at: Timestamp,
        rule: &CountRule,
        t: &Thresholds,
        ending: Ending,
    ) -> Excursion {
        let movement = running.finished(at, t, ending);
        if self.mode != Mode::Hold || movement.range >= t.enter {
            return movement;
        }
        let by_itself = Thresholds::of(rule, None, self.sigma(), movement.range);
        Excursion { hold_by_itself_s: running.hold_s(&by_itself), ..movement }
    }

    /// A frame in which nothing is known: a running movement waits, then is given up.
    fn unknown(&mut self, at: Timestamp, rule: &CountRule, own: &[Option<RangeEstimate>]) -> Option<ExcursionEvent> {
        self.last_known_at = self.last_known_at.filter(|last| at.since(*last) <= BRIDGED_S);
        let State::Running(running) = &self.state else { return None };
        let last = running.samples.last().map_or(running.peak.at, |s| s.at);
        if at.since(last) < UNKNOWN_S {
            return None;
        }
        let t = self.thresholds_of(running, rule, own);
        let movement = self.finished(running, last, rule, &t, Ending::Lost);
        let worth_listing = running.entered;
        self.restart(false);
        Some(if worth_listing { ExcursionEvent::Finished(movement) } else { ExcursionEvent::Dropped })
    }
}

/// Where a movement that has been over since then leaves the machine: already at rest, so that the next may begin with the
/// next frame, or on the way there.
fn after(since: Timestamp, sample: Sample, t: &Thresholds) -> State {
    if sample.distance < t.start {
        return State::Resting;
    }
    let distance = sample.distance;
    State::Returning(Returning { since, lowest: distance, mean: distance, not_over: (since, distance) })
}
