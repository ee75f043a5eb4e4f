//! Counts on a recorded trace: `cargo run --release --example count_trace -- TRACE.jsonl EXERCISE`.
//!
//! A trace is what `formcheck analyze FILM --exercise ID --trace TRACE.jsonl` writes; no pose model is needed.
#![allow(clippy::print_stdout, reason = "an example prints")]

use formcheck::{ExerciseDef, PoseSmoother, SetPlan, SetRunner, TraceReader};
use std::error::Error;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let (Some(trace), Some(exercise)) = (args.next(), args.next()) else {
        return Err("give a trace and the id of an exercise".into());
    };
    let mut reader = TraceReader::open(Path::new(&trace))?;
    let mut set = SetRunner::new(SetPlan::of(ExerciseDef::load(&exercise)?));
    // One smoother for the whole recording: it remembers the person.
    let mut smoother = PoseSmoother::default();
    while let Some(estimate) = reader.next_estimate()? {
        set.step(&smoother.step(&estimate));
    }
    let summary = set.finish().1.summary;
    println!("{} counted, {} not counted", summary.reps.total, summary.reps.rejected);
    for rep in &summary.repetitions {
        let verdict = rep.reason.as_deref().unwrap_or("counts");
        println!("{:>3}  {:6.1} to {:6.1} s  {verdict}", rep.index, rep.start_s, rep.end_s);
    }
    Ok(())
}
