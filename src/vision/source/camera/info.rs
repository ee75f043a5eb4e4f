//! A camera as the system lists it, and how long one may take to send its first picture.

use std::fmt;
use std::time::Duration;

/// A camera that the system lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CameraInfo {
    /// The system's number; it can change when cameras are plugged in and out.
    pub index: u32,
    /// The name that the camera gives itself.
    pub name: String,
}

impl fmt::Display for CameraInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\" ({})", self.name, self.index)
    }
}

/// How long a camera may take from opening to its first picture; slow webcams need three seconds.
pub(super) const OPEN_DEADLINE: Duration = Duration::from_secs(8);

/// The same for one that others can stand in for. A virtual camera that nobody writes to never sends one.
pub(super) const FIRST_DEADLINE: Duration = Duration::from_secs(4);
