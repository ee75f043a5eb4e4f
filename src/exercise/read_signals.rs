//! Reads the `[signals]` table: one kind each, combinations put behind what they refer to.
//!
//! Nothing about a single kind is here: what to read is said by its row, see [`kinds`].

use super::diagnostics::{Code, Report};
use super::read::{Fields, Value, as_list, as_number_in, as_text};
use super::signal_order::{circular, sorted};
use crate::base::skeleton::{Landmark, Side};
use crate::motion::signal::{Arguments, Parameter, Parameters, PointRef, SignalDef, SignalKind, kinds};
use std::collections::HashMap;
use std::ops::{Range, RangeInclusive};

/// The name of a signal that another refers to, and its place in the text.
type Reference = (String, Range<usize>);

/// What a signal is given; its parts are still names.
#[derive(Default)]
struct Given {
    arguments: Arguments,
    refers_to: Vec<Reference>,
}

/// A signal whose references are still names.
struct Named {
    name: String,
    span: Range<usize>,
    kind: &'static SignalKind,
    given: Given,
}

/// Reads all signals. The order is by name, but each stands behind those it refers to.
pub(super) fn read(fields: &Fields<'_, '_>, report: &mut Report) -> Vec<SignalDef> {
    let mut named = Vec::new();
    for (key, value) in fields.entries() {
        if let Some((kind, given)) = read_one(value, report) {
            named.push(Named { name: key.get_ref().to_string(), span: key.span(), kind, given });
        }
    }
    note_unknown(&named, fields, report);
    in_order(&named, report)
}

/// Names of all signals, those that cannot be read included.
pub(super) fn names(fields: &Fields<'_, '_>) -> Vec<String> {
    fields.entries().map(|(key, _)| key.get_ref().to_string()).collect()
}

fn note_unknown(named: &[Named], fields: &Fields<'_, '_>, report: &mut Report) {
    let names = names(fields);
    for (name, span) in named.iter().flat_map(|n| &n.given.refers_to) {
        if !fields.has(name) {
            let message = format!("there is no signal `{name}`");
            report.push_word(Code::UnknownSignal, span.clone(), message, name, &names);
        }
    }
}

/// Puts signals behind those they refer to and turns names into indices; circles are noted.
fn in_order(named: &[Named], report: &mut Report) -> Vec<SignalDef> {
    let index: HashMap<&str, usize> = named.iter().enumerate().map(|(i, n)| (n.name.as_str(), i)).collect();
    let of = |n: &Named| n.given.refers_to.iter().map(|(name, _)| index.get(name.as_str()).copied()).collect();
    let refers_to: Vec<Vec<Option<usize>>> = named.iter().map(of).collect();
    for i in circular(&refers_to) {
        let Named { name, span, .. } = &named[i];
        report.push(Code::SignalCycle, span.clone(), format!("the signal `{name}` refers to itself"));
    }
    let mut done: Vec<SignalDef> = Vec::new();
    let mut place = vec![None; named.len()];
    for i in sorted(&refers_to) {
        let parts: Option<Vec<usize>> = refers_to[i].iter().map(|r| place[(*r)?]).collect();
        if let Some((first, others)) = parts.as_deref().and_then(<[usize]>::split_first)
            && let Some(other) = others.iter().find(|other| done[**other].unit != done[*first].unit)
        {
            note_unlike(&done[*first], &done[*other], named[i].span.clone(), report);
        }
        if let Some(signal) = parts.and_then(|parts| with_parts(&named[i], parts, &done)) {
            place[i] = Some(done.len());
            done.push(signal);
        }
    }
    done
}

/// Notes that two signals that stand together are of different units.
pub(super) fn note_unlike(one: &SignalDef, other: &SignalDef, span: Range<usize>, report: &mut Report) {
    if one.unit != other.unit {
        let units = [one.unit.name(), other.unit.name()];
        let message = format!("`{}` is in {}, `{}` in {}", one.name, units[0], other.name, units[1]);
        report.push(Code::Conflict, span, message);
    }
}

/// The signal with the indices of its parts among the `earlier` ones.
fn with_parts(named: &Named, parts: Vec<usize>, earlier: &[SignalDef]) -> Option<SignalDef> {
    let unit = named.kind.unit.resolve(parts.first().map(|i| earlier[*i].unit))?;
    let arguments = Arguments { parts, ..named.given.arguments.clone() };
    Some(SignalDef { name: named.name.clone(), kind: named.kind, arguments, unit })
}

