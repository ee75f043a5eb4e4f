//! What the program says, and what counting makes of signals, as text that was read and found right: `snapshots/`. A change that
//! is meant is written with `INSTA_UPDATE=always cargo test --release --test it golden::`, and read again.
//!
//! Below the texts: properties of the judgement, on observations of every kind in any order.

use crate::common::kept;
use crate::common::proptests::cases;
use crate::common::sets::{plan, tracked};
use crate::common::skeleton::{Act, Camera, Script, all_fours, bird_dog, prone};
use crate::common::track::{FLOOR, Film, Pace, Track, plan as plan_on_one_signal};
use formcheck::base::skeleton::Side;
use formcheck::base::time::Timestamp;
use formcheck::counting::detect::detector::RepDetector;
use formcheck::counting::detect::excursion::{Ending, Excursion, Quality, Sample};
use formcheck::counting::detect::passes::PassDetector;
use formcheck::counting::detect::rise::ExcursionEvent;
use formcheck::counting::judge::{Observation, judge};
use formcheck::counting::ledger::{Change, Ledger};
use formcheck::counting::range::{RangeEstimate, Thresholds};
use formcheck::counting::record::{Rep, RepSide};
use formcheck::counting::runner::{SetOrigin, SetRunner};
use formcheck::exercise::ExerciseDef;
use formcheck::exercise::plan::{Prescription, RangePrior, SetPlan};
use formcheck::exercise::routine::check::{self, Known};
use formcheck::history::export::report::Report;
use formcheck::history::plot::PlotData;
use formcheck::history::session::{Corrected, EXPORT_SCHEMA, Export, SessionRecord, StoredSet};
use formcheck::history::trend::{PastSet, Trend};
use formcheck::motion::signal::Reading;
use formcheck::vision::pose::PoseEstimate;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

/// Compares with the text of that name.
fn golden(name: &str, text: &str) {
    let text = text.replace(env!("CARGO_PKG_VERSION"), "VERSION");
    let text: Vec<&str> = text.lines().map(str::trim_end).collect();
    let mut settings = insta::Settings::clone_current();
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text.join("\n")));
}

/// A packed trace of the fixtures.
fn packed(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/fixtures/traces/{name}.jsonl.gz"))
}

/// Standard output of a command that reads a trace of the fixtures, which stands for `TRACE` in `args`.
fn said_of(trace: &str, args: &[&str]) -> String {
    let home = tempfile::tempdir().unwrap();
    let film = kept::fixture(home.path(), trace);
    let args: Vec<&str> = args.iter().map(|a| if *a == "TRACE" { film.to_str().unwrap() } else { a }).collect();
    kept::stdout(&home.path().join("data"), &args).replace(home.path().to_str().unwrap(), "FOLDER")
}

// ---- The command line ----

/// The help of a command and of all commands under it.
fn helps(command: &[&str], out: &mut String) {
    let home = tempfile::tempdir().unwrap();
    let mut program = kept::program(home.path());
    // The same wherever it runs: as wide, and without colours.
    program.args(command).arg("--help").env("COLUMNS", "100").env_remove("CLICOLOR_FORCE");
    let asked = program.output().unwrap();
    let text = String::from_utf8(asked.stdout).unwrap();
    write!(out, "$ formcheck {}\n{text}\n", [command, &["--help"]].concat().join(" ")).unwrap();
    let Some((_, after)) = text.split_once("\nCommands:\n") else { return };
    let names = after.lines().take_while(|l| !l.is_empty()).filter_map(|l| l.strip_prefix("  "));
    let names = names.filter(|l| !l.starts_with(' ')).filter_map(|l| l.split_whitespace().next());
    names.filter(|n| *n != "help").for_each(|name| helps(&[command, &[name]].concat(), out));
}

#[test]
fn help() {
    let mut text = String::new();
    helps(&[], &mut text);
    golden("help", &text);
}

#[test]
fn lists() {
    let home = tempfile::tempdir().unwrap();
    let commands: [&[&str]; 4] = [
        &["exercises", "list"],
        &["exercises", "show", "bird_dog"],
        &["routines", "list"],
        &["routines", "show", "upper_back"],
    ];
    let text = commands.map(|args| format!("$ formcheck {}\n{}", args.join(" "), kept::stdout(home.path(), args)));
    golden("lists", &text.join("\n"));
}

/// Holds with sides, holds without, cycles, time.
#[test]
fn analyses() {
    let holds: &[&str] = &["--target-hold-s", "2"];
    let of = |trace: &str, exercise: &str, more: &[&str]| {
        said_of(trace, &[&["analyze", "TRACE", "--exercise", exercise], more].concat())
    };
    let all = [
        of("bird_dog_b", "bird_dog", holds),
        of("bridge_b", "bridge", holds),
        of("cat_camel_b", "cat_camel", &[]),
        of("foam_roll_b", "foam_roll", &[]),
        of("none_standing_d", "wall_angels", &[]),
    ];
    golden("analyses", &all.join("\n"));
}

#[test]
fn an_analysis_as_json() {
    let args = ["analyze", "TRACE", "--exercise", "bird_dog", "--target-hold-s", "2", "--format", "json"];
    let text = said_of("bird_dog_b", &args);
    golden("analysis_as_json", &text.replace("{\"id\"", "\n{\"id\"").replace(",\"reps\"", ",\n\"reps\""));
}

