//! Plays a recording at its own speed.

use crate::base::time::Timestamp;
use std::time::{Duration, Instant};

/// Holds frames back until they are due.
#[derive(Debug)]
pub struct Pace {
    begun: Option<(Instant, Timestamp)>,
}

/// How long one wait lasts at most, so that whoever waits can look up in between.
const LONGEST_WAIT: Duration = Duration::from_millis(100);

impl Pace {
    /// A pace that begins with the first frame.
    pub const fn new() -> Self {
        Self { begun: None }
    }

    /// Time until a frame of time `at` is due; zero when it is.
    pub fn left(&mut self, at: Timestamp) -> Duration {
        // Showing a recording live is about the wall clock; the frames keep their own times.
        #[allow(clippy::disallowed_methods)]
        let now = Instant::now();
        let (begun, first) = *self.begun.get_or_insert((now, at));
        Duration::from_secs_f64(at.since(first).max(0.0)).saturating_sub(now - begun)
    }

    /// Waits a little towards a frame of time `at`; true when it is due.
    pub fn wait(&mut self, at: Timestamp) -> bool {
        let left = self.left(at);
        if left.is_zero() {
            return true;
        }
        std::thread::sleep(left.min(LONGEST_WAIT));
        left <= LONGEST_WAIT
    }
}

impl Default for Pace {
    fn default() -> Self {
        Self::new()
    }
}
