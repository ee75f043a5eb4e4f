//! A set from its beginning to its end, as stores and reports take it.

use super::session::{Prescription, StoredSet};
use crate::counting::key_pose::KeyPose;
use crate::counting::record::Summary;
use crate::exercise::routine::{RoutineDef, Step};
use crate::exercise::{ExerciseDef, Mode};

/// What is known of a set when it begins.
#[derive(Clone, Debug)]
pub struct NewSet<'a> {
    /// The exercise, with the targets of this set.
    pub def: &'a ExerciseDef,
    /// Seconds a hold should last.
    pub target_hold_s: f64,
    /// What a routine asked for beyond that.
    pub prescription: Option<&'a Prescription>,
    /// Landmark model.
    pub model: &'a str,
    /// "camera", "video", "images" or "trace".
    pub source_kind: &'a str,
    /// RFC 3339.
    pub started_at: &'a str,
}

/// What a set has come to.
#[derive(Clone, Debug, PartialEq)]
pub struct SetDone {
    /// The final summary.
    pub summary: Summary,
    /// Stills for the report.
    pub stills: Vec<KeyPose>,
}

impl NewSet<'_> {
    /// The set as it is before anything was done in it; its number is given when it is set down.
    pub fn log(&self) -> StoredSet {
        let mode = match self.def.mode {
            Mode::Reps => "reps",
            Mode::Hold => "hold",
            Mode::Duration => "duration",
        };
        let both_sides = self.def.has_sides() && self.def.only_side.is_none();
        StoredSet {
            index: 0,
            started_at: self.started_at.to_owned(),
            finished: false,
            title: self.def.title.clone(),
            file_sha256: self.def.file_sha256.clone(),
            mode: mode.to_owned(),
            target_reps: self.def.target.reps,
            target_sides: if both_sides { 2 } else { 1 },
            target_hold_s: self.target_hold_s,
            prescription: self.prescription.cloned(),
            summary: Summary::empty(&self.def.id, self.model, self.source_kind),
            corrected: None,
            note: None,
            stills: Vec::new(),
        }
    }

    /// The set after it was done.
    pub fn done(&self, index: u32, done: &SetDone) -> StoredSet {
        StoredSet { index, finished: true, summary: done.summary.clone(), stills: done.stills.clone(), ..self.log() }
    }
}

impl Prescription {
    /// What a step of a routine asks for beyond its targets.
    pub fn of(routine: &RoutineDef, step: &Step) -> Self {
        Self {
            routine: routine.id.clone(),
            least_range: step.least_range,
            most_range: step.most_range,
            note: step.note.clone(),
        }
    }
}
