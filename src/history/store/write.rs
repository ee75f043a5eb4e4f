//! Writing: sessions, sets and repetitions as they happen, and whole sessions from an export.

use super::database::Store;
use super::error::StoreError;
use super::lock::SessionLock;
use super::ranges::{forget_people_without_anything, put_range};
use crate::counting::record::{Rep, RepSide};
use crate::counting::runner::FinishedSet;
use crate::history::session::{Corrected, Export, LARGEST_COUNT, SessionRecord, StoppedBecause, StoredSet};
use rusqlite::{OptionalExtension as _, Transaction, params};

/// What a person says of a session.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Remarks {
    /// Pain before, 0 (none) to 10.
    pub pain_before: Option<u8>,
    /// Pain after.
    pub pain_after: Option<u8>,
    /// In their own words.
    pub note: Option<String>,
    /// Why it ended before its end.
    pub stopped_because: Option<StoppedBecause>,
}

/// What a person says of a set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SetRemarks {
    /// The right counts; `Some(None)`: the measured ones are right.
    #[allow(clippy::option_option, reason = "nothing said, taken back, or corrected")]
    pub corrected: Option<Option<Corrected>>,
    /// In their own words.
    pub note: Option<String>,
}

/// Something that has changed in the list of a set.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum ListChange {
    /// An entry is new or has changed.
    Put(Rep),
    /// The entry of that id is no more.
    Drop(u32),
    /// Seconds of activity, in duration mode.
    Active(f64),
}

