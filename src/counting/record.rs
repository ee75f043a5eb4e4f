//! The records: a repetition, and the summary of one analysed input.
//!
//! Field names and meaning are the JSON contract; `docs/summary.schema.json` is its formal description.

use crate::base::skeleton::Side;
use crate::vision::source::SourceRemarks;
use serde::{Deserialize, Serialize};

/// Version of the summary.
pub const SUMMARY_SCHEMA: u32 = 1;

/// The side of a repetition, always the person's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RepSide {
    /// The person's left.
    Left,
    /// The person's right.
    Right,
    /// The picture does not tell.
    Unknown,
}

impl From<Side> for RepSide {
    fn from(side: Side) -> Self {
        match side {
            Side::Left => Self::Left,
            Side::Right => Self::Right,
        }
    }
}

/// One repetition, counted or rejected.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rep {
    /// Names the entry for good: it never changes while the set runs, and numbers that came to nothing are left out. 0 in
    /// records older than ids, which [`Rep::identified`] mends.
    #[serde(default)]
    pub id: u32,
    /// Running number in the list as it stands, from 1.
    pub index: u32,
    /// The baseline was left, seconds of the source's own time.
    pub start_s: f64,
    /// Farthest point.
    pub peak_s: f64,
    /// The baseline was regained.
    pub end_s: f64,
    /// Side, `None` where the exercise has none.
    pub side: Option<RepSide>,
    /// Whether it counts.
    pub counted: bool,
    /// Why it does not count.
    pub reason: Option<String>,
    /// Seconds in position, `None` where the mode is not hold.
    pub hold_s: Option<f64>,
    /// Peak minus baseline of the rep signal.
    pub range: f64,
    /// Unit of `range`: "deg", "T" (trunk lengths) or "share".
    pub range_unit: String,
    /// Form score, 0..100; `None` for a rejected repetition.
    pub score: Option<u32>,
    /// Ids of form faults seen in it.
    pub faults: Vec<String>,
    /// Ids of remarks that are advice, not faults.
    #[serde(rename = "advice")]
    pub remarks: Vec<String>,
}

impl Rep {
    /// The same with an id: in records older than ids the number was one.
    #[must_use]
    pub fn identified(self) -> Self {
        Self { id: if self.id == 0 { self.index } else { self.id }, ..self }
    }
}

/// Number of counted repetitions by side, and of rejected ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepTotals {
    /// Counted.
    pub total: u32,
    /// Counted on the person's left; 0 where the exercise has no sides.
    pub left: u32,
    /// Counted on the person's right.
    pub right: u32,
    /// Counted, side not certain.
    pub unknown: u32,
    /// Not counted.
    pub rejected: u32,
}

/// Holds; zeros where the mode is not hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct HoldTotals {
    /// Holds that reached the target.
    pub completed: u32,
    /// Longest completed hold, seconds.
    pub best_s: f64,
    /// Sum of completed holds, seconds.
    pub total_s: f64,
}

/// How often and when a fault was seen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FaultRecord {
    /// Fault id.
    pub id: String,
    /// Number of spans.
    pub times: u32,
    /// Start and end of each span, seconds.
    pub spans_s: Vec<[f64; 2]>,
}

/// Something that was not measured, and why.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NotMeasured {
    /// Fault id, or what the exercise file names.
    pub id: String,
    /// Why.
    pub why: String,
}

/// What was analysed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SourceRecord {
    /// "video", "images", "trace" or "camera".
    pub kind: String,
    /// Frames analysed.
    pub frames: u64,
    /// Time from the first frame to the end of the last, seconds.
    pub duration_s: f64,
    /// Whether it was read to its end and undamaged, as far as that can be known.
    #[serde(default = "yes")]
    pub complete: bool,
    /// What was odd about it, a sentence each.
    #[serde(default)]
    pub notices: Vec<String>,
    /// The input as it was named, where several were analysed; never kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub input: Option<String>,
}

impl SourceRecord {
    /// Notes what was odd about it.
    pub fn note(&mut self, remarks: SourceRemarks) {
        self.complete = remarks.is_complete;
        self.notices = remarks.notices;
    }
}

/// For records from before it was written down.
const fn yes() -> bool {
    true
}

impl SourceRecord {
    /// A source about which nothing was odd.
    pub fn of(kind: &str, frames: u64, duration_s: f64) -> Self {
        Self { kind: kind.to_owned(), frames, duration_s, complete: true, notices: Vec::new(), input: None }
    }
}

