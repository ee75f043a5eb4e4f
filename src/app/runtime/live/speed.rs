//! Whether this machine is too slow for the model it uses: pictures come that nobody has time for.

use crate::base::time::Timestamp;

/// Looked at over so long, seconds: loading and other programs make short hitches.
const OVER_S: f64 = 8.0;
/// Fewer frames a second are too few for quick movements (docs/accuracy.md: 8 count as 60 do; with some to spare).
const LEAST_FPS: f64 = 10.0;
/// And only the machine is to blame where more than this share of the pictures was dropped.
const MOST_DROPPED: f64 = 0.35;

/// Watches the frames that are analysed and those that are dropped.
#[derive(Debug, Default)]
pub(super) struct SpeedWatch {
    since: Option<(Timestamp, u64)>,
    frames: u64,
}

impl SpeedWatch {
    /// A frame was analysed, and so many were dropped so far: whether it has been too slow for a while.
    pub fn note(&mut self, at: Timestamp, dropped: u64) -> bool {
        let (since, dropped_before) = *self.since.get_or_insert((at, dropped));
        self.frames += 1;
        let seconds = at.since(since);
        if seconds < OVER_S {
            return false;
        }
        let lost = dropped.saturating_sub(dropped_before) as f64;
        let frames = self.frames as f64;
        *self = Self { since: Some((at, dropped)), frames: 0 };
        frames / seconds < LEAST_FPS && lost / (lost + frames) > MOST_DROPPED
    }

    /// From here on anew, as after a change.
    pub fn forget(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether it is found too slow in 20 s of so many frames a second, with so many dropped beside each.
    fn is_slow(fps: f64, dropped: u64) -> bool {
        let mut watch = SpeedWatch::default();
        (0..(fps * 20.0) as u64).any(|n| watch.note(Timestamp::from_secs(n as f64 / fps), n * dropped))
    }

    #[test]
    fn a_slow_machine_is_told_from_a_slow_camera_and_from_a_busy_moment() {
        let cases = [(6.0, 4, true), (6.0, 0, false), (15.0, 1, false), (9.0, 1, true)];
        let wrong: Vec<_> = cases.into_iter().filter(|(fps, dropped, slow)| is_slow(*fps, *dropped) != *slow).collect();
        assert!(wrong.is_empty(), "(frames a second, dropped beside each, slow): {wrong:?}");
        let mut watch = SpeedWatch::default();
        // Two seconds of hitches in twenty.
        let found = (0..300_u64).any(|n| watch.note(Timestamp::from_secs(n as f64 / 15.0), n.min(30)));
        assert!(!found);
    }
}
