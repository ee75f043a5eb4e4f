//! Why an attempt does not count.

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
    /// What stays where it is in this exercise moved: it was another one.
    Another,
    /// It was made on the side that is not to count.
    OtherSide,
    /// It was another movement than the one asked for; the cue of the fault says so.
    Wrong(String),
}

/// The kind of a [`Reason`], without its numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReasonKind {
    /// See [`Reason::Short`].
    Short,
    /// See [`Reason::HeldTooShort`].
    HeldTooShort,
    /// See [`Reason::TooQuick`].
    TooQuick,
    /// See [`Reason::OutOfSight`].
    OutOfSight,
    /// See [`Reason::Another`].
    Another,
    /// See [`Reason::OtherSide`].
    OtherSide,
    /// See [`Reason::Wrong`].
    Wrong,
}
