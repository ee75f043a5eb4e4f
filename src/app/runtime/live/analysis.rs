//! The analysis thread: opens the source, obeys, follows frames, publishes.

use super::cameras::camera_names;
use super::clock::FrameClock;
use super::coached::{Coached, Hands, shared_view};
use super::options::{LiveInput, LiveOptions};
use super::practice::Practice;
use super::recorder::SetRecorder;
use super::shared::Shared;
use crate::app::runtime::feed::{Feed, FeedStep, Seen};
use crate::app::runtime::view::{
    Command, DrawnPoint, ExerciseCard, LiveStatus, LiveView, RecordingView, Refusal, RoutineChoice,
};
use crate::app::settings::Settings;
use crate::base::assets;
use crate::base::time::Timestamp;
use crate::coach::programme::Programme;
use crate::coach::sentence::Wait;
use crate::coach::{Input, Order};
use crate::exercise::ExerciseDef;
use crate::exercise::routine::catalogue as routines;
use crate::sound::speaker::Speaker;
use crate::vision::estimator::PoseEstimator;
use crate::vision::input::DEFAULT_IMAGE_FPS;
use crate::vision::input::Input as PictureInput;
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
    speaker: Option<Speaker>,
    /// The session under way.
    coached: Option<Coached>,
    clock: FrameClock,
    /// Why the latest command was not carried out.
    refusal: Option<Refusal>,
    analysed: VecDeque<Timestamp>,
    latest: Option<Box<Seen>>,
}

impl Analysis {
    pub fn new(options: LiveOptions, shared: Arc<Shared>, inbox: Receiver<Command>) -> Self {
        let recorder = SetRecorder::new(options.keep_in.clone(), options.settings.person.clone());
        let voice = (!options.is_silent).then(|| options.settings.voice(options.cue_log.clone()));
        let speaker =
            voice.and_then(|v| Speaker::start(v).inspect_err(|e| tracing::warn!("there is no voice: {e}")).ok());
        Self {
            speaker,
            coached: None,
            clock: FrameClock::default(),
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
        if let Some(choice) = self.options.begin.take() {
            self.refusal = self.begin_routine(&choice).err();
        }
        self.publish();
        while self.obey() {
            let Some(feed) = &mut self.feed else {
                self.pass_time(Wait::NoPicture);
                continue;
            };
            self.estimator.sample(self.practice.exercise().chords());
            match feed.step(&mut self.estimator) {
                Ok(FeedStep::Seen(seen)) => self.follow(seen),
                Ok(FeedStep::Early(_)) => continue,
                Ok(FeedStep::Waiting(why)) => {
                    self.source = SourceState::Waiting(why);
                    self.empty += 1;
                    if self.empty >= LOST_AFTER {
                        self.pass_time(Wait::NoPicture);
                    }
                }
                Ok(FeedStep::End) => self.recording_ended(),
                Err(e) => self.fail(&e),
            }
            self.publish();
        }
        self.end_session();
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
        match command {
            Command::Start => {
                self.begin_exercise()?;
                self.recorder.close_what_was_left_open();
                Ok(())
            }
            Command::Begin(choice) => {
                self.begin_routine(&choice)?;
                self.recorder.close_what_was_left_open();
                Ok(())
            }
            Command::Coach(order) => self.order(order),
            Command::Mute(is_muted) => {
                self.speaker.iter().for_each(|speaker| speaker.mute(is_muted));
                Ok(())
            }
            Command::Use(settings) => {
                self.use_settings(*settings);
                Ok(())
            }
            Command::StopMeasuring => {
                self.practice.stop_measuring();
                Ok(())
            }
            Command::Calibrate if self.feed.is_none() => Err(Refusal::NoPicture),
            Command::Calibrate if self.coached.is_some() => Err(Refusal::SetRuns),
            Command::Calibrate => self.practice.calibrate(),
            Command::ChooseExercise(id) => self.choose_exercise(&id),
            Command::ResumeSession => self.recorder.decide(true),
            Command::CloseSession => self.recorder.decide(false),
            Command::ChooseCamera(name) => {
                // A session that runs waits for the new picture.
                self.feed = None;
                self.options.input = LiveInput::Camera(Some(name));
                self.open();
                Ok(())
            }
        }
    }

    /// Other settings from now on; those of a running session stay as they were when it began, but for its sound.
    fn use_settings(&mut self, settings: Settings) {
        if let Some(speaker) = &self.speaker {
            speaker.set(settings.voice(None));
        }
        self.recorder.set_person(&settings.person);
        self.options.settings = settings;
    }

    fn begin_exercise(&mut self) -> Result<(), Refusal> {
        let programme = Programme::of_exercise(Arc::clone(self.practice.exercise()));
        self.begin_session(programme, false, None)
    }

    fn begin_routine(&mut self, choice: &RoutineChoice) -> Result<(), Refusal> {
        let routine = routines::load(&choice.routine).map_err(|e| Refusal::Exercise(e.to_string()))?;
        let programme = Programme::of_routine(&routine, &choice.left_out).ok_or(Refusal::NothingLeft)?;
        self.begin_session(programme, choice.has_warm_up, choice.pain_before)
    }

    fn begin_session(&mut self, programme: Programme, has_warm_up: bool, pain: Option<u8>) -> Result<(), Refusal> {
        if self.coached.as_ref().is_some_and(|coached| !coached.is_at_its_end()) {
            return Err(Refusal::SetRuns);
        }
        self.end_session();
        if self.feed.is_none() {
            self.open();
        }
        match self.feed {
            None => return Err(Refusal::NoPicture),
            // A recording begins its set by itself.
            Some(_) if self.coached.is_some() => return Ok(()),
            Some(_) => (),
        }
        self.practice.stop_measuring();
        self.recorder.note_pain_before(pain);
        let (at, manner) = (self.clock.now(), self.options.settings.manner());
        let source_kind = self.source_kind();
        let mut hands = Hands {
            practice: &mut self.practice,
            recorder: &mut self.recorder,
            speaker: self.speaker.as_ref(),
            origin: (self.options.model.id(), source_kind),
        };
        self.coached = Some(Coached::begin(programme, manner, at, has_warm_up, &mut hands));
        Ok(())
    }

    /// Tells the coach something.
    fn tell(&mut self, input: &Input<'_>) {
        let source_kind = self.source_kind();
        let Some(coached) = &mut self.coached else { return };
        let mut hands = Hands {
            practice: &mut self.practice,
            recorder: &mut self.recorder,
            speaker: self.speaker.as_ref(),
            origin: (self.options.model.id(), source_kind),
        };
        coached.step(input, &mut hands);
        if coached.is_over() {
            self.coached = None;
        }
    }

    fn order(&mut self, order: Order) -> Result<(), Refusal> {
        if self.coached.is_none() {
            return Err(Refusal::NoSet);
        }
        let at = self.clock.now();
        self.tell(&Input::Order { at, order });
        Ok(())
    }

    /// Time goes on for a session though there is no picture.
    fn pass_time(&mut self, why: Wait) {
        if self.coached.is_some() {
            let at = self.clock.now();
            self.tell(&Input::NoPicture { at, why });
            self.publish();
        }
    }

    fn choose_exercise(&mut self, id: &str) -> Result<(), Refusal> {
        if self.coached.as_ref().is_some_and(|coached| !coached.is_at_its_end()) {
            return Err(Refusal::SetRuns);
        }
        let exercise = ExerciseDef::load(id).map_err(|e| Refusal::Exercise(e.to_string()))?;
        self.end_session();
        self.practice.choose(Arc::new(exercise));
        Ok(())
    }

    /// Ends the session, if one runs, and closes it.
    fn end_session(&mut self) {
        // The first order ends it, the second closes its summary.
        for _ in 0..2 {
            if self.coached.is_some() {
                let _closed = self.order(Order::EndSession);
            }
        }
    }

    fn is_recording(&self) -> bool {
        matches!(self.options.input, LiveInput::Recording(_))
    }

    fn source_kind(&self) -> &'static str {
        if self.is_recording() { "video" } else { "camera" }
    }

