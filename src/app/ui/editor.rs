//! Puts a routine together: which exercises in which order, how often, how long, with how much rest. What is kept is the
//! person's own, beside what comes with the program.

use super::buttons::named;
use super::keys::is_left;
use super::layout::within;
use super::look::Look;
use super::{page_words, words};
use crate::base::language::translated;
use crate::base::plain::without_umlauts;
use crate::base::skeleton::Side;
use crate::exercise::library::{Library, Shelf, is_variant};
use crate::exercise::routine::{RoutineDef, Step};
use crate::exercise::{ExerciseDef, Mode};
use eframe::egui;
use egui::{ComboBox, DragValue, Rect, RichText, ScrollArea, TextEdit, Ui};
use std::sync::Arc;

/// Longest title of a routine, and longest id, characters.
const LONGEST_TITLE: usize = 60;
/// Most sets, repetitions and seconds that the page offers.
const MOST_SETS: u32 = 20;
const MOST_REPS: u32 = 100;
const MOST_S: f64 = 900.0;
/// Rest after an exercise that was added, seconds.
const USUAL_REST_S: f64 = 30.0;

/// The page.
pub struct Editor {
    draft: RoutineDef,
    /// As it was opened.
    before: RoutineDef,
    /// It is one of the person's own already.
    is_own: bool,
    /// What is wrong with it.
    problem: Option<String>,
    /// It is to be deleted, if the person means it.
    is_doubted: bool,
}

/// What is done to a step.
enum Change {
    Up(usize),
    Down(usize),
    Out(usize),
}

impl Editor {
    /// Opens the page on a routine. One that comes with the program is changed as a copy that takes its place.
    pub fn of(routine: &RoutineDef, shelf: &Shelf) -> Self {
        let is_own = shelf.own_routines.contains(&routine.id);
        Self { draft: routine.clone(), before: routine.clone(), is_own, problem: None, is_doubted: false }
    }

    /// Draws the page over `room`; `true` when it is to be closed.
    pub fn draw(&mut self, ui: &mut Ui, room: Rect, shelf: &Shelf, library: &Library, look: Look) -> bool {
        let inner = room.shrink(look.px(16.0));
        let mut is_closed = is_left(ui);
        within(ui, inner, |ui| {
            is_closed |= self.head(ui, library);
            if let Some(problem) = &self.problem {
                ui.label(RichText::new(problem).color(look.palette.remark));
            }
            ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
                self.steps(ui, shelf, look);
                self.add(ui, shelf);
            });
        });
        is_closed
    }

    /// Title, length, and what is done with it; `true` when the page is to be closed.
    fn head(&mut self, ui: &mut Ui, library: &Library) -> bool {
        let mut is_closed = false;
        ui.horizontal(|ui| {
            let label = ui.label(page_words::routine_title());
            let mut title = translated(&self.draft.title);
            let edit = TextEdit::singleline(&mut title).char_limit(LONGEST_TITLE);
            if ui.add(edit.desired_width(ui.available_width() * 0.5)).labelled_by(label.id).changed() {
                self.draft.title = title;
            }
            ui.label(words::routine(&self.draft));
        });
        ui.horizontal_wrapped(|ui| {
            let is_changed = self.draft != self.before;
            if ui.add_enabled(is_changed, egui::Button::new(page_words::keep_routine())).clicked() {
                self.problem = library.keep(&self.draft).err();
                is_closed = self.problem.is_none();
            }
            if ui.button(page_words::keep_as_new()).clicked() {
                let mut new = self.draft.clone();
                new.id = free_id(&new.title, &library.shelf());
                self.problem = library.keep(&new).err();
                is_closed = self.problem.is_none();
            }
            is_closed |= ui.button(page_words::not_changed()).clicked();
            if !self.is_own {
                return;
            }
            if !self.is_doubted {
                self.is_doubted = ui.button(page_words::delete_routine()).clicked();
                return;
            }
            ui.label(page_words::delete_routine_sure());
            if ui.button(page_words::delete_routine_yes()).clicked() {
                self.problem = library.delete(&self.draft.id).err();
                is_closed = self.problem.is_none();
            }
        });
        is_closed
    }

    fn steps(&mut self, ui: &mut Ui, shelf: &Shelf, look: Look) {
        let mut change = None;
        let last = self.draft.steps.len().saturating_sub(1);
        for (i, step) in self.draft.steps.iter_mut().enumerate() {
            ui.push_id(i, |ui| {
                ui.separator();
                ui.horizontal(|ui| {
                    let title = translated(&step.exercise.title);
                    let buttons = [
                        (page_words::up(), page_words::step_up(&title), i > 0, Change::Up(i)),
                        (page_words::down(), page_words::step_down(&title), i < last, Change::Down(i)),
                        (page_words::out(), page_words::step_out(&title), last > 0, Change::Out(i)),
                    ];
                    for (text, name, is_enabled, what) in buttons {
                        if named(ui, text, &name, is_enabled) {
                            change = Some(what);
                        }
                    }
                    ui.label(RichText::new(page_words::numbered(i + 1, &title)).strong());
                });
                ui.horizontal_wrapped(|ui| {
                    variant(ui, step, shelf);
                    numbers(ui, step, i == last);
                });
                if let Some(note) = &step.note {
                    ui.label(RichText::new(translated(note)).small().color(look.palette.muted));
                }
            });
        }
        match change {
            Some(Change::Up(i)) => self.draft.steps.swap(i, i - 1),
            Some(Change::Down(i)) => self.draft.steps.swap(i, i + 1),
            Some(Change::Out(i)) => _ = self.draft.steps.remove(i),
            None => (),
        }
    }

    fn add(&mut self, ui: &mut Ui, shelf: &Shelf) {
        ui.separator();
        ui.horizontal(|ui| {
            let label = ui.label(page_words::add_exercise());
            let combo = ComboBox::from_id_salt(30).selected_text(page_words::pick_exercise()).show_ui(ui, |ui| {
                for def in &shelf.exercises {
                    if ui.selectable_label(false, translated(&def.title)).clicked() {
                        self.draft.steps.push(step_of(def));
                    }
                }
            });
            combo.response.labelled_by(label.id);
        });
    }
}

