//! The program: threads, the window, the command line.
//!
//! In: what the user asks for. Out: what the user sees and keeps. Uses all rooms.

pub mod signals;
pub mod days;
pub mod settings;
pub mod runtime;
#[cfg(feature = "gui")]
pub mod ui;
pub mod cli;
