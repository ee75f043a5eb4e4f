//! Video files and folders of images as frame sources. Fixtures are made by ffmpeg while the tests run.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use formcheck::vision::frame::{Frame, Size};
use formcheck::vision::source::images::ImageFolder;
use formcheck::vision::source::video::{Tools, VideoSource};
use formcheck::vision::source::{FrameSource, Next, SourceError};
use tempfile::TempDir;

/// Each picture has a grey of its own: 16 + 6 n.
const GREYS: &str = "nullsrc=s=64x48:r=10:d=2,format=yuv444p,geq=lum='16+6*N':cb=128:cr=128";
/// A rate that varies: the third of three frames is late. In seconds, n being the frame number.
const VARIED: &str = "settb=1/90000,setpts='(N*0.1+0.02*mod(N,3))/TB'";
/// Left half red, right half blue, one second.
const RED_BLUE: &str = "color=red:s=32x48:r=10:d=1[l];color=blue:s=32x48:r=10:d=1[r];[l][r]hstack";
const X264: [&str; 4] = ["-c:v", "libx264", "-qp", "4"];

/// Runs ffmpeg in `dir` and gives the path of `name`, which its arguments must have made.
fn ffmpeg<'a>(dir: &TempDir, args: impl IntoIterator<Item = &'a str>, name: &str) -> PathBuf {
    let status = Command::new("ffmpeg")
        .args(["-nostdin", "-v", "error", "-y"])
        .args(args)
        .arg(format!("file:{name}"))
        .current_dir(dir.path())
        .stdin(Stdio::null())
        .status()
        .expect("ffmpeg is needed for these tests");
    assert!(status.success(), "the fixture {name} could not be made");
    dir.path().join(name)
}

fn generate(dir: &TempDir, graph: &str, options: &[&str], name: &str) -> PathBuf {
    ffmpeg(dir, ["-f", "lavfi", "-i", graph].into_iter().chain(options.iter().copied()), name)
}

fn varied(dir: &TempDir, options: &[&str], name: &str) -> PathBuf {
    let options = [&["-fps_mode", "passthrough", "-enc_time_base", "1:90000"], options].concat();
    generate(dir, &format!("{GREYS},{VARIED}"), &options, name)
}

/// Writes an executable script through a child, so that no test that forks meanwhile holds it open for writing.
fn script(dir: &TempDir, text: &str) -> PathBuf {
    let path = dir.path().join("tool.sh");
    let write = "printf '%s' \"$1\" > \"$2\" && chmod +x \"$2\"";
    assert!(Command::new("sh").args(["-c", write, "sh", text]).arg(&path).status().unwrap().success());
    path
}

fn all_frames(source: &mut dyn FrameSource) -> Vec<Frame> {
    let mut frames = Vec::new();
    loop {
        match source.next_frame().unwrap() {
            Next::Frame(frame) => frames.push(frame),
            Next::Waiting(why) => panic!("a file never waits: {why}"),
            Next::End => break,
        }
    }
    assert_eq!(source.next_frame().unwrap(), Next::End, "the end stays the end");
    for (i, frame) in frames.iter().enumerate() {
        assert_eq!((frame.seq, frame.rgb.len()), (i as u64, frame.size.rgb_len()));
        assert_eq!(Some(frame.size), source.info().size);
    }
    assert!(frames.windows(2).all(|pair| pair[0].at < pair[1].at), "times increase");
    frames
}

/// Frames and warnings of a video.
fn read(path: &Path) -> (Vec<Frame>, Vec<String>) {
    let mut source = VideoSource::open(path).unwrap();
    let frames = all_frames(&mut source);
    (frames, source.remarks().notices)
}

fn pixel(frame: &Frame, x: u32, y: u32) -> [u8; 3] {
    let start = ((y * frame.size.width + x) * 3) as usize;
    [frame.rgb[start], frame.rgb[start + 1], frame.rgb[start + 2]]
}

