//! The window, found by the names that users and assistive programs find it by.
#![cfg(feature = "gui")]

use crate::common::window::{Window, at, card, home, picture};
use eframe::egui::accesskit::Live;
use eframe::egui::{Key, Vec2, ViewportId};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use formcheck::app::runtime::view::{
    CoachStage, CoachView, Command, HoldProgress, LiveStatus, LiveView, OpenSession, OutcomeView, RecordingView,
    RoutineChoice,
};
use formcheck::app::settings::Theme;
use formcheck::coach::Order;
use formcheck::coach::sentence::{EndReason, Wait};
use formcheck::coach::talk::Shown;
use formcheck::counting::phase::Phase;
use formcheck::counting::record::{RepSide, RepTotals};
use formcheck::exercise::Mode;
use formcheck::exercise::routine::catalogue;
use formcheck::sound::speaker::SoundState;
use std::sync::Arc;
use std::time::Duration;

/// A session in a stage: the bird dog, four of ten on the left and three on the right.
fn session(stage: CoachStage) -> LiveView {
    let exercise = card("bird_dog");
    let coach = CoachView {
        routine: Some("upper_back".to_owned()),
        title: "Upper back".to_owned(),
        step: 8,
        steps: 10,
        set: (1, 2),
        stage,
        exercise: exercise.clone(),
        offer: None,
        shown: None,
        at_fault: Vec::new(),
        tells_of_others: false,
        is_rest_paused: false,
        note: None,
        answers_by_hand: true,
        closing: None,
        hand: 0.0,
        left_s: 400.0,
        outcomes: vec![
            OutcomeView {
                title: "Wall angels".to_owned(),
                reason: EndReason::Target,
                counted: 10,
                not_counted: 1,
                target: 10,
                active_s: None,
                marks: Vec::new(),
                why_not: None,
            },
            OutcomeView {
                title: "Cobra".to_owned(),
                reason: EndReason::Pain,
                counted: 2,
                not_counted: 0,
                target: 5,
                active_s: None,
                marks: Vec::new(),
                why_not: None,
            },
        ],
    };
    at(|v| {
        v.status = LiveStatus::Running;
        v.exercise = exercise;
        v.phase = Phase::Ready;
        v.totals = RepTotals { total: 7, left: 4, right: 3, ..RepTotals::default() };
        v.side = Some(RepSide::Left);
        v.coach = Some(Arc::new(coach));
    })
}

/// The same with another coach.
fn session_with(stage: CoachStage, change: impl FnOnce(&mut LiveView, &mut CoachView)) -> LiveView {
    let mut view = session(stage);
    let mut coach = CoachView::clone(view.coach.as_ref().unwrap());
    change(&mut view, &mut coach);
    view.coach = Some(Arc::new(coach));
    view
}

fn held(elapsed_s: f64) -> LiveView {
    session_with(CoachStage::Set, |v, _| {
        v.phase = Phase::Target;
        v.hold = Some(HoldProgress { elapsed_s, target_s: 5.0 });
    })
}

fn cue(text: &str, is_praise: bool) -> LiveView {
    let shown = Shown { text: text.to_owned(), is_praise, fault: None };
    session_with(CoachStage::Set, |_, coach| coach.shown = Some(shown))
}

