//! `formcheck exercises learn`: an exercise file from a recording of good repetitions.

use super::args::LearnArgs;
use super::progress::progress;
use super::words::{self, files};
use super::{output, places};
use crate::app::runtime::feed::Feed;
use crate::counting::learn::{self, Request};
use crate::disk::output_file;
use crate::vision::estimator::PoseEstimator;
use crate::vision::input::{DEFAULT_IMAGE_FPS, Input};
use crate::vision::pose::PoseEstimate;
use anyhow::{Context as _, bail};
use std::path::Path;
use std::process::ExitCode;

/// Reads the recording, proposes, writes the file, says what was found.
pub(super) fn run(args: &LearnArgs, data_dir: Option<&Path>) -> anyhow::Result<ExitCode> {
    let request = Request { reps: args.reps, id: learn::id_of(&args.name)?, name: args.name.clone() };
    check_place(&args.out, args.force)?;
    let not_there = || words::unwritten(&words::exercise_file(), &args.out);
    places::guard([args.input.as_path()], data_dir).claim(&args.out).with_context(not_there)?;
    let estimates = read(args)?;
    let proposal =
        learn::propose(&estimates, &request).map_err(|e| anyhow::anyhow!("{e}: {}", args.input.display()))?;
    output_file::write(&args.out, &proposal.text).with_context(not_there)?;
    output::line(&files::learned(&proposal, &args.input, &args.out))?;
    Ok(ExitCode::SUCCESS)
}

/// Refuses a place where the file cannot stand, before the recording is looked at.
fn check_place(out: &Path, force: bool) -> anyhow::Result<()> {
    if out.extension().is_none_or(|e| e != "toml") {
        bail!(files::no_exercise_file_name(out));
    }
    if out.exists() && !force {
        bail!(files::exercise_file_exists(out));
    }
    Ok(())
}

fn read(args: &LearnArgs) -> anyhow::Result<Vec<PoseEstimate>> {
    let mut feed = Feed::new(Input::open(&args.input, args.fps.unwrap_or(DEFAULT_IMAGE_FPS))?);
    let mut estimator = PoseEstimator::default();
    feed.load(&mut estimator, args.model.into())?;
    let bar = progress(feed.info().frame_count_hint);
    let mut estimates = Vec::new();
    while let Some(seen) = feed.next_seen(&mut estimator)? {
        estimates.push(if args.mirrored { seen.estimate.mirrored() } else { seen.estimate });
        bar.inc(1);
    }
    bar.finish_and_clear();
    output::warn_of(&feed.remarks());
    Ok(estimates)
}
