//! What the process with the fake camera does: one scenario, told in facts, a line each.

use std::fs;
use std::time::Duration;

use formcheck::base::time::Timestamp;
use formcheck::vision::frame::Frame;
use formcheck::vision::source::camera::{CameraSelector, CameraSource, list_cameras, list_formats};
use formcheck::vision::source::{FrameSource, Next};

use super::{PALETTE, SCENARIO};

/// Answers of a source after which a scenario gives up; waiting ones take half a second each, so 200 are 100 s at most.
const PATIENCE: usize = 200;

/// Prints one fact. The line break before it closes what the test harness has written.
fn fact(name: &str, value: impl std::fmt::Display) {
    println!("\nfact {name} {value}");
}

fn set_control(word: &str) {
    fs::write(std::env::var("FAKECAM_CONTROL").unwrap(), word).unwrap();
}

/// The palette entry that most of a picture shows, by its pixels at the middle, the right and the bottom.
fn colour(frame: &Frame) -> String {
    let (width, height) = (frame.size.width as usize, frame.size.height as usize);
    assert_eq!(frame.rgb.len(), frame.size.rgb_len());
    let pixel = |x: usize, y: usize| &frame.rgb[(y * width + x) * 3..][..3];
    let looked_at = [pixel(width / 2, height / 2), pixel(width - 1, height / 2), pixel(width / 2, height - 1)];
    let close = |rgb: [u8; 3]| looked_at.iter().all(|pixel| pixel.iter().zip(rgb).all(|(a, b)| a.abs_diff(b) <= 6));
    PALETTE.iter().position(|(_, rgb)| close(*rgb)).map_or(format!("{looked_at:?}"), |index| index.to_string())
}

/// A source with its last timestamp and sequence number, which must only grow.
struct Watched {
    source: CameraSource,
    last: Option<(u64, Timestamp)>,
}

impl Watched {
    fn open() -> Self {
        Self { source: CameraSource::open(&CameraSelector::Default).unwrap(), last: None }
    }

    fn next(&mut self) -> Next {
        let next = self.source.next_frame().unwrap();
        if let Next::Frame(frame) = &next {
            let now = (frame.seq, frame.at);
            if let Some((seq, at)) = self.last
                && (frame.seq <= seq || frame.at <= at)
            {
                fact("went_back", format!("{:?} then {now:?}", self.last));
            }
            self.last = Some(now);
        }
        next
    }

    fn frames(&mut self, count: usize) {
        let mut got = 0;
        for _ in 0..count + PATIENCE {
            if let Next::Frame(frame) = self.next() {
                fact("colour", colour(&frame));
                got += 1;
            }
            if got == count {
                return;
            }
        }
        panic!("only {got} of {count} pictures came");
    }

    /// Reads on until the source waits for a reason that contains `words`.
    fn wait_reason(&mut self, words: &str) {
        for _ in 0..PATIENCE {
            if let Next::Waiting(why) = self.next()
                && why.contains(words)
            {
                fact("waiting", why);
                return;
            }
        }
        panic!("the source never said \"{words}\"");
    }

    fn at_s(&self) -> f64 {
        self.last.unwrap().1.secs()
    }
}

fn describe(watched: &Watched) {
    let info = watched.source.info();
    let size = info.size.unwrap();
    fact("info", format!("{} {} {}x{}", info.kind, info.name, size.width, size.height));
    fact("format", watched.source.format());
}

fn open_error(selector: &str) {
    match CameraSource::open(&selector.parse().unwrap()) {
        Ok(_) => fact("error", "none"),
        Err(error) => fact("error", error),
    }
}

fn scenario_play(count: usize) {
    let mut watched = Watched::open();
    watched.frames(count);
    describe(&watched);
    let stats = watched.source.stats();
    fact("delivered", stats.delivered);
    fact("bad", stats.bad);
    fact("measured_fps", stats.measured_fps.unwrap_or(0.0));
}

fn scenario_list_only() {
    for camera in list_cameras().unwrap() {
        fact("camera", &camera);
    }
}

fn scenario_list() {
    for camera in list_cameras().unwrap() {
        fact("camera", &camera);
        for format in list_formats(camera.index).unwrap() {
            fact("offer", format);
        }
    }
    scenario_play(2);
}

