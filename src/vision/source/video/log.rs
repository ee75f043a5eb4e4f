//! The words of ffmpeg: its log lines in, picture stamps and problems out.
//!
//! ffmpeg runs with `-loglevel repeat+level+info`, so each line starts with `[context @ 0x...] [level]` or `[level]`; lines
//! without a level continue the one before and are ignored.

use crate::base::plain::one_line;
use crate::vision::frame::Size;

/// Name of our `showinfo` filter instance; its lines are told from all others by it.
pub(super) const STAMP_FILTER: &str = "showinfo@stamp";

/// Messages kept of one run, so that a badly damaged file cannot fill the memory.
const MAX_PROBLEMS: usize = 64;

/// Longest part of a message shown to a person, in characters.
const MAX_MESSAGE_CHARS: usize = 160;

/// What `showinfo` says about one picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    /// Running number in the filter graph; starts again at 0 when ffmpeg rebuilds the graph.
    pub n: u64,
    /// Presentation time in nanoseconds on the file's own clock, `None` when the frame has none.
    pub pts_ns: Option<i64>,
    /// Size of the picture as delivered.
    pub size: Size,
}

/// One line of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// A picture is about to come.
    Stamp(Stamp),
    /// An error, without its prefix.
    Problem(String),
    /// Nothing we need.
    Other,
}

/// Errors of a run.
#[derive(Debug, Default)]
pub(super) struct LogReport {
    /// Distinct messages in order, at most [`MAX_PROBLEMS`] and the cut-off ones.
    pub problems: Vec<String>,
    /// All messages, repeated ones too.
    pub problem_count: u64,
}

impl LogReport {
    /// Adds a problem, keeping the list short.
    pub fn add(&mut self, problem: String) {
        self.problem_count += 1;
        let room = if means_cut_off(&problem) { 2 * MAX_PROBLEMS } else { MAX_PROBLEMS };
        if self.problems.len() < room && !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }
}

/// Reads one log line.
pub(super) fn parse(line: &str) -> Line {
    let Some((context, level, text)) = split_prefix(line) else { return Line::Other };
    if context == STAMP_FILTER {
        return parse_stamp(text).map_or(Line::Other, Line::Stamp);
    }
    // The raw muxer complains about times that do not increase; the reader handles those frames itself.
    if context == "rawvideo" || !matches!(level, "error" | "fatal" | "panic") || text.trim().is_empty() {
        return Line::Other;
    }
    Line::Problem(text.trim().to_owned())
}

/// Context (empty when there is none), level and text of a line; `None` for lines without a level.
fn split_prefix(line: &str) -> Option<(&str, &str, &str)> {
    let mut context = "";
    let mut rest = line;
    loop {
        let (group, after) = rest.trim_start().strip_prefix('[')?.split_once(']')?;
        match group {
            "panic" | "fatal" | "error" | "warning" | "info" | "verbose" | "debug" | "trace" => {
                return Some((context, group, after));
            }
            _ => context = group.split(" @ ").next().unwrap_or(group),
        }
        rest = after;
    }
}

/// Reads ` n:   1 pts:120000000 pts_time:0.12 ... s:128x96 ...`, the time base being one nanosecond.
fn parse_stamp(text: &str) -> Option<Stamp> {
    let n = value_of(text, " n:")?.parse().ok()?;
    let pts = value_of(text, " pts:")?;
    let (width, height) = value_of(text, " s:")?.split_once('x')?;
    let size = Size::new(width.parse().ok()?, height.parse().ok()?);
    Some(Stamp { n, pts_ns: pts.parse().ok(), size })
}

/// The word after `key`, which may be padded with spaces.
fn value_of<'a>(text: &'a str, key: &str) -> Option<&'a str> {
    text.split_once(key)?.1.split_whitespace().next()
}

/// Messages of ffmpeg and what they mean to a person, the most telling first.
const MEANINGS: [(&str, &str); 11] = [
    ("Unrecognized option 'fps_mode'", "ffmpeg is older than 5.1"),
    ("Format not on whitelist", "it is a playlist or another file without pictures of its own"),
    ("non-existing PPS", "it begins in the middle of something, as a piece that was cut out between key frames"),
    (
        "mmco: unref short failure",
        "it begins in the middle of something, as a piece that was cut out between key frames",
    ),
    ("moov atom not found", "its index (moov) is missing, so it was cut off or is no video at all"),
    ("partial file", "the file ends early"),
    ("File ended prematurely", "the file ends early"),
    ("Truncat", "the file ends early"),
    ("Permission denied", "permission denied"),
    ("Cannot determine format of input stream", "its picture format could not be found out"),
    ("Invalid data found when processing input", "it is not a video that ffmpeg knows"),
];

