//! One signal over a recording: the excursions from rest in it, their size, the noise at rest.

use crate::base::stats::{deviation, median};

/// A series of a signal, unknown frames left out.
#[derive(Clone, Debug, Default)]
pub(super) struct Series {
    /// Seconds.
    pub(super) t: Vec<f64>,
    /// Values in the signal's unit.
    pub(super) v: Vec<f64>,
    /// Share of frames in which it is known.
    pub(super) known: f64,
    /// Share of the known ones in which it is trusted.
    pub(super) trusted: f64,
}

/// Rest before the first and after the last excursion is looked for within this, seconds.
const EDGE_S: f64 = 3.0;
/// Share of an excursion under which a value is rest.
const REST_SHARE: f64 = 0.12;
/// Shares of an excursion from which a value is its top, and from which it is away from rest.
const TOP_SHARE: f64 = 0.75;
const AWAY_SHARE: f64 = 0.25;

/// A step between two frames that no limb makes, degrees.
const JUMP_DEG: f64 = 170.0;

/// An excursion from rest and back.
#[derive(Clone, Copy, Debug)]
struct Excursion {
    /// Indices of the first and last sample above half.
    first: usize,
    last: usize,
    /// Index of the farthest sample.
    peak: usize,
}

/// What the excursions have in common.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Shape {
    /// Number of excursions.
    pub(super) count: usize,
    /// Smallest and largest size of an excursion.
    pub(super) size: [f64; 2],
    /// Lowest and highest rest level.
    pub(super) rest: [f64; 2],
    /// Lowest and highest peak.
    pub(super) peak: [f64; 2],
    /// Standard deviation at rest, drift between rests included.
    pub(super) noise: f64,
    /// Share of the way at half of the time of a rise or return: 0.5 when the signal grows evenly.
    pub(super) at_half_time: f64,
    /// Shortest time at the top, seconds, and its least share of the time away from rest.
    pub(super) top_s: f64,
    pub(super) top_share: f64,
    /// Whether the recording begins and ends at rest.
    pub(super) rests_at_ends: [bool; 2],
    /// Middle of each excursion, seconds.
    pub(super) middles_s: Vec<f64>,
}

impl Shape {
    /// Size of the smallest excursion over the noise; `least_noise` stands for what a camera cannot resolve.
    pub(super) fn over_noise(&self, least_noise: f64) -> f64 {
        self.size[0] / self.noise.hypot(least_noise)
    }
}

impl Series {
    /// The excursions upwards; `None` when there are none to speak of.
    pub(super) fn rises(&self, least_noise: f64) -> Option<Shape> {
        let v = median_of_three(&self.v);
        let mut sorted = v.clone();
        sorted.sort_by(f64::total_cmp);
        let at = |share: f64| sorted.get((share * (sorted.len().saturating_sub(1)) as f64).round() as usize).copied();
        let (low, high) = (at(0.03)?, at(0.97)?);
        if high - low < 6.0 * least_noise {
            return None;
        }
        let mut found = excursions(&v, low + 0.4 * (high - low), low + 0.6 * (high - low));
        // What the end of the recording cuts off is no repetition.
        if v.last().is_some_and(|last| *last > low + 0.4 * (high - low)) && found.len() > 1 {
            found.retain(|e| e.last + 1 < v.len());
        }
        (!found.is_empty()).then(|| self.shape(&v, &found))
    }

    /// Whether it jumps from one end of the circle to the other, as signed angles do.
    pub(super) fn wraps(&self) -> bool {
        self.v.windows(2).any(|w| (w[1] - w[0]).abs() > JUMP_DEG)
    }

    /// The same signal with the opposite sign about a value.
    pub(super) fn mirrored(&self, about: f64) -> Self {
        Self { v: self.v.iter().map(|v| 2.0 * about - v).collect(), ..self.clone() }
    }

