//! The frames' own clock, also while no frame comes.

use crate::base::time::Timestamp;
use std::time::Instant;

/// Goes on from the newest frame in real time.
#[derive(Debug, Default)]
pub(super) struct FrameClock {
    newest: Option<(Timestamp, Instant)>,
}

impl FrameClock {
    /// A frame came.
    pub fn note(&mut self, at: Timestamp) {
        self.newest = Some((at, real_now()));
    }

    /// Now, on the frames' clock; from zero where there was none yet.
    pub fn now(&mut self) -> Timestamp {
        let (at, then) = *self.newest.get_or_insert_with(|| (Timestamp(0), real_now()));
        Timestamp::from_secs(at.secs() + then.elapsed().as_secs_f64())
    }
}

#[allow(clippy::disallowed_methods, reason = "time that no frame tells is real time; nothing is counted by it")]
fn real_now() -> Instant {
    Instant::now()
}
