//! The thread that speaks: it makes sound of sentences, decides what is said now, and keeps the stream open.

use super::asked::{Request, SoundState, SpeakerOptions, VoiceKind};
use super::clips::Clips;
use super::espeak::Espeak;
use super::log::CueLog;
#[cfg(feature = "sound")]
use super::output::{Output, Playing};
use super::pcm::Pcm;
use super::pulse::{Change, Pulse};
use super::schedule::{Action, Schedule, Utterance};

use super::tones;
use crate::coach::sentence::{PART_GAP_S, Priority, Sentence, Tone, Wait};
use crossbeam_channel::{Receiver, RecvTimeoutError};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// A broken stream is tried again this often.
const REOPEN_EVERY: Duration = Duration::from_secs(2);
/// How often the stream is looked at while nothing is to be done.
const LOOK_EVERY: Duration = Duration::from_millis(250);
/// After so much silence a loudspeaker may sleep: a soft sound goes before the words, seconds.
const SLEEPS_AFTER_S: f64 = 20.0;
/// What marks the end of a set comes so long after the last count, seconds.
const AFTER_WORDS_S: f64 = 0.05;
/// A tone while somebody speaks, share of its level.
const SOFT: f32 = 0.35;

/// The thread's own side.
pub(super) struct Voice {
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
    /// A tone that waits for the words before it, and until when.
    later: Option<(f64, Tone)>,
}

impl Voice {
    pub fn new(options: SpeakerOptions, log: CueLog, state: Arc<Mutex<SoundState>>, pulse: Pulse) -> Self {
        let (clips, espeak) = speakers(&options);
        Self {
            options,
            log,
            state,
            clips,
            espeak,
            spoken: Arc::default(),
            schedule: Schedule::default(),
            sounds_until_s: f64::NEG_INFINITY,
            #[cfg(feature = "sound")]
            output: None,
            #[cfg(feature = "sound")]
            playing: None,
            tried_s: f64::NEG_INFINITY,
            pulse,
            later: None,
        }
    }

    /// Runs until nobody can ask for anything any more.
    pub fn run(mut self, inbox: &Receiver<Request>) {
        self.keep_open();
        loop {
            let next_s = [self.schedule.next_s(), self.later.map(|(at_s, _)| at_s)].into_iter().flatten();
            let wait = next_s.reduce(f64::min).map_or(LOOK_EVERY, |at_s| {
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
            self.tone_that_waited();
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
                let is_other = |o: &SpeakerOptions| (o.voice, o.pace_wpm, o.language);
                if is_other(&options) != is_other(&self.options) {
                    (self.clips, self.espeak) = speakers(&options);
                    self.spoken = Arc::default();
                }
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

    /// Sounds a tone. Words and tones are not heard at once: words wait for the tone before them, what marks the end of a set
    /// waits for the last count, and any other tone is soft while somebody speaks.
    fn tone(&mut self, tone: Tone, asked_s: f64) {
        let name = format!("{tone:?}");
        if self.options.is_muted {
            return self.log.note("muted", &name, asked_s, 0.0);
        }
        let now_s = self.log.now_s();
        let speaks_until_s = self.schedule.speaks_until_s(now_s);
        if let Some(ends_s) = speaks_until_s.filter(|_| tone == Tone::SetDone) {
            let at_s = ends_s + AFTER_WORDS_S;
            self.later = Some((at_s, tone));
            return self.schedule.wait_until(at_s + tones::render(tone).seconds());
        }
        let mut sound = if tone == Tone::Chime { tones::lead(self.options.lead_s) } else { Pcm::silence(0.0) };
        sound.append(tones::render(tone));
        let seconds = sound.seconds();
        self.log.note("tone", &name, asked_s, seconds);
        let is_soft = speaks_until_s.is_some() && tone != Tone::Alarm;
        if !is_soft && !matches!(tone, Tone::RestEnds | Tone::Hand) {
            self.schedule.wait_until(now_s + seconds);
        }
        self.play(sound, if is_soft { SOFT } else { 1.0 });
    }

    /// A tone that has waited for the words before it.
    fn tone_that_waited(&mut self) {
        let now_s = self.log.now_s();
        if let Some((_, tone)) = self.later.take_if(|(at_s, _)| *at_s <= now_s) {
            let sound = tones::render(tone);
            self.log.note("tone", &format!("{tone:?}"), now_s, sound.seconds());
            self.play(sound, 1.0);
        }
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
        self.later = None;
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

/// Those who speak: the clips, and the process for what was not recorded.
fn speakers(options: &SpeakerOptions) -> (Clips, Option<Espeak>) {
    let is_recorded = options.voice == VoiceKind::Recorded;
    let clips = if is_recorded { Clips::of(options.language) } else { Ok(Clips::default()) };
    let clips = clips.unwrap_or_else(|e| {
        tracing::warn!("{e}");
        Clips::default()
    });
    let has_espeak = options.voice != VoiceKind::Tones;
    let espeak = has_espeak.then(|| Espeak::find(options.language.espeak_voice(), options.pace_wpm)).flatten();
    (clips.at_pace(options.pace_wpm), espeak)
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
            self.publish(Some(super::words::lost()));
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

    fn play(&mut self, sound: Pcm, level: f32) {
        self.note_sound(sound.seconds());
        if let Some(output) = &self.output {
            output.play(sound, self.options.volume * level);
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
            self.publish(Some(super::words::not_built()));
        }
    }

    fn play(&mut self, sound: Pcm, _level: f32) {
        self.note_sound(sound.seconds());
    }

    fn play_voice(&mut self, sound: Pcm) {
        self.note_sound(sound.seconds());
    }

    fn fade(&mut self) {}
}
