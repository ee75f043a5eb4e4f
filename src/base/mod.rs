//! What every room uses and that knows of none: time, angles, small statistics, filters, the list of landmarks, plurals, text
//! from outside, the person's language.

pub mod time;
pub mod geom;
pub mod digest;
pub mod stats;
pub mod filter;
pub mod skeleton;
pub mod plural;
pub mod plain;
pub mod language;
pub mod system;
