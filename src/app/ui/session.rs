//! The screens of a session: set-up, set, rest, pause, end. One layout, so that everything stays where it was.

use super::after::{after, last_set, outcomes};
use super::band;
use super::buttons::{self, Kind, Wish};
use super::counter;
use super::figure::Figures;
use super::layout::{Areas, cut_top};
use super::look::{self, Look};
use super::picture::Picture;
use super::proposal::{Answer, Proposal};
use super::text::{self, Weight};
use super::words;
use crate::app::runtime::view::{CoachStage, CoachView, Command, LiveView};
use crate::coach::Order;
use crate::history::store::Remarks;
use eframe::egui;
use egui::{Rect, Stroke, Ui, Vec2};
use std::time::Duration;

/// A figure moves so often a second.
const FIGURE_EVERY: Duration = Duration::from_millis(50);

/// What the screens draw with.
pub struct Means<'a> {
    /// The camera picture.
    pub picture: &'a Picture,
    /// The moving figures.
    pub figures: &'a mut Figures,
    /// The picture is drawn as in a mirror.
    pub is_mirrored: bool,
    /// Nothing has come from the analysis for a while.
    pub is_stalled: bool,
    /// What the person says of the session that is over.
    pub after: &'a mut Remarks,
    /// A little more next time, and what was answered.
    pub proposal: Option<&'a Proposal>,
    /// See `proposal`.
    pub answer: Option<Answer>,
    /// How it looks.
    pub look: Look,
}

/// Draws the screen of the moment over `room`; returns what was pressed.
pub fn draw(ui: &mut Ui, room: Rect, view: &LiveView, coach: &CoachView, means: &mut Means<'_>) -> Option<Command> {
    let areas = Areas::of(room);
    let look = means.look;
    // Two voices at once are none: a screen reader says what our own does not.
    let is_read = view.sound.is_silent();
    let mut said = None;
    match coach.stage {
        CoachStage::Ready(_) => {
            camera(ui, areas.picture, view, means);
            counter::draw(ui, areas.count, view, coach, is_read, look);
        }
        CoachStage::SetUp => {
            // The person in the picture is what set-up is about; the figure beside it shows the goal.
            camera(ui, areas.count, view, means);
            figure(ui, areas.picture, coach, means);
        }
        CoachStage::Rest(Some(_)) | CoachStage::WarmUp(_) => {
            counter::draw(ui, areas.count, view, coach, is_read, look);
            figure(ui, areas.picture, coach, means);
        }
        CoachStage::Set | CoachStage::Paused(..) => {
            let drawn = camera(ui, areas.picture, view, means);
            if matches!(coach.stage, CoachStage::Paused(..)) {
                ui.painter().rect_filled(drawn, 0.0, look::DIM);
            }
            counter::draw(ui, areas.count, view, coach, is_read, look);
            counter::way(ui, drawn, view, look);
        }
        CoachStage::Rest(None) => {
            camera(ui, areas.picture, view, means);
            outcomes(ui, areas.count, coach, look);
        }
        CoachStage::Summary => {
            camera(ui, areas.picture, view, means);
            said = after(ui, areas.count, coach, means.after, means.proposal, &mut means.answer, look);
        }
    }
    hand(ui, areas.picture, coach);
    let message = if means.is_stalled { band::stalled() } else { band::message(view, coach) };
    band::draw(ui, areas.band, &message, is_read, look);
    small_print(ui, areas.band, view, coach, look);
    let pressed = buttons::row(ui, areas.buttons, &wishes(view, coach), look);
    if matches!(coach.stage, CoachStage::Rest(_)) {
        said = last_set(ui, areas.picture, coach, look);
    }
    pressed.or(said)
}

