//! What the program says: the band under the picture (cue, advice), words on the picture (state, trouble), the phase.
//!
//! In: a snapshot. Out: texts by pure functions, and paint.

use super::theme::{self, Scale, Tone, Weight};
use crate::app::runtime::view::{LiveStatus, LiveView};
use crate::counting::phase::Phase;
use crate::counting::record::RepSide;
use crate::exercise::Mode;
use eframe::egui;
use egui::{Align2, FontId, Rect, Vec2};

/// What the picture says when it is not that of a camera.
pub const DEMO_NOTE: &str = "Demo clip, no camera found";

/// A text and what it is about.
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

/// Messages of the band under the picture, the more urgent first: cue, advice, else what suits the state.
pub fn band_messages(view: &LiveView) -> Vec<Message> {
    let cue = view.cue.as_ref().map(|text| Message::new(Tone::Cue, text));
    if view.status == LiveStatus::Calibrating {
        return view.calibration.iter().map(|text| Message::new(Tone::Advice, text)).collect();
    }
    let advice = view.advice.as_ref().map(|text| Message::new(Tone::Advice, text));
    let urgent: Vec<Message> = cue.into_iter().chain(advice).collect();
    if urgent.is_empty() { calm_message(view).into_iter().collect() } else { urgent }
}

fn calm_message(view: &LiveView) -> Option<Message> {
    let calm = |text: &str| Some(Message::new(Tone::Calm, text)).filter(|message| !message.text.is_empty());
    match &view.status {
        LiveStatus::Idle => calm(view.calibration.as_deref().unwrap_or(&view.exercise.setup)),
        LiveStatus::Running if view.self_timed && view.is_holding => calm("Space or Let go when you come back"),
        LiveStatus::Running if view.self_timed => calm("Space or I hold now, once you are in position"),
        LiveStatus::Running if view.phase == Phase::Setup => calm(&view.exercise.setup),
        // At rest the user can read it; in the next repetition it would seem to be about that one.
        LiveStatus::Running if view.phase == Phase::Ready => last_rep(view),
        LiveStatus::Paused => calm("Space or Resume to go on"),
        LiveStatus::Finished => calm("Space or Start for another set"),
        LiveStatus::Running
        | LiveStatus::Starting
        | LiveStatus::Calibrating
        | LiveStatus::Waiting(_)
        | LiveStatus::Failed(_) => None,
    }
}

fn last_rep(view: &LiveView) -> Option<Message> {
    let rep = view.reps.last()?;
    if !rep.counted {
        let reason = rep.reason.as_deref().unwrap_or("too small");
        return Some(Message::new(Tone::Remark, format!("Not counted: {reason}")));
    }
    rep.score.map(|score| Message::new(Tone::Calm, format!("Last one: {score} points")))
}

/// Title and text that stand on the picture, if the state calls for one.
pub fn picture_message(view: &LiveView) -> Option<(Message, String)> {
    let calm = |title: &str, text: String| Some((Message::new(Tone::Calm, title), text));
    match &view.status {
        LiveStatus::Starting => calm("Starting", "Opening the camera and the pose model".to_owned()),
        LiveStatus::Waiting(why) => Some((Message::new(Tone::Remark, "Waiting for the picture"), why.clone())),
        LiveStatus::Paused => calm("Paused", String::new()),
        LiveStatus::Finished => calm("Set finished", summary(view)),
        LiveStatus::Failed(why) => Some((Message::new(Tone::Trouble, "This did not work"), why.clone())),
        LiveStatus::Idle | LiveStatus::Calibrating | LiveStatus::Running => None,
    }
}

/// The finished set in a few words, e.g. "10 counted, 1 not counted, 91 points on average".
pub fn summary(view: &LiveView) -> String {
    let totals = &view.totals;
    let mut parts = vec![format!("{} counted", totals.total)];
    if totals.rejected > 0 {
        parts.push(format!("{} not counted", totals.rejected));
    }
    let scores: Vec<f64> = view.reps.iter().filter_map(|rep| rep.score).map(f64::from).collect();
    if !scores.is_empty() {
        parts.push(format!("{:.0} points on average", scores.iter().sum::<f64>() / scores.len() as f64));
    }
    parts.join(", ")
}

/// What did not make it into the count, empty if everything did.
pub fn tally_remark(view: &LiveView) -> String {
    let totals = &view.totals;
    let rejected = (totals.rejected > 0).then(|| format!("{} not counted", totals.rejected));
    let unknown = (view.exercise.has_sides && totals.unknown > 0).then(|| format!("{} side unclear", totals.unknown));
    rejected.into_iter().chain(unknown).collect::<Vec<_>>().join(", ")
}

