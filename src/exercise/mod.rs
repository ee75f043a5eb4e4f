//! Exercises as data: the file format, its checker and the catalogue of files.
//!
//! In: TOML. Out: an [`ExerciseDef`] that the engine accepts, or every problem of the file at once. Nothing about a single
//! exercise is in code.

pub mod catalogue;
pub mod check;
pub mod diagnostics;
mod json;
pub mod one_sided;
pub mod read;
mod read_one_sided;
mod signal_order;
mod read_signals;
mod scope;
pub mod routine;
mod def;

pub use def::{
    Channel, Condition, CountRule, ExerciseDef, FaultDef, FaultPhase, GateRule, Mode, OneSided, Pattern, Reference,
    Target, Watched, is_json,
};
