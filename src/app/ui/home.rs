//! Home: today's routine or one exercise, what to know before, and a large start button.

use super::buttons::{self, Kind, Wish};
use super::dates::WeekDay;
use super::kept::Habit;
use super::layout::{cut_bottom, within};
use super::look::{self, Look};
use super::picture::Picture;
use super::text::{self, Weight};
use super::{page_words, words};
use crate::app::runtime::view::{Command, LiveStatus, LiveView, RoutineChoice};
use crate::app::settings::Settings;
use crate::base::language::translated;
use crate::exercise::library::is_variant;
use crate::exercise::routine::RoutineDef;
use crate::exercise::{ExerciseDef, Mode};
use eframe::egui;
use egui::{ComboBox, Rect, RichText, ScrollArea, Ui};
use std::sync::Arc;

/// The routine that is offered first.
const USUAL_ROUTINE: &str = "upper_back";
/// What is chosen on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// A routine, by its id.
    Routine(String),
    /// One exercise.
    Exercise,
}

/// The page and what was chosen on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Home {
    /// What is chosen.
    pub choice: Choice,
    /// Steps of the routine that are left out today.
    pub left_out: Vec<usize>,
    /// Warm up first.
    pub has_warm_up: bool,
}

impl Home {
    /// The page as it was left.
    pub fn of(settings: &Settings, routines: &[RoutineDef]) -> Self {
        let is_there = |id: &str| routines.iter().any(|routine| routine.id == id);
        // The whole routine is what the program is about.
        let routine =
            [settings.routine.as_str(), USUAL_ROUTINE].into_iter().find(|id| is_there(id)).unwrap_or_default();
        let is_single = settings.routine.is_empty() && !settings.exercise.is_empty();
        let choice = if is_single { Choice::Exercise } else { Choice::Routine(routine.to_owned()) };
        Self { choice, left_out: Vec::new(), has_warm_up: settings.warm_up }
    }

    /// Id of the routine that is chosen, or would be.
    pub fn routine(&self) -> &str {
        match &self.choice {
            Choice::Routine(id) => id,
            Choice::Exercise => USUAL_ROUTINE,
        }
    }

    /// What is to be remembered of it.
    pub fn remember(&self, settings: &mut Settings) {
        settings.warm_up = self.has_warm_up;
        match &self.choice {
            Choice::Routine(id) => settings.routine.clone_from(id),
            Choice::Exercise => settings.routine.clear(),
        }
    }
}

/// What the page draws with.
pub struct Means<'a> {
    /// Routines to pick from.
    pub routines: &'a [RoutineDef],
    /// Names to pick from, and the one that is chosen.
    pub people: &'a [String],
    /// See `people`.
    pub person: &'a str,
    /// What that person did last and does next.
    pub habit: &'a Habit,
    /// Nobody has done anything for a while: the picture stands still, and says so.
    pub is_resting: bool,
    /// There is a place where sessions are kept.
    pub has_archive: bool,
    /// Exercises to pick from.
    pub exercises: &'a [Arc<ExerciseDef>],
    /// What is wrong with the person's own files.
    pub troubles: &'a [String],
    /// Cameras by name.
    pub cameras: &'a [String],
    /// The camera picture.
    pub picture: &'a Picture,
    /// The picture is drawn as in a mirror.
    pub is_mirrored: bool,
    /// What the window itself could not do.
    pub trouble: Option<String>,
    /// How it looks.
    pub look: Look,
}

/// What the page asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Asked {
    /// Of the program.
    Send(Command),
    /// The mirror switch.
    Mirror,
    /// Sessions are somebody else's from now on.
    Person(String),
    /// The sheet of settings.
    Settings,
    /// What was done.
    History,
    /// A film.
    Film,
    /// Changes the routine of this id.
    Edit(String),
}

impl Home {
    /// What the start button asks for; `None` where nothing can begin.
    pub fn start(&self, view: &LiveView, routines: &[RoutineDef]) -> Option<Command> {
        if !matches!(view.status, LiveStatus::Idle | LiveStatus::Finished) {
            return None;
        }
        match &self.choice {
            Choice::Exercise => Some(Command::Start),
            Choice::Routine(id) => {
                let routine = routines.iter().find(|routine| routine.id == *id)?;
                let is_something_left = (0..routine.steps.len()).any(|step| !self.left_out.contains(&step));
                is_something_left.then(|| {
                    Command::Begin(RoutineChoice {
                        routine: routine.id.clone(),
                        left_out: self.left_out.clone(),
                        is_gentle: false,
                        has_warm_up: self.has_warm_up,
                        pain_before: None,
                    })
                })
            }
        }
    }

