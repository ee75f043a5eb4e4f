//! What is kept of a session: who, when, which sets with which repetitions, measured and corrected counts, notes.
//!
//! This is the JSON of `sessions export` and `sessions import`; nothing of it is a picture.

use crate::counting::key_pose::KeyPose;
use crate::counting::record::{RepSide, Summary};
use crate::exercise::Mode;
use crate::exercise::plan::Prescription;
use serde::{Deserialize, Serialize};

/// Version of the session export. 2 has brought `prescription` and `stills`; files of version 1 are read as well.
pub const SESSION_SCHEMA: u32 = 2;

/// No set has more repetitions, measured or corrected: that would be a day and a night of quick ones.
pub const LARGEST_COUNT: u32 = 100_000;

/// Version of the export around the sessions.
pub const EXPORT_SCHEMA: u32 = 1;

/// What leaves the house and comes back: sessions, the oldest first, and own ranges.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Export {
    /// [`EXPORT_SCHEMA`].
    #[allow(clippy::struct_field_names, reason = "it tells the file from other JSON")]
    pub formcheck_export: u32,
    /// In order of time.
    pub sessions: Vec<SessionRecord>,
    /// Own ranges of the people in it; none in the export of single sessions.
    pub ranges: Vec<RangeRecord>,
}

/// The own range of a person in an exercise, as a calibration has found it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RangeRecord {
    /// Name of the person.
    pub person: String,
    /// Exercise id.
    pub exercise: String,
    /// Sha256 of the exercise file that measured it.
    pub file_sha256: String,
    /// RFC 3339.
    pub at: String,
    /// The range, from extreme to extreme where the movement goes both ways.
    pub own_range: f64,
    /// Its unit: "deg", "T" or "share".
    pub unit: String,
    /// Standard deviation of the signal at rest, in the same unit.
    pub rest_sigma: f64,
}

/// Why a session ended before its end, as the person says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StoppedBecause {
    /// It hurt.
    Pain,
    /// Tired.
    Tired,
    /// No more time.
    NoTime,
    /// Something else.
    Other,
}

/// A session: the sets somebody did in one sitting.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SessionRecord {
    /// [`SESSION_SCHEMA`].
    pub schema: u32,
    /// Unique id, also sorts by time: `20261123T181500Z-5f3a`.
    pub id: String,
    /// Name of the person.
    pub person: String,
    /// RFC 3339 with the zone's offset: `2026-11-23T19:15:00+01:00`.
    pub started_at: String,
    /// The same; `None` while the session is open, or when the program was stopped in it.
    pub ended_at: Option<String>,
    /// Version of the program that recorded it.
    pub app_version: String,
    /// Pain before and after, 0 (none) to 10, as the person said.
    pub pain_before: Option<u8>,
    /// See `pain_before`.
    pub pain_after: Option<u8>,
    /// What the person wrote.
    pub note: Option<String>,
    /// Why it ended before its end, if the person said so; absent otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stopped_because: Option<StoppedBecause>,
    /// In the order they were done.
    pub sets: Vec<StoredSet>,
}

impl SessionRecord {
    /// A session that begins now, with nothing in it yet.
    pub fn begun(id: &str, person: &str, at: &str) -> Self {
        Self {
            schema: SESSION_SCHEMA,
            id: id.to_owned(),
            person: person.to_owned(),
            started_at: at.to_owned(),
            ended_at: None,
            app_version: env!("CARGO_PKG_VERSION").to_owned(),
            pain_before: None,
            pain_after: None,
            note: None,
            stopped_because: None,
            sets: Vec::new(),
        }
    }
}

/// One set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StoredSet {
    /// Running number in the session, from 1.
    pub index: u32,
    /// RFC 3339 with the zone's offset.
    pub started_at: String,
    /// Whether the set came to its end; false when the program was stopped in it.
    pub finished: bool,
    /// Title of the exercise.
    pub title: String,
    /// Sha256 of the exercise file that counted.
    pub file_sha256: String,
    /// "reps", "hold" or "duration".
    pub mode: String,
    /// Repetitions to do, per side where both sides count.
    pub target_reps: u32,
    /// 2 where both sides count, each for itself; else 1.
    #[serde(default = "one")]
    pub target_sides: u32,
    /// Seconds a hold (or, in duration mode, the activity) should last.
    pub target_hold_s: f64,
    /// What a routine asked of this set beyond its targets.
    #[serde(default)]
    pub prescription: Option<Prescription>,
    /// What was measured.
    pub summary: Summary,
    /// Counts as the person corrected them.
    pub corrected: Option<Corrected>,
    /// What the person wrote.
    pub note: Option<String>,
    /// The skeleton at the farthest point of a few repetitions.
    #[serde(default, rename = "stills")]
    pub key_poses: Vec<KeyPose>,
}

/// Counts that replace the measured ones, in the person's eyes. The measured ones stay beside them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Corrected {
    /// Repetitions, both sides together.
    pub total: u32,
    /// On the person's left, where the exercise has sides.
    pub left: Option<u32>,
    /// On the person's right.
    pub right: Option<u32>,
}

fn one() -> u32 {
    1
}

impl StoredSet {
    /// Repetitions to do in all.
    pub fn target_total(&self) -> u32 {
        self.target_reps * self.target_sides
    }

    /// Its count, changed by so many; `None`: as it was measured. Where sides are told apart, the side of which there are fewer
    /// gets more, and the one with more gets fewer.
    pub fn corrected_by(&self, by: i32) -> Option<Corrected> {
        let measured = self.summary.reps;
        let total = self.counted().saturating_add_signed(by);
        if total == measured.total {
            return None;
        }
        let has_sides =
            self.summary.repetitions.iter().any(|rep| matches!(rep.side, Some(RepSide::Left | RepSide::Right)));
        if !has_sides {
            return Some(Corrected { total, left: None, right: None });
        }
        let (left, right) = self
            .corrected
            .and_then(|c| c.left.zip(c.right))
            .unwrap_or((measured.left, measured.right.saturating_add(measured.unknown)));
        let is_left = (left <= right) == (by > 0);
        let (left, right) =
            if is_left { (left.saturating_add_signed(by), right) } else { (left, right.saturating_add_signed(by)) };
        Some(Corrected { total: left + right, left: Some(left), right: Some(right) })
    }

    /// Whether it is done by time.
    pub fn is_timed(&self) -> bool {
        self.mode == Mode::Duration.name()
    }

    /// Repetitions that stand: corrected, else measured.
    pub fn counted(&self) -> u32 {
        self.corrected.map_or(self.summary.reps.total, |c| c.total)
    }
}
