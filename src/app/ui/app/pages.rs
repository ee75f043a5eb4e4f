//! The pages outside a session: which is shown, and what is done with what they ask for.

use super::{App, Page};
use crate::app::runtime::view::{CoachStage, CoachView, Command, LiveView, RoutineChoice};
use crate::app::settings::Settings;
use crate::app::ui::before::{Before, Decided};
use crate::app::ui::editor::Editor;
use crate::app::ui::film_page::FilmPage;
use crate::app::ui::first::{self, First};
use crate::app::ui::hear::{self, Answered, Unheard};
use crate::app::ui::history::History;
use crate::app::ui::home::{self, Asked};
use crate::app::ui::kept::{documents, habit, people, save_calendar};
use crate::app::ui::keys::is_left;
use crate::app::ui::layout::within;
use crate::app::ui::look::Look;
use crate::app::ui::proposal::{self, Proposal};
use crate::app::ui::settings_page::{self, SettingsPage};
use crate::app::ui::words;
use crate::exercise::routine::Step;
use eframe::egui;
use egui::Ui;
use std::path::PathBuf;
use std::sync::Arc;

/// A routine begins gently until somebody has so many sessions behind them.
const GENTLE_SESSIONS: usize = 3;

impl App {
    /// Looks, once a session is over, whether a little more may be proposed.
    pub(super) fn look_for_proposal(&mut self, coach: &CoachView) {
        if coach.stage != CoachStage::Summary || std::mem::replace(&mut self.after.has_looked, true) {
            return;
        }
        let found = coach.routine.as_ref().zip(self.control.archive()).and_then(|(routine, archive)| {
            Proposal::find(routine, &self.shelf, &archive, &self.settings, jiff::Zoned::now().date())
        });
        self.after.proposal = found;
    }

    pub(super) fn answer(&mut self, answer: proposal::Answer) {
        let Some(proposal) = self.after.proposal.take() else { return };
        let mut settings = self.settings.clone();
        let done = proposal.answer(answer, self.control.library(), &mut settings, jiff::Zoned::now().date());
        self.remember(settings);
        if let Err(why) = done {
            self.not_kept = Some(words::settings_not_kept(&why));
        }
    }

    pub(super) fn draw_page(&mut self, ui: &mut Ui, room: egui::Rect, view: &LiveView, is_resting: bool, look: Look) {
        match std::mem::replace(&mut self.page, Page::Home) {
            Page::Home => self.draw_home(ui, room, view, is_resting, look),
            Page::Settings(page) => self.draw_settings(ui, room, page, look),
            Page::First(first) => match first.draw(ui, room, view, &self.picture, look) {
                None => self.page = Page::First(first),
                Some(first::Step::Back) => self.page = Page::First(first.before()),
                Some(first::Step::Next) => match first.next() {
                    Some(next) => self.page = Page::First(next),
                    None => self.remember(Settings { introduced: true, ..self.settings.clone() }),
                },
                Some(first::Step::Send(command)) => {
                    self.page = Page::First(first);
                    self.ask_or_mute(command);
                }
            },
            Page::Before(before) => self.draw_before(ui, room, view, before, look),
            Page::Unheard(unheard) => self.draw_unheard(ui, room, view, unheard, look),
            Page::Edit(mut editor) => {
                let is_closed = editor.draw(ui, room, &self.shelf, self.control.library(), look);
                if !is_closed {
                    self.page = Page::Edit(editor);
                }
            }
            Page::Film(mut page) => {
                let folder = self.control.archive().map(|archive| archive.folder().to_owned());
                let keep_in = folder.as_deref().map(|folder| (folder, self.settings.person.as_str()));
                if !page.draw(ui, room, &self.shelf.exercises, keep_in, look) {
                    self.page = Page::Film(page);
                }
            }
            Page::History(mut page) => {
                if !page.draw(ui, room, &self.shelf.exercises, look) {
                    self.page = Page::History(page);
                }
            }
        }
    }

    fn draw_before(&mut self, ui: &mut Ui, room: egui::Rect, view: &LiveView, mut before: Before, look: Look) {
        let shelf = Arc::clone(&self.shelf);
        let Some(routine) = shelf.routines.iter().find(|routine| routine.id == before.choice.routine) else { return };
        let decided = before.draw(ui, room, view, routine, look);
        let warm_up = before.choice.has_warm_up;
        match decided {
            Some(Decided::Start) => {
                let lies_down = |(i, step): (usize, &Step)| {
                    !before.choice.left_out.contains(&i) && step.exercise.posture.is_on_the_floor()
                };
                let is_on_the_floor = routine.steps.iter().enumerate().any(lies_down);
                self.begin_heard(Command::Begin(before.choice), is_on_the_floor);
            }
            Some(Decided::Back) => (),
            Some(Decided::Send(command)) => {
                self.page = Page::Before(before);
                self.ask_or_mute(command);
            }
            None => self.page = Page::Before(before),
        }
        self.home.has_warm_up = warm_up;
        self.remember(Settings { warm_up, ..self.settings.clone() });
    }

