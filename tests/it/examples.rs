//! The examples run and say what their heads promise; `cargo test` has built them.

use crate::common::kept;
use std::path::Path;
use std::process::Command;

fn run(name: &str, args: &[&str]) -> String {
    let folder = Path::new(env!("CARGO_BIN_EXE_formcheck")).parent().unwrap().join("examples");
    let out = Command::new(folder.join(name)).args(args).current_dir(env!("CARGO_MANIFEST_DIR")).output();
    let out = out.unwrap_or_else(|e| panic!("{name}: {e}; `cargo build --release --examples` builds it"));
    assert!(out.status.success(), "{name}: {}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8(out.stdout).unwrap()
}

#[test]
fn each_example_does_what_it_says() {
    let home = tempfile::tempdir().unwrap();
    let (cobra, rolling) = (kept::fixture(home.path(), "cobra_b"), kept::fixture(home.path(), "foam_roll_b"));
    let counted = run("count_trace", &[cobra.to_str().unwrap(), "cobra"]);
    assert!(counted.lines().next().unwrap().ends_with("not counted") && counted.lines().count() > 3, "{counted}");
    let svg = home.path().join("cobra.svg");
    run("plot_signal", &[cobra.to_str().unwrap(), "cobra", svg.to_str().unwrap()]);
    assert!(std::fs::read_to_string(svg).unwrap().starts_with("<svg"));
    assert_eq!(run("custom_pose_runner", &[]), "somebody is seen: false\n");
    if cfg!(feature = "onnx") {
        let seen = run("custom_source", &[]);
        assert_eq!(seen.lines().map(|l| l.ends_with("nobody")).collect::<Vec<_>>(), [true; 10], "{seen}");
    }
    let events = run("live_events", &[rolling.to_str().unwrap(), "foam_roll"]);
    assert!(events.lines().any(|l| l.ends_with("of 120 s")), "{events}");
}
