//! The words of the history.

use crate::app::ui::dates;
use crate::app::ui::words::messages;
use crate::base::language::{decimal, number, tr};
use crate::history::session::{SessionRecord, StoppedBecause, StoredSet};
use crate::history::store::SessionLine;
use crate::history::trend::ChangeWords;
use crate::history::words as measured;
use jiff::civil::{Date, DateTime};

messages! {
    /// One session.
    one_session = "history-session";
    /// One exercise over the sessions.
    one_exercise = "history-exercise";
    /// Nothing is kept yet.
    nothing_kept = "history-empty";
    /// No session is chosen.
    nothing_chosen = "history-none-chosen";
    /// Nothing was done in it.
    nothing_done = "history-nothing-done";
    /// Before the picker of another session.
    compare_with = "history-compare";
    /// In it, none.
    nothing = "history-compare-none";
    /// Pain before the session.
    pain_before = "history-pain-before";
    /// And after it.
    pain_after = "history-pain-after";
    /// A report.
    write_report = "history-report";
    /// A table.
    write_table = "history-table";
    /// Everything.
    write_everything = "history-json";
    /// Deletes the session.
    delete = "history-delete";
    /// Whether that is meant.
    delete_sure = "history-delete-sure";
    /// It is.
    delete_yes = "history-delete-yes";
    /// Deletes everything.
    delete_all = "history-delete-all";
    /// Whether that is meant.
    delete_all_sure = "history-delete-all-sure";
    /// It is.
    delete_all_yes = "history-delete-all-yes";
    /// No set of it is kept.
    no_sets_of_it = "history-no-sets";
    /// Too few sets for a change.
    too_few_sets = "history-too-few";
    /// Under the plot.
    trend_sets = "history-trend-sets";
    /// What is plotted of an exercise that goes by time.
    trend_seconds = "history-trend-seconds";
}

/// The day of a time with its zone, as it was there.
fn day_of(at: &str) -> Option<DateTime> {
    at.get(..19).and_then(|text| text.parse::<DateTime>().ok())
}

/// A session in the list: "Thu 26 Nov, 18:40: 26 counted".
pub fn session_line(line: &SessionLine, today: Date) -> String {
    let Some(at) = day_of(&line.started_at) else { return line.started_at.clone() };
    let day = if at.date() == today { tr!("history-today") } else { dates::day_of_week(at.date()) };
    tr!("history-line", day = day, time = dates::time(at), count = line.counted)
}

/// The last session: when it was and what was counted.
pub fn last_session(line: &SessionLine, today: Date) -> String {
    tr!("home-last", session = session_line(line, today))
}

/// Over a session: "Thursday, 26 November 2026, 18:40".
pub fn session_title(session: &SessionRecord) -> String {
    day_of(&session.started_at).map_or_else(|| session.started_at.clone(), dates::in_full)
}

/// The week that begins on a day.
pub fn week_of(monday: Date) -> String {
    dates::day(monday)
}

/// A day: what was counted on it, if anything was done.
pub fn day(date: Date, counted: Option<u32>) -> String {
    let day = dates::day_of_week(date);
    match counted {
        None => tr!("history-day-rest", day = day),
        Some(count) => tr!("history-day", day = day, count = count),
    }
}

/// What stands of a set: "8 of 10, corrected from 7".
pub fn set_done(set: &StoredSet) -> String {
    if set.is_timed() {
        return tr!("history-set-seconds", n = set.summary.active_s.round(), target = number(set.target_hold_s));
    }
    let (n, target) = (set.counted(), set.target_total());
    match set.corrected {
        Some(_) => tr!("history-set-corrected", n = n, target = target, measured = set.summary.reps.total),
        None => tr!("history-set", n = n, target = target),
    }
}

/// The same exercise the other time.
pub fn set_then(set: &StoredSet) -> String {
    tr!("history-then", what = set_done(set))
}

/// How a set went: what did not count, holds, form.
pub fn set_course(set: &StoredSet) -> String {
    let s = &set.summary;
    let mut said = Vec::new();
    if s.reps.rejected > 0 {
        said.push(tr!("history-not-counted", count = s.reps.rejected));
    }
    if s.holds.completed > 0 {
        said.push(tr!("history-longest", s = decimal(s.holds.best_s, 0)));
    }
    let scores: Vec<u32> = s.repetitions.iter().filter_map(|rep| rep.score).collect();
    if !scores.is_empty() {
        said.push(tr!("history-form", score = scores.iter().sum::<u32>() / scores.len() as u32));
    }
    said.extend(measured::waits(&s.pauses));
    said.extend(s.ended_by.and_then(measured::ended));
    said.join(", ")
}

/// Pain as a number, or that none was said.
pub fn pain(pain: Option<u8>) -> String {
    pain.map_or_else(|| tr!("home-pain-not-said"), |n| n.to_string())
}

/// Why the session ended before its end.
pub fn stopped_because(because: StoppedBecause) -> String {
    tr!("history-stopped", why = crate::app::ui::page_words::stopped(because))
}

/// Where something was written.
pub fn written(files: &str) -> String {
    tr!("history-written", files = files)
}

fn unit(unit: &str) -> String {
    match unit {
        "deg" => tr!("history-unit-degrees"),
        "T" => tr!("history-unit-trunks"),
        _ => tr!("history-unit-share"),
    }
}

/// What is plotted: the range in its unit.
pub fn trend_range(of: &str) -> String {
    tr!("history-trend-range", unit = unit(of))
}

/// The same of the left.
pub fn trend_left(of: &str) -> String {
    tr!("history-trend-left", unit = unit(of))
}

/// The same of the right.
pub fn trend_right(of: &str) -> String {
    tr!("history-trend-right", unit = unit(of))
}

/// Name of the plot.
pub fn trend_label(title: &str, sets: usize) -> String {
    tr!("history-trend-label", title = title, count = sets)
}

/// What has changed: "Range: 52° before, 58° lately (5 sets each)".
pub fn change(change: &ChangeWords) -> String {
    tr!(
        "history-change",
        figure = change.figure.as_str(),
        before = change.before.clone(),
        lately = change.lately.clone(),
        count = change.sets
    )
}
