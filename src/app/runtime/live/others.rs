//! When to look for other people, and when they are there for sure.

use crate::base::time::Timestamp;

/// Looked for so often, seconds: each look costs as much as half a frame.
const EVERY_S: f64 = 1.5;
/// Seen so often running, somebody is there; a coat on a hook is a person now and then.
const SURE_AFTER: u32 = 3;

/// Looks for other people now and then.
#[derive(Debug, Default)]
pub(super) struct Others {
    looked_at: Option<Timestamp>,
    /// Times running that somebody was seen.
    seen: u32,
}

impl Others {
    /// Whether it is time to look; if so, it is taken as done.
    pub fn is_due(&mut self, at: Timestamp) -> bool {
        let is_due = self.looked_at.is_none_or(|last| at.since(last) >= EVERY_S || last > at);
        if is_due {
            self.looked_at = Some(at);
        }
        is_due
    }

    /// Takes how many others were seen: whether it is sure that somebody is there.
    pub fn note(&mut self, count: usize) -> bool {
        self.seen = if count > 0 { self.seen + 1 } else { 0 };
        self.seen >= SURE_AFTER
    }
}
