//! What was counted stays: through kills, a full disk, folders that cannot be written and clocks that jump.

use crate::common::kept;
use crate::common::kept::{export, program, run, trace};
use crate::common::sets::plan;
use formcheck::counting::runner::{SetOrigin, SetRunner};
use formcheck::history::session::SessionRecord;
use formcheck::history::store::{SessionWriter, Store};
use formcheck::motion::track::PoseSmoother;
use serde_json::Value;
use std::collections::HashSet;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

/// Kills in the test, and how many programs run at a time.
const KILLS: u64 = 200;
const AT_A_TIME: u64 = 25;

/// Makes a store with nothing in it.
fn make_store(data: &Path) {
    let file = data.with_extension("nothing.json");
    std::fs::write(&file, r#"{"formcheck_export":1,"sessions":[],"ranges":[]}"#).unwrap();
    kept::stdout(data, &["sessions", "import", file.to_str().unwrap()]);
}

fn integrity(data: &Path) -> String {
    // Killed before there was one.
    if !data.join("sessions.db").exists() {
        return "ok".to_owned();
    }
    let db = rusqlite::Connection::open(data.join("sessions.db")).unwrap();
    db.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap()
}

/// One session that is killed after `lives`: the number of repetitions told, or what is wrong.
fn killed(home: &Path, film: &Path, n: u64, lives: Duration) -> Result<usize, String> {
    let data = home.join(format!("data-{n}"));
    let args = ["watch", "--exercise", "wall_angels", "--pace", "live", "--save", "--input", film.to_str().unwrap()];
    let mut child = program(&data).args(args).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let reader = std::thread::Builder::new().name("reader".to_owned());
    let told =
        reader.spawn(move || lines.map_while(Result::ok).filter(|l| l.contains("\"rep_counted\"")).count()).unwrap();
    std::thread::sleep(lives);
    child.kill().unwrap();
    child.wait().unwrap();
    let told = told.join().unwrap();
    let sessions = export(&data, &home.join(format!("{n}.json")));
    let fine = integrity(&data);
    if fine != "ok" {
        return Err(format!("round {n}: integrity_check says {fine}"));
    }
    let Some(session) = sessions.first() else {
        return if told == 0 { Ok(0) } else { Err(format!("round {n}: {told} told, no session")) };
    };
    let set = &session["sets"][0];
    let none = Vec::new();
    let reps = set["summary"]["repetitions"].as_array().unwrap_or(&none);
    let kept: Vec<u64> = reps.iter().filter(|r| r["counted"] == true).map(|r| r["index"].as_u64().unwrap()).collect();
    let once = kept.iter().collect::<HashSet<_>>().len() == kept.len();
    // What was told is on the disk; at most the one being told when the kill came is there and was not read.
    let whole = kept.len() >= told && kept.len() <= told + 1;
    let open = set["finished"] != true && session["ended_at"].is_null();
    let closed = run(&data, &["sessions", "close", session["id"].as_str().unwrap()]).status.success();
    if once && whole && open && closed {
        Ok(told)
    } else {
        Err(format!("round {n}: {told} told, kept {kept:?}, open {open}"))
    }
}

#[test]
fn a_kill_at_any_moment_loses_no_repetition_that_was_told_and_brings_none_twice() {
    let home = tempfile::tempdir().unwrap();
    let film = trace(home.path(), 30.0);
    // Moments between the start and 9 seconds, never the same.
    let lives = |n: u64| Duration::from_millis(50 + (n * 7919) % 8950);
    let mut results = Vec::new();
    for first in (0..KILLS).step_by(AT_A_TIME as usize) {
        std::thread::scope(|scope| {
            let rounds: Vec<_> = (first..first + AT_A_TIME)
                .map(|n| {
                    let (home, film) = (home.path(), &film);
                    scope.spawn(move || killed(home, film, n, lives(n)))
                })
                .collect();
            results.extend(rounds.into_iter().map(|r| r.join().unwrap()));
        });
    }
    let wrong: Vec<_> = results.iter().filter_map(|r| r.as_ref().err()).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    let told: usize = results.iter().flatten().sum();
    assert!(told >= KILLS as usize, "the kills came before anything was counted: {told}");
}

#[test]
fn a_session_that_was_left_open_is_offered_and_gone_on_in() {
    let home = tempfile::tempdir().unwrap();
    let film = trace(home.path(), 12.0);
    let data = home.path().join("data");
    let film = film.to_str().unwrap();
    let watch = ["watch", "--exercise", "wall_angels", "--save", "--input", film];
    let mut child = program(&data).args(watch).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    while kept::stdout(&data, &["sessions", "list"]).is_empty() {
        std::thread::sleep(Duration::from_millis(50));
    }
    std::thread::sleep(Duration::from_secs(5));
    child.kill().unwrap();
    child.wait().unwrap();
    let id = kept::newest(&data);
    let next = run(&data, &[&watch[..], &["--pace", "fast"]].concat());
    let said = String::from_utf8_lossy(&next.stderr).into_owned();
    assert!(
        said.contains(&format!("session {id} was left open")) && said.contains(&format!("--resume {id}")),
        "{said}"
    );
    let resumed = run(&data, &[&watch[..], &["--pace", "fast", "--resume", &id]].concat());
    assert!(resumed.status.success(), "{}", String::from_utf8_lossy(&resumed.stderr));
    let sessions = export(&data, &home.path().join("out.json"));
    let session = sessions.iter().find(|s| s["id"] == id.as_str()).unwrap();
    let finished: Vec<&Value> = session["sets"].as_array().unwrap().iter().map(|s| &s["finished"]).collect();
    assert_eq!(finished, [&Value::from(false), &Value::from(true)]);
    assert!(!session["ended_at"].is_null());
    let again = run(&data, &[&watch[..], &["--resume", &id]].concat());
    assert!(String::from_utf8_lossy(&again.stderr).contains("there is no session"), "a closed one is not gone on in");
}

/// Files may not grow beyond so many kB, as on a disk that is full: bash's own limit, the signal for it ignored.
#[test]
fn a_full_disk_is_said_and_counting_goes_on() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("data");
    let film = trace(home.path(), 60.0);
    let free = run(
        &home.path().join("free"),
        &["watch", "--exercise", "wall_angels", "--pace", "fast", "--input", film.to_str().unwrap()],
    );
    let last = |out: &[u8]| String::from_utf8_lossy(out).lines().last().unwrap_or_default().to_owned();
    let mut kept_counts = Vec::new();
    let mut wrong = Vec::new();
    for limit_kb in [70, 110, 150, 190] {
        let data = data.join(limit_kb.to_string());
        // The store is made while there is room.
        std::fs::create_dir_all(data.parent().unwrap()).unwrap();
        make_store(&data);
        let line = format!("trap '' XFSZ; ulimit -f {limit_kb}; exec \"$0\" \"$@\"");
        let out = Command::new("bash")
            .args(["-c", &line, env!("CARGO_BIN_EXE_formcheck")])
            .args(["watch", "--exercise", "wall_angels", "--pace", "fast", "--save", "--input"])
            .arg(&film)
            .env("FORMCHECK_DATA", &data)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&out.stderr).into_owned();
        if !said.contains("is the disk full, or the folder read-only?; counting goes on") {
            wrong.push(format!("{limit_kb} kB: {said}"));
        }
        if out.status.success() != said.contains(" kept; ") {
            wrong.push(format!("{limit_kb} kB: {} after {said}", out.status));
        }
        if last(&out.stdout) != last(&free.stdout) {
            wrong.push(format!("{limit_kb} kB: another count: {}", last(&out.stdout)));
        }
        if integrity(&data) != "ok" {
            wrong.push(format!("{limit_kb} kB: {}", integrity(&data)));
        }
        let sessions = export(&data, &home.path().join("out.json"));
        let reps =
            sessions.first().map_or(0, |s| s["sets"][0]["summary"]["repetitions"].as_array().map_or(0, Vec::len));
        kept_counts.push(reps);
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(kept_counts.is_sorted() && kept_counts[3] > 0, "more room keeps more: {kept_counts:?}");
}

