//! The ffmpeg process: pictures from its stdout, their times from its stderr, paired by order.
//!
//! `showinfo` logs each picture right before it leaves the filter graph, and with `-fps_mode passthrough` each of them is
//! written exactly once, so the n-th stamp belongs to the n-th picture. `settb` makes the unit of the times one nanosecond
//! (rounded from the exact fraction of the file), whatever the container used.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{Builder, JoinHandle};

use super::door::{self, CleanFilm};
use super::log::{self, Line, LogReport, STAMP_FILTER, Stamp};
use super::tools::{MAX_SIDE_PX, Tools, missing, unreadable};
use crate::base::time::Timestamp;
use crate::vision::frame::{Frame, Size};
use crate::vision::source::SourceError;

/// Pictures waiting for the one who asks; ffmpeg pauses when they are full.
const FRAMES_WAITING: usize = 2;

/// Stamps waiting for their pictures. ffmpeg can run ahead of the reader only by what fits into the pipe and its own
/// buffer (about 100 kB, 33 pictures of the smallest size), so this never fills up and stderr is always drained.
const STAMPS_WAITING: usize = 1024;

/// Longest log line read in one piece, in bytes.
const MAX_LINE_LEN: u64 = 64 * 1024;

/// Changes of the size that are noted; a call over a bad line has hundreds.
const MOST_SIZES: usize = 8;

/// What ffmpeg says when it has told all about its input, whose texts are anybody's; stamps come after it.
const HEAD_ENDS: &str = "[info] Stream mapping:";

/// What the picture thread saw besides the frames it sent.
#[derive(Debug, Default)]
pub(super) struct PictureReport {
    /// Pictures left out: no time, or one that does not increase. A nudged time would give absurd speeds.
    pub skipped: u64,
    /// Where the size changed, and to what; from there on pictures are fitted into the first size.
    pub size_changes: Vec<(Size, Timestamp)>,
}

/// How a run ended.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    pub pictures: PictureReport,
    pub log: LogReport,
    /// ffmpeg ended by itself and reported success.
    pub clean_exit: bool,
    /// The signal that ended ffmpeg, in words, when it was not us who sent it.
    pub signal: Option<String>,
}

/// A running ffmpeg with its two threads. Dropping it kills and reaps the process and joins the threads.
#[derive(Debug)]
pub(super) struct Decoder {
    child: Child,
    /// The name it was opened by, for as long as it may be opened again.
    film: CleanFilm,
    frames: Option<Receiver<Frame>>,
    pictures: Option<JoinHandle<PictureReport>>,
    log: Option<JoinHandle<LogReport>>,
}

impl Decoder {
    /// Starts ffmpeg on the video track of that number in `path`; `pictures` is the filter graph for its pictures.
    pub fn start(tools: &Tools, path: &Path, track: u32, pictures: &str) -> Result<Self, SourceError> {
        let no_link =
            |error: std::io::Error| unreadable(path, format!("no link to it could be made ({error})"), "try again");
        let film = CleanFilm::of(path).map_err(no_link)?;
        let mut child = command(tools, &film, track, pictures).spawn().map_err(|error| missing("ffmpeg", &error))?;
        let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
        // From here on an early return drops the decoder, which ends the process.
        let mut decoder = Self { child, film, frames: None, pictures: None, log: None };
        let (Some(stdout), Some(stderr)) = (stdout, stderr) else {
            return Err(unreadable(path, "ffmpeg has no output".into(), "try again"));
        };
        let no_thread =
            |error: std::io::Error| unreadable(path, format!("no thread could be started ({error})"), "try again");
        let (stamp_tx, stamp_rx) = sync_channel(STAMPS_WAITING);
        let (frame_tx, frame_rx) = sync_channel(FRAMES_WAITING);
        decoder.frames = Some(frame_rx);
        let read_log = move || drain_log(BufReader::new(stderr), &stamp_tx);
        decoder.log = Some(Builder::new().name("video-log".into()).spawn(read_log).map_err(no_thread)?);
        let read_pictures = move || read_pictures(stdout, &stamp_rx, &frame_tx);
        decoder.pictures = Some(Builder::new().name("video-frames".into()).spawn(read_pictures).map_err(no_thread)?);
        Ok(decoder)
    }

