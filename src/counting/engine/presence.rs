//! Whether the person is there and ready: lost, found, and what stands in the way of counting.

use super::{Engine, EventKind};
use crate::base::time::Timestamp;
use crate::counting::gate::Obstacle;
use crate::counting::phase::Phase;
use crate::motion::track::TrackedPose;

/// Nobody found for this long is a loss worth telling, seconds.
const LOST_S: f64 = 0.5;
/// Advice is given when it has been the same for this long, seconds.
const ADVICE_AFTER_S: f64 = 1.0;

impl Engine {
    pub(super) fn note_presence(&mut self, tracked: &TrackedPose) {
        if tracked.found {
            self.lost_since = None;
            if std::mem::take(&mut self.lost_told) {
                self.tell(tracked.at, EventKind::Found);
            }
            return;
        }
        let since = *self.lost_since.get_or_insert(tracked.at);
        if !self.lost_told && tracked.at.since(since) >= LOST_S {
            self.lost_told = true;
            self.tell(tracked.at, EventKind::Lost);
        }
    }

    /// Advice that has stood for a while is told once.
    pub(super) fn note_obstacle(&mut self, at: Timestamp, obstacle: &Obstacle) {
        self.set_phase(at, Phase::Setup);
        let text = obstacle.advice();
        match &mut self.advice {
            Some((since, current, told)) if *current == text => {
                if !*told && at.since(*since) >= ADVICE_AFTER_S {
                    *told = true;
                    self.tell(at, EventKind::Advice(text));
                }
            }
            _ => self.advice = Some((at, text, false)),
        }
    }
}