/// The lines, but the summary, which the analysis shows.
#[test]
fn a_hold_watched() {
    let text = said_of(
        "bird_dog_b",
        &["watch", "--input", "TRACE", "--exercise", "bird_dog", "--target-hold-s", "2", "--pace", "fast"],
    );
    golden("watched_hold", text.rsplit_once("\n{").unwrap().0);
}

#[test]
fn rolling_watched() {
    let text = said_of("foam_roll_b", &["watch", "--input", "TRACE", "--exercise", "foam_roll", "--pace", "fast"]);
    golden(
        "watched_rolling",
        &text.replace("[{\"advice\"", "[\n{\"advice\"").replace(",{\"advice\"", ",\n{\"advice\""),
    );
}

// ---- The checker ----

#[test]
fn mistakes_of_an_exercise() {
    let text = r#"schema = 2
id = "arm raise"
title = ""
summary = "Raise one straight arm"
setup = "From the side"
view = "sdie"
view_off_deg = 135
posture = "standing"
mode = "hold"
target_reps = 0
target_holds_s = 5
required = ["near_shoulders", "nose"]

[signals]
raise = { angle = { a = "near_hip", at = "near_shoulder" } }
lean = { lean_bak = { from = "mid_hip", to = "mid_shoulder" } }
both = { difference = ["raise", "leen"] }
round = { negative = "about" }
about = { negative = "round" }
mixed = { difference = ["raise", "hand"] }
hand = { height = { of = "near_wrist", above = "near_hip" } }

[count]
signal = "rise"
pattern = "both_way"
min_range = -3
enter_share = 0.3
exit_share = 0.5
gains = [{ signal = "hand" }]
decoys = [{ signal = "lean", fault = "leaning" }]

[[gate]]
signal = "lean"
min = 20
max = 10
source = "proposal"

[[faults]]
id = "lean"
cue = "Stay as tall as you possibly can"
phase = "resting"
when = [{ signal = "lean", above = 10, against = "best" }]
severity = 7
source = "proposal"

[[faults]]
id = "quick"
cue = "Slowly"
when = [{ measure = "rep_secs", below = 2 }]
source = "proposal"

[[faults]]
id = "low"
cue = "Higher"
when = [{ signal = "hand", below = 0 }]
source = "proposal"

[[faults]]
id = "low"
cue = "Higher up"
when = [{ signal = "hand", below = 0.1 }]
source = "proposal"

[one_sided]
skip = ["uneven"]
"#;
    let report = ExerciseDef::parse("arm_raise.toml", text).unwrap_err();
    golden("mistakes_of_an_exercise", &report.render());
}

#[test]
fn mistakes_of_a_routine() {
    let text = r#"schema = 1
id = "for Ana"
title = "For Ana"
summery = "What she does"
source = "agreed with Ana"

[[step]]
exercise = "wall_angel"
reps = 8

[[step]]
exercise = "cobra"
sets = 0
reps = "five"
hold_s = -8
sides = "left"

[[step]]
exercise = "bird_dog"
sides = "both"
least_range_share = 0.9
most_range_share = 0.5
most_range_deg = 40
rest_s = 7200

[[step]]
exercise = "foam_roll"
reps = 3
hold_s = 60

[[step]]
exercise = "foam_roll"
"#;
    let exercises = formcheck::exercise::catalogue::load_all().unwrap().into_iter().map(Arc::new).collect();
    let known = Known { exercises, broken: Vec::new() };
    golden("mistakes_of_a_routine", &check::routine("for_ana.toml", text, &known).unwrap_err().render());
}

// ---- Report and plot ----

/// What a page says, a line a block: cells after bars, charts as their texts with the class of each bar.
fn readable(html: &str) -> String {
    let mut out = String::new();
    for piece in html.split_once("<body>").unwrap().1.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').unwrap_or((piece, ""));
        let attribute = |name: &str| Some(tag.split_once(&format!("{name}=\""))?.1.split('"').next()?.to_owned());
        match tag.split_whitespace().next().unwrap_or_default() {
            "h2" => out += "\n\n## ",
            "h3" => out += "\n\n### ",
            "h4" => out += "\n#### ",
            "h1" | "p" | "tr" | "section" | "figure" | "footer" => out += "\n",
            "li" => out += "\n- ",
            "td" | "th" | "text" => out += " | ",
            "svg" => out += &attribute("aria-label").map_or(String::new(), |l| format!("\n({l})")),
            "rect" | "circle" => out += &attribute("class").map_or(String::new(), |c| format!(" [{c}]")),
            _ => (),
        }
        out += text;
    }
    out.lines().map(|l| l.split_whitespace().collect::<Vec<_>>().join(" ")).collect::<Vec<_>>().join("\n")
}

/// A set that began at `at`.
fn set(index: u32, plan: SetPlan, film: &[PoseEstimate], at: &str) -> StoredSet {
    let origin = SetOrigin { model: "full".to_owned(), source_kind: "camera".to_owned(), started_at: at.to_owned() };
    let begun = StoredSet::begun(&plan, &origin);
    let mut runner = SetRunner::begin(plan, origin, &mut ());
    tracked(film).for_each(|pose| drop(runner.step(&pose)));
    begun.finished(index, &runner.finish().1)
}

/// A fidget that is dropped from the list later, full repetitions on both sides, half a one, one with its leg too high.
fn bird_dog_film() -> Vec<PoseEstimate> {
    let (left, right) = (Act::Diagonal(Side::Left), Act::Diagonal(Side::Right));
    let reps = [(left, 0.25), (left, 1.0), (right, 1.0), (right, 0.5), (left, 1.0)];
    let rest = Script::resting(2.0);
    let script = reps.iter().fold(rest, |script, (act, share)| script.rep(*act, *share, 1.0, 3.0, 2.0));
    let last_s = script.length_s() - 7.0;
    Camera::at(90.0).film(15.0, script.length_s(), |t| {
        let (share, act) = script.at(t);
        if t < last_s { bird_dog(share, act) } else { all_fours([share, 0.0], [0.0, 1.6 * share]) }
    })
}

