//! The camera source on a fake V4L2 device: real nokhwa, real threads, no hardware and no root.
//!
//! `fake_camera/fakecam.c` is compiled with `cc` and preloaded into a child process, which is this test binary again,
//! running only `child_of_the_camera_tests` with a scenario named in the environment. The child prints facts, a line each;
//! the tests here assert them.
#![cfg(all(target_os = "linux", feature = "camera"))]

use std::fs;
use std::process::Command;
use std::time::Duration;

use formcheck::base::time::Timestamp;
use formcheck::vision::frame::Frame;
use formcheck::vision::source::camera::{CameraSelector, CameraSource, list_cameras, list_formats};
use formcheck::vision::source::{FrameSource, Next};

use crate::common::fake_camera::fake_device;

const SCENARIO: &str = "FORMCHECK_CAMERA_SCENARIO";

/// Answers of a source after which a scenario gives up; waiting ones take half a second each, so 200 are 100 s at most.
const PATIENCE: usize = 200;

/// 8-bit Y U V and the RGB that it means (ITU-R BT.601, limited range).
const PALETTE: [([u8; 3], [u8; 3]); 4] = [
    ([81, 90, 240], [255, 0, 0]),
    ([145, 54, 34], [0, 255, 0]),
    ([41, 240, 110], [0, 0, 255]),
    ([180, 128, 128], [191, 191, 191]),
];

// ---- the parent's side: clips, the child, its facts ------------------------------------------------------------------

/// Raw YUYV frames of one colour each: palette entry after entry, each for `repeat` frames.
fn yuyv_clip(width: usize, height: usize, repeat: usize) -> Vec<u8> {
    let frame = |[y, u, v]: [u8; 3]| [y, u, y, v].repeat(width * height / 2).repeat(repeat);
    PALETTE.iter().flat_map(|(yuv, _)| frame(*yuv)).collect()
}

/// The same as concatenated JPEGs, each with some texture in a corner so that it has a length worth cutting.
fn mjpeg_clip(width: u32, height: u32) -> Vec<u8> {
    let mut clip = Vec::new();
    for (_, rgb) in PALETTE {
        let speckle = |x: u32, y: u32| x < width / 4 && y < height / 4 && (x * 7 + y * 13).is_multiple_of(5);
        let picture =
            image::RgbImage::from_fn(width, height, |x, y| image::Rgb(if speckle(x, y) { [9; 3] } else { rgb }));
        image::codecs::jpeg::JpegEncoder::new_with_quality(&mut clip, 90).encode_image(&picture).unwrap();
    }
    clip
}

/// A run of one scenario in a child process.
struct Run {
    folder: tempfile::TempDir,
    command: Command,
}

impl Run {
    fn new(scenario: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut command = Command::new(std::env::current_exe().unwrap());
        command
            .args(["camera::child_of_the_camera_tests", "--exact", "--ignored", "--nocapture", "--test-threads=1"])
            .env(SCENARIO, scenario)
            .env("LD_PRELOAD", fake_device())
            .env("FAKECAM_CONTROL", folder.path().join("control"));
        Self { folder, command }
    }

    fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(format!("FAKECAM_{name}"), value);
        self
    }

    fn control(self, word: &str) -> Self {
        fs::write(self.folder.path().join("control"), word).unwrap();
        self
    }

    fn file(mut self, variable: &str, bytes: &[u8]) -> Self {
        let path = self.folder.path().join(variable);
        fs::write(&path, bytes).unwrap();
        self.command.env(format!("FAKECAM_{variable}"), path);
        self
    }

    /// A small raw clip at 20 frames a second, enough for most scenarios.
    fn small_clip(self) -> Self {
        self.file("FRAMES", &yuyv_clip(160, 120, 1)).env("SIZE", "160x120").env("FPS", "20")
    }

    fn facts(mut self) -> Facts {
        let output = self.command.output().unwrap();
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "the child failed:\n{text}\n{errors}");
        Facts(text.lines().filter_map(|line| line.strip_prefix("fact ")).map(str::to_owned).collect())
    }
}

/// What the child printed: lines "name value".
struct Facts(Vec<String>);

impl Facts {
    fn all(&self, name: &str) -> Vec<&str> {
        let prefix = format!("{name} ");
        self.0.iter().filter_map(|line| line.strip_prefix(prefix.as_str())).collect()
    }

