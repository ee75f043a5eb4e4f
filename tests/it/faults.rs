//! Every fault of every exercise file, on a synthetic person: raised in the repetition that has it and nowhere else, and never
//! by a clean set.

use crate::common::bodies::{Flaw, Flaws, body};
use crate::common::sets::follow;
use crate::common::skeleton::{Act, Camera, Noise, Script, shaken};
use formcheck::base::skeleton::Side;
use formcheck::counting::engine::{EventKind, SetResult};
use formcheck::counting::record::Rep;
use formcheck::exercise::plan::SetPlan;
use formcheck::exercise::{ExerciseDef, Mode, Pattern, catalogue};
use formcheck::motion::track::View;
use formcheck::vision::pose::PoseEstimate;
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

const FPS: f64 = 20.0;
/// What a hold has to reach here, seconds.
const TARGET_HOLD_S: f64 = 3.0;
/// Measurement noise: a pixel; the rest as traces of rendered and real people have it from frame to frame (up to 0.003 m,
/// and 0.002 T in the curve of the back).
const NOISE: Noise = Noise { px: 1.0, world_m: 0.002, outline_px: 0.17 };
const NOISE_SEED: u64 = 1959;
/// How much of a turn of chest or pelvis the model's world landmarks show, as the exercise file of the twist says.
const WORLD_TURN_SHARE: f64 = 0.5;
/// How long a body takes to fall into a flaw or out of it, seconds.
const EASE_S: f64 = 0.5;
/// A flaw of this share of its amount is none by the conditions on a repetition itself.
const HARMLESS_SHARE: f64 = 0.3;
/// And of this share none among the own others, either: these limits are lower.
const UNNOTICED_SHARE: f64 = 0.1;

static EXERCISES: LazyLock<Vec<Arc<ExerciseDef>>> =
    LazyLock::new(|| catalogue::load_all().unwrap().into_iter().map(Arc::new).collect());

/// When a flaw is there.
#[derive(Clone, Copy, Debug, PartialEq)]
enum When {
    /// With the movement, as far as it has gone.
    Moving,
    /// In the rest before it.
    Resting,
    /// In the rest before it and until its end.
    Throughout,
    /// The flaw is all the movement there is.
    Instead,
}

/// Where it is to be found in the record.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Seen {
    /// In a repetition that counts.
    Counted,
    /// In one that does not.
    Rejected,
    /// In the set, no repetition having been made.
    InNone,
}

/// One movement as it is planned.
#[derive(Clone, Copy, Debug)]
struct Move {
    share: f64,
    act: Act,
    way_s: f64,
    hold_s: f64,
    back_s: f64,
    rest_s: f64,
    /// Swings to three quarters of the way and back, in position.
    swings: usize,
}

/// A fault with the set that raises it.
struct Case {
    /// Exercise and fault.
    id: &'static str,
    /// Number of the movement that has it.
    rep: usize,
    when: When,
    flaws: &'static [(Flaw, f64)],
    change: fn(&mut Move),
    /// The movement before it, where that matters.
    change_before: fn(&mut Move),
    seen: Seen,
    /// Where the camera has to be, when it is not the best place of the exercise or its mirror.
    yaws_deg: Option<[f64; 2]>,
}

const fn nothing(_: &mut Move) {}

const fn flawed(id: &'static str, rep: usize, when: When, flaws: &'static [(Flaw, f64)]) -> Case {
    Case { id, rep, when, flaws, change: nothing, change_before: nothing, seen: Seen::Counted, yaws_deg: None }
}

const fn moved(id: &'static str, rep: usize, change: fn(&mut Move)) -> Case {
    Case { change, ..flawed(id, rep, When::Moving, &[]) }
}

