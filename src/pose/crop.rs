//! Cuts a rotated square out of a picture into a model's input tensor.
//!
//! Follows `image_to_tensor_converter_opencv.cc`: bilinear, pixel index equals coordinate (no half-pixel shift).

use super::roi::Roi;
use crate::frame::Size;

/// What lies outside the picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Border {
    /// Black (the detector: `border_mode: BORDER_ZERO`).
    Zero,
    /// The nearest edge pixel (the landmark model: border mode left unset, `image_to_tensor_calculator.proto`).
    Replicate,
}

/// Fills `out` (`side` x `side` x 3, row-major, RGB) from packed 8-bit `rgb` of `size`, mapping 0..255 to `range`.
pub fn crop_into(rgb: &[u8], size: Size, roi: &Roi, border: Border, range: (f32, f32), side: usize, out: &mut Vec<f32>) {
    out.resize(side * side * 3, 0.0);
    let (width, height) = (i64::from(size.width), i64::from(size.height));
    if width == 0 || height == 0 || rgb.len() < size.rgb_len() {
        out.fill(range.0);
        return;
    }
    let scale = (range.1 - range.0) / 255.0;
    let step = roi.side_px / side as f64;
    let (sin, cos) = roi.rotation_rad.sin_cos();
    let origin = roi.image_from_unit(0.0, 0.0);
    let (dx, dy) = (cos * step, sin * step);
    let sampler = Sampler { rgb, width, height, border };
    for (row, line) in out.chunks_exact_mut(side * 3).enumerate() {
        let row = row as f64;
        let (x0, y0) = (origin.x - sin * step * row, origin.y + cos * step * row);
        for (column, pixel) in line.chunks_exact_mut(3).enumerate() {
            let column = column as f64;
            let value = sampler.at((x0 + dx * column) as f32, (y0 + dy * column) as f32);
            for (channel, v) in pixel.iter_mut().zip(value) {
                *channel = range.0 + v * scale;
            }
        }
    }
}

struct Sampler<'a> {
    rgb: &'a [u8],
    width: i64,
    height: i64,
    border: Border,
}

impl Sampler<'_> {
    /// The bilinear value at image coordinates (x, y), each channel 0..255.
    #[inline]
    fn at(&self, x: f32, y: f32) -> [f32; 3] {
        let (fx, fy) = (x.floor(), y.floor());
        let (wx, wy) = (x - fx, y - fy);
        let (x, y) = (fx as i64, fy as i64);
        let (w, h) = (self.width, self.height);
        if x >= 0 && y >= 0 && x + 1 < w && y + 1 < h {
            let i = (y * w + x) as usize * 3;
            let j = i + w as usize * 3;
            if let (Some(top), Some(bottom)) = (self.rgb.get(i..i + 6), self.rgb.get(j..j + 6)) {
                return std::array::from_fn(|c| {
                    let t = f32::from(top[c]) + (f32::from(top[c + 3]) - f32::from(top[c])) * wx;
                    let b = f32::from(bottom[c]) + (f32::from(bottom[c + 3]) - f32::from(bottom[c])) * wx;
                    t + (b - t) * wy
                });
            }
        }
        let (p, q, r, s) = (self.pixel(x, y), self.pixel(x + 1, y), self.pixel(x, y + 1), self.pixel(x + 1, y + 1));
        std::array::from_fn(|c| {
            let t = p[c] + (q[c] - p[c]) * wx;
            let b = r[c] + (s[c] - r[c]) * wx;
            t + (b - t) * wy
        })
    }

    /// One pixel, the border rule applied.
    fn pixel(&self, x: i64, y: i64) -> [f32; 3] {
        let inside = x >= 0 && y >= 0 && x < self.width && y < self.height;
        if !inside && self.border == Border::Zero {
            return [0.0; 3];
        }
        let (x, y) = (x.clamp(0, self.width - 1), y.clamp(0, self.height - 1));
        let i = (y * self.width + x) as usize * 3;
        self.rgb.get(i..i + 3).map_or([0.0; 3], |p| [f32::from(p[0]), f32::from(p[1]), f32::from(p[2])])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geom::Point;

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
