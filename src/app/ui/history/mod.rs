//! What was done: weeks, sessions, one of them in detail, and how an exercise has gone.
//!
//! In: the archive. Out: paint; corrections and remarks go to the archive at once. No number here falls to zero, and a day
//! without practice is a day, not a gap.

mod detail;
mod trend;
mod weeks;
pub(super) mod words;

use super::layout::within;
use super::look::Look;
use super::{page_words, words as ui_words};
use crate::app::runtime::archive::{Answer, Archive, ExportKind};
use crate::app::ui::keys::is_left;
use crate::exercise::ExerciseDef;
use crate::history::session::SessionRecord;
use crate::history::store::SessionLine;
use crate::history::trend::Trend;
use eframe::egui;
use egui::{Rect, RichText, ScrollArea, Ui};
use jiff::civil::Date;
use std::path::PathBuf;
use std::sync::Arc;

/// What is shown beside the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Session,
    Trend,
}

/// What is asked before it is done.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Doubt {
    Delete(String),
    DeleteAll,
}

/// The page, with what it has read.
pub struct History {
    archive: Archive,
    person: String,
    today: Date,
    side: Side,
    lines: Vec<SessionLine>,
    session: Option<SessionRecord>,
    /// Another session to compare with.
    other: Option<SessionRecord>,
    exercise: Option<String>,
    trend: Option<Trend>,
    doubt: Option<Doubt>,
    /// What the person writes, until it is kept.
    note: String,
    /// What was written out last, or what went wrong.
    said: Option<String>,
    /// Where files are written to.
    out: PathBuf,
}

impl History {
    /// Opens the page.
    pub fn open(archive: Archive, person: &str, out: PathBuf) -> Self {
        let mut page = Self {
            archive,
            person: person.to_owned(),
            today: jiff::Zoned::now().date(),
            side: Side::Session,
            lines: Vec::new(),
            session: None,
            other: None,
            exercise: None,
            trend: None,
            doubt: None,
            note: String::new(),
            said: None,
            out,
        };
        page.read_list();
        if let Some(newest) = page.lines.first().map(|line| line.id.clone()) {
            page.choose(&newest);
        }
        page
    }

    fn read_list(&mut self) {
        let lines = self.archive.sessions(&self.person);
        self.lines = self.take(lines).unwrap_or_default();
    }

    fn take<T>(&mut self, answer: Answer<T>) -> Option<T> {
        match answer {
            Ok(value) => Some(value),
            Err(why) => {
                self.said = Some(page_words::did_not_work(&why));
                None
            }
        }
    }

    fn choose(&mut self, id: &str) {
        let session = self.archive.session(id);
        self.session = self.take(session);
        self.note = self.session.as_ref().and_then(|session| session.note.clone()).unwrap_or_default();
        self.other = None;
        self.doubt = None;
        if self.exercise.is_none() {
            let mut sets = self.session.iter().flat_map(|session| &session.sets);
            let first = sets.find_map(|set| set.summary.exercise.clone());
            if let Some(first) = first {
                self.choose_exercise(&first);
            }
        }
    }

    fn choose_exercise(&mut self, id: &str) {
        let trend = self.archive.trend(&self.person, id);
        self.trend = self.take(trend).flatten();
        self.exercise = Some(id.to_owned());
    }

    /// Reads again what is shown, after a change.
    fn read_again(&mut self) {
        self.read_list();
        if let Some(id) = self.session.as_ref().map(|session| session.id.clone()) {
            let session = self.archive.session(&id);
            self.session = self.take(session);
        }
        if let Some(exercise) = self.exercise.clone() {
            self.choose_exercise(&exercise);
        }
    }

    /// Draws the page over `room`; `true` when it is to be closed. `exercises`: those there are.
    pub fn draw(&mut self, ui: &mut Ui, room: Rect, exercises: &[Arc<ExerciseDef>], look: Look) -> bool {
        let inner = room.shrink(look.px(14.0));
        let (left, right) = inner.split_left_right_at_fraction(0.4);
        let left = left.with_max_x(left.right() - look.px(14.0));
        let mut is_closed = is_left(ui) && self.doubt.take().is_none();
        within(ui, left, |ui| {
            ui.horizontal(|ui| {
                is_closed |= ui.button(ui_words::back()).clicked();
                ui.label(RichText::new(ui_words::history()).heading());
            });
            weeks::draw(ui, &self.lines, self.today, look);
            self.list(ui);
        });
        within(ui, right, |ui| {
            ui.horizontal(|ui| {
                for (side, text) in [(Side::Session, words::one_session()), (Side::Trend, words::one_exercise())] {
                    if ui.selectable_label(self.side == side, RichText::new(text).heading()).clicked() {
                        self.side = side;
                    }
                }
            });
            if let Some(said) = &self.said {
                ui.label(RichText::new(said).color(look.palette.remark));
            }
            match self.side {
                Side::Session => self.detail(ui, look),
                Side::Trend => self.trend_of(ui, exercises, look),
            }
        });
        is_closed
    }

    fn list(&mut self, ui: &mut Ui) {
        if self.lines.is_empty() {
            ui.label(words::nothing_kept());
            return;
        }
        let chosen = self.session.as_ref().map(|session| session.id.clone());
        let mut wanted = None;
        let footer = ui.spacing().interact_size.y * 1.4;
        let height = (ui.available_height() - footer).max(0.0);
        ScrollArea::vertical().auto_shrink([false, false]).max_height(height).show(ui, |ui| {
            for line in &self.lines {
                let text = words::session_line(line, self.today);
                if ui.selectable_label(chosen.as_deref() == Some(&line.id), text).clicked() {
                    wanted = Some(line.id.clone());
                }
            }
        });
        if let Some(id) = wanted {
            self.said = None;
            self.side = Side::Session;
            self.choose(&id);
        }
        self.delete_all(ui);
    }

    fn delete_all(&mut self, ui: &mut Ui) {
        ui.horizontal_wrapped(|ui| {
            if self.doubt != Some(Doubt::DeleteAll) {
                if ui.button(words::delete_all()).clicked() {
                    self.doubt = Some(Doubt::DeleteAll);
                }
                return;
            }
            ui.label(words::delete_all_sure());
            if ui.button(words::delete_all_yes()).clicked() {
                let done = self.archive.delete_all();
                if self.take(done).is_some() {
                    (self.session, self.other, self.trend, self.exercise) = (None, None, None, None);
                    self.said = None;
                }
                self.doubt = None;
                self.read_list();
            }
            if ui.button(page_words::keep()).clicked() {
                self.doubt = None;
            }
        });
    }

    /// Writes the shown session out, and says where.
    fn write_out(&mut self, kind: ExportKind) {
        let Some(id) = self.session.as_ref().map(|session| session.id.clone()) else { return };
        let written = self.archive.export(&id, kind, &self.out);
        if let Some(files) = self.take(written) {
            let paths: Vec<String> = files.iter().map(|path| path.display().to_string()).collect();
            self.said = Some(words::written(&paths.join(", ")));
        }
    }
}
