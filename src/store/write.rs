//! Writing: sessions, sets and repetitions as they happen, and whole sessions from an export.

use super::{Store, StoreError};
use crate::session::log::{Corrected, SESSION_SCHEMA, SessionRecord, SetLog};
use crate::session::records::{Rep, RepSide};
use crate::session::set::SetDone;
use rusqlite::{Connection, OptionalExtension as _, Transaction, params};

/// What a person says of a session.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Remarks {
    /// Pain before, 0 (none) to 10.
    pub pain_before: Option<u8>,
    /// Pain after.
    pub pain_after: Option<u8>,
    /// In their own words.
    pub note: Option<String>,
}

impl Store {
    /// A change that waits for other copies of the program at its beginning: one that reads first and then finds that
    /// another has written would fail at once.
    pub(super) fn change(&mut self) -> rusqlite::Result<Transaction<'_>> {
        self.db.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)
    }

    /// Opens a session and returns its id. `at` is RFC 3339 with the zone's offset; `id` should sort by time.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn begin_session(&mut self, id: &str, person: &str, at: &str) -> Result<(), StoreError> {
        let session = SessionRecord {
            schema: SESSION_SCHEMA,
            id: id.to_owned(),
            person: person.to_owned(),
            started_at: at.to_owned(),
            ended_at: None,
            app_version: env!("CARGO_PKG_VERSION").to_owned(),
            pain_before: None,
            pain_after: None,
            note: None,
            sets: Vec::new(),
        };
        self.import(&session)?;
        self.db.execute("UPDATE sessions SET owner = ?2 WHERE id = ?1", params![id, owner()])?;
        Ok(())
    }

    /// Begins a set in an open session and returns its key.
    ///
    /// # Errors
    /// When the database refuses.
    pub(super) fn begin_set(&mut self, session: &str, set: &SetLog) -> Result<i64, StoreError> {
        let change = self.change()?;
        let number: u32 =
            change.query_row("SELECT COALESCE(MAX(number), 0) + 1 FROM sets WHERE session = ?1", [session], |r| {
                r.get(0)
            })?;
        let key = put_set(&change, session, &SetLog { index: number, ..set.clone() })?;
        change.commit()?;
        Ok(key)
    }

    /// Sets down repetitions whose verdict is new or has changed. They are on the disk when this returns.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn put_reps(&mut self, set: i64, reps: &[Rep]) -> Result<(), StoreError> {
        let change = self.change()?;
        for rep in reps {
            put_rep(&change, set, rep)?;
        }
        change.commit()?;
        Ok(())
    }

    /// Ends a set with its final summary, which replaces what was set down on the way, and its stills.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn finish_set(&mut self, set: i64, done: &SetDone) -> Result<(), StoreError> {
        let summary = &done.summary;
        let change = self.change()?;
        change.execute("DELETE FROM reps WHERE set_id = ?1", [set])?;
        for rep in &summary.repetitions {
            put_rep(&change, set, rep)?;
        }
        change.execute(
            "UPDATE sets SET finished = 1, exercise = ?2, model = ?3, source_kind = ?4, frames = ?5, duration_s = ?6,
             tracked_fraction = ?7, active_s = ?8, faults = ?9, not_measured = ?10, candidates = ?11, stills = ?12 WHERE id = ?1",
            params![
                set,
                summary.exercise,
                summary.model,
                summary.source.kind,
                summary.source.frames,
                summary.source.duration_s,
                summary.tracked_fraction,
                summary.active_s,
                serde_json::to_string(&summary.faults)?,
                serde_json::to_string(&summary.not_measured)?,
                summary.candidates.as_ref().map(serde_json::to_string).transpose()?,
                serde_json::to_string(&done.stills)?,
            ],
        )?;
        change.commit()?;
        Ok(())
    }

    /// Closes a session; one without sets leaves nothing behind.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn end_session(&mut self, id: &str, at: &str) -> Result<(), StoreError> {
        let change = self.change()?;
        change.execute("UPDATE sessions SET ended_at = ?2, owner = NULL WHERE id = ?1", [id, at])?;
        change.execute(
            "DELETE FROM sessions WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM sets WHERE session = ?1)",
            [id],
        )?;
        change.commit()?;
        Ok(())
    }

    /// Takes an open session over, to go on in it.
    ///
    /// # Errors
    /// When there is none of that id, or the database refuses.
    pub fn resume_session(&mut self, id: &str) -> Result<(), StoreError> {
        let changed = self
            .db
            .execute("UPDATE sessions SET owner = ?2 WHERE id = ?1 AND ended_at IS NULL", params![id, owner()])?;
        if changed == 0 { Err(StoreError::Unknown(id.to_owned())) } else { Ok(()) }
    }

    /// Corrects the counts of a set (`number` in its session), or takes the correction back; the measured ones stay.
    ///
    /// # Errors
    /// When there is no such set, or the database refuses.
    pub fn correct(&mut self, session: &str, number: u32, corrected: Option<Corrected>) -> Result<(), StoreError> {
        let changed = self.db.execute(
            "UPDATE sets SET corrected_total = ?3, corrected_left = ?4, corrected_right = ?5 WHERE session = ?1 AND number = ?2",
            params![
                session,
                number,
                corrected.map(|c| c.total),
                corrected.and_then(|c| c.left),
                corrected.and_then(|c| c.right)
            ],
        )?;
        if changed == 0 { Err(StoreError::Unknown(format!("{session}, set {number}"))) } else { Ok(()) }
    }

    /// Writes down what the person says of a session; what is `None` stays as it is.
    ///
    /// # Errors
    /// When there is no such session, or the database refuses.
    pub fn remark(&mut self, session: &str, remarks: &Remarks) -> Result<(), StoreError> {
        let changed = self.db.execute(
            "UPDATE sessions SET pain_before = COALESCE(?2, pain_before), pain_after = COALESCE(?3, pain_after),
             note = COALESCE(?4, note) WHERE id = ?1",
            params![session, remarks.pain_before, remarks.pain_after, remarks.note],
        )?;
        if changed == 0 { Err(StoreError::Unknown(session.to_owned())) } else { Ok(()) }
    }

    /// Writes a note to a set (`number` in its session).
    ///
    /// # Errors
    /// When there is no such set, or the database refuses.
    pub fn note_set(&mut self, session: &str, number: u32, note: &str) -> Result<(), StoreError> {
        let changed = self
            .db
            .execute("UPDATE sets SET note = ?3 WHERE session = ?1 AND number = ?2", params![session, number, note])?;
        if changed == 0 { Err(StoreError::Unknown(format!("{session}, set {number}"))) } else { Ok(()) }
    }

    /// Deletes one session.
    ///
    /// # Errors
    /// When there is none of that id, or the database refuses.
    pub fn delete(&mut self, id: &str) -> Result<(), StoreError> {
        let change = self.change()?;
        if change.execute("DELETE FROM sessions WHERE id = ?1", [id])? == 0 {
            return Err(StoreError::Unknown(id.to_owned()));
        }
        change.execute(
            "DELETE FROM people WHERE NOT EXISTS (SELECT 1 FROM sessions WHERE person = people.id)
             AND NOT EXISTS (SELECT 1 FROM calibrations WHERE person = people.id)",
            [],
        )?;
        change.commit()?;
        // What was deleted must not stay readable in the log beside the file.
        self.db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        Ok(())
    }
}