fn scenario_corrupt() {
    let mut watched = Watched::open();
    watched.frames(4);
    set_control("corrupt");
    for _ in 0..PATIENCE {
        if watched.source.stats().bad >= 3 {
            break;
        }
        watched.next();
    }
    set_control("ok");
    watched.frames(8);
    fact("bad", watched.source.stats().bad);
    set_control("corrupt");
    watched.wait_reason("damaged");
    set_control("ok");
    watched.frames(4);
}

/// Trouble of a kind, then the camera again.
fn scenario_trouble(word: &str, words: &str) {
    let mut watched = Watched::open();
    watched.frames(5);
    let before_s = watched.at_s();
    set_control(word);
    watched.wait_reason(words);
    watched.wait_reason(words);
    fact("cameras_meanwhile", list_cameras().unwrap().len());
    set_control("ok");
    watched.frames(5);
    fact("gap_s", watched.at_s() - before_s);
    // Closing while the camera is in trouble must not hang either.
    set_control(word);
    watched.wait_reason(words);
    drop(watched);
    fact("closed", "yes");
}

/// Three pictures of ten are damaged, which is no reason to do anything.
fn scenario_third() {
    let mut watched = Watched::open();
    watched.frames(2);
    set_control("third");
    let bad = watched.source.stats().bad;
    let mut waited = 0;
    for _ in 0..60 {
        waited += u32::from(matches!(watched.next(), Next::Waiting(_)));
    }
    fact("bad", watched.source.stats().bad - bad);
    fact("waited", waited);
}

fn scenario_half() {
    let mut watched = Watched::open();
    watched.frames(60);
    fact("measured_fps", watched.source.stats().measured_fps.unwrap_or(0.0));
    set_control("half");
    watched.frames(50);
    fact("measured_fps", watched.source.stats().measured_fps.unwrap_or(0.0));
}

/// Stamps jump to and fro; those of pictures stay near the machine's clock.
fn scenario_jump() {
    let mut watched = Watched::open();
    watched.frames(2);
    set_control("jump");
    #[allow(clippy::disallowed_methods, reason = "stamps are compared with the machine's clock")]
    let begin = std::time::Instant::now();
    let begin_s = watched.at_s();
    let mut farthest_s: f64 = 0.0;
    for _ in 0..60 {
        watched.frames(1);
        farthest_s = farthest_s.max((watched.at_s() - begin_s - begin.elapsed().as_secs_f64()).abs());
    }
    fact("farthest_s", farthest_s);
}

fn scenario_other_format() {
    let mut watched = Watched::open();
    watched.frames(2);
    describe(&watched);
    set_control("unplugged");
    watched.wait_reason("unplugged");
    set_control("other");
    watched.frames(2);
    describe(&watched);
}

fn scenario_busy_later() {
    let mut watched = Watched::open();
    watched.frames(2);
    set_control("unplugged");
    watched.wait_reason("unplugged");
    set_control("busy");
    watched.wait_reason("another program");
    set_control("ok");
    watched.frames(2);
}

fn scenario_slow_reader() {
    let mut watched = Watched::open();
    watched.frames(1);
    let first_seq = watched.last.unwrap().0;
    let first_s = watched.at_s();
    std::thread::sleep(Duration::from_secs(1));
    watched.frames(1);
    fact("skipped", watched.last.unwrap().0 - first_seq - 1);
    fact("dropped", watched.source.dropped());
    fact("newer_by_s", watched.at_s() - first_s);
}

#[test]
#[ignore = "run by the other tests in a process of its own"]
fn child_of_the_camera_tests() {
    let Ok(scenario) = std::env::var(SCENARIO) else { return };
    match scenario.split_once(' ').unwrap_or((&scenario, "")) {
        ("play", count) => scenario_play(count.parse().unwrap()),
        ("list", _) => scenario_list(),
        ("list_only", _) => scenario_list_only(),
        ("corrupt", _) => scenario_corrupt(),
        ("unplugged", _) => scenario_trouble("unplugged", "unplugged"),
        ("stall", _) => scenario_trouble("stall", "stopped sending"),
        ("busy_later", _) => scenario_busy_later(),
        ("third", _) => scenario_third(),
        ("half", _) => scenario_half(),
        ("jump", _) => scenario_jump(),
        ("other_format", _) => scenario_other_format(),
        ("slow_reader", _) => scenario_slow_reader(),
        ("open", selector) => open_error(selector),
        (other, _) => panic!("no scenario {other}"),
    }
}
