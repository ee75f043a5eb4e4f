//! The thread that speaks: it makes sound of sentences, decides what is said now, and keeps the stream open.

use super::clips::Clips;
use super::espeak::Espeak;
use super::log::CueLog;
use super::pcm::Pcm;
use super::pulse::{Change, Pulse};
use super::schedule::{Action, Schedule, Utterance};
use super::tones;
use crate::base::language;
use crate::coach::sentence::{Priority, Sentence, Tone, Wait};
use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, bounded};
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

#[cfg(feature = "sound")]
use super::output::{Output, Playing};

/// Between two parts of a sentence, seconds.
const PART_GAP_S: f64 = 0.25;
/// A broken stream is tried again this often.
const REOPEN_EVERY: Duration = Duration::from_secs(2);
/// How often the stream is looked at while nothing is to be done.
const LOOK_EVERY: Duration = Duration::from_millis(250);
/// After so much silence a loudspeaker may sleep: a soft sound goes before the words, seconds.
const SLEEPS_AFTER_S: f64 = 20.0;
/// How long that soft sound is, seconds; of a loudspeaker by radio it is a setting.
const LEAD_S: f64 = 0.3;
/// Things to say that may wait for the thread.
const INBOX: usize = 64;
/// How long shutting down waits for the thread.
const CLOSE_DEADLINE: Duration = Duration::from_secs(1);

/// What the speaker is started with.
#[derive(Clone, Debug, PartialEq)]
pub struct SpeakerOptions {
    /// 0 to 1.
    pub volume: f32,
    /// Nothing is heard.
    pub is_muted: bool,
    /// Sound before the first word after a silence, seconds; a loudspeaker by radio needs 1.5.
    pub lead_s: f64,
    /// Where what was said is logged.
    pub cue_log: Option<PathBuf>,
}

impl Default for SpeakerOptions {
    fn default() -> Self {
        Self { volume: 0.9, is_muted: false, lead_s: LEAD_S, cue_log: None }
    }
}

/// How the sound stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SoundState {
    /// Name of the loudspeaker; `None` while there is none.
    pub device: Option<String>,
    /// Why there is none.
    pub trouble: Option<String>,
    /// Phrases of the recorded voice.
    pub clips: usize,
    /// Whether what has no clip is spoken.
    pub has_espeak: bool,
    /// Muted.
    pub is_muted: bool,
}

/// What the thread is asked.
enum Request {
    Say(Sentence, f64),
    Tone(Tone, f64),
    Prepare(Vec<String>),
    Mute(bool),
    Set(SpeakerOptions),
    Expect(bool),
}

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

/// The thread's own side.
struct Voice {
    options: SpeakerOptions,
    log: CueLog,
    state: Arc<Mutex<SoundState>>,
    clips: Clips,
    espeak: Option<Espeak>,
    /// What the process has spoken.
    spoken: Arc<Mutex<HashMap<String, Option<Pcm>>>>,
    schedule: Schedule<(Pcm, String, f64)>,
    /// When the last sound ends, seconds of the log.
    sounds_until_s: f64,
    #[cfg(feature = "sound")]
    output: Option<Output>,
    #[cfg(feature = "sound")]
    playing: Option<Playing>,
    /// When the stream was last tried, seconds of the log.
    tried_s: f64,
    pulse: Pulse,
}

impl Voice {
    fn new(options: SpeakerOptions, log: CueLog, state: Arc<Mutex<SoundState>>, pulse: Pulse) -> Self {
        let language = language::current();
        let clips = Clips::of(language).unwrap_or_else(|e| {
            tracing::warn!("{e}");
            Clips::default()
        });
        Self {
            options,
            log,
            state,
            clips,
            espeak: Espeak::find(language.espeak_voice()),
            spoken: Arc::default(),
            schedule: Schedule::default(),
            sounds_until_s: f64::NEG_INFINITY,
            #[cfg(feature = "sound")]
            output: None,
            #[cfg(feature = "sound")]
            playing: None,
            tried_s: f64::NEG_INFINITY,
            pulse,
        }
    }

