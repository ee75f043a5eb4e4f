//! Words of `sessions`.

use super::lines;
use crate::base::plural::so_many;
use crate::exercise::ExerciseDef;
use crate::exercise::plan::fault_words;
use crate::history::session::{RangeRecord, SessionRecord, StoredSet};
use crate::history::trend::{Trend, TrendPoint};
use crate::history::words::{ended, in_unit, percent, seconds, stopped, waits};
use std::fmt::{Display, Write as _};
use std::path::Path;

/// Sets of a trend that are listed.
const LISTED: usize = 12;

// `list`, `show`, `edit`

/// There is no session to list.
pub const NO_SESSIONS: &str =
    "no sessions; the window keeps them, and so do `formcheck watch --save` and `formcheck analyze --save`";

/// A session in a list.
pub fn session_line(
    id: &str,
    started_at: &str,
    person: &str,
    counted: impl Display,
    titles: &[String],
    is_ended: bool,
) -> String {
    let open = if is_ended { "" } else { "  (not ended)" };
    let what = if titles.is_empty() { "no sets".to_owned() } else { titles.join(", ") };
    format!("{id}  {started_at}  {person}  {counted} counted  {what}{open}")
}

/// A session for people.
pub fn session(session: &SessionRecord, known: &[ExerciseDef]) -> String {
    let mut said = vec![format!("{}  {}, {}", session.id, session.person, session.started_at)];
    if session.ended_at.is_none() {
        said.push(format!("  not ended; `formcheck sessions close {}` closes it", session.id));
    }
    said.extend(session.pain_before.map(|pain| format!("  pain before: {pain} of 10")));
    said.extend(session.pain_after.map(|pain| format!("  pain after: {pain} of 10")));
    said.extend(session.stopped_because.map(|because| format!("  stopped because: {}", stopped(because))));
    said.extend(session.sets.iter().map(|s| set(s, known)));
    said.extend(session.note.as_ref().map(|note| format!("  note: {note}")));
    lines(&said)
}

fn set(set: &StoredSet, known: &[ExerciseDef]) -> String {
    let s = &set.summary;
    let def = known.iter().find(|d| Some(&d.id) == s.exercise.as_ref());
    let mut words =
        format!("  {}  {}: {} counted, {} not counted", set.index, set.title, s.reps.total, s.reps.rejected);
    if let Some(c) = set.corrected {
        let _ = write!(words, ", corrected to {}", c.total);
    }
    if s.holds.completed > 0 {
        let _ = write!(words, ", held {:.1} s, longest {:.1} s", s.holds.total_s, s.holds.best_s);
    }
    if s.active_s > 0.0 {
        let _ = write!(words, ", {:.1} s active", s.active_s);
    }
    for fault in &s.faults {
        let _ = write!(words, "; {} ({}×)", fault_words(&fault.id, def), fault.times);
    }
    if let Some(note) = &set.note {
        let _ = write!(words, "; note: {note}");
    }
    if let Some(because) = &s.not_counted_because {
        let _ = write!(words, "; {}", because.text);
    }
    for said in waits(&s.pauses).iter().map(String::as_str).chain(s.ended_by.and_then(ended)) {
        let _ = write!(words, "; {said}");
    }
    if !set.finished {
        words.push_str("; not finished");
    }
    words
}

/// A set that is not in the session.
pub fn no_set(session: &SessionRecord, number: u32) -> String {
    format!("there is no set {number} in the session {}: it has {}", session.id, session.sets.len())
}

/// A count that is no number.
pub fn no_count(count: &str) -> String {
    format!("could not take the count \"{count}\": give one number, \"left,right\", or \"measured\"")
}

/// A count of sides where there are none.
pub fn no_sides(count: &str, title: &str) -> String {
    format!("could not take the count \"{count}\": {title} has no sides; give one number")
}

// `trend`

/// There is nothing to follow.
pub fn no_trend(exercise: &str, person: &str) -> String {
    format!("there is no set of \"{exercise}\" by {person}; `formcheck sessions list` shows what there is")
}

