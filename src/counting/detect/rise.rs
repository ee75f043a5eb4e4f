//! Excursions to one side of a baseline, in one channel or one for each side; the channel that is farthest out leads.
//!
//! ```text
//!               beyond start                beyond enter
//!   ┌─────────┐ ───────────► ┌────────────┐ ───────────► ┌─────────────┐
//!   │ Resting │              │ on the way │              │ in position │ ◄─┐ back above exit: a wobble
//!   └─────────┘ ◄─────────── └────────────┘              └─────────────┘ ──┘
//!     ▲  ▲     fallen: an attempt is delivered,              │ under exit for longer: delivered
//!     │  │     less is dropped; still for long: the          ▼
//!     │  │     new place is the baseline               ┌───────────┐
//!     │  └──────────────────────────────────────────── │ Returning │ ──► on the way, when it rises again first
//!     │            under start: baseline regained      └───────────┘
//!     └─ nothing seen for a second: what was in position is delivered as lost
//! ```
//!
//! "On the way" and "in position" are one state, [`Underway`]. Everything runs on capture time. What is delivered is no
//! repetition yet: [`judge`](crate::counting::judge) says what counts.

use super::baseline::Baseline;
use super::excursion::{Ending, Excursion, Sample};
use super::returning::Returning;
use super::underway::Underway;
use crate::base::time::Timestamp;
use crate::counting::phase::Phase;
use crate::counting::range::{RangeEstimate, Thresholds, estimate_of};
use crate::exercise::{CountRule, Mode};
use crate::motion::signal::Reading;
use std::sync::Arc;

/// In hold mode a wobble or dropout of up to this pauses the hold, longer ends it, seconds (docs/rationale.md#hold).
const HOLD_GRACE_S: f64 = 1.0;
/// A wobble that takes longer than [`DIP_S`] stays above this share of the threshold at which the position is left.
const WOBBLE_SHARE: f64 = 0.5;
/// A wobble of up to this may be of any depth, seconds (docs/rationale.md#hold).
const DIP_S: f64 = 0.5;
/// A repetition that falls under its exit for less than this has not come back, seconds: a frame or two that jump out.
const REP_DIP_S: f64 = 0.12;
/// A gap of up to this between two sights of the same position is time in it, seconds: a frame or two.
const BRIDGED_S: f64 = 0.3;
/// A longer gap between two frames adds nothing to a hold, seconds.
const LONGEST_STEP_S: f64 = HOLD_GRACE_S / 2.0;
/// An excursion whose signal is unknown for longer than this is given up, seconds.
const UNKNOWN_S: f64 = 1.0;
/// Standing still out of position for so long makes the new place the baseline, seconds: longer than people pause half way.
const NEW_BASELINE_S: f64 = 8.0;
/// An excursion that never came into position is over once it has fallen under this share of its own peak.
const FALLEN_SHARE: f64 = 0.4;

/// Where the baseline and the thresholds lie, in the signal's own values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Levels {
    /// The baseline, or neutral.
    pub baseline: f64,
    /// A repetition is entered beyond this.
    pub enter: f64,
    /// And left on this side of it.
    pub exit: f64,
}

/// What a frame brought.
#[derive(Clone, Debug, PartialEq)]
pub enum ExcursionEvent {
    /// The baseline was left.
    Started(Timestamp),
    /// An excursion is over.
    Finished(Excursion),
    /// An excursion turned out to be nothing.
    Dropped,
}

/// What the own range of each channel is known to be; one for all where there is one.
pub type Estimates<'a> = &'a [Option<RangeEstimate>];

/// One frame as the detector sees it.
#[derive(Clone, Copy)]
struct Frame<'a> {
    at: Timestamp,
    readings: &'a [Option<Reading>],
    estimates: Estimates<'a>,
}

#[derive(Clone, Debug, Default)]
enum State {
    #[default]
    Resting,
    Underway(Box<Underway>),
    Returning(Returning),
}

/// The state after a frame, and what it brought.
type Next = (State, Option<ExcursionEvent>);

