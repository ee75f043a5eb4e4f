//! Which sessions are under way: each holds a lock on a file of its own beside the database, which the system lets go when
//! the program ends, however it ends.

use super::files::refuse_what_is_no_file;
use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

/// A session that this program has open.
#[derive(Debug)]
pub(super) struct SessionLock {
    path: PathBuf,
    /// `None` where the file system knows no locks: everybody is trusted then.
    _file: Option<File>,
}

impl SessionLock {
    /// Takes the lock of a session; `None` when another program has it.
    pub fn take(store: &Path, session: &str) -> std::io::Result<Option<Self>> {
        let path = path_of(store, session);
        loop {
            refuse_what_is_no_file(&path)?;
            let mut options = OpenOptions::new();
            options.write(true).create(true).truncate(false);
            #[cfg(unix)]
            {
                use std::os::unix::fs::OpenOptionsExt as _;
                options.mode(0o600);
            }
            let file = options.open(&path)?;
            match file.try_lock() {
                // Somebody may have swept the file away between opening and locking it.
                Ok(()) if !is_still_at(&file, &path) => (),
                Ok(()) => return Ok(Some(Self { path, _file: Some(file) })),
                Err(TryLockError::WouldBlock) => return Ok(None),
                Err(TryLockError::Error(_)) => return Ok(Some(Self { path, _file: None })),
            }
        }
    }
}

#[cfg(unix)]
fn is_still_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let same = |a: std::fs::Metadata, b: std::fs::Metadata| a.dev() == b.dev() && a.ino() == b.ino();
    file.metadata().ok().zip(std::fs::metadata(path).ok()).is_some_and(|(a, b)| same(a, b))
}

#[cfg(not(unix))]
fn is_still_at(_: &File, path: &Path) -> bool {
    path.exists()
}

/// Removes the files of locks that nobody holds: programs that were killed leave them behind.
pub(super) fn sweep(store: &Path) {
    for session in noted(store) {
        // Removed while it is held, by being dropped.
        drop(SessionLock::take(store, &session));
    }
}

impl Drop for SessionLock {
    fn drop(&mut self) {
        // What stays behind is an empty file that nobody holds, which is as good as none.
        let _stays = std::fs::remove_file(&self.path);
    }
}

/// Whether a program has this session open.
pub(super) fn is_held(store: &Path, session: &str) -> bool {
    let path = path_of(store, session);
    if refuse_what_is_no_file(&path).is_err() {
        return false;
    }
    let Ok(file) = OpenOptions::new().write(true).open(path) else { return false };
    matches!(file.try_lock(), Err(TryLockError::WouldBlock))
}

/// Whether any session of the store is open.
pub(super) fn is_any_held(store: &Path) -> bool {
    noted(store).iter().any(|session| is_held(store, session))
}

/// Sessions that have a file for their lock.
fn noted(store: &Path) -> Vec<String> {
    let folder = store.parent().unwrap_or(Path::new("."));
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let names = entries.map(|e| e.file_name().to_string_lossy().into_owned());
    names.filter_map(|n| Some(n.strip_prefix("sessions.")?.strip_suffix(".lock")?.to_owned())).collect()
}

/// The file of a session's lock: its name is the id with nothing in it that a path could mean.
fn path_of(store: &Path, session: &str) -> PathBuf {
    let name: String = session.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    store.with_file_name(format!("sessions.{name}.lock"))
}
