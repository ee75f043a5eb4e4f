//! Own ranges, as calibrations have found them: one for each exercise of each person, never mixed.

use super::database::Store;
use super::error::StoreError;
use crate::counting::calibrate::Calibration;
use crate::history::session::RangeRecord;
use rusqlite::{OptionalExtension as _, Row, Transaction, params};

impl Store {
    /// Keeps what a calibration has found, in place of an older one of the same person and exercise.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn keep_range(&mut self, person: &str, c: &Calibration, at: &str) -> Result<(), StoreError> {
        let change = self.change()?;
        let range = RangeRecord {
            person: person.to_owned(),
            exercise: c.exercise.clone(),
            file_sha256: c.file_sha256.clone(),
            at: at.to_owned(),
            own_range: c.own_range,
            unit: c.unit.clone(),
            rest_sigma: c.rest_sigma,
        };
        put_range(&change, &range)?;
        change.commit()?;
        Ok(())
    }

    /// The own ranges that are kept: of one person, or of all.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn ranges(&self, person: Option<&str>) -> Result<Vec<RangeRecord>, StoreError> {
        let mut query = self.db.prepare(
            "SELECT p.name, c.exercise, c.file_sha256, c.at, c.own_range, c.unit, c.rest_sigma
             FROM calibrations c JOIN people p ON p.id = c.person WHERE ?1 IS NULL OR p.name = ?1 ORDER BY p.name, c.exercise",
        )?;
        let range = |row: &Row<'_>| {
            Ok(RangeRecord {
                person: row.get(0)?,
                exercise: row.get(1)?,
                file_sha256: row.get(2)?,
                at: row.get(3)?,
                own_range: row.get(4)?,
                unit: row.get(5)?,
                rest_sigma: row.get(6)?,
            })
        };
        Ok(query.query_map([person], range)?.collect::<Result<_, _>>()?)
    }

    /// The own range of a person in an exercise; `None` when there is none, or another exercise file has measured it.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn range_of(&self, person: &str, exercise: &str, file_sha256: &str) -> Result<Option<Calibration>, StoreError> {
        let query = "SELECT c.own_range, c.unit, c.rest_sigma FROM calibrations c JOIN people p ON p.id = c.person
             WHERE p.name = ?1 AND c.exercise = ?2 AND c.file_sha256 = ?3";
        let found = self.db.query_row(query, [person, exercise, file_sha256], |row| {
            Ok(Calibration {
                exercise: exercise.to_owned(),
                file_sha256: file_sha256.to_owned(),
                own_range: row.get(0)?,
                unit: row.get(1)?,
                rest_sigma: row.get(2)?,
            })
        });
        Ok(found.optional()?)
    }

    /// Forgets the own range of a person in an exercise; false when there was none.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn forget_range(&mut self, person: &str, exercise: &str) -> Result<bool, StoreError> {
        let change = self.change()?;
        let query = "DELETE FROM calibrations WHERE exercise = ?2 AND person = (SELECT id FROM people WHERE name = ?1)";
        let was_there = change.execute(query, [person, exercise])? > 0;
        forget_people_without_anything(&change)?;
        change.commit()?;
        Ok(was_there)
    }
}

/// Sets a range down in place of an older one of the same person and exercise.
pub(super) fn put_range(change: &Transaction<'_>, r: &RangeRecord) -> rusqlite::Result<()> {
    change.execute("INSERT OR IGNORE INTO people (name) VALUES (?1)", [&r.person])?;
    change.execute(
        "INSERT OR REPLACE INTO calibrations (person, exercise, file_sha256, at, own_range, unit, rest_sigma)
         VALUES ((SELECT id FROM people WHERE name = ?1), ?2, ?3, ?4, ?5, ?6, ?7)",
        params![r.person, r.exercise, r.file_sha256, r.at, r.own_range, r.unit, r.rest_sigma],
    )?;
    Ok(())
}

/// A name stays only as long as something stands to it.
pub(super) fn forget_people_without_anything(change: &Transaction<'_>) -> rusqlite::Result<()> {
    change.execute(
        "DELETE FROM people WHERE NOT EXISTS (SELECT 1 FROM sessions WHERE person = people.id)
         AND NOT EXISTS (SELECT 1 FROM calibrations WHERE person = people.id)",
        [],
    )?;
    Ok(())
}