impl Store {
    /// A change that waits for other copies of the program at its beginning: one that reads first and then finds that
    /// another has written would fail at once.
    pub(super) fn change(&mut self) -> Result<Transaction<'_>, StoreError> {
        if self.is_copy() {
            return Err(StoreError::ReadOnly { path: self.path.clone() });
        }
        Ok(self.db.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?)
    }

    /// Opens a session. `at` is RFC 3339 with the zone's offset; `id` should sort by time. Nobody else can go on in it,
    /// close or delete it while the lock lives.
    ///
    /// # Errors
    /// When there is one of that id, or the database refuses.
    pub(super) fn begin_session(&mut self, id: &str, person: &str, at: &str) -> Result<SessionLock, StoreError> {
        let lock = self.lock(id)?;
        self.import(&SessionRecord::begun(id, person, at))?;
        Ok(lock)
    }

    fn lock(&self, id: &str) -> Result<SessionLock, StoreError> {
        let lock =
            SessionLock::take(&self.path, id).map_err(|cause| StoreError::Folder { cause, path: self.path.clone() })?;
        lock.ok_or_else(|| StoreError::Running(id.to_owned()))
    }

    /// Begins a set in an open session and returns its key.
    ///
    /// # Errors
    /// When the database refuses.
    pub(super) fn begin_set(&mut self, session: &str, set: &StoredSet) -> Result<i64, StoreError> {
        let change = self.change()?;
        let number: u32 =
            change.query_row("SELECT COALESCE(MAX(number), 0) + 1 FROM sets WHERE session = ?1", [session], |r| {
                r.get(0)
            })?;
        let key = put_set(&change, session, &StoredSet { index: number, ..set.clone() })?;
        // A session of films belongs to the day they were made on.
        let began: String =
            change.query_row("SELECT started_at FROM sessions WHERE id = ?1", [session], |r| r.get(0))?;
        let time = |text: &str| text.parse::<jiff::Timestamp>().ok();
        if time(&set.started_at).zip(time(&began)).is_some_and(|(of_set, of_session)| of_set < of_session) {
            change.execute("UPDATE sessions SET started_at = ?2 WHERE id = ?1", [session, &set.started_at])?;
        }
        change.commit()?;
        Ok(key)
    }

    /// Sets down what has changed in the list of a set. It is on the disk when this returns.
    ///
    /// # Errors
    /// When the database refuses.
    pub(super) fn put_changes(&mut self, set: i64, changes: &[ListChange]) -> Result<(), StoreError> {
        let change = self.change()?;
        for news in changes {
            match news {
                ListChange::Put(rep) => put_rep(&change, set, rep)?,
                ListChange::Drop(id) => drop_rep(&change, set, *id)?,
                ListChange::Active(active_s) => {
                    change.execute("UPDATE sets SET active_s = ?2 WHERE id = ?1", params![set, active_s])?;
                }
            }
        }
        change.commit()?;
        Ok(())
    }

    /// Ends a set with its final summary, which replaces what was set down on the way, and its stills.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn finish_set(&mut self, set: i64, done: &FinishedSet) -> Result<(), StoreError> {
        let summary = &done.summary;
        let change = self.change()?;
        change.execute("DELETE FROM reps WHERE set_id = ?1", [set])?;
        for rep in &summary.repetitions {
            put_rep(&change, set, rep)?;
        }
        let changed = change.execute(
            "UPDATE sets SET finished = 1, exercise = ?2, model = ?3, source_kind = ?4, frames = ?5, duration_s = ?6,
             tracked_fraction = ?7, active_s = ?8, faults = ?9, not_measured = ?10, candidates = ?11, stills = ?12,
             not_counted_because = ?13, pauses = ?14, ended_by = ?15, source_complete = ?16, source_notices = ?17 WHERE id = ?1",
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
                serde_json::to_string(&done.key_poses)?,
                summary.not_counted_because.as_ref().map(serde_json::to_string).transpose()?,
                serde_json::to_string(&summary.pauses)?,
                summary.ended_by.as_ref().map(serde_json::to_string).transpose()?,
                summary.source.complete,
                serde_json::to_string(&summary.source.notices)?,
            ],
        )?;
        change.commit()?;
        if changed == 0 { Err(StoreError::Unknown(format!("set {set}"))) } else { Ok(()) }
    }

    /// Closes a session that was left open.
    ///
    /// # Errors
    /// When there is none of that id, another copy of the program has it open, or the database refuses.
    pub fn close_session(&mut self, id: &str, at: &str) -> Result<(), StoreError> {
        let _lock = self.lock(id)?;
        self.end_session(id, at)
    }

    /// Ends a session; one without sets leaves nothing behind.
    pub(super) fn end_session(&mut self, id: &str, at: &str) -> Result<(), StoreError> {
        let change = self.change()?;
        if change.execute("UPDATE sessions SET ended_at = ?2 WHERE id = ?1", [id, at])? == 0 {
            return Err(StoreError::Unknown(id.to_owned()));
        }
        change.execute(
            "DELETE FROM sessions WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM sets WHERE session = ?1)",
            [id],
        )?;
        forget_people_without_anything(&change)?;
        change.commit()?;
        Ok(())
    }

    /// Takes an open session over, to go on in it.
    pub(super) fn resume_session(&mut self, id: &str) -> Result<SessionLock, StoreError> {
        let query = "SELECT 1 FROM sessions WHERE id = ?1 AND ended_at IS NULL";
        let is_open = self.db.query_row(query, [id], |_| Ok(())).optional()?.is_some();
        if is_open { self.lock(id) } else { Err(StoreError::Unknown(id.to_owned())) }
    }

    /// Writes down what the person says of a session and of a set in it (its number); what is `None` stays as it is. The
    /// measured counts stay beside corrected ones.
    ///
    /// # Errors
    /// When there is no such session or set, or the database refuses; nothing has changed then.
    pub fn remark(
        &mut self,
        session: &str,
        said: &Remarks,
        of_set: Option<(u32, &SetRemarks)>,
    ) -> Result<(), StoreError> {
        let corrected = of_set.and_then(|(_, said)| said.corrected).flatten();
        if let Some(count) = corrected.map(|c| c.total).filter(|total| *total > LARGEST_COUNT) {
            return Err(StoreError::TooMany(count));
        }
        let change = self.change()?;
        let changed = change.execute(
            "UPDATE sessions SET pain_before = COALESCE(?2, pain_before), pain_after = COALESCE(?3, pain_after),
             note = NULLIF(COALESCE(?4, note), ''), stopped_because = COALESCE(?5, stopped_because) WHERE id = ?1",
            params![
                session,
                said.pain_before,
                said.pain_after,
                said.note,
                said.stopped_because.as_ref().map(serde_json::to_string).transpose()?
            ],
        )?;
        if changed == 0 {
            return Err(StoreError::Unknown(session.to_owned()));
        }
        if let Some((number, said)) = of_set {
            let changed = change.execute(
                "UPDATE sets SET note = NULLIF(COALESCE(?3, note), '') WHERE session = ?1 AND number = ?2",
                params![session, number, said.note],
            )?;
            if changed == 0 {
                return Err(StoreError::Unknown(format!("{session}, set {number}")));
            }
            if let Some(corrected) = said.corrected {
                change.execute(
                    "UPDATE sets SET corrected_total = ?3, corrected_left = ?4, corrected_right = ?5
                     WHERE session = ?1 AND number = ?2",
                    params![
                        session,
                        number,
                        corrected.map(|c| c.total),
                        corrected.and_then(|c| c.left),
                        corrected.and_then(|c| c.right)
                    ],
                )?;
            }
        }
        change.commit()?;
        Ok(())
    }

    /// Deletes one session. False when another program reads the database just now: what was deleted is overwritten in the
    /// log beside the file only when that has ended.
    ///
    /// # Errors
    /// When there is none of that id, it is under way, or the database refuses.
    pub fn delete(&mut self, id: &str) -> Result<bool, StoreError> {
        let _lock = self.lock(id)?;
        let change = self.change()?;
        if change.execute("DELETE FROM sessions WHERE id = ?1", [id])? == 0 {
            return Err(StoreError::Unknown(id.to_owned()));
        }
        forget_people_without_anything(&change)?;
        change.commit()?;
        // What was deleted must not stay readable in the log beside the file.
        Ok(self.db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, i64>(0))? == 0)
    }

    /// Sets a whole session down, as from an export.
    ///
    /// # Errors
    /// When there is one of that id, or the database refuses.
    pub fn import(&mut self, session: &SessionRecord) -> Result<(), StoreError> {
        let change = self.change()?;
        if !put_session(&change, session)? {
            return Err(StoreError::Exists(session.id.clone()));
        }
        Ok(change.commit()?)
    }

    /// Brings an export back: all of it or, on an error, nothing. Sessions that are there already are left as they are; their
    /// ids are returned. Own ranges take the place of older ones.
    ///
    /// # Errors
    /// When something in it does not make sense, or the database refuses.
    pub fn import_all(&mut self, export: &Export) -> Result<Vec<String>, StoreError> {
        for session in &export.sessions {
            session.check().map_err(|what| StoreError::Senseless { id: shortened(&session.id), what })?;
        }
        for range in &export.ranges {
            range.check().map_err(|what| StoreError::SenselessRange { exercise: shortened(&range.exercise), what })?;
        }
        let change = self.change()?;
        let mut there = Vec::new();
        for session in &export.sessions {
            if !put_session(&change, session)? {
                there.push(session.id.clone());
            }
        }
        for range in &export.ranges {
            put_range(&change, range)?;
        }
        change.commit()?;
        Ok(there)
    }
}

