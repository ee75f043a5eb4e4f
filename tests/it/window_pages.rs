//! The window's pages outside a session: the first start, before a routine, a routine of one's own, what was done.
#![cfg(feature = "gui")]

use crate::common::window::{Window, at, home};
use eframe::egui::accesskit::Role;
use eframe::egui::{self, Key, Vec2};
use egui_kittest::kittest::{By, NodeT as _, Queryable as _};
use formcheck::app::runtime::view::{CoachStage, CoachView, Command, Hearing, RoutineChoice};
use formcheck::app::settings::{Letters, Settings};
use formcheck::counting::record::{Rep, RepTotals, Summary};
use formcheck::exercise::ExerciseDef;
use formcheck::exercise::plan::SetPlan;
use formcheck::history::session::{SessionRecord, StoredSet};
use formcheck::history::store::Store;
use std::path::{Path, PathBuf};
use std::sync::Arc;

const SIZE: Vec2 = Vec2::new(1280.0, 800.0);

fn introduced() -> Settings {
    Settings { introduced: true, ..Settings::default() }
}

#[test]
fn the_first_start_tells_what_matters_page_by_page_and_comes_once() {
    let mut window = Window::of(home(), SIZE, Settings::default(), tempfile::tempdir().unwrap());
    let pages = ["What formcheck does", "Before you exercise", "Your camera", "Can you hear it?"];
    for (i, page) in pages.iter().enumerate() {
        assert!(window.has(page), "{page}");
        assert!(!window.has("One exercise"), "home comes after it");
        if i == 2 {
            window.click("Back");
            assert!(window.has(pages[1]));
            window.press(Key::Enter);
        }
        if i == 3 {
            window.click("Test the voice");
            assert_eq!(window.taken(), [Command::TestVoice]);
            window.show(at(|v| v.hearing = Some(Hearing::Asked)));
            assert!(window.has("Raise one hand, on the mat"));
            window.show(at(|v| v.hearing = Some(Hearing::Heard)));
            assert!(window.has("I see your hand"));
            window.click("To the exercises");
        } else {
            window.click("Next");
        }
    }
    assert!(window.has("One exercise"));
    assert!(window.fake.kept.lock().unwrap().last().unwrap().introduced);
    window.click("Settings");
    window.click("The first pages again");
    assert!(window.has(pages[0]));
}

#[test]
fn before_a_routine_pain_is_asked_and_who_lies_face_down_without_a_voice_is_warned() {
    let mut window = Window::on(at(|v| v.sound.is_muted = true));
    window.press(Key::Enter);
    let warning = "Sound is off, and you will not see the screen";
    assert!(!window.has(warning) && window.has("Have water beside you."));
    assert!(window.has("On the floor: Cat and camel, Cobra, Bird dog, Bridge, Foam roll."));
    window.click("Back");
    assert!(window.has("One exercise") && window.taken().is_empty());
    // Silence is not begun with without a word.
    window.press(Key::Enter);
    window.press(Key::Enter);
    assert!(window.has(warning) && window.taken().is_empty());
    window.press(Key::Escape);
    assert!(window.has("One exercise"));
    window.show(home());
    window.press(Key::Enter);
    window.click("7");
    window.press(Key::Escape);
    window.press(Key::Enter);
    window.press(Key::Enter);
    let begun = RoutineChoice { routine: "upper_back".to_owned(), is_gentle: true, ..RoutineChoice::default() };
    assert_eq!(window.taken(), [Command::Begin(begun)], "what was said and taken back is not said");
}

#[test]
fn a_routine_is_changed_kept_beside_the_original_and_given_back() {
    let mut window = Window::on(home());
    window.click("Short upper back");
    window.click("Change this routine");
    window.click("Down: Shoulder blade squeeze");
    window.click("Remove: Seated twist");
    window.click("Save");
    let routine = window.fake.library.routine("short").unwrap();
    let ids: Vec<&str> = routine.steps.iter().map(|step| step.exercise.id.as_str()).collect();
    assert_eq!(ids, ["wall_angels", "shoulder_blade_squeeze", "band_row", "cat_camel", "bird_dog"]);
    assert_eq!(window.fake.library.shelf().own_routines, ["short"]);
    window.click("Change this routine");
    window.click("Save as new");
    assert_eq!(window.fake.library.shelf().own_routines, ["short", "short_upper_back"]);
    let named: Vec<_> = window.harness.query_all_by_label("Short upper back").collect();
    assert_eq!(named.len(), 2, "both are there to pick");
    window.click("Change this routine");
    window.click("Delete");
    window.click("Yes, delete it");
    assert_eq!(window.fake.library.shelf().own_routines.len(), 1);
}