/// Lifts to so many degrees.
fn cobra_film(lifts_deg: &[f64]) -> Vec<PoseEstimate> {
    let script = lifts_deg.iter().fold(Script::resting(2.0), |s, deg| s.rep(Act::Both, deg / 40.0, 1.0, 2.5, 2.0));
    Camera::at(90.0).film(15.0, script.length_s(), |t| prone(script.at(t).0 * 40.0))
}

fn trends(sessions: &[SessionRecord], exercises: &[ExerciseDef]) -> Vec<Trend> {
    let of = |def: &ExerciseDef| {
        let sets = sessions.iter().flat_map(|s| s.sets.iter().map(move |set| (s, set)));
        let sets = sets.filter(|(_, set)| set.summary.exercise.as_deref() == Some(&def.id));
        Trend::of(&sets.map(|(s, set)| PastSet { session: s.id.clone(), set: set.clone() }).collect::<Vec<_>>())
    };
    exercises.iter().filter_map(of).collect()
}

fn page(sessions: &[SessionRecord]) -> String {
    let exercises = formcheck::exercise::catalogue::load_all().unwrap();
    let trends = trends(sessions, &exercises);
    let made_at = "2026-03-31T08:00:00+02:00";
    readable(&Report { sessions, trends: &trends, exercises: &exercises, made_at }.html())
}

/// A session with sets of every kind, one of them stopped and corrected.
fn session_of_ana() -> SessionRecord {
    let mut film = kept::unpacked(&packed("foam_roll_b"));
    let rolling: Vec<PoseEstimate> = std::iter::from_fn(|| film.next_estimate().unwrap()).collect();
    let two_s = |id: &str| plan(id).holding_s(Some(2.0));
    let asked = Prescription {
        routine: "for_ana".to_owned(),
        least_range: Some(25.0),
        most_range: None,
        note: Some("Only as far as it is comfortable".to_owned()),
    };
    let mut plan_of_routine = two_s("cobra");
    plan_of_routine.prior = RangePrior::Asked(25.0);
    plan_of_routine.prescription = Some(asked);
    let mut stopped = set(2, plan_of_routine, &cobra_film(&[36.0, 34.0, 18.0]), "2026-03-02T18:36:00+01:00");
    stopped.finished = false;
    stopped.corrected = Some(Corrected { total: 3, left: None, right: None });
    stopped.note = Some("The phone rang".to_owned());
    let sets = vec![
        set(1, two_s("bird_dog"), &bird_dog_film(), "2026-03-02T18:31:00+01:00"),
        stopped,
        set(3, plan("foam_roll"), &rolling, "2026-03-02T18:40:00+01:00"),
        set(4, plan("wall_angels"), &cobra_film(&[]), "2026-03-02T18:45:00+01:00"),
    ];
    SessionRecord {
        pain_before: Some(4),
        pain_after: Some(3),
        note: Some("Slept badly".to_owned()),
        sets,
        ..SessionRecord::begun("s1", "Ana", "2026-03-02T18:30:00+01:00")
    }
}

/// The same exercise on four days.
fn weeks_of_ana() -> Vec<SessionRecord> {
    let days = [("02", 30.0), ("09", 31.0), ("16", 34.0), ("30", 37.0)];
    let session = |(day, lift_deg): &(&str, f64)| {
        let at = format!("2026-03-{day}T18:30:00+01:00");
        let film = cobra_film(&[*lift_deg, lift_deg + 1.0, lift_deg / 2.0, lift_deg - 1.0]);
        let sets = vec![set(1, plan("cobra").holding_s(Some(2.0)), &film, &at)];
        SessionRecord { sets, ..SessionRecord::begun(day, "Ana", &at) }
    };
    days.iter().map(session).collect()
}

#[test]
fn the_report_of_a_session() {
    golden("report_of_a_session", &page(&[session_of_ana()]));
}

#[test]
fn the_report_over_time() {
    golden("report_over_time", &page(&weeks_of_ana()));
}

