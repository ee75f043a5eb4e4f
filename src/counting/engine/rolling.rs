//! The activity of a set in duration mode: its strokes with their faults, its passes, the time that counts.

use super::event::EventKind;
use crate::base::time::Timestamp;
use crate::base::time::round_ms;
use crate::counting::detect::passes::{Pass, PassDetector, Stroke};
use crate::counting::faults::{FaultMonitor, RepMeasures, speed_per_s};
use crate::counting::record::Rep;
use crate::exercise::{ExerciseDef, FaultDef, Watched};

/// What is known of the activity.
#[derive(Debug, Default)]
pub(super) struct Rolling {
    /// Indices of the faults seen in each stroke.
    stroke_faults: Vec<Vec<usize>>,
    /// The passes as reported.
    passes: Vec<Rep>,
    active_s: f64,
    /// Full seconds reported.
    reported_s: f64,
}

impl Rolling {
    /// The passes, as entries of the list: for information, they all count.
    pub fn reps(&self) -> &[Rep] {
        &self.passes
    }

    /// Strokes taken so far.
    pub fn strokes(&self) -> usize {
        self.stroke_faults.len()
    }

    /// Seconds that count.
    pub fn active_s(&self) -> f64 {
        self.active_s
    }

    /// Takes the strokes that have been completed: each goes to the fault monitor as a repetition, since rolling has no
    /// others, and the passes are brought up to them.
    pub fn take(
        &mut self,
        def: &ExerciseDef,
        detector: &PassDetector,
        faults: &mut FaultMonitor,
    ) -> Vec<(Timestamp, RollingNews)> {
        let (strokes, known) = (detector.strokes(), self.stroke_faults.len());
        let Some(at) = strokes.get(known..).and_then(<[Stroke]>::last).map(|s| s.end_at) else { return Vec::new() };
        let mut news = Vec::new();
        for i in known..strokes.len() {
            let end_at = strokes[i].end_at;
            let seen = faults.rep_finished(end_at, def, &measures(strokes, i), true);
            let at_end = seen.iter().filter(|f| is_judged_at_end(&def.faults[**f]));
            news.extend(at_end.map(|fault| (end_at, RollingNews::Cue(*fault))));
            self.stroke_faults.push(seen);
            faults.rep_started(end_at, def);
        }
        news.extend(self.update(def, detector).into_iter().map(|kind| (at, RollingNews::Event(kind))));
        news
    }

    /// Brings the passes up to the strokes found so far: what there is to report.
    fn update(&mut self, def: &ExerciseDef, detector: &PassDetector) -> Vec<EventKind> {
        let before = std::mem::replace(&mut self.passes, passes(def, detector, &self.stroke_faults));
        self.active_s = round_ms(detector.active_s());
        let has = |list: &[Rep], id: u32| list.iter().any(|rep| rep.id == id);
        let gone = before.iter().filter(|r| !has(&self.passes, r.id)).map(|r| EventKind::RepDropped { id: r.id });
        let new = self.passes.iter().filter(|r| !has(&before, r.id)).map(|r| EventKind::Pass(Box::new(r.clone())));
        let mut events: Vec<EventKind> = gone.chain(new).collect();
        if self.active_s.floor() > self.reported_s {
            self.reported_s = self.active_s.floor();
            events.push(EventKind::Active { active_s: self.reported_s, target_s: def.target.hold_s });
        }
        events
    }
}

/// Something that strokes have brought.
#[derive(Debug)]
pub(super) enum RollingNews {
    /// A fault to give a cue for, by its index.
    Cue(usize),
    /// An event to report.
    Event(EventKind),
}

/// A stroke as faults look at it.
fn measures(strokes: &[Stroke], i: usize) -> RepMeasures {
    let stroke = strokes[i];
    RepMeasures {
        rep_s: stroke.length_s(),
        return_s: Some(stroke.length_s()),
        rest_before_s: i.checked_sub(1).map(|before| stroke.start_at.since(strokes[before].end_at)),
        range: stroke.range,
        best_range: strokes[..i].iter().map(|s| s.range).reduce(f64::max),
        speed_per_s: speed_per_s(stroke.range, stroke.length_s()),
        bounces: 0,
    }
}

/// Whether a fault looks at a measure of the whole repetition.
fn is_judged_at_end(fault: &FaultDef) -> bool {
    fault.all.iter().any(|c| !matches!(c.signal, Watched::Signal(_)))
}

/// Passes as entries of the list; `stroke_faults`: what was seen in each stroke.
fn passes(def: &ExerciseDef, detector: &PassDetector, stroke_faults: &[Vec<usize>]) -> Vec<Rep> {
    let unit = def.range_unit().name();
    let seen = |first: usize, is_advisory: bool| {
        let both = stroke_faults.iter().skip(first).take(2).flatten();
        let mut faults: Vec<usize> = both.copied().filter(|f| def.faults[*f].advisory == is_advisory).collect();
        faults.sort_unstable();
        faults.dedup();
        faults.into_iter().map(|f| def.faults[f].id.clone()).collect::<Vec<_>>()
    };
    let rep = |(i, pass): (usize, Pass)| Rep {
        // A pass is named by its first stroke: which strokes make a pass may still change, the strokes do not.
        id: pass.first_stroke as u32 + 1,
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
        remarks: seen(pass.first_stroke, true),
    };
    detector.passes().into_iter().enumerate().map(rep).collect()
}
