//! What has come of the sets, as the coach needs it: for the rest screen, the summary and the last words.

use super::sentence::EndReason;
use crate::counting::record::Summary;

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
        }
    }

    /// A set that never began.
    pub const fn left_out(set: usize, reason: EndReason) -> Self {
        Self { set, reason, counted: 0, not_counted: 0, active_s: 0.0, form: None, worst: None }
    }

    /// Whether anything was done in it.
    pub fn is_something(&self) -> bool {
        self.counted > 0 || self.active_s > 0.0
    }
}
