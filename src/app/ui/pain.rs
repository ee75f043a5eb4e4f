//! Pain as a number, 0 (none) to 10.

use eframe::egui;
use egui::{RichText, Ui};
use std::ops::RangeInclusive;

/// The numbers there are.
pub const NUMBERS: RangeInclusive<u8> = 0..=10;

/// The numbers side by side, large, one of which may be chosen.
pub fn numbers(ui: &mut Ui, pain: &mut Option<u8>) {
    // Eleven of them in one line.
    ui.spacing_mut().button_padding.x *= 0.6;
    ui.spacing_mut().item_spacing.x *= 0.5;
    for number in NUMBERS {
        ui.selectable_value(pain, Some(number), RichText::new(number.to_string()).heading());
    }
}
