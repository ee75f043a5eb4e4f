//! After a routine: a little more next time, as a question that may be answered with no.

use super::page_words;
use crate::app::runtime::archive::Archive;
use crate::app::settings::Settings;
use crate::exercise::Target;
use crate::exercise::library::{Library, Shelf};
use crate::exercise::routine::RoutineDef;
use crate::history::propose;
use eframe::egui;
use egui::Ui;
use jiff::ToSpan as _;
use jiff::civil::Date;

/// Sessions that are looked through for the last sets of an exercise.
const SESSIONS: usize = 12;
/// After a no nothing more of that exercise is proposed for so many days.
const REFUSED_DAYS: i64 = 14;

/// The question.
#[derive(Clone, Debug)]
pub struct Proposal {
    routine: RoutineDef,
    step: usize,
    target: Target,
}

/// What was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// A little more.
    Yes,
    /// As it is.
    No,
}

impl Proposal {
    /// The first exercise of the routine of that id of which a little more may be proposed today.
    pub fn find(routine: &str, shelf: &Shelf, archive: &Archive, settings: &Settings, today: Date) -> Option<Self> {
        let routine = shelf.routines.iter().find(|known| known.id == routine)?;
        let sessions = archive.newest(&settings.person, SESSIONS).ok()?;
        let is_refused = |id: &str| {
            let day = settings.refused.get(id).and_then(|day| day.parse::<Date>().ok());
            day.is_some_and(|day| day.saturating_add(REFUSED_DAYS.days()) > today)
        };
        let steps = routine.steps.iter().enumerate().filter(|(_, step)| !is_refused(&step.exercise.id));
        let mut found = steps.filter_map(|(i, step)| Some((i, propose::more(step, &sessions)?)));
        let (step, target) = found.next()?;
        Some(Self { routine: routine.clone(), step, target })
    }

    /// Draws the question.
    pub fn draw(&self, ui: &mut Ui) -> Option<Answer> {
        let step = &self.routine.steps[self.step];
        ui.label(page_words::propose(step, self.target));
        ui.horizontal(|ui| {
            let yes = ui.button(page_words::propose_yes()).clicked().then_some(Answer::Yes);
            yes.or(ui.button(page_words::propose_no()).clicked().then_some(Answer::No))
        })
        .inner
    }

    /// Does what was answered; `settings` remember a no.
    ///
    /// # Errors
    /// In words: why the routine could not be kept.
    pub fn answer(
        mut self,
        answer: Answer,
        library: &Library,
        settings: &mut Settings,
        today: Date,
    ) -> Result<(), String> {
        if answer == Answer::No {
            let exercise = self.routine.steps[self.step].exercise.id.clone();
            settings.refused.insert(exercise, today.to_string());
            return Ok(());
        }
        self.routine.steps[self.step].target = self.target;
        library.keep(&self.routine)
    }
}
