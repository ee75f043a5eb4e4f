//! `formcheck watch`: the live loop without a window, one JSON event a line, the summary last.

use super::args::{Pace, WatchArgs};
use super::event_json::as_json;
use super::output;
use super::plan::plan;
use super::words::{self, following};
use crate::app::runtime::feed::{Feed, FeedStep};
use crate::app::signals;
use crate::base::time::Timestamp;
use crate::counting::engine::Event;
use crate::counting::runner::{FinishedSet, SetOrigin, SetRunner, SetSink};
use crate::exercise::plan::SetPlan;
use crate::history::store::{SessionWriter, data_folder, now};
use crate::vision::estimator::PoseEstimator;
use crate::vision::input::{DEFAULT_IMAGE_FPS, Input};
use serde_json::Value;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Follows until the source or the time is over, or it is told to end.
pub(super) fn run(args: &WatchArgs, data_dir: Option<&Path>) -> anyhow::Result<ExitCode> {
    let plan = plan(&args.exercise, &args.plan, data_dir)?;
    let stop = Arc::new(AtomicBool::new(false));
    let stopper = Arc::clone(&stop);
    signals::listen(move || stopper.store(true, Ordering::Relaxed));
    let mut feed = feed(args)?;
    let mut estimator = PoseEstimator::default();
    let model = feed.load(&mut estimator, args.model.into())?;
    estimator.sample(plan.exercise.chords());
    let mut keeping = Keeping::open(args, data_dir)?;
    let is_unkept = args.plan.save && keeping.writer.is_none();
    let origin = SetOrigin { model, source_kind: feed.info().kind.to_owned(), started_at: now() };
    let mut set = SetRunner::begin(plan, origin, &mut keeping);
    let seen = follow(&mut set, args, &mut feed, &mut estimator, &mut keeping, &stop);
    let remarks = feed.remarks();
    output::warn_of(&remarks);
    set.note_source(remarks);
    // Whatever ended it, what was counted stays.
    let ended = end(set, keeping);
    seen.and(ended)?;
    Ok(ExitCode::from(u8::from(is_unkept)))
}

/// A file at its own pace or as fast as it goes, or a camera.
fn feed(args: &WatchArgs) -> anyhow::Result<Feed> {
    let feed = match &args.input {
        Some(path) => {
            let feed = Feed::new(Input::open(path, DEFAULT_IMAGE_FPS)?);
            if args.pace == Pace::Live { feed.at_own_pace() } else { feed }
        }
        None => Feed::new(Input::open_camera(args.camera.as_deref())?),
    };
    Ok(feed.mirrored(args.plan.mirrored))
}

/// Follows until the source or the time is over, or somebody stops it.
fn follow(
    set: &mut SetRunner,
    args: &WatchArgs,
    feed: &mut Feed,
    estimator: &mut PoseEstimator,
    keeping: &mut Keeping,
    stop: &AtomicBool,
) -> anyhow::Result<()> {
    let mut first_at: Option<Timestamp> = None;
    let is_over = |first: Timestamp, at: Timestamp| args.seconds.is_some_and(|s| at.since(first) >= s);
    while !stop.load(Ordering::Relaxed) {
        let seen = match feed.step(estimator)? {
            FeedStep::Seen(seen) => seen,
            // A recording that pauses for long is not waited for longer than was asked.
            FeedStep::Early(at) if first_at.is_some_and(|first| is_over(first, at)) => break,
            FeedStep::Early(_) => continue,
            FeedStep::Waiting(why) => {
                tracing::info!("{why}");
                continue;
            }
            FeedStep::End => break,
        };
        let first = *first_at.get_or_insert(seen.pose.at);
        if is_over(first, seen.pose.at) {
            break;
        }
        for event in set.step_into(&seen.pose, keeping) {
            output::line(&as_json(&event).to_string())?;
        }
    }
    Ok(())
}

/// Ends the set, and prints what is left to report and the summary.
fn end(set: SetRunner, mut keeping: Keeping) -> anyhow::Result<()> {
    let (events, finished) = set.finish_into(&mut keeping);
    let kept = keeping.end();
    for event in &events {
        output::line(&as_json(event).to_string())?;
    }
    let mut line = serde_json::to_value(&finished.summary)?;
    if let Value::Object(fields) = &mut line {
        fields.insert("event".to_owned(), Value::from("summary"));
    }
    output::line(&line.to_string())?;
    if let Some(id) = kept? {
        output::note(&following::kept(&id));
    }
    Ok(())
}

/// Keeps the set, where that is asked for; trouble with the store is told as it comes and goes.
struct Keeping {
    writer: Option<SessionWriter>,
    /// What was said last of trouble.
    reported: Option<String>,
}

impl Keeping {
    /// Opens the store for this run, and says which sessions were left open. Without a store the set is counted all the same.
    fn open(args: &WatchArgs, data_dir: Option<&Path>) -> anyhow::Result<Self> {
        let nothing = Self { writer: None, reported: None };
        if !args.plan.save {
            return Ok(nothing);
        }
        let begun = data_folder(data_dir)
            .and_then(|folder| SessionWriter::begin(&folder, args.plan.person(), args.resume.as_deref()));
        let (mut writer, notices) = match begun {
            Ok(begun) => begun,
            Err(e) if args.resume.is_some() => return Err(e.into()),
            Err(e) => {
                output::note(&words::counting_without_store(e));
                return Ok(nothing);
            }
        };
        notices.iter().for_each(|n| output::note(n));
        for id in writer.store().abandoned()? {
            output::note(&following::left_open(&id));
        }
        Ok(Self { writer: Some(writer), reported: None })
    }

    /// Says once what keeps repetitions from being written, and when it is over.
    fn note_trouble(&mut self) {
        let trouble = self.writer.as_ref().and_then(SessionWriter::trouble).map(str::to_owned);
        if trouble == self.reported {
            return;
        }
        match &trouble {
            Some(trouble) => output::note(&following::not_written(trouble)),
            None => output::note(&following::written_again()),
        }
        self.reported = trouble;
    }

    /// Ends the session: its id, where there is one.
    fn end(self) -> anyhow::Result<Option<String>> {
        let Some(writer) = self.writer else { return Ok(None) };
        let id = writer.session().to_owned();
        writer.end()?;
        Ok(Some(id))
    }
}

impl SetSink for Keeping {
    fn begin(&mut self, plan: &SetPlan, origin: &SetOrigin) {
        if let Some(writer) = &mut self.writer {
            writer.begin(plan, origin);
        }
    }

    fn take(&mut self, at: Timestamp, events: &[Event]) {
        if let Some(writer) = &mut self.writer {
            writer.take(at, events);
            self.note_trouble();
        }
    }

    fn finish(&mut self, set: &FinishedSet) {
        if let Some(writer) = &mut self.writer {
            writer.finish(set);
        }
    }
}