#[test]
fn what_is_kept_in_lists_and_tables() {
    let home = tempfile::tempdir().unwrap();
    let path = |name: &str| home.path().join(name).to_str().unwrap().to_owned();
    let sessions = [vec![session_of_ana()], weeks_of_ana()].concat();
    let kept = Export { formcheck_export: EXPORT_SCHEMA, sessions, ranges: Vec::new() };
    std::fs::write(path("kept.json"), serde_json::to_string(&kept).unwrap()).unwrap();
    let data = home.path().join("data");
    let mut text = String::new();
    let mut said = |args: &[&str]| {
        let shown: Vec<String> = args.iter().map(|a| a.replace(home.path().to_str().unwrap(), "FOLDER")).collect();
        let said = kept::stdout(&data, args).replace(home.path().to_str().unwrap(), "FOLDER");
        write!(text, "$ formcheck {}\n{said}\n", shown.join(" ")).unwrap();
    };
    said(&["sessions", "import", &path("kept.json")]);
    said(&["sessions", "list"]);
    said(&["sessions", "show", "s1"]);
    said(&["sessions", "trend", "cobra", "--person", "Ana"]);
    said(&["sessions", "export", "s1", "--format", "csv", "--out", &path("ana.csv")]);
    let week = ["--days", "mon,thu", "--at", "18:30", "--from", "2026-03-02", "--weeks", "2"];
    said(&[&["routines", "calendar", "short", "--out", &path("short.ics")], &week[..]].concat());
    let mut files: Vec<PathBuf> = std::fs::read_dir(home.path()).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    for file in files.iter().filter(|f| f.extension().is_some_and(|e| e == "csv" || e == "ics")) {
        let lines = std::fs::read_to_string(file).unwrap();
        // Digests of exercise files change with them, and are no text that is read.
        let is_digest = |word: &&str| word.len() == 64 && word.chars().all(|c| c.is_ascii_hexdigit());
        let lines = lines.lines().filter(|l| !l.starts_with("DTSTAMP") && !l.starts_with("SEQUENCE")).map(|line| {
            line.split(',').map(|word| if is_digest(&word) { "SHA256" } else { word }).collect::<Vec<_>>().join(",")
        });
        let lines: Vec<String> = lines.collect();
        write!(text, "== {}\n{}\n\n", file.file_name().unwrap().to_str().unwrap(), lines.join("\n")).unwrap();
    }
    golden("kept", &text);
}

#[test]
fn the_words_of_a_plot() {
    let plan = plan("bird_dog").holding_s(Some(2.0));
    let svg = PlotData::gather(plan, "film.mp4", bird_dog_film().into_iter()).svg().unwrap();
    let words = svg.split("<text").skip(1).filter_map(|t| Some(t.split_once('>')?.1.split_once("</text>")?.0.trim()));
    golden("plot", &words.collect::<Vec<_>>().join("\n"));
}

// ---- Signals, and what counting makes of them ----

/// One moment: seconds, and the value of each channel that is seen.
type Shot = (f64, Vec<Option<f64>>);

const PACE: Pace = Pace { way_s: 0.8, hold_s: 0.6, rest_s: 1.6 };
const HELD: Pace = Pace { way_s: 0.8, hold_s: 1.6, rest_s: 1.6 };

/// Movements to these values, one after the other.
fn moves(values: &[f64], pace: Pace) -> Track {
    values.iter().fold(Track::still(0.0, 1.2), |track, value| track.rep(*value, pace))
}

/// Cycles to these values and their opposites, an empty half where one is 0.
fn cycles(halves: &[(f64, f64)]) -> Track {
    let way = |track: Track, value: f64| track.to(value, 0.8).to(value, 0.3).to(0.0, 0.8);
    halves.iter().fold(Track::still(0.0, 1.2), |track, (up, down)| way(way(track, *up), *down).to(0.0, 1.2))
}

/// At 10 frames a second.
fn film(tracks: &[Track]) -> Vec<Shot> {
    film_at(10.0, tracks)
}

fn film_at(fps: f64, tracks: &[Track]) -> Vec<Shot> {
    let still = Film { fps, noise: 0.0, dropped: 0.0, seed: 0 };
    let channels: Vec<Vec<(f64, f64)>> = tracks.iter().map(|t| t.samples(still)).collect();
    (0..channels[0].len()).map(|i| (channels[0][i].0, channels.iter().map(|c| Some(c[i].1)).collect())).collect()
}

/// Nothing is seen for a while.
fn hidden(mut film: Vec<Shot>, from_s: f64, to_s: f64) -> Vec<Shot> {
    film.iter_mut().filter(|(t, _)| (from_s..to_s).contains(t)).for_each(|(_, values)| values.fill(None));
    film
}

/// One moment in which a value jumps out.
fn jumping(mut film: Vec<Shot>, at_s: f64, by: f64) -> Vec<Shot> {
    let (_, values) = film.iter_mut().find(|(t, _)| *t >= at_s).unwrap();
    values.iter_mut().for_each(|v| *v = v.map(|v| v + by));
    film
}

fn rep_words(rep: &Rep) -> String {
    let side = match rep.side {
        None => "",
        Some(RepSide::Left) => " left",
        Some(RepSide::Right) => " right",
        Some(RepSide::Unknown) => " side unknown",
    };
    let held = rep.hold_s.map_or(String::new(), |s| format!(", held {s:.1} s"));
    format!("id {}, no. {}{side}, range {}{held}", rep.id, rep.index, rep.range)
}

fn change_words(change: &Change) -> String {
    match change {
        Change::Counted(rep) => format!("= counts: {}", rep_words(rep)),
        Change::Rejected(rep) => {
            format!("= does not count: {}: {}", rep_words(rep), rep.reason.as_deref().unwrap_or("no reason"))
        }
        Change::Form(rep) => format!("= other form: {}: {}", rep_words(rep), rep.faults.join(", ")),
        Change::Dropped { id } => format!("= dropped: id {id}"),
    }
}

fn excursion_words(m: &Excursion) -> String {
    let [start_s, peak_s, end_s] = [m.start_at, m.peak_at, m.end_at].map(Timestamp::secs);
    let channel = m.channel.map_or("channel unsure".to_owned(), |c| format!("channel {c}"));
    let back = m.return_s.map_or(String::new(), |s| format!(", back in {s:.1} s"));
    let begun = if m.baseline_was_seen { "" } else { ", beginning not seen" };
    let Thresholds { attempt, enter, exit, .. } = m.thresholds;
    format!(
        "finished: {start_s:.1} to {end_s:.1} s, farthest {:.1} at {peak_s:.1}, in position {:.1} s, {channel}, {:?}{back}{begun}; \
         attempt {attempt:.1}, enter {enter:.1}, exit {exit:.1}; trusted {:.0} %, direct {:.0} %, bounces {}",
        m.range,
        m.hold_s,
        m.ending,
        m.quality.trusted_share * 100.0,
        m.quality.directness * 100.0,
        m.bounces,
    )
}

