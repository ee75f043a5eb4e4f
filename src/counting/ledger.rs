//! The list of a set: what was observed, the judgement of it, and what has changed with the newest observation.

use super::compare::{self, NEIGHBOURS, Sample};
use super::detect::excursion::Excursion;
use super::judge::{Judgement, Observation, Standing, Verdict, judge};
use super::range::RangeEstimate;
use super::record::{Rep, RepSide};
use crate::base::time::{Timestamp, round_ms};
use crate::exercise::plan::SetPlan;
use crate::exercise::{ExerciseDef, FaultDef, Mode};
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
    /// A repetition that counts has other faults, now that there are others to compare it with.
    Form(Rep),
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
    /// For each observation, indices of the faults in which it stands out among those near it that count.
    unlike_own: Vec<Vec<usize>>,
    /// Ids begin after this.
    ids_from: u32,
}

impl Ledger {
    /// An empty ledger.
    pub fn new(plan: Arc<SetPlan>) -> Self {
        let judgement = judge(&[], &plan);
        Self { plan, observations: Vec::new(), judgement, unlike_own: Vec::new(), ids_from: 0 }
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
        let had = std::mem::take(&mut self.unlike_own);
        self.unlike_own = self.compared(&had, &before);
        let other_form = |i: usize| had.get(i).is_some_and(|had| *had != self.unlike_own[i]);
        std::iter::once(newest).chain(0..newest).filter_map(|i| self.change(i, before.get(i), other_form(i))).collect()
    }

    /// Indices of the faults of the newest observation that only the comparison with others has shown.
    pub fn newly_found(&self) -> &[usize] {
        self.unlike_own.last().map_or(&[], Vec::as_slice)
    }

    /// When and in which faults those that count stand out.
    pub fn stand_out(&self) -> impl Iterator<Item = (usize, (Timestamp, Timestamp))> {
        let shown = |i: usize, fault: usize| self.observations[i].shown.get(fault)?.as_ref().map(|s| (fault, s.span));
        self.unlike_own.iter().enumerate().flat_map(move |(i, faults)| faults.iter().filter_map(move |f| shown(i, *f)))
    }

    /// Faults that are told by another one beside them, and when the repetition was.
    pub fn consequences(&self) -> impl Iterator<Item = (usize, (Timestamp, Timestamp))> {
        let def = &self.plan.exercise;
        let told = |o: &Observation, unlike: &[usize]| {
            let seen = seen(o, unlike);
            let span = (o.excursion.start_at, o.excursion.end_at);
            seen.iter().copied().filter(|i| is_consequence(def, &seen, *i)).map(|i| (i, span)).collect::<Vec<_>>()
        };
        self.observations.iter().zip(&self.unlike_own).flat_map(move |(o, unlike)| told(o, unlike))
    }

    /// Whether there were enough repetitions, and seen well enough, to compare them in a fault.
    pub fn was_compared(&self, fault: usize) -> bool {
        let shows = |o: &&Observation| o.shown.get(fault).is_some_and(Option::is_some);
        self.listed().filter(|(_, v)| v.counts()).map(|(o, _)| o).filter(shows).count() > compare::LEAST_OTHERS
    }

    /// Compares the form of those whose neighbours have changed; `had`: what was found before, `before`: by those verdicts.
    fn compared(&self, had: &[Vec<usize>], before: &[Verdict]) -> Vec<Vec<usize>> {
        let verdicts = &self.judgement.verdicts;
        let counts = |i: &usize| verdicts[*i].counts();
        let counted: Vec<usize> = (0..verdicts.len()).filter(counts).collect();
        let has_changed = |i: usize| before.get(i).is_none_or(|was| was.counts() != counts(&i));
        let sample = |i: usize| {
            let (o, def) = (&self.observations[i], &self.plan.exercise);
            Sample { range: o.excursion.range, side: def.channel_side(o.excursion.channel), shown: &o.shown }
        };
        let changed: Vec<usize> = (0..verdicts.len()).filter(|i| has_changed(*i)).collect();
        let of = |i: usize| {
            let Ok(place) = counted.binary_search(&i) else { return Vec::new() };
            let near = &counted[place.saturating_sub(NEIGHBOURS)..(place + NEIGHBOURS + 1).min(counted.len())];
            let ends = (near[0], near[near.len() - 1]);
            match had.get(i) {
                Some(had) if !changed.iter().any(|c| (ends.0..=ends.1).contains(c)) => had.clone(),
                _ => {
                    let others: Vec<Sample<'_>> = near.iter().filter(|o| **o != i).map(|o| sample(*o)).collect();
                    compare::found(&self.plan.exercise, &sample(i), &others)
                }
            }
        };
        (0..verdicts.len()).map(of).collect()
    }

    /// The list as records.
    pub fn reps(&self) -> Vec<Rep> {
        let listed = (0..self.observations.len()).filter(|i| self.judgement.verdicts[*i].is_listed());
        listed.enumerate().map(|(n, i)| self.rep(i, n as u32 + 1)).collect()
    }

    /// How observation `i` stands other than before; `other_form`: it has other faults.
    fn change(&self, i: usize, before: Option<&Verdict>, other_form: bool) -> Option<Change> {
        let was = before.map_or(&Standing::Nothing, |v| &v.standing);
        let now = &self.judgement.verdicts[i].standing;
        // Another number in the same reason is no news.
        let is_same = match (was, now) {
            (Standing::Rejected(a), Standing::Rejected(b)) => discriminant(a) == discriminant(b),
            (was, now) => discriminant(was) == discriminant(now),
        };
        if is_same && !other_form {
            return None;
        }
        let index = self.judgement.verdicts[..=i].iter().filter(|v| v.is_listed()).count() as u32;
        if is_same {
            return (*now == Standing::Counts).then(|| Change::Form(self.rep(i, index)));
        }
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
        let form = form(def, o, &self.unlike_own[i]);
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
            score: is_judged.then(|| 100_u32.saturating_sub(form.severity * POINTS_PER_SEVERITY)),
            faults: form.faults,
            remarks: form.remarks,
        }
    }
}

/// The faults of a repetition as they are listed.
struct Form {
    faults: Vec<String>,
    remarks: Vec<String>,
    severity: u32,
}

/// Indices of the faults that were seen in a repetition or that the comparison has shown, in the order of the exercise.
fn seen(o: &Observation, unlike_own: &[usize]) -> Vec<usize> {
    let mut seen = o.faults.clone();
    seen.extend(unlike_own.iter().filter(|f| !o.faults.contains(f)));
    seen.sort_unstable();
    seen
}

/// Whether a fault is only a consequence of another one that was seen.
fn is_consequence(def: &ExerciseDef, seen: &[usize], fault: usize) -> bool {
    seen.iter().any(|i| def.faults[*i].instead_of.contains(&def.faults[fault].id))
}

/// What was seen in a repetition and what the comparison with others has shown, once each, without what is only a consequence
/// of another fault.
fn form(def: &ExerciseDef, o: &Observation, unlike_own: &[usize]) -> Form {
    let seen = seen(o, unlike_own);
    let told = seen.iter().filter(|i| !is_consequence(def, &seen, **i)).map(|i| &def.faults[*i]);
    let (remarks, faults): (Vec<&FaultDef>, Vec<&FaultDef>) = told.partition(|f| f.advisory);
    let ids = |list: &[&FaultDef]| list.iter().map(|f| f.id.clone()).collect();
    Form { faults: ids(&faults), remarks: ids(&remarks), severity: faults.iter().map(|f| f.severity).sum() }
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
