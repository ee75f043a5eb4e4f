//! The machine that finds repetitions, by the pattern the exercise file names.

use crate::base::time::Timestamp;
use crate::counting::detect::cycle::CycleDetector;
use crate::counting::detect::passes::PassDetector;
use crate::counting::detect::rise::{Excursion, ExcursionEvent, Levels, RiseDetector};
use crate::counting::phase::Phase;
use crate::counting::range::RangeEstimate;
use crate::exercise::{ExerciseDef, Pattern};

/// One of the three machines.
pub(super) enum RepDetector {
    Rise(RiseDetector),
    BothWays(Box<CycleDetector>),
    Passes(PassDetector),
}

impl RepDetector {
    pub(super) fn new(def: &ExerciseDef, own_range: Option<f64>) -> Self {
        match def.count.pattern {
            Pattern::Rise => Self::Rise(RiseDetector::new(def.count.channels.len(), def.mode)),
            Pattern::BothWays => Self::BothWays(Box::new(CycleDetector::new(own_range))),
            Pattern::Passes => Self::Passes(PassDetector::default()),
        }
    }

    /// Starts again after the gate was closed; `may_begin_raised` as in [`RiseDetector::restart`].
    pub(super) fn restart(&mut self, may_begin_raised: bool) {
        match self {
            Self::Rise(m) => m.restart(may_begin_raised),
            Self::BothWays(c) => c.restart(),
            Self::Passes(p) => p.restart(),
        }
    }

    /// Takes the channel values of one frame; `may_be_neutral` as in [`CycleDetector::step`].
    pub(super) fn step(
        &mut self,
        at: Timestamp,
        values: &[Option<f64>],
        def: &ExerciseDef,
        own: &[Option<RangeEstimate>],
        may_be_neutral: bool,
    ) -> Option<ExcursionEvent> {
        let first = values.first().copied().flatten();
        match self {
            Self::Rise(m) => m.step(at, values, &def.count, own),
            Self::BothWays(c) => c.step(at, first, &def.count, may_be_neutral),
            Self::Passes(p) => {
                p.step(at, first, &def.count);
                None
            }
        }
    }

    /// Ends what is running.
    pub(super) fn finish(&mut self, def: &ExerciseDef, own: &[Option<RangeEstimate>]) -> Vec<Excursion> {
        match self {
            Self::Rise(m) => m.finish(&def.count, own).into_iter().collect(),
            Self::BothWays(c) => c.finish(&def.count),
            Self::Passes(p) => {
                p.finish(&def.count);
                Vec::new()
            }
        }
    }

    /// Where the movement is; `None` until a rest is known.
    pub(super) fn phase(&self) -> Option<Phase> {
        match self {
            Self::Rise(m) => m.phase(),
            Self::BothWays(c) => c.phase(),
            Self::Passes(p) => Some(if p.strokes().is_empty() { Phase::Ready } else { Phase::Moving }),
        }
    }

    /// Seconds in position so far.
    pub(super) fn hold_so_far_s(&self, def: &ExerciseDef, own: &[Option<RangeEstimate>]) -> Option<f64> {
        if let Self::Rise(m) = self { m.hold_so_far_s(&def.count, own) } else { None }
    }

    /// Rest and thresholds: of each channel, or above and below neutral.
    pub(super) fn levels(&self, def: &ExerciseDef, own: &[Option<RangeEstimate>]) -> Vec<Option<Levels>> {
        match self {
            Self::Rise(m) => m.levels(&def.count, own),
            Self::BothWays(c) => c.levels(&def.count),
            Self::Passes(_) => Vec::new(),
        }
    }

    /// When the running movement began, once it has come into position.
    pub(super) fn in_position_since(&self) -> Option<Timestamp> {
        if let Self::Rise(m) = self { m.in_position_since() } else { None }
    }

    /// Channel of the running movement.
    pub(super) fn running_channel(&self) -> Option<usize> {
        if let Self::Rise(m) = self { m.running_channel() } else { None }
    }

    /// The rolling found so far, in the pattern of passes.
    pub(super) fn passes(&self) -> Option<&PassDetector> {
        if let Self::Passes(p) = self { Some(p) } else { None }
    }
}