#[test]
fn a_file_of_ones_own_with_a_mistake_is_told_and_costs_nobody_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let own = folder.path().join("routines");
    std::fs::create_dir_all(&own).unwrap();
    std::fs::write(own.join("mine.toml"), "schema = 1\nid = ").unwrap();
    let window = Window::of(home(), SIZE, introduced(), folder);
    assert!(window.harness.query_all_by_label_contains("mine.toml").next().is_some());
    assert!(window.has("Upper back"));
}

/// A session of a person with a set of each of these exercises and so many repetitions.
fn session(id: &str, at: &str, person: &str, sets: &[(&str, u32)]) -> SessionRecord {
    let mut session = SessionRecord::begun(id, person, at);
    session.ended_at = Some(at.to_owned());
    for (i, (exercise, reps)) in sets.iter().enumerate() {
        let plan = SetPlan::of(ExerciseDef::load(exercise).unwrap());
        let origin = formcheck::counting::runner::SetOrigin {
            model: "full".to_owned(),
            source_kind: "camera".to_owned(),
            started_at: at.to_owned(),
        };
        let mut set = StoredSet::begun(&plan, &origin);
        set.index = i as u32 + 1;
        set.finished = true;
        let mut summary = Summary::empty(exercise, "full", "camera");
        summary.repetitions = (1..=*reps).map(rep).collect();
        summary.reps = RepTotals::of(&summary.repetitions);
        summary.tracked_fraction = 1.0;
        set.summary = summary;
        session.sets.push(set);
    }
    session
}

fn rep(index: u32) -> Rep {
    let start_s = f64::from(index) * 4.0;
    Rep {
        id: index,
        index,
        start_s,
        peak_s: start_s + 1.5,
        end_s: start_s + 3.0,
        side: None,
        counted: true,
        reason: None,
        hold_s: None,
        range: 60.0 + f64::from(index),
        range_unit: "deg".to_owned(),
        score: Some(92),
        faults: Vec::new(),
        remarks: Vec::new(),
    }
}

fn filled(folder: &Path) {
    let mut store = Store::open(folder).unwrap().store;
    for (id, at, person, sets) in [
        ("20261120T180000Z-0001", "2026-11-20T19:00:00+01:00", "me", [("wall_angels", 8), ("squat", 10)]),
        ("20261124T180000Z-0002", "2026-11-24T19:00:00+01:00", "me", [("wall_angels", 9), ("squat", 12)]),
        ("20261125T180000Z-0003", "2026-11-25T19:00:00+01:00", "Ann", [("wall_angels", 3), ("squat", 1)]),
    ] {
        store.import(&session(id, at, person, &sets)).unwrap();
    }
}

#[test]
fn what_was_done_is_listed_corrected_noted_compared_and_deleted() {
    let folder = tempfile::tempdir().unwrap();
    filled(folder.path());
    let mut window = Window::of(home(), SIZE, introduced(), folder);
    window.click("What was done");
    let newest = "Tue 24 Nov, 19:00: 21 counted";
    assert_eq!(window.missing(&[newest, "Fri 20 Nov, 19:00: 18 counted", "Wall angels", "9 of 10"]), [""; 0]);
    assert!(
        window.harness.query_all_by_label_contains("Wed 25 Nov, 19:00").next().is_none(),
        "that is somebody else's"
    );
    window.click("One more: Wall angels");
    assert!(window.has("10 of 10, corrected from 9"));
    window.click("One less: Wall angels");
    assert!(window.has("9 of 10"), "as measured again");
    window.harness.get_by_label("Pain after").click();
    window.step();
    window.click("3");
    let store = |window: &Window| Store::open(window.fake.folder.path()).unwrap().store;
    assert_eq!(store(&window).session("20261124T180000Z-0002").unwrap().pain_after, Some(3));
    window.harness.get_by_label("Compare with").click();
    window.step();
    let others: Vec<_> = window.harness.query_all_by_label("Fri 20 Nov, 19:00: 18 counted").collect();
    others.last().unwrap().click();
    drop(others);
    window.step();
    assert!(window.has("then 8 of 10"));
    window.click("Exercise");
    assert!(window.has("Wall angels: 2 sets"));
    window.click("Fri 20 Nov, 19:00: 18 counted");
    window.click("Delete");
    assert!(window.has("Delete this session for good?"));
    window.click("Keep");
    window.click("Delete");
    window.click("Yes, delete it");
    assert!(!window.has("Fri 20 Nov, 19:00: 18 counted") && window.has(newest));
    window.click("Delete everything");
    window.click("Yes, delete everything");
    assert!(window.has("Nothing is kept yet. It begins with your first set."));
    window.click("Back");
    assert!(window.has("One exercise"));
}

