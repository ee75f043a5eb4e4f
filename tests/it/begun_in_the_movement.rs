//! Recorded people whose recording is cut so that it begins in a hold, and what is shown while a hold is timed.

use crate::common::kept::unpacked;
use crate::common::sets::plan;
use formcheck::base::time::Timestamp;
use formcheck::counting::engine::EventKind;
use formcheck::counting::record::{Rep, RepSide};
use formcheck::counting::runner::SetRunner;
use formcheck::motion::track::{PoseSmoother, TrackedPose};
use formcheck::vision::pose::PoseEstimate;
use std::path::Path;

/// Exercises of holds whose recording is kept with the tests, and the target that their shortest holds reach, seconds.
const HOLDS: [(&str, f64); 5] = [
    ("bird_dog", 1.5),
    ("cobra", 2.0),
    ("seated_twist", 2.0),
    ("shoulder_blade_squeeze", 2.0),
    ("thoracic_extension", 2.0),
];

fn estimates(exercise: &str) -> Vec<PoseEstimate> {
    let trace = format!("tests/fixtures/traces/{exercise}_b.jsonl.gz");
    let mut reader = unpacked(&Path::new(env!("CARGO_MANIFEST_DIR")).join(trace));
    std::iter::from_fn(|| reader.next_estimate().unwrap()).collect()
}

fn film(exercise: &str) -> Vec<TrackedPose> {
    let mut smoother = PoseSmoother::default();
    estimates(exercise).iter().map(|e| smoother.step(e)).collect()
}

/// The whole record of a film; each hold with the seconds that were shown last while it was held.
fn followed(exercise: &str, target_s: f64, film: &[TrackedPose]) -> (Vec<Rep>, Vec<(u32, f64, f64)>) {
    let mut runner = SetRunner::new(plan(exercise).holding_s(Some(target_s)));
    let (mut shown_s, mut told) = (0.0, Vec::new());
    for pose in film {
        for event in runner.step(pose) {
            match event.kind {
                EventKind::Hold { held_s, .. } => shown_s = held_s,
                EventKind::RepCounted(rep) | EventKind::RepRejected(rep) => {
                    told.push((rep.id, std::mem::take(&mut shown_s), rep.hold_s.unwrap_or_default()));
                }
                _ => (),
            }
        }
    }
    (runner.finish().1.summary.repetitions, told)
}

#[test]
fn what_is_shown_while_a_hold_is_timed_is_what_the_record_says() {
    let mut wrong = Vec::new();
    for (exercise, target_s) in HOLDS {
        let (reps, told) = followed(exercise, target_s, &film(exercise));
        let mut compared = 0;
        for (id, shown_s, told_s) in told {
            let Some(kept_s) = reps.iter().find(|r| r.id == id && r.counted).and_then(|r| r.hold_s) else { continue };
            compared += 1;
            // A full second is shown with the first frame after it, 12 of them a second.
            let is_shown_right = (shown_s - 0.1..shown_s + 1.1).contains(&kept_s);
            if (told_s - kept_s).abs() > 0.09 || !is_shown_right {
                wrong.push(format!("{exercise} {id}: shown {shown_s}, told {told_s}, kept {kept_s}"));
            }
        }
        if compared < 2 {
            wrong.push(format!("{exercise}: {compared} holds"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_recording_that_begins_in_a_hold_has_the_ones_after_it() {
    let mut wrong = Vec::new();
    for (exercise, target_s) in HOLDS {
        let whole = film(exercise);
        let (reps, _) = followed(exercise, target_s, &whole);
        let cut_s = f64::midpoint(reps[0].start_s, reps[0].end_s);
        let rest: Vec<TrackedPose> = whole.into_iter().filter(|pose| pose.at.secs() >= cut_s).collect();
        let after = |reps: &[Rep]| -> Vec<_> {
            let later = reps.iter().filter(|r| r.counted && r.start_s > cut_s + 1.5);
            later.map(|r| (r.side, r.end_s, r.hold_s.unwrap_or_default())).collect()
        };
        let (expected, found) = (after(&reps), after(&followed(exercise, target_s, &rest).0));
        let are_same = expected.iter().zip(&found).all(|((side, end_s, held_s), (found, at_s, found_s))| {
            side == found && (end_s - at_s).abs() < 0.5 && (held_s - found_s).abs() < 0.8
        });
        if expected.is_empty() || expected.len() != found.len() || !are_same {
            wrong.push(format!("{exercise} from {cut_s} s: {found:?} in place of {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// As in a routine: somebody has sat with the side to the camera, turns round on the chair and begins. What was seen of the side
/// says nothing about where a twist rests.
#[test]
fn who_turns_round_on_the_chair_before_the_set_is_followed_from_there() {
    let mut frames = Vec::new();
    let sideways = estimates("thoracic_extension").pop().unwrap();
    let late = |at: Timestamp, by_s: f64| Timestamp::from_secs(at.secs() + by_s);
    frames.extend((0..36).map(|i| PoseEstimate { at: Timestamp::from_secs(f64::from(i) / 12.0), ..sideways.clone() }));
    let twist = estimates("seated_twist");
    frames.extend(
        (0..60).map(|i| PoseEstimate { at: late(Timestamp(0), 3.0 + f64::from(i) / 12.0), ..twist[0].clone() }),
    );
    frames.extend(twist.iter().map(|e| PoseEstimate { at: late(e.at, 8.0), ..e.clone() }));
    let mut smoother = PoseSmoother::default();
    let film: Vec<TrackedPose> = frames.iter().map(|e| smoother.step(e)).collect();
    let count = |film: &[TrackedPose]| {
        let (reps, _) = followed("seated_twist", 2.0, film);
        let counted = |side| reps.iter().filter(|r| r.counted && r.side == Some(side)).count();
        (counted(RepSide::Left), counted(RepSide::Right))
    };
    assert_eq!(count(&film), count(&self::film("seated_twist")));
    assert_eq!(count(&film), (1, 2));
}
