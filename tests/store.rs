//! The session store: nothing counted is lost to a kill, nothing comes twice, files that are damaged or newer stay untouched,
//! and what goes out comes back the same.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panic")]

#[path = "common/skeleton.rs"]
mod skeleton;

use formcheck::session::log::Corrected;
use formcheck::source::trace::{TraceHeader, TraceWriter};
use formcheck::store::{Store, StoreError};
use serde_json::Value;
use skeleton::{Act, Camera, Script, standing};
use std::collections::HashSet;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

/// Kills in the test; the figures in the documentation come from 200.
const KILLS: u64 = 12;

fn program(data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_formcheck"));
    command.env("FORMCHECK_DATA", data);
    command
}

fn run(data: &Path, args: &[&str]) -> Output {
    program(data).args(args).output().unwrap()
}

fn stdout(data: &Path, args: &[&str]) -> String {
    let out = run(data, args);
    assert!(out.status.success(), "{args:?}: {}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8(out.stdout).unwrap()
}

/// A trace of quick wall angels, one in about two seconds, for so many seconds.
fn trace(folder: &Path, seconds: f64) -> PathBuf {
    let mut script = Script::resting(2.0);
    while script.length_s() < seconds {
        script = script.rep(Act::Both, 1.0, 0.6, 0.5, 0.3);
    }
    let path = folder.join("angels.jsonl");
    let mut writer = TraceWriter::create(&path, &TraceHeader::new("full")).unwrap();
    for estimate in Camera::at(0.0).film(15.0, script.length_s(), |t| standing(70.0 + script.at(t).0 * 90.0, true)) {
        writer.write(&estimate).unwrap();
    }
    writer.finish().unwrap();
    path
}

fn export(data: &Path, out: &Path) -> Vec<Value> {
    stdout(data, &["sessions", "export", "--format", "json", "--out", out.to_str().unwrap()]);
    serde_json::from_str(&std::fs::read_to_string(out).unwrap()).unwrap()
}

#[test]
fn a_kill_at_any_moment_loses_no_repetition_that_was_told() {
    let home = tempfile::tempdir().unwrap();
    let film = trace(home.path(), 30.0);
    let round = |n: u64| {
        let data = home.path().join(format!("data-{n}"));
        let args =
            ["watch", "--exercise", "wall_angels", "--pace", "live", "--save", "--input", film.to_str().unwrap()];
        let mut child = program(&data).args(args).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        // Moments between 3 and 9 seconds, never the same.
        let lives = Duration::from_millis(3000 + n * 6000 / KILLS + n * 37 % 100);
        let reader = std::thread::Builder::new().name("reader".to_owned());
        let told = reader
            .spawn(move || lines.map_while(Result::ok).filter(|l| l.contains("\"rep_counted\"")).count())
            .unwrap();
        std::thread::sleep(lives);
        child.kill().unwrap();
        child.wait().unwrap();
        let told = told.join().unwrap();
        let sessions = export(&data, &home.path().join(format!("{n}.json")));
        let set = &sessions[0]["sets"][0];
        let reps = set["summary"]["repetitions"].as_array().unwrap();
        let kept: Vec<u64> =
            reps.iter().filter(|r| r["counted"] == true).map(|r| r["index"].as_u64().unwrap()).collect();
        let once = kept.iter().collect::<HashSet<_>>().len() == kept.len();
        // What was told is on the disk; at most the one being told when the kill came is there and was not read.
        let whole = kept.len() >= told && kept.len() <= told + 1;
        let open = set["finished"] == false && sessions[0]["ended_at"].is_null();
        let closed = run(&data, &["sessions", "close", sessions[0]["id"].as_str().unwrap()]).status.success();
        (once && whole && open && closed)
            .then_some(told)
            .ok_or(format!("round {n}: {told} told, kept {kept:?}, open {open}"))
    };
    let results: Vec<_> = std::thread::scope(|scope| {
        let rounds: Vec<_> = (0..KILLS).map(|n| scope.spawn(move || round(n))).collect();
        rounds.into_iter().map(|r| r.join().unwrap()).collect()
    });
    let wrong: Vec<_> = results.iter().filter_map(|r| r.as_ref().err()).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    let told: usize = results.iter().flatten().sum();
    assert!(told >= KILLS as usize, "the kills came before anything was counted: {told}");
}

#[test]
fn an_export_comes_back_to_the_byte_and_csv_says_the_same() {
    let home = tempfile::tempdir().unwrap();
    let (first, second) = (home.path().join("one"), home.path().join("two"));
    let film = trace(home.path(), 12.0);
    stdout(
        &first,
        &["analyze", film.to_str().unwrap(), "--exercise", "wall_angels", "--save", "--person", "Ana, \"B\""],
    );
    let id = stdout(&first, &["sessions", "list"]).split_whitespace().next().unwrap().to_owned();
    let corrected = Some(Corrected { total: 4, left: None, right: None });
    Store::open(&first).unwrap().store.correct(&id, 1, corrected).unwrap();
    let (a, b) = (home.path().join("a.json"), home.path().join("b.json"));
    let sessions = export(&first, &a);
    stdout(&second, &["sessions", "import", a.to_str().unwrap()]);
    export(&second, &b);
    assert_eq!(std::fs::read_to_string(&a).unwrap(), std::fs::read_to_string(&b).unwrap());
    assert_eq!(sessions[0]["sets"][0]["corrected"]["total"], 4);
    let again = run(&second, &["sessions", "import", a.to_str().unwrap()]);
    let said = String::from_utf8_lossy(&again.stderr).into_owned();
    assert!(!again.status.success() && said.contains("there already"), "{said}");

    let csv = home.path().join("out.csv");
    stdout(&first, &["sessions", "export", &id, "--format", "csv", "--out", csv.to_str().unwrap()]);
    let mut reader = csv::Reader::from_path(&csv).unwrap();
    let header = reader.headers().unwrap().clone();
    let column = |name: &str| header.iter().position(|h| h == name).unwrap();
    let rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().unwrap();
    let reps = sessions[0]["sets"][0]["summary"]["repetitions"].as_array().unwrap();
    assert_eq!(rows.len(), reps.len());
    let wrong: Vec<_> = rows
        .iter()
        .zip(reps)
        .filter(|(row, rep)| {
            let number = |name: &str| row[column(name)].parse::<f64>().unwrap();
            let same = ["start_s", "peak_s", "end_s", "range"].iter().all(|k| Some(number(k)) == rep[*k].as_f64());
            !same || &row[column("person")] != "Ana, \"B\"" || rep["counted"] != (&row[column("counted")] == "true")
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:?}");
    let sets = std::fs::read_to_string(home.path().join("out-sets.csv")).unwrap();
    assert!(sets.lines().count() == 2 && sets.contains("\r\n"), "{sets}");
}

#[test]
fn a_damaged_file_is_moved_aside_and_a_newer_one_left_alone() {
    let home = tempfile::tempdir().unwrap();
    let damaged = home.path().join("damaged");
    std::fs::create_dir_all(&damaged).unwrap();
    let text = "this is no database, but it was somebody's".repeat(200);
    std::fs::write(damaged.join("sessions.db"), &text).unwrap();
    let out = run(&damaged, &["sessions", "list"]);
    let said = String::from_utf8_lossy(&out.stderr).into_owned();
    assert!(out.status.success() && said.contains("it was moved aside and a new one begun"), "{said}");
    assert_eq!(std::fs::read_to_string(damaged.join("sessions.damaged-1.db")).unwrap(), text);

    let newer = home.path().join("newer");
    drop(Store::open(&newer).unwrap());
    let db = newer.join("sessions.db");
    let connection = rusqlite::Connection::open(&db).unwrap();
    connection.pragma_update(None, "user_version", 99).unwrap();
    drop(connection);
    let before = std::fs::read(&db).unwrap();
    let out = run(&newer, &["sessions", "list"]);
    let said = String::from_utf8_lossy(&out.stderr).into_owned();
    assert!(!out.status.success() && said.contains("a newer formcheck has written it"), "{said}");
    assert_eq!(std::fs::read(&db).unwrap(), before);
}

#[test]
fn a_folder_that_cannot_be_written_is_a_clear_error() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("file");
    std::fs::write(&file, "a file, no folder").unwrap();
    let out = run(&file, &["sessions", "list"]);
    let said = String::from_utf8_lossy(&out.stderr).into_owned();
    assert!(!out.status.success(), "{said}");
    assert!(said.contains("could not open the session store") && said.contains("--data-dir"), "{said}");
}

#[test]
fn two_copies_write_at_once_and_an_unknown_session_is_said_so() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("data");
    let film = trace(home.path(), 12.0);
    let args = ["watch", "--exercise", "wall_angels", "--pace", "fast", "--save", "--input", film.to_str().unwrap()];
    let children: Vec<_> = (0..4)
        .map(|_| program(&data).args(args).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap())
        .collect();
    for child in children {
        let out = child.wait_with_output().unwrap();
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    }
    let sessions = export(&data, &home.path().join("all.json"));
    let counts: Vec<_> = sessions.iter().map(|s| s["sets"][0]["summary"]["reps"]["total"].as_u64().unwrap()).collect();
    assert!(counts.len() == 4 && counts.iter().all(|c| *c == counts[0] && *c > 0), "{counts:?}");
    let out = run(&data, &["sessions", "show", "yesterday"]);
    assert!(String::from_utf8_lossy(&out.stderr).contains("there is no session \"yesterday\""));
}

