//! Days and times in the person's language.

use crate::base::language::tr;
use jiff::civil::{Date, DateTime, Weekday};

/// A day of this week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WeekDay {
    /// Which.
    pub date: Date,
    /// Something was done on it.
    pub is_done: bool,
    /// It is one of those that were chosen.
    pub is_planned: bool,
    /// It is today.
    pub is_today: bool,
}

/// A day of the week: "Mon".
pub fn weekday(day: Weekday) -> String {
    tr!("date-weekday", n = day.to_monday_one_offset())
}

/// The same in full: "Monday".
fn long_weekday(day: Weekday) -> String {
    tr!("date-weekday-long", n = day.to_monday_one_offset())
}

/// "26 Nov".
pub fn day(date: Date) -> String {
    tr!("date-day", day = date.day(), month = tr!("date-month", n = date.month()))
}

/// "Thu 26 Nov".
pub fn day_of_week(date: Date) -> String {
    tr!("date-day-of-week", weekday = weekday(date.weekday()), day = day(date))
}

/// "Thursday, 26 Nov 2026, 18:40".
pub fn in_full(at: DateTime) -> String {
    tr!(
        "date-in-full",
        weekday = long_weekday(at.weekday()),
        day = day(at.date()),
        year = at.year().to_string(),
        time = time(at)
    )
}

/// "18:40".
pub fn time(at: DateTime) -> String {
    at.strftime("%H:%M").to_string()
}

/// The next of the days that were chosen: today, tomorrow, or by its name.
pub fn next(next: DateTime, today: Date) -> String {
    let days = today.until(next.date()).map_or(0, |span| span.get_days());
    match days {
        0 => tr!("home-next-today", time = time(next)),
        1 => tr!("home-next-tomorrow", time = time(next)),
        _ => tr!("home-next", weekday = long_weekday(next.weekday()), time = time(next)),
    }
}
