//! A picture with its capture time, as every source delivers it.

use crate::base::time::Timestamp;

/// Width and height of a picture in pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Size {
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
}

impl Size {
    /// A size from width and height in pixels.
    pub const fn new(width: u32, height: u32) -> Self {
        Self { width, height }
    }

    /// Bytes of a packed 8-bit RGB picture of this size.
    pub const fn rgb_len(self) -> usize {
        self.width as usize * self.height as usize * 3
    }
}

/// One picture. Never mirrored: mirroring is a drawing option, so left and right stay the person's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// Running number from the source, counting frames that were dropped later too.
    pub seq: u64,
    /// Capture timestamp.
    pub at: Timestamp,
    /// Size in pixels.
    pub size: Size,
    /// Packed RGB, 8 bits a channel, rows from the top, no padding; `size.rgb_len()` bytes.
    pub rgb: Vec<u8>,
}
