//! The one sentence of a screen, over its whole width: correction, praise, advice, trouble, or what is being done.

use super::look::Look;
use super::text::{self, Weight};
use super::words;
use crate::app::runtime::view::{CoachStage, CoachView, LiveStatus, LiveView};
use crate::counting::phase::Phase;
use crate::exercise::Mode;
use eframe::egui;
use egui::{Color32, Rect, Vec2};

/// What a sentence is about, which gives it its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// That it was well done.
    Praise,
    /// How to move better, now.
    Cue,
    /// How to stand, turn or move so that counting can begin.
    Advice,
    /// Something does not work.
    Trouble,
    /// Anything else.
    Calm,
}

/// A sentence and what it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Gives the colour.
    pub tone: Tone,
    /// To be shown as it is.
    pub text: String,
}

impl Message {
    fn new(tone: Tone, text: impl Into<String>) -> Self {
        Self { tone, text: text.into() }
    }
}

/// The sentence of the moment.
pub fn message(view: &LiveView, coach: &CoachView) -> Message {
    if let LiveStatus::Failed(why) = &view.status {
        return Message::new(Tone::Trouble, why);
    }
    if let Some(title) = coach.offer.as_ref().filter(|_| !matches!(coach.stage, CoachStage::Paused(..))) {
        return Message::new(Tone::Advice, words::looks_like(title, coach.answers_by_hand && view.sound.is_silent()));
    }
    if coach.tells_of_others && matches!(coach.stage, CoachStage::SetUp | CoachStage::Ready(_) | CoachStage::Set) {
        return Message::new(Tone::Advice, words::one_in_front());
    }
    match coach.stage {
        CoachStage::Paused(why, _) => {
            Message::new(if why.is_trouble() { Tone::Trouble } else { Tone::Calm }, words::waits(why))
        }
        CoachStage::Ready(_) => Message::new(Tone::Praise, words::in_position()),
        CoachStage::Rest(Some(_)) => Message::new(Tone::Calm, words::next(&coach.exercise)),
        CoachStage::Rest(None) => Message::new(Tone::Calm, words::after_pain()),
        CoachStage::WarmUp(_) => Message::new(Tone::Calm, words::warm_up()),
        CoachStage::Summary => Message::new(Tone::Praise, words::all_done()),
        CoachStage::SetUp => set_up(view, coach),
        CoachStage::Set => in_set(view, coach),
    }
}

/// What to do while the own range is measured.
pub fn measuring(view: &LiveView) -> Message {
    Message::new(Tone::Advice, view.calibration.clone().unwrap_or_default())
}

/// Nothing has come from the analysis for a while: what stands on the screen is old.
pub fn stalled() -> Message {
    Message::new(Tone::Trouble, words::stalled())
}

fn set_up(view: &LiveView, coach: &CoachView) -> Message {
    match &view.advice {
        Some(advice) => Message::new(Tone::Advice, advice),
        None if view.phase == Phase::Setup => Message::new(Tone::Calm, words::how_to(&coach.exercise)),
        None => Message::new(Tone::Praise, words::in_position()),
    }
}

fn in_set(view: &LiveView, coach: &CoachView) -> Message {
    if let Some(shown) = &coach.shown {
        return Message::new(if shown.is_praise { Tone::Praise } else { Tone::Cue }, &shown.text);
    }
    if let Some(advice) = view.advice.as_ref().filter(|_| view.phase == Phase::Setup) {
        return Message::new(Tone::Advice, advice);
    }
    if view.exercise.mode == Mode::Hold && view.phase == Phase::Target {
        let is_long_enough = view.hold.is_some_and(|hold| hold.elapsed_s >= hold.target_s);
        let text = if is_long_enough { words::release() } else { words::hold(view.side) };
        return Message::new(Tone::Praise, text);
    }
    let last = view.reps.last().filter(|rep| !rep.counted && view.phase == Phase::Ready);
    if let Some(reason) = last.and_then(|rep| rep.reason.as_deref()) {
        return Message::new(Tone::Calm, words::not_counted(reason));
    }
    Message::new(Tone::Calm, words::done_of(view, coach.exercise.has_both_sides))
}

impl Tone {
    fn colors(self, look: Look) -> (Color32, Color32) {
        let p = look.palette;
        match self {
            Self::Praise => (p.progress, p.on_progress),
            Self::Cue => (p.cue, p.on_cue),
            Self::Advice => (p.advice, p.on_advice),
            Self::Trouble => (p.trouble, p.on_trouble),
            Self::Calm => (p.panel, p.text),
        }
    }
}

/// Draws it over `room`; `is_read`: a screen reader says it.
pub fn draw(ui: &egui::Ui, room: Rect, message: &Message, is_read: bool, look: Look) {
    let (fill, ink) = message.tone.colors(look);
    ui.painter().rect_filled(room, look.corners(), fill);
    let inner = room.shrink2(Vec2::new(room.height() * 0.015, room.height() * 0.001));
    let named = text::big_text(ui, inner, &message.text, &message.text, ink, room.height() * 0.6, Weight::Bold);
    if is_read {
        text::read_aloud(ui, &named);
    }
}
