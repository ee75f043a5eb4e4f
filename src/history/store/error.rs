//! Why the store could not do what was asked.

use crate::base::plain::brief;
use crate::history::session::LARGEST_COUNT;
use rusqlite::ErrorCode;
use std::path::PathBuf;

/// Why the store could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The data folder cannot be made or written.
    #[error("could not open the session store: {cause}; check the folder or name another with --data-dir: {path}")]
    Folder {
        /// What the system said.
        cause: std::io::Error,
        /// The folder.
        path: PathBuf,
    },
    /// No data folder is known.
    #[error("could not find a folder for the session store: this account has no home; name one with --data-dir")]
    NoFolder,
    /// A newer version of the program wrote it.
    #[error(
        "could not open the session store: a newer formcheck has written it; update this one, nothing was changed: {path}"
    )]
    Newer {
        /// The file.
        path: PathBuf,
    },
    /// Another program wrote it.
    #[error(
        "could not open the session store: it is a database of something else; name another folder with --data-dir: {path}"
    )]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// Its tables are not those of the version it claims to be.
    #[error(
        "could not open the session store: it is not as formcheck leaves it ({cause}); nothing was changed; put a copy of it back, or name another folder with --data-dir: {path}"
    )]
    Altered {
        /// What the database said.
        cause: rusqlite::Error,
        /// The file.
        path: PathBuf,
    },
    /// It may be read only, by whoever it belongs to or where it lies.
    #[error("could not change the session store: it can only be read; copy the folder to one of your own: {path}")]
    ReadOnly {
        /// The file.
        path: PathBuf,
    },
    /// A count that nobody does.
    #[error("could not take the count {0}: it is at most {LARGEST_COUNT}")]
    TooMany(u32),
    /// No session of that id.
    #[error("there is no session \"{0}\"; `formcheck sessions list` shows all")]
    Unknown(String),
    /// A session of that id is there already.
    #[error("could not import the session {0}: it is there already; delete it first to bring it back from the file")]
    Exists(String),
    /// Another copy of the program has the session open.
    #[error("the session {0} is under way in another copy of formcheck; end it there first")]
    Running(String),
    /// Another copy of the program has some session open.
    #[error("could not delete everything: a session is under way in another copy of formcheck; end it there first")]
    InUse,
    /// A session has come to its end with something not written.
    #[error("not all of the session {session} could be kept: {trouble}")]
    Unwritten {
        /// Its id.
        session: String,
        /// Why.
        trouble: String,
    },
    /// A file of sessions does not make sense.
    #[error("could not import the session {id}: {what}; nothing was imported")]
    Senseless {
        /// Id in the file.
        id: String,
        /// What is wrong.
        what: String,
    },
    /// Own ranges of a file do not make sense.
    #[error("could not import the range of \"{exercise}\": {what}; nothing was imported")]
    SenselessRange {
        /// Exercise id in the file.
        exercise: String,
        /// What is wrong.
        what: String,
    },
    /// The database refused.
    #[error("could not use the session store: {error}{hint}", error = .0, hint = hint(.0))]
    Database(rusqlite::Error),
    /// A stored text could not be read back.
    #[error("could not read the session store: {said}; please report it", said = brief(.0))]
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

/// What may be behind an error of the database, and what to do.
fn hint(error: &rusqlite::Error) -> &'static str {
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            "; another program holds it for long, close that or try again; or its file system has no locks, then name another folder with --data-dir"
        }
        Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => {
            "; the file is damaged: the next `formcheck watch --save` moves it aside and begins a new one"
        }
        Some(ErrorCode::ConstraintViolation) => "; what was to be written does not go with what is there",
        Some(ErrorCode::DiskFull) => "; make room on the disk",
        Some(
            ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied | ErrorCode::SystemIoFailure,
        ) => "; is the disk full, or the folder read-only?",
        _ => "",
    }
}
