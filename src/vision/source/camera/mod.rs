//! Pictures from a webcam.
//!
//! ```text
//! thread "capture"                                             the reader's thread
//! open -> buffer -> decode -> newest picture --[slot + wake]--> next_frame -> Frame
//!   ^                                                              | lost: stop, find by name, open again
//!   +--------------------------------------------------------------+
//! ```
//!
//! In: a camera. Out: its newest picture, always; pictures that come faster than they are asked for are dropped and
//! counted. A camera that goes away is waited for, so the source never ends by itself.

mod clock;
mod decode;
mod device;
mod info;
mod jpeg;
pub mod ranking;
mod select;
mod capture;
mod trouble;

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use crossbeam_channel::bounded;

pub use self::info::CameraInfo;
pub use self::ranking::CameraFormat;
pub use self::select::CameraSelector;

use self::capture::{Capture, Counters, News};
use self::info::{FIRST_DEADLINE, OPEN_DEADLINE};
use self::trouble::Trouble;
use crate::vision::frame::Size;
use crate::vision::source::{FrameSource, Next, SourceError, SourceInfo};

/// How long a call waits for a picture before it says that there is none.
const ANSWER_DEADLINE: Duration = Duration::from_millis(500);

/// Time between two attempts to open a lost camera.
const RETRY_PERIOD: Duration = Duration::from_secs(1);

/// How long closing waits for the driver.
const CLOSE_DEADLINE: Duration = Duration::from_secs(1);

/// The cameras of the system by number; an empty list when there is none. A webcam can stand in it twice under one name,
/// once for its metadata, which gives no pictures.
///
/// # Errors
/// When the system cannot list cameras.
pub fn list_cameras() -> Result<Vec<CameraInfo>, SourceError> {
    select::cameras().map_err(|trouble| trouble.into_error("the list of cameras"))
}

/// The formats that camera `index` offers and this program can read, best first: the first one is what a
/// [`CameraSource`] asks for.
///
/// # Errors
/// When the camera cannot be opened within 8 s or offers nothing readable.
pub fn list_formats(index: u32) -> Result<Vec<CameraFormat>, SourceError> {
    let name = format!("camera {index}");
    let (sender, answer) = bounded(1);
    // The driver may never return, so the question is asked on a thread that can be left behind.
    let asked = std::thread::Builder::new().name("capture-formats".to_owned()).spawn(move || {
        let _nobody_waits_any_more = sender.send(device::formats(index));
    });
    asked
        .map_err(|error| Trouble::Other(error.to_string()))
        .and_then(|_thread| answer.recv_timeout(OPEN_DEADLINE).unwrap_or(Err(Trouble::NoAnswer(OPEN_DEADLINE))))
        .map_err(|trouble| trouble.into_error(&name))
}

/// What a camera source counted since it was opened.
#[cfg(feature = "internals")]
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct CameraStats {
    /// Pictures handed to the reader.
    pub delivered: u64,
    /// Good pictures that a newer one replaced before the reader asked.
    pub dropped: u64,
    /// Damaged pictures, skipped.
    pub bad: u64,
    /// Pictures per second that the camera really sends, over the last two seconds; none before five pictures.
    pub measured_fps: Option<f64>,
}

/// A webcam as a source of frames. `Frame.at` counts from the capture of the first picture and grows strictly, across
/// reconnects too; `Frame.seq` counts dropped pictures as well.
#[derive(Debug)]
pub struct CameraSource {
    camera: CameraInfo,
    format: CameraFormat,
    size: Size,
    counters: Arc<Counters>,
    session: Option<Capture>,
    /// A session that was given up and whose thread the driver still holds. No other is started meanwhile: within one
    /// process it would get the same handle of the driver.
    stuck: Option<Capture>,
    /// Why there are no pictures at present.
    trouble: Option<Trouble>,
    retry_at: Instant,
}

impl CameraSource {
    /// Opens a camera and waits for its first picture.
    ///
    /// # Errors
    /// [`SourceError::Camera`] when there is no camera or not the one asked for, when another program uses it, when no
    /// picture comes within 8 s, or with the system's words for anything else.
    pub fn open(selector: &CameraSelector) -> Result<Self, SourceError> {
        let counters = Arc::new(Counters::default());
        let candidates = select::cameras()
            .and_then(|cameras| select::candidates(&cameras, selector))
            .map_err(|trouble| trouble.into_error("the camera"))?;
        let mut reason = None;
        let mut others = candidates.len();
        for camera in candidates {
            others -= 1;
            let wait = if others > 0 { FIRST_DEADLINE } else { OPEN_DEADLINE };
            match open_within(&counters, &camera, wait) {
                Ok((session, format)) => {
                    return Ok(Self {
                        camera,
                        format,
                        size: format.size,
                        counters,
                        session: Some(session),
                        stuck: None,
                        trouble: None,
                        retry_at: clock::now(),
                    });
                }
                // A busy camera says more than the metadata device beside it.
                Err(Trouble::Busy) => reason = Some((Trouble::Busy, camera)),
                Err(trouble) => reason = reason.or(Some((trouble, camera))),
            }
        }
        let (trouble, name) =
            reason.map_or((Trouble::NoCamera, String::new()), |(why, camera)| (why, camera.to_string()));
        Err(trouble.into_error(&name))
    }

