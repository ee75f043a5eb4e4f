//! One recording, from its first frame to its last.

use crate::app::cli::args::AnalyzeArgs;
use crate::app::cli::asked::Asked;
use crate::app::cli::output;
use crate::counting::engine::{Engine, EngineOptions, Step};
use crate::counting::key_pose::{KeyPose, KeyPosePicker};
use crate::counting::recognise::Recogniser;
use crate::counting::record::Summary;
use crate::exercise::{ExerciseDef, catalogue};
use crate::history::overlay::Overlay;
use crate::vision::estimator::PoseEstimator;
use crate::vision::infer::manifest::ModelChoice;
use crate::vision::input::{self, DEFAULT_IMAGE_FPS, FileFrames, Input};
use crate::vision::pose::PoseEstimate;
use crate::vision::source::Next;
use crate::vision::source::trace::{TraceHeader, TraceWriter};
use anyhow::{Context as _, bail};
use indicatif::{MultiProgress, ProgressBar, ProgressStyle};
use std::io::IsTerminal as _;
use std::path::Path;
use std::sync::Arc;

/// Which exercise to follow.
pub(super) enum Wanted {
    One(Box<Asked>),
    /// Whichever it is.
    Any(Vec<ExerciseDef>),
}

impl Wanted {
    /// Whichever exercise a recording shows.
    pub fn any() -> anyhow::Result<Self> {
        Ok(Self::Any(catalogue::load_all()?))
    }

    fn follower(&self, target_hold_s: Option<f64>) -> Follower {
        match self {
            Self::One(asked) => {
                Follower::One(Box::new(Engine::new(Arc::clone(&asked.def), asked.options)), KeyPosePicker::default())
            }
            Self::Any(all) => {
                let options = EngineOptions { target_hold_s, ..EngineOptions::default() };
                Follower::Any(Recogniser::new(all.clone(), options))
            }
        }
    }
}

/// Follows a recording.
enum Follower {
    One(Box<Engine>, KeyPosePicker),
    Any(Recogniser),
}

impl Follower {
    /// What the frame brought, where one exercise is followed.
    fn step(&mut self, estimate: &PoseEstimate) -> Option<(&Engine, Step)> {
        match self {
            Self::One(engine, stills) => {
                let step = engine.step(estimate);
                stills.step(&step.tracked, step.events.iter().filter_map(|e| e.kind.rep()));
                Some((engine, step))
            }
            Self::Any(recogniser) => {
                recogniser.step(estimate);
                None
            }
        }
    }

    fn finish(self, source_kind: &str, model: &str) -> anyhow::Result<Analysed> {
        match self {
            Self::One(mut engine, stills) => {
                let def = Arc::clone(engine.exercise());
                let summary = engine.finish().1.summary(source_kind, model);
                let stills = stills.chosen(&summary.repetitions);
                Ok(Analysed { summary, stills, def: Some(def), recorded_at: None })
            }
            Self::Any(recogniser) => {
                let found =
                    recogniser.finish().context("could not recognise an exercise: there are no exercise files")?;
                let id = found.exercise.as_ref().map(|def| def.id.clone());
                let summary = found.record.summary(source_kind, model);
                let summary = Summary { exercise: id, candidates: Some(found.candidates), ..summary };
                Ok(Analysed { summary, stills: found.stills, def: found.exercise, recorded_at: None })
            }
        }
    }
}

/// A summary, stills for the report, and the exercise they are about.
pub(super) struct Analysed {
    pub summary: Summary,
    pub stills: Vec<KeyPose>,
    pub def: Option<Arc<ExerciseDef>>,
    /// When it was recorded, RFC 3339: as the film says, else when the file was last written.
    pub recorded_at: Option<String>,
}

/// Analyses one input; what is to be written beside the summary is written.
pub(super) fn analyze(
    path: &Path,
    args: &AnalyzeArgs,
    wanted: &Wanted,
    eye: &mut PoseEstimator,
    bars: &MultiProgress,
) -> anyhow::Result<Analysed> {
    let mut input = input::open(path, args.fps.unwrap_or(DEFAULT_IMAGE_FPS))?;
    let info = input::info(&mut input);
    let model = match &input {
        Input::Trace(t) => t.header().model.clone(),
        Input::Frames(_) => ModelChoice::from(args.model).id().to_owned(),
    };
    if matches!(input, Input::Frames(_)) {
        eye.open(args.model.into())?;
    }
    let trace_error = || format!("could not write the trace, is the folder writable: {}", shown(args.trace.as_deref()));
    let mut trace = match &args.trace {
        Some(out) => Some(TraceWriter::create(out, &TraceHeader::new(&model)).with_context(trace_error)?),
        None => None,
    };
    let mut overlay = match &args.overlay {
        Some(_) if !matches!(input, Input::Frames(FileFrames::Video(_))) => {
            bail!("could not draw the overlay: this is no film; give a video file: {}", path.display())
        }
        Some(_) => Some(Overlay::begin(args.mirrored)?),
        None => None,
    };
    let mut follower = wanted.follower(args.target_hold_s);
    let bar = bars.add(progress(info.frame_count_hint));
    while let Some(estimate) = next(&mut input, eye)? {
        if let Some(trace) = &mut trace {
            trace.write(&estimate).with_context(trace_error)?;
        }
        let step = follower.step(&if args.mirrored { estimate.mirrored() } else { estimate });
        if let (Some(overlay), Some((engine, step))) = (&mut overlay, &step) {
            overlay.frame(engine, step)?;
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    if let Input::Frames(frames) = &input {
        frames.warnings().iter().for_each(|w| output::note(&format!("warning: {w}")));
    }
    if let Some(trace) = trace {
        trace.finish().with_context(trace_error)?;
    }
    if let (Some(overlay), Some(out)) = (overlay, &args.overlay) {
        overlay.burn(path, out)?;
    }
    let recorded_at = info.recorded_at.or_else(|| written_at(path));
    let analysed = follower.finish(info.kind, &model)?;
    Ok(Analysed { recorded_at: recorded_at.map(crate::history::store::local_time), ..analysed })
}

fn written_at(path: &Path) -> Option<jiff::Timestamp> {
    std::fs::metadata(path).ok()?.modified().ok()?.try_into().ok()
}

fn shown(path: Option<&Path>) -> String {
    path.map_or_else(String::new, |p| p.display().to_string())
}

/// The next estimate of an input, `None` at its end.
pub(in crate::app::cli) fn next(input: &mut Input, eye: &mut PoseEstimator) -> anyhow::Result<Option<PoseEstimate>> {
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
pub(in crate::app::cli) fn progress(frames: Option<u64>) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = frames.map_or_else(ProgressBar::new_spinner, ProgressBar::new);
    let style = ProgressStyle::with_template("{bar:40} {pos} of {len} frames, {per_sec}, {eta} left");
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
