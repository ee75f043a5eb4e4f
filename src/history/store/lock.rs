//! Which sessions are under way: each holds a lock on a file of its own beside the database, which the system lets go when
//! the program ends, however it ends.

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
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(false);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt as _;
            options.mode(0o600);
        }
        let file = options.open(&path)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Self { path, _file: Some(file) })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(_)) => Ok(Some(Self { path, _file: None })),
        }
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
    let Ok(file) = OpenOptions::new().write(true).open(path_of(store, session)) else { return false };
    matches!(file.try_lock(), Err(TryLockError::WouldBlock))
}

/// Whether any session of the store is open.
pub(super) fn is_any_held(store: &Path) -> bool {
    let folder = store.parent().unwrap_or(Path::new("."));
    let Ok(entries) = std::fs::read_dir(folder) else { return false };
    let names = entries.flatten().map(|e| e.file_name().to_string_lossy().into_owned());
    let sessions = names.filter_map(|n| Some(n.strip_prefix("sessions.")?.strip_suffix(".lock")?.to_owned()));
    sessions.into_iter().any(|session| is_held(store, &session))
}

/// The file of a session's lock: its name is the id with nothing in it that a path could mean.
fn path_of(store: &Path, session: &str) -> PathBuf {
    let name: String = session.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    store.with_file_name(format!("sessions.{name}.lock"))
}
