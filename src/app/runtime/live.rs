//! The live program: a thread that opens the source, looks at each frame, runs the engine and publishes snapshots.
//!
//! The analysis thread owns all state. Whoever watches reads the newest [`LiveView`] and sends [`Command`]s; a watcher that
//! is slow, hidden or gone never stops counting.

mod analysis;
mod recorder;

use super::view::{Command, ExerciseCard, LiveControl, LiveStatus, LiveView, RecordingView};
use crate::counting::phase::Phase;
use crate::counting::record::RepTotals;
use crate::exercise::{ExerciseDef, catalogue};
use crate::vision::infer::manifest::ModelChoice;
use crossbeam_channel::{Sender, bounded};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Commands that may wait for the analysis thread.
const COMMANDS: usize = 16;
/// How long shutting down waits for the analysis thread.
const CLOSE_DEADLINE: Duration = Duration::from_secs(2);

/// Called after each published view, so that a window can repaint.
pub type Waker = Arc<dyn Fn() + Send + Sync>;

/// Where live pictures come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LiveInput {
    /// The named camera, or the first one; the demo clip when there is none at all.
    Camera(Option<String>),
    /// A recording at its own pace.
    Recording(PathBuf),
}

/// Settings of the live program.
#[derive(Clone, Debug)]
pub struct LiveOptions {
    /// Where pictures come from.
    pub input: LiveInput,
    /// Exercise to begin with.
    pub exercise: Arc<ExerciseDef>,
    /// Landmark model.
    pub model: ModelChoice,
    /// Folder of the session store; nothing is kept without one, nor of the demo clip.
    pub keep_in: Option<PathBuf>,
}

/// The published state, shared by the analysis thread and its watchers.
struct Shared {
    view: Mutex<Arc<LiveView>>,
    cameras: Mutex<Vec<String>>,
    waker: Mutex<Option<Waker>>,
}

impl Shared {
    fn publish(&self, view: LiveView) {
        *self.view.lock().unwrap_or_else(PoisonError::into_inner) = Arc::new(view);
        // The waker is called after the lock is given back.
        let waker = self.waker.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(waker) = waker {
            waker();
        }
    }
}

/// A running live program. Dropping it ends the analysis thread.
pub struct LiveProgram {
    shared: Arc<Shared>,
    commands: Option<Sender<Command>>,
    done: crossbeam_channel::Receiver<()>,
    exercises: Vec<(String, String)>,
}

impl LiveProgram {
    /// Starts the analysis thread.
    ///
    /// # Errors
    /// When the system refuses a thread.
    pub fn start(options: LiveOptions) -> std::io::Result<Self> {
        let exercises = catalogue::load_all().unwrap_or_default();
        let shared = Arc::new(Shared {
            view: Mutex::new(Arc::new(LiveView::starting(&options.exercise))),
            cameras: Mutex::new(Vec::new()),
            waker: Mutex::new(None),
        });
        let (commands, inbox) = bounded(COMMANDS);
        let (finished, done) = bounded(1);
        let theirs = Arc::clone(&shared);
        std::thread::Builder::new().name("analysis".to_owned()).spawn(move || {
            analysis::Analysis::new(options, theirs, inbox).run();
            let _nobody_waits = finished.try_send(());
        })?;
        let exercises = exercises.into_iter().map(|d| (d.id, d.title)).collect();
        Ok(Self { shared, commands: Some(commands), done, exercises })
    }

    /// Whom to call after each published view.
    pub fn set_waker(&self, waker: Waker) {
        *self.shared.waker.lock().unwrap_or_else(PoisonError::into_inner) = Some(waker);
    }
}

impl Drop for LiveProgram {
    fn drop(&mut self) {
        // Closing the channel is the signal to stop; a thread stuck in a driver is left behind.
        self.commands = None;
        let _too_late = self.done.recv_timeout(CLOSE_DEADLINE);
    }
}

impl LiveControl for LiveProgram {
    fn view(&self) -> Arc<LiveView> {
        Arc::clone(&self.shared.view.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn send(&self, command: Command) -> bool {
        self.commands.as_ref().is_some_and(|c| c.try_send(command).is_ok())
    }

    fn exercises(&self) -> Vec<(String, String)> {
        self.exercises.clone()
    }

    fn cameras(&self) -> Vec<String> {
        self.shared.cameras.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl LiveView {
    /// The view before anything was opened.
    fn starting(def: &ExerciseDef) -> Self {
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
