//! The list of a set: what was observed, the judgement of it, and what has changed with the newest observation.

use super::detect::excursion::Excursion;
use super::judge::{Judgement, Observation, Standing, Verdict, judge};
use super::range::RangeEstimate;
use super::record::{Rep, RepSide};
use crate::base::time::round_ms;
use crate::exercise::plan::SetPlan;
use crate::exercise::{ExerciseDef, Mode};
use crate::motion::signal::Unit;
use std::mem::discriminant;
use std::sync::Arc;

/// Points a fault of severity 1 takes from the score of 100; more severe ones take a multiple (proposal: a set with a slight
/// fault in each repetition reads above 90).
const POINTS_PER_SEVERITY: u32 = 8;

/// What a new observation has changed.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// A repetition counts.
    Counted(Rep),
    /// An attempt does not count, or does no longer.
    Rejected(Rep),
    /// What was listed has turned out to be fidgeting.
    Dropped {
        /// The entry that is no more.
        id: u32,
    },
}

/// All that was observed in a set.
#[derive(Clone, Debug)]
pub struct Ledger {
    plan: Arc<SetPlan>,
    observations: Vec<Observation>,
    judgement: Judgement,
    /// Ids begin after this.
    ids_from: u32,
}

impl Ledger {
    /// An empty ledger.
    pub fn new(plan: Arc<SetPlan>) -> Self {
        let judgement = judge(&[], &plan);
        Self { plan, observations: Vec::new(), judgement, ids_from: 0 }
    }

    /// Counts ids from here on, before any was told: those up to it are another list's.
    pub fn count_ids_from(&mut self, ids_from: u32) {
        self.ids_from = ids_from;
    }

    /// Observations so far, those that came to nothing included.
    pub fn observed(&self) -> u32 {
        self.ids_from + self.observations.len() as u32
    }

    /// The own range of each channel, once known.
    pub fn estimates(&self) -> &[Option<RangeEstimate>] {
        &self.judgement.estimates
    }

    /// What is listed so far, in order, with its verdict.
    pub fn listed(&self) -> impl Iterator<Item = (&Observation, &Verdict)> {
        self.observations.iter().zip(&self.judgement.verdicts).filter(|(_, v)| v.is_listed())
    }

    /// Takes an observation and judges all anew: what has changed, the newest first, then in order.
    pub fn take(&mut self, observation: Observation) -> Vec<Change> {
        self.observations.push(observation);
        let judgement = judge(&self.observations, &self.plan);
        let before = std::mem::replace(&mut self.judgement, judgement).verdicts;
        let newest = self.observations.len() - 1;
        std::iter::once(newest).chain(0..newest).filter_map(|i| self.change(i, before.get(i))).collect()
    }

    /// The list as records.
    pub fn reps(&self) -> Vec<Rep> {
        let listed = (0..self.observations.len()).filter(|i| self.judgement.verdicts[*i].is_listed());
        listed.enumerate().map(|(n, i)| self.rep(i, n as u32 + 1)).collect()
    }

    /// How observation `i` stands other than before.
    fn change(&self, i: usize, before: Option<&Verdict>) -> Option<Change> {
        let was = before.map_or(&Standing::Nothing, |v| &v.standing);
        let now = &self.judgement.verdicts[i].standing;
        // Another number in the same reason is no news.
        let is_same = match (was, now) {
            (Standing::Rejected(a), Standing::Rejected(b)) => discriminant(a) == discriminant(b),
            (was, now) => discriminant(was) == discriminant(now),
        };
        if is_same {
            return None;
        }
        let index = self.judgement.verdicts[..=i].iter().filter(|v| v.is_listed()).count() as u32;
        Some(match now {
            Standing::Nothing => Change::Dropped { id: self.id_of(i) },
            Standing::Counts => Change::Counted(self.rep(i, index)),
            Standing::Rejected(_) => Change::Rejected(self.rep(i, index)),
        })
    }

    /// The id of an observation: its place among all, those that came to nothing included.
    fn id_of(&self, i: usize) -> u32 {
        self.ids_from + i as u32 + 1
    }

    fn rep(&self, i: usize, index: u32) -> Rep {
        let (o, verdict) = (&self.observations[i], &self.judgement.verdicts[i]);
        let (m, def) = (&o.excursion, &self.plan.exercise);
        let unit = def.range_unit();
        let reason = if let Standing::Rejected(reason) = &verdict.standing { Some(reason.text(unit)) } else { None };
        let is_judged = verdict.counts() && !o.is_self_timed;
        Rep {
            id: self.id_of(i),
            index,
            start_s: round_ms(m.start_at.secs()),
            peak_s: round_ms(m.peak_at.secs()),
            end_s: round_ms(m.end_at.secs()),
            side: def.has_sides().then(|| side_of(def, m)),
            counted: verdict.counts(),
            reason,
            hold_s: (def.mode == Mode::Hold).then(|| round_ms(verdict.hold_s)),
            range: rounded_range(m.range, unit),
            range_unit: unit.name().to_owned(),
            score: is_judged.then(|| 100_u32.saturating_sub(o.severity * POINTS_PER_SEVERITY)),
            faults: o.faults.clone(),
            remarks: o.remarks.clone(),
        }
    }
}

/// The side of an excursion in an exercise that has sides.
fn side_of(def: &ExerciseDef, m: &Excursion) -> RepSide {
    let channel = m.channel.and_then(|c| def.count.channels.get(c));
    channel.and_then(|c| c.side).map_or(RepSide::Unknown, RepSide::from)
}

/// Degrees to a tenth, shares to a thousandth.
fn rounded_range(range: f64, unit: Unit) -> f64 {
    let steps = if unit == Unit::Deg { 10.0 } else { 1000.0 };
    (range * steps).round() / steps
}
