//! Words of the commands that follow an exercise: `analyze` and `watch`.

use super::lines;
use crate::base::plural::so_many;
use crate::counting::record::{NothingCounted, Rep, RepSide, Summary};
use crate::exercise::plan::fault_words;
use crate::exercise::{ExerciseDef, Mode};
use std::fmt::Display;
use std::path::Path;

/// Nearest exercises that are named when none was recognised.
const NEAREST: usize = 3;
/// Less than this reads as no time at all in tenths of a second.
const READABLE_S: f64 = 0.05;

// The plan of a set.

/// The kept range cannot be read.
pub fn range_is_learned(trouble: impl Display) -> String {
    format!("warning: {trouble}; the own range is learned from this set")
}

// `analyze`: options that do not go together.

/// No exercise file at all to recognise one with.
pub const NOTHING_TO_RECOGNISE: &str = "could not recognise an exercise: there are no exercise files";

/// One file for several inputs; `option` is the name of the option, without dashes.
pub fn one_input_only(option: &str, inputs: usize) -> String {
    format!("could not write the {option}: there are {inputs} inputs; give one input with --{option}")
}

/// An option that needs the exercise.
pub fn needs_exercise(option: &str) -> String {
    format!("could not use --{option} while the exercise is not known; name it with --exercise")
}

/// An overlay of something else than a film.
pub fn no_film(input: &Path) -> String {
    format!("could not draw the overlay: this is no film; give a video file: {}", input.display())
}

// `analyze`: what is kept and written.

/// The store cannot be used while recordings are analysed.
pub fn analysis_without_store(trouble: impl Display) -> String {
    format!("warning: {trouble}; analysis goes on, nothing is kept")
}

/// What was analysed could not be kept.
pub fn not_kept(trouble: &str) -> String {
    format!("could not keep the session: {trouble}")
}

/// Nothing that a report could show.
pub fn nothing_to_report(out: &Path) -> String {
    format!("could not write the report: nothing was analysed that could stand in it: {}", out.display())
}

/// The report is there.
pub fn report_written(out: &Path) -> String {
    format!("report written: {}", out.display())
}

// `analyze`: the summary.

/// No exercise was recognised.
pub fn not_recognised(s: &Summary, input: &Path) -> String {
    let candidates = s.candidates.iter().flatten().filter(|c| c.confidence > 0.0).take(NEAREST);
    let near: Vec<_> = candidates.map(|c| format!("{} {:.0} %", c.id, c.confidence * 100.0)).collect();
    let near = if near.is_empty() { "nothing came near".to_owned() } else { format!("nearest: {}", near.join(", ")) };
    format!("No exercise recognised ({near}); name one with --exercise  {}", input.display())
}

/// A summary for people.
pub fn summary(s: &Summary, input: &Path, def: &ExerciseDef) -> String {
    let mut said = vec![format!("{}  {}", def.title, input.display())];
    if let Some(best) = s.candidates.as_ref().and_then(|c| c.first()) {
        said.push(format!("  recognised as {} ({:.0} % sure)", best.id, best.confidence * 100.0));
    }
    said.push(format!("  counted   {}", counted(s, def)));
    said.extend(s.not_counted_because.as_ref().map(|b| format!("  because   {}", because(b))));
    if def.mode == Mode::Hold {
        said.push(format!("  held      {}", held(s)));
    }
    said.extend(s.repetitions.iter().map(|r| repetition(r, def)));
    for n in &s.not_measured {
        said.push(format!("  not measured: {} ({})", fault_words(&n.id, Some(def)).to_lowercase(), n.why));
    }
    let tracked = s.tracked_fraction * 100.0;
    said.push(format!("  {} frames, {:.1} s, person seen in {tracked:.0} %", s.source.frames, s.source.duration_s));
    lines(&said)
}

/// Why nothing counted.
fn because(b: &NothingCounted) -> String {
    let looks_like = b.looks_like.as_ref().map(|id| format!(" (it looks like {id})")).unwrap_or_default();
    format!("{}{looks_like}", b.text)
}

/// What counts of the target: repetitions and holds, or the time of an activity and its passes.
fn counted(s: &Summary, def: &ExerciseDef) -> String {
    let target = def.target_words();
    if def.mode == Mode::Duration {
        return format!("{:.1} of {target}, {}", s.active_s, so_many(s.reps.total as usize, "pass", "passes"));
    }
    let rejected = format!("not counted {}", s.reps.rejected);
    if !def.has_sides() {
        return format!("{} of {target}, {rejected}", s.reps.total);
    }
    let unknown = if s.reps.unknown > 0 { format!(", {} unknown", s.reps.unknown) } else { String::new() };
    format!("{} left, {} right{unknown}, of {target}; {rejected}", s.reps.left, s.reps.right)
}

