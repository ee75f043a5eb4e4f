//! Video files through the `ffmpeg` and `ffprobe` commands.
//!
//! In: a path. Out: [`Frame`]s with the file's own presentation timestamps, relative to the first frame. Frame rates are
//! never turned into time: phone videos, gifs and screen recordings have variable ones.
//!
//! What a frame looks like: rotation from the file is applied, HDR is made a standard picture, pixels are square, and the longer side is at most
//! [`MAX_SIDE_PX`] (the pose model looks at 256 px, so more would only cost memory and time).
//!
//! ```text
//! ffprobe -> hints, early errors
//! ffmpeg  -> stderr -> thread "video-log"    -> bounded(1024) stamps (time and size of each picture)
//!         -> stdout -> thread "video-frames" <-  paired by order
//!                                            -> bounded(2) frames -> VideoSource::next_frame
//! ```

mod door;
mod filter;
mod log;
mod probe;
mod reader;
mod film;
pub mod tools;

pub(crate) use door::{CleanFilm, ffmpeg_to_file, file_url};
pub use film::VideoSource;
pub(crate) use film::{Seen, reads_well, seen};
pub use tools::{MIN_SIDE_PX, Tools};
