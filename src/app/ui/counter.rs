//! What is read from the floor: the count, or the seconds of a hold with its progress around them.
//!
//! In: a snapshot. Out: paint, with names such as "Count 4 of 10", "Held 3.2 of 10 s".

use super::look::Look;
use super::text::{self, Weight};
use super::words;
use crate::app::runtime::view::{CoachStage, CoachView, HoldProgress, LiveView};
use crate::counting::phase::Phase;
use crate::counting::record::RepSide;
use crate::exercise::Mode;
use eframe::egui;
use egui::{Color32, Pos2, Rect, Shape, Stroke, pos2, vec2};

/// Thickness of the progress around a number, share of its place's height.
const PROGRESS: f32 = 0.011;

/// A number, its colour and the progress around it.
struct Number {
    value: String,
    label: String,
    color: Color32,
    share: Option<f32>,
    /// A screen reader may say it: it does not change every second.
    is_calm: bool,
}

/// Height of the bar of the way, share of its place's height.
const WAY: f32 = 0.055;
/// The bar shows this much: a fifth more than what counts.
const WAY_SHOWN: f32 = 1.2;

/// Draws along the bottom of `room` how far the movement is, with a mark where it counts.
pub fn way(ui: &egui::Ui, room: Rect, view: &LiveView, look: Look) {
    let Some(way) = view.way.filter(|way| way.is_finite()) else { return };
    let share = (way as f32).clamp(0.0, WAY_SHOWN);
    let track = room.with_min_y(room.bottom() - room.height() * WAY).shrink(look.px(3.0));
    let done = track.with_max_x(track.left() + track.width() * share / WAY_SHOWN);
    let mark = track.left() + track.width() / WAY_SHOWN;
    let painter = ui.painter();
    painter.rect_filled(track, 0.0, super::look::DIM);
    let color = if share >= 1.0 { super::look::DARK.progress } else { super::look::DARK.cue };
    painter.rect_filled(done, 0.0, color);
    painter.line_segment(
        [pos2(mark, track.top()), pos2(mark, track.bottom())],
        Stroke::new(look.px(4.0), super::look::DARK.text),
    );
    text::name(ui, track, &words::way((share * 100.0).round() as u32));
}

/// Draws the number of the moment into `room`: seconds in a hold or a rest, else the count; `is_read`: a screen reader says counts.
pub fn draw(ui: &egui::Ui, room: Rect, view: &LiveView, coach: &CoachView, is_read: bool, look: Look) {
    let number = match coach.stage {
        CoachStage::Rest(Some(left_s)) | CoachStage::WarmUp(left_s) => seconds_left(left_s, look),
        CoachStage::Ready(n) => {
            let value = n.to_string();
            Number { label: value.clone(), value, color: look.palette.progress, share: None, is_calm: true }
        }
        _ => of_set(view, coach, look),
    };
    ui.painter().rect_filled(room, look.corners(), look.palette.panel);
    let thickness = room.height() * PROGRESS;
    if let Some(share) = number.share {
        // The place fills from the floor up: a ring alone is too thin to be seen from the mat.
        let filled = room.with_min_y(room.bottom() - room.height() * share);
        ui.painter().rect_filled(filled, look.corners(), look.palette.held());
        progress(ui, room.shrink(thickness / 2.0), thickness, share, look);
    }
    let inner = room.shrink(if number.share.is_some() { thickness } else { room.height() * 0.006 });
    let named =
        text::big_text(ui, inner, &number.value, &number.label, number.color, inner.height() * 2.0, Weight::Bold);
    if is_read && number.is_calm {
        text::read_aloud(ui, &named);
    }
}

fn seconds_left(left_s: f64, look: Look) -> Number {
    let value = format!("{:.0}", left_s.ceil());
    Number { label: words::seconds_left(&value), value, color: look.palette.text, share: None, is_calm: false }
}

fn of_set(view: &LiveView, coach: &CoachView, look: Look) -> Number {
    let is_held = view.exercise.mode == Mode::Hold && view.phase == Phase::Target;
    let is_timed = view.exercise.mode == Mode::Duration;
    match view.hold.filter(|_| is_held || is_timed) {
        Some(hold) => held(view, hold, look),
        None => count(view, coach, look),
    }
}

fn held(view: &LiveView, hold: HoldProgress, look: Look) -> Number {
    let share = if hold.target_s > 0.0 { (hold.elapsed_s / hold.target_s).clamp(0.0, 1.0) as f32 } else { 0.0 };
    // Rounded like the label, then whole: tenths flicker and cannot be read from afar.
    let seconds = ((hold.elapsed_s.max(0.0) * 10.0).round() / 10.0).floor();
    Number {
        value: format!("{seconds}"),
        label: words::timed(view.exercise.mode, hold.elapsed_s, hold.target_s),
        color: look.palette.text,
        share: Some(share),
        is_calm: false,
    }
}

fn count(view: &LiveView, coach: &CoachView, look: Look) -> Number {
    let (totals, target) = (view.totals, coach.exercise.target_reps);
    let p = look.palette;
    let (n, color) = match view.side.filter(|_| coach.exercise.has_both_sides) {
        Some(RepSide::Left) => (totals.left, p.left),
        Some(RepSide::Right) => (totals.right, p.right),
        _ => (totals.total, p.text),
    };
    let is_reached = target > 0 && n >= target;
    Number {
        value: n.to_string(),
        label: words::count(n, target),
        color: if is_reached { p.progress } else { color },
        share: None,
        is_calm: true,
    }
}

/// The progress of a hold around its place, from the middle of the upper edge clockwise, as a clock.
fn progress(ui: &egui::Ui, rect: Rect, thickness: f32, share: f32, look: Look) {
    let (full, p) = (Stroke::new(thickness, look.palette.raised), look.palette);
    ui.painter().rect_stroke(rect, look.corners(), full, egui::StrokeKind::Middle);
    let corners = [rect.right_top(), rect.right_bottom(), rect.left_bottom(), rect.left_top()];
    let start = rect.center_top();
    let round = rect.width() * 2.0 + rect.height() * 2.0;
    let mut left = round * share;
    let mut points: Vec<Pos2> = vec![start];
    let mut from = start;
    for to in corners.into_iter().chain([start]) {
        let length = (to - from).length();
        if left <= length {
            points.push(from + (to - from) * (left / length.max(1.0)));
            break;
        }
        points.push(to);
        left -= length;
        from = to;
    }
    if share > 0.0 {
        ui.painter().add(Shape::line(points, Stroke::new(thickness, p.progress)));
    }
}

/// Dots for the sets of an exercise, those that are done filled, to the left of `right`; nothing where there is one. Returns how
/// wide they are.
pub fn dots(ui: &egui::Ui, right: Pos2, (number, of): (u32, u32), look: Look) -> f32 {
    if of < 2 {
        return 0.0;
    }
    let radius = look.px(7.0);
    let width = radius * 3.0 * of as f32;
    for i in 0..of {
        let centre = pos2(right.x - width + radius * (1.5 + 3.0 * i as f32), right.y);
        if i + 1 < number {
            ui.painter().circle_filled(centre, radius, look.palette.progress);
        } else {
            ui.painter().circle_stroke(centre, radius, Stroke::new(look.px(2.0), look.palette.text));
        }
    }
    let place = Rect::from_center_size(right - vec2(width / 2.0, 0.0), vec2(width, radius * 2.0));
    text::name(ui, place, &words::set_of(number, of));
    width
}
