//! Variants for people who cannot stand, get down or use one arm, on a synthetic person: the seated files and the one-sided mode.

use crate::common::sets::follow;
use crate::common::skeleton::{
    Act, Camera, Figure, Script, all_fours, between, bird_dog, on_a_chair, standing, with_arm_of, with_arms,
};
use formcheck::base::skeleton::{Landmark, Side};
use formcheck::counting::engine::EventKind;
use formcheck::counting::engine::SetResult;
use formcheck::counting::record::{RepSide, RepTotals};
use formcheck::exercise::ExerciseDef;
use formcheck::exercise::plan::SetPlan;
use formcheck::vision::pose::PoseEstimate;
use std::sync::Arc;

const FPS: f64 = 20.0;
const REPS: usize = 4;

fn exercise(id: &str) -> Arc<ExerciseDef> {
    Arc::new(ExerciseDef::load(id).unwrap_or_else(|e| panic!("{e}")))
}

/// What a set came to: its record, what was advised, and how many seconds of holds were told for each side.
struct Set {
    record: SetResult,
    advice: Vec<String>,
    told: Vec<EventKind>,
}

impl Set {
    fn of(id: &str, only_side: Option<Side>, film: &[PoseEstimate]) -> Self {
        let (events, record) = follow(SetPlan::of(exercise(id)).on_side(only_side).holding_s(Some(2.0)), film);
        let told: Vec<EventKind> = events.into_iter().map(|e| e.kind).collect();
        let advice =
            told.iter().filter_map(|k| if let EventKind::SetupHint(text) = k { Some(text.clone()) } else { None });
        Self { advice: advice.collect(), record, told }
    }

    fn totals(&self) -> [u32; 5] {
        let RepTotals { total, left, right, unknown, rejected } = RepTotals::of(&self.record.reps);
        [total, left, right, unknown, rejected]
    }

    fn reasons(&self) -> Vec<&str> {
        self.record.reps.iter().map(|r| r.reason.as_deref().unwrap_or("counts")).collect()
    }
}

/// So many full movements of both sides.
fn repetitions(reps: usize) -> Script {
    (0..reps).fold(Script::resting(2.5), |script, _| script.rep(Act::Both, 1.0, 1.2, 0.6, 1.5))
}

fn film(yaw_deg: f64, script: &Script, figure: impl Fn(f64) -> Figure) -> Vec<PoseEstimate> {
    Camera::at(yaw_deg).film(FPS, script.length_s(), |t| figure(script.at(t).0))
}

fn angels(share: f64) -> Figure {
    standing(70.0 + 90.0 * share, true)
}

/// From a long arm to the elbow behind the trunk, as seen from the shoulder.
fn row(trunk: &Figure, share: f64) -> Figure {
    let long = with_arms(trunk, [0.25, -0.12], [0.48, -0.22]);
    between(&long, &with_arms(trunk, [-0.2, -0.2], [0.04, -0.25]), share)
}

/// The figure with its trunk and head leaning forward about the hips, knees as they are.
fn leaning(figure: &Figure, forward_deg: f64) -> Figure {
    use Landmark::{LeftAnkle, LeftFootIndex, LeftHeel, LeftHip, LeftKnee};
    let [hip_forward, hip_up, _] = figure[LeftHip.index()];
    let (sin, cos) = forward_deg.to_radians().sin_cos();
    let mut leaning = *figure;
    for landmark in Landmark::ALL {
        let is_leg = [LeftHip, LeftKnee, LeftAnkle, LeftHeel, LeftFootIndex]
            .iter()
            .any(|l| [*l, l.mirror()].contains(&landmark));
        if !is_leg {
            let [forward, up, _] = figure[landmark.index()];
            let (forward, up) = (forward - hip_forward, up - hip_up);
            leaning[landmark.index()][0] = hip_forward + forward * cos + up * sin;
            leaning[landmark.index()][1] = hip_up + up * cos - forward * sin;
        }
    }
    leaning
}

fn hands_on_thighs(trunk: &Figure) -> Figure {
    with_arms(trunk, [0.05, -0.27], [0.28, -0.42])
}

