//! Dates and targets of the report in words.

use crate::base::language::tr;
use crate::history::session::StoredSet;
use crate::history::words::seconds;
use jiff::civil::{Date, DateTime};

/// What the unit of a range means, for those who see it first.
pub(super) fn unit_words(unit: &str) -> String {
    match unit {
        "deg" => tr!("report-degrees"),
        "T" => tr!("report-trunks"),
        _ => tr!("report-share"),
    }
}

/// "Monday 23 November 2026, 18:15", of the clock where it was; the text itself when it is no date.
pub(super) fn date_time(rfc3339: &str) -> String {
    let civil = rfc3339.get(..19).and_then(|t| t.parse::<DateTime>().ok());
    civil.map_or_else(|| rfc3339.to_owned(), full)
}

/// "23 Nov 2026".
pub(super) fn date(rfc3339: &str) -> String {
    let civil = rfc3339.get(..10).and_then(|t| t.parse::<Date>().ok());
    civil.map_or_else(|| rfc3339.to_owned(), day)
}

/// "November 2026".
pub(super) fn month_of(rfc3339: &str) -> String {
    let civil = rfc3339.get(..10).and_then(|t| t.parse::<Date>().ok());
    civil.map_or_else(|| rfc3339.to_owned(), month)
}

fn full(at: DateTime) -> String {
    let weekday = tr!("date-weekday-long", n = at.weekday().to_monday_one_offset());
    let month = tr!("date-month-long", n = at.month());
    let (day, year, time) = (at.day(), at.year().to_string(), at.strftime("%H:%M").to_string());
    tr!("date-report-full", weekday = weekday, day = day, month = month, year = year, time = time)
}

fn day(date: Date) -> String {
    let month = tr!("date-month", n = date.month());
    tr!("date-report-day", day = date.day(), month = month, year = date.year().to_string())
}

fn month(date: Date) -> String {
    tr!("date-report-month", month = tr!("date-month-long", n = date.month()), year = date.year().to_string())
}

/// "9 of 10", "4 of 2 x 5", "118.4 s of 120 s".
pub(super) fn done_of(set: &StoredSet) -> String {
    if set.is_timed() {
        return tr!("report-done-of", done = seconds(set.summary.active_s), target = seconds(set.target_hold_s));
    }
    let sides = if set.target_sides == 2 { "2 × " } else { "" };
    tr!("report-done-of", done = set.summary.reps.total.to_string(), target = format!("{sides}{}", set.target_reps))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_read_as_one_says_them() {
        assert_eq!(date_time("2026-11-23T18:15:09+01:00"), "Monday 23 November 2026, 18:15");
        assert_eq!((date("2026-11-03T18:15:09+01:00"), date("soon")), ("3 Nov 2026".to_owned(), "soon".to_owned()));
    }
}
