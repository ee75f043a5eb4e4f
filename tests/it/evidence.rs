//! What speaks for a movement beside fixed numbers: a loose set-up in which likeness proves, movements under the least range,
//! what has to stay where it is; and why nothing counted.

use crate::common::sets::{plan, tracked};
use crate::common::skeleton::{Act, Camera, Script, all_fours, prone, standing, with_arm_of};
use formcheck::base::skeleton::Side;
use formcheck::counting::engine::{Event, EventKind};
use formcheck::counting::record::Summary;
use formcheck::counting::runner::SetRunner;
use formcheck::exercise::plan::{RangePrior, SetPlan};
use formcheck::vision::pose::PoseEstimate;

fn run(plan: SetPlan, film: &[PoseEstimate]) -> (Vec<Event>, Summary) {
    let mut runner = SetRunner::new(plan);
    let mut events: Vec<Event> = tracked(film).flat_map(|pose| runner.step(&pose)).collect();
    let (last, set) = runner.finish();
    events.extend(last);
    (events, set.summary)
}

/// Wall angels of these shares, seen from so many degrees beside the front.
fn angels(yaw_deg: f64, shares: &[f64]) -> Vec<PoseEstimate> {
    let script = shares.iter().fold(Script::resting(2.0), |s, share| s.rep(Act::Both, *share, 1.2, 0.6, 1.5));
    Camera::at(yaw_deg).film(15.0, script.length_s(), |t| standing(70.0 + script.at(t).0 * 92.0, true))
}

/// Lifts to so many degrees, held for two seconds.
fn lifts(degrees: &[f64]) -> Vec<PoseEstimate> {
    let script = degrees.iter().fold(Script::resting(2.0), |s, deg| s.rep(Act::Both, deg / 40.0, 1.0, 2.5, 2.0));
    Camera::at(90.0).film(15.0, script.length_s(), |t| prone(script.at(t).0 * 40.0))
}

fn cobra() -> SetPlan {
    plan("cobra").holding_s(Some(1.0))
}

#[test]
fn half_turned_three_alike_count_with_the_third_and_the_hint_goes_on() {
    let turned_deg = 60.0;
    let (events, summary) = run(plan("wall_angels"), &angels(turned_deg, &[1.0; 4]));
    let counted: Vec<f64> =
        events.iter().filter(|e| matches!(e.kind, EventKind::RepCounted(_))).map(|e| e.at.secs()).collect();
    assert_eq!((summary.reps.total, counted.len()), (4, 4), "{summary:?}");
    assert!(counted[0] == counted[1] && counted[1] == counted[2] && counted[2] < counted[3], "told at {counted:?}");
    let third_ends_s = summary.repetitions[2].end_s;
    assert!((counted[0] - third_ends_s).abs() < 1.0, "told at {} s, over at {third_ends_s} s", counted[0]);
    let is_ready = |e: &&Event| e.kind == EventKind::Ready;
    assert_eq!(events.iter().filter(is_ready).map(|e| e.at.secs()).collect::<Vec<_>>(), [counted[0]]);
    let hints: Vec<_> = events.iter().filter(|e| matches!(e.kind, EventKind::SetupHint(_))).collect();
    assert!(!hints.is_empty(), "what is not ideal is said");

    let (_, two) = run(plan("wall_angels"), &angels(turned_deg, &[1.0; 2]));
    assert_eq!((two.reps.total, two.repetitions.len()), (0, 0), "two are no proof");
    assert_eq!(two.not_counted_because.unwrap().code, "view");
}

#[test]
fn what_is_not_alike_proves_nothing_in_a_loose_set_up() {
    let shares = [1.0, 0.5, 1.0, 0.4, 0.9];
    let total = |yaw_deg| run(plan("wall_angels"), &angels(yaw_deg, &shares)).1.reps.total;
    assert_eq!((total(0.0), total(60.0)), (3, 0), "seen well, and half turned");
}

#[test]
fn in_the_proper_set_up_nothing_waits_for_proof() {
    let (events, summary) = run(plan("wall_angels"), &angels(0.0, &[1.0; 2]));
    let counted: Vec<f64> =
        events.iter().filter(|e| matches!(e.kind, EventKind::RepCounted(_))).map(|e| e.at.secs()).collect();
    assert_eq!((summary.reps.total, counted.len()), (2, 2));
    assert!(counted[0] + 2.0 < counted[1], "each as it ends: {counted:?}");
    assert_eq!(summary.not_counted_because, None);
}

