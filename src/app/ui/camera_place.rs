//! A small plan, seen from above: where the camera stands to the person.

use super::look::Look;
use super::{page_words, text};
use crate::app::runtime::view::ExerciseCard;
use crate::base::skeleton::Side;
use crate::motion::track::View;
use eframe::egui;
use egui::{Pos2, Rect, Shape, Stroke, Ui, Vec2, vec2};
use std::f32::consts::{FRAC_PI_2, FRAC_PI_4};

/// The camera stands so far from the middle, share of the place.
const AWAY: f32 = 0.36;

/// Draws it over `room`: the person in the middle looks up the screen, the camera stands where it should.
pub fn draw(ui: &Ui, room: Rect, exercise: &ExerciseCard, look: Look) {
    let p = look.palette;
    let painter = ui.painter();
    painter.rect_filled(room, look.corners(), p.raised);
    let (centre, unit) = (room.center(), room.width());
    // Seen from above somebody who looks up the screen has their right on the right.
    let to_the_side = if exercise.near == Some(Side::Left) { -1.0 } else { 1.0 };
    let turn = match exercise.view {
        View::Front => 0.0,
        View::Oblique => FRAC_PI_4 * to_the_side,
        View::Side => FRAC_PI_2 * to_the_side,
    };
    let towards = vec2(turn.sin(), -turn.cos());
    let camera = centre + towards * unit * AWAY;
    let middle = centre - towards * unit * 0.12;
    if exercise.posture.is_on_the_floor() {
        lying(painter, middle, unit, look);
    } else {
        upright(painter, middle, unit, look);
    }
    let across = vec2(-towards.y, towards.x);
    let lens = |at: f32, wide: f32| camera - towards * unit * at + across * unit * wide;
    let sight = vec![lens(0.05, 0.0), lens(0.2, 0.12), lens(0.2, -0.12)];
    painter.add(Shape::convex_polygon(sight, p.progress.gamma_multiply(0.35), Stroke::NONE));
    let body = [lens(-0.06, 0.07), lens(-0.06, -0.07), lens(0.05, -0.07), lens(0.05, 0.07)];
    painter.add(Shape::convex_polygon(body.to_vec(), p.progress, Stroke::NONE));
    text::name(ui, room, &page_words::camera_place(exercise));
}

/// Shoulders, a head and a nose.
fn upright(painter: &egui::Painter, at: Pos2, unit: f32, look: Look) {
    let p = look.palette;
    let shoulders = Rect::from_center_size(at, Vec2::new(unit * 0.34, unit * 0.13));
    painter.rect_filled(shoulders, unit * 0.06, p.text);
    painter.circle_filled(at, unit * 0.08, p.muted);
    painter.circle_filled(at - vec2(0.0, unit * 0.085), unit * 0.025, p.muted);
}

/// The whole body along the picture, the head up the screen.
fn lying(painter: &egui::Painter, at: Pos2, unit: f32, look: Look) {
    let p = look.palette;
    let body = Rect::from_center_size(at + vec2(0.0, unit * 0.06), Vec2::new(unit * 0.16, unit * 0.5));
    painter.rect_filled(body, unit * 0.06, p.text);
    painter.circle_filled(at - vec2(0.0, unit * 0.25), unit * 0.08, p.muted);
}
