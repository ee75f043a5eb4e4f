//! Kinds that combine other signals: each is given their readings in this frame.

use super::body::Reading;
use super::kind::Parameter::{Number, Signal};
use super::kind::Parameters::{Keys, ManySignals, OneSignal, TwoSignals};
use super::kind::UnitRule::{Fixed, OfParts};
use super::kind::{SignalKind, Unit::Share, Value::Combine};

/// The largest of signals; a row by itself because the program uses it, too.
pub const MAX: SignalKind = SignalKind {
    name: "max",
    doc: "Largest of signals, all of them known.",
    parameters: ManySignals,
    unit: OfParts,
    value: Combine(max),
};

/// The rows.
pub(super) const KINDS: &[SignalKind] = &[
    SignalKind {
        name: "mean",
        doc: "Mean of signals, all of them known.",
        parameters: ManySignals,
        unit: OfParts,
        value: Combine(mean),
    },
    SignalKind {
        name: "mean_known",
        doc: "Mean of those signals that are known.",
        parameters: ManySignals,
        unit: OfParts,
        value: Combine(mean_known),
    },
    SignalKind {
        name: "first_known",
        doc: "The first of signals that is known.",
        parameters: ManySignals,
        unit: OfParts,
        value: Combine(first_known),
    },
    SignalKind {
        name: "min",
        doc: "Smallest of signals, all of them known.",
        parameters: ManySignals,
        unit: OfParts,
        value: Combine(min),
    },
    MAX,
    SignalKind {
        name: "difference",
        doc: "First signal minus the second.",
        parameters: TwoSignals,
        unit: OfParts,
        value: Combine(difference),
    },
    SignalKind {
        name: "gap",
        doc: "First signal minus the second, without sign.",
        parameters: TwoSignals,
        unit: OfParts,
        value: Combine(gap),
    },
    SignalKind {
        name: "negative",
        doc: "The signal with the opposite sign.",
        parameters: OneSignal,
        unit: OfParts,
        value: Combine(negative),
    },
    SignalKind {
        name: "progress",
        doc: "Share of the way of a signal between two values: 0 at `from` and before it, 1 at `to` and beyond.",
        parameters: Keys(&[Signal("of"), Number("from"), Number("to")]),
        unit: Fixed(Share),
        value: Combine(progress),
    },
];

fn mean(parts: &[Option<Reading>], _: &[f64]) -> Option<Reading> {
    mean_of(&all(parts)?)
}

fn mean_known(parts: &[Option<Reading>], _: &[f64]) -> Option<Reading> {
    let known: Vec<Reading> = parts.iter().copied().flatten().collect();
    mean_of(&known)
}

fn first_known(parts: &[Option<Reading>], _: &[f64]) -> Option<Reading> {
    parts.iter().copied().flatten().next()
}

fn min(parts: &[Option<Reading>], _: &[f64]) -> Option<Reading> {
    let readings = all(parts)?;
    Some(joined(&readings, readings.iter().map(|r| r.value).reduce(f64::min)?))
}

fn max(parts: &[Option<Reading>], _: &[f64]) -> Option<Reading> {
    let readings = all(parts)?;
    Some(joined(&readings, readings.iter().map(|r| r.value).reduce(f64::max)?))
}

fn difference(parts: &[Option<Reading>], _: &[f64]) -> Option<Reading> {
    let &[Some(first), Some(second)] = parts else { return None };
    Some(joined(&[first, second], first.value - second.value))
}

fn gap(parts: &[Option<Reading>], _: &[f64]) -> Option<Reading> {
    let &[Some(first), Some(second)] = parts else { return None };
    Some(joined(&[first, second], (first.value - second.value).abs()))
}

fn negative(parts: &[Option<Reading>], _: &[f64]) -> Option<Reading> {
    let &[Some(of)] = parts else { return None };
    Some(Reading { value: -of.value, ..of })
}

fn progress(parts: &[Option<Reading>], numbers: &[f64]) -> Option<Reading> {
    let (&[Some(of)], &[from, to]) = (parts, numbers) else { return None };
    Some(Reading { value: ((of.value - from) / (to - from)).clamp(0.0, 1.0), ..of })
}

/// All readings; `None` when one is unknown.
fn all(parts: &[Option<Reading>]) -> Option<Vec<Reading>> {
    parts.iter().copied().collect()
}

fn mean_of(readings: &[Reading]) -> Option<Reading> {
    let sum: f64 = readings.iter().map(|r| r.value).sum();
    (!readings.is_empty()).then(|| joined(readings, sum / readings.len() as f64))
}

/// A value made of readings, trusted if all of them are.
fn joined(readings: &[Reading], value: f64) -> Reading {
    Reading { value, trusted: readings.iter().all(|r| r.trusted) }
}
