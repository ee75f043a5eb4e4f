//! A film as a source of frames.

use std::path::{Path, PathBuf};

use super::probe::Probe;
use super::reader::{Decoder, Outcome};
use super::tools::{CONVERT, MIN_SIDE_PX, RECORD_AGAIN, Tools, unreadable};
use crate::base::plain::one_line;
use crate::base::time::Timestamp;
use crate::vision::frame::{Frame, Size};
use crate::vision::source::{FrameSource, Next, SourceError, SourceInfo, SourceRemarks};

/// What [`VideoSource`] makes of a film, for whoever else has ffmpeg look at it.
pub(crate) struct Seen {
    /// Number of the stream.
    pub track: u32,
    /// The filter graph for its pictures: rotation is ffmpeg's own.
    pub pictures: String,
}

/// How a film is looked at.
pub(crate) fn seen(tools: &Tools, path: &Path) -> Seen {
    let probe = super::probe::probe(tools, path).unwrap_or_default();
    Seen { track: probe.track, pictures: super::filter::graph(tools, probe.is_hdr) }
}

/// Whether a file is a whole film.
pub(crate) fn reads_well(tools: &Tools, path: &Path) -> bool {
    super::probe::probe(tools, path).is_ok()
}

/// A video file as a source of frames. The ffmpeg process is killed and reaped when this is dropped.
#[derive(Debug)]
pub struct VideoSource {
    path: PathBuf,
    probe: Probe,
    size: Size,
    /// The frame that `open` waited for, until it is handed out.
    first: Option<Frame>,
    /// `None` once the video is over.
    decoder: Option<Decoder>,
    delivered: u64,
    last_at: Timestamp,
    remarks: SourceRemarks,
}

impl VideoSource {
    /// Opens a video with the `ffmpeg` and `ffprobe` found in `PATH` and waits for its first picture.
    ///
    /// # Errors
    /// [`SourceError::MissingTool`] without the commands; [`SourceError::Unreadable`] when the path is no readable video
    /// file, holds no pictures that can be decoded, carries no timestamps, or is smaller than [`MIN_SIDE_PX`].
    pub fn open(path: &Path) -> Result<Self, SourceError> {
        Self::open_with(&Tools::default(), path)
    }

    /// Like [`VideoSource::open`], with the commands named.
    ///
    /// # Errors
    /// Those of [`VideoSource::open`].
    pub fn open_with(tools: &Tools, path: &Path) -> Result<Self, SourceError> {
        let probe = super::probe::probe(tools, path)?;
        let decoder = Decoder::start(tools, path, probe.track, &super::filter::graph(tools, probe.is_hdr))?;
        let Some(first) = decoder.next() else {
            return Err(no_picture(path, &decoder.finish()));
        };
        let size = first.size;
        if size.width.min(size.height) < MIN_SIDE_PX {
            let Size { width, height } = size;
            let cause = format!("its picture of {width}x{height} pixels is too small to see a person");
            return Err(unreadable(path, cause, "use a video of at least 32 pixels on either side"));
        }
        let mut remarks = SourceRemarks::default();
        if probe.tracks > 1 {
            let (tracks, [width, height]) = (probe.tracks, probe.track_px);
            remarks
                .notices
                .push(format!("the film has {tracks} video tracks; the one of {width}x{height} is looked at"));
        }
        Ok(Self {
            path: path.to_path_buf(),
            probe,
            size,
            first: Some(first),
            decoder: Some(decoder),
            delivered: 0,
            last_at: Timestamp(0),
            remarks,
        })
    }

    /// Hands out `frame`, keeping count.
    fn deliver(&mut self, frame: Frame) -> Next {
        self.delivered += 1;
        self.last_at = frame.at;
        Next::Frame(frame)
    }

    /// Turns the outcome of a video that is over into notices, or into an error when ffmpeg was stopped from outside.
    fn conclude(&mut self, outcome: &Outcome) -> Result<Next, SourceError> {
        let pictures = &outcome.pictures;
        if pictures.skipped > 0 {
            let plural = if pictures.skipped == 1 { "frame was" } else { "frames were" };
            let text = "left out because the presentation time is missing or does not increase";
            self.remarks.notices.push(format!("{} {plural} {text}", pictures.skipped));
        }
        for (size, at) in &pictures.size_changes {
            let (Size { width, height }, at_s) = (size, at.secs());
            let into = format!("{}x{}", self.size.width, self.size.height);
            self.remarks
                .notices
                .push(format!("the picture changes to {width}x{height} at {at_s:.2} s; it is fitted into {into}"));
        }
        if let Some(signal) = &outcome.signal {
            let cause = format!("ffmpeg was stopped after {} frames ({signal})", self.delivered);
            return Err(unreadable(&self.path, cause, "try again"));
        }
        if !outcome.log.problems.is_empty() || !outcome.clean_exit {
            let notice = self.damage_notice(outcome);
            self.remarks.notices.push(notice);
            self.remarks.is_complete = false;
        }
        Ok(Next::End)
    }

    fn damage_notice(&self, outcome: &Outcome) -> String {
        let reason = super::log::telling(&outcome.log.problems);
        let announced = match self.probe.frame_count_hint {
            Some(count) if count > self.delivered => format!(" of about {count}"),
            _ => String::new(),
        };
        let got = format!("{} frames{announced} were read, up to {:.2} s", self.delivered, self.last_at.secs());
        if !outcome.clean_exit || outcome.log.problems.iter().any(|problem| super::log::means_cut_off(problem)) {
            format!("the video seems cut off: {reason}; {got}")
        } else {
            let count = outcome.log.problem_count;
            format!("the video seems damaged or cut off: ffmpeg reported {count} errors, such as \"{reason}\"; {got}")
        }
    }
}

impl FrameSource for VideoSource {
    fn info(&self) -> SourceInfo {
        SourceInfo {
            kind: "video",
            name: one_line(&self.path.file_name().unwrap_or(self.path.as_os_str()).to_string_lossy()),
            size: Some(self.size),
            frame_count_hint: self.probe.frame_count_hint,
            fps_hint: self.probe.fps_hint,
            recorded_at: self.probe.recorded_at,
        }
    }

    fn next_frame(&mut self) -> Result<Next, SourceError> {
        if let Some(first) = self.first.take() {
            return Ok(self.deliver(first));
        }
        match self.decoder.as_ref().and_then(Decoder::next) {
            Some(frame) => Ok(self.deliver(frame)),
            None => match self.decoder.take() {
                Some(decoder) => self.conclude(&decoder.finish()),
                None => Ok(Next::End),
            },
        }
    }

    fn remarks(&self) -> SourceRemarks {
        self.remarks.clone()
    }
}

/// Why there is not a single picture.
fn no_picture(path: &Path, outcome: &Outcome) -> SourceError {
    if outcome.pictures.skipped > 0 {
        return unreadable(path, "its frames carry no timestamps".into(), CONVERT);
    }
    if outcome.log.problems.is_empty() {
        return unreadable(path, "not a single frame could be decoded".into(), RECORD_AGAIN);
    }
    let reason = super::log::telling(&outcome.log.problems);
    unreadable(path, format!("not a single frame could be decoded ({reason})"), RECORD_AGAIN)
}