/// Who holds an open session: this process. A session whose holder is gone can be resumed or closed.
fn owner() -> String {
    std::process::id().to_string()
}

/// Sets a whole session down.
pub(super) fn import(db: &mut Connection, session: &SessionRecord) -> Result<(), StoreError> {
    let change = db.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    let there: Option<i64> =
        change.query_row("SELECT 1 FROM sessions WHERE id = ?1", [&session.id], |r| r.get(0)).optional()?;
    if there.is_some() {
        return Err(StoreError::Exists(session.id.clone()));
    }
    change.execute("INSERT OR IGNORE INTO people (name) VALUES (?1)", [&session.person])?;
    change.execute(
        "INSERT INTO sessions (id, person, started_at, ended_at, app_version, pain_before, pain_after, note)
         VALUES (?1, (SELECT id FROM people WHERE name = ?2), ?3, ?4, ?5, ?6, ?7, ?8)",
        params![
            session.id,
            session.person,
            session.started_at,
            session.ended_at,
            session.app_version,
            session.pain_before,
            session.pain_after,
            session.note
        ],
    )?;
    for set in &session.sets {
        let key = put_set(&change, &session.id, set)?;
        for rep in &set.summary.repetitions {
            put_rep(&change, key, rep)?;
        }
    }
    change.commit()?;
    Ok(())
}

fn put_set(change: &Transaction<'_>, session: &str, set: &SetLog) -> Result<i64, StoreError> {
    let s = &set.summary;
    change.execute(
        "INSERT INTO sets (session, number, started_at, finished, exercise, title, file_sha256, mode, target_reps,
         target_hold_s, app_version, model, source_kind, frames, duration_s, tracked_fraction, active_s, faults,
         not_measured, candidates, corrected_total, corrected_left, corrected_right, note,
         target_sides, prescription, stills)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24,
         ?25, ?26, ?27)",
        params![
            session,
            set.index,
            set.started_at,
            set.finished,
            s.exercise,
            set.title,
            set.file_sha256,
            set.mode,
            set.target_reps,
            set.target_hold_s,
            s.app_version,
            s.model,
            s.source.kind,
            s.source.frames,
            s.source.duration_s,
            s.tracked_fraction,
            s.active_s,
            serde_json::to_string(&s.faults)?,
            serde_json::to_string(&s.not_measured)?,
            s.candidates.as_ref().map(serde_json::to_string).transpose()?,
            set.corrected.map(|c| c.total),
            set.corrected.and_then(|c| c.left),
            set.corrected.and_then(|c| c.right),
            set.note,
            set.target_sides,
            set.prescription.as_ref().map(serde_json::to_string).transpose()?,
            serde_json::to_string(&set.stills)?
        ],
    )?;
    Ok(change.last_insert_rowid())
}

fn put_rep(change: &Transaction<'_>, set: i64, rep: &Rep) -> Result<(), StoreError> {
    let side = rep.side.map(|s| match s {
        RepSide::Left => "left",
        RepSide::Right => "right",
        RepSide::Unknown => "unknown",
    });
    change.prepare_cached("DELETE FROM reps WHERE set_id = ?1 AND number = ?2")?.execute(params![set, rep.index])?;
    change
        .prepare_cached(
            "INSERT INTO reps (set_id, number, start_s, peak_s, end_s, side, counted, reason, hold_s, range, range_unit, score)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        )?
        .execute(params![
            set,
            rep.index,
            rep.start_s,
            rep.peak_s,
            rep.end_s,
            side,
            rep.counted,
            rep.reason,
            rep.hold_s,
            rep.range,
            rep.range_unit,
            rep.score
        ])?;
    for (advisory, ids) in [(false, &rep.faults), (true, &rep.advice)] {
        for (position, fault) in ids.iter().enumerate() {
            change
                .prepare_cached(
                    "INSERT INTO rep_faults (set_id, rep, position, fault, advisory) VALUES (?1, ?2, ?3, ?4, ?5)",
                )?
                .execute(params![set, rep.index, position, fault, advisory])?;
        }
    }
    Ok(())
}
