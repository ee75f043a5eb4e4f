//! Where the running repetition is.

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
