//! The sheet of settings over home.

use super::{page_words, words};
use crate::app::settings::{Settings, Theme};
use crate::base::language::LANGUAGES;
use crate::coach::manner::{CountStyle, HowMuch};
use eframe::egui;
use egui::{ComboBox, RichText, Slider, Ui};

/// Longest name of a person, characters.
const LONGEST_NAME: usize = 40;

/// What is pressed on the sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Closes it.
    Close,
    /// The first pages again.
    First,
}

/// Draws the choices; returns what was pressed.
pub fn draw(ui: &mut Ui, settings: &mut Settings) -> Option<Asked> {
    ui.label(RichText::new(words::settings()).heading());
    labelled(ui, &words::settings_person(), |ui| {
        ui.add(egui::TextEdit::singleline(&mut settings.person).char_limit(LONGEST_NAME))
    });
    pick(
        ui,
        10,
        &words::settings_theme(),
        &mut settings.theme,
        [Theme::Dark, Theme::Light, Theme::Contrast],
        words::theme,
    );
    let all = [HowMuch::All, HowMuch::Counts, HowMuch::Transitions, HowMuch::Tones];
    pick(ui, 11, &words::settings_how_much(), &mut settings.how_much, all, words::how_much);
    let all = [CountStyle::Every, CountStyle::LastThree, CountStyle::Tones];
    pick(ui, 12, &words::settings_counts(), &mut settings.counts, all, words::counts);
    if LANGUAGES.len() > 1 {
        language(ui, settings);
    }
    labelled(ui, &words::settings_volume(), |ui| {
        ui.add(Slider::new(&mut settings.volume, 0.0..=1.0).show_value(false))
    });
    ui.checkbox(&mut settings.bluetooth, words::settings_bluetooth());
    ui.checkbox(&mut settings.gesture, words::settings_gesture());
    ui.checkbox(&mut settings.reduced_motion, words::settings_still());
    ui.label(RichText::new(words::settings_folder()).small());
    ui.horizontal(|ui| {
        let close = ui.button(words::settings_close()).clicked().then_some(Asked::Close);
        close.or(ui.button(page_words::first_again()).clicked().then_some(Asked::First))
    })
    .inner
}

fn labelled(ui: &mut Ui, name: &str, add: impl FnOnce(&mut Ui) -> egui::Response) {
    ui.horizontal(|ui| {
        let label = ui.label(name);
        add(ui).labelled_by(label.id);
    });
}

fn pick<T: Copy + PartialEq, const N: usize>(
    ui: &mut Ui,
    salt: u32,
    name: &str,
    value: &mut T,
    all: [T; N],
    word: impl Fn(T) -> String,
) {
    labelled(ui, name, |ui| {
        let combo = ComboBox::from_id_salt(salt).selected_text(word(*value)).show_ui(ui, |ui| {
            all.into_iter().for_each(|one| _ = ui.selectable_value(value, one, word(one)));
        });
        combo.response
    });
}

fn language(ui: &mut Ui, settings: &mut Settings) {
    let current = settings.language();
    let mut chosen = current;
    pick(ui, 13, &words::settings_language(), &mut chosen, LANGUAGES, |language| language.own_name().to_owned());
    if chosen != current {
        chosen.tag().clone_into(&mut settings.language);
    }
}
