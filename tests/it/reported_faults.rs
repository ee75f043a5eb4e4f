//! Faults that were reported of earlier versions, each tried as it was reported; those that have a subject of their own are there.
#![cfg(unix)]

#[cfg(feature = "onnx")]
use crate::common::kept::{export, program};
use crate::common::kept::{run, stdout, trace};
#[cfg(feature = "onnx")]
use serde_json::Value;
use std::fs;
#[cfg(feature = "onnx")]
use std::path::{Path, PathBuf};
#[cfg(feature = "onnx")]
use std::process::Stdio;
use std::process::{Command, Output};
#[cfg(feature = "onnx")]
use std::time::Duration;

fn said(out: &Output) -> String {
    String::from_utf8_lossy(&out.stderr).into_owned()
}

fn fixture(name: &str) -> String {
    format!("{}/{name}", env!("CARGO_MANIFEST_DIR"))
}

/// Two seconds of the demo film with this much more on ffmpeg's command line.
#[cfg(feature = "onnx")]
fn demo_with(folder: &Path, options: &[&str]) -> PathBuf {
    let film = folder.join("film.mp4");
    let demo = fixture("demo/wall_angels.mp4");
    let made = Command::new("ffmpeg").args(["-v", "error", "-t", "2", "-i", &demo]).args(options).arg(&film).status();
    assert!(made.unwrap().success());
    film
}

