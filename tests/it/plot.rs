//! The plot of an exercise file over a synthetic person: what is gathered, and what the picture says.

use crate::common::sets::plan;
use crate::common::skeleton::{Act, Camera, Script, prone, standing};
use formcheck::history::plot::PlotData;
use formcheck::vision::pose::PoseEstimate;
use std::process::Command;

/// Two full lifts with a half one between them.
fn film() -> Vec<PoseEstimate> {
    let script = Script::resting(3.0).rep(Act::Both, 1.0, 1.5, 3.0, 2.0).rep(Act::Both, 1.0, 1.5, 3.0, 2.0).rep(
        Act::Both,
        0.5,
        1.5,
        3.0,
        2.0,
    );
    Camera::at(90.0).film(15.0, script.length_s(), |t| prone(script.at(t).0 * 40.0))
}

fn gathered(id: &str, film: Vec<PoseEstimate>) -> PlotData {
    PlotData::gather(plan(id).holding_s(Some(1.0)), "film.mp4", film.into_iter())
}

#[test]
fn signals_are_known_before_the_gate_opens_and_thresholds_follow_the_own_range() {
    let data = gathered("cobra", film());
    let lift = data.def.count.channels[0].signal;
    let first = &data.moments[0];
    assert!(first.readings[lift].unwrap().value.abs() < 2.0 && first.levels.iter().all(Option::is_none), "{first:?}");
    assert_eq!(first.hint.as_deref(), Some("Starting position, hold still"));
    let enter_at = |t_s: f64| {
        let moment = data.moments.iter().find(|m| m.t_s >= t_s).unwrap();
        moment.levels[0].unwrap().enter - moment.levels[0].unwrap().baseline
    };
    assert!((enter_at(2.5) - 10.0).abs() < 0.5, "the floor at first: {}", enter_at(2.5));
    assert!((enter_at(19.0) - 24.0).abs() < 1.0, "60 % of 40 degrees once two are known: {}", enter_at(19.0));
    let hips = data.limits.iter().find(|l| l.of == "hips_lift").unwrap();
    assert!(hips.from_rest && hips.value == 0.13, "{hips:?}");
}

#[test]
fn the_picture_says_what_counted_why_not_and_what_was_watched() {
    let svg = gathered("cobra", film()).svg().unwrap();
    let wanted = [
        "Cobra: film.mp4",
        "2 counted, 1 not counted; target 5 holds of 1 s; person seen in 100 % of",
        "degrees short",
        "lift (deg)",
        "hips_lift",
        "hip_height (T)",
        "hips_lift (from rest)",
        "target",
        "20 s",
    ];
    let missing: Vec<_> = wanted.iter().filter(|w| !svg.contains(**w)).collect();
    assert!(missing.is_empty(), "missing: {missing:?}");
    let upright = Camera::at(90.0).film(15.0, 4.0, |_| standing(0.0, false));
    let svg = gathered("cobra", upright).svg().unwrap();
    assert!(svg.contains("Lie face down") && svg.contains("hips_lift: not measured"), "advice and unseen faults");
}

#[test]
fn a_long_recording_makes_no_longer_picture() {
    let film: Vec<_> = Camera::at(90.0).film(30.0, 900.0, |t| prone(20.0 + 20.0 * (t * 0.7).sin()));
    let svg = gathered("cobra", film).svg().unwrap();
    assert!(svg.len() < 2_500_000, "{} bytes", svg.len());
}

#[test]
fn another_kind_of_file_is_refused_with_what_to_do() {
    let args = ["exercises", "show", "cobra", "--plot", "film.jsonl", "--out", "plot.gif"];
    let out = Command::new(env!("CARGO_BIN_EXE_formcheck")).args(args).output().unwrap();
    let said = String::from_utf8_lossy(&out.stderr);
    assert!(!out.status.success());
    assert!(
        said.contains("could not write the plot: it is an SVG file; give --out a name that ends in .svg: plot.gif"),
        "{said}"
    );
}
