//! The coach, state by state: what it says and does when.

use crate::common::coach_sim::{Sim, pose};
use formcheck::base::geom::Point;
use formcheck::base::skeleton::{Landmark, Side};
use formcheck::base::time::Timestamp;
use formcheck::coach::gesture::{Gesture, Sign};
use formcheck::coach::manner::{CountStyle, HowMuch, Manner};
use formcheck::coach::programme::Programme;
use formcheck::coach::sentence::{EndReason, Tone, Wait};
use formcheck::coach::{Order, State};
use formcheck::counting::engine::EventKind;
use formcheck::counting::gate::Obstacle;
use formcheck::counting::phase::Phase;
use formcheck::counting::record::RepSide;
use formcheck::exercise::plan::SetPlan;
use formcheck::exercise::routine::catalogue;
use formcheck::exercise::{ExerciseDef, routine};
use formcheck::motion::track::pose::TrackedPoint;
use formcheck::motion::track::{TrackedPose, View};

/// A routine of three steps: wall angels (3), cobra (2 holds of 5 s, two sets), seated twist (1 a side).
fn programme() -> Programme {
    let text = "schema = 1\nid = \"t\"\ntitle = \"Trial\"\nsummary = \"x\"\nsource = \"x\"\n\
        [[step]]\nexercise = \"wall_angels\"\nreps = 3\nrest_after_s = 30\n\
        [[step]]\nexercise = \"cobra\"\nreps = 2\nhold_s = 5\nsets = 2\nrest_s = 20\nrest_after_s = 30\n\
        [[step]]\nexercise = \"seated_twist\"\nreps = 1\nhold_s = 5\n";
    let def = routine::check::routine("t.toml", text, &catalogue::known_exercises()).unwrap();
    Programme::of_routine(&def, &[]).unwrap()
}

fn one(id: &str) -> Programme {
    Programme::of_plan(SetPlan::of(ExerciseDef::load(id).unwrap()))
}

fn sim() -> Sim {
    Sim::new(programme(), Manner::default())
}

fn is_in_set(sim: &Sim) -> bool {
    matches!(sim.coach.state(), State::Set(_))
}

#[test]
fn a_routine_goes_from_the_first_word_to_the_last_without_a_key() {
    let mut sim = sim();
    assert_eq!(sim.said[0].1, "First: Wall angels. Three times. Stand. Face the camera.");
    sim.take_position();
    assert!(is_in_set(&sim));
    let began_s = sim.at_s;
    for _ in 0..3 {
        sim.do_one(None);
    }
    assert_eq!(
        sim.said_since(began_s),
        ["One.", "Two. Last one.", "Three.", "Well done. Rest. Thirty seconds. Next: Cobra. Lie face down.",]
    );
    assert!(matches!(sim.coach.state(), State::Rest(_)));
    let rest_s = sim.at_s;
    sim.wait(30.2, true);
    assert_eq!(
        sim.said_since(rest_s + 0.05),
        [
            "Ten seconds. Next: Cobra.",
            "Next: Cobra. Set one of two. Two times. Hold five seconds. On your stomach"
                .replace("On your stomach", "Lie face down. Your side to the camera.")
                .as_str(),
        ]
    );
    for set in 0..2 {
        sim.take_position();
        sim.do_one(None);
        sim.do_one(None);
        sim.wait(if set == 0 { 20.2 } else { 30.2 }, true);
    }
    sim.take_position();
    sim.do_one(Some(RepSide::Left));
    let end_s = sim.at_s;
    sim.do_one(Some(RepSide::Right));
    let said = sim.said_since(end_s + 0.05);
    assert_eq!(said[0], "Right, one.");
    assert!(said[1].starts_with("Well done. That was all. Three exercises done."), "{said:?}");
    assert_eq!(sim.begun, [0, 1, 2, 3]);
    assert_eq!((sim.ended_sessions, sim.closed), (1, 0), "kept, and the summary is to be read");
    sim.wait(250.0, true);
    sim.order(Order::Correct(1));
    sim.wait(299.0, true);
    assert_eq!(sim.closed, 0, "whoever answers is not sent away");
    sim.wait(2.0, true);
    assert_eq!(sim.closed, 1, "it closes by itself");
    assert!(sim.nonsense.is_empty(), "{:#?}", sim.nonsense);
}

