//! Cycles: an excursion to one side of neutral and one to the other, in any order, make one repetition.

use super::excursion::{Ending, Excursion, Quality};
use super::rise::{ExcursionEvent, Levels, RiseDetector};
use super::still::Window;
use super::zigzag::{Leg, Zigzag};
use crate::base::stats::{low_pass, min_max};
use crate::base::time::{Timestamp, step_s};
use crate::counting::phase::Phase;
use crate::counting::range::{RangeEstimate, RangeHistory, Thresholds};
use crate::exercise::{CountRule, Mode};
use crate::motion::signal::Reading;
use std::collections::VecDeque;
use std::sync::Arc;

/// Time constant with which neutral follows the signal while it is near, seconds.
const NEUTRAL_S: f64 = 3.0;
/// Both halves of a cycle follow each other within this, seconds. A half without its counterpart is noticed sooner, by the
/// same half coming again.
const HALVES_GAP_S: f64 = 12.0;
/// A place this near to an end of what the signal has gone through is no middle, share of that way.
const EDGE_SHARE: f64 = 0.25;
/// How long the signal must be still for neutral to be known, seconds.
const SETTLE_S: f64 = 0.6;
/// A signal that has been still for so long away from neutral has a new neutral, seconds.
const NEW_NEUTRAL_S: f64 = 6.0;
/// Stillness is looked for in so much of the past, seconds: one frame more than [`NEW_NEUTRAL_S`] at 8 frames/s.
const STILL_WINDOW_S: f64 = NEW_NEUTRAL_S + 0.2;
/// So much of the time before neutral is known is kept, to be gone through again when it is, seconds.
const KEPT_S: f64 = 30.0;
/// The second half of a cycle is done, at the end of a recording, once it has fallen to this share of its farthest point.
const TURNED_SHARE: f64 = 0.8;
/// What falls short and is over sooner than this is no half of a cycle, seconds.
const BRIEF_S: f64 = 0.3;

/// Finds cycles in one signal.
#[derive(Clone, Debug)]
pub struct CycleDetector {
    rule: Arc<CountRule>,
    neutral: Option<f64>,
    still: Window,
    last_at: Option<Timestamp>,
    /// Above neutral, below neutral.
    halves: [RiseDetector; 2],
    own: [RangeHistory; 2],
    /// Range from extreme to extreme that is known of the person. The halves may share it unequally.
    known_range: Option<f64>,
    /// A half that waits for its counterpart, and its side.
    pending: Option<(usize, Excursion)>,
    /// What was seen before neutral was known, and how far it swung.
    kept: VecDeque<(Timestamp, Reading)>,
    swing: Zigzag,
    /// Found in the time before neutral was known; reported one a frame.
    found_late: VecDeque<ExcursionEvent>,
}

impl CycleDetector {
    /// A detector for a person whose range from extreme to extreme is known, or not.
    pub fn new(rule: Arc<CountRule>, known_range: Option<f64>) -> Self {
        Self {
            neutral: None,
            still: Window::default(),
            last_at: None,
            halves: std::array::from_fn(|_| RiseDetector::of_distances(Arc::clone(&rule), Mode::Reps)),
            own: std::array::from_fn(|_| RangeHistory::default()),
            known_range,
            pending: None,
            kept: VecDeque::new(),
            // The first swing that tells neutral goes through twice the least half; a turn is half of that.
            swing: Zigzag::new(rule.min_range, 0.0),
            found_late: VecDeque::new(),
            rule,
        }
    }

    /// Starts again, as after the gate was closed.
    pub fn restart(&mut self) {
        let own = std::mem::take(&mut self.own);
        *self = Self { own, ..Self::new(Arc::clone(&self.rule), self.known_range) };
    }

    /// Neutral with the thresholds above and below it, as they are now; empty before neutral is known.
    pub fn levels(&self) -> Vec<Option<Levels>> {
        let Some(neutral) = self.neutral else { return Vec::new() };
        let of = |side: usize| {
            let levels = self.halves[side].levels(&[self.estimate(side)]).into_iter().flatten().next()?;
            let sign = if side == 0 { 1.0 } else { -1.0 };
            Some(Levels { baseline: neutral, enter: neutral + sign * levels.enter, exit: neutral + sign * levels.exit })
        };
        vec![of(0), of(1)]
    }

    /// Where the movement is; `None` until neutral is known.
    pub fn phase(&self) -> Option<Phase> {
        self.neutral?;
        let underway = self.halves.iter().find(|h| h.is_underway());
        let between = if self.pending.is_some() { Phase::Returning } else { Phase::Ready };
        underway.map_or(Some(between), RiseDetector::phase)
    }

    /// Takes the signal of one frame. `may_be_neutral`: nothing else speaks against the body being in the middle now; an
    /// extreme is held as still as neutral is.
    pub fn step(&mut self, at: Timestamp, reading: Option<Reading>, may_be_neutral: bool) -> Option<ExcursionEvent> {
        let knew_neutral = self.neutral.is_some();
        if let Some(reading) = reading {
            self.find_neutral(at, reading, may_be_neutral);
        }
        if knew_neutral {
            self.advance(at, reading);
        } else if self.neutral.is_some() {
            self.go_through_kept();
        }
        self.found_late.pop_front()
    }

