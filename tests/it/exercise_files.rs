//! The exercise files: what the checker says to each kind of mistake, and what holds for every file of the program.

use formcheck::exercise::diagnostics::Code;
use formcheck::exercise::{ExerciseDef, catalogue};
use formcheck::motion::signal::SignalDef;
use std::fs;
use std::path::{Path, PathBuf};

/// A valid exercise; each case breaks one line of it.
const VALID: &str = r#"schema = 1
id = "arm_raise"
title = "Arm raise"
summary = "Raise one straight arm in front of you"
setup = "Camera from the side"
view = "side"
posture = "standing"
mode = "reps"
target_reps = 10
required = ["near_shoulder"]

[signals]
raise = { angle = { a = "near_hip", at = "near_shoulder", c = "near_wrist" } }
lean = { lean_back = { from = "mid_hip", to = "mid_shoulder" } }
both = { difference = ["raise", "lean"] }

[count]
signal = "raise"
min_range = 30
source = "proposal"

[[faults]]
id = "lean"
cue = "Stay tall"
when = [{ signal = "lean", above = 10 }]
source = "proposal"
"#;

/// One mistake: its code, the line that becomes another, and all that the checker says.
struct Case {
    code: Code,
    from: &'static str,
    to: &'static str,
    said: &'static str,
}

const CASES: [Case; 12] = [
    Case {
        code: Code::Syntax,
        from: "min_range = 30",
        to: "min_range = = 30",
        said: r"error[syntax]: extra `=`, expected nothing
  --> arm_raise.toml:19:13
   |
19 | min_range = = 30
   |             ^

error[syntax]: unexpected key or value, expected newline, `#`
  --> arm_raise.toml:19:15
   |
19 | min_range = = 30
   |               ^",
    },
    Case {
        code: Code::UnknownKey,
        from: "min_range = 30",
        to: "min_range = 30\nrest_max = 20",
        said: r"error[unknown-key]: the count rule has no key `rest_max`
  --> arm_raise.toml:20:1
   |
20 | rest_max = 20
   | ^^^^^^^^
   |
help: did you mean `baseline_max`?",
    },
    Case {
        code: Code::UnknownKey,
        from: "min_range = 30",
        to: "min_range = 30\nenter_shar = 0.6",
        said: r"error[unknown-key]: the count rule has no key `enter_shar`
  --> arm_raise.toml:20:1
   |
20 | enter_shar = 0.6
   | ^^^^^^^^^^
   |
help: did you mean `enter_share`?",
    },
    Case {
        code: Code::MissingKey,
        from: "mode = \"reps\"",
        to: "mode = \"hold\"",
        said: r"error[missing-key]: the exercise has no `target_hold_s`
 --> arm_raise.toml:1:1
  |
1 | schema = 1
  | ^^^^^^^^^^",
    },
    Case {
        code: Code::WrongType,
        from: "target_reps = 10",
        to: "target_reps = \"ten\"",
        said: r#"error[wrong-type]: expected a number, found a text
 --> arm_raise.toml:9:15
  |
9 | target_reps = "ten"
  |               ^^^^^"#,
    },
    Case {
        code: Code::UnknownWord,
        from: "view = \"side\"",
        to: "view = \"sdie\"",
        said: r#"error[unknown-word]: `view` cannot be `sdie`
 --> arm_raise.toml:6:8
  |
6 | view = "sdie"
  |        ^^^^^^
  |
help: did you mean `side`?"#,
    },
    Case {
        code: Code::OutOfRange,
        from: "cue = \"Stay tall\"",
        to: "cue = \"Stay as tall as you can\"",
        said: r#"error[out-of-range]: the cue "Stay as tall as you can" has more than 5 words
  --> arm_raise.toml:22:1
   |
22 | [[faults]]
   | ^^^^^^^^^^"#,
    },
    Case {
        code: Code::UnknownSignal,
        from: "signal = \"raise\"",
        to: "signal = \"rise\"",
        said: r#"error[unknown-signal]: there is no signal `rise`
  --> arm_raise.toml:18:10
   |
18 | signal = "rise"
   |          ^^^^^^
   |
help: did you mean `raise`?"#,
    },
    Case {
        code: Code::UnknownPoint,
        from: "from = \"mid_hip\"",
        to: "from = \"middle_hip\"",
        said: r#"error[unknown-point]: there is no point `middle_hip`
  --> arm_raise.toml:14:31
   |
14 | lean = { lean_back = { from = "middle_hip", to = "mid_shoulder" } }
   |                               ^^^^^^^^^^^^
   |
help: did you mean `mid_hip`?"#,
    },
    Case {
        code: Code::SignalCycle,
        from: "[\"raise\", \"lean\"] }",
        to: "[\"raise\", \"twice\"] }\ntwice = { negative = \"both\" }",
        said: r#"error[signal-cycle]: the signal `both` refers to itself
  --> arm_raise.toml:15:1
   |
15 | both = { difference = ["raise", "twice"] }
   | ^^^^

error[signal-cycle]: the signal `twice` refers to itself
  --> arm_raise.toml:16:1
   |
16 | twice = { negative = "both" }
   | ^^^^^"#,
    },
    Case {
        code: Code::Duplicate,
        from: "[[faults]]\n",
        to: "[[faults]]\nid = \"lean\"\ncue = \"Up\"\nsource = \"x\"\nwhen = [{ signal = \"lean\", below = 1 }]\n\n[[faults]]\n",
        said: r"error[duplicate]: there are two faults `lean`
  --> arm_raise.toml:28:1
   |
28 | [[faults]]
   | ^^^^^^^^^^",
    },
    Case {
        code: Code::Conflict,
        from: "min_range = 30",
        to: "min_range = 30\nexit_share = 0.7",
        said: r"error[conflict]: `exit_share` 0.7 must be under `enter_share` 0.6
  --> arm_raise.toml:20:14
   |
20 | exit_share = 0.7
   |              ^^^",
    },
];

