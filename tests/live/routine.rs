//! A routine of all ten exercises in the real window, by voice alone: nobody touches a key after the start.

use crate::film::{Scene, fixture};
use crate::heard::Cue;
use crate::screen::SIZE;
use crate::sound_server::find;
use crate::stage::Stage;
use formcheck::app::runtime::feed::Feed;
use formcheck::base::language::Language;
use formcheck::coach::programme::{PlannedSet, Programme};
use formcheck::counting::record::{EndedBy, Rep, RepSide, Summary};
use formcheck::counting::runner::SetRunner;
use formcheck::exercise::Mode;
use formcheck::exercise::routine::catalogue;
use formcheck::history::store::{Period, Store};
use formcheck::sound::clips::Clips;
use formcheck::sound::pcm::{Pcm, RATE_HZ};
use formcheck::vision::estimator::PoseEstimator;
use formcheck::vision::infer::manifest::ModelChoice;
use formcheck::vision::input::{DEFAULT_IMAGE_FPS, Input};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

const ROUTINE: &str = "tests/fixtures/routine/routine.toml";
/// The whole of it takes four minutes; whoever waits for longer waits for nothing.
const PATIENCE_S: f64 = 480.0;
/// A word is heard so long after the event at most, seconds.
const LATEST_S: f64 = 0.15;

fn programme() -> Programme {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(ROUTINE);
    Programme::of_routine(&catalogue::load(&path.display().to_string()).unwrap(), &[]).unwrap()
}

/// What an analysis of its film finds in a set.
fn analysed(set: &PlannedSet) -> Summary {
    let film = fixture(&set.exercise().id);
    let mut feed = Feed::new(Input::open(&film, DEFAULT_IMAGE_FPS).unwrap());
    let mut estimator = PoseEstimator::default();
    estimator.open(ModelChoice::Full).unwrap();
    estimator.sample(set.exercise().chords());
    let mut runner = SetRunner::new(set.plan.as_ref().clone());
    while let Some(seen) = feed.next_seen(&mut estimator).unwrap() {
        runner.step(&seen.pose);
    }
    runner.finish().1.summary
}

/// Pictures of the screens are left here, to be looked at.
fn pictures() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("routine");
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// Plays each film when its exercise is announced, until all is done.
fn go_through(stage: &mut Stage, programme: &Programme) -> BTreeSet<String> {
    let titles: Vec<(&str, &str)> =
        programme.sets.iter().map(|set| (set.exercise().title.as_str(), set.exercise().id.as_str())).collect();
    let (mut pictured, mut played) = (BTreeSet::new(), BTreeSet::new());
    let mut waited_s = 0.0;
    loop {
        let news = stage.news();
        waited_s += 0.1;
        assert!(waited_s < PATIENCE_S, "it does not come to its end: {:#?}", stage.spoken());
        for cue in news {
            let announced = cue.announced().and_then(|title| titles.iter().find(|(known, _)| *known == title));
            let screen = match announced {
                Some((_, id)) if played.insert(*id) => {
                    stage.film.play(id);
                    "set-up"
                }
                _ if cue.is_spoken() && cue.text.contains("Rest.") => "rest",
                _ if cue.text == "HoldBegins" => "hold",
                _ if cue.is_spoken() && cue.text.starts_with("Two.") => "count",
                _ if cue.is_spoken() && cue.text.contains("That was all.") => "summary",
                _ => continue,
            };
            if pictured.insert(screen.to_owned()) {
                std::thread::sleep(Duration::from_millis(1500));
                stage.screen.picture(&pictures().join(format!("{screen}.png")));
            }
            if screen == "summary" {
                return pictured;
            }
        }
    }
}

/// What counts and what does not, up to the repetition that reaches the target.
fn course(reps: &[Rep], target: usize) -> Vec<(bool, Option<RepSide>)> {
    let mut counted = 0;
    let until = reps.iter().position(|rep| {
        counted += usize::from(rep.counted);
        counted == target
    });
    let end = until.map_or(reps.len(), |last| last + 1);
    reps[..end].iter().map(|rep| (rep.counted, rep.side)).collect()
}