/// Finds excursions in one channel, or in one for each side.
#[derive(Clone, Debug)]
pub struct RiseDetector {
    rule: Arc<CountRule>,
    mode: Mode,
    baselines: Vec<Baseline>,
    state: State,
    /// The recording may begin in the middle of an excursion.
    may_begin_raised: bool,
    last_known_at: Option<Timestamp>,
    /// Values are distances from a baseline that somebody else follows.
    baseline_is_fixed: bool,
    /// The baseline in use was assumed or given, and has not been seen yet.
    baseline_is_assumed: bool,
    /// An excursion that began while another was ending, to be reported with the next frame.
    begun: Option<Timestamp>,
}

impl RiseDetector {
    /// A detector for so many channels.
    pub fn new(rule: Arc<CountRule>, channels: usize, mode: Mode) -> Self {
        Self {
            rule,
            mode,
            baselines: vec![Baseline::default(); channels],
            state: State::Resting,
            may_begin_raised: false,
            last_known_at: None,
            baseline_is_fixed: false,
            baseline_is_assumed: false,
            begun: None,
        }
    }

    /// A detector for one channel whose values are distances from the baseline already.
    pub fn of_distances(rule: Arc<CountRule>, mode: Mode) -> Self {
        let mut detector = Self { baseline_is_fixed: true, ..Self::new(rule, 1, mode) };
        detector.unsettle();
        detector
    }

    /// Starts again, as after the gate was closed. `may_begin_raised`: nothing is known of the time before, so that the
    /// person may already be in an excursion.
    pub fn restart(&mut self, may_begin_raised: bool) {
        self.unsettle();
        self.state = State::Resting;
        self.may_begin_raised = may_begin_raised;
        self.last_known_at = None;
        self.begun = None;
    }

    /// Whether an excursion is under way.
    pub fn is_underway(&self) -> bool {
        self.underway().is_some()
    }

    /// When the excursion under way began, once it has come into position.
    pub fn in_position_since(&self) -> Option<Timestamp> {
        self.underway().filter(|u| u.is_entered).map(Underway::since)
    }

    /// Largest standard deviation of the channels about their baselines.
    pub fn sigma(&self) -> f64 {
        self.baselines.iter().map(Baseline::sigma).fold(0.0, f64::max)
    }

    /// Where the movement is; `None` until a baseline is known.
    pub fn phase(&self) -> Option<Phase> {
        match &self.state {
            State::Underway(u) if u.is_entered && u.below_since.is_none() => Some(Phase::Target),
            State::Underway(u) if u.is_entered => Some(Phase::Returning),
            State::Underway(_) => Some(Phase::Moving),
            State::Returning(_) => Some(Phase::Returning),
            State::Resting => self.baselines.iter().any(|b| b.level().is_some()).then_some(Phase::Ready),
        }
    }

    /// Seconds in position so far, in the excursion under way.
    pub fn hold_so_far_s(&self, estimates: Estimates<'_>) -> Option<f64> {
        let underway = self.underway().filter(|u| u.is_entered)?;
        Some(underway.hold_s(&self.thresholds_of(underway, estimates)))
    }

    /// Baseline of each channel and the thresholds over it as they are now; `None` before a baseline is known.
    pub fn levels(&self, estimates: Estimates<'_>) -> Vec<Option<Levels>> {
        let peak = self.underway().map_or(0.0, |u| u.peak.distance);
        let of = |(channel, own): (usize, &Baseline)| {
            let (baseline, t) = (own.level()?, self.thresholds(channel, peak, estimates));
            Some(Levels { baseline, enter: baseline + t.enter, exit: baseline + t.exit })
        };
        self.baselines.iter().enumerate().map(of).collect()
    }

    /// Channel of the excursion under way, if it can be told.
    pub fn running_channel(&self) -> Option<usize> {
        self.underway()?.channel()
    }

    /// Whether the excursion under way came into position and has fallen to this share of its farthest point.
    pub fn has_fallen_to(&self, share: f64) -> bool {
        self.underway().is_some_and(|u| {
            let last = u.samples.last().map_or(u.peak.distance, |s| s.distance);
            u.is_entered && last <= u.peak.distance * share
        })
    }

