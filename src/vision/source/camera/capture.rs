//! One opening of a camera on its own thread, from opening to loss.
//!
//! In: a camera. Out: its pictures through a slot that holds the newest one, with a `bounded(1)` wake token. A session that
//! failed is never mended: the source starts another one.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, bounded};

use super::clock::{self, CaptureClock, RateMeter};
use super::decode::Decoder;
use super::device::Device;
use super::info::{CameraInfo, OPEN_DEADLINE};
use super::ranking::CameraFormat;
use super::trouble::Trouble;
use crate::vision::frame::Frame;

/// How long a camera may be silent before it counts as lost.
const SILENCE_DEADLINE: Duration = Duration::from_secs(2);

/// Counts of a source over all its sessions.
#[derive(Debug, Default)]
pub(super) struct Counters {
    pub(super) clock: CaptureClock,
    pub(super) pictures: AtomicU64,
    pub(super) delivered: AtomicU64,
    pub(super) dropped: AtomicU64,
    pub(super) bad: AtomicU64,
    /// Bits of an `f64` in frames per second; zero before it is known.
    fps_bits: AtomicU64,
}

impl Counters {
    /// The measured rate in frames per second, once known.
    pub(super) fn measured_fps(&self) -> Option<f64> {
        let fps = f64::from_bits(self.fps_bits.load(Ordering::Relaxed));
        (fps > 0.0).then_some(fps)
    }
}

/// What a session says.
#[derive(Debug, PartialEq)]
pub(super) enum News {
    /// The camera gave its first buffer; pictures are on their way.
    Opened(CameraFormat),
    /// The newest picture.
    Frame(Frame),
    /// The session is over.
    Ended(Trouble),
    /// Nothing new until the time that was given.
    Quiet,
}

#[derive(Debug, Default)]
struct Slot {
    opened: Option<CameraFormat>,
    frame: Option<Frame>,
    ended: Option<Trouble>,
    /// When the last good picture was published; none before the first buffer.
    last_picture: Option<Instant>,
    /// Damaged pictures since the last good one.
    bad_since: u32,
}

#[derive(Debug, Default)]
struct Link {
    stop: AtomicBool,
    slot: Mutex<Slot>,
}

impl Link {
    /// The slot holds plain data, so a panic elsewhere leaves nothing half done in it.
    fn slot(&self) -> MutexGuard<'_, Slot> {
        self.slot.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The reader's side of a session.
#[derive(Debug)]
pub(super) struct Capture {
    link: Arc<Link>,
    /// Disconnects when the thread is over, in whatever way.
    wake: Receiver<()>,
    thread: Option<JoinHandle<()>>,
    started: Instant,
}

impl Capture {
    /// Starts the thread "capture", which calls `find` for the numbers to try and opens the first that works.
    pub(super) fn start<F>(counters: Arc<Counters>, find: F) -> std::io::Result<Self>
    where
        F: FnOnce() -> Result<Vec<CameraInfo>, Trouble> + Send + 'static,
    {
        let link = Arc::new(Link::default());
        let (wake_sender, wake) = bounded(1);
        let worker = Worker { link: Arc::clone(&link), wake: wake_sender, counters };
        let thread = std::thread::Builder::new().name("capture".to_owned()).spawn(move || worker.run(find))?;
        Ok(Self { link, wake, thread: Some(thread), started: clock::now() })
    }

    /// The next thing to know, waiting for it until `until`.
    pub(super) fn news(&self, until: Instant) -> News {
        loop {
            let over = match self.wake.try_recv() {
                Ok(()) | Err(crossbeam_channel::TryRecvError::Empty) => false,
                Err(crossbeam_channel::TryRecvError::Disconnected) => true,
            };
            if let Some(news) = self.take() {
                return news;
            }
            if over {
                return News::Ended(Trouble::Other("the capture thread ended".to_owned()));
            }
            match self.wake.recv_deadline(until) {
                Ok(()) | Err(RecvTimeoutError::Disconnected) => {}
                Err(RecvTimeoutError::Timeout) => return News::Quiet,
            }
            if let Some(news) = self.take() {
                return news;
            }
        }
    }

    fn take(&self) -> Option<News> {
        let mut slot = self.link.slot();
        if let Some(format) = slot.opened.take() {
            return Some(News::Opened(format));
        }
        slot.frame.take().map(News::Frame).or_else(|| slot.ended.take().map(News::Ended))
    }

