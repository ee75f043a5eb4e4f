//! What the window looks up among what was kept, and where it writes what it is asked for.

use super::{dates, history, page_words};
use crate::app::days;
use crate::app::runtime::view::LiveControl;
use crate::app::settings::Settings;
use crate::disk::output_file;
use crate::exercise::routine::RoutineDef;
use crate::history::export::calendar::{Days, routine_days};
use std::path::{Path, PathBuf};

/// Everybody there is something of, and who is chosen; in order.
pub fn people(control: &dyn LiveControl, chosen: &str) -> Vec<String> {
    let mut all = control.archive().and_then(|archive| archive.people().ok()).unwrap_or_default();
    if !all.iter().any(|name| name == chosen) {
        all.push(chosen.to_owned());
        all.sort();
    }
    all
}

/// What somebody did last and does next, each in a line.
#[derive(Debug, Default)]
pub struct Habit {
    /// The newest session.
    pub last: Option<String>,
    /// The next of the days that were chosen.
    pub next: Option<String>,
}

/// Of the person in `settings`, now.
pub fn habit(control: &dyn LiveControl, settings: &Settings) -> Habit {
    let now = jiff::Zoned::now().datetime();
    let sessions = control.archive().and_then(|archive| archive.sessions(&settings.person).ok()).unwrap_or_default();
    let newest = sessions.first();
    let today = now.date().to_string();
    let is_done_today = newest.is_some_and(|line| line.started_at.starts_with(&today));
    let next = days::next(&settings.days, settings.at, now, is_done_today);
    Habit {
        last: newest.map(|line| history::words::last_session(line, now.date())),
        next: next.map(|next| dates::next(next, now.date())),
    }
}

/// Writes the days of a routine for the calendar into `folder`.
///
/// # Errors
/// In words: what the system said.
pub fn save_calendar(folder: &Path, routine: &RoutineDef, settings: &Settings) -> Result<String, String> {
    let now = jiff::Zoned::now();
    let weekdays = settings.days.iter().map(|day| (*day).into()).collect();
    let days = Days { weekdays, at: settings.at.0, from: now.date(), weeks: None };
    let path = folder.join(page_words::calendar_file(&routine.id));
    output_file::write(&path, routine_days(routine, &days, &now)).map_err(|e| e.to_string())?;
    Ok(path.display().to_string())
}

/// Where people look for what a program has written for them; else where the program was started.
pub fn documents() -> PathBuf {
    directories::UserDirs::new().and_then(|dirs| dirs.document_dir().map(Path::to_owned)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::days::Day;

    #[test]
    fn days_are_written_for_the_calendar_and_a_missing_folder_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let routine = crate::exercise::routine::catalogue::load("short").unwrap();
        let settings = Settings { days: vec![Day::Mon, Day::Thu], ..Settings::default() };
        let path = save_calendar(folder.path(), &routine, &settings).unwrap();
        assert!(path.ends_with("formcheck-short.ics"), "{path}");
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.contains("RRULE:FREQ=WEEKLY;BYDAY=MO,TH\r\n"), "{text}");
        assert!(text.contains("T180000\r\n"), "{text}");
        assert!(save_calendar(&folder.path().join("none"), &routine, &settings).is_err());
    }
}
