//! Less than what the program was made for: one core, an old processor, a file system without locks and modes, a time zone that is a
//! device. It works, or says why not, and harms nothing.
#![cfg(target_os = "linux")]

use crate::common::fake_camera::compiled;
use crate::common::kept::{export, newest, run, stdout, trace};
#[cfg(feature = "onnx")]
use serde_json::Value;
use std::process::{Command, Output};

const PROGRAM: &str = env!("CARGO_BIN_EXE_formcheck");

fn said(out: &Output) -> String {
    String::from_utf8_lossy(&out.stderr).into_owned()
}

#[cfg(feature = "onnx")]
fn json(out: &Output) -> Value {
    serde_json::from_slice(&out.stdout).unwrap_or_else(|e| panic!("{e}: {}", said(out)))
}

#[test]
#[cfg(feature = "onnx")]
fn on_one_core_the_counts_are_the_same() {
    let demo = concat!(env!("CARGO_MANIFEST_DIR"), "/demo/wall_angels.mp4");
    let out = Command::new("taskset")
        .args(["-c", "0", PROGRAM, "analyze", demo, "--exercise", "wall_angels", "--format", "json"])
        .output()
        .unwrap();
    assert_eq!(json(&out)["reps"]["total"], 5);
}

/// What a processor of 2008 can do, without AVX: emulated, so the film is short.
#[test]
#[cfg(all(feature = "onnx", target_arch = "x86_64"))]
fn a_processor_without_avx_sees_what_a_new_one_sees() {
    let home = tempfile::tempdir().unwrap();
    let film = home.path().join("film.mp4");
    let made = Command::new("ffmpeg")
        .args(["-v", "error", "-t", "0.75", "-i", concat!(env!("CARGO_MANIFEST_DIR"), "/demo/wall_angels.mp4")])
        .arg(&film)
        .status();
    assert!(made.unwrap().success());
    let args = ["analyze", film.to_str().unwrap(), "--exercise", "wall_angels", "--format", "json"];
    let new = json(&Command::new(PROGRAM).args(args).output().unwrap());
    let old = json(&Command::new("qemu-x86_64").args(["-cpu", "Nehalem", PROGRAM]).args(args).output().unwrap());
    assert_eq!(new["tracked_fraction"], 1.0, "somebody is seen");
    let seen = |summary: &Value| (summary["tracked_fraction"].clone(), summary["source"]["frames"].clone());
    assert_eq!(seen(&old), seen(&new));
}

#[test]
fn a_file_system_without_locks_and_modes_is_told_and_nothing_is_taken_for_damaged() {
    let home = tempfile::tempdir().unwrap();
    let (ours, data) = (compiled("odd_disk/odddisk.c"), home.path().join("data"));
    let film = trace(home.path(), 8.0);
    let analyse = ["analyze", film.to_str().unwrap(), "--exercise", "wall_angels", "--save"];
    stdout(&data, &analyse);
    let store = data.join("sessions.db");
    let before = std::fs::read(&store).unwrap();
    let odd = |args: &[&str]| {
        Command::new(PROGRAM).args(args).env("FORMCHECK_DATA", &data).env("LD_PRELOAD", &ours).output().unwrap()
    };
    let analysed = odd(&analyse);
    let listed = odd(&["sessions", "list"]);
    for out in [&analysed, &listed] {
        assert_eq!(out.status.code(), Some(1), "{}", said(out));
        assert!(said(out).contains("has no locks") && said(out).contains("--data-dir"), "{}", said(out));
    }
    assert!(String::from_utf8_lossy(&analysed.stdout).contains("counted"), "counting goes on");
    assert!(std::fs::read(&store).unwrap() == before, "the store was changed");
    let others: Vec<_> = std::fs::read_dir(&data).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(others.iter().all(|name| !name.to_string_lossy().contains("damaged")), "{others:?}");
    assert_eq!(export(&data, &home.path().join("all.json")).len(), 1);
}

#[test]
fn a_time_zone_that_is_a_device_is_left_unread() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("data");
    let film = trace(home.path(), 8.0);
    let command = "ulimit -v 8000000; exec \"$0\" analyze \"$1\" --exercise wall_angels --save";
    let out = Command::new("sh")
        .args(["-c", command, PROGRAM, film.to_str().unwrap()])
        .env("FORMCHECK_DATA", &data)
        .env("TZ", ":/dev/zero")
        .output()
        .unwrap();
    assert!(out.status.success(), "{}", said(&out));
    assert!(run(&data, &["sessions", "show", &newest(&data)]).status.success());
}
