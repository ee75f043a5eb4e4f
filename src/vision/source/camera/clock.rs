//! Capture time, kept monotone, and the rate at which pictures really come.
//!
//! In: moments of capture. Out: [`Timestamp`]s that only grow, across reconnects too, and frames per second. This is the
//! one place of the camera source that reads a clock.

use std::collections::VecDeque;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime};

use crate::base::time::Timestamp;

/// A picture cannot be older than this when it is handed over; an older stamp is a driver that counts differently.
const OLDEST_PICTURE: Duration = Duration::from_secs(5);

/// How far back the measured rate looks.
const RATE_WINDOW: Duration = Duration::from_secs(2);

/// Pictures needed before a rate is named.
const RATE_MIN_PICTURES: usize = 5;

/// The present moment.
#[allow(
    clippy::disallowed_methods,
    reason = "a live camera needs the machine's clock; everything after it uses Frame.at"
)]
pub(super) fn now() -> Instant {
    Instant::now()
}

/// The moment of capture. `stamp` is the buffer's own time as nokhwa gives it, a duration since the Unix epoch made from
/// the driver's monotonic time just now; taking its age at once makes it independent of later steps of the wall clock.
#[allow(
    clippy::disallowed_methods,
    reason = "nokhwa gives buffer times on the wall clock; they are turned back at once"
)]
pub(super) fn captured_at(stamp: Option<Duration>) -> Instant {
    let dequeued = now();
    stamp
        .and_then(|since_epoch| SystemTime::UNIX_EPOCH.checked_add(since_epoch))
        .and_then(|wall| SystemTime::now().duration_since(wall).ok())
        .filter(|age| *age <= OLDEST_PICTURE)
        .and_then(|age| dequeued.checked_sub(age))
        .unwrap_or(dequeued)
}

/// Turns moments of capture into timestamps since the first picture. Strictly growing, whatever the driver says.
#[derive(Debug, Default)]
pub(super) struct CaptureClock {
    start: OnceLock<Instant>,
    /// The least nanosecond not yet used.
    next_ns: AtomicU64,
}

impl CaptureClock {
    /// The timestamp of a picture captured at `captured`, which is in hand at `taken`; the first one becomes zero. Where
    /// the driver's time went back, the moment it is in hand is nearer to the truth.
    pub(super) fn stamp(&self, captured: Instant, taken: Instant) -> Timestamp {
        let start = *self.start.get_or_init(|| captured);
        let since =
            |moment: Instant| u64::try_from(moment.saturating_duration_since(start).as_nanos()).unwrap_or(u64::MAX - 1);
        let (ns, in_hand) = (since(captured), since(taken));
        let mut least = self.next_ns.load(Ordering::Relaxed);
        loop {
            let at = if ns >= least { ns } else { in_hand.max(least) };
            match self.next_ns.compare_exchange_weak(least, at + 1, Ordering::Relaxed, Ordering::Relaxed) {
                Ok(_) => return Timestamp(at),
                Err(seen) => least = seen,
            }
        }
    }
}

/// Measures frames per second from moments of capture over the last two seconds.
#[derive(Debug, Default)]
pub(super) struct RateMeter {
    recent: VecDeque<Instant>,
}

impl RateMeter {
    /// Takes in one picture; the rate in frames per second once there are enough pictures.
    pub(super) fn add(&mut self, captured: Instant) -> Option<f64> {
        self.recent.push_back(captured);
        while self.recent.front().is_some_and(|oldest| captured.saturating_duration_since(*oldest) > RATE_WINDOW) {
            self.recent.pop_front();
        }
        let span_s = captured.saturating_duration_since(*self.recent.front()?).as_secs_f64();
        let enough = self.recent.len() >= RATE_MIN_PICTURES && span_s > 0.0;
        enough.then(|| (self.recent.len() - 1) as f64 / span_s)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timestamps_start_at_zero_and_grow_even_when_the_driver_goes_back() {
        let clock = CaptureClock::default();
        let start = now();
        let ms = |ms| start + Duration::from_millis(ms);
        // Captured, and in hand 10 ms later; the fourth is stamped three seconds back, and so are all from there on.
        let pictures = [(ms(5000), 5010), (ms(5040), 5050), (ms(5040), 5040), (ms(2080), 5090), (ms(2120), 5130)];
        let stamps: Vec<u64> = pictures.map(|(at, taken)| clock.stamp(at, ms(taken)).0).to_vec();
        assert_eq!(stamps, [0, 40_000_000, 40_000_001, 90_000_000, 130_000_000]);
    }

    #[test]
    fn a_buffer_stamp_is_used_unless_it_is_absurd() {
        // The test compares with the real wall clock.
        #[allow(clippy::disallowed_methods)]
        let wall_now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
        let old = captured_at(wall_now.checked_sub(Duration::from_secs(2)));
        assert!(now() - old >= Duration::from_secs(2), "a picture two seconds old keeps its age");
        for absurd in [None, Some(Duration::ZERO), Some(wall_now + Duration::from_hours(1))] {
            let before = now();
            assert!(captured_at(absurd) >= before, "{absurd:?} is not a capture time");
        }
    }

    #[test]
    fn the_rate_is_measured_over_the_last_two_seconds() {
        let mut meter = RateMeter::default();
        let start = now();
        let mut at_ms = 0;
        let mut rate = None;
        for step_ms in [100; 40].into_iter().chain([50; 60]) {
            at_ms += step_ms;
            rate = meter.add(start + Duration::from_millis(at_ms));
        }
        assert_eq!(rate, Some(20.0));
        assert_eq!(RateMeter::default().add(start), None);
    }
}
