//! What the window (or any other watcher) sees and says: complete snapshots and commands.
//!
//! Analysis publishes a whole [`LiveView`] a frame; whoever draws reads the newest one. Nothing here knows egui.

use crate::base::geom::Point;
use crate::base::skeleton::LANDMARK_COUNT;
use crate::counting::engine::Refused;
use crate::counting::phase::Phase;
use crate::counting::record::{Rep, RepSide, RepTotals};
use crate::exercise::{ExerciseDef, Mode};
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
    /// Seconds to hold, in hold mode.
    pub target_hold_s: f64,
    /// Whether left and right are counted apart.
    pub has_sides: bool,
    /// How to place oneself and the camera.
    pub setup: String,
}

/// Everything about one moment, frozen.
#[derive(Clone, Debug)]
pub struct LiveView {
    /// What the program is doing.
    pub status: LiveStatus,
    /// Name of the source: camera or file name.
    pub source_name: String,
    /// Whether the source is a recording (the demo clip) rather than a camera.
    pub is_recording: bool,
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
    /// Side of the running or latest repetition.
    pub side: Option<RepSide>,
    /// The cue to show, if one is current.
    pub cue: Option<String>,
    /// How to stand, turn or move so that counting can begin.
    pub advice: Option<String>,
    /// What to do now, or what came out, while and after the own range is learned.
    pub calibration: Option<String>,
    /// The movement cannot be seen from here: the person says when it is held.
    pub self_timed: bool,
    /// The person has said to be in position.
    pub is_holding: bool,
    /// Repetitions so far.
    pub reps: Vec<Rep>,
    /// Why nothing counted, after a set in which nothing did.
    pub because: Option<String>,
    /// Why the latest command was not carried out.
    pub refusal: Option<Refusal>,
    /// What is kept of all this.
    pub keeping: RecordingView,
    /// Frames analysed per second, measured over the last seconds.
    pub analysed_fps: f64,
    /// Frames that came while analysis was busy.
    pub dropped: u64,
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
    /// Repetitions that stand in it.
    pub counted: u32,
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
            frame: None,
            points: None,
            exercise: ExerciseCard::of(def),
            phase: Phase::Setup,
            totals: RepTotals::default(),
            hold: None,
            side: None,
            cue: None,
            advice: None,
            calibration: None,
            self_timed: false,
            is_holding: false,
            reps: Vec::new(),
            because: None,
            refusal: None,
            keeping: RecordingView::default(),
            analysed_fps: 0.0,
            dropped: 0,
        }
    }
}

impl ExerciseCard {
    /// The card of an exercise.
    pub fn of(def: &ExerciseDef) -> Self {
        Self {
            id: def.id.clone(),
            title: def.title.clone(),
            mode: def.mode,
            target_reps: def.target.reps,
            target_hold_s: def.target.hold_s,
            has_sides: def.has_sides(),
            setup: def.setup.clone(),
        }
    }
}

/// Why a command was not carried out; its text is what to show.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// A set was started, or the range was to be measured, while a set runs.
    #[error("A set is running: end it first")]
    SetRuns,
    /// There is no set to pause, end or time.
    #[error("No set is running")]
    NoSet,
    /// There is no picture to follow.
    #[error("There is no picture yet")]
    NoPicture,
    /// The exercise is counted by time.
    #[error("This exercise is counted by time, it has no range to measure")]
    NoRange,
    /// No session is offered to go on with.
    #[error("There is no unfinished session")]
    NoOffer,
    /// The exercise cannot be opened, and why.
    #[error("{0}")]
    Exercise(String),
    /// The set itself refuses.
    #[error(transparent)]
    Set(#[from] Refused),
}

/// What the window asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Begins a set.
    Start,
    /// Stops counting for a while.
    Pause,
    /// Goes on after a pause.
    Resume,
    /// Ends the set.
    Finish,
    /// Learns the own range in the exercise: twenty guided seconds.
    Calibrate,
    /// The person is in position, or no longer, in a set that goes by their word.
    Holding(bool),
    /// Changes the exercise (its id); ends the running set.
    ChooseExercise(String),
    /// Goes on in the session that is offered.
    ResumeSession,
    /// Closes the session that is offered.
    CloseSession,
    /// Changes the camera (its name); ends the running set.
    ChooseCamera(String),
}

/// The window's end of the running program.
pub trait LiveControl {
    /// The newest snapshot.
    fn view(&self) -> Arc<LiveView>;

    /// Sends a command; `false` when the program is too busy to take it (try again) or gone.
    fn send(&self, command: Command) -> bool;

    /// Exercises to pick from: id and title, in order.
    fn exercises(&self) -> Vec<(String, String)>;

    /// Names of the cameras there were when the list was last made.
    fn cameras(&self) -> Vec<String>;
}