#[test]
fn each_mistake_is_said_in_full_with_its_place() {
    let mut wrong = Vec::new();
    for case in CASES {
        assert!(VALID.contains(case.from), "{} breaks nothing", case.code.name());
        let text = VALID.replacen(case.from, case.to, 1);
        let said = ExerciseDef::parse("arm_raise.toml", &text).map_or_else(|r| r.render(), |_| "no mistake".to_owned());
        let said = said.lines().map(str::trim_end).collect::<Vec<_>>().join("\n");
        if said.trim_end() != case.said {
            wrong.push(format!("{}: said\n{said}\nexpected\n{}", case.code.name(), case.said));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(ExerciseDef::parse("arm_raise.toml", VALID).is_ok());
}

#[test]
fn each_code_has_its_case() {
    let has = |code: &Code| *code == Code::UnknownExercise || CASES.iter().any(|c| c.code == *code);
    assert!(Code::ALL.iter().all(has), "a code without a case");
    let first = |c: &Case| format!("error[{}]", c.code.name());
    let wrong: Vec<_> = CASES.iter().filter(|c| !c.said.starts_with(&first(c))).map(|c| c.code.name()).collect();
    assert!(wrong.is_empty(), "another code comes first: {wrong:?}");
}

#[test]
fn all_mistakes_of_a_file_are_said_at_once_and_none_follows_from_another() {
    let text = VALID
        .replace("mid_hip", "mid_hop")
        .replace("min_range = 30", "min_range = 1000")
        .replace("mode = \"reps\"", "mode = \"rep\"");
    let report = ExerciseDef::parse("arm_raise.toml", &text).unwrap_err();
    let mut codes: Vec<_> = report.diagnostics.iter().map(|d| d.code).collect();
    codes.sort_unstable();
    assert_eq!(codes, [Code::UnknownWord, Code::OutOfRange, Code::UnknownPoint]);
}

/// What a file is changed in, and all that is said of it, in order of the text.
const CONTRADICTIONS: [(&str, &str, &[&str]); 18] = [
    ("[[faults]]\n", "[[faults]]\ninstead_of = [\"leen\"]\n", &["there is no fault `leen`"]),
    (
        "[[faults]]\n",
        "[[faults]]\nunlike_own = [{ signal = \"raise\", against = \"own_best\", above = 1 }]\n",
        &[
            "`unlike_own` compares signals with the own others by itself: leave `measure` out, and `against` unless it is \"baseline\"",
        ],
    ),
    (
        "when = [{ ",
        "when = [{ mirrored = true, ",
        &["`mirrored` compares the sides with each other: it belongs in `unlike_own`"],
    ),
    (
        "min_range = 30",
        "min_range = 30\nbaseline_min = 9\nbaseline_max = 3",
        &["`baseline_min` 9 must be under `baseline_max` 3"],
    ),
    ("min_range = 30", "min_range = 30\nmax_period_s = 1", &["`min_period_s` 1.5 must be under `max_period_s` 1"]),
    ("min_range = 30", "min_range = 30\npattern = \"passes\"", &["`pattern = \"passes\"` needs `mode = \"duration\"`"]),
    (
        "mode = \"reps\"",
        "mode = \"duration\"\ntarget_hold_s = 60",
        &["`pattern = \"rise\"` needs another mode: time is kept of `passes`"],
    ),
    (
        "min_range = 30",
        "min_range = 30\nneutral_when = [{ signal = \"lean\", min = 5, max = 1 }]",
        &["`min` 5 must be under `max` 1"],
    ),
    (
        "[count]",
        "[[gate]]\nsignal = \"lean\"\nmin = 20\nmax = 10\nsource = \"proposal\"\n\n[count]",
        &["`min` 20 must be under `max` 10"],
    ),
    ("c = \"near_wrist\"", "c = \"near_hip\"", &["`angle` has the same point twice"]),
    (
        "both = { difference = [\"raise\", \"lean\"] }",
        "both = { difference = [\"raise\", \"up\"] }\nup = { above_floor = { of = \"near_wrist\" } }",
        &["`raise` is in deg, `up` in T"],
    ),
    ("target_reps = 10", "target_reps = 10.5", &["`target_reps` must be a whole number"]),
    ("mode = \"reps\"", "mode = \"hold\"", &["the exercise has no `target_hold_s`"]),
    // One mistake is said once: what is misspelt is not missing as well, and what names it is right.
    ("c = \"near_wrist\"", "cc = \"near_wrist\"", &["`angle` has no key `cc`"]),
    ("summary =", "summery =", &["the exercise has no key `summery`"]),
    ("when = ", "wen = ", &["a fault has no key `wen`"]),
    ("when = [{ signal = \"lean\", above = 10 }]\n", "", &["a fault has no `when`"]),
    (
        "min_range = 30\nsource = \"proposal\"\n\n[[faults]]",
        "min_range = 30\nsource = \"proposal\"\ndecoys = [{ signal = \"lean\", fault = \"lean\" }]\n\n[[faults]]\nseverity = 9",
        &["`severity` must be between 1 and 3"],
    ),
];

#[test]
fn settings_that_contradict_each_other_are_said_and_each_mistake_once() {
    let mut wrong = Vec::new();
    for (from, to, said) in CONTRADICTIONS {
        assert!(VALID.contains(from), "{from} breaks nothing");
        let report = ExerciseDef::parse("arm_raise.toml", &VALID.replacen(from, to, 1));
        let mut found = report.map_or_else(|r| r.diagnostics, |_| Vec::new());
        found.sort_by_key(|d| d.span.start);
        let found: Vec<&str> = found.iter().map(|d| d.message.as_str()).collect();
        if found != said {
            wrong.push(format!("{to}: said {found:?}, expected {said:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Names of a chain of signals, each the negative of the next, or of the one before.
fn chained(count: usize, refers_to: impl Fn(usize) -> usize) -> String {
    let name = |i: usize| format!("link_{i:05}");
    let links: Vec<_> =
        (0..count).map(|i| format!("{} = {{ negative = \"{}\" }}", name(i), name(refers_to(i)))).collect();
    let end = format!("{} = {{ twist = {{}} }}", name(count));
    VALID.replacen("[signals]\n", &format!("[signals]\n{}\n{end}\n", links.join("\n")), 1)
}

/// Long files are checked without going through all signals for each.
#[test]
fn a_chain_of_three_thousand_signals_is_put_in_order_and_one_that_ends_in_itself_is_said() {
    const COUNT: usize = 3000;
    for refers_to in [|i| i + 1, |i| if i == 0 { COUNT } else { i - 1 }] {
        let def = ExerciseDef::parse("arm_raise.toml", &chained(COUNT, refers_to)).unwrap();
        assert_eq!(def.signals.len(), COUNT + 4);
        let is_behind = |(i, s): (usize, &SignalDef)| s.parts().iter().all(|part| *part < i);
        assert!(def.signals.iter().enumerate().all(is_behind));
        let negative = def.signals.iter().find(|s| s.name == "link_00002").unwrap();
        assert_eq!(def.signals[negative.parts()[0]].name, format!("link_{:05}", refers_to(2)));
    }
    let report = ExerciseDef::parse("arm_raise.toml", &chained(COUNT, |i| (i + 1) % COUNT)).unwrap_err();
    assert!(report.diagnostics.iter().all(|d| d.code == Code::SignalCycle));
    assert_eq!(report.diagnostics.len(), COUNT);
}

/// Of signals that could come next the first by name does, so the order hangs on the file alone.
#[test]
fn signals_stand_by_name_but_behind_those_they_refer_to() {
    let text = VALID.replacen("both = ", "a = { negative = \"z\" }\nz = { twist = {} }\nboth = ", 1);
    let def = ExerciseDef::parse("arm_raise.toml", &text).unwrap();
    let names: Vec<_> = def.signals.iter().map(|s| s.name.as_str()).collect();
    assert_eq!(names, ["lean", "raise", "both", "z", "a"]);
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn shipped() -> Vec<(String, ExerciseDef)> {
    let files = catalogue::toml_files(&root().join("exercises"));
    assert!(files.len() >= 10, "the exercises are missing: {files:?}");
    let name = |p: &Path| p.file_stem().unwrap().to_string_lossy().into_owned();
    files.iter().map(|p| (name(p), catalogue::load_file(p).unwrap_or_else(|e| panic!("{e}")))).collect()
}

#[test]
fn every_shipped_file_is_valid_and_named_after_its_id() {
    let shipped = shipped();
    let wrong: Vec<_> =
        shipped.iter().filter(|(name, def)| *name != def.id).map(|(name, def)| (name, &def.id)).collect();
    assert!(wrong.is_empty(), "file name and id: {wrong:?}");
}

#[test]
fn every_cue_can_be_said_while_somebody_moves() {
    let long = |cue: &str| cue.split_whitespace().count() > 5 || cue.ends_with('.');
    let wrong: Vec<String> = shipped()
        .iter()
        .flat_map(|(name, def)| def.faults.iter().map(move |f| (name, &f.cue)))
        .filter(|(_, cue)| long(cue))
        .map(|(name, cue)| format!("{name}: {cue}"))
        .collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

/// Beginnings of words that promise what a program for exercises cannot.
const PROMISES: [&str; 5] = ["treat", "relieve", "diagnose", "cure", "clinical"];

fn files_under(folder: &Path, extension: &str, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files_under(&path, extension, found);
        } else if path.extension().is_some_and(|e| e == extension) {
            found.push(path);
        }
    }
}

/// The text literals of a line of Rust, comments left out; words split over two literals are not worth finding.
fn literals(line: &str) -> String {
    let code = if line.trim_start().starts_with("//") { "" } else { line };
    code.split('"').skip(1).step_by(2).collect::<Vec<_>>().join(" ")
}

#[test]
fn nothing_promises_a_cure() {
    let mut files = vec![root().join("README.md")];
    for (folder, extension) in [("exercises", "toml"), ("routines", "toml"), ("docs", "md"), ("src", "rs")] {
        files_under(&root().join(folder), extension, &mut files);
    }
    let mut wrong = Vec::new();
    for path in files {
        let text = fs::read_to_string(&path).unwrap_or_default();
        for (i, line) in text.lines().enumerate() {
            let said = if path.extension().is_some_and(|e| e == "rs") { literals(line) } else { line.to_owned() };
            let said = said.to_lowercase();
            let mut words = said.split(|c: char| !c.is_alphanumeric());
            if words.any(|w| PROMISES.iter().any(|p| w.starts_with(p))) {
                wrong.push(format!("{}:{}: {}", path.display(), i + 1, line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Every exercise file that the guide shows is one.
#[test]
fn the_files_of_the_guide_are_read() {
    let guide = fs::read_to_string(root().join("docs/authoring.md")).unwrap();
    let blocks = guide.split("```toml\n").skip(1).map(|b| b.split("```").next().unwrap());
    let files: Vec<&str> = blocks.filter(|b| b.contains("[signals]") && b.contains("schema = 1")).collect();
    let wrong: Vec<String> = files
        .iter()
        .filter_map(|text| ExerciseDef::parse("authoring.md", text).err())
        .map(|report| report.render())
        .collect();
    assert!(!files.is_empty() && wrong.is_empty(), "{} files\n{}", files.len(), wrong.join("\n"));
}
