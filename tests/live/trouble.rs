//! What goes wrong in a living room, in the real program: each time it is said, shown, survived and kept.
//!
//! The camera belongs to a process, so each trouble has one of its own, which runs [`stage`]. They take their time and little
//! else: several run at once.

use crate::film::{Film, Scene};
use crate::heard::{Cue, CueLog};
use crate::sound_server::Server;
use eframe::egui::{Key, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use formcheck::app::runtime::live::{LiveInput, LiveOptions, LiveProgram};
use formcheck::app::runtime::view::{CoachStage, Command as Ask, LiveControl, RoutineChoice};
use formcheck::app::settings::Settings;
use formcheck::app::ui::App;
use formcheck::counting::record::{EndedBy, PauseCause, Summary};
use formcheck::exercise::ExerciseDef;
use formcheck::history::store::{Period, Store};
use formcheck::vision::infer::manifest::ModelChoice;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// How many run at once.
const AT_ONCE: usize = 4;
/// The program's folder of this run of a trouble, for the process that runs it.
const FOLDER: &str = "FORMCHECK_TROUBLE_FOLDER";
/// And which it is.
const NAME: &str = "FORMCHECK_TROUBLE";
/// Whatever happens is said this soon, seconds; analysis shares the machine with other tests.
const SOON_S: f64 = 5.0;
/// Somebody is carried to the first repetition in so much time, seconds.
const START_S: f64 = 45.0;

/// A trouble: its name, what the camera may show, the routine, what is done.
struct Trouble {
    name: &'static str,
    scenes: &'static [(&'static str, Scene)],
    steps: &'static [(&'static str, u32)],
    environment: fn(&mut Command),
    course: fn(&mut Live),
}

const ANGELS: (&str, Scene) = ("wall_angels", Scene::Exercise("wall_angels"));
const NOBODY: (&str, Scene) = ("nobody", Scene::Empty(8));

const TROUBLES: &[Trouble] = &[
    Trouble {
        name: "unplugged",
        scenes: &[ANGELS],
        steps: &[("wall_angels", 5)],
        environment: usual,
        course: unplugged,
    },
    Trouble { name: "stalled", scenes: &[ANGELS], steps: &[("wall_angels", 5)], environment: usual, course: stalled },
    Trouble {
        name: "another size",
        scenes: &[ANGELS, ("small", Scene::Small("wall_angels"))],
        steps: &[("wall_angels", 5)],
        environment: usual,
        course: another_size,
    },
    Trouble {
        name: "black",
        scenes: &[ANGELS, ("black", Scene::Black(8))],
        steps: &[("wall_angels", 5)],
        environment: usual,
        course: black,
    },
    Trouble { name: "still", scenes: &[ANGELS], steps: &[("wall_angels", 5)], environment: usual, course: still },
    Trouble { name: "left", scenes: &[ANGELS, NOBODY], steps: &[("wall_angels", 5)], environment: usual, course: left },
    Trouble {
        name: "pain",
        scenes: &[ANGELS, NOBODY],
        steps: &[("wall_angels", 3), ("bridge", 3)],
        environment: usual,
        course: pain,
    },
    Trouble {
        name: "another exercise",
        scenes: &[ANGELS],
        steps: &[("bridge", 3), ("wall_angels", 3)],
        environment: usual,
        course: another,
    },
    Trouble {
        name: "two people",
        scenes: &[ANGELS, ("two", Scene::Two("wall_angels", "band_row"))],
        steps: &[("wall_angels", 9)],
        environment: usual,
        course: two_people,
    },
    Trouble { name: "no sound", scenes: &[ANGELS], steps: &[("wall_angels", 3)], environment: deaf, course: no_sound },
    Trouble {
        name: "sound server killed",
        scenes: &[ANGELS],
        steps: &[("wall_angels", 5)],
        environment: usual,
        course: server_killed,
    },
    Trouble {
        name: "no espeak-ng",
        scenes: &[ANGELS],
        steps: &[("wall_angels", 3)],
        environment: mute,
        course: no_espeak,
    },
    Trouble {
        name: "broken file",
        scenes: &[ANGELS],
        steps: &[("wall_angels", 3)],
        environment: usual,
        course: broken_file,
    },
];

fn usual(_: &mut Command) {}

