//! The analysis thread: opens the source, obeys, follows frames, publishes.

mod begin;

use super::awake::Awake;
use super::coached::{Coached, Hands, shared_view};
use super::hearing::HearingTest;
use super::options::{LiveInput, LiveOptions};
use super::practice::Practice;
use super::recorder::SetRecorder;
use super::shared::Shared;
use super::sight::{Glance, Sight};
use crate::app::runtime::feed::Seen;
use crate::app::runtime::view::{Command, LiveStatus, LiveView, RecordingView, Refusal};
use crate::app::settings::Settings;
use crate::base::time::Timestamp;
use crate::coach::sentence::{Sentence, Wait};
use crate::coach::{Input, Order};
use crate::counting::calibrate::Stage;
use crate::exercise::library::Library;
use crate::sound::speaker::Speaker;
use crate::vision::infer::manifest::ModelChoice;
use crate::vision::pose::outline::Chords;
use crossbeam_channel::{Receiver, RecvTimeoutError, TryRecvError};
use std::sync::Arc;
use std::time::Duration;

/// How long the thread sleeps between looks at its inbox when there is nothing to analyse.
const IDLE_WAIT: Duration = Duration::from_millis(200);
/// The same where the next picture is not looked at yet.
const REST_WAIT: Duration = Duration::from_millis(40);
/// How to come into position is said no more often than this while the range is measured, seconds.
const GUIDED_EVERY_S: f64 = 4.0;

/// Everything the analysis thread owns.
pub(super) struct Analysis {
    options: LiveOptions,
    shared: Arc<Shared>,
    library: Arc<Library>,
    inbox: Receiver<Command>,
    sight: Sight,
    practice: Practice,
    recorder: SetRecorder,
    speaker: Option<Speaker>,
    /// The session under way.
    coached: Option<Coached>,
    /// The voice knows of it.
    is_expected: bool,
    awake: Awake,
    /// Whether the voice is heard.
    hearing: HearingTest,
    /// Since when the quicker model is used without anybody having been told.
    untold_since: Option<Timestamp>,
    /// Why the latest command was not carried out.
    refusal: Option<Refusal>,
    /// What was last said of the measurement of the range, and when.
    guided: Option<(Vec<String>, Timestamp)>,
    /// The demo clip stands in for a camera.
    is_demo: bool,
    /// Times that was waited for since cameras were last looked for.
    waited: u32,
}

/// The change of the model is told so long after it, seconds: it comes when a set has ended, and what is done next is said first.
const MODEL_TOLD_AFTER_S: f64 = 8.0;

impl Analysis {
    pub fn new(options: LiveOptions, shared: Arc<Shared>, library: Arc<Library>, inbox: Receiver<Command>) -> Self {
        let recorder = SetRecorder::new(options.keep_in.clone(), options.settings.person.clone());
        let voice = (!options.is_silent).then(|| options.settings.voice(options.cue_log.clone()));
        let speaker =
            voice.and_then(|v| Speaker::start(v).inspect_err(|e| tracing::warn!("there is no voice: {e}")).ok());
        Self {
            speaker,
            coached: None,
            is_expected: false,
            practice: Practice::new(Arc::clone(&options.exercise)),
            sight: Sight::new(
                options.input.clone(),
                options.model.unwrap_or(ModelChoice::Full),
                options.model.is_none(),
            ),
            options,
            shared,
            library,
            inbox,
            awake: Awake::new(),
            hearing: HearingTest::default(),
            recorder,
            untold_since: None,
            refusal: None,
            guided: None,
            is_demo: false,
            waited: 0,
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
            self.beat();
            let chords = if self.coached.as_ref().is_some_and(Coached::looks_out) {
                Chords::Trunk
            } else {
                self.practice.exercise().chords()
            };
            // Nobody relies on a picture at home.
            let patience_s = self.coached.as_ref().map_or(f64::INFINITY, Coached::patience_s);
            if self.is_at_ease() && self.sight.rests() {
                std::thread::sleep(REST_WAIT);
                continue;
            }
            match self.sight.look(chords, patience_s) {
                Glance::Closed => {
                    self.look_for_a_camera();
                    self.pass_time(Wait::NoPicture);
                    continue;
                }
                Glance::Early => continue,
                Glance::Seen(seen) => self.follow(seen),
                Glance::Blind(at, why) => self.tell(&Input::NoPicture { at, why }),
                Glance::Hiccup | Glance::Failed => (),
                Glance::Lost => self.pass_time(Wait::NoPicture),
                Glance::End(remarks) => {
                    self.practice.note_source(remarks);
                    self.recording_ended();
                }
            }
            self.publish();
        }
        self.end_session();
        self.recorder.end();
    }

    /// Tells the voice that all is well, and it and the desktop whether anybody relies on them.
    fn beat(&mut self) {
        let is_session = self.coached.as_ref().is_some_and(|coached| !coached.is_at_its_end());
        self.awake.want(is_session);
        let Some(speaker) = &self.speaker else { return };
        speaker.beat();
        if std::mem::replace(&mut self.is_expected, is_session) != is_session {
            speaker.expect(is_session);
        }
    }