    /// A recording is over: so is its session, whose summary stays.
    fn recording_ended(&mut self) {
        if self.coached.as_ref().is_some_and(|coached| !coached.is_at_its_end()) {
            let _ended = self.order(Order::EndSession);
        }
        self.feed = None;
    }

    /// The source cannot go on. A session waits, and ends by itself if nothing comes.
    fn fail(&mut self, error: &dyn std::error::Error) {
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
        match PictureInput::open(path, DEFAULT_IMAGE_FPS) {
            Ok(input) => {
                self.feed = Some(Feed::new(input).at_own_pace());
                self.source = SourceState::Fine;
                // A recording cannot wait for somebody to press start.
                self.refusal = self.begin_exercise().err();
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
        match PictureInput::open_camera(name) {
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
        self.clock.note(seen.pose.at);
        let events = self.practice.step(&seen.pose, &mut self.recorder);
        let standing = self.practice.standing();
        self.tell(&Input::Frame { pose: &seen.pose, events: &events, standing: standing.as_ref() });
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
            SourceState::Waiting(why) if self.coached.is_none() => LiveStatus::Waiting(why.clone()),
            SourceState::Waiting(why) if self.empty >= LOST_AFTER => LiveStatus::Lost(why.clone()),
            SourceState::Starting => LiveStatus::Starting,
            SourceState::Fine | SourceState::Waiting(_) => match &self.coached {
                None => self.practice.status(),
                Some(coached) if coached.is_at_its_end() => LiveStatus::Finished,
                Some(coached) if coached.is_paused() => LiveStatus::Paused,
                Some(_) => LiveStatus::Running,
            },
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
        view.coach = shared_view(self.coached.as_ref());
        view.sound = self.speaker.as_ref().map(Speaker::state).unwrap_or_default();
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
