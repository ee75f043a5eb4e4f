//! The detectors that find repetitions, cycles and strokes, on synthetic signals: a number of movements in, the same number out,
//! whatever the frame rate, the pace, the noise.

use crate::common::proptests::cases;
use crate::common::skeleton::Chance;
use crate::common::track::{FLOOR, Film, Pace, Track, plan};
use formcheck::base::time::Timestamp;
use formcheck::counting::detect::cycle::CycleDetector;
use formcheck::counting::detect::excursion::Excursion;
use formcheck::counting::detect::passes::PassDetector;
use formcheck::counting::detect::rise::{ExcursionEvent, RiseDetector};
use formcheck::counting::judge::Observation;
use formcheck::counting::ledger::Ledger;
use formcheck::counting::phase::Phase;
use formcheck::exercise::CountRule;
use formcheck::exercise::plan::SetPlan;
use formcheck::motion::signal::Reading;
use proptest::prelude::*;
use std::sync::{Arc, LazyLock};

const TARGET_HOLD_S: f64 = 1.0;

static REPS: LazyLock<Arc<SetPlan>> = LazyLock::new(|| plan("reps", "rise"));
static HOLDS: LazyLock<Arc<SetPlan>> = LazyLock::new(|| plan("hold", "rise"));
static CYCLES: LazyLock<Arc<SetPlan>> = LazyLock::new(|| plan("reps", "both_ways"));
static PASSES: LazyLock<Arc<SetPlan>> = LazyLock::new(|| plan("duration", "passes"));

fn films() -> impl Strategy<Value = Film> {
    (8.0..60.0, 0.0..0.03 * FLOOR, 0.0..0.15, any::<u64>()).prop_map(|(fps, noise, dropped, seed)| Film {
        fps,
        noise,
        dropped,
        seed,
    })
}

fn paces() -> impl Strategy<Value = Pace> {
    (0.6..2.5, 0.2..3.0, 0.5..4.0).prop_map(|(way_s, hold_s, rest_s)| Pace { way_s, hold_s, rest_s })
}

/// A full movement, and the shares of it that repetitions reach.
fn ranges() -> impl Strategy<Value = (f64, Vec<f64>)> {
    (2.0 * FLOOR..5.0 * FLOOR, prop::collection::vec(0.85..1.25_f64, 1..8))
}

/// What became of a signal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Found {
    counted: usize,
    rejected: usize,
}

const NOTHING: Found = Found { counted: 0, rejected: 0 };

fn only(counted: usize) -> Found {
    Found { counted, rejected: 0 }
}

/// What is listed of observed excursions.
fn judged(plan: &Arc<SetPlan>, excursions: Vec<Excursion>) -> Found {
    let mut ledger = Ledger::new(Arc::clone(plan));
    excursions.into_iter().for_each(|m| drop(ledger.take(Observation::of(m))));
    found(&ledger)
}

fn found(ledger: &Ledger) -> Found {
    let counted = ledger.listed().filter(|(_, v)| v.counts()).count();
    Found { counted, rejected: ledger.listed().count() - counted }
}

fn rule(plan: &SetPlan) -> Arc<CountRule> {
    Arc::new(plan.exercise.count.clone())
}

#[allow(clippy::unnecessary_wraps, reason = "as detectors take it")]
fn reading(value: f64) -> Option<Reading> {
    Some(Reading { value, trusted: true })
}

fn rise_detector(plan: &SetPlan, channels: usize) -> RiseDetector {
    let mut detector = RiseDetector::new(rule(plan), channels, plan.exercise.mode);
    detector.restart(true);
    detector
}

/// What the detector of excursions makes of samples.
fn movements(plan: &Arc<SetPlan>, samples: &[(f64, f64)]) -> Found {
    let mut detector = rise_detector(plan, 1);
    let mut ledger = Ledger::new(Arc::clone(plan));
    for (t, value) in samples {
        let event = detector.step(Timestamp::from_secs(*t), &[reading(*value)], ledger.estimates(), true);
        if let Some(ExcursionEvent::Finished(m)) = event {
            ledger.take(Observation::of(m));
        }
    }
    if let Some(last) = detector.finish(ledger.estimates()) {
        ledger.take(Observation::of(last));
    }
    found(&ledger)
}