#[test]
fn deleted_means_gone_and_the_file_is_for_its_owner_only() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("data");
    let film = trace(home.path(), 8.0);
    stdout(
        &data,
        &["analyze", film.to_str().unwrap(), "--exercise", "wall_angels", "--save", "--person", "Unmistakable"],
    );
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(data.join("sessions.db")).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600);
    }
    let id = stdout(&data, &["sessions", "list"]).split_whitespace().next().unwrap().to_owned();
    stdout(&data, &["sessions", "delete", &id]);
    let left = |name: &str| std::fs::read(data.join(name)).unwrap_or_default();
    let traces: Vec<_> = ["sessions.db", "sessions.db-wal"]
        .into_iter()
        .filter(|name| left(name).windows(12).any(|w| w == b"Unmistakable"))
        .collect();
    assert!(traces.is_empty(), "the name is still in {traces:?}");
    std::fs::write(data.join("sessions.damaged-1.db"), "old").unwrap();
    stdout(&data, &["sessions", "delete", "--all"]);
    let files: Vec<_> = std::fs::read_dir(&data).unwrap().flatten().map(|e| e.file_name()).collect();
    assert!(files.is_empty(), "{files:?}");
    assert!(matches!(Store::open(&data).unwrap().store.session("x"), Err(StoreError::Unknown(_))));
}
