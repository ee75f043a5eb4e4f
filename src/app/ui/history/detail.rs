//! One session: its sets, with counts that can be corrected; pain, a note; another session beside it; out with it, or away.

use super::{Doubt, History, words};
use crate::app::runtime::archive::ExportKind;
use crate::app::ui::after::LONGEST_NOTE;
use crate::app::ui::buttons::one_less_one_more;
use crate::app::ui::look::Look;
use crate::app::ui::{page_words, pain};
use crate::base::language::translated;
use crate::history::session::{SessionRecord, StoredSet};
use crate::history::store::Remarks;
use eframe::egui;
use egui::{ComboBox, RichText, ScrollArea, TextEdit, TextStyle, Ui};

/// What is asked for while the page is drawn, and done after it.
enum Wish {
    Correct(u32, i32),
    Remark(Remarks),
    Compare(Option<String>),
    Export(ExportKind),
    Doubt(Option<Doubt>),
    Delete,
}

impl History {
    /// The session that is chosen.
    pub(super) fn detail(&mut self, ui: &mut Ui, look: Look) {
        let Some(session) = self.session.clone() else {
            ui.label(words::nothing_chosen());
            return;
        };
        let mut wish = None;
        ui.label(RichText::new(words::session_title(&session)).strong());
        ScrollArea::vertical().id_salt(40).auto_shrink([false, false]).show(ui, |ui| {
            sets(ui, &session, self.other.as_ref(), look, &mut wish);
            self.compare(ui, &session, &mut wish);
            pains(ui, &session, &mut wish);
            self.note(ui, &session, &mut wish);
            self.ways_out(ui, &session, &mut wish);
        });
        if let Some(wish) = wish {
            self.carry_out(wish, &session);
        }
    }

    fn compare(&self, ui: &mut Ui, session: &SessionRecord, wish: &mut Option<Wish>) {
        ui.horizontal(|ui| {
            let label = ui.label(words::compare_with());
            let name =
                |id: &str| self.lines.iter().find(|line| line.id == id).map(|l| words::session_line(l, self.today));
            let shown = self.other.as_ref().and_then(|other| name(&other.id)).unwrap_or_else(words::nothing);
            let combo = ComboBox::from_id_salt(41).selected_text(shown).width(ui.available_width()).truncate();
            let combo = combo.show_ui(ui, |ui| {
                if ui.selectable_label(self.other.is_none(), words::nothing()).clicked() {
                    *wish = Some(Wish::Compare(None));
                }
                for line in self.lines.iter().filter(|line| line.id != session.id) {
                    let is_chosen = self.other.as_ref().is_some_and(|other| other.id == line.id);
                    if ui.selectable_label(is_chosen, words::session_line(line, self.today)).clicked() {
                        *wish = Some(Wish::Compare(Some(line.id.clone())));
                    }
                }
            });
            combo.response.labelled_by(label.id);
        });
    }

    fn note(&mut self, ui: &mut Ui, session: &SessionRecord, wish: &mut Option<Wish>) {
        let label = ui.label(page_words::note());
        let edit = TextEdit::multiline(&mut self.note).desired_rows(2).desired_width(f32::INFINITY);
        let written = ui.add(edit.char_limit(LONGEST_NOTE)).labelled_by(label.id);
        if written.lost_focus() && session.note.as_deref().unwrap_or_default() != self.note.trim() {
            *wish = Some(Wish::Remark(Remarks { note: Some(self.note.trim().to_owned()), ..Remarks::default() }));
        }
    }

