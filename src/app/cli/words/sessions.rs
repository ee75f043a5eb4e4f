//! Words of `sessions`.

use super::{lines, shown};
use crate::base::language::{decimal, tr, translated};
use crate::base::plain::one_line;
use crate::counting::retold;
use crate::exercise::ExerciseDef;
use crate::exercise::plan::fault_words;
use crate::history::session::{RangeRecord, SessionRecord, StoredSet};
use crate::history::store::SessionLine;
use crate::history::trend::{Trend, TrendPoint};
use crate::history::words::{ended, in_unit, percent, seconds, stopped, waits};
use std::collections::BTreeSet;
use std::fmt::{Display, Write as _};
use std::path::Path;

/// Sets of a trend that are listed.
const LISTED: usize = 12;

// `list`, `show`, `edit`

/// There is no session to list in a folder.
pub fn no_sessions(folder: &Path) -> String {
    tr!("cli-no-sessions", folder = shown(folder))
}

/// A session that cannot be read, beside others that can.
pub fn left_out(id: &str, why: impl Display) -> String {
    tr!("cli-left-out", id = id, why = why.to_string())
}

/// A report is about one person.
pub fn several_people(people: &BTreeSet<&str>) -> String {
    let names: Vec<String> = people.iter().map(|name| one_line(name)).collect();
    tr!("cli-several-people", names = names.join(", "))
}

/// The second file of an export would take the place of something else.
pub fn not_ours(path: &Path) -> String {
    tr!("cli-not-ours", path = shown(path))
}

/// A session in a list.
pub fn session_line(session: &SessionLine) -> String {
    let SessionLine { id, started_at, .. } = session;
    let counted = tr!("cli-so-many-counted", n = session.counted.to_string());
    let titles: Vec<_> = session.titles.iter().map(|title| one_line(&translated(title))).collect();
    let person = one_line(&session.person);
    let what = if titles.is_empty() { tr!("cli-no-sets") } else { titles.join("; ") };
    let open = if session.ended { String::new() } else { format!("  {}", tr!("cli-not-ended")) };
    format!("{id}  {started_at}  {person}  {counted}  {what}{open}")
}

/// A session for people.
pub fn session(session: &SessionRecord, known: &[ExerciseDef]) -> String {
    let mut said = vec![format!("{}  {}, {}", session.id, one_line(&session.person), session.started_at)];
    if session.ended_at.is_none() {
        said.push(format!("  {}", tr!("cli-session-open", id = session.id.as_str())));
    }
    said.extend(session.pain_before.map(|pain| format!("  {}", tr!("cli-pain-before", pain = pain))));
    said.extend(session.pain_after.map(|pain| format!("  {}", tr!("cli-pain-after", pain = pain))));
    said.extend(session.stopped_because.map(|why| format!("  {}", tr!("cli-stopped-because", why = stopped(why)))));
    said.extend(session.sets.iter().map(|s| set(s, known)));
    said.extend(session.note.as_deref().map(|note| format!("  {}", tr!("cli-note", note = one_line(note)))));
    lines(&said)
}

fn set(set: &StoredSet, known: &[ExerciseDef]) -> String {
    let s = &set.summary;
    let def = known.iter().find(|d| Some(&d.id) == s.exercise.as_ref());
    let (counted, rejected) = (s.reps.total, s.reps.rejected);
    let what = tr!("cli-set", title = one_line(&translated(&set.title)), counted = counted, rejected = rejected);
    let mut words = format!("  {}  {what}", set.index);
    if let Some(c) = set.corrected {
        let _ = write!(words, ", {}", tr!("cli-corrected", n = c.total));
    }
    if s.holds.completed > 0 {
        let (all_s, longest_s) = (decimal(s.holds.total_s, 1), decimal(s.holds.best_s, 1));
        let _ = write!(words, ", {}", tr!("cli-set-held", all = all_s, longest = longest_s));
    }
    if s.active_s > 0.0 {
        let _ = write!(words, ", {}", tr!("cli-set-active", s = decimal(s.active_s, 1)));
    }
    for fault in &s.faults {
        let _ = write!(words, "; {} ({}×)", translated(&fault_words(&fault.id, def)), fault.times);
    }
    if let Some(note) = &set.note {
        let _ = write!(words, "; {}", tr!("cli-note", note = note.as_str()));
    }
    if let Some(because) = &s.not_counted_because {
        let _ = write!(words, "; {}", retold::because(because));
    }
    for said in waits(&s.pauses).into_iter().chain(s.ended_by.and_then(ended)) {
        let _ = write!(words, "; {said}");
    }
    if !set.finished {
        let _ = write!(words, "; {}", tr!("cli-set-not-finished"));
    }
    words
}

/// A set that is not in the session.
pub fn no_set(session: &SessionRecord, number: u32) -> String {
    tr!("cli-no-set", number = number, id = session.id.as_str(), sets = session.sets.len())
}

