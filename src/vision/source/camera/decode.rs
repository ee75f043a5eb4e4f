//! From a camera's buffer to packed RGB. Pure.
//!
//! In: one buffer and what was negotiated. Out: size and RGB bytes, or the reason why the picture is unusable. What
//! arrives decides, not what was negotiated: drivers have been seen to send JPEG under another name.

use super::jpeg;
use super::ranking::{CameraFormat, Encoding};
use crate::vision::frame::Size;

/// A decoded picture.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Picture {
    pub(super) size: Size,
    /// Packed RGB, `size.rgb_len()` bytes.
    pub(super) rgb: Vec<u8>,
}

/// Why a buffer is not a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Damage {
    /// Neither a JPEG nor as long as a raw picture.
    Unrecognised,
    /// A JPEG that is cut short.
    Truncated,
    /// A JPEG with broken contents.
    Broken,
    /// Fewer bytes than a raw picture needs.
    Short,
}

/// After so many buffers without one JPEG, a camera that promised JPEG and sends raw lengths is taken to send raw.
const RAW_INSTEAD_OF_JPEG: u32 = 30;

/// Decodes the pictures of one opened camera.
#[derive(Debug)]
pub(super) struct Decoder {
    negotiated: CameraFormat,
    has_seen_jpeg: bool,
    without_jpeg: u32,
}

impl Decoder {
    pub(super) fn new(negotiated: CameraFormat) -> Self {
        Self { negotiated, has_seen_jpeg: false, without_jpeg: 0 }
    }

    /// The picture in a buffer.
    pub(super) fn decode(&mut self, bytes: &[u8]) -> Result<Picture, Damage> {
        let size = self.negotiated.size;
        if jpeg::has_magic(bytes) {
            let decoded = decode_jpeg(bytes);
            if decoded.is_ok() || self.negotiated.encoding == Encoding::Mjpeg {
                self.has_seen_jpeg |= decoded.is_ok();
                return decoded;
            }
            // Raw pixels can happen to start with the two bytes of a JPEG.
        }
        match self.negotiated.encoding {
            Encoding::Yuyv => yuyv_to_rgb(bytes, size),
            Encoding::Nv12 => nv12_to_rgb(bytes, size),
            Encoding::Mjpeg => {
                self.without_jpeg = self.without_jpeg.saturating_add(1);
                let is_raw_camera = self.without_jpeg >= RAW_INSTEAD_OF_JPEG && !self.has_seen_jpeg;
                if is_raw_camera { yuyv_to_rgb(bytes, size) } else { Err(Damage::Unrecognised) }
            }
        }
    }
}

fn decode_jpeg(bytes: &[u8]) -> Result<Picture, Damage> {
    let jpeg = jpeg::whole(bytes).ok_or(Damage::Truncated)?;
    let decoded = image::load_from_memory_with_format(&jpeg, image::ImageFormat::Jpeg).or(Err(Damage::Broken))?;
    let rgb = decoded.into_rgb8();
    Ok(Picture { size: Size::new(rgb.width(), rgb.height()), rgb: rgb.into_raw() })
}

/// ITU-R BT.601-7 section 2.5, 8 bits, limited range: Y from 16 to 235, U and V from 16 to 240 around 128; this is what
/// V4L2 means by `V4L2_YCBCR_ENC_601` with the default quantisation for webcams. Coefficients are in 1/256:
/// 255/219, and 255/224 times 1.402, 0.344136, 0.714136 and 1.772.
struct Chroma {
    red: i32,
    green: i32,
    blue: i32,
}

impl Chroma {
    fn new(u: u8, v: u8) -> Self {
        let (u, v) = (i32::from(u) - 128, i32::from(v) - 128);
        Self { red: 409 * v, green: -100 * u - 208 * v, blue: 516 * u }
    }

    fn rgb(&self, y: u8) -> [u8; 3] {
        let luma = 298 * (i32::from(y) - 16) + 128;
        [self.red, self.green, self.blue].map(|chroma| ((luma + chroma) >> 8).clamp(0, 255) as u8)
    }
}

fn yuyv_to_rgb(bytes: &[u8], size: Size) -> Result<Picture, Damage> {
    let (width, height) = (size.width as usize, size.height as usize);
    let raw = bytes.get(..width * height * 2).ok_or(Damage::Short)?;
    let mut rgb = Vec::with_capacity(size.rgb_len());
    for pair in raw.chunks_exact(4) {
        let chroma = Chroma::new(pair[1], pair[3]);
        rgb.extend_from_slice(&chroma.rgb(pair[0]));
        rgb.extend_from_slice(&chroma.rgb(pair[2]));
    }
    // An odd number of pixels would leave one over; no camera has it.
    if rgb.len() == size.rgb_len() { Ok(Picture { size, rgb }) } else { Err(Damage::Unrecognised) }
}

