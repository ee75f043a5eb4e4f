//! The store itself: one SQLite file in a folder of its own.

use super::error::StoreError;
use super::files::{all_files, beside, make_private, move_aside, refuse_what_is_no_file};
use super::schema;
use crate::disk::output_file::private_folder;
use crate::disk::unfinished::WorkFolder;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Name of the file in the data folder.
const FILE: &str = "sessions.db";
/// How long one copy of the program waits for another's write.
const BUSY: Duration = Duration::from_secs(5);

/// Pause between two tries to begin the log of a file; together they take as long as [`BUSY`].
const LOG_PAUSE: Duration = Duration::from_millis(20);
const LOG_TRIES: u32 = 250;

/// The open store.
pub struct Store {
    pub(super) db: Connection,
    pub(super) path: PathBuf,
    /// Where a copy of it lies that is read in its place, as long as it is.
    copy: Option<WorkFolder>,
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
        private_folder(folder).map_err(of_folder)?;
        let path = folder.join(FILE);
        make_private(&path).map_err(of_folder)?;
        match Self::connect(&path) {
            Err(StoreError::Database(e)) if is_damage(&e) => Self::begin_anew(&path),
            opened => Ok(Opened { store: opened?, notice: None }),
        }
    }

    /// Opens the store in a folder only where there is one. One that may not be written is read: a backup on a disk that is
    /// read-only, or somebody else's.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn open_existing(folder: &Path) -> Result<Option<Opened>, StoreError> {
        let path = folder.join(FILE);
        if !path.exists() {
            let is_no_folder = folder.exists() && !folder.is_dir();
            let cause = || std::io::Error::new(std::io::ErrorKind::NotADirectory, "it is no folder");
            return if is_no_folder {
                Err(StoreError::Folder { cause: cause(), path: folder.to_owned() })
            } else {
                Ok(None)
            };
        }
        match Self::open(folder) {
            Err(e) if is_refused_writing(&e) => Self::open_copy(&path),
            opened => opened,
        }
        .map(Some)
    }

    /// Opens a copy that is gone when it is dropped and cannot be changed. The database wants to write beside itself even
    /// where it is only read.
    fn open_copy(path: &Path) -> Result<Opened, StoreError> {
        let of_file = |cause| StoreError::Folder { cause, path: path.to_owned() };
        refuse_what_is_no_file(path).map_err(of_file)?;
        let folder = WorkFolder::make().map_err(of_file)?;
        let copy = folder.path().join(FILE);
        for end in ["", "-wal"] {
            let from = beside(path, end);
            if from.exists() {
                let to = beside(&copy, end);
                make_private(&to).map_err(of_file)?;
                std::fs::write(&to, std::fs::read(from).map_err(of_file)?).map_err(of_file)?;
            }
        }
        let store = Self::connect(&copy)?;
        store.db.pragma_update(None, "query_only", true)?;
        Ok(Opened { store: Self { path: path.to_owned(), copy: Some(folder), ..store }, notice: None })
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
        if !is_damaged || super::lock::is_any_held(&opened.store.path) {
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
        schema::refuse_foreign(&db, path)?;
        db.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
        db.pragma_update(None, "foreign_keys", true)?;
        keep_a_log(&db)?;
        // Full: a repetition that was reported as counted survives a power cut, too.
        db.pragma_update(None, "synchronous", "FULL")?;
        // Deleted means gone: freed pages are overwritten.
        db.query_row("PRAGMA secure_delete = ON", [], |_| Ok(()))?;
        schema::migrate(&mut db, path)?;
        Ok(Self { db, path: path.to_owned(), copy: None })
    }

    /// Deletes everything in a folder: the database with its side files, backups and files moved aside, whatever wrote them.
    ///
    /// # Errors
    /// When a session is under way, or a file cannot be removed; all others are, then.
    pub fn delete_all(folder: &Path) -> Result<(), StoreError> {
        if super::lock::is_any_held(&folder.join(FILE)) {
            return Err(StoreError::InUse);
        }
        let files = all_files(folder).map_err(|cause| StoreError::Folder { cause, path: folder.to_owned() })?;
        let removed = files
            .into_iter()
            .map(|path| std::fs::remove_file(&path).map_err(|cause| StoreError::Folder { cause, path }));
        // All of them are tried before the first that stays is told.
        let stays: Vec<StoreError> = removed.filter_map(Result::err).collect();
        stays.into_iter().next().map_or(Ok(()), Err)
    }

    /// It can only be read.
    pub(super) fn is_copy(&self) -> bool {
        self.copy.is_some()
    }

    /// The folder it is kept in.
    pub fn folder(&self) -> &Path {
        self.path.parent().unwrap_or(Path::new("."))
    }

    /// Copies of the store beside it, which still hold what is deleted from it: backups and files moved aside.
    pub fn copies(&self) -> Vec<PathBuf> {
        let is_copy = |p: &PathBuf| {
            p.extension().is_some_and(|end| end == "db") && p.file_name().is_some_and(|name| name != FILE)
        };
        all_files(self.folder()).unwrap_or_default().into_iter().filter(is_copy).collect()
    }

    /// How long a write waits for another copy of the program.
    pub(super) fn wait_at_most(&self, time: Duration) -> Result<(), StoreError> {
        Ok(self.db.busy_timeout(time)?)
    }
}

/// Has changes written to a log first. `SQLite` does not wait here where another copy of the program begins the same file.
fn keep_a_log(db: &Connection) -> rusqlite::Result<()> {
    for _ in 0..LOG_TRIES {
        match db.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(())) {
            Err(e) if e.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) => std::thread::sleep(LOG_PAUSE),
            other => return other,
        }
    }
    db.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))
}

/// Whether an error says that the file, or what the database makes beside it, may not be written.
fn is_refused_writing(error: &StoreError) -> bool {
    use std::io::ErrorKind::{PermissionDenied, ReadOnlyFilesystem};
    match error {
        StoreError::Folder { cause, .. } => matches!(cause.kind(), PermissionDenied | ReadOnlyFilesystem),
        StoreError::Database(e) => matches!(
            e.sqlite_error_code(),
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied)
        ),
        _ => false,
    }
}

fn is_damage(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt))
}