#[test]
fn no_file_that_names_others_is_taken_for_a_film() {
    let home = tempfile::tempdir().unwrap();
    fs::copy(fixture("tests/fixtures/clips/none_quad_d.mp4"), home.path().join("secret.ts")).unwrap();
    let end = "#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:10\n#EXTINF:2,\nsecret.ts\n";
    let lists: [(&str, Vec<u8>); 4] = [
        ("bytes.mp4", [b"#EXTM3U\n#\xff\xfe\n".as_slice(), end.as_bytes(), b"#EXT-X-ENDLIST\n"].concat()),
        ("endless.mp4", [b"#EXTM3U\n#\xff\xfe\n".as_slice(), end.as_bytes()].concat()),
        ("concat.mp4", b"ffconcat version 1.0\n#\xff\nfile secret.ts\n".to_vec()),
        ("far.mkv", [vec![b'\n'; 8192], b"ffconcat version 1.0\nfile secret.ts\n".to_vec()].concat()),
    ];
    let mut wrong = Vec::new();
    for (name, bytes) in lists {
        let list = home.path().join(name);
        fs::write(&list, bytes).unwrap();
        let out = run(home.path(), &["analyze", list.to_str().unwrap(), "--exercise", "cobra", "--format", "json"]);
        if out.status.code() != Some(1) || !said(&out).contains("could not read the video") {
            wrong.push(format!("{name}: {} {}", out.status, said(&out)));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// A chunk of a PNG.
fn chunk(name: &[u8], body: &[u8]) -> Vec<u8> {
    let mut crc = flate2::Crc::new();
    crc.update(name);
    crc.update(body);
    [&(body.len() as u32).to_be_bytes(), name, body, &crc.sum().to_be_bytes()].concat()
}

/// A PNG of so many pixels, of which the first thousand lines are there.
fn huge_png(side_px: u32) -> Vec<u8> {
    let line = 1 + 3 * side_px as usize;
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut packed, &vec![0; 1000 * line]).unwrap();
    let head = [&side_px.to_be_bytes()[..], &side_px.to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
    let chunks = [chunk(b"IHDR", &head), chunk(b"IDAT", &packed.finish().unwrap()), chunk(b"IEND", &[])];
    [b"\x89PNG\r\n\x1a\n".to_vec(), chunks.concat()].concat()
}

#[test]
fn a_small_file_of_a_huge_picture_is_refused_by_its_head() {
    let home = tempfile::tempdir().unwrap();
    let pictures = home.path().join("pictures");
    fs::create_dir(&pictures).unwrap();
    for n in 1..3 {
        fs::write(pictures.join(format!("{n}.png")), huge_png(24_000)).unwrap();
    }
    let command = "ulimit -v 4000000; exec \"$0\" analyze \"$1\" --exercise cobra";
    let out = Command::new("sh")
        .args(["-c", command, env!("CARGO_BIN_EXE_formcheck"), pictures.to_str().unwrap()])
        .output()
        .unwrap();
    assert_eq!(out.status.code(), Some(1), "{}", said(&out));
    assert!(said(&out).contains("pixels"), "{}", said(&out));
}

#[test]
#[cfg(feature = "onnx")]
fn a_film_that_ends_early_says_so_in_what_is_kept() {
    let home = tempfile::tempdir().unwrap();
    let whole = demo_with(home.path(), &["-c", "copy", "-movflags", "+faststart"]);
    let bytes = fs::read(&whole).unwrap();
    let half = home.path().join("half.mp4");
    fs::write(&half, &bytes[..bytes.len() * 3 / 4]).unwrap();
    let data = home.path().join("data");
    let args = ["analyze", half.to_str().unwrap(), "--exercise", "wall_angels", "--format", "json", "--save"];
    let summary: Value = serde_json::from_str(&stdout(&data, &args)).unwrap();
    let kept = &export(&data, &home.path().join("all.json"))[0]["sets"][0]["summary"];
    // What follows it as a camera says and keeps the same.
    let film = half.to_str().unwrap();
    let out = run(&data, &["watch", "--input", film, "--pace", "fast", "--exercise", "wall_angels", "--save"]);
    let last: Value = serde_json::from_slice(out.stdout.split(|b| *b == b'\n').rev().nth(1).unwrap()).unwrap();
    assert!(said(&out).contains("cut off"), "{}", said(&out));
    let followed = &export(&data, &home.path().join("all.json"))[1]["sets"][0]["summary"];
    for source in [&summary["source"], &kept["source"], &last["source"], &followed["source"]] {
        assert_eq!(source["complete"], false, "{source}");
        assert!(source["notices"][0].as_str().unwrap().contains("cut off"), "{source}");
    }
}

#[test]
#[cfg(feature = "onnx")]
fn a_film_belongs_to_the_day_on_which_it_was_made_unless_that_is_still_to_come() {
    let home = tempfile::tempdir().unwrap();
    let mut wrong = Vec::new();
    for (made, is_believed) in [("2025-10-25T12:00:00Z", true), ("2039-06-01T12:00:00Z", false)] {
        let data = home.path().join(&made[..4]);
        let film = demo_with(home.path(), &["-c", "copy", "-y", "-metadata", &format!("creation_time={made}")]);
        let out = run(&data, &["analyze", film.to_str().unwrap(), "--exercise", "wall_angels", "--save"]);
        let session = &export(&data, &home.path().join("all.json"))[0];
        // What is followed as a camera is of today, whatever the film says.
        let watch = ["watch", "--input", film.to_str().unwrap(), "--pace", "fast", "--exercise", "wall_angels"];
        let watched = said(&run(&data, &watch));
        if watched.contains("still to come") {
            wrong.push(format!("{made}: watch: {watched}"));
        }
        let is_of_that_day = session["started_at"].as_str().unwrap().starts_with(&made[..7]);
        if is_of_that_day != is_believed || said(&out).contains("still to come") == is_believed {
            wrong.push(format!("{made}: {} {}", session["started_at"], said(&out)));
        }
        if is_believed {
            let day = ["sessions", "export", "--format", "json", "--from", "2025-10-24", "--to", "2025-10-26", "--out"];
            let out = home.path().join("day.json");
            stdout(&data, &[&day[..], &[out.to_str().unwrap()]].concat());
            let day: Value = serde_json::from_str(&fs::read_to_string(out).unwrap()).unwrap();
            assert_eq!(day["sessions"].as_array().unwrap().len(), 1, "found by the day of filming");
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
#[cfg(feature = "onnx")]
fn an_analysis_that_is_told_to_end_does_so_in_order_whenever_that_is() {
    let home = tempfile::tempdir().unwrap();
    let films = [fixture("demo/wall_angels.mp4"), fixture("tests/fixtures/clips/none_quad_d.mp4")];
    let mut wrong = Vec::new();
    for n in 0..12_u64 {
        let data = home.path().join(n.to_string());
        let mut child = program(&data)
            .args(["analyze", &films[0], &films[1], "--exercise", "wall_angels", "--save"])
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(60 + 130 * n));
        assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
        let ended = child.wait().unwrap();
        let mut told = String::new();
        std::io::Read::read_to_string(child.stderr.as_mut().unwrap(), &mut told).unwrap();
        let listed = stdout(&data, &["sessions", "list"]);
        if ended.code() != Some(130) || !told.is_empty() || listed.contains("not ended") || listed.contains("no sets") {
            wrong.push(format!("after {} ms: {ended}, said {told:?}, kept {listed:?}", 60 + 130 * n));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_report_is_about_one_person() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("data");
    let film = trace(home.path(), 8.0);
    for person in ["Ana", "Ben"] {
        let film = film.to_str().unwrap();
        stdout(&data, &["analyze", film, "--exercise", "wall_angels", "--save", "--person", person]);
    }
    let out = home.path().join("r.html");
    let write = ["sessions", "export", "--format", "html", "--out", out.to_str().unwrap()];
    let refused = run(&data, &write);
    assert!(said(&refused).contains("Ana, Ben; name one with --person") && !out.exists(), "{}", said(&refused));
    stdout(&data, &[&write[..], &["--person", "Ana"]].concat());
    let page = fs::read_to_string(out).unwrap();
    assert!(page.contains("Ana") && !page.contains("Ben"));
}

#[test]
fn options_of_the_window_are_not_passed_over_and_its_log_is_written_over_nothing() {
    let home = tempfile::tempdir().unwrap();
    let routine = home.path().join("routine.toml");
    fs::copy(fixture("routines/short.toml"), &routine).unwrap();
    let path = routine.to_str().unwrap();
    let out = run(home.path(), &["--begin", path, "exercises", "list"]);
    assert!(out.status.code() == Some(2) && said(&out).contains("--begin is for the window"), "{}", said(&out));
    let before = fs::read(&routine).unwrap();
    let out = run(home.path(), &["--begin", path, "--cue-log", path]);
    if cfg!(feature = "gui") {
        assert!(said(&out).contains("that is the input"), "{}", said(&out));
    }
    assert!(!out.status.success() && fs::read(&routine).unwrap() == before);
    let out = run(home.path(), &["sessions", "list", "--data-dir", home.path().to_str().unwrap()]);
    assert!(out.status.success(), "the folder may be named behind the command, too: {}", said(&out));
}

#[test]
fn a_file_of_a_thousand_mistakes_shows_fifty() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("mine.toml");
    let keys: Vec<String> = (0..5000).map(|n| format!("key_{n} = 1")).collect();
    fs::write(&file, keys.join("\n")).unwrap();
    let out = run(home.path(), &["exercises", "check", file.to_str().unwrap()]);
    let said = said(&out);
    assert_eq!(out.status.code(), Some(1));
    assert!(said.matches("error[").count() == 50 && said.contains("more mistakes"), "{}", said.len());
    assert!(!said.contains('\u{1b}') && !said.contains("?[1m"), "no colours, nor what is left of them");
}

/// What a library repeats of a damaged file is one line, and not the file.
#[test]
fn a_damaged_text_is_not_repeated_at_length() {
    let home = tempfile::tempdir().unwrap();
    let film = trace(home.path(), 2.0);
    let key = format!("\"a\\nb{}\":0,", "c".repeat(5000));
    let text = fs::read_to_string(&film).unwrap();
    let (header, frames) = text.split_once('\n').unwrap();
    fs::write(&film, format!("{header}\n{}", frames.replacen('{', &format!("{{{key}"), 1))).unwrap();
    let export = home.path().join("all.json");
    fs::write(&export, format!("{{{key}\"formcheck_export\":1}}")).unwrap();
    let data = home.path().join("data");
    let tried = [
        run(&data, &["analyze", film.to_str().unwrap(), "--exercise", "cobra"]),
        run(&data, &["sessions", "import", export.to_str().unwrap()]),
    ];
    let wrong: Vec<_> = tried
        .iter()
        .map(said)
        .filter(|said| {
            said.trim_end().lines().count() != 1 || said.len() > 600 || !said.contains("unknown field `a?bc")
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}
