//! One JPEG in a camera's buffer: where it ends, whether it is whole, and the tables that cameras leave out. Pure.
//!
//! In: a whole buffer, since nokhwa does not say how much of it was written; behind the JPEG lie bytes of older pictures.
//! Out: the JPEG alone, ready for an ordinary decoder, or nothing when it is damaged.

use std::borrow::Cow;

const START_OF_IMAGE: u8 = 0xD8;
const END_OF_IMAGE: u8 = 0xD9;
const START_OF_SCAN: u8 = 0xDA;
const HUFFMAN_TABLES: u8 = 0xC4;

/// Tells the decoder that this is Motion-JPEG, whose standard Huffman tables (ITU-T T.81, annex K.3) may be left out.
const MOTION_JPEG_MARK: [u8; 18] = [0xFF, 0xE0, 0x00, 0x10, b'A', b'V', b'I', b'1', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

/// Whether the bytes start like a JPEG.
pub(super) fn has_magic(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xFF, START_OF_IMAGE])
}

/// The JPEG at the start of a buffer, from its first marker to its end marker, with a mark for missing tables where it
/// has none. `None` when a segment runs out of the buffer or the end marker is missing: the picture was cut short.
///
/// A decoder would fill what is missing with grey and call it a success, so the check is made here.
pub(super) fn whole(bytes: &[u8]) -> Option<Cow<'_, [u8]>> {
    if !has_magic(bytes) {
        return None;
    }
    let mut at = 2;
    let mut has_tables = false;
    loop {
        let (marker, next) = marker_at(bytes, at)?;
        match marker {
            END_OF_IMAGE => {
                let jpeg = &bytes[..next];
                return Some(if has_tables { Cow::Borrowed(jpeg) } else { Cow::Owned(with_mark(jpeg)) });
            }
            // A second picture starts inside the first: the first was cut short.
            START_OF_IMAGE => return None,
            _ => {}
        }
        has_tables |= marker == HUFFMAN_TABLES;
        let length = usize::from(u16::from_be_bytes([*bytes.get(next)?, *bytes.get(next + 1)?]));
        at = next + length.max(2);
        if marker == START_OF_SCAN {
            at = scan_end(bytes, at)?;
        }
    }
}

/// The marker at `at` and where it ends. Fill bytes before a marker are allowed (ITU-T T.81, B.1.1.2).
fn marker_at(bytes: &[u8], at: usize) -> Option<(u8, usize)> {
    if *bytes.get(at)? != 0xFF {
        return None;
    }
    let fill = bytes[at..].iter().take_while(|byte| **byte == 0xFF).count();
    let marker = *bytes.get(at + fill)?;
    (marker != 0).then_some((marker, at + fill + 1))
}

/// Where the coded data that starts at `at` ends: at the next marker that is neither a stuffed zero nor a restart.
fn scan_end(bytes: &[u8], at: usize) -> Option<usize> {
    let inside = |next: u8| next == 0 || (0xD0..=0xD7).contains(&next);
    let found = bytes.get(at..)?.windows(2).position(|pair| pair[0] == 0xFF && pair[1] != 0xFF && !inside(pair[1]))?;
    Some(at + found)
}

fn with_mark(jpeg: &[u8]) -> Vec<u8> {
    let mut marked = Vec::with_capacity(jpeg.len() + MOTION_JPEG_MARK.len());
    marked.extend_from_slice(&jpeg[..2]);
    marked.extend_from_slice(&MOTION_JPEG_MARK);
    marked.extend_from_slice(&jpeg[2..]);
    marked
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Vec<u8> {
        let mut jpeg = Vec::new();
        let picture = image::RgbImage::from_fn(32, 16, |x, y| image::Rgb([(x * 8) as u8, (y * 16) as u8, 90]));
        image::codecs::jpeg::JpegEncoder::new_with_quality(&mut jpeg, 90).encode_image(&picture).unwrap();
        jpeg
    }

    /// The JPEG without its Huffman tables, as many webcams send it.
    fn without_tables(jpeg: &[u8]) -> Vec<u8> {
        let mut out = jpeg[..2].to_vec();
        let mut at = 2;
        while jpeg[at + 1] != START_OF_SCAN {
            let end = at + 2 + usize::from(u16::from_be_bytes([jpeg[at + 2], jpeg[at + 3]]));
            if jpeg[at + 1] != HUFFMAN_TABLES {
                out.extend_from_slice(&jpeg[at..end]);
            }
            at = end;
        }
        out.extend_from_slice(&jpeg[at..]);
        out
    }

    #[test]
    fn a_whole_picture_is_found_whatever_lies_behind_it() {
        let jpeg = sample();
        let mut buffer = jpeg.clone();
        buffer.extend_from_slice(&[0xFF, 0xD8, 1, 2, 3, 0xFF, 0xD9, 0, 0]);
        assert_eq!(whole(&buffer).unwrap().as_ref(), &jpeg[..]);
    }

    #[test]
    fn a_cut_picture_is_refused_at_every_length() {
        let jpeg = sample();
        let accepted: Vec<usize> = (0..jpeg.len())
            .filter(|cut| {
                let mut buffer = jpeg[..*cut].to_vec();
                buffer.resize(jpeg.len() + 64, 0);
                whole(&buffer).is_some() || whole(&jpeg[..*cut]).is_some()
            })
            .collect();
        assert_eq!(accepted, Vec::<usize>::new());
        let mut run_into_next = jpeg[..jpeg.len() / 2].to_vec();
        run_into_next.extend_from_slice(&jpeg);
        assert!(whole(&run_into_next[..]).is_none(), "the next picture's start is not part of this one");
    }

    #[test]
    fn missing_huffman_tables_are_the_standard_ones() {
        let jpeg = sample();
        let bare = without_tables(&jpeg);
        assert!(bare.len() < jpeg.len());
        let decode = |bytes: &[u8]| {
            image::load_from_memory_with_format(bytes, image::ImageFormat::Jpeg).map(image::DynamicImage::into_rgb8)
        };
        let (with, without) = (decode(&jpeg).unwrap(), decode(&whole(&bare).unwrap()).unwrap());
        assert!(with == without, "the tables of annex K.3 were not put back");
    }
}
