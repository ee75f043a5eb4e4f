//! Draws how an exercise file sees a trace: `cargo run --release --example plot_signal -- TRACE.jsonl EXERCISE OUT.svg`.
#![allow(clippy::print_stdout, reason = "an example prints")]

use formcheck::{ExerciseDef, PlotData, PoseEstimate, SetPlan, TraceReader};
use std::error::Error;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [trace, exercise, out] = args.as_slice() else {
        return Err("give a trace, the id of an exercise, and the SVG to write".into());
    };
    let mut reader = TraceReader::open(Path::new(trace))?;
    let mut film: Vec<PoseEstimate> = Vec::new();
    while let Some(estimate) = reader.next_estimate()? {
        film.push(estimate);
    }
    let data = PlotData::gather(SetPlan::of(ExerciseDef::load(exercise)?), trace, film.into_iter());
    std::fs::write(out, data.svg()?)?;
    println!("{out}");
    Ok(())
}
