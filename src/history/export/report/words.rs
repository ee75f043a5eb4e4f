//! Dates and targets of the report in words.

use crate::history::session::StoredSet;
use crate::history::words::seconds;

/// What the unit of a range means, for those who see it first.
pub(super) fn unit_words(unit: &str) -> &'static str {
    match unit {
        "deg" => "degrees",
        "T" => "trunk lengths (T)",
        _ => "share",
    }
}

/// "Monday 23 November 2026, 18:15", of the clock where it was; the text itself when it is no date.
pub(super) fn date_time(rfc3339: &str) -> String {
    let civil = rfc3339.get(..19).and_then(|t| t.parse::<jiff::civil::DateTime>().ok());
    civil.map_or_else(|| rfc3339.to_owned(), |t| t.strftime("%A %-d %B %Y, %H:%M").to_string())
}

/// "23 Nov 2026".
pub(super) fn date(rfc3339: &str) -> String {
    let civil = rfc3339.get(..10).and_then(|t| t.parse::<jiff::civil::Date>().ok());
    civil.map_or_else(|| rfc3339.to_owned(), |t| t.strftime("%-d %b %Y").to_string())
}

/// "November 2026".
pub(super) fn month_of(rfc3339: &str) -> String {
    let civil = rfc3339.get(..10).and_then(|t| t.parse::<jiff::civil::Date>().ok());
    civil.map_or_else(|| rfc3339.to_owned(), |t| t.strftime("%B %Y").to_string())
}

/// "9 of 10", "4 of 2 x 5", "118.4 s of 120 s".
pub(super) fn done_of(set: &StoredSet) -> String {
    if set.is_timed() {
        return format!("{} of {}", seconds(set.summary.active_s), seconds(set.target_hold_s));
    }
    let sides = if set.target_sides == 2 { "2 × " } else { "" };
    format!("{} of {sides}{}", set.summary.reps.total, set.target_reps)
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
