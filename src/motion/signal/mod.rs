//! Signals: numbers that an exercise file names, computed from a tracked pose.
//!
//! In: a [`TrackedPose`](crate::motion::track::TrackedPose) and the [`Body`] the set was calibrated on. Out: one
//! `Option<`[`Reading`]`>` a signal, in file order. Lengths are shares of the trunk (`T`), angles degrees. What a file may
//! name is the table of [`kinds`].

pub mod floor;
pub mod body;
pub mod point;
pub mod kind;
mod angles;
mod places;
mod world;
mod outline;
pub mod combinations;
pub mod table;
pub mod def;

pub use body::{Body, Reading};
pub use def::{SignalDef, evaluate};
pub use kind::{Arguments, Parameter, Parameters, SignalKind, Unit};
pub use point::PointRef;
pub use table::kinds;
