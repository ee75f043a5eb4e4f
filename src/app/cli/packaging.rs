//! `formcheck packaging`: what a package has besides the program, made from the command line itself: manual pages, completions.

use super::args::Cli;
use crate::disk::output_file::{self, private_folder};
use anyhow::Context as _;
use clap::CommandFactory as _;
use clap_complete::Shell;
use std::path::Path;
use std::process::ExitCode;

/// Shells that have completions.
const SHELLS: [Shell; 3] = [Shell::Bash, Shell::Fish, Shell::Zsh];

/// Writes `man/*.1` and `completions/*` into a folder.
pub(super) fn run(folder: &Path) -> anyhow::Result<ExitCode> {
    let mut command = Cli::command();
    command.build();
    let name = command.get_name().to_owned();
    let (manuals, completions) = (folder.join("man"), folder.join("completions"));
    private_folder(&manuals)?;
    private_folder(&completions)?;
    clap_mangen::generate_to(command.clone(), &manuals).with_context(|| manuals.display().to_string())?;
    for shell in SHELLS {
        let mut text = Vec::new();
        clap_complete::generate(shell, &mut command.clone(), &name, &mut text);
        let path = completions.join(clap_complete::Generator::file_name(&shell, &name));
        output_file::write(&path, text).with_context(|| path.display().to_string())?;
    }
    Ok(ExitCode::SUCCESS)
}