const CASES: [Case; 63] = {
    use Flaw as F;
    use When::{Instead, Moving, Resting, Throughout};
    [
        flawed("band_row/trunk_swing", 2, Moving, &[(F::ChestUpDeg, 28.0)]),
        flawed("band_row/locked_knees", 2, Throughout, &[(F::KneeDeg, 23.0)]),
        flawed("band_row/squatting", 2, Throughout, &[(F::KneeDeg, -62.0)]),
        flawed("band_row/rounded_back", 2, Throughout, &[(F::HeadBackDeg, -65.0)]),
        flawed("band_row/shrug", 2, Moving, &[(F::ShrugM, 0.09)]),
        moved("band_row/fast_release", 2, |m| m.back_s = 0.4),
        Case { seen: Seen::InNone, ..flawed("band_row/curling", 3, Instead, &[(F::ForearmUpDeg, 90.0)]) },
        flawed("band_row_seated/trunk_swing", 2, Moving, &[(F::ChestUpDeg, 25.0)]),
        flawed("band_row_seated/rounded_back", 2, Throughout, &[(F::HeadBackDeg, -65.0)]),
        flawed("band_row_seated/shrug", 2, Moving, &[(F::ShrugM, 0.09)]),
        flawed("biceps_curl/uneven", 3, Moving, &[(F::OneHandShortDeg, 50.0)]),
        Case {
            seen: Seen::Rejected,
            ..moved("bird_dog/same_side", 2, |m| {
                if let Act::Diagonal(side) = m.act {
                    m.act = Act::SameSide(side);
                }
            })
        },
        flawed("bird_dog/leg_high", 2, Moving, &[(F::LegHighShare, 0.65)]),
        flawed("bird_dog/low_arm", 1, Moving, &[(F::ArmLowShare, 0.52)]),
        Case { seen: Seen::Rejected, ..flawed("bird_dog/low_leg", 1, Moving, &[(F::LegLowShare, 0.65)]) },
        flawed("bird_dog/back_sag", 3, Moving, &[(F::BackHollowM, 0.025)]),
        flawed("bird_dog/head_up", 3, Moving, &[(F::HeadBackDeg, 45.0)]),
        Case { change_before: |m| (m.back_s, m.rest_s) = (0.5, 0.0), ..moved("bird_dog/rushed", 3, |m| m.way_s = 0.5) },
        flawed("bridge/overarch", 3, Moving, &[(F::ChestUpDeg, 4.0), (F::BackHollowM, 0.018)]),
        moved("bridge/half_height", 3, |m| m.share = 0.72),
        flawed("bridge/feet_far", 2, Resting, &[(F::FeetAwayM, 0.43)]),
        flawed("bridge/heels_lift", 2, Moving, &[(F::HeelsUpM, 0.1)]),
        flawed("bridge/feet_near", 2, Throughout, &[(F::FeetAwayM, -0.15)]),
        flawed("bridge/shoulders_slide", 2, Moving, &[(F::ShoulderSlideM, 0.22)]),
        flawed("cat_camel/rocking", 2, Moving, &[(F::HipsBackM, 0.12)]),
        flawed("cat_camel/bent_arms", 2, Throughout, &[(F::ElbowsBentM, 0.1)]),
        flawed("cat_camel/hands_forward", 2, Throughout, &[(F::HandsForwardM, 0.3), (F::ElbowsBentM, 0.05)]),
        moved("cat_camel/too_fast", 2, |m| (m.way_s, m.hold_s, m.back_s) = (0.5, 0.0, 0.5)),
        Case { seen: Seen::InNone, ..flawed("cat_camel/head_only", 3, Instead, &[(F::HeadBackDeg, -60.0)]) },
        flawed("cat_camel_seated/rocking", 2, Moving, &[(F::LeanBackDeg, 25.0)]),
        flawed("cat_camel_seated/falling_forward", 2, Moving, &[(F::LeanForwardDeg, 25.0)]),
        moved("cat_camel_seated/too_fast", 2, |m| (m.way_s, m.hold_s, m.back_s) = (0.5, 0.0, 0.5)),
        flawed("cobra/hips_lift", 2, Moving, &[(F::HipsUpM, 0.12)]),
        flawed("cobra/legs_lift", 2, Moving, &[(F::FeetUpDeg, 22.0)]),
        flawed("cobra/shrug", 3, Moving, &[(F::ShrugM, 0.09)]),
        flawed("cobra/head_back", 3, Moving, &[(F::HeadBackDeg, 38.0)]),
        flawed("foam_roll/neck_drop", 5, Throughout, &[(F::HeadBackDeg, 35.0)]),
        moved("foam_roll/too_fast", 4, |m| (m.share, m.way_s, m.back_s) = (3.0, 0.7, 0.7)),
        moved("foam_roll/off_zone", 4, |m| (m.share, m.way_s, m.back_s) = (4.6, 3.0, 3.0)),
        flawed("push_up/hips_sag", 2, Moving, &[(F::BodyBentDeg, 45.0)]),
        flawed("seated_twist/pelvis_turns", 2, Moving, &[(F::PelvisTurnDeg, 28.0)]),
        flawed("seated_twist/side_lean", 3, Moving, &[(F::ShoulderTiltDeg, 14.0)]),
        Case { yaws_deg: Some([0.0, 30.0]), ..flawed("seated_twist/slump", 2, Moving, &[(F::LeanForwardDeg, 32.0)]) },
        Case { seen: Seen::InNone, ..flawed("seated_twist/head_only", 3, Instead, &[(F::HeadTurnDeg, 60.0)]) },
        flawed("shoulder_blade_squeeze/shrug", 2, Moving, &[(F::ShrugM, 0.05)]),
        flawed("shoulder_blade_squeeze/lean_back", 2, Moving, &[(F::LeanBackDeg, 28.0)]),
        flawed("shoulder_blade_squeeze/chin_poke", 2, Moving, &[(F::HeadForwardM, 0.13)]),
        Case {
            yaws_deg: Some([40.0, 60.0]),
            ..flawed("shoulder_blade_squeeze/uneven", 3, Moving, &[(F::OneArmShortDeg, 26.0)])
        },
        moved("squat/half_range", 3, |m| m.share = 0.68),
        flawed("thoracic_extension/hands_off_head", 2, Moving, &[(F::HandsAwayM, 0.37)]),
        flawed("thoracic_extension/neck_back", 2, Moving, &[(F::HeadBackDeg, 45.0)]),
        flawed("thoracic_extension/hips_slide", 2, Moving, &[(F::HipsForwardM, 0.22)]),
        moved("thoracic_extension/bounce", 2, |m| m.swings = 4),
        flawed("wall_angels/uneven", 3, Moving, &[(F::OneArmShortDeg, 36.0)]),
        moved("wall_angels/half_range", 3, |m| m.share = 0.72),
        flawed("wall_angels/elbows_drop", 2, Resting, &[(F::ElbowsInDeg, 38.0)]),
        moved("wall_angels/too_fast", 2, |m| (m.way_s, m.hold_s, m.back_s) = (0.75, 0.0, 0.75)),
        flawed("wall_angels/arms_off_wall", 2, Moving, &[(F::ArmsOffWallM, 0.28)]),
        flawed("wall_angels_seated/uneven", 3, Moving, &[(F::OneArmShortDeg, 36.0)]),
        moved("wall_angels_seated/half_range", 3, |m| m.share = 0.72),
        flawed("wall_angels_seated/elbows_drop", 2, Resting, &[(F::ElbowsInDeg, 38.0)]),
        moved("wall_angels_seated/too_fast", 2, |m| (m.way_s, m.hold_s, m.back_s) = (0.75, 0.0, 0.75)),
        flawed("wall_angels_seated/arms_off_wall", 2, Moving, &[(F::ArmsOffWallM, 0.28)]),
    ]
};

