//! What is said now, what waits, and what is left unsaid: one voice, and a few rules.
//!
//! In: utterances with their urgency and length, and the time. Out: what to play, and whether it cuts another one off. Pure.

use crate::coach::sentence::Priority;

/// A count is said in the moment it is true; later than this it is not said at all, seconds.
const COUNT_LATE_S: f64 = 0.4;

/// Something to say.
#[derive(Clone, Debug, PartialEq)]
pub struct Utterance<T> {
    /// What is played.
    pub sound: T,
    /// How urgent it is.
    pub priority: Priority,
    /// How long it takes, seconds.
    pub seconds: f64,
}

/// What to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Action<T> {
    /// Play it.
    Play(T),
    /// Fade out what plays, and play it.
    CutIn(T),
}

/// The voice: what plays and what waits.
#[derive(Clone, Debug)]
pub struct Schedule<T> {
    playing: Option<(Priority, f64)>,
    waiting: Option<(Utterance<T>, f64)>,
    /// Words begin at this time or later.
    not_before_s: f64,
}

impl<T> Default for Schedule<T> {
    fn default() -> Self {
        Self { playing: None, waiting: None, not_before_s: f64::NEG_INFINITY }
    }
}

/// So long a sentence may wait for its turn, seconds: what comes next stays true for longer than a correction.
const fn patience_s(priority: Priority) -> f64 {
    match priority {
        Priority::Alarm => 10.0,
        Priority::Count => COUNT_LATE_S,
        Priority::Transition => 15.0,
        Priority::Correction | Priority::Praise => 2.0,
        Priority::Advice => 4.0,
    }
}

impl<T> Schedule<T> {
    /// Something to say at `now_s`: what to do at once. What is neither played nor kept waiting is left unsaid.
    pub fn offer(&mut self, now_s: f64, utterance: Utterance<T>) -> Option<Action<T>> {
        self.settle(now_s);
        if now_s < self.not_before_s {
            self.put_waiting(now_s, utterance);
            return None;
        }
        let Some((playing, _)) = self.playing else {
            // Whoever waits is first, unless this is more urgent.
            let is_behind = self.waiting.as_ref().is_some_and(|(waiting, _)| waiting.priority <= utterance.priority);
            let now = if is_behind {
                self.waiting.replace((utterance, now_s)).map(|(first, _)| first)
            } else {
                Some(utterance)
            };
            return now.map(|now| Action::Play(self.begin(now_s, now)));
        };
        // What is urgent cuts in on what is not; one count on another, too: the older one is no longer true.
        let is_urgent = utterance.priority <= Priority::Count;
        if is_urgent && utterance.priority <= playing {
            if self.waiting.as_ref().is_some_and(|(w, _)| w.priority > Priority::Transition) {
                self.waiting = None;
            }
            return Some(Action::CutIn(self.begin(now_s, utterance)));
        }
        // A sentence about what comes next does not wait for praise or advice.
        if utterance.priority == Priority::Transition && playing > Priority::Transition {
            return Some(Action::CutIn(self.begin(now_s, utterance)));
        }
        self.put_waiting(now_s, utterance);
        None
    }

    /// One waits at most, the more urgent one; of equals the newer.
    fn put_waiting(&mut self, now_s: f64, utterance: Utterance<T>) {
        if self.waiting.as_ref().is_none_or(|(waiting, _)| utterance.priority <= waiting.priority) {
            self.waiting = Some((utterance, now_s));
        }
    }

    /// Words wait until then: a tone is sounded that must not be talked over.
    pub fn wait_until(&mut self, at_s: f64) {
        self.not_before_s = self.not_before_s.max(at_s);
    }

    /// Until when somebody speaks; `None` while nobody does.
    pub fn speaks_until_s(&self, now_s: f64) -> Option<f64> {
        self.playing.map(|(_, ends_s)| ends_s).filter(|ends_s| *ends_s > now_s)
    }

    /// What waits and may be played now.
    pub fn due(&mut self, now_s: f64) -> Option<Action<T>> {
        self.settle(now_s);
        if now_s < self.not_before_s {
            return None;
        }
        let (waiting, _) = self.waiting.as_ref()?;
        // What is urgent was held up by a tone only, and cuts in after it.
        let cuts_in = self.playing.is_some_and(|(playing, _)| waiting.priority <= Priority::Count.min(playing));
        if self.playing.is_some() && !cuts_in {
            return None;
        }
        let (utterance, _) = self.waiting.take()?;
        let sound = self.begin(now_s, utterance);
        Some(if cuts_in { Action::CutIn(sound) } else { Action::Play(sound) })
    }