    /// Why the session must be given up, when it has been without a good picture for too long.
    pub(super) fn overdue(&self) -> Option<Trouble> {
        let slot = self.link.slot();
        match slot.last_picture {
            None => (self.started.elapsed() > OPEN_DEADLINE).then_some(Trouble::NoAnswer(OPEN_DEADLINE)),
            Some(last) if last.elapsed() <= SILENCE_DEADLINE => None,
            Some(_) if slot.bad_since > 0 => Some(Trouble::Damaged),
            Some(_) => Some(Trouble::Silent),
        }
    }

    /// Asks the thread to close the camera as soon as the driver lets go of it.
    pub(super) fn stop(&self) {
        self.link.stop.store(true, Ordering::Relaxed);
    }

    /// Waits until the thread is over or `until` has come, and says whether it is over.
    pub(super) fn wait_over(&mut self, until: Instant) -> bool {
        loop {
            match self.wake.recv_deadline(until) {
                Ok(()) => {}
                Err(RecvTimeoutError::Timeout) => return false,
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
        // The channel goes with the thread's last values, so this returns at once.
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::warn!("the capture thread panicked while closing the camera");
        }
        true
    }
}

/// The capture thread's side. The order of fields matters: the channel must go last, after the camera is closed.
struct Worker {
    link: Arc<Link>,
    counters: Arc<Counters>,
    wake: Sender<()>,
}

impl Worker {
    fn run(self, find: impl FnOnce() -> Result<Vec<CameraInfo>, Trouble>) {
        let outcome = find().and_then(|candidates| self.open_first(&candidates)).and_then(|device| self.stream(device));
        if let Err(trouble) = outcome {
            self.link.slot().ended = Some(trouble);
        }
    }

    /// The first camera that opens. When none does, the most telling reason: a busy camera before anything else.
    fn open_first(&self, candidates: &[CameraInfo]) -> Result<Device, Trouble> {
        let mut reason = None;
        for camera in candidates {
            if self.stopped() {
                break;
            }
            match Device::open(camera.index) {
                Ok(device) => return Ok(device),
                Err(Trouble::Busy) => reason = Some(Trouble::Busy),
                Err(trouble) => reason = reason.or(Some(trouble)),
            }
        }
        Err(reason.unwrap_or(Trouble::Gone))
    }

    fn stopped(&self) -> bool {
        self.link.stop.load(Ordering::Relaxed)
    }

    fn stream(&self, mut device: Device) -> Result<(), Trouble> {
        let mut decoder = Decoder::new(device.format());
        let mut rate = RateMeter::default();
        let mut announced = false;
        while !self.stopped() {
            let (buffer, captured) = device.next_buffer()?;
            if self.stopped() {
                break;
            }
            if !announced {
                announced = true;
                let mut slot = self.link.slot();
                slot.opened = Some(device.format());
                slot.last_picture = Some(clock::now());
            }
            if let Some(fps) = rate.add(captured) {
                self.counters.fps_bits.store(fps.to_bits(), Ordering::Relaxed);
            }
            self.publish(&mut decoder, buffer.buffer(), captured);
            // A full channel means that the reader has been woken already.
            let _already_woken = self.wake.try_send(());
        }
        Ok(())
    }

    /// Decodes one buffer into the slot. A picture that nobody took is dropped; a damaged one is skipped. Both count.
    fn publish(&self, decoder: &mut Decoder, bytes: &[u8], captured: Instant) {
        let counters = &self.counters;
        let outcome = decoder.decode(bytes);
        let mut slot = self.link.slot();
        match outcome {
            Ok(picture) => {
                let seq = counters.pictures.fetch_add(1, Ordering::Relaxed);
                let at = counters.clock.stamp(captured, clock::now());
                let frame = Frame { seq, at, size: picture.size, rgb: picture.rgb };
                if slot.frame.replace(frame).is_some() {
                    counters.dropped.fetch_add(1, Ordering::Relaxed);
                }
                slot.last_picture = Some(clock::now());
                slot.bad_since = 0;
            }
            Err(damage) => {
                counters.bad.fetch_add(1, Ordering::Relaxed);
                slot.bad_since = slot.bad_since.saturating_add(1);
                tracing::debug!(?damage, "skipped a damaged picture");
            }
        }
    }
}
