//! A summary in words.

use super::one::Analysed;
use crate::app::cli::args::Format;
use crate::app::cli::output;
use crate::counting::record::{RepSide, Summary};
use crate::exercise::{ExerciseDef, Mode};
use std::fmt::Write as _;
use std::path::Path;

/// Prints the result of one input.
pub(super) fn print(analysed: &Analysed, path: &Path, format: Format) -> anyhow::Result<()> {
    let summary = &analysed.set.summary;
    match (format, &analysed.plan) {
        (Format::Json, _) => output::line(&serde_json::to_string(summary)?),
        (Format::Text, Some(plan)) => output::line(&in_words(summary, path, &plan.exercise)),
        (Format::Text, None) => output::line(&not_recognised(summary, path)),
    }
}

/// What to say when no exercise was recognised.
fn not_recognised(s: &Summary, path: &Path) -> String {
    let candidates = s.candidates.iter().flatten().filter(|c| c.confidence > 0.0).take(3);
    let near: Vec<_> = candidates.map(|c| format!("{} {:.0} %", c.id, c.confidence * 100.0)).collect();
    let near = if near.is_empty() { "nothing came near".to_owned() } else { format!("nearest: {}", near.join(", ")) };
    format!("No exercise recognised ({near}); name one with --exercise  {}", path.display())
}

/// The summary for people.
fn in_words(s: &Summary, path: &Path, def: &ExerciseDef) -> String {
    let mut text = String::new();
    let mut say = |line: String| {
        let _ = writeln!(text, "{line}");
    };
    say(format!("{}  {}", def.title, path.display()));
    if let Some(best) = s.candidates.as_ref().and_then(|c| c.first()) {
        say(format!("  recognised as {} ({:.0} % sure)", best.id, best.confidence * 100.0));
    }
    let sides = if def.has_sides() {
        let unknown = if s.reps.unknown > 0 { format!(", {} unknown", s.reps.unknown) } else { String::new() };
        format!(" ({} left, {} right{unknown})", s.reps.left, s.reps.right)
    } else {
        String::new()
    };
    say(format!("  counted   {} of {}{sides}, not counted {}", s.reps.total, def.target_words(), s.reps.rejected));
    if def.mode == Mode::Hold {
        say(format!("  held      {:.1} s in all, longest {:.1} s", s.holds.total_s, s.holds.best_s));
    }
    for r in &s.repetitions {
        let side = match r.side {
            Some(RepSide::Left) => " left",
            Some(RepSide::Right) => " right",
            Some(RepSide::Unknown) => " side unknown",
            None => "",
        };
        let hold = r.hold_s.map_or_else(String::new, |h| format!(", held {h:.1} s"));
        let verdict = r.reason.as_ref().map_or_else(|| "counted".to_owned(), |why| format!("not counted: {why}"));
        let remarks: Vec<_> = r.faults.iter().chain(&r.remarks).map(String::as_str).collect();
        let remarks = if remarks.is_empty() { String::new() } else { format!("; {}", remarks.join(", ")) };
        say(format!("  {:>3}  {:6.1} to {:6.1} s{side}{hold}  {verdict}{remarks}", r.index, r.start_s, r.end_s));
    }
    for n in &s.not_measured {
        say(format!("  not measured: {} ({})", n.id, n.why));
    }
    let tracked = s.tracked_fraction * 100.0;
    say(format!("  {} frames, {:.1} s, person seen in {tracked:.0} %", s.source.frames, s.source.duration_s));
    text.trim_end().to_owned()
}