/// True for a message that says that the end of the file is missing.
pub(super) fn means_cut_off(problem: &str) -> bool {
    MEANINGS.iter().any(|(needle, meaning)| *meaning == "the file ends early" && problem.contains(needle))
}

/// The one telling line of `problems`, in plain words where we know them, without path and prefix. Messages about single
/// packets count as known words only when nothing more specific was said.
pub(super) fn telling(problems: &[String]) -> String {
    for (needle, meaning) in MEANINGS {
        let generic = needle.starts_with("Invalid data");
        // "Error while decoding stream #0:0: Invalid data ..." is about a packet, not about the file.
        let found = |problem: &&String| problem.contains(needle) && !(generic && problem.starts_with("Error while"));
        if problems.iter().any(|problem| found(&problem)) {
            return meaning.to_owned();
        }
    }
    let first = problems.iter().find(|problem| !problem.starts_with("Error while decoding")).or(problems.first());
    let Some(first) = first else { return "ffmpeg gave no reason".to_owned() };
    let line = first.lines().next().unwrap_or_default().trim().trim_end_matches('.');
    one_line(&line.chars().take(MAX_MESSAGE_CHARS).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_told_apart() {
        let stamp = |n, pts_ns, width, height| Line::Stamp(Stamp { n, pts_ns, size: Size::new(width, height) });
        let problem = |text: &str| Line::Problem(text.to_owned());
        let cases = [
            (
                "[showinfo@stamp @ 0x5645fe42f0c0] [info] n:   1 pts:120000000 pts_time:0.12    pos:     2500 fmt:rgb24 sar:1/1 s:128x96 i:P iskey:0 type:B ",
                stamp(1, Some(120_000_000), 128, 96),
            ),
            (
                "[showinfo@stamp @ 0x1] [info] n:  12 pts:     -7 pts_time:-7e-09 pos: 1 fmt:rgb24 sar:1/1 s:64x48 i:P",
                stamp(12, Some(-7), 64, 48),
            ),
            (
                "[showinfo@stamp @ 0x1] [info] n:   0 pts:  NOPTS pts_time:NOPTS   pos: 1 fmt:rgb24 sar:1/1 s:64x48 i:P",
                stamp(0, None, 64, 48),
            ),
            ("[showinfo@stamp @ 0x1] [info] config in time_base: 1/1000000000, frame_rate: 50/3", Line::Other),
            ("[info]     title           : [showinfo@stamp @ 0x1] [info] n: 0 pts: 0 s:64x48", Line::Other),
            (
                "[h264 @ 0x1] [error] Invalid NAL unit size (1490 > 619).",
                problem("Invalid NAL unit size (1490 > 619)."),
            ),
            ("[fatal] Stream map '0:V:0' matches no streams.", problem("Stream map '0:V:0' matches no streams.")),
            ("[rawvideo @ 0x1] [error] Application provided invalid dts to muxer", Line::Other),
            ("[mov,mp4 @ 0x1] [warning] Packet corrupt (stream = 0, dts = -21600).", Line::Other),
            ("Consider increasing the value for the 'analyzeduration'", Line::Other),
            ("[not closed", Line::Other),
            ("", Line::Other),
        ];
        let wrong: Vec<_> =
            cases.iter().filter(|(line, want)| parse(line) != *want).map(|(line, _)| (*line, parse(line))).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn the_telling_line_is_plain_and_short() {
        let long = "x".repeat(500);
        let cases: [(&[&str], &str); 6] = [
            (&["Invalid NAL unit size", "stream 0, offset 0xd6e: partial file"], "the file ends early"),
            (&["Invalid data found when processing input"], "it is not a video that ffmpeg knows"),
            (&["Error while decoding stream #0:0: Invalid data found when processing input", "bad  cbp."], "bad  cbp"),
            (&["Something odd\nsecond line"], "Something odd"),
            (&[], "ffmpeg gave no reason"),
            (&[&long], &long[..MAX_MESSAGE_CHARS]),
        ];
        let wrong: Vec<_> = cases
            .iter()
            .map(|(lines, want)| (telling(&lines.iter().map(ToString::to_string).collect::<Vec<_>>()), *want))
            .filter(|(got, want)| got != want)
            .collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn a_flood_of_problems_stays_small() {
        let mut report = LogReport::default();
        for i in 0..1000 {
            report.add(format!("error {i}"));
            report.add("same".to_owned());
        }
        report.add("stream 0: partial file".to_owned());
        assert_eq!((report.problem_count, report.problems.len()), (2001, MAX_PROBLEMS + 1));
        assert!(means_cut_off(&report.problems[MAX_PROBLEMS]));
    }
}
