//! What the window looks up among what was kept, and where it writes what it is asked for.

use super::dates::{self, WeekDay};
use super::{history, page_words};
use crate::app::days;
use crate::app::runtime::view::LiveControl;
use crate::app::settings::Settings;
use crate::disk::output_file;
use crate::exercise::routine::RoutineDef;
use crate::history::export::calendar::{Days, routine_days};
use jiff::ToSpan as _;
use jiff::civil::Weekday;
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
    /// Sessions there are.
    pub sessions: usize,
    /// This week, from Monday.
    pub week: Vec<WeekDay>,
}

/// Of the person in `settings`, now.
pub fn habit(control: &dyn LiveControl, settings: &Settings) -> Habit {
    let now = jiff::Zoned::now().datetime();
    let sessions = control.archive().and_then(|archive| archive.sessions(&settings.person).ok()).unwrap_or_default();
    let newest = sessions.first();
    let today = now.date().to_string();
    let is_done_today = newest.is_some_and(|line| line.started_at.starts_with(&today));
    let monday = now.date().saturating_sub(i64::from(now.date().weekday().since(Weekday::Monday)).days());
    let of_day = |n: i64| {
        let date = monday.saturating_add(n.days());
        let name = date.to_string();
        WeekDay {
            date,
            is_done: sessions.iter().any(|line| line.counted > 0 && line.started_at.starts_with(&name)),
            is_planned: settings.days.iter().any(|day| Weekday::from(*day) == date.weekday()),
            is_today: date == now.date(),
        }
    };
    let next = days::next(&settings.days, settings.at, now, is_done_today);
    Habit {
        last: newest.map(|line| history::words::last_session(line, now.date())),
        next: next.map(|next| dates::next(next, now.date())),
        sessions: sessions.len(),
        week: (0..7).map(of_day).collect(),
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

/// Where people look for what a program has written for them: their documents, else their home, else where it was started.
pub fn documents() -> PathBuf {
    let dirs = directories::UserDirs::new();
    let place = dirs.map(|dirs| dirs.document_dir().unwrap_or_else(|| dirs.home_dir()).to_owned());
    place.or_else(|| std::env::current_dir().ok()).unwrap_or_default()
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
