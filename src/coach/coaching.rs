//! The coach's memory, and the steps from one state to the next that several states take.

use super::gesture::Gesture;
use super::manner::{CountStyle, HowMuch, Manner};
use super::outcome::{Closing, Outcome};
use super::programme::{PlannedSet, Programme};
use super::sentence::{Announcement, EndReason, PART_GAP_S, Place, Priority, Sentence, Tone};
use super::state::{Effect, InSet, Offer, Ready, Rest, SetUp, State};
use super::talk::Talk;
use crate::base::time::Timestamp;
use crate::counting::record::RepTotals;
use crate::exercise::Mode;

/// What a part of a sentence takes to say: so long, and so much for each letter, seconds. Fitted to the 449 clips of the English
/// voice (deviation 0.19 s a part); espeak-ng's German is as long within a fifth.
const PART_S: f64 = 0.21;
const LETTER_S: f64 = 0.068;
/// The tone before it, and what the sound system takes, seconds.
const BEFORE_WORDS_S: f64 = 1.0;
/// How long a warm-up takes, seconds.
const WARM_UP_S: f64 = 90.0;

/// Carries a person through a programme.
#[derive(Clone, Debug)]
pub struct Coach {
    pub(super) programme: Programme,
    pub(super) manner: Manner,
    pub(super) state: State,
    /// The set of the programme that is done, or comes next.
    pub(super) set: usize,
    pub(super) outcomes: Vec<Outcome>,
    /// A set is begun and not ended.
    pub(super) is_set_begun: bool,
    pub(super) began_at: Timestamp,
    pub(super) at: Timestamp,
    pub(super) gesture: Gesture,
    /// How far the raised hand is held, 0..1.
    pub(super) hand: f64,
    pub(super) talk: Talk,
    /// Another exercise that the person seems to do.
    pub(super) offer: Option<Offer>,
    /// Exercises that were asked about.
    pub(super) asked_about: Vec<String>,
    /// When it was said whom it follows of several.
    pub(super) others_said: Option<Timestamp>,
    /// Ids of the exercises that went by ear.
    pub(super) by_ear: Vec<String>,
    /// When a picture that had been lost was back last.
    pub(super) picture_back_at: Option<Timestamp>,
    /// What has come of the session, once it is over.
    closing: Option<Closing>,
    pub(super) effects: Vec<Effect>,
}

impl Coach {
    /// Begins a session; the effects are to be carried out as those of a step.
    pub fn begin(programme: Programme, manner: Manner, at: Timestamp, has_warm_up: bool) -> (Self, Vec<Effect>) {
        let mut coach = Self {
            programme,
            manner,
            state: State::Over,
            set: 0,
            outcomes: Vec::new(),
            is_set_begun: false,
            began_at: at,
            at,
            gesture: Gesture::default(),
            hand: 0.0,
            talk: Talk::default(),
            offer: None,
            asked_about: Vec::new(),
            others_said: None,
            by_ear: Vec::new(),
            picture_back_at: None,
            closing: None,
            effects: Vec::new(),
        };
        coach.tone(Tone::Chime);
        if has_warm_up {
            coach.say(Sentence::WarmUp);
            let until = Some(at.plus_s(WARM_UP_S));
            coach.state =
                State::Rest(Rest { since: at, until, is_called: true, ticks: 0, is_watching: false, is_warm_up: true });
        } else {
            coach.set_up(0);
        }
        let effects = std::mem::take(&mut coach.effects);
        (coach, effects)
    }

    /// Where it is.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// What is done.
    pub fn programme(&self) -> &Programme {
        &self.programme
    }

    /// The set that is done, or comes next; `None` once all are over.
    pub fn planned(&self) -> Option<&PlannedSet> {
        self.programme.sets.get(self.set)
    }

    /// The place of that set in the programme.
    pub fn set(&self) -> usize {
        self.set
    }

    /// Sets that are over.
    pub fn outcomes(&self) -> &[Outcome] {
        &self.outcomes
    }

    /// What has come of the session, once it is over.
    pub fn closing(&self) -> Option<&Closing> {
        self.closing.as_ref()
    }

    /// How far the raised hand is held, 0..1.
    pub fn hand(&self) -> f64 {
        self.hand
    }

    /// What stands on the screen of the form.
    pub fn talk(&self) -> &Talk {
        &self.talk
    }

    /// Whether it has just been said that one of several people is followed.
    pub fn tells_of_others(&self) -> bool {
        self.others_said.is_some_and(|said| self.at.since(said) < self.manner.others_shown_s)
    }

    /// The newest time it knows.
    pub fn at(&self) -> Timestamp {
        self.at
    }

    /// How it behaves.
    pub fn manner(&self) -> &Manner {
        &self.manner
    }