/// What the detector of cycles makes of samples; `is_neutral` says whether the body looks to be in the middle.
fn cycles_of(known_range: Option<f64>, samples: &[(f64, f64)], is_neutral: impl Fn(f64) -> bool) -> Found {
    let mut detector = CycleDetector::new(rule(&CYCLES), known_range);
    let mut done = Vec::new();
    for (t, value) in samples {
        let event = detector.step(Timestamp::from_secs(*t), reading(*value), is_neutral(*value));
        done.extend(event.and_then(|e| if let ExcursionEvent::Finished(m) = e { Some(m) } else { None }));
    }
    done.extend(detector.finish());
    judged(&CYCLES, done)
}

/// The same; `neutral` is as far as the body may be from the middle and look so.
fn cycles(samples: &[(f64, f64)], neutral: f64) -> Found {
    cycles_of(None, samples, |value| value.abs() <= neutral)
}

fn rolling(samples: &[(f64, f64)]) -> PassDetector {
    let mut detector = PassDetector::new(rule(&PASSES));
    for (t, value) in samples {
        detector.step(Timestamp::from_secs(*t), Some(*value));
    }
    detector.finish();
    detector
}

fn passes(samples: &[(f64, f64)]) -> usize {
    rolling(samples).passes().len()
}

fn reps_track(base: f64, shares: &[f64], pace: Pace) -> Track {
    shares.iter().fold(Track::still(0.0, 1.5), |track, share| track.rep(base * share, pace))
}

/// Cycles to both sides, `up` first or the other; with a rest in the middle of each, and one after it.
fn cycles_track(base: f64, shares: &[f64], pace: Pace, up: f64, middle_s: f64) -> Track {
    let to_both = |track: Track, share: &f64| {
        let (first, second) = (base * share * up, -base * share * up);
        let track = track.to(first, pace.way_s).to(first, pace.hold_s);
        let track = if middle_s > 0.0 {
            track.to(0.0, pace.way_s).to(0.0, middle_s).to(second, pace.way_s)
        } else {
            track.to(second, 2.0 * pace.way_s)
        };
        track.to(second, pace.hold_s).to(0.0, pace.way_s).to(0.0, pace.rest_s)
    };
    shares.iter().fold(Track::still(0.0, 1.5), to_both)
}

/// Back and forth without a rest, from one end.
fn passes_track(base: f64, shares: &[f64], stroke_s: f64) -> Track {
    let there_and_back = |track: Track, share: &f64| track.to(base * share, stroke_s).to(0.0, stroke_s);
    shares.iter().fold(Track::still(0.0, 1.5), there_and_back).to(0.0, 1.5)
}

fn stretched(samples: &[(f64, f64)], by: f64) -> Vec<(f64, f64)> {
    samples.iter().map(|(t, v)| (t * by, *v)).collect()
}

fn every(samples: &[(f64, f64)], nth: usize) -> Vec<(f64, f64)> {
    samples.iter().copied().step_by(nth).collect()
}

/// Wavering about a level, coming from 0 and going back to it.
fn wavering(level: f64, depth: f64, pace_hz: f64, for_s: f64, film: Film) -> Vec<(f64, f64)> {
    let full = Pace { way_s: 1.0, hold_s: 1.0, rest_s: 1.5 };
    let track = Track::still(0.0, 1.5).rep(3.0 * FLOOR, full).rep(3.0 * FLOOR, full);
    let from_s = track.length_s() + 1.0;
    let track = track.to(level, 1.0).to(level, for_s).to(0.0, 1.0).to(0.0, 2.0);
    let waver = |t: f64| {
        if (from_s..from_s + for_s).contains(&t) { ((t - from_s) * pace_hz * std::f64::consts::TAU).sin() } else { 0.0 }
    };
    track.samples(film).into_iter().map(|(t, v)| (t, v + depth * waver(t))).collect()
}