    /// Takes the channels' readings of one frame; `None` where one is unknown. `may_be_neutral`: nothing else speaks against the
    /// body being at rest now, where an excursion may be held just as still.
    pub fn step(
        &mut self,
        at: Timestamp,
        readings: &[Option<Reading>],
        estimates: Estimates<'_>,
        may_be_neutral: bool,
    ) -> Option<ExcursionEvent> {
        let frame = Frame { at, readings, estimates };
        // While one limb moves the other is not at rest, however still it is.
        if !self.is_underway() {
            if may_be_neutral {
                self.settle(frame);
            } else {
                // Known to be in an excursion: the way back from it is no way up on the other channel.
                self.may_begin_raised = false;
            }
        }
        let Some(sample) = self.sample(frame) else { return self.unknown(at, estimates) };
        let (state, event) = match std::mem::take(&mut self.state) {
            State::Resting => self.rest(sample, frame),
            State::Underway(underway) => self.go_on(underway, sample, estimates),
            State::Returning(way) => self.come_back(way, sample, frame),
        };
        self.state = state;
        event.or_else(|| self.begun.take().map(ExcursionEvent::Started))
    }

    /// Ends an excursion under way, as at the end of the recording or when the gate closes.
    pub fn finish(&mut self, estimates: Estimates<'_>) -> Option<Excursion> {
        let State::Underway(underway) = std::mem::take(&mut self.state) else { return None };
        let t = self.thresholds_of(&underway, estimates);
        let ending = if underway.below_since.is_some() { Ending::Returned } else { Ending::Cut };
        let end_at = underway.below_since.unwrap_or(underway.last_at());
        Some(underway.finished(end_at, &t, self.sigma(), ending))
    }

    fn underway(&self) -> Option<&Underway> {
        if let State::Underway(underway) = &self.state { Some(underway) } else { None }
    }

    /// Forgets the baselines, unless they are given from outside.
    fn unsettle(&mut self) {
        let fixed = self.baseline_is_fixed;
        self.baselines.iter_mut().for_each(|b| if fixed { b.assume(0.0) } else { b.unsettle() });
        self.baseline_is_assumed = fixed;
    }

    /// Thresholds for an excursion of a channel that has gone as far as `peak`.
    fn thresholds(&self, channel: usize, peak: f64, estimates: Estimates<'_>) -> Thresholds {
        Thresholds::of(&self.rule, estimate_of(estimates, channel), self.sigma(), peak)
    }

    fn thresholds_of(&self, underway: &Underway, estimates: Estimates<'_>) -> Thresholds {
        self.thresholds(underway.peak.channel, underway.peak.distance, estimates)
    }

    /// The frame as a sample of the channel that is farthest out; `None` where nothing is known, or not of the channel whose
    /// excursion is under way: that is over when it has come back, not when another limb is seen at rest.
    fn sample(&mut self, Frame { at, readings, .. }: Frame<'_>) -> Option<Sample> {
        let known = self.baselines.iter().zip(readings).enumerate().filter_map(|(channel, (baseline, reading))| {
            let reading = (*reading)?;
            Some((channel, reading.value - baseline.level()?, reading.trusted))
        });
        let (channel, distance, is_trusted) = known.max_by(|a, b| a.1.total_cmp(&b.1))?;
        if self.underway().is_some_and(|u| readings.get(u.peak.channel).is_none_or(Option::is_none)) {
            return None;
        }
        let dt_s = self.last_known_at.replace(at).map_or(0.0, |last| at.since(last));
        let dt_s = if dt_s > LONGEST_STEP_S { 0.0 } else { dt_s };
        Some(Sample { at, distance, channel, dt_s, is_trusted })
    }

