//! What the program says: the band under the picture (cue, advice), words on the picture (state, trouble, speed), the phase.
//!
//! In: a snapshot. Out: texts by pure functions, and paint.

use super::theme::{self, Scale, Tone, Weight};
use super::words;
use crate::app::runtime::view::{LiveStatus, LiveView};
use crate::counting::phase::Phase;
use crate::counting::reason::Reason;
use crate::motion::signal::Unit;
use eframe::egui;
use egui::{Align2, FontId, Pos2, Rect, Vec2};

/// Analysis below this is too slow for quick movements, and is said to be, frames per second.
const SLOW_FPS: f64 = 10.0;
/// So is one that has no time for more than this share of the pictures that came.
const MANY_DROPPED: f64 = 0.1;
/// Pictures before this one say nothing about speed: the first are analysed by models that are still being loaded.
const JUDGED_FROM: u64 = 30;

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
    let tone = |cue: &str| if words::is_praise(cue) { Tone::Praise } else { Tone::Cue };
    let cue = view.cue.as_ref().map(|text| Message::new(tone(text), text));
    // What was said of the last picture is not true any more.
    if matches!(view.status, LiveStatus::Waiting(_) | LiveStatus::Lost(_)) {
        return Vec::new();
    }
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
        LiveStatus::Running if view.self_timed && view.is_holding => calm(words::HINT_IN_HOLD),
        LiveStatus::Running if view.self_timed => calm(words::HINT_BEFORE_HOLD),
        LiveStatus::Running if view.phase == Phase::Setup => calm(&view.exercise.setup),
        // At rest the user can read it; in the next repetition it would seem to be about that one.
        LiveStatus::Running if view.phase == Phase::Ready => last_rep(view),
        LiveStatus::Paused => calm(words::HINT_PAUSED),
        LiveStatus::Finished => calm(words::HINT_FINISHED),
        LiveStatus::Running
        | LiveStatus::Starting
        | LiveStatus::Calibrating
        | LiveStatus::Waiting(_)
        | LiveStatus::Lost(_)
        | LiveStatus::Failed(_) => None,
    }
}

fn last_rep(view: &LiveView) -> Option<Message> {
    let rep = view.reps.last()?;
    if !rep.counted {
        return Some(Message::new(Tone::Remark, words::last_not_counted(rep.reason.as_deref())));
    }
    rep.score.map(|score| Message::new(Tone::Calm, words::last_form(score)))
}

/// Title and text that stand on the picture, if the state calls for one.
pub fn picture_message(view: &LiveView) -> Option<(Message, String)> {
    let calm = |title: &str, text: String| Some((Message::new(Tone::Calm, title), text));
    match &view.status {
        LiveStatus::Starting => calm(words::STARTING, words::STARTING_WHY.to_owned()),
        LiveStatus::Lost(why) => Some((Message::new(Tone::Trouble, words::PICTURE_LOST), words::set_waits(why))),
        LiveStatus::Waiting(why) => Some((Message::new(Tone::Remark, words::NO_NEW_PICTURE), why.clone())),
        LiveStatus::Paused => calm(words::PAUSED, String::new()),
        LiveStatus::Finished => calm(words::SET_FINISHED, summary(view)),
        LiveStatus::Failed(why) => Some((Message::new(Tone::Trouble, words::FAILED), why.clone())),
        LiveStatus::Idle | LiveStatus::Calibrating | LiveStatus::Running => None,
    }
}

/// The finished set in a few words.
fn summary(view: &LiveView) -> String {
    let scores: Vec<f64> = view.reps.iter().filter_map(|rep| rep.score).map(f64::from).collect();
    let form = (!scores.is_empty()).then(|| scores.iter().sum::<f64>() / scores.len() as f64);
    match &view.because {
        Some(why) => words::nothing_counted(why),
        None => words::summary(view.totals.total, not_counted(view), form),
    }
}

/// What did not make it into the count, empty if everything did.
pub fn tally_remark(view: &LiveView) -> String {
    let unknown = view.totals.unknown;
    let unclear = (view.exercise.has_sides && unknown > 0).then(|| words::side_unclear(unknown));
    words::list(not_counted(view).into_iter().chain(unclear))
}

fn not_counted(view: &LiveView) -> Option<String> {
    let number = view.totals.rejected;
    (number > 0).then(|| words::not_counted(number, shared_reason(view).as_ref()))
}

/// The reason of all that did not count, if they share one; its numbers are not those of any of them.
fn shared_reason(view: &LiveView) -> Option<Reason> {
    let rejected = view.reps.iter().filter(|rep| !rep.counted);
    let mut kinds = rejected.map(|rep| rep.reason.as_deref().map(kind_of));
    let first = kinds.next()??;
    kinds.all(|kind| kind.as_ref() == Some(&first)).then_some(first)
}

