//! The session store: one SQLite file in the platform's data folder, or where `--data-dir` or FORMCHECK_DATA say.
//!
//! In: sets and repetitions as they happen. Out: [`SessionRecord`]s. A repetition is on the disk when [`Store::put_reps`]
//! returns. Several copies of the program may use the file at once. Nothing here is a picture.

mod keeper;
mod ranges;
mod read;
mod schema;
mod write;

pub use keeper::{Keeper, now};
pub use read::{Past, Period, SessionLine};
pub use write::Remarks;

use crate::session::log::SessionRecord;
use rusqlite::{Connection, ErrorCode};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Name of the file in the data folder.
const FILE: &str = "sessions.db";
/// How long one copy of the program waits for another's write.
const BUSY: Duration = Duration::from_secs(5);

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
    /// No session of that id.
    #[error("there is no session \"{0}\"; `formcheck sessions list` shows all")]
    Unknown(String),
    /// A session of that id is there already.
    #[error("could not import the session {0}: it is there already; delete it first to bring it back from the file")]
    Exists(String),
    /// The database refused.
    #[error("could not use the session store: {0}; is the disk full, or the folder read-only?")]
    Database(rusqlite::Error),
    /// A stored text could not be read back.
    #[error("could not read the session store: {0}; please report it")]
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

/// The open store.
pub struct Store {
    db: Connection,
    path: PathBuf,
}

/// A store, and what had to be done to open it.
pub struct Opened {
    /// The store.
    pub store: Store,
    /// Something the user should know: a damaged file was moved aside.
    pub notice: Option<String>,
}

/// The data folder: the one named, else FORMCHECK_DATA, else the platform's.
///
/// # Errors
/// When none is named and the platform knows none.
pub fn data_folder(named: Option<&Path>) -> Result<PathBuf, StoreError> {
    if let Some(folder) = named {
        return Ok(folder.to_owned());
    }
    if let Some(folder) = std::env::var_os("FORMCHECK_DATA").filter(|f| !f.is_empty()) {
        return Ok(folder.into());
    }
    let platform = directories::ProjectDirs::from("", "", "formcheck").ok_or(StoreError::NoFolder)?;
    Ok(platform.data_dir().to_owned())
}

impl Store {
    /// Opens the store in a folder, which is made when it is not there. A damaged file is moved aside, never overwritten.
    ///
    /// # Errors
    /// When the folder cannot be used, or a newer version of the program has written the file.
    pub fn open(folder: &Path) -> Result<Opened, StoreError> {
        let of_folder = |cause| StoreError::Folder { cause, path: folder.to_owned() };
        std::fs::create_dir_all(folder).map_err(of_folder)?;
        let path = folder.join(FILE);
        make_private(&path).map_err(of_folder)?;
        match Self::connect(&path) {
            Err(StoreError::Database(e)) if is_damage(&e) => {
                let aside = move_aside(&path).map_err(of_folder)?;
                make_private(&path).map_err(of_folder)?;
                let store = Self::connect(&path)?;
                let notice = format!(
                    "the session store was damaged; it was moved aside and a new one begun: {}",
                    aside.display()
                );
                Ok(Opened { store, notice: Some(notice) })
            }
            opened => Ok(Opened { store: opened?, notice: None }),
        }
    }

    fn connect(path: &Path) -> Result<Self, StoreError> {
        let mut db = Connection::open(path)?;
        db.busy_timeout(BUSY)?;
        db.pragma_update(None, "foreign_keys", true)?;
        db.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
        // Full: a repetition that was told as counted survives a power cut, too.
        db.pragma_update(None, "synchronous", "FULL")?;
        // Deleted means gone: freed pages are overwritten.
        db.query_row("PRAGMA secure_delete = ON", [], |_| Ok(()))?;
        schema::migrate(&mut db, path)?;
        Ok(Self { db, path: path.to_owned() })
    }

    /// Deletes everything: the database with its side files, backups and files moved aside.
    ///
    /// # Errors
    /// When a file cannot be removed.
    pub fn delete_all(self) -> Result<(), StoreError> {
        let path = self.path.clone();
        drop(self);
        let folder = path.parent().unwrap_or(Path::new("."));
        let of_folder = |cause| StoreError::Folder { cause, path: folder.to_owned() };
        for entry in std::fs::read_dir(folder).map_err(of_folder)?.flatten() {
            // The database, its side files, backups and files moved aside all begin alike.
            if entry.file_name().to_string_lossy().starts_with("sessions.") {
                std::fs::remove_file(entry.path()).map_err(of_folder)?;
            }
        }
        Ok(())
    }

    /// Sets a whole session down, as from an export.
    ///
    /// # Errors
    /// When there is one of that id, or the database refuses.
    pub fn import(&mut self, session: &SessionRecord) -> Result<(), StoreError> {
        write::import(&mut self.db, session)
    }
}

/// Makes an empty file that only its owner may read, where there is none.
fn make_private(path: &Path) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.open(path).map(|_| ())
}

fn is_damage(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt))
}

/// Renames a damaged database with its side files; returns its new path.
fn move_aside(path: &Path) -> std::io::Result<PathBuf> {
    let mut number = 1_u32;
    let named = |n: u32| path.with_extension(format!("damaged-{n}.db"));
    while named(number).exists() {
        number += 1;
    }
    let aside = named(number);
    std::fs::rename(path, &aside)?;
    for end in ["-wal", "-shm"] {
        let side = PathBuf::from(format!("{}{end}", path.display()));
        if side.exists() {
            std::fs::rename(&side, format!("{}{end}", aside.display()))?;
        }
    }
    Ok(aside)
}
