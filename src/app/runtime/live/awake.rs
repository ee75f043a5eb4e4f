//! Keeps the computer and its screen awake while somebody exercises, who touches neither key nor mouse for half an hour.
//!
//! In: whether a session runs. Out: whether the desktop has refused. A thread of its own asks, since a
//! desktop that does not answer must not hold up counting.

use crossbeam_channel::{Sender, bounded};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Changes that may wait for the thread.
const CHANGES: usize = 4;
/// Who asks, and why, for the desktop's own list.
const APP: &str = "formcheck";
const REASON: &str = "exercising";

/// Asks the desktop to stay awake.
pub(super) struct Awake {
    wanted: Option<Sender<bool>>,
    is_wanted: bool,
    is_refused: Arc<AtomicBool>,
}

impl Awake {
    pub fn new() -> Self {
        let is_refused = Arc::new(AtomicBool::new(false));
        let theirs = Arc::clone(&is_refused);
        let (wanted, changes) = bounded::<bool>(CHANGES);
        let started = std::thread::Builder::new().name("awake".to_owned()).spawn(move || {
            let mut held = None;
            for is_wanted in changes {
                held = if is_wanted { ask(&theirs) } else { None };
            }
            drop(held);
        });
        if let Err(e) = &started {
            tracing::warn!("nothing keeps the computer awake: {e}");
        }
        Self { wanted: started.is_ok().then_some(wanted), is_wanted: false, is_refused }
    }

    /// A session runs, or none.
    pub fn want(&mut self, is_wanted: bool) {
        if std::mem::replace(&mut self.is_wanted, is_wanted) != is_wanted
            && let Some(wanted) = &self.wanted
        {
            let _behind = wanted.try_send(is_wanted);
        }
    }

    /// Whether the computer may go to sleep though a session runs.
    pub fn may_sleep(&self) -> bool {
        self.is_wanted && self.is_refused.load(Ordering::Relaxed)
    }
}

/// Asks; what it returns keeps the computer awake until it is dropped.
fn ask(is_refused: &AtomicBool) -> Option<keepawake::KeepAwake> {
    let asked = keepawake::Builder::default().display(true).idle(true).app_name(APP).reason(REASON).create();
    let asked = asked.inspect_err(|why| tracing::warn!("the computer may go to sleep: {why}"));
    is_refused.store(asked.is_err(), Ordering::Relaxed);
    asked.ok()
}
