//! Properties of counting, on a synthetic person whose every movement is known: the real exercise files, any camera.

use crate::common::proptests::cases;
use crate::common::sets::follow;
use crate::common::skeleton::{
    Act, Camera, Chance, Figure, Noise, Script, all_fours, between, bird_dog, prone, shaken, standing,
};
use formcheck::base::skeleton::{Landmark, Side};
use formcheck::base::time::Timestamp;
use formcheck::counting::engine::Event;
use formcheck::counting::engine::SetResult;
use formcheck::counting::record::{Rep, RepSide, RepTotals};
use formcheck::exercise::plan::SetPlan;
use formcheck::exercise::{ExerciseDef, Watched};
use formcheck::vision::frame::Size;
use formcheck::vision::pose::PoseEstimate;
use proptest::prelude::*;
use std::sync::{Arc, LazyLock};

/// What a hold has to reach here, seconds.
const TARGET_HOLD_S: f64 = 2.0;

static EXERCISES: LazyLock<[Arc<ExerciseDef>; 3]> =
    LazyLock::new(|| ["cobra", "bird_dog", "wall_angels"].map(|id| Arc::new(ExerciseDef::load(id).unwrap())));

/// The exercise that is done, and how far a full movement goes, degrees or share of level.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Cobra { lift_deg: f64 },
    BirdDog { reach: f64 },
    WallAngels { top_deg: f64 },
}

impl Kind {
    fn exercise(self) -> Arc<ExerciseDef> {
        let i = match self {
            Self::Cobra { .. } => 0,
            Self::BirdDog { .. } => 1,
            Self::WallAngels { .. } => 2,
        };
        Arc::clone(&EXERCISES[i])
    }

    fn figure(self, share: f64, act: Act) -> Figure {
        match self {
            Self::Cobra { lift_deg } => prone(share * lift_deg),
            Self::BirdDog { reach } => bird_dog(share * reach, act),
            Self::WallAngels { top_deg } => standing(70.0 + share * (top_deg - 70.0), true),
        }
    }
}

/// A set as the synthetic person does it.
#[derive(Clone, Debug)]
struct Plan {
    kind: Kind,
    yaw_deg: f64,
    fps: f64,
    start_s: f64,
    reps: usize,
    way_s: f64,
    hold_s: f64,
    rest_s: f64,
    /// Seed of noise, dropouts and the like.
    seed: u64,
}

impl Plan {
    /// What repetition `i` is: sides take turns.
    fn act(&self, i: usize) -> Act {
        match self.kind {
            Kind::BirdDog { .. } => Act::Diagonal(if i.is_multiple_of(2) { Side::Left } else { Side::Right }),
            _ => Act::Both,
        }
    }

    /// Movements of the given shares of the full one.
    fn script_of(&self, shares: &[f64]) -> Script {
        let steps = shares.iter().enumerate();
        steps.fold(Script::resting(self.start_s), |script, (i, share)| {
            script.rep(self.act(i), *share, self.way_s, self.hold_s, self.rest_s)
        })
    }

    fn script(&self) -> Script {
        self.script_of(&vec![1.0; self.reps])
    }

    fn camera(&self) -> Camera {
        Camera::at(self.yaw_deg)
    }

    fn film_at(&self, script: &Script, fps: f64) -> Vec<PoseEstimate> {
        self.camera().film(fps, script.length_s(), |t| {
            let (share, act) = script.at(t);
            self.kind.figure(share, act)
        })
    }

    fn film(&self, script: &Script) -> Vec<PoseEstimate> {
        self.film_at(script, self.fps)
    }

    fn run(&self, film: &[PoseEstimate]) -> (Vec<Event>, SetResult) {
        run(&self.kind.exercise(), TARGET_HOLD_S, film)
    }

    /// What a clean set of so many repetitions counts.
    fn wanted(&self, reps: usize) -> RepTotals {
        let reps = reps as u32;
        let sided = matches!(self.kind, Kind::BirdDog { .. });
        let [left, right] = if sided { [reps.div_ceil(2), reps / 2] } else { [0, 0] };
        RepTotals { total: reps, left, right, unknown: 0, rejected: 0 }
    }
}

