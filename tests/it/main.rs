//! The tests of the whole program, in one binary so that the library is linked once: `cargo test --test it NAME` runs those
//! whose path holds NAME. One file a subject; what several need is in `common`.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test reports and fails by panic"
)]

mod common;

mod accuracy;
mod begun_in_the_movement;
mod calibrate;
mod camera;
mod cli;
mod coach;
mod coach_props;
mod coach_turns;
mod contract;
mod degraded;
mod detectors;
mod docs;
mod durability;
mod engine_props;
mod evidence;
mod examples;
mod exercise_files;
mod faults;

mod german;
mod golden;
mod hearing;
mod hostile;
mod ids;
mod judging;
mod languages;
mod leaks;
mod learn;
mod live_keeping;

mod one_sided_and_seated;
mod overlay;
mod parity;
mod phone_films;
mod place;
mod plot;
mod prescription;
mod privacy;
mod raised_hand;
mod reader_props;
mod report;
mod reported_faults;
mod routines;
mod signal_kinds;
mod signals;
mod sources;
mod store;
mod structure;
mod voice;
mod watch_camera;
mod window;
mod window_pages;
mod words;
