//! One opened camera, through nokhwa. Everything here can block for as long as the driver likes: call it from the capture
//! thread only.
//!
//! In: a camera's number. Out: buffers with the moment of their capture. What nokhwa 0.10.11 does on Linux, and what is
//! made of it here: waiting for a frame has no time limit (the session has a watchdog); after any failed read the stream
//! is unusable (the camera is closed); a buffer comes at its full length, without the driver's count of bytes and its
//! error flag (JPEGs are checked for their end; a damaged raw picture cannot be told); the stream starts with the first
//! read, so "busy" can come up there too; opening the same number twice in one process shares one handle.

use std::time::Instant;

use nokhwa::utils::{
    CameraFormat as NokhwaFormat, CameraIndex, FrameFormat, RequestedFormat, RequestedFormatType, Resolution,
};
use nokhwa::{Buffer, Camera, NokhwaError};

use super::clock;
use super::ranking::{CameraFormat, Encoding, best_first};
use super::trouble::Trouble;
use crate::vision::frame::Size;

/// How many formats to ask for before giving up.
const FORMATS_TO_TRY: usize = 4;

/// Rates that cameras run at, the usual ones first; asked for where a camera lets nobody change its own.
const RATES: [u32; 9] = [30, 25, 15, 60, 20, 24, 10, 50, 5];

const ENCODINGS: [(FrameFormat, Encoding); 3] =
    [(FrameFormat::YUYV, Encoding::Yuyv), (FrameFormat::MJPEG, Encoding::Mjpeg), (FrameFormat::NV12, Encoding::Nv12)];

/// A claim of fewer frames per second is a range that was misread.
const LEAST_RATE: u32 = 3;

/// A camera that streams. Closes when dropped, which can block and, in the v4l crate, panic.
pub(super) struct Device {
    camera: Camera,
    format: CameraFormat,
}

impl Device {
    /// Opens camera `index` with the best format it grants.
    pub(super) fn open(index: u32) -> Result<Self, Trouble> {
        let mut camera = probe(index)?;
        let format = negotiate(&mut camera)?;
        camera.open_stream().map_err(|error| Trouble::from_nokhwa(&error))?;
        tracing::info!(camera = index, %format, "camera opened");
        Ok(Self { camera, format })
    }

    /// What was agreed on with the camera.
    pub(super) fn format(&self) -> CameraFormat {
        self.format
    }

    /// The next buffer and when it was captured. Any error ends the stream.
    pub(super) fn next_buffer(&mut self) -> Result<(Buffer, Instant), Trouble> {
        let buffer = self.camera.frame().map_err(|error| Trouble::from_nokhwa(&error))?;
        let captured = clock::captured_at(buffer.capture_timestamp());
        Ok((buffer, captured))
    }
}

/// The formats that camera `index` offers, best first.
pub(super) fn formats(index: u32) -> Result<Vec<CameraFormat>, Trouble> {
    offers(&mut probe(index)?)
}

/// Opens a camera without asking for a certain format.
fn probe(index: u32) -> Result<Camera, Trouble> {
    let readable = ENCODINGS.map(|(theirs, _)| theirs);
    let open = |wanted| Camera::new(CameraIndex::Index(index), RequestedFormat::with_formats(wanted, &readable));
    let refused = match open(RequestedFormatType::None) {
        Err(error) if is_about_the_rate(&error) => error,
        opened => return opened.map_err(|error| Trouble::from_nokhwa(&error)),
    };
    // nokhwa sets no rate where the camera runs at the wanted one already.
    let mut at_its_own_rate = RATES.into_iter().map(RequestedFormatType::HighestFrameRate).map(open);
    at_its_own_rate.find_map(Result::ok).ok_or_else(|| Trouble::from_nokhwa(&refused))
}

/// Whether a camera has taken a format, only not at this rate.
fn is_about_the_rate(error: &NokhwaError) -> bool {
    matches!(error, NokhwaError::SetPropertyError { property, .. } if property == "Frame rate")
}

fn offers(camera: &mut Camera) -> Result<Vec<CameraFormat>, Trouble> {
    let listed = camera.compatible_camera_formats().map_err(|error| Trouble::from_nokhwa(&error))?;
    let ours = best_first(listed.iter().filter_map(from_nokhwa).collect());
    if ours.is_empty() { Err(Trouble::NoFormat) } else { Ok(ours) }
}