fn colour(frame: &Frame, x: u32, y: u32) -> &'static str {
    match pixel(frame, x, y) {
        [200..=255, 0..60, 0..60] => "red",
        [0..60, 0..60, 200..=255] => "blue",
        [0..60, 90..=255, 0..60] => "green",
        _ => "other",
    }
}

/// The number that [`GREYS`] gave the picture, from its colour (limited range: 219 steps of grey on 255).
fn number_in(frame: &Frame) -> u64 {
    let grey = f64::from(pixel(frame, 32, 24)[1]);
    (grey * 219.0 / 255.0 / 6.0).round() as u64
}

fn frames_time_us(frames: &[Frame]) -> Vec<u64> {
    frames.iter().map(|frame| (frame.at.0 + 500) / 1000).collect()
}

fn message<T>(result: Result<T, SourceError>) -> String {
    result.err().map_or_else(|| "no error".to_owned(), |error| error.to_string())
}

#[test]
fn each_picture_has_its_own_presentation_time() {
    let dir = TempDir::new().unwrap();
    // 20 frames; the second and third of three are 20 and 40 ms late.
    let want_us: Vec<u64> = (0..20).map(|n| n * 100_000 + 20_000 * (n % 3)).collect();
    let b_frames = [&X264[..], &["-bf", "3", "-video_track_timescale", "90000"]].concat();
    let cases = [
        varied(&dir, &b_frames, "b_frames.mp4"),
        varied(&dir, &[&b_frames[..], &["-movflags", "+frag_keyframe+empty_moov"]].concat(), "fragments.mp4"),
        varied(&dir, &b_frames, "quick.mov"),
        varied(&dir, &X264, "matroska.mkv"),
        varied(&dir, &["-c:v", "libvpx", "-qmin", "0", "-qmax", "4", "-b:v", "5M"], "web.webm"),
        varied(&dir, &X264, "transport.ts"),
        varied(&dir, &["-pix_fmt", "gray"], "anim.gif"),
    ];
    let mut wrong = Vec::new();
    for path in cases {
        let (frames, warnings) = read(&path);
        let numbers: Vec<u64> = frames.iter().map(number_in).collect();
        if frames_time_us(&frames) != want_us || numbers != (0..20).collect::<Vec<_>>() || !warnings.is_empty() {
            wrong.push((path, frames_time_us(&frames), numbers, warnings));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn nanoseconds_are_exact_for_fractions() {
    let dir = TempDir::new().unwrap();
    let path = generate(&dir, "testsrc=s=64x48:r=30000/1001:d=20", &X264, "ntsc.mp4");
    let (frames, _) = read(&path);
    let wrong: Vec<_> = frames
        .iter()
        .filter(|frame| frame.at.0 != (frame.seq * 1001 * 1_000_000_000 + 15_000) / 30_000)
        .map(|frame| (frame.seq, frame.at))
        .collect();
    assert_eq!(frames.len(), 600);
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn an_edit_list_hides_the_frames_before_the_cut() {
    let dir = TempDir::new().unwrap();
    let whole =
        varied(&dir, &[&X264[..], &["-g", "50", "-bf", "2", "-video_track_timescale", "90000"]].concat(), "whole.mp4");
    let whole = whole.to_str().unwrap();
    let (frames, warnings) = read(&ffmpeg(&dir, ["-ss", "0.73", "-i", whole, "-c", "copy"], "cut.mp4"));
    let numbers: Vec<u64> = frames.iter().map(number_in).collect();
    let first = numbers[0];
    let time_us = |n: u64| n * 100_000 + 20_000 * (n % 3);
    assert!((6..=8).contains(&first), "the frames before 0.73 s are hidden: {numbers:?}");
    assert_eq!(numbers, (first..20).collect::<Vec<_>>());
    assert_eq!(frames_time_us(&frames), (first..20).map(|n| time_us(n) - time_us(first)).collect::<Vec<_>>());
    assert_eq!(warnings, Vec::<String>::new());
}

#[test]
fn frames_whose_time_does_not_increase_are_left_out_and_told() {
    let dir = TempDir::new().unwrap();
    let graph = "nullsrc=s=64x48:r=10:d=1,format=yuv444p,geq=lum='16+6*N':cb=128:cr=128,settb=1/1000,setpts='if(eq(N,4),300,N*100)'";
    let options = ["-fps_mode", "passthrough", "-enc_time_base", "1:1000", "-c:v", "ffv1"];
    let (frames, warnings) = read(&generate(&dir, graph, &options, "twice.mkv"));
    assert_eq!(frames.iter().map(number_in).collect::<Vec<_>>(), [0, 1, 2, 3, 5, 6, 7, 8, 9]);
    assert_eq!(frames_time_us(&frames)[3..5], [300_000, 500_000]);
    assert_eq!(warnings, ["1 frame was left out because the presentation time is missing or does not increase"]);
}

/// Writes a display matrix for a turn of `quarters` times 90 degrees clockwise into the track header of an mp4.
fn turn(path: &Path, quarters: u32) {
    let (one, minus_one) = (0x1_0000_u32, 0xFFFF_0000_u32);
    let (a, b, c, d) = match quarters {
        1 => (0, one, minus_one, 0),
        2 => (minus_one, 0, 0, minus_one),
        _ => (0, minus_one, one, 0),
    };
    let matrix: Vec<u8> =
        [a, b, 0, c, d, 0, 0, 0, 0x4000_0000].iter().flat_map(|word: &u32| word.to_be_bytes()).collect();
    let mut bytes = fs::read(path).unwrap();
    let header = bytes.windows(4).position(|word| word == b"tkhd").unwrap();
    bytes[header + 44..header + 80].copy_from_slice(&matrix);
    fs::write(path, bytes).unwrap();
}

#[test]
fn rotation_and_pixel_shape_give_upright_square_pixels() {
    let dir = TempDir::new().unwrap();
    // Aspect of a pixel, quarter turns, size, colours left-top and right-bottom.
    let cases = [
        ("1", 0, (64, 48), ("red", "blue"), "horizontal"),
        ("1", 1, (48, 64), ("red", "blue"), "vertical"),
        ("1", 2, (64, 48), ("blue", "red"), "horizontal"),
        ("1", 3, (48, 64), ("blue", "red"), "vertical"),
        ("2", 0, (128, 48), ("red", "blue"), "horizontal"),
        ("16/15", 0, (68, 48), ("red", "blue"), "horizontal"),
        ("3/4", 0, (64, 64), ("red", "blue"), "horizontal"),
        ("2", 1, (48, 128), ("red", "blue"), "vertical"),
    ];
    let mut wrong = Vec::new();
    for (i, (sar, quarters, (width, height), want, split)) in cases.into_iter().enumerate() {
        let path = generate(
            &dir,
            &format!("{RED_BLUE},setsar={sar}"),
            &[&X264[..], &["-pix_fmt", "yuv444p"]].concat(),
            &format!("{i}.mp4"),
        );
        if quarters > 0 {
            turn(&path, quarters);
        }
        let (frames, _) = read(&path);
        let frame = &frames[0];
        // Both ends of the first part and of the second part, so that the direction of the split counts.
        let (w, h) = (frame.size.width, frame.size.height);
        let got = if split == "horizontal" {
            [(4, 4), (4, h - 5), (w - 5, 4), (w - 5, h - 5)]
        } else {
            [(4, 4), (w - 5, 4), (4, h - 5), (w - 5, h - 5)]
        }
        .map(|(x, y)| colour(frame, x, y));
        if frame.size != Size::new(width, height) || got != [want.0, want.0, want.1, want.1] || frames.len() != 10 {
            wrong.push((sar, quarters, frame.size, got, frames.len()));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn large_pictures_are_scaled_down_and_small_ones_are_not_scaled_up() {
    let dir = TempDir::new().unwrap();
    let fast = ["-c:v", "mpeg4", "-q:v", "3"];
    // In, out, both as width x height.
    let cases = [
        ("3840x2160", (1280, 720)),
        ("1080x1920", (720, 1280)),
        ("1280x960", (1280, 960)),
        ("1366x768", (1280, 720)),
        ("32x34", (32, 34)),
    ];
    let mut wrong = Vec::new();
    for (size, (width, height)) in cases {
        let path = generate(&dir, &format!("color=green:s={size}:r=10:d=0.3"), &fast, &format!("{size}.mp4"));
        let (frames, _) = read(&path);
        let is_green = colour(&frames[0], width - 1, height - 1) == "green";
        if frames[0].size != Size::new(width, height) || frames.len() != 3 || !is_green {
            wrong.push((size, frames[0].size, frames.len(), is_green));
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn info_names_the_file_and_the_hints() {
    let dir = TempDir::new().unwrap();
    let path = generate(&dir, "testsrc=s=64x48:r=25:d=2", &X264, "clip.mp4");
    let info = VideoSource::open(&path).unwrap().info();
    assert_eq!((info.kind, info.name.as_str(), info.size), ("video", "clip.mp4", Some(Size::new(64, 48))));
    assert_eq!((info.frame_count_hint, info.fps_hint), (Some(50), Some(25.0)));
    let info =
        VideoSource::open(&ffmpeg(&dir, ["-i", path.to_str().unwrap(), "-c", "copy"], "clip.mkv")).unwrap().info();
    assert_eq!((info.frame_count_hint, info.fps_hint), (Some(50), Some(25.0)), "estimated from the duration");
}

#[test]
fn awkward_names_are_taken_literally() {
    let dir = TempDir::new().unwrap();
    let plain = generate(&dir, "testsrc=s=64x48:r=10:d=0.5", &X264, "plain.mp4");
    let names = [
        "two words.mp4",
        "-y.mp4",
        "http:a.mp4",
        "file:b.mp4",
        "100%.mp4",
        "a%03d.mp4",
        "q'u\"o.mp4",
        "[x],;y=z.mp4",
        "übung.mp4",
        "noending",
    ];
    // Only this test uses paths relative to the current folder: a leading dash shows in them alone.
    std::env::set_current_dir(dir.path()).unwrap();
    let mut wrong = Vec::new();
    for name in names {
        fs::copy(&plain, dir.path().join(name)).unwrap();
        for path in [PathBuf::from(name), dir.path().join(name)] {
            let opened = VideoSource::open(&path).map(|mut source| (all_frames(&mut source).len(), source.info().name));
            if !matches!(&opened, Ok((5, shown)) if shown == name) {
                wrong.push((path, message(opened)));
            }
        }
    }
    std::env::set_current_dir("/").unwrap();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn bad_inputs_are_named_in_one_line() {
    let dir = TempDir::new().unwrap();
    let at = |name: &str| dir.path().join(name);
    let clip =
        generate(&dir, "testsrc=s=64x48:r=10:d=1", &[&X264[..], &["-movflags", "+faststart"]].concat(), "clip.mp4");
    let bytes = fs::read(&clip).unwrap();
    let media = bytes.windows(4).position(|word| word == b"mdat").unwrap();
    fs::write(at("text.mp4"), "hello\nworld\n").unwrap();
    fs::write(at("list.m3u8"), "#EXTM3U\n#EXTINF:1,\nclip.mp4\n").unwrap();
    fs::write(at("empty.mp4"), "").unwrap();
    fs::write(at("noise.mp4"), (0..4000_u32).map(|i| (i * i % 251) as u8).collect::<Vec<_>>()).unwrap();
    fs::write(at("head_only.mp4"), &bytes[..media + 8]).unwrap();
    let late = generate(&dir, "testsrc=s=64x48:r=10:d=1", &X264, "late_index.mp4");
    let late = fs::read(late).unwrap();
    fs::write(at("cut.mp4"), &late[..late.len() / 2]).unwrap();
    let index = late.windows(4).position(|word| word == b"moov").unwrap();
    fs::write(at("no_index.mp4"), &late[..index - 4]).unwrap();
    generate(&dir, "sine=d=1", &[], "sound.wav");
    generate(&dir, "color=red:s=8x8:r=10:d=1,format=rgb24,scale=1:1", &["-c:v", "ffv1"], "dot.mkv");
    generate(&dir, "color=red:s=2000x40:r=10:d=1", &["-c:v", "ffv1"], "strip.mkv");
    generate(&dir, "testsrc=s=64x48:d=1", &["-frames:v", "1"], "still.png");
    generate(&dir, "testsrc=s=64x48:d=1", &["-c:v", "libx264"], "bare.h264");
    fs::create_dir(at("folder.mp4")).unwrap();
    let cases = [
        ("absent.mp4", "there is no such file; check the path"),
        ("folder.mp4", "it is a folder; give a video file"),
        ("empty.mp4", "the file is empty; record or export the video again"),
        ("text.mp4", "it is a text file, not a video; give a video file"),
        ("list.m3u8", "it is a playlist, not a video; give a video file"),
        (
            "noise.mp4",
            "its index (moov) is missing, so it was cut off or is no video at all; record or export the video again",
        ),
        (
            "head_only.mp4",
            "not a single frame could be decoded (the file ends early); record or export the video again",
        ),
        (
            "cut.mp4",
            "its index (moov) is missing, so it was cut off or is no video at all; record or export the video again",
        ),
        (
            "no_index.mp4",
            "its index (moov) is missing, so it was cut off or is no video at all; record or export the video again",
        ),
        ("sound.wav", "it has no video stream, only sound; give a video file"),
        (
            "dot.mkv",
            "its picture of 1x1 pixels is too small to see a person; use a video of at least 32 pixels on either side",
        ),
        (
            "strip.mkv",
            "its picture of 1280x26 pixels is too small to see a person; use a video of at least 32 pixels on either side",
        ),
        ("still.png", "it is a single picture, not a video; give a video file or a folder of images"),
        ("bare.h264", "it is a bare h264 stream without timestamps; convert it to an mp4 with H.264"),
    ];
    let wrong: Vec<_> = cases
        .into_iter()
        .filter_map(|(name, text)| {
            let want = format!("could not read the video: {text}: {}", at(name).display());
            let got = message(VideoSource::open(&at(name)));
            (got != want).then_some((want, got))
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    let broken_name = message(VideoSource::open(Path::new("two\nlines.mp4")));
    assert_eq!(broken_name, "could not read the video: there is no such file; check the path: two?lines.mp4");
}

#[test]
fn missing_tools_are_named_with_their_package() {
    let dir = TempDir::new().unwrap();
    let clip = generate(&dir, "testsrc=s=64x48:r=10:d=0.3", &X264, "clip.mp4");
    let absent = || dir.path().join("absent");
    let cases = [
        (Tools { ffmpeg: absent(), ..Tools::default() }, "ffmpeg"),
        (Tools { ffprobe: absent(), ..Tools::default() }, "ffprobe"),
    ];
    for (tools, name) in cases {
        let want =
            format!("could not run {name}: the command was not found; install it (on Debian: apt-get install ffmpeg)");
        assert_eq!(message(VideoSource::open_with(&tools, &clip)), want);
    }
}

#[test]
fn a_file_cut_off_gives_its_frames_and_a_warning() {
    let dir = TempDir::new().unwrap();
    let graph = "testsrc2=s=160x120:r=10:d=6";
    let index_first = [&X264[..], &["-g", "10", "-movflags", "+faststart"]].concat();
    let cases = [
        generate(&dir, graph, &index_first, "index_first.mp4"),
        generate(&dir, graph, &X264, "matroska.mkv"),
        generate(&dir, graph, &["-c:v", "libvpx", "-b:v", "1M"], "web.webm"),
    ];
    let mut wrong = Vec::new();
    for path in cases {
        let bytes = fs::read(&path).unwrap();
        fs::write(&path, &bytes[..bytes.len() * 6 / 10]).unwrap();
        let (frames, warnings) = read(&path);
        let told = format!(
            "the video seems cut off: the file ends early; {} frames of about 60 were read, up to",
            frames.len()
        );
        if !(20..55).contains(&frames.len())
            || warnings.len() != 1
            || !warnings[0].starts_with(&told)
            || warnings[0].contains('\n')
        {
            wrong.push((path, frames.len(), warnings));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn damage_in_the_middle_is_told() {
    let dir = TempDir::new().unwrap();
    let path = generate(&dir, "testsrc2=s=160x120:r=10:d=6", &[&X264[..], &["-g", "10"]].concat(), "clip.mp4");
    let mut bytes = fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 3000].iter_mut().for_each(|byte| *byte ^= 0xA5);
    fs::write(&path, bytes).unwrap();
    let (frames, warnings) = read(&path);
    assert!(frames.len() > 40, "{}", frames.len());
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    assert!(warnings[0].starts_with("the video seems damaged or cut off: ffmpeg reported "), "{warnings:?}");
    assert!(!warnings[0].contains(['\n', '@']), "{warnings:?}");
}

#[test]
fn reading_goes_on_where_the_size_changes_with_pictures_of_the_first_size() {
    let dir = TempDir::new().unwrap();
    let options = ["-c:v", "mpeg2video", "-bf", "0"];
    let first = generate(&dir, "testsrc=s=64x48:r=10:d=1", &options, "a.ts");
    let second =
        generate(&dir, "testsrc=s=96x64:r=10:d=3", &[&options[..], &["-output_ts_offset", "1"]].concat(), "b.ts");
    let path = dir.path().join("ab.ts");
    fs::write(&path, [fs::read(first).unwrap(), fs::read(second).unwrap()].concat()).unwrap();
    let (frames, warnings) = read(&path);
    assert!((38..=40).contains(&frames.len()), "{}", frames.len());
    assert!(frames.iter().all(|frame| (frame.size.width, frame.size.height) == (64, 48)));
    assert!(
        warnings
            .iter()
            .any(|w| w.starts_with("the picture changes to 96x64 at ") && w.ends_with("it is fitted into 64x48")),
        "{warnings:?}"
    );
}

#[test]
#[cfg(target_os = "linux")]
fn dropping_a_source_ends_and_reaps_its_process() {
    let dir = TempDir::new().unwrap();
    let clip = generate(&dir, "testsrc=s=320x240:r=30:d=20", &["-c:v", "mpeg4"], "long.mp4");
    let pid_file = dir.path().join("pid");
    let tool = script(&dir, &format!("#!/bin/sh\necho $$ > '{}'\nexec ffmpeg \"$@\"\n", pid_file.display()));
    let mut source = VideoSource::open_with(&Tools { ffmpeg: tool, ..Tools::default() }, &clip).unwrap();
    assert!(matches!(source.next_frame(), Ok(Next::Frame(_))));
    let process = Path::new("/proc").join(fs::read_to_string(pid_file).unwrap().trim());
    assert!(process.exists(), "ffmpeg waits for us to take frames");
    drop(source);
    assert!(!process.exists(), "neither running nor a zombie");
}

#[test]
#[cfg(unix)]
fn a_chatty_or_killed_ffmpeg_neither_blocks_nor_passes_for_an_end() {
    let dir = TempDir::new().unwrap();
    let clip = generate(&dir, "testsrc=s=64x48:r=10:d=2", &X264, "clip.mp4");
    // 4 MB of errors, more than any pipe holds, before the first picture.
    let chatty = script(&dir, "#!/bin/sh\nyes '[x @ 0x1] [error] noise' | head -c 4000000 >&2\nexec ffmpeg \"$@\"\n");
    let mut source = VideoSource::open_with(&Tools { ffmpeg: chatty, ..Tools::default() }, &clip).unwrap();
    assert_eq!(all_frames(&mut source).len(), 20);
    assert!(
        source.remarks().notices[0].contains("such as \"noise\"; 20 frames were read, up to 1.90 s"),
        "{:?}",
        source.remarks().notices
    );

    let killed = script(&dir, "#!/bin/sh\nffmpeg \"$@\"\nkill -9 $$\n");
    let mut source = VideoSource::open_with(&Tools { ffmpeg: killed, ..Tools::default() }, &clip).unwrap();
    let mut frames = 0;
    let error = loop {
        match source.next_frame() {
            Ok(Next::Frame(_)) => frames += 1,
            Ok(other) => panic!("{other:?} after {frames} frames"),
            Err(error) => break error.to_string(),
        }
    };
    assert_eq!(frames, 20);
    assert!(error.starts_with("could not read the video: ffmpeg was stopped after 20 frames (signal: 9"), "{error}");
    assert_eq!(source.next_frame().unwrap(), Next::End);
}

fn picture(dir: &TempDir, name: &str, width: u32, height: u32, grey: u8) {
    image::RgbImage::from_pixel(width, height, image::Rgb([grey; 3])).save(dir.path().join(name)).unwrap();
}

#[test]
fn a_folder_of_images_is_read_in_natural_order() {
    let dir = TempDir::new().unwrap();
    let names = ["img1.png", "img2.JPG", "img3.bmp", "img10.webp", "img11.jpeg"];
    for (i, name) in names.iter().enumerate() {
        picture(&dir, name, 40, 36, 50 * i as u8);
    }
    fs::write(dir.path().join("notes.txt"), "not a picture").unwrap();
    fs::write(dir.path().join("._img1.png"), "left by a Mac").unwrap();
    fs::create_dir(dir.path().join("folder.png")).unwrap();
    let mut source = ImageFolder::open(dir.path(), 12.5).unwrap();
    let info = source.info();
    assert_eq!((info.kind, info.size, info.frame_count_hint), ("images", Some(Size::new(40, 36)), Some(5)));
    let frames = all_frames(&mut source);
    assert_eq!(
        frames.iter().map(|frame| frame.at.0).collect::<Vec<_>>(),
        [0, 80_000_000, 160_000_000, 240_000_000, 320_000_000]
    );
    let wrong: Vec<_> = frames
        .iter()
        .map(|frame| (frame.seq, pixel(frame, 20, 18)[1]))
        .filter(|(seq, grey)| grey.abs_diff(50 * *seq as u8) > 3)
        .collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn bad_image_folders_are_named_in_one_line() {
    let dir = TempDir::new().unwrap();
    let sub = |name: &str| {
        let sub = dir.path().join(name);
        fs::create_dir(&sub).unwrap();
        sub
    };
    let [empty, mixed, text, small] = ["empty", "mixed", "text", "small"].map(sub);
    for (i, (width, height)) in [(40, 36), (40, 36), (36, 40)].into_iter().enumerate() {
        picture(&dir, &format!("mixed/{}.png", i + 8), width, height, 0);
    }
    picture(&dir, "text/1.png", 40, 36, 0);
    fs::write(text.join("2.png"), "hello\nworld\n").unwrap();
    picture(&dir, "small/1.png", 40, 31, 0);
    let file = dir.path().join("file.mp4");
    fs::write(&file, "x").unwrap();
    let absent = dir.path().join("absent");
    let folder = |cause: &str, path: &Path| format!("could not read the image folder: {cause}: {}", path.display());
    let image = |cause: &str, path: PathBuf| format!("could not read the image: {cause}: {}", path.display());
    let rate = |fps: &str| {
        folder(&format!("{fps} frames per second is out of range; give a frame rate from 0.1 to 240"), &mixed)
    };
    let cases = [
        (&absent, 10.0, folder("there is no such file or folder; check the path", &absent)),
        (&file, 10.0, folder("it is not a folder; check the path", &file)),
        (&empty, 10.0, folder("it has no png, jpg, jpeg, bmp or webp files; give a folder of images", &empty)),
        (
            &mixed,
            10.0,
            image(
                "its size is 36x40 but the first image has 40x36; make all images the same size",
                mixed.join("10.png"),
            ),
        ),
        (
            &text,
            10.0,
            image("Format error decoding Png: Invalid PNG signature; replace or remove the file", text.join("2.png")),
        ),
        (
            &small,
            10.0,
            image(
                "its 40x31 pixels are too small to see a person; use images of at least 32 pixels on either side",
                small.join("1.png"),
            ),
        ),
        (&mixed, 0.0, rate("0")),
        (&mixed, 0.09, rate("0.09")),
        (&mixed, 240.5, rate("240.5")),
        (&mixed, -5.0, rate("-5")),
        (&mixed, f64::NAN, rate("NaN")),
        (&mixed, f64::INFINITY, rate("inf")),
    ];
    let wrong: Vec<_> = cases
        .into_iter()
        .map(|(path, fps, want)| (want, message(ImageFolder::open(path, fps))))
        .filter(|(want, got)| want != got)
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_damaged_image_ends_the_folder_with_its_name() {
    let dir = TempDir::new().unwrap();
    for name in ["1.png", "2.png", "3.png"] {
        picture(&dir, name, 400, 360, 90);
    }
    let second = dir.path().join("2.png");
    let bytes = fs::read(&second).unwrap();
    fs::write(&second, &bytes[..bytes.len() / 2]).unwrap();
    let mut source = ImageFolder::open(dir.path(), 10.0).unwrap();
    assert!(matches!(source.next_frame(), Ok(Next::Frame(_))));
    let error = message(source.next_frame());
    assert!(error.starts_with("could not read the image: ") && !error.contains('\n'), "{error}");
    assert!(error.ends_with(&format!("; replace or remove the file: {}", second.display())), "{error}");
    assert_eq!(source.next_frame().unwrap(), Next::End);
}

#[test]
fn orientation_tags_of_pictures_are_applied() {
    let dir = TempDir::new().unwrap();
    let mut image = image::RgbImage::from_pixel(64, 48, image::Rgb([255, 0, 0]));
    image
        .enumerate_pixels_mut()
        .filter(|(x, _, _)| *x >= 32)
        .for_each(|(_, _, pixel)| *pixel = image::Rgb([0, 0, 255]));
    let path = dir.path().join("phone.jpg");
    image.save(&path).unwrap();
    // An Exif block with one entry, orientation 6: turn a quarter clockwise to see it upright.
    let mut exif =
        b"\xFF\xE1\x00\x22Exif\0\0MM\0\x2A\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0".to_vec();
    let jpeg = fs::read(&path).unwrap();
    let mut bytes = jpeg[..2].to_vec();
    bytes.append(&mut exif);
    bytes.extend_from_slice(&jpeg[2..]);
    fs::write(&path, bytes).unwrap();
    let frames = all_frames(&mut ImageFolder::open(dir.path(), 10.0).unwrap());
    assert_eq!(frames[0].size, Size::new(48, 64));
    assert_eq!(
        [(4, 4), (44, 4), (4, 60), (44, 60)].map(|(x, y)| colour(&frames[0], x, y)),
        ["red", "red", "blue", "blue"]
    );
}
