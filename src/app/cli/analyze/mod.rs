//! `formcheck analyze`: whole recordings, as fast as it goes.

mod one;
mod words;

pub(super) use one::{next, progress};

use super::args::AnalyzeArgs;
use super::asked::{Asked, person_or_me};
use super::output;
use super::reports::{self, Past};
use crate::history::session::SessionRecord;
use crate::history::set::{NewSet, SetDone};
use crate::history::store::{SessionWriter, data_folder, now};
use crate::vision::estimator::PoseEstimator;
use anyhow::bail;
use crossbeam_channel::bounded;
use indicatif::MultiProgress;
use one::{Analysed, Wanted};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};

/// In place of an exercise: find out which one it is.
const AUTO: &str = "auto";

/// Analyses every input; results come in the order of the inputs, and one that fails does not stop the others.
pub(super) fn run(args: &AnalyzeArgs, data_dir: Option<&Path>) -> anyhow::Result<ExitCode> {
    let wanted = wanted(args, data_dir)?;
    let mut desk = ResultSink::open(args, &wanted, data_dir);
    let failed = in_order(args, &wanted, |path, result| desk.take(path, result))?;
    let failed = desk.close(data_dir)? || failed;
    Ok(ExitCode::from(u8::from(failed)))
}

/// What to follow, after a look at options that do not go together.
fn wanted(args: &AnalyzeArgs, data_dir: Option<&Path>) -> anyhow::Result<Wanted> {
    let inputs = args.inputs.len();
    for (what, is_asked) in [("trace", args.trace.is_some()), ("overlay", args.overlay.is_some())] {
        if is_asked && inputs > 1 {
            bail!("could not write the {what}: there are {inputs} inputs; give one input with --{what}");
        }
    }
    if args.exercise != AUTO {
        let mut asked = Asked::new(&args.exercise, args.side, args.routine.as_deref(), args.target_hold_s)?;
        if args.save || args.person.is_some() {
            asked.with_range_of(person_or_me(args.person.as_deref()), data_dir);
        }
        return Ok(Wanted::One(Box::new(asked)));
    }
    for (what, is_asked) in [("overlay", args.overlay.is_some()), ("routine", args.routine.is_some())] {
        if is_asked {
            bail!("could not use --{what} while the exercise is not known; name it with --exercise");
        }
    }
    Wanted::any()
}

/// Analyses the inputs on `--jobs` threads and hands each result over in the order of the inputs. True when one has failed.
fn in_order(
    args: &AnalyzeArgs,
    wanted: &Wanted,
    mut take: impl FnMut(&Path, anyhow::Result<Analysed>) -> anyhow::Result<bool>,
) -> anyhow::Result<bool> {
    let jobs = (args.jobs as usize).min(args.inputs.len());
    let (next_input, bars) = (AtomicUsize::new(0), MultiProgress::new());
    let (results, inbox) = bounded(jobs);
    std::thread::scope(|scope| {
        for n in 0..jobs {
            let (results, next_input, bars) = (results.clone(), &next_input, &bars);
            std::thread::Builder::new().name(format!("analyze-{n}")).spawn_scoped(scope, move || {
                let mut eye = PoseEstimator::default();
                loop {
                    let i = next_input.fetch_add(1, Ordering::Relaxed);
                    let Some(path) = args.inputs.get(i) else { break };
                    // It fails only when the one who waits has given up.
                    if results.send((i, one::analyze(path, args, wanted, &mut eye, bars))).is_err() {
                        break;
                    }
                }
            })?;
        }
        drop(results);
        let (mut waiting, mut due, mut failed) = (BTreeMap::new(), 0, false);
        for (i, result) in inbox {
            waiting.insert(i, result);
            while let Some(result) = waiting.remove(&due) {
                failed |= take(&args.inputs[due], result)?;
                due += 1;
            }
        }
        Ok(failed)
    })
}

/// Takes results: prints, keeps, and collects them for the report.
struct ResultSink<'a> {
    args: &'a AnalyzeArgs,
    wanted: &'a Wanted,
    keeper: Option<SessionWriter>,
    /// What should be kept cannot be.
    is_unkept: bool,
    /// Somebody reads what is printed.
    is_heard: bool,
    /// What was analysed, as a session.
    session: SessionRecord,
}