    /// Ends what is under way: a cycle whose second half has turned back is one, a lone half is none. A single swing to one
    /// side and back tells neutral, too, when there is no more to come.
    pub fn finish(&mut self) -> Vec<Excursion> {
        if self.neutral.is_none()
            && let Some(leg) = self.swing.finish().filter(|leg| leg.begins_at_turn)
            && self.learn_from_swing(&leg)
        {
            self.go_through_kept();
        }
        let late = self.found_late.drain(..);
        let mut done: Vec<Excursion> =
            late.filter_map(|e| if let ExcursionEvent::Finished(m) = e { Some(m) } else { None }).collect();
        if let Some((side, first)) = self.pending.take() {
            let other = 1 - side;
            let has_turned = self.halves[other].has_fallen_to(TURNED_SHARE);
            let second = self.halves[other].finish(&[self.estimate(other)]).filter(|m| has_turned && m.is_entered());
            done.extend(second.map(|second| Excursion { ending: first.ending, ..self.joined(&first, &second) }));
        }
        self.restart();
        done
    }

    /// What is known of the range to one side.
    fn estimate(&self, side: usize) -> Option<RangeEstimate> {
        self.own[side].known().map(RangeEstimate::exactly)
    }

    /// One value with neutral known, or one in which nothing is.
    fn advance(&mut self, at: Timestamp, reading: Option<Reading>) {
        let distance = reading.zip(self.neutral).map(|(r, n)| Reading { value: r.value - n, ..r });
        let mut event = None;
        for side in 0..2 {
            let signed = distance.map(|d| if side == 0 { d } else { Reading { value: -d.value, ..d } });
            let estimate = self.estimate(side);
            match self.halves[side].step(at, &[signed], &[estimate], true) {
                Some(ExcursionEvent::Finished(half)) => event = self.finished_half(side, half),
                Some(ExcursionEvent::Started(t)) if self.pending.is_none() => event = Some(ExcursionEvent::Started(t)),
                _ => (),
            }
        }
        let event = event.or_else(|| self.expire(at));
        self.found_late.extend(event);
    }

    /// Two halves as one cycle, which also has to reach its share of the range that is known.
    fn joined(&self, first: &Excursion, second: &Excursion) -> Excursion {
        let mut whole = joined(first, second);
        if let Some(range) = self.known_range {
            whole.thresholds.enter = whole.thresholds.enter.max(range * self.rule.enter_share);
        }
        whole
    }

    fn finished_half(&mut self, side: usize, half: Excursion) -> Option<ExcursionEvent> {
        // The end of a movement that had begun before anything was seen, or jitter: too brief for half of anything.
        let is_brief = half.length_s() < BRIEF_S;
        if !half.is_entered() && (is_brief || !half.baseline_was_seen) {
            return None;
        }
        if half.is_entered() {
            self.own[side].learn(half.range);
        }
        match self.pending.take() {
            Some((first_side, first)) if first_side != side => {
                Some(ExcursionEvent::Finished(self.joined(&first, &half)))
            }
            // The same half again: the one before has no counterpart.
            Some((_, first)) => {
                self.pending = Some((side, half));
                Some(ExcursionEvent::Finished(lone(&first)))
            }
            None => {
                self.pending = Some((side, half));
                None
            }
        }
    }

    /// A half whose counterpart does not come is a cycle that does not count.
    fn expire(&mut self, at: Timestamp) -> Option<ExcursionEvent> {
        let (_, first) = self.pending.as_ref()?;
        if self.halves.iter().any(RiseDetector::is_underway) || at.since(first.end_at) < HALVES_GAP_S {
            return None;
        }
        let (_, first) = self.pending.take()?;
        Some(ExcursionEvent::Finished(lone(&first)))
    }

    /// Learns where neutral is, and follows it: from a still signal; before that from the first full swing, since a recording
    /// may begin in the movement.
    fn find_neutral(&mut self, at: Timestamp, reading: Reading, may_be_neutral: bool) {
        let value = reading.value;
        let band = Thresholds::of(&self.rule, self.estimate(0), 0.0, 0.0).start;
        let dt_s = step_s(&mut self.last_at, at);
        // The way out of an extreme belongs to no stillness in the middle.
        let still = if may_be_neutral {
            self.still_for(at, value, 2.0 * band)
        } else {
            self.still.clear();
            None
        };
        if let Some(neutral) = self.neutral {
            self.follow_neutral(neutral, value, band, dt_s, still);
            return;
        }
        self.kept.push_back((at, reading));
        while self.kept.front().is_some_and(|(t, _)| at.since(*t) > KEPT_S) {
            self.kept.pop_front();
        }
        let settled = still.filter(|(still_s, middle)| {
            *still_s >= SETTLE_S && (*still_s >= NEW_NEUTRAL_S || !self.is_at_an_end(*middle))
        });
        if let Some((_, middle)) = settled {
            self.neutral = Some(middle);
        } else if let Some(leg) = self.swing.take(at, value).filter(|leg| leg.begins_at_turn) {
            self.learn_from_swing(&leg);
        }
    }