    /// Counts since opening, and the measured rate.
    #[cfg(feature = "internals")]
    pub fn stats(&self) -> CameraStats {
        CameraStats {
            delivered: self.counters.delivered.load(Ordering::Relaxed),
            dropped: self.dropped(),
            bad: self.counters.bad.load(Ordering::Relaxed),
            measured_fps: self.counters.measured_fps(),
        }
    }

    /// The format agreed on with the camera; its rate is the camera's claim.
    #[cfg(feature = "internals")]
    pub fn format(&self) -> CameraFormat {
        self.format
    }

    /// One thing that happened, or nothing worth telling.
    fn step(&mut self, until: Instant) -> Option<Next> {
        let Some(session) = &self.session else {
            return self.reopen(until);
        };
        match session.news(until) {
            News::Opened(format) => {
                self.format = format;
                None
            }
            News::Frame(frame) => {
                self.trouble = None;
                self.size = frame.size;
                self.counters.delivered.fetch_add(1, Ordering::Relaxed);
                Some(Next::Frame(frame))
            }
            News::Ended(trouble) => {
                // A failed attempt to open it again is no news.
                let was_streaming = self.trouble.is_none();
                self.lose(trouble);
                was_streaming.then(|| self.waiting())
            }
            News::Quiet => {
                if let Some(trouble) = session.overdue() {
                    self.lose(trouble);
                }
                Some(self.waiting())
            }
        }
    }

    /// Gives up the session; its thread closes the camera when the driver lets go of it.
    fn lose(&mut self, trouble: Trouble) {
        tracing::warn!(camera = %self.camera, ?trouble, "camera lost");
        self.trouble = Some(trouble);
        if let Some(session) = self.session.take() {
            session.stop();
            self.stuck = Some(session);
        }
    }

    /// Starts to open the camera again, when it is time to and the old session is over.
    fn reopen(&mut self, until: Instant) -> Option<Next> {
        if let Some(stuck) = &mut self.stuck {
            if !stuck.wait_over(until) {
                return Some(self.waiting());
            }
            self.stuck = None;
        }
        std::thread::sleep(self.retry_at.min(until).saturating_duration_since(clock::now()));
        if self.retry_at > clock::now() {
            return Some(self.waiting());
        }
        self.retry_at = clock::now() + RETRY_PERIOD;
        let camera = self.camera.clone();
        let find = move || match select::found_again(&select::cameras()?, &camera) {
            again if again.is_empty() => Err(Trouble::Gone),
            again => Ok(again),
        };
        match Capture::start(Arc::clone(&self.counters), find) {
            Ok(session) => self.session = Some(session),
            Err(error) => self.trouble = Some(Trouble::Other(error.to_string())),
        }
        None
    }

    fn waiting(&self) -> Next {
        let quiet = || "waiting for the camera's next picture".to_owned();
        Next::Waiting(self.trouble.as_ref().map_or_else(quiet, Trouble::remark))
    }
}

/// Starts a session with one camera and waits for its first buffer.
fn open_within(
    counters: &Arc<Counters>,
    camera: &CameraInfo,
    wait: Duration,
) -> Result<(Capture, CameraFormat), Trouble> {
    let candidate = camera.clone();
    let session = Capture::start(Arc::clone(counters), move || Ok(vec![candidate]))
        .map_err(|error| Trouble::Other(error.to_string()))?;
    match session.news(clock::now() + wait) {
        News::Opened(format) => Ok((session, format)),
        News::Ended(trouble) => Err(trouble),
        // A first picture cannot come before the news that the camera is open.
        News::Quiet | News::Frame(_) => {
            session.stop();
            Err(Trouble::NoAnswer(wait))
        }
    }
}

impl FrameSource for CameraSource {
    fn info(&self) -> SourceInfo {
        SourceInfo {
            kind: "camera",
            name: self.camera.name.clone(),
            size: Some(self.size),
            frame_count_hint: None,
            fps_hint: self.counters.measured_fps().or(Some(f64::from(self.format.fps))),
            recorded_at: None,
        }
    }

    fn next_frame(&mut self) -> Result<Next, SourceError> {
        let until = clock::now() + ANSWER_DEADLINE;
        loop {
            if let Some(next) = self.step(until) {
                return Ok(next);
            }
        }
    }

    fn dropped(&self) -> u64 {
        self.counters.dropped.load(Ordering::Relaxed)
    }
}

impl Drop for CameraSource {
    /// Closes the camera; a driver that does not let go within a second keeps its thread.
    fn drop(&mut self) {
        let until = clock::now() + CLOSE_DEADLINE;
        for mut session in self.session.take().into_iter().chain(self.stuck.take()) {
            session.stop();
            if !session.wait_over(until) {
                tracing::warn!(camera = %self.camera, "the camera's driver does not return; its thread is left behind");
            }
        }
    }
}
