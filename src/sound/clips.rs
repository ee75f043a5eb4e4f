//! The recorded voice: a clip for every phrase that the program ships, found by its text.

use super::asked::USUAL_PACE_WPM;
use super::pcm::Pcm;
use crate::base::language::Language;
use crate::disk::{assets, bounded};
use serde::Deserialize;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// The list of clips, in the folder of a language.
const LIST: &str = "clips.toml";
/// The folder beside it that holds them.
const FOLDER: &str = "clips";

/// Largest list, bytes.
const LARGEST_LIST: u64 = 1 << 20;
/// Largest clip, bytes: a minute of speech.
const LARGEST_CLIP: u64 = 1 << 20;

/// Why there are no clips.
#[derive(Debug, thiserror::Error)]
pub enum ClipError {
    /// The list cannot be read.
    #[error("could not read the voice: {cause}; its list should be {path}")]
    List {
        /// What the system, or the reader of the list, said.
        cause: String,
        /// The list.
        path: PathBuf,
    },
    /// A clip cannot be decoded.
    #[error("could not play the clip {path}: {cause}")]
    Clip {
        /// What the decoder said.
        cause: String,
        /// The clip.
        path: PathBuf,
    },
}

#[derive(Deserialize)]
struct List {
    clip: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    text: String,
    file: String,
}

/// The clips of a language.
#[derive(Debug, Default)]
pub struct Clips {
    folder: PathBuf,
    files: HashMap<String, String>,
    /// How much quicker than recorded they are played.
    tempo: f32,
    decoded: HashMap<String, Pcm>,
}

impl Clips {
    /// The clips that the program has for a language.
    ///
    /// # Errors
    /// When it has none, or their list cannot be read.
    pub fn of(language: Language) -> Result<Self, ClipError> {
        Self::load(&assets::find("voice").join(language.tag()))
    }

    /// The clips in a folder.
    ///
    /// # Errors
    /// When their list cannot be read.
    pub fn load(folder: &Path) -> Result<Self, ClipError> {
        let path = folder.join(LIST);
        let failed = |cause: String| ClipError::List { cause, path: path.clone() };
        let text = bounded::text(&path, LARGEST_LIST).map_err(|e| failed(e.to_string()))?;
        let list: List = toml::from_str(&text).map_err(|e| failed(e.message().to_owned()))?;
        let files = list.clip.into_iter().map(|clip| (clip.text, clip.file)).collect();
        Ok(Self { folder: folder.join(FOLDER), files, tempo: 1.0, decoded: HashMap::new() })
    }

    /// The same at another pace, words a minute.
    #[must_use]
    pub fn at_pace(self, pace_wpm: u32) -> Self {
        Self { tempo: pace_wpm as f32 / USUAL_PACE_WPM as f32, decoded: HashMap::new(), ..self }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.files.len()
    }

    /// Whether there is a clip of this text.
    pub fn has(&self, text: &str) -> bool {
        self.files.contains_key(text)
    }

    /// The clip of a text; `None` where there is none.
    ///
    /// # Errors
    /// When it cannot be read or decoded.
    pub fn get(&mut self, text: &str) -> Result<Option<Pcm>, ClipError> {
        if let Some(known) = self.decoded.get(text) {
            return Ok(Some(known.clone()));
        }
        let Some(file) = self.files.get(text) else { return Ok(None) };
        let path = self.folder.join(file);
        let pcm = decode(&path).map_err(|cause| ClipError::Clip { cause, path })?.at_rate();
        let pcm = at_tempo(pcm, self.tempo);
        self.decoded.insert(text.to_owned(), pcm.clone());
        Ok(Some(pcm))
    }
}

/// The same sound quicker or slower, as high as before.
#[cfg(feature = "sound")]
fn at_tempo(pcm: Pcm, tempo: f32) -> Pcm {
    if (tempo - 1.0).abs() < 0.01 {
        return pcm;
    }
    let Some(rate_hz) = std::num::NonZero::new(pcm.rate_hz) else { return pcm };
    match wsola::stretch(&pcm.samples, rate_hz, std::num::NonZero::<u16>::MIN, tempo) {
        Ok(samples) => Pcm { samples, ..pcm },
        Err(e) => {
            tracing::warn!("the voice keeps its pace: {e}");
            pcm
        }
    }
}

/// This build has no sound.
#[cfg(not(feature = "sound"))]
fn at_tempo(pcm: Pcm, _: f32) -> Pcm {
    pcm
}

/// Reads Ogg Vorbis; of several channels the first.
#[cfg(feature = "sound")]
fn decode(path: &Path) -> Result<Pcm, String> {
    use lewton::inside_ogg::OggStreamReader;
    let bytes = bounded::bytes(path, LARGEST_CLIP).map_err(|e| e.to_string())?;
    let mut reader = OggStreamReader::new(std::io::Cursor::new(bytes)).map_err(|e| e.to_string())?;
    let rate_hz = reader.ident_hdr.audio_sample_rate;
    let mut samples = Vec::new();
    while let Some(packet) = reader.read_dec_packet_generic::<Vec<Vec<f32>>>().map_err(|e| e.to_string())? {
        samples.extend(packet.into_iter().next().unwrap_or_default());
    }
    // The last page says where the sound ends; the packets go on to the end of a block.
    if let Some(end) = reader.get_last_absgp() {
        samples.truncate(end as usize);
    }
    Ok(Pcm { rate_hz, samples })
}

/// This build has no sound.
#[cfg(not(feature = "sound"))]
fn decode(_: &Path) -> Result<Pcm, String> {
    Err("this build has no sound".to_owned())
}
