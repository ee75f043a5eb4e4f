//! Sessions on their way out of the house: JSON that comes back unchanged, CSV for spreadsheets, a report to read or print,
//! and routine days for the calendar.

pub mod calendar;
pub mod csv;
pub mod report;

use crate::base::plain::brief;
use crate::history::session::{EXPORT_SCHEMA, Export, SESSION_SCHEMA, SessionRecord};

/// Why a file could not be imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// Not the JSON of an export.
    #[error(
        "could not read the sessions: {said}; import files that `formcheck sessions export --format json` has written",
        said = brief(.0)
    )]
    NotSessions(serde_json::Error),
    /// Written by a newer version.
    #[error("could not read the sessions: a newer formcheck has written them (schema {0}); update this one")]
    Newer(u32),
}

// By hand rather than derived: the cause is in the sentence already and must not be told a second time as the source.
impl From<serde_json::Error> for ImportError {
    fn from(error: serde_json::Error) -> Self {
        Self::NotSessions(error)
    }
}

/// An export as JSON, in the order given.
///
/// # Errors
/// When a number is not finite, which no record has.
pub fn to_json(export: &Export) -> Result<String, serde_json::Error> {
    let mut text = serde_json::to_string_pretty(export)?;
    text.push('\n');
    Ok(text)
}

/// An export from its text. The first exports were a list of sessions and nothing else.
///
/// # Errors
/// When the text is none, or of a newer version.
pub fn from_json(text: &str) -> Result<Export, ImportError> {
    let value: serde_json::Value = serde_json::from_str(text)?;
    let number = |v: &serde_json::Value, key: &str| v.get(key).and_then(serde_json::Value::as_u64).unwrap_or(0) as u32;
    let newer_export = Some(number(&value, "formcheck_export")).filter(|n| *n > EXPORT_SCHEMA);
    let sessions = value.as_array().or_else(|| value.get("sessions")?.as_array());
    let newer_session = sessions.into_iter().flatten().map(|s| number(s, "schema")).find(|n| *n > SESSION_SCHEMA);
    if let Some(newer) = newer_export.or(newer_session) {
        return Err(ImportError::Newer(newer));
    }
    // From the text, not from the value: its errors name the line.
    if value.is_array() {
        let sessions: Vec<SessionRecord> = serde_json::from_str(text)?;
        return Ok(Export { formcheck_export: EXPORT_SCHEMA, sessions, ranges: Vec::new() });
    }
    Ok(serde_json::from_str(text)?)
}
