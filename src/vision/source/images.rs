//! A folder of pictures as a video: sorted the way a person would, one picture every 1/fps seconds.
//!
//! In: a folder and a frame rate. Out: [`Frame`]s of one size, decoded one at a time. Orientation tags of phone pictures
//! are applied, transparency is dropped. Pictures keep their full size.

use std::cmp::Ordering;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader};

use super::video::MIN_SIDE_PX;
use super::{FrameSource, Next, SourceError, SourceInfo};
use crate::base::plain::one_line;
use crate::base::time::Timestamp;
use crate::disk::bounded;
use crate::vision::frame::{Frame, Size};

/// Most pixels of a picture: 150 MB of memory, and more than any camera makes of a movement.
const MOST_PX: u64 = 50_000_000;
/// Largest file of a picture, bytes.
const LARGEST_FILE: u64 = 256 << 20;

/// File name endings that count as pictures, in lower case.
const ENDINGS: [&str; 5] = ["png", "jpg", "jpeg", "bmp", "webp"];

const CHECK_PATH: &str = "check the path";
const REPLACE: &str = "replace or remove the file";

/// A folder of pictures as a source of frames.
#[derive(Debug)]
pub struct ImageFolder {
    dir: PathBuf,
    files: Vec<PathBuf>,
    fps: f64,
    size: Size,
    next: usize,
}

impl ImageFolder {
    /// Opens a folder of png, jpg, jpeg, bmp and webp files, `fps` of them a second (0.1 to 240). Hidden files and folders
    /// inside are left out. The head of every file is read, so that a wrong one is named before the work begins.
    ///
    /// # Errors
    /// [`SourceError::Unreadable`] when `fps` is out of range, the folder cannot be read or has no pictures, a picture
    /// cannot be read, differs in size from the first, or is smaller than 32 pixels on either side.
    pub fn open(dir: &Path, fps: f64) -> Result<Self, SourceError> {
        // A NaN is in no range.
        if !(0.1..=240.0).contains(&fps) {
            let cause = format!("{fps} frames per second is out of range");
            return Err(folder_error(dir, cause, "give a frame rate from 0.1 to 240"));
        }
        let files = list(dir)?;
        let Some(first) = files.first() else {
            let cause = "it has no png, jpg, jpeg, bmp or webp files".into();
            return Err(folder_error(dir, cause, "give a folder of images"));
        };
        let size = oriented_size(first)?;
        if size.width.min(size.height) < MIN_SIDE_PX {
            let cause = format!("its {}x{} pixels are too small to see a person", size.width, size.height);
            return Err(image_error(first, cause, "use images of at least 32 pixels on either side"));
        }
        for file in &files {
            check_size(file, oriented_size(file)?, size)?;
        }
        Ok(Self { dir: dir.to_path_buf(), files, fps, size, next: 0 })
    }
}

impl FrameSource for ImageFolder {
    fn info(&self) -> SourceInfo {
        SourceInfo {
            kind: "images",
            name: one_line(&self.dir.file_name().unwrap_or(self.dir.as_os_str()).to_string_lossy()),
            size: Some(self.size),
            frame_count_hint: Some(self.files.len() as u64),
            fps_hint: Some(self.fps),
            recorded_at: None,
        }
    }

    fn next_frame(&mut self) -> Result<Next, SourceError> {
        let Some(file) = self.files.get(self.next) else { return Ok(Next::End) };
        let decoded = decode(file).and_then(|image| {
            let size = Size::new(image.width(), image.height());
            check_size(file, size, self.size)?;
            Ok(image.into_rgb8().into_raw())
        });
        let seq = self.next as u64;
        // A damaged picture ends the source: a gap in the middle would be taken for a movement.
        self.next = if decoded.is_ok() { self.next + 1 } else { self.files.len() };
        Ok(Next::Frame(Frame { seq, at: Timestamp::from_secs(seq as f64 / self.fps), size: self.size, rgb: decoded? }))
    }
}

/// The picture files of a folder in natural order.
fn list(dir: &Path) -> Result<Vec<PathBuf>, SourceError> {
    let broken = |error: io::Error| folder_error(dir, io_cause(&error), CHECK_PATH);
    let mut files = Vec::new();
    for entry in fs::read_dir(dir).map_err(broken)? {
        let path = entry.map_err(broken)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        if !name.starts_with('.') && ENDINGS.contains(&ending.as_str()) && path.is_file() {
            files.push(path);
        }
    }
    files.sort_by(|a, b| {
        let (a, b) = (a.file_name().unwrap_or_default(), b.file_name().unwrap_or_default());
        natural(&a.to_string_lossy(), &b.to_string_lossy()).then_with(|| a.cmp(b))
    });
    Ok(files)
}

