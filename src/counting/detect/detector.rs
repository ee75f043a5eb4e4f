//! The detector of an exercise, by the pattern its file names.

use super::cycle::CycleDetector;
use super::excursion::Excursion;
use super::passes::PassDetector;
use super::rise::{Estimates, ExcursionEvent, Levels, RiseDetector};
use crate::base::time::Timestamp;
use crate::counting::phase::Phase;
use crate::counting::range::range_of;
use crate::exercise::Pattern;
use crate::exercise::plan::SetPlan;
use crate::motion::signal::Reading;
use std::sync::Arc;

/// One of the three detectors.
pub enum RepDetector {
    /// From a baseline and back.
    Rise(RiseDetector),
    /// To both sides of neutral.
    BothWays(Box<CycleDetector>),
    /// Back and forth without a rest.
    Passes(PassDetector),
}

impl RepDetector {
    /// The detector a set needs.
    pub fn new(plan: &SetPlan) -> Self {
        let def = &plan.exercise;
        let rule = Arc::new(def.count.clone());
        match def.count.pattern {
            Pattern::Rise => Self::Rise(RiseDetector::new(rule, def.count.channels.len(), def.mode)),
            Pattern::BothWays => Self::BothWays(Box::new(CycleDetector::new(rule, range_of(plan.prior)))),
            Pattern::Passes => Self::Passes(PassDetector::new(rule)),
        }
    }

    /// Starts again after the gate was closed; `may_begin_raised` as in [`RiseDetector::restart`].
    pub fn restart(&mut self, may_begin_raised: bool) {
        match self {
            Self::Rise(d) => d.restart(may_begin_raised),
            Self::BothWays(d) => d.restart(),
            Self::Passes(d) => d.restart(),
        }
    }

    /// Takes the channels' readings of one frame; `may_be_neutral` as in [`RiseDetector::step`].
    pub fn step(
        &mut self,
        at: Timestamp,
        readings: &[Option<Reading>],
        estimates: Estimates<'_>,
        may_be_neutral: bool,
    ) -> Option<ExcursionEvent> {
        let first = readings.first().copied().flatten();
        match self {
            Self::Rise(d) => d.step(at, readings, estimates, may_be_neutral),
            Self::BothWays(d) => d.step(at, first, may_be_neutral),
            Self::Passes(d) => {
                d.step(at, first.map(|r| r.value));
                None
            }
        }
    }

    /// Ends what is under way.
    pub fn finish(&mut self, estimates: Estimates<'_>) -> Vec<Excursion> {
        match self {
            Self::Rise(d) => d.finish(estimates).into_iter().collect(),
            Self::BothWays(d) => d.finish(),
            Self::Passes(d) => {
                d.finish();
                Vec::new()
            }
        }
    }

    /// Where the movement is; `None` until a baseline is known.
    pub fn phase(&self) -> Option<Phase> {
        match self {
            Self::Rise(d) => d.phase(),
            Self::BothWays(d) => d.phase(),
            Self::Passes(d) => Some(if d.strokes().is_empty() { Phase::Ready } else { Phase::Moving }),
        }
    }

    /// Seconds in position so far.
    pub fn hold_so_far_s(&self, estimates: Estimates<'_>) -> Option<f64> {
        self.rise()?.hold_so_far_s(estimates)
    }

    /// Baseline and thresholds: of each channel, or above and below neutral.
    pub fn levels(&self, estimates: Estimates<'_>) -> Vec<Option<Levels>> {
        match self {
            Self::Rise(d) => d.levels(estimates),
            Self::BothWays(d) => d.levels(),
            Self::Passes(_) => Vec::new(),
        }
    }

    /// When the excursion under way began, once it has come into position.
    pub fn in_position_since(&self) -> Option<Timestamp> {
        self.rise()?.in_position_since()
    }

    /// Channel of the excursion under way.
    pub fn running_channel(&self) -> Option<usize> {
        self.rise()?.running_channel()
    }

    /// The rolling found so far, in the pattern of passes.
    pub fn passes(&self) -> Option<&PassDetector> {
        if let Self::Passes(d) = self { Some(d) } else { None }
    }

    fn rise(&self) -> Option<&RiseDetector> {
        if let Self::Rise(d) = self { Some(d) } else { None }
    }
}
