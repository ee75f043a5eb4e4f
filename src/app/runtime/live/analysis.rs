//! The analysis thread's own state and loop.

use super::recorder::SetRecorder;
use super::{LiveInput, LiveOptions, Shared};
use crate::app::runtime::pace::Pace;
use crate::app::runtime::view::{Command, DrawnPoint, ExerciseCard, HoldProgress, LiveStatus, LiveView, RecordingView};
use crate::base::assets;
use crate::base::time::Timestamp;
use crate::counting::calibrate::{Calibration, Calibrator, Outcome, Stage};
use crate::counting::engine::{Engine, EngineOptions};
use crate::counting::record::Rep;
use crate::exercise::catalogue;
use crate::motion::track::{PoseSmoother, TrackedPose};
use crate::vision::estimator::PoseEstimator;
use crate::vision::frame::Frame;
#[cfg(feature = "camera")]
use crate::vision::source::camera::{CameraSelector, CameraSource, list_cameras};
use crate::vision::source::video::VideoSource;
use crate::vision::source::{FrameSource, Next, SourceError};
use crossbeam_channel::{Receiver, RecvTimeoutError, TryRecvError};
use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::Arc;
#[cfg(feature = "camera")]
use std::sync::PoisonError;
use std::time::Duration;

/// The frame rate shown is that of the last seconds.
const FPS_WINDOW_S: f64 = 3.0;
/// How long the thread sleeps between looks at its inbox when there is nothing to analyse.
const IDLE_WAIT: Duration = Duration::from_millis(200);

/// Name of the clip that plays where there is no camera.
pub const DEMO_CLIP: &str = "demo/wall_angels.mp4";
/// What the demo clip shows.
const DEMO_EXERCISE: &str = "wall_angels";

enum Source {
    #[cfg(feature = "camera")]
    Camera(Box<CameraSource>),
    Recording(Box<VideoSource>, Pace),
}

impl Source {
    fn dropped(&self) -> u64 {
        match self {
            #[cfg(feature = "camera")]
            Self::Camera(c) => c.dropped(),
            Self::Recording(..) => 0,
        }
    }

    fn next(&mut self) -> Result<Next, SourceError> {
        match self {
            #[cfg(feature = "camera")]
            Self::Camera(c) => c.next_frame(),
            Self::Recording(v, _) => v.next_frame(),
        }
    }

    fn name(&self) -> String {
        match self {
            #[cfg(feature = "camera")]
            Self::Camera(c) => c.info().name,
            Self::Recording(v, _) => v.info().name,
        }
    }
}

/// Everything the analysis thread owns.
pub(super) struct Analysis {
    options: LiveOptions,
    shared: Arc<Shared>,
    inbox: Receiver<Command>,
    eye: PoseEstimator,
    source: Option<Source>,
    source_name: String,
    engine: Option<Engine>,
    calibrator: Option<Calibrator>,
    /// What the last calibration of this exercise came to.
    calibrated: Option<Outcome>,
    is_holding: bool,
    /// Follows the person while no set runs, for drawing only.
    idle_tracker: PoseSmoother,
    status: LiveStatus,
    analysed: VecDeque<Timestamp>,
    latest: Option<(Arc<Frame>, TrackedPose)>,
    reps: Vec<Rep>,
    keeping: SetRecorder,
}

impl Analysis {
    pub(super) fn new(options: LiveOptions, shared: Arc<Shared>, inbox: Receiver<Command>) -> Self {
        let keeping = SetRecorder::new(options.keep_in.clone());
        Self {
            options,
            shared,
            inbox,
            eye: PoseEstimator::default(),
            source: None,
            source_name: String::new(),
            engine: None,
            calibrator: None,
            calibrated: None,
            is_holding: false,
            idle_tracker: PoseSmoother::default(),
            status: LiveStatus::Starting,
            analysed: VecDeque::new(),
            latest: None,
            reps: Vec::new(),
            keeping,
        }
    }

    /// Runs until nobody can send commands any more.
    pub(super) fn run(mut self) {
        self.publish();
        self.open();
        self.publish();
        while self.obey() {
            let Some(source) = &mut self.source else { continue };
            match source.next() {
                Ok(Next::Frame(frame)) => {
                    if !self.wait_until_due(frame.at) {
                        break;
                    }
                    self.analyse(frame);
                }
                Ok(Next::Waiting(why)) => {
                    if !matches!(self.status, LiveStatus::Running | LiveStatus::Paused | LiveStatus::Finished) {
                        self.status = LiveStatus::Waiting(why);
                    }
                }
                Ok(Next::End) => self.recording_ended(),
                Err(e) => self.fail(&e),
            }
            self.publish();
        }
        self.finish_set();
        self.keeping.end();
    }

    /// Carries out waiting commands; false when the program is being closed.
    fn obey(&mut self) -> bool {
        if self.source.is_none() {
            return match self.inbox.recv_timeout(IDLE_WAIT) {
                Ok(command) => {
                    self.carry_out(command);
                    self.publish();
                    true
                }
                Err(RecvTimeoutError::Timeout) => true,
                Err(RecvTimeoutError::Disconnected) => false,
            };
        }
        loop {
            match self.inbox.try_recv() {
                Ok(command) => self.carry_out(command),
                Err(TryRecvError::Empty) => return true,
                Err(TryRecvError::Disconnected) => return false,
            }
        }
    }

