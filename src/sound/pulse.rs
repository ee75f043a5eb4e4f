//! Whether the session is alive: its thread gives a beat with every frame, and when none comes, somebody must say so who does
//! not wait for it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Without a beat, or a new picture on the screen, for so long the session is stalled, seconds.
pub const STALLED_AFTER_S: f64 = 2.0;

/// What has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// No beat comes.
    Stopped,
    /// It beats again.
    CameBack,
}

/// Watches the beat of a session.
#[derive(Debug, Default)]
pub(super) struct Pulse {
    /// Time of the newest beat, ms of the log.
    beat_ms: Arc<AtomicU64>,
    is_session: bool,
    is_stalled: bool,
}

impl Pulse {
    pub fn new(beat_ms: Arc<AtomicU64>) -> Self {
        Self { beat_ms, ..Self::default() }
    }

    /// A session runs from now on, or none.
    pub fn expect(&mut self, is_session: bool) {
        self.is_session = is_session;
        self.is_stalled = false;
    }

    /// What has changed since the last look.
    pub fn look(&mut self, now_s: f64) -> Option<Change> {
        let silent_s = now_s - self.beat_ms.load(Ordering::Relaxed) as f64 / 1000.0;
        let is_stalled = self.is_session && silent_s >= STALLED_AFTER_S;
        if std::mem::replace(&mut self.is_stalled, is_stalled) == is_stalled {
            return None;
        }
        Some(if is_stalled { Change::Stopped } else { Change::CameBack })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_that_stops_beating_is_told_once_and_again_when_it_is_back() {
        let beat_ms = Arc::new(AtomicU64::new(0));
        let mut pulse = Pulse::new(Arc::clone(&beat_ms));
        assert_eq!(pulse.look(60.0), None, "nobody expects anything");
        pulse.expect(true);
        beat_ms.store(61_000, Ordering::Relaxed);
        assert_eq!([62.9, 63.1, 70.0].map(|now_s| pulse.look(now_s)), [None, Some(Change::Stopped), None]);
        beat_ms.store(70_500, Ordering::Relaxed);
        assert_eq!([70.6, 71.0].map(|now_s| pulse.look(now_s)), [Some(Change::CameBack), None]);
        pulse.expect(false);
        assert_eq!(pulse.look(99.0), None);
    }
}
