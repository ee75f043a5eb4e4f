//! Files: those of the installation, those that are read, those that are written.
//!
//! In: paths from anybody. Out: text and bytes of a size that makes sense, files that are whole or not there, and folders that
//! are gone when they are not needed any more. Uses base.

pub mod assets;
pub mod unfinished;
pub mod output_file;
pub mod bounded;
