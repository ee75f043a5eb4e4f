//! `formcheck exercises`: the files exercises are made of; `check` takes routines too.

use super::args::ExercisesCommand;
use super::output;
use crate::exercise::routine;
use crate::exercise::{ExerciseDef, catalogue};
use anyhow::Context as _;
use std::fmt::Write as _;
use std::io::IsTerminal as _;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

/// Lists, shows or checks.
pub(super) fn run(command: &ExercisesCommand) -> anyhow::Result<ExitCode> {
    match command {
        ExercisesCommand::List => {
            for def in catalogue::load_all()? {
                output::line(&format!("{:24} {:28} {}", def.id, def.title, def.target_words()))?;
            }
            Ok(ExitCode::SUCCESS)
        }
        ExercisesCommand::Show { id, plot: Some(recording), args } => {
            super::plot::run(id, recording, args)?;
            Ok(ExitCode::SUCCESS)
        }
        ExercisesCommand::Show { id, plot: None, .. } => {
            output::line(&in_words(&ExerciseDef::load(id)?))?;
            Ok(ExitCode::SUCCESS)
        }
        ExercisesCommand::Check { paths } => check_all(paths),
        ExercisesCommand::Learn(args) => super::learn::run(args),
    }
}

/// Reports every mistake of every file in one run. Exercises come first: routines may name those that are checked with them.
fn check_all(paths: &[PathBuf]) -> anyhow::Result<ExitCode> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            files.extend(catalogue::toml_files(path));
            files.extend(routine::catalogue::json_files(path));
        } else {
            files.push(path.clone());
        }
    }
    let mut known = routine::catalogue::known_exercises();
    let (mut reports, mut routines) = (Vec::new(), Vec::new());
    for file in &files {
        let path = file.display().to_string();
        let text = std::fs::read_to_string(file).with_context(|| format!("could not read the file: {path}"))?;
        if routine::check::is_routine(file, &text) {
            routines.push((path, text));
            continue;
        }
        match ExerciseDef::parse(&path, &text) {
            Ok(def) => known.exercises.insert(0, Arc::new(def)),
            Err(report) => {
                known.broken.extend(file.file_stem().map(|s| s.to_string_lossy().into_owned()));
                reports.push(report);
            }
        }
    }
    reports.extend(routines.iter().filter_map(|(path, text)| routine::check::routine(path, text, &known).err()));
    if reports.is_empty() {
        output::line(&format!("{} file(s), no mistakes", files.len()))?;
        return Ok(ExitCode::SUCCESS);
    }
    for report in &reports {
        output::note(report.render(std::io::stderr().is_terminal()).trim_end());
    }
    let mistakes: usize = reports.iter().map(|r| r.diagnostics.len()).sum();
    output::note(&format!("{mistakes} mistake(s) in {} of {} file(s)", reports.len(), files.len()));
    Ok(ExitCode::from(1))
}

fn in_words(def: &ExerciseDef) -> String {
    let mut text = String::new();
    let mut say = |line: String| {
        let _ = writeln!(text, "{line}");
    };
    say(format!("{} ({})", def.title, def.id));
    say(format!("  {}", def.summary));
    say(format!("  target    {}", def.target_words()));
    say(format!(
        "  start     {}, seen from {} (up to {} degrees beside)",
        def.posture.name(),
        view(def),
        def.max_off_deg
    ));
    say(format!("  set up    {}", def.setup));
    let signals: Vec<_> = def.count.channels.iter().map(|c| def.signals[c.signal].name.as_str()).collect();
    let unit = def.count.channels.first().map_or("", |c| def.signals[c.signal].unit.name());
    say(format!(
        "  counts    {}: at least {} {unit}, in at {:.0} %, out at {:.0} % of the own range",
        signals.join(" and "),
        def.count.min_range,
        def.count.enter_share * 100.0,
        def.count.exit_share * 100.0
    ));
    for f in &def.faults {
        let kind = if f.advisory { "advice" } else { "fault" };
        say(format!("  {kind:9} {} \"{}\"", f.id, f.cue));
    }
    if def.has_one_sided_mode() {
        say("  one side  can be followed on one side only".to_owned());
    }
    for (id, why) in &def.not_measured {
        say(format!("  not seen  {id}: {why}"));
    }
    text.trim_end().to_owned()
}

fn view(def: &ExerciseDef) -> &'static str {
    match def.view {
        crate::motion::track::View::Front => "the front",
        crate::motion::track::View::Oblique => "half the side",
        crate::motion::track::View::Side => "the side",
    }
}
