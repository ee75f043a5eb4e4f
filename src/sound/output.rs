//! The one stream to the loudspeaker: open for the whole session, opened anew when it breaks.

use super::pcm::{Pcm, RATE_HZ};
use rodio::cpal::traits::{DeviceTrait as _, HostTrait as _};
use rodio::cpal::{self, HostId};
use rodio::{DeviceSinkBuilder, MixerDeviceSink, Source};
use std::num::NonZero;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// In the name of the sound server's interface.
const SERVER: &str = "Pulse";
/// What is cut off fades out in so long, seconds.
const FADE_S: f64 = 0.06;
/// Devices of ALSA that take sound and make none.
const DEAF: [&str; 2] = ["null", "Discard"];

/// An open stream.
pub struct Output {
    sink: MixerDeviceSink,
    is_broken: Arc<AtomicBool>,
    /// Name of the device.
    name: String,
}

/// A sound that plays; it can be faded out.
#[derive(Clone, Debug)]
pub struct Playing(Arc<AtomicBool>);

impl Playing {
    /// Fades it out.
    pub fn cut(&self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl Output {
    /// Opens the default loudspeaker: of the PulseAudio (or PipeWire) server, else of ALSA.
    ///
    /// # Errors
    /// What each of them said.
    pub fn open() -> Result<Self, String> {
        let mut causes = Vec::new();
        for host in hosts() {
            match open_on(host) {
                Ok(output) => return Ok(output),
                Err(cause) => causes.push(format!("{}: {cause}", host.name())),
            }
        }
        if causes.is_empty() {
            causes.push(super::words::no_card());
        }
        Err(causes.join("; "))
    }

    /// Whether it has stopped working.
    pub fn is_broken(&self) -> bool {
        self.is_broken.load(Ordering::Relaxed)
    }

    /// Name of the device.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Plays a sound beside what plays already.
    pub fn play(&self, pcm: Pcm, volume: f32) -> Playing {
        let is_cut = Arc::new(AtomicBool::new(false));
        let fade_left = (FADE_S * f64::from(RATE_HZ)) as usize;
        let sound = Sound {
            samples: pcm.at_rate().samples.into_iter(),
            volume,
            is_cut: Arc::clone(&is_cut),
            fade_left,
            fade: fade_left,
        };
        self.sink.mixer().add(sound);
        Playing(is_cut)
    }
}

/// The sound servers to try, the best first.
fn hosts() -> Vec<HostId> {
    let mut hosts = cpal::available_hosts();
    hosts.sort_by_key(|host| !host.name().contains(SERVER));
    hosts.retain(|host| host.name().contains(SERVER) || has_card());
    hosts
}

/// Whether there is a sound card at all. Without one ALSA only complains, and leaves folders of other programs in the home.
#[cfg(target_os = "linux")]
fn has_card() -> bool {
    std::fs::read_to_string("/proc/asound/cards").is_ok_and(|cards| cards.contains('['))
}

/// Other systems know by themselves.
#[cfg(not(target_os = "linux"))]
const fn has_card() -> bool {
    true
}

fn open_on(id: HostId) -> Result<Output, String> {
    #[cfg(target_os = "linux")]
    if id.name().contains(SERVER) {
        super::cookie::make_where_missing();
    }
    let host = cpal::host_from_id(id).map_err(|e| e.to_string())?;
    let device = host.default_output_device().ok_or_else(super::words::no_loudspeaker)?;
    let name = device.description().map_or_else(|_| id.name().to_owned(), |d| d.name().to_owned());
    if DEAF.iter().any(|deaf| name.contains(deaf)) {
        return Err(super::words::deaf(&name));
    }
    let is_broken = Arc::new(AtomicBool::new(false));
    let broken = Arc::clone(&is_broken);
    let builder = DeviceSinkBuilder::from_device(device).map_err(|e| e.to_string())?;
    let mut sink = builder
        .with_error_callback(move |error| {
            tracing::warn!("the sound stream says: {error}");
            // A late buffer is a hiccup that the stream gets over by itself; to open it anew would cost two seconds.
            if error.kind() != cpal::ErrorKind::Xrun {
                broken.store(true, Ordering::Relaxed);
            }
        })
        .open_stream()
        .map_err(|e| e.to_string())?;
    sink.log_on_drop(false);
    Ok(Output { sink, is_broken, name })
}

/// A sound on its way: it ends early, faded, when it is cut.
struct Sound {
    samples: std::vec::IntoIter<f32>,
    volume: f32,
    is_cut: Arc<AtomicBool>,
    fade_left: usize,
    fade: usize,
}

impl Iterator for Sound {
    type Item = f32;

    fn next(&mut self) -> Option<f32> {
        let sample = self.samples.next()? * self.volume;
        if !self.is_cut.load(Ordering::Relaxed) {
            return Some(sample);
        }
        self.fade_left = self.fade_left.checked_sub(1)?;
        Some(sample * self.fade_left as f32 / self.fade as f32)
    }
}

impl Source for Sound {
    fn current_span_len(&self) -> Option<usize> {
        None
    }

    fn channels(&self) -> rodio::ChannelCount {
        NonZero::<u16>::MIN
    }

    fn sample_rate(&self) -> rodio::SampleRate {
        NonZero::new(RATE_HZ).unwrap_or(NonZero::<u32>::MIN)
    }

    fn total_duration(&self) -> Option<Duration> {
        None
    }
}
