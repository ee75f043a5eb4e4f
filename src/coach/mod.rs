//! The coach: carries a person through a routine by voice, without a hand on the machine.
//!
//! In: what the engine reports, the person as each frame shows them, time without pictures, orders. Out: [`Effect`]s: what to
//! say, which tone, which set begins and ends. It has no clock, no file and no thread of its own, so a recorded session replays
//! to the same effects.

pub mod programme;
pub mod sentence;
pub mod manner;
mod numbers;
pub mod words;
pub mod phrases;
pub mod gesture;
pub mod talk;
pub mod outcome;
pub mod state;
pub mod coaching;
mod set_up;
mod in_set;
mod by_ear;
mod pause;
mod rest;
mod step;
pub mod offer;

pub use coaching::Coach;
pub use state::{Effect, Input, Order, Standing, State};
