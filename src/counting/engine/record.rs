//! The record of a set, and the summary made of it.

use super::Engine;
use crate::base::time::{Timestamp, round_ms};
use crate::counting::detect::passes::{Pass, PassDetector};
use crate::counting::record::{
    FaultRecord, HoldTotals, NotMeasured, Rep, RepTotals, SUMMARY_SCHEMA, SourceRecord, Summary,
};
use crate::exercise::{ExerciseDef, Reference, Watched};

/// What a set leaves behind, apart from where its frames came from.
#[derive(Clone, Debug, PartialEq)]
pub struct SetResult {
    /// Exercise id.
    pub exercise: String,
    /// Frames analysed.
    pub frames: u64,
    /// Time from the first frame to the end of the last, seconds.
    pub duration_s: f64,
    /// Share of frames with a trusted pose.
    pub tracked_fraction: f64,
    /// Repetitions, counted and rejected.
    pub reps: Vec<Rep>,
    /// Seconds that count in duration mode.
    pub active_s: f64,
    /// Faults seen.
    pub faults: Vec<FaultRecord>,
    /// What was not measured.
    pub not_measured: Vec<NotMeasured>,
}

impl SetResult {
    /// The same frames with nothing done in them.
    pub fn of_no_exercise(self) -> Self {
        Self { reps: Vec::new(), active_s: 0.0, faults: Vec::new(), not_measured: Vec::new(), ..self }
    }

    /// The summary, given where the frames came from and which model looked at them.
    pub fn summary(self, source_kind: &str, model: &str) -> Summary {
        let hold_mode = self.reps.iter().any(|r| r.hold_s.is_some());
        Summary {
            schema: SUMMARY_SCHEMA,
            exercise: Some(self.exercise),
            app_version: env!("CARGO_PKG_VERSION").to_owned(),
            model: model.to_owned(),
            source: SourceRecord {
                kind: source_kind.to_owned(),
                frames: self.frames,
                duration_s: self.duration_s,
                input: None,
            },
            tracked_fraction: self.tracked_fraction,
            reps: RepTotals::of(&self.reps),
            holds: if hold_mode { HoldTotals::of(&self.reps) } else { HoldTotals::default() },
            active_s: self.active_s,
            repetitions: self.reps,
            faults: self.faults,
            not_measured: self.not_measured,
            candidates: None,
        }
    }
}

impl Engine {
    /// The record of the set as it stands.
    pub(super) fn record(&self) -> SetResult {
        let tally = &self.tally;
        let tracked = if tally.frames == 0 { 0.0 } else { tally.tracked as f64 / tally.frames as f64 };
        SetResult {
            exercise: self.def.id.clone(),
            frames: tally.frames,
            duration_s: round_ms(duration_s(tally.frames, tally.first_at, tally.last_at)),
            tracked_fraction: (tracked * 1e4).round() / 1e4,
            reps: self.reps(),
            active_s: self.active_s(),
            faults: self.fault_records(),
            not_measured: self.not_measured(),
        }
    }

    fn fault_records(&self) -> Vec<FaultRecord> {
        let histories = self.faults.histories().zip(&self.def.faults).filter(|(h, _)| !h.spans.is_empty());
        let span = |(from, to): &(Timestamp, Timestamp)| [round_ms(from.secs()), round_ms(to.secs())];
        histories
            .map(|(h, f)| FaultRecord {
                id: f.id.clone(),
                times: h.spans.len() as u32,
                spans_s: h.spans.iter().map(span).collect(),
            })
            .collect()
    }

    /// What the exercise file says a camera cannot see, and what this recording hid.
    fn not_measured(&self) -> Vec<NotMeasured> {
        let said = self.def.not_measured.iter().map(|(id, why)| NotMeasured { id: id.clone(), why: why.clone() });
        let hidden = self.faults.histories().zip(&self.def.faults).filter(|(h, _)| !h.was_measured);
        let hidden =
            hidden.filter(|(_, f)| !f.decoy_only && f.all.iter().all(|c| matches!(c.signal, Watched::Signal(_))));
        let hidden = hidden.map(|(_, f)| {
            let compares = f.all.iter().any(|c| matches!(c.reference, Reference::OwnMedian | Reference::OwnBest));
            let why = if compares && self.ledger.entries().len() < 3 {
                "it needs more repetitions to compare with"
            } else {
                "what it needs was not seen well enough"
            };
            NotMeasured { id: f.id.clone(), why: why.to_owned() }
        });
        let timed = self.ledger.entries().iter().filter(|e| e.self_timed).count();
        let self_timed = (timed > 0).then(|| NotMeasured {
            id: "movement".to_owned(),
            why: format!("it cannot be seen from here; {timed} repetition(s) timed on your word"),
        });
        said.chain(hidden).chain(self_timed).collect()
    }
}

/// From the first frame to the end of the last, taking the last to be as long as the others on average.
fn duration_s(frames: u64, first: Option<Timestamp>, last: Option<Timestamp>) -> f64 {
    let (Some(first), Some(last)) = (first, last) else { return 0.0 };
    let span_s = last.since(first);
    if frames < 2 { span_s } else { span_s * frames as f64 / (frames - 1) as f64 }
}

/// Passes as entries of the list: for information, they all count. `stroke_faults`: what was seen in each stroke.
pub(super) fn passes_as_reps(def: &ExerciseDef, passes: &PassDetector, stroke_faults: &[Vec<usize>]) -> Vec<Rep> {
    let unit = def.count.channels.first().map_or("", |c| def.signals[c.signal].unit.name());
    let seen = |first: usize, advisory: bool| {
        let both = stroke_faults.iter().skip(first).take(2).flatten();
        let mut faults: Vec<usize> = both.copied().filter(|f| def.faults[*f].advisory == advisory).collect();
        faults.sort_unstable();
        faults.dedup();
        faults.into_iter().map(|f| def.faults[f].id.clone()).collect::<Vec<_>>()
    };
    let rep = |(i, pass): (usize, Pass)| Rep {
        index: i as u32 + 1,
        start_s: round_ms(pass.start_at.secs()),
        peak_s: round_ms(pass.turn_at.secs()),
        end_s: round_ms(pass.end_at.secs()),
        side: None,
        counted: true,
        reason: None,
        hold_s: None,
        range: round_ms(pass.range),
        range_unit: unit.to_owned(),
        score: None,
        faults: seen(pass.first_stroke, false),
        advice: seen(pass.first_stroke, true),
    };
    passes.passes(&def.count).into_iter().enumerate().map(rep).collect()
}
