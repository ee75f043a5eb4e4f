//! What the voice can be asked, what it is started with, and how the sound stands.

use crate::base::language::Language;
use crate::coach::sentence::{Sentence, Tone};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// How long the soft sound before the first words is, seconds; a loudspeaker by radio wants more, by a setting.
const LEAD_S: f64 = 0.3;

/// The pace of the clips, words a minute: within the 150 to 200 that young and old find most comfortable, and slow, as older
/// people understand best.
pub const USUAL_PACE_WPM: u32 = 155;

/// Who speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VoiceKind {
    /// The recorded voice; what was not recorded is spoken by espeak-ng.
    #[default]
    Recorded,
    /// espeak-ng speaks everything.
    Espeak,
    /// Nobody: tones only.
    Tones,
}

/// What the speaker is started with.
#[derive(Clone, Debug, PartialEq)]
pub struct SpeakerOptions {
    /// 0 to 1.
    pub volume: f32,
    /// Nothing is heard.
    pub is_muted: bool,
    /// Sound before the first word after a silence, seconds; a loudspeaker by radio needs 1.5.
    pub lead_s: f64,
    /// Who speaks.
    pub voice: VoiceKind,
    /// How quickly, words a minute.
    pub pace_wpm: u32,
    /// In which language.
    pub language: Language,
    /// Where what was said is logged.
    pub cue_log: Option<PathBuf>,
}

impl Default for SpeakerOptions {
    fn default() -> Self {
        Self {
            volume: 0.9,
            is_muted: false,
            lead_s: LEAD_S,
            voice: VoiceKind::Recorded,
            pace_wpm: USUAL_PACE_WPM,
            language: Language::English,
            cue_log: None,
        }
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

impl SoundState {
    /// Words are not heard: nothing is, or tones only.
    pub fn is_silent(&self) -> bool {
        self.is_muted || self.device.is_none() || self.clips == 0 && !self.has_espeak
    }
}

/// What the thread is asked.
pub(super) enum Request {
    Say(Sentence, f64),
    Tone(Tone, f64),
    Prepare(Vec<String>),
    Mute(bool),
    Set(SpeakerOptions),
    Expect(bool),
}
