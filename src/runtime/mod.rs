//! The live program without its window: capture and analysis on their own threads, snapshots out, commands in.

pub mod view;