    /// The excursions over a given neutral only.
    pub(super) fn rises_over(&self, neutral: f64, least_noise: f64) -> Option<Shape> {
        let above = Self { v: self.v.iter().map(|v| v.max(neutral)).collect(), ..self.clone() };
        let mut shape = above.rises(least_noise)?;
        let at_rest = |v: &&f64| (**v - neutral).abs() < REST_SHARE * shape.size[0];
        let rest: Vec<f64> = self.v.iter().filter(at_rest).copied().collect();
        let level = median(rest.iter().copied())?;
        shape.noise = spread(rest.into_iter().map(|v| v - level).collect());
        Some(shape)
    }

    /// The value at or right after a time in seconds.
    pub(super) fn at(&self, t_s: f64) -> Option<f64> {
        self.v.get(self.t.partition_point(|t| *t < t_s)).copied()
    }

    /// Whether it is the other with the opposite sign.
    pub(super) fn is_opposite_of(&self, other: &Self) -> bool {
        self.v.len() == other.v.len() && self.v.iter().zip(&other.v).all(|(a, b)| *a == -*b)
    }

    /// Where the signal is in the first moments.
    pub(super) fn neutral(&self) -> Option<f64> {
        let first = *self.t.first()?;
        median(self.t.iter().zip(&self.v).filter(|(t, _)| **t - first <= 0.8).map(|(_, v)| *v))
    }

    fn shape(&self, v: &[f64], found: &[Excursion]) -> Shape {
        let gaps = self.gaps(found);
        let valleys: Vec<f64> =
            gaps.iter().map(|g| v[g.0..=g.1].iter().copied().fold(f64::INFINITY, f64::min)).collect();
        let sizes = found.iter().enumerate().map(|(i, e)| v[e.peak] - f64::midpoint(valleys[i], valleys[i + 1]));
        let size = ends(sizes);
        let rests: Vec<Vec<f64>> = gaps
            .iter()
            .zip(&valleys)
            .map(|(g, low)| v[g.0..=g.1].iter().copied().filter(|x| x - low < REST_SHARE * size[0]).collect())
            .collect();
        let levels: Vec<f64> = rests.iter().filter_map(|r| median(r.iter().copied())).collect();
        let within = rests.iter().zip(&levels).flat_map(|(r, level)| r.iter().map(move |x| x - level));
        let drift = deviation(&levels).unwrap_or(0.0);
        let (first, last) = (v.first().copied().unwrap_or(0.0), v.last().copied().unwrap_or(0.0));
        let near_rest = |x: f64, low: f64| x - low < 0.4 * size[0];
        let (tops, shares) = self.tops(v, found, &gaps, &valleys);
        Shape {
            count: found.len(),
            size,
            rest: ends(levels.iter().copied()),
            peak: ends(found.iter().map(|e| v[e.peak])),
            noise: spread(within.collect()).hypot(drift),
            at_half_time: self.at_half_time(v, found, &gaps, &valleys),
            top_s: tops,
            top_share: shares,
            rests_at_ends: [near_rest(first, valleys[0]), near_rest(last, valleys[valleys.len() - 1])],
            middles_s: found.iter().map(|e| f64::midpoint(self.t[e.first], self.t[e.last])).collect(),
        }
    }

    /// Index ranges before, between and after the excursions; at the ends not far from them.
    fn gaps(&self, found: &[Excursion]) -> Vec<(usize, usize)> {
        let last = self.t.len() - 1;
        let mut gaps = Vec::new();
        let mut from = found
            .first()
            .map_or(0, |e| self.t.iter().position(|t| *t >= self.t[e.first] - EDGE_S).unwrap_or(0).min(e.first));
        for e in found {
            gaps.push((from.min(e.first), e.first));
            from = e.last;
        }
        let end = self.t.iter().rposition(|t| *t <= self.t[from] + EDGE_S).unwrap_or(last);
        gaps.push((from, end.max(from)));
        gaps
    }