#[test]
fn without_a_store_counting_goes_on_and_the_exit_code_says_so() {
    let home = tempfile::tempdir().unwrap();
    let film = trace(home.path(), 12.0);
    let file = home.path().join("no-folder");
    std::fs::write(&file, "a file").unwrap();
    let args = ["watch", "--exercise", "wall_angels", "--pace", "fast", "--save", "--input", film.to_str().unwrap()];
    // Nobody can make a folder there, not even the superuser.
    for folder in [file.as_path(), Path::new("/proc/formcheck")] {
        let out = run(folder, &args);
        let said = String::from_utf8_lossy(&out.stderr).into_owned();
        assert!(said.contains("could not open the session store") && said.contains("nothing is kept"), "{said}");
        let summary = String::from_utf8_lossy(&out.stdout).lines().last().unwrap().to_owned();
        let summary: Value = serde_json::from_str(&summary).unwrap();
        assert_eq!((out.status.code(), summary["reps"]["total"].as_u64() > Some(3)), (Some(1), true), "{summary}");
    }
}

/// Another program that holds the store for longer than anybody waits: nothing is told late, nothing is lost.
#[test]
fn a_store_that_is_held_by_another_delays_no_count_and_loses_nothing() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("data");
    let film = trace(home.path(), 9.0);
    let watch = ["watch", "--exercise", "wall_angels", "--pace", "live", "--save", "--input", film.to_str().unwrap()];
    run(&data, &["sessions", "list"]);
    let mut child = program(&data).args(watch).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    while kept::stdout(&data, &["sessions", "list"]).is_empty() {
        std::thread::sleep(Duration::from_millis(20));
    }
    let mut holder = rusqlite::Connection::open(data.join("sessions.db")).unwrap();
    holder.busy_timeout(Duration::from_secs(5)).unwrap();
    let held = holder.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate).unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    // What is told while the store is held has been counted without it; the last line comes when the store is free.
    let mut told = Vec::new();
    for line in lines.by_ref() {
        told.push(serde_json::from_str::<Value>(&line).unwrap());
        if told.iter().filter(|l| l["event"] == "rep_counted").count() == 3 {
            break;
        }
    }
    let reps = kept_reps(&data, home.path());
    held.rollback().unwrap();
    assert!(reps.len() < 3, "the store was held, and still has {reps:?}");
    assert!(lines.count() > 0, "the summary at least");
    let out = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&out.stderr).into_owned();
    assert!(out.status.success() && said.contains("another program holds it for long"), "{said}");
    assert!(said.contains("repetitions are written again") && said.contains(" kept; "), "{said}");
    let reps = kept_reps(&data, home.path());
    assert!(reps.len() >= 3 && reps.windows(2).all(|r| r[1] == r[0] + 1), "{reps:?}");
}