/// The buttons of a stage, from left to right.
pub fn wishes(view: &LiveView, coach: &CoachView) -> Vec<Wish<Command>> {
    let order =
        |text: String, key: &str, kind, order| Wish { text, key: key.to_owned(), kind, asks: Command::Coach(order) };
    let is_muted = view.sound.is_muted;
    let mute = Wish {
        text: if is_muted { words::unmute() } else { words::mute() },
        key: words::KEY_MUTE.to_owned(),
        kind: Kind::Plain,
        asks: Command::Mute(!is_muted),
    };
    let hurts = || order(words::hurts(), words::KEY_HURTS, Kind::Pain, Order::Hurts);
    let pause = || order(words::pause(), words::KEY_PAUSE, Kind::Plain, Order::PauseOrGoOn);
    let skip = || order(words::skip(), words::KEY_SKIP, Kind::Plain, Order::Skip);
    let end = || order(words::end_session(), "", Kind::Plain, Order::EndSession);
    let take = || order(words::take_offer(), "", Kind::Main, Order::TakeOffer);
    match coach.stage {
        CoachStage::Set | CoachStage::SetUp | CoachStage::Ready(_) if coach.offer.is_some() => {
            vec![pause(), hurts(), mute, take()]
        }
        CoachStage::Set => {
            vec![pause(), hurts(), mute, order(words::end_set(), words::KEY_END_SET, Kind::Plain, Order::EndSet)]
        }
        CoachStage::SetUp | CoachStage::Ready(_) => vec![pause(), hurts(), mute, skip()],
        CoachStage::Rest(Some(_)) | CoachStage::WarmUp(_) => vec![
            order(words::go_now(), words::KEY_GO, Kind::Main, Order::GoNow),
            order(words::longer(), "", Kind::Plain, Order::MoreRest),
            skip(),
            mute,
        ],
        CoachStage::Rest(None) => {
            vec![order(words::go_on(), words::KEY_PAUSE, Kind::Main, Order::PauseOrGoOn), skip(), mute, end()]
        }
        CoachStage::Paused(..) => vec![
            order(words::go_on(), words::KEY_PAUSE, Kind::Main, Order::PauseOrGoOn),
            hurts(),
            order(words::end_set(), words::KEY_END_SET, Kind::Plain, Order::EndSet),
            end(),
        ],
        CoachStage::Summary => vec![order(words::done(), words::KEY_GO, Kind::Main, Order::Close), mute],
    }
}

fn camera(ui: &Ui, room: Rect, view: &LiveView, means: &Means<'_>) -> Rect {
    ui.painter().rect_filled(room, means.look.corners(), means.look.palette.panel);
    means.picture.draw(ui, room, view, means.is_mirrored, means.look)
}

fn figure(ui: &Ui, room: Rect, coach: &CoachView, means: &mut Means<'_>) {
    let look = means.look;
    let label = words::how_it_goes(&coach.exercise.title);
    let Some(figure) = means.figures.of(&coach.exercise.id) else {
        // An exercise of one's own has its words.
        ui.painter().rect_filled(room, look.corners(), look.palette.panel);
        let inner = room.shrink(look.px(16.0));
        let text = &coach.exercise.summary;
        text::big_text(ui, inner, text, &label, look.palette.text, room.height() * 0.2, Weight::Plain);
        return;
    };
    figure.draw(ui, room, ui.input(|i| i.time), &label, look);
    if !look.is_still {
        ui.ctx().request_repaint_after(FIGURE_EVERY);
    }
}

/// The ring that fills while a hand is held up.
fn hand(ui: &Ui, room: Rect, coach: &CoachView) {
    if coach.hand <= 0.0 {
        return;
    }
    let radius = room.height() * 0.2;
    let centre = room.center();
    let painter = ui.painter();
    painter.circle_filled(centre, radius, look::DIM);
    let steps = (coach.hand.min(1.0) * 60.0).ceil().max(1.0) as u32;
    let at =
        |i: u32| centre + Vec2::angled(std::f32::consts::TAU * i as f32 / 60.0 - std::f32::consts::FRAC_PI_2) * radius;
    let arc = (0..=steps).map(at).collect();
    painter.add(egui::Shape::line(arc, Stroke::new(radius * 0.2, look::DARK.progress)));
    text::name(ui, Rect::from_center_size(centre, Vec2::splat(radius * 2.0)), &words::hand_up());
}

/// For somebody at the desk: where the session is, and what does not work.
fn small_print(ui: &Ui, band: Rect, view: &LiveView, coach: &CoachView, look: Look) {
    let mut rest = band.shrink(look.px(6.0));
    let line = cut_top(&mut rest, look.px(20.0), 0.0);
    let p = look.palette;
    let text = words::progress(coach);
    let painter = ui.painter();
    let ink = match band::message(view, coach).tone {
        band::Tone::Calm => p.muted,
        band::Tone::Praise => p.on_progress,
        band::Tone::Cue => p.on_cue,
        band::Tone::Advice => p.on_advice,
        band::Tone::Trouble => p.on_trouble,
    };
    let font = egui::FontId::proportional(look.px(17.0));
    painter.text(line.left_top(), egui::Align2::LEFT_TOP, &text, font.clone(), ink);
    text::name(ui, line.with_max_x(line.center().x), &text);
    if let Some(trouble) = words::trouble(view) {
        painter.text(line.right_top(), egui::Align2::RIGHT_TOP, &trouble, font, ink);
        text::name(ui, line.with_min_x(line.center().x), &trouble);
    }
    let dots = egui::pos2(band.left() + look.px(18.0), band.bottom() - look.px(16.0));
    counter::dots(ui, dots, coach.set, look);
}