    fn ways_out(&self, ui: &mut Ui, session: &SessionRecord, wish: &mut Option<Wish>) {
        ui.separator();
        ui.horizontal_wrapped(|ui| {
            let kinds = [
                (ExportKind::Report, words::write_report()),
                (ExportKind::Csv, words::write_table()),
                (ExportKind::Json, words::write_everything()),
            ];
            for (kind, text) in kinds {
                if ui.button(text).clicked() {
                    *wish = Some(Wish::Export(kind));
                }
            }
            let doubt = Doubt::Delete(session.id.clone());
            if self.doubt.as_ref() != Some(&doubt) {
                if ui.button(words::delete()).clicked() {
                    *wish = Some(Wish::Doubt(Some(doubt)));
                }
                return;
            }
            ui.label(words::delete_sure());
            if ui.button(words::delete_yes()).clicked() {
                *wish = Some(Wish::Delete);
            }
            if ui.button(page_words::keep()).clicked() {
                *wish = Some(Wish::Doubt(None));
            }
        });
    }

    fn carry_out(&mut self, wish: Wish, session: &SessionRecord) {
        self.said = None;
        let done = match wish {
            Wish::Correct(number, by) => {
                let set = session.sets.iter().find(|set| set.index == number);
                set.map_or(Ok(()), |set| self.archive.correct(&session.id, set, by))
            }
            Wish::Remark(said) => self.archive.remark(&session.id, &said),
            Wish::Compare(id) => match id.map(|id| self.archive.session(&id)).transpose() {
                Ok(other) => {
                    self.other = other;
                    return;
                }
                Err(why) => Err(why),
            },
            Wish::Export(kind) => return self.write_out(kind),
            Wish::Doubt(doubt) => {
                self.doubt = doubt;
                return;
            }
            Wish::Delete => {
                self.doubt = None;
                let deleted = self.archive.delete(&session.id);
                if deleted.is_ok() {
                    self.session = None;
                    self.other = None;
                }
                deleted
            }
        };
        let _told = self.take(done);
        self.read_again();
    }
}

/// A line a set: what was done, what stands, and how it was the other time.
fn sets(ui: &mut Ui, session: &SessionRecord, other: Option<&SessionRecord>, look: Look, wish: &mut Option<Wish>) {
    if session.sets.is_empty() {
        ui.label(words::nothing_done());
        return;
    }
    for set in &session.sets {
        let title = translated(&set.title);
        ui.horizontal_wrapped(|ui| {
            if !set.is_timed() {
                let corrected = one_less_one_more(ui, &title, &TextStyle::Button, set.counted() > 0, true);
                if let Some(by) = corrected {
                    *wish = Some(Wish::Correct(set.index, by));
                }
            }
            ui.label(RichText::new(&title).strong());
            ui.label(words::set_done(set));
            if let Some(then) = other.and_then(|other| same_exercise(other, set)) {
                ui.label(words::set_then(then));
            }
        });
        let course = RichText::new(words::set_course(set)).small().color(look.palette.muted);
        ui.add(egui::Label::new(course).wrap());
    }
}

/// The set of the same exercise in another session, the one with the same number of it if there are several.
fn same_exercise<'a>(other: &'a SessionRecord, set: &StoredSet) -> Option<&'a StoredSet> {
    other.sets.iter().find(|then| then.summary.exercise == set.summary.exercise)
}

fn pains(ui: &mut Ui, session: &SessionRecord, wish: &mut Option<Wish>) {
    ui.horizontal_wrapped(|ui| {
        let all = [(words::pain_before(), session.pain_before, true), (words::pain_after(), session.pain_after, false)];
        for (name, said, is_before) in all {
            let label = ui.label(name);
            let mut chosen = said;
            let combo = ComboBox::from_id_salt((43, is_before)).selected_text(words::pain(said)).show_ui(ui, |ui| {
                for value in pain::NUMBERS {
                    ui.selectable_value(&mut chosen, Some(value), words::pain(Some(value)));
                }
            });
            combo.response.labelled_by(label.id);
            if chosen != said {
                let remark = if is_before {
                    Remarks { pain_before: chosen, ..Remarks::default() }
                } else {
                    Remarks { pain_after: chosen, ..Remarks::default() }
                };
                *wish = Some(Wish::Remark(remark));
            }
        }
        if let Some(because) = session.stopped_because {
            ui.label(words::stopped_because(because));
        }
    });
}