#[test]
fn several_alike_under_the_least_range_count_and_halves_of_something_do_not() {
    let total = |degrees: &[f64]| run(cobra(), &lifts(degrees)).1.reps.total;
    let cases: [(&[f64], u32); 5] = [
        (&[8.0, 8.2, 7.8, 8.0], 4),
        (&[8.0, 8.0], 0),
        // Less than half the least range may be anything.
        (&[4.0, 4.0, 4.0, 4.0], 0),
        // Where something went farther they are halves of it.
        (&[30.0, 8.0, 8.0, 8.0, 31.0], 2),
        (&[8.0, 8.0, 8.0, 30.0, 31.0], 2),
    ];
    let wrong: Vec<_> =
        cases.iter().map(|(d, want)| (d, total(d), want)).filter(|(_, got, want)| got != *want).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
    let mut asked = cobra();
    asked.prior = RangePrior::Asked(20.0);
    assert_eq!(run(asked, &lifts(&[8.0; 4])).1.reps.total, 0, "what a routine asks for stands");
}

#[test]
fn a_hold_under_the_least_range_is_timed_by_itself() {
    let (_, summary) = run(cobra(), &lifts(&[8.0; 3]));
    let held: Vec<f64> = summary.repetitions.iter().filter_map(|r| r.hold_s).collect();
    assert!(held.len() == 3 && held.iter().all(|s| (2.4..4.0).contains(s)), "{held:?}");
}

#[test]
fn one_arm_alone_is_no_wall_angel() {
    let script = (0..4).fold(Script::resting(2.0), |s, _| s.rep(Act::Both, 1.0, 1.2, 0.6, 1.5));
    let film = Camera::at(0.0).film(15.0, script.length_s(), |t| {
        let raised = standing(70.0 + script.at(t).0 * 92.0, true);
        with_arm_of(&raised, &standing(70.0, true), Side::Left)
    });
    let (_, summary) = run(plan("wall_angels"), &film);
    assert_eq!(summary.reps.total, 0, "{:?}", summary.repetitions);
    let reasons: Vec<_> = summary.repetitions.iter().filter_map(|r| r.reason.as_deref()).collect();
    assert_eq!(reasons, ["another movement"; 4]);
}

#[test]
fn whoever_gets_up_in_the_movement_does_another_one() {
    // A push-up from lying: the hips come along with the chest.
    let script = (0..3).fold(Script::resting(2.0), |s, _| s.rep(Act::Both, 1.0, 1.0, 2.0, 2.0));
    let film = Camera::at(90.0).film(15.0, script.length_s(), |t| {
        let mut figure = prone(25.0 * script.at(t).0);
        for (i, point) in figure.iter_mut().enumerate() {
            // All but knees and feet.
            if i < 25 {
                point[1] += 0.25 * script.at(t).0;
            }
        }
        figure
    });
    let (_, summary) = run(cobra(), &film);
    let reasons: Vec<_> = summary.repetitions.iter().filter_map(|r| r.reason.as_deref()).collect();
    assert_eq!((summary.reps.total, reasons), (0, vec!["another movement"; 3]));
}

#[test]
fn a_set_in_which_nothing_counted_says_why() {
    let code = |id: &str, film: &[PoseEstimate]| {
        let because = run(plan(id).holding_s(Some(1.0)), film).1.not_counted_because;
        because.map(|b| (b.code, b.text)).unwrap_or_default()
    };
    let nobody: Vec<PoseEstimate> = angels(0.0, &[1.0]).into_iter().map(|e| PoseEstimate { pose: None, ..e }).collect();
    let still = Camera::at(90.0).film(15.0, 6.0, |_| prone(0.0));
    let brief = Camera::at(90.0).film(15.0, 0.8, |_| prone(0.0));
    let hanging = Camera::at(0.0).film(15.0, 6.0, |_| standing(15.0, false));
    let kneeling = Camera::at(90.0).film(15.0, 6.0, |_| all_fours([0.0; 2], [0.0; 2]));
    let cases = [
        ("nobody", code("wall_angels", &nobody), "nobody was seen: the whole body has to be in the picture"),
        ("posture", code("cobra", &kneeling), "never in position: Lie face down"),
        ("view", code("wall_angels", &angels(85.0, &[1.0])), "seen from the wrong side: Face the camera"),
        ("start", code("wall_angels", &hanging), "never in the starting position: Raise your hands, elbows bent"),
        ("still", code("cobra", &still), "no movement of this exercise was seen, or it was too small to see from here"),
        ("hold_still", code("cobra", &brief), "the starting position was left too soon: Starting position, hold still"),
        ("rejected", code("cobra", &lifts(&[7.0])), "1 movement, none of which counts; the farthest: 4 degrees short"),
        ("", code("cobra", &lifts(&[30.0])), ""),
    ];
    let wrong: Vec<_> =
        cases.iter().filter(|(code, got, text)| (*code, *text) != (got.0.as_str(), got.1.as_str())).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}
