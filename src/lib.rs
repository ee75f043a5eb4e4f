//! formcheck counts exercise repetitions, times holds and gives form cues from an ordinary webcam, offline.
//!
//! ```text
//! base ◄─ vision ◄─ motion ◄─ exercise ◄─ counting ◄─ history ◄─ app
//!
//! vision/   Frame ─► pose model ─► PoseEstimate        camera, video, pictures, traces; detector, landmarks, outline
//! motion/   PoseEstimate ─► TrackedPose ─► Reading      trust, smoothing, posture, view; the signals exercise files name
//! exercise/ TOML ─► ExerciseDef, RoutineDef             what to count and how, or every mistake of a file
//! counting/ Reading ─► Excursion ─► Verdict ─► Event    gate, detectors, own range, holds, faults, cues: pure, one step a frame
//! history/  SetResult ─► store, exports, reports        what is kept and shown afterwards
//! app/      threads, window, command line
//! ```
//!
//! A room uses only those before it, and within a room a file only those before it in the room's list; `tests/it/layers.rs`
//! holds that.

pub mod base;
pub mod vision;
pub mod motion;
pub mod exercise;
pub mod counting;
pub mod history;
pub mod app;
