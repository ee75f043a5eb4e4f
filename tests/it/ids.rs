//! An entry of a set's list has one id from its first event to the store, whatever is dropped before it; rolling tells its
//! passes and its time.

use crate::common::kept::unpacked;
use crate::common::sets::{follow, plan, tracked};
use crate::common::skeleton::{Act, Camera, Script, standing};
use formcheck::counting::engine::EventKind;
use formcheck::counting::record::Rep;
use formcheck::counting::runner::{SetOrigin, SetRunner};
use formcheck::history::session::{SessionRecord, StoredSet};
use formcheck::history::store::{Period, SessionWriter, Store};
use formcheck::motion::track::PoseSmoother;
use formcheck::vision::pose::PoseEstimate;
use std::collections::BTreeMap;
use std::path::Path;

/// Wall angels after a fidget: it is an attempt while the own range is not known, and none once it is.
fn fidget_first() -> Vec<PoseEstimate> {
    let script = Script::resting(2.0).rep(Act::Both, 0.18, 0.9, 0.6, 1.5);
    let script = (0..4).fold(script, |s, _| s.rep(Act::Both, 1.0, 1.5, 1.0, 1.5));
    Camera::at(0.0).film(15.0, script.length_s(), |t| standing(70.0 + script.at(t).0 * 92.0, true))
}

/// The list that events tell, by id.
fn told(events: impl IntoIterator<Item = EventKind>) -> BTreeMap<u32, Rep> {
    let mut list = BTreeMap::new();
    for kind in events {
        match kind {
            EventKind::RepDropped { id } => assert!(list.remove(&id).is_some(), "dropped what was not told: {id}"),
            other => {
                if let Some(rep) = other.entry() {
                    list.insert(rep.id, rep.clone());
                }
            }
        }
    }
    list
}

fn ids_and_peaks(reps: &[Rep]) -> Vec<(u32, f64)> {
    reps.iter().map(|r| (r.id, r.peak_s)).collect()
}

#[test]
fn a_fidget_is_dropped_by_its_id_and_the_others_keep_theirs() {
    let (events, result) = follow(plan("wall_angels"), &fidget_first());
    let kinds: Vec<EventKind> = events.into_iter().map(|e| e.kind).collect();
    let rejected: Vec<u32> =
        kinds.iter().filter_map(|k| if let EventKind::RepRejected(r) = k { Some(r.id) } else { None }).collect();
    assert_eq!(rejected, [1], "the fidget is an attempt at first");
    assert!(kinds.contains(&EventKind::RepDropped { id: 1 }), "and is taken back once the range is known");
    let list = told(kinds);
    assert_eq!(list.keys().copied().collect::<Vec<_>>(), [2, 3, 4, 5]);
    assert_eq!(ids_and_peaks(&result.reps), ids_and_peaks(&list.into_values().collect::<Vec<_>>()));
    assert_eq!(
        result.reps.iter().map(|r| r.index).collect::<Vec<_>>(),
        [1, 2, 3, 4],
        "what people see is counted from 1"
    );
}

