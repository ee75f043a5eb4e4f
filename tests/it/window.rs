//! The window, found by the names that users and assistive programs find it by.
#![cfg(feature = "gui")]

use eframe::egui::{Key, Vec2, ViewportId};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use formcheck::app::runtime::view::{
    Command, DrawnPoint, ExerciseCard, HoldProgress, LiveControl, LiveStatus, LiveView, OpenSession, RecordingView,
};
use formcheck::app::ui::App;
use formcheck::base::geom::Point;
use formcheck::base::skeleton::LANDMARK_COUNT;
use formcheck::base::time::Timestamp;
use formcheck::counting::phase::Phase;
use formcheck::counting::record::{Rep, RepSide, RepTotals};
use formcheck::exercise::Mode;
use formcheck::vision::frame::{Frame, Size};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A program that says what it is told to and remembers what it was asked.
struct Fake {
    view: Mutex<Arc<LiveView>>,
    taken: Mutex<Vec<Command>>,
    refusals: Mutex<u32>,
}

impl LiveControl for Fake {
    fn view(&self) -> Arc<LiveView> {
        Arc::clone(&self.view.lock().unwrap())
    }

    fn send(&self, command: Command) -> bool {
        let mut refusals = self.refusals.lock().unwrap();
        if *refusals > 0 {
            *refusals -= 1;
            return false;
        }
        self.taken.lock().unwrap().push(command);
        true
    }

    fn exercises(&self) -> Vec<(String, String)> {
        [("bird_dog", "Bird dog"), ("bridge", "Bridge"), ("cobra", "Cobra")]
            .map(|(id, title)| (id.to_owned(), title.to_owned()))
            .to_vec()
    }

    fn cameras(&self) -> Vec<String> {
        vec!["Front camera".to_owned(), "Desk camera".to_owned()]
    }
}

struct Window {
    fake: Arc<Fake>,
    harness: Harness<'static, App>,
}

impl Window {
    fn on(view: LiveView) -> Self {
        let fake =
            Arc::new(Fake { view: Mutex::new(Arc::new(view)), taken: Mutex::default(), refusals: Mutex::default() });
        let app = App::new(Arc::clone(&fake) as Arc<dyn LiveControl + Send + Sync>);
        let harness = Harness::builder().with_size(Vec2::new(1280.0, 800.0)).build_ui_state(
            |ui, app: &mut App| {
                app.poll(ui.ctx());
                app.draw(ui);
            },
            app,
        );
        Self { fake, harness }
    }

    fn show(&mut self, view: LiveView) {
        *self.fake.view.lock().unwrap() = Arc::new(view);
        self.harness.run();
    }

    fn click(&mut self, label: &str) {
        self.harness.get_by_label(label).click();
        self.harness.run();
    }

    fn press(&mut self, key: Key) {
        self.harness.key_press(key);
        self.harness.run();
    }

    fn has(&self, label: &str) -> bool {
        self.harness.query_all_by_label(label).next().is_some()
    }

    fn is_disabled(&self, label: &str) -> bool {
        self.harness.get_by_label(label).accesskit_node().is_disabled()
    }

    fn taken(&self) -> Vec<Command> {
        self.fake.taken.lock().unwrap().clone()
    }

    /// Labels of `wanted` that are missing.
    fn missing<'a>(&self, wanted: &[&'a str]) -> Vec<&'a str> {
        wanted.iter().copied().filter(|label| !self.has(label)).collect()
    }
}

fn picture(seq: u64) -> Arc<Frame> {
    let size = Size::new(64, 48);
    Arc::new(Frame { seq, at: Timestamp(seq), size, rgb: vec![90; size.rgb_len()] })
}

