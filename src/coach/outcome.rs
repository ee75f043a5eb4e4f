//! What has come of the sets, as the coach needs it: for the rest screen, the summary and the last words.

use super::sentence::EndReason;
use crate::counting::reason::ReasonKind;
use crate::counting::record::{Rep, Summary};

/// A repetition in the strip of its set.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// It counts.
    pub is_counted: bool,
    /// How far it went, share of the farthest of the set, 0..1.
    pub range: f64,
    /// Seconds held, where that is asked for.
    pub hold_s: Option<f64>,
    /// Something was found wrong with its form.
    pub has_fault: bool,
}

/// What has come of a session.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Closing {
    /// Exercises in which something was done.
    pub exercises: u32,
    /// Minutes it took.
    pub minutes: u32,
    /// What went well: a title.
    pub well: Option<String>,
    /// What to work on: a cue.
    pub work: Option<String>,
}

/// A set that is over.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// Which of the programme's sets, from 0.
    pub set: usize,
    /// Why it ended.
    pub reason: EndReason,
    /// Repetitions that count, or passes.
    pub counted: u32,
    /// Repetitions that do not.
    pub not_counted: u32,
    /// Seconds of activity, where it goes by time.
    pub active_s: f64,
    /// Mean form score, 0..100.
    pub form: Option<f64>,
    /// Id of the fault seen most often, and how often.
    pub worst: Option<(String, u32)>,
    /// Its repetitions, in order.
    pub marks: Vec<Mark>,
    /// Why something did not count, as the record says it: the reason of most of those, or of none at all.
    pub why_not: Option<String>,
}

impl Outcome {
    /// Of a set that is over.
    pub fn of(set: usize, reason: EndReason, summary: &Summary) -> Self {
        let scores: Vec<f64> = summary.repetitions.iter().filter_map(|rep| rep.score).map(f64::from).collect();
        let form = (!scores.is_empty()).then(|| scores.iter().sum::<f64>() / scores.len() as f64);
        let worst = summary.faults.iter().max_by_key(|fault| fault.times).map(|f| (f.id.clone(), f.times));
        Self {
            set,
            reason,
            counted: summary.reps.total,
            not_counted: summary.reps.rejected,
            active_s: summary.active_s,
            form,
            worst,
            marks: marks(summary),
            why_not: why_not(summary),
        }
    }

    /// A set that never began.
    pub fn left_out(set: usize, reason: EndReason) -> Self {
        Self {
            set,
            reason,
            counted: 0,
            not_counted: 0,
            active_s: 0.0,
            form: None,
            worst: None,
            marks: Vec::new(),
            why_not: None,
        }
    }

    /// Whether anything was done in it.
    pub fn is_something(&self) -> bool {
        self.counted > 0 || self.active_s > 0.0
    }
}

fn marks(summary: &Summary) -> Vec<Mark> {
    let farthest = summary.repetitions.iter().map(|rep| rep.range).fold(0.0, f64::max);
    let mark = |rep: &Rep| Mark {
        is_counted: rep.counted,
        range: if farthest > 0.0 { (rep.range / farthest).clamp(0.0, 1.0) } else { 0.0 },
        hold_s: rep.hold_s,
        has_fault: !rep.faults.is_empty(),
    };
    summary.repetitions.iter().map(mark).collect()
}

fn why_not(summary: &Summary) -> Option<String> {
    let reasons: Vec<&str> = summary.repetitions.iter().filter_map(|rep| rep.reason.as_deref()).collect();
    let kind = |reason: &&str| ReasonKind::of_text(reason);
    let times = |reason: &&str| reasons.iter().filter(|other| kind(other) == kind(reason)).count();
    let most = reasons.iter().copied().rev().max_by_key(times).map(str::to_owned);
    most.or_else(|| summary.not_counted_because.as_ref().map(|because| because.text.clone()))
}
