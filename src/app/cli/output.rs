//! The only place that prints: results to stdout, everything else to stderr.

use super::words;
use crate::base::plain::plain_lines;
use crate::vision::source::SourceRemarks;
use anyhow::Context as _;
use std::borrow::Cow;
use std::io::{IsTerminal as _, Write as _};

/// Prints a line on stdout and hands it on at once.
///
/// # Errors
/// When stdout is closed.
pub(super) fn line(text: &str) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    // JSON has nothing to be replaced but what a terminal alone would heed.
    let text = if out.is_terminal() { Cow::Owned(plain_lines(text)) } else { Cow::Borrowed(text) };
    writeln!(out, "{text}").and_then(|()| out.flush()).with_context(words::no_output)
}

/// Prints an error, with its causes, as one paragraph on stderr.
pub(super) fn error(error: &anyhow::Error) {
    let mut text = format!("{error}");
    for cause in error.chain().skip(1) {
        let cause = cause.to_string();
        if !text.contains(&cause) {
            text = format!("{text}: {cause}");
        }
    }
    note(&words::error(&text));
}

/// Prints a remark on stderr; nobody listening there is no reason to fail.
pub(super) fn note(text: &str) {
    let _nobody_listens = writeln!(std::io::stderr().lock(), "{}", plain_lines(text));
}

/// Says what was odd about an input.
pub(super) fn warn_of(remarks: &SourceRemarks) {
    remarks.notices.iter().for_each(|notice| note(&words::warning(notice)));
}

/// Whether whoever read the output has gone.
pub(super) fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let is_pipe = |e: &std::io::Error| e.kind() == std::io::ErrorKind::BrokenPipe;
    error.chain().any(|cause| cause.downcast_ref::<std::io::Error>().is_some_and(is_pipe))
}