/// Natural order: runs of digits compare as numbers of any length, so img2 comes before img10. Case does not matter.
fn natural(a: &str, b: &str) -> Ordering {
    let (mut a, mut b) = (a, b);
    loop {
        let (Some(first_a), Some(first_b)) = (a.chars().next(), b.chars().next()) else {
            return a.len().cmp(&b.len());
        };
        let order = if first_a.is_ascii_digit() && first_b.is_ascii_digit() {
            let (number_a, rest_a) = split_number(a);
            let (number_b, rest_b) = split_number(b);
            (a, b) = (rest_a, rest_b);
            number_a.len().cmp(&number_b.len()).then_with(|| number_a.cmp(number_b))
        } else {
            (a, b) = (&a[first_a.len_utf8()..], &b[first_b.len_utf8()..]);
            first_a.to_lowercase().cmp(first_b.to_lowercase())
        };
        if order.is_ne() {
            return order;
        }
    }
}

/// The digits at the start of `text` without leading zeros, and the rest.
fn split_number(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    (text[..end].trim_start_matches('0'), &text[end..])
}

/// Size and orientation from the head of a picture file, and the decoder for the rest.
fn open_image(file: &Path) -> Result<(impl ImageDecoder, Orientation), SourceError> {
    let broken = |error: io::Error| image_error(file, io_cause(&error), REPLACE);
    let opened = std::io::BufReader::new(bounded::open(file, LARGEST_FILE).map_err(broken)?);
    let mut reader = ImageReader::new(opened);
    // By its name, unless its first bytes say otherwise.
    if let Ok(format) = ImageFormat::from_path(file) {
        reader.set_format(format);
    }
    let reader = reader.with_guessed_format().map_err(broken)?;
    let mut decoder = reader.into_decoder().map_err(|error| image_error(file, image_cause(&error), REPLACE))?;
    // A tag that cannot be read is no tag.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    Ok((decoder, orientation))
}

fn oriented_size(file: &Path) -> Result<Size, SourceError> {
    use Orientation::{Rotate90, Rotate90FlipH, Rotate270, Rotate270FlipH};
    let (decoder, orientation) = open_image(file)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PX {
        let cause = format!("its {width}x{height} pixels are more than a picture of a person needs");
        return Err(image_error(file, cause, "use images of at most 50 megapixels"));
    }
    let is_turned = matches!(orientation, Rotate90 | Rotate270 | Rotate90FlipH | Rotate270FlipH);
    Ok(if is_turned { Size::new(height, width) } else { Size::new(width, height) })
}

fn decode(file: &Path) -> Result<DynamicImage, SourceError> {
    // The size again: the file may be another by now.
    oriented_size(file)?;
    let (decoder, orientation) = open_image(file)?;
    let mut image =
        DynamicImage::from_decoder(decoder).map_err(|error| image_error(file, image_cause(&error), REPLACE))?;
    image.apply_orientation(orientation);
    Ok(image)
}

fn check_size(file: &Path, size: Size, want: Size) -> Result<(), SourceError> {
    if size == want {
        return Ok(());
    }
    let (is, others) = (format!("{}x{}", size.width, size.height), format!("{}x{}", want.width, want.height));
    let cause = format!("its size is {is} but the first image has {others}");
    Err(image_error(file, cause, "make all images the same size"))
}

fn folder_error(dir: &Path, cause: String, remedy: &'static str) -> SourceError {
    SourceError::Unreadable { what: "the image folder", cause, remedy, path: one_line(&dir.to_string_lossy()) }
}

fn image_error(file: &Path, cause: String, remedy: &'static str) -> SourceError {
    SourceError::Unreadable { what: "the image", cause, remedy, path: one_line(&file.to_string_lossy()) }
}

fn io_cause(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder".into(),
        io::ErrorKind::NotADirectory => "it is not a folder".into(),
        io::ErrorKind::PermissionDenied => "permission denied".into(),
        io::ErrorKind::UnexpectedEof => "the file ends early".into(),
        _ => one_line(error.to_string().trim_end_matches('.')),
    }
}

fn image_cause(error: &ImageError) -> String {
    match error {
        ImageError::IoError(error) => io_cause(error),
        other => one_line(other.to_string().lines().next().unwrap_or_default().trim_end_matches('.')),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_sort_the_way_a_person_would() {
        let want = [
            "1.png",
            "2.png",
            "010.png",
            "a.png",
            "IMG1.png",
            "img2.png",
            "img2b.png",
            "Img10.png",
            "img10_1",
            "img10_02",
        ];
        let mut got = want;
        got.reverse();
        got.sort_by(|a, b| natural(a, b));
        assert_eq!(got, want);
        let huge = "9".repeat(60);
        assert_eq!(natural(&huge, &format!("1{huge}")), Ordering::Less);
        assert_eq!((natural("a01", "a1"), natural("", "a")), (Ordering::Equal, Ordering::Less));
    }
}
