//! Where the program's own files are: models, exercises, routines, the demo clip, the runtime library.
//!
//! They are looked for beside the executable, then in the folders above it (a checkout keeps it in `target/release`), then
//! where the program was built. No environment variable is needed.

use std::path::{Path, PathBuf};

/// The first existing `name` beside the executable, above it, or in the folder the program was built from; the place it
/// should be at when there is none.
pub fn find(name: &str) -> PathBuf {
    candidates().into_iter().map(|dir| dir.join(name)).find(|p| p.exists()).unwrap_or_else(|| expected(name))
}

/// Where `name` is expected: in the checkout, if the program runs from one, else beside the executable.
pub fn expected(name: &str) -> PathBuf {
    let folders = candidates();
    let home = folders.iter().find(|dir| dir.join("models").is_dir()).or_else(|| folders.first());
    home.map_or_else(|| PathBuf::from(name), |dir| dir.join(name))
}

/// Folders that may hold the program's files, nearest first.
fn candidates() -> Vec<PathBuf> {
    let executable = std::env::current_exe().ok().and_then(|p| p.canonicalize().ok());
    let mut folders: Vec<PathBuf> =
        executable.iter().flat_map(|p| p.ancestors().skip(1).take(4).map(Path::to_path_buf)).collect();
    folders.push(PathBuf::from(env!("CARGO_MANIFEST_DIR")));
    folders
}
