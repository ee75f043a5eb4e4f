//! Reading: the list of sessions, whole sessions, open ones.

use super::database::Store;
use super::error::StoreError;
use super::lock;
use crate::counting::record::{HoldTotals, Rep, RepSide, RepTotals, SUMMARY_SCHEMA, SourceRecord, Summary};
use crate::exercise::Mode;
use crate::history::session::{Corrected, SESSION_SCHEMA, SessionRecord, StoredSet};
use crate::history::trend::PastSet;
use rusqlite::{OptionalExtension as _, Row, params};

/// A session in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionLine {
    /// Id.
    pub id: String,
    /// Name of the person.
    pub person: String,
    /// RFC 3339.
    pub started_at: String,
    /// Whether it was brought to its end.
    pub ended: bool,
    /// Titles of its sets, in order.
    pub titles: Vec<String>,
    /// Repetitions that stand, of all sets.
    pub counted: u32,
}

/// Which sessions are asked for; `None`: no limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Period<'a> {
    /// Name of the person.
    pub person: Option<&'a str>,
    /// First day, `2026-11-23`, as the person's calendar had it.
    pub from: Option<&'a str>,
    /// Last day.
    pub to: Option<&'a str>,
}

/// Which sets of the past are asked for; `None`: no limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SetQuery<'a> {
    /// Up to the session of this id.
    pub until: Option<&'a str>,
    /// So many at most, the newest.
    pub newest: Option<u32>,
}

impl Store {
    /// All sessions that are asked for, the newest first.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn list(&self, of: &Period<'_>) -> Result<Vec<SessionLine>, StoreError> {
        let mut query = self.db.prepare(
            "SELECT s.id, p.name, s.started_at, s.ended_at IS NOT NULL,
                (SELECT group_concat(title, char(10) ORDER BY number) FROM sets WHERE session = s.id),
                (SELECT COALESCE(SUM(COALESCE(corrected_total,
                    (SELECT COUNT(*) FROM reps WHERE set_id = sets.id AND counted))), 0) FROM sets WHERE session = s.id)
             FROM sessions s JOIN people p ON p.id = s.person
             WHERE (?1 IS NULL OR p.name = ?1) AND (?2 IS NULL OR substr(s.started_at, 1, 10) >= ?2)
             AND (?3 IS NULL OR substr(s.started_at, 1, 10) <= ?3) ORDER BY substr(s.started_at, 1, 19) DESC, s.id DESC",
        )?;
        let line = |row: &Row<'_>| {
            let titles: Option<String> = row.get(4)?;
            Ok(SessionLine {
                id: row.get(0)?,
                person: row.get(1)?,
                started_at: row.get(2)?,
                ended: row.get(3)?,
                titles: titles.iter().flat_map(|t| t.lines()).map(str::to_owned).collect(),
                counted: u32::try_from(row.get::<_, i64>(5)?).unwrap_or(u32::MAX),
            })
        };
        let lines = query.query_map(params![of.person, of.from, of.to], line)?;
        Ok(lines.collect::<Result<_, _>>()?)
    }

    /// Ids of the sessions that were never ended and whose program is gone: they can be resumed or closed.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn abandoned(&self) -> Result<Vec<String>, StoreError> {
        let mut query = self.db.prepare("SELECT id FROM sessions WHERE ended_at IS NULL ORDER BY id")?;
        let ids = query.query_map([], |r| r.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
        Ok(ids.into_iter().filter(|id| !lock::is_held(&self.path, id)).collect())
    }

    /// What to say when the clock stands before the newest session: it was set back, and dates that follow may be wrong.
    /// `now` is written as session ids begin.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn clock_warning(&self, now: &str) -> Result<Option<String>, StoreError> {
        let newest: Option<String> = self.db.query_row("SELECT MAX(id) FROM sessions", [], |row| row.get(0))?;
        Ok(newest.filter(|id| id.get(..now.len()).is_some_and(|mark| mark > now)).map(|id| {
            format!("warning: the clock stands before the newest session ({id}); was it set back? Dates may be wrong, counts are not")
        }))
    }

    /// A whole session.
    ///
    /// # Errors
    /// When there is none of that id, or the database refuses.
    pub fn session(&self, id: &str) -> Result<SessionRecord, StoreError> {
        let query = "SELECT p.name, s.started_at, s.ended_at, s.app_version, s.pain_before, s.pain_after, s.note,
             s.stopped_because FROM sessions s JOIN people p ON p.id = s.person WHERE s.id = ?1";
        let head = |row: &Row<'_>| {
            let head = SessionRecord {
                schema: SESSION_SCHEMA,
                id: id.to_owned(),
                person: row.get(0)?,
                started_at: row.get(1)?,
                ended_at: row.get(2)?,
                app_version: row.get(3)?,
                pain_before: row.get(4)?,
                pain_after: row.get(5)?,
                note: row.get(6)?,
                stopped_because: None,
                sets: Vec::new(),
            };
            Ok((head, row.get::<_, Option<String>>(7)?))
        };
        let found = self.db.query_row(query, [id], head).optional()?;
        let (mut session, because) = found.ok_or_else(|| StoreError::Unknown(id.to_owned()))?;
        session.stopped_because = because.map(|b| serde_json::from_str(&b)).transpose()?;
        session.sets = self.sets(id)?;
        Ok(session)
    }

    /// The sets of an exercise by a person, the oldest first.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn sets_of(&self, person: &str, exercise: &str, of: SetQuery<'_>) -> Result<Vec<PastSet>, StoreError> {
        let mut query = self.db.prepare_cached(
            "SELECT sets.* FROM sets JOIN sessions ON sessions.id = sets.session JOIN people ON people.id = sessions.person
             WHERE sets.exercise = ?2 AND people.name = ?1 AND (?3 IS NULL OR sets.session <= ?3)
             ORDER BY sets.session DESC, sets.number DESC LIMIT COALESCE(?4, -1)",
        )?;
        let mut rows = query.query(params![person, exercise, of.until, of.newest])?;
        let mut sets = Vec::new();
        while let Some(row) = rows.next()? {
            let reps = self.reps(row.get("id")?)?;
            sets.push(PastSet { session: row.get("session")?, set: set_of(row, reps)? });
        }
        sets.reverse();
        Ok(sets)
    }

    fn sets(&self, session: &str) -> Result<Vec<StoredSet>, StoreError> {
        let mut query = self.db.prepare_cached("SELECT * FROM sets WHERE session = ?1 ORDER BY number")?;
        let mut rows = query.query([session])?;
        let mut sets = Vec::new();
        while let Some(row) = rows.next()? {
            let reps = self.reps(row.get("id")?)?;
            sets.push(set_of(row, reps)?);
        }
        Ok(sets)
    }

    fn reps(&self, set: i64) -> Result<Vec<Rep>, StoreError> {
        let mut query = self.db.prepare_cached("SELECT * FROM reps WHERE set_id = ?1 ORDER BY number")?;
        let mut reps = query.query_map([set], rep_of)?.collect::<Result<Vec<_>, _>>()?;
        reps.iter_mut().zip(1..).for_each(|(rep, index)| rep.index = index);
        let mut query = self.db.prepare_cached(
            "SELECT rep, fault, advisory FROM rep_faults WHERE set_id = ?1 ORDER BY rep, advisory, position",
        )?;
        let faults =
            query.query_map([set], |r| Ok((r.get::<_, u32>(0)?, r.get::<_, String>(1)?, r.get::<_, bool>(2)?)))?;
        for fault in faults {
            let (rep, id, advisory) = fault?;
            if let Ok(i) = reps.binary_search_by_key(&rep, |r| r.id) {
                if advisory { reps[i].remarks.push(id) } else { reps[i].faults.push(id) }
            }
        }
        Ok(reps)
    }
}