    /// Draws the page over `room`; returns what was asked for.
    pub fn draw(&mut self, ui: &mut Ui, room: Rect, view: &LiveView, means: &Means<'_>) -> Vec<Asked> {
        let look = means.look;
        let mut asked = Vec::new();
        let mut rest = room.shrink(look.px(12.0));
        let print = cut_bottom(&mut rest, look.px(22.0), look.px(4.0));
        let height = rest.height() * 0.16;
        let start = cut_bottom(&mut rest, height, look.px(10.0));
        let (left, right) = rest.split_left_right_at_fraction(0.56);
        let left = left.with_max_x(left.right() - look.px(12.0));
        within(ui, left, |ui| self.choices(ui, view, means, &mut asked));
        self.right(ui, right, view, means, &mut asked);
        let what = self.start(view, means.routines);
        let wish = Wish { text: words::start(), key: words::KEY_GO.to_owned(), kind: Kind::Main, asks: what.clone() };
        let pressed = ui.add_enabled_ui(what.is_some(), |ui| buttons::row(ui, start, &[wish], look)).inner;
        asked.extend(pressed.flatten().map(Asked::Send));
        let text = means.trouble.clone().or_else(|| words::trouble(view)).unwrap_or_else(words::home_keys);
        text::big_text(ui, print, &text, &text, look.palette.muted, print.height(), Weight::Plain);
        asked
    }

