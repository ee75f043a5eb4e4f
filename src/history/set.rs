//! A set as it is stored, made of its plan when it begins and of its result when it is over.

use super::session::StoredSet;
use crate::counting::record::Summary;
use crate::counting::runner::{FinishedSet, SetOrigin};
use crate::exercise::plan::SetPlan;

impl StoredSet {
    /// The set as it is before anything was done in it; its number is given when it is set down.
    pub fn begun(plan: &SetPlan, origin: &SetOrigin) -> Self {
        let def = &plan.exercise;
        let has_both_sides = def.has_sides() && def.only_side.is_none();
        Self {
            index: 0,
            started_at: origin.started_at.clone(),
            finished: false,
            title: def.title.clone(),
            file_sha256: def.file_sha256.clone(),
            mode: def.mode.name().to_owned(),
            target_reps: def.target.reps,
            target_sides: if has_both_sides { 2 } else { 1 },
            target_hold_s: def.target.hold_s,
            prescription: plan.prescription.clone(),
            summary: Summary::empty(&def.id, &origin.model, &origin.source_kind),
            corrected: None,
            note: None,
            key_poses: Vec::new(),
        }
    }

    /// The set after it was done.
    #[must_use]
    pub fn finished(self, index: u32, set: &FinishedSet) -> Self {
        let (summary, key_poses) = (set.summary.clone(), set.key_poses.clone());
        Self { index, finished: true, summary, key_poses, ..self }
    }
}
