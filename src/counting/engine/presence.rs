//! Whether the person is there, and what stands in the way of counting.

use super::event::EventKind;
use crate::base::time::Timestamp;
use crate::counting::gate::Obstacle;

/// Nobody found for this long is a loss worth reporting, seconds: as long as a dropout that pauses a hold.
const LOST_S: f64 = 0.5;
/// A hint is given when it has been the same for this long, seconds: while somebody walks it changes from step to step.
const HINT_AFTER_S: f64 = 1.0;

/// Lost and found, and the hint of the moment.
#[derive(Debug, Default)]
pub(super) struct Presence {
    lost_since: Option<Timestamp>,
    is_lost: bool,
    hint: Option<Hint>,
}

#[derive(Debug)]
struct Hint {
    since: Timestamp,
    obstacle: Obstacle,
    is_reported: bool,
}

impl Presence {
    /// Takes a frame: what there is to report.
    pub fn note(&mut self, at: Timestamp, is_found: bool) -> Option<EventKind> {
        if is_found {
            self.lost_since = None;
            return std::mem::take(&mut self.is_lost).then_some(EventKind::Found);
        }
        let since = *self.lost_since.get_or_insert(at);
        if self.is_lost || at.since(since) < LOST_S {
            return None;
        }
        self.is_lost = true;
        Some(EventKind::Lost)
    }

    /// Takes what stands in the way now; what has stood for a while is reported once.
    pub fn hint(&mut self, at: Timestamp, obstacle: Obstacle) -> Option<EventKind> {
        match &mut self.hint {
            Some(hint) if hint.obstacle.advice() == obstacle.advice() => {
                if hint.is_reported || at.since(hint.since) < HINT_AFTER_S {
                    return None;
                }
                hint.is_reported = true;
                Some(EventKind::SetupHint(obstacle.advice()))
            }
            _ => {
                self.hint = Some(Hint { since: at, obstacle, is_reported: false });
                None
            }
        }
    }

    /// Nothing stands in the way any more.
    pub fn clear_hint(&mut self) {
        self.hint = None;
    }

    /// What stands in the way of counting.
    pub fn obstacle(&self) -> Option<&Obstacle> {
        self.hint.as_ref().map(|h| &h.obstacle)
    }
}
