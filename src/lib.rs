//! formcheck counts exercise repetitions, times holds and gives form cues from an ordinary webcam, offline.
//!
//! The program is the crate's binary. The library is what it is made of, as far as another program may want it: count on a
//! trace, follow events live, bring a source or a pose runner of one's own, plot a signal (`examples/`).
//!
//! ```
//! use formcheck::{EventKind, ExerciseDef, PoseEstimate, PoseSmoother, SetPlan, SetRunner};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! // What to count: an exercise of the catalogue, with holds of two seconds.
//! let plan = SetPlan::of(ExerciseDef::load("cobra")?).holding_s(Some(2.0));
//! let (mut smoother, mut set) = (PoseSmoother::default(), SetRunner::new(plan));
//! // In: what a pose model sees in each frame. Here a film in which nobody is seen.
//! # let film: Vec<PoseEstimate> = Vec::new();
//! for estimate in &film {
//!     for event in set.step(&smoother.step(estimate)) {
//!         if let EventKind::RepCounted(rep) = event.kind {
//!             println!("{} at {:.1} s", rep.index, event.at.secs());
//!         }
//!     }
//! }
//! let summary = set.finish().1.summary;
//! assert_eq!(summary.reps.total, 0);
//! # Ok(())
//! # }
//! ```
//!
//! ```text
//! base ◄─ disk ◄─ vision ◄─ motion ◄─ exercise ◄─ counting ◄─ coach ◄─ history ◄─ sound ◄─ app
//!
//! disk/     files that are read and written            bounded, whole or not at all, for their user only
//! vision/   Frame ─► pose model ─► PoseEstimate        camera, video, pictures, traces; detector, landmarks, outline
//! motion/   PoseEstimate ─► TrackedPose ─► Reading      trust, smoothing, posture, view; the signals exercise files name
//! exercise/ TOML ─► ExerciseDef, RoutineDef, SetPlan    what to count and how, or every mistake of a file
//! counting/ Reading ─► Excursion ─► Verdict ─► Event    gate, detectors, own range, holds, faults, cues: pure, one step a frame
//! coach/    Event, command ─► Effect                   the routine as a pure machine: what is said, shown, begun, ended
//! history/  FinishedSet ─► store, exports, reports      what is kept and shown afterwards
//! sound/    Sentence ─► clips, espeak-ng, tones         one voice, one stream
//! app/      threads, window, command line
//! ```
//!
//! A room uses only those before it, and within a room a file only those before it in the room's list; `tests/it/structure.rs`
//! holds that. `docs/ARCHITECTURE.md` leads through them.
#![cfg_attr(
    not(all(feature = "gui", feature = "camera", feature = "onnx")),
    allow(dead_code, unused_imports, reason = "a smaller build has parts that nobody in it uses")
)]

#[cfg(not(feature = "internals"))]
mod base;
#[cfg(not(feature = "internals"))]
mod disk;
#[cfg(not(feature = "internals"))]
mod vision;
#[cfg(not(feature = "internals"))]
mod motion;
#[cfg(not(feature = "internals"))]
mod exercise;
#[cfg(not(feature = "internals"))]
mod counting;
#[cfg(not(feature = "internals"))]
mod coach;
#[cfg(not(feature = "internals"))]
mod history;
#[cfg(not(feature = "internals"))]
mod sound;
#[cfg(not(feature = "internals"))]
mod app;

// The same rooms with their doors open, for the project's own tests and benches: no part of the library, nothing is stable.
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod base;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod disk;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod vision;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod motion;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod exercise;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod counting;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod coach;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod history;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod sound;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod app;

pub use app::cli::main as run_command_line;
pub use app::runtime::feed::{Feed, Seen};
pub use base::skeleton::{Landmark, Side};
pub use base::time::Timestamp;
pub use counting::engine::{Event, EventKind};
pub use counting::phase::Phase;
pub use counting::record::{Rep, RepSide, Summary};
pub use counting::runner::{FinishedSet, SetRunner};
pub use exercise::ExerciseDef;
pub use exercise::catalogue::ExerciseError;
pub use exercise::plan::SetPlan;
pub use history::plot::PlotData;
pub use motion::track::{PoseSmoother, TrackedPose};
pub use vision::estimator::{EstimateError, PoseEstimator};
pub use vision::frame::{Frame, Size};
pub use vision::infer::manifest::ModelChoice;
pub use vision::input::Input;
pub use vision::pose::follower::PersonFollower;
pub use vision::pose::{LandmarkEstimate, Pose, PoseError, PoseEstimate, Runner};
pub use vision::source::trace::{TraceHeader, TraceReader, TraceWriter};
pub use vision::source::{FrameSource, Next, SourceError, SourceInfo};
