//! What a kind of signal is: a row of data with its name, its parameters, its unit and the function that computes it.
//!
//! The rows stand by subject in `angles`, `places`, `world`, `outline` and `combinations`, next to their functions.

use super::body::Reading;
use super::point::{PointRef, Points};
use std::fmt;

/// Unit of a signal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Degrees.
    Deg,
    /// Trunk lengths.
    Trunk,
    /// A plain share, 0..1 between two given values.
    Share,
}

impl Unit {
    /// As records name it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Deg => "deg",
            Self::Trunk => "T",
            Self::Share => "share",
        }
    }
}

/// Where the unit of a kind comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnitRule {
    /// Always this one.
    Fixed(Unit),
    /// That of the first signal it combines.
    OfParts,
}

impl UnitRule {
    /// The unit of a signal whose first part is in `first_part`; `None` when it is to be that of parts and there are none.
    pub const fn resolve(self, first_part: Option<Unit>) -> Option<Unit> {
        match self {
            Self::Fixed(unit) => Some(unit),
            Self::OfParts => first_part,
        }
    }
}

/// What an exercise file says behind the name of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parameters {
    /// A table with these keys, all of which must be there.
    Keys(&'static [Parameter]),
    /// The name of one signal.
    OneSignal,
    /// A list of exactly two signals.
    TwoSignals,
    /// A list of at least two signals.
    ManySignals,
}

/// A key of a kind's table, and what its value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parameter {
    /// A point of the body: `near_wrist`.
    Point(&'static str),
    /// A part that there is on the left and on the right: `shoulder`. It gives two points, the left one first.
    Pair(&'static str),
    /// Another signal by name.
    Signal(&'static str),
    /// A number, in the unit of the signal it goes with.
    Number(&'static str),
}

impl Parameter {
    /// The key in the file.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Point(key) | Self::Pair(key) | Self::Signal(key) | Self::Number(key) => key,
        }
    }
}

/// What a signal was given for the parameters of its kind, each sort in the order of the parameters.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Arguments {
    /// Points it is measured between.
    pub points: Vec<PointRef>,
    /// Indices of the signals it combines, which stand earlier in the list.
    pub parts: Vec<usize>,
    /// Numbers, in the unit of the signal they go with.
    pub numbers: Vec<f64>,
}

/// A kind of signal.
#[derive(Clone, Copy)]
pub struct SignalKind {
    /// Name in exercise files.
    pub name: &'static str,
    /// What its values are, in one line.
    pub doc: &'static str,
    /// What it is given.
    pub parameters: Parameters,
    /// Unit of its values.
    pub unit: UnitRule,
    /// How it is computed.
    pub(super) value: Value,
}

/// How a kind is computed. Functions find as many arguments as their row has parameters.
#[derive(Clone, Copy)]
pub(super) enum Value {
    /// From the body, at the given points; trusted as all points that are looked up.
    Measure(fn(&mut Points<'_>, &[PointRef]) -> Option<f64>),
    /// From the readings of other signals, and numbers.
    Combine(fn(&[Option<Reading>], &[f64]) -> Option<Reading>),
}

/// Names are unique, and functions cannot be compared.
impl PartialEq for SignalKind {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl fmt::Debug for SignalKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}