proptest! {
    #![proptest_config(cases(256, 2048))]

    #[test]
    fn so_many_repetitions_are_that_many((base, shares) in ranges(), pace in paces(), film in films()) {
        let samples = reps_track(base, &shares, pace).samples(film);
        prop_assert_eq!(movements(&REPS, &samples), only(shares.len()));
    }

    #[test]
    fn so_many_holds_are_that_many((base, shares) in ranges(), pace in paces(), film in films()) {
        let pace = Pace { hold_s: pace.hold_s + TARGET_HOLD_S, rest_s: pace.rest_s + 0.5, ..pace };
        let samples = reps_track(base, &shares, pace).samples(film);
        prop_assert_eq!(movements(&HOLDS, &samples), only(shares.len()));
    }

    #[test]
    fn pace_and_frame_rate_change_no_count(
        (base, shares) in ranges(), pace in paces(), film in films(), by in 0.75..1.6_f64, nth in 1_usize..7,
    ) {
        let samples = reps_track(base, &shares, pace).samples(Film { fps: 60.0, ..film });
        prop_assert_eq!(movements(&REPS, &stretched(&samples, by)), only(shares.len()), "stretched by {}", by);
        prop_assert_eq!(movements(&REPS, &every(&samples, nth)), only(shares.len()), "every {}th", nth);
        let up = if film.seed.is_multiple_of(2) { 1.0 } else { -1.0 };
        let samples = cycles_track(base, &shares, pace, up, 0.0).samples(Film { fps: 60.0, ..film });
        prop_assert_eq!(cycles(&stretched(&samples, by), base / 2.0), only(shares.len()), "cycles stretched by {}", by);
        prop_assert_eq!(cycles(&every(&samples, nth), base / 2.0), only(shares.len()), "cycles, every {}th", nth);
        let samples = passes_track(base, &shares, pace.way_s + 0.9).samples(Film { fps: 60.0, ..film });
        let counted = if shares.len() > 1 { shares.len() } else { 0 };
        prop_assert_eq!(passes(&stretched(&samples, by)), counted, "passes stretched by {}", by);
        prop_assert_eq!(passes(&every(&samples, nth)), counted, "passes, every {}th", nth);
    }

    #[test]
    fn half_a_repetition_among_full_ones_is_rejected(
        base in 2.5 * FLOOR..5.0 * FLOOR, halves in prop::collection::vec(0.36..0.5_f64, 1..4), at in 0_usize..3,
        pace in paces(), film in films(),
    ) {
        let mut shares = vec![1.0; 4];
        halves.iter().for_each(|h| shares.insert(2 + at, *h));
        let samples = reps_track(base, &shares, pace).samples(film);
        prop_assert_eq!(movements(&REPS, &samples), Found { counted: 4, rejected: halves.len() });
        // A half that is held for as long as a rest would be a rest.
        let pace = Pace { way_s: pace.way_s.min(1.5), hold_s: pace.hold_s.min(1.0), ..pace };
        let samples = cycles_track(base, &shares, pace, 1.0, 0.0).samples(film);
        prop_assert_eq!(cycles(&samples, base / 2.0), Found { counted: 4, rejected: halves.len() });
    }

    #[test]
    fn wavering_about_a_threshold_is_one_repetition_at_most(
        share in 0.3..0.9_f64, depth in 0.01..0.08_f64, pace_hz in 0.3..6.0_f64, for_s in 1.0..6.0, film in films(),
    ) {
        let base = 3.0 * FLOOR;
        let samples = wavering(share * base, depth * base, pace_hz, for_s, film);
        let found = movements(&REPS, &samples);
        prop_assert!((2..=3).contains(&found.counted) && found.counted + found.rejected <= 3, "{:?}", found);
    }

    #[test]
    fn stillness_drifting_and_fidgeting_are_nothing(
        level in -50.0..50.0_f64, drift_per_s in -0.005..0.005_f64, fidgets in prop::collection::vec(-0.12..0.14_f64, 0..8),
        pace in paces(), film in films(),
    ) {
        let film = Film { noise: film.noise.min(0.01 * FLOOR), ..film };
        let track = fidgets.iter().fold(Track::still(0.0, 2.0), |track, f| track.rep(f * FLOOR, pace)).to(0.0, 10.0);
        let samples: Vec<_> =
            track.samples(film).into_iter().map(|(t, v)| (t, v + level + drift_per_s * FLOOR * t)).collect();
        prop_assert_eq!(movements(&REPS, &samples), NOTHING);
        prop_assert_eq!(movements(&HOLDS, &samples), NOTHING);
        prop_assert_eq!(cycles(&samples, f64::INFINITY), NOTHING);
        prop_assert_eq!(passes(&samples), 0);
    }

    #[test]
    fn so_many_cycles_are_that_many_in_either_order(
        (base, shares) in ranges(), pace in paces(), up in any::<bool>(), middle_s in prop_oneof![Just(0.0), 0.2..1.5_f64],
        film in films(),
    ) {
        let samples = cycles_track(base, &shares, pace, if up { 1.0 } else { -1.0 }, middle_s).samples(film);
        prop_assert_eq!(cycles(&samples, base / 2.0), only(shares.len()));
    }

    #[test]
    fn a_cycle_needs_both_halves(
        (base, shares) in ranges(), pace in paces(), up in any::<bool>(), film in films(),
    ) {
        let sign = if up { 1.0 } else { -1.0 };
        let samples = reps_track(base * sign, &shares, pace).samples(film);
        prop_assert_eq!(cycles(&samples, base / 2.0).counted, 0);
    }

    #[test]
    fn cycles_from_an_extreme_on_are_counted_but_for_the_one_cut_off(
        base in 2.0 * FLOOR..5.0 * FLOOR, count in 3_usize..7, pace in paces(), up in any::<bool>(), cut in 0.0..1.0_f64,
        rests in any::<bool>(), film in films(),
    ) {
        let pace = Pace { rest_s: if rests { pace.rest_s } else { 0.0 }, ..pace };
        let track = cycles_track(base, &vec![1.0; count], pace, if up { 1.0 } else { -1.0 }, 0.0);
        // Anywhere in the first half, its way there and its way back included.
        let from_s = 1.5 + cut * (pace.way_s * 2.0 + pace.hold_s);
        let found = cycles(&track.from(from_s).to(0.0, 3.0).samples(film), base / 2.0);
        prop_assert!((count - 1..=count).contains(&found.counted), "{:?} of {}", found, count);
    }

    #[test]
    fn repetitions_from_the_middle_of_one_on_are_counted_but_for_the_one_cut_off(
        base in 2.0 * FLOOR..5.0 * FLOOR, count in 3_usize..7, pace in paces(), cut in 0.0..1.0_f64, film in films(),
    ) {
        let track = reps_track(base, &vec![1.0; count], pace);
        let from_s = 1.5 + cut * (pace.way_s * 2.0 + pace.hold_s);
        let found = movements(&REPS, &track.from(from_s).samples(film));
        prop_assert!((count - 1..=count).contains(&found.counted), "{:?} of {}", found, count);
    }

    #[test]
    fn so_many_passes_are_that_many_and_their_time_is_theirs(
        (base, shares) in ranges(), stroke_s in 1.1..4.0_f64, film in films(),
    ) {
        prop_assume!(shares.len() > 1);
        let machine = rolling(&passes_track(base, &shares, stroke_s).samples(film));
        prop_assert_eq!(machine.passes().len(), shares.len());
        let (active_s, whole_s) = (machine.active_s(), shares.len() as f64 * 2.0 * stroke_s);
        prop_assert!((active_s - whole_s).abs() <= 0.6 * stroke_s + 0.3, "{} of {}", active_s, whole_s);
    }

    #[test]
    fn rolling_from_the_middle_of_a_stroke_on_is_counted_but_for_that_stroke(
        base in 2.0 * FLOOR..5.0 * FLOOR, count in 3_usize..7, stroke_s in 1.1..4.0_f64, cut in 0.0..1.0_f64, film in films(),
    ) {
        let track = passes_track(base, &vec![1.0; count], stroke_s);
        let counted = passes(&track.from(1.5 + cut * stroke_s).samples(film));
        prop_assert!((count - 1..=count).contains(&counted), "{} of {}", counted, count);
    }

    #[test]
    fn one_change_of_place_is_no_rolling(base in 1.5 * FLOOR..8.0 * FLOOR, way_s in 0.5..4.0_f64, film in films()) {
        let there = Track::still(0.0, 2.0).to(base, way_s).to(base, 8.0);
        prop_assert_eq!(passes(&there.samples(film)), 0);
        let and_back = there.to(0.0, way_s).to(0.0, 8.0);
        prop_assert_eq!(passes(&and_back.samples(film)), 0);
    }

    #[test]
    fn of_two_channels_that_mirror_each_other_the_right_one_moves_and_rest_is_found_between(
        (base, shares) in ranges(), pace in paces(), film in films(),
    ) {
        let pace = Pace { hold_s: pace.hold_s + TARGET_HOLD_S, rest_s: pace.rest_s + 2.0, ..pace };
        let side = |i: usize| if i.is_multiple_of(2) { 1.0 } else { -1.0 };
        let moves = shares.iter().enumerate();
        let track = moves.fold(Track::still(0.0, 1.5), |track, (i, share)| track.rep(side(i) * base * share, pace));
        let mut machine = rise_detector(&HOLDS, 2);
        let (mut sides, mut rested) = (Vec::new(), vec![false; shares.len()]);
        // The world's landmarks, which tell a turn, jitter most.
        for (t, v) in track.samples(Film { noise: film.noise * 3.0, ..film }) {
            let event = machine.step(Timestamp::from_secs(t), &[reading(v), reading(-v)], &[], true);
            if let Some(ExcursionEvent::Finished(m)) = event {
                if m.range >= m.thresholds.enter {
                    sides.push(m.channel);
                }
            } else if machine.phase() == Some(Phase::Ready) && !sides.is_empty() {
                rested[sides.len() - 1] = true;
            }
        }
        prop_assert_eq!(sides, (0..shares.len()).map(|i| Some(i % 2)).collect::<Vec<_>>());
        prop_assert!(rested.iter().all(|r| *r), "no rest after some: {:?}", rested);
    }

    #[test]
    fn slow_ways_are_repetitions_as_quick_ones_are(
        base in 3.0 * FLOOR..9.0 * FLOOR, way_s in 4.0..15.0_f64, rest_s in 0.5..3.0_f64, fps in 8.0..60.0_f64, seed in any::<u64>(),
    ) {
        let even = |track: Track| {
            // At one speed all the way, which leaves rest most slowly for its length.
            let steps = 40;
            let up = (1..=steps).fold(track, |t, i| t.to(base * f64::from(i) / f64::from(steps), way_s / f64::from(steps)));
            up.to(base, TARGET_HOLD_S + 0.5).to(0.0, 1.0).to(0.0, rest_s)
        };
        let track = (0..5).fold(Track::still(0.0, 1.5), |track, _| even(track)).to(0.0, 1.0);
        let film = Film { fps, noise: 0.01 * base, dropped: 0.0, seed };
        prop_assert_eq!(movements(&REPS, &track.samples(film)), only(5));
        prop_assert_eq!(movements(&HOLDS, &track.samples(film)), only(5));
    }

    #[test]
    fn a_dip_of_up_to_half_a_second_of_any_depth_leaves_a_hold_one(
        base in 2.0 * FLOOR..5.0 * FLOOR, depth in 0.3..1.0_f64, dip_s in 0.1..0.3_f64, fps in 12.0..60.0_f64,
    ) {
        let held = |track: Track| track.to(base, 1.0).to(base, 2.0).to(base * (1.0 - depth), dip_s / 2.0).to(base, dip_s / 2.0).to(base, 2.0);
        let track = (0..3).fold(Track::still(0.0, 1.5), |track, _| held(track).to(0.0, 1.0).to(0.0, 2.0));
        prop_assert_eq!(movements(&HOLDS, &track.samples(Film { fps, noise: 0.0, dropped: 0.0, seed: 0 })), only(3));
    }

    #[test]
    fn a_single_frame_that_jumps_out_changes_no_count(
        (base, shares) in ranges(), pace in paces(), fps in 8.0..60.0_f64, seed in any::<u64>(), jump in 0.5..4.0_f64,
    ) {
        let pace = Pace { hold_s: pace.hold_s + TARGET_HOLD_S, ..pace };
        let mut samples = reps_track(base, &shares, pace).samples(Film { fps, noise: 0.0, dropped: 0.0, seed });
        let mut chance = Chance(seed);
        let mut i = (1.5 * fps) as usize;
        while i < samples.len() {
            samples[i].1 += base * jump;
            i += (fps * (0.5 + 2.0 * chance.even())) as usize;
        }
        prop_assert_eq!(movements(&HOLDS, &samples).counted, shares.len());
    }

    #[test]
    fn holds_with_hardly_a_rest_between_are_two_and_a_dip_in_one_is_none(
        base in 2.0 * FLOOR..5.0 * FLOOR, fps in 10.0..60.0_f64, way_s in 0.66..0.75_f64,
    ) {
        let mut def = (*HOLDS.exercise).clone();
        def.count.exit_share = 0.45;
        let plan = Arc::new(SetPlan::of(def));
        let dipping_to = |share: f64, way_s: f64| {
            let one = Pace { way_s: 1.0, hold_s: TARGET_HOLD_S + 1.0, rest_s: 2.0 };
            let track = Track::still(0.0, 1.5).rep(base, one).rep(base, one).to(base, 1.0).to(base, 2.0);
            let track = track.to(share * base, way_s).to(base, way_s).to(base, 2.0).to(0.0, 1.0).to(0.0, 2.0);
            movements(&plan, &track.samples(Film { fps, noise: 0.0, dropped: 0.0, seed: 0 }))
        };
        prop_assert_eq!(dipping_to(0.1, way_s), only(4), "down to rest");
        prop_assert_eq!(dipping_to(0.4, way_s), only(3), "not nearly down");
        prop_assert_eq!(dipping_to(0.0, 0.15), only(3), "as landmarks jump");
    }

    #[test]
    fn a_limb_that_is_hidden_for_a_moment_ends_no_movement(
        base in 2.0 * FLOOR..5.0 * FLOOR, fps in 10.0..60.0_f64, hidden_s in 0.02..0.45_f64, seed in any::<u64>(),
    ) {
        let pace = Pace { way_s: 1.0, hold_s: TARGET_HOLD_S + 2.0, rest_s: 2.0 };
        let (mut left, mut right) = (Track::still(0.0, 1.5), Track::still(0.0, 1.5));
        for i in 0..4 {
            let (l, r) = if i % 2 == 0 { (base, 0.0) } else { (0.0, base) };
            (left, right) = (left.rep(l, pace), right.rep(r, pace));
        }
        let film = Film { fps, noise: 0.0, dropped: 0.0, seed };
        let mut machine = RiseDetector::new(rule(&HOLDS), 2, HOLDS.exercise.mode);
        let mut chance = Chance(seed);
        let (mut hide_from, mut found) = (2.0, Vec::new());
        for ((t, l), (_, r)) in left.samples(film).into_iter().zip(right.samples(film)) {
            if t > hide_from + hidden_s {
                hide_from = t + 0.6 + chance.even();
            }
            let is_hidden = (hide_from..hide_from + hidden_s).contains(&t);
            // The raised limb is the one that goes out of sight.
            let seen = |value: f64| reading(value).filter(|_| !is_hidden || value < 0.3 * base);
            if let Some(ExcursionEvent::Finished(m)) = machine.step(Timestamp::from_secs(t), &[seen(l), seen(r)], &[], true) {
                found.push(m.channel);
            }
        }
        prop_assert_eq!(found, [Some(0), Some(1), Some(0), Some(1)]);
    }

    #[test]
    fn halves_of_a_cycle_may_lie_far_apart(base in 2.0 * FLOOR..5.0 * FLOOR, middle_s in 0.5..10.0_f64, up in prop::sample::select(vec![1.0, -1.0])) {
        let pace = Pace { way_s: 1.0, hold_s: 0.5, rest_s: 2.0 };
        let track = cycles_track(base, &[1.0; 4], pace, up, middle_s);
        let samples = track.samples(Film { fps: 15.0, noise: 0.0, dropped: 0.0, seed: 0 });
        prop_assert_eq!(cycles(&samples, base / 2.0), only(4));
    }

    #[test]
    fn an_extreme_that_is_held_and_looks_like_the_middle_is_none(
        base in 2.0 * FLOOR..5.0 * FLOOR, hold_s in 0.2..4.0_f64,
    ) {
        // The body looks to be in the middle at one extreme only, the second: the head hangs otherwise.
        let pace = Pace { way_s: 1.2, hold_s, rest_s: 1.0 };
        let track = cycles_track(base, &[1.0; 5], pace, -1.0, 0.0);
        let samples = track.samples(Film { fps: 15.0, noise: 0.0, dropped: 0.0, seed: 0 });
        prop_assert_eq!(cycles_of(None, &samples, |value| value > 0.8 * base).counted, 5);
    }

    #[test]
    fn the_way_back_is_timed_between_the_thresholds(base in 2.0 * FLOOR..5.0 * FLOOR, way_s in 0.3..3.0_f64, fps in 8.0..60.0) {
        let film = Film { fps, noise: 0.0, dropped: 0.0, seed: 0 };
        let pace = Pace { way_s: 1.5, hold_s: 1.0, rest_s: 2.0 };
        let track = Track::still(0.0, 1.5).to(base, pace.way_s).to(base, pace.hold_s).to(0.0, way_s).to(0.0, pace.rest_s);
        let mut machine = RiseDetector::new(rule(&REPS), 1, REPS.exercise.mode);
        let found = track.samples(film).into_iter().find_map(|(t, v)| {
            match machine.step(Timestamp::from_secs(t), &[reading(v)], &[], true) {
                Some(ExcursionEvent::Finished(m)) => Some(m),
                _ => None,
            }
        });
        let found = found.unwrap();
        let left_s = 1.5 + pace.way_s + pace.hold_s;
        let falls_under = |level: f64| (0..60_000).map(|i| left_s + f64::from(i) * 1e-3).find(|t| track.at(*t) < level).unwrap();
        let wanted_s = falls_under(found.thresholds.exit) - falls_under(found.thresholds.enter);
        let return_s = found.return_s.unwrap();
        // A line between two frames stands for a curve.
        prop_assert!((return_s - wanted_s).abs() <= 0.3 / fps + 0.002, "{} of {}", return_s, wanted_s);
    }
}