/// Gives the film an outline whose back bulges by a share of the trunk, rounded positive.
fn with_back(mut film: Vec<PoseEstimate>, script: &Script, bulge: f64) -> Vec<PoseEstimate> {
    for estimate in &mut film {
        let (share, _) = script.at(estimate.at.secs());
        let Some(pose) = &mut estimate.pose else { continue };
        let y_px = |l: Landmark| f64::from(pose.landmark(l).y_px);
        let trunk_px = (y_px(Landmark::LeftHip) - y_px(Landmark::LeftShoulder)).abs();
        let trunk = &mut pose.outline.trunk;
        let last = (trunk.cw_px.len() - 1) as f64;
        for (i, (back, front)) in trunk.cw_px.iter_mut().zip(&mut trunk.ccw_px).enumerate() {
            let u = i as f64 / last;
            *back = Some((trunk_px * (0.2 + bulge * share * 4.0 * u * (1.0 - u))) as f32);
            *front = Some((trunk_px * 0.2) as f32);
        }
    }
    film
}

/// Round and arched in turn.
fn cycles(reps: usize) -> Script {
    (0..reps).fold(Script::resting(2.5), |script, _| {
        script.rep(Act::Both, 1.0, 1.2, 0.5, 0.3).rep(Act::Both, -1.0, 1.2, 0.5, 1.2)
    })
}

