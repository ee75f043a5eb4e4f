//! What the window (or any other watcher) sees and says: complete snapshots and commands.
//!
//! Analysis publishes a whole [`LiveView`] a frame; whoever draws reads the newest one. Nothing here knows egui.

use super::archive::Archive;
use crate::app::settings::Settings;
use crate::base::geom::Point;
use crate::base::language::{tr, translated};
use crate::base::skeleton::{LANDMARK_COUNT, Landmark, Side};
use crate::coach::Order;
use crate::coach::outcome::{Closing, Mark};
use crate::coach::sentence::{EndReason, Wait};
use crate::coach::talk::Shown;
use crate::counting::engine::Refused;
use crate::counting::phase::Phase;
use crate::counting::record::{Rep, RepSide, RepTotals};
use crate::exercise::library::Library;
use crate::exercise::{ExerciseDef, Mode};
use crate::history::store::Remarks;
use crate::motion::track::{Posture, View};
use crate::sound::speaker::SoundState;
use crate::vision::frame::Frame;
use std::sync::Arc;

/// A landmark to draw, in pixels of the frame it was found in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DrawnPoint {
    /// Where.
    pub at: Point,
    /// Trusted: drawn solid; else faint.
    pub trusted: bool,
}

/// What the program is doing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LiveStatus {
    /// Models or the source are being opened.
    Starting,
    /// The source has nothing at present, and why.
    Waiting(String),
    /// The same while a set runs, or is paused: it waits, too.
    Lost(String),
    /// The picture runs, nothing is counted until start.
    Idle,
    /// The own range is being learned.
    Calibrating,
    /// A set runs.
    Running,
    /// The set is paused.
    Paused,
    /// The set is over; the list stands.
    Finished,
    /// The program cannot go on, and why.
    Failed(String),
}

/// Progress of a hold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HoldProgress {
    /// Seconds held so far.
    pub elapsed_s: f64,
    /// Seconds to reach.
    pub target_s: f64,
}

/// The exercise as the window shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct ExerciseCard {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// What is counted.
    pub mode: Mode,
    /// Repetitions to do (per side, where there are sides).
    pub target_reps: u32,
    /// Whether both are done, and the target is for each.
    pub has_both_sides: bool,
    /// One line on what to do.
    pub summary: String,
    /// How to place oneself and the camera.
    pub setup: String,
    /// From where the camera looks.
    pub view: View,
    /// The side that must be nearer to it.
    pub near: Option<Side>,
    /// The only side that is done.
    pub only_side: Option<Side>,
    /// The posture that it is done in.
    pub posture: Posture,
}

/// Everything about one moment, frozen.
#[allow(clippy::struct_excessive_bools, reason = "a snapshot: each says something of its own")]
#[derive(Clone, Debug)]
pub struct LiveView {
    /// What the program is doing.
    pub status: LiveStatus,
    /// Name of the source: camera or file name.
    pub source_name: String,
    /// Whether the source is a recording (the demo clip) rather than a camera.
    pub is_recording: bool,
    /// It is the demo clip, since no camera was found.
    pub is_demo: bool,
    /// The picture analysed.
    pub frame: Option<Arc<Frame>>,
    /// The person in it.
    pub points: Option<[Option<DrawnPoint>; LANDMARK_COUNT]>,
    /// The exercise.
    pub exercise: ExerciseCard,
    /// Where the running repetition is.
    pub phase: Phase,
    /// Counts so far.
    pub totals: RepTotals,
    /// The running or latest hold, in hold mode.
    pub hold: Option<HoldProgress>,
    /// How far the movement is: 0 at rest, 1 where it counts.
    pub way: Option<f64>,
    /// Side of the running or latest repetition.
    pub side: Option<RepSide>,
    /// How to stand, turn or move so that counting can begin.
    pub advice: Option<String>,
    /// What to do now, or what came out, while and after the own range is learned.
    pub calibration: Option<String>,
    /// Repetitions so far.
    pub reps: Vec<Rep>,
    /// Why the latest command was not carried out.
    pub refusal: Option<Refusal>,
    /// The session under way, and where the coach is in it.
    pub coach: Option<Arc<CoachView>>,
    /// How the sound stands.
    pub sound: SoundState,
    /// The test of the voice, while one runs.
    pub hearing: Option<Hearing>,
    /// The computer may go to sleep in the session that runs: the desktop does not keep it awake.
    pub may_sleep: bool,
    /// What is kept of all this.
    pub keeping: RecordingView,
    /// Frames analysed per second, measured over the last seconds.
    pub analysed_fps: f64,
    /// Frames that came while analysis was busy.
    pub dropped: u64,
}