    /// Takes the middle of a full swing for neutral, and half of it for the range to either side; false where it is too small
    /// for that.
    fn learn_from_swing(&mut self, leg: &Leg) -> bool {
        let is_full = leg.length() >= 2.0 * self.rule.min_range;
        if is_full {
            self.neutral = Some(f64::midpoint(leg.from.value, leg.to.value));
            for own in &mut self.own {
                own.learn(leg.length() / 2.0);
                own.learn(leg.length() / 2.0);
            }
        }
        is_full
    }

    /// Goes through what was seen before neutral was known.
    fn go_through_kept(&mut self) {
        for (at, reading) in std::mem::take(&mut self.kept) {
            self.advance(at, Some(reading));
        }
    }

    /// Neutral follows a signal near it, and moves to where the signal has been still for long.
    fn follow_neutral(&mut self, neutral: f64, value: f64, band: f64, dt_s: f64, still: Option<(f64, f64)>) {
        if (value - neutral).abs() < band {
            self.neutral = Some(low_pass(neutral, value, dt_s, NEUTRAL_S));
        } else if let Some((still_s, middle)) = still
            && still_s >= NEW_NEUTRAL_S
            && (middle - neutral).abs() >= band
            && !self.is_an_extreme(middle - neutral)
        {
            let last_at = self.last_at;
            self.restart();
            (self.neutral, self.last_at) = (Some(middle), last_at);
        }
    }

    /// Whether a place so far from neutral is one that the person has come to in their movements.
    fn is_an_extreme(&self, distance: f64) -> bool {
        let own = self.own[usize::from(distance < 0.0)].known();
        own.is_some_and(|own| distance.abs() >= own * self.rule.enter_share)
    }

    /// Whether a value lies at an end of what the signal has gone through, once that is more than the least range and it has
    /// turned somewhere: an extreme, held. Where it was at the very beginning is no turning point.
    fn is_at_an_end(&self, value: f64) -> bool {
        let Some((low, high)) = min_max(self.kept.iter().map(|(_, r)| r.value)) else { return false };
        let edge = EDGE_SHARE * (high - low);
        let has_gone_far = self.swing.turns() > 0 && high - low > self.rule.min_range;
        has_gone_far && !(low + edge..=high - edge).contains(&value)
    }

    /// How long the signal has stayed within `band`, seconds, and in the middle of what.
    fn still_for(&mut self, at: Timestamp, value: f64, band: f64) -> Option<(f64, f64)> {
        self.still.push(at, value);
        self.still.keep_last(at, STILL_WINDOW_S);
        self.still.narrow_to(band);
        let (low, high) = self.still.low_high()?;
        Some((self.still.span_s(at)?, f64::midpoint(low, high)))
    }
}

/// Two halves as one cycle: its range is from extreme to extreme, and it is short by what either half lacks.
fn joined(first: &Excursion, second: &Excursion) -> Excursion {
    let lacks = |m: &Excursion| (m.thresholds.enter - m.range).max(0.0);
    let range = first.range + second.range;
    let lacking = lacks(first) + lacks(second);
    let enter = if lacking > 0.0 { range + lacking } else { first.thresholds.enter + second.thresholds.enter };
    let is_lost = [first, second].iter().any(|half| half.ending == Ending::Lost);
    Excursion {
        start_at: first.start_at,
        // The same half in each cycle, so that they can be compared.
        peak_at: first.peak_at,
        end_at: second.end_at,
        range,
        channel: None,
        hold_s: 0.0,
        return_s: second.return_s,
        bounces: first.bounces + second.bounces,
        ending: if is_lost { Ending::Lost } else { Ending::Returned },
        baseline_was_seen: first.baseline_was_seen && second.baseline_was_seen,
        thresholds: Thresholds {
            start: first.thresholds.start,
            attempt: first.thresholds.attempt + second.thresholds.attempt,
            enter,
            exit: first.thresholds.exit + second.thresholds.exit,
        },
        sigma: first.sigma.max(second.sigma),
        quality: worse_of(first.quality, second.quality),
        samples: Arc::from([]),
    }
}

/// The quality of two halves: in each respect that of the worse one.
fn worse_of(a: Quality, b: Quality) -> Quality {
    Quality {
        over_noise: a.over_noise.zip(b.over_noise).map(|(a, b)| a.min(b)),
        trusted_share: a.trusted_share.min(b.trusted_share),
        directness: a.directness.min(b.directness),
    }
}

/// A half without its counterpart, which lacks a whole half.
fn lone(half: &Excursion) -> Excursion {
    let enter = half.range + half.thresholds.enter;
    Excursion { thresholds: Thresholds { enter, ..half.thresholds }, ..half.clone() }
}
