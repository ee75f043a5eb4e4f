//! A picture with its capture time, as every source delivers it.

use crate::base::time::Timestamp;
use image::RgbImage;
use image::imageops::FilterType;

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

impl Frame {
    /// The whole picture within one of another size, in its own shape and in the middle, black beside it.
    #[must_use]
    pub fn fitted(self, size: Size) -> Self {
        let Self { seq, at, size: own, rgb } = self;
        if own == size || own.rgb_len() == 0 {
            return Self { seq, at, size: own, rgb };
        }
        let share =
            f64::min(f64::from(size.width) / f64::from(own.width), f64::from(size.height) / f64::from(own.height));
        let scaled = |side: u32| ((f64::from(side) * share).round() as u32).max(1);
        let (width, height) = (scaled(own.width).min(size.width), scaled(own.height).min(size.height));
        let mut whole = RgbImage::new(size.width, size.height);
        if let Some(picture) = RgbImage::from_raw(own.width, own.height, rgb) {
            let picture = image::imageops::resize(&picture, width, height, FilterType::Triangle);
            let (x, y) = ((size.width - width) / 2, (size.height - height) / 2);
            image::imageops::replace(&mut whole, &picture, x.into(), y.into());
        }
        Self { seq, at, size, rgb: whole.into_raw() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_of_another_shape_is_fitted_whole_into_the_middle() {
        let rgb = [200, 100, 50].repeat(40 * 80);
        let frame = Frame { seq: 3, at: Timestamp(7), size: Size::new(40, 80), rgb };
        assert_eq!(frame.clone().fitted(frame.size), frame);
        let fitted = frame.fitted(Size::new(64, 48));
        assert_eq!(
            (fitted.seq, fitted.at, fitted.size, fitted.rgb.len()),
            (3, Timestamp(7), Size::new(64, 48), 64 * 48 * 3)
        );
        let at = |x: usize, y: usize| &fitted.rgb[(y * 64 + x) * 3..][..3];
        assert_eq!(
            (at(19, 24), at(20, 0), at(43, 47), at(44, 24)),
            (&[0; 3][..], &[200, 100, 50][..], &[200, 100, 50][..], &[0; 3][..])
        );
    }
}
