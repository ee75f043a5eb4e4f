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
use nokhwa::{Buffer, Camera};

use super::clock;
use super::ranking::{CameraFormat, Encoding, best_first};
use super::trouble::Trouble;
use crate::vision::frame::Size;

/// How many formats to ask for before giving up.
const FORMATS_TO_TRY: usize = 4;

const ENCODINGS: [(FrameFormat, Encoding); 3] =
    [(FrameFormat::YUYV, Encoding::Yuyv), (FrameFormat::MJPEG, Encoding::Mjpeg), (FrameFormat::NV12, Encoding::Nv12)];

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
    let any = RequestedFormat::with_formats(RequestedFormatType::None, &readable);
    Camera::new(CameraIndex::Index(index), any).map_err(|error| Trouble::from_nokhwa(&error))
}

fn offers(camera: &mut Camera) -> Result<Vec<CameraFormat>, Trouble> {
    let listed = camera.compatible_camera_formats().map_err(|error| Trouble::from_nokhwa(&error))?;
    let ours = best_first(listed.iter().filter_map(from_nokhwa).collect());
    if ours.is_empty() { Err(Trouble::NoFormat) } else { Ok(ours) }
}

/// Agrees on the best format that the camera really grants; drivers may answer a request with another size.
fn negotiate(camera: &mut Camera) -> Result<CameraFormat, Trouble> {
    let mut last = Trouble::NoFormat;
    for format in offers(camera)?.into_iter().take(FORMATS_TO_TRY) {
        let theirs = to_nokhwa(&format);
        let exact = RequestedFormatType::Exact(theirs);
        match camera.set_camera_requset(RequestedFormat::with_formats(exact, &[theirs.format()])) {
            Ok(_) => {}
            Err(error) => {
                last = Trouble::from_nokhwa(&error);
                if matches!(last, Trouble::Busy | Trouble::Gone) {
                    return Err(last);
                }
                continue;
            }
        }
        // nokhwa cannot read back fractional rates (30000/1001); the request has been granted all the same. The rate is
        // never compared: it is measured later.
        let Ok(granted) = camera.refresh_camera_format() else { return Ok(format) };
        match from_nokhwa(&granted) {
            Some(granted) if (granted.encoding, granted.size) == (format.encoding, format.size) => return Ok(granted),
            _ => tracing::debug!(asked = %format, got = %granted, "the camera granted another format"),
        }
    }
    Err(last)
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
