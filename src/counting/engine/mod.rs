//! The engine: one tracked pose in, the events it causes out. Synchronous and pure: no clock, no thread, no I/O, so that the
//! same recording gives the same result on any machine, live or not.
//!
//! ```text
//! TrackedPose ─► gate ─► movement (detectors) ─► ledger (judge) ─► events
//!                          │                        ▲
//!                          └─► faults ──────────────┘      presence, rolling and tally keep what the others do not need
//! ```

mod event;
mod presence;
mod tally;
mod steady;
mod movement;
mod rolling;
mod nothing;
mod result;
mod self_timed;
mod set;

pub use event::{Event, EventKind, Refused};
pub use result::SetResult;
pub use set::Engine;
