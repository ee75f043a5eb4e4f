//! What several tests need: a synthetic person before a synthetic camera, the program on a store of its own, the fake camera,
//! a sound server that is recorded, the number of cases of a property.

pub mod bodies;
pub mod coach_sim;
pub mod doll;
#[cfg(target_os = "linux")]
pub mod fake_camera;
pub mod kept;
pub mod sets;
pub mod proptests;
pub mod skeleton;
#[cfg(all(target_os = "linux", feature = "sound"))]
pub mod sound_server;
pub mod track;
#[cfg(feature = "gui")]
pub mod window;
