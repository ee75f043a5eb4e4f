//! Calibration on a synthetic person: the range that is learned, what cannot be seen, and repetitions on the person's word.

use crate::common::sets::{follow, plan, tracked};
use crate::common::skeleton::{Act, Camera, Script, prone, standing};
use formcheck::base::time::Timestamp;
use formcheck::counting::calibrate::{Calibration, Calibrator, Outcome, Stage};
use formcheck::counting::engine::{Engine, EventKind, Refused};
use formcheck::counting::record::{EndedBy, PauseCause};
use formcheck::counting::runner::{SetCommand, SetRunner};
use formcheck::exercise::ExerciseDef;
use formcheck::motion::track::TrackedPose;
use formcheck::vision::pose::PoseEstimate;
use std::sync::Arc;

fn calibrator(id: &str) -> Option<Calibrator> {
    Calibrator::new(Arc::new(ExerciseDef::load(id).unwrap()))
}

/// Films a cobra whose full lift has so many degrees.
fn cobra(script: &Script, lift_deg: f64) -> Vec<PoseEstimate> {
    Camera::at(90.0).film(15.0, script.length_s(), |t| prone(script.at(t).0 * lift_deg))
}

/// Runs a film through; the words said on the way without repetition, and how it ended.
fn guided(id: &str, film: &[PoseEstimate]) -> (Vec<String>, Option<Outcome>) {
    let mut calibrator = calibrator(id).unwrap();
    let mut words: Vec<String> = Vec::new();
    for pose in tracked(film) {
        calibrator.step(&pose);
        let now = calibrator.stage().words();
        if words.last() != Some(&now) {
            words.push(now);
        }
    }
    let outcome = if let Stage::Done(outcome) = calibrator.stage() { Some(outcome.clone()) } else { None };
    (words, outcome)
}

fn two_reps() -> Script {
    Script::resting(6.0).rep(Act::Both, 1.0, 1.5, 1.0, 1.5).rep(Act::Both, 1.0, 1.5, 1.0, 1.5)
}

#[test]
fn two_repetitions_give_the_own_range_within_two_degrees_and_the_words_lead_through() {
    let mut wrong = Vec::new();
    for lift_deg in [14.0, 25.0, 40.0] {
        let (words, outcome) = guided("cobra", &cobra(&two_reps(), lift_deg));
        let Some(Outcome::Known(Calibration { own_range, unit, exercise, rest_sigma, .. })) = outcome else {
            wrong.push((lift_deg, format!("{outcome:?} after {words:?}")));
            continue;
        };
        let last = format!("Your range today: {own_range:.0} degrees");
        let led = [
            "Starting position, hold still",
            "Stay still at the start position",
            "Now one short one, as far as is comfortable, without holding",
            "And one more",
            last.as_str(),
        ];
        let right = (own_range - lift_deg).abs() < 2.0 && unit == "deg" && exercise == "cobra" && rest_sigma < 0.5;
        if !right || words[words.len() - led.len()..] != led {
            wrong.push((lift_deg, format!("{own_range} {words:?}")));
        }
    }
    assert!(wrong.is_empty(), "wrong: {wrong:#?}");
}

#[test]
fn a_movement_under_what_counts_is_said_not_to_be_seen_after_twenty_seconds() {
    let film = cobra(&two_reps().to(Act::Both, 0.0, 14.0), 5.0);
    let (words, outcome) = guided("cobra", &film);
    let Some(Outcome::Unseen { range, least, .. }) = outcome else { panic!("{outcome:?} {words:?}") };
    assert!((4.0..6.0).contains(&range) && least == 10.0, "{range} {least}");
    assert_eq!(words.last().unwrap(), "This movement cannot be seen from here. Move the camera, or it goes by ear");
}

#[test]
fn one_larger_repetition_asks_for_a_third() {
    let script = Script::resting(6.0).rep(Act::Both, 0.5, 1.5, 0.5, 1.5).rep(Act::Both, 1.0, 1.5, 0.5, 1.5).rep(
        Act::Both,
        1.0,
        1.5,
        0.5,
        1.5,
    );
    let (_, outcome) = guided("cobra", &cobra(&script, 36.0));
    let Some(Outcome::Known(c)) = outcome else { panic!("{outcome:?}") };
    assert!((c.own_range - 36.0).abs() < 2.0, "{}", c.own_range);
}

