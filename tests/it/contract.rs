//! The command line's contract: JSON against its schema, repeatable to the byte, the same from trace, folder and live pace.

#![cfg(feature = "onnx")]

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn formcheck(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_formcheck")).args(args).output().expect("the program is built")
}

fn root(path: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path).display().to_string()
}

fn clip(name: &str) -> String {
    root(&format!("tests/fixtures/clips/{name}.mp4"))
}

/// Standard output of a successful run.
fn stdout(args: &[&str]) -> String {
    let out = formcheck(args);
    assert!(out.status.success(), "{args:?}: {}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8(out.stdout).unwrap()
}

fn analyze(input: &str, exercise: &str, more: &[&str]) -> Value {
    let args = [&["analyze", input, "--exercise", exercise, "--format", "json", "--target-hold-s", "2"], more].concat();
    serde_json::from_str(&stdout(&args)).unwrap()
}

fn without_source(mut summary: Value) -> Value {
    let fields = summary.as_object_mut().unwrap();
    fields.remove("source");
    fields.remove("event");
    summary
}

/// The last line of `watch`.
fn watched(input: &str, exercise: &str, pace: &str) -> Value {
    let out = stdout(&["watch", "--input", input, "--exercise", exercise, "--pace", pace, "--target-hold-s", "2"]);
    serde_json::from_str(out.lines().last().unwrap()).unwrap()
}

#[test]
fn a_clip_analyses_to_the_same_bytes_twice_and_to_the_same_record_from_its_trace_live_and_as_a_folder() {
    let dir = tempfile::tempdir().unwrap();
    let trace = dir.path().join("trace.jsonl").display().to_string();
    let input = clip("bird_dog_b");
    let args = ["analyze", &input, "--exercise", "bird_dog", "--format", "json", "--target-hold-s", "2"];
    let first = stdout(&[&args[..], &["--trace", &trace]].concat());
    assert_eq!(first, stdout(&args), "two runs");
    assert_eq!(first.lines().count(), 1, "exactly one object");
    let summary: Value = serde_json::from_str(&first).unwrap();
    let reps = &summary["reps"];
    assert_eq!((&reps["total"], &reps["left"], &reps["right"]), (&3.into(), &2.into(), &1.into()));
    assert_eq!(without_source(summary.clone()), without_source(analyze(&trace, "bird_dog", &[])), "its own trace");
    assert_eq!(without_source(summary.clone()), without_source(watched(&input, "bird_dog", "fast")), "the live loop");
    assert_eq!(summary["source"]["kind"], "video");
    let mirrored = analyze(&trace, "bird_dog", &["--mirrored"]);
    let sides = |s: &Value| (s["reps"]["left"].as_u64(), s["reps"]["right"].as_u64());
    assert_eq!(sides(&mirrored), (Some(1), Some(2)), "a mirrored camera");
    let images = dir.path().join("images");
    std::fs::create_dir(&images).unwrap();
    let made = Command::new("ffmpeg")
        .args(["-v", "error", "-i", &input, "-q:v", "2"])
        .arg(images.join("%04d.jpg"))
        .status()
        .unwrap();
    assert!(made.success());
    let folder = analyze(&images.display().to_string(), "bird_dog", &["--fps", "12"]);
    assert_eq!(folder["reps"], summary["reps"], "the same pictures as a folder");
}

#[test]
fn a_file_at_its_own_pace_gives_the_record_of_the_fast_run() {
    let input = clip("none_prone_d");
    assert_eq!(watched(&input, "cobra", "live"), watched(&input, "cobra", "fast"));
}

#[test]
fn summaries_keep_to_their_schema() {
    let schema: Value =
        serde_json::from_str(&std::fs::read_to_string(root("docs/summary.schema.json")).unwrap()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let cases = [("wall_angels_b", "wall_angels"), ("cobra_b", "cobra"), ("none_standing_d", "wall_angels")];
    let mut wrong = Vec::new();
    for (name, exercise) in cases {
        let summary = analyze(&clip(name), exercise, &[]);
        wrong.extend(validator.iter_errors(&summary).map(|e| format!("{name}: {e} at {}", e.instance_path())));
        let mut extra = summary;
        extra["surprise"] = Value::from(1);
        assert!(!validator.is_valid(&extra), "the schema must know every field");
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_documented_events_are_those_the_program_emits() {
    let known = [
        "ready",
        "phase",
        "rep_counted",
        "rep_rejected",
        "rep_form",
        "rep_dropped",
        "pass",
        "active",
        "hold",
        "fault",
        "fault_cleared",
        "cue",
        "advice",
        "lost",
        "found",
        "paused",
        "summary",
    ];
    let text = std::fs::read_to_string(root("docs/events.md")).unwrap();
    let documented: Vec<Value> =
        text.lines().filter(|l| l.starts_with('{')).map(|l| serde_json::from_str(l).unwrap()).collect();
    let out = stdout(&[
        "watch",
        "--input",
        &clip("cobra_b"),
        "--exercise",
        "cobra",
        "--pace",
        "fast",
        "--target-hold-s",
        "2",
    ]);
    let mut emitted: Vec<Value> = out.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(emitted.pop().unwrap()["event"], "summary", "the summary comes last");
    let keys = |v: &Value| v.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    let mut wrong = Vec::new();
    for event in &emitted {
        let name = event["event"].as_str().unwrap();
        match documented.iter().find(|d| d["event"] == name) {
            None => wrong.push(format!("{name} is not documented")),
            Some(d) if keys(d) != keys(event) => wrong.push(format!("{name} has {:?}", keys(event))),
            Some(_) => (),
        }
    }
    wrong.extend(documented.iter().filter(|d| !known.contains(&d["event"].as_str().unwrap())).map(ToString::to_string));
    assert!(wrong.is_empty(), "{wrong:#?}");
    for name in ["ready", "phase", "rep_counted", "rep_rejected", "hold", "fault", "cue"] {
        assert!(emitted.iter().any(|e| e["event"] == name), "no {name} in a set with faults and half repetitions");
    }
}

#[test]
fn one_bad_input_does_not_stop_the_others() {
    let missing = PathBuf::from("/nowhere/missing.mp4").display().to_string();
    let out = formcheck(&["analyze", &missing, &clip("none_prone_d"), "--exercise", "cobra", "--format", "json"]);
    assert_eq!(out.status.code(), Some(1));
    let text = String::from_utf8(out.stdout).unwrap();
    assert_eq!(text.lines().count(), 1);
    assert_eq!(serde_json::from_str::<Value>(&text).unwrap()["reps"]["total"], 0);
}

#[test]
fn several_films_at_a_time_give_what_each_gives_alone() {
    let clips = ["none_prone_d", "cobra_c", "bridge_c"].map(clip);
    let [a, b, c] = &clips;
    let together = formcheck(&[
        "analyze",
        a,
        b,
        c,
        "--exercise",
        "cobra",
        "--format",
        "json",
        "--target-hold-s",
        "2",
        "--jobs",
        "3",
    ]);
    assert!(together.status.success(), "{}", String::from_utf8_lossy(&together.stderr));
    let lines: Vec<Value> =
        String::from_utf8(together.stdout).unwrap().lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    let alone: Vec<Value> = clips.iter().map(|clip| without_source(analyze(clip, "cobra", &[]))).collect();
    assert_eq!(lines.into_iter().map(without_source).collect::<Vec<_>>(), alone);
}

/// A recording may pause for a day: neither the time that was asked for nor Ctrl-C waits for it.
#[test]
fn a_recording_that_pauses_for_long_is_not_waited_for() {
    let dir = tempfile::tempdir().unwrap();
    let trace = dir.path().join("pause.jsonl");
    let header = r#"{"formcheck_trace":1,"model":"full","app_version":"0"}"#;
    let frame =
        |seq: u32, s: u64| format!(r#"{{"seq":{seq},"t_ns":{},"size_px":[640,480],"pose":null}}"#, s * 1_000_000_000);
    std::fs::write(&trace, format!("{header}\n{}\n{}\n", frame(0, 0), frame(1, 86_400))).unwrap();
    let input = trace.display().to_string();
    let args = ["watch", "--input", &input, "--exercise", "cobra", "--pace", "live"];
    let timed: Value =
        serde_json::from_str(stdout(&[&args[..], &["--seconds", "2"]].concat()).lines().last().unwrap()).unwrap();
    assert_eq!((&timed["event"], &timed["source"]["frames"]), (&"summary".into(), &1.into()));
    #[cfg(unix)]
    {
        use std::io::BufRead as _;
        let mut program = Command::new(env!("CARGO_BIN_EXE_formcheck"))
            .args(args)
            .stdout(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        // The handler is set before the first frame is read; half a second is ample for both.
        std::thread::sleep(std::time::Duration::from_millis(500));
        let interrupted = Command::new("kill").args(["-INT", &program.id().to_string()]).status().unwrap();
        assert!(interrupted.success());
        let lines: Vec<String> =
            std::io::BufReader::new(program.stdout.take().unwrap()).lines().map(Result::unwrap).collect();
        assert!(program.wait().unwrap().success());
        assert!(lines.last().unwrap().contains("\"event\":\"summary\""), "{lines:?}");
    }
}
