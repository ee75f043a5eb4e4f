//! `formcheck bench`: what each stage of a frame costs.

use super::args::BenchArgs;
#[cfg(feature = "onnx")]
use super::{output, words::machine as words};
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
    use words::Part;

    // The one place that measures the machine rather than the person: a wall clock is meant.
    #[allow(clippy::disallowed_methods)]
    let now = Instant::now;
    let plan = SetPlan::of(ExerciseDef::load(&args.exercise)?);
    let Input::Pictures(mut source) = Input::open(&args.input, DEFAULT_IMAGE_FPS)? else {
        anyhow::bail!(words::no_bench_of_trace(&args.input));
    };
    let mut tracker = Models::open()?.follower(args.model.into())?;
    tracker.sample(plan.exercise.chords());
    let (mut smoother, mut set) = (PoseSmoother::default(), SetRunner::new(plan));
    let mut times_ms: BTreeMap<Part, Vec<f64>> = BTreeMap::new();
    let started = now();
    let mut count = 0_u32;
    loop {
        let begin = now();
        let Next::Frame(frame) = source.next_frame()? else { break };
        note(&mut times_ms, Part::Wait, begin);
        let mut since = begin;
        let estimate = tracker.estimate_timed(&frame, &mut |stage, begins| {
            if begins {
                since = now();
            } else {
                let part = match stage {
                    Stage::Detect => Part::Detect,
                    Stage::Crop => Part::Crop,
                    Stage::Infer => Part::Infer,
                    Stage::Decode => Part::Decode,
                };
                note(&mut times_ms, part, since);
            }
        })?;
        let begin = now();
        set.step(&smoother.step(&estimate));
        note(&mut times_ms, Part::Engine, begin);
        count += 1;
    }
    let total_s = started.elapsed().as_secs_f64();
    for (part, times) in &mut times_ms {
        times.sort_by(f64::total_cmp);
        let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
        output::line(&words::cost(*part, at(0.5), at(0.9), times.len()))?;
    }
    let ours = [Part::Crop, Part::Decode, Part::Engine];
    let own: f64 = ours.iter().filter_map(|part| times_ms.get(part)).map(|t| t[t.len() / 2]).sum();
    output::line(&words::own_cost(own))?;
    output::line(&words::frames_in(count, total_s))?;
    Ok(ExitCode::SUCCESS)
}

#[cfg(feature = "onnx")]
fn note(
    times_ms: &mut std::collections::BTreeMap<words::Part, Vec<f64>>,
    part: words::Part,
    since: std::time::Instant,
) {
    times_ms.entry(part).or_default().push(since.elapsed().as_secs_f64() * 1e3);
}
