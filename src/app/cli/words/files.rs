//! Words of the commands about files: `exercises` with `learn` and `plot`, and `routines`.

use super::lines;
use crate::base::plural::so_many;
use crate::counting::learn::Proposal;
use crate::exercise::ExerciseDef;
use crate::exercise::routine::{RoutineDef, Step};
use crate::history::words::in_unit;
use crate::motion::track::View;
use std::path::Path;

// `exercises`

/// An exercise in a list.
pub fn exercise_line(def: &ExerciseDef) -> String {
    format!("{:24} {:28} {}", def.id, def.title, def.target_words())
}

/// A file that is to be checked could not be read.
pub fn unreadable(path: &str) -> String {
    format!("could not read the file: {path}")
}

/// No mistake in so many files.
pub fn no_mistakes(files: usize) -> String {
    format!("{}, no mistakes", so_many(files, "file", "files"))
}

/// How many mistakes there are, and in how many of all files.
pub fn mistakes(mistakes: usize, wrong: usize, files: usize) -> String {
    format!("{} in {wrong} of {}", so_many(mistakes, "mistake", "mistakes"), so_many(files, "file", "files"))
}

/// An exercise for people.
pub fn exercise(def: &ExerciseDef) -> String {
    let signals: Vec<_> = def.count.channels.iter().map(|c| def.signals[c.signal].name.as_str()).collect();
    let (enter, exit) = (def.count.enter_share * 100.0, def.count.exit_share * 100.0);
    let mut said = vec![
        format!("{} ({})", def.title, def.id),
        format!("  {}", def.summary),
        format!("  target    {}", def.target_words()),
        format!(
            "  start     {}, seen from {} (up to {} degrees beside)",
            def.posture.name(),
            view(def.view),
            def.max_off_deg
        ),
        format!("  set up    {}", def.setup),
        format!(
            "  counts    {}: at least {}, in at {enter:.0} %, out at {exit:.0} % of the own range",
            signals.join(" and "),
            in_unit(def.count.min_range, def.range_unit().name())
        ),
    ];
    for f in &def.faults {
        let kind = if f.advisory { "advice" } else { "fault" };
        said.push(format!("  {kind:9} {} \"{}\"", f.id, f.cue));
    }
    if def.has_one_sided_mode() {
        said.push("  one side  can be followed on one side only".to_owned());
    }
    said.extend(def.not_measured.iter().map(|(id, why)| format!("  not seen  {id}: {why}")));
    lines(&said)
}

/// From where an exercise is seen.
const fn view(view: View) -> &'static str {
    match view {
        View::Front => "the front",
        View::Oblique => "half the side",
        View::Side => "the side",
    }
}

// `exercises learn`

/// The file's name has another ending.
pub fn no_exercise_file_name(out: &Path) -> String {
    format!("could not write the exercise file: its name must end in .toml; give another with --out: {}", out.display())
}

/// The file is there already.
pub fn exercise_file_exists(out: &Path) -> String {
    format!(
        "could not write the exercise file: there is one already; give another name, or --force to overwrite it: {}",
        out.display()
    )
}

/// What was learned, and how to try it.
pub fn learned(proposal: &Proposal, input: &Path, out: &Path) -> String {
    let mut said = vec![format!("{}  {}", proposal.def.title, input.display())];
    said.extend(proposal.findings.iter().map(|(label, text)| format!("  {label:9} {text}")));
    let out = out.display();
    said.push(format!("  written   {out}"));
    said.push(format!("  try it    formcheck analyze ANOTHER.mp4 --exercise {out}"));
    lines(&said)
}

// `exercises show --plot`

/// The file's name has another ending.
pub fn no_plot_file_name(out: &Path) -> String {
    format!("could not write the plot: it is an SVG file; give --out a name that ends in .svg: {}", out.display())
}

// `routines`

/// A routine in a list.
pub fn routine_line(r: &RoutineDef) -> String {
    let steps = format!("{} exercises,", r.steps.len());
    format!("{:24} {:28} {steps:13} {}", r.id, r.title, r.duration_words())
}

/// A routine for people.
pub fn routine(routine: &RoutineDef) -> String {
    let mut said = vec![
        format!("{} ({}), {}", routine.title, routine.id, routine.duration_words()),
        format!("  {}", routine.summary),
    ];
    said.extend(routine.note.as_ref().map(|note| format!("  note: {note}")));
    let last = routine.steps.len();
    for (n, step) in (1..).zip(&routine.steps) {
        said.push(format!("  {n:>2}  {}", step_words(step, n == last)));
        said.extend(step.note.as_ref().map(|note| format!("      {note}")));
    }
    lines(&said)
}

/// What is done in a step, and the rests in it and after it.
fn step_words(step: &Step, is_last: bool) -> String {
    let limits = step.limit_words().map(|words| format!(", {words}")).unwrap_or_default();
    let between = if step.sets > 1 { format!(", {} s between sets", step.rest_s) } else { String::new() };
    let after = if is_last { String::new() } else { format!(", then {} s rest", step.rest_after_s) };
    format!("{:24} {}{limits}{between}{after}", step.exercise.title, step.target_words())
}
