//! What is said of the sound itself, on the screen and by `doctor`.

/// The stream broke.
#[cfg(feature = "sound")]
pub const LOST: &str = "the sound is lost, it is tried again every two seconds";
/// Neither a sound server nor a card.
#[cfg(feature = "sound")]
pub const NO_CARD: &str = "there is no sound server and no sound card";
/// This build has none.
#[cfg(not(feature = "sound"))]
pub const NOT_BUILT: &str = "this build has no sound";
