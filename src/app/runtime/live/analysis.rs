//! The analysis thread: opens the source, obeys, follows frames, publishes.

use super::options::{LiveInput, LiveOptions};
use super::practice::Practice;
use super::recorder::SetRecorder;
use super::shared::Shared;
use crate::app::runtime::feed::{Feed, FeedStep, Seen};
use crate::app::runtime::view::{Command, DrawnPoint, ExerciseCard, LiveStatus, LiveView, RecordingView, Refusal};
use crate::base::assets;
use crate::base::time::Timestamp;
use crate::counting::runner::{SetCommand, SetOrigin};
use crate::exercise::ExerciseDef;
use crate::history::store::now;
use crate::vision::estimator::PoseEstimator;
use crate::vision::input::{DEFAULT_IMAGE_FPS, Input};
use crossbeam_channel::{Receiver, RecvTimeoutError, TryRecvError};
use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// The frame rate shown is that of the last seconds.
const FPS_WINDOW_S: f64 = 3.0;
/// How long the thread sleeps between looks at its inbox when there is nothing to analyse.
const IDLE_WAIT: Duration = Duration::from_millis(200);
/// A source that had nothing so often in a row, each time after half a second, is shown as lost also while a set runs: less is
/// a hiccup that nobody need hear of.
const LOST_AFTER: u32 = 3;
/// Name of the clip that plays where there is no camera.
const DEMO_CLIP: &str = "demo/wall_angels.mp4";
/// What the demo clip shows.
const DEMO_EXERCISE: &str = "wall_angels";

/// How the source stands.
enum SourceState {
    /// Not opened yet, or opened and without a picture so far.
    Starting,
    /// It has nothing at present, and why.
    Waiting(String),
    /// The picture runs, or the recording is over.
    Fine,
    /// It cannot go on, and why.
    Failed(String),
}

/// Everything the analysis thread owns.
pub(super) struct Analysis {
    options: LiveOptions,
    shared: Arc<Shared>,
    inbox: Receiver<Command>,
    estimator: PoseEstimator,
    feed: Option<Feed>,
    source: SourceState,
    /// Times in a row that it had nothing.
    empty: u32,
    source_name: String,
    practice: Practice,
    recorder: SetRecorder,
    /// Why the latest command was not carried out.
    refusal: Option<Refusal>,
    analysed: VecDeque<Timestamp>,
    latest: Option<Box<Seen>>,
}

impl Analysis {
    pub fn new(options: LiveOptions, shared: Arc<Shared>, inbox: Receiver<Command>) -> Self {
        let recorder = SetRecorder::new(options.keep_in.clone());
        Self {
            practice: Practice::new(Arc::clone(&options.exercise)),
            options,
            shared,
            inbox,
            estimator: PoseEstimator::default(),
            feed: None,
            source: SourceState::Starting,
            empty: 0,
            source_name: String::new(),
            recorder,
            refusal: None,
            analysed: VecDeque::new(),
            latest: None,
        }
    }

    /// Runs until nobody can send commands any more.
    pub fn run(mut self) {
        self.publish();
        self.open();
        self.publish();
        while self.obey() {
            let Some(feed) = &mut self.feed else { continue };
            self.estimator.sample(self.practice.exercise().chords());
            match feed.step(&mut self.estimator) {
                Ok(FeedStep::Seen(seen)) => self.follow(seen),
                Ok(FeedStep::Early(_)) => continue,
                Ok(FeedStep::Waiting(why)) => {
                    self.source = SourceState::Waiting(why);
                    self.empty += 1;
                }
                Ok(FeedStep::End) => self.recording_ended(),
                Err(e) => self.fail(&e),
            }
            self.publish();
        }
        self.end_set();
        self.recorder.end();
    }

