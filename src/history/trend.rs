//! Trends of one exercise over the sets a person has done: range, holds, form, consistency.
//!
//! In: the sets, the oldest first. Out: one [`TrendPoint`] a set and a [`Change`] for each figure. Window, report and command
//! line show the same numbers because all of them call [`Trend::of`].

use super::session::StoredSet;
use super::words::{in_unit, percent, seconds};
use crate::base::language::{decimal, tr};
use crate::counting::record::{Rep, RepSide};
use crate::exercise::Mode;
use serde::Serialize;
use std::collections::BTreeSet;

/// Most sets that stand for "lately" and for "before that": a week or so of daily practice (proposal).
const LATELY: usize = 5;
/// Fewer sets on either side say nothing about a change.
const LEAST: usize = 2;

/// A set with the session it belongs to.
#[derive(Clone, Debug, PartialEq)]
pub struct PastSet {
    /// Id of the session.
    pub session: String,
    /// The set.
    pub set: StoredSet,
}

/// The figures of one set. `None`: not measured, or nothing was counted.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TrendPoint {
    /// Id of the session.
    pub session: String,
    /// RFC 3339 with the zone's offset.
    pub started_at: String,
    /// Number of the set in its session.
    pub set: u32,
    /// Whether the same exercise file measured it as the newest set: only then do ranges compare.
    pub comparable: bool,
    /// Repetitions that stand.
    pub counted: u32,
    /// Repetitions to do.
    pub target: u32,
    /// Median range of the counted repetitions.
    pub range: Option<f64>,
    /// The same of the person's left.
    pub range_left: Option<f64>,
    /// The same of the person's right.
    pub range_right: Option<f64>,
    /// How alike the ranges were: 1 all the same, 0 as different as they are large (median distance from the median).
    pub consistency: Option<f64>,
    /// Median hold of the counted repetitions, seconds.
    pub hold_s: Option<f64>,
    /// Share of the holds begun that reached their target.
    pub holds_kept: Option<f64>,
    /// Seconds of activity, in duration mode.
    pub active_s: Option<f64>,
    /// Median form score.
    pub score: Option<f64>,
    /// Counted repetitions with at least one form fault, as a share.
    pub faulty: Option<f64>,
    /// Share of the counted repetitions with each fault.
    pub faults: Vec<FaultShare>,
    /// Share of frames in which the person was seen.
    pub tracked_fraction: f64,
}

/// How often a fault was seen.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FaultShare {
    /// Fault id.
    pub id: String,
    /// Share of the counted repetitions.
    pub share: f64,
}

/// A figure lately, against before.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Change {
    /// Median of the sets before the last ones.
    pub before: f64,
    /// Median of the last sets.
    pub lately: f64,
    /// Sets in each of the two.
    pub sets: usize,
}

/// A change in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeWords {
    /// What has changed.
    pub figure: String,
    /// Its value before.
    pub before: String,
    /// Its value lately.
    pub lately: String,
    /// Sets in each of the two.
    pub sets: usize,
}

/// The trend of one exercise.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Trend {
    /// Exercise id.
    pub exercise: String,
    /// Title of the exercise.
    pub title: String,
    /// "reps", "hold" or "duration".
    pub mode: String,
    /// Unit of the ranges.
    pub range_unit: String,
    /// One a set, the oldest first.
    pub points: Vec<TrendPoint>,
    /// Range; `None` with too few sets, as for all that follow.
    pub range: Option<Change>,
    /// Consistency.
    pub consistency: Option<Change>,
    /// Hold, seconds.
    pub hold_s: Option<Change>,
    /// Activity, seconds.
    pub active_s: Option<Change>,
    /// Form score.
    pub score: Option<Change>,
    /// Share of faulty repetitions.
    pub faulty: Option<Change>,
}