    fn carry_out(&mut self, command: Command) {
        let at = self.latest.as_ref().map_or(Timestamp(0), |(f, _)| f.at);
        match command {
            Command::Start => self.start_set(),
            Command::Pause | Command::Resume => {
                let pause = command == Command::Pause;
                if let Some(engine) = &mut self.engine {
                    let events = engine.set_paused(at, pause);
                    self.keeping.tell(&events);
                    self.status = if pause { LiveStatus::Paused } else { LiveStatus::Running };
                }
            }
            Command::Finish if self.calibrator.take().is_some() => self.status = LiveStatus::Idle,
            Command::Finish => self.finish_set(),
            Command::Calibrate => self.calibrate(),
            Command::Holding(holding) => {
                if let Some(engine) = self.engine.as_mut().filter(|_| self.status == LiveStatus::Running) {
                    let events = engine.set_holding(at, holding);
                    self.keeping.tell(&events);
                    self.is_holding = holding;
                    self.reps = engine.reps();
                }
            }
            Command::ChooseExercise(id) => match catalogue::load(&id) {
                Ok(def) => {
                    self.finish_set();
                    self.options.exercise = Arc::new(def);
                    self.calibrator = None;
                    self.calibrated = None;
                    self.reps.clear();
                    self.status = if self.source.is_some() { LiveStatus::Idle } else { self.status.clone() };
                }
                Err(e) => self.status = LiveStatus::Failed(e.to_string()),
            },
            Command::ResumeSession => self.keeping.decide(true),
            Command::CloseSession => self.keeping.decide(false),
            Command::ChooseCamera(name) => {
                self.finish_set();
                self.source = None;
                self.options.input = LiveInput::Camera(Some(name));
                self.open();
            }
        }
    }

    fn start_set(&mut self) {
        if self.source.is_none() {
            self.open();
        }
        if self.source.is_some() {
            let def = Arc::clone(&self.options.exercise);
            let kept = if self.calibrated.is_none() { self.keeping.range_of(&def) } else { None };
            self.keeping.begin_set(&def, self.options.model.id(), self.source_kind());
            let options = EngineOptions {
                own_range: self.calibration().or(kept.as_ref()).map(|c| c.own_range),
                self_timed: self.is_self_timed(),
                ..EngineOptions::default()
            };
            self.engine = Some(Engine::new(Arc::clone(&self.options.exercise), options));
            self.calibrator = None;
            self.is_holding = false;
            self.reps.clear();
            self.status = LiveStatus::Running;
        }
    }

    /// Starts to learn the own range, where the exercise has one.
    fn calibrate(&mut self) {
        let at_rest = matches!(self.status, LiveStatus::Idle | LiveStatus::Finished);
        if at_rest && self.source.is_some() {
            self.calibrator = Calibrator::new(Arc::clone(&self.options.exercise));
            if self.calibrator.is_some() {
                self.calibrated = None;
                self.status = LiveStatus::Calibrating;
            }
        }
    }

    fn calibration(&self) -> Option<&Calibration> {
        if let Some(Outcome::Known(calibration)) = &self.calibrated { Some(calibration) } else { None }
    }

    fn is_self_timed(&self) -> bool {
        matches!(self.calibrated, Some(Outcome::Unseen { .. }))
    }

    fn finish_set(&mut self) {
        self.is_holding = false;
        if let Some(mut engine) = self.engine.take() {
            let (events, record) = engine.finish();
            self.reps.clone_from(&record.reps);
            self.keeping.tell(&events);
            self.keeping.finish_set(record, self.source_kind(), self.options.model.id());
            self.status = LiveStatus::Finished;
        }
    }

