//! Every kind of signal on bodies whose angles and places are known, seen from several places; what is hidden is unknown,
//! and a mirrored camera changes sides only.

use crate::common::doll::Doll;
use crate::common::proptests::cases;
use crate::common::skeleton;
use crate::common::skeleton::{Camera, Chance};
use formcheck::base::skeleton::{Landmark, Side};
use formcheck::exercise::ExerciseDef;
use formcheck::motion::signal::{Body, Reading, evaluate, kinds};
use formcheck::motion::track::{PoseSmoother, TrackedPose};
use formcheck::vision::pose::{LandmarkEstimate, PoseEstimate};
use proptest::prelude::*;

/// What degrees and trunk lengths may differ by: the model's numbers are of single precision.
const EXACT: f64 = 1e-3;

const TRUNK_DEG: f64 = 80.0;
const HEAD_BACK_DEG: f64 = 15.0;
/// Directions of upper arm, forearm, thigh and shank, left and right.
const UPPER_DEG: [f64; 2] = [-120.0, -60.0];
const FORE_DEG: [f64; 2] = [-40.0, 0.0];
const THIGH_DEG: [f64; 2] = [-80.0, -60.0];
const SHANK_DEG: [f64; 2] = [-100.0, -95.0];
const CHEST_TURN_DEG: f64 = 30.0;
const PELVIS_TURN_DEG: f64 = 10.0;
const SHOULDER_TILT_DEG: f64 = 8.0;
const BULGE_M: f64 = 0.04;
const HIPS_UP_M: f64 = 0.9;
const LIFT_DEG: f64 = 20.0;

const SIDEWAYS: &[f64] = &[90.0, -90.0];
const ALL_ROUND: &[f64] = &[0.0, 30.0, -30.0, 65.0, -65.0, 90.0, -90.0, 130.0, -130.0];
const TO_THE_FRONT: &[f64] = &[0.0, 30.0, -30.0, 60.0, -60.0];
const ONE_SIDE_OR_THE_OTHER: &[f64] = &[20.0, 45.0, 90.0, 140.0, -20.0, -45.0, -90.0, -140.0];

/// Upright, leaning forward by 10 degrees, no two limbs alike.
fn walker() -> Doll {
    let mut doll = Doll::new([0.0, HIPS_UP_M], TRUNK_DEG);
    doll.head_back_deg = HEAD_BACK_DEG;
    for i in 0..2 {
        (doll.arms[i].upper_deg, doll.arms[i].fore_deg) = (UPPER_DEG[i], FORE_DEG[i]);
        (doll.legs[i].thigh_deg, doll.legs[i].shank_deg, doll.legs[i].foot_deg) = (THIGH_DEG[i], SHANK_DEG[i], 0.0);
    }
    doll.back_m = BULGE_M;
    doll
}

/// Upright, chest and pelvis turned to the left.
fn twister() -> Doll {
    let mut doll = Doll::new([0.0, HIPS_UP_M], 90.0);
    (doll.chest_turn_deg, doll.pelvis_turn_deg) = (CHEST_TURN_DEG, PELVIS_TURN_DEG);
    doll
}

/// Upright, the left shoulder raised.
fn tilted() -> Doll {
    Doll { shoulder_tilt_deg: SHOULDER_TILT_DEG, ..Doll::new([0.0, HIPS_UP_M], 90.0) }
}

/// Leaning back by 15 degrees, both sides alike, elbows drawn back, knees before the trunk.
fn leaning() -> Doll {
    let mut doll = Doll::new([0.0, HIPS_UP_M], 105.0);
    for i in 0..2 {
        (doll.arms[i].upper_deg, doll.arms[i].fore_deg) = (-120.0, -10.0);
        (doll.legs[i].thigh_deg, doll.legs[i].shank_deg) = (-50.0, -110.0);
    }
    doll
}

/// Face down, the chest lifted; legs, elbows and hands on one line, the floor.
fn lying() -> Doll {
    let mut doll = Doll::new([0.0, 0.06], LIFT_DEG);
    let to_the_floor_deg = -(0.5 * sin(LIFT_DEG) / 0.28).asin().to_degrees();
    for (leg, arm) in doll.legs.iter_mut().zip(&mut doll.arms) {
        (leg.thigh_deg, leg.shank_deg, leg.foot_deg) = (180.0, 180.0, 180.0);
        (arm.upper_deg, arm.fore_deg) = (to_the_floor_deg, 0.0);
    }
    doll
}

