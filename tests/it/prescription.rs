//! Routines as prescriptions: the same in TOML and JSON, limits of the range that count and warn, mistakes that are all told.

use crate::common::kept;
use formcheck::exercise::routine::RoutineDef;
use formcheck::exercise::routine::catalogue::load;
use serde_json::Value;
use std::path::Path;

const TOML: &str = r#"
schema = 1
id = "for_ana"
title = "For Ana"
summary = "Gentle, below shoulder height"
source = "agreed on 23 November"

[[step]]
exercise = "wall_angels"
sets = 2
reps = 8
least_range_deg = 30
most_range_deg = 60.5
rest_s = 45
note = "Only to shoulder height"

[[step]]
exercise = "cobra"
hold_s = 5
"#;

const JSON: &str = r#"{
  "schema": 1, "id": "for_ana", "title": "For Ana", "summary": "Gentle, below shoulder height",
  "source": "agreed on 23 November", "note": null,
  "step": [
    // Comments help those who write by hand.
    { "exercise": "wall_angels", "sets": 2, "reps": 8, "least_range_deg": 30, "most_range_deg": 60.5, "rest_s": 45,
      "note": "Only to shoulder height" },
    { "exercise": "cobra", "hold_s": 5 }
  ]
}"#;

fn written(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    std::fs::write(&path, text).unwrap();
    path.display().to_string()
}

#[test]
fn toml_and_json_say_the_same() {
    let home = tempfile::tempdir().unwrap();
    let toml = load(&written(home.path(), "a.toml", TOML)).unwrap();
    let json = load(&written(home.path(), "a.json", JSON)).unwrap();
    assert_ne!(toml.file_sha256, json.file_sha256);
    assert_eq!(
        RoutineDef { file_sha256: String::new(), ..toml },
        RoutineDef { file_sha256: String::new(), ..json.clone() }
    );
    let step = &json.steps[0];
    assert_eq!((step.least_range, step.most_range, step.sets, step.target.reps), (Some(30.0), Some(60.5), 2, 8));
    let shown = kept::stdout(home.path(), &["routines", "show", home.path().join("a.json").to_str().unwrap()]);
    assert!(shown.contains("2 sets of 8 repetitions, range 30 to 60.5 deg, 45 s between sets"), "{shown}");
}

#[test]
fn limits_of_the_range_decide_what_counts_and_what_is_too_far() {
    let home = tempfile::tempdir().unwrap();
    let film = home.path().join("film.jsonl");
    kept::angels(&film, &[1.0, 1.0, 0.5, 1.0, 0.5]);
    let analyze = |limits: &str| {
        let text = TOML.replace("least_range_deg = 30\nmost_range_deg = 60.5\n", limits);
        let routine = written(home.path(), "routine.toml", &text);
        let args =
            ["analyze", film.to_str().unwrap(), "--exercise", "wall_angels", "--format", "json", "--routine", &routine];
        let summary: Value = serde_json::from_str(&kept::stdout(home.path(), &args)).unwrap();
        let reps = summary["repetitions"].as_array().unwrap().clone();
        let past: Vec<u64> = reps
            .iter()
            .filter(|r| r["faults"].as_array().unwrap().contains(&"past_limit".into()))
            .map(|r| r["index"].as_u64().unwrap())
            .collect();
        let reasons: Vec<String> = reps.iter().filter_map(|r| r["reason"].as_str().map(str::to_owned)).collect();
        (summary["reps"]["total"].as_u64().unwrap(), past, reasons)
    };
    let usual = analyze("");
    assert_eq!((usual.0, usual.1.len()), (3, 0), "{usual:?}");
    // What was agreed replaces the own range: half ones are whole ones, full ones go too far.
    let gentle = analyze("least_range_deg = 30\nmost_range_deg = 60.5\n");
    assert_eq!((gentle.0, gentle.1), (5, vec![1, 2, 4]));
    let strict = analyze("least_range_deg = 120\n");
    assert!(strict.0 == 0 && strict.2.len() == 3 && strict.2.iter().all(|r| r.contains("degrees short")), "{strict:?}");
    let other = written(home.path(), "routine.toml", TOML);
    let out = kept::run(home.path(), &["analyze", film.to_str().unwrap(), "--exercise", "bridge", "--routine", &other]);
    assert_eq!(out.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&out.stderr).contains("for_ana asks: it has no step for it"), "{out:?}");
}

