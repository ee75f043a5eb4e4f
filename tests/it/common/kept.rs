//! Runs the program on a store of its own.

use super::skeleton::{Act, Camera, Script, standing};
use formcheck::vision::source::trace::{TraceHeader, TraceReader, TraceWriter};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The program with its data folder.
pub fn program(data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_formcheck"));
    command.env("FORMCHECK_DATA", data);
    command
}

pub fn run(data: &Path, args: &[&str]) -> Output {
    program(data).args(args).output().unwrap()
}

/// Standard output of a run that succeeds.
pub fn stdout(data: &Path, args: &[&str]) -> String {
    let out = run(data, args);
    assert!(out.status.success(), "{args:?}: {}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8(out.stdout).unwrap()
}

/// All sessions, as exported.
pub fn export(data: &Path, out: &Path) -> Vec<Value> {
    stdout(data, &["sessions", "export", "--format", "json", "--out", out.to_str().unwrap()]);
    let export: Value = serde_json::from_str(&std::fs::read_to_string(out).unwrap()).unwrap();
    export["sessions"].as_array().unwrap().clone()
}

/// The id of the newest session.
pub fn newest(data: &Path) -> String {
    stdout(data, &["sessions", "list"]).split_whitespace().next().unwrap().to_owned()
}

/// A trace of wall angels of these shares of the full movement.
pub fn angels(path: &Path, shares: &[f64]) {
    let script = shares.iter().fold(Script::resting(2.0), |s, share| s.rep(Act::Both, *share, 1.0, 0.6, 0.8));
    film(path, &script);
}

/// A trace of quick wall angels, one in about two seconds, for so many seconds.
pub fn trace(folder: &Path, seconds: f64) -> PathBuf {
    let mut script = Script::resting(2.0);
    while script.length_s() < seconds {
        script = script.rep(Act::Both, 1.0, 0.6, 0.5, 0.3);
    }
    let path = folder.join("angels.jsonl");
    film(&path, &script);
    path
}

/// Writes a packed trace of the fixtures as a plain one.
fn unpack(packed: &Path, plain: &Path) {
    let mut packed = flate2::read::GzDecoder::new(std::fs::File::open(packed).unwrap());
    std::io::copy(&mut packed, &mut std::fs::File::create(plain).unwrap()).unwrap();
}

/// The trace of the fixtures of that name, unpacked into a folder.
pub fn fixture(folder: &Path, name: &str) -> PathBuf {
    let packed = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/fixtures/traces/{name}.jsonl.gz"));
    let plain = folder.join(format!("{name}.jsonl"));
    unpack(&packed, &plain);
    plain
}

/// A trace of the fixtures.
pub fn unpacked(path: &Path) -> TraceReader {
    let folder = tempfile::tempdir().unwrap();
    let plain = folder.path().join("film.jsonl");
    unpack(path, &plain);
    TraceReader::open(&plain).unwrap()
}

fn film(path: &Path, script: &Script) {
    let mut writer = TraceWriter::create(path, &TraceHeader::new("full")).unwrap();
    for estimate in Camera::at(0.0).film(15.0, script.length_s(), |t| standing(70.0 + script.at(t).0 * 90.0, true)) {
        writer.write(&estimate).unwrap();
    }
    writer.finish().unwrap();
}
