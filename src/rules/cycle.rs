//! Cycles: a movement to one side of neutral and one to the other, in any order, make one repetition.

use super::Phase;
use super::movement::{Ending, Movement, MovementEvent, MovementMachine};
use super::range::{OwnRange, Thresholds};
use crate::exercise::{CountRule, Mode};
use crate::time::Timestamp;

/// Time constant with which neutral follows the signal while it is near, seconds.
const NEUTRAL_S: f64 = 3.0;
/// Both halves of a cycle follow each other within this, seconds.
const HALVES_GAP_S: f64 = 4.0;
/// How long the signal must be still for neutral to be known, and how far back it looks, seconds.
const SETTLE_S: f64 = 0.6;

/// Finds cycles in one signal.
#[derive(Clone, Debug)]
pub struct CycleMachine {
    neutral: Option<f64>,
    settling: Vec<(Timestamp, f64)>,
    last_at: Option<Timestamp>,
    /// Above neutral, below neutral.
    halves: [MovementMachine; 2],
    own: [OwnRange; 2],
    pending: Option<(usize, Movement)>,
}

impl Default for CycleMachine {
    fn default() -> Self {
        Self {
            neutral: None,
            settling: Vec::new(),
            last_at: None,
            halves: std::array::from_fn(|_| MovementMachine::of_distances(Mode::Reps)),
            own: std::array::from_fn(|_| OwnRange::new(None)),
            pending: None,
        }
    }
}

impl CycleMachine {
    /// Starts again, as after the gate was closed.
    pub fn restart(&mut self) {
        self.neutral = None;
        self.settling.clear();
        self.last_at = None;
        self.pending = None;
        self.halves.iter_mut().for_each(|h| h.restart(false));
    }

    /// Where the movement is; `None` until neutral is known.
    pub fn phase(&self) -> Option<Phase> {
        self.neutral?;
        let running = self.halves.iter().find(|h| h.is_running());
        let between = if self.pending.is_some() { Phase::Returning } else { Phase::Ready };
        running.map_or(Some(between), MovementMachine::phase)
    }

    /// Takes the signal of one frame.
    pub fn step(&mut self, at: Timestamp, value: Option<f64>, rule: &CountRule) -> Option<MovementEvent> {
        let band = Thresholds::of(rule, self.own[0].known(), 0.0, 0.0).start;
        let neutral = self.follow_neutral(at, value, band);
        let distance = value.zip(neutral).map(|(v, n)| v - n);
        let mut event = None;
        for side in 0..2 {
            let signed = distance.map(|d| if side == 0 { d } else { -d });
            let own = self.own[side].known();
            match self.halves[side].step(at, &[signed], rule, own) {
                Some(MovementEvent::Finished(half)) => event = self.finished_half(side, half),
                Some(MovementEvent::Started(t)) if self.pending.is_none() => event = Some(MovementEvent::Started(t)),
                _ => (),
            }
        }
        event.or_else(|| self.expire(at))
    }

    /// Ends what is running; a lone half is no cycle.
    pub fn finish(&mut self) -> Option<Movement> {
        self.restart();
        None
    }

    fn finished_half(&mut self, side: usize, half: Movement) -> Option<MovementEvent> {
        if half.range >= half.thresholds.enter {
            self.own[side].learn(half.range);
        }
        match self.pending.take() {
            Some((first_side, first)) if first_side != side => Some(MovementEvent::Finished(joined(&first, &half))),
            // The same half again: the one before has no counterpart.
            Some((_, first)) => {
                self.pending = Some((side, half));
                Some(MovementEvent::Finished(lone(&first)))
            }
            None => {
                self.pending = Some((side, half));
                None
            }
        }
    }

    /// A half whose counterpart does not come is a cycle that does not count.
    fn expire(&mut self, at: Timestamp) -> Option<MovementEvent> {
        let (_, first) = self.pending.as_ref()?;
        if self.halves.iter().any(MovementMachine::is_running) || at.since(first.end_at) < HALVES_GAP_S {
            return None;
        }
        let (_, first) = self.pending.take()?;
        Some(MovementEvent::Finished(lone(&first)))
    }

    fn follow_neutral(&mut self, at: Timestamp, value: Option<f64>, band: f64) -> Option<f64> {
        let value = value?;
        let Some(neutral) = self.neutral else {
            self.settling.push((at, value));
            self.settling.retain(|(t, _)| at.since(*t) <= SETTLE_S + 0.2);
            let values = self.settling.iter().map(|(_, v)| *v);
            let (low, high) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), v| (l.min(v), h.max(v)));
            let first = self.settling.first().map_or(at, |(t, _)| *t);
            if at.since(first) >= SETTLE_S && high - low <= 2.0 * band {
                self.neutral = Some(f64::midpoint(low, high));
                self.settling.clear();
            }
            return self.neutral;
        };
        let dt_s = self.last_at.map_or(0.0, |last| at.since(last)).clamp(0.0, 0.5);
        self.last_at = Some(at);
        if (value - neutral).abs() < band {
            self.neutral = Some(neutral + (value - neutral) * (dt_s / (NEUTRAL_S + dt_s)));
        }
        self.neutral
    }
}

/// Two halves as one cycle: its range is from extreme to extreme, and it is short by what either half lacks.
fn joined(first: &Movement, second: &Movement) -> Movement {
    let lacks = |m: &Movement| (m.thresholds.enter - m.range).max(0.0);
    let range = first.range + second.range;
    let lacking = lacks(first) + lacks(second);
    let enter = if lacking > 0.0 { range + lacking } else { first.thresholds.enter + second.thresholds.enter };
    let farther = if first.range >= second.range { first } else { second };
    Movement {
        start_at: first.start_at,
        peak_at: farther.peak_at,
        end_at: second.end_at,
        range,
        channel: None,
        hold_s: 0.0,
        return_s: second.return_s,
        ending: if first.ending == Ending::Lost || second.ending == Ending::Lost {
            Ending::Lost
        } else {
            Ending::Returned
        },
        rest_was_seen: first.rest_was_seen && second.rest_was_seen,
        thresholds: Thresholds {
            start: first.thresholds.start,
            attempt: first.thresholds.attempt + second.thresholds.attempt,
            enter,
            exit: first.thresholds.exit + second.thresholds.exit,
        },
    }
}

/// A half without its counterpart, which lacks a whole half.
fn lone(half: &Movement) -> Movement {
    let enter = half.range + half.thresholds.enter;
    Movement { thresholds: Thresholds { enter, ..half.thresholds }, ..half.clone() }
}
