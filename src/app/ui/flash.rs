//! A soft light over the whole screen where something is to be noticed by somebody who does not hear it: a rest is over, a set
//! is done, something is wrong. One fade of 0.4 s, at most one a second, never red (WCAG 2.3.1 allows three flashes a second).

use super::look::Look;
use crate::app::runtime::view::{CoachStage, CoachView};
use eframe::egui;
use egui::{Color32, Rect, Ui};
use std::mem::discriminant;

/// How long it takes to fade, seconds.
const FADE_S: f64 = 0.4;
/// From one to the next at least, seconds.
const APART_S: f64 = 1.0;
/// How much of the screen it covers at its beginning, 0..1.
const STRENGTH: f32 = 0.55;

/// What was lit up last.
#[derive(Debug, Default)]
pub struct Flash {
    before: Option<CoachStage>,
    since_s: Option<f64>,
    is_trouble: bool,
}

impl Flash {
    /// Draws it over `room`, where the session has come to something that is to be noticed; `None`: no session, or not wanted.
    pub fn draw(&mut self, ui: &Ui, room: Rect, coach: Option<&CoachView>, look: Look) {
        let now = coach.map(|coach| coach.stage);
        let before = std::mem::replace(&mut self.before, now);
        let now_s = ui.input(|input| input.time);
        let is_due = self.since_s.is_none_or(|since| now_s - since >= APART_S);
        if is_due
            && let (Some(before), Some(now)) = (before, now)
            && is_noteworthy(before, now)
        {
            self.since_s = Some(now_s);
            self.is_trouble = matches!(now, CoachStage::Paused(why, _) if why.is_trouble());
        }
        let share = self.since_s.map_or(1.0, |since| (now_s - since) / FADE_S);
        if now.is_none() || !(0.0..1.0).contains(&share) {
            return;
        }
        let color = if self.is_trouble { look.palette.cue } else { look.palette.progress };
        let strength = STRENGTH * (1.0 - share as f32);
        ui.painter().rect_filled(
            room,
            0.0,
            Color32::from_rgba_unmultiplied(color.r(), color.g(), color.b(), (strength * 255.0) as u8),
        );
        ui.ctx().request_repaint();
    }
}

/// Whether going from one stage to the other is to be noticed.
fn is_noteworthy(before: CoachStage, now: CoachStage) -> bool {
    if discriminant(&before) == discriminant(&now) {
        return false;
    }
    let is_over = matches!(before, CoachStage::Rest(_) | CoachStage::WarmUp(_)) && now == CoachStage::SetUp;
    let is_done =
        before == CoachStage::Set && matches!(now, CoachStage::Rest(_) | CoachStage::SetUp | CoachStage::Summary);
    let is_trouble = matches!(now, CoachStage::Paused(why, _) if why.is_trouble());
    is_over || is_done || is_trouble
}
