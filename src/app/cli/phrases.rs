//! `formcheck phrases`: what a voice has to be able to say.

use super::output;
use crate::coach::phrases;
use crate::exercise::catalogue;
use crate::exercise::routine::catalogue as routines;
use std::process::ExitCode;

/// Prints the phrases of the shipped exercises and routines, one a line.
pub(super) fn run() -> anyhow::Result<ExitCode> {
    for phrase in phrases::all(&catalogue::load_all()?, &routines::load_all()?) {
        output::line(&phrase)?;
    }
    Ok(ExitCode::SUCCESS)
}
