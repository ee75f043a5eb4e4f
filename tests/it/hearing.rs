//! What a person hears: a sound server without a loudspeaker is recorded from, and what was said is looked for in the recording.
#![cfg(all(feature = "sound", target_os = "linux"))]

use crate::common::sound_server::{Server, find, record_in};
use formcheck::base::language::Language;
use formcheck::coach::sentence::{EndReason, Sentence, Tone};
use formcheck::counting::record::RepSide;
use formcheck::sound::clips::Clips;
use formcheck::sound::pcm::Pcm;
use formcheck::sound::speaker::{Speaker, SpeakerOptions};
use formcheck::sound::tones;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

fn clip(text: &str) -> Pcm {
    Clips::of(Language::English).unwrap().get(text).unwrap().unwrap_or_else(|| panic!("no clip of {text}"))
}

/// The server is given by an environment variable, which belongs to the whole process: the speaker runs in one of its own.
#[track_caller]
fn passes_in_own_process(name: &str) {
    if std::env::var_os("FORMCHECK_HEARING").is_some() {
        return;
    }
    let server = Server::start();
    let done = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", &format!("hearing::{name}"), "--nocapture"])
        .env("PULSE_SERVER", server.address())
        .env("FORMCHECK_HEARING", server.folder())
        .output()
        .unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(done.status.success(), "{}{}", text(&done.stdout), text(&done.stderr));
}

#[test]
fn every_count_is_heard_when_it_is_said_whole_and_as_loud_as_it_should_be() {
    passes_in_own_process("the_speaker_of_the_test_of_counts");
}

/// Runs in the process that the test above starts.
#[test]
fn the_speaker_of_the_test_of_counts() {
    let Some(folder) = std::env::var_os("FORMCHECK_HEARING") else { return };
    let socket = Path::new(&folder).join("native");
    let folder = PathBuf::from(&folder);
    let speaker = Speaker::start(SpeakerOptions::default()).unwrap();
    for _ in 0..100 {
        if speaker.state().device.is_some() {
            break;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    assert!(speaker.state().device.is_some(), "{:?}", speaker.state());
    assert!(socket.exists());
    let recorder = record_in(&folder);
    speaker.tone(Tone::Chime);
    std::thread::sleep(Duration::from_millis(1600));
    let count = |n, side| Sentence::Count { n, side, is_last_next: false };
    let sentences = [
        (count(1, None), "One."),
        (count(2, None), "Two."),
        (count(7, None), "Seven."),
        (count(3, Some(RepSide::Left)), "Left, three."),
        (Sentence::Cue("Hips on the floor".to_owned()), "Hips on the floor."),
        (Sentence::Hold, "Hold."),
        (Sentence::SetEnd { n: 10, reason: EndReason::Target, is_timed: false }, "Well done."),
    ];
    let mut asked = Vec::new();
    for (sentence, text) in sentences {
        asked.push((recorder.now_s(), text));
        speaker.say(sentence);
        std::thread::sleep(Duration::from_millis(2200));
    }
    // A count cuts in on what is being said.
    speaker.say(Sentence::WarmUp);
    std::thread::sleep(Duration::from_millis(1500));
    asked.push((recorder.now_s(), "Eight."));
    speaker.say(count(8, None));
    std::thread::sleep(Duration::from_millis(1500));
    let heard = recorder.end();

    let mut wrong = Vec::new();
    for (asked_s, text) in asked {
        let (at_s, alike) = find(&heard, &clip(text), asked_s - 0.1, asked_s + 0.6);
        let late_s = at_s - asked_s;
        if alike < 0.9 || !(-0.05..0.15).contains(&late_s) {
            wrong.push(format!("{text} {:.0} ms after it was asked for, alike {alike:.2}", late_s * 1e3));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    let peak = heard.samples.iter().fold(0.0_f32, |peak, s| peak.max(s.abs()));
    assert!((0.2..0.99).contains(&peak), "peak {peak}");
    let (_, alike) = find(&heard, &tones::render(Tone::Chime), 0.0, 1.6);
    assert!(alike > 0.9, "the chime: {alike:.2}");
}

#[test]
fn a_sound_server_that_is_killed_is_told_and_sound_comes_back_with_it() {
    passes_in_own_process("the_speaker_of_the_test_of_a_killed_server");
}

/// Runs in the process that the test above starts.
#[test]
fn the_speaker_of_the_test_of_a_killed_server() {
    let Some(folder) = std::env::var_os("FORMCHECK_HEARING") else { return };
    let folder = PathBuf::from(folder);
    let speaker = Speaker::start(SpeakerOptions::default()).unwrap();
    let wait = |what: &str, wanted: &dyn Fn() -> bool| {
        for _ in 0..160 {
            if wanted() {
                return;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("{what}: {:?}", speaker.state());
    };
    wait("sound at first", &|| speaker.state().device.is_some());
    // The test that started this process has the server; its socket names the process.
    let killed = Command::new("pactl").arg("exit").status().unwrap();
    assert!(killed.success());
    wait("the loss is told", &|| {
        speaker.tone(Tone::Count);
        speaker.state().device.is_none() && speaker.state().trouble.is_some()
    });
    let _old = std::fs::remove_file(folder.join("native"));
    let mut again = Server::spawn(&folder);
    wait("sound is back", &|| speaker.state().device.is_some());
    let _gone = again.kill();
    let _reaped = again.wait();
}
