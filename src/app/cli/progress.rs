//! How far a recording is read: a bar on a terminal, nothing elsewhere.

use super::words;
use indicatif::{ProgressBar, ProgressState, ProgressStyle};
use std::fmt::Write;
use std::io::IsTerminal as _;

/// A bar over so many frames, where that is known.
pub(super) fn progress(frames: Option<u64>) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = frames.map_or_else(ProgressBar::new_spinner, ProgressBar::new);
    let style = ProgressStyle::with_template(&words::progress_bar()).unwrap_or_else(|_| ProgressStyle::default_bar());
    // indicatif's own speed has four decimals.
    let speed = |state: &ProgressState, out: &mut dyn Write| {
        let _ = out.write_str(&words::speed(state.per_sec()));
    };
    bar.with_style(style.with_key("speed", speed))
}
