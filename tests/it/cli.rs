//! Bad input on the command line: one clear paragraph on stderr, nothing on stdout, exit 1 or 2, nothing half-written.

use std::path::Path;
use std::process::{Command, Output};

fn formcheck(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_formcheck")).args(args).output().expect("the program is built")
}

struct Case {
    name: &'static str,
    args: Vec<String>,
    says: &'static [&'static str],
}

fn case(name: &'static str, args: &[&str], says: &'static [&'static str]) -> Case {
    Case { name, args: args.iter().map(|a| (*a).to_owned()).collect(), says }
}

/// Makes the bad inputs in `dir`.
fn make_inputs(dir: &Path) {
    std::fs::write(dir.join("text.mp4"), "this is no video\n").unwrap();
    std::fs::write(dir.join("empty.mp4"), "").unwrap();
    std::fs::create_dir(dir.join("folder")).unwrap();
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("demo/wall_angels.mp4");
    let halve = |from: &Path, to: &str| {
        let whole = std::fs::read(from).unwrap();
        std::fs::write(dir.join(to), &whole[..whole.len() / 2]).unwrap();
    };
    // The demo's index stands at its beginning, so half of it still plays; with the index at the end nothing does.
    halve(&demo, "half_that_plays.mp4");
    let late = dir.join("late_index.mp4");
    let remuxed =
        Command::new("ffmpeg").args(["-v", "error", "-i"]).arg(&demo).args(["-c", "copy"]).arg(&late).status();
    assert!(remuxed.unwrap().success());
    halve(&late, "half.mp4");
    let made = Command::new("ffmpeg")
        .args([
            "-v",
            "error",
            "-f",
            "lavfi",
            "-i",
            "color=red:s=16x16:r=10:d=1",
            "-vf",
            "format=bgr0,scale=1:1",
            "-c:v",
            "ffv1",
        ])
        .arg(dir.join("tiny.mkv"))
        .status()
        .unwrap();
    assert!(made.success());
    let header = r#"{"formcheck_trace":1,"model":"full","app_version":"0"}"#;
    let frame = r#"{"seq":0,"t_ns":0,"size_px":[640,480],"pose":null}"#;
    std::fs::write(dir.join("broken.jsonl"), format!("{header}\n{frame}\n{{\"seq\":1,\n")).unwrap();
    std::fs::write(dir.join("older.jsonl"), format!("{header}\n{frame}\n{frame}\n")).unwrap();
    std::fs::write(dir.join("other.jsonl"), "{\"a\":1}\n").unwrap();
    let good = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("exercises/cobra.toml")).unwrap();
    let bad = good
        .replace("posture = \"prone\"", "posture = \"pron\"")
        .replace("view = \"side\"\n", "")
        .replace("min_range = 10", "min_range = 1000")
        .replace("target_reps = 5", "target_rep = 5");
    std::fs::write(dir.join("bad.toml"), bad).unwrap();
}

