//! Frames of the set: how many, with a person in how many, over what time.

use crate::base::time::Timestamp;

#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tally {
    pub frames: u64,
    tracked: u64,
    first_at: Option<Timestamp>,
    pub last_at: Option<Timestamp>,
}

impl Tally {
    /// Takes a frame.
    pub fn note(&mut self, at: Timestamp, is_tracked: bool) {
        self.frames += 1;
        self.tracked += u64::from(is_tracked);
        self.first_at.get_or_insert(at);
        self.last_at = Some(at);
    }

    /// Share of frames with a person, 0..1.
    pub fn tracked_fraction(&self) -> f64 {
        if self.frames == 0 { 0.0 } else { self.tracked as f64 / self.frames as f64 }
    }

    /// From the first frame to the end of the last, taking the last to be as long as the others on average, seconds.
    pub fn duration_s(&self) -> f64 {
        let (Some(first), Some(last)) = (self.first_at, self.last_at) else { return 0.0 };
        let span_s = last.since(first);
        if self.frames < 2 { span_s } else { span_s * self.frames as f64 / (self.frames - 1) as f64 }
    }
}
