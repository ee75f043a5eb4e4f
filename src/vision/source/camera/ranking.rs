//! Which of the formats a camera offers to ask for. Pure.
//!
//! In: the offers of a camera. Out: the same offers, best first. The pose model looks at a crop of about 256 pixels at
//! about 30 frames per second, so more than 1280x720 costs time and gives nothing.

use std::fmt;

use crate::vision::frame::Size;

/// How a camera packs its pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// Raw 4:2:2: two pixels in the four bytes Y U Y V.
    Yuyv,
    /// One JPEG a picture.
    Mjpeg,
    /// Raw 4:2:0: a plane of Y, then a plane of U V pairs for two by two pixels.
    Nv12,
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Yuyv => "YUYV",
            Self::Mjpeg => "MJPEG",
            Self::Nv12 => "NV12",
        })
    }
}

/// One format that a camera offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CameraFormat {
    /// How pictures are packed.
    pub encoding: Encoding,
    /// Size in pixels.
    pub size: Size,
    /// Frames per second as the camera claims; cheap cameras deliver half of it in dim light.
    pub fps: u32,
}

impl fmt::Display for CameraFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}x{} at {} fps", self.encoding, self.size.width, self.size.height, self.fps)
    }
}

/// The least rate, in frames per second, that counts as fluent.
const FLUENT_FPS: f64 = 25.0;
const WANTED_FPS: f64 = 30.0;

/// Cost of a format; lower is better. The unit is one step of "clearly worse": half the pixels of what is needed costs 2,
/// 5 frames per second too few cost 1, twice the pixels of what is useful costs 1; the rest only breaks ties.
fn cost(format: &CameraFormat) -> f64 {
    let (width, height) = (f64::from(format.size.width.max(1)), f64::from(format.size.height.max(1)));
    let fps = f64::from(format.fps);
    let least = (640.0 * 480.0) / (width * height);
    let most = (width * height) / (1280.0 * 720.0);
    let too_small = 2.0 * least.log2().max(0.0);
    let too_large = most.log2().max(0.0);
    let larger_than_needed = 0.2 * (1.0 / least).log2().max(0.0);
    let too_slow = (FLUENT_FPS - fps).max(0.0) / 5.0;
    let off_rate = 0.2 * (fps - WANTED_FPS).abs() / WANTED_FPS;
    let encoding = match format.encoding {
        Encoding::Yuyv => 0.0,
        Encoding::Nv12 => 0.1,
        // Decoding a JPEG costs a few milliseconds and some detail.
        Encoding::Mjpeg => 0.3,
    };
    // Raw pictures above VGA come at full rate only over a free USB 3 link; JPEG is the safe choice there.
    let raw_above_vga = if format.encoding != Encoding::Mjpeg && least < 1.0 { 0.4 } else { 0.0 };
    too_small + too_large + larger_than_needed + too_slow + off_rate + encoding + raw_above_vga
}

/// The offers, best first, each once.
pub fn best_first(mut offers: Vec<CameraFormat>) -> Vec<CameraFormat> {
    // The second key makes the order independent of the order in which a driver lists its formats.
    let key = |f: &CameraFormat| (f.size.width, f.size.height, f.fps, f.encoding as u8);
    offers.sort_by(|a, b| cost(a).total_cmp(&cost(b)).then_with(|| key(a).cmp(&key(b))));
    offers.dedup();
    offers
}

#[cfg(test)]
mod tests {
    use super::*;

    fn format(text: &str) -> CameraFormat {
        let mut words = text.split(' ');
        let encoding = match words.next().unwrap() {
            "YUYV" => Encoding::Yuyv,
            "NV12" => Encoding::Nv12,
            _ => Encoding::Mjpeg,
        };
        let (width, height) = words.next().unwrap().split_once('x').unwrap();
        let size = Size::new(width.parse().unwrap(), height.parse().unwrap());
        CameraFormat { encoding, size, fps: words.next().unwrap().parse().unwrap() }
    }

    #[test]
    fn the_best_offer_of_typical_cameras() {
        let cases: &[(&str, &[&str])] = &[
            ("YUYV 640x480 30", &["MJPEG 1920x1080 30", "MJPEG 640x480 30", "YUYV 640x480 30", "YUYV 1280x720 10"]),
            ("YUYV 640x480 25", &["MJPEG 640x480 30", "YUYV 640x480 25"]),
            ("MJPEG 640x480 30", &["YUYV 640x480 15", "MJPEG 640x480 30", "MJPEG 1280x720 30"]),
            ("MJPEG 1280x720 30", &["YUYV 1280x720 10", "YUYV 320x240 30", "MJPEG 1280x720 30", "MJPEG 1920x1080 30"]),
            ("MJPEG 1280x720 30", &["YUYV 1280x720 30", "MJPEG 1280x720 30"]),
            ("NV12 640x480 30", &["NV12 640x480 30", "MJPEG 640x480 30", "MJPEG 320x240 60"]),
            ("YUYV 640x480 30", &["YUYV 640x480 60", "YUYV 640x480 30", "YUYV 640x480 5"]),
            ("YUYV 640x360 30", &["YUYV 640x360 30", "YUYV 1280x720 5", "YUYV 160x120 30"]),
            ("MJPEG 1920x1080 30", &["MJPEG 1920x1080 30", "MJPEG 3840x2160 30", "YUYV 1920x1080 5"]),
            ("YUYV 320x240 30", &["YUYV 320x240 30"]),
        ];
        let mut failures = Vec::new();
        for (wanted, offers) in cases {
            for turned in [false, true] {
                let mut list: Vec<_> = offers.iter().map(|text| format(text)).collect();
                if turned {
                    list.reverse();
                }
                let got = best_first(list)[0];
                if got != format(wanted) {
                    failures.push(format!("of {offers:?} wanted {wanted}, got {got}"));
                }
            }
        }
        assert!(failures.is_empty(), "{}", failures.join("\n"));
    }

    #[test]
    fn offers_stand_once_and_read_well() {
        let list = best_first(vec![format("YUYV 640x480 30"); 3]);
        assert_eq!(list.len(), 1);
        assert_eq!(list[0].to_string(), "YUYV 640x480 at 30 fps");
        assert!(best_first(Vec::new()).is_empty());
    }
}
