//! Likeness: movements that are alike in range, time and shape speak for each other.

use super::detect::excursion::{Ending, Excursion};

/// So many in a row that are alike prove each other.
const PROOF: usize = 3;
/// The smaller range of two that are alike is at least this share of the larger.
const RANGE_SHARE: f64 = 0.7;
/// And the shorter time of two this share of the longer: who tires gets slower.
const TIME_SHARE: f64 = 0.5;
/// A movement goes out and back at least this straight, see `Quality::directness`.
const LEAST_DIRECTNESS: f64 = 0.4;
/// It is this many standard deviations of the noise at rest, where that is known.
const LEAST_OVER_NOISE: f64 = 8.0;
/// And was seen well in this share of its frames.
const LEAST_TRUSTED: f64 = 0.5;

/// Whether two movements are alike.
pub fn are_alike(a: &Excursion, b: &Excursion) -> bool {
    let is_share = |x: f64, y: f64, least: f64| x.min(y) >= least * x.max(y);
    is_share(a.range, b.range, RANGE_SHARE) && is_share(a.length_s(), b.length_s(), TIME_SHARE)
}

/// Whether a movement is whole and clear enough to speak for others.
pub fn is_clear(m: &Excursion) -> bool {
    let q = &m.quality;
    m.ending == Ending::Returned
        && q.directness >= LEAST_DIRECTNESS
        && q.trusted_share >= LEAST_TRUSTED
        && q.over_noise.is_none_or(|times| times >= LEAST_OVER_NOISE)
}

/// Indices of those that are alike to [`PROOF`] in a row that are clear and alike among themselves; none where there are no
/// such.
pub fn proven(movements: &[&Excursion]) -> Vec<usize> {
    let are_proof = |row: &[&Excursion]| {
        row.iter().all(|m| is_clear(m)) && row.iter().enumerate().all(|(i, a)| row[..i].iter().all(|b| are_alike(a, b)))
    };
    let Some(row) = movements.windows(PROOF).find(|row| are_proof(row)) else { return Vec::new() };
    let is_like_them = |m: &Excursion| row.iter().filter(|r| are_alike(r, m)).count() >= PROOF - 1;
    (0..movements.len()).filter(|i| is_like_them(movements[*i])).collect()
}
