//! Detectors: from the readings of the rep signal's channels to excursions, cycles and passes. They find and measure; what
//! counts is [`judge`](crate::counting::judge)'s to say.

pub mod still;
pub mod zigzag;
pub mod baseline;
pub mod excursion;
mod underway;
mod returning;
pub mod rise;
pub mod cycle;
pub mod passes;
pub mod detector;
