//! Files and folders that are there only while something is being made: removed when it is dropped, and when the program is told
//! to end (SIGINT, SIGTERM, SIGHUP), where nothing is dropped any more.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

static THERE: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

fn there() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    THERE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// That something is unfinished, for as long as this lives. Whoever made it still removes it.
#[derive(Debug)]
pub struct Unfinished(PathBuf);

impl Unfinished {
    /// Notes a file or folder.
    pub fn at(path: &Path) -> Self {
        there().insert(path.to_owned());
        Self(path.to_owned())
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        there().remove(&self.0);
    }
}

/// Removes all that is unfinished: the last thing a program does that is told to end.
pub fn remove_all() {
    for path in there().iter() {
        // Nobody is there to be told of what stays behind.
        let _stays = if path.is_dir() { std::fs::remove_dir_all(path) } else { std::fs::remove_file(path) };
    }
}

/// A folder for what lies on the disk while something is being made; only its owner may look into it: where joints were is nobody
/// else's business.
#[derive(Debug)]
pub struct WorkFolder {
    folder: tempfile::TempDir,
    _noted: Unfinished,
}

impl WorkFolder {
    /// Makes one where temporary files belong.
    ///
    /// # Errors
    /// What the system said.
    pub fn make() -> std::io::Result<Self> {
        let mut builder = tempfile::Builder::new();
        builder.prefix("formcheck-");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            builder.permissions(std::fs::Permissions::from_mode(0o700));
        }
        let folder = builder.tempdir()?;
        let noted = Unfinished::at(folder.path());
        Ok(Self { folder, _noted: noted })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }
}
