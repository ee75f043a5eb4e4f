//! One recording, from its first frame to its last.

use crate::app::cli::args::AnalyzeArgs;
use crate::app::cli::output;
use crate::app::cli::progress::progress;
use crate::app::cli::words::{self, following};
use crate::app::runtime::feed::{Feed, Seen};
use crate::app::runtime::looks_like::LooksLike;
use crate::counting::recognise::Recogniser;
use crate::counting::record::Summary;
use crate::counting::runner::{FinishedSet, SetOrigin, SetRunner};
use crate::exercise::plan::SetPlan;
use crate::exercise::{ExerciseDef, catalogue};
use crate::history::overlay::Overlay;
use crate::history::store::local_time;
use crate::vision::estimator::PoseEstimator;
use crate::vision::infer::manifest::ModelChoice;
use crate::vision::input::{DEFAULT_IMAGE_FPS, Input};
use crate::vision::pose::outline::Chords;
use crate::vision::source::trace::{TraceHeader, TraceWriter};
use anyhow::{Context as _, bail};
use indicatif::MultiProgress;
use std::path::Path;
use std::sync::Arc;

/// Which exercise to follow.
pub(super) enum Selection {
    /// The one asked for.
    One(Arc<SetPlan>),
    /// Whichever it is.
    Any(Vec<ExerciseDef>),
}

impl Selection {
    /// Whichever exercise a recording shows.
    pub fn any() -> anyhow::Result<Self> {
        Ok(Self::Any(catalogue::load_all()?))
    }

    fn follower(&self, origin: SetOrigin, target_hold_s: Option<f64>) -> Follower {
        match self {
            Self::One(plan) => {
                let set = SetRunner::begin(Arc::clone(plan), origin, &mut ());
                Follower::One(Box::new(set), LooksLike::default())
            }
            Self::Any(all) => Follower::Any(Recogniser::new(all.clone(), target_hold_s, &origin)),
        }
    }
}

/// Follows a recording.
enum Follower {
    One(Box<SetRunner>, LooksLike),
    Any(Recogniser),
}

/// What became of a recording.
pub(super) struct Analysed {
    pub set: FinishedSet,
    /// What was followed; `None` where no exercise was recognised.
    pub plan: Option<Arc<SetPlan>>,
    pub origin: SetOrigin,
}

impl Follower {
    /// Takes a frame, and lets the overlay show it where one exercise is followed.
    fn step(&mut self, seen: &Seen, overlay: Option<&mut Overlay>) -> anyhow::Result<()> {
        match self {
            Self::One(set, looks_like) => {
                let events = set.step(&seen.pose);
                looks_like.step(&seen.pose, &events);
                if let Some(overlay) = overlay {
                    overlay.frame(set.engine(), &seen.pose, &events)?;
                }
            }
            Self::Any(recogniser) => recogniser.step(&seen.pose),
        }
        Ok(())
    }

    /// What has to be seen of the outline for the next frame.
    fn chords(&self) -> Chords {
        match self {
            Self::One(set, looks_like) if !looks_like.keeps() => set.plan().exercise.chords(),
            Self::One(..) | Self::Any(_) => Chords::Trunk,
        }
    }

    fn finish(self, origin: SetOrigin) -> anyhow::Result<Analysed> {
        match self {
            Self::One(runner, looks_like) => {
                let plan = Some(Arc::clone(runner.plan()));
                let mut set = runner.finish().1;
                looks_like.complete(&mut set);
                Ok(Analysed { set, plan, origin })
            }
            Self::Any(recogniser) => {
                let found = recogniser.finish().context(following::NOTHING_TO_RECOGNISE)?;
                let mut set = found.set;
                set.summary = Summary { candidates: Some(found.candidates), ..set.summary };
                Ok(Analysed { set, plan: found.plan, origin })
            }
        }
    }
}

/// Analyses one input; what is to be written beside the summary is written.
pub(super) fn analyze(
    path: &Path,
    args: &AnalyzeArgs,
    selection: &Selection,
    estimator: &mut PoseEstimator,
    bars: &MultiProgress,
) -> anyhow::Result<Analysed> {
    let input = Input::open(path, args.fps.unwrap_or(DEFAULT_IMAGE_FPS))?;
    let info = input.info();
    let choice = ModelChoice::from(args.model);
    let model = input.model().unwrap_or(choice.id()).to_owned();
    if input.model().is_none() {
        estimator.open(choice)?;
    }
    let mut overlay = match &args.overlay {
        Some(_) if info.kind != "video" => {
            bail!(following::no_film(path))
        }
        Some(_) => Some(Overlay::begin(args.plan.mirrored)?),
        None => None,
    };
    let mut trace = Trace::begin(args.trace.as_deref(), &model)?;
    let started_at = info.recorded_at.or_else(|| written_at(path)).map(local_time).unwrap_or_default();
    let origin = SetOrigin { model, source_kind: info.kind.to_owned(), started_at };
    let mut feed = Feed::new(input).mirrored(args.plan.mirrored);
    let mut follower = selection.follower(origin.clone(), args.plan.target_hold_s);
    let bar = bars.add(progress(info.frame_count_hint));
    loop {
        // A trace is of no exercise: it keeps all there is.
        estimator.sample(if args.trace.is_some() { Chords::All } else { follower.chords() });
        let Some(seen) = feed.next_seen(estimator)? else { break };
        trace.write(&seen)?;
        follower.step(&seen, overlay.as_mut())?;
        bar.inc(1);
    }
    bar.finish_and_clear();
    feed.warnings().iter().for_each(|w| output::note(&words::warning(w)));
    trace.finish()?;
    if let (Some(overlay), Some(out)) = (overlay, &args.overlay) {
        overlay.burn(path, out)?;
    }
    follower.finish(origin)
}

/// The trace that is written beside the analysis, where one is asked for.
struct Trace<'a>(Option<(TraceWriter, &'a Path)>);

impl<'a> Trace<'a> {
    fn begin(out: Option<&'a Path>, model: &str) -> anyhow::Result<Self> {
        let Some(out) = out else { return Ok(Self(None)) };
        let writer = TraceWriter::create(out, &TraceHeader::new(model)).with_context(|| unwritten(out))?;
        Ok(Self(Some((writer, out))))
    }

    fn write(&mut self, seen: &Seen) -> anyhow::Result<()> {
        let Some((writer, out)) = &mut self.0 else { return Ok(()) };
        writer.write(&seen.estimate).with_context(|| unwritten(out))
    }

    fn finish(self) -> anyhow::Result<()> {
        let Some((writer, out)) = self.0 else { return Ok(()) };
        writer.finish().with_context(|| unwritten(out))
    }
}

fn unwritten(out: &Path) -> String {
    words::unwritten(words::TRACE, out)
}

fn written_at(path: &Path) -> Option<jiff::Timestamp> {
    std::fs::metadata(path).ok()?.modified().ok()?.try_into().ok()
}