    /// Carries out waiting commands; false when the program is being closed.
    fn obey(&mut self) -> bool {
        if !self.sight.is_open() {
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
            Command::Remark(said) => {
                self.recorder.remark(&said);
                if self.coached.is_some() { self.order(Order::Answer) } else { Ok(()) }
            }
            Command::Discard => {
                self.recorder.discard_last();
                self.order(Order::Close)
            }
            Command::TestVoice => {
                self.speaker.iter().for_each(|speaker| speaker.say(Sentence::CanYouHear));
                self.hearing.ask(self.sight.now());
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
            Command::Calibrate if !self.sight.is_open() => Err(Refusal::NoPicture),
            Command::Calibrate if self.coached.is_some() => Err(Refusal::SetRuns),
            Command::Calibrate => {
                self.guided = None;
                self.practice.calibrate()
            }
            Command::ChooseExercise(id) => self.choose_exercise(&id),
            Command::ResumeSession => self.recorder.decide(true),
            Command::CloseSession => self.recorder.decide(false),
            Command::ChooseCamera(name) => {
                // A session that runs waits for the new picture.
                self.sight.choose(LiveInput::Camera(Some(name)));
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
        if settings.person != self.options.settings.person {
            self.practice.forget_range();
        }
        let is_introduced = settings.introduced && !self.options.settings.introduced;
        self.options.settings = settings;
        if is_introduced && self.is_demo && self.coached.is_none() {
            // It has waited for the first pages to be read.
            self.open();
        }
    }

    /// Tells the coach something.
    fn tell(&mut self, input: &Input<'_>) {
        let source_kind = self.sight.kind();
        let Some(coached) = &mut self.coached else { return };
        let mut hands = Hands {
            practice: &mut self.practice,
            recorder: &mut self.recorder,
            speaker: self.speaker.as_ref(),
            origin: (self.sight.model(), source_kind),
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
        let at = self.sight.now();
        self.tell(&Input::Order { at, order });
        Ok(())
    }

    /// Time goes on for a session though there is no picture.
    fn pass_time(&mut self, why: Wait) {
        if self.coached.is_some() {
            let at = self.sight.now();
            self.tell(&Input::NoPicture { at, why });
            self.publish();
        }
    }

    fn follow(&mut self, seen: Box<Seen>) {
        let is_between = self.coached.as_ref().is_none_or(Coached::is_between_sets);
        if is_between && self.sight.steps_down() {
            self.untold_since = Some(seen.pose.at);
        }
        if self.untold_since.take_if(|since| seen.pose.at.since(*since) > MODEL_TOLD_AFTER_S).is_some() {
            self.speaker.iter().for_each(|speaker| speaker.say(Sentence::SlowMachine));
        }
        if self.hearing.step(&seen.pose) {
            self.speaker.iter().for_each(|speaker| speaker.say(Sentence::HandSeen));
        }
        let events = self.practice.step(&seen.pose, &mut self.recorder);
        self.guide(seen.pose.at);
        let standing = self.practice.standing();
        self.tell(&Input::Frame { pose: &seen.pose, events: &events, standing: standing.as_ref() });
        if self.coached.is_some() && self.sight.sees_others(&seen) {
            self.tell(&Input::Others { at: seen.pose.at });
        }
        self.sight.keep(seen);
    }

    /// Says what to do while the range is measured, and what came out, each once.
    fn guide(&mut self, at: Timestamp) {
        if self.coached.is_some() {
            return;
        }
        let Some(stage) = self.practice.stage() else {
            self.guided = None;
            return;
        };
        // While somebody walks, what is in the way changes from step to step.
        let is_on_the_way = matches!(stage, Stage::SetUp(_));
        let is_too_soon = self.guided.as_ref().is_some_and(|(_, said)| at.since(*said) < GUIDED_EVERY_S);
        let sentence = Sentence::Guide(Box::new(stage));
        let parts = sentence.parts();
        let is_said = self.guided.as_ref().is_some_and(|(said, _)| *said == parts);
        let is_to_wait = is_on_the_way && is_too_soon;
        if !(is_said || is_to_wait) {
            self.guided = Some((parts, at));
            self.speaker.iter().for_each(|speaker| speaker.say(sentence.clone()));
        }
    }

    /// Whether nobody relies on every picture: at home, a few a second are enough.
    fn is_at_ease(&self) -> bool {
        self.coached.is_none() && !self.practice.is_measuring() && self.hearing.state().is_none()
    }

    fn status(&self) -> LiveStatus {
        self.sight.status(self.coached.is_some()).unwrap_or_else(|| match &self.coached {
            None => self.practice.status(),
            Some(coached) if coached.is_at_its_end() => LiveStatus::Finished,
            Some(coached) if coached.is_paused() => LiveStatus::Paused,
            Some(_) => LiveStatus::Running,
        })
    }

    fn publish(&self) {
        let mut view = LiveView::starting(self.practice.exercise());
        view.status = self.status();
        view.refusal.clone_from(&self.refusal);
        self.sight.show(&mut view, self.is_at_ease());
        view.hearing = self.hearing.state();
        view.is_demo = self.is_demo;
        view.may_sleep = self.awake.may_sleep();
        view.coach = shared_view(self.coached.as_ref());
        view.sound = self.speaker.as_ref().map(Speaker::state).unwrap_or_default();
        view.keeping = RecordingView {
            is_on: self.recorder.is_on(),
            sets: self.recorder.sets(),
            trouble: self.recorder.trouble().map(str::to_owned),
            notice: self.recorder.notice().map(str::to_owned),
            offer: self.recorder.offer().cloned(),
        };
        self.practice.show(&mut view);
        self.shared.publish(view);
    }
}