/// A count that is no number.
pub fn no_count(count: &str) -> String {
    tr!("cli-no-count", count = count)
}

/// A count of sides where there are none.
pub fn no_sides(count: &str, title: &str) -> String {
    tr!("cli-no-sides", count = count, title = translated(title))
}

// `trend`

/// There is nothing to follow.
pub fn no_trend(exercise: &str, person: &str) -> String {
    tr!("cli-no-trend", exercise = exercise, person = person)
}

/// The trend of an exercise, for people.
pub fn trend(t: &Trend, person: &str, def: Option<&ExerciseDef>) -> String {
    let mut said = vec![
        format!("{}, {person}: {}", translated(&t.title), tr!("cli-sets", count = t.points.len())),
        format!(
            "  {:16}  {:>9}  {:>9}  {:>9}  {:>10}  {:>6}  {}",
            tr!("cli-column-day"),
            tr!("cli-column-counted"),
            tr!("cli-column-range"),
            tr!("cli-column-hold"),
            tr!("cli-column-consistent"),
            tr!("cli-column-score"),
            tr!("cli-column-faults")
        ),
    ];
    let listed = t.points.iter().skip(t.points.len().saturating_sub(LISTED));
    said.extend(listed.map(|p| trend_line(p, &t.range_unit, def)));
    let changes = t.changes();
    for c in &changes {
        let (lately, before) = (c.lately.as_str(), c.before.as_str());
        let change = tr!("cli-change", figure = c.figure.as_str(), lately = lately, before = before, sets = c.sets);
        said.push(format!("  {change}"));
    }
    if changes.is_empty() {
        said.push(format!("  {}", tr!("cli-too-few-sets")));
    }
    lines(&said)
}

/// A set in a trend.
fn trend_line(p: &TrendPoint, unit: &str, def: Option<&ExerciseDef>) -> String {
    let or_dash = |v: Option<f64>, words: &dyn Fn(f64) -> String| v.map_or_else(|| "-".to_owned(), words);
    let fault = |id: &str, share: f64| format!("{} {}", translated(&fault_words(id, def)), percent(share));
    let faults: Vec<String> = p.faults.iter().map(|f| fault(&f.id, f.share)).collect();
    let other = if p.comparable { String::new() } else { format!("  {}", tr!("cli-other-file")) };
    format!(
        "  {:16}  {:>9}  {:>9}  {:>9}  {:>10}  {:>6}  {}{other}",
        p.started_at.get(..16).unwrap_or(&p.started_at).replace('T', " "),
        format!("{}/{}", p.counted, p.target),
        or_dash(p.range, &|v| in_unit(v, unit)),
        or_dash(p.hold_s.or(p.active_s), &seconds),
        or_dash(p.consistency, &percent),
        or_dash(p.score, &|v| format!("{v:.0}")),
        if faults.is_empty() { "-".to_owned() } else { faults.join("; ") }
    )
}

// `export`, `import`

/// A session that is named, and a choice beside it.
pub fn named_already() -> String {
    tr!("cli-named-already")
}

/// The file of an import could not be read.
pub fn unreadable(file: &Path) -> String {
    tr!("cli-unreadable-sessions", path = shown(file))
}

/// So many sessions are in.
pub fn imported(sessions: usize) -> String {
    tr!("cli-imported", count = sessions)
}

/// Sessions that were there already and stay as they are.
pub fn there_already(ids: &[String]) -> String {
    tr!("cli-there-already", count = ids.len(), ids = ids.join(", "))
}

// `close`, `delete`

/// Nothing is left.
pub fn deleted_everything() -> String {
    tr!("cli-deleted-everything")
}

/// What is deleted stands in the file for a while.
pub fn overwritten_later() -> String {
    tr!("cli-overwritten-later")
}

/// The session is closed.
pub fn closed(id: &str) -> String {
    tr!("cli-closed", id = id)
}

/// The session is gone.
pub fn deleted(id: &str) -> String {
    tr!("cli-deleted", id = id)
}

/// A copy of the store that may still have what was deleted.
pub fn copy_may_hold_it(copy: &Path) -> String {
    tr!("cli-copy-may-hold-it", path = shown(copy))
}

// `ranges`

/// There is no range to list.
pub fn no_ranges() -> String {
    tr!("cli-no-ranges")
}

/// A range in a list.
pub fn range_line(r: &RangeRecord) -> String {
    format!("{}  {}  {}  {}", r.person, r.exercise, in_unit(r.own_range, &r.unit), r.at)
}

/// There is no such range to forget.
pub fn no_range(person: &str, exercise: &str) -> String {
    tr!("cli-no-range", person = person, exercise = exercise)
}

/// The range is forgotten.
pub fn forgotten(person: &str, exercise: &str) -> String {
    tr!("cli-forgotten", person = person, exercise = exercise)
}