fn near_of(yaw_deg: f64) -> usize {
    usize::from(yaw_deg < 0.0)
}

fn sin(deg: f64) -> f64 {
    deg.to_radians().sin()
}

fn cos(deg: f64) -> f64 {
    deg.to_radians().cos()
}

fn tan(deg: f64) -> f64 {
    deg.to_radians().tan()
}

fn atan(ratio: f64) -> f64 {
    ratio.atan().to_degrees()
}

/// A signal and what it reads.
struct Case {
    kind: &'static str,
    /// Its definition; `left_elbow_angle` and `right_elbow_angle` may be referred to.
    signal: &'static str,
    doll: fn() -> Doll,
    yaws_deg: &'static [f64],
    /// Rolls of the camera about its axis.
    rolls_deg: &'static [f64],
    /// The value seen from an azimuth.
    known: fn(f64) -> f64,
    within: f64,
}

const fn case(
    kind: &'static str,
    signal: &'static str,
    doll: fn() -> Doll,
    yaws_deg: &'static [f64],
    known: fn(f64) -> f64,
) -> Case {
    Case { kind, signal, doll, yaws_deg, rolls_deg: &[0.0], known, within: EXACT }
}

/// Turn of a limb from the trunk line downwards to the back.
fn behind_deg(limb_deg: f64) -> f64 {
    (TRUNK_DEG - 180.0) - limb_deg
}

/// Lean and the like seen from beside the ideal place: its horizontal part is foreshortened.
fn seen_from_deg(lean_deg: f64, yaw_deg: f64) -> f64 {
    atan(tan(lean_deg) * sin(yaw_deg.abs()))
}

/// Place of a limb of `leaning` along the trunk and to its front, seen from an azimuth, T.
fn beside_leaning_trunk(limb_deg: f64, limb_m: f64, yaw_deg: f64) -> [f64; 2] {
    let foreshortened = |deg: f64| [cos(deg) * sin(yaw_deg.abs()), sin(deg)];
    let (trunk, limb) = (foreshortened(105.0), foreshortened(limb_deg));
    let size = trunk[0].hypot(trunk[1]);
    let limb_t = limb_m / skeleton::TRUNK_M / size;
    let along = (trunk[0] * limb[0] + trunk[1] * limb[1]) / size;
    // The front is the trunk's direction turned forwards by a quarter.
    let front = (trunk[1] * limb[0] - trunk[0] * limb[1]) / size;
    [along * limb_t, front * limb_t]
}

