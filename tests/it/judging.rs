//! The judge and the ledger on excursions that the detector finds in random signals.

use crate::common::proptests::cases;
use crate::common::track::{FLOOR, Film, Pace, Track, plan};
use formcheck::base::time::Timestamp;
use formcheck::counting::detect::excursion::{Ending, Excursion};
use formcheck::counting::detect::rise::{ExcursionEvent, RiseDetector};
use formcheck::counting::judge::{Observation, Standing, judge};
use formcheck::counting::ledger::{Change, Ledger};
use formcheck::counting::record::Rep;
use formcheck::exercise::plan::SetPlan;
use formcheck::motion::signal::Reading;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

static REPS: LazyLock<Arc<SetPlan>> = LazyLock::new(|| plan("reps", "rise"));
static HOLDS: LazyLock<Arc<SetPlan>> = LazyLock::new(|| plan("hold", "rise"));

/// A set: shares of the full movement, full, half and next to nothing, each with its own hold.
fn sets() -> impl Strategy<Value = (f64, Vec<(f64, f64)>, u64)> {
    (2.0 * FLOOR..5.0 * FLOOR, prop::collection::vec((0.1..1.4_f64, 0.1..2.5_f64), 1..10), any::<u64>())
}

fn excursions(plan: &Arc<SetPlan>, (base, shares, seed): &(f64, Vec<(f64, f64)>, u64)) -> Vec<Excursion> {
    let track = shares.iter().fold(Track::still(0.0, 1.5), |track, (share, hold_s)| {
        track.rep(base * share, Pace { way_s: 0.8, hold_s: *hold_s, rest_s: 1.5 })
    });
    let mut detector = RiseDetector::new(Arc::new(plan.exercise.count.clone()), 1, plan.exercise.mode);
    detector.restart(true);
    let mut ledger = Ledger::new(Arc::clone(plan));
    let mut all = Vec::new();
    for (t, value) in track.samples(Film { fps: 20.0, noise: 0.02 * FLOOR, dropped: 0.05, seed: *seed }) {
        let readings = [Some(Reading { value, trusted: true })];
        let event = detector.step(Timestamp::from_secs(t), &readings, ledger.estimates(), true);
        if let Some(ExcursionEvent::Finished(excursion)) = event {
            ledger.take(Observation::of(excursion.clone()));
            all.push(excursion);
        }
    }
    all.extend(detector.finish(ledger.estimates()));
    all
}

fn observed(excursions: &[Excursion]) -> Vec<Observation> {
    excursions.iter().cloned().map(Observation::of).collect()
}

proptest! {
    #![proptest_config(cases(128, 1024))]

    /// What is told on the way adds up to the list at the end, but for the running number and the range missing.
    #[test]
    fn changes_add_up_to_the_list(set in sets(), is_hold in any::<bool>()) {
        let plan = if is_hold { &*HOLDS } else { &*REPS };
        let mut ledger = Ledger::new(Arc::clone(plan));
        let mut told: BTreeMap<u32, Rep> = BTreeMap::new();
        for observation in observed(&excursions(plan, &set)) {
            for change in ledger.take(observation) {
                match change {
                    Change::Counted(rep) | Change::Rejected(rep) | Change::Form(rep) => {
                        drop(told.insert(rep.id, rep));
                    }
                    Change::Dropped { id } => prop_assert!(told.remove(&id).is_some(), "{} was never told", id),
                }
            }
        }
        let list: Vec<_> = ledger.reps().iter().map(|r| (r.id, r.counted)).collect();
        prop_assert_eq!(told.values().map(|r| (r.id, r.counted)).collect::<Vec<_>>(), list);
    }

    /// The ledger holds nothing but the judgement of what it was given.
    #[test]
    fn the_ledger_is_the_judge(set in sets(), is_hold in any::<bool>()) {
        let plan = if is_hold { &*HOLDS } else { &*REPS };
        let all = observed(&excursions(plan, &set));
        let mut ledger = Ledger::new(Arc::clone(plan));
        for observation in all.iter().cloned() {
            ledger.take(observation);
        }
        let judgement = judge(&all, plan);
        prop_assert_eq!(ledger.estimates(), &judgement.estimates[..]);
        let listed: Vec<_> = judgement.verdicts.iter().filter(|v| v.is_listed()).collect();
        prop_assert_eq!(ledger.listed().map(|(_, v)| v).collect::<Vec<_>>(), listed);
    }

    /// What counts came into position and back (or was held), and as long as it had to.
    #[test]
    fn what_counts_has_what_it_takes(set in sets(), is_hold in any::<bool>()) {
        let plan = if is_hold { &*HOLDS } else { &*REPS };
        let all = observed(&excursions(plan, &set));
        for (o, verdict) in all.iter().zip(judge(&all, plan).verdicts).filter(|(_, v)| v.counts()) {
            prop_assert!(o.excursion.range >= FLOOR, "{:?}", o.excursion);
            prop_assert!(is_hold || o.excursion.ending == Ending::Returned);
            prop_assert!(!is_hold || verdict.hold_s >= plan.exercise.target.hold_s, "{}", verdict.hold_s);
        }
    }

    /// A fidget at the end, or anywhere, speaks neither for nor against another excursion.
    #[test]
    fn a_fidget_changes_no_verdict(set in sets(), place in any::<prop::sample::Index>()) {
        let mut all = observed(&excursions(&REPS, &set));
        prop_assume!(!all.is_empty());
        let before = judge(&all, &REPS);
        let place = place.index(all.len() + 1);
        let mut fidget = all[0].clone();
        fidget.excursion.range = 0.1 * FLOOR;
        fidget.excursion.hold_s = 0.0;
        fidget.excursion.samples = Arc::from([]);
        all.insert(place, fidget);
        let mut after = judge(&all, &REPS);
        prop_assert_eq!(after.verdicts.remove(place).standing, Standing::Nothing);
        prop_assert_eq!(after, before);
    }
}
