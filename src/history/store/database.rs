//! The store itself: one SQLite file in a folder of its own.

use super::error::StoreError;
use super::files::{all_files, make_private, move_aside};
use super::schema;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Name of the file in the data folder.
const FILE: &str = "sessions.db";
/// How long one copy of the program waits for another's write.
const BUSY: Duration = Duration::from_secs(5);

/// The open store.
pub struct Store {
    pub(super) db: Connection,
    pub(super) path: PathBuf,
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
        schema::refuse_newer(&db, path)?;
        db.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
        db.pragma_update(None, "foreign_keys", true)?;
        db.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
        // Full: a repetition that was reported as counted survives a power cut, too.
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
        if super::lock::is_any_held(&folder.join(FILE)) {
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

fn is_damage(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt))
}
