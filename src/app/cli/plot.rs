//! `formcheck exercises show ID --plot INPUT`: one picture of how a file sees a recording.

use super::args::PlotArgs;
use super::words::{self, files};
use super::{output, places};
use crate::app::runtime::feed::Feed;
use crate::disk::output_file;
use crate::exercise::ExerciseDef;
use crate::exercise::plan::SetPlan;
use crate::history::plot::PlotData;
use crate::vision::estimator::PoseEstimator;
use crate::vision::input::{DEFAULT_IMAGE_FPS, Input};
use anyhow::{Context as _, bail};
use std::path::{Path, PathBuf};

/// Draws the plot of `id` over the input into a file, and says where it is.
pub(super) fn run(id: &str, recording: &Path, args: &PlotArgs, data_dir: Option<&Path>) -> anyhow::Result<()> {
    let def = ExerciseDef::load(id)?;
    let stem = recording.file_stem().map_or_else(|| "plot".into(), |s| s.to_string_lossy());
    let out = args.out.clone().unwrap_or_else(|| PathBuf::from(format!("{stem}.{}.svg", def.id)));
    if out.extension().is_none_or(|e| e != "svg") {
        bail!(files::no_plot_file_name(&out));
    }
    let not_there = || words::unwritten(&words::plot(), &out);
    places::guard([recording, Path::new(id)], data_dir).claim(&out).with_context(not_there)?;
    let mut feed = Feed::new(Input::open(recording, args.fps.unwrap_or(DEFAULT_IMAGE_FPS))?);
    let mut estimator = PoseEstimator::default();
    feed.load(&mut estimator, args.model.into())?;
    let mut film = Vec::new();
    while let Some(seen) = feed.next_seen(&mut estimator)? {
        film.push(if args.mirrored { seen.estimate.mirrored() } else { seen.estimate });
    }
    output::warn_of(&feed.remarks());
    let name = recording.file_name().map_or_else(|| stem.clone(), |n| n.to_string_lossy());
    let data = PlotData::gather(SetPlan::of(def).holding_s(args.target_hold_s), &name, film.into_iter());
    output_file::write(&out, data.svg()?).with_context(not_there)?;
    output::line(&out.display().to_string())
}
