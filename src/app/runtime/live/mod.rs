//! The live program: a thread that takes frames from a feed, runs what is practised and publishes snapshots.
//!
//! The analysis thread owns all state. Whoever watches reads the newest [`LiveView`](super::view::LiveView) and sends
//! [`Command`](super::view::Command)s; a watcher that is slow, hidden or gone never stops counting.

mod options;
mod shared;
mod recorder;
mod practice;
mod coached;
mod clock;
mod cameras;
mod others;
mod lookout;
mod speed;
mod awake;
mod hearing;
mod sight;
mod analysis;
mod program;

pub use options::{LiveInput, LiveOptions};
pub use program::LiveProgram;
pub use shared::Waker;
