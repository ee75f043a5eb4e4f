//! An exercise file proposed from a recording of good repetitions.
//!
//! In: the pose estimates of a recording and how many repetitions it shows. Out: a [`Proposal`], the text of an exercise
//! file that counts exactly so many on that recording. Pure: the caller reads and writes files.

mod candidates;
mod choose;
mod draft;
mod measures;
mod segment;
mod series;
mod write;
mod numbers;
mod propose;
pub mod request;

pub use propose::{Proposal, id_of, propose};
pub use request::Request;
