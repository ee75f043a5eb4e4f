//! The voice as everybody else has it: sentences and tones in, and how the sound stands. The thread behind it is in
//! [`voice`](super::voice).

use super::asked::Request;
pub use super::asked::{SoundState, SpeakerOptions, USUAL_PACE_WPM, VoiceKind};
use super::log::CueLog;
use super::pulse::Pulse;
use super::voice::Voice;
use crate::coach::sentence::{Sentence, Tone};
use crossbeam_channel::{Receiver, Sender, bounded};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Things to say that may wait for the thread.
const INBOX: usize = 64;
/// How long shutting down waits for the thread.
const CLOSE_DEADLINE: Duration = Duration::from_secs(1);

/// The voice, from outside. Dropping it ends the thread.
pub struct Speaker {
    requests: Option<Sender<Request>>,
    state: Arc<Mutex<SoundState>>,
    done: Receiver<()>,
    began: Instant,
    beat_ms: Arc<AtomicU64>,
}

impl Speaker {
    /// Starts the thread; where there is no sound it runs all the same and says so in its state.
    ///
    /// # Errors
    /// When the system refuses a thread, or the log cannot be written.
    pub fn start(options: SpeakerOptions) -> std::io::Result<Self> {
        #[allow(clippy::disallowed_methods, reason = "sound happens in real time; the engine has none of this")]
        let began = Instant::now();
        let log = CueLog::begin(options.cue_log.as_deref(), began)?;
        let (requests, inbox) = bounded(INBOX);
        let (finished, done) = bounded(1);
        let state = Arc::new(Mutex::new(SoundState { is_muted: options.is_muted, ..SoundState::default() }));
        let theirs = Arc::clone(&state);
        let beat_ms = Arc::new(AtomicU64::new(0));
        let pulse = Pulse::new(Arc::clone(&beat_ms));
        std::thread::Builder::new().name("voice".to_owned()).spawn(move || {
            Voice::new(options, log, theirs, pulse).run(&inbox);
            let _nobody_waits = finished.try_send(());
        })?;
        Ok(Self { requests: Some(requests), state, done, began, beat_ms })
    }

    /// Says a sentence, as its urgency allows. What the thread cannot take is left unsaid: it is behind already.
    pub fn say(&self, sentence: Sentence) {
        self.send(Request::Say(sentence, self.began.elapsed().as_secs_f64()));
    }

    /// Sounds a tone.
    pub fn tone(&self, tone: Tone) {
        self.send(Request::Tone(tone, self.began.elapsed().as_secs_f64()));
    }

    /// Somebody is carried through a session from now on, or no more: who speaks says so when nothing comes from it for long.
    pub fn expect(&self, is_session: bool) {
        self.beat();
        self.send(Request::Expect(is_session));
    }

    /// The session is alive.
    pub fn beat(&self) {
        self.beat_ms.store(self.began.elapsed().as_millis() as u64, Ordering::Relaxed);
    }

    /// Makes these texts ready, so that they are said without delay.
    pub fn prepare(&self, texts: Vec<String>) {
        self.send(Request::Prepare(texts));
    }

    /// Nothing is heard, or all is heard again.
    pub fn mute(&self, is_muted: bool) {
        self.send(Request::Mute(is_muted));
    }

    /// Other options from now on; the log stays.
    pub fn set(&self, options: SpeakerOptions) {
        self.send(Request::Set(options));
    }

    /// How the sound stands.
    pub fn state(&self) -> SoundState {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn send(&self, request: Request) {
        if let Some(requests) = &self.requests
            && requests.try_send(request).is_err()
        {
            tracing::warn!("the voice is behind: something is left unsaid");
        }
    }
}

impl Drop for Speaker {
    fn drop(&mut self) {
        self.requests = None;
        let _too_late = self.done.recv_timeout(CLOSE_DEADLINE);
    }
}
