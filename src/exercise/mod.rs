//! Exercises as data: the file format, its checker and the catalogue of files.
//!
//! In: TOML. Out: an [`ExerciseDef`] that the engine accepts, or every problem of the file at once. Nothing about a single
//! exercise is in code.

pub mod def;
pub mod diagnostics;
mod json;
pub mod read;
mod signal_order;
mod read_signals;
mod scope;
mod read_one_sided;
pub mod one_sided;
pub mod check;
mod at_fault;
pub mod catalogue;
pub mod routine;
pub mod library;
pub mod plan;
mod words;

pub use def::{
    Condition, CountRule, ExerciseDef, FaultDef, FaultPhase, Gain, GateRule, Mode, Pattern, Reference, Target, Watched,
};
