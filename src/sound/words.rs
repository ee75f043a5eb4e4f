//! What is said of the sound itself, on the screen and by `doctor`.

/// The stream broke.
pub const LOST: &str = "the sound is lost, it is tried again every two seconds";
/// This build has none.
pub const NOT_BUILT: &str = "this build has no sound";
