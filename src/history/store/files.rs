//! The files of the store: private, found, moved aside.

use std::path::{Path, PathBuf};

/// The database, its side files, backups and files moved aside, which all begin alike; sorted.
pub(super) fn all_files(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let entries = match std::fs::read_dir(folder) {
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let is_folder = |e: &std::fs::DirEntry| e.file_type().is_ok_and(|kind| kind.is_dir());
    let ours = entries.flatten().filter(|e| e.file_name().to_string_lossy().starts_with("sessions.") && !is_folder(e));
    let mut paths: Vec<PathBuf> = ours.map(|e| e.path()).collect();
    paths.sort();
    Ok(paths)
}

/// Makes an empty file where there is none, and lets only its owner read it. What is no file, or only leads to one, is refused:
/// whoever put it there may want another's file changed.
pub(super) fn make_private(path: &Path) -> std::io::Result<()> {
    refuse_what_is_no_file(path)?;
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

/// Refuses pipes, devices, folders and links; nothing is fine.
pub(super) fn refuse_what_is_no_file(path: &Path) -> std::io::Result<()> {
    let what = match std::fs::symlink_metadata(path) {
        Ok(about) if about.is_file() => return Ok(()),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(e) => return Err(e),
        Ok(about) if about.is_symlink() => "it is a link",
        Ok(about) if about.is_dir() => "it is a folder",
        Ok(_) => "it is no ordinary file",
    };
    Err(std::io::Error::new(std::io::ErrorKind::InvalidInput, format!("{what}: {}", path.display())))
}

/// The path with something behind its name, whatever letters it has.
pub(super) fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    name.into()
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
        let side = beside(path, end);
        if side.exists() {
            std::fs::rename(&side, beside(&aside, end))?;
        }
    }
    std::fs::rename(path, &aside)?;
    Ok(aside)
}
