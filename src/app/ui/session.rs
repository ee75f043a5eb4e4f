//! The screens of a session: set-up, set, rest, pause, end. One layout, so that everything stays where it was.

use super::after::{AfterPage, after, last_set, outcomes};
use super::band;
use super::buttons::{self, Kind, Wish};
use super::camera_place;
use super::counter;
use super::figure::Figures;
use super::layout::{Areas, cut_bottom, cut_top};
use super::look::{self, Look};
use super::picture::Picture;
use super::proposal::{Answer, Proposal};
use super::text::{self, Weight};
use super::words;
use crate::app::runtime::view::{CoachStage, CoachView, Command, LiveView};
use crate::coach::Order;
use crate::history::store::Remarks;
use eframe::egui;
use egui::{Rect, Stroke, Ui, Vec2, vec2};
use std::time::Duration;

/// Height of the line over the sentence, for somebody at the desk, points of the design.
const SMALL_PRINT: f32 = 20.0;
/// How much of the room has the picture while the range is measured.
const MEASURING_PICTURE: f32 = 0.24;
/// How much of the place of a figure has the words to it.
const HOW_TO: f32 = 0.27;
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
    /// Whether it is asked if all of it is to be thrown away.
    pub is_discarding: &'a mut bool,
    /// Something was written to the note and not sent.
    pub has_unsent_note: &'a mut bool,
    /// A little more next time, and what was answered.
    pub proposal: Option<&'a Proposal>,
    /// See `proposal`.
    pub answer: Option<Answer>,
    /// How it looks.
    pub look: Look,
}

/// Draws the screen of the moment over `room`; returns what was pressed.
pub fn draw(ui: &mut Ui, room: Rect, view: &LiveView, coach: &CoachView, means: &mut Means<'_>) -> Option<Command> {
    let mut areas = Areas::of(room);
    let look = means.look;
    // Two voices at once are none: a screen reader says what our own does not.
    let is_read = view.sound.is_silent();
    let mut said = None;
    if coach.stage == CoachStage::Summary {
        return summary(ui, room, view, coach, means);
    }
    let line = cut_top(&mut areas.picture, look.px(SMALL_PRINT), look.px(2.0));
    small_print(ui, line, view, coach, look);
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
            let (asked, above) = last_set(ui, areas.picture, coach, look);
            said = asked;
            figure(ui, above, coach, means);
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
            let (asked, above) = last_set(ui, areas.picture, coach, look);
            said = asked;
            camera(ui, above, view, means);
            outcomes(ui, areas.count, coach, look);
        }
        CoachStage::Summary => (),
    }
    hand(ui, areas.picture, coach);
    let message = if means.is_stalled { band::stalled() } else { band::message(view, coach) };
    band::draw(ui, areas.band, &message, is_read, look);
    let pressed = buttons::row(ui, areas.buttons, &wishes(view, coach), look);
    pressed.or(said)
}

/// The screen while the own range is measured: oneself, and what to do, to be read from the mat.
pub fn measuring(
    ui: &mut Ui,
    room: Rect,
    view: &LiveView,
    picture: &Picture,
    is_mirrored: bool,
    look: Look,
) -> Option<Command> {
    let areas = Areas::of(room);
    // The words are longer than those of a set: they have most of the room.
    let upper = areas.picture.union(areas.count).union(areas.band);
    let (above, below) = upper.split_top_bottom_at_fraction(MEASURING_PICTURE);
    ui.painter().rect_filled(above, look.corners(), look.palette.panel);
    picture.draw(ui, above, view, is_mirrored, look);
    let message = band::measuring(view);
    band::draw(ui, below, &message, view.sound.is_silent(), look);
    let stop =
        Wish { text: words::stop_measuring(), key: String::new(), kind: Kind::Plain, asks: Command::StopMeasuring };
    buttons::row(ui, areas.buttons, &[stop, mute_wish(view)], look)
}

fn mute_wish(view: &LiveView) -> Wish<Command> {
    let is_muted = view.sound.is_muted;
    Wish {
        text: if is_muted { words::unmute() } else { words::mute() },
        key: words::KEY_MUTE.to_owned(),
        kind: if is_muted { Kind::Unmute } else { Kind::Mute },
        asks: Command::Mute(!is_muted),
    }
}

/// The page of a session that is over.
fn summary(ui: &mut Ui, room: Rect, view: &LiveView, coach: &CoachView, means: &mut Means<'_>) -> Option<Command> {
    let look = means.look;
    let mut rest = room.shrink(look.px(8.0));
    let height = rest.height() * 0.11;
    let row = cut_bottom(&mut rest, height, look.px(6.0));
    let line = cut_top(&mut rest, look.px(SMALL_PRINT), look.px(2.0));
    small_print(ui, line, view, coach, look);
    let mut page = AfterPage {
        said: means.after,
        is_discarding: means.is_discarding,
        has_unsent_note: means.has_unsent_note,
        proposal: means.proposal,
        answer: &mut means.answer,
    };
    let said = after(ui, rest, view, coach, &mut page, look);
    let pressed = buttons::row(ui, row, &wishes(view, coach), look);
    // What was written goes before what was pressed.
    *means.has_unsent_note |= pressed.is_some() && said.is_some();
    pressed.or(said)
}