    fn one(&self, name: &str) -> &str {
        let all = self.all(name);
        assert_eq!(all.len(), 1, "fact {name} in {:#?}", self.0);
        all[0]
    }

    fn number(&self, name: &str) -> f64 {
        self.one(name).parse().unwrap()
    }

    /// Palette entries of the pictures in the order they came; every picture must be one of the palette.
    fn colours(&self) -> Vec<usize> {
        let colours = self.all("colour");
        let known: Vec<usize> = colours.iter().filter_map(|text| text.parse().ok()).collect();
        assert!(known.len() == colours.len() && !known.is_empty(), "pictures of a wrong colour: {colours:?}");
        known
    }

    /// Each colour once for every run of it.
    fn colour_runs(&self) -> Vec<usize> {
        let mut runs = self.colours();
        runs.dedup();
        runs
    }
}

// ---- the child's side ------------------------------------------------------------------------------------------------

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
        ("corrupt", _) => scenario_corrupt(),
        ("unplugged", _) => scenario_trouble("unplugged", "unplugged"),
        ("stall", _) => scenario_trouble("stall", "stopped sending"),
        ("busy_later", _) => scenario_busy_later(),
        ("slow_reader", _) => scenario_slow_reader(),
        ("open", selector) => open_error(selector),
        (other, _) => panic!("no scenario {other}"),
    }
}

// ---- the tests -------------------------------------------------------------------------------------------------------

#[test]
fn raw_pictures_arrive_with_their_size_and_colours() {
    let run = Run::new("play 24").file("FRAMES", &yuyv_clip(640, 480, 1)).env("FPS", "10").env("NAME", "Desk camera");
    let facts = run.facts();
    assert_eq!(facts.one("info"), "camera Desk camera 640x480");
    assert_eq!(facts.one("format"), "YUYV 640x480 at 10 fps");
    for colour in 0..PALETTE.len() {
        assert!(facts.colours().contains(&colour), "colour {colour} never came: {:?}", facts.colours());
    }
    assert_eq!((facts.one("delivered"), facts.one("bad")), ("24", "0"));
}

#[test]
fn jpeg_pictures_arrive_with_their_size_and_colours() {
    let run = Run::new("play 24").file("FRAMES", &mjpeg_clip(320, 240)).env("FORMAT", "mjpeg");
    let facts = run.env("SIZE", "320x240").env("FPS", "10").facts();
    assert_eq!(facts.one("info"), "camera Fake camera 320x240");
    assert_eq!(facts.one("format"), "MJPEG 320x240 at 10 fps");
    for colour in 0..PALETTE.len() {
        assert!(facts.colours().contains(&colour), "colour {colour} never came: {:?}", facts.colours());
    }
    assert_eq!(facts.one("bad"), "0");
}

#[test]
fn the_clip_plays_in_order_from_its_first_frame_to_its_last() {
    // Half a second of each colour, the first one for a second more.
    let run = Run::new("play 70").file("FRAMES", &yuyv_clip(160, 120, 10)).env("SIZE", "160x120").env("FPS", "20");
    let facts = run.env("LEAD_S", "1").env("END", "hold").facts();
    assert_eq!(facts.colour_runs(), [0, 1, 2, 3]);
}

#[test]
fn the_best_of_the_offered_formats_is_asked_for_and_granted() {
    // What the camera offers; what is chosen; the size of the pictures, which for JPEG is their own.
    let cases = [
        ("1280x720,640x480,320x240", "YUYV 640x480 at 30 fps", "640x480"),
        ("1920x1080,1280x720", "MJPEG 1280x720 at 30 fps", "320x240"),
    ];
    for (sizes, best, arriving) in cases {
        let run = Run::new("list").file("FRAMES", &yuyv_clip(320, 240, 1)).file("FRAMES_MJPEG", &mjpeg_clip(320, 240));
        let facts = run.env("FORMAT", "both").env("SIZE", "320x240").env("SIZES", sizes).facts();
        assert_eq!(facts.one("camera"), "\"Fake camera\" (0)");
        assert_eq!(facts.all("offer").len(), 2 * sizes.split(',').count(), "{:?}", facts.all("offer"));
        assert_eq!((facts.all("offer")[0], facts.one("format")), (best, best));
        assert_eq!(facts.one("info"), format!("camera Fake camera {arriving}"));
        assert_eq!(facts.colours().len(), 2);
    }
}