    /// Shortest time at the top and its least share of the time away from rest.
    fn tops(&self, v: &[f64], found: &[Excursion], gaps: &[(usize, usize)], valleys: &[f64]) -> (f64, f64) {
        let mut shortest = (f64::INFINITY, f64::INFINITY);
        for (i, e) in found.iter().enumerate() {
            let low = f64::midpoint(valleys[i], valleys[i + 1]);
            let above = |share: f64| -> f64 {
                let level = low + share * (v[e.peak] - low);
                let both = |k: &usize| v[*k] >= level && v[*k + 1] >= level;
                (gaps[i].0..gaps[i + 1].1).filter(both).map(|k| self.t[k + 1] - self.t[k]).sum()
            };
            let top_s = above(TOP_SHARE);
            shortest.0 = shortest.0.min(top_s);
            shortest.1 = shortest.1.min(top_s / above(AWAY_SHARE).max(1e-9));
        }
        shortest
    }

    fn at_half_time(&self, v: &[f64], found: &[Excursion], gaps: &[(usize, usize)], valleys: &[f64]) -> f64 {
        let mut shares = Vec::new();
        for (i, e) in found.iter().enumerate() {
            let rise: Vec<usize> = (gaps[i].0..=e.peak).collect();
            let fall: Vec<usize> = (e.peak..=gaps[i + 1].1).rev().collect();
            for (way, low) in [(rise, valleys[i]), (fall, valleys[i + 1])] {
                shares.extend(self.half_of(v, &way, low, v[e.peak]));
            }
        }
        if shares.is_empty() { 0.5 } else { shares.iter().sum::<f64>() / shares.len() as f64 }
    }

    /// Share of the way from `low` to `high` in the middle of the time between a tenth and nine tenths of it.
    fn half_of(&self, v: &[f64], way: &[usize], low: f64, high: f64) -> Option<f64> {
        let share = |k: usize| (v[k] - low) / (high - low);
        let top = way.iter().position(|k| share(*k) >= 0.9)?;
        let foot = way[..top].iter().rposition(|k| share(*k) <= 0.1)?;
        let cross = |a: usize, b: usize, level: f64| {
            let (sa, sb) = (share(a), share(b));
            self.t[a] + (self.t[b] - self.t[a]) * ((level - sa) / (sb - sa)).clamp(0.0, 1.0)
        };
        let from = cross(way[foot], way[foot + 1], 0.1);
        let to = cross(way[top - 1], way[top], 0.9);
        let middle = f64::midpoint(from, to);
        let after = (foot..top).find(|i| {
            let (a, b) = (self.t[way[*i]], self.t[way[*i + 1]]);
            (a.min(b)..=a.max(b)).contains(&middle)
        })?;
        let (a, b) = (way[after], way[after + 1]);
        let along = (middle - self.t[a]) / (self.t[b] - self.t[a]);
        Some(share(a) + along * (share(b) - share(a)))
    }
}

/// Parts that rise above `enter` and end under `exit`.
fn excursions(v: &[f64], exit: f64, enter: f64) -> Vec<Excursion> {
    let half = f64::midpoint(enter, exit);
    let mut found: Vec<Excursion> = Vec::new();
    let mut inside = false;
    for (i, x) in v.iter().enumerate() {
        if inside && *x < exit {
            inside = false;
        } else if !inside && *x > enter {
            inside = true;
            let first = v[..i].iter().rposition(|y| *y < half).map_or(0, |k| k + 1);
            found.push(Excursion { first, last: i, peak: i });
        }
        if inside && let Some(e) = found.last_mut() {
            if *x > v[e.peak] {
                e.peak = i;
            }
            if *x >= half {
                e.last = i;
            }
        }
    }
    found
}

fn median_of_three(v: &[f64]) -> Vec<f64> {
    let at = |i: usize| {
        let mut three = [v[i.saturating_sub(1)], v[i], v[(i + 1).min(v.len() - 1)]];
        three.sort_by(f64::total_cmp);
        three[1]
    };
    (0..v.len()).map(at).collect()
}

/// Smallest and largest.
fn ends(values: impl Iterator<Item = f64>) -> [f64; 2] {
    values.fold([f64::INFINITY, f64::NEG_INFINITY], |[l, h], v| [l.min(v), h.max(v)])
}

/// Standard deviation of the middle of the distribution: the foot of a movement is no noise.
fn spread(errors: Vec<f64>) -> f64 {
    1.483 * median(errors.into_iter().map(f64::abs)).unwrap_or(0.0)
}
