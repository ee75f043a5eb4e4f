//! Why the store could not do what was asked.

use crate::base::language::tr;
use crate::base::plain::brief;
use crate::base::system;
use crate::history::session::LARGEST_COUNT;
use rusqlite::ErrorCode;
use std::path::{Path, PathBuf};

/// Why the store could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The data folder cannot be made or written.
    #[error("{}", tr!("store-folder", cause = system::said(.cause), path = shown(.path)))]
    Folder {
        /// What the system said.
        cause: std::io::Error,
        /// The folder.
        path: PathBuf,
    },
    /// No data folder is known.
    #[error("{}", tr!("store-no-folder"))]
    NoFolder,
    /// A newer version of the program wrote it.
    #[error("{}", tr!("store-newer", path = shown(.path)))]
    Newer {
        /// The file.
        path: PathBuf,
    },
    /// Another program wrote it.
    #[error("{}", tr!("store-foreign", path = shown(.path)))]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// Its tables are not those of the version it claims to be.
    #[error("{}", tr!("store-altered", cause = .cause.to_string(), path = shown(.path)))]
    Altered {
        /// What the database said.
        cause: rusqlite::Error,
        /// The file.
        path: PathBuf,
    },
    /// It may be read only, by whoever it belongs to or where it lies.
    #[error("{}", tr!("store-read-only", path = shown(.path)))]
    ReadOnly {
        /// The file.
        path: PathBuf,
    },
    /// A count that nobody does.
    #[error("{}", tr!("store-too-many", n = .0.to_string(), most = LARGEST_COUNT.to_string()))]
    TooMany(u32),
    /// No session of that id.
    #[error("{}", tr!("store-unknown", id = .0.as_str()))]
    Unknown(String),
    /// A session of that id is there already.
    #[error("{}", tr!("store-exists", id = .0.as_str()))]
    Exists(String),
    /// Another copy of the program has the session open.
    #[error("{}", tr!("store-running", id = .0.as_str()))]
    Running(String),
    /// Another copy of the program has some session open.
    #[error("{}", tr!("store-in-use"))]
    InUse,
    /// A session has come to its end with something not written.
    #[error("{}", tr!("store-unwritten", session = .session.as_str(), trouble = .trouble.as_str()))]
    Unwritten {
        /// Its id.
        session: String,
        /// Why.
        trouble: String,
    },
    /// A file of sessions does not make sense.
    #[error("{}", tr!("store-senseless", id = .id.as_str(), what = .what.as_str()))]
    Senseless {
        /// Id in the file.
        id: String,
        /// What is wrong.
        what: String,
    },
    /// Own ranges of a file do not make sense.
    #[error("{}", tr!("store-senseless-range", exercise = .exercise.as_str(), what = .what.as_str()))]
    SenselessRange {
        /// Exercise id in the file.
        exercise: String,
        /// What is wrong.
        what: String,
    },
    /// The database refused.
    #[error("{}", tr!("store-database", error = .0.to_string(), hint = hint(.0)))]
    Database(rusqlite::Error),
    /// A stored text could not be read back.
    #[error("{}", tr!("store-content", said = brief(.0)))]
    Content(serde_json::Error),
}

// By hand rather than derived: the cause is in the sentence already and must not be told a second time as the source.
impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(error)
    }
}

impl From<serde_json::Error> for StoreError {
    fn from(error: serde_json::Error) -> Self {
        Self::Content(error)
    }
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

/// What may be behind an error of the database, and what to do; to be read after it.
fn hint(error: &rusqlite::Error) -> String {
    let hint = match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => tr!("store-hint-busy"),
        Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => tr!("store-hint-damaged"),
        Some(ErrorCode::ConstraintViolation) => tr!("store-hint-constraint"),
        Some(ErrorCode::DiskFull) => tr!("store-hint-full"),
        Some(
            ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied | ErrorCode::SystemIoFailure,
        ) => tr!("store-hint-refused"),
        _ => return String::new(),
    };
    format!("; {hint}")
}
