//! Learning an exercise file from a recording: exact numbers on synthetic persons, the texts of refusals, and a pair of clips.

use crate::common::sets::follow;
use crate::common::skeleton::{Act, Camera, Script, bird_dog, prone, standing};
use formcheck::base::skeleton::Side;
use formcheck::counting::learn::{self, Proposal, Request};
use formcheck::counting::record::Rep;
use formcheck::exercise::plan::SetPlan;
use formcheck::exercise::{ExerciseDef, Mode, Pattern};
use formcheck::vision::pose::PoseEstimate;
use formcheck::vision::source::trace::{TraceHeader, TraceWriter};
use std::path::Path;
use std::process::{Command, Output};
use std::sync::Arc;

const FPS: f64 = 15.0;

fn reps(count: usize, act: impl Fn(usize) -> Act, way_s: f64, hold_s: f64) -> Script {
    (0..count).fold(Script::resting(2.0), |script, i| script.rep(act(i), 1.0, way_s, hold_s, 1.5))
}

/// Both straight arms are raised from 20 to 140 degrees against the upright, as far as the script says; against the line
/// from hip to shoulder that is 8 degrees more, because shoulders are wider than hips.
fn arm_raises(camera: &Camera, script: &Script) -> Vec<PoseEstimate> {
    camera.film(FPS, script.length_s(), |t| standing(20.0 + 120.0 * script.at(t).0, false))
}

fn request(reps: u32) -> Request {
    Request { reps, name: "Arm raise".to_owned(), id: "arm_raise".to_owned() }
}

fn propose(film: &[PoseEstimate], reps: u32) -> Proposal {
    learn::propose(film, &request(reps)).unwrap_or_else(|e| panic!("{e}"))
}

fn analysed(def: &Arc<ExerciseDef>, film: &[PoseEstimate]) -> Vec<Rep> {
    follow(SetPlan::of(Arc::clone(def)), film).1.reps
}

fn channels(def: &ExerciseDef) -> Vec<&str> {
    def.count.channels.iter().map(|c| def.signals[c.signal].name.as_str()).collect()
}

#[test]
fn the_file_has_the_numbers_of_the_recording() {
    let film = arm_raises(&Camera::at(0.0), &reps(4, |_| Act::Both, 1.0, 0.5));
    let proposal = propose(&film, 4);
    let def = &proposal.def;
    let found =
        (channels(def), def.mode, def.count.pattern, def.count.min_range, def.count.baseline_max, def.max_off_deg);
    let wanted = (vec!["upper_arm_mean"], Mode::Reps, Pattern::Rise, 48.0, Some(82.0), 45.0);
    assert_eq!(found, wanted, "{}", proposal.text);
    let source = "source = \"learned from 4 repetitions of a recording: rest 28, peaks 148 degrees; minimum range and shares: proposal\"";
    assert!(proposal.text.contains(source), "{}", proposal.text);
    let findings: Vec<String> = proposal.findings.iter().map(|(label, text)| format!("{label}: {text}")).collect();
    let signal = "signal: angle of the left and right upper arm with the trunk, mean (upper_arm_mean): rest 28, peaks 148 degrees";
    assert_eq!(findings[0], signal);
    assert_eq!(
        findings[2..],
        ["start: standing, seen from the front", "counted: 4 of 4 on the recording, not counted 0"]
    );
}

#[test]
fn it_counts_another_person_and_no_half_repetitions() {
    let def = propose(&arm_raises(&Camera::at(0.0), &reps(4, |_| Act::Both, 1.0, 0.5)), 4).def;
    let script = Script::resting(1.5)
        .rep(Act::Both, 0.9, 1.6, 0.2, 0.8)
        .rep(Act::Both, 0.45, 0.8, 0.2, 0.8)
        .rep(Act::Both, 0.85, 0.7, 0.0, 1.0)
        .rep(Act::Both, 0.95, 1.0, 0.0, 0.8);
    let another = Camera { px_per_m: 140.0, ..Camera::at(25.0) };
    let counted: Vec<bool> = analysed(&def, &arm_raises(&another, &script)).iter().map(|r| r.counted).collect();
    assert_eq!(counted, [true, false, true, true]);
}

