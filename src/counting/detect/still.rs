//! Stillness, in its two forms: a stretch of values within a band, and a place that is not left.

use crate::base::stats::{median, min_max};
use crate::base::time::Timestamp;
use std::collections::VecDeque;

/// The newest values of a signal.
#[derive(Clone, Debug, Default)]
pub(crate) struct Window {
    values: VecDeque<(Timestamp, f64)>,
}

impl Window {
    /// Takes a value.
    pub fn push(&mut self, at: Timestamp, value: f64) {
        self.values.push_back((at, value));
    }

    /// Forgets what is older than `for_s` seconds.
    pub fn keep_last(&mut self, at: Timestamp, for_s: f64) {
        while self.values.front().is_some_and(|(t, _)| at.since(*t) > for_s) {
            self.values.pop_front();
        }
    }

    /// Forgets all before the newest stretch in which the values lie within `band` of each other.
    pub fn narrow_to(&mut self, band: f64) {
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        let within = self.values.iter().rev().take_while(|(_, v)| {
            (low, high) = (low.min(*v), high.max(*v));
            high - low <= band
        });
        let kept = within.count();
        self.values.drain(..self.values.len() - kept);
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        self.values.clear();
    }

    /// Seconds from the oldest value to `at`; `None` without values.
    pub fn span_s(&self, at: Timestamp) -> Option<f64> {
        self.values.front().map(|(t, _)| at.since(*t))
    }

    /// The lowest and the highest value.
    pub fn low_high(&self) -> Option<(f64, f64)> {
        min_max(self.values.iter().map(|(_, v)| *v))
    }

    /// The median value.
    pub fn median(&self) -> Option<f64> {
        median(self.values.iter().map(|(_, v)| *v))
    }

    /// The middle one, by size, of the three newest values: a single one that jumps out is left out.
    pub fn steady(&self) -> Option<f64> {
        let n = self.values.len();
        let [a, b, c] = [n.checked_sub(3)?, n - 2, n - 1].map(|i| self.values[i].1);
        Some(a.max(b).min(a.min(b).max(c)))
    }
}

/// The place a signal has stayed near.
#[derive(Clone, Copy, Debug)]
pub(crate) struct StillPlace {
    since: Timestamp,
    /// Where.
    pub place: f64,
}

impl StillPlace {
    /// It is here now.
    pub const fn new(at: Timestamp, place: f64) -> Self {
        Self { since: at, place }
    }

    /// Seconds for which the signal has not been farther than `band` from the place; a place that is left is followed by
    /// the new one.
    pub fn stayed_s(&mut self, at: Timestamp, value: f64, band: f64) -> f64 {
        if (value - self.place).abs() > band {
            *self = Self::new(at, value);
        }
        at.since(self.since)
    }
}