/// Numbers of the repetitions of the first set that is kept.
fn kept_reps(data: &Path, home: &Path) -> Vec<u64> {
    let sessions = export(data, &home.join("held.json"));
    let reps = sessions.first().map(|s| s["sets"][0]["summary"]["repetitions"].clone());
    let reps = reps.as_ref().and_then(Value::as_array).cloned().unwrap_or_default();
    reps.iter().map(|r| r["index"].as_u64().unwrap()).collect()
}

/// The time of rolling is kept second by second, though there is no repetition to tell.
#[test]
fn a_kill_loses_a_second_of_rolling_at_most() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("data");
    let packed = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/traces/foam_roll_b.jsonl.gz");
    let mut film = kept::unpacked(Path::new(packed));
    let (mut writer, _) = SessionWriter::begin(&data, "me", None).unwrap();
    let started_at = "2026-11-23T10:00:00+01:00".to_owned();
    let origin = SetOrigin { model: "full".to_owned(), source_kind: "camera".to_owned(), started_at };
    let mut set = SetRunner::begin(plan("foam_roll"), origin, &mut writer);
    let mut smoother = PoseSmoother::default();
    while let Some(estimate) = film.next_estimate().unwrap() {
        set.step_into(&smoother.step(&estimate), &mut writer);
    }
    let engine = set.engine();
    let (active_s, _) = engine.hold().unwrap();
    // As a kill leaves it: nothing is finished.
    drop(writer);
    let set = export(&data, &home.path().join("out.json"))[0]["sets"][0].clone();
    let kept_s = set["summary"]["active_s"].as_f64().unwrap();
    assert!(active_s > 10.0 && active_s - kept_s <= 4.0 && kept_s <= active_s, "{kept_s} of {active_s}");
    assert!(set["summary"]["repetitions"].as_array().unwrap().len() + 1 >= engine.reps().len(), "{set}");
}