/// Agrees on the best format that the camera really grants; drivers may answer a request with another size.
fn negotiate(camera: &mut Camera) -> Result<CameraFormat, Trouble> {
    let mut last = Trouble::NoFormat;
    for format in worth_asking(&offers(camera)?).into_iter().take(FORMATS_TO_TRY) {
        let theirs = to_nokhwa(&format);
        let exact = RequestedFormatType::Exact(theirs);
        let refused = camera.set_camera_requset(RequestedFormat::with_formats(exact, &[theirs.format()])).err();
        if let Some(error) = &refused {
            last = Trouble::from_nokhwa(error);
            if matches!(last, Trouble::Busy | Trouble::Gone) {
                return Err(last);
            }
        }
        // What it has now counts, also after a refusal: that may have been about the rate, which is never compared, as it
        // is measured later. nokhwa cannot read back fractional rates (30000/1001); what was granted is so all the same.
        let granted = match camera.refresh_camera_format() {
            Ok(granted) => granted,
            Err(_) if refused.is_none() => return Ok(format),
            Err(_) => continue,
        };
        match from_nokhwa(&granted) {
            Some(granted) if (granted.encoding, granted.size) == (format.encoding, format.size) => return Ok(granted),
            _ => tracing::debug!(asked = %format, got = %granted, "the camera granted another format"),
        }
    }
    Err(last)
}

/// What to ask for, best first. A camera with a range of sizes is listed with the ends of it alone, and some rates are listed
/// as 1: what is wanted may be had without being listed.
fn worth_asking(offers: &[CameraFormat]) -> Vec<CameraFormat> {
    let wanted = |offer: &CameraFormat| {
        let pixels = u64::from(offer.size.width) * u64::from(offer.size.height);
        (640 * 360..=1280 * 720).contains(&pixels)
    };
    let fps = |offer: &CameraFormat| if offer.fps < LEAST_RATE { RATES[0] } else { offer.fps };
    let unlisted = offers.first().filter(|_| !offers.iter().any(wanted));
    let unlisted = unlisted.map(|best| CameraFormat { size: Size::new(640, 480), fps: fps(best), ..*best });
    unlisted.into_iter().chain(offers.iter().map(|offer| CameraFormat { fps: fps(offer), ..*offer })).collect()
}

fn from_nokhwa(format: &NokhwaFormat) -> Option<CameraFormat> {
    let (_, encoding) = ENCODINGS.into_iter().find(|(theirs, _)| *theirs == format.format())?;
    // nokhwa lists only the denominator of 30000/1001.
    let fps = if format.frame_rate() >= 1000 { (format.frame_rate() + 500) / 1000 } else { format.frame_rate() };
    Some(CameraFormat { encoding, size: Size::new(format.width(), format.height()), fps })
}

fn to_nokhwa(format: &CameraFormat) -> NokhwaFormat {
    let theirs = match format.encoding {
        Encoding::Yuyv => FrameFormat::YUYV,
        Encoding::Mjpeg => FrameFormat::MJPEG,
        Encoding::Nv12 => FrameFormat::NV12,
    };
    NokhwaFormat::new(Resolution::new(format.size.width, format.size.height), theirs, format.fps)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_of_sizes_is_asked_for_the_one_that_is_wanted() {
        let offer = |width, height, fps| CameraFormat { encoding: Encoding::Yuyv, size: Size::new(width, height), fps };
        let range = vec![offer(1920, 1080, 1), offer(160, 120, 1)];
        assert_eq!(worth_asking(&range), [offer(640, 480, 30), offer(1920, 1080, 30), offer(160, 120, 30)]);
        let listed = vec![offer(640, 480, 30), offer(160, 120, 15)];
        assert_eq!(worth_asking(&listed), listed);
        assert_eq!(worth_asking(&[]), []);
    }

    #[test]
    fn formats_translate_both_ways_and_fractional_rates_are_mended() {
        for (_, encoding) in ENCODINGS {
            let format = CameraFormat { encoding, size: Size::new(640, 480), fps: 30 };
            assert_eq!(from_nokhwa(&to_nokhwa(&format)), Some(format));
        }
        let odd = NokhwaFormat::new(Resolution::new(640, 480), FrameFormat::MJPEG, 30_000);
        assert_eq!(from_nokhwa(&odd).map(|format| format.fps), Some(30));
        assert_eq!(from_nokhwa(&NokhwaFormat::new(Resolution::new(640, 480), FrameFormat::GRAY, 30)), None);
    }
}
