//! What somebody may put in the program's way, by mistake or on purpose: names, places, files that are none, numbers, signals.
//! Whatever it is, nothing is lost, nothing hangs, and what is said says what to do.
#![cfg(unix)]

use crate::common::kept::{self, export, program, run, stdout, trace};
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

const FILM: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/clips/none_quad_d.mp4");

fn said(out: &Output) -> String {
    String::from_utf8_lossy(&out.stderr).into_owned()
}

/// Runs that must not last: whoever hangs is ended and told.
fn run_briefly(data: &Path, args: &[&str], stdin: Stdio) -> Result<Output, String> {
    let mut child =
        program(data).args(args).stdin(stdin).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    for _ in 0..400 {
        if child.try_wait().unwrap().is_some() {
            return Ok(child.wait_with_output().unwrap());
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    child.kill().unwrap();
    Err(format!("{args:?} does not end"))
}

#[test]
fn nothing_is_written_over_what_is_read_or_kept() {
    let home = tempfile::tempdir().unwrap();
    let at = |name: &str| home.path().join(name);
    let data = at("data");
    let film = trace(home.path(), 8.0);
    stdout(&data, &["analyze", film.to_str().unwrap(), "--exercise", "wall_angels", "--save"]);
    fs::copy(FILM, at("film.mp4")).unwrap();
    fs::hard_link(at("film.mp4"), at("linked.mp4")).unwrap();
    std::os::unix::fs::symlink(&film, at("soft.jsonl")).unwrap();
    let own = |id: &str, name: &str| {
        fs::copy(format!("{}/{id}.toml", env!("CARGO_MANIFEST_DIR")), at(name)).unwrap();
    };
    own("exercises/wall_angels", "mine.toml");
    own("routines/short", "routine.toml");
    let path = |name: &str| at(name).display().to_string();
    let (trace, film, linked, soft) =
        (film.display().to_string(), path("film.mp4"), path("linked.mp4"), path("soft.jsonl"));
    let (mine, routine, store) = (path("mine.toml"), path("routine.toml"), path("data/sessions.db"));
    let inside = path("data/settings.toml");
    let cases: [&[&str]; 12] = [
        &["analyze", &trace, "--exercise", "wall_angels", "--report", &trace],
        &["analyze", &trace, "--exercise", "wall_angels", "--trace", &trace],
        &["analyze", &trace, "--exercise", "wall_angels", "--trace", &soft],
        &["analyze", &trace, "--exercise", &mine, "--report", &mine],
        &["analyze", &trace, "--exercise", "wall_angels", "--routine", &routine, "--report", &routine],
        &["analyze", &trace, "--exercise", "wall_angels", "--report", &inside],
        &["analyze", &film, "--exercise", "wall_angels", "--overlay", &film],
        &["analyze", &film, "--exercise", "wall_angels", "--overlay", &linked],
        &["analyze", &trace, "--exercise", "wall_angels", "--trace", "/dev/null"],
        &["routines", "calendar", &routine, "--days", "mon", "--at", "18:00", "--out", &routine],
        &["sessions", "export", "--format", "json", "--out", &store],
        &["sessions", "export", "--format", "json", "--out", &path("data")],
    ];
    let before: Vec<(PathBuf, Vec<u8>)> =
        [&trace, &film, &mine, &routine, &store].iter().map(|p| (PathBuf::from(p), fs::read(p).unwrap())).collect();
    let mut wrong = Vec::new();
    for (i, args) in cases.iter().enumerate() {
        let out = run(&data, args);
        let told = said(&out);
        let is_told = ["give another name", "into another folder", "give the name of a file"]
            .iter()
            .any(|how| told.contains(how));
        if out.status.code() != Some(1) || !is_told {
            wrong.push(format!("{i} {args:?}: {} {told}", out.status));
        }
        wrong.extend(
            before
                .iter()
                .filter(|(path, bytes)| path.extension().is_none_or(|e| e != "db") && fs::read(path).unwrap() != *bytes)
                .map(|(path, _)| format!("{i} {args:?} has changed {}", path.display())),
        );
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(export(&data, &at("all.json")).len(), 1, "the sessions are there");
    let twice = path("one.html");
    let out = run(&data, &["analyze", &trace, "--exercise", "wall_angels", "--report", &twice, "--trace", &twice]);
    assert!(said(&out).contains("something else of the same run"), "{}", said(&out));
}

#[test]
fn what_is_no_ordinary_file_is_refused_at_once() {
    let home = tempfile::tempdir().unwrap();
    let at = |name: &str| home.path().join(name).display().to_string();
    let data = home.path().join("data");
    for pipe in ["t.jsonl", "e.toml", "s.json", "v.mp4"] {
        assert!(Command::new("mkfifo").arg(at(pipe)).status().unwrap().success());
    }
    for (link, to) in [("zero.jsonl", "/dev/zero"), ("zero.toml", "/dev/zero"), ("zero.json", "/dev/zero")] {
        std::os::unix::fs::symlink(to, at(link)).unwrap();
    }
    fs::File::create(at("long.jsonl")).unwrap().set_len(20 << 30).unwrap();
    fs::File::create(at("long.toml")).unwrap().set_len(20 << 30).unwrap();
    fs::File::create(at("long.json")).unwrap().set_len(20 << 30).unwrap();
    let stores = ["pipe-store", "linked-store"].map(|name| home.path().join(name));
    stores.iter().for_each(|folder| fs::create_dir(folder).unwrap());
    assert!(Command::new("mkfifo").arg(stores[0].join("sessions.db")).status().unwrap().success());
    std::os::unix::fs::symlink(home.path().join("dangling"), stores[1].join("sessions.db")).unwrap();
    let mut wrong = Vec::new();
    let analyze = |input: &str, exercise: &str| {
        vec!["analyze".to_owned(), at(input), "--exercise".to_owned(), exercise.to_owned()]
    };
    let import = |file: &str| vec!["sessions".to_owned(), "import".to_owned(), at(file)];
    let check = |file: &str| vec!["exercises".to_owned(), "check".to_owned(), at(file)];
    let cases: Vec<Vec<String>> = vec![
        analyze("t.jsonl", "wall_angels"),
        analyze("zero.jsonl", "wall_angels"),
        analyze("long.jsonl", "wall_angels"),
        analyze("v.mp4", "wall_angels"),
        analyze("long.jsonl", &at("e.toml")),
        analyze("long.jsonl", &at("zero.toml")),
        analyze("long.jsonl", &at("long.toml")),
        check("e.toml"),
        check("zero.toml"),
        import("s.json"),
        import("zero.json"),
        import("long.json"),
    ];
    for args in cases {
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        match run_briefly(&data, &args, Stdio::null()) {
            Ok(out) if out.status.code() == Some(1) && said(&out).starts_with("error: could not") => (),
            Ok(out) => wrong.push(format!("{args:?}: {} {}", out.status, said(&out))),
            Err(e) => wrong.push(e),
        }
    }
    for store in &stores {
        fs::write(at("empty.json"), r#"{"formcheck_export":1,"sessions":[],"ranges":[]}"#).unwrap();
        match run_briefly(store, &["sessions", "import", &at("empty.json")], Stdio::null()) {
            Ok(out) if out.status.code() == Some(1) => (),
            Ok(out) => wrong.push(format!("{}: {} {}", store.display(), out.status, said(&out))),
            Err(e) => wrong.push(e),
        }
    }
    // In the place of files of its own: it goes on without them.
    stdout(&data, &["sessions", "import", &at("empty.json")]);
    for own in ["settings.toml", "sessions.20261127T080000Z-0001.lock"] {
        assert!(Command::new("mkfifo").arg(data.join(own)).status().unwrap().success());
    }
    for args in [["sessions", "list"], ["exercises", "list"]] {
        match run_briefly(&data, &args, Stdio::null()) {
            Ok(out) if out.status.success() => (),
            Ok(out) => wrong.push(format!("{args:?}: {} {}", out.status, said(&out))),
            Err(e) => wrong.push(e),
        }
    }
    assert!(!home.path().join("dangling").exists(), "a link is not followed");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The program at work on a recording that pauses for a day, told to end by signals: what it prints.
fn told_to_end(data: &Path, film: &Path, signals: &str) -> (bool, String) {
    // Whoever runs the tests may have had SIGHUP ignored (nohup), which children inherit and the program heeds.
    let mut child = Command::new("env")
        .args(["--default-signal=HUP", env!("CARGO_BIN_EXE_formcheck")])
        .args(["watch", "--exercise", "wall_angels", "--pace", "live", "--save", "--input", film.to_str().unwrap()])
        .env("FORMCHECK_DATA", data)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    std::thread::sleep(Duration::from_millis(1500));
    // One after the other, with nothing between them.
    let line = "pid=$0; for signal; do kill \"$signal\" \"$pid\" || exit 1; done";
    let mut kill = Command::new("sh");
    kill.args(["-c", line, &child.id().to_string()]).args(signals.split(' '));
    assert!(kill.status().unwrap().success());
    let ended = (0..200).any(|_| {
        std::thread::sleep(Duration::from_millis(50));
        child.try_wait().unwrap().is_some()
    });
    if !ended {
        child.kill().unwrap();
    }
    let out = child.wait_with_output().unwrap();
    (ended && out.status.success(), String::from_utf8_lossy(&out.stdout).into_owned())
}

#[test]
fn each_signal_that_asks_for_an_end_gets_a_summary_and_a_session_that_is_closed() {
    let home = tempfile::tempdir().unwrap();
    let film = trace(home.path(), 20.0);
    // From the fifth second on a day later.
    let text = fs::read_to_string(&film).unwrap();
    let later = text.lines().map(|line| {
        let mut value: serde_json::Value = serde_json::from_str(line).unwrap();
        if let Some(t_ns) = value.get("t_ns").and_then(serde_json::Value::as_u64).filter(|t| *t > 1_000_000_000) {
            value["t_ns"] = (t_ns + 86_400_000_000_000).into();
        }
        value.to_string() + "\n"
    });
    let paused = home.path().join("paused.jsonl");
    fs::write(&paused, later.collect::<String>()).unwrap();
    let mut wrong = Vec::new();
    // As `timeout` and desktops that log out do, two at once are one wish.
    for signal in ["-INT", "-TERM", "-HUP", "-TERM -HUP", "-TERM -TERM"] {
        let data = home.path().join(signal);
        let (is_ok, printed) = told_to_end(&data, &paused, signal);
        let last = printed.lines().last().unwrap_or_default().to_owned();
        let sessions = export(&data, &home.path().join("out.json"));
        let is_closed = sessions.first().is_some_and(|s| !s["ended_at"].is_null());
        if !is_ok || !last.contains("\"event\":\"summary\"") || !is_closed {
            wrong.push(format!("{signal}: {is_ok} {is_closed} {last}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_is_unfinished_goes_when_the_program_is_told_to_end_and_nohup_is_heeded() {
    let home = tempfile::tempdir().unwrap();
    let (work, out) = (home.path().join("work"), home.path().join("out.mp4"));
    fs::create_dir(&work).unwrap();
    let start = |nohup: bool| {
        let line = if nohup { "trap '' HUP; exec \"$0\" \"$@\"" } else { "exec \"$0\" \"$@\"" };
        Command::new("bash")
            .args([
                "-c",
                line,
                env!("CARGO_BIN_EXE_formcheck"),
                "analyze",
                FILM,
                "--exercise",
                "wall_angels",
                "--overlay",
            ])
            .arg(&out)
            .env("TMPDIR", &work)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap()
    };
    let mut child = start(false);
    std::thread::sleep(Duration::from_millis(1200));
    let left = |folder: &Path| fs::read_dir(folder).unwrap().count();
    assert!(left(&work) > 0, "it is at work");
    Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert_eq!((left(&work), out.exists()), (0, false));
    assert_eq!(left(home.path()), 1, "the folder of temporary files alone");
    let mut child = start(true);
    std::thread::sleep(Duration::from_millis(1200));
    Command::new("kill").args(["-HUP", &child.id().to_string()]).status().unwrap();
    assert!(child.wait().unwrap().success());
    assert!(out.exists());
}

#[test]
fn a_film_that_is_being_drawn_ends_with_the_program_that_is_killed() {
    let home = tempfile::tempdir().unwrap();
    let out = home.path().join("out.mp4");
    let args = ["analyze", FILM, "--exercise", "wall_angels", "--overlay", out.to_str().unwrap()];
    let mut child = program(&home.path().join("data"))
        .args(args)
        .env("TMPDIR", home.path())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let drawing = || {
        let found = fs::read_dir("/proc").unwrap().flatten().find(|process| {
            let line = fs::read(process.path().join("cmdline")).unwrap_or_default();
            let line = String::from_utf8_lossy(&line).replace('\0', " ");
            line.contains("libx264") && line.contains(home.path().to_str().unwrap())
        });
        found.map(|process| process.path())
    };
    let mut process = None;
    for _ in 0..9000 {
        process = drawing();
        if process.is_some() || child.try_wait().unwrap().is_some() {
            break;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    let process = process.expect("ffmpeg is seen at its work");
    child.kill().unwrap();
    child.wait().unwrap();
    let is_gone = (0..100).any(|_| {
        std::thread::sleep(Duration::from_millis(20));
        !process.exists()
    });
    assert!(is_gone, "ffmpeg goes on without us");
    assert!(!out.exists(), "half a film has no name");
}

#[test]
fn a_disk_that_is_full_leaves_what_was_there() {
    let home = tempfile::tempdir().unwrap();
    let film = trace(home.path(), 20.0);
    let mut wrong = Vec::new();
    for (option, name) in [("--report", "report.html"), ("--trace", "copy.jsonl"), ("--overlay", "film.mp4")] {
        let out = home.path().join(name);
        fs::write(&out, "yesterday's").unwrap();
        let input = if option == "--overlay" { FILM } else { film.to_str().unwrap() };
        // Files may not grow beyond that, as on a disk that is full; the signal for it is not ignored.
        let line = "ulimit -f 3; exec \"$0\" \"$@\"";
        let run = Command::new("bash")
            .args(["-c", line, env!("CARGO_BIN_EXE_formcheck"), "analyze", input, "--exercise", "wall_angels", option])
            .arg(&out)
            .output()
            .unwrap();
        if run.status.code() != Some(1) || !said(&run).contains("error: could not") {
            wrong.push(format!("{option}: {} {}", run.status, said(&run)));
        }
        if fs::read_to_string(&out).is_ok_and(|text| text == "yesterday's") {
            continue;
        }
        wrong.push(format!("{option}: what was there is gone"));
    }
    let left: Vec<_> = fs::read_dir(home.path()).unwrap().flatten().map(|e| e.file_name()).collect();
    assert_eq!(left.len(), 4, "{left:?}");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn numbers_from_a_file_or_a_hand_block_nothing() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("data");
    let film = trace(home.path(), 8.0).display().to_string();
    for _ in 0..2 {
        stdout(&data, &["analyze", &film, "--exercise", "wall_angels", "--save"]);
    }
    let id = kept::newest(&data);
    let out = run(&data, &["sessions", "edit", &id, "--set", "1", "--count", "4294967295"]);
    assert!(said(&out).contains("could not take the count 4294967295: it is at most 100000"), "{}", said(&out));
    // A record that no program of ours has written.
    let db = rusqlite::Connection::open(data.join("sessions.db")).unwrap();
    db.execute("UPDATE sets SET faults = 'no json', corrected_total = 4294967295 WHERE session = ?1", [&id]).unwrap();
    drop(db);
    assert_eq!(stdout(&data, &["sessions", "list"]).lines().count(), 2);
    let json = home.path().join("all.json").display().to_string();
    let out = run(&data, &["sessions", "export", "--format", "json", "--out", &json]);
    assert_eq!(out.status.code(), Some(1), "one is missing");
    assert!(said(&out).contains(&format!("the session {id} is left out")), "{}", said(&out));
    let text = fs::read_to_string(&json).unwrap();
    let good: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(good["sessions"].as_array().unwrap().len(), 1, "the other is there");
    let second = home.path().join("second");
    let file = home.path().join("bad.json");
    let mut taken = Vec::new();
    for (key, number) in [("range", 1.7e308), ("start_s", -1.0), ("hold_s", 5e300)] {
        let mut bad = good.clone();
        bad["sessions"][0]["sets"][0]["summary"]["repetitions"][0][key] = number.into();
        fs::write(&file, bad.to_string()).unwrap();
        let out = run(&second, &["sessions", "import", file.to_str().unwrap()]);
        if out.status.code() != Some(1) || !said(&out).contains("nothing was imported") {
            taken.push(format!("{key}: {}", said(&out)));
        }
    }
    assert!(taken.is_empty(), "{taken:#?}");
}

#[test]
fn twenty_programs_at_once_keep_all_they_say_they_keep() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("data");
    let film = trace(home.path(), 8.0).display().to_string();
    let args = ["analyze", &film, "--exercise", "wall_angels", "--save"];
    let start = || program(&data).args(args).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let children: Vec<_> = (0..20).map(|_| start()).collect();
    let outs: Vec<Output> = children.into_iter().map(|child| child.wait_with_output().unwrap()).collect();
    let failed: Vec<String> = outs.iter().filter(|out| !out.status.success()).map(said).collect();
    assert!(failed.is_empty(), "{failed:#?}");
    assert_eq!(stdout(&data, &["sessions", "list"]).lines().count(), 20);
}

#[test]
fn the_folder_and_files_are_for_their_owner_and_everything_can_be_deleted() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("data");
    let film = trace(home.path(), 8.0).display().to_string();
    let line = "umask 000; exec \"$0\" \"$@\"";
    let report = home.path().join("report.html");
    let out = Command::new("bash")
        .args(["-c", line, env!("CARGO_BIN_EXE_formcheck"), "analyze", &film, "--exercise", "wall_angels", "--save"])
        .args(["--report", report.to_str().unwrap()])
        .env("FORMCHECK_DATA", &data)
        .output()
        .unwrap();
    assert!(out.status.success(), "{}", said(&out));
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&data), mode(&data.join("sessions.db")), mode(&report)), (0o700, 0o600, 0o600));
    fs::create_dir(data.join("sessions.a")).unwrap();
    // Left behind by a program that was killed.
    fs::write(data.join("sessions.20200101T000000Z-00000.lock"), "").unwrap();
    stdout(&data, &["analyze", &film, "--exercise", "wall_angels", "--save"]);
    assert!(!data.join("sessions.20200101T000000Z-00000.lock").exists(), "nobody holds it");
    stdout(&data, &["sessions", "delete", "--all"]);
    let left: Vec<_> = fs::read_dir(&data).unwrap().flatten().map(|e| e.file_name()).collect();
    assert_eq!(left, ["sessions.a"]);
    let mistyped = home.path().join("mistyped");
    assert!(run(&mistyped, &["sessions", "list"]).status.success());
    assert!(!mistyped.exists(), "a list makes no store");
}

#[test]
fn a_store_of_something_else_is_not_touched_and_one_that_can_only_be_read_is_read() {
    let home = tempfile::tempdir().unwrap();
    let film = trace(home.path(), 8.0).display().to_string();
    let save = ["analyze", film.as_str(), "--exercise", "wall_angels", "--save"];
    let foreign = home.path().join("foreign");
    fs::create_dir(&foreign).unwrap();
    let mut wrong = Vec::new();
    for version in [0, 1, -1] {
        let path = foreign.join("sessions.db");
        let _none = fs::remove_file(&path);
        let db = rusqlite::Connection::open(&path).unwrap();
        db.execute_batch(&format!("CREATE TABLE songs (name TEXT); PRAGMA user_version = {version}")).unwrap();
        drop(db);
        let before = fs::read(&path).unwrap();
        let out = run(&foreign, &["sessions", "list"]);
        if !said(&out).contains("it is a database of something else") || fs::read(&path).unwrap() != before {
            wrong.push(format!("{version}: {}", said(&out)));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    // Read-only media: the superuser may write everywhere, so the file is held by its name.
    let data = home.path().join("data");
    stdout(&data, &save);
    let disk = home.path().join("disk");
    fs::create_dir(&disk).unwrap();
    let mounted = Command::new("mount").args(["--bind", "-o", "ro"]).args([&data, &disk]).output();
    if !mounted.is_ok_and(|out| out.status.success()) {
        // Without the right to mount, without the right to write: as another user would find it.
        fs::set_permissions(data.join("sessions.db"), fs::Permissions::from_mode(0o400)).unwrap();
        fs::set_permissions(&data, fs::Permissions::from_mode(0o500)).unwrap();
        let listed = run(&data, &["sessions", "list"]);
        fs::set_permissions(&data, fs::Permissions::from_mode(0o700)).unwrap();
        assert_eq!(String::from_utf8_lossy(&listed.stdout).lines().count(), 1, "{}", said(&listed));
        return;
    }
    let listed = run(&disk, &["sessions", "list"]);
    let edited = run(&disk, &["sessions", "edit", &kept::newest(&data), "--pain-after", "1"]);
    Command::new("umount").arg(&disk).status().unwrap();
    assert_eq!(String::from_utf8_lossy(&listed.stdout).lines().count(), 1, "{}", said(&listed));
    assert!(said(&edited).contains("it can only be read"), "{}", said(&edited));
}

#[test]
fn what_a_terminal_would_heed_is_not_told_to_it_and_no_line_is_forged() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("data");
    let film = trace(home.path(), 8.0).display().to_string();
    let person = "a\n20260101T000000Z-00000  forged\u{1b}[2J";
    stdout(&data, &["analyze", &film, "--exercise", "wall_angels", "--save", "--person", person]);
    let list = stdout(&data, &["sessions", "list"]);
    assert_eq!(list.lines().count(), 1, "{list}");
    let show = stdout(&data, &["sessions", "show", &kept::newest(&data)]);
    assert!(!list.contains('\u{1b}') && !show.contains('\u{1b}'), "{list}{show}");
    let named = home.path().join("a\u{1b}]0;x\u{7}.mp4");
    fs::write(&named, "no film").unwrap();
    let out = run(&data, &["analyze", named.to_str().unwrap(), "--exercise", "wall_angels"]);
    assert!(!said(&out).contains(['\u{1b}', '\u{7}']), "{}", said(&out));
}

#[test]
fn a_library_that_is_another_is_an_error_and_no_panic() {
    let home = tempfile::tempdir().unwrap();
    let out = Command::new(env!("CARGO_BIN_EXE_formcheck"))
        .args(["analyze", FILM, "--exercise", "wall_angels"])
        .env("FORMCHECK_DATA", home.path())
        // Any library that is there.
        .env("ORT_DYLIB_PATH", other_library())
        .output()
        .unwrap();
    let said = said(&out);
    assert_eq!(out.status.code(), Some(1), "{said}");
    assert!(said.starts_with("error: could not") && !said.contains("panicked"), "{said}");
}

/// A library of the system that has nothing to do with us.
fn other_library() -> PathBuf {
    let folders = ["/lib/x86_64-linux-gnu", "/lib/aarch64-linux-gnu", "/usr/lib", "/lib64"];
    let found = folders.iter().map(|folder| Path::new(folder).join("libz.so.1")).find(|path| path.exists());
    found.unwrap_or_else(|| PathBuf::from("/lib/x86_64-linux-gnu/libm.so.6"))
}
