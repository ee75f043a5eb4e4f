//! `formcheck exercises`: the files exercises are made of; `check` takes routines too.

use super::args::ExercisesCommand;
use super::words::files as words;
use super::{lists, output};
use crate::disk::bounded;
use crate::exercise::routine;
use crate::exercise::{ExerciseDef, catalogue};
use anyhow::Context as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

/// Lists, shows or checks.
pub(super) fn run(command: &ExercisesCommand, data_dir: Option<&Path>) -> anyhow::Result<ExitCode> {
    match command {
        ExercisesCommand::List(args) => {
            lists::print(&catalogue::load_all()?, args.format, words::exercise_line, lists::exercise)?;
            Ok(ExitCode::SUCCESS)
        }
        ExercisesCommand::Show { id, plot: Some(recording), args } => {
            super::plot::run(id, recording, args, data_dir)?;
            Ok(ExitCode::SUCCESS)
        }
        ExercisesCommand::Show { id, plot: None, .. } => {
            output::line(&words::exercise(&ExerciseDef::load(id)?))?;
            Ok(ExitCode::SUCCESS)
        }
        ExercisesCommand::Check { paths } => check_all(paths),
        ExercisesCommand::Learn(args) => super::learn::run(args, data_dir),
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
        let text = bounded::text(file, catalogue::LARGEST_FILE).with_context(|| words::unreadable(&path))?;
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
        output::line(&words::no_mistakes(files.len()))?;
        return Ok(ExitCode::SUCCESS);
    }
    for report in &reports {
        output::note(report.render().trim_end());
    }
    let mistakes: usize = reports.iter().map(|r| r.diagnostics.len()).sum();
    output::note(&words::mistakes(mistakes, reports.len(), files.len()));
    Ok(ExitCode::from(1))
}