const CASES: &[Case] = &[
    case("angle", "angle = { a = 'near_shoulder', at = 'near_elbow', c = 'near_wrist' }", walker, SIDEWAYS, |yaw| {
        180.0 - (UPPER_DEG[near_of(yaw)] - FORE_DEG[near_of(yaw)]).abs()
    }),
    case(
        "front_angle",
        "front_angle = { a = 'near_ear', at = 'near_shoulder', c = 'near_hip' }",
        walker,
        SIDEWAYS,
        |_| 180.0 + HEAD_BACK_DEG,
    ),
    case(
        "front_angle",
        "front_angle = { a = 'near_shoulder', at = 'near_hip', c = 'near_knee' }",
        walker,
        SIDEWAYS,
        |yaw| TRUNK_DEG - THIGH_DEG[near_of(yaw)],
    ),
    case(
        "front_angle",
        "front_angle = { a = 'mid_shoulder', at = 'mid_hip', c = 'mid_knee' }",
        leaning,
        ONE_SIDE_OR_THE_OTHER,
        // From the trunk, leaning back, through the front to the thigh: both foreshortened.
        |yaw| {
            let seen = |deg: f64| sin(deg).atan2(cos(deg) * sin(yaw.abs())).to_degrees();
            seen(105.0) - seen(-50.0)
        },
    ),
    case("elevation", "elevation = { from = 'near_hip', to = 'near_knee' }", walker, SIDEWAYS, |yaw| {
        THIGH_DEG[near_of(yaw)]
    }),
    case("elevation", "elevation = { from = 'near_knee', to = 'near_ankle' }", walker, SIDEWAYS, |yaw| {
        -180.0 - SHANK_DEG[near_of(yaw)]
    }),
    Case {
        rolls_deg: &[0.0, 6.0, -6.0],
        within: 0.05,
        ..case(
            "floor_elevation",
            "floor_elevation = { from = 'mid_hip', to = 'mid_shoulder' }",
            lying,
            SIDEWAYS,
            |_| LIFT_DEG,
        )
    },
    Case {
        rolls_deg: &[0.0, 6.0, -6.0],
        within: 0.005,
        ..case("above_floor", "above_floor = { of = 'mid_shoulder' }", lying, SIDEWAYS, |_| sin(LIFT_DEG))
    },
    case("inclination", "inclination = { from = 'mid_hip', to = 'mid_shoulder' }", walker, ALL_ROUND, |yaw| {
        seen_from_deg(10.0, yaw)
    }),
    case("inclination", "inclination = { from = 'near_hip', to = 'near_knee' }", walker, SIDEWAYS, |yaw| {
        90.0 - THIGH_DEG[near_of(yaw)]
    }),
    case("lean_back", "lean_back = { from = 'mid_hip', to = 'mid_shoulder' }", walker, ONE_SIDE_OR_THE_OTHER, |yaw| {
        -seen_from_deg(10.0, yaw)
    }),
    case("lean_back", "lean_back = { from = 'mid_hip', to = 'mid_shoulder' }", leaning, ONE_SIDE_OR_THE_OTHER, |yaw| {
        seen_from_deg(15.0, yaw)
    }),
    case("behind_trunk", "behind_trunk = { from = 'near_shoulder', to = 'near_elbow' }", walker, SIDEWAYS, |yaw| {
        behind_deg(UPPER_DEG[near_of(yaw)])
    }),
    case(
        "behind_trunk",
        "behind_trunk = { from = 'near_shoulder', to = 'near_elbow' }",
        leaning,
        ONE_SIDE_OR_THE_OTHER,
        |yaw| {
            let [along, front] = beside_leaning_trunk(-120.0, 0.28, yaw);
            (-front).atan2(-along).to_degrees()
        },
    ),
    case("height", "height = { of = 'near_wrist', above = 'near_shoulder' }", walker, SIDEWAYS, |yaw| {
        (0.28 * sin(UPPER_DEG[near_of(yaw)]) + 0.25 * sin(FORE_DEG[near_of(yaw)])) / 0.5
    }),
    case("distance", "distance = { a = 'near_ear', b = 'near_shoulder' }", walker, SIDEWAYS, |_| 0.2 / 0.5),
    case("distance", "distance = { a = 'left_shoulder', b = 'right_shoulder' }", tilted, TO_THE_FRONT, |yaw| {
        (cos(SHOULDER_TILT_DEG) * cos(yaw)).hypot(sin(SHOULDER_TILT_DEG)) * 0.36 / 0.5
    }),
    case("along", "along = { of = 'near_ear', from = 'near_shoulder' }", walker, SIDEWAYS, |_| {
        0.2 * cos(HEAD_BACK_DEG) / 0.5
    }),
    case("along", "along = { of = 'near_elbow', from = 'near_shoulder' }", leaning, SIDEWAYS, |yaw| {
        beside_leaning_trunk(-120.0, 0.28, yaw)[0]
    }),
    case("in_front", "in_front = { of = 'near_ear', from = 'near_shoulder' }", walker, SIDEWAYS, |_| {
        -0.2 * sin(HEAD_BACK_DEG) / 0.5
    }),
    case(
        "in_front",
        "in_front = { of = 'near_elbow', from = 'near_shoulder' }",
        leaning,
        ONE_SIDE_OR_THE_OTHER,
        |yaw| beside_leaning_trunk(-120.0, 0.28, yaw)[1],
    ),
    case("in_front", "in_front = { of = 'near_knee', from = 'near_hip' }", leaning, ONE_SIDE_OR_THE_OTHER, |yaw| {
        beside_leaning_trunk(-50.0, 0.42, yaw)[1]
    }),
    // The middle of the floor under the hips is at 320, 430 px; a trunk has 95 px.
    case("across", "across = { of = 'near_knee' }", walker, SIDEWAYS, |yaw| {
        (320.0 / 190.0 - 0.42 * cos(THIGH_DEG[near_of(yaw)]) * sin(yaw)) / 0.5
    }),
    case("rise", "rise = { of = 'mid_shoulder' }", walker, SIDEWAYS, |_| {
        (HIPS_UP_M + 0.5 * sin(TRUNK_DEG) - 430.0 / 190.0) / 0.5
    }),
    case("depth", "depth = { of = 'right_wrist', beyond = 'right_shoulder' }", walker, ALL_ROUND, |yaw| {
        -(0.28 * cos(UPPER_DEG[1]) + 0.25 * cos(FORE_DEG[1])) * cos(yaw) / 0.5
    }),
    case("depth", "depth = { of = 'right_hip', beyond = 'left_hip' }", walker, ALL_ROUND, |yaw| 0.22 * sin(yaw) / 0.5),
    case("twist", "twist = {}", twister, ALL_ROUND, |_| CHEST_TURN_DEG - PELVIS_TURN_DEG),
    case("shoulder_yaw", "shoulder_yaw = {}", twister, ALL_ROUND, |yaw| CHEST_TURN_DEG - yaw),
    case("pelvis_yaw", "pelvis_yaw = {}", twister, ALL_ROUND, |yaw| PELVIS_TURN_DEG - yaw),
    // From the left shoulder to the right one it falls.
    case("tilt", "tilt = { line = 'shoulder' }", tilted, TO_THE_FRONT, |yaw| -atan(tan(SHOULDER_TILT_DEG) / cos(yaw))),
    // The line through the outer samples leaves a fifth of the bulge out.
    Case { within: 0.001, ..case("back_curve", "back_curve = {}", walker, SIDEWAYS, |_| 0.82 * BULGE_M / 0.5) },
    Case {
        within: 0.001,
        ..case(
            "back_curve",
            "back_curve = {}",
            || Doll { back_m: -BULGE_M, ..walker() },
            SIDEWAYS,
            |_| -0.82 * BULGE_M / 0.5,
        )
    },
    case("mean", "mean = ['left_elbow_angle', 'right_elbow_angle']", walker, SIDEWAYS, |_| 110.0),
    case("mean_known", "mean_known = ['left_elbow_angle', 'right_elbow_angle']", walker, SIDEWAYS, |_| 110.0),
    case("first_known", "first_known = ['left_elbow_angle', 'right_elbow_angle']", walker, SIDEWAYS, |_| 100.0),
    case("min", "min = ['left_elbow_angle', 'right_elbow_angle']", walker, SIDEWAYS, |_| 100.0),
    case("max", "max = ['left_elbow_angle', 'right_elbow_angle']", walker, SIDEWAYS, |_| 120.0),
    case("difference", "difference = ['left_elbow_angle', 'right_elbow_angle']", walker, SIDEWAYS, |_| -20.0),
    case("gap", "gap = ['left_elbow_angle', 'right_elbow_angle']", walker, SIDEWAYS, |_| 20.0),
    case("negative", "negative = 'left_elbow_angle'", walker, SIDEWAYS, |_| -100.0),
    case("progress", "progress = { of = 'left_elbow_angle', from = 60, to = 160 }", walker, SIDEWAYS, |_| 0.4),
];

