//! Compiles what is preloaded into the program: the fake V4L2 device of `tests/it/fake_camera`, the file system of `tests/it/odd_disk`, the
//! counter of `tests/it/allocations`.

use std::path::{Path, PathBuf};
use std::process::Command;
#[cfg(feature = "camera")]
use std::sync::OnceLock;

#[cfg(feature = "camera")]
/// The fake device as a library to preload, compiled once a process.
pub fn fake_device() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| compiled("fake_camera/fakecam.c"))
}

/// A file of tests/it in C as a library to preload.
///
/// # Panics
/// When there is no C compiler, or the source has a warning.
pub fn compiled(source: &str) -> PathBuf {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it").join(source);
    let name = source.file_stem().unwrap().to_str().unwrap();
    // Under a name of its own first: a test runner may use one process a test.
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let unfinished = folder.join(format!("{name}-{}.so", std::process::id()));
    let library = folder.join(format!("{name}.so"));
    let built = Command::new("cc")
        .args(["-shared", "-fPIC", "-O1", "-Wall", "-Wextra", "-Werror", "-o"])
        .args([&unfinished, &source])
        .args(["-ldl", "-lpthread"])
        .output()
        .expect("these tests need a C compiler called cc");
    assert!(built.status.success(), "{}: {}", source.display(), String::from_utf8_lossy(&built.stderr));
    std::fs::rename(&unfinished, &library).expect("the target folder is writable");
    library
}
