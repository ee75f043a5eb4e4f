//! What the engine reports while a set runs.

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
#[non_exhaustive]
pub enum EventKind {
    /// The gate opened: posture, view and landmarks are right.
    Ready,
    /// The gate is closed, and what would help.
    SetupHint(String),
    /// The repetition entered another phase.
    Phase(Phase),
    /// A repetition counts.
    RepCounted(Box<Rep>),
    /// An attempt does not count, or does no longer.
    RepRejected(Box<Rep>),
    /// A repetition that counts has other faults than was told, now that there are others to compare it with.
    RepForm(Box<Rep>),
    /// An entry of the list has turned out to be nothing: fidgeting, or a pass whose strokes are paired otherwise.
    RepDropped {
        /// Its [`Rep::id`].
        id: u32,
    },
    /// In duration mode: a pass, there and back, is complete.
    Pass(Box<Rep>),
    /// In duration mode: the time that counts has grown by a full second or more.
    Active {
        /// Full seconds of activity.
        active_s: f64,
        /// Seconds to reach.
        target_s: f64,
    },
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

    /// The entry of the list that is new or has changed: a repetition, or a pass.
    pub fn entry(&self) -> Option<&Rep> {
        if let Self::Pass(rep) | Self::RepForm(rep) = self { Some(rep) } else { self.rep() }
    }
}

/// Why a command to a set was not carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refused {
    /// A pause was asked for in a pause.
    #[error("the set is paused already")]
    Paused,
    /// Going on was asked for outside a pause.
    #[error("the set is not paused")]
    NotPaused,
    /// The person wants to time a set whose movement is seen.
    #[error("the movement can be seen from here: it is timed by itself")]
    Seen,
    /// A hold was begun twice.
    #[error("the hold has begun already")]
    Holding,
    /// A hold was ended that had not begun.
    #[error("no hold has begun")]
    NotHolding,
}