/// An exercise file with one signal of interest, called `x`.
pub fn file(signal: &str) -> String {
    format!(
        "schema = 1\nid = \"x\"\ntitle = \"x\"\nsummary = \"x\"\nsetup = \"x\"\nview = \"side\"\nposture = \"standing\"\n\
         mode = \"reps\"\ntarget_reps = 1\nrequired = [\"nose\"]\n\n[signals]\n\
         left_elbow_angle = {{ angle = {{ a = 'left_shoulder', at = 'left_elbow', c = 'left_wrist' }} }}\n\
         right_elbow_angle = {{ angle = {{ a = 'right_shoulder', at = 'right_elbow', c = 'right_wrist' }} }}\n\
         x = {{ {signal} }}\n\n[count]\nsignal = \"x\"\nmin_range = 1\nsource = \"x\"\n"
    )
}

fn see(doll: &Doll, yaw_deg: f64, roll_deg: f64) -> PoseEstimate {
    let camera = Camera { roll_deg, ..Camera::at(yaw_deg) };
    camera.see_back(&doll.figure(), doll.back_m, 0, 0.0)
}

fn tracked(estimate: &PoseEstimate) -> TrackedPose {
    PoseSmoother::default().step(estimate)
}

fn body_of(pose: &TrackedPose) -> Body {
    Body::of(std::iter::once(pose), pose.trunk_px.unwrap(), pose.near)
}