#[test]
fn seated_variants_count_every_repetition_in_their_posture() {
    let (up, sitting) = (standing(10.0, false), on_a_chair(&standing(10.0, false)));
    let (script, turns) = (repetitions(REPS), cycles(REPS));
    let spine = film(90.0, &turns, |_| hands_on_thighs(&sitting));
    let cases = [
        ("wall_angels_seated", film(0.0, &script, |s| on_a_chair(&angels(s)))),
        ("wall_angels_seated", film(25.0, &script, |s| on_a_chair(&angels(s)))),
        ("band_row_seated", film(90.0, &script, |s| row(&sitting, s))),
        ("band_row_seated", film(-70.0, &script, |s| row(&sitting, s))),
        ("cat_camel_seated", with_back(spine, &turns, 0.08)),
        // The standing ones are as before.
        ("wall_angels", film(0.0, &script, angels)),
        ("biceps_curl", film(90.0, &script, |s| curl(&up, s))),
    ];
    let mut wrong = Vec::new();
    for (id, film) in cases {
        let set = Set::of(id, None, &film);
        if set.totals() != [4, 0, 0, 0, 0] || !set.record.faults.is_empty() {
            wrong.push(format!("{id}: {:?} {:?} {:?}", set.reasons(), set.advice, set.record.faults));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn seated_variants_count_nothing_in_another_posture_and_say_what_to_do() {
    let (up, sitting) = (standing(10.0, false), on_a_chair(&standing(10.0, false)));
    let (script, turns) = (repetitions(REPS), cycles(REPS));
    let hinged = leaning(&sitting, 40.0);
    let all_fours = film(90.0, &turns, |_| all_fours([0.0; 2], [0.0; 2]));
    let still = film(90.0, &turns, |_| hands_on_thighs(&sitting));
    let stands = film(90.0, &turns, |_| hands_on_thighs(&up));
    let cases = [
        ("wall_angels_seated", film(0.0, &script, angels), "Sit down first"),
        ("wall_angels", film(0.0, &script, |s| on_a_chair(&angels(s))), "Stand up first"),
        ("band_row_seated", film(90.0, &script, |s| row(&up, s)), "Sit down first"),
        ("band_row_seated", film(90.0, &script, |s| row(&hinged, s)), "Sit tall"),
        ("cat_camel_seated", with_back(stands, &turns, 0.08), "Sit down first"),
        ("cat_camel_seated", with_back(all_fours, &turns, 0.08), "Sit down first"),
        ("cat_camel_seated", with_back(still.clone(), &turns, 0.004), ""),
        ("cat_camel_seated", with_back(film(90.0, &turns, |s| row(&sitting, s)), &turns, 0.08), "Hands on your thighs"),
        ("band_row_seated", still, "Arms long, towards the band"),
        ("wall_angels_seated", film(0.0, &script, |_| on_a_chair(&up)), "Raise your hands, elbows bent"),
        // One hand goes to the head and back, the other lies in the lap.
        (
            "wall_angels_seated",
            film(0.0, &script, |s| with_arm_of(&on_a_chair(&standing(90.0 * s, true)), &on_a_chair(&up), Side::Right)),
            "Raise your hands, elbows bent",
        ),
    ];
    let mut wrong = Vec::new();
    for (id, film, advice) in cases {
        let set = Set::of(id, None, &film);
        let said = if advice.is_empty() { set.advice.is_empty() } else { set.advice.iter().all(|a| a == advice) };
        if !set.record.reps.is_empty() || !said || set.advice.is_empty() != advice.is_empty() {
            wrong.push(format!("{id} ({advice}): {:?} {:?}", set.reasons(), set.advice));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// One arm hangs still and in full view.
fn one_arm_hangs(moving: &Figure, hanging: Side) -> Figure {
    let rest = standing(5.0, false);
    let rest = if moving[Landmark::LeftHip.index()][1] > 0.7 { rest } else { on_a_chair(&rest) };
    with_arm_of(moving, &rest, hanging)
}

/// Both elbows bend from hanging to shoulder height.
fn curl(trunk: &Figure, share: f64) -> Figure {
    between(&with_arms(trunk, [0.0, -0.28], [0.05, -0.52]), &with_arms(trunk, [0.0, -0.28], [0.1, -0.05]), share)
}

#[test]
fn with_one_arm_hanging_the_named_arm_counts() {
    let script = repetitions(REPS);
    let up = standing(10.0, false);
    let mut wrong = Vec::new();
    for (usable, hanging) in [(Side::Left, Side::Right), (Side::Right, Side::Left)] {
        let counted = match usable {
            Side::Left => [4, 4, 0, 0, 0],
            Side::Right => [4, 0, 4, 0, 0],
        };
        let films = [
            ("wall_angels", film(0.0, &script, |s| one_arm_hangs(&angels(s), hanging))),
            ("wall_angels_seated", film(0.0, &script, |s| one_arm_hangs(&on_a_chair(&angels(s)), hanging))),
            ("biceps_curl", film(30.0, &script, |s| one_arm_hangs(&curl(&up, s), hanging))),
        ];
        for (id, film) in films {
            let set = Set::of(id, Some(usable), &film);
            let full = set.record.reps.iter().all(|r| id == "biceps_curl" || (85.0..92.0).contains(&r.range));
            if set.totals() != counted || !full || !set.record.faults.is_empty() {
                wrong.push(format!("{id} {}: {:?} {:?}", usable.name(), set.record.reps, set.record.faults));
            }
            let other = Set::of(id, Some(hanging), &film);
            let advised = id == "biceps_curl" || other.advice == ["Raise your hands, elbows bent"];
            if !other.record.reps.is_empty() || !advised {
                wrong.push(format!("{id} {}: {:?} {:?}", hanging.name(), other.reasons(), other.advice));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_compares_both_sides_is_not_measured_on_one() {
    let film = film(0.0, &repetitions(REPS), |s| {
        let low = angels(0.4 * s);
        with_arm_of(&angels(s), &low, Side::Right)
    });
    let set = Set::of("wall_angels", Some(Side::Left), &film);
    let why = |id: &str| set.record.not_measured.iter().find(|n| n.id == id).map(|n| n.why.as_str());
    assert_eq!(why("uneven"), Some("it compares both sides, and only the left one is followed"));
    assert_eq!((set.totals(), set.record.faults.len()), ([4, 4, 0, 0, 0], 0));
}

/// Sides take turns, every leg far too high.
fn alternating() -> (Script, Vec<PoseEstimate>) {
    let sides = [Side::Left, Side::Right, Side::Left, Side::Right, Side::Right];
    let script =
        sides.iter().fold(Script::resting(2.5), |script, side| script.rep(Act::Diagonal(*side), 1.0, 1.2, 3.0, 1.5));
    let film = Camera::at(90.0).film(FPS, script.length_s(), |t| {
        let (share, act) = script.at(t);
        bird_dog(share, act)
    });
    (script, film)
}

#[test]
fn movements_of_the_other_side_are_listed_and_are_neither_counted_nor_faults() {
    let (_, film) = alternating();
    let other = "other side";
    for (side, totals, reasons) in [
        (None, [5, 2, 3, 0, 0], ["counts"; 5]),
        (Some(Side::Left), [2, 2, 0, 0, 3], ["counts", other, "counts", other, other]),
        (Some(Side::Right), [3, 0, 3, 0, 2], [other, "counts", other, "counts", "counts"]),
    ] {
        let set = Set::of("bird_dog", side, &film);
        assert_eq!((set.totals(), set.reasons()), (totals, reasons.to_vec()), "{side:?}");
        let held = set.told.iter().filter_map(|k| if let EventKind::Hold { side, .. } = k { *side } else { None });
        let held: Vec<RepSide> = held.collect();
        let wanted = |held: &RepSide| side.is_none_or(|only| *held == RepSide::from(only));
        assert!(!held.is_empty() && held.iter().all(wanted), "holds of the other side are told: {held:?}");
    }
}

#[test]
fn a_form_fault_of_the_other_side_is_none() {
    let script = Script::resting(2.5).rep(Act::Diagonal(Side::Left), 1.0, 1.2, 3.0, 1.5).rep(
        Act::Diagonal(Side::Right),
        1.0,
        1.2,
        3.0,
        1.5,
    );
    let film = Camera::at(90.0).film(FPS, script.length_s(), |t| {
        let (share, act) = script.at(t);
        if act == Act::Diagonal(Side::Right) {
            all_fours([0.0, share], [1.6 * share, 0.0])
        } else {
            bird_dog(share, act)
        }
    });
    let faults = |side| Set::of("bird_dog", side, &film).record.faults.iter().map(|f| f.id.clone()).collect::<Vec<_>>();
    assert_eq!(faults(None), ["leg_high"]);
    assert_eq!(faults(Some(Side::Right)), ["leg_high"]);
    assert_eq!(faults(Some(Side::Left)), [""; 0]);
}

#[test]
fn where_the_nearer_arm_counts_the_chosen_side_must_be_nearer() {
    let sitting = on_a_chair(&standing(10.0, false));
    let script = repetitions(REPS);
    let from_left = film(90.0, &script, |s| row(&sitting, s));
    let left = Set::of("band_row_seated", Some(Side::Left), &from_left);
    assert_eq!((left.totals(), left.advice.len()), ([4, 4, 0, 0, 0], 0));
    let right = Set::of("band_row_seated", Some(Side::Right), &from_left);
    assert_eq!((right.totals(), right.advice), ([0; 5], vec!["Turn your right side to the camera".to_owned()]));
    let from_right = film(-90.0, &script, |s| row(&sitting, s));
    assert_eq!(Set::of("band_row_seated", Some(Side::Right), &from_right).totals(), [4, 0, 4, 0, 0]);
}

#[test]
fn an_exercise_without_sides_stays_as_it_is() {
    let cobra = exercise("cobra");
    assert!(!cobra.has_one_sided_mode());
    assert!(Arc::ptr_eq(&cobra, &Arc::clone(&cobra).followed_on(Some(Side::Left))));
    let left = exercise("bird_dog").followed_on(Some(Side::Left));
    assert_eq!(left.target_words(), "10 holds of 5 s on the left");
    assert!(Arc::ptr_eq(&left, &Arc::clone(&left).followed_on(Some(Side::Right))), "a side is chosen once");
}

/// What the checker says to mistakes in `[one_sided]`: what is appended to a file, and its lines that begin with "error".
const MISTAKES: [(&str, &[&str]); 7] = [
    ("[one_sided]\nnear = true", &["conflict]: `near = true` needs a view that shows a side, not `view = \"front\"`"]),
    (
        "[one_sided]\nskip = [\"unever\"]\nsignals.hands = { left = \"hand_left\", right = \"hand_right\" }",
        &["unknown-word]: there is no fault `unever`"],
    ),
    (
        "[one_sided]\nsides = true\nsignals.hands = { left = \"hand_left\", right = \"hand_right\" }",
        &["unknown-key]: the one-sided mode has no key `sides`"],
    ),
    (
        "[one_sided]\nskip = [\"uneven\"]",
        &["missing-key]: the one-sided mode needs `near = true`, or `signals` with the one that counts"],
    ),
    ("[one_sided.signals]\nhands = { left = \"hand_left\" }", &["missing-key]: a signal of one side has no `right`"]),
    (
        "[one_sided.signals]\nhand = { left = \"hand_left\", right = \"hand_rihgt\" }",
        &["unknown-signal]: there is no signal `hand`", "unknown-signal]: there is no signal `hand_rihgt`"],
    ),
    (
        "[one_sided.signals]\nhands = { left = \"tilt\", right = \"hand_right\" }",
        &["conflict]: `tilt` is in deg, `hands` in T"],
    ),
];

#[test]
fn mistakes_in_the_one_sided_mode_are_said() {
    let text =
        std::fs::read_to_string(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("exercises/biceps_curl.toml"));
    let text = text.unwrap();
    let (head, _) = text.split_once("[one_sided]").unwrap();
    let head = head.replace("[signals]\n", "[signals]\ntilt = { tilt = { line = \"shoulder\" } }\n");
    let mut wrong = Vec::new();
    for (appended, expected) in MISTAKES {
        let said =
            ExerciseDef::parse("x.toml", &format!("{head}{appended}\n")).map_or_else(|r| r.render(), |_| String::new());
        let said: Vec<_> = said.lines().filter_map(|l| l.strip_prefix("error[")).collect();
        if said != expected {
            wrong.push(format!("{appended}\nsaid {said:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
