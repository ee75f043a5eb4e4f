//! Routine days for the calendar (iCalendar, RFC 5545): one weekly event with what is to be done.

use crate::base::language::translated;
use crate::exercise::routine::{RoutineDef, Step};
use icalendar::{Alarm, Calendar, Component as _, Event, EventLike as _, Property};
use jiff::civil::{Date, DateTime, Time, Weekday};
use jiff::{SignedDuration, ToSpan as _, Zoned};

/// Reminder before the event, minutes.
const REMINDER_MIN: i64 = 10;

/// When a routine is done.
#[derive(Clone, Debug, PartialEq)]
pub struct Days {
    /// On these days of the week; never empty.
    pub weekdays: Vec<Weekday>,
    /// At this time of the clock, wherever one is.
    pub at: Time,
    /// From this day on.
    pub from: Date,
    /// For so many weeks; without end when not given.
    pub weeks: Option<u32>,
}

/// The calendar file. `now` is when it is made.
pub fn routine_days(routine: &RoutineDef, days: &Days, now: &Zoned) -> String {
    let first = first_day(days);
    let start = DateTime::from_parts(first, days.at);
    let minutes = (routine.duration_s() / 60.0).ceil().max(1.0) as i64;
    let end = start.saturating_add(SignedDuration::from_mins(minutes));
    let mut names: Vec<&str> = days.weekdays.iter().map(|d| short_name(*d)).collect();
    names.sort_by_key(|n| NAMES.iter().position(|(_, short)| short == n));
    names.dedup();
    let until = days.weeks.map_or_else(String::new, |weeks| {
        let last = days.from.saturating_add((i64::from(weeks) * 7 - 1).days());
        format!(";UNTIL={}", floating(DateTime::from_parts(last, Time::constant(23, 59, 59, 0))))
    });
    let what: Vec<String> = (1..)
        .zip(&routine.steps)
        .map(|(n, s)| format!("{n}. {}: {}{}", translated(&s.exercise.title), s.target_words(), asked(s)))
        .collect();
    let note = routine.note.as_ref().map_or_else(String::new, |n| format!("\n\n{}", translated(n)));
    let made = now.with_time_zone(jiff::tz::TimeZone::UTC).strftime("%Y%m%dT%H%M%SZ").to_string();
    // The same routine, days, time and period make the same event: bringing it in again replaces it.
    let period = days.weeks.map_or_else(String::new, |weeks| format!("-{}-{weeks}", days.from.strftime("%Y%m%d")));
    let uid = format!("{}-{}-{}{period}@formcheck", routine.id, names.join(""), days.at.strftime("%H%M"));
    // A later file is a later version of the event (RFC 5545, 3.8.7.4); minutes fit its range until the year 6053.
    let sequence = now.timestamp().as_second().max(0) / 60;
    let mut event = Event::new();
    let title = translated(&routine.title);
    event
        .summary(&title)
        .description(&format!("{}\n\n{}{note}", translated(&routine.summary), what.join("\n")))
        .uid(&uid)
        .append_property(Property::new("DTSTAMP", &made))
        .append_property(Property::new("SEQUENCE", sequence.to_string()))
        // No zone: the clock of wherever one is, also after a change to summer time.
        .append_property(Property::new("DTSTART", floating(start)))
        .append_property(Property::new("DTEND", floating(end)))
        .append_property(Property::new("RRULE", format!("FREQ=WEEKLY;BYDAY={}{until}", names.join(","))));
    event.alarm(reminder(&title, &uid, &made));
    let mut calendar = Calendar::empty();
    for property in [("VERSION", "2.0"), ("PRODID", "-//formcheck//routine days//EN"), ("CALSCALE", "GREGORIAN")] {
        calendar.append_property(property);
    }
    calendar.push(event.done()).done().to_string()
}

/// What a step asks for beyond its target.
fn asked(step: &Step) -> String {
    let limits = step.limit_words().map(|words| format!(", {words}"));
    let note = step.note.as_ref().map(|note| format!(" ({})", translated(note)));
    format!("{}{}", limits.unwrap_or_default(), note.unwrap_or_default())
}

/// The reminder. Left to itself the library would stamp it with the clock and a number drawn by chance.
fn reminder(title: &str, uid: &str, made: &str) -> Alarm {
    // The library takes the durations of its own date library, and writes them in seconds.
    let mut alarm = Alarm::display(title, -chrono::Duration::minutes(REMINDER_MIN));
    alarm
        .append_property(Property::new("TRIGGER", format!("-PT{REMINDER_MIN}M")))
        .append_property(Property::new("UID", format!("reminder-{uid}")))
        .append_property(Property::new("DTSTAMP", made));
    alarm.done()
}

/// The first of the weekdays on or after the first day.
fn first_day(days: &Days) -> Date {
    let week = (0..7).map(|n| days.from.saturating_add(i64::from(n).days()));
    week.into_iter().find(|d| days.weekdays.contains(&d.weekday())).unwrap_or(days.from)
}

fn floating(at: DateTime) -> String {
    at.strftime("%Y%m%dT%H%M%S").to_string()
}

const NAMES: [(Weekday, &str); 7] = [
    (Weekday::Monday, "MO"),
    (Weekday::Tuesday, "TU"),
    (Weekday::Wednesday, "WE"),
    (Weekday::Thursday, "TH"),
    (Weekday::Friday, "FR"),
    (Weekday::Saturday, "SA"),
    (Weekday::Sunday, "SU"),
];

fn short_name(day: Weekday) -> &'static str {
    NAMES.iter().find(|(d, _)| *d == day).map_or("MO", |(_, short)| *short)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_event_is_weekly_on_the_days_from_the_first_of_them() {
        let routine = crate::exercise::routine::catalogue::load("short").unwrap();
        let days = Days {
            weekdays: vec![Weekday::Friday, Weekday::Monday],
            at: Time::constant(18, 30, 0, 0),
            from: Date::constant(2026, 11, 24),
            weeks: Some(4),
        };
        let now: Zoned = "2026-11-23T12:00:00+01:00[Europe/Berlin]".parse().unwrap();
        let text = routine_days(&routine, &days, &now);
        let lines: Vec<&str> = text.split("\r\n").collect();
        let wanted = [
            "BEGIN:VCALENDAR",
            "DTSTAMP:20261123T110000Z",
            "DTSTART:20261127T183000",
            "RRULE:FREQ=WEEKLY;BYDAY=MO,FR;UNTIL=20261221T235959",
            "UID:short-MOFR-1830-20261124-4@formcheck",
            "SEQUENCE:29923860",
            "TRIGGER:-PT10M",
            "END:VCALENDAR",
        ];
        let missing: Vec<_> = wanted.iter().filter(|w| !lines.contains(w)).collect();
        assert!(missing.is_empty(), "{missing:?} in {text}");
        assert!(lines.iter().all(|l| l.len() <= 75), "{text}");
        assert_eq!(routine_days(&routine, &days, &now), text, "the same call makes the same file");
        let later = Days { from: Date::constant(2027, 1, 4), ..days.clone() };
        let uid = |text: &str| text.lines().find(|line| line.starts_with("UID:")).map(str::to_owned);
        assert_ne!(uid(&routine_days(&routine, &later, &now)), uid(&text), "another period is another event");
    }
}
