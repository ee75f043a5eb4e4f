//! What the program prints and draws, whole, read and approved. The texts stand in `snapshots/`; after a change that is meant,
//! `INSTA_UPDATE=always` writes them anew.

use crate::common::kept;
use crate::common::sets::plan;
use formcheck::history::plot::PlotData;
use std::fs;
use std::path::{Path, PathBuf};

/// A trace of the fixtures, unpacked.
fn trace(folder: &Path, name: &str) -> PathBuf {
    let out = folder.join(format!("{name}.jsonl"));
    kept::unpack(&Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/fixtures/traces/{name}.jsonl.gz")), &out);
    out
}

#[test]
fn results_as_text() {
    let home = tempfile::tempdir().unwrap();
    let mut all = String::new();
    for (name, exercise) in
        [("bridge_b", "bridge"), ("bird_dog_b", "bird_dog"), ("cat_camel_b", "cat_camel"), ("foam_roll_b", "foam_roll")]
    {
        let film = trace(home.path(), name);
        let args = ["analyze", film.to_str().unwrap(), "--exercise", exercise, "--target-hold-s", "2"];
        let args = if exercise == "foam_roll" || exercise == "cat_camel" { &args[..4] } else { &args[..] };
        all += &kept::stdout(home.path(), args);
    }
    let text = all.replace(home.path().to_str().unwrap(), "FOLDER");
    insta::assert_snapshot!(text);
}

#[test]
fn exercises_and_routines_as_text() {
    let home = tempfile::tempdir().unwrap();
    let calls: [&[&str]; 4] = [
        &["exercises", "list"],
        &["exercises", "show", "bird_dog"],
        &["routines", "list"],
        &["routines", "show", "upper_back"],
    ];
    let all: Vec<_> =
        calls.iter().map(|args| format!("$ {}\n{}", args.join(" "), kept::stdout(home.path(), args))).collect();
    let text = all.join("\n");
    insta::assert_snapshot!(text);
}

#[test]
fn help_of_every_command() {
    let home = tempfile::tempdir().unwrap();
    let commands =
        ["", "analyze", "watch", "exercises", "exercises learn", "routines", "sessions", "sessions export", "doctor"];
    let help = |command: &&str| {
        let args: Vec<_> = command.split_whitespace().chain(["--help"]).collect();
        format!("$ formcheck {}\n{}", args.join(" "), kept::stdout(home.path(), &args))
    };
    let text = commands.iter().map(help).collect::<Vec<_>>().join("\n");
    insta::assert_snapshot!(text);
}

#[test]
fn mistakes_of_a_file() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("mistaken.toml");
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("exercises/bridge.toml")).unwrap();
    let text = text.replacen("posture = ", "postur = ", 1).replacen("min_range", "floor", 1).replacen(
        "mode = \"hold\"",
        "mode = 3",
        1,
    );
    fs::write(&file, text).unwrap();
    let out = kept::run(home.path(), &["exercises", "check", file.to_str().unwrap()]);
    assert_eq!(out.status.code(), Some(1));
    let said = String::from_utf8(out.stdout).unwrap() + &String::from_utf8(out.stderr).unwrap();
    let text = said.replace(home.path().to_str().unwrap(), "FOLDER");
    insta::assert_snapshot!(text);
}

/// The words of the plot; its lines are compared elsewhere.
#[test]
fn words_of_a_plot() {
    let mut film =
        kept::unpacked(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/traces/cobra_b.jsonl.gz"));
    let estimates = std::iter::from_fn(|| film.next_estimate().unwrap());
    let svg = PlotData::gather(plan("cobra").holding_s(Some(2.0)), "cobra_b", estimates).svg().unwrap();
    let words = svg.split("<text").skip(1).filter_map(|t| Some(t.split_once('>')?.1.split_once("</text>")?.0));
    let text = words.map(str::trim).filter(|w| !w.is_empty()).collect::<Vec<_>>().join("\n");
    insta::assert_snapshot!(text);
}
