//! What is said of the sound itself, on the screen and by `doctor`.

use crate::base::language::tr;

/// The stream broke.
#[cfg(feature = "sound")]
pub fn lost() -> String {
    tr!("sound-lost")
}

/// Neither a sound server nor a card.
#[cfg(feature = "sound")]
pub fn no_card() -> String {
    tr!("sound-no-card")
}

/// The sound server has nothing to play on.
#[cfg(feature = "sound")]
pub fn no_loudspeaker() -> String {
    tr!("sound-no-loudspeaker")
}

/// What stands in for a loudspeaker and swallows everything.
#[cfg(feature = "sound")]
pub fn deaf(name: &str) -> String {
    tr!("sound-deaf", name = name)
}

/// This build has none.
#[cfg(not(feature = "sound"))]
pub fn not_built() -> String {
    tr!("sound-not-built")
}