fn range_words(estimates: &[Option<RangeEstimate>]) -> String {
    let one = |estimate: &Option<RangeEstimate>| match estimate {
        None => "unknown".to_owned(),
        Some(own) if own.least < own.range => format!("{:.1} to {:.1}", own.least, own.range),
        Some(own) => format!("{:.1}", own.range),
    };
    format!("own range: {}", estimates.iter().map(one).collect::<Vec<_>>().join(", "))
}

/// Takes an excursion: its words, and those of what it changes.
fn taken(ledger: &mut Ledger, m: Excursion) -> Vec<String> {
    let before = range_words(ledger.estimates());
    let mut said = vec![excursion_words(&m)];
    let changes = ledger.take(Observation::of(m));
    if changes.is_empty() {
        said.push("= nothing changes".to_owned());
    }
    said.extend(changes.iter().map(change_words));
    said.extend(Some(range_words(ledger.estimates())).filter(|now| *now != before));
    said
}

/// What rolling has come to, where a stroke has been added or passes are others.
fn rolling_words(passes: &PassDetector, known: &mut (usize, usize)) -> Vec<String> {
    let strokes = passes.strokes().iter().enumerate().skip(known.0);
    let mut said: Vec<String> = strokes
        .map(|(i, s)| {
            let (from_s, to_s) = (s.start_at.secs(), s.end_at.secs());
            format!("stroke {}: {from_s:.1} to {to_s:.1} s, range {:.1}", i + 1, s.range)
        })
        .collect();
    known.0 = passes.strokes().len();
    let all = passes.passes();
    if all.len() != known.1 {
        let ids: Vec<String> = all.iter().map(|p| (p.first_stroke + 1).to_string()).collect();
        said.push(format!("= passes with ids {}; active {:.1} s", ids.join(" "), passes.active_s()));
        known.1 = all.len();
    }
    said
}

/// The shots of a film, each half second in which values are others and wherever something happens, with what is told there.
fn told(name: &str, plan: &Arc<SetPlan>, film: &[Shot]) -> String {
    let (mut detector, mut ledger) = (RepDetector::new(plan), Ledger::new(Arc::clone(plan)));
    detector.restart(true);
    let (mut out, mut rolled, mut last) = (format!("## {name}\n"), (0, 0), String::new());
    let mut due_s = 0.0;
    for (t, values) in film {
        let readings: Vec<_> = values.iter().map(|v| v.map(|value| Reading { value, trusted: true })).collect();
        let is_middle = values[0].is_none_or(|v| v.abs() < FLOOR / 2.0);
        let event = detector.step(Timestamp::from_secs(*t), &readings, ledger.estimates(), is_middle);
        let mut said = match event {
            None => Vec::new(),
            Some(ExcursionEvent::Started(at)) => vec![format!("started at {:.1}", at.secs())],
            Some(ExcursionEvent::Dropped) => vec!["what had started is nothing".to_owned()],
            Some(ExcursionEvent::Finished(m)) => taken(&mut ledger, m),
        };
        said.extend(detector.passes().map(|p| rolling_words(p, &mut rolled)).unwrap_or_default());
        // Zero is added so that no zero is a negative one.
        let value =
            |v: &Option<f64>| v.map_or("    -".to_owned(), |v| format!("{:5.1}", (v * 10.0).round() / 10.0 + 0.0));
        let row = values.iter().map(value).collect::<Vec<_>>().join(" ");
        if !said.is_empty() || (*t >= due_s && row != last) {
            writeln!(out, "{t:5.2} {row}  {}", said.first().map_or("", String::as_str)).unwrap();
            let under = " ".repeat(row.len() + 6);
            said.iter().skip(1).for_each(|line| writeln!(out, "{under}  {line}").unwrap());
            last = row;
        }
        if *t >= due_s {
            due_s += 0.5;
        }
    }
    let mut said: Vec<String> = Vec::new();
    for m in detector.finish(ledger.estimates()) {
        said.extend(taken(&mut ledger, m));
    }
    said.extend(detector.passes().map(|p| rolling_words(p, &mut rolled)).unwrap_or_default());
    said.iter().for_each(|line| writeln!(out, "  end  {line}").unwrap());
    let listed =
        ledger.reps().iter().map(|r| format!("{}{}", r.id, if r.counted { "" } else { " not" })).collect::<Vec<_>>();
    if detector.passes().is_none() {
        writeln!(out, " list  {}", listed.join(", ")).unwrap();
    }
    out
}

/// The rows of several films.
fn table(plan: &Arc<SetPlan>, films: &[(&str, Vec<Shot>)]) -> String {
    films.iter().map(|(name, film)| told(name, plan, film)).collect::<Vec<_>>().join("\n")
}