/// A bird dog set under way: two repetitions a side, the left arm raised.
fn running() -> LiveView {
    let points = std::array::from_fn(|i| {
        Some(DrawnPoint { at: Point::new(i as f64, 10.0), trusted: i % 2 == 0 }).filter(|_| i < LANDMARK_COUNT - 1)
    });
    LiveView {
        status: LiveStatus::Running,
        source_name: "Front camera".to_owned(),
        is_recording: false,
        frame: Some(picture(1)),
        points: Some(points),
        exercise: ExerciseCard {
            id: "bird_dog".to_owned(),
            title: "Bird dog".to_owned(),
            mode: Mode::Reps,
            target_reps: 5,
            target_hold_s: 10.0,
            has_sides: true,
            setup: "On all fours, side to the camera".to_owned(),
        },
        phase: Phase::Target,
        totals: RepTotals { total: 4, left: 2, right: 1, unknown: 1, rejected: 1 },
        hold: None,
        side: Some(RepSide::Left),
        cue: None,
        advice: None,
        calibration: None,
        self_timed: false,
        is_holding: false,
        reps: Vec::new(),
        because: None,
        analysed_fps: 24.04,
        refusal: None,
        keeping: RecordingView::default(),
        dropped: 3,
    }
}

fn with(change: impl FnOnce(&mut LiveView)) -> LiveView {
    let mut view = running();
    change(&mut view);
    view
}

fn rep(counted: bool) -> Rep {
    Rep {
        id: 1,
        index: 1,
        start_s: 1.0,
        peak_s: 2.0,
        end_s: 3.0,
        side: None,
        counted,
        reason: (!counted).then(|| "18 degrees short".to_owned()),
        hold_s: None,
        range: 40.0,
        range_unit: "deg".to_owned(),
        score: counted.then_some(90),
        faults: Vec::new(),
        remarks: Vec::new(),
    }
}