/// A state: its name, the view, labels that must be there, and labels that must not.
pub type State = (&'static str, LiveView, Vec<&'static str>, Vec<&'static str>);

pub fn states() -> Vec<State> {
    let advice = |stage| {
        session_with(stage, |v, _| (v.advice, v.phase) = (Some("Go on hands and knees".to_owned()), Phase::Setup))
    };
    let one_sided = session_with(CoachStage::Set, |v, coach| {
        coach.exercise.has_both_sides = false;
        v.totals = RepTotals { total: 4, ..RepTotals::default() };
    });
    vec![
        ("home", home(), vec!["Start", "Upper back", "What was done", "I see you"], vec!["Pause"]),
        (
            "set-up",
            session(CoachStage::SetUp),
            vec!["How it goes: Bird dog", "I see you", "In position", "Skip"],
            vec!["Start"],
        ),
        ("set-up with advice", advice(CoachStage::SetUp), vec!["Go on hands and knees"], vec!["In position"]),
        ("ready", session(CoachStage::Ready(2)), vec!["2", "I see you"], vec!["Start"]),
        (
            "a set",
            session(CoachStage::Set),
            vec!["Count 4 of 10", "Left, of 10", "It hurts", "Pause", "Mute", "End set", "Set 1 of 2"],
            vec!["Skip"],
        ),
        (
            "a set and how far the movement is",
            session_with(CoachStage::Set, |v, _| v.way = Some(0.64)),
            vec!["64 % of the way", "Count 4 of 10"],
            vec![],
        ),
        ("a set of one side", one_sided, vec!["Count 4 of 10", "of 10"], vec!["Left, of 10"]),
        ("a hold", held(3.24), vec!["Held 3.2 of 5 s", "Hold, left"], vec!["Count 4 of 10"]),
        ("held long enough", held(5.1), vec!["Held 5.1 of 5 s", "And release"], vec!["Hold, left"]),
        ("a cue", cue("Reach long", false), vec!["Reach long", "Count 4 of 10"], vec!["Left, of 10"]),
        ("praise", cue("That's it", true), vec!["That's it"], vec![]),
        (
            "a rest",
            session(CoachStage::Rest(Some(12.3))),
            vec!["13 seconds left", "Next: Bird dog", "Go now", "+30 s", "How it goes: Bird dog", "It hurts"],
            vec!["End set"],
        ),
        (
            "after pain",
            session(CoachStage::Rest(None)),
            vec!["Noted. Rest. Go on only if you want to.", "Go on", "2 of 5, stopped"],
            vec!["It hurts"],
        ),
        (
            "a pause",
            session(CoachStage::Paused(Wait::Hand, 100.0)),
            vec!["Paused. Raise a hand", "Go on", "End set", "Count 4 of 10"],
            vec!["Pause"],
        ),
        (
            "the picture is gone",
            session(CoachStage::Paused(Wait::NoPicture, 100.0)),
            vec!["Picture is gone, I wait"],
            vec!["Left, of 10"],
        ),
        (
            "the end",
            session(CoachStage::Summary),
            vec!["That was all", "Wall angels", "10 of 10, 1 not counted", "Done"],
            vec!["Pause"],
        ),
    ]
}

/// States of home.
fn states_of_home() -> Vec<State> {
    vec![
        ("nobody", at(|v| v.points = None), vec!["Nobody in the picture"], vec!["I see you"]),
        (
            "starting",
            at(|v| (v.status, v.frame) = (LiveStatus::Starting, None)),
            vec!["Opening the camera and the pose model", "No picture"],
            vec![],
        ),
        (
            "waiting",
            at(|v| v.status = LiveStatus::Waiting("the camera is busy".to_owned())),
            vec!["Waiting for the picture, the camera is busy"],
            vec![],
        ),
        ("the demo", at(|v| (v.is_recording, v.is_demo) = (true, true)), vec!["Demo clip, no camera found"], vec![]),
        ("muted", at(|v| v.sound.is_muted = true), vec!["Voice is muted", "Sound on"], vec!["Mute"]),
        (
            "no sound",
            at(|v| v.sound = SoundState { trouble: Some("no loudspeaker".to_owned()), ..SoundState::default() }),
            vec!["No sound: no loudspeaker"],
            vec![],
        ),
        (
            "not kept",
            at(|v| {
                v.keeping = RecordingView { trouble: Some("the disk is full".to_owned()), ..RecordingView::default() }
            }),
            vec!["Not kept: the disk is full"],
            vec![],
        ),
        ("slow", at(|v| (v.analysed_fps, v.dropped) = (7.25, 24)), vec!["Slow: 7.2 frames/s, 24 % dropped"], vec![]),
    ]
}

#[test]
fn each_state_shows_what_belongs_to_it_and_not_what_does_not() {
    let mut wrong = Vec::new();
    for (name, view, wanted, unwanted) in states().into_iter().chain(states_of_home()) {
        let window = Window::on(view);
        let missing = window.missing(&wanted);
        let extra: Vec<_> = unwanted.into_iter().filter(|label| window.has(label)).collect();
        if !missing.is_empty() || !extra.is_empty() {
            wrong.push((name, missing, extra));
        }
    }
    assert!(wrong.is_empty(), "(state, missing, shown though they should not be): {wrong:#?}");
}

#[test]
fn each_button_and_its_key_ask_for_the_same() {
    let order = Command::Coach;
    let cases = [
        (CoachStage::Set, "Pause", Some(Key::P), order(Order::PauseOrGoOn)),
        (CoachStage::Set, "It hurts", Some(Key::Space), order(Order::Hurts)),
        (CoachStage::Set, "End set", Some(Key::E), order(Order::EndSet)),
        (CoachStage::Set, "Mute", Some(Key::M), Command::Mute(true)),
        (CoachStage::SetUp, "Skip", Some(Key::S), order(Order::Skip)),
        (CoachStage::Paused(Wait::Key, 9.0), "End", None, order(Order::EndSession)),
        (CoachStage::Rest(Some(9.0)), "Go now", Some(Key::Enter), order(Order::GoNow)),
        (CoachStage::Rest(Some(9.0)), "+30 s", None, order(Order::MoreRest)),
        (CoachStage::Rest(None), "Go on", Some(Key::Enter), order(Order::PauseOrGoOn)),
        (CoachStage::Paused(Wait::Key, 9.0), "Go on", Some(Key::P), order(Order::PauseOrGoOn)),
        (CoachStage::Paused(Wait::Left, 9.0), "It hurts", Some(Key::Space), order(Order::Hurts)),
        (CoachStage::Summary, "Done", Some(Key::Enter), order(Order::Close)),
    ];
    let mut wrong = Vec::new();
    for (stage, label, key, wanted) in cases {
        let mut window = Window::on(session(stage));
        window.click(label);
        let by_button = window.taken();
        let mut window = Window::on(session(stage));
        key.into_iter().for_each(|key| window.press(key));
        let by_key = window.taken();
        if by_button != std::slice::from_ref(&wanted) || (key.is_some() && by_key != [wanted]) {
            wrong.push((label, by_button, by_key));
        }
    }
    assert!(wrong.is_empty(), "(button, asked by it, by its key): {wrong:#?}");
}

#[test]
fn a_routine_is_begun_without_what_is_left_out_and_nothing_begins_where_nothing_is_left() {
    let mut window = Window::on(home());
    window.click("Short upper back");
    let steps: Vec<String> = {
        let routines = catalogue::load_all().unwrap();
        let short = routines.iter().find(|r| r.id == "short").unwrap();
        short.steps.iter().map(|s| format!("{}: {}", s.exercise.title, s.target_words())).collect()
    };
    window.click(&steps[1]);
    window.click("Start");
    assert!(window.has("Soreness is fine. Stop at pain that is sharp, spreading or numb."));
    window.click("Warm up first");
    window.click("4");
    window.click("Start");
    let wanted = RoutineChoice {
        routine: "short".to_owned(),
        left_out: vec![1],
        is_gentle: true,
        has_warm_up: true,
        pain_before: Some(4),
    };
    assert_eq!(window.taken(), [Command::Begin(wanted)]);
    for step in steps.iter().enumerate().filter(|(i, _)| *i != 1).map(|(_, step)| step) {
        window.click(step);
    }
    assert!(window.is_disabled("Start"));
}

#[test]
fn one_exercise_and_a_camera_are_picked_and_the_range_is_measured() {
    let mut window = Window::on(home());
    window.click("One exercise");
    window.click("Cobra");
    window.click("Start");
    window.harness.get_by_label("Camera").click();
    window.step();
    window.click("Desk camera");
    window.click("Measure my range");
    assert_eq!(
        window.taken(),
        [
            Command::ChooseExercise("cobra".to_owned()),
            Command::Start,
            Command::ChooseCamera("Desk camera".to_owned()),
            Command::Calibrate,
        ]
    );
    window.show(at(|v| {
        v.status = LiveStatus::Calibrating;
        v.calibration = Some("Stay still at the start position".to_owned());
    }));
    assert!(window.has("Stay still at the start position") && !window.has("Start"));
    window.click("Stop");
    assert_eq!(window.taken().last(), Some(&Command::StopMeasuring));
}

#[test]
fn a_session_that_was_left_open_is_offered_at_home() {
    let offer = OpenSession {
        id: "x".to_owned(),
        started_at: "2026-11-26T00:15:00+01:00".to_owned(),
        sets: 3,
        done: Vec::new(),
    };
    let mut window = Window::on(at(|v| v.keeping.offer = Some(offer)));
    assert!(window.has("Unfinished session, 26 Nov (3 sets)"));
    window.click("Continue session");
    window.click("End session");
    assert_eq!(window.taken(), [Command::ResumeSession, Command::CloseSession]);
}

#[test]
fn a_command_that_is_not_taken_is_sent_again_until_it_is_once() {
    let mut window = Window::on(session(CoachStage::Set));
    *window.fake.refusals.lock().unwrap() = 3;
    window.click("Pause");
    for _ in 0..5 {
        window.step();
    }
    assert_eq!(window.taken(), [Command::Coach(Order::PauseOrGoOn)]);
}

#[test]
fn the_mirror_is_on_for_cameras_off_for_recordings_and_obeys_its_switch() {
    let mut window = Window::on(home());
    assert!(window.harness.state().is_mirrored());
    window.show(at(|v| v.is_recording = true));
    assert!(!window.harness.state().is_mirrored());
    window.show(home());
    window.click("Mirror picture");
    assert!(!window.harness.state().is_mirrored());
}

#[test]
fn a_picture_is_uploaded_once_and_home_asks_for_no_repaint() {
    let mut window = Window::on(home());
    window.harness.run();
    let before = window.harness.state().uploads();
    window.harness.run();
    assert_eq!(window.harness.state().uploads(), before);
    let delay = window.harness.output().viewport_output.get(&ViewportId::ROOT).unwrap().repaint_delay;
    assert_eq!(delay, Duration::MAX, "home rests");
    window.show(at(|v| v.frame = Some(picture(101))));
    assert_eq!(window.harness.state().uploads(), before + 1);
}

/// Sizes that screens have, pixels: small, usual, 16:10 and 16:9, up to 4K.
const SCREENS: [(f32, f32); 6] =
    [(1024.0, 640.0), (1280.0, 800.0), (1366.0, 768.0), (1920.0, 1080.0), (1920.0, 1200.0), (3840.0, 2160.0)];

#[test]
fn what_must_be_read_from_the_mat_is_large_enough_for_eyes_without_glasses() {
    let exercises = formcheck::exercise::catalogue::load_all().unwrap();
    let cues: Vec<String> = exercises.iter().flat_map(|e| e.faults.iter().map(|f| f.cue.clone())).collect();
    let titles: Vec<String> = exercises.iter().map(|e| e.title.clone()).collect();
    let mut wrong = Vec::new();
    for (width, height) in SCREENS {
        let size = Vec2::new(width, height);
        let mut check = |view: LiveView, wanted: &[(&str, f64)]| {
            let window = Window::sized(view, size);
            for (text, least) in wanted {
                match window.arcmin(text) {
                    Some(found) if found >= *least => (),
                    found => wrong.push(format!("{width}x{height}: {text:?} is {found:.1?}, not {least}")),
                }
            }
        };
        let buttons = |labels: &[&'static str]| labels.iter().map(|label| (*label, 16.0)).collect::<Vec<_>>();
        let mut set = buttons(&["Pause", "It hurts", "End set"]);
        set.extend([("4", 90.0), ("Left, of 10", 30.0)]);
        check(session(CoachStage::Set), &set);
        check(session_with(CoachStage::Set, |v, _| v.totals.left = 10), &[("10", 90.0)]);
        check(held(3.0), &[("3", 90.0), ("Hold, left", 30.0)]);
        for text in &cues {
            check(cue(text, false), &[(text, 30.0)]);
        }
        let rest = buttons(&["Go now", "+30 s", "Skip", "It hurts"]);
        check(session(CoachStage::Rest(Some(28.0))), &[rest.as_slice(), &[("28", 90.0)]].concat());
        for title in &titles {
            let next = format!("Next: {title}");
            let view = session_with(CoachStage::Rest(Some(28.0)), |_, coach| coach.exercise.title.clone_from(title));
            check(view, &[(&next, 30.0)]);
        }
        check(session(CoachStage::Ready(3)), &[("3", 90.0)]);
        for text in ["Now one short one, as far as is comfortable, without holding", "Stay still at the start position"]
        {
            let view = at(|v| (v.status, v.calibration) = (LiveStatus::Calibrating, Some(text.to_owned())));
            check(view, &[(text, 25.0)]);
        }
        let asked = session_with(CoachStage::Set, |_, coach| coach.offer = Some("Shoulder blade squeeze".to_owned()));
        check(asked, &[("Shoulder blade squeeze?", 30.0)]);
        let others = session_with(CoachStage::Set, |_, coach| coach.tells_of_others = true);
        check(others, &[("I follow the one in front", 30.0)]);
        check(session(CoachStage::Rest(None)), &[("Noted. Rest. Go on only if you want to.", 25.0)]);
        for why in [Wait::Left, Wait::GotUp, Wait::Hand, Wait::Key, Wait::NoPicture, Wait::Black, Wait::Still] {
            let view = session(CoachStage::Paused(why, 100.0));
            let text = match why {
                Wait::Left => "Out of the picture, I wait",
                Wait::GotUp => "Up from the floor, I wait",
                Wait::Hand => "Paused. Raise a hand",
                Wait::Key => "Paused",
                Wait::NoPicture => "Picture is gone, I wait",
                Wait::Black => "Picture is black, I wait",
                Wait::Still => "Picture stands still, I wait",
            };
            check(view, &[(text, 30.0), ("Go on", 16.0), ("It hurts", 16.0), ("End set", 16.0)]);
        }
        for text in ["Come into the picture", "Right side to the camera", "Go on hands and knees"] {
            let view =
                session_with(CoachStage::SetUp, |v, _| (v.advice, v.phase) = (Some(text.to_owned()), Phase::Setup));
            check(view, &[(text, 30.0)]);
        }
    }
    assert!(wrong.is_empty(), "{} of them:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn controls_stay_inside_the_window_and_apart() {
    let offer = OpenSession { id: "x".to_owned(), started_at: String::new(), sets: 2, done: Vec::new() };
    let mut wrong = Vec::new();
    let cases: [(LiveView, &[&str]); 3] = [
        (
            at(|v| v.keeping.offer = Some(offer)),
            &["Continue session", "End session", "Start", "Mirror picture", "Camera"],
        ),
        (session(CoachStage::Set), &["Pause", "It hurts", "Mute", "End set"]),
        (session(CoachStage::Rest(Some(9.0))), &["Go now", "+30 s", "Skip", "It hurts", "Mute"]),
    ];
    for (view, labels) in cases {
        for (width, height) in [(640.0, 420.0), (1024.0, 640.0), (1280.0, 800.0), (600.0, 900.0)] {
            let window = Window::sized(view.clone(), Vec2::new(width, height));
            let screen = window.harness.ctx.content_rect();
            let rects: Vec<_> = labels.iter().map(|label| window.harness.get_by_label(label).rect()).collect();
            for (i, rect) in rects.iter().enumerate() {
                let is_apart = rects[..i].iter().all(|other| !other.shrink(1.0).intersects(rect.shrink(1.0)));
                if !is_apart || !screen.contains_rect(*rect) {
                    wrong.push(format!("{width}x{height}: {} {rect:?}", labels[i]));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn tab_goes_through_the_buttons_in_the_order_of_the_eye() {
    for (stage, labels) in [
        (CoachStage::Set, vec!["Pause", "It hurts", "Mute", "End set"]),
        (
            CoachStage::Rest(Some(9.0)),
            vec!["One less: Cobra", "One more: Cobra", "Go now", "+30 s", "Skip", "It hurts", "Mute"],
        ),
    ] {
        let mut window = Window::on(session(stage));
        let mut order = Vec::new();
        for _ in &labels {
            window.press(Key::Tab);
            let is_focused = |label: &&&str| window.harness.get_by_label(label).accesskit_node().is_focused();
            order.push(labels.iter().find(is_focused).copied().unwrap_or("nothing of these"));
        }
        assert_eq!(order, labels);
    }
}

#[test]
fn an_exercise_that_goes_by_time_shows_its_seconds() {
    let view = session_with(CoachStage::Set, |v, coach| {
        coach.exercise = card("foam_roll");
        v.exercise = coach.exercise.clone();
        v.side = None;
        v.hold = Some(HoldProgress { elapsed_s: 19.2, target_s: 120.0 });
    });
    assert_eq!(view.exercise.mode, Mode::Duration);
    let window = Window::on(view);
    assert_eq!(window.missing(&["Active 19.2 of 120 s", "Foam roll"]), [""; 0]);
    assert!(window.arcmin("19").is_some_and(|found| found >= 90.0));
}

#[test]
fn settings_are_kept_as_they_are_chosen_and_trouble_with_it_is_told() {
    let mut window = Window::on(home());
    window.click("Settings");
    window.click("One raised hand pauses");
    window.harness.get_by_label("Colours").click();
    window.step();
    window.click("Light");
    window.click("Close");
    let kept = window.fake.kept.lock().unwrap().last().cloned().unwrap();
    assert_eq!((kept.gesture, kept.theme), (false, Theme::Light));
    let used = window.fake.taken.lock().unwrap().last().cloned();
    assert_eq!(used, Some(Command::Use(Box::new(kept))), "and used at once");
    window.click("Mirror picture");
    window.click("Mute");
    let kept = window.fake.kept.lock().unwrap().last().cloned().unwrap();
    assert_eq!((kept.mirror, kept.muted, kept.theme), (Some(false), true, Theme::Light));
    window.click("Short upper back");
    assert_eq!(window.fake.kept.lock().unwrap().last().unwrap().routine, "short");

    *window.fake.keeps.lock().unwrap() = false;
    window.click("Mirror picture");
    assert!(window.has("These choices could not be kept: the disk is full"));
}

#[test]
fn a_screen_reader_says_what_the_voice_does_not() {
    let is_live =
        |window: &Window, label: &str| window.harness.get_by_label(label).accesskit_node().live() == Live::Polite;
    let muted = |is_muted| {
        let mut view = session(CoachStage::Set);
        let device = Some("Speakers".to_owned());
        view.sound = SoundState { device, clips: 400, has_espeak: true, is_muted, trouble: None };
        view
    };
    let mut window = Window::on(muted(false));
    let count = window.texts().into_iter().map(|(text, _)| text).find(|text| text.parse::<u32>().is_ok()).unwrap();
    let label = format!("Count {count} of 10");
    assert!(!is_live(&window, &label), "the voice counts");
    window.show(muted(true));
    assert!(is_live(&window, &label));
    let mut rest = muted(true);
    rest.coach = session(CoachStage::Rest(Some(12.0))).coach;
    window.show(rest);
    assert!(!is_live(&window, "12 seconds left"), "not every second");
}

#[test]
fn home_rests_when_nobody_touches_it_and_says_so() {
    let rests = "The picture rests: move the mouse";
    let mut window = Window::on(home());
    let wait = |window: &mut Window, seconds: f64| {
        let time = window.harness.ctx.input(|input| input.time) + seconds;
        window.harness.input_mut().time = Some(time);
        window.step();
    };
    wait(&mut window, 50.0);
    assert!(!window.has(rests) && *window.fake.shows_pictures.lock().unwrap());
    wait(&mut window, 20.0);
    assert!(window.has(rests) && !*window.fake.shows_pictures.lock().unwrap());
    let delay = window.harness.output().viewport_output.get(&ViewportId::ROOT).unwrap().repaint_delay;
    assert_eq!(delay, Duration::MAX, "nothing is drawn any more");
    window.press(Key::Tab);
    assert!(!window.has(rests) && *window.fake.shows_pictures.lock().unwrap());
    window.show(session(CoachStage::Set));
    wait(&mut window, 100.0);
    assert!(*window.fake.shows_pictures.lock().unwrap(), "a session is always drawn");
}