fn sided_plan(mode: &str) -> Arc<SetPlan> {
    let text = format!(
        "schema = 1\nid = \"x\"\ntitle = \"x\"\nsummary = \"x\"\nsetup = \"x\"\nview = \"side\"\nposture = \"standing\"\n\
         mode = \"{mode}\"\ntarget_reps = 1\ntarget_hold_s = 1\nrequired = [\"nose\"]\n\n[signals]\n\
         l = {{ rise = {{ of = 'left_wrist' }} }}\nr = {{ rise = {{ of = 'right_wrist' }} }}\n\n[count]\nleft = \"l\"\nright = \"r\"\n\
         min_range = {FLOOR}\nmin_rep_s = 0.4\ngains = [{{ signal = \"l\", at_least = 5 }}]\nsource = \"x\"\n"
    );
    Arc::new(SetPlan::of(ExerciseDef::parse("x.toml", &text).unwrap_or_else(|r| panic!("{}", r.render()))))
}

#[test]
fn repetitions_of_a_signal() {
    let one = |values: &[f64]| film(&[moves(values, PACE)]);
    let films = [
        ("clean", one(&[30.0, 30.0])),
        ("a half one among full ones", one(&[30.0, 30.0, 15.0, 30.0])),
        ("a half one first: taken back when the range is known", one(&[15.0, 30.0, 30.0])),
        ("a fidget first: dropped when the range is known", one(&[6.0, 30.0, 30.0])),
        ("one that went too far, then less than two thirds of it three times", one(&[30.0, 60.0, 30.0, 30.0, 30.0])),
        ("too quick", film(&[moves(&[30.0, 30.0], Pace { way_s: 0.1, hold_s: 0.1, rest_s: 1.6 })])),
        ("hidden for 0.4 s on the way", hidden(one(&[30.0, 30.0]), 1.6, 2.0)),
        ("hidden for 1.5 s from the farthest point on", hidden(one(&[30.0, 30.0]), 2.2, 3.7)),
        ("begins in the movement", film(&[moves(&[30.0, 30.0, 30.0], PACE).from(2.2)])),
        ("a single jump at rest, and one in a movement", {
            jumping(jumping(film_at(20.0, &[moves(&[30.0, 30.0], PACE)]), 0.9, 40.0), 2.3, 40.0)
        }),
        ("the same at 10 frames a second", { jumping(jumping(one(&[30.0, 30.0]), 0.9, 40.0), 2.3, 40.0) }),
        ("ends in the movement", one(&[30.0, 30.0]).into_iter().take_while(|(t, _)| *t < 6.2).collect()),
    ];
    golden("signal_repetitions", &table(&plan_on_one_signal("reps", "rise"), &films));
}

#[test]
fn holds_of_a_signal() {
    let one = |values: &[f64]| film(&[moves(values, HELD)]);
    let wobbling = Track::still(0.0, 1.2).to(30.0, 0.8).to(30.0, 0.8).to(14.0, 0.2).to(30.0, 0.2).to(30.0, 0.8);
    let short = moves(&[30.0], HELD).rep(30.0, Pace { way_s: 0.5, hold_s: 0.2, ..HELD }).rep(30.0, HELD);
    let films = [
        ("clean", one(&[30.0, 30.0])),
        ("a wobble in a hold", film(&[wobbling.to(0.0, 0.8).to(0.0, 1.6)])),
        ("a hold that is too short among good ones", film(&[short])),
        ("a half one first: taken back when the range is known", one(&[15.0, 30.0, 30.0])),
        ("a fidget first: dropped when the range is known", one(&[6.0, 30.0, 30.0])),
        ("hidden for 0.4 s in a hold", hidden(one(&[30.0]), 2.4, 2.8)),
        ("hidden for 1.5 s in a hold", hidden(film(&[moves(&[30.0], Pace { hold_s: 4.0, ..HELD })]), 3.4, 4.9)),
        ("begins in a hold", film(&[moves(&[30.0, 30.0], HELD).from(2.2)])),
        ("a single jump in a hold", jumping(film_at(20.0, &[moves(&[30.0, 30.0], HELD)]), 2.6, 40.0)),
        ("ends in a hold that is long enough", one(&[30.0]).into_iter().take_while(|(t, _)| *t < 3.5).collect()),
    ];
    golden("signal_holds", &table(&plan_on_one_signal("hold", "rise"), &films));
}

#[test]
fn repetitions_of_two_sides() {
    let both = |values: &[(f64, f64)]| {
        let of = |side: fn(&(f64, f64)) -> f64| moves(&values.iter().map(side).collect::<Vec<_>>(), PACE);
        film(&[of(|v| v.0), of(|v| v.1)])
    };
    let (left, right) = ((30.0, 0.0), (0.0, 30.0));
    let films = [
        ("in turn", both(&[left, right, left, right])),
        ("the right one stiffer", both(&[left, (0.0, 22.0), left, (0.0, 22.0), (0.0, 15.0)])),
        ("a half one first on the left", both(&[(15.0, 0.0), right, left, right])),
        ("a fidget first on the right", both(&[(0.0, 6.0), left, right])),
        ("both at once", both(&[(30.0, 30.0), (30.0, 29.0)])),
        ("the left one hidden in the right one's movement", {
            let mut film = both(&[left, right]);
            film.iter_mut().filter(|(t, _)| (5.4..8.0).contains(t)).for_each(|(_, values)| values[0] = None);
            film
        }),
    ];
    golden("signal_sides", &table(&sided_plan("reps"), &films));
}

