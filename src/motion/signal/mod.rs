//! Signals: numbers that an exercise file names, computed from a tracked pose.
//!
//! In: a [`TrackedPose`] and the [`Body`] the set was calibrated on. Out: one
//! `Option<`[`Reading`]`>` a signal, in file order. Lengths are shares of the trunk (`T`), angles degrees.

pub mod floor;
pub mod kind;
pub mod point;
pub mod body;
pub mod def;

pub use body::{Body, Reading};
pub use def::{SignalDef, evaluate};
pub use kind::{SignalKind, Unit};
pub use point::PointRef;
