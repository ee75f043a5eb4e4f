//! The test of the voice: asked from the mat, answered with a raised hand. And the question that comes where nobody would hear it.

use super::buttons::{self, Kind, Wish};
use super::keys::take;
use super::layout::cut_bottom;
use super::look::Look;
use super::text::{self, Weight};
use super::{page_words, words};
use crate::app::runtime::view::{Command, Hearing, LiveView};
use eframe::egui;
use egui::{Key, Rect, Ui};

/// Draws how the sound stands and the test of it; what is asked for.
pub fn hear(ui: &mut Ui, view: &LiveView, look: Look) -> Option<Command> {
    ui.label(words::sound(view));
    let asked = ui.horizontal(|ui| {
        let unmute = view.sound.is_muted && ui.button(words::unmute()).clicked();
        let test = ui.button(page_words::test_voice()).clicked();
        unmute.then_some(Command::Mute(false)).or(test.then_some(Command::TestVoice))
    });
    let (said, color) = match view.hearing {
        None => return asked.inner,
        Some(Hearing::Asked) => (page_words::raise_a_hand(), look.palette.text),
        Some(Hearing::Heard) => (page_words::hand_was_seen(), look.palette.progress),
    };
    let (place, _) = ui.allocate_exact_size(egui::vec2(ui.available_width(), look.px(90.0)), egui::Sense::hover());
    text::big_text(ui, place, &said, &said, color, look.px(60.0), Weight::Bold);
    asked.inner
}

/// What is to begin without a voice, though somebody will lie face down.
#[derive(Clone, Debug, PartialEq)]
pub struct Unheard {
    /// It.
    pub command: Command,
}

/// What was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answered {
    /// Sound on, and begin.
    Unmute,
    /// Begin all the same.
    Begin,
    /// Not now.
    Back,
}

/// Draws the question over `room`: face down nobody sees the screen, and without a voice there is nothing to go by.
pub fn unheard(ui: &mut Ui, room: Rect, view: &LiveView, look: Look) -> Option<Answered> {
    let mut rest = room.shrink(look.px(14.0));
    let height = rest.height() * 0.14;
    let row = cut_bottom(&mut rest, height, look.px(12.0));
    ui.painter().rect_filled(rest, look.corners(), look.palette.cue);
    let (above, below) = rest.shrink(look.px(20.0)).split_top_bottom_at_fraction(0.6);
    let text = page_words::sound_is_off();
    text::big_text(ui, above, &text, &text, look.palette.on_cue, above.height(), Weight::Bold);
    let why = words::sound(view);
    text::big_text(ui, below, &why, &why, look.palette.on_cue, look.px(40.0), Weight::Plain);
    let wish = |text, kind, asks| Wish { text, key: String::new(), kind, asks };
    let mut wishes = vec![wish(words::back(), Kind::Plain, Answered::Back)];
    wishes.push(wish(page_words::begin_unheard(), Kind::Plain, Answered::Begin));
    if view.sound.is_muted {
        wishes.push(wish(words::unmute(), Kind::Main, Answered::Unmute));
    }
    let pressed = buttons::row(ui, row, &wishes, look);
    let is_left = ui.input_mut(|input| take(input, Key::Escape));
    pressed.or(is_left.then_some(Answered::Back))
}
