//! The report: one self-contained HTML page about a session, or about a time of practice, for the person or somebody who
//! accompanies them.
//!
//! In: sessions, trends and the exercises (for their words). Out: the text of the page. No script, no picture, no link to
//! anywhere: charts and stills are SVG in the page, and it prints on A4.

mod charts;
mod figure;
mod overview;
mod page;
mod words;
mod content;
pub mod gather;

pub use content::Report;
