//! The sheet of settings over home.

use super::{dates, page_words, words};
use crate::app::days::{ClockTime, Day};
use crate::app::settings::{Letters, PACES_WPM, Settings, Theme};
use crate::base::language::LANGUAGES;
use crate::coach::manner::{CountStyle, HowMuch};
use crate::sound::speaker::VoiceKind;
use eframe::egui;
use egui::{ComboBox, RichText, ScrollArea, Slider, Ui};
use std::path::Path;

/// Longest name of a person, characters.
const LONGEST_NAME: usize = 40;

/// The sheet.
#[derive(Debug, Default)]
pub struct SettingsPage {
    /// Where the days were written for the calendar, or why not.
    pub calendar: Option<Result<String, String>>,
    /// The name as it is being written; it is taken when it is finished.
    name: Option<String>,
}

/// What is pressed on the sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Closes it.
    Close,
    /// The first pages again.
    First,
    /// The days as a file for the calendar.
    Calendar,
    /// The voice is to be heard.
    TestVoice,
}

impl SettingsPage {
    /// Draws the choices; returns what was pressed.
    pub fn draw(&mut self, ui: &mut Ui, settings: &mut Settings, folder: Option<&Path>) -> Option<Asked> {
        ui.label(RichText::new(words::settings()).heading());
        let closed = ui.horizontal(|ui| {
            let close = ui.button(words::settings_close()).clicked().then_some(Asked::Close);
            close.or(ui.button(page_words::first_again()).clicked().then_some(Asked::First))
        });
        let choices = ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
            let tested = ui.columns(2, |sides| {
                self.person(&mut sides[0], settings);
                seen(&mut sides[0], settings);
                heard(&mut sides[1], settings)
            });
            ui.separator();
            let asked = self.days(ui, settings);
            ui.label(RichText::new(words::settings_folder()).small());
            if let Some(folder) = folder {
                ui.add(egui::Label::new(RichText::new(folder.display().to_string()).small()).wrap());
            }
            tested.or(asked)
        });
        closed.inner.or(choices.inner)
    }

    /// Whose sessions they are from now on. Nobody has no name, and half a name is nobody's.
    fn person(&mut self, ui: &mut Ui, settings: &mut Settings) {
        let mut name = self.name.clone().unwrap_or_else(|| settings.person.clone());
        let mut has_ended = false;
        labelled(ui, &words::settings_person(), |ui| {
            let written = ui.add(egui::TextEdit::singleline(&mut name).char_limit(LONGEST_NAME));
            has_ended = written.lost_focus();
            written
        });
        let is_other = name.trim() != settings.person;
        self.name = (is_other && !has_ended).then_some(name.clone());
        if has_ended && is_other && !name.trim().is_empty() {
            name.trim().clone_into(&mut settings.person);
        }
    }

    /// Days and time of the routine, and the calendar's file of them.
    fn days(&self, ui: &mut Ui, settings: &mut Settings) -> Option<Asked> {
        ui.horizontal_wrapped(|ui| {
            ui.label(page_words::days());
            for day in Day::ALL {
                let mut is_chosen = settings.days.contains(&day);
                if ui.toggle_value(&mut is_chosen, dates::weekday(day.into())).changed() {
                    settings.days.retain(|chosen| *chosen != day);
                    settings.days.extend(is_chosen.then_some(day));
                    settings.days.sort_unstable();
                }
            }
        });
        if settings.days.is_empty() {
            return None;
        }
        let asked = ui.horizontal_wrapped(|ui| {
            let label = ui.label(page_words::days_at());
            let combo = ComboBox::from_id_salt(14).selected_text(settings.at.to_string()).show_ui(ui, |ui| {
                for time in ClockTime::choices() {
                    ui.selectable_value(&mut settings.at, time, time.to_string());
                }
            });
            combo.response.labelled_by(label.id);
            ui.button(page_words::days_calendar()).clicked().then_some(Asked::Calendar)
        });
        match &self.calendar {
            Some(Ok(path)) => _ = ui.label(page_words::calendar_written(path)),
            Some(Err(why)) => _ = ui.label(page_words::calendar_not_written(why)),
            None => (),
        }
        asked.inner
    }
}

/// What is seen.
fn seen(ui: &mut Ui, settings: &mut Settings) {
    let all = [Theme::Dark, Theme::Light, Theme::Contrast];
    pick(ui, 10, &words::settings_theme(), &mut settings.theme, all, page_words::theme);
    let all = [Letters::Usual, Letters::Large, Letters::Largest];
    pick(ui, 15, &page_words::letters(), &mut settings.letters, all, page_words::letter_size);
    if LANGUAGES.len() > 1 {
        language(ui, settings);
    }
    let mut model = settings.model.clone();
    labelled(ui, &page_words::model(), |ui| {
        let combo = ComboBox::from_id_salt(17).selected_text(page_words::model_of(&model)).show_ui(ui, |ui| {
            for one in page_words::MODELS {
                ui.selectable_value(&mut model, one.to_owned(), page_words::model_of(one));
            }
        });
        combo.response
    });
    settings.model = model;
    ui.checkbox(&mut settings.flash, page_words::flash());
    ui.checkbox(&mut settings.reduced_motion, words::settings_still());
    ui.checkbox(&mut settings.gesture, words::settings_gesture());
}

/// What is heard; whether it is to be heard now.
fn heard(ui: &mut Ui, settings: &mut Settings) -> Option<Asked> {
    let all = [VoiceKind::Recorded, VoiceKind::Espeak, VoiceKind::Tones];
    pick(ui, 16, &page_words::voice_kind(), &mut settings.voice, all, page_words::voice_of);
    let all = [HowMuch::All, HowMuch::Counts, HowMuch::Transitions, HowMuch::Tones];
    pick(ui, 11, &words::settings_how_much(), &mut settings.how_much, all, page_words::how_much);
    let all = [CountStyle::Every, CountStyle::LastThree, CountStyle::Tones];
    pick(ui, 12, &words::settings_counts(), &mut settings.counts, all, page_words::counts);
    labelled(ui, &page_words::pace(), |ui| {
        ui.add(Slider::new(&mut settings.pace, PACES_WPM).step_by(5.0).show_value(false))
    });
    labelled(ui, &words::settings_volume(), |ui| {
        ui.add(Slider::new(&mut settings.volume, 0.0..=1.0).show_value(false))
    });
    ui.checkbox(&mut settings.bluetooth, words::settings_bluetooth());
    // In a line of its own, where it is as wide as its words.
    let pressed = ui.horizontal(|ui| ui.button(page_words::test_voice()).clicked()).inner;
    pressed.then_some(Asked::TestVoice)
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
