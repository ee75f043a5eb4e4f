//! The film with the skeleton in it: the same times, drawn where the joints are, and nothing elsewhere.
#![cfg(feature = "onnx")]

use formcheck::vision::frame::Frame;
use formcheck::vision::source::trace::TraceReader;
use formcheck::vision::source::video::VideoSource;
use formcheck::vision::source::{FrameSource as _, Next};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn formcheck(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_formcheck")).args(args).output().unwrap()
}

fn frames(path: &Path) -> Vec<Frame> {
    let mut video = VideoSource::open(path).unwrap();
    let mut frames = Vec::new();
    while let Next::Frame(frame) = video.next_frame().unwrap() {
        frames.push(frame);
    }
    frames
}

/// Largest difference of a channel between two pictures at a pixel.
fn difference(a: &Frame, b: &Frame, x: f64, y: f64) -> u8 {
    let at = (y.round() as usize * a.size.width as usize + x.round() as usize) * 3;
    (0..3).map(|c| a.rgb[at + c].abs_diff(b.rgb[at + c])).max().unwrap()
}

#[test]
fn joints_are_drawn_where_they_are_at_their_time() {
    let home = tempfile::tempdir().unwrap();
    let (film, out, trace) = (home.path().join("film.mp4"), home.path().join("out.mp4"), home.path().join("t.jsonl"));
    // Irregular times, as phones film: every seventh frame is missing.
    let cut = Command::new("ffmpeg")
        .args(["-v", "error", "-t", "4", "-i"])
        .arg(root("demo/wall_angels.mp4"))
        .args(["-vf", "select='not(eq(mod(n,7),3))'", "-fps_mode", "vfr"])
        .arg(&film)
        .status()
        .unwrap();
    assert!(cut.success());
    let paths = [&film, &out, &trace].map(|p| p.display().to_string());
    let args = ["analyze", &paths[0], "--exercise", "wall_angels", "--overlay", &paths[1], "--trace", &paths[2]];
    let done = formcheck(&args);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));

    let (before, after) = (frames(&film), frames(&out));
    let times = |frames: &[Frame]| frames.iter().map(|f| (f.at.secs() * 1000.0).round() as i64).collect::<Vec<_>>();
    let apart = times(&before).iter().zip(times(&after)).map(|(a, b)| (a - b).abs()).max();
    assert_eq!((before.len(), apart <= Some(1)), (after.len(), true), "{:?} {:?}", times(&before), times(&after));

    let mut trace = TraceReader::open(&trace).unwrap();
    let (mut joints, mut drawn, mut corner) = (0, 0, 0);
    for (a, b) in before.iter().zip(&after) {
        let pose = trace.next_estimate().unwrap().unwrap().pose;
        for joint in [11, 12, 23, 24].iter().filter_map(|i| pose.as_ref().map(|p| p.landmarks[*i])) {
            joints += 1;
            drawn += u32::from(difference(a, b, f64::from(joint.x_px), f64::from(joint.y_px)) > 40);
        }
        // Bottom left: nothing is ever drawn there.
        corner = corner.max(difference(a, b, 12.0, f64::from(a.size.height) - 12.0));
    }
    assert!(joints > 150 && drawn * 100 >= joints * 95, "drawn on {drawn} of {joints} joints");
    assert!(corner < 30, "something is drawn in the corner: {corner}");
    // The count stands in the upper left: white on a dark box.
    let last = after.last().unwrap();
    let box_px: Vec<u8> = (10..40)
        .flat_map(|x| (10..50).map(move |y| (x, y)))
        .map(|(x, y)| last.rgb[(y * last.size.width as usize + x) * 3])
        .collect();
    assert!(box_px.iter().any(|v| *v > 220) && box_px.iter().filter(|v| **v < 90).count() > 300, "no count is shown");
}

#[test]
fn what_has_no_film_or_would_spoil_it_is_refused() {
    let home = tempfile::tempdir().unwrap();
    let film = root("demo/wall_angels.mp4").display().to_string();
    let copy = home.path().join("copy.mp4");
    std::fs::copy(&film, &copy).unwrap();
    let copy = copy.display().to_string();
    let trace = home.path().join("t.jsonl").display().to_string();
    let cut = home.path().join("cut.mp4").display().to_string();
    Command::new("ffmpeg").args(["-v", "error", "-t", "1", "-i", &film, &cut]).status().unwrap();
    assert!(formcheck(&["analyze", &cut, "--exercise", "wall_angels", "--trace", &trace]).status.success());
    let out = home.path().join("out.mp4").display().to_string();
    let cases: [(&[&str], &str); 5] = [
        (&[&trace, "--exercise", "wall_angels", "--overlay", &out], "this is no film; give a video file"),
        (&[&cut, &cut, "--exercise", "wall_angels", "--overlay", &out], "give one input with --overlay"),
        (&[&cut, "--exercise", "auto", "--overlay", &out], "name it with --exercise"),
        (&[&cut, "--exercise", "wall_angels", "--overlay", &cut], "that is the input; give another name"),
        (
            &[&cut, "--exercise", "wall_angels", "--overlay", "/nowhere/out.mp4"],
            "could not write the overlay to /nowhere/out.mp4",
        ),
    ];
    let wrong: Vec<_> = cases
        .iter()
        .map(|(args, want)| (formcheck(&[&["analyze"], *args].concat()), want))
        .map(|(out, want)| (out.status.code(), String::from_utf8_lossy(&out.stderr).into_owned(), want))
        .filter(|(code, said, want)| *code != Some(1) || !said.contains(**want))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(std::fs::metadata(&copy).unwrap().len(), std::fs::metadata(&film).unwrap().len());
}