#[test]
fn ten_exercises_are_carried_through_without_a_key_counted_as_analysed_heard_and_kept() {
    let programme = programme();
    let analyses: Vec<Summary> = programme.sets.iter().map(analysed).collect();
    let scenes: Vec<(&str, Scene)> = programme
        .sets
        .iter()
        .map(|set| {
            let id: &'static str = set.exercise().id.clone().leak();
            (id, Scene::Exercise(id))
        })
        .collect();
    let routine = Path::new(env!("CARGO_MANIFEST_DIR")).join(ROUTINE);
    let (mut stage, recorder) = Stage::recorded(&routine, &scenes);
    let pictured = go_through(&mut stage, &programme);
    // The last sentence is to be heard to its end.
    std::thread::sleep(Duration::from_secs(4));
    stage.news();
    let heard = recorder.end();

    let mut wrong = Vec::new();
    wrong.extend(announcements(&stage, &programme));
    wrong.extend(kept(&stage.folder.path().join("data"), &programme, &analyses));
    wrong.extend(sound(&heard, &stage.cues));
    wrong.extend(screens(&pictured));
    assert!(wrong.is_empty(), "{wrong:#?}\n{:#?}", stage.cues);
}

/// Steps of the film for the README: what two minutes have room for.
const FILMED: [&str; 4] = ["wall_angels", "seated_twist", "band_row", "cobra"];

/// Screen and sound of a short session, as somebody would see and hear it.
#[test]
#[ignore = "makes docs/coach.mp4, for `make coach-film`"]
fn a_film_of_the_coach() {
    let whole = Path::new(env!("CARGO_MANIFEST_DIR")).join(ROUTINE);
    let mut routine = catalogue::load(&whole.display().to_string()).unwrap();
    routine.steps.retain(|step| FILMED.contains(&step.exercise.id.as_str()));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("routine.toml");
    std::fs::write(&path, routine.to_toml("the film of the coach")).unwrap();
    let programme = Programme::of_routine(&routine, &[]).unwrap();
    let scenes: Vec<(&str, Scene)> = FILMED.iter().map(|id| (*id, Scene::Exercise(id))).collect();
    let (mut stage, recorder) = Stage::recorded(&path, &scenes);
    let out = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/coach.mp4");
    let mut camera = Command::new("ffmpeg")
        .args(["-y", "-v", "error", "-f", "x11grab", "-draw_mouse", "0", "-framerate", "12", "-video_size", "1280x800"])
        .args(["-i", stage.screen.display(), "-f", "pulse", "-i", "t.monitor"])
        .args(["-vf", "scale=960:-2", "-c:v", "libx264", "-preset", "slow", "-crf", "30", "-pix_fmt", "yuv420p"])
        .args(["-c:a", "aac", "-b:a", "64k", "-movflags", "+faststart"])
        .arg(&out)
        .env("PULSE_SERVER", stage.server.address())
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    go_through(&mut stage, &programme);
    std::thread::sleep(Duration::from_secs(14));
    drop(recorder.end());
    // "q" ends it in order; a film that is cut off cannot be played.
    std::io::Write::write_all(camera.stdin.as_mut().unwrap(), b"q").unwrap();
    assert!(camera.wait().unwrap().success());
    let size = std::fs::metadata(&out).unwrap().len();
    assert!((200_000..8_000_000).contains(&size), "{size} bytes");
}

/// Each exercise is announced, in order; each count is said once, in order.
fn announcements(stage: &Stage, programme: &Programme) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut announced: Vec<&str> = stage.cues.iter().filter_map(Cue::announced).collect();
    announced.dedup();
    let wanted: Vec<&str> = programme.sets.iter().map(|set| set.exercise().title.as_str()).collect();
    if announced != wanted {
        wrong.push(format!("announced {announced:?}, not {wanted:?}"));
    }
    // One person is one person, also upside down and on the floor.
    if stage.spoken().iter().any(|cue| cue.text.contains("in front")) {
        wrong.push("somebody else was seen".to_owned());
    }
    let rests = stage.spoken().iter().filter(|cue| cue.text.contains("Rest.")).count();
    if rests != programme.sets.len() - 1 {
        wrong.push(format!("{rests} rests were said"));
    }
    wrong
}