/// The reading of a signal as an exercise file defines it.
fn read(signal: &str, pose: &TrackedPose, body: &Body) -> Option<Reading> {
    let def = ExerciseDef::parse("x.toml", &file(signal)).unwrap_or_else(|r| panic!("{signal}: {}", r.render()));
    let mut readings = Vec::new();
    evaluate(&def.signals, pose, body, &mut readings);
    readings[def.signals.iter().position(|s| s.name == "x").unwrap()]
}

/// Every place a case is looked at from: what is seen there, and a name for it.
fn views(case: &Case) -> impl Iterator<Item = (f64, PoseEstimate, String)> {
    let all = case.yaws_deg.iter().flat_map(|yaw| case.rolls_deg.iter().map(move |roll| (*yaw, *roll)));
    let doll = (case.doll)();
    all.map(move |(yaw, roll)| (yaw, see(&doll, yaw, roll), format!("{} from {yaw}, roll {roll}", case.signal)))
}

#[test]
fn every_kind_reads_what_is_known_from_every_side_it_claims() {
    let mut wrong = Vec::new();
    for case in CASES {
        assert!(case.signal.starts_with(&format!("{} =", case.kind)), "{} is no {}", case.signal, case.kind);
        for (yaw_deg, estimate, name) in views(case) {
            let pose = tracked(&estimate);
            let known = (case.known)(yaw_deg);
            let reading = read(case.signal, &pose, &body_of(&pose));
            if !reading.is_some_and(|r| r.trusted && (r.value - known).abs() <= case.within) {
                wrong.push(format!("{name}: {reading:?}, known {known:.3}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_kind_of_the_format_has_its_case() {
    let missing: Vec<_> = kinds().filter(|k| CASES.iter().all(|c| c.kind != k.name)).collect();
    assert!(missing.is_empty(), "no case for {missing:?}");
}

fn with_landmark(estimate: &PoseEstimate, landmark: Landmark, change: impl Fn(&mut LandmarkEstimate)) -> PoseEstimate {
    let mut changed = estimate.clone();
    change(&mut changed.pose.as_mut().unwrap().landmarks[landmark.index()]);
    changed
}

/// A landmark that is missing makes a signal unknown or does not concern it; one that is only guessed leaves the value but
/// not the trust, for the same signals.
#[test]
fn what_is_missing_is_unknown_and_what_is_guessed_is_not_trusted() {
    let mut wrong = Vec::new();
    for case in CASES {
        for (_, estimate, name) in views(case) {
            let pose = tracked(&estimate);
            let body = body_of(&pose);
            let whole = read(case.signal, &pose, &body).unwrap();
            let mut concerned = 0;
            for landmark in Landmark::ALL {
                let missing = with_landmark(&estimate, landmark, |l| l.presence = 0.1);
                let without = read(case.signal, &tracked(&missing), &body);
                let guess = with_landmark(&estimate, landmark, |l| l.visibility = 0.3);
                let guessed = read(case.signal, &tracked(&guess), &body);
                let concerns = without != Some(whole);
                concerned += usize::from(concerns);
                let untrusted = Some(Reading { trusted: !concerns, ..whole });
                let is_unknown = without.is_none() || matches!(case.kind, "mean_known" | "first_known");
                if guessed != untrusted || (concerns && !is_unknown) {
                    wrong.push(format!("{name}, {}: without {without:?}, guessed {guessed:?}", landmark.name()));
                }
            }
            if concerned == 0 {
                wrong.push(format!("{name} does not depend on any landmark"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn one_arm_may_be_missing_from_a_mean_of_those_that_are_known() {
    let estimate = see(&walker(), 90.0, 0.0);
    let body = body_of(&tracked(&estimate));
    let one = tracked(&with_landmark(&estimate, Landmark::RightWrist, |l| l.presence = 0.1));
    let of_both = |kind: &str| read(&format!("{kind} = ['left_elbow_angle', 'right_elbow_angle']"), &one, &body);
    assert!((of_both("mean_known").unwrap().value - 100.0).abs() < EXACT);
    let unknown = ["mean", "min", "max", "difference", "gap"].map(of_both);
    assert_eq!(unknown, [None; 5]);
    let first = "first_known = ['right_elbow_angle', 'left_elbow_angle']";
    assert!((read(first, &one, &body).unwrap().value - 100.0).abs() < EXACT);
    let no_arm = tracked(&with_landmark(
        &with_landmark(&estimate, Landmark::RightWrist, |l| l.presence = 0.1),
        Landmark::LeftElbow,
        |l| l.presence = 0.1,
    ));
    assert_eq!(read("mean_known = ['left_elbow_angle', 'right_elbow_angle']", &no_arm, &body), None);
}

/// Without a side that is nearer, front and back are not known.
#[test]
fn kinds_that_need_a_side_are_unknown_from_the_front() {
    let pose = tracked(&see(&walker(), 0.0, 0.0));
    assert_eq!(pose.near, None);
    let needing = ["front_angle", "lean_back", "behind_trunk", "in_front", "back_curve"];
    let known: Vec<_> = CASES
        .iter()
        .filter(|c| needing.contains(&c.kind))
        .filter(|c| read(c.signal, &pose, &body_of(&pose)).is_some())
        .map(|c| c.signal)
        .collect();
    assert!(known.is_empty(), "{known:?}");
}

/// The definition for a person with left and right exchanged.
fn swapped(signal: &str) -> String {
    signal.replace("left_", "LEFT_").replace("right_", "left_").replace("LEFT_", "right_")
}

/// A body with every angle by chance.
fn chance_doll(seed: u64) -> Doll {
    let mut chance = Chance(seed);
    let mut between = |from: f64, to: f64| from + (to - from) * chance.even();
    let mut doll = Doll::new([between(-0.2, 0.2), between(0.3, 1.0)], between(20.0, 120.0));
    for i in 0..2 {
        let arm = &mut doll.arms[i];
        (arm.upper_deg, arm.fore_deg) = (between(-180.0, 90.0), between(-90.0, 90.0));
        (arm.upper_out_deg, arm.fore_out_deg) = (between(0.0, 60.0), between(-30.0, 60.0));
        let leg = &mut doll.legs[i];
        (leg.thigh_deg, leg.shank_deg) = (between(-120.0, 20.0), between(-150.0, -60.0));
    }
    doll.head_back_deg = between(-40.0, 30.0);
    (doll.chest_turn_deg, doll.pelvis_turn_deg) = (between(-50.0, 50.0), between(-20.0, 20.0));
    (doll.shoulder_tilt_deg, doll.back_m) = (between(-15.0, 15.0), between(-0.05, 0.05));
    doll
}

proptest! {
    #![proptest_config(cases(64, 64))]

    #[test]
    fn a_mirrored_camera_exchanges_left_and_right_in_every_kind(seed in any::<u64>(), yaw_deg in -180.0..180.0_f64) {
        let estimate = see(&chance_doll(seed), yaw_deg, 0.0);
        let pose = tracked(&estimate);
        // Square to the camera the nearer side hangs on the last decimal.
        prop_assume!(pose.yaw_deg.is_some_and(|y| (y.abs() - 15.0).abs() > 0.1 && (y.abs() - 165.0).abs() > 0.1));
        let width_px = f64::from(estimate.size.width);
        let mirrored = tracked(&estimate.mirrored());
        let (body, other) = (body_of(&pose), body_of(&mirrored));
        prop_assert_eq!(other.near, body.near.map(Side::mirror));
        for case in CASES {
            let plain = read(case.signal, &pose, &body);
            let turned = read(&swapped(case.signal), &mirrored, &other);
            let wanted = plain.map(|r| match case.kind {
                "twist" | "shoulder_yaw" | "pelvis_yaw" | "tilt" => -r.value,
                "across" => (width_px - 1.0) / body.trunk_px - r.value,
                _ => r.value,
            });
            // Angles are the same all the way round.
            let near = |a: f64, b: f64| (a - b).abs() < 0.01 || ((a - b).abs() - 360.0).abs() < 0.01;
            let same = match (wanted, turned) {
                (Some(a), Some(b)) => near(a, b.value),
                (a, b) => a.is_none() && b.is_none(),
            };
            prop_assert!(same, "{} from {}: {:?}, mirrored {:?}", case.signal, yaw_deg, plain, turned);
        }
    }
}
