//! Sessions on their way out of the house: JSON that comes back unchanged, CSV for spreadsheets, a report to read or print,
//! and routine days for the calendar.

pub mod calendar;
pub mod csv;
pub mod report;

use crate::session::log::{SESSION_SCHEMA, SessionRecord};

/// Why a file could not be imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// Not the JSON of an export.
    #[error(
        "could not read the sessions: {0}; import files that `formcheck sessions export --format json` has written"
    )]
    NotSessions(#[from] serde_json::Error),
    /// Written by a newer version.
    #[error("could not read the sessions: they have schema {0}, this formcheck knows {SESSION_SCHEMA}; update it")]
    Newer(u32),
}

/// Sessions as JSON: a list, one session after the other, in the order given.
///
/// # Errors
/// When a number is not finite, which no record has.
pub fn to_json(sessions: &[SessionRecord]) -> Result<String, serde_json::Error> {
    let mut text = serde_json::to_string_pretty(sessions)?;
    text.push('\n');
    Ok(text)
}

/// Sessions from the text of an export.
///
/// # Errors
/// When the text is none, or of a newer version.
pub fn from_json(text: &str) -> Result<Vec<SessionRecord>, ImportError> {
    #[derive(serde::Deserialize)]
    struct Version {
        schema: u32,
    }
    let versions: Vec<Version> = serde_json::from_str(text)?;
    if let Some(newer) = versions.iter().find(|v| v.schema > SESSION_SCHEMA) {
        return Err(ImportError::Newer(newer.schema));
    }
    Ok(serde_json::from_str(text)?)
}