    fn run(mut self, inbox: &Receiver<Request>) {
        self.keep_open();
        loop {
            let wait = self.schedule.next_s().map_or(LOOK_EVERY, |at_s| {
                Duration::from_secs_f64((at_s - self.log.now_s()).clamp(0.0, LOOK_EVERY.as_secs_f64()))
            });
            match inbox.recv_timeout(wait) {
                Ok(request) => self.take(request),
                Err(RecvTimeoutError::Timeout) => (),
                Err(RecvTimeoutError::Disconnected) => return,
            }
            self.keep_open();
            match self.pulse.look(self.log.now_s()) {
                Some(Change::Stopped) => {
                    self.tone(Tone::Alarm, self.log.now_s());
                    self.say(&Sentence::Paused(Wait::NoPicture), self.log.now_s());
                }
                Some(Change::CameBack) => self.say(&Sentence::PictureBack, self.log.now_s()),
                None => (),
            }
            if let Some(action) = self.schedule.due(self.log.now_s()) {
                self.act(action);
            }
        }
    }

    fn take(&mut self, request: Request) {
        match request {
            Request::Say(sentence, asked_s) => self.say(&sentence, asked_s),
            Request::Tone(tone, asked_s) => self.tone(tone, asked_s),
            Request::Prepare(texts) => self.prepare(texts),
            Request::Expect(is_session) => self.pulse.expect(is_session),
            Request::Mute(is_muted) => {
                self.options.is_muted = is_muted;
                if is_muted {
                    self.cut();
                }
                self.publish(None);
            }
            Request::Set(options) => {
                self.options = options;
                if self.options.is_muted {
                    self.cut();
                }
                self.publish(None);
            }
        }
    }

    fn say(&mut self, sentence: &Sentence, asked_s: f64) {
        let parts = sentence.parts();
        let text = parts.join(" ");
        if self.options.is_muted || parts.is_empty() {
            return self.log.note("muted", &text, asked_s, 0.0);
        }
        let priority = sentence.priority();
        let mut sound = self.lead(priority);
        for (i, part) in parts.iter().enumerate() {
            let Some(pcm) = self.sound_of(part) else { continue };
            if i > 0 {
                sound.append(Pcm::silence(PART_GAP_S));
            }
            sound.append(pcm);
        }
        let seconds = sound.seconds();
        let now_s = self.log.now_s();
        let utterance = Utterance { sound: (sound, text.clone(), asked_s), priority, seconds };
        match self.schedule.offer(now_s, utterance) {
            Some(action) => self.act(action),
            None => self.log.note("waits or unsaid", &text, asked_s, seconds),
        }
    }

    /// A soft sound before the words, where the loudspeaker may be asleep; counts come without, they would be late.
    fn lead(&self, priority: Priority) -> Pcm {
        let silent_s = self.log.now_s() - self.sounds_until_s;
        if priority == Priority::Count || silent_s < SLEEPS_AFTER_S {
            Pcm { rate_hz: super::pcm::RATE_HZ, samples: Vec::new() }
        } else {
            tones::lead(self.options.lead_s)
        }
    }

    fn tone(&mut self, tone: Tone, asked_s: f64) {
        let name = format!("{tone:?}");
        if self.options.is_muted {
            return self.log.note("muted", &name, asked_s, 0.0);
        }
        let mut sound = if tone == Tone::Chime { tones::lead(self.options.lead_s) } else { Pcm::silence(0.0) };
        sound.append(tones::render(tone));
        let seconds = sound.seconds();
        if tone == Tone::Chime {
            // It wakes the loudspeaker for the first words.
            self.schedule.occupy(self.log.now_s(), seconds);
        }
        self.log.note("tone", &name, asked_s, seconds);
        self.play(sound);
    }

    /// A text as sound: its clip, else spoken by the process; `None` where neither is there.
    fn sound_of(&mut self, text: &str) -> Option<Pcm> {
        match self.clips.get(text) {
            Ok(Some(pcm)) => return Some(pcm),
            Ok(None) => (),
            Err(e) => tracing::warn!("{e}"),
        }
        let espeak = self.espeak.as_ref()?;
        speak(espeak, &self.spoken, text)
    }