#[test]
fn tops_that_are_held_become_holds() {
    let script = reps(3, |_| Act::Both, 1.2, 4.0);
    let film = Camera::at(90.0).film(FPS, script.length_s(), |t| prone(3.0 + 37.0 * script.at(t).0));
    let proposal = propose(&film, 3);
    let def = &proposal.def;
    let posture = "posture = \"prone\"";
    assert!(proposal.text.contains(posture), "{}", proposal.text);
    // From 65 % of the way up to 40 % of the way down: 0.47 s, 4 s and 0.68 s; half of that is the target.
    assert_eq!((def.mode, def.target.hold_s), (Mode::Hold, 2.6), "{}", proposal.text);
}

#[test]
fn left_and_right_in_turn_become_sides() {
    let side = |i: usize| if i.is_multiple_of(2) { Side::Left } else { Side::Right };
    let script = reps(4, |i| Act::Diagonal(side(i)), 1.2, 0.5);
    let film = Camera::at(90.0).film(FPS, script.length_s(), |t| {
        let (share, act) = script.at(t);
        bird_dog(share, act)
    });
    let def = propose(&film, 4).def;
    let sides: Vec<_> = def.count.channels.iter().map(|c| c.side).collect();
    assert_eq!(sides, [Some(Side::Left), Some(Side::Right)], "{:?}", channels(&def));
    assert_eq!(analysed(&def, &film).len(), 4);
}

#[test]
fn a_movement_to_both_sides_of_neutral_is_one_repetition() {
    let cycle =
        |s: Script| s.to(Act::Both, 1.0, 1.0).to(Act::Both, -1.0, 2.0).to(Act::Both, 0.0, 1.0).to(Act::Both, 0.0, 1.0);
    let script = (0..3).fold(Script::resting(2.0), |s, _| cycle(s));
    let film = Camera::at(0.0).film(FPS, script.length_s(), |t| standing(70.0 + 45.0 * script.at(t).0, false));
    let proposal = propose(&film, 3);
    assert_eq!(proposal.def.count.pattern, Pattern::BothWays, "{}", proposal.text);
    assert!(proposal.text.contains("to one side 44, to the other 44 degrees from rest"), "{}", proposal.text);
}