fn run(exercise: &Arc<ExerciseDef>, target_s: f64, film: &[PoseEstimate]) -> (Vec<Event>, SetResult) {
    follow(SetPlan::of(Arc::clone(exercise)).holding_s(Some(target_s)), film)
}

fn kinds() -> impl Strategy<Value = Kind> {
    prop_oneof![
        (28.0..40.0).prop_map(|lift_deg| Kind::Cobra { lift_deg }),
        (0.85..1.05).prop_map(|reach| Kind::BirdDog { reach }),
        (150.0..168.0).prop_map(|top_deg| Kind::WallAngels { top_deg }),
    ]
}

/// Sets whose holds are long enough.
fn plans() -> impl Strategy<Value = Plan> {
    let times = (1.2..3.0, 0.8..2.0, 2.2..4.0, 1.0..2.5);
    (kinds(), -20.0..20.0, any::<bool>(), 12.0..60.0, 1_usize..5, times, any::<u64>()).prop_map(
        |(kind, off_deg, from_left, fps, reps, (start_s, way_s, hold_s, rest_s), seed)| {
            let side_deg = if from_left { 90.0 } else { -90.0 };
            let yaw_deg = if matches!(kind, Kind::WallAngels { .. }) { off_deg } else { side_deg + off_deg };
            Plan { kind, yaw_deg, fps, start_s, reps, way_s, hold_s, rest_s, seed }
        },
    )
}

fn with_every_landmark(
    film: &[PoseEstimate],
    change: impl Fn(Landmark, &mut formcheck::vision::pose::LandmarkEstimate),
) -> Vec<PoseEstimate> {
    let mut film = film.to_vec();
    for pose in film.iter_mut().filter_map(|e| e.pose.as_mut()) {
        Landmark::ALL.iter().for_each(|l| change(*l, &mut pose.landmarks[l.index()]));
    }
    film
}

/// What must not change when only the camera does: side, verdict, reason, faults.
/// Side, whether it counts, why not, faults.
type Verdict = (Option<RepSide>, bool, Option<String>, Vec<String>);

fn verdicts(record: &SetResult) -> Vec<Verdict> {
    record.reps.iter().map(|r| (r.side, r.counted, r.reason.clone(), r.faults.clone())).collect()
}

fn reasons(reps: &[Rep]) -> Vec<&str> {
    reps.iter().map(|r| r.reason.as_deref().unwrap_or("counts")).collect()
}

