//! The session store: one SQLite file in the platform's data folder, or where `--data-dir` or FORMCHECK_DATA say.
//!
//! In: sets and repetitions as they happen. Out: [`SessionRecord`](crate::session::log::SessionRecord)s. A repetition is on
//! the disk when [`Store::put_reps`] returns. Several copies of the program may use the file at once. Nothing here is a
//! picture.

mod keeper;
mod lock;
mod ranges;
mod read;
mod schema;
mod write;

pub use keeper::{Keeper, local_time, now};
pub use read::{Past, Period, SessionLine};
pub use write::{Remarks, SetRemarks};

use rusqlite::config::DbConfig;
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
    /// The database refused.
    #[error("could not use the session store: {error}{hint}", error = .0, hint = hint(.0))]
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

/// What may be behind an error of the database, and what to do.
fn hint(error: &rusqlite::Error) -> &'static str {
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            "; another program holds it for long, close that or try again"
        }
        Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => {
            "; the file is damaged: the next `formcheck watch --save` moves it aside and begins a new one"
        }
        Some(ErrorCode::ConstraintViolation) => "; what was to be written does not go with what is there",
        _ => "; is the disk full, or the folder read-only?",
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
            Err(StoreError::Database(e)) if is_damage(&e) => Self::begin_anew(&path),
            opened => Ok(Opened { store: opened?, notice: None }),
        }
    }

    /// Opens the store in a folder only where there is one.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn open_existing(folder: &Path) -> Result<Option<Opened>, StoreError> {
        if folder.join(FILE).exists() { Self::open(folder).map(Some) } else { Ok(None) }
    }

    /// Opens the store after a look at the whole file: damage behind its first page shows only when it is read.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn open_checked(folder: &Path) -> Result<Opened, StoreError> {
        let opened = Self::open(folder)?;
        let found = opened.store.db.query_row("PRAGMA quick_check(1)", [], |row| row.get::<_, String>(0));
        let is_damaged = match &found {
            Ok(found) => found != "ok",
            Err(e) => is_damage(e),
        };
        if !is_damaged || lock::is_any_held(&opened.store.path) {
            return Ok(opened);
        }
        let path = opened.store.path.clone();
        drop(opened);
        Self::begin_anew(&path)
    }

    /// Moves a damaged file aside and begins a new one.
    fn begin_anew(path: &Path) -> Result<Opened, StoreError> {
        let of_folder = |cause| StoreError::Folder { cause, path: path.to_owned() };
        let aside = move_aside(path).map_err(of_folder)?;
        make_private(path).map_err(of_folder)?;
        let store = Self::connect(path)?;
        let notice =
            format!("the session store was damaged; it was moved aside and a new one begun: {}", aside.display());
        Ok(Opened { store, notice: Some(notice) })
    }

    fn connect(path: &Path) -> Result<Self, StoreError> {
        let mut db = Connection::open(path)?;
        db.busy_timeout(BUSY)?;
        // A file that a newer version has written is not touched, not even to tidy it up.
        db.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
        schema::refuse_newer(&db, path)?;
        db.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
        db.pragma_update(None, "foreign_keys", true)?;
        db.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
        // Full: a repetition that was told as counted survives a power cut, too.
        db.pragma_update(None, "synchronous", "FULL")?;
        // Deleted means gone: freed pages are overwritten.
        db.query_row("PRAGMA secure_delete = ON", [], |_| Ok(()))?;
        schema::migrate(&mut db, path)?;
        Ok(Self { db, path: path.to_owned() })
    }

    /// Deletes everything in a folder: the database with its side files, backups and files moved aside, whatever wrote them.
    ///
    /// # Errors
    /// When a session is under way, or a file cannot be removed.
    pub fn delete_all(folder: &Path) -> Result<(), StoreError> {
        if lock::is_any_held(&folder.join(FILE)) {
            return Err(StoreError::InUse);
        }
        for path in all_files(folder).map_err(|cause| StoreError::Folder { cause, path: folder.to_owned() })? {
            std::fs::remove_file(&path).map_err(|cause| StoreError::Folder { cause, path })?;
        }
        Ok(())
    }

    /// Copies of the store beside it, which still hold what is deleted from it: backups and files moved aside.
    pub fn copies(&self) -> Vec<PathBuf> {
        let folder = self.path.parent().unwrap_or(Path::new("."));
        let is_copy = |p: &PathBuf| {
            p.extension().is_some_and(|end| end == "db") && p.file_name().is_some_and(|name| name != FILE)
        };
        all_files(folder).unwrap_or_default().into_iter().filter(is_copy).collect()
    }

    /// How long a write waits for another copy of the program.
    pub(super) fn wait_at_most(&self, time: Duration) -> Result<(), StoreError> {
        Ok(self.db.busy_timeout(time)?)
    }
}

/// The database, its side files, backups and files moved aside, which all begin alike; sorted.
fn all_files(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let entries = match std::fs::read_dir(folder) {
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let ours = entries.flatten().filter(|e| e.file_name().to_string_lossy().starts_with("sessions."));
    let mut paths: Vec<PathBuf> = ours.map(|e| e.path()).collect();
    paths.sort();
    Ok(paths)
}

/// Makes an empty file where there is none, and lets only its owner read it.
fn make_private(path: &Path) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
        let file = options.mode(0o600).open(path)?;
        if file.metadata()?.permissions().mode() & 0o077 != 0 {
            file.set_permissions(std::fs::Permissions::from_mode(0o600))?;
        }
        Ok(())
    }
    #[cfg(not(unix))]
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
    // The log first: a new database must never find it.
    for end in ["-wal", "-shm"] {
        let side = PathBuf::from(format!("{}{end}", path.display()));
        if side.exists() {
            std::fs::rename(&side, format!("{}{end}", aside.display()))?;
        }
    }
    std::fs::rename(path, &aside)?;
    Ok(aside)
}
