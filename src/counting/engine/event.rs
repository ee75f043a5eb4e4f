//! What the engine tells while a set runs.

use crate::base::time::Timestamp;
use crate::counting::phase::Phase;
use crate::counting::record::{Rep, RepSide};

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Capture time it happened at.
    pub at: Timestamp,
    /// What.
    pub kind: EventKind,
}

/// What happened.
#[derive(Clone, Debug, PartialEq)]
pub enum EventKind {
    /// The gate opened: posture, view and landmarks are right.
    Ready,
    /// The gate is closed, and what would help.
    Advice(String),
    /// The repetition entered another phase.
    Phase(Phase),
    /// A repetition counts.
    RepCounted(Box<Rep>),
    /// A movement does not count, or does no longer.
    RepRejected(Box<Rep>),
    /// Another full second was held.
    Hold {
        /// Full seconds held.
        held_s: f64,
        /// Seconds to reach.
        target_s: f64,
        /// Side of the hold, if it can be told.
        side: Option<RepSide>,
    },
    /// A form fault began.
    Fault(String),
    /// It ended.
    FaultCleared(String),
    /// Something to say and show.
    Cue {
        /// The words.
        text: String,
        /// The fault it is about, `None` for praise.
        fault: Option<String>,
    },
    /// The person is no longer seen.
    Lost,
    /// The person is seen again.
    Found,
    /// Counting was paused.
    Paused,
    /// Counting goes on.
    Resumed,
}

impl EventKind {
    /// The repetition whose verdict this is.
    pub fn rep(&self) -> Option<&Rep> {
        match self {
            Self::RepCounted(rep) | Self::RepRejected(rep) => Some(rep),
            _ => None,
        }
    }
}