#[test]
fn refusals_say_what_was_tried_what_was_found_and_what_to_do() {
    let camera = Camera::at(0.0);
    let script = reps(4, |_| Act::Both, 1.0, 0.5);
    let film = arm_raises(&camera, &script);
    let unseen: Vec<PoseEstimate> = film.iter().map(|e| PoseEstimate { pose: None, ..e.clone() }).collect();
    let too_short = film[..20].to_vec();
    let cases = [
        (
            "another number",
            film,
            "could not learn 6 repetitions from the recording: the best signal, angle of the left and right upper arm with \
             the trunk, mean, shows 4 repetitions, not 6; check --reps, or record again with rest before and after each \
             repetition and nothing else",
        ),
        (
            "nothing moves",
            arm_raises(&camera, &Script::resting(8.0)),
            "could not learn 6 repetitions from the recording: no signal moves clearly over its noise at rest; check \
             --reps, or record again with rest before and after each repetition and nothing else",
        ),
        (
            "nobody",
            unseen,
            "could not learn from the recording: a person is seen in 0 of 270 frames; record again with the whole body in \
             the picture",
        ),
        (
            "from behind",
            arm_raises(&Camera::at(180.0), &script),
            "could not learn from the recording: the camera looks at the person's back; record from the front or the side",
        ),
        (
            "too short",
            too_short,
            "could not learn from the recording: no posture is kept for long enough to repeat a movement in it; record only \
             the repetitions, from one place",
        ),
    ];
    let mut wrong = Vec::new();
    for (name, film, says) in cases {
        let said = learn::propose(&film, &request(6)).map_or_else(|e| e.to_string(), |p| p.text);
        if said != says {
            wrong.push(format!("{name}: {said}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_id_is_made_of_the_title() {
    let refusal = "could not make an id from the name \"!?\"; give a name with letters or digits";
    let cases = [("Arm raise", "arm_raise"), ("  Push-up, 2nd ", "push_up_2nd"), ("!?", refusal)];
    let id = |name: &str| learn::id_of(name).unwrap_or_else(|e| e.to_string());
    let wrong: Vec<_> = cases.iter().filter(|(name, want)| id(name) != *want).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

fn formcheck(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_formcheck")).args(args).output().unwrap()
}

fn said(output: &Output) -> (Option<i32>, String, String) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim_end().to_owned();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

#[test]
fn the_command_writes_a_file_once_and_says_what_it_found() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name).display().to_string();
    let (trace, out) = (at("raises.jsonl"), at("arm.toml"));
    let mut writer = TraceWriter::create(Path::new(&trace), &TraceHeader::new("full")).unwrap();
    let film = arm_raises(&Camera::at(0.0), &reps(4, |_| Act::Both, 1.0, 0.5));
    film.iter().for_each(|e| writer.write(e).unwrap());
    writer.finish().unwrap();
    let learn = |reps: &str, name: &str, out: &str, more: &[&str]| {
        let args = ["exercises", "learn", &trace, "--reps", reps, "--name", name, "--out", out];
        said(&formcheck(&[&args[..], more].concat()))
    };
    let title = "Arm \"raise\"";
    let (code, stdout, stderr) = learn("4", title, &out, &[]);
    assert_eq!((code, stderr.as_str()), (Some(0), ""));
    assert!(stdout.starts_with(&format!("{title}  {trace}\n  signal    angle of")), "{stdout}");
    let last = format!("  written   {out}\n  try it    formcheck analyze ANOTHER.mp4 --exercise {out}");
    assert!(stdout.ends_with(&last), "{stdout}");
    assert_eq!(said(&formcheck(&["exercises", "check", &out])).1, "1 file, no mistakes");
    let exists = format!(
        "error: could not write the exercise file: there is one already; give another name, or --force to overwrite it: {out}"
    );
    assert_eq!(learn("4", title, &out, &[]), (Some(1), String::new(), exists));
    assert_eq!(learn("4", "Another", &out, &["--force"]).0, Some(0));
    assert!(std::fs::read_to_string(&out).unwrap().contains("id = \"another\""));
    let other = at("other.toml");
    let (code, stdout, stderr) = learn("5", title, &other, &[]);
    assert_eq!((code, stdout.as_str(), Path::new(&other).exists()), (Some(1), "", false));
    assert!(stderr.contains("shows 4 repetitions, not 5;") && stderr.ends_with(&trace), "{stderr}");
    let ending = format!(
        "error: could not write the exercise file: its name must end in .toml; give another with --out: {}",
        at("arm")
    );
    assert_eq!(learn("4", title, &at("arm"), &[]), (Some(1), String::new(), ending));
}

/// The clips the files are learned from hold clean repetitions; the others another body and tempo, and two half ones among five.
#[test]
fn files_learned_from_one_clip_count_another_one() {
    let clip = |name: &str| format!("{}/tests/fixtures/clips/{name}.mp4", env!("CARGO_MANIFEST_DIR"));
    let dir = tempfile::tempdir().unwrap();
    let mut wrong = Vec::new();
    for (exercise, reps, unit) in [("wall_angels", "6", "repetitions"), ("cobra", "3", "holds")] {
        let out = dir.path().join(format!("{exercise}.toml")).display().to_string();
        let from = clip(&format!("{exercise}_c"));
        let args = ["exercises", "learn", &from, "--reps", reps, "--name", exercise, "--out", &out];
        let (code, learned, stderr) = said(&formcheck(&args));
        assert_eq!(code, Some(0), "{stderr}");
        let (_, other, stderr) = said(&formcheck(&["analyze", &clip(&format!("{exercise}_b")), "--exercise", &out]));
        let is_whole = learned.contains(&format!("  counted   {reps} of {reps} on the recording, not counted 0\n"));
        if !is_whole
            || !other.contains(&format!("  counted   3 of {reps} {unit}"))
            || !other.contains(", not counted 2\n")
        {
            wrong.push(format!("{learned}{other}{stderr}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