/// The same exercise on the floor, standing or sitting, where there is one.
fn variant(ui: &mut Ui, step: &mut Step, shelf: &Shelf) {
    let of_it: Vec<_> = shelf.exercises.iter().filter(|def| is_variant(def, &step.exercise)).collect();
    if of_it.len() < 2 {
        return;
    }
    let label = ui.label(page_words::step_variant());
    let mut chosen = Arc::clone(&step.exercise);
    let combo = ComboBox::from_id_salt(32).selected_text(translated(&chosen.title)).show_ui(ui, |ui| {
        for def in of_it {
            if ui.selectable_label(def.id == chosen.id, translated(&def.title)).clicked() {
                chosen = Arc::clone(def);
            }
        }
    });
    combo.response.labelled_by(label.id);
    if chosen.id != step.exercise.id {
        // Targets stay; limits of the range, sides and words are those of the other one.
        *step =
            Step { only_side: None, least_range: None, most_range: None, note: None, exercise: chosen, ..step.clone() };
    }
}

/// Sets, repetitions, seconds, sides and rests of a step.
fn numbers(ui: &mut Ui, step: &mut Step, is_last: bool) {
    let number = |ui: &mut Ui, name: String, value: &mut u32, most: u32| {
        let label = ui.label(name);
        ui.add(DragValue::new(value).range(1..=most)).labelled_by(label.id);
    };
    number(ui, page_words::step_sets(), &mut step.sets, MOST_SETS);
    if step.exercise.mode != Mode::Duration {
        number(ui, page_words::step_reps(step.exercise.has_sides()), &mut step.target.reps, MOST_REPS);
    }
    let seconds = |ui: &mut Ui, name: String, value: &mut f64, least: f64| {
        let label = ui.label(name);
        let drag = DragValue::new(value).range(least..=MOST_S).max_decimals(0).suffix(page_words::SECONDS);
        ui.add(drag).labelled_by(label.id);
    };
    if step.exercise.mode != Mode::Reps {
        seconds(ui, page_words::step_hold(), &mut step.target.hold_s, 1.0);
    }
    if step.exercise.has_one_sided_mode() {
        let label = ui.label(page_words::step_sides());
        let combo = ComboBox::from_id_salt(31).selected_text(page_words::sides(step.only_side)).show_ui(ui, |ui| {
            for sides in [None, Some(Side::Left), Some(Side::Right)] {
                ui.selectable_value(&mut step.only_side, sides, page_words::sides(sides));
            }
        });
        combo.response.labelled_by(label.id);
    }
    if step.sets > 1 {
        seconds(ui, page_words::step_rest(), &mut step.rest_s, 0.0);
    }
    if !is_last {
        seconds(ui, page_words::step_rest_after(), &mut step.rest_after_s, 0.0);
    }
}

/// An exercise as a step: with the targets of its file.
fn step_of(def: &Arc<ExerciseDef>) -> Step {
    Step {
        exercise: Arc::clone(def),
        sets: 1,
        target: def.target,
        only_side: None,
        rest_s: USUAL_REST_S,
        rest_after_s: USUAL_REST_S,
        least_range: None,
        most_range: None,
        note: None,
    }
}

/// An id for a title that no routine has: letters, digits and underscores.
fn free_id(title: &str, shelf: &Shelf) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' };
    let spelled = without_umlauts(title);
    let mut base: String = spelled.chars().map(plain).collect::<String>().trim_matches('_').to_owned();
    if !base.starts_with(|c: char| c.is_ascii_alphabetic()) {
        base.insert_str(0, page_words::MY);
    }
    let is_taken = |id: &String| shelf.routines.iter().any(|routine| routine.id == *id);
    let numbered = (2..).map(|n| format!("{base}_{n}"));
    std::iter::once(base.clone()).chain(numbered).find(|id| !is_taken(id)).unwrap_or(base)
}
