//! The activity of a set in duration mode: its strokes with their faults, its passes, the time that counts.

use super::event::EventKind;
use crate::base::time::Timestamp;
use crate::base::time::round_ms;
use crate::counting::compare::{self, NEIGHBOURS, Sample, Shown};
use crate::counting::detect::passes::{Pass, PassDetector, Stroke};
use crate::counting::faults::FaultMonitor;
use crate::counting::measures::{RepMeasures, speed_per_s};
use crate::counting::record::Rep;
use crate::exercise::{ExerciseDef, FaultDef, Watched};

/// What is known of the activity.
#[derive(Debug, Default)]
pub(super) struct Rolling {
    /// Indices of the faults seen in each stroke.
    stroke_faults: Vec<Vec<usize>>,
    /// What each stroke showed of the faults that are told by comparison, and its range.
    shown: Vec<(f64, Vec<Option<Shown>>)>,
    /// Indices of the faults in which each stroke stands out among those near it.
    unlike_own: Vec<Vec<usize>>,
    /// The passes as reported.
    passes: Vec<Rep>,
    active_s: f64,
    /// Seconds that were told, where nothing can be seen.
    self_timed_s: f64,
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
        self.active_s + self.self_timed_s
    }

    /// So many seconds more by the person's own word.
    pub fn add_self_timed(&mut self, seconds: f64) {
        self.self_timed_s = round_ms(self.self_timed_s + seconds);
    }

    /// Whether time counts that was told.
    pub fn is_self_timed(&self) -> bool {
        self.self_timed_s > 0.0
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
            let seen = faults.rep_finished(end_at, def, &measures(strokes, i), None, true);
            self.shown.push((strokes[i].range, seen.shown));
            let seen = seen.faults;
            let at_end = seen.iter().filter(|f| is_judged_at_end(&def.faults[**f]));
            news.extend(at_end.map(|fault| (end_at, RollingNews::Cue(*fault))));
            self.stroke_faults.push(seen);
            faults.rep_started(end_at, def);
        }
        self.compare(def);
        news.extend(self.update(def, detector).into_iter().map(|kind| (at, RollingNews::Event(kind))));
        news
    }

    /// Compares the form of the latest strokes with those near them.
    fn compare(&mut self, def: &ExerciseDef) {
        let from = self.unlike_own.len().saturating_sub(NEIGHBOURS);
        self.unlike_own.truncate(from);
        let sample = |i: usize| Sample { range: self.shown[i].0, side: None, shown: &self.shown[i].1 };
        let of = |i: usize| {
            let near = i.saturating_sub(NEIGHBOURS)..(i + NEIGHBOURS + 1).min(self.shown.len());
            let others: Vec<Sample<'_>> = near.filter(|o| *o != i).map(sample).collect();
            compare::found(def, &sample(i), &others)
        };
        let found: Vec<_> = (from..self.shown.len()).map(of).collect();
        self.unlike_own.extend(found);
    }

    /// When and in which faults strokes stand out.
    pub fn stand_out(&self) -> impl Iterator<Item = (usize, (Timestamp, Timestamp))> {
        let span = |i: usize, fault: usize| Some((fault, self.shown[i].1.get(fault)?.as_ref()?.span));
        self.unlike_own.iter().enumerate().flat_map(move |(i, faults)| faults.iter().filter_map(move |f| span(i, *f)))
    }

    /// Brings the passes up to the strokes found so far: what there is to report.
    fn update(&mut self, def: &ExerciseDef, detector: &PassDetector) -> Vec<EventKind> {
        let passes = passes(def, detector, &self.faults_of_strokes());
        let before = std::mem::replace(&mut self.passes, passes);
        self.active_s = round_ms(detector.active_s());
        let has = |list: &[Rep], id: u32| list.iter().any(|rep| rep.id == id);
        let gone = before.iter().filter(|r| !has(&self.passes, r.id)).map(|r| EventKind::RepDropped { id: r.id });
        let new = self.passes.iter().filter(|r| !has(&before, r.id)).map(|r| EventKind::Pass(Box::new(r.clone())));
        let is_other_form = |r: &&Rep| before.iter().any(|was| was.id == r.id && was.faults != r.faults);
        let form = self.passes.iter().filter(is_other_form).map(|r| EventKind::RepForm(Box::new(r.clone())));
        let mut events: Vec<EventKind> = gone.chain(new).chain(form).collect();
        if self.active_s.floor() > self.reported_s {
            self.reported_s = self.active_s.floor();
            events.push(EventKind::Active { active_s: self.reported_s, target_s: def.target.hold_s });
        }
        events
    }
}

impl Rolling {
    /// Of each stroke what was seen in it and what the comparison has shown.
    fn faults_of_strokes(&self) -> Vec<Vec<usize>> {
        let both = |(seen, unlike): (&Vec<usize>, &Vec<usize>)| seen.iter().chain(unlike).copied().collect();
        self.stroke_faults.iter().zip(&self.unlike_own).map(both).collect()
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
