//! The cue log: what was sounded when, one line of JSON each, for whoever compares it with a recording.

use crate::disk::output_file;
use serde_json::json;
use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::time::Instant;

/// Writes the log; without a file nothing.
#[derive(Debug)]
pub struct CueLog {
    file: Option<File>,
    began: Instant,
}

impl CueLog {
    /// A log in a file, or none.
    ///
    /// # Errors
    /// When the file cannot be made.
    pub fn begin(path: Option<&Path>, began: Instant) -> std::io::Result<Self> {
        // Line by line, so that it is there also where the program is killed.
        Ok(Self { file: path.map(output_file::create_in_place).transpose()?, began })
    }

    /// Seconds since it began.
    pub fn now_s(&self) -> f64 {
        self.began.elapsed().as_secs_f64()
    }

    /// Notes that something was asked for at `asked_s` and what became of it: "said", "cut in", "waits or unsaid", "muted",
    /// "tone", "open", "lost".
    pub fn note(&mut self, what: &str, text: &str, asked_s: f64, seconds: f64) {
        let now_s = self.now_s();
        let Some(file) = &mut self.file else { return };
        let round = |s: f64| (s * 1e3).round() / 1e3;
        let line = json!({"at_s": round(now_s), "asked_s": round(asked_s), "what": what, "text": text, "seconds": round(seconds)});
        if let Err(e) = writeln!(file, "{line}") {
            tracing::warn!("could not write the cue log: {e}");
            self.file = None;
        }
    }
}
