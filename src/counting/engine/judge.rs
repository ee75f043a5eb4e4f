//! The end of a movement: whose it was, what was seen in it, its verdict, the events that follow.

use super::{Engine, EventKind};
use crate::base::time::Timestamp;
use crate::counting::detect::rise::Excursion;
use crate::counting::faults::RepMeasures;
use crate::counting::ledger::{Observed, Reason};
use crate::counting::phase::Phase;
use crate::exercise::Watched;
use std::sync::Arc;

/// Ways shorter than this are not timed, seconds: about a frame.
const SHORTEST_WAY_S: f64 = 0.05;

impl Engine {
    /// Takes the strokes that have been completed as repetitions to the fault monitor: rolling has no others.
    pub(super) fn note_strokes(&mut self) {
        let def = Arc::clone(&self.def);
        let Some(passes) = self.main.passes() else { return };
        let strokes = passes.strokes().to_vec();
        for i in self.stroke_faults.len()..strokes.len() {
            let stroke = strokes[i];
            let takes_s = stroke.end_at.since(stroke.start_at);
            let measures = RepMeasures {
                rep_s: takes_s,
                return_s: Some(takes_s),
                rest_before_s: i.checked_sub(1).map(|before| stroke.start_at.since(strokes[before].end_at)),
                range: stroke.range,
                best_range: strokes[..i].iter().map(|s| s.range).reduce(f64::max),
                speed_per_s: stroke.range / takes_s.max(SHORTEST_WAY_S),
                bounces: 0,
            };
            let seen = self.faults.rep_finished(stroke.end_at, &def, &measures, true);
            for fault in
                seen.iter().filter(|f| def.faults[**f].all.iter().any(|c| !matches!(c.signal, Watched::Signal(_))))
            {
                self.ask_cue(stroke.end_at, *fault);
            }
            self.stroke_faults.push(seen);
            self.faults.rep_started(stroke.end_at, &def);
        }
    }

    /// A movement keeps its side until rest is regained.
    pub(super) fn note_side(&mut self) {
        if matches!(self.phase, Phase::Setup | Phase::Ready) {
            self.moving_side = None;
        } else if let Some(channel) = self.main.running_channel() {
            self.moving_side = self.def.count.channels.get(channel).and_then(|c| c.side);
        }
    }

    /// Whether the movement under way is one of the side that does not count.
    pub(super) fn is_on_other_side(&self) -> bool {
        self.def.only_side.zip(self.moving_side).is_some_and(|(only, side)| only != side)
    }

    /// Judges a finished movement; `decoy` is the fault it stands for when it is the wrong movement.
    pub(super) fn finish_movement(&mut self, m: &Excursion, decoy: Option<usize>) {
        let def = Arc::clone(&self.def);
        // A wrong movement makes a short one of the right kind beside it (the arm rises, the other leg stays): whichever of
        // the two came into position is the one that was made.
        let was_entered = |m: &Excursion| m.range >= m.thresholds.enter;
        let mut overlapping = self.ledger.entries().iter().filter(|e| e.movement.end_at > m.start_at);
        // One that begins only when this one is over is the next.
        let is_beside = |since: Option<Timestamp>| since.is_some_and(|t| t < m.end_at);
        let is_beside_another = match decoy {
            Some(_) => is_beside(self.main.in_position_since()) || overlapping.any(|e| was_entered(&e.movement)),
            None if was_entered(m) => false,
            None => {
                is_beside(self.decoys.in_position_since())
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

    /// A repetition the person has timed: nothing of it was seen, so nothing is judged but its length.
    pub(super) fn take_self_timed(&mut self, since: Timestamp, at: Timestamp) {
        let def = Arc::clone(&self.def);
        self.ledger.take_self_timed(&def, since, at);
        if let Some(rep) = self.ledger.reps(&def).pop() {
            let counted = rep.counted;
            let rep = Box::new(rep);
            self.tell(at, if counted { EventKind::RepCounted(rep) } else { EventKind::RepRejected(rep) });
        }
    }

    fn observed(&mut self, m: &Excursion, decoy: Option<usize>) -> Observed {
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
            speed_per_s: m.range / m.peak_at.since(m.start_at).max(SHORTEST_WAY_S),
            bounces: m.bounces,
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
            // Of a movement that had begun before anything was seen, the gain is not known.
            .map(|((signal, _), span)| {
                span.filter(|_| m.baseline_was_seen).map(|s| s.gain(self.faults.baseline_value(*signal)))
            });
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
