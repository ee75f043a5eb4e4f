//! The live program keeps what it counts: set by set, repetition by repetition, and offers what was left open.
#![cfg(feature = "onnx")]

use formcheck::app::runtime::live::{LiveInput, LiveOptions, LiveProgram};
use formcheck::app::runtime::view::{Command as Ask, LiveControl as _, LiveStatus, LiveView, Refusal};
use formcheck::app::settings::Settings;
use formcheck::exercise::ExerciseDef;
use formcheck::history::session::SessionRecord;
use formcheck::history::store::Store;
use formcheck::vision::infer::manifest::ModelChoice;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

/// The beginning of the demo clip: two wall angels.
fn film(folder: &Path) -> PathBuf {
    let film = folder.join("film.mp4");
    let clip = Path::new(env!("CARGO_MANIFEST_DIR")).join("demo/wall_angels.mp4");
    let cut = Command::new("ffmpeg").args(["-v", "error", "-t", "11", "-i"]).arg(&clip).arg(&film).status().unwrap();
    assert!(cut.success());
    film
}

fn program(film: &Path, keep_in: Option<&Path>) -> LiveProgram {
    let options = LiveOptions {
        input: LiveInput::Recording(film.to_owned()),
        exercise: Arc::new(ExerciseDef::load("wall_angels").unwrap()),
        model: Some(ModelChoice::Full),
        keep_in: keep_in.map(Path::to_owned),
        settings: Settings::default(),
        is_silent: true,
        cue_log: None,
        begin: None,
    };
    LiveProgram::start(options).unwrap()
}

/// Waits until the view is as wanted; the view then.
fn wait(program: &LiveProgram, wanted: impl Fn(&LiveView) -> bool) -> Arc<LiveView> {
    for _ in 0..600 {
        let view = program.view();
        if wanted(&view) {
            return view;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    panic!("never as wanted: {:?}", program.view().status);
}

#[test]
fn a_set_is_kept_as_it_happens_and_an_open_session_is_gone_on_in_or_closed() {
    let home = tempfile::tempdir().unwrap();
    let (film, data) = (film(home.path()), home.path().join("data"));
    // Two sessions that were left open, as a killed program leaves them.
    let mut store = Store::open(&data).unwrap().store;
    for id in ["20261101T080000Z-00000", "20261102T080000Z-00000"] {
        store.import(&SessionRecord::begun(id, "me", "2026-11-02T09:00:00+01:00")).unwrap();
    }
    drop(store);

    let live = program(&film, Some(&data));
    // A recording starts its set at once, so the offer stands while it loads or comes after the set.
    let during = wait(&live, |v| v.status == LiveStatus::Running && !v.reps.is_empty());
    assert!(during.keeping.is_on && during.keeping.offer.is_none() && during.keeping.trouble.is_none());
    let reps_of = |data: &Path| {
        let store = Store::open(data).unwrap().store;
        let open = store.list(&formcheck::history::store::Period::default()).unwrap();
        open.first()
            .map(|s| store.session(&s.id).unwrap())
            .map_or(0, |s| s.sets.iter().map(|s| s.summary.repetitions.len()).sum())
    };
    assert!(reps_of(&data) >= during.reps.len(), "on the disk before it is shown");
    wait(&live, |v| v.status == LiveStatus::Finished);
    drop(live);

    let store = Store::open(&data).unwrap().store;
    let newest = store.list(&formcheck::history::store::Period::default()).unwrap().remove(0);
    let session = store.session(&newest.id).unwrap();
    assert!(session.ended_at.is_some() && session.sets.len() == 1);
    let set = &session.sets[0];
    assert_eq!((set.finished, set.summary.reps.total, set.key_poses.len()), (true, 2, 1));
    assert_eq!(store.abandoned().unwrap().len(), 2, "nobody has decided about the others");
    drop(store);

    // The next start offers them, the newest first; one is gone on in, the answer to the other is another start's.
    let options = LiveOptions {
        input: LiveInput::Recording(home.path().join("no such film.mp4")),
        exercise: Arc::new(ExerciseDef::load("wall_angels").unwrap()),
        model: Some(ModelChoice::Full),
        keep_in: Some(data.clone()),
        settings: Settings::default(),
        is_silent: true,
        cue_log: None,
        begin: None,
    };
    let live = LiveProgram::start(options).unwrap();
    let view = wait(&live, |v| matches!(v.status, LiveStatus::Failed(_)));
    assert_eq!(view.keeping.offer.as_ref().map(|o| o.id.as_str()), Some("20261102T080000Z-00000"));
    let offer = view.keeping.offer.as_ref().unwrap();
    assert_eq!((offer.started_at.as_str(), offer.sets), ("2026-11-02T09:00:00+01:00", 0));
    assert!(live.send(Ask::CloseSession));
    let view = wait(&live, |v| v.keeping.offer.as_ref().is_some_and(|o| o.id == "20261101T080000Z-00000"));
    assert!(view.keeping.trouble.is_none());
    assert!(live.send(Ask::ResumeSession));
    wait(&live, |v| v.keeping.offer.is_none());
    drop(live);
    assert_eq!(Store::open(&data).unwrap().store.abandoned().unwrap(), ["20261101T080000Z-00000"]);
}

#[test]
fn nothing_is_kept_without_a_folder_and_trouble_does_not_stop_the_count() {
    let home = tempfile::tempdir().unwrap();
    let film = film(home.path());
    let no_folder = home.path().join("a file");
    std::fs::write(&no_folder, "").unwrap();
    let programs = [program(&film, None), program(&film, Some(&no_folder))];
    let views = programs.each_ref().map(|p| wait(p, |v| v.status == LiveStatus::Finished));
    assert_eq!(views.each_ref().map(|v| v.totals.total), [2, 2]);
    assert_eq!((views[0].keeping.is_on, views[0].keeping.trouble.as_deref()), (false, None));
    assert!(views[1].keeping.trouble.as_deref().is_some_and(|t| t.contains("could not open the session store")));
}

/// A window may send Start twice before it sees the first one's view: the running set stays, and the reason is shown.
#[test]
fn a_second_start_is_refused_and_leaves_no_empty_set() {
    let home = tempfile::tempdir().unwrap();
    let (film, data) = (film(home.path()), home.path().join("data"));
    let live = program(&film, Some(&data));
    let before = wait(&live, |v| v.status == LiveStatus::Running && v.totals.total == 1);
    assert!(live.send(Ask::Start) && live.send(Ask::Start));
    let refused = wait(&live, |v| v.refusal.is_some());
    assert_eq!(refused.refusal, Some(Refusal::SetRuns));
    assert_eq!(
        refused.refusal.as_ref().map(ToString::to_string).as_deref(),
        Some("A session is running: end it first")
    );
    assert!(refused.reps.len() >= before.reps.len(), "the running set is not replaced");
    assert!(live.send(Ask::ChooseExercise("cobra".to_owned())), "another exercise ends no set by chance");
    wait(&live, |v| v.refusal == Some(Refusal::SetRuns) && v.exercise.id == "wall_angels");
    let after = wait(&live, |v| v.status == LiveStatus::Finished);
    assert_eq!(after.totals.total, 2);
    drop(live);
    let store = Store::open(&data).unwrap().store;
    let session = store.session(&store.list(&formcheck::history::store::Period::default()).unwrap()[0].id).unwrap();
    assert_eq!(session.sets.iter().map(|s| (s.finished, s.summary.reps.total)).collect::<Vec<_>>(), [(true, 2)]);
}
