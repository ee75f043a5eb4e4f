//! From signals to repetitions, holds, faults and cues.
//!
//! In: tracked poses and a set's plan. Out: events while the set runs, and its result. Pure: no file, no clock, no thread, so
//! that the same recording gives the same result on any machine, live or not.

pub mod record;
pub mod phase;
pub mod range;
pub mod detect;
pub mod reason;
pub mod alike;
pub mod compare;
pub mod judge;
pub mod ledger;
pub mod gate;
pub mod place;
pub mod measures;
pub mod faults;
pub mod calibrate;
pub mod words;
pub mod retold;
pub mod cues;
pub mod engine;
pub mod following;
pub mod key_pose;
pub mod runner;
pub mod recognise;
pub mod learn;