#[test]
fn three_two_one_waits_for_the_announcement_and_early_movement_counts_all_the_same() {
    let mut early = sim();
    early.wait(1.0, true);
    early.phase(Phase::Ready);
    early.wait(2.0, true);
    assert!(matches!(early.coach.state(), State::SetUp(_)), "it is still being announced");
    early.do_one(None);
    assert!(is_in_set(&early));
    assert_eq!(early.said.last().unwrap().1, "One.");

    let mut calm = sim();
    calm.take_position();
    let said: Vec<&str> = calm.said.iter().map(|(_, text)| text.as_str()).skip(1).collect();
    assert_eq!(said, ["Three.", "Two.", "One.", "Go."]);
    let times: Vec<f64> = calm.said.iter().skip(1).map(|(at_s, _)| *at_s).collect();
    assert!(times.windows(2).all(|w| (w[1] - w[0] - 1.0).abs() < 0.15), "{times:?}");
}

#[test]
fn a_hold_is_told_at_its_beginning_in_its_last_three_seconds_and_at_its_end() {
    let mut sim = Sim::new(one("cobra"), Manner::default());
    sim.take_position();
    let from_s = sim.at_s;
    sim.phase(Phase::Moving);
    sim.wait(1.0, true);
    sim.phase(Phase::Target);
    for tenth in 0..120 {
        if let Some(set) = &mut sim.set {
            set.hold = Some((f64::from(tenth) / 10.0, 10.0));
        }
        sim.frame(true, Vec::new());
    }
    assert_eq!(sim.said_since(from_s + 0.05), ["Hold.", "Three.", "Two.", "One.", "And release."]);
    let hold = |what: &str| sim.said.iter().rev().find(|(_, text)| text == what).map(|(at_s, _)| *at_s).unwrap();
    assert!((hold("And release.") - hold("Hold.") - 10.0).abs() < 0.3, "counted before the end, not after it");
    assert!(sim.tones.contains(&Tone::HoldBegins) && sim.tones.contains(&Tone::HoldEnds));
}

#[test]
fn who_leaves_is_waited_for_and_welcomed_back_and_after_two_minutes_the_set_is_noted() {
    let mut back = sim();
    back.take_position();
    back.do_one(None);
    let left_s = back.at_s;
    back.wait(60.0, false);
    assert_eq!(back.said_since(left_s + 0.05), ["Paused, I wait."]);
    assert!(back.is_set_paused);
    back.wait(1.5, true);
    assert_eq!(back.said.last().unwrap().1, "Welcome back. One done.");
    assert!(is_in_set(&back) && !back.is_set_paused);

    let mut gone = sim();
    gone.take_position();
    gone.do_one(None);
    gone.wait(124.0, false);
    let outcome = &gone.coach.outcomes()[0];
    assert_eq!((outcome.reason, outcome.counted), (EndReason::Pause, 1));
    gone.wait(1200.0, false);
    assert_eq!(gone.ended_sessions, 1, "nobody comes back: the session is closed");
    assert!(gone.nonsense.is_empty(), "{:#?}", gone.nonsense);
}

#[test]
fn pain_ends_the_set_is_noted_and_never_asked_about() {
    let mut sim = sim();
    sim.take_position();
    sim.do_one(None);
    let from_s = sim.at_s;
    sim.order(Order::Hurts);
    assert_eq!(sim.said_since(from_s), ["One.", "Stopped. Noted."]);
    assert_eq!(sim.coach.outcomes()[0].reason, EndReason::Pain);
    sim.wait(120.0, true);
    assert_eq!(sim.said_since(from_s), ["One.", "Stopped. Noted."], "no word about it");
    sim.order(Order::PauseOrGoOn);
    assert!(sim.said.last().unwrap().1.starts_with("Next: Cobra."), "{:?}", sim.said.last());

    let mut resting = self::sim();
    resting.take_position();
    for _ in 0..3 {
        resting.do_one(None);
    }
    resting.order(Order::Hurts);
    resting.wait(299.0, true);
    assert_eq!(resting.ended_sessions, 0);
    resting.wait(70.0, true);
    assert_eq!(resting.ended_sessions, 1, "who does not go on is done for today");
}

