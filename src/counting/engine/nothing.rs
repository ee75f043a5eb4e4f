//! Why nothing counted: what stood in the way for longest, or what became of the movements that were seen.

use super::tally::Tally;
use crate::base::time::{Timestamp, step_s};
use crate::counting::gate::Obstacle;
use crate::counting::record::{NothingCounted, Rep};
use crate::counting::words;

/// A person who was seen for less than this share of the time was not there.
const SEEN_SHARE: f64 = 0.1;
/// Counting that was open for this share of the time when somebody was seen was not kept from it by the set-up.
const OPEN_SHARE: f64 = 0.5;

/// How long what stood in the way.
#[derive(Debug, Default)]
pub(super) struct Hindrances {
    last_at: Option<Timestamp>,
    /// Each obstacle with its seconds.
    closed: Vec<(Obstacle, f64)>,
    open_s: f64,
}

impl Hindrances {
    /// Takes a frame: what stood in the way, or nothing.
    pub fn note(&mut self, at: Timestamp, obstacle: Option<&Obstacle>) {
        let dt_s = step_s(&mut self.last_at, at);
        let Some(obstacle) = obstacle else {
            self.open_s += dt_s;
            return;
        };
        match self.closed.iter_mut().find(|(known, _)| known == obstacle) {
            Some((_, s)) => *s += dt_s,
            None => self.closed.push((obstacle.clone(), dt_s)),
        }
    }

    /// The most useful reason, of a set in which nothing counted.
    pub fn reason(&self, tally: &Tally, reps: &[Rep]) -> NothingCounted {
        let of = |code: &str, text: String| NothingCounted { code: code.to_owned(), text, looks_like: None };
        if tally.tracked_fraction() < SEEN_SHARE {
            return of("nobody", words::nobody_was_seen());
        }
        // The farthest is nearest to a success; of equal ones the last.
        if let Some(rep) = reps.iter().max_by(|a, b| a.range.total_cmp(&b.range).then(a.id.cmp(&b.id))) {
            let reason = rep.reason.as_deref().unwrap_or_default();
            return of("rejected", words::none_of_them(reps.len(), reason));
        }
        let seen = self.closed.iter().filter(|(o, _)| *o != Obstacle::Nobody);
        let seen_s: f64 = self.open_s + seen.clone().map(|(_, s)| s).sum::<f64>();
        match seen.max_by(|(_, a), (_, b)| a.total_cmp(b)) {
            Some((obstacle, _)) if self.open_s < OPEN_SHARE * seen_s => {
                of(obstacle.code(), words::never_ready(obstacle))
            }
            _ => of("still", words::no_movement()),
        }
    }
}
