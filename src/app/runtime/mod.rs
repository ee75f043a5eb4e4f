//! The running program without its window: inputs, the model on first need, the live thread, snapshots out, commands in.

pub mod pace;
pub mod feed;
pub mod looks_like;
pub mod view;
pub mod archive;
pub mod recording;
pub mod live;
pub mod film_job;