#[test]
fn two_holds_of_eight_seconds_give_the_range_as_two_short_ones_do() {
    let script = Script::resting(6.0).rep(Act::Both, 1.0, 1.5, 8.0, 1.5).rep(Act::Both, 1.0, 1.5, 8.0, 1.5);
    let (words, outcome) = guided("cobra", &cobra(&script, 36.0));
    let Some(Outcome::Known(c)) = outcome else { panic!("{outcome:?} after {words:?}") };
    assert!((c.own_range - 36.0).abs() < 2.0, "{}", c.own_range);
    assert!(words.iter().any(|w| w == "That is enough, come back"), "{words:?}");
}

#[test]
fn slow_repetitions_without_holds_are_not_called_back() {
    let script = Script::resting(6.0).rep(Act::Both, 1.0, 3.0, 0.5, 1.5).rep(Act::Both, 1.0, 3.0, 0.5, 1.5);
    let film = Camera::at(0.0).film(15.0, script.length_s(), |t| standing(70.0 + script.at(t).0 * 92.0, true));
    let (words, outcome) = guided("wall_angels", &film);
    assert!(matches!(outcome, Some(Outcome::Known(_))), "{outcome:?} after {words:?}");
    assert!(!words.iter().any(|w| w == "That is enough, come back"), "{words:?}");
}

#[test]
fn who_begins_in_the_movement_is_told_and_measured_from_rest() {
    let script = Script::resting(0.01).to(Act::Both, 1.0, 0.01).to(Act::Both, 1.0, 6.0).to(Act::Both, 0.0, 1.0);
    let script = script.to(Act::Both, 0.0, 5.0).rep(Act::Both, 1.0, 1.5, 1.0, 1.5).rep(Act::Both, 1.0, 1.5, 1.0, 1.5);
    let (words, outcome) = guided("cobra", &cobra(&script, 36.0));
    let Some(Outcome::Known(c)) = outcome else { panic!("{outcome:?} after {words:?}") };
    assert!((c.own_range - 36.0).abs() < 2.0, "{}", c.own_range);
    assert!(words.iter().any(|w| w == "Go back to the start position and stay still"), "{words:?}");
}

#[test]
fn what_is_missing_is_said() {
    let still = Script::resting(6.0).to(Act::Both, 0.0, 20.0);
    let one = Script::resting(6.0).rep(Act::Both, 1.0, 1.5, 1.0, 20.0);
    let open = Script::resting(6.0).to(Act::Both, 1.0, 1.5).to(Act::Both, 1.0, 70.0);
    let said = [(still, "No repetition was seen"), (one, "I need two that are alike")];
    for (script, what) in said.into_iter().chain([(open, "One was seen that did not come back")]) {
        let (words, outcome) = guided("cobra", &cobra(&script, 36.0));
        assert!(matches!(outcome, Some(Outcome::TooFew { .. })), "{what}: {outcome:?} after {words:?}");
        assert_eq!(*words.last().unwrap(), format!("{what}. Try again: two short ones, without holding"));
    }
}

#[test]
fn out_of_position_it_says_what_would_help_and_rolling_has_no_range() {
    let upright = Camera::at(90.0).film(15.0, 4.0, |_| standing(0.0, false));
    let (words, outcome) = guided("cobra", &upright);
    assert_eq!((words.last().map(String::as_str), outcome), (Some("Lie face down"), None));
    assert!(calibrator("foam_roll").is_none());
}

#[test]
fn a_known_range_rejects_half_repetitions_from_the_first_on() {
    let script = Script::resting(2.0).rep(Act::Both, 0.5, 1.5, 3.0, 1.5).rep(Act::Both, 1.0, 1.5, 3.0, 1.5);
    let counted = |own_range| {
        let plan = plan("cobra").holding_s(Some(1.0)).with_own_range(own_range);
        follow(plan, &cobra(&script, 36.0)).1.reps.iter().map(|r| r.counted).collect::<Vec<_>>()
    };
    assert_eq!(counted(Some(36.0)), [false, true]);
}

