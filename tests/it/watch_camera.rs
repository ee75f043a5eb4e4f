//! `formcheck watch` on a camera counts what `analyze` counts on the same pictures, and says so when the camera is busy.
//!
//! The camera is the fake V4L2 device, preloaded into the real program; it plays a clip at its own pace after three seconds
//! of its first picture standing still.
#![cfg(all(target_os = "linux", feature = "camera", feature = "onnx"))]

use crate::common::fake_camera::fake_device;
use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output};

const CLIP: &str = "demo/wall_angels.mp4";
const CLIP_FPS: &str = "12";

fn formcheck(args: &[&str], env: &[(&str, &str)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_formcheck"));
    command.args(args).envs(env.iter().copied()).output().expect("the program is built")
}

#[test]
fn a_clip_on_the_camera_gives_the_counts_of_its_analysis() {
    let clip = Path::new(env!("CARGO_MANIFEST_DIR")).join(CLIP);
    let dir = tempfile::tempdir().unwrap();
    let frames = dir.path().join("clip.yuyv");
    let made = Command::new("ffmpeg")
        .args(["-v", "error", "-i"])
        .arg(&clip)
        .args(["-pix_fmt", "yuyv422", "-f", "rawvideo"])
        .arg(&frames)
        .status();
    assert!(made.unwrap().success());
    let path = clip.display().to_string();
    let analysed = formcheck(&["analyze", &path, "--exercise", "wall_angels", "--format", "json"], &[]);
    let analysed: Value = serde_json::from_slice(&analysed.stdout).unwrap();
    let watched = formcheck(
        &["watch", "--exercise", "wall_angels", "--camera", "0", "--seconds", "25"],
        &[
            ("LD_PRELOAD", &fake_device().display().to_string()),
            ("FAKECAM_FRAMES", &frames.display().to_string()),
            ("FAKECAM_SIZE", "640x480"),
            ("FAKECAM_FPS", CLIP_FPS),
            ("FAKECAM_LEAD_S", "3"),
            ("FAKECAM_END", "hold"),
        ],
    );
    let text = String::from_utf8(watched.stdout).unwrap();
    let summary = text.lines().last().unwrap_or_else(|| panic!("{}", String::from_utf8_lossy(&watched.stderr)));
    let summary: Value = serde_json::from_str(summary).unwrap();
    assert_eq!(analysed["reps"]["total"], 5, "the demo clip has five repetitions");
    assert_eq!(summary["reps"], analysed["reps"], "{text}");
    assert_eq!(summary["source"]["kind"], "camera");
}

/// The clip at twice its rate, each picture twice, from a camera that has a fault all the time: counts and rate.
fn counted_in_spite_of(fault: &str, analysed: &Value) -> Result<(), String> {
    let dir = tempfile::tempdir().unwrap();
    let (control, frames) = (dir.path().join("control"), dir.path().join("clip.mjpeg"));
    std::fs::write(&control, fault).unwrap();
    let made = Command::new("ffmpeg")
        .args(["-v", "error", "-i", CLIP, "-r", "24", "-pix_fmt", "yuvj422p", "-q:v", "4", "-f", "mjpeg"])
        .arg(&frames)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .status();
    assert!(made.unwrap().success());
    let watched = formcheck(
        &["watch", "--exercise", "wall_angels", "--camera", "0", "--seconds", "25", "--model", "lite"],
        &[
            ("LD_PRELOAD", &fake_device().display().to_string()),
            ("FAKECAM_FORMAT", "mjpeg"),
            ("FAKECAM_FRAMES", &frames.display().to_string()),
            ("FAKECAM_CONTROL", &control.display().to_string()),
            ("FAKECAM_FPS", "24"),
            ("FAKECAM_LEAD_S", "3"),
            ("FAKECAM_END", "hold"),
        ],
    );
    let (text, errors) = (String::from_utf8_lossy(&watched.stdout), String::from_utf8_lossy(&watched.stderr));
    let summary: Value =
        serde_json::from_str(text.lines().last().unwrap_or_default()).map_err(|e| format!("{fault}: {e}: {errors}"))?;
    if summary["reps"] == analysed["reps"] { Ok(()) } else { Err(format!("{fault}: {}: {errors}", summary["reps"])) }
}

#[test]
fn counts_are_the_same_from_a_camera_that_is_slow_damaged_or_wrong_about_the_time() {
    let clip = Path::new(env!("CARGO_MANIFEST_DIR")).join(CLIP).display().to_string();
    let analysed = formcheck(&["analyze", &clip, "--exercise", "wall_angels", "--format", "json"], &[]);
    let analysed: Value = serde_json::from_slice(&analysed.stdout).unwrap();
    let analysed = &analysed;
    let wrong: Vec<String> = std::thread::scope(|scope| {
        let runs: Vec<_> = ["half", "third", "jump"]
            .map(|fault| scope.spawn(move || counted_in_spite_of(fault, analysed)))
            .into_iter()
            .collect();
        runs.into_iter().filter_map(|run| run.join().unwrap().err()).collect()
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_busy_camera_is_an_error_that_says_what_to_do() {
    let dir = tempfile::tempdir().unwrap();
    let (control, frames) = (dir.path().join("control"), dir.path().join("frames"));
    std::fs::write(&control, "busy").unwrap();
    std::fs::write(&frames, vec![128; 640 * 480 * 2]).unwrap();
    let out = formcheck(
        &["watch", "--exercise", "cobra"],
        &[
            ("LD_PRELOAD", &fake_device().display().to_string()),
            ("FAKECAM_FRAMES", &frames.display().to_string()),
            ("FAKECAM_CONTROL", &control.display().to_string()),
        ],
    );
    let stderr = String::from_utf8_lossy(&out.stderr);
    assert_eq!(out.status.code(), Some(1), "{stderr}");
    assert!(
        out.stdout.is_empty() && stderr.contains("another program") && stderr.trim().lines().count() == 1,
        "{stderr}"
    );
}
