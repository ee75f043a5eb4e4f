//! What rules of a file may refer to: its signals; and the rules that do.

use super::def::{
    Channel, Condition, CountRule, FaultDef, FaultPhase, Gain, GateRule, Mode, Pattern, Reference, Watched,
};
use super::diagnostics::{Code, Report};
use super::read::{Fields, Value, as_list, as_text};
use super::read_signals::note_unlike;
use crate::base::skeleton::Side;
use crate::motion::signal::SignalDef;
use std::ops::Range;

/// Words of a cue at most: more cannot be said while somebody moves.
const MAX_CUE_WORDS: usize = 5;

const PATTERNS: [(&str, Pattern); 3] =
    [("rise", Pattern::Rise), ("both_ways", Pattern::BothWays), ("passes", Pattern::Passes)];
const PHASES: [(&str, FaultPhase); 4] =
    [("any", FaultPhase::Any), ("rep", FaultPhase::Rep), ("target", FaultPhase::Target), ("rest", FaultPhase::Rest)];
const REFERENCES: [(&str, Reference); 4] = [
    ("zero", Reference::Absolute),
    ("baseline", Reference::Baseline),
    ("own_median", Reference::OwnMedian),
    ("own_best", Reference::OwnBest),
];

const SIDES: [(&str, Option<Side>); 2] = [("left", Some(Side::Left)), ("right", Some(Side::Right))];
const MEASURES: [(&str, Watched); 6] = [
    ("rep_seconds", Watched::RepSeconds),
    ("return_seconds", Watched::ReturnSeconds),
    ("rest_seconds", Watched::RestSeconds),
    ("range", Watched::Range),
    ("speed", Watched::Speed),
    ("bounces", Watched::Bounces),
];

/// The faults of a file.
pub(super) struct Faults {
    pub(super) defs: Vec<FaultDef>,
    /// Ids of all, those with mistakes included.
    ids: Vec<String>,
}

/// The signals that rules may name.
pub(super) struct Scope<'a> {
    pub(super) signals: &'a [SignalDef],
    /// All that the file defines, those with mistakes included.
    pub(super) names: &'a [String],
}

