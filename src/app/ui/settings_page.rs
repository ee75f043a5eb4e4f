//! The sheet of settings over home.

use super::{dates, page_words, words};
use crate::app::days::{ClockTime, Day};
use crate::app::settings::{Letters, Settings, Theme};
use crate::base::language::LANGUAGES;
use crate::coach::manner::{CountStyle, HowMuch};
use eframe::egui;
use egui::{ComboBox, RichText, ScrollArea, Slider, Ui};

/// Longest name of a person, characters.
const LONGEST_NAME: usize = 40;

/// The sheet.
#[derive(Debug, Default)]
pub struct SettingsPage {
    /// Where the days were written for the calendar, or why not.
    pub calendar: Option<Result<String, String>>,
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
}

impl SettingsPage {
    /// Draws the choices; returns what was pressed.
    pub fn draw(&self, ui: &mut Ui, settings: &mut Settings) -> Option<Asked> {
        ui.label(RichText::new(words::settings()).heading());
        let closed = ui.horizontal(|ui| {
            let close = ui.button(words::settings_close()).clicked().then_some(Asked::Close);
            close.or(ui.button(page_words::first_again()).clicked().then_some(Asked::First))
        });
        let choices = ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
            choices(ui, settings);
            let asked = self.days(ui, settings);
            ui.label(RichText::new(words::settings_folder()).small());
            asked
        });
        closed.inner.or(choices.inner)
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

fn choices(ui: &mut Ui, settings: &mut Settings) {
    labelled(ui, &words::settings_person(), |ui| {
        ui.add(egui::TextEdit::singleline(&mut settings.person).char_limit(LONGEST_NAME))
    });
    let all = [Theme::Dark, Theme::Light, Theme::Contrast];
    pick(ui, 10, &words::settings_theme(), &mut settings.theme, all, words::theme);
    let all = [Letters::Usual, Letters::Large, Letters::Largest];
    pick(ui, 15, &page_words::letters(), &mut settings.letters, all, page_words::letter_size);
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
