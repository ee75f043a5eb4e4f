//! A look at a file before it is decoded: is it a video with a clock, and about how long is it.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use serde::Deserialize;

use super::door::{self, CleanFilm};
use super::log;
use super::tools::{CONVERT, RECORD_AGAIN, Tools, missing, unreadable};
use crate::vision::source::SourceError;

/// Bytes looked at to tell a text file from a video.
const SNIFF_LEN: u64 = 512;

/// How lists of films begin (M3U, ffmpeg's own).
const PLAYLISTS: [&[u8]; 3] = [b"#EXTM3U", b"\xef\xbb\xbf#EXTM3U", b"ffconcat version"];

/// Bare streams: their frames have no times of their own, ffmpeg would make them up from a frame rate.
const WITHOUT_CLOCK: [&str; 12] =
    ["h264", "hevc", "m4v", "mpegvideo", "h261", "h263", "obu", "vc1", "cavsvideo", "dirac", "mjpeg", "rawvideo"];

/// Names ffprobe has for PQ and HLG.
const HDR_CURVES: [&str; 2] = ["smpte2084", "arib-std-b67"];

/// What ffprobe knows beforehand; but for the track, for display and progress only.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Probe {
    /// Number of the stream with the moving pictures.
    pub track: u32,
    /// How many streams have some, and the size of the one that is used.
    pub tracks: usize,
    /// See `tracks`, as the file has it, pixels.
    pub track_px: [u32; 2],
    /// About how many frames there are.
    pub frame_count_hint: Option<u64>,
    /// Average frames per second.
    pub fps_hint: Option<f64>,
    /// When it was filmed, as the file itself says.
    pub recorded_at: Option<jiff::Timestamp>,
    /// High dynamic range: one of the two transfer curves of ITU-R BT.2100 (PQ and HLG, as phones film).
    pub is_hdr: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Report {
    streams: Vec<Stream>,
    format: Format,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Stream {
    index: u32,
    codec_type: String,
    width: u32,
    height: u32,
    avg_frame_rate: String,
    color_transfer: String,
    nb_frames: Option<String>,
    duration: Option<String>,
    disposition: Disposition,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Disposition {
    attached_pic: u8,
    #[serde(rename = "default")]
    is_default: u8,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Format {
    #[serde(rename = "format_name")]
    name: String,
    duration: Option<String>,
    tags: Tags,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Tags {
    creation_time: Option<String>,
}

/// Looks at `path`: the file itself first, then what ffprobe says.
pub(super) fn probe(tools: &Tools, path: &Path) -> Result<Probe, SourceError> {
    check_file(path)?;
    let no_link = |error: io::Error| unreadable(path, format!("no link to it could be made ({error})"), "try again");
    let film = CleanFilm::of(path).map_err(no_link)?;
    let mut command = door::ffprobe(tools);
    command
        .args([
            "-show_entries",
            "stream=index,codec_type,width,height,avg_frame_rate,color_transfer,nb_frames,duration",
        ])
        .args([
            "-show_entries",
            "stream_disposition=attached_pic,default:format=format_name,duration:format_tags=creation_time",
        ])
        .args(["-of", "json", "-i"])
        .arg(film.url());
    let answer = door::ask(&mut command).map_err(|error| match error.kind() {
        io::ErrorKind::TimedOut | io::ErrorKind::InvalidData => {
            unreadable(path, format!("ffprobe looked at it, but {error}"), CONVERT)
        }
        _ => missing("ffprobe", &error),
    })?;
    if !answer.status.success() {
        let stderr = String::from_utf8_lossy(&answer.stderr);
        let problems: Vec<String> =
            stderr.lines().filter_map(problem).map(|problem| film.without_name(&problem)).collect();
        let reason = log::telling(&problems);
        let remedy = if reason.contains("moov") { RECORD_AGAIN } else { CONVERT };
        return Err(unreadable(path, reason, remedy));
    }
    let report: Report = serde_json::from_slice(&answer.stdout)
        .map_err(|error| unreadable(path, format!("ffprobe gave an odd answer ({error})"), CONVERT))?;
    judge(&report).map_err(|(cause, remedy)| unreadable(path, cause, remedy))
}

fn problem(line: &str) -> Option<String> {
    match log::parse(line) {
        log::Line::Problem(text) => Some(text),
        _ => None,
    }
}

/// Refuses what is no video file before ffmpeg sees it, so that the message can say what it is.
fn check_file(path: &Path) -> Result<(), SourceError> {
    let meta = fs::metadata(path).map_err(|error| io_error(path, &error))?;
    if meta.is_dir() {
        return Err(unreadable(path, "it is a folder".into(), "give a video file"));
    }
    if !meta.is_file() {
        return Err(unreadable(path, "it is not an ordinary file".into(), "give a video file"));
    }
    if meta.len() == 0 {
        return Err(unreadable(path, "the file is empty".into(), RECORD_AGAIN));
    }
    let mut start = Vec::new();
    let file = File::open(path).map_err(|error| io_error(path, &error))?;
    file.take(SNIFF_LEN).read_to_end(&mut start).map_err(|error| io_error(path, &error))?;
    if PLAYLISTS.iter().any(|head| start.starts_with(head)) {
        return Err(unreadable(path, "it is a playlist, not a video".into(), "give a video file"));
    }
    if is_text(&start) {
        return Err(unreadable(path, "it is a text file, not a video".into(), "give a video file"));
    }
    Ok(())
}

fn io_error(path: &Path, error: &io::Error) -> SourceError {
    match error.kind() {
        io::ErrorKind::NotFound => unreadable(path, "there is no such file".into(), "check the path"),
        io::ErrorKind::PermissionDenied => {
            unreadable(path, "permission denied".into(), "make the file readable for yourself")
        }
        _ => unreadable(path, crate::base::plain::one_line(&error.to_string()), "check the path"),
    }
}

/// True when `start`, the first bytes of a file, is text. This also keeps playlists away from ffmpeg, which would open the
/// files they name. The one video format with a text head (y4m) is let through.
fn is_text(start: &[u8]) -> bool {
    if start.starts_with(b"YUV4MPEG2 ") {
        return false;
    }
    let text = match std::str::from_utf8(start) {
        Ok(text) => text,
        // A character cut by the end of the sniffed part is fine, a bad one is not.
        Err(error) if error.error_len().is_none() => std::str::from_utf8(&start[..error.valid_up_to()]).unwrap_or(""),
        Err(_) => return false,
    };
    !text.is_empty() && text.chars().all(|c| !c.is_control() || matches!(c, '\n' | '\r' | '\t' | '\u{c}' | '\u{1b}'))
}

/// Hints from the report, or cause and remedy when it is not a video we can use.
fn judge(report: &Report) -> Result<Probe, (String, &'static str)> {
    let format = report.format.name.as_str();
    if format == "image2" || format.ends_with("_pipe") {
        return Err(("it is a single picture, not a video".into(), "give a video file or a folder of images"));
    }
    if WITHOUT_CLOCK.contains(&format) {
        return Err((format!("it is a bare {format} stream without timestamps"), CONVERT));
    }
    let is_moving = |stream: &&Stream| stream.codec_type == "video" && stream.disposition.attached_pic == 0;
    let moving: Vec<&Stream> = report.streams.iter().filter(is_moving).collect();
    // A preview is smaller than the film; of tracks alike, the one that players show, else the first.
    let rank = |stream: &&&Stream| {
        let area = u64::from(stream.width) * u64::from(stream.height);
        (area, stream.disposition.is_default, std::cmp::Reverse(stream.index))
    };
    let Some(video) = moving.iter().max_by_key(rank) else {
        let has_sound = report.streams.iter().any(|stream| stream.codec_type == "audio");
        return Err(match (report.streams.is_empty(), has_sound) {
            (true, _) => ("it has no video stream, as in a recording that was cut off".into(), RECORD_AGAIN),
            (false, true) => ("it has no video stream, only sound".into(), "give a video file"),
            (false, false) => ("it has no video stream".into(), "give a video file"),
        });
    };
    let fps_hint = ratio(&video.avg_frame_rate).filter(|fps| (0.01..=1000.0).contains(fps));
    let counted = video.nb_frames.as_deref().and_then(|count| count.parse().ok()).filter(|count| *count > 0);
    let duration_s = seconds(video.duration.as_deref()).or_else(|| seconds(report.format.duration.as_deref()));
    let estimated = duration_s.zip(fps_hint).map(|(duration_s, fps)| (duration_s * fps).round() as u64);
    let is_hdr = HDR_CURVES.contains(&video.color_transfer.as_str());
    let recorded_at = report.format.tags.creation_time.as_deref().and_then(filmed_at);
    Ok(Probe {
        track: video.index,
        tracks: moving.len(),
        track_px: [video.width, video.height],
        frame_count_hint: counted.or(estimated).filter(|count| *count > 0),
        fps_hint,
        recorded_at,
        is_hdr,
    })
}

/// A time of recording; a clock that was never set counts from 1904 or 1970.
fn filmed_at(text: &str) -> Option<jiff::Timestamp> {
    const YEAR_2000: i64 = 946_684_800;
    text.parse::<jiff::Timestamp>().ok().filter(|t| t.as_second() >= YEAR_2000)
}

fn ratio(text: &str) -> Option<f64> {
    let (numerator, denominator) = text.split_once('/')?;
    let value = numerator.parse::<f64>().ok()? / denominator.parse::<f64>().ok()?;
    value.is_finite().then_some(value)
}

fn seconds(text: Option<&str>) -> Option<f64> {
    text?.parse::<f64>().ok().filter(|duration_s| duration_s.is_finite() && *duration_s > 0.0)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_was_never_set_tells_no_time_of_recording() {
        assert_eq!(
            filmed_at("2026-11-20T17:05:09.000000Z").map(|t| t.to_string()),
            Some("2026-11-20T17:05:09Z".into())
        );
        assert_eq!(["1904-01-01T00:00:00Z", "1970-01-01T00:00:00Z", "today"].map(filmed_at), [None; 3]);
    }

    #[test]
    fn text_is_told_from_video() {
        let cases: [(&[u8], bool); 7] = [
            (b"hello world\n", true),
            (b"#EXTM3U\r\nother.mp4\r\n", true),
            ("caf\u{e9}".as_bytes(), true),
            (&"caf\u{e9}".as_bytes()[..4], true),
            (b"\0\0\0\x20ftypisom", false),
            (b"YUV4MPEG2 W64 H48 F10:1\nFRAME\n", false),
            (b"GIF89a\x80\0", false),
        ];
        let wrong: Vec<_> = cases.iter().filter(|(start, want)| is_text(start) != *want).collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }

    #[test]
    fn the_film_is_the_largest_track_and_of_those_alike_the_default() {
        let track = |index: u32, size: [u32; 2], is_default: u8, is_cover: u8| {
            let [width, height] = size;
            format!(
                r#"{{"index":{index},"codec_type":"video","width":{width},"height":{height},"disposition":{{"attached_pic":{is_cover},"default":{is_default}}}}}"#
            )
        };
        let (small, large) = ([96, 72], [640, 480]);
        let cases = [
            (vec![track(0, small, 1, 0), track(2, large, 0, 0)], 2, 2),
            (vec![track(0, large, 0, 0), track(1, large, 1, 0)], 1, 2),
            (vec![track(1, large, 0, 0), track(3, large, 0, 0)], 1, 2),
            (vec![track(0, large, 1, 1), track(1, small, 0, 0)], 1, 1),
        ];
        let wrong: Vec<_> = cases
            .iter()
            .filter(|(tracks, wanted, count)| {
                let report = format!(r#"{{"streams":[{}],"format":{{}}}}"#, tracks.join(","));
                let probe = judge(&serde_json::from_str(&report).unwrap()).unwrap();
                (probe.track, probe.tracks) != (*wanted, *count)
            })
            .collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn hints_come_from_the_count_or_from_the_duration() {
        let stream = |extra: &str| {
            format!(
                r#"{{"streams":[{{"codec_type":"video","avg_frame_rate":"30000/1001"{extra}}}],"format":{{"format_name":"x","duration":"2.002"}}}}"#
            )
        };
        let cases = [
            (stream(r#","nb_frames":"59""#), Ok((Some(59), Some(30000.0 / 1001.0)))),
            (stream(""), Ok((Some(60), Some(30000.0 / 1001.0)))),
            (stream(r#","duration":"1.001""#), Ok((Some(30), Some(30000.0 / 1001.0)))),
            (
                r#"{"streams":[{"codec_type":"video","avg_frame_rate":"0/0"}],"format":{"duration":"N/A"}}"#.into(),
                Ok((None, None)),
            ),
            (
                r#"{"streams":[{"codec_type":"video","disposition":{"attached_pic":1}},{"codec_type":"audio"}]}"#
                    .into(),
                Err("it has no video stream, only sound"),
            ),
            (r#"{"streams":[],"format":{}}"#.into(), Err("it has no video stream, as in a recording that was cut off")),
            (r#"{"streams":[{"codec_type":"subtitle"}]}"#.into(), Err("it has no video stream")),
            (r#"{"format":{"format_name":"png_pipe"}}"#.into(), Err("it is a single picture, not a video")),
            (r#"{"format":{"format_name":"h264"}}"#.into(), Err("it is a bare h264 stream without timestamps")),
        ];
        let wrong: Vec<_> = cases
            .into_iter()
            .filter_map(|(json, want)| {
                let got = judge(&serde_json::from_str(&json).unwrap());
                let got = got.map(|probe| (probe.frame_count_hint, probe.fps_hint)).map_err(|(cause, _)| cause);
                (got != want.map_err(str::to_owned)).then_some((json, got))
            })
            .collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}
