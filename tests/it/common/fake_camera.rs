//! Compiles the fake V4L2 device of `tests/it/fake_camera`.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// The fake device as a library to preload, compiled once a process.
///
/// # Panics
/// When there is no C compiler, or the source has a warning.
pub fn fake_device() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/fake_camera/fakecam.c");
        // Under a name of its own first: a test runner may use one process a test.
        let (unfinished, library) =
            (folder.join(format!("fakecam-{}.so", std::process::id())), folder.join("fakecam.so"));
        let built = Command::new("cc")
            .args(["-shared", "-fPIC", "-O1", "-Wall", "-Wextra", "-Werror", "-o"])
            .args([&unfinished, &source])
            .args(["-ldl", "-lpthread"])
            .output()
            .expect("the camera tests need a C compiler called cc");
        assert!(built.status.success(), "fakecam.c: {}", String::from_utf8_lossy(&built.stderr));
        std::fs::rename(&unfinished, &library).expect("the target folder is writable");
        library
    })
}