/// The kind of reason that `text` words. Records hold the words only, so they are compared with those of each kind, numbers
/// aside; what is of no known kind is a cue.
fn kind_of(text: &str) -> Reason {
    let samples = [
        // Of one and of several degrees.
        Reason::Short { missing: 1.0 },
        Reason::Short { missing: 2.0 },
        Reason::HeldTooShort { held_s: 0.0, target_s: 0.0 },
        Reason::TooQuick,
        Reason::OutOfSight,
        Reason::Another,
        Reason::OtherSide,
    ];
    let shape = |text: &str| text.replace(|c: char| c.is_ascii_digit() || c == '.', "");
    let units = [Unit::Deg, Unit::Trunk, Unit::Share];
    let is_like = |reason: &Reason| units.iter().any(|unit| shape(&reason.text(*unit)) == shape(text));
    match samples.into_iter().find(is_like) {
        Some(Reason::Short { .. }) => Reason::Short { missing: 0.0 },
        Some(other) => other,
        None => Reason::Wrong(text.to_owned()),
    }
}

/// What to say of the speed, where it is too low to rely on.
pub fn slow_note(view: &LiveView) -> Option<String> {
    use LiveStatus::{Calibrating, Failed, Finished, Idle, Lost, Paused, Running, Starting, Waiting};
    match view.status {
        Idle | Calibrating | Running | Paused => (),
        // The speed that is known is an earlier one.
        Starting | Waiting(_) | Lost(_) | Finished | Failed(_) => return None,
    }
    // The number of a picture counts the dropped ones before it.
    let came = view.frame.as_ref().map(|frame| frame.seq + 1).filter(|came| *came >= JUDGED_FROM)?;
    let dropped_share = (view.dropped as f64 / came as f64).min(1.0);
    let is_slow = view.analysed_fps < SLOW_FPS || dropped_share > MANY_DROPPED;
    is_slow.then(|| words::slow(view.analysed_fps, dropped_share))
}

/// The phase of the running repetition with its side, or the state where none runs; empty where there is nothing to say.
const fn phase_text(view: &LiveView) -> &'static str {
    match &view.status {
        LiveStatus::Running => words::phase(view.phase, view.exercise.mode, view.side),
        LiveStatus::Calibrating => words::STATE_MEASURING,
        LiveStatus::Starting => words::STATE_STARTING,
        LiveStatus::Waiting(_) | LiveStatus::Lost(_) => words::STATE_WAITING,
        LiveStatus::Idle => words::STATE_IDLE,
        LiveStatus::Paused => words::PAUSED,
        LiveStatus::Finished => words::STATE_DONE,
        LiveStatus::Failed(_) => words::STATE_STOPPED,
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
            Tone::Praise | Tone::Cue | Tone::Advice | Tone::Trouble | Tone::Remark => (inner.height(), Weight::Bold),
            Tone::Calm => (scale.px(40.0), Weight::Plain),
        };
        theme::big_text(ui, inner, &message.text, &message.text, message.tone.text_on_fill(), largest, weight);
        rest = below.with_min_y(below.top() + scale.px(6.0));
    }
}

/// Draws onto the picture (which takes `rect`) what the state calls for, and small notes: of a demo clip, of low speed.
pub fn on_picture(ui: &egui::Ui, rect: Rect, view: &LiveView, scale: Scale) {
    if let Some((title, text)) = picture_message(view) {
        if view.frame.is_some() {
            ui.painter().rect_filled(rect, 0.0, theme::DIM);
        }
        state_block(ui, rect, &title, &text, scale);
    }
    let demo = view.is_recording.then(|| words::DEMO_NOTE.to_owned());
    let gap = Vec2::splat(scale.px(10.0));
    let mut corner = rect.min + gap;
    for text in demo.into_iter().chain(slow_note(view)) {
        corner.y = note(ui, corner, text, scale).bottom() + gap.y;
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

/// Draws `text` small, its left top at `corner`; returns the place it takes.
fn note(ui: &egui::Ui, corner: Pos2, text: String, scale: Scale) -> Rect {
    let font = FontId::proportional(scale.px(24.0));
    let painter = ui.painter();
    let galley = painter.layout_no_wrap(text, font, theme::TEXT);
    let margin = Vec2::splat(scale.px(10.0));
    let rect = Align2::LEFT_TOP.anchor_size(corner, galley.size() + margin * 2.0);
    painter.rect_filled(rect, theme::corners(scale), theme::CHIP);
    theme::name(ui, rect, galley.text());
    painter.galley(rect.min + margin, galley, theme::TEXT);
    rect
}

/// Draws phase and side into `room`, nothing where there is nothing to say.
pub fn phase(ui: &egui::Ui, room: Rect, view: &LiveView, scale: Scale) {
    let text = phase_text(view);
    if text.is_empty() {
        return;
    }
    let is_on_target = view.status == LiveStatus::Running && view.phase == Phase::Target;
    let (fill, ink) = if is_on_target { (theme::PROGRESS, theme::ON_PROGRESS) } else { (theme::RAISED, theme::TEXT) };
    ui.painter().rect_filled(room, theme::corners(scale), fill);
    let inner = room.shrink2(Vec2::new(scale.px(12.0), scale.px(6.0)));
    theme::big_text(ui, inner, text, text, ink, inner.height(), Weight::Bold);
}
