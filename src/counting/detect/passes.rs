//! Rolling: a signal that runs back and forth without a rest. What counts is the time it goes on.

use crate::base::time::Timestamp;
use crate::exercise::CountRule;

/// Pauses of up to this belong to the activity, seconds (exercises.md, "Duration").
const PAUSE_S: f64 = 30.0;
/// So many strokes in a row make a rhythm; fewer are a change of position.
const RHYTHM_STROKES: usize = 3;
/// A stroke begins when the signal has left the turning point by this share of the least pass.
const LEAVES_SHARE: f64 = 0.25;
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

/// A turning point: an extreme, the way to it, and when the signal was last near it.
#[derive(Clone, Debug)]
struct Turn {
    /// Each value that was farther than all before.
    way: Vec<(Timestamp, f64)>,
    left_at: Timestamp,
    extreme: f64,
}

impl Turn {
    fn new(at: Timestamp, value: f64) -> Self {
        Self { way: vec![(at, value)], left_at: at, extreme: value }
    }

    /// When the signal first came near the extreme.
    fn reached_at(&self, near: f64) -> Timestamp {
        let first = self.way.iter().find(|(_, value)| (value - self.extreme).abs() <= near);
        first.map_or(self.left_at, |(at, _)| *at)
    }

    /// Takes a value; `sign` is 1 for a highest point, -1 for a lowest.
    fn take(&mut self, at: Timestamp, value: f64, sign: f64, near: f64) {
        if sign * (value - self.extreme) >= -near {
            self.left_at = at;
            if sign * (value - self.extreme) > 0.0 {
                self.extreme = value;
                self.way.push((at, value));
            }
        }
    }
}

/// Finds strokes in one signal.
#[derive(Clone, Debug, Default)]
pub struct PassDetector {
    /// Direction of the stroke under way: 1 rising, -1 falling, 0 not known yet.
    direction: f64,
    /// Lowest and highest point since the last turn.
    ends: Option<(Turn, Turn)>,
    strokes: Vec<Stroke>,
}

impl PassDetector {
    /// Strokes so far.
    pub fn strokes(&self) -> &[Stroke] {
        &self.strokes
    }

    /// Forgets the stroke under way, as after the gate was closed.
    pub fn restart(&mut self) {
        self.direction = 0.0;
        self.ends = None;
    }

    /// Takes the signal of one frame; true when a stroke was completed.
    pub fn step(&mut self, at: Timestamp, value: Option<f64>, rule: &CountRule) -> bool {
        let Some(value) = value else { return false };
        let near = rule.min_range * LEAVES_SHARE;
        let (mut low, mut high) = self.ends.take().unwrap_or_else(|| (Turn::new(at, value), Turn::new(at, value)));
        low.take(at, value, -1.0, near);
        high.take(at, value, 1.0, near);
        let rose = self.direction <= 0.0 && value - low.extreme >= rule.min_range;
        let fell = self.direction >= 0.0 && high.extreme - value >= rule.min_range;
        if !(rose || fell) {
            self.ends = Some((low, high));
            return false;
        }
        let turned = self.direction != 0.0;
        // The stroke before ends at the turning point that has just been left.
        if turned {
            self.complete(stroke(&low, &high, fell, near), rule);
        }
        self.direction = if rose { 1.0 } else { -1.0 };
        let fresh = Turn::new(at, value);
        self.ends = Some(if rose { (low, fresh) } else { (fresh, high) });
        turned
    }

    /// Completes the stroke under way at the end of the set.
    pub fn finish(&mut self, rule: &CountRule) {
        if let Some((low, high)) = self.ends.take().filter(|_| self.direction != 0.0) {
            let near = rule.min_range * LEAVES_SHARE;
            self.complete(stroke(&low, &high, self.direction > 0.0, near), rule);
        }
        self.restart();
    }

    fn complete(&mut self, stroke: Stroke, rule: &CountRule) {
        let takes_s = stroke.end_at.since(stroke.start_at);
        let [shortest, longest] = rule.period_s;
        if stroke.range >= rule.min_range && (shortest / 2.0..=longest).contains(&takes_s) {
            self.strokes.push(stroke);
        }
    }

    /// The stretches of rhythm: runs of strokes that follow each other closely.
    fn runs(&self, rule: &CountRule) -> Vec<&[Stroke]> {
        let gap_s = rule.period_s[1] * RHYTHM_GAP_PERIODS;
        let gap = |a: &Stroke, b: &Stroke| b.start_at.since(a.end_at);
        let runs = self.strokes.chunk_by(|a, b| gap(a, b) <= gap_s);
        let trimmed = runs.map(|mut run| {
            let mut gaps: Vec<f64> = run.windows(2).map(|p| gap(&p[0], &p[1])).collect();
            gaps.sort_by(f64::total_cmp);
            // Off by more than the others are from each other: who rests after each stroke keeps a rhythm, too.
            let usual_s = gaps.get(gaps.len() / 2).copied().unwrap_or(0.0);
            let alone_s = (rule.period_s[1] * ALONE_GAP_PERIODS).max(ALONE_GAP_FACTOR * usual_s);
            if let [first, second, ..] = run
                && gap(first, second) > alone_s
            {
                run = &run[1..];
            }
            if let [.., last_but_one, last] = run
                && gap(last_but_one, last) > alone_s
            {
                run = &run[..run.len() - 1];
            }
            run
        });
        trimmed.filter(|run| run.len() >= RHYTHM_STROKES).collect()
    }

    /// Whole passes within stretches of rhythm.
    pub fn passes(&self, rule: &CountRule) -> Vec<Pass> {
        let index_of = |at: Timestamp| self.strokes.partition_point(|s| s.start_at < at);
        let pairs = self.runs(rule).into_iter().flat_map(|run| run.chunks_exact(2));
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
    pub fn active_s(&self, rule: &CountRule) -> f64 {
        let mut total_s = 0.0;
        let mut last: Option<Timestamp> = None;
        for run in self.runs(rule) {
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

/// The stroke between two turning points.
fn stroke(low: &Turn, high: &Turn, rising: bool, near: f64) -> Stroke {
    let (from, to) = if rising { (low, high) } else { (high, low) };
    Stroke { start_at: from.left_at, end_at: to.reached_at(near), range: high.extreme - low.extreme }
}