/// No loudspeaker anywhere.
fn deaf(command: &mut Command) {
    command.env("PULSE_SERVER", "unix:/nowhere");
}

/// No program that speaks.
fn mute(command: &mut Command) {
    command.env("PATH", "/nowhere");
}

/// The real program with its window, in this process.
struct Live {
    folder: PathBuf,
    film: Film,
    program: Arc<LiveProgram>,
    window: Harness<'static, App>,
    log: CueLog,
    cues: Vec<Cue>,
}

impl Live {
    fn open(folder: &Path, film: Film) -> Self {
        let log = folder.join("cues.jsonl");
        let options = LiveOptions {
            input: LiveInput::Camera(None),
            exercise: Arc::new(ExerciseDef::load("wall_angels").unwrap()),
            // The quicker model, as several of these run at once.
            model: Some(ModelChoice::Lite),
            keep_in: Some(folder.join("data")),
            settings: Settings { introduced: true, ..Settings::default() },
            is_silent: false,
            cue_log: Some(log.clone()),
            begin: None,
        };
        let program = Arc::new(LiveProgram::start(options).unwrap());
        let app = App::new(Arc::clone(&program) as Arc<dyn LiveControl + Send + Sync>);
        let window = Harness::builder().with_size(Vec2::new(1280.0, 800.0)).with_step_dt(1.0 / 60.0).build_ui_state(
            |ui, app: &mut App| {
                app.poll(ui.ctx());
                app.draw(ui);
            },
            app,
        );
        Self { folder: folder.to_owned(), film, program, window, log: CueLog::at(&log), cues: Vec::new() }
    }

    fn begin(&mut self) {
        let routine = self.folder.join("routine.toml").display().to_string();
        self.wait("the camera", START_S, |live| live.shows("I see you"));
        assert!(self.program.send(Ask::Begin(RoutineChoice { routine, ..RoutineChoice::default() })));
    }

    /// Waits until something is so.
    #[track_caller]
    fn wait(&mut self, what: &str, seconds: f64, is_so: impl Fn(&Self) -> bool) {
        for _ in 0..(seconds / 0.05) as u32 {
            std::thread::sleep(Duration::from_millis(50));
            self.window.run_steps(2);
            self.cues.extend(self.log.news());
            if is_so(self) {
                return;
            }
        }
        panic!("{what} does not come in {seconds} s; said: {:#?}", self.cues);
    }

    /// Looks on for so long.
    fn look_on(&mut self, seconds: f64) {
        for _ in 0..(seconds / 0.05) as u32 {
            std::thread::sleep(Duration::from_millis(50));
            self.window.run_steps(2);
            self.cues.extend(self.log.news());
        }
    }

    fn shows(&self, label: &str) -> bool {
        self.window.query_all_by_label_contains(label).next().is_some()
    }

    fn has_said(&self, text: &str) -> bool {
        self.cues.iter().any(|cue| cue.is_spoken() && cue.text.contains(text))
    }

    /// Waits until it is said.
    #[track_caller]
    fn says(&mut self, text: &str, seconds: f64) {
        self.wait(text, seconds, |live| live.has_said(text));
    }

    /// From the start to the first repetition.
    #[track_caller]
    fn up_to_the_first(&mut self) {
        self.begin();
        self.says("Wall angels.", SOON_S);
        self.film.play("wall_angels");
        self.says("One.", START_S);
    }

    #[track_caller]
    fn said_and_shown(&mut self, said: &str, shown: &str) {
        self.wait(said, SOON_S, |live| live.has_said(said) && live.shows(shown));
    }

    fn is_over(&self) -> bool {
        self.program.view().coach.as_ref().is_none_or(|coach| coach.stage == CoachStage::Summary)
    }

    /// Ends the session; what is kept of its sets.
    fn kept(mut self) -> Vec<Summary> {
        // A set that has reached its target has ended the session already.
        if !self.is_over() {
            assert!(self.program.send(Ask::Coach(formcheck::coach::Order::EndSession)));
        }
        self.wait("the end", SOON_S, Self::is_over);
        let folder = self.folder.join("data");
        drop(self);
        let store = Store::open(&folder).unwrap().store;
        let sessions = store.list(&Period::default()).unwrap();
        assert_eq!(sessions.len(), 1);
        store.session(&sessions[0].id).unwrap().sets.into_iter().map(|set| set.summary).collect()
    }
}

