//! Where the program's own files are: models, exercises, routines, the demo clip, the runtime library.
//!
//! They are looked for beside the executable, then in `lib/formcheck` and `share/formcheck` of where it is installed, then in
//! the checkout above it (which keeps it in `target/release`), then where the program was built. No environment variable is needed.

use std::path::{Path, PathBuf};

/// The first existing `name` of those places; where it should be when there is none.
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
    let above: Vec<&Path> = executable.iter().flat_map(|p| p.ancestors().skip(1).take(4)).collect();
    let mut folders: Vec<PathBuf> = above.first().iter().map(|dir| dir.to_path_buf()).collect();
    // As packages install: the program in PREFIX/bin, its files in PREFIX/lib (Debian) or PREFIX/share (Python).
    let places = ["lib/formcheck", "share/formcheck"];
    folders.extend(above.get(1).into_iter().flat_map(|prefix| places.map(|place| prefix.join(place))));
    // Any other folder above is somebody else's: /tmp is one where anybody may put exercises.
    folders.extend(above.iter().skip(1).filter(|dir| is_checkout(dir)).map(|dir| dir.to_path_buf()));
    folders.extend(built_in());
    folders
}

/// Whether a folder is where the program is built.
fn is_checkout(folder: &Path) -> bool {
    ["Cargo.toml", "models/manifest.toml", "src/disk/assets.rs"].iter().all(|file| folder.join(file).is_file())
}

/// Where the program was built; what is given away knows of no such place.
fn built_in() -> Option<PathBuf> {
    option_env!("FORMCHECK_DIST").is_none().then(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")))
}
