//! What is heard: clips of a voice, a speaking process for what has no clip, tones, and the one stream they go through.
//!
//! In: [`Sentence`](crate::coach::sentence::Sentence)s and tones. Out: sound, and a log of what was sounded when. A thread of its
//! own does it, so that nothing that is looked at ever waits for a loudspeaker.

pub mod words;
mod asked;
pub mod pcm;
pub mod tones;
pub mod clips;
pub mod espeak;
pub mod schedule;
#[cfg(all(feature = "sound", target_os = "linux"))]
mod cookie;
#[cfg(feature = "sound")]
pub mod output;
pub mod log;
mod pulse;
mod voice;
pub mod speaker;

pub use pulse::STALLED_AFTER_S;