/// An id as it can be told: one that makes no sense may be a page long.
fn shortened(id: &str) -> String {
    const SHOWN: usize = 40;
    let plain: String = id.chars().take(SHOWN).map(|c| if c.is_control() { '?' } else { c }).collect();
    if id.chars().count() > SHOWN { format!("{plain}...") } else { plain }
}

/// Sets a whole session down; false when there is one of that id.
fn put_session(change: &Transaction<'_>, session: &SessionRecord) -> Result<bool, StoreError> {
    let there: Option<i64> =
        change.query_row("SELECT 1 FROM sessions WHERE id = ?1", [&session.id], |r| r.get(0)).optional()?;
    if there.is_some() {
        return Ok(false);
    }
    change.execute("INSERT OR IGNORE INTO people (name) VALUES (?1)", [&session.person])?;
    change.execute(
        "INSERT INTO sessions (id, person, started_at, ended_at, app_version, pain_before, pain_after, note,
         stopped_because)
         VALUES (?1, (SELECT id FROM people WHERE name = ?2), ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        params![
            session.id,
            session.person,
            session.started_at,
            session.ended_at,
            session.app_version,
            session.pain_before,
            session.pain_after,
            session.note,
            session.stopped_because.as_ref().map(serde_json::to_string).transpose()?
        ],
    )?;
    for set in &session.sets {
        let key = put_set(change, &session.id, set)?;
        for rep in &set.summary.repetitions {
            put_rep(change, key, &rep.clone().identified())?;
        }
    }
    Ok(true)
}

fn put_set(change: &Transaction<'_>, session: &str, set: &StoredSet) -> Result<i64, StoreError> {
    let s = &set.summary;
    change.execute(
        "INSERT INTO sets (session, number, started_at, finished, exercise, title, file_sha256, mode, target_reps,
         target_hold_s, app_version, model, source_kind, frames, duration_s, tracked_fraction, active_s, faults,
         not_measured, candidates, corrected_total, corrected_left, corrected_right, note,
         target_sides, prescription, stills, not_counted_because, pauses, ended_by, source_complete, source_notices)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24,
         ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32)",
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
            serde_json::to_string(&set.key_poses)?,
            s.not_counted_because.as_ref().map(serde_json::to_string).transpose()?,
            serde_json::to_string(&s.pauses)?,
            s.ended_by.as_ref().map(serde_json::to_string).transpose()?,
            s.source.complete,
            serde_json::to_string(&s.source.notices)?
        ],
    )?;
    Ok(change.last_insert_rowid())
}

/// Takes an entry off the list of a set; its faults go with it.
fn drop_rep(change: &Transaction<'_>, set: i64, id: u32) -> Result<(), StoreError> {
    change.prepare_cached("DELETE FROM reps WHERE set_id = ?1 AND number = ?2")?.execute(params![set, id])?;
    Ok(())
}

fn put_rep(change: &Transaction<'_>, set: i64, rep: &Rep) -> Result<(), StoreError> {
    let side = rep.side.map(|s| match s {
        RepSide::Left => "left",
        RepSide::Right => "right",
        RepSide::Unknown => "unknown",
    });
    drop_rep(change, set, rep.id)?;
    change
        .prepare_cached(
            "INSERT INTO reps (set_id, number, start_s, peak_s, end_s, side, counted, reason, hold_s, range, range_unit, score)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        )?
        .execute(params![
            set,
            rep.id,
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
    for (advisory, ids) in [(false, &rep.faults), (true, &rep.remarks)] {
        for (position, fault) in ids.iter().enumerate() {
            change
                .prepare_cached(
                    "INSERT INTO rep_faults (set_id, rep, position, fault, advisory) VALUES (?1, ?2, ?3, ?4, ?5)",
                )?
                .execute(params![set, rep.id, position, fault, advisory])?;
        }
    }
    Ok(())
}