#[test]
fn cycles_of_a_signal() {
    let one = |halves: &[(f64, f64)]| film(&[cycles(halves)]);
    let (full, other) = ((30.0, -30.0), (-30.0, 30.0));
    let films = [
        ("clean, in either order", one(&[full, other])),
        ("a half one among full ones", one(&[full, full, (14.0, -14.0), full])),
        ("a half one first", one(&[(14.0, -14.0), full, full])),
        ("one half missing", one(&[full, (30.0, 0.0), full])),
        ("only ever one half", one(&[(30.0, 0.0), (30.0, 0.0)])),
        ("hidden for 0.4 s between the halves", hidden(one(&[full, full]), 3.0, 3.4)),
        ("hidden for 2 s in the second half", hidden(one(&[full, full]), 3.6, 5.6)),
        ("begins at an extreme", film(&[cycles(&[full, full, full]).from(2.1)])),
        ("a single jump in the middle", jumping(film_at(20.0, &[cycles(&[full, full])]), 0.9, 40.0)),
        ("ends after one half", one(&[full]).into_iter().take_while(|(t, _)| *t < 3.4).collect()),
    ];
    golden("signal_cycles", &table(&plan_on_one_signal("reps", "both_ways"), &films));
}

#[test]
fn passes_of_a_signal() {
    let rolling = |track: Track, passes: usize| (0..passes).fold(track, |t, _| t.to(30.0, 1.5).to(0.0, 1.5));
    let rest = || Track::still(0.0, 1.2);
    let films = [
        ("clean", film(&[rolling(rest(), 3).to(0.0, 1.0)])),
        ("a lone pass", film(&[rolling(rest(), 1).to(0.0, 3.0)])),
        ("a pause of 15 s", film(&[rolling(rolling(rest(), 2).to(0.0, 15.0), 2).to(0.0, 1.0)])),
        ("a lone stroke after a pause", film(&[rolling(rest(), 2).to(0.0, 8.0).to(30.0, 1.5).to(30.0, 3.0)])),
        (
            "a lone stroke before",
            film(&[rest()
                .to(30.0, 1.5)
                .to(30.0, 6.0)
                .to(0.0, 1.5)
                .to(30.0, 1.5)
                .to(0.0, 1.5)
                .to(30.0, 1.5)
                .to(30.0, 2.0)]),
        ),
        ("begins in a stroke", film(&[rolling(rest(), 3).to(0.0, 1.0).from(2.0)])),
        ("hidden for 1.5 s in a stroke", hidden(film(&[rolling(rest(), 3).to(0.0, 1.0)]), 4.5, 6.0)),
        (
            "a stroke that is too short in way",
            film(&[rolling(rolling(rest(), 1).to(8.0, 1.5).to(0.0, 1.5), 2).to(0.0, 1.0)]),
        ),
        ("a single jump", jumping(film(&[rolling(rest(), 3).to(0.0, 1.0)]), 2.0, 40.0)),
    ];
    golden("signal_passes", &table(&plan_on_one_signal("duration", "passes"), &films));
}

// ---- The judgement ----

static PLANS: LazyLock<[Arc<SetPlan>; 4]> = LazyLock::new(|| {
    [plan_on_one_signal("reps", "rise"), plan_on_one_signal("hold", "rise"), sided_plan("reps"), sided_plan("hold")]
});

/// One of the plans, with something known of the person, or not.
fn plans() -> impl Strategy<Value = Arc<SetPlan>> {
    let priors = prop_oneof![
        3 => Just(RangePrior::Nothing),
        1 => (FLOOR..4.0 * FLOOR).prop_map(RangePrior::Calibrated),
        1 => (FLOOR..4.0 * FLOOR).prop_map(RangePrior::Asked),
    ];
    (0..4_usize, priors).prop_map(|(i, prior)| {
        let mut plan = (*PLANS[i]).clone();
        plan.prior = prior;
        Arc::new(plan)
    })
}

/// What an observation is made of; the rest follows from it.
#[derive(Clone, Copy, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "each is drawn by itself")]
struct Made {
    range: f64,
    held_s: f64,
    /// Seconds of each way.
    way_s: f64,
    /// What was thought to be the own range then.
    own: Option<f64>,
    channel: Option<usize>,
    ending: Ending,
    baseline_was_seen: bool,
    gain: Option<f64>,
    is_wrong: bool,
    is_other_side: bool,
    is_self_timed: bool,
}

fn made() -> impl Strategy<Value = Made> {
    // Mostly halves and wholes of something, so that ranges speak for and against each other.
    let ranges = prop_oneof![2 => 24.0..33.0_f64, 1 => 12.0..17.0_f64, 1 => 2.0..8.0_f64, 1 => 1.0..60.0_f64];
    let endings = prop_oneof![6 => Just(Ending::Returned), 1 => Just(Ending::Lost), 1 => Just(Ending::Cut)];
    let channels = prop_oneof![3 => Just(Some(0)), 3 => Just(Some(1)), 1 => Just(None)];
    let numbers = (ranges, 0.0..3.0_f64, 0.05..1.5_f64, prop::option::weighted(0.5, 12.0..50.0_f64));
    let rare = || prop::bool::weighted(0.05);
    let kinds = (channels, endings, prop::bool::weighted(0.9), prop::option::of(3.0..30.0_f64), rare(), rare(), rare());
    (numbers, kinds).prop_map(|((range, held_s, way_s, own), (channel, ending, seen, gain, wrong, other, timed))| {
        Made {
            range,
            held_s,
            way_s,
            own,
            channel,
            ending,
            baseline_was_seen: seen,
            gain,
            is_wrong: wrong,
            is_other_side: other,
            is_self_timed: timed,
        }
    })
}

