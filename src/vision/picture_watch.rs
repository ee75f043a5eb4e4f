//! Watches whether pictures are pictures: a covered lens and a camera that repeats its last picture for ever look like somebody
//! who does not move, and are not.

use super::frame::Frame;
use crate::base::time::Timestamp;
use std::sync::Arc;

/// Pictures alike to the last bit for so long come from a camera that hangs, seconds: a sensor's noise changes each one. Where
/// something is counted by them, it must be known at once.
pub const STILL_S: f64 = 1.6;
/// Where nothing is lost by it one may wait for so long before it is said, seconds: some cameras begin with a picture that
/// stands still.
pub const STILL_AT_EASE_S: f64 = 6.0;
/// A picture is black for so long before it is said, seconds: cameras begin with black ones.
const BLACK_S: f64 = 1.5;
/// Each how many pixels one is looked at.
const EVERY: usize = 61;
/// No sampled pixel of a black picture has more light than this, of 255; the noise of a covered sensor stays below.
const BLACK_PEAK: u32 = 40;
/// And all together have no more than this.
const BLACK_MEAN: u32 = 16;

/// What is wrong with the pictures that come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PictureFault {
    /// They are black.
    Black,
    /// They are the same one again and again.
    Still,
}

/// Watches the pictures of a camera.
#[derive(Debug, Default)]
pub struct PictureWatch {
    /// The last picture that was another one, and its time.
    last: Option<(Arc<Frame>, Timestamp)>,
    /// Black since.
    black_since: Option<Timestamp>,
}

impl PictureWatch {
    /// Takes the next picture: what is wrong with it and those before, which may stand still for `patience_s` seconds.
    pub fn step(&mut self, frame: &Arc<Frame>, patience_s: f64) -> Option<PictureFault> {
        let at = frame.at;
        let black_since = is_black(frame).then(|| *self.black_since.get_or_insert(at));
        self.black_since = black_since;
        let same_since = self.last.as_ref().filter(|(last, _)| last.rgb == frame.rgb).map(|(_, since)| *since);
        if same_since.is_none() {
            self.last = Some((Arc::clone(frame), at));
        }
        if black_since.is_some_and(|since| at.since(since) >= BLACK_S) {
            return Some(PictureFault::Black);
        }
        same_since.filter(|since| at.since(*since) >= patience_s).map(|_| PictureFault::Still)
    }
}

fn is_black(frame: &Frame) -> bool {
    let (mut sum, mut count) = (0, 0);
    for pixel in frame.rgb.chunks_exact(3).step_by(EVERY) {
        let light = pixel.iter().copied().map(u32::from).sum::<u32>() / 3;
        if light > BLACK_PEAK {
            return false;
        }
        sum += light;
        count += 1;
    }
    count > 0 && sum / count <= BLACK_MEAN
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vision::frame::Size;

    fn frame(at_s: f64, pixel: impl Fn(usize) -> u8) -> Arc<Frame> {
        let size = Size::new(64, 48);
        Arc::new(Frame { seq: 0, at: Timestamp::from_secs(at_s), size, rgb: (0..size.rgb_len()).map(pixel).collect() })
    }

    /// What is seen of pictures ten a second, `seconds` long.
    fn seen(seconds: f64, picture: impl Fn(u32, usize) -> u8) -> Vec<Option<PictureFault>> {
        let mut watch = PictureWatch::default();
        let frames = (seconds * 10.0) as u32;
        (0..frames).map(|n| watch.step(&frame(f64::from(n) / 10.0, |i| picture(n, i)), STILL_S)).collect()
    }

    #[test]
    fn a_camera_that_hangs_is_told_within_two_seconds_and_forgiven_with_the_first_other_picture() {
        let found = seen(3.0, |n, i| if n < 5 { n as u8 } else { 120 } + (i % 50) as u8);
        assert_eq!(found.iter().position(Option::is_some), Some(21), "1.6 s after the sixth picture, 0.5 s");
        let mut watch = PictureWatch::default();
        for n in 0..30 {
            assert_eq!(
                watch.step(&frame(f64::from(n) / 10.0, |_| 120), STILL_AT_EASE_S),
                None,
                "nothing is lost by waiting"
            );
        }
        assert_eq!(watch.step(&frame(3.0, |_| 120), STILL_S), Some(PictureFault::Still));
        assert_eq!(watch.step(&frame(3.1, |i| if i == 7 { 121 } else { 120 }), STILL_S), None);
    }

    #[test]
    fn a_covered_lens_is_black_with_its_noise_and_a_dark_room_with_a_lamp_is_not() {
        let noise = |n: u32, i: usize| ((i as u32 * 7919 + n * 104_729) % 23) as u8;
        let covered = seen(3.0, noise);
        assert_eq!(covered.iter().position(Option::is_some), Some(15));
        assert!(covered[15..].iter().all(|fault| *fault == Some(PictureFault::Black)));
        let lamp = seen(3.0, |n, i| if i < 2000 { 90 } else { noise(n, i) });
        assert!(lamp.iter().all(Option::is_none), "{lamp:?}");
        let dark_room = seen(3.0, |n, i| 20 + noise(n, i));
        assert!(dark_room.iter().all(Option::is_none), "{dark_room:?}");
    }
}
