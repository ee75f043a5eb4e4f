//! What is to be reached, in the person's language.

use super::plan::SetPlan;
use super::routine::{RoutineDef, Step};
use super::{ExerciseDef, Mode};
use crate::base::language::{number, tr};
use crate::base::skeleton::Side;
use crate::motion::signal::Unit;

impl ExerciseDef {
    /// The target as a person would say it: "10 repetitions", "5 holds of 10 s per side", "10 repetitions on the left".
    pub fn target_words(&self) -> String {
        let (reps, s) = (self.target.reps, number(self.target.hold_s));
        let what = match self.mode {
            Mode::Reps => tr!("target-reps", count = reps),
            Mode::Hold => tr!("target-holds", count = reps, s = s),
            Mode::Duration => return tr!("target-seconds", s = s),
        };
        let side = match self.only_side {
            Some(Side::Left) => tr!("target-left"),
            Some(Side::Right) => tr!("target-right"),
            None if self.has_sides() => tr!("target-each-side"),
            None => return what,
        };
        tr!("target-on-side", what = what, side = side)
    }
}

impl Step {
    /// Sets and target as a person would say them: "10 repetitions", "2 sets of 5 holds of 10 s per side".
    pub fn target_words(&self) -> String {
        let once = SetPlan::of_step(self).exercise.target_words();
        if self.sets == 1 { once } else { tr!("target-sets", n = self.sets, what = once) }
    }

    /// The limits of its range, where it has any: "range 60 to 90 deg".
    pub fn limit_words(&self) -> Option<String> {
        let unit = || match self.exercise.range_unit() {
            Unit::Deg => tr!("target-unit-deg"),
            Unit::Trunk => tr!("target-unit-trunk"),
            Unit::Share => tr!("target-unit-share"),
        };
        match (self.least_range.map(number), self.most_range.map(number)) {
            (None, None) => None,
            (Some(least), None) => Some(tr!("target-range-from", least = least, unit = unit())),
            (None, Some(most)) => Some(tr!("target-range-to", most = most, unit = unit())),
            (Some(least), Some(most)) => Some(tr!("target-range", least = least, most = most, unit = unit())),
        }
    }
}

impl RoutineDef {
    /// The estimated time as a person would say it: "about 12 min".
    pub fn duration_words(&self) -> String {
        tr!("home-minutes", count = (self.duration_s() / 60.0).round().max(1.0))
    }
}
