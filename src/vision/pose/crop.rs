//! Cuts a rotated square out of a picture into a model's input tensor.
//!
//! Follows `image_to_tensor_converter_opencv.cc`: bilinear, pixel index equals coordinate (no half-pixel shift), positions
//! rounded to 1/32 pixel and values to whole grey levels as `cv::warpPerspective` does. The rounding matters: the detector
//! makes half a pixel of it, and `tests/it/parity.rs` agrees to 0.02 % of the trunk only with it.

use super::roi::Roi;
use crate::vision::frame::Size;

/// What lies outside the picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Border {
    /// Black (the detector: `border_mode: BORDER_ZERO`).
    Zero,
    /// The nearest edge pixel (the landmark model: border mode left unset, `image_to_tensor_calculator.proto`).
    Replicate,
}

/// Fills `out` (`side` x `side` x 3, row-major, RGB) from packed 8-bit `rgb` of `size`, mapping 0..255 to `range`.
pub fn crop_into(
    rgb: &[u8],
    size: Size,
    roi: &Roi,
    border: Border,
    range: (f32, f32),
    side: usize,
    out: &mut Vec<f32>,
) {
    out.resize(side * side * 3, 0.0);
    if size.width == 0 || size.height == 0 || rgb.len() < size.rgb_len() {
        out.fill(range.0);
        return;
    }
    let scale = (range.1 - range.0) / 255.0;
    let step_px = roi.side_px / side as f64;
    let (sin, cos) = roi.rotation_rad.sin_cos();
    let origin = roi.image_from_unit(0.0, 0.0);
    let to_fixed = |v: f64| (v * f64::from(FIXED_ONE)).round() as i64;
    let (dx, dy) = (to_fixed(cos * step_px), to_fixed(sin * step_px));
    let sampler = Sampler { rgb, width: i64::from(size.width), height: i64::from(size.height), border };
    for (row, line) in out.chunks_exact_mut(side * 3).enumerate() {
        let row = row as f64;
        let mut x = to_fixed(origin.x - sin * step_px * row) + HALF_WEIGHT;
        let mut y = to_fixed(origin.y + cos * step_px * row) + HALF_WEIGHT;
        for pixel in line.chunks_exact_mut(3) {
            for (channel, value) in pixel.iter_mut().zip(sampler.at(x, y)) {
                *channel = range.0 + value as f32 * scale;
            }
            x += dx;
            y += dy;
        }
    }
}

/// Positions are integers with so many fractional bits: exact enough for 256 steps, and far faster than floats.
const FIXED_BITS: u32 = 24;
const FIXED_ONE: u32 = 1 << FIXED_BITS;
/// Interpolation weights have 5 bits, as in OpenCV (`INTER_BITS`).
const WEIGHT_BITS: u32 = 5;
const WEIGHT_ONE: i32 = 1 << WEIGHT_BITS;
/// Half a step of the weights: added to a position, cutting its further bits off rounds it.
const HALF_WEIGHT: i64 = 1 << (FIXED_BITS - WEIGHT_BITS - 1);

struct Sampler<'a> {
    rgb: &'a [u8],
    width: i64,
    height: i64,
    border: Border,
}

