//! formcheck counts exercise repetitions, times holds and gives form cues from an ordinary webcam, offline.
//!
//! ```text
//! source/ ── Frame ──► pose/ ── PoseEstimate ──► track/ ── TrackedPose ──► signal/ ── Reading ──► rules/ ── verdict
//! camera,             detector,                  trust,                    named numbers          gate, movements,
//! video, images       landmarks, outline         smoothing, posture        of exercise files      own range, faults
//!                        ▲                       └──────────────── engine: one pure step a frame ────────────────┘
//! infer/ (ONNX Runtime) ─┘                                                  │ Event, SetRecord
//!                                                    runtime/ (threads) ────┼──► ui/ (window)   cli/ (text, JSON)
//! ```
//!
//! A module uses only those above it in the list below; `tests/layers.rs` holds that.

pub mod time;
pub mod geom;
pub mod digest;
pub mod filter;
pub mod frame;
pub mod skeleton;
pub mod assets;
pub mod pose;
pub mod track;
pub mod signal;
pub mod exercise;
pub mod routine;
pub mod session;
pub mod rules;
pub mod engine;
pub mod plot;
pub mod calibrate;
pub mod recognise;
pub mod learn;
pub mod store;
pub mod export;
pub mod source;
pub mod overlay;
pub mod infer;
pub mod runtime;
#[cfg(feature = "gui")]
pub mod ui;
pub mod cli;
