//! What the analysis thread and its watchers share: the newest view, the cameras, and whom to wake.

use crate::app::runtime::view::LiveView;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// Called when there is something new to see, from any thread: after each published view, so that a window can repaint.
pub type Waker = Arc<dyn Fn() + Send + Sync>;

pub(super) struct Shared {
    view: Mutex<Arc<LiveView>>,
    cameras: Mutex<Vec<String>>,
    waker: Mutex<Option<Waker>>,
    is_told_to_end: AtomicBool,
    /// The watcher shows pictures now.
    shows_pictures: AtomicBool,
}

impl Shared {
    pub fn new(view: LiveView) -> Self {
        Self {
            view: Mutex::new(Arc::new(view)),
            cameras: Mutex::default(),
            waker: Mutex::default(),
            is_told_to_end: AtomicBool::new(false),
            shows_pictures: AtomicBool::new(true),
        }
    }

    /// Makes a view the newest, and wakes the watcher; where it shows no pictures, only for something else than a picture.
    pub fn publish(&self, view: LiveView) {
        let view = Arc::new(view);
        let before =
            std::mem::replace(&mut *self.view.lock().unwrap_or_else(PoisonError::into_inner), Arc::clone(&view));
        if self.shows_pictures.load(Ordering::Relaxed) || !view.is_same_but_for_pictures(&before) {
            self.wake();
        }
    }

    pub fn set_shows_pictures(&self, shows: bool) {
        self.shows_pictures.store(shows, Ordering::Relaxed);
    }

    fn wake(&self) {
        // The waker is called after the lock is given back.
        let waker = self.waker.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(waker) = waker {
            waker();
        }
    }

    pub fn tell_to_end(&self) {
        self.is_told_to_end.store(true, Ordering::Relaxed);
        self.wake();
    }

    pub fn is_told_to_end(&self) -> bool {
        self.is_told_to_end.load(Ordering::Relaxed)
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
