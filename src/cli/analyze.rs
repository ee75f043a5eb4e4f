//! `formcheck analyze`: a whole recording, as fast as it goes.

use super::{AnalyzeArgs, Format, SideArg, output};
use crate::engine::{Engine, EngineOptions};
use crate::exercise::{ExerciseDef, Mode, catalogue};
use crate::pose::PoseEstimate;
use crate::recognise::Recogniser;
use crate::runtime::eye::Eye;
use crate::runtime::input::{self, DEFAULT_IMAGE_FPS, Input};
use crate::session::records::{RepSide, Summary};
use crate::source::Next;
use crate::source::trace::{TraceHeader, TraceWriter};
use crate::store::{Keeper, NewSet, data_folder, now};
use anyhow::{Context as _, bail};
use indicatif::{ProgressBar, ProgressStyle};
use std::fmt::Write as _;
use std::io::IsTerminal as _;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

/// In place of an exercise: find out which one it is.
const AUTO: &str = "auto";

/// Analyses each input in turn.
pub(super) fn run(args: &AnalyzeArgs, data_dir: Option<&Path>) -> anyhow::Result<ExitCode> {
    let wanted = Wanted::of(&args.exercise, args.side)?;
    if args.trace.is_some() && args.inputs.len() > 1 {
        bail!("could not write the trace: there are {} inputs; give one input with --trace", args.inputs.len());
    }
    let mut eye = Eye::default();
    let mut failed = false;
    let mut keeper = if args.save {
        let (keeper, notice) = Keeper::begin(&data_folder(data_dir)?, &args.person, None)?;
        notice.iter().for_each(|n| output::note(n));
        Some(keeper)
    } else {
        None
    };
    for path in &args.inputs {
        match analyze(path, args, &wanted, &mut eye) {
            Ok(analysed) => {
                if let Some(keeper) = &mut keeper {
                    failed |= !keep(keeper, &analysed, args);
                }
                print(&analysed, path, args.format)?;
            }
            Err(error) => {
                output::error(&error);
                failed = true;
            }
        }
    }
    if let Some(keeper) = keeper {
        keeper.end()?;
    }
    Ok(ExitCode::from(u8::from(failed)))
}

/// Keeps what was analysed as a set; false when that did not work. What was not recognised is not kept.
fn keep(keeper: &mut Keeper, analysed: &Analysed, args: &AnalyzeArgs) -> bool {
    let Some(def) = &analysed.def else { return true };
    let s = &analysed.summary;
    keeper.begin_set(&NewSet {
        def,
        target_hold_s: args.target_hold_s.unwrap_or(def.target.hold_s),
        model: &s.model,
        source_kind: &s.source.kind,
        started_at: &now(),
    });
    if keeper.trouble().is_none() {
        keeper.finish_set(s);
    }
    if let Some(trouble) = keeper.trouble() {
        output::note(&format!("could not keep the session: {trouble}"));
        return false;
    }
    true
}

/// Which exercise to follow.
enum Wanted {
    One(Arc<ExerciseDef>),
    /// Whichever it is.
    Any(Vec<ExerciseDef>),
}

impl Wanted {
    fn of(exercise: &str, side: Option<SideArg>) -> anyhow::Result<Self> {
        if exercise == AUTO {
            return Ok(Self::Any(catalogue::load_all()?));
        }
        Ok(Self::One(super::exercise_on_side(exercise, side)?))
    }

    fn follower(&self, options: EngineOptions) -> Follower {
        match self {
            Self::One(def) => Follower::One(Box::new(Engine::new(Arc::clone(def), options))),
            Self::Any(all) => Follower::Any(Recogniser::new(all.clone(), options)),
        }
    }
}

/// Follows a recording.
enum Follower {
    One(Box<Engine>),
    Any(Recogniser),
}

impl Follower {
    fn step(&mut self, estimate: &PoseEstimate) {
        match self {
            Self::One(engine) => {
                engine.step(estimate);
            }
            Self::Any(recogniser) => recogniser.step(estimate),
        }
    }

    fn finish(self, source_kind: &str, model: &str) -> anyhow::Result<Analysed> {
        match self {
            Self::One(mut engine) => {
                let def = Arc::clone(engine.exercise());
                Ok(Analysed { summary: engine.finish().1.summary(source_kind, model), def: Some(def) })
            }
            Self::Any(recogniser) => {
                let found =
                    recogniser.finish().context("could not recognise an exercise: there are no exercise files")?;
                let id = found.exercise.as_ref().map(|def| def.id.clone());
                let summary = found.record.summary(source_kind, model);
                let summary = Summary { exercise: id, candidates: Some(found.candidates), ..summary };
                Ok(Analysed { summary, def: found.exercise })
            }
        }
    }
}

/// A summary, and the exercise it is about.
struct Analysed {
    summary: Summary,
    def: Option<Arc<ExerciseDef>>,
}

fn analyze(path: &Path, args: &AnalyzeArgs, wanted: &Wanted, eye: &mut Eye) -> anyhow::Result<Analysed> {
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
    let only_side = args.side.map(Into::into);
    let options = EngineOptions { target_hold_s: args.target_hold_s, only_side, ..EngineOptions::default() };
    let mut follower = wanted.follower(options);
    let bar = progress(info.frame_count_hint);
    while let Some(estimate) = next(&mut input, eye)? {
        if let Some(trace) = &mut trace {
            trace.write(&estimate).with_context(trace_error)?;
        }
        follower.step(&if args.mirrored { estimate.mirrored() } else { estimate });
        bar.inc(1);
    }
    bar.finish_and_clear();
    if let Input::Frames(frames) = &input {
        frames.warnings().iter().for_each(|w| output::note(&format!("warning: {w}")));
    }
    if let Some(trace) = trace {
        trace.finish().with_context(trace_error)?;
    }
    follower.finish(info.kind, &model)
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

fn print(analysed: &Analysed, path: &Path, format: Format) -> anyhow::Result<()> {
    let Analysed { summary, def } = analysed;
    match (format, def) {
        (Format::Json, _) => output::line(&serde_json::to_string(summary)?),
        (Format::Text, Some(def)) => output::line(&in_words(summary, path, def)),
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
