//! What a frame leaves behind in memory: nothing, since a session is as long as the person likes.
#![cfg(all(target_os = "linux", target_env = "gnu", feature = "onnx"))]

use crate::common::fake_camera::compiled;
use std::path::Path;
use std::process::Command;

/// Blocks that are allocated when an analysis of a film is over, and the frames that it had.
fn left_after(film: &Path, counter: &Path, home: &Path) -> (i64, i64) {
    let written = home.join("blocks");
    let out = Command::new(env!("CARGO_BIN_EXE_formcheck"))
        .args(["analyze", film.to_str().unwrap(), "--exercise", "wall_angels", "--model", "lite", "--format", "json"])
        .env("LD_PRELOAD", counter)
        .env("ALLOCATIONS_TO", &written)
        .output()
        .unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let summary: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    let blocks = std::fs::read_to_string(written).unwrap().trim().parse().unwrap();
    (blocks, summary["source"]["frames"].as_i64().unwrap())
}

#[test]
fn a_longer_film_leaves_no_more_behind_than_a_short_one() {
    let home = tempfile::tempdir().unwrap();
    let counter = compiled("allocations/allocations.c");
    let long = Path::new(env!("CARGO_MANIFEST_DIR")).join("demo/wall_angels.mp4");
    let short = home.path().join("short.mp4");
    let made = Command::new("ffmpeg")
        .args(["-v", "error", "-i", long.to_str().unwrap(), "-frames:v", "57", "-c", "copy"])
        .arg(&short)
        .status();
    assert!(made.unwrap().success());
    let (few, few_frames) = left_after(&short, &counter, home.path());
    let (many, many_frames) = left_after(&long, &counter, home.path());
    assert_eq!(many_frames - few_frames, 200);
    // Threads that the process ends may have this and that in hand; a block a frame would be 200.
    assert!(many - few < 20, "{few} blocks are left of {few_frames} frames, {many} of {many_frames}");
}