fn set_of(row: &Row<'_>, reps: Vec<Rep>) -> Result<StoredSet, StoreError> {
    let mode: String = row.get("mode")?;
    let json = |column: &str| row.get::<_, String>(column);
    let candidates: Option<String> = row.get("candidates")?;
    let because: Option<String> = row.get("not_counted_because")?;
    let ended_by: Option<String> = row.get("ended_by")?;
    let prescription: Option<String> = row.get("prescription")?;
    let summary = Summary {
        schema: SUMMARY_SCHEMA,
        exercise: row.get("exercise")?,
        app_version: row.get("app_version")?,
        model: row.get("model")?,
        source: SourceRecord {
            kind: row.get("source_kind")?,
            frames: row.get("frames")?,
            duration_s: row.get("duration_s")?,
            complete: row.get("source_complete")?,
            notices: serde_json::from_str(&json("source_notices")?)?,
            input: None,
        },
        tracked_fraction: row.get("tracked_fraction")?,
        reps: RepTotals::of(&reps),
        holds: if mode == Mode::Hold.name() { HoldTotals::of(&reps) } else { HoldTotals::default() },
        active_s: row.get("active_s")?,
        faults: serde_json::from_str(&json("faults")?)?,
        not_measured: serde_json::from_str(&json("not_measured")?)?,
        pauses: serde_json::from_str(&json("pauses")?)?,
        ended_by: ended_by.map(|e| serde_json::from_str(&e)).transpose()?,
        not_counted_because: because.map(|b| serde_json::from_str(&b)).transpose()?,
        candidates: candidates.map(|c| serde_json::from_str(&c)).transpose()?,
        repetitions: reps,
    };
    let corrected = row.get::<_, Option<u32>>("corrected_total")?.map(|total| {
        Ok::<_, rusqlite::Error>(Corrected {
            total,
            left: row.get("corrected_left")?,
            right: row.get("corrected_right")?,
        })
    });
    Ok(StoredSet {
        index: row.get("number")?,
        started_at: row.get("started_at")?,
        finished: row.get("finished")?,
        title: row.get("title")?,
        file_sha256: row.get("file_sha256")?,
        mode,
        target_reps: row.get("target_reps")?,
        target_sides: row.get("target_sides")?,
        target_hold_s: row.get("target_hold_s")?,
        prescription: prescription.map(|p| serde_json::from_str(&p)).transpose()?,
        summary,
        corrected: corrected.transpose()?,
        note: row.get("note")?,
        key_poses: serde_json::from_str(&json("stills")?)?,
    })
}

fn rep_of(row: &Row<'_>) -> rusqlite::Result<Rep> {
    let side: Option<String> = row.get("side")?;
    Ok(Rep {
        // The number in the table is the id; the index is the place in the list.
        id: row.get("number")?,
        index: 0,
        start_s: row.get("start_s")?,
        peak_s: row.get("peak_s")?,
        end_s: row.get("end_s")?,
        side: side.map(|s| match s.as_str() {
            "left" => RepSide::Left,
            "right" => RepSide::Right,
            _ => RepSide::Unknown,
        }),
        counted: row.get("counted")?,
        reason: row.get("reason")?,
        hold_s: row.get("hold_s")?,
        range: row.get("range")?,
        range_unit: row.get("range_unit")?,
        score: row.get("score")?,
        faults: Vec::new(),
        remarks: Vec::new(),
    })
}
