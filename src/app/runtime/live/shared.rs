//! What the analysis thread and its watchers share: the newest view, the cameras, and whom to wake.

use crate::app::runtime::view::LiveView;
use std::sync::{Arc, Mutex, PoisonError};

/// Called when there is something new to see, from any thread: after each published view, so that a window can repaint.
pub type Waker = Arc<dyn Fn() + Send + Sync>;

pub(super) struct Shared {
    view: Mutex<Arc<LiveView>>,
    cameras: Mutex<Vec<String>>,
    waker: Mutex<Option<Waker>>,
}

impl Shared {
    pub fn new(view: LiveView) -> Self {
        Self { view: Mutex::new(Arc::new(view)), cameras: Mutex::default(), waker: Mutex::default() }
    }

    /// Makes a view the newest, and wakes the watcher.
    pub fn publish(&self, view: LiveView) {
        *self.view.lock().unwrap_or_else(PoisonError::into_inner) = Arc::new(view);
        // The waker is called after the lock is given back.
        let waker = self.waker.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(waker) = waker {
            waker();
        }
    }

    pub fn view(&self) -> Arc<LiveView> {
        Arc::clone(&self.view.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub fn set_cameras(&self, names: Vec<String>) {
        *self.cameras.lock().unwrap_or_else(PoisonError::into_inner) = names;
    }

    pub fn cameras(&self) -> Vec<String> {
        self.cameras.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub fn set_waker(&self, waker: Waker) {
        *self.waker.lock().unwrap_or_else(PoisonError::into_inner) = Some(waker);
    }
}
