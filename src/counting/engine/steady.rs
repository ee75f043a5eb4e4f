//! What an exercise leaves where it is: where such a signal moves, it was another movement.

use crate::base::stats::median;
use crate::base::time::Timestamp;
use crate::motion::signal::Reading;
use std::collections::VecDeque;

/// One in so many values at each end says nothing of how far a signal spreads: landmarks jump.
const OUTER: usize = 10;
/// So far back values are kept, seconds: longer than any repetition.
const REMEMBERED_S: f64 = 60.0;
/// Rest before a movement is looked at for so long, seconds.
const REST_S: f64 = 1.0;

/// Values lately of the signals that are to stay.
#[derive(Clone, Debug)]
pub(super) struct Steady {
    /// Index of each signal, and what it stays within.
    asked: Vec<(usize, f64)>,
    /// `None` where one was not known.
    lately: VecDeque<(Timestamp, Vec<Option<f64>>)>,
}

impl Steady {
    /// For signals and what each stays within.
    pub fn new(asked: &[(usize, f64)]) -> Self {
        Self { asked: asked.to_vec(), lately: VecDeque::new() }
    }

    /// Takes the readings of a frame.
    pub fn note(&mut self, at: Timestamp, readings: &[Option<Reading>]) {
        if self.asked.is_empty() {
            return;
        }
        let value = |signal: usize| readings.get(signal).copied().flatten().filter(|r| r.trusted).map(|r| r.value);
        self.lately.push_back((at, self.asked.iter().map(|(signal, _)| value(*signal)).collect()));
        while self.lately.front().is_some_and(|(then, _)| at.since(*then) > REMEMBERED_S) {
            self.lately.pop_front();
        }
    }

    /// Whether one did not stay, from then to then. Unknown speaks for nothing.
    pub fn is_broken(&self, start_at: Timestamp, end_at: Timestamp) -> bool {
        let from = self.lately.partition_point(|(at, _)| *at < start_at);
        let to = self.lately.partition_point(|(at, _)| *at <= end_at);
        let values = |i: usize| self.lately.range(from..to).map(move |(_, v)| v[i]);
        let mut asked = self.asked.iter().enumerate();
        asked.any(|(i, (_, within))| spread(values(i)).is_some_and(|spread| spread > *within))
    }
    /// Whether one is elsewhere in a movement from where it was at rest before it: what moves along with it and stays there as
    /// long is all but its whole spread.
    pub fn has_moved_away(&self, start_at: Timestamp, end_at: Timestamp) -> bool {
        let start = self.lately.partition_point(|(at, _)| *at < start_at);
        let rest = self.lately.partition_point(|(at, _)| start_at.since(*at) > REST_S);
        let end = self.lately.partition_point(|(at, _)| *at <= end_at);
        let middle = |from: usize, to: usize, i: usize| {
            let known: Vec<f64> = self.lately.range(from..to).filter_map(|(_, v)| v[i]).collect();
            if known.is_empty() || known.len() * 2 < to - from { None } else { median(known) }
        };
        let mut asked = self.asked.iter().enumerate();
        asked.any(|(i, (_, within))| {
            let moved = middle(rest, start, i).zip(middle(start, end, i));
            moved.is_some_and(|(before, during)| (during - before).abs() > *within)
        })
    }
}

/// How far values spread, the farthest tenth at each end left out; `None` where half of them are not known.
fn spread(values: impl ExactSizeIterator<Item = Option<f64>>) -> Option<f64> {
    let all = values.len();
    let mut known: Vec<f64> = values.flatten().collect();
    if known.is_empty() || known.len() * 2 < all {
        return None;
    }
    known.sort_by(f64::total_cmp);
    let last = known.len() - 1;
    Some(known[last - last / OUTER] - known[last / OUTER])
}
