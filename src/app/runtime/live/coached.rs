//! A session under way: the coach, and what carries out what it asks for.

use super::lookout::Lookout;
use super::practice::Practice;
use super::recorder::SetRecorder;
use crate::app::runtime::view::{CoachStage, CoachView, ExerciseCard, OutcomeView};
use crate::base::language::translated;
use crate::base::skeleton::{Landmark, Side};
use crate::base::time::Timestamp;
use crate::coach::manner::Manner;
use crate::coach::outcome::{Closing, Outcome};
use crate::coach::programme::{PlannedSet, Programme};
use crate::coach::sentence::{Announcement, Place, Sentence};
use crate::coach::state::Paused;
use crate::coach::talk::Shown;
use crate::coach::{Coach, Effect, Input, State};
use crate::counting::gate::Obstacle;
use crate::counting::runner::SetOrigin;
use crate::exercise::Mode;
use crate::exercise::plan::SetPlan;
use crate::history::store::now;
use crate::motion::track::TrackedPose;
use crate::sound::speaker::Speaker;
use crate::vision::picture_watch::{STILL_AT_EASE_S, STILL_S};
use std::collections::VecDeque;
use std::sync::Arc;

/// What the effects of the coach act on.
pub(super) struct Hands<'a> {
    pub practice: &'a mut Practice,
    pub recorder: &'a mut SetRecorder,
    pub speaker: Option<&'a Speaker>,
    /// Where frames come from, as the record says it: model and kind.
    pub origin: (&'a str, &'a str),
}

/// The coach with its hands.
pub(super) struct Coached {
    coach: Coach,
    is_over: bool,
    /// Looks out for other exercises, while nothing of the announced one was seen.
    lookout: Option<Lookout>,
    /// The side of the person that is nearer to the camera.
    near: Option<Side>,
}

impl Coached {
    /// Begins a session.
    pub fn begin(
        programme: Programme,
        manner: Manner,
        at: Timestamp,
        has_warm_up: bool,
        hands: &mut Hands<'_>,
    ) -> Self {
        if let Some(speaker) = hands.speaker {
            speaker.prepare(texts_of(&programme));
        }
        let (coach, effects) = Coach::begin(programme, manner, at, has_warm_up);
        let mut coached = Self { coach, is_over: false, lookout: None, near: None };
        coached.carry_out(effects, hands);
        coached
    }

    /// Tells the coach something, and carries out what it asks for.
    pub fn step(&mut self, input: &Input<'_>, hands: &mut Hands<'_>) {
        let effects = self.coach.step(input);
        self.carry_out(effects, hands);
        if let Input::Frame { pose, .. } = input {
            self.near = pose.near;
            self.look_out(pose, hands);
        }
    }

    /// Whether other exercises are looked out for: those that read the outline need it then.
    pub fn looks_out(&self) -> bool {
        self.lookout.is_some() && !self.coach.alternatives().is_empty()
    }

    /// Looks whether another exercise of the routine is done.
    fn look_out(&mut self, pose: &TrackedPose, hands: &mut Hands<'_>) {
        // In a rest or a pause it is kept for afterwards.
        if self.coach.alternatives().is_empty() {
            return;
        }
        let Some((at, exercise)) = self.lookout.as_mut().and_then(|lookout| lookout.step(pose)) else { return };
        let effects = self.coach.step(&Input::LooksLike { at, exercise });
        self.lookout = None;
        self.carry_out(effects, hands);
    }

    /// Whether the session is closed.
    pub const fn is_over(&self) -> bool {
        self.is_over
    }

    /// Whether the summary is shown.
    pub fn is_at_its_end(&self) -> bool {
        matches!(self.coach.state(), State::Summary(_) | State::Over)
    }

    /// Whether no set is under way, nor about to be.
    pub fn is_between_sets(&self) -> bool {
        matches!(self.coach.state(), State::Rest(_) | State::Summary(_) | State::Over)
    }

    /// For so long the picture may stand still before it is said, seconds: least in a set, and where one waits.
    pub fn patience_s(&self) -> f64 {
        let is_in_set = match self.coach.state() {
            State::Set(_) => true,
            State::Paused(paused) => matches!(*paused.back, State::Set(_)),
            _ => false,
        };
        if is_in_set { STILL_S } else { STILL_AT_EASE_S }
    }

    /// Whether it waits.
    pub fn is_paused(&self) -> bool {
        matches!(self.coach.state(), State::Paused(_))
    }

    fn carry_out(&mut self, effects: Vec<Effect>, hands: &mut Hands<'_>) {
        let mut ahead = VecDeque::from(effects);
        while let Some(effect) = ahead.pop_front() {
            match effect {
                Effect::Say(sentence) => hands.speaker.into_iter().for_each(|s| s.say(sentence.clone())),
                Effect::Tone(tone) => hands.speaker.into_iter().for_each(|s| s.tone(tone)),
                Effect::BeginSet { set, is_self_timed } => self.begin_set(set, is_self_timed, hands),
                Effect::Set(command) => {
                    // The coach knows which commands make sense; what the set refuses changes nothing.
                    if let Err(refused) = hands.practice.command(command, hands.recorder) {
                        tracing::warn!("the set refused {command:?}: {refused}");
                    }
                }
                Effect::EndSet(by) => {
                    let at = self.coach.at();
                    let summary = hands.practice.finish(Some((by, at)), hands.recorder);
                    let after = summary.map(|summary| self.coach.step(&Input::Ended { at, summary: &summary }));
                    ahead.extend(after.into_iter().flatten());
                }
                Effect::Correct(by) => hands.recorder.correct_last(by),
                Effect::DropSet => hands.practice.drop_set(hands.recorder),
                Effect::EndSession => hands.recorder.end(),
                Effect::Close => self.is_over = true,
            }
        }
    }