    /// The next frame, `None` when there are no more.
    pub fn next(&self) -> Option<Frame> {
        self.frames.as_ref()?.recv().ok()
    }

    /// Ends the run, after [`Decoder::next`] said `None`, and says how it went.
    pub fn finish(mut self) -> Outcome {
        self.frames = None;
        let pictures = join(self.pictures.take());
        let mut log = join(self.log.take());
        for problem in &mut log.problems {
            *problem = self.film.without_name(problem);
        }
        let status = self.child.wait().ok();
        let clean_exit = status.is_some_and(|status| status.success());
        let signal = status.filter(|status| status.code().is_none()).map(|status: ExitStatus| status.to_string());
        Outcome { pictures, log, clean_exit, signal }
    }
}

impl Drop for Decoder {
    fn drop(&mut self) {
        // Order matters: the process first, then the channel, so that neither thread can be left waiting.
        let _ = self.child.kill();
        let _ = self.child.wait();
        self.frames = None;
        join(self.pictures.take());
        join(self.log.take());
    }
}

fn join<T: Default>(thread: Option<JoinHandle<T>>) -> T {
    thread.and_then(|thread| thread.join().ok()).unwrap_or_default()
}

fn command(tools: &Tools, film: &CleanFilm, track: u32, pictures: &str) -> Command {
    // The file's own times: without copyts ffmpeg "corrects" those of .ts files wherever B-frames are 0.1 s apart.
    // One decoding thread, for repeatability: with two, a damaged H.264 file gave other pictures on nearly every run.
    // The price, measured beside a busy core: two took 9 % (1080p) to 13 % (4K) less time, and 26 % more memory.
    let mut command = door::ffmpeg(tools, &["-copyts", "-threads", "1", "-filter_threads", "1"], film);
    command
        .args(["-map", &format!("0:{track}"), "-an", "-sn", "-dn", "-vf", &graph(pictures)])
        // Left to itself ffmpeg would stretch pictures of another size into the first one's.
        .args(["-autoscale", "0", "-fps_mode", "passthrough", "-enc_time_base", "1:1000000000", "-flush_packets", "1"])
        .args(["-f", "rawvideo", "-pix_fmt", "rgb24", "pipe:1"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// The whole graph: `pictures`, then packed RGB with a stamp.
fn graph(pictures: &str) -> String {
    format!("{pictures},format=rgb24,setsar=1,settb=1/1000000000,sidedata=mode=delete,{STAMP_FILTER}=checksum=0")
}

/// Reads the log to its end, whatever happens to the stamps, so that ffmpeg never waits on it.
fn drain_log(mut stderr: impl BufRead, stamps: &SyncSender<Stamp>) -> LogReport {
    let mut report = LogReport::default();
    let mut line = Vec::new();
    let mut is_after_head = false;
    loop {
        line.clear();
        match stderr.by_ref().take(MAX_LINE_LEN).read_until(b'\n', &mut line) {
            Ok(0) | Err(_) => return report,
            Ok(_) => {}
        }
        let text = String::from_utf8_lossy(&line);
        is_after_head |= text.starts_with(HEAD_ENDS);
        let makes_sense = |stamp: &Stamp| (1..=MAX_SIDE_PX).contains(&stamp.size.width.max(stamp.size.height));
        match log::parse(&text) {
            // It fails only when the picture thread is done; then the stamp is of no use.
            Line::Stamp(stamp) if is_after_head && makes_sense(&stamp) => drop(stamps.send(stamp)),
            Line::Problem(text) => report.add(text),
            Line::Stamp(_) | Line::Other => {}
        }
    }
}

/// Reads pictures until there are no more or nobody listens.
fn read_pictures(mut stdout: ChildStdout, stamps: &Receiver<Stamp>, frames: &SyncSender<Frame>) -> PictureReport {
    let mut report = PictureReport::default();
    let mut clock = Clock::default();
    let (mut size, mut last_size) = (None, None);
    let (mut seq, mut next_n) = (0, 0);
    for stamp in stamps {
        let at = clock.tick(stamp.pts_ns);
        let first_size = *size.get_or_insert(stamp.size);
        if stamp.size != *last_size.get_or_insert(stamp.size) {
            last_size = Some(stamp.size);
            if report.size_changes.len() < MOST_SIZES {
                report.size_changes.push((stamp.size, at.unwrap_or(clock.last)));
            }
        }
        let mut rgb = vec![0; stamp.size.rgb_len()];
        // A stamp garbled in the log leaves a gap in the numbers: its picture must not get the time of the next one.
        for _ in next_n..stamp.n {
            report.skipped += 1;
            if stdout.read_exact(&mut rgb).is_err() {
                return report;
            }
        }
        next_n = stamp.n + 1;
        if stdout.read_exact(&mut rgb).is_err() {
            return report;
        }
        let Some(at) = at else {
            report.skipped += 1;
            continue;
        };
        let frame = Frame { seq, at, size: stamp.size, rgb }.fitted(first_size);
        if frames.send(frame).is_err() {
            return report;
        }
        seq += 1;
    }
    report
}

/// Turns the times of a file into strictly increasing ones that start at zero.
#[derive(Debug, Default)]
struct Clock {
    first_ns: Option<i64>,
    last: Timestamp,
}

impl Clock {
    /// The time since the first frame, `None` for a frame without a time or with one that does not increase.
    fn tick(&mut self, pts_ns: Option<i64>) -> Option<Timestamp> {
        let pts_ns = pts_ns?;
        let Some(first_ns) = self.first_ns else {
            self.first_ns = Some(pts_ns);
            return Some(Timestamp(0));
        };
        let at = Timestamp(u64::try_from(pts_ns.checked_sub(first_ns)?).ok()?);
        (at > self.last).then(|| {
            self.last = at;
            at
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_starts_at_zero_and_only_increases() {
        let mut clock = Clock::default();
        let pts_ns = [None, Some(-5), Some(-5), Some(10), Some(3), None, Some(i64::MAX), Some(11), Some(20)];
        let at: Vec<_> = pts_ns.iter().map(|pts_ns| clock.tick(*pts_ns).map(|at| at.0)).collect();
        assert_eq!(at, [None, Some(0), None, Some(15), None, None, None, Some(16), Some(25)]);
    }

    #[test]
    fn stamps_before_the_head_is_over_or_of_a_size_that_cannot_be_are_none() {
        let (stamps, inbox) = sync_channel(8);
        let stamp =
            |size: &str| format!("[showinfo@stamp @ 0x1] [info] n:   0 pts: 0 pts_time:0 fmt:rgb24 s:{size} i:P\n");
        let text = stamp("64x48") + HEAD_ENDS + "\n" + &stamp("2000000x2000000") + &stamp("0x0") + &stamp("32x32");
        drain_log(text.as_bytes(), &stamps);
        drop(stamps);
        assert_eq!(inbox.iter().map(|stamp| stamp.size).collect::<Vec<_>>(), [Size::new(32, 32)]);
    }

    #[test]
    fn the_log_is_drained_when_nobody_wants_stamps() {
        let (stamps, nobody) = sync_channel(1);
        drop(nobody);
        let stamp = "[showinfo@stamp @ 0x1] [info] n:   0 pts: 0 pts_time:0 fmt:rgb24 s:64x48 i:P\n";
        let text = format!("{HEAD_ENDS}\n") + &stamp.repeat(10) + "[h264 @ 0x1] [error] late\n";
        assert_eq!(drain_log(text.as_bytes(), &stamps).problems, ["late"]);
    }
}
