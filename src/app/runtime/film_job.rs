//! Analyses a film beside everything else: how far it is, a way to stop it, and what came out.

use super::feed::Feed;
use super::live::Waker;
pub use super::recording::Analysed;
use super::recording::{Selection, made_at, remarks};
use crate::counting::runner::{SetOrigin, SetSink as _};
use crate::exercise::ExerciseDef;
use crate::exercise::plan::SetPlan;
use crate::history::store::SessionWriter;
use crate::vision::estimator::PoseEstimator;
use crate::vision::infer::manifest::ModelChoice;
use crate::vision::input::{DEFAULT_IMAGE_FPS, Input};
use crossbeam_channel::{Receiver, bounded};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// The waker is called after so many frames.
const WAKE_EVERY: u64 = 10;

/// An analysis under way. Dropping it stops it.
pub struct FilmJob {
    frames: Arc<AtomicU64>,
    of: Arc<AtomicU64>,
    is_stopped: Arc<AtomicBool>,
    result: Receiver<Result<Analysed, String>>,
}

impl FilmJob {
    /// Begins: with one exercise, or with those of which one is to be recognised.
    ///
    /// # Errors
    /// When the system refuses a thread.
    pub fn start(path: PathBuf, exercises: Vec<Arc<ExerciseDef>>, waker: Waker) -> std::io::Result<Self> {
        let (frames, of) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)));
        let is_stopped = Arc::new(AtomicBool::new(false));
        let (finished, result) = bounded(1);
        let theirs = (Arc::clone(&frames), Arc::clone(&of), Arc::clone(&is_stopped));
        std::thread::Builder::new().name("film".to_owned()).spawn(move || {
            let (frames, of, is_stopped) = theirs;
            let seen = |hint: Option<u64>| {
                of.store(hint.unwrap_or(0), Ordering::Relaxed);
                if frames.fetch_add(1, Ordering::Relaxed).is_multiple_of(WAKE_EVERY) {
                    waker();
                }
                !is_stopped.load(Ordering::Relaxed)
            };
            let _nobody_waits = finished.try_send(analyse(&path, &exercises, seen));
            waker();
        })?;
        Ok(Self { frames, of, is_stopped, result })
    }

    /// How much of it is done, 0..1; `None` where its length is not known.
    pub fn share(&self) -> Option<f32> {
        let of = self.of.load(Ordering::Relaxed);
        (of > 0).then(|| (self.frames.load(Ordering::Relaxed) as f32 / of as f32).min(1.0))
    }

    /// What came out, once.
    pub fn result(&self) -> Option<Result<Analysed, String>> {
        self.result.try_recv().ok()
    }
}

impl Drop for FilmJob {
    fn drop(&mut self) {
        self.is_stopped.store(true, Ordering::Relaxed);
    }
}

fn analyse(
    path: &Path,
    exercises: &[Arc<ExerciseDef>],
    mut go_on: impl FnMut(Option<u64>) -> bool,
) -> Result<Analysed, String> {
    let mut feed = Feed::new(Input::open(path, DEFAULT_IMAGE_FPS).map_err(|e| e.to_string())?);
    let info = feed.info();
    let mut estimator = PoseEstimator::default();
    let model = feed.load(&mut estimator, ModelChoice::Full).map_err(|e| e.to_string())?;
    let origin = SetOrigin { model, source_kind: info.kind.to_owned(), started_at: made_at(&info, path) };
    let selection = match exercises {
        [one] => Selection::One(Arc::new(SetPlan::of(Arc::clone(one)))),
        all => Selection::Any(all.iter().map(|def| ExerciseDef::clone(def)).collect()),
    };
    let mut follower = selection.follower(origin, None);
    loop {
        estimator.sample(follower.chords());
        let Some(seen) = feed.next_seen(&mut estimator).map_err(|e| e.to_string())? else { break };
        drop(follower.step(&seen.pose));
        if !go_on(info.frame_count_hint) {
            break;
        }
    }
    follower.finish(remarks(&feed)).ok_or_else(|| "there is no exercise to recognise".to_owned())
}

impl Analysed {
    /// Keeps the set as a session of its own.
    ///
    /// # Errors
    /// What the store said, in words.
    pub fn keep(&self, folder: &Path, person: &str) -> Result<(), String> {
        let Some(plan) = &self.plan else { return Ok(()) };
        let (mut writer, _notices) = SessionWriter::begin(folder, person, None).map_err(|e| e.to_string())?;
        writer.begin(plan, &self.origin);
        writer.finish(&self.set);
        writer.end().map_err(|e| e.to_string())
    }
}