/// Whether the voice is heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hearing {
    /// It was asked; a raised hand is waited for.
    Asked,
    /// The hand was seen.
    Heard,
}

/// Where the coach is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum CoachStage {
    /// Coming into position.
    SetUp,
    /// Three, two, one.
    Ready(u32),
    /// A set.
    Set,
    /// A rest: seconds left; `None` after pain.
    Rest(Option<f64>),
    /// The warm-up: seconds left.
    WarmUp(f64),
    /// It waits, and the set ends by itself in so many seconds.
    Paused(Wait, f64),
    /// All is done.
    Summary,
}

/// What a set has come to.
#[derive(Clone, Debug, PartialEq)]
pub struct OutcomeView {
    /// Title of the exercise.
    pub title: String,
    /// How it ended.
    pub reason: EndReason,
    /// Repetitions that count.
    pub counted: u32,
    /// Repetitions that do not.
    pub not_counted: u32,
    /// Repetitions to do in all.
    pub target: u32,
    /// Seconds of activity and seconds to reach, where it goes by time.
    pub active_s: Option<(f64, f64)>,
    /// Its repetitions, in order.
    pub marks: Vec<Mark>,
    /// Why something did not count, as the record says it.
    pub why_not: Option<String>,
}

/// The session as the window shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct CoachView {
    /// Id of the routine; `None` where one exercise was chosen.
    pub routine: Option<String>,
    /// Title of the routine, or of the exercise.
    pub title: String,
    /// Which exercise, from 1.
    pub step: usize,
    /// How many there are.
    pub steps: usize,
    /// Which set of the exercise, from 1, and of how many.
    pub set: (u32, u32),
    /// Where it is.
    pub stage: CoachStage,
    /// What is done, or comes next.
    pub exercise: ExerciseCard,
    /// Title of another exercise that the person seems to do; whether that is to be counted is asked.
    pub offer: Option<String>,
    /// A correction or praise to show now.
    pub shown: Option<Shown>,
    /// The joints that the correction is about.
    pub at_fault: Vec<Landmark>,
    /// It has just been said that one of several people is followed.
    pub tells_of_others: bool,
    /// The pause is one of a rest.
    pub is_rest_paused: bool,
    /// What the routine says to what is done, or comes next.
    pub note: Option<String>,
    /// Questions are answered by a raised hand.
    pub answers_by_hand: bool,
    /// What has come of the session, once it is over; titles and cues in the person's language.
    pub closing: Option<Closing>,
    /// How far the raised hand is held, 0..1.
    pub hand: f64,
    /// Estimated time to the end, seconds.
    pub left_s: f64,
    /// What is over.
    pub outcomes: Vec<OutcomeView>,
}

/// A session that was left open, because the program was stopped in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenSession {
    /// Id.
    pub id: String,
    /// RFC 3339.
    pub started_at: String,
    /// Sets in it.
    pub sets: u32,
    /// Exercises that were done in it, one for each set that is over.
    pub done: Vec<String>,
}

/// What is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecordingView {
    /// Whether anything is kept at all.
    pub is_on: bool,
    /// Sets of the session so far.
    pub sets: u32,
    /// What stands in the way; counting goes on.
    pub trouble: Option<String>,
    /// What the person should know, though everything is kept.
    pub notice: Option<String>,
    /// A session to resume or close, between sets.
    pub offer: Option<OpenSession>,
}

impl LiveView {
    /// The view before anything was opened.
    pub fn starting(def: &ExerciseDef) -> Self {
        Self {
            status: LiveStatus::Starting,
            source_name: String::new(),
            is_recording: false,
            is_demo: false,
            frame: None,
            points: None,
            exercise: ExerciseCard::of(def),
            phase: Phase::Setup,
            totals: RepTotals::default(),
            hold: None,
            way: None,
            side: None,
            advice: None,
            calibration: None,
            reps: Vec::new(),
            refusal: None,
            coach: None,
            sound: SoundState::default(),
            hearing: None,
            may_sleep: false,
            keeping: RecordingView::default(),
            analysed_fps: 0.0,
            dropped: 0,
        }
    }
}

