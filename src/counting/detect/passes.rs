//! Rolling: a signal that runs back and forth without a rest. What counts is the time it goes on.

use super::zigzag::{Leg, Zigzag};
use crate::base::stats::median;
use crate::base::time::Timestamp;
use crate::exercise::CountRule;
use std::sync::Arc;

/// Pauses of up to this belong to the activity, seconds (docs/rationale.md#duration).
const PAUSE_S: f64 = 30.0;
/// So many strokes in a row make a rhythm; fewer are a change of position.
const RHYTHM_STROKES: usize = 3;
/// A stroke begins when the signal has left the turning point by this share of the least pass.
const LEAVES_SHARE: f64 = 0.25;
/// Who rolls is under way for at least this share of the time; who moves and then holds, as in a bridge, is for less.
const MOVING_SHARE: f64 = 1.0 / 3.0;
/// Two strokes whose gap is longer than so many longest periods are not one rhythm.
const RHYTHM_GAP_PERIODS: f64 = 1.0;
/// A stroke alone at the beginning or end of a rhythm, so many longest periods off, is a change of position.
const ALONE_GAP_PERIODS: f64 = 0.4;
/// And so many times as far as strokes of this rhythm usually are from each other.
const ALONE_GAP_FACTOR: f64 = 2.0;

/// One way of a pass, from turning point to turning point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stroke {
    /// The turning point was left.
    pub start_at: Timestamp,
    /// The next one was reached.
    pub end_at: Timestamp,
    /// Length, in the signal's unit.
    pub range: f64,
}

impl Stroke {
    /// Seconds it took.
    pub fn length_s(&self) -> f64 {
        self.end_at.since(self.start_at)
    }
}

/// Two strokes, there and back.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pass {
    /// The first stroke began.
    pub start_at: Timestamp,
    /// The turning point between the two.
    pub turn_at: Timestamp,
    /// The second stroke ended.
    pub end_at: Timestamp,
    /// Length of the longer stroke, in the signal's unit.
    pub range: f64,
    /// Index of the first of its two strokes.
    pub first_stroke: usize,
}

/// Finds strokes in one signal.
#[derive(Clone, Debug)]
pub struct PassDetector {
    rule: Arc<CountRule>,
    zigzag: Zigzag,
    strokes: Vec<Stroke>,
}

impl PassDetector {
    /// A detector by the rule's least pass and its shortest and longest period.
    pub fn new(rule: Arc<CountRule>) -> Self {
        let zigzag = Zigzag::new(rule.min_range, rule.min_range * LEAVES_SHARE);
        Self { rule, zigzag, strokes: Vec::new() }
    }

    /// Strokes so far.
    pub fn strokes(&self) -> &[Stroke] {
        &self.strokes
    }

    /// Takes back strokes, from number `known` on, that are not to be kept.
    pub fn retain_from(&mut self, known: usize, is_kept: impl Fn(&Stroke) -> bool) {
        let new = self.strokes.split_off(known.min(self.strokes.len()));
        self.strokes.extend(new.into_iter().filter(is_kept));
    }

    /// Forgets the stroke under way, as after the gate was closed.
    pub fn restart(&mut self) {
        self.zigzag.finish();
    }

    /// Takes the signal of one frame.
    pub fn step(&mut self, at: Timestamp, value: Option<f64>) {
        if let Some(leg) = value.and_then(|value| self.zigzag.take(at, value)) {
            self.complete(&leg);
        }
    }

    /// Completes the stroke under way at the end of the set.
    pub fn finish(&mut self) {
        if let Some(leg) = self.zigzag.finish() {
            self.complete(&leg);
        }
    }

    fn complete(&mut self, leg: &Leg) {
        let end_at = leg.to.reached_at(self.rule.min_range * LEAVES_SHARE);
        let stroke = Stroke { start_at: leg.from.left_at, end_at, range: leg.length() };
        let [shortest_s, longest_s] = self.rule.period_s;
        if stroke.range >= self.rule.min_range && (shortest_s / 2.0..=longest_s).contains(&stroke.length_s()) {
            self.strokes.push(stroke);
        }
    }

    /// The stretches of rhythm: runs of strokes that follow each other closely.
    fn runs(&self) -> Vec<&[Stroke]> {
        let gap_s = self.rule.period_s[1] * RHYTHM_GAP_PERIODS;
        let runs = self.strokes.chunk_by(|a, b| gap_between_s(a, b) <= gap_s);
        let runs = runs.map(|run| self.without_loners(run));
        runs.filter(|run| run.len() >= RHYTHM_STROKES && moving_share(run) >= MOVING_SHARE).collect()
    }

    /// A run without a first and a last stroke that is off by more than the others are from each other: who rests after
    /// each stroke keeps a rhythm, too.
    fn without_loners<'s>(&self, mut run: &'s [Stroke]) -> &'s [Stroke] {
        let usual_s = median(run.windows(2).map(|p| gap_between_s(&p[0], &p[1]))).unwrap_or(0.0);
        let alone_s = (self.rule.period_s[1] * ALONE_GAP_PERIODS).max(ALONE_GAP_FACTOR * usual_s);
        if let [first, second, ..] = run
            && gap_between_s(first, second) > alone_s
        {
            run = &run[1..];
        }
        if let [.., last_but_one, last] = run
            && gap_between_s(last_but_one, last) > alone_s
        {
            run = &run[..run.len() - 1];
        }
        run
    }

    /// Whole passes within stretches of rhythm.
    pub fn passes(&self) -> Vec<Pass> {
        let index_of = |at: Timestamp| self.strokes.partition_point(|s| s.start_at < at);
        let pairs = self.runs().into_iter().flat_map(|run| run.chunks_exact(2));
        pairs
            .map(|p| Pass {
                start_at: p[0].start_at,
                turn_at: p[0].end_at,
                end_at: p[1].end_at,
                range: p[0].range.max(p[1].range),
                first_stroke: index_of(p[0].start_at),
            })
            .collect()
    }

    /// Seconds from the first pass of rhythm to the last, pauses of up to 30 s included.
    pub fn active_s(&self) -> f64 {
        let mut total_s = 0.0;
        let mut last: Option<Timestamp> = None;
        for run in self.runs() {
            // Whole passes only: the last odd stroke is the way back to rest.
            let whole = &run[..run.len() - run.len() % 2];
            let (Some(first), Some(end)) = (whole.first(), whole.last()) else { continue };
            let pause_s = last.map_or(f64::INFINITY, |l| first.start_at.since(l));
            total_s += end.end_at.since(first.start_at) + if pause_s <= PAUSE_S { pause_s } else { 0.0 };
            last = Some(end.end_at);
        }
        total_s
    }
}

/// Share of the time from the first stroke to the last that strokes take.
fn moving_share(run: &[Stroke]) -> f64 {
    let (Some(first), Some(last)) = (run.first(), run.last()) else { return 0.0 };
    run.iter().map(Stroke::length_s).sum::<f64>() / last.end_at.since(first.start_at)
}

/// Seconds from the end of a stroke to the start of the next.
fn gap_between_s(a: &Stroke, b: &Stroke) -> f64 {
    b.start_at.since(a.end_at)
}