fn read_one(value: &Value<'_>, report: &mut Report) -> Option<(&'static SignalKind, Given)> {
    let mut f = Fields::of(value, "a signal", report)?;
    let present: Vec<_> = kinds().filter_map(|kind| Some((kind, f.get(kind.name)?))).collect();
    let span = f.span();
    let read = match present.as_slice() {
        [(kind, value)] => given(kind, value, report).map(|given| (*kind, given)),
        [] => {
            let all: Vec<_> = kinds().map(|kind| kind.name).collect();
            report.push(Code::MissingKey, span, format!("a signal needs one kind: {}", all.join(", ")));
            None
        }
        [(first, _), (second, _), ..] => {
            let message = format!("a signal has one kind, this has `{}` and `{}`", first.name, second.name);
            report.push(Code::Conflict, span, message);
            None
        }
    };
    f.finish(report);
    read
}

/// Reads what stands behind the name of a kind.
fn given(kind: &SignalKind, value: &Value<'_>, report: &mut Report) -> Option<Given> {
    let refers_to = match kind.parameters {
        Parameters::Keys(keys) => return keyed(kind, keys, value, report),
        Parameters::OneSignal => vec![reference(value, report)?],
        Parameters::TwoSignals => list(kind, 2..=2, "exactly two", value, report)?,
        Parameters::ManySignals => list(kind, 2..=usize::MAX, "at least two", value, report)?,
    };
    Some(Given { refers_to, ..Given::default() })
}

fn keyed(kind: &SignalKind, parameters: &[Parameter], value: &Value<'_>, report: &mut Report) -> Option<Given> {
    let what = format!("`{}`", kind.name);
    let mut f = Fields::of(value, &what, report)?;
    let mut given = Given::default();
    let mut is_whole = true;
    for parameter in parameters {
        is_whole &= given.take(*parameter, &mut f, report).is_some();
    }
    f.finish(report);
    let points = &given.arguments.points;
    if points.iter().enumerate().any(|(i, p)| points[..i].contains(p)) {
        report.push(Code::Conflict, value.span(), format!("{what} has the same point twice"));
    }
    is_whole.then_some(given)
}

impl Given {
    /// Reads one parameter; `None` when it is missing or wrong.
    fn take(&mut self, parameter: Parameter, f: &mut Fields<'_, '_>, report: &mut Report) -> Option<()> {
        let key = parameter.key();
        let value = f.need(key)?;
        match parameter {
            Parameter::Point(_) => self.arguments.points.push(as_point(value, report)?),
            Parameter::Pair(_) => self.arguments.points.extend(as_pair(value, report)?),
            Parameter::Signal(_) => self.refers_to.push(reference(value, report)?),
            Parameter::Number(_) => self.arguments.numbers.push(as_number_in(key, value, -1e4..=1e4, report)?),
        }
        Some(())
    }
}

/// The names of so many signals, in numbers and `in_words`.
fn list(
    kind: &SignalKind,
    so_many: RangeInclusive<usize>,
    in_words: &str,
    value: &Value<'_>,
    report: &mut Report,
) -> Option<Vec<Reference>> {
    let signals: Vec<_> = as_list(value, report)?.iter().filter_map(|v| reference(v, report)).collect();
    if !so_many.contains(&signals.len()) {
        report.push(Code::OutOfRange, value.span(), format!("`{}` needs {in_words} signals", kind.name));
        return None;
    }
    Some(signals)
}

fn reference(value: &Value<'_>, report: &mut Report) -> Option<Reference> {
    as_text(value, report).map(|name| (name.to_owned(), value.span()))
}

/// A point of the body by name.
pub(super) fn as_point(value: &Value<'_>, report: &mut Report) -> Option<PointRef> {
    let name = as_text(value, report)?;
    let point = PointRef::from_name(name);
    if point.is_none() {
        let message = format!("there is no point `{name}`");
        report.push_word(Code::UnknownPoint, value.span(), message, name, PointRef::names());
    }
    point
}

/// The left and the right landmark of a part that there is on both sides.
fn as_pair(value: &Value<'_>, report: &mut Report) -> Option<[PointRef; 2]> {
    let name = as_text(value, report)?;
    let left = Landmark::from_name(&format!("left_{name}")).filter(|l| l.side() == Some(Side::Left));
    if left.is_none() {
        let message = format!("there is no pair of points `{name}`");
        report.push_word(Code::UnknownPoint, value.span(), message, name, ["shoulder", "hip", "ear", "elbow", "knee"]);
    }
    left.map(|left| [left, left.mirror()].map(PointRef::Landmark))
}
