//! Problems of a data file: stable codes, places in the text, and how they are shown.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use std::collections::HashSet;
use std::fmt::Write as _;
use std::ops::Range;

/// Mistakes of a file that are shown; with more it is no file of ours, and each looks at the whole text again.
const MOST_SHOWN: usize = 50;

/// What kind of problem it is. Codes are stable: scripts may rely on them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// The text is not TOML.
    Syntax,
    /// A key that the format does not have.
    UnknownKey,
    /// A key that must be there is not.
    MissingKey,
    /// A value of the wrong type.
    WrongType,
    /// A word that is none of the allowed ones.
    UnknownWord,
    /// A number outside its range.
    OutOfRange,
    /// The name of a signal that is not defined.
    UnknownSignal,
    /// The name of a point of the body that does not exist.
    UnknownPoint,
    /// The id of an exercise that does not exist.
    UnknownExercise,
    /// Signals that refer to each other in a circle.
    SignalCycle,
    /// Two things of the same name.
    Duplicate,
    /// Two settings that do not go together.
    Conflict,
}

impl Code {
    /// All codes.
    pub const ALL: [Self; 12] = [
        Self::Syntax,
        Self::UnknownKey,
        Self::MissingKey,
        Self::WrongType,
        Self::UnknownWord,
        Self::OutOfRange,
        Self::UnknownSignal,
        Self::UnknownPoint,
        Self::UnknownExercise,
        Self::SignalCycle,
        Self::Duplicate,
        Self::Conflict,
    ];

    /// The stable name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Syntax => "syntax",
            Self::UnknownKey => "unknown-key",
            Self::MissingKey => "missing-key",
            Self::WrongType => "wrong-type",
            Self::UnknownWord => "unknown-word",
            Self::OutOfRange => "out-of-range",
            Self::UnknownSignal => "unknown-signal",
            Self::UnknownPoint => "unknown-point",
            Self::UnknownExercise => "unknown-exercise",
            Self::SignalCycle => "signal-cycle",
            Self::Duplicate => "duplicate",
            Self::Conflict => "conflict",
        }
    }
}

/// One problem of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Kind.
    pub code: Code,
    /// What is wrong.
    pub message: String,
    /// Bytes of the text it is about.
    pub span: Range<usize>,
    /// What to do, where that is not obvious.
    pub help: Option<String>,
}

/// A file's text with all its problems.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Path, as the user gave it.
    pub path: String,
    /// Text of the file.
    pub text: String,
    /// Problems, in the order they were found.
    pub diagnostics: Vec<Diagnostic>,
}

impl Report {
    /// A report without problems so far.
    pub fn new(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned(), diagnostics: Vec::new() }
    }

    /// Notes a problem.
    pub fn push(&mut self, code: Code, span: Range<usize>, message: String) {
        self.diagnostics.push(Diagnostic { code, message, span, help: None });
    }

    /// Notes a problem with the nearest of the `allowed` words, or all of them when none is near. Answers the word that was
    /// likely meant.
    pub fn push_word(
        &mut self,
        code: Code,
        span: Range<usize>,
        message: String,
        word: &str,
        allowed: impl IntoIterator<Item = impl Into<String>>,
    ) -> Option<String> {
        let mut allowed: Vec<String> = allowed.into_iter().map(Into::into).collect();
        let mut seen = HashSet::new();
        allowed.retain(|word| seen.insert(word.clone()));
        let meant = renamed(word, &allowed).or_else(|| nearest(word, &allowed)).map(str::to_owned);
        let help = match &meant {
            Some(near) => Some(format!("did you mean `{near}`?")),
            None if !allowed.is_empty() && allowed.len() <= 40 => Some(format!("one of: {}", allowed.join(", "))),
            None => None,
        };
        self.diagnostics.push(Diagnostic { code, message, span, help });
        meant
    }

    /// Whether the file has no problem.
    pub fn is_clean(&self) -> bool {
        self.diagnostics.is_empty()
    }

    /// All problems as text with line, column and the lines in question, in the order of the text.
    pub fn render(&self) -> String {
        let renderer = Renderer::plain();
        let mut sorted: Vec<_> = self.diagnostics.iter().collect();
        sorted.sort_by_key(|d| (d.span.start, d.code));
        let mut out = String::new();
        let left_out = sorted.len().saturating_sub(MOST_SHOWN);
        for d in sorted.into_iter().take(MOST_SHOWN) {
            let end = d.span.end.min(self.text.len());
            let span = d.span.start.min(end)..end;
            let title = Level::ERROR.primary_title(d.message.as_str()).id(d.code.name());
            let snippet = Snippet::source(self.text.as_str())
                .path(self.path.as_str())
                .annotation(AnnotationKind::Primary.span(span));
            let mut report = vec![title.element(snippet)];
            if let Some(help) = &d.help {
                report.push(Group::with_title(Level::HELP.secondary_title(help.as_str())));
            }
            out.push_str(&renderer.render(&report));
            out.push_str("\n\n");
        }
        if left_out > 0 {
            _ = writeln!(out, "and {left_out} more mistakes");
        }
        out
    }
}

/// Words of the format that are called otherwise now: before 0.2, and since.
const RENAMED: [(&str, &str); 4] =
    [("floor", "min_range"), ("rest_max", "baseline_max"), ("rest_min", "baseline_min"), ("rest", "baseline")];

/// What a word of an older format is called now, where that is allowed here.
fn renamed<'a>(word: &str, allowed: &'a [String]) -> Option<&'a str> {
    let (_, now) = RENAMED.iter().find(|(old, _)| *old == word)?;
    allowed.iter().find(|a| a == now).map(String::as_str)
}

/// The word nearest to `word`, if one is near enough to be a slip of the finger.
pub fn nearest<'a>(word: &str, allowed: &'a [String]) -> Option<&'a str> {
    let distance = |w: &&String| strsim::damerau_levenshtein(word, w);
    let best = allowed.iter().min_by_key(distance)?;
    (distance(&best) <= 1 + word.len() / 4).then_some(best.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_slips_are_recognised() {
        let mut names: Vec<_> = Code::ALL.iter().map(|c| c.name()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Code::ALL.len());
        let words = ["enter_share".to_owned(), "exit_share".to_owned()];
        assert_eq!(nearest("enter_shar", &words), Some("enter_share"));
        assert_eq!(nearest("posture", &words), None);
    }
}
