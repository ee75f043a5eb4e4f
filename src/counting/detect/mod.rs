//! Detectors: from the values of the rep signal's channels to excursions from a baseline. They find and measure; what counts
//! is [`ledger`](super::ledger)'s to say.

pub mod excursion;
pub mod baseline;
mod underway;
pub mod rise;
pub mod cycle;
pub mod passes;
