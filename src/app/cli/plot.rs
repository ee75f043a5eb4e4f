//! `formcheck exercises show ID --plot INPUT`: one picture of how a file sees a recording.

use super::analyze::next;
use super::args::PlotArgs;
use super::output;
use crate::counting::engine::EngineOptions;
use crate::exercise::catalogue;
use crate::history::plot::{PlotData, draw};
use crate::vision::estimator::PoseEstimator;
use crate::vision::input::{self, DEFAULT_IMAGE_FPS, Input};
use anyhow::{Context as _, bail};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Draws the plot of `id` over the input into a file, and says where it is.
pub(super) fn run(id: &str, recording: &Path, args: &PlotArgs) -> anyhow::Result<()> {
    let def = Arc::new(catalogue::load(id)?);
    let stem = recording.file_stem().map_or_else(|| "plot".into(), |s| s.to_string_lossy());
    let out = args.out.clone().unwrap_or_else(|| PathBuf::from(format!("{stem}.{}.svg", def.id)));
    if out.extension().is_none_or(|e| e != "svg") {
        bail!("could not write the plot: it is an SVG file; give --out a name that ends in .svg: {}", out.display());
    }
    let mut input = input::open(recording, args.fps.unwrap_or(DEFAULT_IMAGE_FPS))?;
    let mut eye = PoseEstimator::default();
    if matches!(input, Input::Frames(_)) {
        eye.open(args.model.into())?;
    }
    let mut film = Vec::new();
    while let Some(estimate) = next(&mut input, &mut eye)? {
        film.push(if args.mirrored { estimate.mirrored() } else { estimate });
    }
    let options = EngineOptions { target_hold_s: args.target_hold_s, ..EngineOptions::default() };
    let name = recording.file_name().map_or_else(|| stem.clone(), |n| n.to_string_lossy());
    let data = PlotData::gather(&def, options, &name, film.into_iter());
    let error = || format!("could not write the plot, is the folder writable: {}", out.display());
    std::fs::write(&out, draw::svg(&data)?).with_context(error)?;
    output::line(&out.display().to_string())
}
