//! `formcheck analyze`: whole recordings, as fast as it goes.

mod one;

use super::args::{AnalyzeArgs, Format};
use super::plan::plan;
use super::reports::{self, TrendScope};
use super::words::{self as all_words, following as words};
use super::{output, places};
use crate::app::runtime::recording::{Analysed, Selection};
use crate::app::signals;
use crate::counting::runner::SetSink as _;
use crate::exercise::catalogue;
use crate::history::session::{SessionRecord, StoredSet};
use crate::history::store::{SessionWriter, data_folder, now};
use crate::vision::estimator::PoseEstimator;
use anyhow::{Context as _, bail};
use crossbeam_channel::bounded;
use indicatif::MultiProgress;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// In place of an exercise: find out which one it is.
const AUTO: &str = "auto";

/// Analyses every input; results come in the order of the inputs, and one that fails does not stop the others.
pub(super) fn run(args: &AnalyzeArgs, data_dir: Option<&Path>) -> anyhow::Result<ExitCode> {
    let selection = selection(args, data_dir)?;
    claim_places(args, data_dir)?;
    let mut sink = ResultSink::open(args, data_dir);
    let failed = in_order(args, &selection, |path, result| sink.take(path, result))?;
    let failed = sink.close(data_dir)? || failed;
    Ok(ExitCode::from(u8::from(failed)))
}

/// What to follow, after a look at options that do not go together.
fn selection(args: &AnalyzeArgs, data_dir: Option<&Path>) -> anyhow::Result<Selection> {
    let inputs = args.inputs.len();
    for (option, is_asked) in [("trace", args.trace.is_some()), ("overlay", args.overlay.is_some())] {
        if is_asked && inputs > 1 {
            bail!(words::one_input_only(option, inputs));
        }
    }
    if args.exercise != AUTO {
        return Ok(Selection::One(Arc::new(plan(&args.exercise, &args.plan, data_dir)?)));
    }
    let options = [
        ("overlay", args.overlay.is_some()),
        ("routine", args.plan.routine.is_some()),
        ("side", args.plan.side.is_some()),
    ];
    for (option, is_asked) in options {
        if is_asked {
            bail!(words::needs_exercise(option));
        }
    }
    Ok(Selection::Any(catalogue::load_all()?))
}

/// Sees that everything can be written before the work begins.
fn claim_places(args: &AnalyzeArgs, data_dir: Option<&Path>) -> anyhow::Result<()> {
    let files = [Some(&args.exercise), args.plan.routine.as_ref()].into_iter().flatten().map(Path::new);
    let mut guard = places::guard(args.inputs.iter().map(PathBuf::as_path).chain(files), data_dir);
    let outputs = [
        (&args.trace, all_words::trace as fn() -> String),
        (&args.report, all_words::report),
        (&args.overlay, all_words::overlay),
    ];
    for (out, what) in outputs {
        if let Some(out) = out {
            guard.claim(out).with_context(|| all_words::unwritten(&what(), out))?;
        }
    }
    Ok(())
}

