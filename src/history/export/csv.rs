//! CSV (RFC 4180): one row a set, or one row a repetition. Times are ISO 8601 with the zone's offset, lengths in seconds. No cell
//! is a formula to a spreadsheet.

use crate::counting::record::{Rep, RepSide};
use crate::history::session::{SessionRecord, StoredSet};
use serde::Serialize;

/// The columns, as the fields of the row are named.
const SET_COLUMNS: &[&str] = &[
    "session",
    "person",
    "session_started_at",
    "session_ended_at",
    "pain_before",
    "pain_after",
    "session_note",
    "set",
    "started_at",
    "exercise",
    "mode",
    "routine",
    "least_range",
    "most_range",
    "target_reps",
    "target_sides",
    "target_hold_s",
    "counted",
    "counted_left",
    "counted_right",
    "side_unknown",
    "rejected",
    "corrected",
    "corrected_left",
    "corrected_right",
    "holds_completed",
    "longest_hold_s",
    "held_s",
    "active_s",
    "tracked_fraction",
    "finished",
    "model",
    "app_version",
    "file_sha256",
    "note",
];

/// The columns, as the fields of the row are named.
const REP_COLUMNS: &[&str] = &[
    "session",
    "person",
    "set",
    "exercise",
    "set_started_at",
    "rep",
    "start_s",
    "peak_s",
    "end_s",
    "side",
    "counted",
    "reason",
    "hold_s",
    "range",
    "range_unit",
    "score",
    "faults",
    "advice",
];

/// Columns that are numbers with decimals.
const DECIMALS: &[&str] = &[
    "least_range",
    "most_range",
    "target_hold_s",
    "longest_hold_s",
    "held_s",
    "active_s",
    "tracked_fraction",
    "start_s",
    "peak_s",
    "end_s",
    "hold_s",
    "range",
];

/// Whose spreadsheet is to read it without being asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CsvFor {
    /// Programs: commas between columns, a point in numbers, nothing in front.
    #[default]
    Programs,
    /// A spreadsheet in English: as for programs, with a mark in front that says UTF-8.
    English,
    /// One in German, French and most other languages of Europe: semicolons between columns, a comma in numbers, the mark.
    European,
}

impl CsvFor {
    const fn delimiter(self) -> u8 {
        if matches!(self, Self::European) { b';' } else { b',' }
    }

    /// U+FEFF, without which Excel takes UTF-8 for another code.
    const fn mark(self) -> &'static str {
        if matches!(self, Self::Programs) { "" } else { "\u{feff}" }
    }

    /// A cell as this reader takes it for what it is.
    fn cell(self, column: &str, text: &str) -> String {
        if DECIMALS.contains(&column) {
            return if self == Self::European { text.replace('.', ",") } else { text.to_owned() };
        }
        // Spreadsheets run what begins like this as a formula; an apostrophe in front makes it a text.
        let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
        if is_formula && text.parse::<f64>().is_err() { format!("'{text}") } else { text.to_owned() }
    }
}

/// Whether a file is such a table of sets, of whichever kind.
pub fn is_of_sets(path: &std::path::Path) -> bool {
    use std::io::Read as _;
    let mut head = [0; 64];
    let read = crate::disk::bounded::open(path, u64::MAX).and_then(|mut file| file.read(&mut head));
    let head = String::from_utf8_lossy(&head[..read.unwrap_or(0)]).replace(';', ",");
    head.trim_start_matches('\u{feff}').starts_with(&SET_COLUMNS[..3].join(","))
}

/// A set as a row.
#[derive(Debug, Serialize)]
struct SetRow<'a> {
    session: &'a str,
    person: &'a str,
    session_started_at: &'a str,
    session_ended_at: Option<&'a str>,
    pain_before: Option<u8>,
    pain_after: Option<u8>,
    session_note: Option<&'a str>,
    set: u32,
    started_at: &'a str,
    exercise: Option<&'a str>,
    mode: &'a str,
    routine: Option<&'a str>,
    least_range: Option<f64>,
    most_range: Option<f64>,
    target_reps: u32,
    target_sides: u32,
    target_hold_s: f64,
    counted: u32,
    counted_left: u32,
    counted_right: u32,
    side_unknown: u32,
    rejected: u32,
    corrected: Option<u32>,
    corrected_left: Option<u32>,
    corrected_right: Option<u32>,
    holds_completed: u32,
    longest_hold_s: f64,
    held_s: f64,
    active_s: f64,
    tracked_fraction: f64,
    finished: bool,
    model: &'a str,
    app_version: &'a str,
    file_sha256: &'a str,
    note: Option<&'a str>,
}

/// A repetition as a row.
#[derive(Debug, Serialize)]
struct RepRow<'a> {
    session: &'a str,
    person: &'a str,
    set: u32,
    exercise: Option<&'a str>,
    set_started_at: &'a str,
    rep: u32,
    start_s: f64,
    peak_s: f64,
    end_s: f64,
    side: Option<RepSide>,
    counted: bool,
    reason: Option<&'a str>,
    hold_s: Option<f64>,
    range: f64,
    range_unit: &'a str,
    score: Option<u32>,
    faults: String,
    advice: String,
}

/// One row a set, with a header.
///
/// # Errors
/// When writing to memory fails.
pub fn sets(sessions: &[SessionRecord], reader: CsvFor) -> Result<String, csv::Error> {
    written(reader, SET_COLUMNS, all_sets(sessions).map(|(session, set)| set_row(session, set)))
}

