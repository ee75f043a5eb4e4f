//! What is kept of sets, and how it is shown afterwards.
//!
//! In: results of sets. Out: the store, exports, reports, trends, plots, films with an overlay. Uses all rooms before it.

pub mod session;
pub mod senseless;
pub mod set;
pub mod words;
pub mod trend;
pub mod propose;
pub mod plot;
pub mod store;
pub mod export;
pub mod overlay;