/// A set: its movements, and the stretch of time that belongs to each.
struct Set {
    script: Script,
    /// Start, farthest point, end.
    windows: Vec<[f64; 3]>,
}

/// A clean movement of an exercise, the `i`th of its set.
fn clean_move(def: &ExerciseDef, i: usize) -> Move {
    let side = if i.is_multiple_of(2) { Side::Left } else { Side::Right };
    let act = if def.has_sides() { Act::Diagonal(side) } else { Act::Both };
    // People do not repeat themselves to the degree.
    let share = [1.0, 0.97, 1.03, 0.99, 1.02, 0.98][i % 6];
    let (way_s, hold_s, rest_s) = match (def.count.pattern, def.mode) {
        (Pattern::Passes, _) => (1.5, 0.0, 0.0),
        (_, Mode::Hold) => (1.0, TARGET_HOLD_S + 1.2, 3.2),
        _ => (1.1, 1.2, 2.6),
    };
    Move { share, act, way_s, hold_s, back_s: way_s, rest_s, swings: 0 }
}

fn set_of(def: &ExerciseDef, moves: &[Move]) -> Set {
    let mut script = Script::resting(2.6);
    let (mut windows, mut start_s) = (Vec::new(), 0.0);
    for m in moves {
        script = script.to(m.act, m.share, m.way_s);
        let peak_s = script.length_s();
        for _ in 0..m.swings {
            script = script.to(m.act, m.share * 0.75, 0.4).to(m.act, m.share, 0.4);
        }
        script = script.to(m.act, m.share, m.hold_s);
        if def.count.pattern == Pattern::BothWays {
            script = script.to(m.act, -m.share, m.way_s + m.back_s).to(m.act, -m.share, m.hold_s);
        }
        script = script.to(m.act, 0.0, m.back_s);
        windows.push([start_s, peak_s, script.length_s()]);
        start_s = script.length_s();
        script = script.to(m.act, 0.0, m.rest_s);
    }
    Set { script: script.to(Act::Both, 0.0, 1.5), windows }
}

