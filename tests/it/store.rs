//! The session store: files that are damaged or newer stay untouched, older ones are brought forward, what goes out comes back
//! the same, people are not mixed.

use crate::common::kept;
use crate::common::kept::{export, program, run, stdout, trace};
use formcheck::history::session::{Corrected, SessionRecord};
use formcheck::history::store::{Remarks, SessionWriter, SetRemarks, Store, StoreError};
use std::process::Stdio;

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
    let said = SetRemarks { corrected: Some(Some(Corrected { total: 4, left: None, right: None })), note: None };
    let mut store = Store::open(&first).unwrap().store;
    store.remark(&id, &Remarks::default(), Some((1, &said))).unwrap();
    let range = formcheck::counting::calibrate::Calibration {
        exercise: "cobra".to_owned(),
        file_sha256: "abc".to_owned(),
        own_range: 31.25,
        unit: "deg".to_owned(),
        rest_sigma: 0.1,
    };
    store.keep_range("Ana, \"B\"", &range, "2026-11-23T10:00:00+01:00").unwrap();
    drop(store);
    let (a, b) = (home.path().join("a.json"), home.path().join("b.json"));
    let sessions = export(&first, &a);
    stdout(&second, &["sessions", "import", a.to_str().unwrap()]);
    export(&second, &b);
    assert_eq!(std::fs::read_to_string(&a).unwrap(), std::fs::read_to_string(&b).unwrap());
    assert_eq!(sessions[0]["sets"][0]["corrected"]["total"], 4);
    let ranges = stdout(&second, &["sessions", "ranges"]);
    assert_eq!(ranges, "Ana, \"B\"  cobra  31°  2026-11-23T10:00:00+01:00\n", "own ranges come back, too");
    stdout(&second, &["sessions", "ranges", "--person", "Ana, \"B\"", "--forget", "cobra"]);
    assert_eq!(stdout(&second, &["sessions", "ranges"]), "");
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
    stdout(&home.path().join("empty"), &["sessions", "export", "--format", "csv", "--out", csv.to_str().unwrap()]);
    assert!(
        std::fs::read_to_string(&csv).unwrap().starts_with("session,person,set,exercise,"),
        "a header without rows"
    );
}

#[test]
fn exports_keep_to_their_schema() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("data");
    let film = home.path().join("film.jsonl");
    kept::angels(&film, &[1.0, 1.0, 0.5, 1.0]);
    let film = film.to_str().unwrap();
    stdout(&data, &["analyze", film, "--exercise", "wall_angels", "--save", "--routine", "upper_back"]);
    stdout(&data, &["analyze", film, "--exercise", "auto", "--save"]);
    let id = kept::newest(&data);
    stdout(&data, &["sessions", "edit", &id, "--pain-before", "3", "--set", "1", "--count", "2", "--note", "x"]);
    Store::open(&data).unwrap().store.import(&SessionRecord::begun("open", "me", "2026-11-02T09:00:00+01:00")).unwrap();
    let out = home.path().join("out.json");
    export(&data, &out);
    let mut exported: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(&out).unwrap()).unwrap();
    let schema = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/session.schema.json")).unwrap();
    let validator = jsonschema::validator_for(&serde_json::from_str(&schema).unwrap()).unwrap();
    let wrong: Vec<_> = validator.iter_errors(&exported).map(|e| format!("{e} at {}", e.instance_path())).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    exported["sessions"][1]["sets"][0]["surprise"] = 1.into();
    assert!(!validator.is_valid(&exported), "the schema must know every field");
}

/// Python's reader of CSV and the database itself, side by side.
const COMPARE: &str = r#"
import csv, sqlite3, sys
db = sqlite3.connect(sys.argv[1])
num = lambda v: None if v in ("", None) else float(v)
def same(a, b):
    return a == b or (num(a) is None and b is None) if not isinstance(b, float) else num(a) == b