#[test]
fn a_lost_picture_is_told_stops_the_set_and_goes_on_by_itself() {
    let mut sim = sim();
    sim.take_position();
    let from_s = sim.at_s;
    sim.no_picture(10.0, Wait::NoPicture);
    assert_eq!(sim.said_since(from_s + 0.05), ["The picture is gone. I wait."]);
    assert!(sim.is_set_paused && sim.tones.contains(&Tone::Alarm));
    sim.frame(true, Vec::new());
    assert_eq!(sim.said.last().unwrap().1, "The picture is back.");
    assert!(is_in_set(&sim) && !sim.is_set_paused);
    sim.no_picture(1000.0, Wait::Black);
    assert_eq!(sim.ended_sessions, 1, "a picture that never comes back ends the session");
    assert!(sim.nonsense.is_empty(), "{:#?}", sim.nonsense);
}

#[test]
fn what_cannot_be_seen_goes_by_ear_and_nobody_is_waited_for_with_nobody_there() {
    let mut seen = sim();
    let from_s = seen.at_s;
    seen.wait(121.0, true);
    let said = seen.said_since(from_s + 0.05);
    assert_eq!(said, ["Take your time.", "I cannot see this from here. Do it by yourself, I keep the time."]);
    assert!(seen.is_self_timed);
    seen.wait(30.0, true);
    assert_eq!(seen.coach.outcomes()[0].reason, EndReason::ByEar);
    let counts: Vec<&str> = seen.said_since(122.0).into_iter().take(3).collect();
    assert_eq!(counts, ["One.", "Two. Last one.", "Three."]);

    let mut empty = sim();
    empty.wait(900.0, false);
    assert_eq!(empty.ended_sessions, 1);
    assert!(!empty.is_self_timed);
}

#[test]
fn advice_is_said_when_it_stands_and_not_over_and_over() {
    let mut sim = sim();
    sim.wait(14.0, true);
    let from_s = sim.at_s;
    for _ in 0..200 {
        if let Some(set) = &mut sim.set {
            set.obstacle = Some(Obstacle::View(View::Front, None));
        }
        sim.frame(true, Vec::new());
    }
    let times: Vec<f64> = sim.said.iter().filter(|(at_s, _)| *at_s > from_s).map(|(at_s, _)| *at_s - from_s).collect();
    assert_eq!(times.len(), 3, "{times:?}");
    assert!(times[0] >= 2.0 && times[1] - times[0] >= 8.0 && times[2] - times[1] >= 8.0, "{times:?}");
}

#[test]
fn stillness_is_given_time_and_then_noted_without_blame() {
    let mut sim = sim();
    sim.take_position();
    sim.do_one(None);
    let from_s = sim.at_s;
    sim.wait(46.0, true);
    let said = sim.said_since(from_s + 0.05);
    assert_eq!(said[..2], ["Take your time.", "We leave it there."]);
    assert!(said[2].starts_with("One. Noted. Rest."), "{said:?}");
}

#[test]
fn what_does_not_count_is_told_twice_and_then_by_a_tone() {
    let mut sim = sim();
    sim.take_position();
    let from_s = sim.at_s;
    for i in 0..4 {
        let rejected = crate::common::coach_sim::rep(i + 1, None, false, Some("9 degrees short"));
        sim.frame(true, vec![EventKind::RepRejected(Box::new(rejected))]);
        sim.wait(4.0, true);
    }
    assert_eq!(sim.said_since(from_s + 0.05), ["A little farther.", "A little farther."]);
    assert_eq!(sim.tones.iter().filter(|t| **t == Tone::NotCounted).count(), 4);
}

