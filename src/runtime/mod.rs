//! The running program without its window: inputs, the analysis loop, the live threads, snapshots out, commands in.

pub mod input;
pub mod view;