/// A state, its view, the names that belong to it, and those that do not.
type State = (&'static str, LiveView, Vec<&'static str>, Vec<&'static str>);

/// What is counted, and the phases.
fn counts() -> Vec<State> {
    let hold = |view: &mut LiveView| {
        view.exercise.mode = Mode::Hold;
        view.exercise.has_sides = false;
        view.hold = Some(HoldProgress { elapsed_s: 3.2, target_s: 10.0 });
    };
    vec![
        (
            "sides count to the target of both",
            running(),
            vec!["Count 4 of 10", "Left 2", "Right 1", "1 not counted, 1 side unclear", "Left: top, now back"],
            vec!["Demo clip, no camera found", "On all fours, side to the camera"],
        ),
        (
            "no sides",
            with(|v| {
                v.exercise.has_sides = false;
                v.side = None;
            }),
            vec!["Count 4 of 5", "Far enough, then back", "1 not counted"],
            vec!["Left 2", "Right 1"],
        ),
        ("no target", with(|v| v.exercise.target_reps = 0), vec!["Count 4"], vec![]),
        ("hold", with(hold), vec!["Held 3.2 of 10 s", "Count 4 of 5", "Hold, left"], vec!["Left 2"]),
        (
            "hold not begun",
            with(|v| {
                hold(v);
                v.hold = None;
            }),
            vec!["Held 0.0 of 10 s"],
            vec![],
        ),
        (
            "duration",
            with(|v| {
                hold(v);
                v.exercise.mode = Mode::Duration;
            }),
            vec!["Active 3.2 of 10 s"],
            vec![],
        ),
        (
            "on the way there is nothing to say",
            with(|v| v.phase = Phase::Moving),
            vec!["Count 4 of 10"],
            vec!["Left: top, now back", "Left: return slowly", "Ready"],
        ),
        ("on the way back", with(|v| v.phase = Phase::Returning), vec!["Left: return slowly"], vec![]),
    ]
}

/// What is said in a set.
fn messages() -> Vec<State> {
    vec![
        ("cue", with(|v| v.cue = Some("Slower".to_owned())), vec!["Slower"], vec![]),
        (
            "advice",
            with(|v| {
                v.phase = Phase::Setup;
                v.advice = Some("Turn your side to the camera".to_owned());
            }),
            vec!["Turn your side to the camera", "Get into position"],
            vec!["On all fours, side to the camera"],
        ),
        (
            "set-up words without advice",
            with(|v| v.phase = Phase::Setup),
            vec!["On all fours, side to the camera"],
            vec![],
        ),
        (
            "rejected repetition",
            with(|v| {
                v.phase = Phase::Ready;
                v.reps = vec![rep(true), rep(false)];
            }),
            vec!["Not counted: 18 degrees short", "Ready"],
            vec![],
        ),
    ]
}

/// What is said of the program, before a set and after it.
fn conditions() -> Vec<State> {
    vec![
        (
            "failed",
            with(|v| v.status = LiveStatus::Failed("could not open the model; reinstall: /a/b.onnx".to_owned())),
            vec!["could not open the model; reinstall: /a/b.onnx", "Stopped"],
            vec!["Pause"],
        ),
        (
            "unplugged",
            with(|v| v.status = LiveStatus::Waiting("camera unplugged".to_owned())),
            vec!["Waiting for the picture", "camera unplugged"],
            vec!["Pause", "Camera lost"],
        ),
        (
            "unplugged in a set",
            with(|v| {
                v.status = LiveStatus::Lost("camera unplugged".to_owned());
                v.cue = Some("Good".to_owned());
            }),
            vec![
                "Camera lost",
                "Camera unplugged.\nYour set waits. It goes on by itself when the picture is back.",
                "End set",
            ],
            vec!["Pause", "Good"],
        ),
        (
            "finished",
            with(|v| {
                v.status = LiveStatus::Finished;
                v.reps = vec![rep(true)];
            }),
            vec!["Set finished", "4 counted, 1 not counted\nForm 90 of 100", "Space: next set", "Done"],
            vec!["Left: top, now back"],
        ),
        (
            "demo",
            with(|v| v.is_recording = true),
            vec!["Demo clip, no camera found", "Picture with skeleton"],
            vec!["Front camera"],
        ),
        (
            "calibrating",
            with(|v| {
                v.status = LiveStatus::Calibrating;
                v.calibration = Some("And one more".to_owned());
            }),
            vec!["And one more", "Measuring your range", "Stop"],
            vec!["Pause", "End set"],
        ),
        (
            "range learned",
            with(|v| {
                v.status = LiveStatus::Idle;
                v.calibration = Some("Your range today: 38 degrees".to_owned());
            }),
            vec!["Your range today: 38 degrees", "Not started"],
            vec![],
        ),
    ]
}

/// What is said of pictures and speed.
fn pictures() -> Vec<State> {
    vec![
        (
            "slow",
            with(|v| (v.analysed_fps, v.frame, v.dropped) = (7.26, Some(picture(99)), 24)),
            vec!["Slow: 7.3 frames/s, 24 % dropped"],
            vec![],
        ),
        (
            "many dropped",
            with(|v| (v.frame, v.dropped) = (Some(picture(99)), 11)),
            vec!["Slow: 24.0 frames/s, 11 % dropped"],
            vec![],
        ),
        (
            "fast enough",
            with(|v| (v.analysed_fps, v.frame, v.dropped) = (10.0, Some(picture(99)), 10)),
            vec![],
            vec!["Slow: 10.0 frames/s, 10 % dropped"],
        ),
        ("nobody", with(|v| v.points = None), vec!["Picture, nobody found"], vec![]),
        ("no picture", with(|v| v.frame = None), vec!["No picture"], vec![]),
    ]
}

#[test]
fn each_state_shows_what_belongs_to_it_and_not_what_does_not() {
    let mut wrong = Vec::new();
    for (name, view, wanted, unwanted) in [counts(), messages(), conditions(), pictures()].concat() {
        let window = Window::on(view);
        let missing = window.missing(&wanted);
        let extra: Vec<_> = unwanted.into_iter().filter(|label| window.has(label)).collect();
        let end = if window.has("Stop") { "Stop" } else { "End set" };
        let unnamed = window.missing(&["Exercise", "Camera", "Mirror picture", "Measure my range", end]);
        if !(missing.is_empty() && extra.is_empty() && unnamed.is_empty()) {
            wrong.push((name, missing, extra, unnamed));
        }
    }
    assert!(wrong.is_empty(), "(case, missing, unwanted, missing controls): {wrong:#?}");
}

#[test]
fn each_button_sends_its_command_and_is_off_where_it_makes_no_sense() {
    let cases = [
        (LiveStatus::Idle, "Start", Some(Command::Start), Key::Space),
        (LiveStatus::Finished, "Start", Some(Command::Start), Key::Space),
        (LiveStatus::Running, "Pause", Some(Command::Pause), Key::Space),
        (LiveStatus::Running, "End set", Some(Command::Finish), Key::Enter),
        (LiveStatus::Paused, "Resume", Some(Command::Resume), Key::Space),
        (LiveStatus::Paused, "End set", Some(Command::Finish), Key::Enter),
        (LiveStatus::Idle, "End set", None, Key::Enter),
        (LiveStatus::Starting, "Start", None, Key::Space),
        (LiveStatus::Failed("broken".to_owned()), "Start", None, Key::Space),
        (LiveStatus::Idle, "Measure my range", Some(Command::Calibrate), Key::C),
        (LiveStatus::Running, "Measure my range", None, Key::C),
        (LiveStatus::Calibrating, "Stop", Some(Command::Finish), Key::Enter),
    ];
    let mut wrong = Vec::new();
    for (status, button, command, key) in cases {
        let mut window = Window::on(with(|v| v.status = status.clone()));
        let is_disabled = window.is_disabled(button);
        window.click(button);
        let clicked = window.taken();
        window.press(key);
        let both: Vec<_> = command.iter().chain(&command).cloned().collect();
        if is_disabled == command.is_some() || clicked != both[..both.len() / 2] || window.taken() != both {
            wrong.push((status, button, is_disabled, window.taken()));
        }
    }
    assert!(wrong.is_empty(), "wrong: {wrong:#?}");
}

#[test]
fn a_set_that_the_person_times_is_told_by_the_one_large_button() {
    for (is_holding, button) in [(false, "In position"), (true, "End hold")] {
        let mut window = Window::on(with(|v| (v.self_timed, v.is_holding) = (true, is_holding)));
        window.click(button);
        window.press(Key::Space);
        assert_eq!(window.taken(), [Command::Holding(!is_holding), Command::Holding(!is_holding)], "{button}");
    }
}

#[test]
fn a_session_that_was_left_open_is_offered_between_sets_and_trouble_with_keeping_is_said() {
    let offer =
        OpenSession { id: "x".to_owned(), started_at: "2026-11-23T18:15:00+01:00".to_owned(), sets: 2, counted: 9 };
    let offered = |status: LiveStatus| {
        with(|v| {
            v.status = status;
            v.keeping = RecordingView { is_on: true, offer: Some(offer.clone()), ..RecordingView::default() };
        })
    };
    let mut window = Window::on(offered(LiveStatus::Idle));
    assert_eq!(window.missing(&["Unfinished session, 23 Nov (2 sets)", "Continue session", "End session"]), [""; 0]);
    window.click("Continue session");
    window.click("End session");
    assert_eq!(window.taken(), [Command::ResumeSession, Command::CloseSession]);
    window.show(offered(LiveStatus::Running));
    assert!(!window.has("Continue session") && !window.has("End session"));
    window.show(with(|v| v.keeping.trouble = Some("the disk is full".to_owned())));
    assert!(window.has("Not kept: the disk is full"));
}

#[test]
fn an_exercise_and_a_camera_are_picked_from_their_lists() {
    let mut window = Window::on(running());
    window.click("Exercise");
    window.click("Cobra");
    window.click("Camera");
    window.click("Desk camera");
    assert_eq!(
        window.taken(),
        [Command::ChooseExercise("cobra".to_owned()), Command::ChooseCamera("Desk camera".to_owned())]
    );
}

#[test]
fn arrows_change_the_exercise_between_sets_only_and_a_second_press_goes_on() {
    let mut window = Window::on(running());
    window.press(Key::ArrowDown);
    assert_eq!(window.taken(), [], "a running set must not end by a key hit by chance");

    window.show(with(|v| v.status = LiveStatus::Idle));
    window.press(Key::ArrowDown);
    window.press(Key::ArrowDown);
    window.press(Key::ArrowDown);
    window.press(Key::ArrowUp);
    let chosen = ["bridge", "cobra", "bridge"].map(|id| Command::ChooseExercise(id.to_owned()));
    assert_eq!(window.taken(), chosen);
}

#[test]
fn a_refused_command_is_shown_and_sent_again_until_it_is_taken_once() {
    let mut window = Window::on(with(|v| v.status = LiveStatus::Idle));
    *window.fake.refusals.lock().unwrap() = 1000;
    window.click("Start");
    window.click("Start");
    assert_eq!(window.taken(), []);
    assert!(window.has("Starting..."));

    *window.fake.refusals.lock().unwrap() = 1;
    window.harness.run_steps(4);
    assert_eq!(window.taken(), [Command::Start]);
    assert!(!window.has("Starting..."));
}

#[test]
fn the_mirror_is_on_for_cameras_off_for_recordings_and_obeys_press_and_key() {
    let mut window = Window::on(running());
    assert!(window.harness.state().is_mirrored());
    window.click("Mirror picture");
    assert!(!window.harness.state().is_mirrored());
    window.press(Key::M);
    assert!(window.harness.state().is_mirrored());
    assert!(!Window::on(with(|v| v.is_recording = true)).harness.state().is_mirrored());
}

#[test]
fn a_picture_is_uploaded_once_and_an_idle_window_asks_for_no_repaint() {
    let mut window = Window::on(running());
    window.harness.run_steps(5);
    assert_eq!(window.harness.state().uploads(), 1);
    let delay = window.harness.output().viewport_output[&ViewportId::ROOT].repaint_delay;
    assert!(delay > Duration::from_hours(1), "wants to repaint after {delay:?}");

    window.show(with(|v| v.frame = Some(picture(2))));
    assert_eq!(window.harness.state().uploads(), 2);
    let broken = Frame { seq: 3, at: Timestamp(3), size: Size::new(64, 48), rgb: vec![0; 5] };
    window.show(with(|v| v.frame = Some(Arc::new(broken))));
    assert_eq!((window.harness.state().uploads(), window.has("No picture")), (2, true));
}

#[test]
fn controls_stay_inside_the_window_and_the_count_stays_the_largest_text() {
    let mut window = Window::on(with(|v| v.cue = Some("Leg to hip height".to_owned())));
    let mut wrong = Vec::new();
    for (width, height) in [(640.0, 420.0), (800.0, 500.0), (1280.0, 800.0), (3840.0, 2160.0), (600.0, 900.0)] {
        window.harness.set_size(Vec2::new(width, height));
        window.harness.run();
        let screen = window.harness.ctx.content_rect();
        let rect = |label: &str| window.harness.get_by_label(label).rect();
        for label in
            ["Exercise", "Camera", "Mirror picture", "Pause", "End set", "Left 2", "Right 1", "Leg to hip height"]
        {
            if !screen.contains_rect(rect(label)) {
                wrong.push(format!("{label} leaves {width}x{height}: {:?}", rect(label)));
            }
        }
        let (count, button) = (rect("Count 4 of 10"), rect("Pause"));
        if count.height() < height * 0.11 || button.height() < 40.0 {
            wrong.push(format!("too small in {width}x{height}: count {count:?}, button {button:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_did_not_count_is_told_with_its_reason_where_all_share_one() {
    let cases = [
        (vec!["18 degrees short", "1 degree short"], "2 too short"),
        (vec!["0.12 trunk lengths short", "0.03 trunk lengths short"], "2 too short"),
        (vec!["7 % short"], "1 too short"),
        (vec!["held 3.1 of 5 s", "held 0.4 of 5 s"], "2 held too briefly"),
        (vec!["too quick for a repetition"], "1 too quick"),
        (vec!["out of sight"], "1 out of sight"),
        (vec!["other side"; 3], "3 on the other side"),
        (vec!["opposite arm and leg"; 2], "2 not counted: opposite arm and leg"),
        (vec!["18 degrees short", "out of sight"], "2 not counted"),
        (vec!["opposite arm and leg", "look at the floor"], "2 not counted"),
    ];
    let mut wrong = Vec::new();
    for (reasons, words) in cases {
        let rejected = |reason: &&str| Rep { reason: Some((*reason).to_owned()), ..rep(false) };
        let view = with(|v| {
            v.reps = std::iter::once(rep(true)).chain(reasons.iter().map(rejected)).collect();
            v.totals = RepTotals { total: 1, rejected: reasons.len() as u32, ..RepTotals::default() };
        });
        if !Window::on(view).has(words) {
            wrong.push((reasons, words));
        }
    }
    assert!(wrong.is_empty(), "(reasons, words that are missing): {wrong:#?}");
}

#[test]
fn tab_goes_from_the_top_down() {
    let offer = OpenSession { id: "x".to_owned(), started_at: String::new(), sets: 2, counted: 9 };
    let idle = with(|v| (v.status, v.keeping.offer) = (LiveStatus::Idle, Some(offer)));
    let orders = [
        (
            idle,
            vec![
                "Exercise",
                "Continue session",
                "End session",
                "Start",
                "Camera",
                "Mirror picture",
                "Measure my range",
            ],
        ),
        (running(), vec!["Exercise", "Pause", "End set", "Camera", "Mirror picture"]),
    ];
    for (view, labels) in orders {
        let mut window = Window::on(view);
        let focused = |window: &Window| {
            let is_focused = |label: &&&str| window.harness.get_by_label(label).accesskit_node().is_focused();
            labels.iter().find(is_focused).copied()
        };
        let mut order = Vec::new();
        for _ in &labels {
            window.press(Key::Tab);
            order.push(focused(&window).unwrap_or("nothing of these"));
        }
        assert_eq!(order, labels);
        let rect = |label: &&str| window.harness.get_by_label(label).rect();
        let tops: Vec<f32> = labels.iter().map(|label| rect(label).top().round()).collect();
        assert!(tops.is_sorted_by(|a, b| *a <= *b + 12.0), "{labels:?} stand at {tops:?}");
    }
}

#[test]
fn no_control_is_wider_than_its_place() {
    let offer = OpenSession { id: "x".to_owned(), started_at: String::new(), sets: 2, counted: 9 };
    let idle = with(|v| (v.status, v.keeping.offer) = (LiveStatus::Idle, Some(offer)));
    let mut window = Window::on(idle);
    let mut wrong = Vec::new();
    for (width, height) in [(640.0, 420.0), (1024.0, 640.0), (1280.0, 800.0), (600.0, 900.0)] {
        window.harness.set_size(Vec2::new(width, height));
        window.harness.run();
        let rect = |label: &str| window.harness.get_by_label(label).rect();
        let screen = window.harness.ctx.content_rect();
        let pairs = [
            ("Continue session", "End session"),
            ("Start", "End set"),
            ("Mirror picture", "Measure my range"),
            ("Start", "Camera"),
        ];
        for (first, second) in pairs {
            let (a, b) = (rect(first), rect(second));
            if a.intersects(b) || !screen.contains_rect(a) || screen.right() - b.right() < 12.0 {
                wrong.push(format!("{width}x{height}: {first} {a:?}, {second} {b:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
