//! Other surroundings than an ordinary desktop's: a set is carried through and kept in each.

use crate::film::Scene;
use crate::stage::Stage;
use formcheck::history::store::{Period, Store};
use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// The whole of it takes a minute, four at once; whoever waits for longer waits for nothing.
const PATIENCE_S: f64 = 120.0;
/// So long it sleeps.
const ASLEEP: Duration = Duration::from_secs(12);
const ROUTINE: &str = "schema = 1\nid = \"t\"\ntitle = \"Trial\"\nsummary = \"x\"\nsource = \"x\"\n\
                       [[step]]\nexercise = \"wall_angels\"\nreps = 3\n";

/// What is unlike an ordinary desktop.
struct Surroundings {
    name: &'static str,
    /// Changes the command, and starts what runs beside it in that folder.
    change: fn(&mut Command, &Path) -> Option<Child>,
    /// What is done to the program before anything is counted, and after the first count.
    begun: fn(&Child),
    counted: fn(&Stage),
}

const ALL: [Surroundings; 4] = [
    Surroundings {
        name: "Wayland",
        change: |command, folder| Some(wayland(command, folder)),
        begun: |_| {},
        counted: |_| {},
    },
    Surroundings {
        name: "a scale of 1.5",
        change: |command, _| {
            command.env("WINIT_X11_SCALE_FACTOR", "1.5");
            None
        },
        begun: |_| {},
        counted: |_| {},
    },
    Surroundings { name: "one core", change: |_, _| None, begun: one_core, counted: |_| {} },
    Surroundings { name: "sleep and wake", change: |_, _| None, begun: |_| {}, counted: sleep_and_wake },
];

/// No X server; the compositor draws into memory.
fn wayland(command: &mut Command, folder: &Path) -> Child {
    let compositor = Command::new("weston")
        .args(["--backend=headless-backend.so", "--socket=trial", "--idle-time=0", "--width=1280", "--height=800"])
        .env("XDG_RUNTIME_DIR", folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("weston is installed by `make setup`");
    for _ in 0..100 {
        if folder.join("trial").exists() {
            break;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    command.env_remove("DISPLAY").env("WAYLAND_DISPLAY", "trial").env("XDG_RUNTIME_DIR", folder);
    compositor
}

fn one_core(window: &Child) {
    let set = Command::new("taskset").args(["-a", "-c", "-p", "0", &window.id().to_string()]).output().unwrap();
    assert!(set.status.success(), "{}", String::from_utf8_lossy(&set.stderr));
}

fn signal(pid: &str, signal: &str) {
    assert!(Command::new("kill").args([signal, pid]).status().unwrap().success());
}

/// Nothing of it runs for a while; the camera's time goes on, and so does the person.
fn sleep_and_wake(stage: &Stage) {
    let pid = stage.window.id().to_string();
    signal(&pid, "-STOP");
    std::thread::sleep(ASLEEP);
    signal(&pid, "-CONT");
    stage.film.play("wall_angels");
}

/// One set of three, ended by the signal that ends a session of the desktop.
fn carried_through(around: &Surroundings) -> Result<(), String> {
    let routine = tempfile::NamedTempFile::with_suffix(".toml").unwrap();
    std::fs::write(routine.path(), ROUTINE).unwrap();
    let scenes = [("wall_angels", Scene::Exercise("wall_angels"))];
    let mut stage = Stage::with(routine.path(), &scenes, &around.change);
    (around.begun)(&stage.window);
    let (mut waited_s, mut has_counted) = (0.0, false);
    loop {
        let news = stage.news();
        waited_s += 0.1;
        if waited_s > PATIENCE_S {
            return Err(format!("{}: it does not come to its end: {:#?}", around.name, stage.spoken()));
        }
        if news.iter().any(|cue| cue.is_spoken() && cue.text.starts_with("Wall angels. Three times.")) {
            stage.film.play("wall_angels");
        }
        if !has_counted && news.iter().any(|cue| cue.is_spoken() && cue.text.starts_with("One.")) {
            has_counted = true;
            (around.counted)(&stage);
        }
        if news.iter().any(|cue| cue.is_spoken() && cue.text.contains("That was all.")) {
            break;
        }
    }
    signal(&stage.window.id().to_string(), "-TERM");
    let ended = stage.window.wait().unwrap();
    let store = Store::open(&stage.folder.path().join("data")).unwrap().store;
    let sessions = store.list(&Period::default()).unwrap();
    let sets: Vec<_> = sessions.iter().flat_map(|line| store.session(&line.id).unwrap().sets).collect();
    let counted: Vec<u32> = sets.iter().map(|set| set.summary.reps.total).collect();
    if counted == [3] && ended.signal().is_none() {
        Ok(())
    } else {
        Err(format!("{}: {counted:?} kept, ended by {ended}", around.name))
    }
}

#[test]
fn a_set_is_carried_through_and_kept_in_other_surroundings() {
    let wrong: Vec<String> = std::thread::scope(|scope| {
        let tries: Vec<_> = ALL.iter().map(|around| scope.spawn(|| carried_through(around))).collect();
        tries.into_iter().filter_map(|trying| trying.join().unwrap().err()).collect()
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