#[test]
fn a_source_that_fails_ends_the_set_and_the_session() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("data");
    let film = trace(home.path(), 12.0);
    let text = std::fs::read_to_string(&film).unwrap();
    let half: String = text.lines().take(140).fold(String::new(), |all, line| all + line + "\n") + "{\"seq\": broken\n";
    std::fs::write(&film, half).unwrap();
    let args = ["watch", "--exercise", "wall_angels", "--pace", "fast", "--save", "--input", film.to_str().unwrap()];
    let out = run(&data, &args);
    let summary: Value = serde_json::from_str(String::from_utf8_lossy(&out.stdout).lines().last().unwrap()).unwrap();
    assert_eq!((out.status.code(), &summary["event"]), (Some(1), &Value::from("summary")));
    let session = &export(&data, &home.path().join("out.json"))[0];
    assert!(session["ended_at"].is_string() && session["sets"][0]["finished"] == true, "{session}");
    assert_eq!(session["sets"][0]["summary"]["reps"], summary["reps"]);
}

#[test]
fn whoever_stops_reading_loses_nothing_that_was_to_be_kept() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("data");
    let film = trace(home.path(), 8.0);
    let film = film.to_str().unwrap();
    let mut child = program(&data)
        .args(["analyze", film, film, film, film, "--exercise", "wall_angels", "--save", "--format", "json"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    assert!(child.wait().unwrap().success());
    let session = &export(&data, &home.path().join("out.json"))[0];
    assert_eq!((session["sets"].as_array().unwrap().len(), session["ended_at"].is_string()), (4, true));
}

/// A folder that may be read and not written: mounted so where this account could write anything, else by its mode.
#[test]
fn in_a_read_only_folder_counting_goes_on() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("data");
    let film = trace(home.path(), 8.0);
    make_store(&data);
    let before = std::fs::read(data.join("sessions.db")).unwrap();
    let line = "mount --bind \"$0\" \"$0\" 2>&- && mount -o remount,bind,ro \"$0\" 2>&- || chmod -R a-w \"$0\"; \"$@\"; code=$?; chmod -R u+w \"$0\" 2>&-; exit $code";
    let shell = ["unshare", "-rm", "sh", "-c", line];
    let can_mount = Command::new("unshare").args(["-rm", "true"]).output().is_ok_and(|o| o.status.success());
    let shell = if can_mount { &shell[..] } else { &shell[2..] };
    let out = Command::new(shell[0])
        .args(&shell[1..])
        .arg(&data)
        .arg(env!("CARGO_BIN_EXE_formcheck"))
        .args(["watch", "--exercise", "wall_angels", "--pace", "fast", "--save", "--input"])
        .arg(&film)
        .env("FORMCHECK_DATA", &data)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&out.stderr).into_owned();
    assert!(said.contains("could not") && said.contains("counting goes on, nothing is kept"), "{said}");
    let summary: Value = serde_json::from_str(String::from_utf8_lossy(&out.stdout).lines().last().unwrap()).unwrap();
    assert_eq!((out.status.code(), summary["reps"]["total"].as_u64() > Some(2)), (Some(1), true), "{summary}");
    assert_eq!(std::fs::read(data.join("sessions.db")).unwrap(), before);
}

#[test]
fn a_clock_that_jumps_back_is_said_and_breaks_nothing() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("data");
    let film = trace(home.path(), 12.0);
    let watch = ["watch", "--exercise", "wall_angels", "--pace", "fast", "--save", "--input", film.to_str().unwrap()];
    // A session from what the clock took for the year 2031; it also ended before it began.
    let mut store = Store::open(&data).unwrap().store;
    let of_2031 = SessionRecord::begun("20310101T080000Z-00000", "me", "2031-01-01T09:00:00+01:00");
    store.import(&of_2031).unwrap();
    drop(store);
    assert!(run(&data, &[&watch[..], &["--resume", "20310101T080000Z-00000"]].concat()).status.success());
    let out = run(&data, &watch);
    let said = String::from_utf8_lossy(&out.stderr).into_owned();
    assert!(out.status.success() && said.contains("the clock stands before the newest session"), "{said}");
    let sessions = export(&data, &home.path().join("out.json"));
    let counts: Vec<_> = sessions.iter().map(|s| s["sets"][0]["summary"]["reps"]["total"].as_u64().unwrap()).collect();
    assert!(counts.len() == 2 && counts[0] == counts[1] && counts[0] > 3, "{counts:?}");
    let report = home.path().join("report.html");
    kept::stdout(&data, &["sessions", "export", "--format", "html", "--out", report.to_str().unwrap()]);
    assert!(std::fs::read_to_string(&report).unwrap().contains("2 sessions, "));
}
