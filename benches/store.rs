//! Ten years of daily sessions, about 400,000 repetitions: the list, a session, a year's export, a trend.
#![allow(missing_docs, clippy::unwrap_used, reason = "a bench has no callers, and fails by panic")]

use criterion::{Criterion, criterion_group, criterion_main};
use formcheck::counting::record::{Rep, RepTotals, Summary};
use formcheck::history::export::{csv, to_json};
use formcheck::history::session::{EXPORT_SCHEMA, Export, SessionRecord, StoredSet};
use formcheck::history::store::{Period, SetQuery, Store};
use formcheck::history::trend::Trend;
use std::path::{Path, PathBuf};

const DAYS: i64 = 3650;
const SETS: usize = 11;
const REPS: u32 = 10;
const EXERCISES: [&str; 3] = ["wall_angels", "cobra", "bird_dog"];

fn rep(index: u32, day: i64) -> Rep {
    let start_s = 3.0 + f64::from(index) * 4.125;
    Rep {
        id: index,
        index,
        start_s,
        peak_s: start_s + 1.5,
        end_s: start_s + 3.25,
        side: None,
        counted: !index.is_multiple_of(9),
        reason: index.is_multiple_of(9).then(|| "12 degrees short".to_owned()),
        hold_s: None,
        range: 60.0 + (day % 30) as f64 + f64::from(index % 4),
        range_unit: "deg".to_owned(),
        score: (!index.is_multiple_of(9)).then_some(92),
        faults: if index.is_multiple_of(5) { vec!["ribs_flare".to_owned()] } else { Vec::new() },
        remarks: Vec::new(),
    }
}

fn set(index: usize, day: i64, at: &str) -> StoredSet {
    let exercise = EXERCISES[index % EXERCISES.len()];
    let reps: Vec<Rep> = (1..=REPS).map(|i| rep(i, day)).collect();
    let summary =
        Summary { reps: RepTotals::of(&reps), repetitions: reps, ..Summary::empty(exercise, "full", "camera") };
    StoredSet {
        index: index as u32 + 1,
        started_at: at.to_owned(),
        finished: true,
        title: exercise.to_owned(),
        file_sha256: "0".repeat(64),
        mode: "reps".to_owned(),
        target_reps: REPS,
        target_sides: 1,
        target_hold_s: 0.0,
        prescription: None,
        summary,
        corrected: None,
        note: None,
        key_poses: Vec::new(),
    }
}

/// The store, made once and left in the target folder.
fn ten_years() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("ten-years");
    let mut store = Store::open(&folder).unwrap().store;
    if store.list(&Period::default()).unwrap().len() as i64 == DAYS {
        return folder;
    }
    let first: jiff::Timestamp = "2016-11-24T17:00:00Z".parse().unwrap();
    for day in 0..DAYS {
        let at = first + jiff::SignedDuration::from_hours(24 * day);
        let id = format!("{}-00000", at.strftime("%Y%m%dT%H%M%SZ"));
        let started_at = at.strftime("%Y-%m-%dT%H:%M:%S+00:00").to_string();
        let sets = (0..SETS).map(|i| set(i, day, &started_at)).collect();
        let begun = SessionRecord::begun(&id, "me", &started_at);
        let session = SessionRecord { ended_at: Some(started_at), sets, ..begun };
        store.import(&session).unwrap();
    }
    folder
}

fn benches(c: &mut Criterion) {
    let folder = ten_years();
    let open = || Store::open(&folder).unwrap().store;
    let mut group = c.benchmark_group("ten years");
    group.sample_size(10);
    group.bench_function("open and list all", |b| b.iter(|| open().list(&Period::default()).unwrap().len()));
    let year = Period { person: None, from: Some("2025-11-24"), to: Some("2026-11-23") };
    let of_year = || {
        let store = open();
        let lines = store.list(&year).unwrap();
        lines.iter().rev().map(|s| store.session(&s.id).unwrap()).collect::<Vec<_>>()
    };
    group.bench_function("export a year as JSON", |b| {
        b.iter(|| {
            to_json(&Export { formcheck_export: EXPORT_SCHEMA, sessions: of_year(), ranges: Vec::new() }).unwrap()
        });
    });
    group.bench_function("export a year as CSV", |b| {
        b.iter(|| csv::reps(&of_year(), csv::CsvFor::Programs).unwrap().len());
    });
    group.bench_function("trend of one exercise over all", |b| {
        b.iter(|| Trend::of(&open().sets_of("me", "cobra", SetQuery::default()).unwrap()).unwrap().points.len());
    });
    group.finish();
}

criterion_group!(store, benches);
criterion_main!(store);