impl Sampler<'_> {
    /// The bilinear value at fixed-point image coordinates, each channel 0..255.
    #[inline]
    fn at(&self, x_fixed: i64, y_fixed: i64) -> [i32; 3] {
        let (x, y) = (x_fixed >> FIXED_BITS, y_fixed >> FIXED_BITS);
        let weight = |fixed: i64| (fixed >> (FIXED_BITS - WEIGHT_BITS)) as i32 & (WEIGHT_ONE - 1);
        let (wx, wy) = (weight(x_fixed), weight(y_fixed));
        if x >= 0 && y >= 0 && x + 1 < self.width && y + 1 < self.height {
            let i = (y * self.width + x) as usize * 3;
            let below = i + self.width as usize * 3;
            // Two neighbours at once, as arrays: their length is known, so nothing is checked inside.
            let pair = |at: usize| self.rgb.get(at..).and_then(<[u8]>::first_chunk::<6>);
            if let (Some(top), Some(bottom)) = (pair(i), pair(below)) {
                let [t, b] = [top, bottom].map(|row| row.map(i32::from));
                return [
                    blend(t[0], t[3], b[0], b[3], wx, wy),
                    blend(t[1], t[4], b[1], b[4], wx, wy),
                    blend(t[2], t[5], b[2], b[5], wx, wy),
                ];
            }
        }
        let corners = [self.pixel(x, y), self.pixel(x + 1, y), self.pixel(x, y + 1), self.pixel(x + 1, y + 1)];
        std::array::from_fn(|c| blend(corners[0][c], corners[1][c], corners[2][c], corners[3][c], wx, wy))
    }

    /// One pixel, the border rule applied.
    fn pixel(&self, x: i64, y: i64) -> [i32; 3] {
        let inside = x >= 0 && y >= 0 && x < self.width && y < self.height;
        if !inside && self.border == Border::Zero {
            return [0; 3];
        }
        let (x, y) = (x.clamp(0, self.width - 1), y.clamp(0, self.height - 1));
        let i = (y * self.width + x) as usize * 3;
        self.rgb.get(i..i + 3).map_or([0; 3], |p| [i32::from(p[0]), i32::from(p[1]), i32::from(p[2])])
    }
}

/// Bilinear blend of four corners, rounded.
#[inline]
fn blend(top_left: i32, top_right: i32, bottom_left: i32, bottom_right: i32, wx: i32, wy: i32) -> i32 {
    let top = top_left * (WEIGHT_ONE - wx) + top_right * wx;
    let bottom = bottom_left * (WEIGHT_ONE - wx) + bottom_right * wx;
    let sum = top * (WEIGHT_ONE - wy) + bottom * wy;
    (sum + WEIGHT_ONE * WEIGHT_ONE / 2) >> (2 * WEIGHT_BITS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::geom::Point;

    /// 8 x 4 picture whose red is 10 x, green 20 y.
    fn ramp() -> (Vec<u8>, Size) {
        let rgb = (0..4_u8).flat_map(|y| (0..8_u8).flat_map(move |x| [10 * x, 20 * y, 7])).collect();
        (rgb, Size::new(8, 4))
    }

    #[test]
    fn a_whole_picture_is_letterboxed_with_black_which_is_the_low_end_of_the_range() {
        let (rgb, size) = ramp();
        let mut out = Vec::new();
        crop_into(&rgb, size, &Roi::letterbox(8, 4), Border::Zero, (-1.0, 1.0), 8, &mut out);
        let at = |x: usize, y: usize| &out[(y * 8 + x) * 3..][..3];
        assert_eq!(at(0, 0), [-1.0, -1.0, -1.0], "bar above the picture");
        assert!((at(3, 3)[0] - (30.0 / 127.5 - 1.0)).abs() < 1e-6, "{:?}", at(3, 3));
        assert!((at(3, 3)[1] - (20.0 / 127.5 - 1.0)).abs() < 1e-6, "{:?}", at(3, 3));
    }

    #[test]
    fn a_turned_crop_turns_the_picture_and_repeats_its_edge() {
        let (rgb, size) = ramp();
        let roi = Roi { centre: Point::new(4.0, 2.0), side_px: 4.0, rotation_rad: std::f64::consts::FRAC_PI_2 };
        let mut out = Vec::new();
        crop_into(&rgb, size, &roi, Border::Replicate, (0.0, 255.0), 4, &mut out);
        let at = |x: usize, y: usize| [out[(y * 4 + x) * 3], out[(y * 4 + x) * 3 + 1]];
        // The crop's right is the picture's down, the crop's down is the picture's left.
        assert_eq!(at(0, 0), [60.0, 0.0]);
        assert_eq!(at(1, 0), [60.0, 20.0]);
        assert_eq!(at(0, 1), [50.0, 0.0]);
        let far = Roi { centre: Point::new(100.0, 2.0), ..roi };
        crop_into(&rgb, size, &far, Border::Replicate, (0.0, 255.0), 4, &mut out);
        assert_eq!(out[0], 70.0);
    }
}
