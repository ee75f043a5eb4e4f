//! What is over: the last set, whose count may be corrected, and the whole session, about which the person may say something.

use super::buttons::one_less_one_more;
use super::layout::within;
use super::look::Look;
use super::proposal::{Answer, Proposal};
use super::{page_words, pain, words};
use crate::app::runtime::view::{CoachView, Command, OutcomeView};
use crate::coach::Order;
use crate::history::session::StoppedBecause;
use crate::history::store::Remarks;
use eframe::egui;
use egui::{Rect, RichText, ScrollArea, TextStyle, Ui};

/// Height of the line about the last set, share of its place.
const LAST: f32 = 0.15;

fn on_panel<R>(ui: &mut Ui, room: Rect, look: Look, add: impl FnOnce(&mut Ui) -> R) -> R {
    ui.painter().rect_filled(room, look.corners(), look.palette.panel);
    within(ui, room.shrink(look.px(14.0)), add)
}

/// The last set in a line at the bottom of `room`, with buttons for one more and one less.
pub fn last_set(ui: &mut Ui, room: Rect, coach: &CoachView, look: Look) -> Option<Command> {
    let last = coach.outcomes.last()?;
    let strip = room.with_min_y(room.bottom() - room.height() * LAST);
    ui.painter().rect_filled(strip, look.corners(), look.palette.panel);
    let inner = strip.shrink2(egui::vec2(look.px(10.0), look.px(4.0)));
    within(ui, inner, |ui| {
        ui.horizontal_centered(|ui| {
            let may_be_wrong = last.active_s.is_none() && last.counted + last.not_counted > 0;
            let may_be_less = may_be_wrong && last.counted > 0;
            let asked = one_less_one_more(ui, &last.title, &TextStyle::Heading, may_be_less, may_be_wrong);
            ui.label(RichText::new(page_words::last_set(last)).heading());
            asked.map(|by| Command::Coach(Order::Correct(by)))
        })
        .inner
    })
}

/// All that is over, and what the person says of it.
pub fn after(
    ui: &mut Ui,
    room: Rect,
    coach: &CoachView,
    after: &mut Remarks,
    proposal: Option<&Proposal>,
    answer: &mut Option<Answer>,
    look: Look,
) -> Option<Command> {
    let before = after.clone();
    on_panel(ui, room, look, |ui| {
        ScrollArea::vertical().show(ui, |ui| {
            ui.label(page_words::pain_after());
            ui.horizontal_wrapped(|ui| pain::numbers(ui, &mut after.pain_after));
            if coach.outcomes.iter().any(|outcome| !words::is_done(outcome)) {
                ui.label(page_words::why_stopped());
                ui.horizontal_wrapped(|ui| {
                    for because in
                        [StoppedBecause::Pain, StoppedBecause::Tired, StoppedBecause::NoTime, StoppedBecause::Other]
                    {
                        let text = page_words::stopped(because);
                        ui.selectable_value(&mut after.stopped_because, Some(because), text);
                    }
                });
            }
            coach.outcomes.iter().for_each(|outcome| line(ui, outcome, look));
            if let Some(proposal) = proposal {
                ui.separator();
                *answer = proposal.draw(ui);
            }
        });
    });
    (*after != before).then(|| Command::Remark(after.clone()))
}

/// What is over, exercise by exercise.
pub fn outcomes(ui: &mut Ui, room: Rect, coach: &CoachView, look: Look) {
    on_panel(ui, room, look, |ui| {
        ScrollArea::vertical().show(ui, |ui| coach.outcomes.iter().for_each(|outcome| line(ui, outcome, look)));
    });
}

fn line(ui: &mut Ui, outcome: &OutcomeView, look: Look) {
    let is_done = words::is_done(outcome);
    let color = if is_done { look.palette.progress } else { look.palette.text };
    ui.horizontal_wrapped(|ui| {
        ui.label(egui::RichText::new(&outcome.title).heading().color(color));
        ui.label(egui::RichText::new(words::outcome(outcome)).heading());
    });
}