impl Scope<'_> {
    fn signal(&self, value: &Value<'_>, report: &mut Report) -> Option<usize> {
        let name = as_text(value, report)?;
        self.signal_named(name, value.span(), report)
    }

    /// The signal called `name`, which stands at `span` of the text.
    pub(super) fn signal_named(&self, name: &str, span: Range<usize>, report: &mut Report) -> Option<usize> {
        let found = self.signals.iter().position(|s| s.name == name);
        if found.is_none() && !self.names.iter().any(|n| n == name) {
            let message = format!("there is no signal `{name}`");
            report.push_word(Code::UnknownSignal, span, message, name, self.names);
        }
        found
    }

    /// A signal that can stand in for another: it has the same unit.
    pub(super) fn signal_like(&self, value: &Value<'_>, other: Option<usize>, report: &mut Report) -> Option<usize> {
        let found = self.signal(value, report)?;
        let (it, other) = (&self.signals[found], other.map_or(&self.signals[found], |o| &self.signals[o]));
        note_unlike(it, other, value.span(), report);
        Some(found)
    }

    pub(super) fn faults(&self, values: &[Value<'_>], report: &mut Report) -> Faults {
        let mut ids: Vec<String> = Vec::new();
        for value in values {
            let Some(id) = value.get_ref().get("id").and_then(|id| id.get_ref().as_str()) else { continue };
            if ids.iter().any(|other| other == id) {
                report.push(Code::Duplicate, value.span(), format!("there are two faults `{id}`"));
            }
            ids.push(id.to_owned());
        }
        Faults { defs: values.iter().filter_map(|value| self.fault(value, &ids, report)).collect(), ids }
    }

    pub(super) fn gate(&self, value: &Value<'_>, report: &mut Report) -> Option<GateRule> {
        let mut f = Fields::of(value, "a gate rule", report)?;
        let signal = f.need("signal").and_then(|v| self.signal(v, report));
        let (min, max) = (f.maybe_number("min", -1e4..=1e4, report), f.maybe_number("max", -1e4..=1e4, report));
        let advice = f.get("advice").and_then(|v| as_text(v, report)).map(str::to_owned);
        let keep = f.flag_or("keep", false, report);
        f.text("source", report);
        if let (Some(None), Some(None)) = (min, max) {
            report.push(Code::MissingKey, f.span(), "a gate rule needs `min` or `max`".to_owned());
        }
        f.in_order(["min", "max"], [min.flatten(), max.flatten()], report);
        f.finish(report);
        Some(GateRule {
            signal: signal?,
            min: min?.unwrap_or(f64::NEG_INFINITY),
            max: max?.unwrap_or(f64::INFINITY),
            advice,
            keep: keep?,
        })
    }

    pub(super) fn count(
        &self,
        value: &Value<'_>,
        mode: Option<Mode>,
        faults: &Faults,
        report: &mut Report,
    ) -> Option<CountRule> {
        let mut f = Fields::of(value, "the count rule", report)?;
        let channels = self.channels(&mut f, report);
        let decoys = f.list("decoys", report).iter().filter_map(|v| self.decoy(v, faults, report)).collect();
        let pattern = f.word_or("pattern", Pattern::Rise, &PATTERNS, report);
        let min_range = f.number("min_range", 0.001..=360.0, report);
        let enter_share = f.number_or("enter_share", 0.6, 0.1..=0.95, report);
        let exit_share = f.number_or("exit_share", 0.35, 0.05..=0.9, report);
        let min_rep_s = f.number_or("min_rep_s", 0.3, 0.1..=60.0, report);
        let baseline_max = f.maybe_number("baseline_max", -1e4..=1e4, report);
        let baseline_min = f.maybe_number("baseline_min", -1e4..=1e4, report);
        let gains = f.list("gains", report).iter().filter_map(|v| self.gain(v, report)).collect();
        let steady = f.list("steady", report).iter().filter_map(|v| self.steady(v, report)).collect();
        let neutral_when = f.list("neutral_when", report).iter().filter_map(|v| self.range(v, report)).collect();
        let shortest = f.number_or("min_period_s", 1.5, 0.1..=60.0, report);
        let longest = f.number_or("max_period_s", 10.0, 0.1..=120.0, report);
        f.text("source", report);
        f.in_order(["exit_share", "enter_share"], [exit_share, enter_share], report);
        f.in_order(["baseline_min", "baseline_max"], [baseline_min.flatten(), baseline_max.flatten()], report);
        f.in_order(["min_period_s", "max_period_s"], [shortest, longest], report);
        if let Some(message) = mode.zip(pattern).and_then(|(mode, pattern)| disagreement(mode, pattern)) {
            f.conflict("pattern", message, report);
        }
        f.finish(report);
        Some(CountRule {
            channels: channels?,
            decoys,
            pattern: pattern?,
            min_range: min_range?,
            enter_share: enter_share?,
            exit_share: exit_share?,
            min_rep_s: min_rep_s?,
            baseline_max: baseline_max?,
            baseline_min: baseline_min?,
            gains,
            steady,
            neutral_when,
            period_s: [shortest?, longest?],
        })
    }

    /// Either `signal`, or `left` and `right`.
    fn channels(&self, f: &mut Fields<'_, '_>, report: &mut Report) -> Option<Vec<Channel>> {
        let (single, left, right) = (f.get("signal"), f.get("left"), f.get("right"));
        match (single, left, right) {
            (Some(v), None, None) => Some(vec![Channel { signal: self.signal(v, report)?, side: None }]),
            (None, Some(l), Some(r)) => {
                let (l, r) = (self.signal(l, report), self.signal(r, report));
                Some(vec![
                    Channel { signal: l?, side: Some(Side::Left) },
                    Channel { signal: r?, side: Some(Side::Right) },
                ])
            }
            _ => {
                let message = "the count rule needs either `signal`, or `left` and `right`".to_owned();
                report.push(Code::Conflict, f.span(), message);
                None
            }
        }
    }

    fn decoy(&self, value: &Value<'_>, faults: &Faults, report: &mut Report) -> Option<(usize, usize)> {
        let mut f = Fields::of(value, "a decoy", report)?;
        let signal = f.need("signal").and_then(|v| self.signal(v, report));
        let fault = f.need("fault").and_then(|v| fault_index(v, faults, report));
        f.finish(report);
        Some((signal?, fault?))
    }

    fn gain(&self, value: &Value<'_>, report: &mut Report) -> Option<Gain> {
        let mut f = Fields::of(value, "a gain", report)?;
        let signal = f.need("signal").and_then(|v| self.signal(v, report));
        let least = f.number("at_least", 0.0..=360.0, report);
        let side = f.word_or("side", None, &SIDES, report);
        f.finish(report);
        Some(Gain { signal: signal?, at_least: least?, side: side? })
    }

    /// A signal and what it stays within.
    fn steady(&self, value: &Value<'_>, report: &mut Report) -> Option<(usize, f64)> {
        let mut f = Fields::of(value, "a steady signal", report)?;
        let signal = f.need("signal").and_then(|v| self.signal(v, report));
        let within = f.number("within", 0.0..=360.0, report);
        f.finish(report);
        Some((signal?, within?))
    }

    /// A signal and the values it may have.
    fn range(&self, value: &Value<'_>, report: &mut Report) -> Option<(usize, [f64; 2])> {
        let mut f = Fields::of(value, "a range", report)?;
        let signal = f.need("signal").and_then(|v| self.signal(v, report));
        let (min, max) = (f.number("min", -1e4..=1e4, report), f.number("max", -1e4..=1e4, report));
        f.in_order(["min", "max"], [min, max], report);
        f.finish(report);
        Some((signal?, [min?, max?]))
    }

    /// A fault; `ids`: those of all faults.
    fn fault(&self, value: &Value<'_>, ids: &[String], report: &mut Report) -> Option<FaultDef> {
        let mut f = Fields::of(value, "a fault", report)?;
        let id = f.text("id", report);
        let cue = f.text("cue", report);
        if let Some(cue) = cue.as_ref().filter(|c| c.split_whitespace().count() > MAX_CUE_WORDS) {
            report.push(Code::OutOfRange, f.span(), format!("the cue \"{cue}\" has more than {MAX_CUE_WORDS} words"));
        }
        let severity = f.number_or("severity", 2.0, 1.0..=3.0, report);
        let severity = f.whole("severity", severity, report);
        let phase = f.word_or("phase", FaultPhase::Rep, &PHASES, report);
        let for_s = f.number_or("for_s", 0.4, 0.0..=30.0, report);
        let advisory = f.flag_or("advisory", false, report);
        let decoy_only = f.flag_or("decoy_only", false, report);
        f.text("source", report);
        let unlike = f.list("unlike_own", report);
        let unlike_own = unlike.iter().filter_map(|v| self.comparison(v, report)).collect();
        let consequences = f.list("instead_of", report).iter();
        let instead_of = consequences.filter_map(|v| known_fault(v, ids, report)).map(str::to_owned).collect();
        let needs_when = decoy_only == Some(false) && unlike.is_empty();
        let when = if needs_when { f.need("when") } else { f.get("when") };
        let conditions = when.and_then(|v| as_list(v, report));
        let all = conditions.unwrap_or(&[]).iter().filter_map(|v| self.while_it_lasts(v, report)).collect();
        if conditions.is_some_and(<[_]>::is_empty) && needs_when {
            report.push(Code::MissingKey, f.span(), "a fault needs `when` with at least one condition".to_owned());
        }
        f.finish(report);
        Some(FaultDef {
            id: id?,
            cue: cue?,
            severity: severity?,
            phase: phase?,
            all,
            unlike_own,
            instead_of,
            for_s: for_s?,
            advisory: advisory?,
            decoy_only: decoy_only?,
        })
    }

    /// A condition that is looked at while a repetition lasts or when it ends.
    fn while_it_lasts(&self, value: &Value<'_>, report: &mut Report) -> Option<Condition> {
        let condition = self.condition(value, report)?;
        if condition.is_mirrored {
            let message = "`mirrored` compares the sides with each other: it belongs in `unlike_own`".to_owned();
            report.push(Code::Conflict, value.span(), message);
        }
        Some(condition)
    }

    /// A condition on what a repetition's signal comes to beside the own others: its value, or its change since the baseline.
    fn comparison(&self, value: &Value<'_>, report: &mut Report) -> Option<Condition> {
        let condition = self.condition(value, report)?;
        let is_signal = matches!(condition.signal, Watched::Signal(_));
        if !is_signal || !matches!(condition.reference, Reference::Absolute | Reference::Baseline) {
            let message = "`unlike_own` compares signals with the own others by itself: leave `measure` out, and `against` \
                           unless it is \"baseline\"";
            report.push(Code::Conflict, value.span(), message.to_owned());
        }
        Some(condition)
    }

    fn condition(&self, value: &Value<'_>, report: &mut Report) -> Option<Condition> {
        let mut f = Fields::of(value, "a condition", report)?;
        let signal = if let Some(v) = f.get("signal") {
            self.signal(v, report).map(Watched::Signal)
        } else {
            f.word("measure", &MEASURES, report)
        };
        f.get("measure");
        let reference = f.word_or("against", Reference::Absolute, &REFERENCES, report);
        let (above, below) = (f.maybe_number("above", -1e4..=1e4, report), f.maybe_number("below", -1e4..=1e4, report));
        let beyond = f.maybe_number("beyond", 0.0..=1e4, report);
        let is_mirrored = f.flag_or("mirrored", false, report);
        if let (Some(None), Some(None), Some(None)) = (above, below, beyond) {
            report.push(Code::MissingKey, f.span(), "a condition needs `above`, `below` or `beyond`".to_owned());
        }
        f.finish(report);
        Some(Condition {
            signal: signal?,
            reference: reference?,
            above: above?,
            below: below?,
            beyond: beyond?,
            is_mirrored: is_mirrored?,
        })
    }
}

