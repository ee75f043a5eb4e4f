//! Rules: from signals to repetitions, holds, faults and cues.
//!
//! In: readings of one frame, in order of time. Out: finished [`Movement`](movement::Movement)s with a verdict, raised
//! faults, cues. Everything is a state machine on capture timestamps: no clock, no thread, no I/O.

pub mod cues;
pub mod cycle;
pub mod faults;
pub mod finished;
pub mod gate;
pub mod ledger;
pub mod movement;
pub mod passes;
pub mod range;
pub mod rest;
mod running;

use serde::{Deserialize, Serialize};

/// Where the running repetition is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// The gate is closed: not in posture, in view, or in the picture.
    #[default]
    Setup,
    /// At rest, ready for a repetition.
    Ready,
    /// On the way.
    Moving,
    /// In position.
    Target,
    /// On the way back.
    Returning,
}

impl Phase {
    /// As events name it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Setup => "setup",
            Self::Ready => "ready",
            Self::Moving => "moving",
            Self::Target => "target",
            Self::Returning => "returning",
        }
    }
}