    /// Carries out waiting commands; false when the program is being closed.
    fn obey(&mut self) -> bool {
        if self.feed.is_none() {
            return match self.inbox.recv_timeout(IDLE_WAIT) {
                Ok(command) => {
                    self.answer(command);
                    self.publish();
                    true
                }
                Err(RecvTimeoutError::Timeout) => true,
                Err(RecvTimeoutError::Disconnected) => false,
            };
        }
        loop {
            match self.inbox.try_recv() {
                Ok(command) => self.answer(command),
                Err(TryRecvError::Empty) => return true,
                Err(TryRecvError::Disconnected) => return false,
            }
        }
    }

    /// Carries a command out, or shows why not.
    fn answer(&mut self, command: Command) {
        self.refusal = self.carry_out(command).err();
    }

    fn carry_out(&mut self, command: Command) -> Result<(), Refusal> {
        let to_set = |analysis: &mut Self, command| analysis.practice.command(command, &mut analysis.recorder);
        match command {
            Command::Start => self.start_set(),
            Command::Pause => to_set(self, SetCommand::Pause),
            Command::Resume => to_set(self, SetCommand::Resume),
            Command::Holding(true) => to_set(self, SetCommand::HoldBegins),
            Command::Holding(false) => to_set(self, SetCommand::HoldEnds),
            Command::Finish => self.practice.finish(&mut self.recorder),
            Command::Calibrate if self.feed.is_none() => Err(Refusal::NoPicture),
            Command::Calibrate => self.practice.calibrate(),
            Command::ChooseExercise(id) => self.choose_exercise(&id),
            Command::ResumeSession => self.recorder.decide(true),
            Command::CloseSession => self.recorder.decide(false),
            Command::ChooseCamera(name) => {
                self.end_set();
                self.feed = None;
                self.options.input = LiveInput::Camera(Some(name));
                self.open();
                Ok(())
            }
        }
    }

    fn start_set(&mut self) -> Result<(), Refusal> {
        if self.practice.is_set_running() {
            return Err(Refusal::SetRuns);
        }
        if self.feed.is_none() {
            self.open();
        }
        match self.feed {
            None => Err(Refusal::NoPicture),
            // A recording begins its set by itself.
            Some(_) if self.practice.is_set_running() => Ok(()),
            Some(_) => self.begin_set(),
        }
    }

    fn begin_set(&mut self) -> Result<(), Refusal> {
        let source_kind = if self.is_recording() { "video" } else { "camera" };
        let model = self.options.model.id().to_owned();
        let origin = SetOrigin { model, source_kind: source_kind.to_owned(), started_at: now() };
        self.practice.start(origin, &mut self.recorder)
    }

    fn choose_exercise(&mut self, id: &str) -> Result<(), Refusal> {
        let exercise = ExerciseDef::load(id).map_err(|e| Refusal::Exercise(e.to_string()))?;
        self.end_set();
        self.practice.choose(Arc::new(exercise));
        Ok(())
    }

    /// Ends the set, if one runs.
    fn end_set(&mut self) {
        let _none_runs = self.practice.finish(&mut self.recorder);
    }

    fn is_recording(&self) -> bool {
        matches!(self.options.input, LiveInput::Recording(_))
    }

    fn recording_ended(&mut self) {
        self.end_set();
        self.feed = None;
    }

    fn fail(&mut self, error: &dyn std::error::Error) {
        self.end_set();
        self.feed = None;
        self.source = SourceState::Failed(error.to_string());
    }

    /// Opens the model and the source; without any camera, the demo clip.
    fn open(&mut self) {
        if let Err(e) = self.estimator.open(self.options.model) {
            return self.fail(&e);
        }
        match self.options.input.clone() {
            LiveInput::Recording(path) => self.open_recording(&path),
            LiveInput::Camera(name) => self.open_camera(name.as_deref()),
        }
        self.source_name = self.feed.as_ref().map(|feed| feed.info().name).unwrap_or_default();
    }