/// The time in position; that of holds which did not count, where there are such, stands apart from that of those which did.
fn held(s: &Summary) -> String {
    let (counted_s, best_s) = (s.holds.total_s, s.holds.best_s);
    let others = || s.repetitions.iter().filter(|r| !r.counted).filter_map(|r| r.hold_s);
    let others_s: f64 = others().sum();
    if others_s < READABLE_S {
        return format!("{counted_s:.1} s in all, longest {best_s:.1} s");
    }
    let (all_s, longest_s) = (counted_s + others_s, others().fold(best_s, f64::max));
    format!("{counted_s:.1} s in holds that counted; {all_s:.1} s in all, longest {longest_s:.1} s")
}

/// A repetition, counted or not, in a line.
fn repetition(r: &Rep, def: &ExerciseDef) -> String {
    let side = match r.side {
        Some(RepSide::Left) => ", left",
        Some(RepSide::Right) => ", right",
        Some(RepSide::Unknown) => ", side unknown",
        None => "",
    };
    let hold = r.hold_s.filter(|h| r.counted || *h > 0.0).map_or_else(String::new, |h| format!(", held {h:.1} s"));
    let verdict = r.reason.as_ref().map_or_else(|| "counted".to_owned(), |why| format!("not counted: {why}"));
    // Apart by more than a comma, which cues may have themselves.
    let mut remarks: Vec<_> = r.faults.iter().chain(&r.remarks).map(|id| fault_words(id, Some(def))).collect();
    // Two faults may ask for the same.
    remarks.dedup();
    let remarks = if remarks.is_empty() { String::new() } else { format!("; {}", remarks.join("; ")) };
    format!("  {:>3}  {:6.1} to {:6.1} s{side}{hold}  {verdict}{remarks}", r.index, r.start_s, r.end_s)
}

// `watch`

/// The store takes repetitions again.
pub const WRITTEN_AGAIN: &str = "repetitions are written again";

/// The store takes no repetitions.
pub fn not_written(trouble: &str) -> String {
    format!("warning: {trouble}; counting goes on, repetitions are tried again")
}

/// A session that was left open.
pub fn left_open(id: &str) -> String {
    format!("session {id} was left open: `formcheck sessions close {id}` closes it, --resume {id} goes on in it")
}

/// The session is kept.
pub fn kept(id: &str) -> String {
    format!("session {id} kept; `formcheck sessions show {id}` shows it")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::counting::record::{HoldTotals, NotMeasured, RepTotals};

    fn rep(index: u32, hold_s: Option<f64>, counted: bool, faults: &[&str]) -> Rep {
        Rep {
            id: index,
            index,
            start_s: 1.0,
            peak_s: 2.0,
            end_s: 12.5,
            side: None,
            counted,
            reason: (!counted).then(|| "held 6.6 of 10 s".to_owned()),
            hold_s,
            range: 30.0,
            range_unit: "deg".to_owned(),
            score: counted.then_some(90),
            faults: faults.iter().map(|f| (*f).to_owned()).collect(),
            remarks: Vec::new(),
        }
    }

    fn of(exercise: &str, reps: Vec<Rep>) -> (Summary, ExerciseDef) {
        let (totals, holds) = (RepTotals::of(&reps), HoldTotals::of(&reps));
        let empty = Summary::empty(exercise, "full", "trace");
        let summary = Summary { reps: totals, holds, repetitions: reps, ..empty };
        (summary, ExerciseDef::load(exercise).unwrap())
    }

    #[test]
    fn time_held_too_briefly_stands_apart_from_time_that_counts() {
        let short = |n| rep(n, Some(6.6), false, &[]);
        let (only_short, _) = of("cobra", (1..=3).map(short).collect());
        assert_eq!(held(&only_short), "0.0 s in holds that counted; 19.8 s in all, longest 6.6 s");
        let (mixed, _) = of("cobra", vec![rep(1, Some(10.2), true, &[]), short(2), rep(3, None, false, &[])]);
        assert_eq!(held(&mixed), "10.2 s in holds that counted; 16.8 s in all, longest 10.2 s");
        let (all, _) = of("cobra", vec![rep(1, Some(10.2), true, &[]), rep(2, Some(0.0), false, &[])]);
        assert_eq!(held(&all), "10.2 s in all, longest 10.2 s");
    }

    #[test]
    fn an_activity_is_told_in_seconds_and_passes() {
        let (mut s, def) = of("foam_roll", (1..=5).map(|n| rep(n, None, true, &[])).collect());
        s.active_s = 19.2;
        assert_eq!(counted(&s, &def), "19.2 of 120 s, 5 passes");
        s.reps.total = 1;
        assert_eq!(counted(&s, &def), "19.2 of 120 s, 1 pass");
    }

    #[test]
    fn faults_are_told_by_their_cues() {
        let (mut s, def) = of("bird_dog", vec![rep(1, Some(5.0), true, &["back_sag", "past_limit", "gone_by_now"])]);
        let id = "wrist_angle".to_owned();
        s.not_measured = vec![NotMeasured { id, why: "hidden".to_owned() }];
        let text = summary(&s, Path::new("dog.mp4"), &def);
        let line =
            "    1     1.0 to   12.5 s, held 5.0 s  counted; Brace, flat back; That is far enough; gone by now\n";
        assert!(text.contains(line), "{text}");
        assert!(text.contains("  not measured: wrist angle (hidden)\n"), "{text}");
    }
}