wrong = []
def compare(path, query, columns):
    rows = list(csv.DictReader(open(path, newline="")))
    found = db.execute(query).fetchall()
    if len(rows) != len(found) or not rows:
        wrong.append((path, len(rows), len(found)))
    for row, values in zip(rows, found):
        for column, value in zip(columns, values):
            text = "" if value is None else value
            if isinstance(value, str) and value[:1] in ("=", "+", "-", "@"): text = "'" + value  # no formula
            got = row[column]
            if isinstance(value, float): ok = float(got) == value
            elif column in ("counted", "finished") and "sets" not in path or column == "finished": ok = got == ("true" if value else "false")
            else: ok = got == str(text)
            if not ok: wrong.append((path, column, got, value))
reps = "session person set rep start_s peak_s end_s side counted reason hold_s range range_unit score".split()
compare(sys.argv[2], """SELECT s.id, p.name, t.number, r.number, start_s, peak_s, end_s, side, counted, reason, hold_s, range,
  range_unit, score FROM reps r JOIN sets t ON t.id = r.set_id JOIN sessions s ON s.id = t.session
  JOIN people p ON p.id = s.person ORDER BY s.id, t.number, r.number""", reps)
sets = "session person pain_before pain_after session_note set started_at exercise mode target_reps target_sides target_hold_s active_s tracked_fraction finished model file_sha256 corrected note".split()
compare(sys.argv[3], """SELECT s.id, p.name, pain_before, pain_after, s.note, t.number, t.started_at, exercise, mode, target_reps,
  target_sides, target_hold_s, active_s, tracked_fraction, finished, model, file_sha256, corrected_total, t.note
  FROM sets t JOIN sessions s ON s.id = t.session JOIN people p ON p.id = s.person ORDER BY s.id, t.number""", sets)
print(wrong)
sys.exit(bool(wrong))
"#;

#[test]
fn python_reads_in_the_csv_what_is_in_the_database() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("data");
    let film = home.path().join("film.jsonl");
    kept::angels(&film, &[1.0, 1.0, 0.5, 1.0]);
    let film = film.to_str().unwrap();
    for person in ["Ana; \"B\",\nC", "=1+1"] {
        stdout(&data, &["analyze", film, film, "--exercise", "wall_angels", "--save", "--person", person]);
    }
    let id = kept::newest(&data);
    stdout(&data, &["sessions", "edit", &id, "--pain-before", "3", "--note", "a, b\r\n\"c\""]);
    stdout(&data, &["sessions", "edit", &id, "--set", "2", "--count", "4", "--note", "one more"]);
    let csv = home.path().join("out.csv");
    stdout(&data, &["sessions", "export", "--format", "csv", "--out", csv.to_str().unwrap()]);
    let out = std::process::Command::new("python3")
        .args(["-c", COMPARE])
        .args([data.join("sessions.db"), csv, home.path().join("out-sets.csv")])
        .output()
        .unwrap();
    assert!(out.status.success(), "{}{}", String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr));
}

/// Makes an export wrong.
type Change = fn(&mut serde_json::Value);