/// One row a repetition, counted or not, with a header.
///
/// # Errors
/// When writing to memory fails.
pub fn reps(sessions: &[SessionRecord], reader: CsvFor) -> Result<String, csv::Error> {
    let rows = all_sets(sessions)
        .flat_map(|(session, set)| set.summary.repetitions.iter().map(move |rep| rep_row(session, set, rep)));
    written(reader, REP_COLUMNS, rows)
}

fn all_sets(sessions: &[SessionRecord]) -> impl Iterator<Item = (&SessionRecord, &StoredSet)> {
    sessions.iter().flat_map(|session| session.sets.iter().map(move |set| (session, set)))
}

/// The header stands there also where there are no rows.
fn written(reader: CsvFor, header: &[&str], rows: impl Iterator<Item = impl Serialize>) -> Result<String, csv::Error> {
    let bytes = |writer: csv::Writer<Vec<u8>>| writer.into_inner().map_err(|e| csv::Error::from(e.into_error()));
    let mut cells = csv::WriterBuilder::new().has_headers(false).from_writer(Vec::new());
    rows.into_iter().try_for_each(|row| cells.serialize(row))?;
    let cells = bytes(cells)?;
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .delimiter(reader.delimiter())
        .from_writer(reader.mark().as_bytes().to_vec());
    writer.write_record(header)?;
    for row in csv::ReaderBuilder::new().has_headers(false).from_reader(cells.as_slice()).records() {
        writer.write_record(header.iter().zip(row?.iter()).map(|(column, text)| reader.cell(column, text)))?;
    }
    Ok(String::from_utf8_lossy(&bytes(writer)?).into_owned())
}

fn set_row<'a>(session: &'a SessionRecord, set: &'a StoredSet) -> SetRow<'a> {
    let s = &set.summary;
    SetRow {
        session: &session.id,
        person: &session.person,
        session_started_at: &session.started_at,
        session_ended_at: session.ended_at.as_deref(),
        pain_before: session.pain_before,
        pain_after: session.pain_after,
        session_note: session.note.as_deref(),
        set: set.index,
        started_at: &set.started_at,
        exercise: s.exercise.as_deref(),
        mode: &set.mode,
        routine: set.prescription.as_ref().map(|p| p.routine.as_str()),
        least_range: set.prescription.as_ref().and_then(|p| p.least_range),
        most_range: set.prescription.as_ref().and_then(|p| p.most_range),
        target_reps: set.target_reps,
        target_sides: set.target_sides,
        target_hold_s: set.target_hold_s,
        counted: s.reps.total,
        counted_left: s.reps.left,
        counted_right: s.reps.right,
        side_unknown: s.reps.unknown,
        rejected: s.reps.rejected,
        corrected: set.corrected.map(|c| c.total),
        corrected_left: set.corrected.and_then(|c| c.left),
        corrected_right: set.corrected.and_then(|c| c.right),
        holds_completed: s.holds.completed,
        longest_hold_s: s.holds.best_s,
        held_s: s.holds.total_s,
        active_s: s.active_s,
        tracked_fraction: s.tracked_fraction,
        finished: set.finished,
        model: &s.model,
        app_version: &s.app_version,
        file_sha256: &set.file_sha256,
        note: set.note.as_deref(),
    }
}

fn rep_row<'a>(session: &'a SessionRecord, set: &'a StoredSet, rep: &'a Rep) -> RepRow<'a> {
    RepRow {
        session: &session.id,
        person: &session.person,
        set: set.index,
        exercise: set.summary.exercise.as_deref(),
        set_started_at: &set.started_at,
        rep: rep.index,
        start_s: rep.start_s,
        peak_s: rep.peak_s,
        end_s: rep.end_s,
        side: rep.side,
        counted: rep.counted,
        reason: rep.reason.as_deref(),
        hold_s: rep.hold_s,
        range: rep.range,
        range_unit: &rep.range_unit,
        score: rep.score,
        faults: rep.faults.join(" "),
        advice: rep.remarks.join(" "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula_and_numbers_are_those_of_the_reader() {
        let cases = [
            (CsvFor::Programs, "person", "=1+1", "'=1+1"),
            (CsvFor::Programs, "note", "@home", "'@home"),
            (CsvFor::Programs, "note", "- tired", "'- tired"),
            (CsvFor::Programs, "note", "-3", "-3"),
            (CsvFor::Programs, "person", "Ann", "Ann"),
            (CsvFor::Programs, "range", "-12.5", "-12.5"),
            (CsvFor::European, "range", "-12.5", "-12,5"),
            (CsvFor::European, "note", "1.5 kg", "1.5 kg"),
        ];
        let wrong: Vec<_> =
            cases.iter().filter(|(reader, column, text, wanted)| reader.cell(column, text) != *wanted).collect();
        assert!(wrong.is_empty(), "{wrong:?}");
        let session = SessionRecord::begun("20261123T181500Z-5f3a", "me", "2026-11-23T19:15:00+01:00");
        let european = sets(std::slice::from_ref(&session), CsvFor::European).unwrap();
        assert!(european.starts_with("\u{feff}session;person;session_started_at;"), "{european}");
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("s-sets.csv");
        for (text, is_ours) in [(european.as_str(), true), ("name,date\r\n", false), ("", false)] {
            std::fs::write(&path, text).unwrap();
            assert_eq!(is_of_sets(&path), is_ours, "{text}");
        }
    }
}
