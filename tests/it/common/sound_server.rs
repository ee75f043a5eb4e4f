//! A sound server without a loudspeaker, recorded from: what a person would hear.

use formcheck::sound::pcm::{Pcm, RATE_HZ};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A sound server that is recorded.
pub struct Server {
    folder: tempfile::TempDir,
    server: Child,
}

impl Server {
    pub fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let server = Self::spawn(folder.path());
        let server = Self { folder, server };
        server.wait();
        server
    }

    pub fn spawn(folder: &Path) -> Child {
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

    pub fn address(&self) -> String {
        format!("unix:{}", self.folder.path().join("native").display())
    }

    /// Its folder, with its socket.
    pub fn folder(&self) -> &Path {
        self.folder.path()
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

/// A recording of what it plays.
pub struct Recorder {
    child: Child,
    path: PathBuf,
    began: Instant,
}

impl Recorder {
    /// Seconds since it began.
    #[allow(dead_code, reason = "not every test knows when something was asked for")]
    pub fn now_s(&self) -> f64 {
        self.began.elapsed().as_secs_f64()
    }

    pub fn end(mut self) -> Pcm {
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
pub fn find(heard: &Pcm, wanted: &Pcm, from_s: f64, to_s: f64) -> (f64, f64) {
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

#[allow(clippy::disallowed_methods, reason = "a recording runs in real time")]
fn real_now() -> Instant {
    Instant::now()
}

pub fn record_in(folder: &Path) -> Recorder {
    let path = folder.join("heard.raw");
    let file = std::fs::File::create(&path).unwrap();
    let child = Command::new("parec")
        .arg(format!("--server=unix:{}", folder.join("native").display()))
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
