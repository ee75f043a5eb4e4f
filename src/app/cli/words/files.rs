//! Words of the commands about files: `exercises` with `learn` and `plot`, and `routines`.

use super::{labelled, lines, shown};
use crate::base::language::{decimal, number, tr, translated};
use crate::counting::learn::Proposal;
use crate::exercise::ExerciseDef;
use crate::exercise::routine::{RoutineDef, Step};
use crate::history::words::in_unit;
use crate::motion::track::View;
use std::path::Path;

// `exercises`

/// An exercise in a list.
pub fn exercise_line(def: &ExerciseDef) -> String {
    format!("{:24} {:28} {}", def.id, translated(&def.title), def.target_words())
}

/// A file that is to be checked could not be read.
pub fn unreadable(path: &str) -> String {
    tr!("cli-unreadable-file", path = path)
}

/// So many files.
fn so_many_files(files: usize) -> String {
    tr!("cli-files", count = files)
}

/// No mistake in so many files.
pub fn no_mistakes(files: usize) -> String {
    tr!("cli-no-mistakes", files = so_many_files(files))
}

/// How many mistakes there are, and in how many of all files.
pub fn mistakes(mistakes: usize, wrong: usize, files: usize) -> String {
    tr!("cli-mistakes", count = mistakes, wrong = wrong, files = so_many_files(files))
}

/// An exercise for people.
pub fn exercise(def: &ExerciseDef) -> String {
    let mut said = vec![
        format!("{} ({})", translated(&def.title), def.id),
        format!("  {}", translated(&def.summary)),
        labelled(&tr!("cli-label-target"), def.target_words()),
        labelled(&tr!("cli-label-start"), start(def)),
        labelled(&tr!("cli-label-set-up"), translated(&def.setup)),
        labelled(&tr!("cli-label-counts"), what_counts(def)),
    ];
    for f in &def.faults {
        let kind = if f.advisory { tr!("cli-label-advice") } else { tr!("cli-label-fault") };
        said.push(labelled(&kind, format!("{} ({})", translated(&f.cue), f.id)));
    }
    if def.has_one_sided_mode() {
        said.push(labelled(&tr!("cli-label-one-side"), tr!("cli-one-side")));
    }
    for (id, why) in &def.not_measured {
        said.push(labelled(&tr!("cli-label-not-seen"), format!("{} ({id})", translated(why))));
    }
    lines(&said)
}

/// How an exercise begins, and from where it is seen.
fn start(def: &ExerciseDef) -> String {
    let posture = translated(def.posture.name());
    tr!("cli-start", posture = posture, view = view(def.view), degrees = number(def.max_off_deg))
}

/// From where an exercise is seen.
fn view(view: View) -> String {
    match view {
        View::Front => tr!("cli-view-front"),
        View::Oblique => tr!("cli-view-oblique"),
        View::Side => tr!("cli-view-side"),
    }
}

/// What is counted by, and from which range.
fn what_counts(def: &ExerciseDef) -> String {
    let signals: Vec<_> = def.count.channels.iter().map(|c| def.signals[c.signal].name.as_str()).collect();
    tr!(
        "cli-counts",
        signals = signals.join(&format!(" {} ", tr!("cli-and"))),
        least = in_unit(def.count.min_range, def.range_unit().name()),
        enter = decimal(def.count.enter_share * 100.0, 0),
        exit = decimal(def.count.exit_share * 100.0, 0)
    )
}

// `exercises learn`

/// The file's name has another ending.
pub fn no_exercise_file_name(out: &Path) -> String {
    tr!("cli-no-exercise-file-name", path = shown(out))
}

/// The file is there already.
pub fn exercise_file_exists(out: &Path) -> String {
    tr!("cli-exercise-file-exists", path = shown(out))
}

/// What was learned, and how to try it.
pub fn learned(proposal: &Proposal, input: &Path, out: &Path) -> String {
    let mut said = vec![format!("{}  {}", translated(&proposal.def.title), input.display())];
    said.extend(proposal.findings.iter().map(|(label, text)| labelled(label, text)));
    said.push(labelled(&tr!("cli-label-written"), out.display()));
    said.push(labelled(&tr!("cli-label-try-it"), tr!("cli-try-it", path = shown(out))));
    lines(&said)
}

// `exercises show --plot`

/// The file's name has another ending.
pub fn no_plot_file_name(out: &Path) -> String {
    tr!("cli-no-plot-file-name", path = shown(out))
}

// `routines`

/// A routine in a list.
pub fn routine_line(r: &RoutineDef) -> String {
    let steps = format!("{},", tr!("cli-exercises", count = r.steps.len()));
    format!("{:24} {:28} {steps:13} {}", r.id, translated(&r.title), r.duration_words())
}

/// A routine for people.
pub fn routine(routine: &RoutineDef) -> String {
    let mut said = vec![
        format!("{} ({}), {}", translated(&routine.title), routine.id, routine.duration_words()),
        format!("  {}", translated(&routine.summary)),
    ];
    said.extend(routine.note.as_deref().map(|note| format!("  {}", tr!("cli-note", note = translated(note)))));
    let last = routine.steps.len();
    for (n, step) in (1..).zip(&routine.steps) {
        said.push(format!("  {n:>2}  {}", step_words(step, n == last)));
        said.extend(step.note.as_deref().map(|note| format!("      {}", translated(note))));
    }
    lines(&said)
}

/// What is done in a step, and the rests in it and after it.
fn step_words(step: &Step, is_last: bool) -> String {
    let mut words = format!("{:24} {}", translated(&step.exercise.title), step.target_words());
    let between = (step.sets > 1).then(|| tr!("cli-between-sets", s = number(step.rest_s)));
    let after = (!is_last).then(|| tr!("cli-rest-after", s = number(step.rest_after_s)));
    for part in step.limit_words().into_iter().chain(between).chain(after) {
        words.push_str(", ");
        words.push_str(&part);
    }
    words
}