#[test]
fn every_mistake_is_told_with_its_place_in_both_formats() {
    let home = tempfile::tempdir().unwrap();
    let cases = [
        (
            "least_range_deg = 30",
            "least_range_deg = 0.5",
            "\"least_range_deg\": 30",
            "\"least_range_deg\": 0.5",
            "can be told from jitter",
        ),
        (
            "least_range_deg = 30",
            "least_range_t = 1",
            "\"least_range_deg\": 30",
            "\"least_range_t\": 1",
            "use `least_range_deg`",
        ),
        (
            "least_range_deg = 30",
            "least_range_deg = 61",
            "\"least_range_deg\": 30",
            "\"least_range_deg\": 61",
            "the least range must be under the most",
        ),
        (
            "exercise = \"cobra\"",
            "exercise = \"kobra\"",
            "\"exercise\": \"cobra\"",
            "\"exercise\": \"kobra\"",
            "did you mean `cobra`?",
        ),
        ("hold_s = 5", "hold_s = \"5\"", "\"hold_s\": 5", "\"hold_s\": \"5\"", "expected a number, found a text"),
        ("sets = 2", "set = 2", "\"sets\": 2", "\"set\": 2", "did you mean `sets`?"),
        (
            "exercise = \"cobra\"\nhold_s = 5",
            "exercise = \"foam_roll\"\nhold_s = 90\nmost_range_t = 1",
            "\"cobra\", \"hold_s\": 5",
            "\"foam_roll\", \"hold_s\": 90, \"most_range_t\": 1",
            "has no repetitions to limit",
        ),
        ("[[step]]", "[[step", "\"step\": [", "\"step\": ", "error[syntax]"),
    ];
    let mut wrong = Vec::new();
    for (toml, bad_toml, json, bad_json, want) in cases {
        for (name, text) in
            [("bad.toml", TOML.replacen(toml, bad_toml, 1)), ("bad.json", JSON.replacen(json, bad_json, 1))]
        {
            let path = written(home.path(), name, &text);
            let out = kept::run(home.path(), &["exercises", "check", &path]);
            let said = String::from_utf8_lossy(&out.stderr).into_owned();
            if out.status.success() || !said.contains(want) || !said.contains(&format!("{name}:")) {
                wrong.push(format!("{name}, wanted {want}: {said}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let fine = [written(home.path(), "a.toml", TOML), written(home.path(), "a.json", JSON)];
    let said = kept::stdout(home.path(), &["exercises", "check", &fine[0], &fine[1]]);
    assert_eq!(said, "2 files, no mistakes\n");
}

#[test]
fn routine_days_are_written_for_the_calendar() {
    let home = tempfile::tempdir().unwrap();
    let out = home.path().join("days.ics");
    let args = [
        "routines",
        "calendar",
        "short",
        "--days",
        "mon,wed",
        "--at",
        "07:15",
        "--from",
        "2026-11-24",
        "--weeks",
        "2",
        "--out",
    ];
    kept::stdout(home.path(), &[&args[..], &[out.to_str().unwrap()]].concat());
    let text = std::fs::read_to_string(&out).unwrap();
    let wanted =
        ["DTSTART:20261125T071500\r\n", "RRULE:FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20261207T235959\r\n", "BEGIN:VALARM\r\n"];
    let missing: Vec<_> = wanted.iter().filter(|w| !text.contains(**w)).collect();
    assert!(missing.is_empty(), "{missing:?} in {text}");
    let bad =
        kept::run(home.path(), &["routines", "calendar", "short", "--days", "noday", "--at", "07:15", "--out", "x"]);
    assert_eq!(bad.status.code(), Some(2));
}