#[test]
fn key_poses_the_store_and_exports_go_by_the_id() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("data");
    let (mut writer, _) = SessionWriter::begin(&data, "me", None).unwrap();
    let started_at = "2026-11-23T10:00:00+01:00".to_owned();
    let origin = SetOrigin { model: "full".to_owned(), source_kind: "camera".to_owned(), started_at };
    let mut set = SetRunner::begin(plan("wall_angels"), origin, &mut writer);
    for pose in tracked(&fidget_first()) {
        set.step_into(&pose, &mut writer);
    }
    // As a kill would leave it: what the events told is in the store, the fidget is not.
    let stored = |data: &Path| -> StoredSet {
        let store = Store::open(data).unwrap().store;
        let newest = store.list(&Period::default()).unwrap().remove(0);
        store.session(&newest.id).unwrap().sets.remove(0)
    };
    let on_the_way = stored(&data);
    assert_eq!(on_the_way.summary.repetitions, set.engine().reps());
    let finished = set.finish_into(&mut writer).1;
    writer.end().unwrap();
    let set = stored(&data);
    assert_eq!(set.summary.repetitions, finished.summary.repetitions);
    assert_eq!(set.key_poses, finished.key_poses);
    for key_pose in &set.key_poses {
        let rep = set.summary.repetitions.iter().find(|r| r.id == key_pose.rep).unwrap();
        assert!((key_pose.at_s - rep.peak_s).abs() <= 0.5, "{} is not the top of {rep:?}", key_pose.at_s);
    }
    assert!(!set.key_poses.is_empty());
    // Out and back in.
    let mut session = SessionRecord::begun("20261123T090000Z-00000", "me", "2026-11-23T10:00:00+01:00");
    session.sets.push(StoredSet { index: 1, ..set.clone() });
    let text = serde_json::to_string(&session).unwrap();
    let other = home.path().join("other");
    Store::open(&other).unwrap().store.import(&serde_json::from_str(&text).unwrap()).unwrap();
    assert_eq!(stored(&other), StoredSet { index: 1, ..set });
}

/// A session exported before entries had ids: the number was the id.
#[test]
fn an_export_without_ids_is_read() {
    let home = tempfile::tempdir().unwrap();
    let (_, result) = follow(plan("wall_angels"), &fidget_first());
    let mut session = SessionRecord::begun("20261123T090000Z-00000", "me", "2026-11-23T10:00:00+01:00");
    let mut set = StoredSet::begun(
        &plan("wall_angels"),
        &SetOrigin {
            model: "full".to_owned(),
            source_kind: "camera".to_owned(),
            started_at: "2026-11-23T10:00:00+01:00".to_owned(),
        },
    );
    set.index = 1;
    set.summary.repetitions = result.reps;
    session.sets.push(set);
    let mut old = serde_json::to_value(&session).unwrap();
    for rep in old["sets"][0]["summary"]["repetitions"].as_array_mut().unwrap() {
        rep.as_object_mut().unwrap().remove("id");
    }
    let mut store = Store::open(home.path()).unwrap().store;
    store.import(&serde_json::from_value(old).unwrap()).unwrap();
    let reps = store.session(&session.id).unwrap().sets.remove(0).summary.repetitions;
    assert_eq!(reps.iter().map(|r| (r.id, r.index)).collect::<Vec<_>>(), [(1, 1), (2, 2), (3, 3), (4, 4)]);
}

#[test]
fn rolling_tells_each_pass_and_each_second_of_its_time() {
    let packed = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/traces/foam_roll_b.jsonl.gz");
    let mut film = unpacked(Path::new(packed));
    let (mut smoother, mut set) = (PoseSmoother::default(), SetRunner::new(plan("foam_roll")));
    let (mut kinds, mut told_s) = (Vec::new(), Vec::new());
    while let Some(estimate) = film.next_estimate().unwrap() {
        for event in set.step(&smoother.step(&estimate)) {
            if let EventKind::Active { active_s, target_s } = event.kind {
                assert_eq!(target_s, 120.0);
                told_s.push(active_s);
            }
            kinds.push(event.kind);
        }
    }
    let (last, finished) = set.finish();
    kinds.extend(last.into_iter().map(|e| e.kind));
    let passes: Vec<Rep> = told(kinds).into_values().collect();
    let summary = finished.summary;
    assert!(summary.reps.total >= 3, "{:?}", summary.reps);
    assert_eq!(ids_and_peaks(&passes), ids_and_peaks(&summary.repetitions));
    assert!(told_s.is_sorted() && told_s.iter().all(|s| s.fract() == 0.0), "{told_s:?}");
    let before_the_end_s = told_s.last().unwrap();
    assert!(summary.active_s - before_the_end_s < 8.0 && *before_the_end_s <= summary.active_s, "{told_s:?}");
}