#[test]
fn bad_input_is_one_clear_error_and_leaves_nothing_behind() {
    let dir = tempfile::tempdir().unwrap();
    make_inputs(dir.path());
    let out_dir = dir.path().join("out");
    std::fs::create_dir(&out_dir).unwrap();
    let at = |name: &str| dir.path().join(name).display().to_string();
    let trace = out_dir.join("trace.jsonl").display().to_string();
    let analyze = |name: &str| vec!["analyze".to_owned(), at(name), "--exercise".to_owned(), "cobra".to_owned()];
    let input = |name: &'static str, file: &str, says| Case { name, args: analyze(file), says };
    let bad_toml = at("bad.toml");
    let cases = [
        input("a text file", "text.mp4", &["text.mp4"]),
        input("an empty file", "empty.mp4", &["empty"]),
        input("half a video", "half.mp4", &["half.mp4"]),
        input("a 1x1 video", "tiny.mkv", &["1x1", "32"]),
        input("a folder without images", "folder", &["folder"]),
        input("no such file", "missing.mp4", &["missing.mp4"]),
        input("a broken trace", "broken.jsonl", &["line 3", "record it again"]),
        input("a trace that stands still", "older.jsonl", &["line 3", "time does not advance"]),
        input("no trace at all", "other.jsonl", &["line 1", "no trace header|not a trace header"]),
        case("an unknown exercise", &["analyze", "x.mp4", "--exercise", "cobar"], &["cobar", "did you mean cobra"]),
        case(
            "a bad exercise file",
            &["analyze", "x.mp4", "--exercise", &bad_toml],
            &[
                "4 mistakes",
                "unknown-word",
                "did you mean `prone`?",
                "out-of-range",
                "between 0.001 and 360",
                "unknown-key",
                "did you mean `target_reps`?",
                "missing-key",
                "the exercise has no `view`",
            ],
        ),
        case(
            "one side of both",
            &["analyze", "x.mp4", "--exercise", "cobra", "--side", "left"],
            &["cobra", "both at once"],
        ),
        case("an unknown routine", &["routines", "show", "sort"], &["sort", "did you mean short"]),
        case("no camera", &["watch", "--exercise", "cobra"], &["camera", "--input"]),
        case("a camera that is not there", &["watch", "--exercise", "cobra", "--camera", "Nobody's"], &["camera"]),
    ];
    let mut wrong = Vec::new();
    for case in &cases {
        let mut args: Vec<&str> = case.args.iter().map(String::as_str).collect();
        if args[0] == "analyze" {
            args.extend(["--trace", &trace]);
        }
        let out = formcheck(&args);
        let (stdout, stderr) = (String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr));
        let missing: Vec<_> = case.says.iter().filter(|s| !s.split('|').any(|s| stderr.contains(s))).collect();
        let left = std::fs::read_dir(&out_dir).unwrap().count();
        let lines = stderr.trim().lines().count();
        let one_paragraph = lines == 1 || case.name == "a bad exercise file";
        let exits = matches!(out.status.code(), Some(1 | 2));
        if !(stdout.is_empty() && missing.is_empty() && exits && left == 0 && one_paragraph)
            || stderr.contains("panicked")
        {
            wrong.push(format!(
                "{}: exit {:?}, misses {missing:?}, {left} files left\n{stderr}",
                case.name,
                out.status.code()
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[cfg(feature = "onnx")]
#[test]
fn a_cut_off_video_that_still_plays_is_analysed_with_a_warning() {
    let dir = tempfile::tempdir().unwrap();
    make_inputs(dir.path());
    let half = dir.path().join("half_that_plays.mp4").display().to_string();
    let out = formcheck(&["analyze", &half, "--exercise", "wall_angels", "--format", "json"]);
    let stderr = String::from_utf8_lossy(&out.stderr);
    assert!(out.status.success() && stderr.contains("warning: the video seems cut off"), "{stderr}");
    let summary: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    assert_eq!(summary["reps"]["total"], 2, "the two repetitions that end before the cut at 10.3 s");
}

#[test]
fn exercises_are_listed_shown_and_checked() {
    let text = |args: &[&str]| {
        let out = formcheck(args);
        assert!(out.status.success(), "{args:?}: {}", String::from_utf8_lossy(&out.stderr));
        String::from_utf8(out.stdout).unwrap()
    };
    let list = text(&["exercises", "list"]);
    let ids: Vec<_> = list.lines().filter_map(|l| l.split_whitespace().next()).collect();
    let routine = [
        "band_row",
        "bird_dog",
        "bridge",
        "cat_camel",
        "cobra",
        "foam_roll",
        "seated_twist",
        "shoulder_blade_squeeze",
        "thoracic_extension",
        "wall_angels",
    ];
    assert!(routine.iter().all(|id| ids.contains(id)), "{list}");
    let cobra = text(&["exercises", "show", "cobra"]);
    assert!(cobra.contains("5 holds of 10 s") && cobra.contains("hips_lift"), "{cobra}");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("exercises").display().to_string();
    let routines = Path::new(env!("CARGO_MANIFEST_DIR")).join("routines").display().to_string();
    assert!(text(&["exercises", "check", &folder, &routines]).contains("no mistakes"));
    let list = text(&["routines", "list"]);
    let short = list.lines().find(|l| l.starts_with("short ")).unwrap();
    assert!(short.contains("6 exercises") && short.ends_with("about 10 min"), "{list}");
    let shown = text(&["routines", "show", "one_arm", "--mirrored"]);
    assert!(shown.contains("10 repetitions on the right, then 30 s rest"), "{shown}");
}

#[test]
fn lists_are_read_by_programs_too() {
    let home = tempfile::tempdir().unwrap();
    let list = |what: &str| -> Vec<serde_json::Value> {
        let args = [what, "list", "--format", "json", "--data-dir", home.path().to_str().unwrap()];
        let out = formcheck(&args);
        assert!(out.status.success(), "{what}: {}", String::from_utf8_lossy(&out.stderr));
        serde_json::from_slice(&out.stdout).unwrap()
    };
    let exercises = list("exercises");
    let cobra = exercises.iter().find(|e| e["id"] == "cobra").unwrap();
    let target = (&cobra["mode"], &cobra["target_reps"], &cobra["target_hold_s"], &cobra["has_sides"]);
    assert_eq!(target, (&"hold".into(), &5.into(), &10.0.into(), &false.into()));
    let routines = list("routines");
    let one_arm = routines.iter().find(|r| r["id"] == "one_arm").unwrap();
    assert_eq!((&one_arm["steps"][0]["sets"], &one_arm["steps"][0]["rest_after_s"]), (&1.into(), &30.0.into()));
    assert_eq!(list("sessions"), Vec::<serde_json::Value>::new());
}

#[cfg(feature = "onnx")]
#[test]
fn doctor_finds_models_runtime_and_tools() {
    let out = formcheck(&["doctor"]);
    let text = String::from_utf8(out.stdout).unwrap();
    assert!(out.status.success(), "{text}");
    for what in
        ["model detector", "model full", "model lite", "ONNX Runtime", "ffmpeg", "ffprobe", "exercises", "routines"]
    {
        assert!(text.lines().any(|l| l.starts_with("ok") && l.contains(what)), "{what} in\n{text}");
    }
}

/// A copy of the program and the models that are part of the repository: `make heavy` may have been called here or not.
#[cfg(feature = "onnx")]
fn without_heavy(dir: &Path) -> std::path::PathBuf {
    let program = dir.join("formcheck");
    std::fs::copy(env!("CARGO_BIN_EXE_formcheck"), &program).unwrap();
    let (from, to) = (Path::new(env!("CARGO_MANIFEST_DIR")).join("models"), dir.join("models"));
    std::fs::create_dir(&to).unwrap();
    for file in ["manifest.toml", "pose_detection.onnx", "pose_landmark_full.onnx", "pose_landmark_lite.onnx"] {
        std::fs::copy(from.join(file), to.join(file)).unwrap();
    }
    program
}

#[cfg(feature = "onnx")]
#[test]
fn the_heavy_model_need_not_be_there_and_whoever_asks_for_it_is_told_how_to_make_it() {
    let dir = tempfile::tempdir().unwrap();
    let program = without_heavy(dir.path());
    let run = |args: &[&str]| Command::new(&program).args(args).output().unwrap();

    let out = run(&["doctor"]);
    let text = String::from_utf8(out.stdout).unwrap();
    assert!(out.status.success(), "{text}");
    assert!(
        text.lines().any(|l| l.starts_with("none    model heavy") && l.ends_with("`make heavy` makes it")),
        "{text}"
    );

    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("demo/wall_angels.mp4").display().to_string();
    let ask = || run(&["analyze", &demo, "--exercise", "wall_angels", "--model", "heavy"]);
    let out = ask();
    let file = dir.path().canonicalize().unwrap().join("models/pose_landmark_heavy.onnx");
    let expected = format!(
        "error: could not read the model heavy: No such file or directory (os error 2); \
         it is not part of the repository, `make heavy` makes it: {}\n",
        file.display()
    );
    assert_eq!((out.status.code(), String::from_utf8(out.stderr).unwrap()), (Some(1), expected));
    assert!(out.stdout.is_empty());

    // One that is there must be the right one.
    std::fs::write(&file, "no model").unwrap();
    let (asked, checked) = (ask(), run(&["doctor"]));
    let (stderr, stdout) = (String::from_utf8_lossy(&asked.stderr), String::from_utf8_lossy(&checked.stdout));
    assert!(
        !asked.status.success() && stderr.contains("sha256") && stderr.contains("`make heavy` makes it"),
        "{stderr}"
    );
    assert!(!checked.status.success() && stdout.contains("MISSING model heavy"), "{stdout}");
}