    fn choices(&mut self, ui: &mut Ui, view: &LiveView, means: &Means<'_>, asked: &mut Vec<Asked>) {
        if let Some(offer) = &view.keeping.offer {
            ui.label(RichText::new(words::unfinished(offer)).color(means.look.palette.remark));
            ui.horizontal(|ui| {
                for (text, command) in [
                    (words::continue_session(), Command::ResumeSession),
                    (words::close_session(), Command::CloseSession),
                ] {
                    if ui.button(text).clicked() {
                        if command == Command::ResumeSession {
                            self.leave_out_what_is_done(&offer.done, means.routines);
                        }
                        asked.push(Asked::Send(command));
                    }
                }
            });
            ui.separator();
        }
        who(ui, means, asked);
        ui.horizontal(|ui| {
            let is_single = self.choice == Choice::Exercise;
            for (text, is_of_single) in [(words::routines(), false), (words::single(), true)] {
                let tab = ui.selectable_label(is_single == is_of_single, RichText::new(text).heading());
                if tab.clicked() && is_single != is_of_single {
                    self.choice =
                        if is_of_single { Choice::Exercise } else { Choice::Routine(USUAL_ROUTINE.to_owned()) };
                    self.left_out.clear();
                }
            }
        });
        ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| match self.choice.clone() {
            Choice::Exercise => single(ui, view, means, asked),
            Choice::Routine(chosen) => self.routines(ui, &chosen, means, asked),
        });
    }

    /// Of the routine that is chosen, what was done in a session that goes on is left out.
    fn leave_out_what_is_done(&mut self, done: &[String], routines: &[RoutineDef]) {
        let Choice::Routine(id) = &self.choice else { return };
        let Some(routine) = routines.iter().find(|routine| routine.id == *id) else { return };
        let mut done = done.to_vec();
        self.left_out.clear();
        for (i, step) in routine.steps.iter().enumerate() {
            let of_it = done.iter().filter(|id| **id == step.exercise.id).count();
            if of_it >= step.sets as usize {
                self.left_out.push(i);
                let mut taken = 0;
                done.retain(|id| {
                    let is_taken = *id == step.exercise.id && taken < step.sets;
                    taken += u32::from(is_taken);
                    !is_taken
                });
            }
        }
        if self.left_out.len() == routine.steps.len() {
            self.left_out.clear();
        }
    }

    fn routines(&mut self, ui: &mut Ui, chosen: &str, means: &Means<'_>, asked: &mut Vec<Asked>) {
        // The whole routine first: the others are parts and variants of it.
        let (usual, others): (Vec<_>, Vec<_>) = means.routines.iter().partition(|routine| routine.id == USUAL_ROUTINE);
        ui.horizontal_wrapped(|ui| {
            for routine in usual.into_iter().chain(others) {
                let is_chosen = chosen == routine.id;
                if ui.radio(is_chosen, translated(&routine.title)).on_hover_text(translated(&routine.summary)).clicked()
                    && !is_chosen
                {
                    self.choice = Choice::Routine(routine.id.clone());
                    self.left_out.clear();
                }
            }
        });
        if let Some(routine) = means.routines.iter().find(|routine| routine.id == chosen) {
            ui.separator();
            if self.steps(ui, routine) {
                asked.push(Asked::Edit(routine.id.clone()));
            }
        }
        for trouble in means.troubles {
            ui.label(RichText::new(trouble).small().color(means.look.palette.remark));
        }
    }

    /// Its steps, each to be left out; `true` when it is to be changed.
    fn steps(&mut self, ui: &mut Ui, routine: &RoutineDef) -> bool {
        let is_changed = ui
            .horizontal(|ui| {
                ui.label(RichText::new(words::routine(routine)).weak());
                ui.small_button(words::change_routine()).clicked()
            })
            .inner;
        ui.label(RichText::new(words::leave_out()).small().weak());
        for (i, step) in routine.steps.iter().enumerate() {
            let mut is_in = !self.left_out.contains(&i);
            let text = page_words::step(step);
            if ui.checkbox(&mut is_in, text).changed() {
                self.left_out.retain(|out| *out != i);
                if !is_in {
                    self.left_out.push(i);
                }
            }
        }
        is_changed
    }

    fn right(&mut self, ui: &mut Ui, room: Rect, view: &LiveView, means: &Means<'_>, asked: &mut Vec<Asked>) {
        let look = means.look;
        let (picture, below) = room.split_top_bottom_at_fraction(0.48);
        ui.painter().rect_filled(picture, look.corners(), look.palette.panel);
        let drawn = means.picture.draw(ui, picture, view, means.is_mirrored, look);
        let demo = view.is_demo.then(words::demo);
        let rests = means.is_resting.then(words::picture_rests);
        let trouble = words::on_picture(view).filter(|_| view.status != LiveStatus::Idle);
        if let Some(text) = trouble.or(rests).or_else(|| words::on_picture(view)).or(demo) {
            let strip = drawn.with_min_y(drawn.bottom() - drawn.height() * 0.3);
            ui.painter().rect_filled(strip, 0.0, look::DIM);
            text::big_text(ui, strip.shrink(look.px(6.0)), &text, &text, look::DARK.text, look.px(30.0), Weight::Bold);
        }
        let below = below.with_min_y(below.top() + look.px(8.0));
        within(ui, below, |ui| {
            ScrollArea::vertical().id_salt(2).auto_shrink([false, false]).show(ui, |ui| {
                camera(ui, view, means.cameras, asked);
                let mut is_mirrored = means.is_mirrored;
                if ui.checkbox(&mut is_mirrored, words::mirror()).changed() {
                    asked.push(Asked::Mirror);
                }
                sound(ui, view, asked);
                ui.horizontal_wrapped(|ui| {
                    let doors = [
                        (words::settings(), Asked::Settings, true),
                        (words::history(), Asked::History, means.has_archive),
                        (words::film(), Asked::Film, true),
                    ];
                    for (text, door, is_open) in doors {
                        if ui.add_enabled(is_open, egui::Button::new(text)).clicked() {
                            asked.push(door);
                        }
                    }
                });
                week(ui, &means.habit.week, look);
                for line in [&means.habit.next, &means.habit.last].into_iter().flatten() {
                    ui.label(line);
                }
                ui.label(RichText::new(words::drop_film()).small().weak());
                self.range(ui, view, asked);
            });
        });
    }

    fn range(&self, ui: &mut Ui, view: &LiveView, asked: &mut Vec<Asked>) {
        if self.choice != Choice::Exercise || view.is_recording || view.exercise.mode == Mode::Duration {
            return;
        }
        let (text, command) = match view.status {
            LiveStatus::Calibrating => (words::stop_measuring(), Command::StopMeasuring),
            LiveStatus::Idle | LiveStatus::Finished => (words::measure_range(), Command::Calibrate),
            _ => return,
        };
        if ui.button(text).clicked() {
            asked.push(Asked::Send(command));
        }
    }
}

