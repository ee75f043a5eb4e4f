//! Recorded traces: what the pose model saw, one JSON object a line, independent of any exercise.
//!
//! A trace replays to exactly the numbers of the live run because estimates are quantised before the engine sees them.
//! The first line is the header, each further line one frame; see `docs/trace.md`.

use super::SourceError;
use crate::base::plain::brief;
use crate::base::skeleton::LANDMARK_COUNT;
use crate::base::time::Timestamp;
use crate::disk::bounded;
use crate::disk::output_file::{OutputError, OutputFile};
use crate::vision::frame::Size;
use crate::vision::pose::outline::{ChordOutline, OUTLINE_SAMPLES, Outline};
use crate::vision::pose::{LandmarkEstimate, Pose, PoseEstimate};
use serde::{Deserialize, Serialize};
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// Version of the trace format.
pub const TRACE_VERSION: u32 = 1;

/// Longest line, bytes: some twenty times the usual.
const LONGEST_LINE: u64 = 128 << 10;

/// First line of a trace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TraceHeader {
    /// Format version.
    pub formcheck_trace: u32,
    /// Id of the landmark model.
    pub model: String,
    /// Version of the program that wrote it.
    pub app_version: String,
}

impl TraceHeader {
    /// A header for this version of the program.
    pub fn new(model: &str) -> Self {
        Self {
            formcheck_trace: TRACE_VERSION,
            model: model.to_owned(),
            app_version: env!("CARGO_PKG_VERSION").to_owned(),
        }
    }
}

/// One frame as a line.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct TraceLine {
    seq: u64,
    t_ns: Timestamp,
    size_px: [u32; 2],
    pose: Option<TracePose>,
}

/// A pose with flat arrays: three numbers a landmark in `px` and `world_m`, one in `visibility` and `presence`.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct TracePose {
    flag: f32,
    px: Vec<f32>,
    visibility: Vec<f32>,
    presence: Vec<f32>,
    world_m: Vec<f32>,
    trunk_px: ChordLine,
    left_thigh_px: ChordLine,
    right_thigh_px: ChordLine,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ChordLine {
    ccw: [Option<f32>; OUTLINE_SAMPLES],
    cw: [Option<f32>; OUTLINE_SAMPLES],
}

impl From<&ChordOutline> for ChordLine {
    fn from(c: &ChordOutline) -> Self {
        Self { ccw: c.ccw_px, cw: c.cw_px }
    }
}

impl From<ChordLine> for ChordOutline {
    fn from(c: ChordLine) -> Self {
        Self { ccw_px: c.ccw, cw_px: c.cw }
    }
}

impl From<&PoseEstimate> for TraceLine {
    fn from(e: &PoseEstimate) -> Self {
        let pose = e.pose.as_ref().map(|p| TracePose {
            flag: p.flag,
            px: p.landmarks.iter().flat_map(|l| [l.x_px, l.y_px, l.z_px]).collect(),
            visibility: p.landmarks.iter().map(|l| l.visibility).collect(),
            presence: p.landmarks.iter().map(|l| l.presence).collect(),
            world_m: p.world.iter().flatten().copied().collect(),
            trunk_px: (&p.outline.trunk).into(),
            left_thigh_px: (&p.outline.left_thigh).into(),
            right_thigh_px: (&p.outline.right_thigh).into(),
        });
        Self { seq: e.seq, t_ns: e.at, size_px: [e.size.width, e.size.height], pose }
    }
}

impl TryFrom<TraceLine> for PoseEstimate {
    type Error = String;

    fn try_from(line: TraceLine) -> Result<Self, String> {
        let pose = line.pose.map(Pose::try_from).transpose()?;
        let size = Size::new(line.size_px[0], line.size_px[1]);
        Ok(Self { seq: line.seq, at: line.t_ns, size, pose })
    }
}

impl TryFrom<TracePose> for Pose {
    type Error = String;