impl Trend {
    /// The trend of the sets of one exercise, in order of time, whatever order they come in; `None` when there are none.
    /// Sets in which nothing was counted and nothing was active are left out.
    pub fn of(sets: &[PastSet]) -> Option<Self> {
        let mut sets: Vec<&PastSet> = sets.iter().collect();
        // Films may be analysed long after others that were made later.
        sets.sort_by_key(|s| s.set.started_at.parse::<jiff::Timestamp>().ok());
        let unit_of = |s: &PastSet| s.set.summary.repetitions.first().map(|r| r.range_unit.clone());
        let is_done = |s: &&&PastSet| s.set.counted() > 0 || s.set.summary.active_s > 0.0;
        let newest = sets.iter().rfind(is_done).or_else(|| sets.last())?;
        let file = &newest.set.file_sha256;
        let done = sets.iter().filter(is_done);
        let points: Vec<TrendPoint> = done.map(|s| point(s, s.set.file_sha256 == *file)).collect();
        let change = |value: fn(&TrendPoint) -> Option<f64>| {
            change(&points.iter().filter(|p| p.comparable).filter_map(value).collect::<Vec<_>>())
        };
        Some(Self {
            exercise: newest.set.summary.exercise.clone().unwrap_or_default(),
            title: newest.set.title.clone(),
            mode: newest.set.mode.clone(),
            range_unit: sets.iter().rev().find_map(|s| unit_of(s)).unwrap_or_default(),
            range: change(|p| p.range),
            consistency: change(|p| p.consistency),
            hold_s: change(|p| p.hold_s),
            active_s: change(|p| p.active_s),
            score: change(|p| p.score),
            faulty: change(|p| p.faulty),
            points,
        })
    }

    /// Whether the exercise is done by time.
    pub fn is_timed(&self) -> bool {
        self.mode == Mode::Duration.name()
    }

    /// The figures of which there is enough to tell a change, in words.
    pub fn changes(&self) -> Vec<ChangeWords> {
        let told = |figure: String, change: Option<Change>, words: &dyn Fn(f64) -> String| {
            change.map(|c| ChangeWords { figure, before: words(c.before), lately: words(c.lately), sets: c.sets })
        };
        let all = [
            told(tr!("trend-range"), self.range, &|v| in_unit(v, &self.range_unit)),
            told(tr!("trend-hold"), self.hold_s, &seconds),
            told(tr!("trend-active"), self.active_s, &seconds),
            told(tr!("trend-consistency"), self.consistency, &percent),
            told(tr!("trend-form"), self.score, &|v| decimal(v, 0)),
            told(tr!("trend-faulty"), self.faulty, &percent),
        ];
        all.into_iter().flatten().collect()
    }
}

fn point(past: &PastSet, comparable: bool) -> TrendPoint {
    let set = &past.set;
    let summary = &set.summary;
    let counted: Vec<&Rep> = summary.repetitions.iter().filter(|r| r.counted).collect();
    let range =
        |side: Option<RepSide>| median(counted.iter().filter(|r| side.is_none() || r.side == side).map(|r| r.range));
    let share = |n: usize| (!counted.is_empty()).then(|| rounded(n as f64 / counted.len() as f64));
    let ids: BTreeSet<&String> = counted.iter().flat_map(|r| &r.faults).collect();
    let with = |id: &String| counted.iter().filter(|r| r.faults.contains(id)).count();
    let faults = ids.into_iter().filter_map(|id| Some(FaultShare { id: id.clone(), share: share(with(id))? }));
    let holds_begun = summary.repetitions.iter().filter(|r| r.hold_s.is_some_and(|h| h > 0.0)).count();
    let is_hold = set.mode == Mode::Hold.name();
    TrendPoint {
        session: past.session.clone(),
        started_at: set.started_at.clone(),
        set: set.index,
        comparable,
        counted: set.counted(),
        target: set.target_total(),
        range: range(None),
        range_left: range(Some(RepSide::Left)),
        range_right: range(Some(RepSide::Right)),
        consistency: consistency(&counted),
        hold_s: median(counted.iter().filter_map(|r| r.hold_s)),
        holds_kept: (is_hold && holds_begun > 0).then(|| rounded(counted.len() as f64 / holds_begun as f64)),
        active_s: set.is_timed().then_some(summary.active_s),
        score: median(counted.iter().filter_map(|r| r.score).map(f64::from)),
        faulty: share(counted.iter().filter(|r| !r.faults.is_empty()).count()),
        faults: faults.collect(),
        tracked_fraction: summary.tracked_fraction,
    }
}

/// One less the median distance from the median, as a share of the median; of three repetitions at least.
fn consistency(counted: &[&Rep]) -> Option<f64> {
    let ranges: Vec<f64> = counted.iter().map(|r| r.range).collect();
    let middle = median(ranges.iter().copied()).filter(|m| *m > 0.0 && ranges.len() >= 3)?;
    let spread = median(ranges.iter().map(|r| (r - middle).abs()))?;
    Some(rounded((1.0 - spread / middle).max(0.0)))
}