    /// Says a sentence, unless the person wants less.
    pub(super) fn say(&mut self, sentence: Sentence) {
        if self.is_wanted(&sentence) {
            self.effects.push(Effect::Say(sentence));
        } else if matches!(sentence, Sentence::Count { .. }) {
            self.tone(Tone::Count);
        }
    }

    /// Says several sentences as one, so that none pushes another one out.
    pub(super) fn say_all(&mut self, sentences: Vec<Sentence>) {
        let mut wanted: Vec<Sentence> = sentences.into_iter().filter(|sentence| self.is_wanted(sentence)).collect();
        match wanted.len() {
            0 => (),
            1 => self.effects.push(Effect::Say(wanted.remove(0))),
            _ => self.effects.push(Effect::Say(Sentence::Chain(wanted))),
        }
    }

    fn is_wanted(&self, sentence: &Sentence) -> bool {
        let priority = sentence.priority();
        match self.manner.how_much {
            HowMuch::All => true,
            HowMuch::Counts => !matches!(priority, Priority::Correction | Priority::Praise),
            HowMuch::Transitions => matches!(priority, Priority::Alarm | Priority::Transition | Priority::Advice),
            HowMuch::Tones => false,
        }
    }

    pub(super) fn tone(&mut self, tone: Tone) {
        self.effects.push(Effect::Tone(tone));
    }

    /// Says a count the way the person wants counts; `missing` are still to do.
    pub(super) fn say_count(&mut self, sentence: Sentence, missing: u32) {
        let is_said = match self.manner.counts {
            CountStyle::Every => true,
            CountStyle::LastThree => missing < 3,
            CountStyle::Tones => false,
        };
        if is_said { self.say(sentence) } else { self.tone(Tone::Count) }
    }

    /// What is to be announced of a set.
    pub fn announcement(&self, index: usize) -> Option<Announcement> {
        let set = self.programme.sets.get(index)?;
        let exercise = set.exercise();
        let last = self.programme.steps().saturating_sub(1);
        let place = match self.programme.place_of(index) {
            _ if set.number > 1 => Place::Again,
            0 if last == 0 => Place::Only,
            0 => Place::First,
            place if place == last => Place::Last,
            _ => Place::Next,
        };
        Some(Announcement {
            place,
            title: exercise.title.clone(),
            set: (set.of > 1).then_some((set.number, set.of)),
            reps: (exercise.mode != Mode::Duration).then_some(exercise.target.reps),
            seconds: (exercise.mode != Mode::Reps).then_some(exercise.target.hold_s),
            has_both_sides: set.has_both_sides(),
            only_side: exercise.only_side,
            posture: exercise.posture,
            view: exercise.view,
            near: exercise.near_side(),
            note: set.note.clone(),
        })
    }

    /// Announces a set and waits for the person to come into position.
    pub(super) fn set_up(&mut self, index: usize) {
        self.set_up_after(index, Vec::new());
    }

    /// The same after something else that is to be said.
    pub(super) fn set_up_after(&mut self, index: usize, mut said: Vec<Sentence>) {
        self.set = index;
        let Some(what) = self.announcement(index) else { return self.finish_after(said) };
        if !self.is_set_begun {
            self.begin_set(false);
        }
        said.push(Sentence::Announce(Box::new(what)));
        let takes_s: f64 = said.iter().filter(|sentence| self.is_wanted(sentence)).map(Sentence::estimate_s).sum();
        let before_s = if takes_s > 0.0 { BEFORE_WORDS_S + self.manner.lead_s } else { 0.0 };
        let announced_by = self.at.plus_s(before_s + takes_s / self.manner.tempo);
        self.say_all(said);
        self.talk = Talk::default();
        self.state = State::SetUp(SetUp {
            since: self.at,
            advice: None,
            advised_at: None,
            is_calmed: false,
            announced_by,
            seen_at: None,
        });
    }

    pub(super) fn begin_set(&mut self, is_self_timed: bool) {
        self.is_set_begun = true;
        self.effects.push(Effect::BeginSet { set: self.set, is_self_timed });
    }

    /// Back to coming into position, without announcing it again.
    pub(super) fn back_to_set_up(&mut self) {
        self.state = State::SetUp(SetUp {
            since: self.at,
            advice: None,
            advised_at: None,
            is_calmed: false,
            announced_by: self.at,
            seen_at: None,
        });
    }

    pub(super) fn ready(&mut self) {
        self.state = State::Ready(Ready { since: self.at, said: 4, lost_since: None });
    }

    /// The set is under way.
    pub(super) fn enter_set(&mut self) {
        self.state = State::Set(Box::new(InSet {
            since: self.at,
            said: RepTotals::default(),
            moved_at: self.at,
            is_calmed: false,
            hold: None,
            side_said: None,
            is_half_said: false,
            lapsed_since: None,
            advice: None,
            advised_at: None,
            not_counted: None,
            up_since: None,
            unseen_since: None,
            pace: None,
        }));
    }

