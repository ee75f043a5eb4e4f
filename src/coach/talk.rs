//! Which corrections and which praise are said, out of those that the engine has: few, kind, and never over a count.

use super::sentence::Sentence;
use crate::base::time::Timestamp;
use crate::counting::words::PRAISE;

/// A correction is said only when the next count is so far off, seconds; it would be cut short.
const BEFORE_COUNT_S: f64 = 1.5;
/// After a count it waits for so long, seconds: the number has been said by then.
const AFTER_COUNT_S: f64 = 0.9;
/// It waits no longer than this, seconds.
const PATIENCE_S: f64 = 4.0;
/// Corrections a minute.
const PER_MINUTE: usize = 6;
/// The same one running so many times; then silence until the summary.
const SAME_RUNNING: u32 = 2;
/// None in the first repetitions.
const NONE_IN_FIRST: u32 = 2;
/// How long what was said stays on the screen, seconds.
const SHOW_S: f64 = 4.0;

/// A correction or praise on the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The words.
    pub text: String,
    /// It praises.
    pub is_praise: bool,
    /// Id of the fault it is about.
    pub fault: Option<String>,
}

/// Chooses what is said of the form in one set.
#[derive(Clone, Debug, Default)]
pub struct Talk {
    waiting: Option<(Timestamp, Shown)>,
    said: Vec<Timestamp>,
    /// The latest correction, how often running, and at which count.
    latest: Option<(String, u32)>,
    /// Count at which the latest correction was said.
    corrected_at: Option<u32>,
    /// A correction was said, and no clean repetition since.
    owes_praise: bool,
    count_at: Option<Timestamp>,
    period_s: Option<f64>,
    counted: u32,
    shown: Option<(Timestamp, Shown)>,
}

impl Talk {
    /// The engine has something to say of the form; praise is our own affair, see [`Self::counted`].
    pub fn ask(&mut self, at: Timestamp, text: &str, fault: Option<&str>) {
        let Some(fault) = fault else { return };
        let shown = Shown { text: text.to_owned(), is_praise: false, fault: Some(fault.to_owned()) };
        self.waiting = Some((at, shown));
    }

    /// A repetition counts; `is_clean` where nothing was found wrong with it. Returns praise, where it is due: once, at the
    /// first clean one after a correction.
    pub fn counted(&mut self, at: Timestamp, n: u32, is_clean: bool) -> Option<Sentence> {
        if let Some(last) = self.count_at {
            self.period_s = Some(at.since(last));
        }
        self.count_at = Some(at);
        self.counted = n;
        if !(is_clean && self.owes_praise) {
            return None;
        }
        self.owes_praise = false;
        self.latest = None;
        let text = PRAISE[2];
        self.shown = Some((at, Shown { text: text.to_owned(), is_praise: true, fault: None }));
        Some(Sentence::Praise(text.to_owned()))
    }

    /// The correction whose time has come.
    pub fn next(&mut self, at: Timestamp) -> Option<Sentence> {
        let (asked_at, shown) = self.waiting.as_ref()?;
        if at.since(*asked_at) > PATIENCE_S {
            self.waiting = None;
            return None;
        }
        let since_count_s = self.count_at.map(|t| at.since(t));
        let is_fresh = since_count_s.is_some_and(|s| s < AFTER_COUNT_S);
        let is_late = self.period_s.zip(since_count_s).is_some_and(|(period, since)| {
            let left_s = period - since;
            (0.0..BEFORE_COUNT_S).contains(&left_s)
        });
        if self.counted < NONE_IN_FIRST || is_fresh || is_late || self.corrected_at == Some(self.counted) {
            return None;
        }
        self.said.retain(|t| at.since(*t) < 60.0);
        let running = self.latest.as_ref().filter(|(text, _)| *text == shown.text).map_or(0, |(_, times)| *times);
        if self.said.len() >= PER_MINUTE || running >= SAME_RUNNING {
            self.waiting = None;
            return None;
        }
        let (_, shown) = self.waiting.take()?;
        self.said.push(at);
        self.latest = Some((shown.text.clone(), running + 1));
        self.corrected_at = Some(self.counted);
        self.owes_praise = true;
        let sentence = Sentence::Cue(shown.text.clone());
        self.shown = Some((at, shown));
        Some(sentence)
    }

    /// What stands on the screen.
    pub fn shown(&self, at: Timestamp) -> Option<&Shown> {
        self.shown.as_ref().filter(|(since, _)| at.since(*since) < SHOW_S).map(|(_, shown)| shown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(secs: f64) -> Timestamp {
        Timestamp::from_secs(secs)
    }

    #[test]
    fn corrections_are_few_never_over_a_count_and_end_in_one_word_of_praise() {
        let mut talk = Talk::default();
        let mut said = Vec::new();
        // Every repetition of four seconds has the same fault, up to the ninth.
        for frame in 0..480 {
            let now = at(f64::from(frame) / 10.0);
            let (n, within) = (frame / 40, frame % 40);
            if within == 0 && n > 0 {
                let is_clean = n >= 9;
                said.extend(talk.counted(now, n as u32, is_clean).map(|s| (frame, s.parts().join(" "))));
            }
            if within == 15 && n < 9 {
                talk.ask(now, "Feet down", Some("legs_lift"));
            }
            said.extend(talk.next(now).map(|s| (frame, s.parts().join(" "))));
        }
        let said: Vec<(i32, &str)> = said.iter().map(|(frame, text)| (*frame, text.as_str())).collect();
        assert_eq!(said, [(89, "Feet down."), (129, "Feet down."), (360, "That's it.")]);
    }
}