#[test]
fn an_export_that_makes_no_sense_is_refused_whole() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("data");
    let film = trace(home.path(), 8.0);
    stdout(&data, &["analyze", film.to_str().unwrap(), "--exercise", "wall_angels", "--save"]);
    let file = home.path().join("a.json");
    export(&data, &file);
    let good: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
    let cases: [(&str, Change); 6] = [
        ("\"yesterday\" is no time", |s| s["started_at"] = "yesterday".into()),
        ("pain is 0 to 10, not 11", |s| s["pain_after"] = 11.into()),
        ("its id is not made of letters", |s| s["id"] = "a\nb".into()),
        ("set 1: its repetitions are not numbered in order", |s| {
            s["sets"][0]["summary"]["repetitions"][1]["index"] = 1.into();
        }),
        ("its sets are not numbered 1, 2, 3", |s| s["sets"][0]["index"] = 7.into()),
        ("a newer formcheck has written them (schema 99)", |s| s["schema"] = 99.into()),
    ];
    let second = home.path().join("second");
    let mut wrong = Vec::new();
    for (want, change) in cases {
        let mut export = good.clone();
        let mut bad = export["sessions"][0].clone();
        bad["id"] = "20260101T000000Z-00000".into();
        change(&mut bad);
        export["sessions"].as_array_mut().unwrap().push(bad);
        std::fs::write(&file, export.to_string()).unwrap();
        let out = run(&second, &["sessions", "import", file.to_str().unwrap()]);
        let said = String::from_utf8_lossy(&out.stderr).into_owned();
        if out.status.success() || !said.contains(want) {
            wrong.push(said);
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(stdout(&second, &["sessions", "list"]), "", "nothing of it was taken");
}

#[test]
fn a_session_under_way_is_nobody_else_s() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("data");
    let (keeper, _) = SessionWriter::begin(&data, "me", None).unwrap();
    let id = keeper.session().to_owned();
    let film = trace(home.path(), 6.0);
    let watch = ["watch", "--exercise", "wall_angels", "--pace", "fast", "--save", "--input", film.to_str().unwrap()];
    let tries: [Vec<&str>; 4] = [
        vec!["sessions", "close", &id],
        vec!["sessions", "delete", &id],
        vec!["sessions", "delete", "--all"],
        [&watch[..], &["--resume", &id]].concat(),
    ];
    let done: Vec<_> = tries.iter().map(|args| run(&data, args)).collect();
    let allowed: Vec<_> = done
        .iter()
        .map(|out| (out.status.success(), String::from_utf8_lossy(&out.stderr).into_owned()))
        .filter(|(ok, said)| *ok || !said.contains("under way in another copy of formcheck"))
        .collect();
    assert!(allowed.is_empty(), "{allowed:?}");
    let other = run(&data, &watch);
    assert!(other.status.success() && !String::from_utf8_lossy(&other.stderr).contains("was left open"));
    // As after a kill: the system has let the lock go.
    drop(keeper);
    let store = Store::open(&data).unwrap().store;
    assert_eq!(store.abandoned().unwrap(), std::slice::from_ref(&id));
    drop(store);
    stdout(&data, &["sessions", "close", &id]);
    stdout(&data, &["sessions", "delete", "--all"]);
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
    let film = trace(home.path(), 8.0);
    let film = film.to_str().unwrap();
    let ways: [&[&str]; 2] = [
        &["analyze", film, "--exercise", "wall_angels", "--save"],
        &["watch", "--input", film, "--pace", "fast", "--exercise", "wall_angels", "--save"],
    ];
    let silent: Vec<_> = ways
        .iter()
        .map(|args| {
            std::fs::write(damaged.join("sessions.db"), &text).unwrap();
            String::from_utf8_lossy(&run(&damaged, args).stderr).into_owned()
        })
        .filter(|said| said.matches("it was moved aside and a new one begun").count() != 1)
        .collect();
    assert!(silent.is_empty(), "{silent:?}");
    // Damage behind the first page shows only to who reads it all.
    let mut bytes = std::fs::read(damaged.join("sessions.db")).unwrap();
    bytes[2 * 4096..].fill(0x5a);
    std::fs::write(damaged.join("sessions.db"), bytes).unwrap();
    let said = String::from_utf8_lossy(&run(&damaged, ways[1]).stderr).into_owned();
    assert!(said.contains("it was moved aside and a new one begun") && said.contains(" kept; "), "{said}");

    let newer = home.path().join("newer");
    drop(Store::open(&newer).unwrap());
    let db = newer.join("sessions.db");
    let connection = rusqlite::Connection::open(&db).unwrap();
    connection.pragma_update(None, "user_version", 99).unwrap();
    // With a log that was not folded in, as after a kill.
    let all = || ["sessions.db", "sessions.db-wal"].map(|name| std::fs::read(newer.join(name)).unwrap());
    let kept = all();
    drop(connection);
    std::fs::write(&db, &kept[0]).unwrap();
    std::fs::write(newer.join("sessions.db-wal"), &kept[1]).unwrap();
    let out = run(&newer, &["sessions", "list"]);
    let said = String::from_utf8_lossy(&out.stderr).into_owned();
    assert!(!out.status.success() && said.contains("a newer formcheck has written it"), "{said}");
    assert!(all() == kept && !kept[1].is_empty(), "it was touched");
    // One whose number was changed by hand: its tables are there already.
    let altered = home.path().join("altered");
    drop(Store::open(&altered).unwrap());
    let connection = rusqlite::Connection::open(altered.join("sessions.db")).unwrap();
    connection.pragma_update(None, "user_version", 3).unwrap();
    drop(connection);
    let out = run(&altered, &["sessions", "list"]);
    let said = String::from_utf8_lossy(&out.stderr).into_owned();
    assert!(!out.status.success() && said.contains("not as formcheck leaves it (duplicate column"), "{said}");
    stdout(&newer, &["sessions", "delete", "--all"]);
    assert!(!db.exists(), "deleting everything needs no knowledge of it");
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
fn a_store_that_several_begin_at_the_same_moment_is_nobody_elses() {
    for _ in 0..20 {
        let home = tempfile::tempdir().unwrap();
        let begin = std::sync::Barrier::new(8);
        let open = || {
            begin.wait();
            Store::open(home.path()).map(drop)
        };
        let opened: Vec<_> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..8).map(|_| scope.spawn(open)).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        let refused: Vec<String> = opened.into_iter().filter_map(Result::err).map(|e| e.to_string()).collect();
        assert!(refused.is_empty(), "{refused:?}");
    }
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

#[test]
fn an_older_store_is_brought_forward_with_a_copy_beside_it_and_older_exports_are_read() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("data");
    let film = trace(home.path(), 12.0);
    stdout(&data, &["analyze", film.to_str().unwrap(), "--exercise", "wall_angels", "--save"]);
    let before = export(&data, &home.path().join("before.json"));
    // The tables as version 1 had them, readable by everybody, with what a backup that was cut off has left.
    let db = rusqlite::Connection::open(data.join("sessions.db")).unwrap();
    db.execute("ALTER TABLE sessions ADD COLUMN owner TEXT", []).unwrap();
    std::fs::write(data.join("sessions.v1.backup.db"), "").unwrap();
    for column in [
        "not_counted_because",
        "target_sides",
        "prescription",
        "stills",
        "pauses",
        "ended_by",
        "source_complete",
        "source_notices",
    ] {
        db.execute(&format!("ALTER TABLE sets DROP COLUMN {column}"), []).unwrap();
    }
    db.execute("ALTER TABLE sessions DROP COLUMN stopped_because", []).unwrap();
    db.pragma_update(None, "user_version", 1).unwrap();
    drop(db);
    let after = export(&data, &home.path().join("after.json"));
    assert_eq!(before[0]["sets"][0]["summary"], after[0]["sets"][0]["summary"]);
    assert_eq!(after[0]["sets"][0]["stills"], serde_json::json!([]));
    let backup = rusqlite::Connection::open(data.join("sessions.v1.backup.db")).unwrap();
    let version: u32 = backup.query_row("PRAGMA user_version", [], |r| r.get(0)).unwrap();
    assert_eq!(version, 1);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = |name: &str| std::fs::metadata(data.join(name)).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode("sessions.db"), mode("sessions.v1.backup.db")), (0o600, 0o600));
    }

    let mut old = before;
    old[0]["schema"] = 1.into();
    for key in ["target_sides", "prescription", "stills"] {
        old[0]["sets"][0].as_object_mut().unwrap().remove(key);
    }
    let file = home.path().join("old.json");
    std::fs::write(&file, serde_json::to_string(&old).unwrap()).unwrap();
    let second = home.path().join("second");
    assert_eq!(stdout(&second, &["sessions", "import", file.to_str().unwrap()]), "imported 1 session\n");
}

