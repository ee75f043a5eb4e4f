//! The end of a movement: what was seen in it, its verdict, the events that follow.

use super::{Engine, EventKind};
use crate::rules::Phase;
use crate::rules::faults::RepMeasures;
use crate::rules::ledger::{Observed, Reason};
use crate::rules::movement::Movement;
use std::sync::Arc;

impl Engine {
    /// Judges a finished movement; `decoy` is the fault it stands for when it is the wrong movement.
    pub(super) fn finish_movement(&mut self, m: &Movement, decoy: Option<usize>) {
        let def = Arc::clone(&self.def);
        // A wrong movement makes a short one of the right kind beside it (the arm rises, the other leg stays): whichever of
        // the two came into position is the one that was made.
        let was_entered = |m: &Movement| m.range >= m.thresholds.enter;
        let mut overlapping = self.ledger.entries().iter().filter(|e| e.movement.end_at > m.start_at);
        let is_beside_another = match decoy {
            Some(_) => self.phase == Phase::Target || overlapping.any(|e| was_entered(&e.movement)),
            None if was_entered(m) => false,
            None => {
                matches!(self.decoys.phase(), Some(Phase::Target | Phase::Returning))
                    || overlapping.any(|e| matches!(e.rejected, Some(Reason::Wrong(_))))
            }
        };
        if is_beside_another {
            return;
        }
        let mut seen = self.observed(m, decoy);
        if let Some(fault) = decoy {
            if m.range < m.thresholds.enter {
                return;
            }
            seen.wrong = Some(def.faults[fault].cue.clone());
            self.faults.note(fault, m.start_at, m.end_at);
            self.ask_cue(m.end_at, fault);
        }
        let (clean, is_other_side) = (seen.faults.is_empty(), seen.other_side);
        let changed = self.ledger.judge(&def, m.clone(), seen);
        let reps = self.ledger.reps(&def);
        for (n, i) in changed.iter().enumerate() {
            let rep = reps[*i].clone();
            if n == 0 && rep.counted && clean {
                self.cues.praise(m.end_at);
            }
            let kind =
                if rep.counted { EventKind::RepCounted(Box::new(rep)) } else { EventKind::RepRejected(Box::new(rep)) };
            self.tell(m.end_at, kind);
        }
        if !is_other_side {
            self.last_rep_end = Some(m.end_at);
        }
    }

    fn observed(&mut self, m: &Movement, decoy: Option<usize>) -> Observed {
        let def = Arc::clone(&self.def);
        if decoy.is_none() && def.is_other_side(m.channel) {
            return Observed { other_side: true, ..Observed::default() };
        }
        let best = self.ledger.entries().iter().filter(|e| e.counts()).map(|e| e.movement.range).reduce(f64::max);
        let measures = RepMeasures {
            rep_s: m.end_at.since(m.start_at),
            return_s: m.return_s,
            rest_before_s: self.last_rep_end.map(|t| m.start_at.since(t)),
            range: m.range,
            best_range: best,
        };
        let entered = m.range >= m.thresholds.enter;
        let mut seen = match decoy {
            None => self.faults.rep_finished(m.end_at, &def, &measures, entered),
            Some(_) => Vec::new(),
        };
        seen.extend(decoy);
        let gains = def
            .count
            .gains
            .iter()
            .zip(&self.gains)
            .map(|((signal, _), span)| span.map(|s| s.gain(self.faults.rest_value(*signal))));
        let mut observed = Observed { gains: gains.collect(), ..Observed::default() };
        for fault in seen.into_iter().map(|i| &def.faults[i]) {
            if fault.advisory {
                observed.advice.push(fault.id.clone());
            } else {
                observed.faults.push(fault.id.clone());
                observed.severity += fault.severity;
            }
        }
        observed
    }
}