#[test]
fn rests_can_be_longer_shorter_and_skipped_and_a_set_done_again() {
    let mut sim = sim();
    sim.take_position();
    for _ in 0..3 {
        sim.do_one(None);
    }
    sim.order(Order::MoreRest);
    sim.wait(45.0, true);
    assert!(matches!(sim.coach.state(), State::Rest(_)), "30 s more");
    sim.order(Order::Again);
    assert!(matches!(sim.coach.state(), State::SetUp(_)));
    assert_eq!(*sim.begun.last().unwrap(), 0, "wall angels again");
    sim.order(Order::Skip);
    assert_eq!(*sim.begun.last().unwrap(), 1, "cobra at once");
    sim.order(Order::Skip);
    assert_eq!(*sim.begun.last().unwrap(), 3, "both sets of it are left out");
    sim.order(Order::EndSession);
    assert!(matches!(sim.coach.state(), State::Summary(_)));
    sim.order(Order::Close);
    assert_eq!((sim.ended_sessions, sim.closed), (1, 1));
    assert!(sim.nonsense.is_empty(), "{:#?}", sim.nonsense);
}

#[test]
fn in_position_early_ends_a_rest_only_where_it_is_another_position() {
    let mut sim = sim();
    sim.take_position();
    for _ in 0..3 {
        sim.do_one(None);
    }
    sim.wait(8.0, true);
    assert_eq!(sim.begun, [0, 1], "cobra is watched for");
    sim.phase(Phase::Ready);
    assert!(matches!(sim.coach.state(), State::SetUp(_)), "lying down ends the rest");
    sim.take_position();
    sim.do_one(None);
    sim.do_one(None);
    sim.wait(15.0, true);
    assert_eq!(sim.begun, [0, 1], "between two sets of the same the rest is a rest");
    assert!(sim.nonsense.is_empty(), "{:#?}", sim.nonsense);
}

#[test]
fn less_is_said_where_less_is_wanted() {
    let said = |manner: Manner| {
        let mut sim = Sim::new(one("wall_angels"), manner);
        sim.take_position();
        for _ in 0..10 {
            sim.do_one(None);
        }
        let counts = sim.said.iter().filter(|(at_s, _)| *at_s > 19.5).count();
        (counts, sim.tones.iter().filter(|t| **t == Tone::Count).count())
    };
    let with = |how_much, counts| said(Manner { how_much, counts, ..Manner::default() });
    assert_eq!(with(HowMuch::All, CountStyle::Every), (11, 0));
    assert_eq!(with(HowMuch::All, CountStyle::LastThree), (4, 7));
    assert_eq!(with(HowMuch::All, CountStyle::Tones), (1, 10));
    assert_eq!(with(HowMuch::Transitions, CountStyle::Every), (1, 10));
    assert_eq!(with(HowMuch::Tones, CountStyle::Every), (0, 10));
}

/// Somebody upright before the camera with hands at these heights over the shoulders, trunk lengths; `sway` moves the left one.
fn with_hands(at_s: f64, left: f64, right: f64, sway: f64, is_lying: bool) -> TrackedPose {
    let trunk = 100.0;
    let mut pose = pose(Timestamp::from_secs(at_s), true);
    pose.trunk_px = Some(trunk);
    let mut put = |landmark: Landmark, x: f64, y: f64| {
        // Lying, the whole body is turned by a quarter.
        let pos = if is_lying { Point::new(300.0 + y, 300.0 - x) } else { Point::new(300.0 + x, 300.0 + y) };
        pose.points[landmark.index()] = Some(TrackedPoint { pos, trusted: true });
    };
    put(Landmark::Nose, 0.0, -60.0);
    for (side, height, landmarks) in [
        (
            1.0,
            left,
            [Landmark::LeftShoulder, Landmark::LeftElbow, Landmark::LeftWrist, Landmark::LeftHip, Landmark::LeftEar],
        ),
        (
            -1.0,
            right,
            [
                Landmark::RightShoulder,
                Landmark::RightElbow,
                Landmark::RightWrist,
                Landmark::RightHip,
                Landmark::RightEar,
            ],
        ),
    ] {
        let [shoulder, elbow, wrist, hip, ear] = landmarks;
        let moved = if side > 0.0 { sway * 100.0 * (at_s * 4.0).sin() } else { 0.0 };
        put(shoulder, side * 35.0, 0.0);
        put(elbow, side * 45.0, -height * 50.0);
        put(wrist, side * 45.0 + moved, -height * 100.0);
        put(hip, side * 25.0, 100.0);
        put(ear, side * 15.0, -62.0);
    }
    pose
}