/// One repetition that went too far (or a glitch) at the beginning keeps nobody out for good.
#[test]
fn one_repetition_that_went_too_far_does_not_spoil_the_set() {
    let pace = Pace { way_s: 1.0, hold_s: TARGET_HOLD_S + 1.0, rest_s: 2.0 };
    let shares = [1.0, 1.7, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0];
    let samples = reps_track(2.5 * FLOOR, &shares, pace).samples(Film { fps: 15.0, noise: 0.0, dropped: 0.0, seed: 0 });
    assert_eq!((movements(&REPS, &samples), movements(&HOLDS, &samples)), (only(8), only(8)));
}

/// A range known of a person says nothing of how the two halves of a cycle share it.
#[test]
fn a_calibrated_cycle_may_go_farther_to_one_side() {
    let mut track = Track::still(0.0, 1.5);
    for _ in 0..5 {
        track = track
            .to(2.6 * FLOOR, 1.0)
            .to(2.6 * FLOOR, 0.5)
            .to(-1.2 * FLOOR, 1.5)
            .to(-1.2 * FLOOR, 0.5)
            .to(0.0, 1.0)
            .to(0.0, 2.0);
    }
    let samples = track.samples(Film { fps: 15.0, noise: 0.0, dropped: 0.0, seed: 0 });
    assert_eq!(cycles_of(Some(3.8 * FLOOR), &samples, |value| value.abs() < FLOOR / 2.0), only(5));
}