impl<'a> ResultSink<'a> {
    fn open(args: &'a AnalyzeArgs, wanted: &'a Wanted, data_dir: Option<&Path>) -> Self {
        let person = person_or_me(args.person.as_deref());
        let begun = args.save.then(|| SessionWriter::begin(&data_folder(data_dir)?, person, None));
        let (keeper, is_unkept) = match begun {
            None => (None, false),
            Some(Ok((keeper, notices))) => {
                notices.iter().for_each(|n| output::note(n));
                (Some(keeper), false)
            }
            // The films can be looked at all the same.
            Some(Err(e)) => {
                output::note(&format!("warning: {e}; analysis goes on, nothing is kept"));
                (None, true)
            }
        };
        let session = SessionRecord::begun("analysis", person, &now());
        Self { args, wanted, keeper, is_unkept, is_heard: true, session }
    }

    /// True when the input has failed, or its result could not be kept.
    fn take(&mut self, path: &Path, result: anyhow::Result<Analysed>) -> anyhow::Result<bool> {
        match result {
            Ok(mut analysed) => {
                let is_lost = !self.keep(&analysed);
                // Lines of several inputs must be told apart, also where one is missing.
                analysed.summary.source.input = (self.args.inputs.len() > 1).then(|| path.display().to_string());
                if self.is_heard {
                    match words::print(&analysed, path, self.args.format) {
                        // Whoever read has enough; what is to be kept or reported goes on.
                        Err(e) if output::is_broken_pipe(&e) && (self.args.save || self.args.report.is_some()) => {
                            self.is_heard = false;
                        }
                        printed => printed?,
                    }
                }
                Ok(is_lost)
            }
            Err(error) => {
                output::error(&error);
                Ok(true)
            }
        }
    }

    /// Keeps what was analysed as a set; false when that did not work. What was not recognised is not kept.
    fn keep(&mut self, analysed: &Analysed) -> bool {
        let Some(def) = &analysed.def else { return true };
        let started_at = analysed.recorded_at.clone().unwrap_or_else(now);
        let asked = if let Wanted::One(asked) = self.wanted { Some(asked) } else { None };
        let set = NewSet {
            def,
            target_hold_s: asked.map_or(self.args.target_hold_s.unwrap_or(def.target.hold_s), |a| a.target_hold_s()),
            prescription: asked.and_then(|a| a.prescription.as_ref()),
            model: &analysed.summary.model,
            source_kind: &analysed.summary.source.kind,
            started_at: &started_at,
        };
        let done = SetDone { summary: analysed.summary.clone(), stills: analysed.stills.clone() };
        self.session.sets.push(set.done(self.session.sets.len() as u32 + 1, &done));
        let Some(keeper) = &mut self.keeper else { return true };
        keeper.begin_set(&set);
        keeper.finish_set(&done);
        if let Some(trouble) = keeper.trouble() {
            output::note(&format!("could not keep the session: {trouble}"));
            return false;
        }
        true
    }

    /// Ends the session and writes the report. True when the session could not be ended.
    fn close(mut self, data_dir: Option<&Path>) -> anyhow::Result<bool> {
        let mut is_open = self.is_unkept;
        if let Some(keeper) = self.keeper.take() {
            keeper.session().clone_into(&mut self.session.id);
            if let Err(error) = keeper.end() {
                output::error(&error.into());
                is_open = true;
            }
        }
        if let Some(out) = &self.args.report {
            if self.session.sets.is_empty() {
                bail!("could not write the report: nothing was analysed that could stand in it: {}", out.display());
            }
            self.session.ended_at = Some(now());
            let past = if self.args.save && !self.is_unkept { Past::Store(data_dir) } else { Past::Sessions };
            reports::write(std::slice::from_ref(&self.session), past, out)?;
            report_written(out);
        }
        Ok(is_open)
    }
}

fn report_written(out: &Path) {
    output::note(&format!("report written: {}", out.display()));
}