fn pause_of(sets: &[Summary], why: PauseCause) -> f64 {
    let pauses: Vec<_> = sets.iter().flat_map(|set| &set.pauses).collect();
    let found = pauses.iter().find(|pause| pause.why == why);
    let pause = found.unwrap_or_else(|| panic!("no pause of {why:?}: {pauses:?}"));
    pause.end_s - pause.start_s
}

/// In a set the picture is lost, which is said and shown; it comes back, and counting goes on.
fn picture_lost_and_back(live: &mut Live, lose: impl FnOnce(&Film), why: (&str, &str), for_s: f64, then: &str) {
    live.up_to_the_first();
    lose(&live.film);
    live.said_and_shown(why.0, why.1);
    live.look_on(for_s);
    live.film.play(then);
    live.says("The picture is back.", SOON_S);
    live.says("Two.", START_S);
}

const GONE: (&str, &str) = ("The picture is gone. I wait.", "Picture is gone, I wait");

fn unplugged(live: &mut Live) {
    picture_lost_and_back(live, |film| film.control("unplugged"), GONE, 1.5, "wall_angels");
}

fn stalled(live: &mut Live) {
    picture_lost_and_back(live, |film| film.control("stall"), GONE, 10.0, "wall_angels");
}

fn another_size(live: &mut Live) {
    picture_lost_and_back(live, |film| film.control("unplugged"), GONE, 1.5, "small");
}

fn black(live: &mut Live) {
    let why = ("The picture is black. I wait.", "Picture is black, I wait");
    picture_lost_and_back(live, |film| film.play("black"), why, 1.5, "wall_angels");
}

fn still(live: &mut Live) {
    live.up_to_the_first();
    // The film ends, and its last picture stays.
    live.says("Three.", START_S);
    live.wait("the picture stands still", 15.0, |live| {
        live.has_said("The picture stands still. I wait.") && live.shows("Picture stands still, I wait")
    });
    live.look_on(1.5);
    live.film.play("wall_angels");
    live.says("The picture is back.", SOON_S);
    live.says("Four.", START_S);
}

fn left(live: &mut Live) {
    live.up_to_the_first();
    live.film.play("nobody");
    live.wait("the pause", 8.0, |live| live.has_said("Paused, I wait.") && live.shows("Out of the picture, I wait"));
    live.look_on(1.5);
    live.film.play("wall_angels");
    live.says("Welcome back. One done.", 8.0);
    live.says("Two.", START_S);
}

fn pain(live: &mut Live) {
    live.up_to_the_first();
    live.window.key_press(Key::Space);
    live.said_and_shown("Stopped. Noted.", "Go on only if you want to");
    let spoken = |live: &Live| live.cues.iter().filter(|cue| cue.is_spoken()).count();
    let before = spoken(live);
    live.look_on(8.0);
    assert_eq!(spoken(live), before, "nothing more is said about it");
}

fn another(live: &mut Live) {
    live.begin();
    live.says("First: Bridge.", SOON_S);
    live.film.play("wall_angels");
    live.says("That looks like another exercise: Wall angels. Shall I count it? Raise one hand.", START_S);
    live.wait("the question is shown", SOON_S, |live| live.shows("Wall angels?"));
    live.window.get_by_label("Count it").click();
    live.says("First: Wall angels.", SOON_S);
    live.film.play("wall_angels");
    live.says("Three.", START_S);
    live.says("Next: Bridge.", 15.0);
}

fn two_people(live: &mut Live) {
    live.up_to_the_first();
    live.film.play("two");
    live.says("I follow the one in front.", 15.0);
}

fn no_sound(live: &mut Live) {
    live.wait("no sound", START_S, |live| live.shows("No sound:"));
    live.up_to_the_first();
    live.says("Three.", START_S);
    assert!(live.shows("No sound:"), "it is shown in the session, too");
}

fn server_killed(live: &mut Live) {
    live.up_to_the_first();
    let server = std::env::var("PULSE_SERVER").unwrap();
    assert!(Command::new("pactl").args(["-s", &server, "exit"]).status().unwrap().success());
    live.wait("the loss", SOON_S, |live| live.cues.iter().any(|cue| cue.what == "lost") && live.shows("No sound:"));
    live.says("Two.", START_S);
    let folder = PathBuf::from(server.trim_start_matches("unix:")).parent().unwrap().to_owned();
    let _old = std::fs::remove_file(folder.join("native"));
    let mut again = Server::spawn(&folder);
    live.wait("sound again", 10.0, |live| !live.shows("No sound:"));
    let _gone = again.kill();
    let _reaped = again.wait();
}