/// The one session, its sets and their repetitions, against the analyses of the films.
fn kept(data: &Path, programme: &Programme, analyses: &[Summary]) -> Vec<String> {
    let store = Store::open(data).unwrap().store;
    let sessions = store.list(&Period::default()).unwrap();
    let [line] = sessions.as_slice() else { return vec![format!("{} sessions are kept", sessions.len())] };
    let session = store.session(&line.id).unwrap();
    let mut wrong = Vec::new();
    if session.ended_at.is_none() || session.sets.len() != programme.sets.len() {
        wrong.push(format!("ended {:?}, {} sets", session.ended_at, session.sets.len()));
    }
    for ((set, planned), analysed) in session.sets.iter().zip(&programme.sets).zip(analyses) {
        let (live, target) = (&set.summary, planned.target_total() as usize);
        let title = &planned.exercise().title;
        if live.ended_by != Some(EndedBy::Target) {
            wrong.push(format!("{title} ended by {:?}", live.ended_by));
        }
        if planned.exercise().mode == Mode::Duration {
            let target_s = planned.exercise().target.hold_s;
            if !(target_s - 0.1..target_s + 1.5).contains(&live.active_s) || analysed.active_s < target_s {
                wrong.push(format!("{title}: {:.1} s live, {:.1} s analysed", live.active_s, analysed.active_s));
            }
            continue;
        }
        let (now, then) = (course(&live.repetitions, target), course(&analysed.repetitions, target));
        if now != then {
            wrong.push(format!("{title}: {now:?} live, {then:?} analysed"));
        }
        if analysed.reps.total as usize != target {
            wrong.push(format!("{title}: the film has {} of {target}", analysed.reps.total));
        }
    }
    wrong
}

/// Every count and correction that was said is in the recording, when it was said, whole and neither too loud nor too soft.
fn sound(heard: &Pcm, cues: &[Cue]) -> Vec<String> {
    let mut clips = Clips::of(Language::English).unwrap();
    let mut clip = |text: &str| clips.get(text).unwrap();
    let part = |from_s: f64, to_s: f64| {
        let at = |s: f64| ((s.max(0.0) * f64::from(RATE_HZ)) as usize).min(heard.samples.len());
        (from_s.max(0.0), Pcm { rate_hz: RATE_HZ, samples: heard.samples[at(from_s)..at(to_s)].to_vec() })
    };
    // The recording began before the program: by how much, the first words tell.
    let first = cues.iter().find(|cue| cue.is_spoken()).unwrap();
    let (from_s, opening) = part(0.0, 20.0);
    let (found_s, alike) = find(&opening, &clip("First:").unwrap(), 0.0, 20.0);
    let offset_s = from_s + found_s - first.at_s;
    if alike < 0.9 {
        return vec![format!("the first words are not in the recording: {alike:.2}")];
    }
    let mut wrong = Vec::new();
    let mut late_ms = Vec::new();
    for cue in cues.iter().filter(|cue| cue.is_spoken()) {
        // Of a sentence of several parts the first one is looked for.
        let first = cue.text.split_inclusive('.').next().unwrap_or_default();
        let Some(wanted) = clip(first) else { continue };
        let (from_s, around) = part(cue.at_s + offset_s - 0.3, cue.at_s + offset_s + 2.5);
        let (found_s, alike) = find(&around, &wanted, 0.0, 0.9);
        let late_s = from_s + found_s - offset_s - cue.at_s;
        late_ms.push(late_s * 1e3);
        if alike < 0.85 || late_s.abs() > LATEST_S {
            wrong.push(format!("{first} at {:.1} s: {:.0} ms late, alike {alike:.2}", cue.at_s, late_s * 1e3));
        }
    }
    let (earliest_ms, latest_ms) =
        late_ms.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), ms| (a.min(*ms), b.max(*ms)));
    println!("{} words heard {earliest_ms:.0} to {latest_ms:.0} ms after the cue log's time", late_ms.len());
    if late_ms.len() < 40 {
        wrong.push(format!("only {} words to look for", late_ms.len()));
    }
    let peak = heard.samples.iter().fold(0.0_f32, |peak, sample| peak.max(sample.abs()));
    if !(0.2..0.99).contains(&peak) {
        wrong.push(format!("the loudest sample is {peak:.2}"));
    }
    wrong
}

/// A picture of each screen was taken, and each shows something.
fn screens(pictured: &BTreeSet<String>) -> Vec<String> {
    let mut wrong = Vec::new();
    for name in ["set-up", "count", "hold", "rest", "summary"] {
        let path = pictures().join(format!("{name}.png"));
        let Some(picture) = pictured.contains(name).then(|| image::open(&path).unwrap().to_rgb8()) else {
            wrong.push(format!("no picture of {name}"));
            continue;
        };
        let colours: BTreeSet<[u8; 3]> = picture.pixels().map(|pixel| pixel.0).collect();
        if picture.dimensions() != SIZE || colours.len() < 200 {
            wrong.push(format!("{name}: {:?} with {} colours", picture.dimensions(), colours.len()));
        }
    }
    wrong
}