#[test]
fn what_a_person_says_is_kept_beside_what_was_measured() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("data");
    let film = trace(home.path(), 12.0);
    stdout(&data, &["analyze", film.to_str().unwrap(), "--exercise", "wall_angels", "--save"]);
    let id = kept::newest(&data);
    let edit = |more: &[&str]| run(&data, &[&["sessions", "edit", &id], more].concat());
    assert!(edit(&["--pain-before", "4", "--pain-after", "2", "--note", "slept badly"]).status.success());
    assert!(edit(&["--set", "1", "--count", "7", "--note", "one more than seen"]).status.success());
    let session = &export(&data, &home.path().join("out.json"))[0];
    assert_eq!(
        (&session["pain_before"], &session["pain_after"], &session["note"]),
        (&4.into(), &2.into(), &"slept badly".into())
    );
    let set = &session["sets"][0];
    assert_eq!((&set["corrected"]["total"], &set["note"]), (&7.into(), &"one more than seen".into()));
    assert_eq!(set["summary"]["reps"]["total"], set["summary"]["repetitions"].as_array().unwrap().len());
    assert!(!edit(&["--set", "1", "--count", "lots", "--note", "half done"]).status.success());
    assert_eq!(export(&data, &home.path().join("out.json"))[0]["sets"][0]["note"], "one more than seen");
    assert!(edit(&["--set", "1", "--count", "measured", "--note", ""]).status.success());
    assert!(export(&data, &home.path().join("out.json"))[0]["sets"][0]["note"].is_null());
    assert!(export(&data, &home.path().join("out.json"))[0]["sets"][0]["corrected"].is_null());
    let cases = [
        (vec!["--set", "9", "--count", "1"], "there is no set 9 in the session"),
        (vec!["--set", "1", "--count", "3,4"], "has no sides; give one number"),
        (vec!["--set", "1", "--count", "many"], "give one number, \"left,right\", or \"measured\""),
        (vec!["--pain-before", "11"], "11 is not in 0..=10"),
    ];
    let wrong: Vec<_> = cases
        .iter()
        .map(|(args, want)| (String::from_utf8_lossy(&edit(args).stderr).into_owned(), want))
        .filter(|(said, want)| !said.contains(**want))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn ranges_and_history_of_two_people_never_mix() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("data");
    let film = home.path().join("film.jsonl");
    kept::angels(&film, &[1.0, 1.0, 0.55, 1.0]);
    let film = film.to_str().unwrap();
    let def = formcheck::ExerciseDef::load("wall_angels").unwrap();
    let count = |person: &str| {
        let out =
            stdout(&data, &["analyze", film, "--exercise", "wall_angels", "--format", "json", "--person", person]);
        serde_json::from_str::<serde_json::Value>(&out).unwrap()["reps"]["total"].as_u64().unwrap()
    };
    let usual = count("Ana");
    // Somebody whose own range is half of what the film shows: their half repetitions are whole ones.
    let range = formcheck::counting::calibrate::Calibration {
        exercise: def.id.clone(),
        file_sha256: def.file_sha256.clone(),
        own_range: 45.0,
        unit: "deg".to_owned(),
        rest_sigma: 0.5,
    };
    let mut store = Store::open(&data).unwrap().store;
    store.keep_range("Ben", &range, "2026-11-23T10:00:00+01:00").unwrap();
    assert_eq!(store.range_of("Ben", "wall_angels", &def.file_sha256).unwrap(), Some(range));
    assert_eq!(store.range_of("Ben", "wall_angels", "another file").unwrap(), None);
    assert_eq!(store.range_of("Ana", "wall_angels", &def.file_sha256).unwrap(), None);
    drop(store);
    assert_eq!((usual, count("Ana"), count("Ben")), (3, 3, 4));

    stdout(&data, &["analyze", film, "--exercise", "wall_angels", "--save", "--person", "Ana"]);
    stdout(&data, &["analyze", film, "--exercise", "wall_angels", "--save", "--person", "Ben"]);
    let lines = |person: &str| stdout(&data, &["sessions", "list", "--person", person]).lines().count();
    assert_eq!((lines("Ana"), lines("Ben"), lines("Cas")), (1, 1, 0));
    let trend = stdout(&data, &["sessions", "trend", "wall_angels", "--person", "Ana", "--format", "json"]);
    let trend: serde_json::Value = serde_json::from_str(&trend).unwrap();
    assert_eq!((trend["points"].as_array().unwrap().len(), &trend["points"][0]["counted"]), (1, &3.into()));
    let none = run(&data, &["sessions", "trend", "cobra", "--person", "Ana"]);
    assert!(String::from_utf8_lossy(&none.stderr).contains("there is no set of \"cobra\" by Ana"));
}