fn no_espeak(live: &mut Live) {
    live.wait("what is not spoken", START_S, |live| live.shows("espeak-ng"));
    live.up_to_the_first();
    live.says("Three.", START_S);
}

fn broken_file(live: &mut Live) {
    live.up_to_the_first();
    std::fs::write(live.folder.join("routine.toml"), "schema = 1\nid = ").unwrap();
    live.says("Three.", START_S);
    live.says("That was all.", SOON_S);
    assert!(live.program.send(Ask::Coach(formcheck::coach::Order::Close)));
    let routine = live.folder.join("routine.toml").display().to_string();
    assert!(live.program.send(Ask::Begin(RoutineChoice { routine, ..RoutineChoice::default() })));
    live.wait("why it cannot begin", SOON_S, |live| live.shows("routine.toml"));
}

/// What is kept of each trouble.
fn check_kept(name: &str, sets: &[Summary]) {
    match name {
        "unplugged" | "stalled" | "another size" | "black" | "still" => {
            let waited_s = pause_of(sets, PauseCause::Picture);
            assert!(waited_s > 0.5, "waited {waited_s} s");
        }
        "left" => assert!(pause_of(sets, PauseCause::Away) > 0.5),
        "pain" => assert_eq!(sets[0].ended_by, Some(EndedBy::Pain)),
        "another exercise" => {
            let done: Vec<_> = sets.iter().map(|set| (set.exercise.as_deref().unwrap(), set.reps.total)).collect();
            assert_eq!(done, [("wall_angels", 3)]);
        }
        _ => assert!(sets[0].reps.total >= 1),
    }
}

/// One trouble, in the process that was started for it.
#[test]
fn stage() {
    let (Some(folder), Ok(name)) = (std::env::var_os(FOLDER), std::env::var(NAME)) else { return };
    let folder = PathBuf::from(folder);
    let trouble = TROUBLES.iter().find(|trouble| trouble.name == name).unwrap();
    let film = Film::again(&folder);
    let mut live = Live::open(&folder, film);
    (trouble.course)(&mut live);
    if name == "broken file" {
        return;
    }
    check_kept(&name, &live.kept());
}

/// The trouble in a process of its own: what went wrong.
fn tried(trouble: &Trouble) -> Option<String> {
    let folder = tempfile::tempdir().unwrap();
    let film = Film::of(folder.path(), trouble.scenes);
    let mut routine = "schema = 1\nid = \"t\"\ntitle = \"Trial\"\nsummary = \"x\"\nsource = \"x\"\n".to_owned();
    for (exercise, reps) in trouble.steps {
        _ = write!(routine, "[[step]]\nexercise = \"{exercise}\"\nreps = {reps}\nrest_after_s = 4\n");
    }
    std::fs::write(folder.path().join("routine.toml"), routine).unwrap();
    let server = Server::start();
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["--exact", "trouble::stage", "--nocapture"])
        .envs(film.environment())
        .env(FOLDER, folder.path())
        .env(NAME, trouble.name)
        .env("PULSE_SERVER", server.address())
        .stdin(Stdio::null());
    (trouble.environment)(&mut command);
    let done = command.output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (!done.status.success()).then(|| format!("{}: {}{}", trouble.name, text(&done.stdout), text(&done.stderr)))
}

#[test]
fn every_trouble_is_said_shown_survived_and_kept() {
    if std::env::var_os(FOLDER).is_some() {
        return;
    }
    // Whoever has ended one takes the next.
    let next = AtomicUsize::new(0);
    let try_on = || {
        let mine = std::iter::from_fn(|| TROUBLES.get(next.fetch_add(1, Ordering::Relaxed)));
        mine.filter_map(tried).collect::<Vec<String>>()
    };
    let wrong: Vec<String> = std::thread::scope(|scope| {
        let tries: Vec<_> = (0..AT_ONCE).map(|_| scope.spawn(try_on)).collect();
        tries.into_iter().flat_map(|trying| trying.join().unwrap()).collect()
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}