    /// Learns the baseline of channels that have none yet.
    fn settle(&mut self, Frame { at, readings, estimates }: Frame<'_>) {
        let (rule, sigma) = (Arc::clone(&self.rule), self.sigma());
        for (channel, (baseline, reading)) in self.baselines.iter_mut().zip(readings).enumerate() {
            let (None, Some(value)) = (baseline.level(), reading.map(|r| r.value)) else { continue };
            let start = Thresholds::of(&rule, estimate_of(estimates, channel), sigma, 0.0).start;
            let raised = raised_over(&rule, baseline, value, start).filter(|_| self.may_begin_raised);
            if let Some(level) = raised {
                baseline.assume(level);
                self.baseline_is_assumed = true;
            } else {
                baseline.settle(at, value, 2.0 * start, (rule.baseline_min, rule.baseline_max));
            }
        }
        let are_settled = self.baselines.iter().zip(readings).all(|(b, r)| r.is_none() || b.level().is_some());
        if are_settled && readings.iter().any(Option::is_some) {
            self.may_begin_raised = false;
        }
    }

    /// Lets the baselines follow, unless they are given from outside.
    fn follow(&mut self, Frame { at, readings, estimates }: Frame<'_>) {
        if self.baseline_is_fixed {
            return;
        }
        let (rule, sigma) = (Arc::clone(&self.rule), self.sigma());
        // Of two channels one falls far while the other moves: that is no rest.
        let least_range = if self.baselines.len() == 1 { rule.min_range } else { f64::INFINITY };
        for (channel, (baseline, reading)) in self.baselines.iter_mut().zip(readings).enumerate() {
            if let Some(reading) = reading {
                let start = Thresholds::of(&rule, estimate_of(estimates, channel), sigma, 0.0).start;
                baseline.keep_up(at, reading.value, start, (rule.baseline_min, rule.baseline_max), least_range);
            }
        }
    }

    /// Moves the baselines to where their signals are now, unless they are given from outside.
    fn shift(&mut self, Frame { at, readings, .. }: Frame<'_>) {
        if !self.baseline_is_fixed {
            let max = self.rule.baseline_max;
            let known = self.baselines.iter_mut().zip(readings).filter_map(|(b, reading)| Some((b, (*reading)?)));
            known.for_each(|(baseline, reading)| baseline.shift(at, reading.value, max));
        }
    }

    /// At rest: a start begins an excursion.
    fn rest(&mut self, sample: Sample, frame: Frame<'_>) -> Next {
        if sample.distance < self.thresholds(sample.channel, 0.0, frame.estimates).start {
            self.baseline_is_assumed = false;
            self.follow(frame);
            return (State::Resting, None);
        }
        let underway = Underway::new(sample, std::mem::take(&mut self.baseline_is_assumed));
        (State::Underway(Box::new(underway)), Some(ExcursionEvent::Started(sample.at)))
    }

    /// An excursion under way.
    fn go_on(&mut self, mut underway: Box<Underway>, sample: Sample, estimates: Estimates<'_>) -> Next {
        underway.take(sample);
        let t = self.thresholds_of(&underway, estimates);
        underway.measure(&t);
        if underway.is_entered { self.in_position(underway, sample, &t) } else { self.on_the_way(underway, sample, &t) }
    }

    /// In position, or out of it for a moment.
    fn in_position(&mut self, mut underway: Box<Underway>, sample: Sample, t: &Thresholds) -> Next {
        let is_back = underway.below_since.is_none() || underway.steady >= t.exit;
        if sample.distance >= t.exit && is_back {
            // Back in position: unless it is another limb that has come up meanwhile, or the next movement after a short rest.
            let is_other = sample.channel != underway.peak.channel;
            let is_next = |since: &Timestamp| self.mode == Mode::Hold && underway.has_rested(*since, t);
            let next_since = underway.below_since.filter(|since| is_other || is_next(since));
            underway.below_since = None;
            if let Some(since) = next_since {
                let other = underway.of_other(since, sample.channel);
                self.begun = Some(other.since());
                return (State::Underway(Box::new(other)), Some(self.delivered(&underway, since, t)));
            }
            return (State::Underway(underway), None);
        }
        let since = *underway.below_since.get_or_insert(sample.at);
        if self.is_wobble(sample, sample.at.since(since), t) {
            return (State::Underway(underway), None);
        }
        (after(since, sample, t), Some(self.delivered(&underway, since, t)))
    }

