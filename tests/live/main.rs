//! The real program, live: a camera that plays films, a screen without glass, a sound server without a loudspeaker. Nothing in
//! it is replaced; what it does is seen by what it says, shows and keeps.
#![cfg(all(target_os = "linux", feature = "camera", feature = "gui", feature = "onnx", feature = "sound"))]
#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a test reports, and fails by panic")]

#[path = "../it/common/fake_camera.rs"]
mod fake_camera;
mod film;
mod heard;
mod routine;
mod screen;
#[path = "../it/common/sound_server.rs"]
mod sound_server;
mod stage;
mod surroundings;
mod trouble;
