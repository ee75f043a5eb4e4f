//! Cycles: a movement to one side of neutral and one to the other, in any order, make one repetition.

use super::rise::{Ending, Excursion, ExcursionEvent, Levels, RiseDetector};
use crate::base::time::Timestamp;
use crate::counting::phase::Phase;
use crate::counting::range::{RangeEstimate, RangeHistory, Thresholds};
use crate::exercise::{CountRule, Mode};
use std::collections::VecDeque;

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
/// So much of the time before neutral is known is kept, to be gone through again when it is, seconds.
const KEPT_S: f64 = 30.0;
/// The second half of a cycle is done, at the end of a recording, once it has fallen to this share of its farthest point.
const TURNED_SHARE: f64 = 0.8;

/// A short movement of less than this share of the shortest cycle is no half of one.
const BRIEF_SHARE: f64 = 0.25;

/// Finds cycles in one signal.
#[derive(Clone, Debug)]
pub struct CycleDetector {
    neutral: Option<f64>,
    still: Vec<(Timestamp, f64)>,
    last_at: Option<Timestamp>,
    /// Above neutral, below neutral.
    halves: [RiseDetector; 2],
    own: [RangeHistory; 2],
    /// Range from extreme to extreme that is known of the person. The halves may share it unequally.
    calibrated: Option<f64>,
    pending: Option<(usize, Excursion)>,
    /// What was seen before neutral was known, and how far it swung.
    kept: VecDeque<(Timestamp, f64)>,
    swing: Swing,
    /// Found in the time before neutral was known; told one a frame.
    found_late: VecDeque<ExcursionEvent>,
}

impl Default for CycleDetector {
    fn default() -> Self {
        Self {
            neutral: None,
            still: Vec::new(),
            last_at: None,
            halves: std::array::from_fn(|_| RiseDetector::of_distances(Mode::Reps)),
            own: std::array::from_fn(|_| RangeHistory::default()),
            calibrated: None,
            pending: None,
            kept: VecDeque::new(),
            swing: Swing::default(),
            found_late: VecDeque::new(),
        }
    }
}

impl CycleDetector {
    /// A machine for a person whose range from extreme to extreme is known, or not.
    pub fn new(own_range: Option<f64>) -> Self {
        Self { calibrated: own_range, ..Self::default() }
    }

    /// Starts again, as after the gate was closed.
    pub fn restart(&mut self) {
        let own = std::mem::take(&mut self.own);
        *self = Self { own, calibrated: self.calibrated, ..Self::default() };
    }

    /// Neutral with the thresholds above and below it, as they are now; empty before neutral is known.
    pub fn levels(&self, rule: &CountRule) -> Vec<Option<Levels>> {
        let Some(neutral) = self.neutral else { return Vec::new() };
        let of = |side: usize| {
            let levels = self.halves[side]
                .levels(rule, &[self.own[side].known().map(RangeEstimate::exactly)])
                .into_iter()
                .flatten()
                .next()?;
            let sign = if side == 0 { 1.0 } else { -1.0 };
            Some(Levels { rest: neutral, enter: neutral + sign * levels.enter, exit: neutral + sign * levels.exit })
        };
        vec![of(0), of(1)]
    }

    /// Where the movement is; `None` until neutral is known.
    pub fn phase(&self) -> Option<Phase> {
        self.neutral?;
        let running = self.halves.iter().find(|h| h.is_running());
        let between = if self.pending.is_some() { Phase::Returning } else { Phase::Ready };
        running.map_or(Some(between), RiseDetector::phase)
    }

    /// Takes the signal of one frame. `may_be_neutral`: nothing else speaks against the body being in the middle now; an
    /// extreme is held as still as neutral is.
    pub fn step(
        &mut self,
        at: Timestamp,
        value: Option<f64>,
        rule: &CountRule,
        may_be_neutral: bool,
    ) -> Option<ExcursionEvent> {
        let knew_neutral = self.neutral.is_some();
        if let Some(value) = value {
            self.find_neutral(at, value, rule, may_be_neutral);
        }
        if knew_neutral {
            self.advance(at, value, rule);
        } else if self.neutral.is_some() {
            for (at, value) in std::mem::take(&mut self.kept) {
                self.advance(at, Some(value), rule);
            }
        }
        self.found_late.pop_front()
    }

