//! What a set leaves behind, and the summary made of it.

use super::rolling::Rolling;
use super::tally::Tally;
use crate::base::time::{Timestamp, round_ms};
use crate::counting::faults::{FaultHistory, FaultMonitor};
use crate::counting::ledger::Ledger;
use crate::counting::record::{
    FaultRecord, HoldTotals, NotMeasured, NothingCounted, Rep, RepTotals, SUMMARY_SCHEMA, SourceRecord, Summary,
};
use crate::counting::words::{self, NEEDS_MORE_REPETITIONS, NOT_SEEN_WELL_ENOUGH};
use crate::exercise::{ExerciseDef, FaultDef, Reference, Watched};

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
    pub(super) fn new(
        def: &ExerciseDef,
        tally: &Tally,
        ledger: &Ledger,
        rolling: &Rolling,
        faults: &FaultMonitor,
    ) -> Self {
        let stand_out: Vec<_> = ledger.stand_out().chain(rolling.stand_out()).collect();
        let told_otherwise: Vec<_> = ledger.consequences().collect();
        Self {
            exercise: def.id.clone(),
            frames: tally.frames,
            duration_s: round_ms(tally.duration_s()),
            tracked_fraction: (tally.tracked_fraction() * 1e4).round() / 1e4,
            reps: ledger.reps(),
            active_s: 0.0,
            faults: fault_records(def, &stand_out, &told_otherwise, faults),
            not_measured: not_measured(def, ledger, rolling, faults),
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
            source: SourceRecord::of(source_kind, self.frames, self.duration_s),
            tracked_fraction: self.tracked_fraction,
            reps: RepTotals::of(&self.reps),
            holds: if hold_mode { HoldTotals::of(&self.reps) } else { HoldTotals::default() },
            active_s: self.active_s,
            repetitions: self.reps,
            faults: self.faults,
            not_measured: self.not_measured,
            pauses: Vec::new(),
            ended_by: None,
            not_counted_because: self.not_counted_because,
            candidates: None,
        }
    }
}

fn fault_records(
    def: &ExerciseDef,
    stand_out: &[(usize, (Timestamp, Timestamp))],
    told_otherwise: &[(usize, (Timestamp, Timestamp))],
    faults: &FaultMonitor,
) -> Vec<FaultRecord> {
    let span_s = |(from, to): &(Timestamp, Timestamp)| [round_ms(from.secs()), round_ms(to.secs())];
    let record = |(i, (h, f)): (usize, (&FaultHistory, &FaultDef))| {
        let compared = stand_out.iter().filter(|(fault, _)| *fault == i).map(|(_, span)| *span);
        // What was seen while it happened stands already.
        let meet = |a: &(Timestamp, Timestamp), b: &(Timestamp, Timestamp)| a.0 <= b.1 && b.0 <= a.1;
        let is_new = |span: &(Timestamp, Timestamp)| !h.spans.iter().any(|s| meet(s, span));
        let is_told = |span: &(Timestamp, Timestamp)| !told_otherwise.iter().any(|(f, rep)| *f == i && meet(rep, span));
        let mut spans: Vec<_> = compared.filter(is_new).chain(h.spans.iter().copied()).filter(is_told).collect();
        spans.sort_unstable();
        FaultRecord { id: f.id.clone(), times: spans.len() as u32, spans_s: spans.iter().map(span_s).collect() }
    };
    faults.histories().zip(&def.faults).enumerate().map(record).filter(|r| r.times > 0).collect()
}

/// What the exercise file says a camera cannot see, and what this recording hid.
fn not_measured(def: &ExerciseDef, ledger: &Ledger, rolling: &Rolling, faults: &FaultMonitor) -> Vec<NotMeasured> {
    let said = def.not_measured.iter().map(|(id, why)| NotMeasured { id: id.clone(), why: why.clone() });
    let was_measured = |i: usize, h: &FaultHistory| h.was_measured || ledger.was_compared(i);
    let hidden = faults.histories().zip(&def.faults).enumerate().filter(|(i, (h, _))| !was_measured(*i, h));
    let hidden = hidden
        .map(|(_, pair)| pair)
        .filter(|(_, f)| !f.decoy_only && f.all.iter().all(|c| matches!(c.signal, Watched::Signal(_))));
    let hidden = hidden.map(|(_, f)| {
        let compares = !f.unlike_own.is_empty()
            || f.all.iter().any(|c| matches!(c.reference, Reference::OwnMedian | Reference::OwnBest));
        let why = if compares && ledger.listed().count() < COMPARED_WITH {
            NEEDS_MORE_REPETITIONS
        } else {
            NOT_SEEN_WELL_ENOUGH
        };
        NotMeasured { id: f.id.clone(), why: why.to_owned() }
    });
    let timed = ledger.listed().filter(|(o, _)| o.is_self_timed).count();
    let is_timed = timed > 0 || rolling.is_self_timed();
    let self_timed = is_timed.then(|| NotMeasured { id: "movement".to_owned(), why: words::self_timed(timed) });
    said.chain(hidden).chain(self_timed).collect()
}
