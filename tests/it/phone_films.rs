//! Films as phones make them: HEVC, high dynamic range, turned, of variable rate, 4K at 60 frames/s.
#![cfg(feature = "onnx")]

use formcheck::vision::frame::{Frame, Size};
use formcheck::vision::source::video::VideoSource;
use formcheck::vision::source::{FrameSource as _, Next};
use std::path::{Path, PathBuf};
use std::process::Command;

/// From a standard picture to linear light.
const LINEAR: &str = "setparams=color_primaries=bt709:color_trc=bt709:colorspace=bt709:range=tv,zscale=t=linear:npl=203,format=gbrpf32le";
const HEVC: [&str; 6] = ["-c:v", "libx265", "-preset", "ultrafast", "-crf", "20"];

/// The demo clip (or its first seconds) through these filters into a film.
fn film(folder: &Path, name: &str, seconds: &str, filters: &str, x265: &str, more: &[&str]) -> PathBuf {
    let film = folder.join(name);
    let made = Command::new("ffmpeg")
        .args(["-nostdin", "-v", "error", "-y", "-t", seconds, "-i"])
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("demo/wall_angels.mp4"))
        .args(["-an", "-vf", filters])
        .args(HEVC)
        .args(["-x265-params", &format!("log-level=error:{x265}"), "-tag:v", "hvc1"])
        .args(more)
        .arg(&film)
        .status()
        .unwrap();
    assert!(made.success(), "{name} could not be made");
    film
}

fn frames(path: &Path) -> Vec<Frame> {
    let mut video = VideoSource::open(path).unwrap();
    let mut frames = Vec::new();
    while let Next::Frame(frame) = video.next_frame().unwrap() {
        frames.push(frame);
    }
    frames
}

/// Mean difference of two pictures, levels of 256.
fn difference(a: &Frame, b: &Frame) -> f64 {
    let sum: u64 = a.rgb.iter().zip(&b.rgb).map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
    sum as f64 / a.rgb.len() as f64
}

#[test]
fn high_dynamic_range_becomes_the_standard_picture_it_was() {
    let home = tempfile::tempdir().unwrap();
    let standard = frames(&film(home.path(), "standard.mov", "1", "format=yuv420p", "", &[]));
    let to = |curve: &str| format!("{LINEAR},zscale=p=bt2020:t={curve}:m=bt2020nc:r=tv:npl=203,format=yuv420p10le");
    let tags = |curve: &str| format!("colorprim=bt2020:transfer={curve}:colormatrix=bt2020nc");
    let bare = format!("{},setparams=color_primaries=unknown:colorspace=unknown:range=unknown", to("smpte2084"));
    let cases = [
        ("hlg.mov", to("arib-std-b67"), tags("arib-std-b67")),
        ("pq.mov", to("smpte2084"), tags("smpte2084")),
        // The curve alone is said, not the colours.
        ("bare.mov", bare, "transfer=smpte2084".to_owned()),
    ];
    let mut wrong = Vec::new();
    for (name, filters, x265) in cases {
        let made = frames(&film(home.path(), name, "1", &filters, &x265, &[]));
        let worst = standard.iter().zip(&made).map(|(a, b)| difference(a, b)).fold(0.0, f64::max);
        // Two levels of rounding and encoding; read as it stands it would be 50 and more off.
        if made.len() != standard.len() || worst > 6.0 {
            wrong.push(format!("{name}: {} of {} frames, {worst:.1} levels off", made.len(), standard.len()));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_film_of_a_phone_held_upright_counts_as_the_clip_it_was() {
    let home = tempfile::tempdir().unwrap();
    // Turned on its side, every seventh frame lost, HLG; then marked as to be turned back.
    let filters = format!(
        "transpose=2,select='not(eq(mod(n,7),3))',{LINEAR},zscale=p=bt2020:t=arib-std-b67:m=bt2020nc:r=tv:npl=203,format=yuv420p10le"
    );
    let x265 = "colorprim=bt2020:transfer=arib-std-b67:colormatrix=bt2020nc";
    let lying = film(home.path(), "lying.mov", "11", &filters, x265, &["-fps_mode", "vfr"]);
    let upright = home.path().join("upright.mov");
    let turned = Command::new("ffmpeg")
        .args(["-nostdin", "-v", "error", "-i"])
        .arg(&lying)
        .args(["-c", "copy", "-metadata:s:v", "rotate=270"])
        .arg(&upright)
        .status();
    assert!(turned.unwrap().success());
    let out = Command::new(env!("CARGO_BIN_EXE_formcheck"))
        .args(["analyze", "--exercise", "wall_angels", "--format", "json"])
        .arg(&upright)
        .output()
        .unwrap();
    let summary: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    assert_eq!(summary["reps"]["total"], 2, "{summary}");
    assert!(summary["tracked_fraction"].as_f64() > Some(0.97), "{summary}");
}

#[test]
fn four_k_at_sixty_frames_is_read_whole_and_small() {
    let home = tempfile::tempdir().unwrap();
    let path = film(home.path(), "4k60.mov", "1", "fps=60,scale=3840:2160,format=yuv420p10le", "", &[]);
    let made = frames(&path);
    let sizes: Vec<Size> = made.iter().map(|f| f.size).collect();
    assert!(sizes.iter().all(|s| *s == Size::new(1280, 720)), "{:?}", sizes.first());
    let off: Vec<_> = made
        .iter()
        .enumerate()
        .filter(|(i, f)| (f.at.secs() - *i as f64 / 60.0).abs() > 0.001)
        .map(|(i, _)| i)
        .collect();
    assert!(made.len() >= 58 && off.is_empty(), "{} frames, times off at {off:?}", made.len());
}