    /// When [`Self::due`] is to be asked again; `None` while nothing waits.
    pub fn next_s(&self) -> Option<f64> {
        self.waiting.as_ref()?;
        let ends_s = self.playing.map_or(f64::NEG_INFINITY, |(_, ends_s)| ends_s);
        Some(ends_s.max(self.not_before_s)).filter(|at_s| at_s.is_finite())
    }

    /// Nothing is said any more.
    pub fn stop(&mut self) {
        *self = Self::default();
    }

    fn begin(&mut self, now_s: f64, utterance: Utterance<T>) -> T {
        self.playing = Some((utterance.priority, now_s + utterance.seconds));
        utterance.sound
    }

    /// What is over is over, and what has waited for too long is left unsaid.
    fn settle(&mut self, now_s: f64) {
        self.playing = self.playing.filter(|(_, ends_s)| *ends_s > now_s);
        let is_late = |(waiting, since_s): &(Utterance<T>, f64)| now_s - since_s > patience_s(waiting.priority);
        if self.waiting.as_ref().is_some_and(is_late) {
            self.waiting = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Priority::{Advice, Alarm, Correction, Count, Praise, Transition};

    fn of(sound: &'static str, priority: Priority, seconds: f64) -> Utterance<&'static str> {
        Utterance { sound, priority, seconds }
    }

    #[test]
    fn counts_cut_in_and_never_wait_and_one_sentence_waits_at_most() {
        let mut voice = Schedule::default();
        assert_eq!(voice.offer(0.0, of("rest", Transition, 4.0)), Some(Action::Play("rest")));
        assert_eq!(voice.offer(0.5, of("good", Praise, 0.5)), None);
        assert_eq!(
            voice.offer(0.6, of("feet down", Correction, 1.0)),
            None,
            "more urgent than praise: it waits instead"
        );
        assert_eq!(voice.offer(1.0, of("three", Count, 0.6)), Some(Action::CutIn("three")));
        assert_eq!(voice.next_s(), None, "what waited was about another moment");
        assert_eq!(voice.offer(1.3, of("four", Count, 0.6)), Some(Action::CutIn("four")));
        assert_eq!(voice.offer(1.4, of("next", Transition, 2.0)), None);
        assert_eq!(voice.due(1.5), None);
        assert_eq!(voice.due(1.95), Some(Action::Play("next")));
        assert_eq!(voice.offer(2.0, of("stopped", Alarm, 1.0)), Some(Action::CutIn("stopped")));
        assert_eq!(voice.offer(2.1, of("five", Count, 0.6)), None, "an alarm is not cut off");
        assert_eq!(voice.due(3.1), None, "and a count is not said late");
    }

    #[test]
    fn words_come_after_the_tone_before_them_and_urgent_ones_not_much_later() {
        let mut voice = Schedule::default();
        voice.wait_until(1.0);
        assert_eq!(voice.offer(0.1, of("first", Transition, 4.0)), None);
        assert_eq!(voice.due(0.9), None);
        assert_eq!(voice.next_s(), Some(1.0));
        assert_eq!(voice.due(1.0), Some(Action::Play("first")));
        voice.wait_until(2.3);
        assert_eq!(voice.offer(2.0, of("release", Count, 1.0)), None);
        assert_eq!(voice.due(2.3), Some(Action::CutIn("release")));
        assert_eq!(voice.speaks_until_s(2.4), Some(3.3));
    }

    #[test]
    fn what_has_waited_for_too_long_is_left_unsaid() {
        let mut voice = Schedule::default();
        voice.offer(0.0, of("rest", Transition, 4.0));
        voice.offer(0.5, of("feet down", Correction, 1.0));
        assert_eq!(voice.due(4.0), None);
        voice.offer(5.0, of("advice", Advice, 1.0));
        assert_eq!(voice.offer(5.2, of("bird dog", Transition, 1.0)), Some(Action::CutIn("bird dog")));
        assert_eq!(voice.offer(6.0, of("good", Praise, 1.0)), None);
        assert_eq!(voice.due(6.3), Some(Action::Play("good")));
    }
}
