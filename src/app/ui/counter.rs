//! What is read from the floor: the count, the hold ring, the tallies of the two sides.
//!
//! In: a snapshot. Out: paint, with names such as "Count 4 of 10", "Held 3.2 of 10 s", "Left 2".

use super::theme::{self, Scale, Weight};
use super::words;
use crate::app::runtime::view::{HoldProgress, LiveView};
use crate::counting::record::RepSide;
use crate::exercise::Mode;
use eframe::egui;
use egui::{Color32, Rect, Stroke, Vec2, pos2};
use std::f32::consts::TAU;

/// Corners of the polygon that stands for the full ring.
const RING_CORNERS: f32 = 120.0;
/// Thickness of the ring over its radius.
const RING_THICKNESS: f32 = 0.15;

/// Size of digits where there is any amount of room, points; more would not fit the font texture.
const LARGEST_DIGITS: f32 = 900.0;

/// Room wider than this over its height has the tallies beside the count.
const WIDE_ASPECT: f32 = 2.2;

/// Repetitions to do in all: targets are per side where there are sides.
pub fn target_count(view: &LiveView) -> u32 {
    view.exercise.target_reps.saturating_mul(if view.exercise.has_sides { 2 } else { 1 })
}

/// Name of the counter.
fn count_label(view: &LiveView) -> String {
    words::count(view.totals.total, target_count(view))
}

/// Progress to show as a ring, `None` where only repetitions are counted.
pub fn ring_progress(view: &LiveView) -> Option<HoldProgress> {
    match view.exercise.mode {
        Mode::Reps => None,
        Mode::Hold => Some(view.hold.unwrap_or(HoldProgress { elapsed_s: 0.0, target_s: view.exercise.target_hold_s })),
        Mode::Duration => view.hold,
    }
}

/// Draws counter and tallies into `room`: tallies below, or on both sides where the room is wide.
pub fn draw(ui: &egui::Ui, room: Rect, view: &LiveView, scale: Scale) {
    let gap = scale.px(10.0);
    let main = if view.exercise.has_sides { draw_tallies(ui, room, view, gap, scale) } else { room };
    match ring_progress(view) {
        Some(hold) => ring_and_count(ui, main, view, hold, scale),
        None => count(ui, main, view, scale),
    }
}

/// Draws the tallies and returns what they leave of `room`.
fn draw_tallies(ui: &egui::Ui, room: Rect, view: &LiveView, gap: f32, scale: Scale) -> Rect {
    if room.width() > room.height() * WIDE_ASPECT {
        let width = room.width() * 0.27;
        let (left, rest) = room.split_left_right_at_x(room.left() + width);
        let (middle, right) = rest.split_left_right_at_x(rest.right() - width);
        let inset = Vec2::new(0.0, room.height() * 0.2);
        sides(ui, [left.shrink2(inset), right.shrink2(inset)], view, scale);
        return middle.shrink2(Vec2::new(gap, 0.0));
    }
    let height = (room.height() * 0.24).clamp(scale.px(40.0), scale.px(110.0));
    let (main, below) = room.split_top_bottom_at_y(room.bottom() - height - gap);
    let (left, right) = below.with_min_y(below.top() + gap).split_left_right_at_fraction(0.5);
    sides(ui, [left.with_max_x(left.right() - gap / 2.0), right.with_min_x(right.left() + gap / 2.0)], view, scale);
    main
}

fn count_color(view: &LiveView) -> Color32 {
    let target = target_count(view);
    if target > 0 && view.totals.total >= target { theme::PROGRESS } else { theme::TEXT }
}

/// The count alone, as large as `room` allows.
fn count(ui: &egui::Ui, room: Rect, view: &LiveView, scale: Scale) {
    let (digits, below) = room.split_top_bottom_at_fraction(0.8);
    let digits = digits.shrink2(Vec2::new(0.0, scale.px(8.0)));
    let text = view.totals.total.to_string();
    theme::big_text(ui, digits, &text, &count_label(view), count_color(view), LARGEST_DIGITS, Weight::Bold);
    let below = below.shrink2(Vec2::new(0.0, scale.px(2.0)));
    let target = target_count(view);
    if target > 0 {
        caption(ui, below, &words::of_target(target));
    }
}