    fn source_kind(&self) -> &'static str {
        if matches!(self.options.input, LiveInput::Recording(_)) { "video" } else { "camera" }
    }

    fn recording_ended(&mut self) {
        self.finish_set();
        self.source = None;
        self.status = LiveStatus::Finished;
    }

    fn fail(&mut self, error: &dyn std::error::Error) {
        self.finish_set();
        self.source = None;
        self.status = LiveStatus::Failed(error.to_string());
    }

    /// Opens the model and the source; without any camera, the demo clip.
    fn open(&mut self) {
        if let Err(e) = self.eye.open(self.options.model) {
            return self.fail(&e);
        }
        self.idle_tracker = PoseSmoother::default();
        match self.options.input.clone() {
            LiveInput::Recording(path) => self.open_recording(&path),
            LiveInput::Camera(name) => self.open_camera(name.as_deref()),
        }
        self.source_name = self.source.as_ref().map(Source::name).unwrap_or_default();
    }

    fn open_recording(&mut self, path: &Path) {
        match VideoSource::open(path) {
            Ok(video) => {
                self.source = Some(Source::Recording(Box::new(video), Pace::new()));
                // A recording cannot wait for somebody to press start.
                self.start_set();
            }
            Err(e) => self.fail(&e),
        }
    }

    #[cfg(feature = "camera")]
    fn open_camera(&mut self, name: Option<&str>) {
        let cameras: Vec<String> = list_cameras().unwrap_or_default().into_iter().map(|c| c.name).collect();
        let none = cameras.is_empty();
        *self.shared.cameras.lock().unwrap_or_else(PoisonError::into_inner) = cameras;
        if none && name.is_none() {
            return self.open_demo();
        }
        let selector = name.map_or(CameraSelector::Default, |n| CameraSelector::Name(n.to_owned()));
        match CameraSource::open(&selector) {
            Ok(camera) => {
                self.source = Some(Source::Camera(Box::new(camera)));
                self.status = LiveStatus::Idle;
            }
            Err(e) => self.fail(&e),
        }
    }

    #[cfg(not(feature = "camera"))]
    fn open_camera(&mut self, _: Option<&str>) {
        self.open_demo();
    }

    fn open_demo(&mut self) {
        let clip: PathBuf = assets::find(DEMO_CLIP);
        match catalogue::load(DEMO_EXERCISE) {
            Ok(def) => self.options.exercise = Arc::new(def),
            Err(e) => return self.fail(&e),
        }
        self.options.input = LiveInput::Recording(clip.clone());
        self.keeping.stop();
        self.open_recording(&clip);
    }

    /// Holds a recording's frame back until it is due; false when the program is being closed meanwhile.
    fn wait_until_due(&mut self, at: Timestamp) -> bool {
        while let Some(Source::Recording(_, pace)) = &mut self.source {
            if pace.wait(at) {
                break;
            }
            if !self.obey() {
                return false;
            }
        }
        true
    }

    fn analyse(&mut self, frame: Frame) {
        let estimate = match self.eye.look(&frame) {
            Ok(estimate) => estimate,
            Err(e) => return self.fail(&e),
        };
        if matches!(self.status, LiveStatus::Waiting(_) | LiveStatus::Starting) {
            self.status = LiveStatus::Idle;
        }
        let tracked = match (&mut self.calibrator, &mut self.engine) {
            (Some(calibrator), _) => {
                let tracked = calibrator.step(&estimate);
                if let Stage::Done(outcome) = calibrator.stage() {
                    self.calibrated = Some(outcome.clone());
                    if let Outcome::Known(calibration) = outcome {
                        self.keeping.keep_range(calibration);
                    }
                    self.calibrator = None;
                    self.status = LiveStatus::Idle;
                }
                tracked
            }
            (None, Some(engine)) => {
                let step = engine.step(&estimate);
                self.keeping.take(&step.tracked, &step.events, engine);
                if !step.events.is_empty() {
                    self.reps = engine.reps();
                }
                step.tracked
            }
            (None, None) => self.idle_tracker.step(&estimate),
        };
        self.analysed.push_back(frame.at);
        while self.analysed.front().is_some_and(|t| frame.at.since(*t) > FPS_WINDOW_S) {
            self.analysed.pop_front();
        }
        self.latest = Some((Arc::new(frame), tracked));
    }

    fn analysed_fps(&self) -> f64 {
        match (self.analysed.front(), self.analysed.back()) {
            (Some(first), Some(last)) if last > first => (self.analysed.len() - 1) as f64 / last.since(*first),
            _ => 0.0,
        }
    }

    fn publish(&self) {
        let mut view = LiveView::starting(&self.options.exercise);
        view.exercise = ExerciseCard::of(&self.options.exercise);
        view.status = self.status.clone();
        view.source_name.clone_from(&self.source_name);
        view.is_recording = matches!(self.options.input, LiveInput::Recording(_));
        view.analysed_fps = self.analysed_fps();
        view.dropped = self.source.as_ref().map_or(0, Source::dropped);
        view.reps.clone_from(&self.reps);
        let told = self.calibrator.as_ref().map(|c| c.stage().words());
        view.calibration = told.or_else(|| self.calibrated.as_ref().map(Outcome::words));
        view.self_timed = self.is_self_timed();
        view.is_holding = self.is_holding;
        view.keeping = RecordingView {
            is_on: self.keeping.is_on(),
            sets: self.keeping.sets(),
            trouble: self.keeping.trouble().map(str::to_owned),
            notice: self.keeping.notice().map(str::to_owned),
            offer: self.keeping.offer().cloned(),
        };
        view.totals = crate::counting::record::RepTotals::of(&self.reps);
        if let Some((frame, tracked)) = &self.latest {
            view.frame = Some(Arc::clone(frame));
            view.points =
                tracked.found.then(|| tracked.points.map(|p| p.map(|p| DrawnPoint { at: p.pos, trusted: p.trusted })));
            if let Some(engine) = &self.engine {
                view.phase = engine.phase();
                view.hold = engine.hold().map(|(elapsed_s, target_s)| HoldProgress { elapsed_s, target_s });
                view.side = engine.side();
                view.cue = engine.cue(frame.at).map(str::to_owned);
                view.advice = engine.advice().map(str::to_owned);
            }
        }
        self.shared.publish(view);
    }
}
