//! What is said, and when: one cue at a time, kind and short, never on top of the end of a hold.

use super::words::PRAISE;
use crate::base::time::Timestamp;

/// Least time between two cues, seconds (docs/rationale.md#cues).
const ANY_GAP_S: f64 = 3.0;
/// Least time between two cues of the same text, seconds.
const SAME_GAP_S: f64 = 10.0;
/// A cue waits no longer than this for its turn, seconds: late advice is wrong advice.
const PATIENCE_S: f64 = 2.0;
/// How long a cue stays current on the screen, seconds.
const SHOW_S: f64 = 4.0;
/// No cue in the last part of a hold, seconds.
const HOLD_END_S: f64 = 0.5;

/// A cue to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cue {
    /// The words.
    pub text: String,
    /// The fault it is about; `None` for praise.
    pub fault: Option<String>,
    /// Urgency: 0 for praise, else the fault's severity.
    pub severity: u32,
}

/// Decides which cue is said when.
#[derive(Clone, Debug, Default)]
pub struct CuePolicy {
    waiting: Option<(Timestamp, Cue)>,
    said: Vec<(Timestamp, String)>,
    praised: usize,
}

impl CuePolicy {
    /// Asks for a cue; of two that wait, the more severe one stays.
    pub fn ask(&mut self, at: Timestamp, cue: Cue) {
        if self.waiting.as_ref().is_none_or(|(_, waiting)| waiting.severity < cue.severity) {
            self.waiting = Some((at, cue));
        }
    }

    /// Asks for praise of a clean repetition.
    pub fn praise(&mut self, at: Timestamp) {
        let text = PRAISE[self.praised % PRAISE.len()].to_owned();
        self.praised += 1;
        self.ask(at, Cue { text, fault: None, severity: 0 });
    }

    /// The cue to say now, if there is one whose time has come. `hold_left_s`: seconds to the target of a running hold.
    pub fn next(&mut self, at: Timestamp, hold_left_s: Option<f64>) -> Option<Cue> {
        let (asked_at, cue) = self.waiting.as_ref()?;
        if at.since(*asked_at) > PATIENCE_S {
            self.waiting = None;
            return None;
        }
        let too_soon = self.said.iter().any(|(t, text)| {
            let gap_s = at.since(*t);
            gap_s < ANY_GAP_S || (*text == cue.text && gap_s < SAME_GAP_S)
        });
        if too_soon || hold_left_s.is_some_and(|left| (0.0..HOLD_END_S).contains(&left)) {
            return None;
        }
        let (_, cue) = self.waiting.take()?;
        self.said.retain(|(t, _)| at.since(*t) < SAME_GAP_S);
        self.said.push((at, cue.text.clone()));
        Some(cue)
    }

    /// The cue that is on the screen now.
    pub fn current(&self, at: Timestamp) -> Option<&str> {
        let (said_at, text) = self.said.last()?;
        (at.since(*said_at) < SHOW_S).then_some(text.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cue(text: &str, severity: u32) -> Cue {
        Cue { text: text.to_owned(), fault: Some(text.to_owned()), severity }
    }

    #[test]
    fn cues_keep_their_distance_the_urgent_one_wins_and_late_ones_are_dropped() {
        let mut policy = CuePolicy::default();
        let at = Timestamp::from_secs;
        policy.ask(at(0.0), cue("a", 1));
        policy.ask(at(0.0), cue("b", 3));
        policy.ask(at(0.0), cue("c", 2));
        assert_eq!(policy.next(at(0.0), None).map(|c| c.text).as_deref(), Some("b"));
        policy.ask(at(1.5), cue("a", 1));
        assert_eq!(policy.next(at(2.0), None), None, "3 s between any two");
        assert_eq!(policy.next(at(3.2), None).map(|c| c.text).as_deref(), Some("a"));
        policy.ask(at(7.0), cue("b", 1));
        assert_eq!(policy.next(at(7.0), None), None, "10 s between two of the same");
        assert_eq!(policy.next(at(9.5), None), None, "waited too long");
        policy.ask(at(12.0), cue("b", 1));
        assert_eq!(policy.next(at(12.0), Some(0.3)), None, "the hold is about to be done");
        assert_eq!(policy.next(at(12.5), Some(-0.1)).map(|c| c.text).as_deref(), Some("b"));
        assert_eq!((policy.current(at(13.0)), policy.current(at(17.0))), (Some("b"), None));
    }
}