/// The observation that begins at `from_s`, and when it ends.
fn observation(plan: &SetPlan, m: Made, from_s: f64) -> (Observation, f64) {
    let end_s = from_s + 2.0 * m.way_s + m.held_s;
    let [start_at, peak_at, end_at] = [from_s, from_s + m.way_s, end_s].map(Timestamp::from_secs);
    if m.is_self_timed {
        return (
            Observation { is_self_timed: true, ..Observation::of(Excursion::self_timed(start_at, end_at)) },
            end_s,
        );
    }
    let channel = m.channel.filter(|c| *c < plan.exercise.count.channels.len());
    let thresholds = Thresholds::of(&plan.exercise.count, m.own.map(RangeEstimate::exactly), 0.0, m.range);
    let steps = (((end_s - from_s) * 10.0) as usize).max(1);
    let sample = |i: usize| {
        let (since_s, left_s) = (i as f64 / 10.0, end_s - from_s - i as f64 / 10.0);
        let share = (since_s.min(left_s) / m.way_s).clamp(0.0, 1.0);
        Sample {
            at: Timestamp::from_secs(from_s + since_s),
            distance: m.range * share,
            channel: channel.unwrap_or(0),
            dt_s: 0.1,
            is_trusted: true,
        }
    };
    let excursion = Excursion {
        start_at,
        peak_at,
        end_at,
        range: m.range,
        channel,
        hold_s: 0.0,
        return_s: Some(m.way_s),
        bounces: 0,
        ending: m.ending,
        baseline_was_seen: m.baseline_was_seen,
        thresholds,
        sigma: 0.0,
        quality: Quality { over_noise: None, trusted_share: 1.0, directness: 1.0 },
        samples: (0..=steps).map(sample).collect(),
    };
    let excursion = Excursion { hold_s: excursion.hold_by_s(&thresholds), ..excursion };
    let seen = Observation {
        gains: plan.exercise.count.gains.iter().map(|_| m.gain).collect(),
        wrong: m.is_wrong.then(|| "Another way".to_owned()),
        is_other_side: m.is_other_side,
        ..Observation::of(excursion)
    };
    (seen, end_s)
}

/// A set of observations in order of time.
fn observed() -> impl Strategy<Value = (Arc<SetPlan>, Vec<Observation>)> {
    (plans(), prop::collection::vec(made(), 0..16)).prop_map(|(plan, all)| {
        let mut now_s = 1.0;
        let all = all.into_iter().map(|m| {
            let (seen, end_s) = observation(&plan, m, now_s);
            now_s = end_s + 0.5;
            seen
        });
        let all = all.collect();
        (plan, all)
    })
}

/// An entry as the changes tell it: without its place in the list, and the reason without its numbers. Both move without a change
/// being told.
fn as_told(rep: &Rep) -> Rep {
    let without_numbers = |reason: &String| reason.chars().filter(|c| !c.is_ascii_digit() && *c != '.').collect();
    let is_short = rep.reason.as_ref().is_some_and(|r| r.ends_with("short"));
    let hold_s = rep.hold_s.filter(|_| !is_short);
    Rep { index: 0, reason: rep.reason.as_ref().map(without_numbers), hold_s, ..rep.clone() }
}

proptest! {
    #![proptest_config(cases(256, 2048))]

    #[test]
    fn a_ledger_holds_the_judgement_of_all_it_took((plan, all) in observed()) {
        let mut ledger = Ledger::new(Arc::clone(&plan));
        for n in 0..=all.len() {
            let whole = judge(&all[..n], &plan);
            prop_assert_eq!(whole.verdicts.len(), n);
            prop_assert_eq!(ledger.estimates(), whole.estimates.as_slice());
            let listed: Vec<_> = all.iter().zip(&whole.verdicts).filter(|(_, v)| v.is_listed()).collect();
            prop_assert_eq!(ledger.listed().collect::<Vec<_>>(), listed);
            if let Some(next) = all.get(n) {
                ledger.take(next.clone());
            }
        }
    }

    #[test]
    fn judging_twice_gives_the_same((plan, all) in observed()) {
        prop_assert_eq!(judge(&all, &plan), judge(&all, &plan));
    }

    #[test]
    fn the_changes_one_after_the_other_are_the_list((plan, all) in observed()) {
        let (mut ledger, mut told) = (Ledger::new(plan), BTreeMap::new());
        for observation in all {
            for change in ledger.take(observation) {
                match change {
                    Change::Counted(rep) | Change::Form(rep) => {
                        prop_assert!(rep.counted && rep.reason.is_none());
                        told.insert(rep.id, rep);
                    }
                    Change::Rejected(rep) => {
                        prop_assert!(!rep.counted && rep.reason.is_some());
                        told.insert(rep.id, rep);
                    }
                    Change::Dropped { id } => prop_assert!(told.remove(&id).is_some(), "{} was never told", id),
                }
            }
            let list: Vec<Rep> = ledger.reps().iter().map(as_told).collect();
            prop_assert_eq!(told.values().map(as_told).collect::<Vec<_>>(), list);
        }
    }

    #[test]
    fn ids_stay_with_their_movement_and_rise_with_time((plan, all) in observed()) {
        let mut ledger = Ledger::new(plan);
        let mut began: BTreeMap<u32, f64> = BTreeMap::new();
        for observation in all {
            ledger.take(observation);
            let reps = ledger.reps();
            prop_assert!(reps.iter().map(|r| r.index).eq(1..=reps.len() as u32));
            prop_assert!(reps.windows(2).all(|r| r[0].id < r[1].id && r[0].start_s < r[1].start_s));
            for rep in &reps {
                prop_assert_eq!(*began.entry(rep.id).or_insert(rep.start_s), rep.start_s);
            }
        }
    }
}
