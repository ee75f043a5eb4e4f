//! Which exercise a recording shows instead of the one that was asked for, where nothing of that counted.

use crate::counting::engine::{Event, EventKind};
use crate::counting::recognise::Recogniser;
use crate::counting::runner::{FinishedSet, SetOrigin};
use crate::exercise::catalogue;
use crate::motion::track::TrackedPose;

/// So many poses a second are enough to recognise an exercise by.
const KEPT_PER_S: f64 = 12.0;
/// And so many of them, the first minute and a half.
const MOST_KEPT: usize = 1080;

/// Keeps poses until something counts.
#[derive(Default)]
pub struct LooksLike {
    kept: Vec<TrackedPose>,
    has_counted: bool,
}

impl LooksLike {
    /// Takes a frame and what it has caused.
    pub fn step(&mut self, pose: &TrackedPose, events: &[Event]) {
        if events.iter().any(|e| matches!(e.kind, EventKind::RepCounted(_) | EventKind::Pass(_))) {
            self.has_counted = true;
            self.kept = Vec::new();
        }
        let is_due = self.kept.last().is_none_or(|last| pose.at.since(last.at) >= 1.0 / KEPT_PER_S);
        if !self.has_counted && is_due && self.kept.len() < MOST_KEPT {
            self.kept.push(pose.clone());
        }
    }

    /// Whether the poses are kept for exercises that read the outline, too.
    pub fn keeps(&self) -> bool {
        !self.has_counted && self.kept.len() < MOST_KEPT
    }

    /// Adds to a set in which nothing counted what it looks like.
    pub fn complete(self, set: &mut FinishedSet) {
        let Some(because) = set.summary.not_counted_because.as_mut().filter(|_| !self.has_counted) else { return };
        let mut recogniser = Recogniser::new(catalogue::load_all().unwrap_or_default(), None, &SetOrigin::default());
        self.kept.iter().for_each(|pose| recogniser.step(pose));
        let found = recogniser.finish().and_then(|found| found.plan).map(|plan| plan.exercise.id.clone());
        because.looks_like = found.filter(|id| set.summary.exercise.as_ref() != Some(id));
    }
}
