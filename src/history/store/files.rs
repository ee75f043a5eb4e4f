//! The files of the store: private, found, moved aside.

use std::path::{Path, PathBuf};

/// The database, its side files, backups and files moved aside, which all begin alike; sorted.
pub(super) fn all_files(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
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
pub(super) fn make_private(path: &Path) -> std::io::Result<()> {
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

/// Renames a damaged database with its side files; returns its new path.
pub(super) fn move_aside(path: &Path) -> std::io::Result<PathBuf> {
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
