//! The tables, and how older ones become them.

use super::error::StoreError;
use rusqlite::Connection;
use std::path::Path;

/// Each step brings the tables one version further; `PRAGMA user_version` counts them. Steps are never changed, only added.
const STEPS: [&str; 6] = [FIRST, SECOND, THIRD, FOURTH, FIFTH, SIXTH];

const FIRST: &str = "
CREATE TABLE people (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
);
CREATE TABLE sessions (
    id TEXT PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES people(id) ON DELETE CASCADE,
    started_at TEXT NOT NULL,
    ended_at TEXT,
    app_version TEXT NOT NULL,
    pain_before INTEGER,
    pain_after INTEGER,
    note TEXT,
    owner TEXT
) WITHOUT ROWID;
CREATE INDEX sessions_by_person ON sessions(person, started_at);
CREATE TABLE sets (
    id INTEGER PRIMARY KEY,
    session TEXT NOT NULL REFERENCES sessions(id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    started_at TEXT NOT NULL,
    finished INTEGER NOT NULL,
    exercise TEXT,
    title TEXT NOT NULL,
    file_sha256 TEXT NOT NULL,
    mode TEXT NOT NULL,
    target_reps INTEGER NOT NULL,
    target_hold_s REAL NOT NULL,
    app_version TEXT NOT NULL,
    model TEXT NOT NULL,
    source_kind TEXT NOT NULL,
    frames INTEGER NOT NULL,
    duration_s REAL NOT NULL,
    tracked_fraction REAL NOT NULL,
    active_s REAL NOT NULL,
    faults TEXT NOT NULL,
    not_measured TEXT NOT NULL,
    candidates TEXT,
    corrected_total INTEGER,
    corrected_left INTEGER,
    corrected_right INTEGER,
    note TEXT,
    UNIQUE (session, number)
);
CREATE INDEX sets_by_exercise ON sets(exercise, started_at);
CREATE TABLE reps (
    set_id INTEGER NOT NULL REFERENCES sets(id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    start_s REAL NOT NULL,
    peak_s REAL NOT NULL,
    end_s REAL NOT NULL,
    side TEXT,
    counted INTEGER NOT NULL,
    reason TEXT,
    hold_s REAL,
    range REAL NOT NULL,
    range_unit TEXT NOT NULL,
    score INTEGER,
    PRIMARY KEY (set_id, number)
) WITHOUT ROWID;
CREATE TABLE rep_faults (
    set_id INTEGER NOT NULL,
    rep INTEGER NOT NULL,
    position INTEGER NOT NULL,
    fault TEXT NOT NULL,
    advisory INTEGER NOT NULL,
    PRIMARY KEY (set_id, rep, advisory, position),
    FOREIGN KEY (set_id, rep) REFERENCES reps(set_id, number) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE TABLE calibrations (
    person INTEGER NOT NULL REFERENCES people(id) ON DELETE CASCADE,
    exercise TEXT NOT NULL,
    file_sha256 TEXT NOT NULL,
    at TEXT NOT NULL,
    own_range REAL NOT NULL,
    unit TEXT NOT NULL,
    rest_sigma REAL NOT NULL,
    PRIMARY KEY (person, exercise)
) WITHOUT ROWID;
";

/// What a routine asked for, and stills for the report.
const SECOND: &str = "
ALTER TABLE sets ADD COLUMN target_sides INTEGER NOT NULL DEFAULT 1;
ALTER TABLE sets ADD COLUMN prescription TEXT;
ALTER TABLE sets ADD COLUMN stills TEXT NOT NULL DEFAULT '[]';
";

/// Who has a session open is told by a lock beside the file, not by a process number in it.
const THIRD: &str = "
ALTER TABLE sessions DROP COLUMN owner;
";

/// Why nothing counted.
const FOURTH: &str = "
ALTER TABLE sets ADD COLUMN not_counted_because TEXT;
";

/// When a set waited and how it ended; why a session was ended before its end.
const FIFTH: &str = "
ALTER TABLE sets ADD COLUMN pauses TEXT NOT NULL DEFAULT '[]';
ALTER TABLE sets ADD COLUMN ended_by TEXT;
ALTER TABLE sessions ADD COLUMN stopped_because TEXT;
";

/// What was odd about a recording.
const SIXTH: &str = "
ALTER TABLE sets ADD COLUMN source_complete INTEGER NOT NULL DEFAULT 1;
ALTER TABLE sets ADD COLUMN source_notices TEXT NOT NULL DEFAULT '[]';
";

/// Refuses a database that a newer version of the program has written, or another program.
pub(super) fn refuse_foreign(db: &Connection, path: &Path) -> Result<(), StoreError> {
    // One look: another copy of the program may be making its tables between two.
    let look = db.unchecked_transaction()?;
    let version: i64 = look.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let tables = "SELECT COUNT(*), COALESCE(SUM(name IN ('people', 'sessions', 'sets')), 0) FROM sqlite_schema WHERE type = 'table'";
    let (all, ours): (i64, i64) = look.query_row(tables, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
    look.commit()?;
    let has_ours = if version == 0 { all == 0 } else { ours == 3 };
    if version > STEPS.len() as i64 {
        return Err(StoreError::Newer { path: path.to_owned() });
    }
    if version < 0 || !has_ours {
        return Err(StoreError::Foreign { path: path.to_owned() });
    }
    Ok(())
}

/// Brings an opened database to the newest version. A copy of an older one is made beside it first.
pub(super) fn migrate(db: &mut Connection, path: &Path) -> Result<(), StoreError> {
    let newest = STEPS.len();
    let version = version(db)?;
    if version == newest {
        return Ok(());
    }
    if version > 0 {
        back_up(db, path, version)?;
    }
    let change = db.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    // Another copy of the program may have done it while this one waited for the lock.
    let done = change.query_row("PRAGMA user_version", [], |row| row.get::<_, usize>(0))?;
    for step in STEPS.iter().skip(done) {
        change.execute_batch(step).map_err(|cause| of_step(cause, path))?;
    }
    change.pragma_update(None, "user_version", newest)?;
    change.commit()?;
    Ok(())
}

/// A step that cannot be done, though the disk and the locks let it, was done by somebody already.
fn of_step(cause: rusqlite::Error, path: &Path) -> StoreError {
    match cause.sqlite_error_code() {
        Some(rusqlite::ErrorCode::Unknown) => StoreError::Altered { cause, path: path.to_owned() },
        _ => cause.into(),
    }
}

/// Copies a database beside itself. The copy gets its name when it is whole.
fn back_up(db: &Connection, path: &Path, version: usize) -> Result<(), StoreError> {
    let unfinished = path.with_extension(format!("v{version}.unfinished-{}.db", std::process::id()));
    let of_file = |cause| StoreError::Folder { cause, path: path.to_owned() };
    let _none_there = std::fs::remove_file(&unfinished);
    super::files::make_private(&unfinished).map_err(of_file)?;
    db.execute("VACUUM INTO ?1", [unfinished.to_string_lossy()])?;
    std::fs::rename(&unfinished, path.with_extension(format!("v{version}.backup.db"))).map_err(of_file)
}

fn version(db: &Connection) -> Result<usize, StoreError> {
    Ok(db.query_row("PRAGMA user_version", [], |row| row.get(0))?)
}