fn nv12_to_rgb(bytes: &[u8], size: Size) -> Result<Picture, Damage> {
    let (width, height) = (size.width as usize, size.height as usize);
    let chroma_width = width.next_multiple_of(2);
    let luma = bytes.get(..width * height).ok_or(Damage::Short)?;
    let chroma = bytes.get(width * height..).unwrap_or_default();
    if chroma.len() < chroma_width * height.div_ceil(2) || width == 0 {
        return Err(Damage::Short);
    }
    let mut rgb = Vec::with_capacity(size.rgb_len());
    for (row, line) in luma.chunks_exact(width).enumerate() {
        let chroma_line = &chroma[row / 2 * chroma_width..][..chroma_width];
        for (pixels, uv) in line.chunks(2).zip(chroma_line.chunks_exact(2)) {
            let chroma = Chroma::new(uv[0], uv[1]);
            for y in pixels {
                rgb.extend_from_slice(&chroma.rgb(*y));
            }
        }
    }
    Ok(Picture { size, rgb })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 8-bit Y U V of the colour bars at 100 % (ITU-R BT.601-7, table of section 2.5 worked out) and their RGB.
    const BARS: [([u8; 3], [u8; 3]); 8] = [
        ([235, 128, 128], [255, 255, 255]),
        ([210, 16, 146], [255, 255, 0]),
        ([170, 166, 16], [0, 255, 255]),
        ([145, 54, 34], [0, 255, 0]),
        ([106, 202, 222], [255, 0, 255]),
        ([81, 90, 240], [255, 0, 0]),
        ([41, 240, 110], [0, 0, 255]),
        ([16, 128, 128], [0, 0, 0]),
    ];

    fn decoder(encoding: Encoding, width: u32, height: u32) -> Decoder {
        Decoder::new(CameraFormat { encoding, size: Size::new(width, height), fps: 30 })
    }

    fn differs(got: &[u8], wanted: [u8; 3]) -> bool {
        got.iter().zip(wanted).any(|(a, b)| a.abs_diff(b) > 2)
    }

    #[test]
    fn colour_bars_come_out_right_from_both_raw_encodings() {
        let mut failures = Vec::new();
        for ([y, u, v], rgb) in BARS {
            let yuyv = [y, u, y, v].repeat(4);
            let nv12 = [vec![y; 8], [u, v].repeat(2)].concat();
            for (encoding, bytes) in [(Encoding::Yuyv, &yuyv), (Encoding::Nv12, &nv12)] {
                let picture = decoder(encoding, 4, 2).decode(bytes).unwrap();
                assert_eq!(picture.rgb.len(), 24);
                if picture.rgb.chunks_exact(3).any(|pixel| differs(pixel, rgb)) {
                    failures.push(format!("{encoding}: wanted {rgb:?}, got {:?}", &picture.rgb[..3]));
                }
            }
        }
        assert!(failures.is_empty(), "{}", failures.join("\n"));
    }

    #[test]
    fn pixels_keep_their_places() {
        // Left to right: white, black; then a red pair.
        let yuyv = [235, 128, 16, 128, 81, 90, 81, 240];
        let picture = decoder(Encoding::Yuyv, 4, 1).decode(&yuyv).unwrap();
        let wanted = [[255, 255, 255], [0, 0, 0], [255, 0, 0], [255, 0, 0]];
        for (pixel, wanted) in picture.rgb.chunks_exact(3).zip(wanted) {
            assert!(!differs(pixel, wanted), "{:?}", picture.rgb);
        }
        // Odd sizes: three by three, the last column and row have chroma of their own.
        let nv12 = [vec![81; 9], [128, 128, 90, 240, 128, 128, 90, 240].to_vec()].concat();
        let picture = decoder(Encoding::Nv12, 3, 3).decode(&nv12).unwrap();
        assert!(!differs(&picture.rgb[6..9], [255, 0, 0]), "{:?}", picture.rgb);
        assert!(!differs(&picture.rgb[..3], [76, 76, 76]), "{:?}", picture.rgb);
        assert_eq!(picture.rgb.len(), 27);
    }

    #[test]
    fn short_and_strange_buffers_are_damage_not_pictures() {
        let cases = [
            (Encoding::Yuyv, vec![128; 4 * 2 * 2 - 1], Damage::Short),
            (Encoding::Nv12, vec![128; 11], Damage::Short),
            (Encoding::Mjpeg, vec![0; 16], Damage::Unrecognised),
            (Encoding::Mjpeg, Vec::new(), Damage::Unrecognised),
            (Encoding::Mjpeg, vec![0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 2], Damage::Truncated),
            (Encoding::Mjpeg, vec![0xFF, 0xD8, 0xFF, 0xD9], Damage::Broken),
        ];
        for (encoding, bytes, wanted) in cases {
            assert_eq!(decoder(encoding, 4, 2).decode(&bytes), Err(wanted), "{encoding} {bytes:?}");
        }
    }

    #[test]
    fn what_arrives_decides() {
        let mut jpeg = Vec::new();
        let picture = image::RgbImage::from_pixel(16, 8, image::Rgb([200, 30, 30]));
        image::codecs::jpeg::JpegEncoder::new_with_quality(&mut jpeg, 95).encode_image(&picture).unwrap();
        let decoded = decoder(Encoding::Yuyv, 4, 2).decode(&jpeg).unwrap();
        assert_eq!(decoded.size, Size::new(16, 8));
        assert!(!differs(&decoded.rgb[..3], [200, 30, 30]), "{:?}", &decoded.rgb[..3]);

        // Raw pixels that look like the start of a JPEG are raw pixels.
        let mut raw = vec![128; 16];
        raw[..4].copy_from_slice(&[0xFF, 0xD8, 0xFF, 0xE0]);
        assert_eq!(decoder(Encoding::Yuyv, 4, 2).decode(&raw).unwrap().size, Size::new(4, 2));

        // A camera that promised JPEG and sends raw pictures is believed after a second or so.
        let mut camera = decoder(Encoding::Mjpeg, 4, 2);
        let outcomes: Vec<bool> = (0..40).map(|_| camera.decode(&[128; 16]).is_ok()).collect();
        assert_eq!(outcomes.iter().position(|ok| *ok), Some(29));
    }
}