/// Analyses the inputs on `--jobs` threads and hands each result over in the order of the inputs. True when one has failed.
fn in_order(
    args: &AnalyzeArgs,
    selection: &Selection,
    mut take: impl FnMut(&Path, anyhow::Result<Analysed>) -> anyhow::Result<bool>,
) -> anyhow::Result<bool> {
    let jobs = (args.jobs as usize).min(args.inputs.len());
    let (next_input, bars) = (AtomicUsize::new(0), MultiProgress::new());
    let (results, inbox) = bounded(jobs);
    std::thread::scope(|scope| {
        for n in 0..jobs {
            let (results, next_input, bars) = (results.clone(), &next_input, &bars);
            std::thread::Builder::new().name(format!("analyze-{n}")).spawn_scoped(scope, move || {
                let mut estimator = PoseEstimator::default();
                loop {
                    let i = next_input.fetch_add(1, Ordering::Relaxed);
                    let Some(path) = args.inputs.get(i) else { break };
                    // It fails only when the one who waits has given up.
                    if results.send((i, one::analyze(path, args, selection, &mut estimator, bars))).is_err() {
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
    /// Shared with whoever is told to end the program in the middle of it.
    writer: Arc<Mutex<Option<SessionWriter>>>,
    /// What should be kept cannot be.
    is_unkept: bool,
    /// Somebody reads what is printed.
    is_heard: bool,
    /// What was analysed, as a session.
    session: SessionRecord,
}

impl<'a> ResultSink<'a> {
    fn open(args: &'a AnalyzeArgs, data_dir: Option<&Path>) -> Self {
        let person = args.plan.person();
        let begun = args.plan.save.then(|| SessionWriter::begin(&data_folder(data_dir)?, person, None));
        let (writer, is_unkept) = match begun {
            None => (None, false),
            Some(Ok((writer, notices))) => {
                notices.iter().for_each(|n| output::note(n));
                (Some(writer), false)
            }
            // The films can be looked at all the same.
            Some(Err(e)) => {
                output::note(&words::analysis_without_store(e));
                (None, true)
            }
        };
        let session = SessionRecord::begun("analysis", person, &now());
        let writer = Arc::new(Mutex::new(writer));
        let told = Arc::clone(&writer);
        signals::listen(move || {
            // The session ends with what has been kept up to here.
            let ended = locked(&told).take().map(SessionWriter::end);
            ended.and_then(Result::err).into_iter().for_each(|error| output::error(&error.into()));
            signals::leave();
        });
        Self { args, writer, is_unkept, is_heard: true, session }
    }

    /// True when the input has failed.
    fn take(&mut self, path: &Path, result: anyhow::Result<Analysed>) -> anyhow::Result<bool> {
        match result {
            Ok(mut analysed) => {
                self.keep(&analysed);
                // Lines of several inputs must be told apart, also where one is missing.
                analysed.set.summary.source.input = (self.args.inputs.len() > 1).then(|| path.display().to_string());
                if self.is_heard {
                    match print(&analysed, path, self.args.format) {
                        // Whoever read has enough; what is to be kept or reported goes on.
                        Err(e) if output::is_broken_pipe(&e) && (self.args.plan.save || self.args.report.is_some()) => {
                            self.is_heard = false;
                        }
                        printed => printed?,
                    }
                }
                Ok(false)
            }
            Err(error) => {
                output::error(&error);
                Ok(true)
            }
        }
    }

    /// Keeps what was analysed as a set; whether that worked shows at the end. What was not recognised is not kept.
    fn keep(&mut self, analysed: &Analysed) {
        let Some(plan) = &analysed.plan else { return };
        let mut origin = analysed.origin.clone();
        if origin.started_at.is_empty() {
            origin.started_at = now();
        }
        let number = self.session.sets.len() as u32 + 1;
        self.session.sets.push(StoredSet::begun(plan, &origin).finished(number, &analysed.set));
        let mut writer = locked(&self.writer);
        let Some(writer) = writer.as_mut() else { return };
        writer.begin(plan, &origin);
        writer.finish(&analysed.set);
    }

    /// Ends the session and writes the report. True when the session could not be ended.
    fn close(mut self, data_dir: Option<&Path>) -> anyhow::Result<bool> {
        let mut is_open = self.is_unkept;
        if let Some(writer) = locked(&self.writer).take() {
            writer.session().clone_into(&mut self.session.id);
            if let Err(error) = writer.end() {
                output::error(&error.into());
                is_open = true;
            }
        }
        if let Some(out) = &self.args.report {
            if self.session.sets.is_empty() {
                bail!(words::nothing_to_report(out));
            }
            self.session.ended_at = Some(now());
            let scope =
                if self.args.plan.save && !self.is_unkept { TrendScope::Store(data_dir) } else { TrendScope::Sessions };
            reports::write(std::slice::from_ref(&self.session), scope, out)?;
            output::note(&words::report_written(out));
        }
        Ok(is_open)
    }
}

fn locked(writer: &Mutex<Option<SessionWriter>>) -> MutexGuard<'_, Option<SessionWriter>> {
    writer.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Prints the result of one input.
fn print(analysed: &Analysed, path: &Path, format: Format) -> anyhow::Result<()> {
    let summary = &analysed.set.summary;
    match (format, &analysed.plan) {
        (Format::Json, _) => output::line(&serde_json::to_string(summary)?),
        (Format::Text, Some(plan)) => output::line(&words::summary(summary, path, &plan.exercise)),
        (Format::Text, None) => output::line(&words::not_recognised(summary, path)),
    }
}