/// Whose session it is: one tap, where there are several.
fn who(ui: &mut Ui, means: &Means<'_>, asked: &mut Vec<Asked>) {
    if means.people.len() < 2 {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        for name in means.people {
            if ui.selectable_label(name == means.person, page_words::person(name)).clicked() && name != means.person {
                asked.push(Asked::Person(name.clone()));
            }
        }
    });
}

/// This week as seven dots: filled where something was done, ringed where it is planned. Days without either are days.
fn week(ui: &mut Ui, days: &[WeekDay], look: Look) {
    if days.iter().all(|day| !day.is_done && !day.is_planned) {
        return;
    }
    let side = look.px(34.0);
    let (place, _) = ui.allocate_exact_size(egui::vec2(side * days.len() as f32, side), egui::Sense::hover());
    let p = look.palette;
    for (i, day) in days.iter().enumerate() {
        let centre = place.left_center() + egui::vec2(side * (i as f32 + 0.5), 0.0);
        let radius = side * 0.34;
        if day.is_done {
            ui.painter().circle_filled(centre, radius, p.progress);
        } else {
            let ink = if day.is_planned { p.progress } else { p.outline };
            ui.painter().circle_stroke(centre, radius, egui::Stroke::new(look.px(3.0), ink));
        }
        if day.is_today {
            let under =
                Rect::from_center_size(centre + egui::vec2(0.0, side * 0.47), egui::vec2(radius * 2.0, look.px(3.0)));
            ui.painter().rect_filled(under, 0.0, p.text);
        }
        let square = Rect::from_center_size(centre, egui::Vec2::splat(side));
        text::name(ui, square, &page_words::week_day(*day)).on_hover_text(page_words::week_day(*day));
    }
}

/// The exercises in the order of the whole routine, each with its variants; then those that are not in it.
fn in_order<'a>(exercises: &'a [Arc<ExerciseDef>], routines: &[RoutineDef]) -> Vec<(&'a Arc<ExerciseDef>, bool)> {
    let usual = routines.iter().find(|routine| routine.id == USUAL_ROUTINE);
    let mut left: Vec<&Arc<ExerciseDef>> = exercises.iter().collect();
    let mut order = Vec::new();
    for step in usual.into_iter().flat_map(|routine| &routine.steps) {
        let (own, others): (Vec<_>, Vec<_>) = left.into_iter().partition(|def| is_variant(def, &step.exercise));
        left = others;
        order.extend(own.into_iter().map(|def| (def, def.id != step.exercise.id)));
    }
    order.extend(left.into_iter().map(|def| (def, false)));
    order
}

/// The exercises, one of which is the next.
fn single(ui: &mut Ui, view: &LiveView, means: &Means<'_>, asked: &mut Vec<Asked>) {
    for (def, is_variant) in in_order(means.exercises, means.routines) {
        let is_chosen = view.exercise.id == def.id;
        let mut pick = |ui: &mut Ui| {
            if ui.radio(is_chosen, translated(&def.title)).clicked() && !is_chosen {
                asked.push(Asked::Send(Command::ChooseExercise(def.id.clone())));
            }
        };
        if is_variant {
            ui.indent(&def.id, pick);
        } else {
            pick(ui);
        }
    }
}

fn camera(ui: &mut Ui, view: &LiveView, cameras: &[String], asked: &mut Vec<Asked>) {
    let shown = match (view.is_recording, cameras.is_empty()) {
        (true, true) => words::no_camera(),
        (true, false) => words::pick_camera(),
        (false, _) => view.source_name.clone(),
    };
    ui.add_enabled_ui(!cameras.is_empty(), |ui| {
        ui.horizontal(|ui| {
            let label = ui.label(words::camera());
            let combo = ComboBox::from_id_salt(1).selected_text(&shown).width(ui.available_width()).truncate();
            let combo = combo.show_ui(ui, |ui| {
                for name in cameras {
                    if ui.selectable_label(*name == shown, name).clicked() && *name != shown {
                        asked.push(Asked::Send(Command::ChooseCamera(name.clone())));
                    }
                }
            });
            combo.response.labelled_by(label.id);
        });
    });
}

fn sound(ui: &mut Ui, view: &LiveView, asked: &mut Vec<Asked>) {
    ui.horizontal_wrapped(|ui| {
        let text = if view.sound.is_muted { words::unmute() } else { words::mute() };
        if ui.button(text).clicked() {
            asked.push(Asked::Send(Command::Mute(!view.sound.is_muted)));
        }
        ui.label(words::sound(view));
    });
}
