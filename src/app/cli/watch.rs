//! `formcheck watch`: the live loop without a window, one JSON event a line, the summary last.

use super::args::{Pace as PaceArg, WatchArgs};
use super::asked::{Asked, person_or_me};
use super::output;
use crate::app::runtime::pace::Pace;
use crate::base::time::{Timestamp, round_ms};
use crate::counting::engine::{Engine, Event, EventKind};
use crate::counting::key_pose::KeyPosePicker;
use crate::history::set::{NewSet, SetDone};
use crate::history::store::{SessionWriter, data_folder, now};
use crate::vision::estimator::PoseEstimator;
use crate::vision::infer::manifest::ModelChoice;
use crate::vision::input::{self, DEFAULT_IMAGE_FPS, Input};
#[cfg(feature = "camera")]
use crate::vision::source::FrameSource as _;
use crate::vision::source::Next;
use serde_json::{Value, json};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Follows until the source or the time is over, or Ctrl-C.
pub(super) fn run(args: &WatchArgs, data_dir: Option<&Path>) -> anyhow::Result<ExitCode> {
    let mut asked = Asked::new(&args.exercise, args.side, args.routine.as_deref(), args.target_hold_s)?;
    if args.save || args.person.is_some() {
        asked.with_range_of(person_or_me(args.person.as_deref()), data_dir);
    }
    let asked = asked;
    let stop = Arc::new(AtomicBool::new(false));
    let stopper = Arc::clone(&stop);
    // Without the handler Ctrl-C still ends the program, only without a summary.
    if let Err(e) = ctrlc::set_handler(move || stopper.store(true, Ordering::Relaxed)) {
        tracing::warn!("could not watch for Ctrl-C: {e}");
    }
    let mut feed = Feed::open(args)?;
    let model = ModelChoice::from(args.model);
    let mut eye = PoseEstimator::default();
    let model_id = match &feed {
        Feed::File(Input::Trace(t), _) => t.header().model.clone(),
        #[cfg(feature = "camera")]
        Feed::Camera(_) => model.id().to_owned(),
        Feed::File(Input::Frames(_), _) => model.id().to_owned(),
    };
    if !feed.is_trace() {
        eye.open(model)?;
    }
    let keeper = if args.save { keeper(args, data_dir)? } else { None };
    let is_unkept = args.save && keeper.is_none();
    let mut watch = Watch {
        engine: Engine::new(Arc::clone(&asked.def), asked.options),
        stills: KeyPosePicker::default(),
        keeper,
        trouble: None,
    };
    watch.begin(&asked, &model_id, feed.kind());
    let seen = watch.follow(args, &mut feed, &mut eye, &stop);
    // Whatever ended it, what was counted stays.
    let ended = watch.end(feed.kind(), &model_id);
    seen.and(ended)?;
    Ok(ExitCode::from(u8::from(is_unkept)))
}

/// A set that is followed and, perhaps, kept.
struct Watch {
    engine: Engine,
    stills: KeyPosePicker,
    keeper: Option<SessionWriter>,
    /// What was said last of trouble with the store.
    trouble: Option<String>,
}

impl Watch {
    fn begin(&mut self, asked: &Asked, model_id: &str, source_kind: &str) {
        if let Some(keeper) = &mut self.keeper {
            keeper.begin_set(&NewSet {
                def: &asked.def,
                target_hold_s: asked.target_hold_s(),
                prescription: asked.prescription.as_ref(),
                model: model_id,
                source_kind,
                started_at: &now(),
            });
        }
    }

