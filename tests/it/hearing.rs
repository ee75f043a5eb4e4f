//! What a person hears: a sound server without a loudspeaker is recorded from, and what was said is looked for in the recording.
#![cfg(all(feature = "sound", target_os = "linux"))]

use formcheck::base::language::Language;
use formcheck::coach::sentence::{EndReason, Sentence, Tone};
use formcheck::counting::record::RepSide;
use formcheck::sound::clips::Clips;
use formcheck::sound::pcm::{Pcm, RATE_HZ};
use formcheck::sound::speaker::{Speaker, SpeakerOptions};
use formcheck::sound::tones;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A sound server that is recorded.
struct Server {
    folder: tempfile::TempDir,
    server: Child,
}

impl Server {
    fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let server = Self::spawn(folder.path());
        let server = Self { folder, server };
        server.wait();
        server
    }

    fn spawn(folder: &Path) -> Child {
        let socket = folder.join("native");
        Command::new("pulseaudio")
            .args(["-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no", "--disable-shm=yes"])
            .args(["-L", "module-null-sink sink_name=t rate=48000"])
            .arg("-L")
            .arg(format!("module-native-protocol-unix socket={} auth-anonymous=1", socket.display()))
            .env("PULSE_RUNTIME_PATH", folder)
            .env("HOME", folder)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("pulseaudio is installed by `make setup`")
    }

    fn address(&self) -> String {
        format!("unix:{}", self.folder.path().join("native").display())
    }

    fn wait(&self) {
        for _ in 0..100 {
            let info = Command::new("pactl").args(["-s", &self.address(), "info"]).output().unwrap();
            if info.status.success() {
                return;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("the sound server did not start");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _gone = self.server.kill();
        let _reaped = self.server.wait();
    }
}

struct Recorder {
    child: Child,
    path: PathBuf,
    began: Instant,
}

impl Recorder {
    fn now_s(&self) -> f64 {
        self.began.elapsed().as_secs_f64()
    }

    fn end(mut self) -> Pcm {
        std::thread::sleep(Duration::from_millis(300));
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        let bytes = std::fs::read(&self.path).unwrap();
        let samples = bytes.chunks_exact(2).map(|s| f32::from(i16::from_le_bytes([s[0], s[1]])) / 32_768.0).collect();
        Pcm { rate_hz: RATE_HZ, samples }
    }
}

/// Below about 2 kHz: the loudspeaker's clock is not ours, and hissing sounds are nothing alike a fraction of a sample away.
fn low(pcm: &Pcm) -> Pcm {
    let samples = pcm.samples.windows(8).map(|w| w.iter().sum::<f32>() / 8.0).collect();
    Pcm { rate_hz: pcm.rate_hz, samples }
}

/// Where `wanted` begins in `heard` between two times, seconds, and how alike it is there (1: the same but for loudness).
fn find(heard: &Pcm, wanted: &Pcm, from_s: f64, to_s: f64) -> (f64, f64) {
    let rate = f64::from(RATE_HZ);
    let (heard, wanted) = (&low(heard), &low(wanted));
    // Half a second is enough to tell phrases apart; every second sample to do it quickly.
    let length = wanted.samples.len().min(RATE_HZ as usize / 2);
    let wanted: Vec<f32> = wanted.samples[..length].iter().step_by(2).copied().collect();
    let own: f32 = wanted.iter().map(|s| s * s).sum::<f32>().sqrt();
    let mut best = (0.0, 0.0);
    let last = ((to_s * rate) as usize).min(heard.samples.len().saturating_sub(length));
    for at in ((from_s.max(0.0) * rate) as usize..last).step_by(3) {
        let there = heard.samples[at..at + length].iter().step_by(2);
        let (mut dot, mut energy) = (0.0_f32, 0.0_f32);
        for (a, b) in there.zip(&wanted) {
            dot += a * b;
            energy += a * a;
        }
        let alike = f64::from(dot / (energy.sqrt() * own).max(1e-6));
        if alike > best.1 {
            best = (at as f64 / rate, alike);
        }
    }
    best
}

fn clip(text: &str) -> Pcm {
    Clips::of(Language::English).unwrap().get(text).unwrap().unwrap_or_else(|| panic!("no clip of {text}"))
}

/// The server is given by an environment variable, which belongs to the whole process: the speaker runs in one of its own.
fn in_own_process(name: &str, server: &Server) -> std::process::Output {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", &format!("hearing::{name}"), "--nocapture"])
        .env("PULSE_SERVER", server.address())
        .env("FORMCHECK_HEARING", server.folder.path())
        .output()
        .unwrap()
}

#[test]
fn every_count_is_heard_when_it_is_said_whole_and_as_loud_as_it_should_be() {
    if std::env::var_os("FORMCHECK_HEARING").is_some() {
        return;
    }
    let server = Server::start();
    let done = in_own_process("the_speaker_of_the_test_of_counts", &server);
    assert!(
        done.status.success(),
        "{}{}",
        String::from_utf8_lossy(&done.stdout),
        String::from_utf8_lossy(&done.stderr)
    );
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

#[allow(clippy::disallowed_methods, reason = "a recording runs in real time")]
fn real_now() -> Instant {
    Instant::now()
}

fn record_in(folder: &Path) -> Recorder {
    let path = folder.join("heard.raw");
    let file = std::fs::File::create(&path).unwrap();
    let child = Command::new("parec")
        .args(["-d", "t.monitor", "--format=s16le", "--channels=1", "--latency-msec=10"])
        .arg(format!("--rate={RATE_HZ}"))
        .stdout(file)
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    while std::fs::metadata(&path).unwrap().len() == 0 {
        std::thread::sleep(Duration::from_millis(2));
    }
    Recorder { child, path, began: real_now() }
}

#[test]
fn a_sound_server_that_is_killed_is_told_and_sound_comes_back_with_it() {
    if std::env::var_os("FORMCHECK_HEARING").is_some() {
        return;
    }
    let server = Server::start();
    let done = in_own_process("the_speaker_of_the_test_of_a_killed_server", &server);
    assert!(
        done.status.success(),
        "{}{}",
        String::from_utf8_lossy(&done.stdout),
        String::from_utf8_lossy(&done.stderr)
    );
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