fn eased(share: f64) -> f64 {
    let u = share.clamp(0.0, 1.0);
    u * u * (3.0 - 2.0 * u)
}

/// How much of a flaw is there.
fn weight(when: When, t: f64, share: f64, [start_s, peak_s, end_s]: [f64; 3]) -> f64 {
    let begun = eased((t - start_s) / EASE_S);
    match when {
        When::Moving | When::Instead if (start_s..end_s).contains(&t) => share.abs().min(1.0),
        When::Resting if (start_s..peak_s).contains(&t) => begun * (1.0 - share.abs()).max(0.0),
        When::Throughout => begun * eased((end_s + EASE_S - t) / EASE_S),
        _ => 0.0,
    }
}

/// The best place of the camera for a view.
fn ideal_yaw_deg(view: View) -> f64 {
    match view {
        View::Front => 0.0,
        View::Oblique => 45.0,
        View::Side => 90.0,
    }
}

struct Shot<'a> {
    def: &'a Arc<ExerciseDef>,
    yaw_deg: f64,
    fps: f64,
    moves: Vec<Move>,
    /// The movement with flaws, and how much of their amounts.
    flawed: Option<(&'a Case, f64)>,
}

impl Shot<'_> {
    fn film(&self) -> Result<Vec<PoseEstimate>, String> {
        let set = set_of(self.def, &self.moves);
        let camera = Camera::at(self.yaw_deg);
        let frames = (set.script.length_s() * self.fps) as u64;
        let see = |i: u64| {
            let t = i as f64 / self.fps;
            let (mut share, act) = set.script.at(t);
            let mut flaws = Flaws::NONE;
            if let Some((case, amount)) = self.flawed {
                let window = set.windows[case.rep - 1];
                flaws = Flaws { list: case.flaws, weight: amount * weight(case.when, t, share, window) };
                if case.when == When::Instead && (window[0]..window[2]).contains(&t) {
                    share = 0.0;
                }
            }
            let doll = body(&self.def.id, share, act, &flaws)?;
            let mut estimate = camera.see_back(&doll.figure(), doll.back_m, i, t);
            let world = camera.see(&doll.turned_by(WORLD_TURN_SHARE).figure(), i, t);
            if let (Some(pose), Some(world)) = (&mut estimate.pose, world.pose) {
                pose.world = world.world;
            }
            Ok(estimate)
        };
        let film: Vec<_> = (0..frames).map(see).collect::<Result<_, String>>()?;
        Ok(shaken(&film, NOISE, NOISE_SEED))
    }

    fn record(&self) -> Result<SetResult, String> {
        Ok(follow(SetPlan::of(Arc::clone(self.def)).holding_s(Some(TARGET_HOLD_S)), &self.film()?).1)
    }
}

fn number_of_moves(def: &ExerciseDef) -> usize {
    if def.count.pattern == Pattern::Passes { 7 } else { 4 }
}

fn clean_moves(def: &ExerciseDef) -> Vec<Move> {
    (0..number_of_moves(def)).map(|i| clean_move(def, i)).collect()
}

fn said(rep: &Rep) -> Vec<&str> {
    rep.faults.iter().chain(&rep.remarks).map(String::as_str).collect()
}

