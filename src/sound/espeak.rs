//! What has no clip is spoken by espeak-ng: a process, its sound on its standard output.

use super::asked::USUAL_PACE_WPM;
use super::pcm::Pcm;
use std::process::{Command, Stdio};
use std::time::Duration;

/// Its command.
const PROGRAM: &str = "espeak-ng";
/// At this many words a minute it is as quick as the clips at theirs, see [`USUAL_PACE_WPM`].
const USUAL: u32 = 150;
/// As loud as the clips: root mean square of what is not silence.
const LEVEL: f32 = 0.16;
/// A process that takes longer is ended.
const DEADLINE: Duration = Duration::from_secs(5);
/// Longest text that is spoken, characters.
const LONGEST: usize = 400;

/// Speaks through espeak-ng.
#[derive(Clone, Debug)]
pub struct Espeak {
    voice: String,
    words_a_minute: u32,
}

impl Espeak {
    /// A voice of espeak-ng, such as "en-us", at a pace; `None` where it is not installed.
    pub fn find(voice: &str, pace_wpm: u32) -> Option<Self> {
        // Looked for, not run: it talks to the sound server as soon as it starts.
        let path = std::env::var_os("PATH").unwrap_or_default();
        let is_there = std::env::split_paths(&path).any(|folder| folder.join(PROGRAM).is_file());
        let words_a_minute = (pace_wpm * USUAL).div_ceil(USUAL_PACE_WPM);
        is_there.then(|| Self { voice: voice.to_owned(), words_a_minute })
    }

    /// A text as sound; `None` when the process failed, which is logged.
    pub fn render(&self, text: &str) -> Option<Pcm> {
        match self.speak(text) {
            Ok(pcm) => Some(pcm.at_rate().levelled(LEVEL)),
            Err(cause) => {
                tracing::warn!("espeak-ng could not speak: {cause}");
                None
            }
        }
    }

    fn speak(&self, text: &str) -> Result<Pcm, String> {
        use std::io::{Read as _, Write as _};
        let mut child = Command::new(PROGRAM)
            // Its sound goes to us; without a place for it, it leaves no folder of the sound server in the home.
            .env("PULSE_RUNTIME_PATH", "/dev/null/none")
            .args(["-v", &self.voice, "-s", &self.words_a_minute.to_string(), "--stdin", "--stdout"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|e| e.to_string())?;
        let text: String = text.chars().take(LONGEST).collect();
        if let Some(mut stdin) = child.stdin.take() {
            stdin.write_all(text.as_bytes()).map_err(|e| e.to_string())?;
        }
        let mut stdout = child.stdout.take().ok_or("it has no output")?;
        let (done, wait) = crossbeam_channel::bounded(1);
        let reader = std::thread::Builder::new().name(PROGRAM.to_owned());
        let started = reader.spawn(move || {
            let mut bytes = Vec::new();
            let read = stdout.read_to_end(&mut bytes).map(|_| bytes);
            let _nobody_waits = done.send(read);
        });
        started.map_err(|e| e.to_string())?;
        let read = wait.recv_timeout(DEADLINE);
        if read.is_err() {
            let _gone_already = child.kill();
        }
        let _reaped = child.wait();
        let bytes = read.map_err(|_timeout| "it took too long".to_owned())?.map_err(|e| e.to_string())?;
        wav(&bytes).ok_or_else(|| "its sound could not be read".to_owned())
    }
}

/// Reads a WAV of 16 bit, as espeak-ng writes it to a pipe: its length is not known in the head.
fn wav(bytes: &[u8]) -> Option<Pcm> {
    if bytes.get(..4)? != b"RIFF" || bytes.get(8..12)? != b"WAVE" {
        return None;
    }
    let word = |at: usize| Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
    let half = |at: usize| Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?));
    let (mut at, mut rate_hz) = (12, None);
    loop {
        let (name, length) = (bytes.get(at..at + 4)?, word(at + 4)? as usize);
        match name {
            b"fmt " if half(at + 8)? == 1 && half(at + 10)? == 1 && half(at + 22)? == 16 => {
                rate_hz = Some(word(at + 12)?);
            }
            b"data" => {
                let data = bytes.get(at + 8..)?;
                let data = &data[..length.min(data.len())];
                let samples = data.chunks_exact(2).map(|s| f32::from(i16::from_le_bytes([s[0], s[1]])) / 32_768.0);
                return Some(Pcm { rate_hz: rate_hz?, samples: samples.collect() });
            }
            _ => (),
        }
        at = at.checked_add(8)?.checked_add(length)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wav_with_an_unknown_length_is_read_to_its_end_and_anything_else_is_refused() {
        let mut bytes = Vec::from(*b"RIFF\xff\xff\xff\x7fWAVEfmt \x10\0\0\0\x01\0\x01\0");
        bytes.extend(22_050_u32.to_le_bytes());
        bytes.extend(44_100_u32.to_le_bytes());
        bytes.extend([2, 0, 16, 0]);
        bytes.extend(*b"data\xff\xff\xff\x7f");
        bytes.extend([0, 64, 0, 192]);
        assert_eq!(wav(&bytes), Some(Pcm { rate_hz: 22_050, samples: vec![0.5, -0.5] }));
        assert_eq!(wav(&bytes[..30]), None);
        assert_eq!(wav(b"no sound at all"), None);
        assert_eq!(wav(b""), None);
    }
}