    /// A routine asks something first; an exercise begins.
    pub(super) fn begin(&mut self, command: Command) {
        match command {
            Command::Begin(choice) => {
                // The first times are gentle ones, unless somebody wants otherwise.
                let is_gentle = self.habit.sessions < GENTLE_SESSIONS;
                self.page = Page::Before(Before { choice: RoutineChoice { is_gentle, ..choice } });
            }
            Command::Start => self.begin_heard(Command::Start, self.view.exercise.posture.is_on_the_floor()),
            command => self.ask(command),
        }
    }

    /// Begins, after a question where somebody will lie down and hear nothing.
    fn begin_heard(&mut self, command: Command, is_on_the_floor: bool) {
        if is_on_the_floor && self.view.sound.is_silent() {
            self.page = Page::Unheard(Unheard { command });
        } else {
            self.ask(command);
        }
    }

    fn draw_unheard(&mut self, ui: &mut Ui, room: egui::Rect, view: &LiveView, unheard: Unheard, look: Look) {
        match hear::unheard(ui, room, view, look) {
            None => self.page = Page::Unheard(unheard),
            Some(Answered::Back) => (),
            Some(Answered::Begin) => self.ask(unheard.command),
            Some(Answered::Unmute) => {
                self.mute(false);
                self.ask(unheard.command);
            }
        }
    }

    /// Asks for something; silence is remembered as well.
    pub(super) fn ask_or_mute(&mut self, command: Command) {
        match command {
            Command::Mute(muted) => self.mute(muted),
            command => self.ask(command),
        }
    }

    fn open_history(&mut self) {
        if let Some(archive) = self.control.archive() {
            self.page = Page::History(Box::new(History::open(archive, &self.settings.person, documents())));
        }
    }

    fn draw_settings(&mut self, ui: &mut Ui, room: egui::Rect, mut page: SettingsPage, look: Look) {
        let mut settings = self.settings.clone();
        let folder = self.control.archive().map(|archive| archive.folder().to_owned());
        let asked = within(ui, room.shrink(look.px(24.0)), |ui| page.draw(ui, &mut settings, folder.as_deref()));
        match asked {
            _ if is_left(ui) => (),
            Some(settings_page::Asked::Close) => (),
            Some(settings_page::Asked::TestVoice) => {
                self.ask(Command::TestVoice);
                self.page = Page::Settings(page);
            }
            Some(settings_page::Asked::First) => self.page = Page::First(First::default()),
            Some(settings_page::Asked::Calendar) => {
                let routine = self.shelf.routines.iter().find(|routine| routine.id == self.home.routine());
                page.calendar = routine.map(|routine| save_calendar(&documents(), routine, &settings));
                self.page = Page::Settings(page);
            }
            None => self.page = Page::Settings(page),
        }
        if settings.person != self.settings.person {
            self.people = people(self.control.as_ref(), &settings.person);
        }
        if settings != self.settings {
            self.remember(settings);
            self.habit = habit(self.control.as_ref(), &self.settings);
        }
    }

    fn draw_home(&mut self, ui: &mut Ui, room: egui::Rect, view: &LiveView, is_resting: bool, look: Look) {
        let is_mirrored = self.is_mirrored();
        let before = self.home.clone();
        let shelf = Arc::clone(&self.shelf);
        let means = home::Means {
            trouble: self.not_kept.clone(),
            routines: &shelf.routines,
            people: &self.people,
            has_archive: self.control.archive().is_some(),
            is_resting,
            habit: &self.habit,
            person: &self.settings.person,
            exercises: &shelf.exercises,
            troubles: &shelf.troubles,
            cameras: &self.cameras,
            picture: &self.picture,
            is_mirrored,
            look,
        };
        for asked in self.home.draw(ui, room, view, &means) {
            match asked {
                Asked::Send(Command::Mute(muted)) => self.mute(muted),
                Asked::Send(command) => {
                    match &command {
                        Command::ChooseCamera(name) => {
                            self.remember(Settings { camera: name.clone(), ..self.settings.clone() });
                        }
                        Command::ChooseExercise(id) => {
                            self.remember(Settings { exercise: id.clone(), ..self.settings.clone() });
                        }
                        _ => (),
                    }
                    self.begin(command);
                }
                Asked::Edit(id) => {
                    if let Some(routine) = shelf.routines.iter().find(|routine| routine.id == id) {
                        self.page = Page::Edit(Box::new(Editor::of(routine, &shelf)));
                    }
                }
                Asked::Mirror => self.remember(Settings { mirror: Some(!is_mirrored), ..self.settings.clone() }),
                Asked::Person(person) => {
                    self.remember(Settings { person, ..self.settings.clone() });
                    self.habit = habit(self.control.as_ref(), &self.settings);
                }
                Asked::Settings => self.page = Page::Settings(SettingsPage::default()),
                Asked::History => self.open_history(),
                Asked::Film => self.page = Page::Film(Box::new(FilmPage::of(PathBuf::new()))),
            }
        }
        if self.home != before {
            let mut settings = self.settings.clone();
            self.home.remember(&mut settings);
            self.remember(settings);
        }
    }
}