#[test]
fn damaged_jpegs_are_skipped_and_only_a_flood_of_them_reopens_the_camera() {
    let run = Run::new("corrupt").file("FRAMES", &mjpeg_clip(160, 120)).env("FORMAT", "mjpeg");
    let facts = run.env("SIZE", "160x120").env("FPS", "20").facts();
    assert!(facts.number("bad") >= 3.0, "{}", facts.number("bad"));
    assert_eq!(facts.colours().len(), 16);
    assert_eq!(facts.one("waiting"), "the camera sends only damaged pictures; opening it again");
    assert_eq!(facts.all("went_back"), [""; 0]);
}

#[test]
fn the_rate_is_measured_whatever_the_camera_claims() {
    let facts = Run::new("play 60").small_clip().env("REPORTED_FPS", "30").facts();
    assert_eq!(facts.one("format"), "YUYV 160x120 at 30 fps");
    let measured = facts.number("measured_fps");
    assert!((15.0..=25.0).contains(&measured), "20 frames a second measured as {measured}");
}

#[test]
fn an_unplugged_camera_is_waited_for_and_time_goes_on() {
    let facts = Run::new("unplugged").small_clip().facts();
    assert_eq!(facts.all("waiting"), ["the camera was unplugged; waiting for it to come back"; 3]);
    assert_eq!(facts.one("cameras_meanwhile"), "0");
    assert_eq!(facts.colours().len(), 10);
    assert_eq!(facts.all("went_back"), [""; 0]);
    assert!(facts.number("gap_s") > 0.4, "the time without the camera counts: {}", facts.number("gap_s"));
    assert_eq!(facts.one("closed"), "yes");
}

#[test]
fn a_stalled_camera_is_noticed_and_opened_again() {
    let facts = Run::new("stall").small_clip().facts();
    assert_eq!(facts.all("waiting"), ["the camera stopped sending pictures; opening it again"; 3]);
    assert_eq!(facts.colours().len(), 10);
    assert_eq!(facts.all("went_back"), [""; 0]);
    assert!(facts.number("gap_s") > 2.0, "two seconds of silence count: {}", facts.number("gap_s"));
    assert_eq!(facts.one("closed"), "yes");
}

#[test]
fn a_busy_camera_is_named_as_such() {
    let facts = Run::new("open").small_clip().control("busy").facts();
    assert_eq!(
        facts.one("error"),
        "could not open a camera: another program is using \"Fake camera\" (0); close it (a video call, a browser tab, \
         another formcheck) and try again"
    );
    let facts = Run::new("busy_later").small_clip().facts();
    assert_eq!(facts.all("waiting")[1], "another program took the camera; waiting for it to be free");
    assert_eq!(facts.colours().len(), 4);
}

#[test]
fn no_camera_and_the_wrong_camera_say_what_to_do() {
    let cases = [
        ("unplugged", "open", "no camera was found; plug one in, or give a video with --input FILE"),
        ("ok", "open Den", "there is no camera \"Den\"; name one of these: \"Fake camera\" (0)"),
        ("ok", "open 3", "there is no camera number 3; name one of these: \"Fake camera\" (0)"),
        ("hang", "open", "\"Fake camera\" (0) sent no picture within 8 s; unplug it, plug it in again and retry"),
        ("stall", "open", "\"Fake camera\" (0) sent no picture within 8 s; unplug it, plug it in again and retry"),
        ("ok", "open fake", "none"),
        ("ok", "open 0", "none"),
    ];
    let mut failures = Vec::new();
    for (word, scenario, wanted) in cases {
        let facts = Run::new(scenario).small_clip().control(word).facts();
        if facts.one("error").trim_start_matches("could not open a camera: ") != wanted {
            failures.push(format!("{word}, {scenario}: {}", facts.one("error")));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn a_slow_reader_gets_the_newest_picture_and_the_dropped_ones_count() {
    let facts = Run::new("slow_reader").small_clip().facts();
    assert!(facts.number("skipped") >= 1.0, "{}", facts.number("skipped"));
    assert!(facts.number("dropped") >= facts.number("skipped"));
    assert!(facts.number("newer_by_s") > 0.3, "{}", facts.number("newer_by_s"));
}