    /// Ends what is running: a cycle whose second half has turned back is one, a lone half is none.
    pub fn finish(&mut self, rule: &CountRule) -> Vec<Excursion> {
        let mut done: Vec<Excursion> = self
            .found_late
            .drain(..)
            .filter_map(|e| if let ExcursionEvent::Finished(m) = e { Some(m) } else { None })
            .collect();
        if let Some((side, first)) = self.pending.take() {
            let other = 1 - side;
            let turned = self.halves[other].has_fallen_to(TURNED_SHARE);
            let second = self.halves[other].finish(rule, &[self.own[other].known().map(RangeEstimate::exactly)]);
            done.extend(
                second
                    .filter(|m| turned && m.range >= m.thresholds.enter)
                    .map(|second| Excursion { ending: first.ending, ..self.joined(&first, &second, rule) }),
            );
        }
        self.restart();
        done
    }

    /// One value with neutral known, or one in which nothing is.
    fn advance(&mut self, at: Timestamp, value: Option<f64>, rule: &CountRule) {
        let distance = value.zip(self.neutral).map(|(v, n)| v - n);
        let mut event = None;
        for side in 0..2 {
            let signed = distance.map(|d| if side == 0 { d } else { -d });
            let own = self.own[side].known().map(RangeEstimate::exactly);
            match self.halves[side].step(at, &[signed], rule, &[own]) {
                Some(ExcursionEvent::Finished(half)) => event = self.finished_half(side, half, rule),
                Some(ExcursionEvent::Started(t)) if self.pending.is_none() => event = Some(ExcursionEvent::Started(t)),
                _ => (),
            }
        }
        let event = event.or_else(|| self.expire(at));
        self.found_late.extend(event);
    }

    /// Two halves as one cycle, which also has to reach its share of the range that is known.
    fn joined(&self, first: &Excursion, second: &Excursion, rule: &CountRule) -> Excursion {
        let mut whole = joined(first, second);
        if let Some(range) = self.calibrated {
            whole.thresholds.enter = whole.thresholds.enter.max(range * rule.enter_share);
        }
        whole
    }

    fn finished_half(&mut self, side: usize, half: Excursion, rule: &CountRule) -> Option<ExcursionEvent> {
        // The end of a movement that had begun before anything was seen, or jitter: too brief for half of anything.
        let is_brief = half.end_at.since(half.start_at) < rule.min_rep_s * BRIEF_SHARE;
        if half.range < half.thresholds.enter && (is_brief || !half.baseline_was_seen) {
            return None;
        }
        if half.range >= half.thresholds.enter {
            self.own[side].learn(half.range);
        }
        match self.pending.take() {
            Some((first_side, first)) if first_side != side => {
                Some(ExcursionEvent::Finished(self.joined(&first, &half, rule)))
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
        if self.halves.iter().any(RiseDetector::is_running) || at.since(first.end_at) < HALVES_GAP_S {
            return None;
        }
        let (_, first) = self.pending.take()?;
        Some(ExcursionEvent::Finished(lone(&first)))
    }

    /// Learns where neutral is, and follows it: from a still signal; before that from the first full swing, since a recording
    /// may begin in the movement.
    fn find_neutral(&mut self, at: Timestamp, value: f64, rule: &CountRule, may_be_neutral: bool) {
        let band = Thresholds::of(rule, self.own[0].known().map(RangeEstimate::exactly), 0.0, 0.0).start;
        let dt_s = self.last_at.map_or(0.0, |last| at.since(last)).clamp(0.0, 0.5);
        self.last_at = Some(at);
        // The way out of an extreme belongs to no stillness in the middle.
        let still = if may_be_neutral {
            self.still_for(at, value, 2.0 * band)
        } else {
            self.still.clear();
            None
        };
        if let Some(neutral) = self.neutral {
            if (value - neutral).abs() < band {
                self.neutral = Some(neutral + (value - neutral) * (dt_s / (NEUTRAL_S + dt_s)));
            } else if let Some((still_s, middle)) = still
                && still_s >= NEW_NEUTRAL_S
                && (middle - neutral).abs() >= band
                && !self.is_an_extreme(middle - neutral, rule)
            {
                let own = std::mem::take(&mut self.own);
                let (last_at, calibrated) = (self.last_at, self.calibrated);
                *self = Self { own, calibrated, neutral: Some(middle), last_at, ..Self::default() };
            }
            return;
        }
        self.kept.push_back((at, value));
        while self.kept.front().is_some_and(|(t, _)| at.since(*t) > KEPT_S) {
            self.kept.pop_front();
        }
        if let Some((still_s, middle)) = still
            && still_s >= SETTLE_S
            && (still_s >= NEW_NEUTRAL_S || !self.is_at_an_end(middle, rule.min_range))
        {
            self.neutral = Some(middle);
        } else if let Some((low, high)) = self.swing.take(value, 2.0 * rule.min_range) {
            self.neutral = Some(f64::midpoint(low, high));
            for own in &mut self.own {
                own.learn((high - low) / 2.0);
                own.learn((high - low) / 2.0);
            }
        }
    }

    /// Whether a place so far from neutral is one that the person has come to in their movements.
    fn is_an_extreme(&self, distance: f64, rule: &CountRule) -> bool {
        let own = self.own[usize::from(distance < 0.0)].known();
        own.is_some_and(|own| distance.abs() >= own * rule.enter_share)
    }

    /// Whether a value lies at an end of what the signal has gone through, once that is more than `least` and it has turned
    /// somewhere: an extreme, held. Where it was at the very beginning is no turning point.
    fn is_at_an_end(&self, value: f64, least: f64) -> bool {
        let values = self.kept.iter().map(|(_, v)| *v);
        let (low, high) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), v| (l.min(v), h.max(v)));
        let edge = EDGE_SHARE * (high - low);
        let has_turned = self.swing.low.is_some() || self.swing.high.is_some();
        has_turned && high - low > least && !(low + edge..=high - edge).contains(&value)
    }

