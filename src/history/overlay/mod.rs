//! The film with what was seen in it: skeleton, count, hold ring and cue, burned in.
//!
//! In: for each analysed frame what is to be shown (`Shown`). It is written as subtitles that draw (`subtitles`), which
//! ffmpeg then burns into the film itself (`burn`): its times are kept, pictures pass through this program only to be looked
//! at. The sound is left out.

mod burn;
mod subtitles;
mod film;
mod shown;

pub use film::Overlay;