    /// What has no clip is spoken beforehand, beside everything else.
    fn prepare(&self, texts: Vec<String>) {
        let texts: Vec<String> = texts.into_iter().filter(|text| !self.clips.has(text)).collect();
        let Some(espeak) = self.espeak.clone().filter(|_| !texts.is_empty()) else { return };
        let spoken = Arc::clone(&self.spoken);
        let started = std::thread::Builder::new().name("speaking".to_owned()).spawn(move || {
            texts.iter().for_each(|text| _ = speak(&espeak, &spoken, text));
        });
        if let Err(e) = started {
            tracing::warn!("nothing is spoken beforehand: {e}");
        }
    }

    fn act(&mut self, action: Action<(Pcm, String, f64)>) {
        let (what, (sound, text, asked_s)) = match action {
            Action::Play(sound) => ("said", sound),
            Action::CutIn(sound) => {
                self.fade();
                ("cut in", sound)
            }
        };
        self.log.note(what, &text, asked_s, sound.seconds());
        self.play_voice(sound);
    }

    fn cut(&mut self) {
        self.schedule.stop();
        self.fade();
    }

    fn note_sound(&mut self, seconds: f64) {
        self.sounds_until_s = self.sounds_until_s.max(self.log.now_s() + seconds);
    }

    fn publish(&self, trouble: Option<String>) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.clips = self.clips.count();
        state.has_espeak = self.espeak.is_some();
        state.is_muted = self.options.is_muted;
        state.device = self.device();
        state.trouble = trouble.or_else(|| state.trouble.take()).filter(|_| self.device().is_none());
    }
}

/// A text as the process speaks it, each once.
fn speak(espeak: &Espeak, spoken: &Mutex<HashMap<String, Option<Pcm>>>, text: &str) -> Option<Pcm> {
    let lock = || spoken.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = lock().get(text) {
        return known.clone();
    }
    let pcm = espeak.render(text);
    lock().insert(text.to_owned(), pcm.clone());
    pcm
}

#[cfg(feature = "sound")]
impl Voice {
    fn device(&self) -> Option<String> {
        self.output.as_ref().map(|output| output.name().to_owned())
    }

    /// Opens the stream where there is none, and closes a broken one.
    fn keep_open(&mut self) {
        if self.output.as_ref().is_some_and(Output::is_broken) {
            self.output = None;
            self.playing = None;
            self.tried_s = self.log.now_s();
            self.log.note("lost", "", self.tried_s, 0.0);
            self.publish(Some(super::words::LOST.to_owned()));
        }
        let now_s = self.log.now_s();
        if self.output.is_some() || now_s - self.tried_s < REOPEN_EVERY.as_secs_f64() {
            return;
        }
        self.tried_s = now_s;
        match Output::open() {
            Ok(output) => {
                self.output = Some(output);
                self.log.note("open", "", now_s, 0.0);
                self.publish(None);
            }
            Err(cause) => self.publish(Some(cause)),
        }
    }

    fn play(&mut self, sound: Pcm) {
        self.note_sound(sound.seconds());
        if let Some(output) = &self.output {
            output.play(sound, self.options.volume);
        }
    }

    fn play_voice(&mut self, sound: Pcm) {
        self.note_sound(sound.seconds());
        self.playing = self.output.as_ref().map(|output| output.play(sound, self.options.volume));
    }

    fn fade(&mut self) {
        if let Some(playing) = self.playing.take() {
            playing.cut();
        }
    }
}

/// This build has no sound: what would be said is logged.
#[cfg(not(feature = "sound"))]
#[allow(clippy::unused_self, clippy::needless_pass_by_value, reason = "as in a build with sound")]
impl Voice {
    fn device(&self) -> Option<String> {
        None
    }

    fn keep_open(&mut self) {
        if self.tried_s == f64::NEG_INFINITY {
            self.tried_s = self.log.now_s();
            self.publish(Some(super::words::NOT_BUILT.to_owned()));
        }
    }

    fn play(&mut self, sound: Pcm) {
        self.note_sound(sound.seconds());
    }

    fn play_voice(&mut self, sound: Pcm) {
        self.note_sound(sound.seconds());
    }

    fn fade(&mut self) {}
}
