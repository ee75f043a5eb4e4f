//! A film that was dropped on the window: which exercise, how far it is, what came out.

use super::keys::is_left;
use super::layout::within;
use super::look::Look;
use super::{page_words as words, words as ui_words};
use crate::app::runtime::film_job::{Analysed, FilmJob};
use crate::app::runtime::live::Waker;
use crate::base::language::translated;
use crate::counting::retold;
use crate::exercise::ExerciseDef;
use eframe::egui;
use egui::{ComboBox, ProgressBar, Rect, RichText, ScrollArea, TextEdit, Ui};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The page.
pub struct FilmPage {
    path: PathBuf,
    /// Which exercise; `None`: to be recognised.
    exercise: Option<String>,
    job: Option<FilmJob>,
    result: Option<Result<Analysed, String>>,
    /// That it was kept, or why not.
    kept: Option<Result<(), String>>,
}

impl FilmPage {
    /// Opens the page on a film.
    pub fn of(path: PathBuf) -> Self {
        Self { path, exercise: None, job: None, result: None, kept: None }
    }

    /// Draws the page over `room`; `true` when it is to be closed. `keep_in`: the data folder and whose it is.
    pub fn draw(
        &mut self,
        ui: &mut Ui,
        room: Rect,
        exercises: &[Arc<ExerciseDef>],
        keep_in: Option<(&Path, &str)>,
        look: Look,
    ) -> bool {
        if let Some(result) = self.job.as_ref().and_then(FilmJob::result) {
            (self.job, self.result) = (None, Some(result));
        }
        let mut is_closed = is_left(ui);
        within(ui, room.shrink(look.px(20.0)), |ui| {
            ui.horizontal(|ui| {
                is_closed |= ui.button(ui_words::back()).clicked();
                let name = self.path.file_name().map(|name| name.to_string_lossy().into_owned());
                ui.label(RichText::new(name.unwrap_or_else(ui_words::film)).heading());
            });
            if self.job.is_none() {
                self.which(ui);
            }
            if self.job.is_some() {
                self.under_way(ui);
            } else {
                self.before(ui, exercises);
            }
            match &self.result {
                None => (),
                Some(Err(why)) => _ = ui.label(RichText::new(words::did_not_work(why)).color(look.palette.remark)),
                Some(Ok(result)) => {
                    ScrollArea::vertical().show(ui, |ui| outcome(ui, result));
                    keep(ui, result, &mut self.kept, keep_in);
                }
            }
        });
        is_closed
    }

    /// The film by its path: for those who cannot drop one.
    fn which(&mut self, ui: &mut Ui) {
        let mut typed = self.path.display().to_string();
        let label = ui.label(words::film_path());
        let written = ui.add(TextEdit::singleline(&mut typed).desired_width(f32::INFINITY)).labelled_by(label.id);
        if written.changed() {
            // As file managers copy it.
            let plain = typed.trim().trim_matches(['"', '\'']).trim_start_matches(words::FILE_SCHEME);
            *self = Self::of(PathBuf::from(plain));
        }
    }

    fn before(&mut self, ui: &mut Ui, exercises: &[Arc<ExerciseDef>]) {
        ui.horizontal(|ui| {
            let label = ui.label(words::which_exercise());
            let title = |id: &String| exercises.iter().find(|def| def.id == *id).map(|def| translated(&def.title));
            let shown = self.exercise.as_ref().and_then(title).unwrap_or_else(words::film_recognise);
            let combo = ComboBox::from_id_salt(50).selected_text(shown).show_ui(ui, |ui| {
                ui.selectable_value(&mut self.exercise, None, words::film_recognise());
                for def in exercises {
                    ui.selectable_value(&mut self.exercise, Some(def.id.clone()), translated(&def.title));
                }
            });
            combo.response.labelled_by(label.id);
            let is_there = !self.path.as_os_str().is_empty();
            if ui.add_enabled(is_there, egui::Button::new(words::film_analyse())).clicked() {
                let mut wanted = exercises.to_vec();
                wanted.retain(|def| self.exercise.as_ref().is_none_or(|id| def.id == *id));
                let ctx = ui.ctx().clone();
                let waker: Waker = Arc::new(move || ctx.request_repaint());
                (self.result, self.kept) = (None, None);
                match FilmJob::start(self.path.clone(), wanted, waker) {
                    Ok(job) => self.job = Some(job),
                    Err(e) => self.result = Some(Err(e.to_string())),
                }
            }
        });
    }

    fn under_way(&mut self, ui: &mut Ui) {
        let share = self.job.as_ref().and_then(FilmJob::share);
        let bar = share
            .map_or_else(|| ProgressBar::new(0.0).animate(true), |share| ProgressBar::new(share).show_percentage());
        ui.add(bar);
        if ui.button(words::film_stop()).clicked() {
            self.job = None;
        }
    }
}

fn outcome(ui: &mut Ui, result: &Analysed) {
    let summary = &result.set.summary;
    let Some(plan) = &result.plan else {
        ui.label(words::film_nothing());
        return;
    };
    ui.label(RichText::new(words::film_counted(&translated(&plan.exercise.title), summary)).heading());
    if let Some(because) = &summary.not_counted_because {
        ui.label(retold::because(because));
    }
    // What was odd about the film.
    for notice in &summary.source.notices {
        ui.label(notice);
    }
    for rep in &summary.repetitions {
        ui.label(words::film_repetition(rep));
    }
}

fn keep(ui: &mut Ui, result: &Analysed, kept: &mut Option<Result<(), String>>, keep_in: Option<(&Path, &str)>) {
    let Some((folder, person)) = keep_in.filter(|_| result.plan.is_some()) else { return };
    match kept {
        Some(Ok(())) => _ = ui.label(words::film_kept()),
        Some(Err(why)) => _ = ui.label(words::did_not_work(why)),
        None => {
            if ui.button(words::film_keep()).clicked() {
                *kept = Some(result.keep(folder, person));
            }
        }
    }
}
