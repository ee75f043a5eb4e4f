//! Words of the commands about the installation and the machine: `doctor` and `bench`.

use super::shown;
use crate::base::language::{decimal, number, tr, translated};
use std::fmt::Display;
use std::path::Path;

// `doctor --view`: what can be counted from here.

/// While the camera looks.
pub fn stand_there(seconds: f64) -> String {
    tr!("cli-stand-there", seconds = number(seconds))
}

/// Raised hands leave the picture.
pub fn no_room_above() -> String {
    tr!("cli-no-room-above")
}

/// It could not be told where the camera stands.
pub fn no_place(trouble: &str) -> String {
    tr!("cli-no-place", trouble = trouble)
}

/// The camera or the machine is too slow.
pub fn too_few_frames(fps: f64) -> String {
    tr!("cli-too-few-frames", fps = decimal(fps, 0))
}

/// One exercise, and what is in its way.
pub fn from_here(title: &str, hitch: Option<&str>) -> String {
    let mark = if hitch.is_none() { tr!("cli-mark-ok") } else { tr!("cli-mark-not-yet") };
    format!("{mark:7} {:28} {}", translated(title), hitch.unwrap_or_default()).trim_end().to_owned()
}

/// All in all.
pub fn countable(counted: usize, of: usize) -> String {
    tr!("cli-countable", counted = counted, of = of)
}

// `doctor`: what is looked at.

/// The folder of models as a whole.
pub fn models() -> String {
    tr!("cli-models")
}

/// The library that runs them.
pub fn runtime() -> String {
    tr!("cli-runtime")
}

/// The exercise files.
pub fn exercises() -> String {
    tr!("cli-exercise-files")
}

/// The routine files.
pub fn routines() -> String {
    tr!("cli-routine-files")
}

/// The loudspeaker, or why there is none; nobody has to have one.
pub fn sound(found: Result<String, String>) -> String {
    match found {
        Ok(name) => tr!("cli-sound", name = name),
        Err(why) => tr!("cli-no-sound", why = why),
    }
}

/// The recorded voice.
pub fn voice(clips: Result<usize, String>) -> String {
    match clips {
        Ok(clips) => tr!("cli-voice", count = clips),
        Err(why) => tr!("cli-no-voice", why = why),
    }
}

/// What speaks names and own exercises.
pub fn speaking(has_espeak: bool) -> String {
    if has_espeak { tr!("cli-espeak") } else { tr!("cli-no-espeak") }
}

/// One of the models.
pub fn model(id: &str) -> String {
    tr!("cli-model", id = id)
}

// `doctor`: what was found.

/// The build has no pose model.
#[cfg(not(feature = "onnx"))]
pub fn no_model() -> String {
    tr!("cli-no-model")
}

/// A line about one thing.
fn line(mark: &str, what: &str, text: impl Display) -> String {
    format!("{mark:7} {what:16} {text}")
}

/// What is there, or is missing.
pub fn checked(is_ok: bool, what: &str, text: &str) -> String {
    let mark = if is_ok { tr!("cli-mark-ok") } else { tr!("cli-mark-missing") };
    line(&mark, what, text)
}

/// A model that is there.
pub fn model_found(file: &str, licence: &str, source: &str) -> String {
    tr!("cli-model-found", file = file, licence = licence, source = source)
}

/// A model that is not there and need not be; the command that makes it.
pub fn model_to_make(id: &str, command: &str) -> String {
    line(&tr!("cli-mark-none"), &model(id), tr!("cli-model-to-make", command = command))
}

/// The runtime that is there, and how it was found.
#[cfg(feature = "onnx")]
pub fn runtime_found(place: &Path, origin: &str) -> String {
    format!("{} ({origin})", place.display())
}

/// The runtime is not there; which version should be.
#[cfg(feature = "onnx")]
pub fn runtime_missing(trouble: impl Display, pinned: &str) -> String {
    tr!("cli-runtime-missing", trouble = trouble.to_string(), pinned = pinned)
}