    /// Whether being out of position for `out_s` is no end of it. Far out for longer is none, however soon the next
    /// movement begins.
    fn is_wobble(&self, sample: Sample, out_s: f64, t: &Thresholds) -> bool {
        match self.mode {
            Mode::Hold => out_s < DIP_S || (sample.distance >= t.exit * WOBBLE_SHARE && out_s < HOLD_GRACE_S),
            _ => out_s < REP_DIP_S,
        }
    }

    /// Not in position yet: it may come, fall, or stand still.
    fn on_the_way(&mut self, mut underway: Box<Underway>, sample: Sample, t: &Thresholds) -> Next {
        if sample.distance < t.start.max(underway.peak.distance * FALLEN_SHARE) {
            let is_attempt = underway.peak.distance >= t.attempt;
            let event = if is_attempt { self.delivered(&underway, sample.at, t) } else { ExcursionEvent::Dropped };
            return (after(sample.at, sample, t), Some(event));
        }
        if underway.still_s(sample, t.start) > NEW_BASELINE_S {
            self.unsettle();
            return (State::Resting, Some(ExcursionEvent::Dropped));
        }
        (State::Underway(underway), None)
    }

    fn delivered(&self, underway: &Underway, end_at: Timestamp, t: &Thresholds) -> ExcursionEvent {
        ExcursionEvent::Finished(underway.finished(end_at, t, self.sigma(), Ending::Returned))
    }

    /// After an excursion, until the baseline is regained; a new rise before that is an excursion of its own.
    fn come_back(&mut self, mut way: Returning, sample: Sample, frame: Frame<'_>) -> Next {
        let t = self.thresholds(sample.channel, 0.0, frame.estimates);
        if sample.distance < t.start {
            self.baselines.iter_mut().for_each(Baseline::regained);
            return (State::Resting, None);
        }
        way.take(sample, t.start);
        if sample.distance < t.attempt && way.has_settled(sample.at) {
            self.shift(frame);
        }
        if sample.distance > way.lowest + (t.enter - t.exit).max(t.start) {
            let underway = Underway::new(sample, false);
            return (State::Underway(Box::new(underway)), Some(ExcursionEvent::Started(sample.at)));
        }
        if sample.at.since(way.since) > NEW_BASELINE_S {
            self.unsettle();
            return (State::Resting, None);
        }
        (State::Returning(way), None)
    }

    /// A frame in which nothing is known: an excursion under way waits, then is given up.
    fn unknown(&mut self, at: Timestamp, estimates: Estimates<'_>) -> Option<ExcursionEvent> {
        self.last_known_at = self.last_known_at.filter(|last| at.since(*last) <= BRIDGED_S);
        let underway = self.underway().filter(|u| at.since(u.last_at()) >= UNKNOWN_S)?;
        let t = self.thresholds_of(underway, estimates);
        let lost = underway.finished(underway.last_at(), &t, self.sigma(), Ending::Lost);
        let is_worth_listing = underway.is_entered;
        self.restart(false);
        Some(if is_worth_listing { ExcursionEvent::Finished(lost) } else { ExcursionEvent::Dropped })
    }
}

/// Where an excursion that has been over since then leaves the detector: at the baseline already, so that the next may begin
/// with the next frame, or on the way there.
fn after(since: Timestamp, sample: Sample, t: &Thresholds) -> State {
    if sample.distance < t.start {
        return State::Resting;
    }
    State::Returning(Returning::new(since, sample.distance))
}

/// The baseline under a recording that begins in an excursion: at its height, or before the signal could settle.
fn raised_over(rule: &CountRule, baseline: &Baseline, value: f64, start: f64) -> Option<f64> {
    let height = rule.baseline_max.filter(|max| value > max + start);
    let foot = baseline.lowest().filter(|low| value > low + 2.0 * start);
    let foot = foot.filter(|low| rule.baseline_max.is_none_or(|max| *low <= max));
    height.or(foot.filter(|low| rule.baseline_min.is_none_or(|min| *low >= min)))
}