    fn begin_set(&mut self, set: usize, is_self_timed: bool, hands: &mut Hands<'_>) {
        let Some(planned) = self.coach.programme().sets.get(set) else { return };
        let own_range = hands.practice.own_range(planned.exercise(), hands.recorder);
        let plan = SetPlan::clone(&planned.plan).with_own_range(own_range).self_timed(is_self_timed);
        let (model, source_kind) = hands.origin;
        let origin = SetOrigin { model: model.to_owned(), source_kind: source_kind.to_owned(), started_at: now() };
        hands.practice.begin(plan, origin, hands.recorder);
        let others = self.coach.programme().later_exercises(set);
        self.lookout = Some(Lookout::new(others.into_iter().map(Arc::clone)));
    }

    /// What is shown of it.
    pub fn view(&self) -> Option<CoachView> {
        let coach = &self.coach;
        let programme = coach.programme();
        let planned = coach.planned().or(programme.sets.last())?;
        Some(CoachView {
            routine: programme.routine.clone(),
            title: translated(&programme.title),
            step: programme.place_of(coach.set() + 1),
            steps: programme.steps(),
            set: (planned.number, planned.of),
            stage: self.stage()?,
            exercise: ExerciseCard::of(planned.exercise()),
            offer: coach.offer().map(|offer| translated(&offer.title)),
            shown: coach.talk().shown(coach.at()).map(|s| Shown { text: translated(&s.text), ..s.clone() }),
            at_fault: self.at_fault(),
            tells_of_others: coach.tells_of_others(),
            is_rest_paused: matches!(coach.state(), State::Paused(paused) if matches!(*paused.back, State::Rest(_))),
            note: planned.note.as_deref().map(translated),
            answers_by_hand: coach.manner().has_gesture,
            closing: coach.closing().map(translated_closing),
            hand: coach.hand(),
            left_s: programme.left_s(coach.set()),
            outcomes: coach.outcomes().iter().filter_map(|o| outcome(programme, o)).collect(),
        })
    }

    /// The joints that the correction on the screen is about.
    fn at_fault(&self) -> Vec<Landmark> {
        let coach = &self.coach;
        let fault = coach.talk().shown(coach.at()).and_then(|shown| shown.fault.as_deref());
        let exercise = coach.planned().map(PlannedSet::exercise);
        fault.zip(exercise).map(|(fault, exercise)| exercise.joints_of_fault(fault, self.near)).unwrap_or_default()
    }

    fn stage(&self) -> Option<CoachStage> {
        let at = self.coach.at();
        Some(match self.coach.state() {
            State::SetUp(_) => CoachStage::SetUp,
            State::Ready(ready) => CoachStage::Ready(ready.said.clamp(1, 3)),
            State::Set(_) | State::Ending(_) => CoachStage::Set,
            State::Rest(rest) => match (rest.until.map(|until| until.since(at).max(0.0)), rest.is_warm_up) {
                (Some(left_s), true) => CoachStage::WarmUp(left_s),
                (left_s, _) => CoachStage::Rest(left_s),
            },
            State::Paused(Paused { why, since, trouble, .. }) => {
                let left_s = self.coach.manner().pause_end_of(*why) - at.since(*since);
                CoachStage::Paused(trouble.unwrap_or(*why), left_s.max(0.0))
            }
            State::Summary(_) => CoachStage::Summary,
            State::Over => return None,
        })
    }
}

fn translated_closing(closing: &Closing) -> Closing {
    let text = |text: &Option<String>| text.as_deref().map(translated);
    Closing { well: text(&closing.well), work: text(&closing.work), ..*closing }
}

fn outcome(programme: &Programme, outcome: &Outcome) -> Option<OutcomeView> {
    let set = programme.sets.get(outcome.set)?;
    let exercise = set.exercise();
    let is_timed = exercise.mode == Mode::Duration;
    Some(OutcomeView {
        title: translated(&exercise.title),
        reason: outcome.reason,
        counted: outcome.counted,
        not_counted: outcome.not_counted,
        target: set.target_total(),
        active_s: is_timed.then_some((outcome.active_s, exercise.target.hold_s)),
        marks: outcome.marks.clone(),
        why_not: outcome.why_not.clone(),
    })
}

/// What will be said of a programme: names and cues that may have no clip are made ready.
fn texts_of(programme: &Programme) -> Vec<String> {
    let of_set = |set: &PlannedSet| {
        let exercise = set.exercise();
        let announced = Announcement {
            place: Place::Only,
            title: exercise.title.clone(),
            set: None,
            reps: None,
            seconds: None,
            has_both_sides: false,
            only_side: None,
            posture: exercise.posture,
            view: exercise.view,
            near: None,
            note: set.note.clone(),
        };
        let mut texts = Sentence::Announce(Box::new(announced)).parts();
        texts.extend(exercise.faults.iter().flat_map(|fault| Sentence::Cue(fault.cue.clone()).parts()));
        let starts = exercise.gate.iter().filter_map(|rule| rule.advice.clone());
        texts.extend(starts.flat_map(|text| Sentence::Advice(Obstacle::Start(Some(text))).parts()));
        texts
    };
    programme.sets.iter().flat_map(of_set).collect()
}

/// The session as whoever draws it gets it.
pub(super) fn shared_view(coached: Option<&Coached>) -> Option<Arc<CoachView>> {
    coached.and_then(Coached::view).map(Arc::new)
}
