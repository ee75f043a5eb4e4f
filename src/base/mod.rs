//! What every room uses and that knows of none: time, angles, small statistics, filters, the list of landmarks, plurals,
//! files of the installation, the person's language.

pub mod time;
pub mod geom;
pub mod digest;
pub mod stats;
pub mod filter;
pub mod skeleton;
pub mod plural;
pub mod assets;
pub mod language;