    /// How long the signal has stayed within `band`, seconds, and in the middle of what.
    fn still_for(&mut self, at: Timestamp, value: f64, band: f64) -> Option<(f64, f64)> {
        self.still.push((at, value));
        let (mut low, mut high) = (value, value);
        let within = self.still.iter().rev().take_while(|(t, v)| {
            low = low.min(*v);
            high = high.max(*v);
            high - low <= band && at.since(*t) <= NEW_NEUTRAL_S + 0.2
        });
        let count = within.count();
        self.still.drain(..self.still.len() - count);
        let values = self.still.iter().map(|(_, v)| *v);
        let (low, high) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), v| (l.min(v), h.max(v)));
        self.still.first().map(|(t, _)| (at.since(*t), f64::midpoint(low, high)))
    }
}

/// The first full swing of a signal: from one turning point to the next, both left again.
#[derive(Clone, Debug, Default)]
struct Swing {
    lowest: Option<f64>,
    highest: Option<f64>,
    /// Rising towards a high (1), falling towards a low (-1), not known yet (0).
    direction: i8,
    low: Option<f64>,
    high: Option<f64>,
}

impl Swing {
    /// Takes a value; the low and the high turning point once a swing of at least `least` between them is over. The value
    /// at the very beginning is no turning point.
    fn take(&mut self, value: f64, least: f64) -> Option<(f64, f64)> {
        let lowest = self.lowest.map_or(value, |l| l.min(value));
        let highest = self.highest.map_or(value, |h| h.max(value));
        (self.lowest, self.highest) = (Some(lowest), Some(highest));
        if self.direction <= 0 && value - lowest >= least / 2.0 {
            self.low = (self.direction < 0).then_some(lowest);
            (self.direction, self.highest) = (1, Some(value));
        } else if self.direction >= 0 && highest - value >= least / 2.0 {
            self.high = (self.direction > 0).then_some(highest);
            (self.direction, self.lowest) = (-1, Some(value));
        }
        self.low.zip(self.high).filter(|(low, high)| high - low >= least)
    }
}

/// Two halves as one cycle: its range is from extreme to extreme, and it is short by what either half lacks.
fn joined(first: &Excursion, second: &Excursion) -> Excursion {
    let lacks = |m: &Excursion| (m.thresholds.enter - m.range).max(0.0);
    let range = first.range + second.range;
    let lacking = lacks(first) + lacks(second);
    let enter = if lacking > 0.0 { range + lacking } else { first.thresholds.enter + second.thresholds.enter };
    let farther = if first.range >= second.range { first } else { second };
    Excursion {
        start_at: first.start_at,
        peak_at: farther.peak_at,
        end_at: second.end_at,
        range,
        channel: None,
        hold_s: 0.0,
        hold_by_itself_s: 0.0,
        return_s: second.return_s,
        bounces: first.bounces + second.bounces,
        ending: if first.ending == Ending::Lost || second.ending == Ending::Lost {
            Ending::Lost
        } else {
            Ending::Returned
        },
        baseline_was_seen: first.baseline_was_seen && second.baseline_was_seen,
        thresholds: Thresholds {
            start: first.thresholds.start,
            attempt: first.thresholds.attempt + second.thresholds.attempt,
            enter,
            exit: first.thresholds.exit + second.thresholds.exit,
        },
    }
}

/// A half without its counterpart, which lacks a whole half.
fn lone(half: &Excursion) -> Excursion {
    let enter = half.range + half.thresholds.enter;
    Excursion { thresholds: Thresholds { enter, ..half.thresholds }, ..half.clone() }
}