/// Why a set waited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PauseCause {
    /// The person asked for it.
    Person,
    /// Nobody was seen, or the person had got up.
    Away,
    /// The picture was gone, black or did not change.
    Picture,
}

/// How a set ended that somebody was carried through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EndedBy {
    /// Its target was reached.
    Target,
    /// The person ended it, or left out the rest.
    Person,
    /// Nothing moved any more.
    Still,
    /// A pause became too long.
    Pause,
    /// It hurt.
    Pain,
    /// The session was ended in it.
    Session,
}

/// A gap in a set: nothing is followed in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PauseRecord {
    /// Time of the last frame before it, seconds of the source's own time.
    pub start_s: f64,
    /// Time of the first frame after it; that of the last frame where the set ended in it.
    pub end_s: f64,
    /// Why.
    pub why: PauseCause,
}

/// Why nothing counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NothingCounted {
    /// The kind of reason, a stable word: "nobody", "posture", "view", "hidden", "start", "hold_still", "rejected", "still".
    pub code: String,
    /// In words, with what to do.
    pub text: String,
    /// Id of the exercise that the recording shows instead, where one was recognised.
    pub looks_like: Option<String>,
}

/// The summary of one analysed input.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// Version of this format.
    pub schema: u32,
    /// Exercise id; `None` when none was recognised.
    pub exercise: Option<String>,
    /// Version of the program.
    pub app_version: String,
    /// Id of the landmark model.
    pub model: String,
    /// What was analysed.
    pub source: SourceRecord,
    /// Share of frames with a trusted pose, 0..1.
    pub tracked_fraction: f64,
    /// Counts.
    pub reps: RepTotals,
    /// Holds.
    pub holds: HoldTotals,
    /// Seconds that count in duration mode, else 0.
    pub active_s: f64,
    /// All repetitions, counted and rejected, in order.
    pub repetitions: Vec<Rep>,
    /// Faults of the whole set.
    pub faults: Vec<FaultRecord>,
    /// What a camera cannot see, and what this recording hid.
    pub not_measured: Vec<NotMeasured>,
    /// When the set waited, and why; absent where it never did.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pauses: Vec<PauseRecord>,
    /// How it ended, where somebody was carried through it; absent otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_by: Option<EndedBy>,
    /// Why nothing counted, where nothing did.
    #[serde(default)]
    pub not_counted_because: Option<NothingCounted>,
    /// With `--exercise auto`: what the recording may show, the likeliest first; absent otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub candidates: Option<Vec<Candidate>>,
}

/// An exercise that a recording may show.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Candidate {
    /// Exercise id.
    pub id: String,
    /// 0 (nothing speaks for it) to 1.
    pub confidence: f64,
}

impl Summary {
    /// The summary of a set in which nothing has been seen yet.
    pub fn empty(exercise: &str, model: &str, source_kind: &str) -> Self {
        Self {
            schema: SUMMARY_SCHEMA,
            exercise: Some(exercise.to_owned()),
            app_version: env!("CARGO_PKG_VERSION").to_owned(),
            model: model.to_owned(),
            source: SourceRecord::of(source_kind, 0, 0.0),
            tracked_fraction: 0.0,
            reps: RepTotals::default(),
            holds: HoldTotals::default(),
            active_s: 0.0,
            repetitions: Vec::new(),
            faults: Vec::new(),
            not_measured: Vec::new(),
            pauses: Vec::new(),
            ended_by: None,
            not_counted_because: None,
            candidates: None,
        }
    }
}

impl RepTotals {
    /// Counts a list of repetitions.
    pub fn of(reps: &[Rep]) -> Self {
        let counted = |side| reps.iter().filter(|r| r.counted && r.side == Some(side)).count() as u32;
        Self {
            total: reps.iter().filter(|r| r.counted).count() as u32,
            left: counted(RepSide::Left),
            right: counted(RepSide::Right),
            unknown: counted(RepSide::Unknown),
            rejected: reps.iter().filter(|r| !r.counted).count() as u32,
        }
    }
}

impl HoldTotals {
    /// Sums the holds of counted repetitions.
    pub fn of(reps: &[Rep]) -> Self {
        let holds: Vec<f64> = reps.iter().filter(|r| r.counted).filter_map(|r| r.hold_s).collect();
        Self {
            completed: holds.len() as u32,
            best_s: holds.iter().copied().fold(0.0, f64::max),
            // Folded from plain zero: the empty sum of floats is negative zero.
            total_s: crate::base::time::round_ms(holds.iter().fold(0.0, |sum, h| sum + h)),
        }
    }
}