/// A fault by its id.
pub(super) fn fault_index(value: &Value<'_>, faults: &Faults, report: &mut Report) -> Option<usize> {
    let name = known_fault(value, &faults.ids, report)?;
    faults.defs.iter().position(|d| d.id == name)
}

/// The id of a fault, which must be one of `ids`.
fn known_fault<'a>(value: &'a Value<'_>, ids: &[String], report: &mut Report) -> Option<&'a str> {
    let name = as_text(value, report)?;
    let is_known = ids.iter().any(|id| id == name);
    if !is_known {
        let message = format!("there is no fault `{name}`");
        report.push_word(Code::UnknownWord, value.span(), message, name, ids);
    }
    is_known.then_some(name)
}

/// Why a mode cannot count movements of a pattern, when it cannot.
fn disagreement(mode: Mode, pattern: Pattern) -> Option<String> {
    let name = |pattern: Pattern| PATTERNS.iter().find(|(_, p)| *p == pattern).map_or("", |(name, _)| name);
    let needs = match (mode, pattern) {
        (Mode::Reps, Pattern::Passes) => "`mode = \"duration\"`",
        (Mode::Hold, Pattern::BothWays | Pattern::Passes) => "another mode: a hold is a `rise`",
        (Mode::Duration, Pattern::Rise | Pattern::BothWays) => "another mode: time is kept of `passes`",
        _ => return None,
    };
    Some(format!("`pattern = \"{}\"` needs {needs}", name(pattern)))
}