    fn try_from(p: TracePose) -> Result<Self, String> {
        let n = LANDMARK_COUNT;
        let lengths = [
            ("px", p.px.len(), 3 * n),
            ("visibility", p.visibility.len(), n),
            ("presence", p.presence.len(), n),
            ("world_m", p.world_m.len(), 3 * n),
        ];
        if let Some((key, found, wanted)) = lengths.into_iter().find(|(_, found, wanted)| found != wanted) {
            return Err(format!("{key} has {found} numbers, expected {wanted}"));
        }
        let landmarks = std::array::from_fn(|i| LandmarkEstimate {
            x_px: p.px[3 * i],
            y_px: p.px[3 * i + 1],
            z_px: p.px[3 * i + 2],
            visibility: p.visibility[i],
            presence: p.presence[i],
        });
        let world = std::array::from_fn(|i| [p.world_m[3 * i], p.world_m[3 * i + 1], p.world_m[3 * i + 2]]);
        let outline = Outline {
            trunk: p.trunk_px.into(),
            left_thigh: p.left_thigh_px.into(),
            right_thigh: p.right_thigh_px.into(),
        };
        Ok(Self { flag: p.flag, landmarks, world, outline })
    }
}

/// Writes a trace. The file appears under its name only when [`TraceWriter::finish`] is called.
pub struct TraceWriter {
    out: OutputFile,
}

impl TraceWriter {
    /// Starts a trace that will stand at `path`.
    ///
    /// # Errors
    /// When nothing can be written in that folder.
    pub fn create(path: &Path, header: &TraceHeader) -> Result<Self, OutputError> {
        let mut writer = Self { out: OutputFile::create(path)? };
        writer.line(header)?;
        Ok(writer)
    }

    /// Adds a frame.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn write(&mut self, estimate: &PoseEstimate) -> std::io::Result<()> {
        self.line(&TraceLine::from(estimate))
    }

    fn line(&mut self, value: &impl Serialize) -> std::io::Result<()> {
        serde_json::to_writer(&mut self.out, value)?;
        self.out.write_all(b"\n")
    }

    /// Completes the file and gives it its name.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn finish(self) -> Result<(), OutputError> {
        self.out.finish()
    }
}

/// Reads a trace, line by line.
pub struct TraceReader {
    lines: bounded::Lines,
    header: TraceHeader,
    path: PathBuf,
    line_number: usize,
    last_at: Option<Timestamp>,
}

impl TraceReader {
    /// Opens a trace and reads its header.
    ///
    /// # Errors
    /// When the file is missing, is no trace, or is of a newer version.
    pub fn open(path: &Path) -> Result<Self, SourceError> {
        let problem = |cause: String| unreadable(path, cause);
        let mut lines = bounded::Lines::open(path, LONGEST_LINE).map_err(|e| problem(e.to_string()))?;
        let first = lines.next().ok_or_else(|| problem("the file is empty".to_owned()))?;
        let first = first.map_err(|e| problem(e.to_string()))?;
        let header: TraceHeader = serde_json::from_str(&first)
            .map_err(|e| problem(format!("line 1 is not a trace header, {}", short(&e))))?;
        if header.formcheck_trace != TRACE_VERSION {
            let cause = format!("it has format {}, this program reads {TRACE_VERSION}", header.formcheck_trace);
            return Err(problem(cause));
        }
        Ok(Self { lines, header, path: path.to_owned(), line_number: 1, last_at: None })
    }

    /// The first line.
    pub fn header(&self) -> &TraceHeader {
        &self.header
    }

    /// File name.
    pub fn name(&self) -> String {
        self.path.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// The next frame, `None` at the end.
    ///
    /// # Errors
    /// When a line is broken; the message has its number.
    pub fn next_estimate(&mut self) -> Result<Option<PoseEstimate>, SourceError> {
        let Some(line) = self.lines.next() else { return Ok(None) };
        self.line_number += 1;
        let number = self.line_number;
        let problem = |cause: String| unreadable(&self.path, format!("line {number}: {cause}"));
        let line = line.map_err(|e| problem(e.to_string()))?;
        let parsed: TraceLine = serde_json::from_str(&line).map_err(|e| problem(short(&e)))?;
        let estimate = PoseEstimate::try_from(parsed).map_err(problem)?;
        if self.last_at.is_some_and(|last| estimate.at <= last) {
            return Err(unreadable(&self.path, format!("line {number}: time does not advance")));
        }
        self.last_at = Some(estimate.at);
        Ok(Some(estimate))
    }
}

/// serde's message, as long as it can be read, without its "at line 1", which would contradict the trace's own line number.
fn short(error: &serde_json::Error) -> String {
    let text = error.to_string();
    brief(&text.split(" at line ").next().unwrap_or(&text))
}

fn unreadable(path: &Path, cause: String) -> SourceError {
    SourceError::Unreadable {
        what: "the trace",
        cause,
        remedy: "record it again with `formcheck analyze VIDEO --trace FILE.jsonl`",
        path: path.display().to_string(),
    }
}
