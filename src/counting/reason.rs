//! Why an attempt does not count, and the words for it.

use crate::motion::signal::Unit;

/// Why an attempt does not count.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Reason {
    /// It did not go far enough.
    Short {
        /// What was missing, in the rep signal's unit.
        missing: f64,
    },
    /// The position was not held for long enough.
    HeldTooShort {
        /// Seconds held.
        held_s: f64,
        /// Seconds to hold.
        target_s: f64,
    },
    /// It was over too soon to be a repetition.
    TooQuick,
    /// The person could not be seen.
    OutOfSight,
    /// It was made on the side that is not to count.
    OtherSide,
    /// It was another movement than the one asked for; the cue of the fault says so.
    Wrong(String),
}

impl Reason {
    /// In words, for the record and the screen; `unit` is that of the rep signal.
    pub fn text(&self, unit: Unit) -> String {
        match self {
            Self::Short { missing } => match unit {
                // Rounded up: what is missing is never nothing.
                Unit::Deg if missing.ceil() <= 1.0 => "1 degree short".to_owned(),
                Unit::Deg => format!("{:.0} degrees short", missing.ceil()),
                Unit::Trunk => format!("{:.2} trunk lengths short", (missing * 100.0).ceil() / 100.0),
                Unit::Share => format!("{:.0} % short", (missing * 100.0).ceil()),
            },
            Self::HeldTooShort { held_s, target_s } => format!("held {held_s:.1} of {} s", trimmed(*target_s)),
            Self::TooQuick => "too quick for a repetition".to_owned(),
            Self::OutOfSight => "out of sight".to_owned(),
            Self::OtherSide => "other side".to_owned(),
            Self::Wrong(cue) => cue.to_lowercase(),
        }
    }
}

/// A number without needless decimals.
fn trimmed(value: f64) -> String {
    format!("{}", (value * 10.0).round() / 10.0)
}
