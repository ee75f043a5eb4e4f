//! The activity of a set in duration mode: its strokes with their faults, its passes, the time that counts.

use super::event::EventKind;
use crate::base::time::round_ms;
use crate::counting::detect::passes::{Pass, PassDetector};
use crate::counting::record::Rep;
use crate::exercise::ExerciseDef;

/// What is known of the activity.
#[derive(Debug, Default)]
pub(super) struct Rolling {
    /// Indices of the faults seen in each stroke.
    pub stroke_faults: Vec<Vec<usize>>,
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

    /// Seconds that count.
    pub fn active_s(&self) -> f64 {
        self.active_s
    }

    /// Brings the passes up to the strokes found so far: what there is to report.
    pub fn update(&mut self, def: &ExerciseDef, detector: &PassDetector) -> Vec<EventKind> {
        let before = std::mem::replace(&mut self.passes, passes(def, detector, &self.stroke_faults));
        self.active_s = round_ms(detector.active_s());
        let is_gone = |id: u32| !self.passes.iter().any(|rep| rep.id == id);
        let is_new = |id: u32| !before.iter().any(|rep| rep.id == id);
        let gone = before.iter().filter(|r| is_gone(r.id)).map(|r| EventKind::RepDropped { id: r.id });
        let new = self.passes.iter().filter(|r| is_new(r.id)).map(|r| EventKind::Pass(Box::new(r.clone())));
        let mut events: Vec<EventKind> = gone.chain(new).collect();
        if self.active_s.floor() > self.reported_s {
            self.reported_s = self.active_s.floor();
            events.push(EventKind::Active { active_s: self.reported_s, target_s: def.target.hold_s });
        }
        events
    }
}

/// Passes as entries of the list; `stroke_faults`: what was seen in each stroke.
fn passes(def: &ExerciseDef, detector: &PassDetector, stroke_faults: &[Vec<usize>]) -> Vec<Rep> {
    let unit = def.count.channels.first().map_or("", |c| def.signals[c.signal].unit.name());
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
