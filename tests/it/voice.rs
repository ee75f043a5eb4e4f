//! The recorded voice: a clip for everything the coach says of what the program ships, short enough and not silent.
#![cfg(feature = "sound")]

use formcheck::base::language::Language;
use formcheck::coach::phrases;
use formcheck::exercise::catalogue;
use formcheck::exercise::routine::catalogue as routines;
use formcheck::sound::clips::Clips;
use std::path::Path;

/// Words that must be short: counts, and what is said in a set.
const SHORT: [&str; 6] = ["Hold.", "Go.", "And release.", "Last one.", "Well done.", "Left, seven."];

fn phrases() -> Vec<String> {
    phrases::all(&catalogue::load_all().unwrap(), &routines::load_all().unwrap())
}

#[test]
fn the_list_of_phrases_is_that_of_the_program() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("voice/en/phrases.txt");
    let listed: Vec<String> = std::fs::read_to_string(path).unwrap().lines().map(str::to_owned).collect();
    assert_eq!(listed, phrases(), "make it anew: formcheck phrases > voice/en/phrases.txt, then scripts/voice.py");
}

#[test]
fn every_phrase_has_a_clip_that_begins_at_once_is_loud_and_not_too_long() {
    let mut clips = Clips::of(Language::English).unwrap();
    let mut wrong = Vec::new();
    for phrase in phrases() {
        let Some(clip) = clips.get(&phrase).unwrap() else {
            wrong.push(format!("{phrase} has no clip"));
            continue;
        };
        let words = phrase.split([' ', '-']).count() as f64;
        let sentences = phrase.matches(". ").count() as f64;
        let is_short = words <= 2.0 || SHORT.contains(&phrase.as_str());
        let longest_s = 0.3 * sentences + if is_short { 1.5 } else { 0.7 + 0.6 * words };
        let begins = clip.samples.iter().position(|s| s.abs() > 0.01).unwrap_or(usize::MAX);
        let loud: Vec<f32> = clip.samples.iter().copied().filter(|s| s.abs() > 0.01).collect();
        let rms = (loud.iter().map(|s| s * s).sum::<f32>() / loud.len().max(1) as f32).sqrt();
        let peak = loud.iter().fold(0.0_f32, |peak, s| peak.max(s.abs()));
        let begins_s = begins as f64 / f64::from(clip.rate_hz);
        if clip.seconds() > longest_s || begins_s > 0.04 || !(0.06..0.35).contains(&rms) || peak > 0.95 {
            wrong.push(format!(
                "{phrase} {:.2} s, begins at {begins_s:.3} s, level {rms:.3}, peak {peak:.2}",
                clip.seconds()
            ));
        }
    }
    assert!(wrong.is_empty(), "{} of them:\n{}", wrong.len(), wrong.join("\n"));
}
