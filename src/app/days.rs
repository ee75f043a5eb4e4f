//! The days and the time of day that somebody has chosen for the routine.
//!
//! In: days of the week, a time of the clock, now. Out: when it is next. A habit needs a fixed time; nothing here counts what was
//! left out.

use jiff::ToSpan as _;
use jiff::civil::{DateTime, Time, Weekday};
use serde::{Deserialize, Serialize};

/// A day of the week, as it is written in files and on the command line: "mon".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "they are what they are called")]
pub enum Day {
    Mon,
    Tue,
    Wed,
    Thu,
    Fri,
    Sat,
    Sun,
}

impl Day {
    /// The week, from Monday (ISO 8601).
    pub const ALL: [Self; 7] = [Self::Mon, Self::Tue, Self::Wed, Self::Thu, Self::Fri, Self::Sat, Self::Sun];
}

impl From<Day> for Weekday {
    fn from(day: Day) -> Self {
        match day {
            Day::Mon => Self::Monday,
            Day::Tue => Self::Tuesday,
            Day::Wed => Self::Wednesday,
            Day::Thu => Self::Thursday,
            Day::Fri => Self::Friday,
            Day::Sat => Self::Saturday,
            Day::Sun => Self::Sunday,
        }
    }
}

/// A time of the clock, to the minute: "18:00".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ClockTime(pub Time);

impl ClockTime {
    /// When it is not chosen: after work, before supper.
    pub const USUAL: Self = Self(Time::constant(18, 0, 0, 0));

    /// What may be picked: each half hour from five in the morning to half past ten in the evening.
    pub fn choices() -> impl Iterator<Item = Self> {
        (10..=45).map(|half| Self(Time::constant(half / 2, half % 2 * 30, 0, 0)))
    }
}

impl std::fmt::Display for ClockTime {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0.strftime("%H:%M"))
    }
}

impl From<ClockTime> for String {
    fn from(time: ClockTime) -> Self {
        time.to_string()
    }
}

impl TryFrom<String> for ClockTime {
    type Error = jiff::Error;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Time::strptime("%H:%M", text).map(Self)
    }
}

/// The next day with its time, today included until the session of the day was done. `None` where no day is chosen.
pub fn next(days: &[Day], at: ClockTime, now: DateTime, is_done_today: bool) -> Option<DateTime> {
    let from = i64::from(is_done_today);
    let week = (from..from + 7).map(|n| now.date().saturating_add(n.days()));
    let mut chosen = week.into_iter().filter(|date| days.iter().any(|day| Weekday::from(*day) == date.weekday()));
    chosen.next().map(|date| DateTime::from_parts(date, at.0))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_next_day_is_today_until_it_was_done() {
        let at = ClockTime::try_from("07:30".to_owned()).unwrap();
        // A Friday.
        let now = date(2026, 11, 27).at(20, 0, 0, 0);
        let next = |days: &[Day], is_done| next(days, at, now, is_done).map(|next| next.to_string());
        let cases = [
            (vec![Day::Mon, Day::Fri], false, Some("2026-11-27T07:30:00")),
            (vec![Day::Mon, Day::Fri], true, Some("2026-11-30T07:30:00")),
            (vec![Day::Fri], true, Some("2026-12-04T07:30:00")),
            (vec![Day::Thu], false, Some("2026-12-03T07:30:00")),
            (Vec::new(), false, None),
        ];
        let wrong: Vec<_> =
            cases.into_iter().filter(|(days, is_done, wanted)| next(days, *is_done).as_deref() != *wanted).collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }

    #[test]
    fn a_time_is_written_as_on_a_clock() {
        assert!(ClockTime::choices().any(|time| time == ClockTime::USUAL));
        assert_eq!(ClockTime::choices().count(), 36);
        let wrong: Vec<_> = ["25:00", "18", "6 pm", ""]
            .into_iter()
            .filter(|text| ClockTime::try_from((*text).to_owned()).is_ok())
            .collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }
}