/// The buttons of a stage, from left to right.
pub fn wishes(view: &LiveView, coach: &CoachView) -> Vec<Wish<Command>> {
    let order =
        |text: String, key: &str, kind, order| Wish { text, key: key.to_owned(), kind, asks: Command::Coach(order) };
    let mute = mute_wish(view);
    let hurts = || order(words::hurts(), words::KEY_HURTS, Kind::Pain, Order::Hurts);
    let pause = || order(words::pause(), words::KEY_PAUSE, Kind::Plain, Order::PauseOrGoOn);
    let skip = || order(words::skip(), words::KEY_SKIP, Kind::Plain, Order::Skip);
    let end = || order(words::end_session(), "", Kind::Plain, Order::EndSession);
    let go_now = || order(words::go_now(), words::KEY_GO, Kind::Main, Order::GoNow);
    let take = || order(words::take_offer(), "", Kind::Main, Order::TakeOffer);
    match coach.stage {
        CoachStage::Set | CoachStage::SetUp | CoachStage::Ready(_) if coach.offer.is_some() => {
            vec![pause(), hurts(), mute, take()]
        }
        CoachStage::Set => {
            vec![pause(), hurts(), mute, order(words::end_set(), words::KEY_END_SET, Kind::Plain, Order::EndSet)]
        }
        CoachStage::SetUp | CoachStage::Ready(_) => vec![pause(), hurts(), mute, skip()],
        CoachStage::Rest(Some(_)) | CoachStage::WarmUp(_) => {
            vec![go_now(), order(words::longer(), "", Kind::Plain, Order::MoreRest), skip(), hurts(), mute]
        }
        CoachStage::Rest(None) => {
            vec![order(words::go_on(), words::KEY_PAUSE, Kind::Main, Order::PauseOrGoOn), skip(), mute, end()]
        }
        CoachStage::Paused(..) if coach.is_rest_paused => vec![
            order(words::go_on(), words::KEY_PAUSE, Kind::Main, Order::PauseOrGoOn),
            go_now(),
            hurts(),
            mute,
            end(),
        ],
        CoachStage::Paused(..) => vec![
            order(words::go_on(), words::KEY_PAUSE, Kind::Main, Order::PauseOrGoOn),
            hurts(),
            mute,
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
    let mut room = room;
    let height = room.height() * HOW_TO;
    let words_place = cut_bottom(&mut room, height, look.px(4.0));
    how_to(ui, words_place, coach, look);
    let Some(figure) = means.figures.of(&coach.exercise.id) else {
        // An exercise of one's own has its words.
        ui.painter().rect_filled(room, look.corners(), look.palette.panel);
        let inner = room.shrink(look.px(16.0));
        let text = &coach.exercise.summary;
        text::big_text(ui, inner, text, &label, look.palette.text, room.height() * 0.2, Weight::Plain);
        return;
    };
    figure.draw(ui, room, ui.input(|i| i.time), &label, look);
    let side = room.height() * 0.34;
    let corner = Rect::from_min_size(room.right_top() - vec2(side + look.px(6.0), -look.px(6.0)), Vec2::splat(side));
    camera_place::draw(ui, corner, &coach.exercise, look);
    if !look.is_still {
        ui.ctx().request_repaint_after(FIGURE_EVERY);
    }
}

/// How the exercise goes, and how to place oneself for it: for somebody who comes to the screen to look.
fn how_to(ui: &Ui, room: Rect, coach: &CoachView, look: Look) {
    ui.painter().rect_filled(room, look.corners(), look.palette.panel);
    let lines = room.shrink2(vec2(look.px(12.0), look.px(5.0)));
    let (above, below) = lines.split_top_bottom_at_fraction(0.5);
    let note = coach.note.as_ref().unwrap_or(&coach.exercise.setup);
    for (place, text) in [(above, &coach.exercise.summary), (below, note)] {
        let place = place.shrink2(vec2(0.0, look.px(1.5)));
        text::big_text(ui, place, text, text, look.palette.text, place.height(), Weight::Plain);
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

/// For somebody at the desk, in a line: what does not work, else where the session is; and its sets as dots.
fn small_print(ui: &Ui, line: Rect, view: &LiveView, coach: &CoachView, look: Look) {
    let p = look.palette;
    let dots = counter::dots(ui, line.right_center() - vec2(look.px(4.0), 0.0), coach.set, look);
    let line = line.with_max_x(line.right() - dots).shrink2(vec2(look.px(4.0), 0.0));
    let matters: Vec<String> = view.is_demo.then(words::demo).into_iter().chain(words::trouble(view)).collect();
    let ink = if matters.is_empty() { p.muted } else { p.remark };
    let text = std::iter::once(words::progress(coach)).chain(matters).collect::<Vec<_>>().join(". ");
    let painter = ui.painter().with_clip_rect(line);
    let font = egui::FontId::proportional(look.px(16.0));
    let galley = painter.layout_no_wrap(text.clone(), font.clone(), ink);
    // What is too long for its letters has smaller ones.
    let size = font.size * (line.width() / galley.size().x.max(1.0)).min(1.0);
    let galley = painter.layout_no_wrap(text.clone(), egui::FontId::proportional(size.max(9.0)), ink);
    painter.galley(line.left_center() - vec2(0.0, galley.size().y / 2.0), galley, ink);
    text::name(ui, line, &text);
}