/// Text beside a number that already has a name of its own.
fn caption(ui: &egui::Ui, rect: Rect, text: &str) {
    let painter = ui.painter().with_clip_rect(rect);
    let galley = theme::fitted(&painter, text, theme::TEXT_MUTED, rect.height() * 0.8, rect.size());
    theme::paint_centred(&painter, rect, &galley, theme::TEXT_MUTED, Weight::Plain);
}

/// The ring with the seconds in it, and under it how many holds there were.
fn ring_and_count(ui: &egui::Ui, room: Rect, view: &LiveView, hold: HoldProgress, scale: Scale) {
    let (ring_room, below) = room.split_top_bottom_at_fraction(0.76);
    let is_reached = hold.target_s > 0.0 && hold.elapsed_s >= hold.target_s;
    let share = if hold.target_s > 0.0 { (hold.elapsed_s / hold.target_s).clamp(0.0, 1.0) as f32 } else { 0.0 };
    let radius = ring_room.width().min(ring_room.height()) / 2.0;
    ring(ui, ring_room.center(), radius, share);

    let inside = Vec2::splat(radius * 1.3);
    let (digits, unit) = Rect::from_center_size(ring_room.center(), inside).split_top_bottom_at_fraction(0.7);
    // Rounded like the label, then whole: tenths flicker and cannot be read from afar.
    let seconds = ((hold.elapsed_s.max(0.0) * 10.0).round() / 10.0).floor();
    let color = if is_reached { theme::PROGRESS } else { theme::TEXT };
    let label = words::timed(view.exercise.mode, hold.elapsed_s, hold.target_s);
    theme::big_text(ui, digits, &format!("{seconds}"), &label, color, LARGEST_DIGITS, Weight::Bold);
    caption(ui, unit, &words::of_seconds(hold.target_s));

    let below = below.shrink2(Vec2::new(0.0, scale.px(4.0)));
    let text = words::timed_count(view.exercise.mode, view.totals.total, target_count(view));
    theme::big_text(ui, below, &text, &count_label(view), count_color(view), below.height(), Weight::Bold);
}

fn ring(ui: &egui::Ui, centre: egui::Pos2, radius: f32, share: f32) {
    let thickness = radius * RING_THICKNESS;
    let middle = radius - thickness / 2.0;
    let painter = ui.painter();
    painter.circle_stroke(centre, middle, Stroke::new(thickness, theme::RAISED));
    if share <= 0.0 {
        return;
    }
    if share >= 1.0 {
        painter.circle_stroke(centre, middle, Stroke::new(thickness, theme::PROGRESS));
        return;
    }
    // From the top, clockwise, as a clock.
    let corner = |part: f32| {
        let angle_rad = TAU * part;
        pos2(centre.x + middle * angle_rad.sin(), centre.y - middle * angle_rad.cos())
    };
    let steps = (share * RING_CORNERS).ceil().max(1.0);
    let arc = (0..=steps as u32).map(|i| corner(share * i as f32 / steps)).collect();
    painter.add(egui::Shape::line(arc, Stroke::new(thickness, theme::PROGRESS)));
}

/// The tallies of left and right, the person's own; the side of the running repetition is filled.
fn sides(ui: &egui::Ui, [left, right]: [Rect; 2], view: &LiveView, scale: Scale) {
    let totals = &view.totals;
    // Both get the size at which the wider one fits, whatever the words and numbers are.
    let widest = totals.left.max(totals.right);
    let inner = left.size() - Vec2::new(scale.px(20.0), scale.px(12.0));
    let size = [words::left(widest), words::right(widest)]
        .map(|text| theme::fitting_size(ui.painter(), &text, left.height(), inner))
        .into_iter()
        .fold(f32::INFINITY, f32::min);
    for (rect, side, text, color) in [
        (left, RepSide::Left, words::left(totals.left), theme::LEFT),
        (right, RepSide::Right, words::right(totals.right), theme::RIGHT),
    ] {
        let is_current = view.side == Some(side);
        let (fill, ink) = if is_current { (color, theme::BACKGROUND) } else { (theme::RAISED, color) };
        ui.painter().rect_filled(rect, theme::corners(scale), fill);
        theme::big_text(ui, rect.shrink(scale.px(4.0)), &text, &text, ink, size, Weight::Bold);
    }
}
