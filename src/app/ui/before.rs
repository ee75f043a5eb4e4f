//! Before a routine begins: how it hurts now, what to lay out, what to know; then a large start button.

use super::buttons::{self, Kind, Wish};
use super::hear::hear;
use super::keys::take;
use super::layout::{cut_bottom, within};
use super::look::Look;
use super::{page_words, pain, words};
use crate::app::runtime::view::{Command, LiveView, RoutineChoice};
use crate::base::language::translated;
use crate::exercise::routine::RoutineDef;
use eframe::egui;
use egui::{Key, Rect, RichText, ScrollArea, Ui};

/// The page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Before {
    /// What is to begin.
    pub choice: RoutineChoice,
}

/// What was decided on the page.
#[derive(Clone, Debug, PartialEq)]
pub enum Decided {
    /// It begins.
    Start,
    /// Not now.
    Back,
    /// Something of the program: the voice is to be heard.
    Send(Command),
}

impl Before {
    /// Draws the page over `room`.
    pub fn draw(
        &mut self,
        ui: &mut Ui,
        room: Rect,
        view: &LiveView,
        routine: &RoutineDef,
        look: Look,
    ) -> Option<Decided> {
        let mut rest = room.shrink(look.px(14.0));
        let height = rest.height() * 0.16;
        let row = cut_bottom(&mut rest, height, look.px(12.0));
        let asked = within(ui, rest, |ui| {
            ui.label(RichText::new(translated(&routine.title)).heading());
            ui.label(words::routine(routine));
            ScrollArea::vertical()
                .auto_shrink([false, false])
                .show(ui, |ui| self.questions(ui, view, routine, look))
                .inner
        });
        let wish = |text, key: &str, kind, asks| Wish { text, key: key.to_owned(), kind, asks };
        let wishes = [
            wish(words::back(), "", Kind::Plain, Decided::Back),
            wish(words::start(), words::KEY_GO, Kind::Main, Decided::Start),
        ];
        let pressed = buttons::row(ui, row, &wishes, look);
        let key = |key| ui.input_mut(|input| take(input, key));
        let is_free = ui.memory(|memory| memory.focused().is_none());
        match pressed {
            None if is_free && key(Key::Enter) => Some(Decided::Start),
            None if key(Key::Escape) => Some(Decided::Back),
            pressed => pressed.or(asked),
        }
    }

    fn questions(&mut self, ui: &mut Ui, view: &LiveView, routine: &RoutineDef, look: Look) -> Option<Decided> {
        ui.add_space(look.px(8.0));
        ui.label(words::pain_now());
        ui.horizontal_wrapped(|ui| {
            ui.selectable_value(&mut self.choice.pain_before, None, words::pain_not_said());
            pain::numbers(ui, &mut self.choice.pain_before);
        });
        ui.label(RichText::new(words::stop_rule()).strong());
        ui.separator();
        ui.checkbox(&mut self.choice.is_gentle, page_words::gentle());
        ui.checkbox(&mut self.choice.has_warm_up, words::warm_up_first());
        // What to lay out is of the whole routine: the rest of it may be left out today.
        if let Some(note) = routine.note.as_ref().filter(|_| self.choice.left_out.is_empty()) {
            ui.label(translated(note));
        }
        ui.label(words::water());
        let steps = routine.steps.iter().enumerate().filter(|(i, _)| !self.choice.left_out.contains(i));
        let on_floor: Vec<String> = steps
            .map(|(_, step)| step.exercise.as_ref())
            .filter(|exercise| exercise.posture.is_on_the_floor())
            .map(|exercise| translated(&exercise.title))
            .collect();
        if !on_floor.is_empty() {
            ui.label(page_words::on_the_floor(&on_floor.join(", ")));
        }
        ui.separator();
        ui.label(page_words::camera_state(view));
        hear(ui, view, look).map(Decided::Send)
    }
}