impl LiveView {
    /// Whether nothing has changed that is seen where no picture is shown.
    pub fn is_same_but_for_pictures(&self, other: &Self) -> bool {
        self.coach.is_none()
            && other.coach.is_none()
            && self.status == other.status
            && self.source_name == other.source_name
            && self.exercise == other.exercise
            && self.calibration == other.calibration
            && self.refusal == other.refusal
            && self.sound == other.sound
            && self.hearing == other.hearing
            && self.keeping == other.keeping
    }
}

impl ExerciseCard {
    /// The card of an exercise.
    pub fn of(def: &ExerciseDef) -> Self {
        Self {
            id: def.id.clone(),
            title: translated(&def.title),
            mode: def.mode,
            target_reps: def.target.reps,
            has_both_sides: def.has_sides() && def.only_side.is_none(),
            summary: translated(&def.summary),
            setup: translated(&def.setup),
            view: def.view,
            near: def.near_side(),
            only_side: def.only_side,
            posture: def.posture,
        }
    }
}

/// Why a command was not carried out; its text is what to show.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// A set was started, or the range was to be measured, while a set runs.
    #[error("{}", tr!("refused-session-runs"))]
    SetRuns,
    /// There is no session to pause or end.
    #[error("{}", tr!("refused-no-session"))]
    NoSet,
    /// No camera was found, and what is asked for wants one.
    #[error("{}", tr!("refused-no-camera"))]
    NoCamera,
    /// There is no picture to follow.
    #[error("{}", tr!("refused-no-picture"))]
    NoPicture,
    /// Everything in the routine was left out.
    #[error("{}", tr!("refused-nothing-left"))]
    NothingLeft,
    /// The exercise is counted by time.
    #[error("{}", tr!("refused-no-range"))]
    NoRange,
    /// No session is offered to go on with.
    #[error("{}", tr!("refused-no-offer"))]
    NoOffer,
    /// The exercise or routine cannot be opened, and why.
    #[error("{0}")]
    Exercise(String),
    /// The set itself refuses.
    #[error(transparent)]
    Set(#[from] Refused),
}

/// A routine as it is to be done today.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoutineChoice {
    /// Its id, or the path of its file.
    pub routine: String,
    /// Steps that are left out, by their place, from 0.
    pub left_out: Vec<usize>,
    /// About half of everything: the first times, or after a break.
    pub is_gentle: bool,
    /// Warm up first.
    pub has_warm_up: bool,
    /// Pain before, 0 to 10, if it was said.
    pub pain_before: Option<u8>,
}

/// What the window asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Begins a session of one exercise, the one that is chosen.
    Start,
    /// Begins a session of a routine.
    Begin(RoutineChoice),
    /// To the coach of the running session.
    Coach(Order),
    /// Nothing is heard, or all is heard again.
    Mute(bool),
    /// What the person says of the session that is just over.
    Remark(Remarks),
    /// That session is not to be kept after all.
    Discard,
    /// Asks whether the voice is heard from the mat.
    TestVoice,
    /// Other settings from now on.
    Use(Box<Settings>),
    /// Ends the measurement of the range.
    StopMeasuring,
    /// Learns the own range in the exercise: twenty guided seconds.
    Calibrate,
    /// Changes the exercise (its id), between sessions.
    ChooseExercise(String),
    /// Goes on in the session that is offered.
    ResumeSession,
    /// Closes the session that is offered.
    CloseSession,
    /// Changes the camera (its name); a session that runs waits for the picture.
    ChooseCamera(String),
}

/// The window's end of the running program.
pub trait LiveControl {
    /// The newest snapshot.
    fn view(&self) -> Arc<LiveView>;

    /// Sends a command; `false` when the program is too busy to take it (try again) or gone.
    fn send(&self, command: Command) -> bool;

    /// What the program remembers of its user.
    fn settings(&self) -> Settings;

    /// Remembers it from now on.
    ///
    /// # Errors
    /// Why it cannot be kept, in words.
    fn keep(&self, settings: &Settings) -> Result<(), String>;

    /// What there is to do.
    fn library(&self) -> &Library;

    /// What was kept; `None` where nothing is.
    fn archive(&self) -> Option<Archive>;

    /// Whether pictures are shown from now on: where they are not, nobody is woken for one.
    fn show_pictures(&self, _shows: bool) {}

    /// The system wants the program to end.
    fn is_told_to_end(&self) -> bool {
        false
    }

    /// Names of the cameras there were when the list was last made.
    fn cameras(&self) -> Vec<String>;
}
