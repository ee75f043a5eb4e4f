//! One recording, from its first frame to its last.

use crate::app::cli::args::AnalyzeArgs;
use crate::app::cli::output;
use crate::app::cli::progress::progress;
use crate::app::cli::words::{self, following};
use crate::app::runtime::feed::{Feed, Seen};
use crate::app::runtime::recording::{self, Analysed, Selection, made_at};
use crate::counting::runner::SetOrigin;
use crate::history::overlay::Overlay;
use crate::vision::estimator::PoseEstimator;
use crate::vision::input::{DEFAULT_IMAGE_FPS, Input};
use crate::vision::pose::outline::Chords;
use crate::vision::source::trace::{TraceHeader, TraceWriter};
use anyhow::{Context as _, bail};
use indicatif::MultiProgress;
use std::path::Path;

/// Analyses one input; what is to be written beside the summary is written.
pub(super) fn analyze(
    path: &Path,
    args: &AnalyzeArgs,
    selection: &Selection,
    estimator: &mut PoseEstimator,
    bars: &MultiProgress,
) -> anyhow::Result<Analysed> {
    let mut feed = Feed::new(Input::open(path, args.fps.unwrap_or(DEFAULT_IMAGE_FPS))?).mirrored(args.plan.mirrored);
    let info = feed.info();
    let model = feed.load(estimator, args.model.into())?;
    let mut overlay = match &args.overlay {
        Some(_) if info.kind != "video" => {
            bail!(following::no_film(path))
        }
        Some(_) => Some(Overlay::begin(args.plan.mirrored)?),
        None => None,
    };
    let mut trace = Trace::begin(args.trace.as_deref(), &model)?;
    let origin = SetOrigin { model, source_kind: info.kind.to_owned(), started_at: made_at(&info, path) };
    let mut follower = selection.follower(origin, args.plan.target_hold_s);
    let bar = bars.add(progress(info.frame_count_hint));
    loop {
        // A trace is of no exercise: it keeps all there is.
        estimator.sample(if args.trace.is_some() { Chords::All } else { follower.chords() });
        let Some(seen) = feed.next_seen(estimator)? else { break };
        trace.write(&seen)?;
        let followed = follower.step(&seen.pose);
        if let Some((overlay, (engine, events))) = overlay.as_mut().zip(followed) {
            overlay.frame(engine, &seen.pose, &events)?;
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    let remarks = recording::remarks(&feed);
    output::warn_of(&remarks);
    trace.finish()?;
    if let (Some(overlay), Some(out)) = (overlay, &args.overlay) {
        overlay.burn(path, out)?;
    }
    follower.finish(remarks).with_context(following::nothing_to_recognise)
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
    words::unwritten(&words::trace(), out)
}