/// When the hand was seen to be up for long enough, seconds.
fn seen_after_s(left: f64, right: f64, sway: f64, is_lying: bool) -> Option<f64> {
    let mut gesture = Gesture::default();
    (0..100)
        .map(|i| f64::from(i) / 12.0)
        .find(|at_s| gesture.step(&with_hands(*at_s, left, right, sway, is_lying)) == Sign::Complete)
}

#[test]
fn one_hand_well_over_the_head_and_still_for_two_seconds_is_the_sign_and_nothing_else_is() {
    for (left, right) in [(1.3, -0.9), (-0.9, 1.3), (1.1, -0.2)] {
        let seen = seen_after_s(left, right, 0.0, false);
        assert!(seen.is_some_and(|s| (2.0..2.3).contains(&s)), "{left} {right}: {seen:?}");
    }
    let cases = [
        ("both hands", 1.3, 1.3, 0.0, false),
        ("a hand at the head", 0.7, -0.9, 0.0, false),
        ("the other hand at the head", 1.3, 0.4, 0.0, false),
        ("no hand", -0.9, -0.9, 0.0, false),
        ("a waving hand", 1.3, -0.9, 0.3, false),
        ("lying", 1.3, -0.9, 0.0, true),
    ];
    let wrong: Vec<_> = cases
        .into_iter()
        .filter(|(_, left, right, sway, is_lying)| seen_after_s(*left, *right, *sway, *is_lying).is_some())
        .map(|case| case.0)
        .collect();
    assert!(wrong.is_empty(), "taken for the sign: {wrong:?}");
}

#[test]
fn a_raised_hand_pauses_and_a_raised_hand_goes_on() {
    let mut sim = sim();
    sim.take_position();
    sim.do_one(None);
    let hold = |sim: &mut Sim, raised: bool, seconds: f64| {
        for _ in 0..(seconds * 12.0) as u32 {
            let pose = with_hands(sim.at_s + 1.0 / 12.0, if raised { 1.3 } else { -0.9 }, -0.9, 0.0, false);
            sim.frame_of(&pose, Vec::new());
        }
    };
    hold(&mut sim, true, 2.5);
    assert!(matches!(sim.coach.state(), State::Paused(_)));
    assert_eq!(sim.said.last().unwrap().1, "Paused. Raise one hand to go on.");
    hold(&mut sim, true, 5.0);
    assert!(matches!(sim.coach.state(), State::Paused(_)), "the same hand, still up, is no second sign");
    hold(&mut sim, false, 3.0);
    hold(&mut sim, true, 2.5);
    assert!(is_in_set(&sim));
    assert_eq!(sim.said.last().unwrap().1, "Welcome back. One done.");
}

#[test]
fn an_exercise_of_one_arm_is_not_taken_for_the_sign() {
    let raised = |only_side| {
        let plan = SetPlan::of(ExerciseDef::load("wall_angels").unwrap()).on_side(only_side);
        let mut sim = Sim::new(Programme::of_plan(plan), Manner::default());
        sim.take_position();
        for _ in 0..40 {
            let pose = with_hands(sim.at_s + 1.0 / 12.0, 1.3, -0.9, 0.0, false);
            sim.frame_of(&pose, Vec::new());
        }
        sim.coach.state().clone()
    };
    assert!(matches!(raised(None), State::Paused(_)));
    assert!(matches!(raised(Some(Side::Left)), State::Set(_)), "that is the exercise");
}
