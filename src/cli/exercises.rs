//! `formcheck exercises`: the files exercises are made of.

use super::{ExercisesCommand, output};
use crate::exercise::{ExerciseDef, catalogue, check};
use anyhow::Context as _;
use std::fmt::Write as _;
use std::io::IsTerminal as _;
use std::path::PathBuf;
use std::process::ExitCode;

/// Lists, shows or checks.
pub(super) fn run(command: &ExercisesCommand) -> anyhow::Result<ExitCode> {
    match command {
        ExercisesCommand::List => {
            for def in catalogue::load_all()? {
                output::line(&format!("{:24} {:28} {}", def.id, def.title, def.target_words()))?;
            }
            Ok(ExitCode::SUCCESS)
        }
        ExercisesCommand::Show { id } => {
            output::line(&in_words(&catalogue::load(id)?))?;
            Ok(ExitCode::SUCCESS)
        }
        ExercisesCommand::Check { paths } => check_all(paths),
        ExercisesCommand::Learn(args) => super::learn::run(args),
    }
}

/// Reports every mistake of every file in one run.
fn check_all(paths: &[PathBuf]) -> anyhow::Result<ExitCode> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            files.extend(catalogue::toml_files(path));
        } else {
            files.push(path.clone());
        }
    }
    let (mut mistakes, mut bad_files) = (0, 0);
    for file in &files {
        let path = file.display().to_string();
        let text =
            std::fs::read_to_string(file).with_context(|| format!("could not read the exercise file: {path}"))?;
        if let Err(report) = check::exercise(&path, &text) {
            mistakes += report.diagnostics.len();
            bad_files += 1;
            output::note(report.render(std::io::stderr().is_terminal()).trim_end());
        }
    }
    if mistakes > 0 {
        output::note(&format!("{mistakes} mistake(s) in {bad_files} of {} file(s)", files.len()));
        return Ok(ExitCode::from(1));
    }
    output::line(&format!("{} file(s), no mistakes", files.len()))?;
    Ok(ExitCode::SUCCESS)
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
        def.count.floor,
        def.count.enter_share * 100.0,
        def.count.exit_share * 100.0
    ));
    for f in &def.faults {
        let kind = if f.advisory { "advice" } else { "fault" };
        say(format!("  {kind:9} {} \"{}\"", f.id, f.cue));
    }
    for (id, why) in &def.not_measured {
        say(format!("  not seen  {id}: {why}"));
    }
    text.trim_end().to_owned()
}

fn view(def: &ExerciseDef) -> &'static str {
    match def.view {
        crate::track::View::Front => "the front",
        crate::track::View::Oblique => "half the side",
        crate::track::View::Side => "the side",
    }
}
