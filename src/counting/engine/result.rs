//! What a set leaves behind, and the summary made of it.

use super::tally::Tally;
use crate::base::time::{Timestamp, round_ms};
use crate::counting::faults::FaultMonitor;
use crate::counting::ledger::Ledger;
use crate::counting::record::{
    FaultRecord, HoldTotals, NotMeasured, NothingCounted, Rep, RepTotals, SUMMARY_SCHEMA, SourceRecord, Summary,
};
use crate::counting::words::{self, NEEDS_MORE_REPETITIONS, NOT_SEEN_WELL_ENOUGH};
use crate::exercise::{ExerciseDef, Reference, Watched};

/// Own repetitions that a comparison with them needs.
const COMPARED_WITH: usize = 3;

/// What a set leaves behind, apart from where its frames came from.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
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
    /// Why nothing counted, where nothing did.
    pub not_counted_because: Option<NothingCounted>,
}

impl SetResult {
    pub(super) fn new(def: &ExerciseDef, tally: &Tally, ledger: &Ledger, faults: &FaultMonitor) -> Self {
        Self {
            exercise: def.id.clone(),
            frames: tally.frames,
            duration_s: round_ms(tally.duration_s()),
            tracked_fraction: (tally.tracked_fraction() * 1e4).round() / 1e4,
            reps: ledger.reps(),
            active_s: 0.0,
            faults: fault_records(def, faults),
            not_measured: not_measured(def, ledger, faults),
            not_counted_because: None,
        }
    }

    /// Counts.
    pub fn totals(&self) -> RepTotals {
        RepTotals::of(&self.reps)
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
            not_counted_because: self.not_counted_because,
            candidates: None,
        }
    }
}

fn fault_records(def: &ExerciseDef, faults: &FaultMonitor) -> Vec<FaultRecord> {
    let span = |(from, to): &(Timestamp, Timestamp)| [round_ms(from.secs()), round_ms(to.secs())];
    let seen = faults.histories().zip(&def.faults).filter(|(h, _)| !h.spans.is_empty());
    seen.map(|(h, f)| FaultRecord {
        id: f.id.clone(),
        times: h.spans.len() as u32,
        spans_s: h.spans.iter().map(span).collect(),
    })
    .collect()
}

/// What the exercise file says a camera cannot see, and what this recording hid.
fn not_measured(def: &ExerciseDef, ledger: &Ledger, faults: &FaultMonitor) -> Vec<NotMeasured> {
    let said = def.not_measured.iter().map(|(id, why)| NotMeasured { id: id.clone(), why: why.clone() });
    let hidden = faults.histories().zip(&def.faults).filter(|(h, _)| !h.was_measured);
    let hidden = hidden.filter(|(_, f)| !f.decoy_only && f.all.iter().all(|c| matches!(c.signal, Watched::Signal(_))));
    let hidden = hidden.map(|(_, f)| {
        let compares = f.all.iter().any(|c| matches!(c.reference, Reference::OwnMedian | Reference::OwnBest));
        let why = if compares && ledger.listed().count() < COMPARED_WITH {
            NEEDS_MORE_REPETITIONS
        } else {
            NOT_SEEN_WELL_ENOUGH
        };
        NotMeasured { id: f.id.clone(), why: why.to_owned() }
    });
    let timed = ledger.listed().filter(|(o, _)| o.is_self_timed).count();
    let self_timed = (timed > 0).then(|| NotMeasured { id: "movement".to_owned(), why: words::self_timed(timed) });
    said.chain(hidden).chain(self_timed).collect()
}