/// A record on one line, for a failing case.
fn told(record: &SetResult) -> String {
    let rep = |r: &Rep| {
        let verdict = r.reason.as_deref().unwrap_or("counts");
        format!("{} {verdict} ({:.3}) {:?}", r.index, r.range, said(r))
    };
    let set: Vec<_> = record.faults.iter().map(|f| f.id.as_str()).collect();
    format!("set {set:?}, repetitions: {}", record.reps.iter().map(rep).collect::<Vec<_>>().join("; "))
}

/// What is wrong with a record in which no repetition may have a fault.
fn wrong_if_clean(def: &ExerciseDef, record: &SetResult) -> bool {
    let counted = record.reps.iter().filter(|r| r.counted).count();
    !record.faults.is_empty() || record.reps.iter().any(|r| !said(r).is_empty()) || counted != number_of_moves(def)
}

#[test]
fn a_clean_set_of_every_exercise_counts_and_raises_nothing() {
    let mut wrong = Vec::new();
    for def in EXERCISES.iter() {
        let ideal = ideal_yaw_deg(def.view);
        for (yaw_deg, fps) in [(ideal, 30.0), (-ideal, 20.0), (ideal - 20.0, 15.0), (20.0 - ideal, 10.0)] {
            let shot = Shot { def, yaw_deg, fps, moves: clean_moves(def), flawed: None };
            match shot.record() {
                Ok(record) if !wrong_if_clean(def, &record) => (),
                Ok(record) => wrong.push(format!("{} from {yaw_deg} at {fps}/s: {}", def.id, told(&record))),
                Err(missing) => wrong.push(missing),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn names(case: &Case) -> (&str, &str) {
    case.id.split_once('/').unwrap()
}

fn yaws_deg(case: &Case, def: &ExerciseDef) -> [f64; 2] {
    let ideal = ideal_yaw_deg(def.view);
    case.yaws_deg.unwrap_or([ideal, -ideal])
}

/// The set of a case; `amount` of its flaws.
fn shot_of<'a>(case: &'a Case, def: &'a Arc<ExerciseDef>, yaw_deg: f64, amount: f64) -> Shot<'a> {
    let mut moves = clean_moves(def);
    if amount == 1.0 {
        (case.change)(&mut moves[case.rep - 1]);
        if case.rep > 1 {
            (case.change_before)(&mut moves[case.rep - 2]);
        }
    }
    Shot { def, yaw_deg, fps: FPS, moves, flawed: Some((case, amount)) }
}

/// Whether a record has the fault of a case where it belongs, and nothing else.
fn has_its_fault_only(case: &Case, def: &ExerciseDef, record: &SetResult) -> bool {
    let fault = names(case).1;
    let advisory = def.faults.iter().any(|f| f.id == fault && f.advisory);
    let wanted_reps = number_of_moves(def) - usize::from(case.seen == Seen::InNone);
    let in_rep = |r: &Rep| {
        let has_it = case.seen != Seen::InNone && r.index as usize == case.rep;
        let (in_faults, in_advice) = if advisory { (&r.remarks, &r.faults) } else { (&r.faults, &r.remarks) };
        let counts = !(has_it && case.seen == Seen::Rejected);
        in_advice.is_empty() && r.counted == counts && in_faults.iter().eq(has_it.then_some(fault).iter())
    };
    record.reps.len() == wanted_reps
        && record.faults.iter().map(|f| f.id.as_str()).eq([fault])
        && record.reps.iter().all(in_rep)
}

#[test]
fn every_fault_is_raised_in_the_repetition_that_has_it_and_nothing_else_is() {
    let mut wrong = Vec::new();
    for case in &CASES {
        let Some(def) = EXERCISES.iter().find(|d| d.id == names(case).0) else {
            wrong.push(format!("no exercise for {}", case.id));
            continue;
        };
        for yaw_deg in yaws_deg(case, def) {
            match shot_of(case, def, yaw_deg, 1.0).record() {
                Ok(record) if has_its_fault_only(case, def, &record) => (),
                Ok(record) => wrong.push(format!("{} from {yaw_deg}: {}", case.id, told(&record))),
                Err(missing) => wrong.push(format!("{}: {missing}", case.id)),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_little_of_a_flaw_is_none() {
    let mut wrong = Vec::new();
    for case in CASES.iter().filter(|c| !c.flaws.is_empty() && c.when != When::Instead) {
        let Some(def) = EXERCISES.iter().find(|d| d.id == names(case).0) else { continue };
        let mut alone = ExerciseDef::clone(def);
        alone.faults.iter_mut().for_each(|f| f.unlike_own.clear());
        for (def, share) in [(&Arc::new(alone), HARMLESS_SHARE), (def, UNNOTICED_SHARE)] {
            match shot_of(case, def, yaws_deg(case, def)[0], share).record() {
                Ok(record) if !wrong_if_clean(def, &record) => (),
                Ok(record) => wrong.push(format!("{share} of {}: {}", case.id, told(&record))),
                Err(missing) => wrong.push(missing),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_fault_of_the_first_repetition_is_told_once_there_are_others_and_events_add_up_to_the_list() {
    let case = flawed("wall_angels/uneven", 1, When::Moving, &[(Flaw::OneArmShortDeg, 36.0)]);
    let def = EXERCISES.iter().find(|d| d.id == "wall_angels").unwrap();
    let film = shot_of(&case, def, yaws_deg(&case, def)[0], 1.0).film().unwrap();
    let (events, record) = follow(SetPlan::of(Arc::clone(def)), &film);
    let (mut list, mut forms) = (BTreeMap::new(), Vec::new());
    for kind in events.into_iter().map(|e| e.kind) {
        if let EventKind::RepForm(rep) = &kind {
            forms.push((rep.id, list.len(), rep.faults.clone()));
        }
        if let Some(rep) = kind.entry() {
            list.insert(rep.id, rep.clone());
        }
    }
    assert_eq!(forms, [(1, 3, vec!["uneven".to_owned()])], "told when the third had been counted");
    let faults =
        |reps: &mut dyn Iterator<Item = &Rep>| reps.map(|r| (r.id, r.faults.clone(), r.score)).collect::<Vec<_>>();
    assert_eq!(faults(&mut list.values()), faults(&mut record.reps.iter()));
    assert_eq!(record.faults.iter().map(|f| (f.id.as_str(), f.times)).collect::<Vec<_>>(), [("uneven", 1)]);
}

#[test]
fn what_the_comparison_raises_is_cleared_and_stands_in_the_record() {
    let case = flawed("cobra/head_back", 3, When::Moving, &[(Flaw::HeadBackDeg, 20.0)]);
    let def = EXERCISES.iter().find(|d| d.id == "cobra").unwrap();
    let film = shot_of(&case, def, yaws_deg(&case, def)[0], 1.0).film().unwrap();
    let (events, record) = follow(SetPlan::of(Arc::clone(def)).holding_s(Some(TARGET_HOLD_S)), &film);
    let changes = events.iter().filter(|e| matches!(e.kind, EventKind::Fault(_) | EventKind::FaultCleared(_)));
    let changes: Vec<_> = changes.map(|e| (e.at, e.kind.clone())).collect();
    let kinds: Vec<_> = changes.iter().map(|(_, kind)| kind.clone()).collect();
    let id = || "head_back".to_owned();
    assert_eq!(kinds, [EventKind::Fault(id()), EventKind::FaultCleared(id())]);
    let rep = &record.reps[2];
    assert!(rep.faults == [id()] && (rep.start_s..rep.end_s).contains(&changes[0].0.secs()), "{}", told(&record));
    assert_eq!(record.faults.iter().map(|f| (f.id.as_str(), f.times)).collect::<Vec<_>>(), [("head_back", 1)]);
}

#[test]
fn every_fault_of_the_catalogue_has_its_case() {
    let ids = EXERCISES.iter().flat_map(|def| def.faults.iter().map(|f| format!("{}/{}", def.id, f.id)));
    let missing: Vec<_> =
        ids.filter(|id| CASES.iter().all(|c| c.id != id)).map(|id| format!("no case for {id}")).collect();
    assert!(missing.is_empty(), "{}", missing.join("\n"));
    let has = |case: &&Case| {
        EXERCISES.iter().any(|d| d.id == names(case).0 && d.faults.iter().any(|f| f.id == names(case).1))
    };
    let idle: Vec<_> = CASES.iter().filter(|c| !has(c)).map(|c| c.id).collect();
    assert!(idle.is_empty(), "cases of no fault: {idle:?}");
}