#[test]
fn several_people_are_picked_by_one_tap() {
    let folder = tempfile::tempdir().unwrap();
    filled(folder.path());
    let mut window = Window::of(home(), SIZE, introduced(), folder);
    window.click("Ann");
    assert_eq!(window.fake.kept.lock().unwrap().last().unwrap().person, "Ann");
    window.click("What was done");
    assert!(window.has("Wed 25 Nov, 19:00: 4 counted") && !window.has("Tue 24 Nov, 19:00: 21 counted"));
}

/// A file that is let go over the window.
#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|e| e.to_string())
    }
}

#[cfg(feature = "onnx")]
#[test]
fn a_film_that_is_dropped_on_the_window_is_analysed_and_kept() {
    let mut window = Window::on(home());
    let film = Path::new(env!("CARGO_MANIFEST_DIR")).join("demo/wall_angels.mp4");
    window.harness.input_mut().dropped_files.push(Arc::new(Dropped(film)));
    window.step();
    assert!(window.has("wall_angels.mp4") && window.has("Analyse"));
    window.harness.get_by_label("Exercise").click();
    window.step();
    window.click("Wall angels");
    window.click("Analyse");
    assert!(window.has("Stop"), "it can be stopped");
    for _ in 0..600 {
        std::thread::sleep(std::time::Duration::from_millis(100));
        window.step();
        if !window.has("Stop") {
            break;
        }
    }
    assert!(window.has("Wall angels: 5 counted, 0 not counted"));
    window.click("Keep it with the sessions");
    assert!(window.has("It is kept."));
    let store = Store::open(window.fake.folder.path()).unwrap().store;
    assert_eq!(store.list(&formcheck::history::store::Period::default()).unwrap()[0].counted, 5);
    window.click("Back");
    assert!(window.has("One exercise"));
}

/// Three sessions in which the wall angels of the short routine went as they should.
fn three_good_times(folder: &Path) {
    let mut store = Store::open(folder).unwrap().store;
    for day in 20..23 {
        let at = format!("2026-11-{day}T19:00:00+01:00");
        let mut session = session(&format!("202611{day}T180000Z-0001"), &at, "me", &[("wall_angels", 10)]);
        session.sets[0].target_reps = 10;
        store.import(&session).unwrap();
    }
}

#[test]
fn after_three_good_times_a_little_more_is_asked_about_and_the_answer_is_remembered() {
    for (answer, reps) in [("Yes, a little more", 11), ("No, as it is", 10)] {
        let folder = tempfile::tempdir().unwrap();
        three_good_times(folder.path());
        let over = at(|v| v.coach = Some(summary_of("Short upper back")));
        let mut window = Window::of(over.clone(), SIZE, introduced(), folder);
        assert!(window.has("Wall angels went well three times running. If it felt easy: 11 times from now on?"));
        window.click(answer);
        assert!(!window.has(answer), "it is asked once");
        let routine = window.fake.library.routine("short").unwrap();
        assert_eq!(routine.step_of("wall_angels").unwrap().target.reps, reps, "{answer}");
        let refused = window.fake.kept.lock().unwrap().last().map(|kept| kept.refused.contains_key("wall_angels"));
        assert_eq!(refused.unwrap_or(false), reps == 10);
        // What is said of the session is passed on.
        window.click("3");
        let said =
            window.taken().into_iter().find_map(|c| if let Command::Remark(said) = c { Some(said) } else { None });
        assert_eq!(said.and_then(|said| said.pain_after), Some(3));
    }
}