    /// Follows until the source or the time is over, or somebody stops it.
    fn follow(
        &mut self,
        args: &WatchArgs,
        feed: &mut Feed,
        eye: &mut PoseEstimator,
        stop: &AtomicBool,
    ) -> anyhow::Result<()> {
        let mut first_at: Option<Timestamp> = None;
        while !stop.load(Ordering::Relaxed) {
            let estimate = match feed.next(eye)? {
                Got::Estimate(estimate) => *estimate,
                Got::Waiting(why) => {
                    tracing::info!("{why}");
                    continue;
                }
                Got::End => break,
            };
            let first = *first_at.get_or_insert(estimate.at);
            if args.seconds.is_some_and(|s| estimate.at.since(first) >= s) {
                break;
            }
            let step = self.engine.step(&if args.mirrored { estimate.mirrored() } else { estimate });
            self.stills.step(&step.tracked, step.events.iter().filter_map(|e| e.kind.rep()));
            if let Some(keeper) = &mut self.keeper {
                keeper.take(&step.events);
                keeper.tick(step.tracked.at, &self.engine);
                note_trouble(keeper, &mut self.trouble);
            }
            for event in &step.events {
                output::line(&as_json(event).to_string())?;
            }
        }
        Ok(())
    }

    /// Ends the set: keeps it, and prints what is left to tell and the summary.
    fn end(mut self, source_kind: &str, model_id: &str) -> anyhow::Result<()> {
        let (events, record) = self.engine.finish();
        let summary = record.summary(source_kind, model_id);
        let kept = self.keeper.map(|mut keeper| {
            keeper.take(&events);
            let stills = self.stills.chosen(&summary.repetitions);
            keeper.finish_set(&SetDone { summary: summary.clone(), stills });
            let id = keeper.session().to_owned();
            keeper.end().map(|()| id)
        });
        for event in &events {
            output::line(&as_json(event).to_string())?;
        }
        let mut line = serde_json::to_value(&summary)?;
        if let Value::Object(fields) = &mut line {
            fields.insert("event".to_owned(), Value::from("summary"));
        }
        output::line(&line.to_string())?;
        if let Some(id) = kept.transpose()? {
            output::note(&format!("session {id} kept; `formcheck sessions show {id}` shows it"));
        }
        Ok(())
    }
}

/// Opens the store for this run, and says which sessions were left open. Without a store the set is counted all the same.
fn keeper(args: &WatchArgs, data_dir: Option<&Path>) -> anyhow::Result<Option<SessionWriter>> {
    let person = person_or_me(args.person.as_deref());
    let begun = data_folder(data_dir).and_then(|folder| SessionWriter::begin(&folder, person, args.resume.as_deref()));
    let (mut keeper, notices) = match begun {
        Ok(begun) => begun,
        Err(e) if args.resume.is_some() => return Err(e.into()),
        Err(e) => {
            output::note(&format!("warning: {e}; counting goes on, nothing is kept"));
            return Ok(None);
        }
    };
    notices.iter().for_each(|n| output::note(n));
    for id in keeper.store().abandoned()? {
        output::note(&format!(
            "session {id} was left open: `formcheck sessions close {id}` closes it, --resume {id} goes on in it"
        ));
    }
    Ok(Some(keeper))
}

/// Says once what keeps repetitions from being written, and when it is over.
fn note_trouble(keeper: &SessionWriter, told: &mut Option<String>) {
    let now = keeper.trouble().map(str::to_owned);
    if now != *told {
        match &now {
            Some(trouble) => {
                output::note(&format!("warning: {trouble}; counting goes on, repetitions are tried again"));
            }
            None => output::note("repetitions are written again"),
        }
        *told = now;
    }
}

enum Got {
    Estimate(Box<crate::vision::pose::PoseEstimate>),
    Waiting(String),
    End,
}

/// Where estimates come from: a camera, or a file at its own pace or as fast as it goes.
enum Feed {
    #[cfg(feature = "camera")]
    Camera(Box<crate::vision::source::camera::CameraSource>),
    File(Input, Option<Pace>),
}

impl Feed {
    fn open(args: &WatchArgs) -> anyhow::Result<Self> {
        if let Some(path) = &args.input {
            let pace = (args.pace == PaceArg::Live).then(Pace::new);
            return Ok(Self::File(input::open(path, DEFAULT_IMAGE_FPS)?, pace));
        }
        Self::open_camera(args.camera.as_deref())
    }