    /// Ends the set that is begun; where none is, it counts as left out.
    pub(super) fn end_set(&mut self, reason: EndReason) {
        if self.is_set_begun {
            self.is_set_begun = false;
            self.effects.push(Effect::EndSet(reason.ended_by()));
            self.state = State::Ending(reason);
        } else {
            self.outcomes.push(Outcome::left_out(self.set, reason));
            self.after_set(reason, 0);
        }
    }

    /// A set is over: its last word, then rest, the next one, or the summary.
    pub(super) fn after_set(&mut self, reason: EndReason, counted: u32) {
        let is_timed = self.planned().is_some_and(PlannedSet::is_timed);
        self.offer = None;
        if matches!(reason, EndReason::Target | EndReason::ByEar) {
            self.tone(Tone::SetDone);
        }
        let end = Sentence::SetEnd { n: counted, reason, is_timed };
        let next = match reason {
            EndReason::Session => None,
            // What hurts, or is left out, is not done again in another set.
            EndReason::Pain | EndReason::Skipped => self.programme.next_exercise(self.set),
            _ => Some(self.set + 1),
        };
        match next.filter(|next| *next < self.programme.sets.len()) {
            None => self.finish_after(vec![end]),
            Some(next) => self.rest(next, reason, end),
        }
    }

    fn rest(&mut self, next: usize, reason: EndReason, end: Sentence) {
        let rest_s = match reason {
            EndReason::Skipped => 0.0,
            _ => self.planned().map_or(0.0, |set| set.rest_s),
        };
        self.set = next;
        if reason == EndReason::Pain {
            self.say(end);
            self.state = State::Rest(Rest {
                since: self.at,
                until: None,
                is_called: true,
                ticks: 0,
                is_watching: false,
                is_warm_up: false,
            });
            return;
        }
        if rest_s <= 0.0 {
            return self.set_up_after(next, vec![end]);
        }
        let rest =
            self.announcement(next).map(|next| Sentence::Rest { seconds: rest_s.round() as u32, next: Box::new(next) });
        self.say_all(std::iter::once(end).chain(rest).collect());
        self.state = State::Rest(Rest {
            since: self.at,
            until: Some(self.at.plus_s(rest_s)),
            is_called: rest_s <= 2.0 * self.manner.rest_call_s,
            ticks: 0,
            is_watching: false,
            is_warm_up: false,
        });
    }

    /// All is done: the summary.
    pub(super) fn finish(&mut self) {
        self.finish_after(Vec::new());
    }

    /// The same after something else that is to be said.
    fn finish_after(&mut self, mut said: Vec<Sentence>) {
        if std::mem::take(&mut self.is_set_begun) {
            self.effects.push(Effect::DropSet);
        }
        let closing = self.close();
        let Closing { exercises, minutes, well, work } = closing.clone();
        self.closing = Some(closing);
        said.push(Sentence::Summary { exercises, minutes, well, work });
        if self.outcomes.iter().any(Outcome::is_something) {
            said.push(Sentence::CoolDown);
        }
        self.say_all(said);
        // Kept at once: whoever switches off now has lost nothing.
        self.effects.push(Effect::EndSession);
        self.state = State::Summary(self.at);
    }

    /// What has come of the session: one good thing and one to work on.
    fn close(&self) -> Closing {
        let mut steps: Vec<usize> =
            self.outcomes.iter().filter(|o| o.is_something()).map(|o| self.programme.sets[o.set].step).collect();
        steps.dedup();
        let best = self.outcomes.iter().filter(|o| o.reason == EndReason::Target && o.form.is_some());
        let best = best.max_by(|a, b| a.form.unwrap_or(0.0).total_cmp(&b.form.unwrap_or(0.0)));
        let worst =
            self.outcomes.iter().filter_map(|o| Some((o, o.worst.as_ref()?))).max_by_key(|(_, (_, times))| *times);
        let cue = |(outcome, (fault, _)): (&Outcome, &(String, u32))| {
            let exercise = self.programme.sets[outcome.set].exercise();
            exercise.faults.iter().find(|f| f.id == *fault).map(|f| f.cue.clone())
        };
        Closing {
            exercises: steps.len() as u32,
            minutes: (self.at.since(self.began_at) / 60.0).round() as u32,
            well: best.map(|o| self.programme.sets[o.set].exercise().title.clone()),
            work: worst.and_then(cue),
        }
    }
}

impl Sentence {
    /// About how long it takes to say at the usual pace, seconds.
    pub fn estimate_s(&self) -> f64 {
        let of = |part: &String| part.chars().count() as f64 * LETTER_S + PART_S + PART_GAP_S;
        self.parts().iter().map(of).sum()
    }
}
