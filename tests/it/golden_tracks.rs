//! A table of signals and what the detector of each pattern tells of them, read and approved line by line. Lines of the table
//! stand in `snapshots/`; after a change that is meant, `INSTA_UPDATE=always` writes them anew.

use crate::common::track::{FLOOR, Film, Track, plan};
use formcheck::base::time::Timestamp;
use formcheck::counting::detect::detector::RepDetector;
use formcheck::counting::detect::rise::ExcursionEvent;
use formcheck::counting::judge::Observation;
use formcheck::counting::ledger::{Change, Ledger};
use formcheck::exercise::plan::SetPlan;
use formcheck::motion::signal::Reading;
use std::fmt::Write;
use std::sync::Arc;

const FILM: Film = Film { fps: 20.0, noise: 0.0, dropped: 0.0, seed: 0 };

/// Values and the seconds on the way to them: "0 (2) 30 (1)".
fn track(text: &str) -> Track {
    let words: Vec<f64> = text.split_whitespace().map(|w| w.trim_matches(['(', ')']).parse().unwrap()).collect();
    let [value, s, rest @ ..] = words.as_slice() else { panic!("{text}") };
    rest.chunks_exact(2).fold(Track::still(*value, *s), |track, to| track.to(to[0], to[1]))
}

fn tell(out: &mut String, t: f64, change: &Change) {
    match change {
        Change::Counted(rep) => {
            let held = rep.hold_s.map_or(String::new(), |s| format!(", held {s} s"));
            writeln!(out, "  {t:5.1}  {} counted, range {}{held}", rep.id, rep.range)
        }
        Change::Rejected(rep) => {
            let reason = rep.reason.as_deref().unwrap();
            writeln!(out, "  {t:5.1}  {} not counted: {reason}", rep.id)
        }
        Change::Dropped { id } => writeln!(out, "  {t:5.1}  {id} dropped"),
    }
    .unwrap();
}

/// What happens on a track.
fn told(plan: &Arc<SetPlan>, text: &str) -> String {
    let (mut detector, mut ledger) = (RepDetector::new(plan), Ledger::new(Arc::clone(plan)));
    detector.restart(true);
    let mut out = format!("{text}\n");
    let track = track(text);
    for (t, value) in track.samples(FILM) {
        let reading = [Some(Reading { value, trusted: true })];
        match detector.step(Timestamp::from_secs(t), &reading, ledger.estimates(), value.abs() < FLOOR / 2.0) {
            Some(ExcursionEvent::Started(at)) => writeln!(out, "  {t:5.1}  moving since {:.1}", at.secs()).unwrap(),
            Some(ExcursionEvent::Dropped) => writeln!(out, "  {t:5.1}  nothing").unwrap(),
            Some(ExcursionEvent::Finished(excursion)) => {
                let changes = ledger.take(Observation::of(excursion));
                if changes.is_empty() {
                    writeln!(out, "  {t:5.1}  not listed").unwrap();
                }
                changes.iter().for_each(|change| tell(&mut out, t, change));
            }
            None => {}
        }
    }
    for excursion in detector.finish(ledger.estimates()) {
        ledger.take(Observation::of(excursion)).iter().for_each(|change| tell(&mut out, track.length_s(), change));
    }
    if let RepDetector::Passes(passes) = &detector {
        for pass in passes.passes() {
            let at = [pass.start_at, pass.turn_at, pass.end_at].map(|at| format!("{:.1}", at.secs())).join(", ");
            writeln!(out, "         pass {at}, range {:.0}", pass.range).unwrap();
        }
        writeln!(out, "         active {:.1} s", passes.active_s()).unwrap();
    }
    out
}

fn table(mode: &str, pattern: &str, tracks: &[&str]) -> String {
    let plan = plan(mode, pattern);
    tracks.iter().map(|text| told(&plan, text)).collect::<Vec<_>>().join("\n")
}

#[test]
fn of_a_rise() {
    let table = table(
        "reps",
        "rise",
        &[
            "0 (3)",
            "0 (2) 30 (1) 30 (1) 0 (1) 0 (2)",
            "0 (2) 5 (1) 0 (1) 0 (2)",
            "0 (2) 30 (1) 0 (1) 0 (2) 30 (1) 0 (1) 0 (2) 15 (1) 0 (1) 0 (2)",
            "0 (2) 15 (1) 0 (1) 0 (2) 30 (1) 0 (1) 0 (2) 30 (1) 0 (1) 0 (2)",
            "0 (2) 30 (0.1) 0 (0.1) 0 (2)",
            "0 (2) 30 (1) 30 (2)",
            "0 (2) 30 (2) 20 (0.5) 30 (0.5) 0 (2) 0 (2)",
        ],
    );
    insta::assert_snapshot!(table);
}

#[test]
fn of_a_hold() {
    let table = table(
        "hold",
        "rise",
        &[
            "0 (2) 30 (1) 30 (2) 0 (1) 0 (2)",
            "0 (2) 30 (1) 30 (0.1) 0 (1) 0 (2)",
            "0 (2) 30 (1) 30 (1) 0 (0.2) 30 (0.2) 30 (1) 0 (1) 0 (2)",
            "0 (2) 30 (1) 30 (5)",
        ],
    );
    insta::assert_snapshot!(table);
}

#[test]
fn of_a_cycle() {
    let table = table(
        "reps",
        "both_ways",
        &[
            "0 (2) 30 (1) 0 (1) -30 (1) 0 (1) 0 (2)",
            "0 (2) -30 (1) 30 (2) 0 (1) 0 (2) -30 (1) 30 (2) 0 (1) 0 (2)",
            "0 (2) 30 (1) 0 (1) 0 (3)",
        ],
    );
    insta::assert_snapshot!(table);
}

#[test]
fn of_passes() {
    let table = table(
        "duration",
        "passes",
        &["0 (2) 30 (1.5) 0 (1.5) 30 (1.5) 0 (1.5) 30 (1.5) 0 (1.5) 0 (2)", "0 (2) 30 (2) 30 (3)"],
    );
    insta::assert_snapshot!(table);
}