    fn open_recording(&mut self, path: &Path) {
        match Input::open(path, DEFAULT_IMAGE_FPS) {
            Ok(input) => {
                self.feed = Some(Feed::new(input).at_own_pace());
                self.source = SourceState::Fine;
                // A recording cannot wait for somebody to press start.
                self.refusal = self.begin_set().err();
            }
            Err(e) => self.fail(&e),
        }
    }

    fn open_camera(&mut self, name: Option<&str>) {
        let cameras = camera_names();
        let is_there_none = cameras.is_empty();
        self.shared.set_cameras(cameras);
        if is_there_none && name.is_none() {
            return self.open_demo();
        }
        match Input::open_camera(name) {
            Ok(input) => {
                self.feed = Some(Feed::new(input));
                self.source = SourceState::Fine;
            }
            Err(e) => self.fail(&e),
        }
    }

    fn open_demo(&mut self) {
        let clip: PathBuf = assets::find(DEMO_CLIP);
        match ExerciseDef::load(DEMO_EXERCISE) {
            Ok(def) => self.practice.choose(Arc::new(def)),
            Err(e) => return self.fail(&e),
        }
        self.options.input = LiveInput::Recording(clip.clone());
        self.recorder.stop();
        self.open_recording(&clip);
    }

    fn follow(&mut self, seen: Box<Seen>) {
        self.source = SourceState::Fine;
        self.empty = 0;
        self.practice.step(&seen.pose, &mut self.recorder);
        let at = seen.pose.at;
        self.analysed.push_back(at);
        while self.analysed.front().is_some_and(|t| at.since(*t) > FPS_WINDOW_S) {
            self.analysed.pop_front();
        }
        self.latest = Some(seen);
    }

    fn analysed_fps(&self) -> f64 {
        match (self.analysed.front(), self.analysed.back()) {
            (Some(first), Some(last)) if last > first => (self.analysed.len() - 1) as f64 / last.since(*first),
            _ => 0.0,
        }
    }

    fn status(&self) -> LiveStatus {
        match &self.source {
            SourceState::Failed(why) => LiveStatus::Failed(why.clone()),
            SourceState::Waiting(why) if !self.practice.is_set_running() => LiveStatus::Waiting(why.clone()),
            SourceState::Waiting(why) if self.empty >= LOST_AFTER => LiveStatus::Lost(why.clone()),
            SourceState::Starting => LiveStatus::Starting,
            SourceState::Fine | SourceState::Waiting(_) => self.practice.status(),
        }
    }

    fn publish(&self) {
        let mut view = LiveView::starting(self.practice.exercise());
        view.exercise = ExerciseCard::of(self.practice.exercise());
        view.status = self.status();
        view.refusal.clone_from(&self.refusal);
        view.source_name.clone_from(&self.source_name);
        view.is_recording = self.is_recording();
        view.analysed_fps = self.analysed_fps();
        view.dropped = self.feed.as_ref().map_or(0, Feed::dropped);
        view.keeping = RecordingView {
            is_on: self.recorder.is_on(),
            sets: self.recorder.sets(),
            trouble: self.recorder.trouble().map(str::to_owned),
            notice: self.recorder.notice().map(str::to_owned),
            offer: self.recorder.offer().cloned(),
        };
        if let Some(seen) = &self.latest {
            let pose = &seen.pose;
            view.frame.clone_from(&seen.frame);
            view.points =
                pose.found.then(|| pose.points.map(|p| p.map(|p| DrawnPoint { at: p.pos, trusted: p.trusted })));
        }
        self.practice.show(&mut view);
        self.shared.publish(view);
    }
}

#[cfg(feature = "camera")]
fn camera_names() -> Vec<String> {
    let cameras = crate::vision::source::camera::list_cameras().unwrap_or_default();
    cameras.into_iter().map(|camera| camera.name).collect()
}

/// This build has no camera.
#[cfg(not(feature = "camera"))]
fn camera_names() -> Vec<String> {
    Vec::new()
}
