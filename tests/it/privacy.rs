//! No network at all, and no picture stored: what the program asks of the system is watched.
#![cfg(all(feature = "onnx", target_os = "linux"))]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// A command under `strace`, children included, and where it writes the sockets that were made.
fn watched(log: &Path, command: &[&str], data: &Path) -> Command {
    let mut strace = Command::new("strace");
    strace.args(["-f", "-qq", "-e", "trace=socket,connect,sendto,bind", "-o"]).arg(log);
    // A home of its own, to see what is left there.
    strace
        .args(command)
        .env("FORMCHECK_DATA", data)
        .env("HOME", data.with_file_name("home"))
        .env_remove("XDG_CACHE_HOME");
    strace.stdout(Stdio::null()).stderr(Stdio::piped());
    strace
}

/// Lines of the log that are about anything but sockets of this machine's own display, sound and services.
fn foreign(log: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(log).expect("strace has written its log: is it installed (make setup)?");
    let is_own = |line: &str| {
        let about = |call: &str| line.contains(&format!("{call}("));
        (about("socket") && line.contains("AF_UNIX"))
            || ((about("connect") || about("bind")) && line.contains("AF_UNIX"))
            // Messages on a socket that exists already: its making was judged above.
            || about("sendto")
            || line.contains("resumed>")
            || line.contains("???(")
    };
    text.lines().filter(|l| l.contains('(') && !is_own(l)).map(str::to_owned).collect()
}

#[test]
fn commands_make_no_connection_and_leave_only_what_was_asked_for() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("data");
    let (film, program) = (home.path().join("film.mp4"), env!("CARGO_BIN_EXE_formcheck"));
    let clip = root("demo/wall_angels.mp4");
    let cut = Command::new("ffmpeg").args(["-v", "error", "-t", "6", "-i"]).arg(&clip).arg(&film).status().unwrap();
    assert!(cut.success());
    let (film, report) = (film.to_str().unwrap(), home.path().join("report.html"));
    let overlay = home.path().join("overlay.mp4");
    let commands: [&[&str]; 6] = [
        &[
            "analyze",
            film,
            "--exercise",
            "wall_angels",
            "--save",
            "--report",
            report.to_str().unwrap(),
            "--overlay",
            overlay.to_str().unwrap(),
        ],
        &["watch", "--input", film, "--exercise", "wall_angels", "--pace", "fast", "--save"],
        &["sessions", "list"],
        &["sessions", "trend", "wall_angels"],
        &["exercises", "list"],
        &["doctor"],
    ];
    let mut wrong = Vec::new();
    for (n, command) in commands.iter().enumerate() {
        let log = home.path().join(format!("{n}.strace"));
        let out = watched(&log, &[&[program], *command].concat(), &data).output().expect("strace runs (make setup)");
        let said = String::from_utf8_lossy(&out.stderr).into_owned();
        if !out.status.success() && command[0] != "doctor" {
            wrong.push(format!("{command:?}: {said}"));
        }
        wrong.extend(foreign(&log).into_iter().map(|line| format!("{command:?}: {line}")));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    let strewn = home.path().join("home").exists();
    assert!(!strewn, "something was left in the home folder");
    // No picture among what was kept: the data folder holds the database alone.
    let mut files: Vec<_> = std::fs::read_dir(&data).unwrap().flatten().map(|e| e.file_name()).collect();
    files.sort();
    assert_eq!(files, ["sessions.db"]);
    let size = std::fs::metadata(data.join("sessions.db")).unwrap().len();
    assert!(size < 300_000, "{size} bytes for two sets");
}

#[test]
#[cfg(feature = "gui")]
fn the_window_talks_to_its_display_and_to_nobody_else() {
    let home = tempfile::tempdir().unwrap();
    let log = home.path().join("window.strace");
    let program = env!("CARGO_BIN_EXE_formcheck");
    let strace = format!("exec strace -f -qq -e trace=socket,connect,bind -o {} {program}", log.display());
    let mut child = Command::new("xvfb-run")
        .args(["-a", "timeout", "12", "bash", "-c", &strace])
        .env("FORMCHECK_DATA", home.path().join("data"))
        .env("LIBGL_ALWAYS_SOFTWARE", "1")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("xvfb-run runs (make setup)");
    let mut waited = 0;
    while child.try_wait().unwrap().is_none() && waited < 300 {
        std::thread::sleep(Duration::from_millis(100));
        waited += 1;
    }
    let text = std::fs::read_to_string(&log).unwrap_or_default();
    assert!(text.contains("X11-unix"), "the window did not reach its display: {text}");
    let wrong = foreign(&log);
    assert!(wrong.is_empty(), "{wrong:#?}");
    // The demo clip is not the user's: nothing of it is kept.
    let kept = home.path().join("data/sessions.db");
    let sets: u32 = rusqlite::Connection::open(kept)
        .map_or(0, |db| db.query_row("SELECT COUNT(*) FROM sets", [], |row| row.get(0)).unwrap_or(0));
    assert_eq!(sets, 0);
}