/// A session of a routine that is over.
fn summary_of(title: &str) -> Arc<CoachView> {
    Arc::new(CoachView {
        routine: Some("short".to_owned()),
        title: title.to_owned(),
        step: 6,
        steps: 6,
        set: (1, 1),
        stage: CoachStage::Summary,
        exercise: crate::common::window::card("bird_dog"),
        offer: None,
        shown: None,
        at_fault: Vec::new(),
        tells_of_others: false,
        is_rest_paused: false,
        note: None,
        answers_by_hand: true,
        closing: None,
        hand: 0.0,
        left_s: 0.0,
        outcomes: Vec::new(),
    })
}

#[test]
fn days_that_were_chosen_are_told_at_the_start_and_larger_letters_fit() {
    let mut window = Window::on(home());
    assert!(!window.has("Today at 18:00"));
    window.click("Settings");
    for day in ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] {
        window.click(day);
    }
    assert!(window.has("Write them for my calendar"));
    window.harness.get_by_label("Letters of the pages").click();
    window.step();
    window.click("Very large");
    window.click("Close");
    assert!(window.has("Today at 18:00"), "every day is chosen");
    let kept = window.fake.kept.lock().unwrap().last().cloned().unwrap();
    assert_eq!((kept.days.len(), kept.letters), (7, Letters::Largest));
    let heading = window.harness.get_by_label("One exercise").rect().height();
    assert!(heading >= 40.0, "{heading}");
    window.click("Settings");
    for day in ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] {
        window.click(day);
    }
    assert!(!window.has("Write them for my calendar"));
}

/// Every control lies where it can be pressed: inside the window, or in what scrolls inside it and beside nothing.
fn outside(window: &Window) -> Vec<String> {
    let screen = window.harness.ctx.content_rect().expand(1.0);
    let controls = window.harness.query_all(By::new().predicate(|node| {
        let role = node.role();
        matches!(
            role,
            Role::Button | Role::CheckBox | Role::ComboBox | Role::RadioButton | Role::SpinButton | Role::TextInput
        )
    }));
    let is_cut = |rect: &egui::Rect| rect.left() < screen.left() || rect.right() > screen.right();
    controls
        .filter(|node| is_cut(&node.rect()))
        .map(|node| format!("{:?} {:?}", node.accesskit_node().label(), node.rect()))
        .collect()
}

#[test]
fn no_control_of_any_page_is_cut_off_at_the_side() {
    let mut wrong = Vec::new();
    for size in [Vec2::new(1024.0, 640.0), Vec2::new(1280.0, 800.0), Vec2::new(1920.0, 1080.0)] {
        for letters in [Letters::Usual, Letters::Largest] {
            let folder = tempfile::tempdir().unwrap();
            filled(folder.path());
            let settings = Settings { letters, ..introduced() };
            let mut window = Window::of(home(), size, settings, folder);
            let mut look = |window: &Window, page: &str| {
                let found = outside(window);
                wrong.extend(found.iter().map(|what| format!("{page}, {letters:?}, {size:?}: {what}")));
            };
            look(&window, "home");
            for page in ["Settings", "What was done", "Change this routine"] {
                window.click(page);
                look(&window, page);
                window.press(Key::Escape);
            }
            window.press(Key::Enter);
            look(&window, "before");
            window.show(at(|v| v.sound.is_muted = true));
            window.press(Key::Enter);
            look(&window, "unheard");
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_name_is_taken_when_it_is_finished() {
    let mut window = Window::on(home());
    window.click("Settings");
    window.harness.get_by_label("Person").click();
    window.step();
    window.harness.get_by_label("Person").type_text("B");
    window.step();
    assert!(window.fake.kept.lock().unwrap().is_empty(), "not letter by letter");
    window.press(Key::Enter);
    let kept = window.fake.kept.lock().unwrap().last().cloned();
    assert_eq!(kept.map(|settings| settings.person).as_deref(), Some("meB"));
}
