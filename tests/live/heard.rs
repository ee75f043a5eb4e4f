//! What the program says, read from its cue log while it runs.

use serde_json::Value;
use std::path::{Path, PathBuf};

/// A line of the cue log.
#[derive(Clone, Debug, PartialEq)]
pub struct Cue {
    /// Seconds since the voice began.
    pub at_s: f64,
    /// "said", "cut in", "tone", "waits or unsaid", "muted", "open", "lost".
    pub what: String,
    /// What is said, or the tone's name.
    pub text: String,
}

impl Cue {
    /// Whether it is heard as words.
    pub fn is_spoken(&self) -> bool {
        matches!(self.what.as_str(), "said" | "cut in")
    }

    /// Title of the exercise that it announces.
    pub fn announced(&self) -> Option<&str> {
        let rest = ["First: ", "Next: ", "Last exercise: "].iter().find_map(|place| self.text.strip_prefix(place))?;
        rest.split('.').next().filter(|_| self.what != "tone")
    }
}

/// The cue log of a program that runs.
pub struct CueLog {
    path: PathBuf,
    read: usize,
}

impl CueLog {
    pub fn at(path: &Path) -> Self {
        Self { path: path.to_owned(), read: 0 }
    }

    /// What is new in it; a line that is still being written comes the next time.
    pub fn news(&mut self) -> Vec<Cue> {
        let text = std::fs::read_to_string(&self.path).unwrap_or_default();
        let whole = text.rfind('\n').map_or("", |end| &text[..end]);
        let cues: Vec<Cue> = whole.lines().skip(self.read).map(cue).collect();
        self.read += cues.len();
        cues
    }
}

fn cue(line: &str) -> Cue {
    let value: Value = serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"));
    let text = |key: &str| value[key].as_str().unwrap_or_default().to_owned();
    Cue { at_s: value["at_s"].as_f64().unwrap(), what: text("what"), text: text("text") }
}
