//! The keys of a session, and how keys are read.

use crate::app::runtime::view::{CoachStage, CoachView};
use crate::coach::Order;
use eframe::egui;
use egui::{Event, InputState, Key};

/// Keys of a session that mean the same whatever has the keyboard: whoever is in pain hits the largest one, and does not look
/// what is chosen. Buttons take Enter.
pub const SESSION: [Key; 5] = [Key::Space, Key::P, Key::E, Key::S, Key::A];

/// Whether a key was pressed, alone, and takes it from everything else. A key that is held down was pressed once: its
/// repetitions would leave out one exercise after the other.
pub fn take(input: &mut InputState, wanted: Key) -> bool {
    let mut is_pressed = false;
    input.events.retain(|event| match event {
        Event::Key { key, pressed: true, repeat, modifiers, .. } if *key == wanted && modifiers.is_none() => {
            is_pressed |= !repeat;
            false
        }
        _ => true,
    });
    is_pressed
}

/// Whether the page is left by its key: not where that closes a list, or ends what is being written.
pub fn is_left(ui: &egui::Ui) -> bool {
    let is_busy = ui.memory(|memory| memory.focused().is_some()) || egui::Popup::is_any_open(ui.ctx());
    !is_busy && ui.input_mut(|input| take(input, Key::Escape))
}

/// What a key asks for in a stage of a session. The largest key is for pain: it is hit without looking. Keys beside it that
/// change to another window are not: nobody means pain by that.
pub fn order_of(key: Key, coach: &CoachView) -> Option<Order> {
    let is_under_way = !matches!(coach.stage, CoachStage::Summary);
    match (key, coach.stage) {
        (Key::Space, stage) if is_under_way && !matches!(stage, CoachStage::Rest(None)) => Some(Order::Hurts),
        (Key::P, _) if is_under_way => Some(Order::PauseOrGoOn),
        (Key::E, CoachStage::Set) => Some(Order::EndSet),
        (Key::E, CoachStage::Paused(..)) if !coach.is_rest_paused => Some(Order::EndSet),
        (Key::S, _) if is_under_way && !matches!(coach.stage, CoachStage::Set) => Some(Order::Skip),
        (Key::A, CoachStage::Rest(_)) => Some(Order::Again),
        (Key::Enter, CoachStage::Rest(Some(_)) | CoachStage::WarmUp(_)) => Some(Order::GoNow),
        (Key::Enter, CoachStage::Rest(None) | CoachStage::Paused(..)) => Some(Order::PauseOrGoOn),
        (Key::Enter, CoachStage::Summary) => Some(Order::Close),
        _ => None,
    }
}
