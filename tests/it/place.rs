//! What can be counted from where the camera stands: judged from recorded people, and as `doctor --view` says it.

use crate::common::kept::{fixture, program, unpacked};
use formcheck::counting::place::{Hitch, NoPlace, Place};
use formcheck::exercise::ExerciseDef;
use formcheck::motion::track::{PoseSmoother, TrackedPose};
use std::path::Path;

fn seen(trace: &str) -> Result<Place, NoPlace> {
    let path = format!("tests/fixtures/traces/{trace}.jsonl.gz");
    let mut reader = unpacked(&Path::new(env!("CARGO_MANIFEST_DIR")).join(path));
    let mut smoother = PoseSmoother::default();
    let poses = std::iter::from_fn(|| reader.next_estimate().unwrap()).map(|e| smoother.step(&e));
    Place::of(&poses.take(60).collect::<Vec<TrackedPose>>())
}

#[test]
fn somebody_who_stands_before_the_camera_shows_where_it_stands() {
    // Rendered at 3.3 m and a height of 1.1 m.
    let place = seen("wall_angels_b").unwrap();
    assert!((place.distance_m - 3.3).abs() < 0.6 && (place.height_m - 1.1).abs() < 0.5, "{place:?}");
    assert_eq!([seen("cobra_b"), seen("seated_twist_b")], [Err(NoPlace::NotStanding); 2]);
    assert_eq!(Place::of(&[]), Err(NoPlace::Nobody));
}

#[test]
fn each_place_keeps_from_what_it_keeps_from() {
    let good = Place { distance_m: 2.5, height_m: 0.8, trunk_px: 100.0, width_trunks: 6.4, over_shoulders_trunks: 1.5 };
    let places = [
        (good, [None, None, None, None]),
        (
            Place { height_m: 1.6, distance_m: 2.0, ..good },
            [Some(Hitch::FromAbove), Some(Hitch::FromAbove), None, None],
        ),
        (Place { height_m: 1.2, ..good }, [None, None, None, None]),
        (Place { width_trunks: 3.0, ..good }, [Some(Hitch::Cramped), None, None, None]),
        (Place { trunk_px: 30.0, ..good }, [Some(Hitch::Small); 4]),
    ];
    let mut wrong = Vec::new();
    for (place, expected) in places {
        let exercises = ["cobra", "thoracic_extension", "wall_angels", "band_row"];
        let found = exercises.map(|id| place.hitch(&ExerciseDef::load(id).unwrap()));
        if found != expected {
            wrong.push((place, found, expected));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(good.has_room_above() && !Place { over_shoulders_trunks: 1.0, ..good }.has_room_above());
}

#[test]
fn the_doctor_says_how_many_exercises_of_a_routine_can_be_counted() {
    let folder = tempfile::tempdir().unwrap();
    let look = |trace: &str| {
        let film = fixture(folder.path(), trace);
        let mut command = program(folder.path());
        command.args(["doctor", "--view", "--routine", "upper_back", "--input"]).arg(film);
        command.output().unwrap()
    };
    let standing = look("wall_angels_b");
    let text = String::from_utf8(standing.stdout).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert!(standing.status.success() && lines.len() == 12, "{text}");
    assert!(lines[0].starts_with("The camera stands about ") && lines[1] == "ok      Shoulder blade squeeze", "{text}");
    assert_eq!(lines[11], "From here 10 of 10 exercises can be counted.");

    let lying = look("cobra_b");
    let error = String::from_utf8(lying.stderr).unwrap();
    assert_eq!(lying.status.code(), Some(1));
    assert!(error.contains("stand upright, face the camera"), "{error}");
}
