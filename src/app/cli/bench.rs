//! `formcheck bench`: what each stage of a frame costs.

use super::args::BenchArgs;
#[cfg(feature = "onnx")]
use super::output;
use std::process::ExitCode;

/// Measures a video.
#[cfg(not(feature = "onnx"))]
pub(super) fn run(_: &BenchArgs) -> anyhow::Result<ExitCode> {
    Err(crate::vision::estimator::EstimateError::NoModel.into())
}

/// Measures a video.
#[cfg(feature = "onnx")]
pub(super) fn run(args: &BenchArgs) -> anyhow::Result<ExitCode> {
    use crate::counting::runner::SetRunner;
    use crate::exercise::ExerciseDef;
    use crate::exercise::plan::SetPlan;
    use crate::motion::track::PoseSmoother;
    use crate::vision::infer::onnx::Models;
    use crate::vision::input::{DEFAULT_IMAGE_FPS, Input};
    use crate::vision::pose::follower::Stage;
    use crate::vision::source::Next;
    use std::collections::BTreeMap;
    use std::time::Instant;

    // The one place that measures the machine rather than the person: a wall clock is meant.
    #[allow(clippy::disallowed_methods)]
    let now = Instant::now;
    let plan = SetPlan::of(ExerciseDef::load("wall_angels")?);
    let Input::Pictures(mut source) = Input::open(&args.input, DEFAULT_IMAGE_FPS)? else {
        anyhow::bail!("could not measure: the input is a trace; give a video: {}", args.input.display());
    };
    let mut tracker = Models::open()?.tracker(args.model.into())?;
    let (mut smoother, mut set) = (PoseSmoother::default(), SetRunner::new(plan));
    let mut times_ms: BTreeMap<&'static str, Vec<f64>> = BTreeMap::new();
    let started = now();
    let mut count = 0_u32;
    loop {
        let begin = now();
        let Next::Frame(frame) = source.next_frame()? else { break };
        note(&mut times_ms, "1 wait for the decoder", begin);
        let mut since = begin;
        let estimate = tracker.estimate_timed(&frame, &mut |stage, begins| {
            if begins {
                since = now();
            } else {
                let name = match stage {
                    Stage::Detect => "2 detect (after a loss)",
                    Stage::Crop => "3 crop",
                    Stage::Infer => "4 inference",
                    Stage::Decode => "5 decode tensors, outline",
                };
                note(&mut times_ms, name, since);
            }
        })?;
        let begin = now();
        set.step(&smoother.step(&estimate));
        note(&mut times_ms, "6 engine step", begin);
        count += 1;
    }
    let total_s = started.elapsed().as_secs_f64();
    for (name, times) in &mut times_ms {
        times.sort_by(f64::total_cmp);
        let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
        let (median, p90, n) = (at(0.5), at(0.9), times.len());
        output::line(&format!("{:28} median {median:8.3} ms   p90 {p90:8.3} ms   {n} times", &name[2..]))?;
    }
    let ours = ["3 crop", "5 decode tensors, outline", "6 engine step"];
    let own: f64 = ours.iter().filter_map(|n| times_ms.get(n)).map(|t| t[t.len() / 2]).sum();
    output::line(&format!("{:28} median {own:8.3} ms", "outside model and decoder"))?;
    output::line(&format!("{count} frames in {total_s:.2} s, {:.0} frames/s", f64::from(count) / total_s))?;
    Ok(ExitCode::SUCCESS)
}

#[cfg(feature = "onnx")]
fn note(
    times_ms: &mut std::collections::BTreeMap<&'static str, Vec<f64>>,
    name: &'static str,
    since: std::time::Instant,
) {
    times_ms.entry(name).or_default().push(since.elapsed().as_secs_f64() * 1e3);
}
