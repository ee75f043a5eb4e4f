//! `formcheck analyze`: a whole recording, as fast as it goes.

use super::{AnalyzeArgs, Format, output};
use crate::engine::{Engine, EngineOptions};
use crate::exercise::{ExerciseDef, Mode, catalogue};
use crate::pose::PoseEstimate;
use crate::runtime::eye::Eye;
use crate::runtime::input::{self, DEFAULT_IMAGE_FPS, Input};
use crate::session::records::{RepSide, Summary};
use crate::source::Next;
use crate::source::trace::{TraceHeader, TraceWriter};
use anyhow::{Context as _, bail};
use indicatif::{ProgressBar, ProgressStyle};
use std::fmt::Write as _;
use std::io::IsTerminal as _;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

/// Analyses each input in turn.
pub(super) fn run(args: &AnalyzeArgs) -> anyhow::Result<ExitCode> {
    let def = Arc::new(catalogue::load(&args.exercise)?);
    if args.trace.is_some() && args.inputs.len() > 1 {
        bail!("could not write the trace: there are {} inputs; give one input with --trace", args.inputs.len());
    }
    let mut eye = Eye::default();
    let mut failed = false;
    for path in &args.inputs {
        match analyze(path, args, &def, &mut eye) {
            Ok(summary) => print(&summary, path, &def, args.format)?,
            Err(error) => {
                output::error(&error);
                failed = true;
            }
        }
    }
    Ok(ExitCode::from(u8::from(failed)))
}

fn analyze(path: &Path, args: &AnalyzeArgs, def: &Arc<ExerciseDef>, eye: &mut Eye) -> anyhow::Result<Summary> {
    let mut input = input::open(path, args.fps.unwrap_or(DEFAULT_IMAGE_FPS))?;
    let info = input::info(&mut input);
    let model = match &input {
        Input::Trace(t) => t.header().model.clone(),
        Input::Frames(_) => crate::infer::manifest::ModelChoice::from(args.model).id().to_owned(),
    };
    if matches!(input, Input::Frames(_)) {
        eye.open(args.model.into())?;
    }
    let trace_error = || format!("could not write the trace, is the folder writable: {}", trace_path(args));
    let mut trace = match &args.trace {
        Some(out) => Some(TraceWriter::create(out, &TraceHeader::new(&model)).with_context(trace_error)?),
        None => None,
    };
    let options = EngineOptions { target_hold_s: args.target_hold_s, own_range: None };
    let mut engine = Engine::new(Arc::clone(def), options);
    let bar = progress(info.frame_count_hint);
    while let Some(estimate) = next(&mut input, eye)? {
        if let Some(trace) = &mut trace {
            trace.write(&estimate).with_context(trace_error)?;
        }
        engine.step(&if args.mirrored { estimate.mirrored() } else { estimate });
        bar.inc(1);
    }
    bar.finish_and_clear();
    if let Input::Frames(frames) = &input {
        frames.warnings().iter().for_each(|w| output::note(&format!("warning: {w}")));
    }
    if let Some(trace) = trace {
        trace.finish().with_context(trace_error)?;
    }
    let (_, record) = engine.finish();
    Ok(record.summary(info.kind, &model))
}

fn trace_path(args: &AnalyzeArgs) -> String {
    args.trace.as_ref().map_or_else(String::new, |p| p.display().to_string())
}

/// The next estimate of an input, `None` at its end.
pub(super) fn next(input: &mut Input, eye: &mut Eye) -> anyhow::Result<Option<PoseEstimate>> {
    match input {
        Input::Trace(trace) => Ok(trace.next_estimate()?),
        Input::Frames(frames) => loop {
            match frames.source().next_frame()? {
                Next::Frame(frame) => return Ok(Some(eye.look(&frame)?)),
                Next::Waiting(_) => (),
                Next::End => return Ok(None),
            }
        },
    }
}

/// A bar on a terminal, nothing elsewhere.
pub(super) fn progress(frames: Option<u64>) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = frames.map_or_else(ProgressBar::new_spinner, ProgressBar::new);
    let style = ProgressStyle::with_template("{bar:40} {pos} of {len} frames, {per_sec}, {eta} left");
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

fn print(summary: &Summary, path: &Path, def: &ExerciseDef, format: Format) -> anyhow::Result<()> {
    match format {
        Format::Json => output::line(&serde_json::to_string(summary)?),
        Format::Text => output::line(&in_words(summary, path, def)),
    }
}

/// The summary for people.
fn in_words(s: &Summary, path: &Path, def: &ExerciseDef) -> String {
    let mut text = String::new();
    let mut say = |line: String| {
        let _ = writeln!(text, "{line}");
    };
    say(format!("{}  {}", def.title, path.display()));
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
        let remarks: Vec<_> = r.faults.iter().chain(&r.advice).map(String::as_str).collect();
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