/// The trend of an exercise, for people.
pub fn trend(t: &Trend, person: &str, def: Option<&ExerciseDef>) -> String {
    let mut said = vec![
        format!("{}, {person}: {}", t.title, so_many(t.points.len(), "set", "sets")),
        format!(
            "  {:10}  {:>9}  {:>9}  {:>9}  {:>10}  {:>6}  faults",
            "day", "counted", "range", "hold", "consistent", "score"
        ),
    ];
    let listed = t.points.iter().skip(t.points.len().saturating_sub(LISTED));
    said.extend(listed.map(|p| trend_line(p, &t.range_unit, def)));
    let changes = t.changes();
    for c in &changes {
        let (figure, sets) = (c.figure, c.sets);
        said.push(format!("  {figure}: {} in the last {sets} sets, {} in the {sets} before", c.lately, c.before));
    }
    if changes.is_empty() {
        said.push("  too few sets yet to tell a change".to_owned());
    }
    lines(&said)
}

/// A set in a trend.
fn trend_line(p: &TrendPoint, unit: &str, def: Option<&ExerciseDef>) -> String {
    let or_dash = |v: Option<f64>, words: &dyn Fn(f64) -> String| v.map_or_else(|| "-".to_owned(), words);
    let faults: Vec<String> =
        p.faults.iter().map(|f| format!("{} {}", fault_words(&f.id, def), percent(f.share))).collect();
    let other = if p.comparable { "" } else { "  (another exercise file)" };
    format!(
        "  {:10}  {:>9}  {:>9}  {:>9}  {:>10}  {:>6}  {}{other}",
        p.started_at.get(..10).unwrap_or(&p.started_at),
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
pub const NAMED_ALREADY: &str =
    "could not choose the session: it is named already; leave out --person, --from and --to";

/// The file of an import could not be read.
pub fn unreadable(file: &Path) -> String {
    format!("could not read the sessions, is the path right: {}", file.display())
}

/// So many sessions are in.
pub fn imported(sessions: usize) -> String {
    format!("imported {}", so_many(sessions, "session", "sessions"))
}

/// Sessions that were there already and stay as they are.
pub fn there_already(ids: &[String]) -> String {
    format!(
        "could not import {} that are there already; delete them first to replace them: {}",
        so_many(ids.len(), "session", "sessions"),
        ids.join(", ")
    )
}

// `close`, `delete`

/// Nothing is left.
pub const DELETED_EVERYTHING: &str = "deleted everything: sessions, people, ranges, backups";
/// What is deleted stands in the file for a while.
pub const OVERWRITTEN_LATER: &str =
    "another copy of formcheck is reading: what was deleted is overwritten in the file when that has ended";

/// The session is closed.
pub fn closed(id: &str) -> String {
    format!("closed {id}")
}

/// The session is gone.
pub fn deleted(id: &str) -> String {
    format!("deleted {id}")
}

/// A copy of the store that may still have what was deleted.
pub fn copy_may_hold_it(copy: &Path) -> String {
    format!(
        "this copy, made before, may still hold it; `formcheck sessions delete --all` removes copies, too: {}",
        copy.display()
    )
}

// `ranges`

/// There is no range to list.
pub const NO_RANGES: &str = "no ranges; \"Measure my range\" in the window learns one";

/// A range in a list.
pub fn range_line(r: &RangeRecord) -> String {
    format!("{}  {}  {}  {}", r.person, r.exercise, in_unit(r.own_range, &r.unit), r.at)
}

/// There is no such range to forget.
pub fn no_range(person: &str, exercise: &str) -> String {
    format!("there is no range of {person} in \"{exercise}\"; `formcheck sessions ranges` lists all")
}

/// The range is forgotten.
pub fn forgotten(person: &str, exercise: &str) -> String {
    format!("forgotten: the range of {person} in {exercise}")
}