proptest! {
    #![proptest_config(cases(64, 512))]

    #[test]
    fn every_full_repetition_counts_and_its_hold_is_as_long_as_it_was(plan in plans()) {
        let script = plan.script();
        let (_, record) = plan.run(&plan.film(&script));
        prop_assert_eq!(RepTotals::of(&record.reps), plan.wanted(plan.reps), "{:?}", reasons(&record.reps));
        let rule = &plan.kind.exercise().count;
        let held = record.reps.iter().filter_map(|r| r.hold_s);
        for (held_s, wanted_s) in held.zip(script.spans_s(rule.enter_share, rule.exit_share)) {
            prop_assert!((held_s - wanted_s).abs() <= 0.2, "held {held_s} of {wanted_s}");
        }
    }

    #[test]
    fn a_mirrored_camera_swaps_left_and_right_and_changes_nothing_else(plan in plans()) {
        let film = plan.film(&plan.script());
        let (_, plain) = plan.run(&film);
        let mirrored: Vec<_> = film.into_iter().map(PoseEstimate::mirrored).collect();
        let (_, swapped) = plan.run(&mirrored);
        let (a, b) = (RepTotals::of(&plain.reps), RepTotals::of(&swapped.reps));
        prop_assert_eq!(RepTotals { left: a.right, right: a.left, ..a }, b);
        prop_assert_eq!(plain.faults, swapped.faults);
    }

    #[test]
    fn the_size_of_the_picture_changes_nothing(plan in plans(), scale in 0.5_f32..3.0) {
        let film = plan.film(&plan.script());
        let (_, plain) = plan.run(&film);
        let mut scaled = with_every_landmark(&film, |_, l| {
            l.x_px *= scale;
            l.y_px *= scale;
            l.z_px *= scale;
        });
        let side = |px: u32| (f64::from(px) * f64::from(scale)).round() as u32;
        scaled.iter_mut().for_each(|e| e.size = Size::new(side(e.size.width), side(e.size.height)));
        let (_, other) = plan.run(&scaled);
        prop_assert_eq!(verdicts(&plain), verdicts(&other));
        for (a, b) in plain.reps.iter().zip(&other.reps) {
            prop_assert!((a.start_s - b.start_s).abs() <= 0.002 && (a.end_s - b.end_s).abs() <= 0.002, "{a:?} {b:?}");
        }
    }

    #[test]
    fn a_slower_camera_counts_the_same(plan in plans(), fps in 8.0..60.0) {
        let film = plan.film_at(&plan.script(), 60.0);
        let mut kept: Vec<PoseEstimate> = Vec::new();
        for estimate in film {
            if estimate.at.secs() + 1e-9 >= kept.len() as f64 / fps {
                kept.push(estimate);
            }
        }
        let (_, record) = plan.run(&kept);
        prop_assert_eq!(RepTotals::of(&record.reps), plan.wanted(plan.reps), "{:?}", reasons(&record.reps));
    }

    #[test]
    fn trembling_landmarks_change_no_count(plan in plans()) {
        let film = shaken(&plan.film(&plan.script()), Noise::of_trunk(0.01, plan.camera().px_per_m), plan.seed);
        let (_, record) = plan.run(&film);
        prop_assert_eq!(RepTotals::of(&record.reps), plan.wanted(plan.reps), "{:?}", reasons(&record.reps));
    }

    #[test]
    fn short_dropouts_change_no_count(plan in plans()) {
        let mut film = plan.film(&plan.script());
        let mut chance = Chance(plan.seed);
        let mut from_s = 1.0 + chance.even();
        while from_s < film.last().unwrap().at.secs() {
            let to_s = from_s + 0.4 * chance.even();
            film.iter_mut().filter(|e| (from_s..to_s).contains(&e.at.secs())).for_each(|e| e.pose = None);
            from_s = to_s + 1.0 + 2.0 * chance.even();
        }
        let (_, record) = plan.run(&film);
        prop_assert_eq!(RepTotals::of(&record.reps), plan.wanted(plan.reps), "{:?}", reasons(&record.reps));
    }

    #[test]
    fn a_dropout_while_the_gate_opens_loses_nothing(plan in plans(), from_s in 0.3..1.6, length_s in 0.0..0.4) {
        let mut film = plan.film(&plan.script());
        film.iter_mut().filter(|e| (from_s..from_s + length_s).contains(&e.at.secs())).for_each(|e| e.pose = None);
        let (_, record) = plan.run(&film);
        prop_assert_eq!(RepTotals::of(&record.reps), plan.wanted(plan.reps), "{:?}", reasons(&record.reps));
    }

    #[test]
    fn wavering_about_the_threshold_is_one_movement(plan in plans(), depth in 0.01..0.1_f64, pace_hz in 0.5..5.0_f64) {
        let enter = plan.kind.exercise().count.enter_share;
        let script = plan.script_of(&[1.0, 1.0]).rep(plan.act(2), enter, plan.way_s, plan.hold_s, plan.rest_s);
        let waver_s = script.length_s() - plan.rest_s - plan.way_s - plan.hold_s;
        let film = plan.camera().film(plan.fps, script.length_s(), |t| {
            let (share, act) = script.at(t);
            let wavers = (waver_s..waver_s + plan.hold_s).contains(&t);
            let offset = if wavers { depth * ((t - waver_s) * pace_hz * std::f64::consts::TAU).sin() } else { 0.0 };
            plan.kind.figure(share + offset, act)
        });
        let (_, record) = plan.run(&film);
        prop_assert_eq!(record.reps.len(), 3, "{:?}", reasons(&record.reps));
    }

    #[test]
    fn a_half_repetition_is_rejected_once_the_range_is_known(plan in plans(), half in 0.42..0.5) {
        let (_, record) = plan.run(&plan.film(&plan.script_of(&[1.0, 1.0, half])));
        let counted: Vec<bool> = record.reps.iter().map(|r| r.counted).collect();
        prop_assert_eq!(counted, [true, true, false], "{:?}", reasons(&record.reps));
        prop_assert!(record.reps[2].reason.as_ref().unwrap().ends_with("short"), "{:?}", record.reps[2]);
    }

    #[test]
    fn a_half_repetition_before_the_range_is_known_does_not_stand(plan in plans(), half in 0.42..0.5) {
        let (_, record) = plan.run(&plan.film(&plan.script_of(&[half, 1.0, 1.0])));
        let counted: Vec<bool> = record.reps.iter().map(|r| r.counted).collect();
        prop_assert_eq!(counted, [false, true, true], "{:?}", reasons(&record.reps));
        prop_assert!(record.reps[0].reason.as_ref().unwrap().ends_with("short"), "{:?}", record.reps[0]);
    }

    #[test]
    fn a_short_hold_is_rejected_with_both_times(plan in plans(), target_s in 6.5..9.0) {
        prop_assume!(!matches!(plan.kind, Kind::WallAngels { .. }));
        let (_, record) = run(&plan.kind.exercise(), target_s, &plan.film(&plan.script()));
        let target_s = (target_s * 10.0).round() / 10.0;
        prop_assert_eq!(record.reps.len(), plan.reps);
        for rep in &record.reps {
            let words: Vec<&str> = rep.reason.as_ref().unwrap().split(' ').collect();
            let [first, held_s, "of", said_s, "s"] = words[..] else { panic!("{rep:?}") };
            prop_assert_eq!(format!("{first} {said_s}"), format!("held {target_s}"));
            let (told_s, hold_s) = (held_s.parse::<f64>().unwrap(), rep.hold_s.unwrap());
            // To a tenth, and always less than the target.
            let is_all_but_there = hold_s > target_s - 0.051;
            prop_assert!(told_s < target_s && (told_s - hold_s).abs() < if is_all_but_there { 0.101 } else { 0.051 }, "{rep:?}");
        }
    }

    #[test]
    fn arm_and_leg_of_one_side_are_rejected_with_their_fault(plan in plans(), at in 0_usize..3, left in any::<bool>()) {
        let kind = Kind::BirdDog { reach: 1.0 };
        let plan = Plan { kind, yaw_deg: if left { 90.0 } else { -90.0 }, ..plan };
        let wrong = Act::SameSide(if left { Side::Left } else { Side::Right });
        let script = (0..3).fold(Script::resting(plan.start_s), |script, i| {
            let act = if i == at { wrong } else { plan.act(i) };
            script.rep(act, 1.0, plan.way_s, plan.hold_s, plan.rest_s)
        });
        let (_, record) = plan.run(&plan.film(&script));
        let counted: Vec<bool> = record.reps.iter().map(|r| r.counted).collect();
        let wanted: Vec<bool> = (0..3).map(|i| i != at).collect();
        prop_assert_eq!(counted, wanted, "{:?}", reasons(&record.reps));
        prop_assert_eq!(&record.reps[at].faults, &["same_side"]);
        prop_assert_eq!(record.reps[at].reason.as_deref(), Some("opposite arm and leg"));
    }

    #[test]
    fn what_is_not_seen_raises_no_fault(plan in plans()) {
        // Every lift is far over the limits of form: legs high, hips off the floor, arms uneven.
        let script = plan.script();
        let film = plan.camera().film(plan.fps, script.length_s(), |t| {
            let (share, act) = script.at(t);
            let mut figure = match plan.kind {
                Kind::BirdDog { .. } => bird_dog(1.4 * share, act),
                kind => kind.figure(share, act),
            };
            for l in [Landmark::LeftWrist, Landmark::LeftHip, Landmark::LeftAnkle, Landmark::RightAnkle] {
                figure[l.index()][1] += 0.15 * share;
            }
            figure
        });
        let guessed = with_every_landmark(&film, |_, l| l.visibility = 0.4);
        let (_, record) = plan.run(&guessed);
        let exercise = plan.kind.exercise();
        let seen = record.faults.iter().filter(|f| {
            let def = exercise.faults.iter().find(|d| d.id == f.id).unwrap();
            def.all.iter().any(|c| matches!(c.signal, Watched::Signal(_)))
        });
        prop_assert_eq!(seen.count(), 0, "{:?}", record.faults);
    }

    #[test]
    fn the_same_estimates_give_the_same_record(plan in plans()) {
        let film = shaken(&plan.film(&plan.script()), Noise::of_trunk(0.02, plan.camera().px_per_m), plan.seed);
        prop_assert_eq!(plan.run(&film), plan.run(&film));
    }

    #[test]
    fn coming_in_kneeling_down_and_lying_still_are_no_repetitions(
        fps in 12.0..60.0_f64, from_left in any::<bool>(), pace in 0.6..1.6_f64, seed in any::<u64>(), which in 0_usize..2,
    ) {
        let yaw_deg = if from_left { 90.0 } else { -90.0 };
        let (upright, kneeling) = (standing(15.0, false), all_fours([0.0; 2], [0.0; 2]));
        let last = if which == 0 { prone(0.0) } else { kneeling };
        // Walk in for 3 s, stand, kneel down, lie down (or stay), remain.
        let film: Vec<PoseEstimate> = (0..(12.0 / pace * fps) as u64).map(|i| {
            let t = i as f64 / fps;
            let s = t * pace;
            let way = |from: f64, to: f64| ((s - from) / (to - from)).clamp(0.0, 1.0);
            let figure = between(&between(&upright, &kneeling, way(4.0, 5.5)), &last, way(6.0, 7.5));
            let mut camera = Camera::at(yaw_deg);
            camera.floor_px[0] = -60.0 + 380.0 * way(0.0, 3.0);
            camera.see(&figure, i, t)
        }).collect();
        let film = shaken(&film, Noise::of_trunk(0.005, 190.0), seed);
        let (_, record) = run(&EXERCISES[which], TARGET_HOLD_S, &film);
        prop_assert_eq!(record.reps, []);
    }

    #[test]
    fn turning_to_the_camera_and_raising_the_hands_is_no_repetition(fps in 12.0..60.0_f64, pace in 0.6..1.6_f64, seed in any::<u64>()) {
        let (hanging, ready) = (standing(15.0, false), standing(70.0, true));
        let film: Vec<PoseEstimate> = (0..(10.0 / pace * fps) as u64).map(|i| {
            let t = i as f64 / fps;
            let s = t * pace;
            let way = |from: f64, to: f64| ((s - from) / (to - from)).clamp(0.0, 1.0);
            let mut camera = Camera::at(90.0 * (1.0 - way(3.0, 4.0)));
            camera.floor_px[0] = -60.0 + 380.0 * way(0.0, 3.0);
            camera.see(&between(&hanging, &ready, way(5.5, 6.5)), i, t)
        }).collect();
        let (_, record) = run(&EXERCISES[2], TARGET_HOLD_S, &shaken(&film, Noise::of_trunk(0.005, 190.0), seed));
        prop_assert_eq!(record.reps, []);
    }
}

/// The control of the property about unseen landmarks: seen ones do raise the fault.
#[test]
fn a_leg_that_is_seen_too_high_raises_its_fault() {
    let script = Script::resting(2.0).rep(Act::Diagonal(Side::Left), 1.0, 1.0, 3.0, 2.0);
    let film = Camera::at(90.0).film(30.0, script.length_s(), |t| {
        let (share, _) = script.at(t);
        all_fours([share, 0.0], [0.0, 1.6 * share])
    });
    let (_, record) = run(&EXERCISES[1], TARGET_HOLD_S, &film);
    assert_eq!(record.faults.iter().map(|f| f.id.as_str()).collect::<Vec<_>>(), ["leg_high"]);
    assert_eq!(record.reps[0].faults, ["leg_high"]);
    assert_eq!(film[0].at, Timestamp(0));
}