#[test]
fn a_self_timed_set_times_holds_and_nothing_seen_counts() {
    let mut engine = Engine::new(plan("cobra").holding_s(Some(5.0)).self_timed(true));
    assert_eq!(engine.hold_ends(Timestamp(0)), Err(Refused::NotHolding));
    let mut told = Vec::new();
    for pose in tracked(&cobra(&two_reps().to(Act::Both, 0.0, 20.0), 40.0)) {
        let at = pose.at;
        let mut events = engine.step(&pose);
        for (s, holding) in [(2.0, true), (8.0, false), (12.0, true), (15.0, false)] {
            if at == Timestamp::from_secs(s) {
                let said = if holding { engine.hold_begins(at) } else { engine.hold_ends(at) };
                events.extend(said.unwrap());
            }
        }
        told.extend(events.into_iter().filter(|e| !matches!(e.kind, EventKind::Phase(_))).map(|e| match e.kind {
            EventKind::Hold { held_s, .. } => format!("{held_s} s"),
            EventKind::RepCounted(rep) => format!("counted {:.1}", rep.hold_s.unwrap()),
            EventKind::RepRejected(rep) => rep.reason.clone().unwrap(),
            other => format!("{other:?}"),
        }));
    }
    assert_eq!(told, ["1 s", "2 s", "3 s", "4 s", "5 s", "6 s", "counted 6.0", "1 s", "2 s", "3 s", "held 3.0 of 5 s"]);
    let record = engine.finish().1;
    let why = &record.not_measured.last().unwrap().why;
    assert_eq!(why, "it cannot be seen from here; 2 repetitions timed by yourself");
    assert!(record.reps.iter().all(|r| r.score.is_none()), "{:?}", record.reps);
}

#[test]
fn what_goes_by_time_takes_the_time_that_was_told_and_a_pause_leaves_out_what_nobody_knows() {
    let mut engine = Engine::new(plan("foam_roll").self_timed(true));
    let at = |s: f64| Timestamp::from_secs(s);
    for pose in tracked(&cobra(&two_reps().to(Act::Both, 0.0, 20.0), 40.0)) {
        engine.step(&pose);
        // Ten seconds; then four that a pause cuts off; then five to the end of the set.
        for (s, act) in
            [(2.0, "begin"), (12.0, "end"), (14.0, "begin"), (18.0, "pause"), (20.0, "resume"), (22.0, "begin")]
        {
            if pose.at == at(s) {
                let done = match act {
                    "begin" => engine.hold_begins(pose.at),
                    "end" => engine.hold_ends(pose.at),
                    "pause" => engine.pause(pose.at),
                    _ => engine.resume(pose.at),
                };
                done.unwrap();
            }
        }
        if pose.at == at(7.0) {
            assert_eq!(engine.hold().map(|(active_s, _)| active_s), Some(5.0), "it is told while it goes on");
        }
        if pose.at == at(27.0) {
            break;
        }
    }
    let record = engine.finish().1;
    assert!((record.active_s - 15.0).abs() < 0.2, "{}", record.active_s);
    assert_eq!(record.not_measured.last().unwrap().why, "it cannot be seen from here; timed by yourself");
}

#[test]
fn a_gap_between_two_pictures_and_a_picture_that_never_comes_back_stand_in_the_record() {
    let film = cobra(&two_reps().to(Act::Both, 0.0, 20.0), 40.0);
    let poses: Vec<TrackedPose> = tracked(&film).collect();
    let mut runner = SetRunner::new(plan("cobra"));
    let from_s = poses[0].at.secs();
    for pose in poses.iter().filter(|pose| !(5.0..8.0).contains(&(pose.at.secs() - from_s))) {
        runner.step(pose);
    }
    runner.command(SetCommand::Pause(PauseCause::Picture), &mut ()).unwrap();
    let last_s = poses.last().unwrap().at.secs();
    runner.note_end(EndedBy::Pause, Timestamp::from_secs(last_s + 120.0));
    let pauses = runner.finish().1.summary.pauses;
    let lengths: Vec<f64> = pauses.iter().map(|pause| pause.end_s - pause.start_s).collect();
    assert_eq!(pauses.iter().map(|pause| pause.why).collect::<Vec<_>>(), [PauseCause::Picture; 2]);
    assert!((lengths[0] - 3.0).abs() < 0.2 && (lengths[1] - 120.0).abs() < 0.01, "{lengths:?}");
}
