//! The camera source on a fake V4L2 device: real nokhwa, real threads, no hardware and no root.
//!
//! `fake_camera/fakecam.c` is compiled with `cc` and preloaded into a child process, which is this test binary again,
//! running only the test in `camera/child.rs` with a scenario named in the environment. The child prints facts, a line each;
//! the tests here assert them.
#![cfg(all(target_os = "linux", feature = "camera"))]

mod child;
mod run;

use run::{Run, mjpeg_clip, yuyv_clip};

const SCENARIO: &str = "FORMCHECK_CAMERA_SCENARIO";

/// 8-bit Y U V and the RGB that it means (ITU-R BT.601, limited range).
const PALETTE: [([u8; 3], [u8; 3]); 4] = [
    ([81, 90, 240], [255, 0, 0]),
    ([145, 54, 34], [0, 255, 0]),
    ([41, 240, 110], [0, 0, 255]),
    ([180, 128, 128], [191, 191, 191]),
];

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
fn what_is_listed_before_the_camera_and_gives_no_pictures_is_passed_over() {
    let mut failures = Vec::new();
    for first in ["infrared", "depth", "silent", "output"] {
        let facts = Run::new("list_only").small_clip().env("FIRST", first).facts();
        let listed = facts.all("camera").len();
        let facts = Run::new("play 4").small_clip().env("FIRST", first).env("NAME", "Real").facts();
        if listed != 2 || facts.colours().len() != 4 || facts.one("info") != "camera Real 160x120" {
            failures.push(format!("{first}: {listed} cameras, {}", facts.one("info")));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn a_camera_that_has_grey_pictures_alone_is_refused_by_name() {
    let facts = Run::new("open").small_clip().env("FORMAT", "grey").facts();
    assert_eq!(
        facts.one("error"),
        "could not open a camera: \"Fake camera\" (0) offers no format that can be read here; use a camera with YUYV, MJPEG \
         or NV12 pictures"
    );
}

#[test]
fn a_camera_whose_rate_cannot_be_set_is_taken_as_it_is() {
    let facts = Run::new("play 4").small_clip().env("RATE", "refused").facts();
    assert_eq!((facts.one("format"), facts.colours().len()), ("YUYV 160x120 at 20 fps", 4));
}

#[test]
fn of_a_range_of_sizes_the_wanted_one_is_asked_for() {
    let facts = Run::new("play 4").small_clip().env("STEPWISE", "1").facts();
    assert_eq!((facts.one("format"), facts.colours().len()), ("YUYV 640x480 at 20 fps", 4));
}

#[test]
fn pictures_of_which_three_in_ten_are_damaged_go_on() {
    let run = Run::new("third").file("FRAMES", &mjpeg_clip(160, 120)).env("FORMAT", "mjpeg");
    let facts = run.env("SIZE", "160x120").env("FPS", "20").facts();
    let bad = facts.number("bad");
    assert!((15.0..=40.0).contains(&bad), "60 good pictures came with {bad} damaged ones");
    assert_eq!((facts.one("waited"), facts.all("went_back").len()), ("0", 0));
}

#[test]
fn a_camera_that_halves_its_rate_is_measured_anew() {
    let facts = Run::new("half").small_clip().facts();
    let rates: Vec<f64> = facts.all("measured_fps").iter().map(|fps| fps.parse().unwrap()).collect();
    assert!((15.0..=25.0).contains(&rates[0]) && (7.5..=12.5).contains(&rates[1]), "20, then 10: {rates:?}");
}

#[test]
fn stamps_that_jump_do_not_carry_time_away() {
    let facts = Run::new("jump").small_clip().facts();
    assert_eq!(facts.all("went_back").len(), 0);
    let farthest_s = facts.number("farthest_s");
    assert!(farthest_s < 0.5, "stamps jump by up to three seconds; a picture was off by {farthest_s} s");
}

#[test]
fn a_camera_that_comes_back_with_another_format_is_read_in_that() {
    let run = Run::new("other_format").file("FRAMES", &yuyv_clip(320, 240, 1)).env("SIZE", "320x240");
    let facts = run.env("SIZES", "640x480,320x240").env("FPS", "20").facts();
    assert_eq!(facts.all("format"), ["YUYV 640x480 at 20 fps", "YUYV 320x240 at 20 fps"]);
    assert_eq!(facts.all("info"), ["camera Fake camera 640x480", "camera Fake camera 320x240"]);
}

#[test]
fn a_slow_reader_gets_the_newest_picture_and_the_dropped_ones_count() {
    let facts = Run::new("slow_reader").small_clip().facts();
    assert!(facts.number("skipped") >= 1.0, "{}", facts.number("skipped"));
    assert!(facts.number("dropped") >= facts.number("skipped"));
    assert!(facts.number("newer_by_s") > 0.3, "{}", facts.number("newer_by_s"));
}