/// The phase of the running repetition with its side, or the state where none runs.
pub fn phase_text(view: &LiveView) -> String {
    let word = match &view.status {
        LiveStatus::Running => match (view.phase, view.exercise.mode) {
            (Phase::Setup, _) => "Get into position",
            (Phase::Ready, _) => "Ready",
            (Phase::Moving, _) => "Moving",
            (Phase::Target, Mode::Hold) => "Hold",
            (Phase::Target, Mode::Reps | Mode::Duration) => "There",
            (Phase::Returning, _) => "Back to rest",
        },
        LiveStatus::Calibrating => "Learning your range",
        LiveStatus::Starting => "Starting up",
        LiveStatus::Waiting(_) => "Waiting",
        LiveStatus::Idle => "Not started",
        LiveStatus::Paused => "On pause",
        LiveStatus::Finished => "Done",
        LiveStatus::Failed(_) => "Stopped",
    };
    let is_moving = matches!(view.phase, Phase::Moving | Phase::Target | Phase::Returning);
    let side = match view.side {
        Some(RepSide::Left) => "left",
        Some(RepSide::Right) => "right",
        Some(RepSide::Unknown) | None => "",
    };
    if view.status == LiveStatus::Running && is_moving && !side.is_empty() {
        format!("{word}, {side}")
    } else {
        word.to_owned()
    }
}

/// Draws the band of cue and advice into `room`.
pub fn band(ui: &egui::Ui, room: Rect, view: &LiveView, scale: Scale) {
    let messages = band_messages(view);
    if messages.is_empty() {
        ui.painter().rect_filled(room, theme::corners(scale), theme::PANEL);
    }
    let mut rest = room;
    for (i, message) in messages.iter().enumerate() {
        // The first of two is the one to act on: it gets the larger part.
        let is_last = i + 1 == messages.len();
        let (place, below) = if is_last { (rest, rest) } else { rest.split_top_bottom_at_fraction(0.6) };
        ui.painter().rect_filled(place, theme::corners(scale), message.tone.fill());
        let inner = place.shrink2(Vec2::new(scale.px(20.0), scale.px(8.0)));
        let (largest, weight) = match message.tone {
            Tone::Cue | Tone::Advice | Tone::Trouble | Tone::Remark => (inner.height(), Weight::Bold),
            Tone::Calm => (scale.px(40.0), Weight::Plain),
        };
        theme::big_text(ui, inner, &message.text, &message.text, message.tone.text_on_fill(), largest, weight);
        rest = below.with_min_y(below.top() + scale.px(6.0));
    }
}

/// Draws onto the picture (which takes `rect`) what the state calls for, and the note of a demo clip.
pub fn on_picture(ui: &egui::Ui, rect: Rect, view: &LiveView, scale: Scale) {
    if let Some((title, text)) = picture_message(view) {
        if view.frame.is_some() {
            ui.painter().rect_filled(rect, 0.0, theme::DIM);
        }
        state_block(ui, rect, &title, &text, scale);
    }
    if view.is_recording {
        demo_note(ui, rect, scale);
    }
}

/// Title over text, together in the middle of `rect`.
fn state_block(ui: &egui::Ui, rect: Rect, title: &Message, text: &str, scale: Scale) {
    let inner = rect.shrink2(Vec2::new(rect.width() * 0.07, rect.height() * 0.1));
    let color = title.tone.text_on_picture();
    let top_room = Vec2::new(inner.width(), inner.height() * 0.35);
    let top = theme::fitted(ui.painter(), &title.text, color, scale.px(84.0), top_room).size().y;
    let below_room = Vec2::new(inner.width(), inner.height() * 0.6);
    let below = theme::fitted(ui.painter(), text, theme::TEXT, scale.px(44.0), below_room).size().y;
    let block = Rect::from_center_size(inner.center(), Vec2::new(inner.width(), top + scale.px(10.0) + below));
    let top = block.with_max_y(block.top() + top);
    theme::big_text(ui, top, &title.text, &title.text, color, scale.px(84.0), Weight::Bold);
    if !text.is_empty() {
        let below = block.with_min_y(block.bottom() - below);
        theme::big_text(ui, below, text, text, theme::TEXT, scale.px(44.0), Weight::Plain);
    }
}

fn demo_note(ui: &egui::Ui, picture: Rect, scale: Scale) {
    let font = FontId::proportional(scale.px(24.0));
    let painter = ui.painter();
    let galley = painter.layout_no_wrap(DEMO_NOTE.to_owned(), font, theme::TEXT);
    let margin = Vec2::splat(scale.px(10.0));
    let rect = Align2::LEFT_TOP.anchor_size(picture.min + margin, galley.size() + margin * 2.0);
    painter.rect_filled(rect, theme::corners(scale), theme::CHIP);
    painter.galley(rect.min + margin, galley, theme::TEXT);
    theme::name(ui, rect, DEMO_NOTE);
}

/// Draws phase and side into `room`.
pub fn phase(ui: &egui::Ui, room: Rect, view: &LiveView, scale: Scale) {
    let is_on_target = view.status == LiveStatus::Running && view.phase == Phase::Target;
    let (fill, ink) = if is_on_target { (theme::PROGRESS, theme::ON_PROGRESS) } else { (theme::RAISED, theme::TEXT) };
    ui.painter().rect_filled(room, theme::corners(scale), fill);
    let text = phase_text(view);
    let inner = room.shrink2(Vec2::new(scale.px(12.0), scale.px(6.0)));
    theme::big_text(ui, inner, &text, &text, ink, inner.height(), Weight::Bold);
}