/// A tool of ffmpeg is not there.
pub fn tool_missing(tool: &str, trouble: impl Display) -> String {
    tr!("cli-tool-missing", tool = tool, trouble = trouble.to_string())
}

/// So many exercise or routine files.
pub fn files_found(number: usize, folder: &Path) -> String {
    tr!("cli-files-found", count = number, folder = shown(folder))
}

/// No exercise file.
pub fn no_exercises(folder: &Path) -> String {
    tr!("cli-no-exercise-files", folder = shown(folder))
}

/// No routine file.
pub fn no_routines(folder: &Path) -> String {
    tr!("cli-no-routine-files", folder = shown(folder))
}

// `doctor`: cameras.

/// No camera is connected.
#[cfg(feature = "camera")]
pub fn no_camera_found() -> String {
    tr!("cli-no-camera-found")
}

/// The build has no camera.
#[cfg(not(feature = "camera"))]
pub fn no_camera_built() -> String {
    tr!("cli-no-camera-built")
}

/// The camera has no format that can be read.
#[cfg(feature = "camera")]
pub fn no_format() -> String {
    tr!("cli-no-format")
}

/// There is no camera, which is no fault of the installation.
pub fn no_camera(why: impl Display) -> String {
    line(&tr!("cli-mark-none"), &tr!("cli-camera"), why)
}

/// A camera that is there.
#[cfg(feature = "camera")]
pub fn camera(index: impl Display, name: &str, format: &str) -> String {
    let what = format!("{} {index:9}", tr!("cli-camera"));
    line(&tr!("cli-mark-ok"), &what, format!("{name}, {format}"))
}

/// The format that a camera is read in.
#[cfg(feature = "camera")]
pub fn uses_format(format: impl Display) -> String {
    tr!("cli-uses-format", format = format.to_string())
}

// `bench`

/// What a frame costs, in the order in which it passes.
#[cfg(feature = "onnx")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Until the decoder hands a picture over.
    Wait,
    /// Finding the person.
    Detect,
    /// Cutting the picture out.
    Crop,
    /// The landmark model.
    Infer,
    /// Reading its tensors.
    Decode,
    /// Following the exercise.
    Engine,
}

#[cfg(feature = "onnx")]
impl Part {
    /// Its name.
    fn name(self) -> String {
        match self {
            Self::Wait => tr!("cli-bench-wait"),
            Self::Detect => tr!("cli-bench-detect"),
            Self::Crop => tr!("cli-bench-crop"),
            Self::Infer => tr!("cli-bench-infer"),
            Self::Decode => tr!("cli-bench-decode"),
            Self::Engine => tr!("cli-bench-engine"),
        }
    }
}

/// The input is no film.
#[cfg(feature = "onnx")]
pub fn no_bench_of_trace(input: &Path) -> String {
    tr!("cli-no-bench-of-trace", path = shown(input))
}

/// What a part costs.
#[cfg(feature = "onnx")]
pub fn cost(part: Part, median_ms: f64, p90_ms: f64, times: usize) -> String {
    let (p90_ms, times) = (decimal(p90_ms, 3), tr!("cli-bench-times", count = times));
    format!("{}   p90 {p90_ms:>8} ms   {times}", median(&part.name(), median_ms))
}

/// What the program's own part costs.
#[cfg(feature = "onnx")]
pub fn own_cost(median_ms: f64) -> String {
    median(&tr!("cli-bench-own"), median_ms)
}

/// The median of what something costs.
#[cfg(feature = "onnx")]
fn median(what: &str, median_ms: f64) -> String {
    format!("{what:28} {} {:>8} ms", tr!("cli-bench-median"), decimal(median_ms, 3))
}

/// The whole film.
#[cfg(feature = "onnx")]
pub fn frames_in(frames: u32, total_s: f64) -> String {
    let fps = decimal(f64::from(frames) / total_s, 0);
    tr!("cli-frames-in", frames = frames, s = decimal(total_s, 2), fps = fps)
}
