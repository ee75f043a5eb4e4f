//! Whether the voice is heard from the mat: it asks, and a raised hand answers.

use crate::app::runtime::view::Hearing;
use crate::base::time::Timestamp;
use crate::coach::gesture::{Gesture, Sign};
use crate::motion::track::TrackedPose;

/// The question stands for so long, seconds: somebody has to walk to the mat first.
const ASKED_S: f64 = 60.0;
/// The answer is shown for so long, seconds.
const SHOWN_S: f64 = 10.0;

/// The question and its answer.
#[derive(Debug, Default)]
pub(super) struct HearingTest {
    gesture: Gesture,
    state: Option<(Hearing, Timestamp)>,
}

impl HearingTest {
    /// The question was put.
    pub fn ask(&mut self, at: Timestamp) {
        self.gesture.forget();
        self.state = Some((Hearing::Asked, at));
    }

    /// It is of no account any more.
    pub fn forget(&mut self) {
        self.state = None;
    }

    /// Takes a frame; true when the hand has answered just now.
    pub fn step(&mut self, pose: &TrackedPose) -> bool {
        let Some((state, since)) = self.state else { return false };
        let lasts_s = if state == Hearing::Asked { ASKED_S } else { SHOWN_S };
        if pose.at.since(since) >= lasts_s {
            self.state = None;
            return false;
        }
        if state == Hearing::Asked && self.gesture.step(pose) == Sign::Complete {
            self.state = Some((Hearing::Heard, pose.at));
            return true;
        }
        false
    }

    /// How it stands.
    pub fn state(&self) -> Option<Hearing> {
        self.state.map(|(state, _)| state)
    }
}