/// The last sets against as many before them.
fn change(values: &[f64]) -> Option<Change> {
    let sets = LATELY.min(values.len() / 2);
    if sets < LEAST {
        return None;
    }
    let (before, lately) = values[values.len() - 2 * sets..].split_at(sets);
    Some(Change { before: median(before.iter().copied())?, lately: median(lately.iter().copied())?, sets })
}

/// The middle value, between the two in the middle, to a thousandth: what people read; `None` of none.
pub fn median(values: impl Iterator<Item = f64>) -> Option<f64> {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    let high = values.get(middle)?;
    let low = if values.len().is_multiple_of(2) { values[middle - 1] } else { *high };
    Some(rounded(f64::midpoint(low, *high)))
}

fn rounded(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::counting::record::{RepTotals, Summary};

    fn rep(range: f64, side: RepSide, faults: &[&str]) -> Rep {
        Rep {
            id: 1,
            index: 1,
            start_s: 0.0,
            peak_s: 1.0,
            end_s: 2.0,
            side: Some(side),
            counted: true,
            reason: None,
            hold_s: Some(range / 10.0),
            range,
            range_unit: "deg".to_owned(),
            score: Some(90),
            faults: faults.iter().map(ToString::to_string).collect(),
            remarks: Vec::new(),
        }
    }

    fn past(day: usize, ranges: &[f64], file: &str) -> PastSet {
        let sides = [RepSide::Left, RepSide::Right];
        let reps: Vec<Rep> = ranges
            .iter()
            .enumerate()
            .map(|(i, r)| rep(*r, sides[i % 2], if i == 0 { &["sag"] } else { &[] }))
            .collect();
        let summary =
            Summary { reps: RepTotals::of(&reps), repetitions: reps, ..Summary::empty("bird_dog", "full", "camera") };
        PastSet {
            session: format!("day-{day}"),
            set: StoredSet {
                index: 1,
                started_at: format!("2026-11-{day:02}T18:00:00+01:00"),
                finished: true,
                title: "Bird dog".to_owned(),
                file_sha256: file.to_owned(),
                mode: "hold".to_owned(),
                target_reps: 2,
                target_sides: 2,
                target_hold_s: 5.0,
                prescription: None,
                summary,
                corrected: None,
                note: None,
                key_poses: Vec::new(),
            },
        }
    }

    #[test]
    fn figures_of_a_set_are_medians_and_shares_of_what_counted() {
        let trend = Trend::of(&[past(1, &[60.0, 50.0, 70.0, 52.0], "a")]).expect("one set");
        let p = &trend.points[0];
        assert_eq!((p.counted, p.target, p.range), (4, 4, Some(56.0)));
        assert_eq!((p.range_left, p.range_right), (Some(65.0), Some(51.0)));
        assert_eq!((p.hold_s, p.score, p.faulty, p.holds_kept), (Some(5.6), Some(90.0), Some(0.25), Some(1.0)));
        assert_eq!(p.faults, [FaultShare { id: "sag".to_owned(), share: 0.25 }]);
        // Distances from 56: 4, 6, 14, 4; their median 5.
        assert_eq!(p.consistency, Some(rounded(1.0 - 5.0 / 56.0)));
        assert_eq!(trend.range, None);
    }

    #[test]
    fn a_change_is_told_of_like_measures_only() {
        let mut sets: Vec<_> = (1..=4).map(|d| past(d, &[10.0 * d as f64; 3], "a")).collect();
        let trend = Trend::of(&sets).expect("sets");
        assert_eq!(trend.range, Some(Change { before: 15.0, lately: 35.0, sets: 2 }));
        sets.push(past(5, &[80.0; 3], "another file"));
        let trend = Trend::of(&sets).expect("sets");
        assert_eq!(trend.range, None);
        assert_eq!(trend.points.iter().filter(|p| p.comparable).count(), 1);
        assert!(Trend::of(&[]).is_none());
        // A last set in which nothing was counted, with a third file, leaves the trend as it is.
        sets.truncate(4);
        sets.push(past(6, &[], "a third file"));
        let trend = Trend::of(&sets).expect("sets");
        assert_eq!((trend.range.map(|c| c.lately), trend.points.len()), (Some(35.0), 4));
        let told = trend.changes();
        assert_eq!((told[0].figure.as_str(), &*told[0].before, &*told[0].lately), ("range", "15°", "35°"));
    }
}
