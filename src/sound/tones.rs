//! The tones, made by arithmetic: 500 to 1000 Hz with harmonics, at least 150 ms, pulsed rather than steady, which older ears
//! hear best (PMC4263975, PMC4777049).

use super::pcm::{Pcm, RATE_HZ};
use crate::coach::sentence::Tone;
use std::f64::consts::TAU;

/// The three pitches, hertz.
const LOW_HZ: f64 = 520.0;
const MIDDLE_HZ: f64 = 660.0;
const HIGH_HZ: f64 = 780.0;
/// Harmonics: share of each over the one before.
const HARMONIC: f64 = 0.45;
/// Peak of a tone.
const LEVEL: f64 = 0.32;
/// In and out, seconds: nothing clicks.
const EDGE_S: f64 = 0.012;

/// A tone's notes: pitch (0 is a pause) and seconds.
const fn notes(tone: Tone) -> &'static [(f64, f64)] {
    match tone {
        Tone::Chime => &[(LOW_HZ, 0.22), (MIDDLE_HZ, 0.22), (HIGH_HZ, 0.3)],
        Tone::HoldBegins => &[(MIDDLE_HZ, 0.18)],
        Tone::HoldEnds => &[(HIGH_HZ, 0.15), (0.0, 0.05), (HIGH_HZ, 0.15)],
        Tone::Count => &[(HIGH_HZ, 0.16)],
        Tone::NotCounted => &[(LOW_HZ, 0.2)],
        Tone::Hand => &[(MIDDLE_HZ, 0.15)],
        Tone::Paused => &[(MIDDLE_HZ, 0.16), (LOW_HZ, 0.22)],
        Tone::GoesOn => &[(LOW_HZ, 0.16), (MIDDLE_HZ, 0.22)],
        Tone::SetDone => &[(LOW_HZ, 0.15), (MIDDLE_HZ, 0.15), (HIGH_HZ, 0.3)],
        Tone::RestEnds => &[(MIDDLE_HZ, 0.16)],
        Tone::Alarm => &[(HIGH_HZ, 0.18), (0.0, 0.08), (LOW_HZ, 0.18), (0.0, 0.08), (HIGH_HZ, 0.18)],
    }
}

/// A tone as sound.
pub fn render(tone: Tone) -> Pcm {
    let mut sound = Pcm { rate_hz: RATE_HZ, samples: Vec::new() };
    for (pitch_hz, seconds) in notes(tone) {
        sound.samples.extend(note(*pitch_hz, *seconds, LEVEL));
    }
    sound
}

/// A soft sound that wakes a sleeping loudspeaker before the first word.
pub fn lead(seconds: f64) -> Pcm {
    Pcm { rate_hz: RATE_HZ, samples: note(LOW_HZ / 2.0, seconds, LEVEL / 12.0) }
}

fn note(pitch_hz: f64, seconds: f64, level: f64) -> Vec<f32> {
    let count = (seconds * f64::from(RATE_HZ)) as usize;
    let harmonics = if pitch_hz > 0.0 { 3 } else { 0 };
    let full: f64 = (0..harmonics).map(|i| HARMONIC.powi(i)).sum();
    let sample = |i: usize| {
        let t_s = i as f64 / f64::from(RATE_HZ);
        let edge = (t_s / EDGE_S).min((seconds - t_s) / EDGE_S).clamp(0.0, 1.0);
        let wave: f64 =
            (0..harmonics).map(|i| HARMONIC.powi(i) * (TAU * pitch_hz * f64::from(i + 1) * t_s).sin()).sum();
        if harmonics == 0 { 0.0 } else { (level * edge * wave / full) as f32 }
    };
    (0..count).map(sample).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Tone; 11] = [
        Tone::Chime,
        Tone::HoldBegins,
        Tone::HoldEnds,
        Tone::Count,
        Tone::NotCounted,
        Tone::Hand,
        Tone::Paused,
        Tone::GoesOn,
        Tone::SetDone,
        Tone::RestEnds,
        Tone::Alarm,
    ];

    #[test]
    fn tones_are_long_enough_to_hear_low_enough_for_old_ears_and_no_two_alike() {
        let mut wrong = Vec::new();
        for tone in ALL {
            let sound = render(tone);
            let peak = sound.samples.iter().fold(0.0_f32, |peak, s| peak.max(s.abs()));
            let pitches = notes(tone).iter().all(|(hz, _)| *hz == 0.0 || (500.0..=1000.0).contains(hz));
            let is_like_another = ALL.iter().any(|other| *other != tone && notes(*other) == notes(tone));
            let is_a_plain_mark = matches!(tone, Tone::HoldBegins | Tone::Hand | Tone::RestEnds | Tone::Count);
            if sound.seconds() < 0.15
                || !(0.1..0.5).contains(&peak)
                || !pitches
                || (is_like_another && !is_a_plain_mark)
            {
                wrong.push((tone, sound.seconds(), peak));
            }
        }
        assert!(wrong.is_empty(), "{wrong:?}");
    }
}