    #[cfg(feature = "camera")]
    fn open_camera(name: Option<&str>) -> anyhow::Result<Self> {
        use crate::vision::source::camera::{CameraSelector, CameraSource};
        let selector = match name {
            None => CameraSelector::Default,
            Some(name) => name.parse().unwrap_or_else(|_| CameraSelector::Name(name.to_owned())),
        };
        Ok(Self::Camera(Box::new(CameraSource::open(&selector)?)))
    }

    #[cfg(not(feature = "camera"))]
    fn open_camera(_: Option<&str>) -> anyhow::Result<Self> {
        anyhow::bail!("could not open a camera: this build has none; give a file with --input FILE")
    }

    fn is_trace(&self) -> bool {
        matches!(self, Self::File(Input::Trace(_), _))
    }

    fn kind(&mut self) -> &'static str {
        match self {
            #[cfg(feature = "camera")]
            Self::Camera(_) => "camera",
            Self::File(input, _) => input::info(input).kind,
        }
    }

    fn next(&mut self, eye: &mut PoseEstimator) -> anyhow::Result<Got> {
        let (estimate, pace) = match self {
            #[cfg(feature = "camera")]
            Self::Camera(camera) => match camera.next_frame()? {
                Next::Frame(frame) => return Ok(Got::Estimate(Box::new(eye.look(&frame)?))),
                Next::Waiting(why) => return Ok(Got::Waiting(why)),
                Next::End => return Ok(Got::End),
            },
            Self::File(Input::Trace(trace), pace) => match trace.next_estimate()? {
                Some(estimate) => (estimate, pace),
                None => return Ok(Got::End),
            },
            Self::File(Input::Frames(frames), pace) => match frames.source().next_frame()? {
                Next::Frame(frame) => (eye.look(&frame)?, pace),
                Next::Waiting(why) => return Ok(Got::Waiting(why)),
                Next::End => return Ok(Got::End),
            },
        };
        if let Some(pace) = pace {
            while !pace.wait(estimate.at) {}
        }
        Ok(Got::Estimate(Box::new(estimate)))
    }
}

/// An event as a line of JSON.
fn as_json(event: &Event) -> Value {
    let mut line = match &event.kind {
        EventKind::Ready => json!({"event": "ready"}),
        EventKind::Advice(text) => json!({"event": "advice", "text": text}),
        EventKind::Phase(phase) => json!({"event": "phase", "phase": phase}),
        EventKind::RepCounted(rep) => json!({"event": "rep_counted", "index": rep.index, "side": rep.side,
            "hold_s": rep.hold_s, "range": rep.range, "range_unit": rep.range_unit, "score": rep.score,
            "faults": rep.faults, "advice": rep.advice}),
        EventKind::RepRejected(rep) => json!({"event": "rep_rejected", "index": rep.index, "side": rep.side,
            "hold_s": rep.hold_s, "range": rep.range, "range_unit": rep.range_unit, "reason": rep.reason}),
        EventKind::Hold { held_s, target_s, side } => {
            json!({"event": "hold", "held_s": held_s, "target_s": target_s, "side": side})
        }
        EventKind::Fault(id) => json!({"event": "fault", "id": id}),
        EventKind::FaultCleared(id) => json!({"event": "fault_cleared", "id": id}),
        EventKind::Cue { text, fault } => json!({"event": "cue", "text": text, "fault": fault}),
        EventKind::Lost => json!({"event": "lost"}),
        EventKind::Found => json!({"event": "found"}),
        EventKind::Paused => json!({"event": "paused", "paused": true}),
        EventKind::Resumed => json!({"event": "paused", "paused": false}),
    };
    if let Value::Object(fields) = &mut line {
        fields.insert("at_s".to_owned(), json!(round_ms(event.at.secs())));
    }
    line
}
