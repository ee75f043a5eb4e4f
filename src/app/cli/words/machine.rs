//! Words of the commands about the installation and the machine: `doctor` and `bench`.

use std::fmt::Display;
use std::path::Path;

// `doctor --view`: what can be counted from here.

/// While the camera looks.
pub fn stand_there(seconds: f64) -> String {
    format!("Stand where you will exercise, face the camera, and stay for {seconds} seconds ...")
}
/// Raised hands leave the picture.
pub const NO_ROOM_ABOVE: &str =
    "There is little room over your head: raised hands leave the picture. Tilt the camera up a little.";

/// It could not be told where the camera stands.
pub fn no_place(trouble: &str) -> String {
    format!("could not tell where the camera stands: {trouble}")
}

/// The camera or the machine is too slow.
pub fn too_few_frames(fps: f64) -> String {
    format!("Only {fps:.0} pictures a second were followed; 8 are needed. More light, or --model lite, may help.")
}

/// One exercise, and what is in its way.
pub fn from_here(title: &str, hitch: Option<&str>) -> String {
    let mark = if hitch.is_none() { "ok     " } else { "not yet" };
    format!("{mark} {title:28} {}", hitch.unwrap_or_default()).trim_end().to_owned()
}

/// All in all.
pub fn countable(counted: usize, of: usize) -> String {
    format!("From here {counted} of {of} exercises can be counted.")
}

// `doctor`: what is looked at.

/// The folder of models as a whole.
pub const MODELS: &str = "models";
/// The library that runs them.
pub const RUNTIME: &str = "ONNX Runtime";
/// The exercise files.
pub const EXERCISES: &str = "exercises";
/// The routine files.
pub const ROUTINES: &str = "routines";

/// The loudspeaker, or why there is none; nobody has to have one.
pub fn sound(found: Result<String, String>) -> String {
    match found {
        Ok(name) => format!("sound: {name}"),
        Err(why) => format!("no sound: {why}; the window works without"),
    }
}

/// The recorded voice.
pub fn voice(clips: Result<usize, String>) -> String {
    match clips {
        Ok(clips) => format!("voice: {clips} recorded phrases"),
        Err(why) => format!("no recorded voice: {why}"),
    }
}

/// What speaks names and own exercises.
pub const fn speaking(has_espeak: bool) -> &'static str {
    if has_espeak {
        "espeak-ng speaks what was not recorded"
    } else {
        "no espeak-ng: what was not recorded (names, own exercises) is not spoken, tones stand in for it"
    }
}

/// One of the models.
pub fn model(id: &str) -> String {
    format!("model {id}")
}

// `doctor`: what was found.

/// The build has no pose model.
#[cfg(not(feature = "onnx"))]
pub const NO_MODEL: &str = "this build has no pose model";

/// A line about one thing.
pub fn checked(is_ok: bool, what: &str, text: &str) -> String {
    let mark = if is_ok { "ok     " } else { "MISSING" };
    format!("{mark} {what:16} {text}")
}

/// A model that is there.
pub fn model_found(file: &str, licence: &str, source: &str) -> String {
    format!("{file}, {licence}, from {source}")
}

/// A model that is not there and need not be; the command that makes it.
pub fn model_to_make(id: &str, command: &str) -> String {
    format!("none    {:16} it is not part of the repository, `{command}` makes it", model(id))
}

/// The runtime that is there, and how it was found.
#[cfg(feature = "onnx")]
pub fn runtime_found(place: &Path, origin: &str) -> String {
    format!("{} ({origin})", place.display())
}

/// The runtime is not there; which version should be.
#[cfg(feature = "onnx")]
pub fn runtime_missing(trouble: impl Display, pinned: &str) -> String {
    format!("{trouble} (pinned: {pinned})")
}

/// A tool of ffmpeg is not there.
pub fn tool_missing(tool: &str, trouble: impl Display) -> String {
    format!("could not run {tool}: {trouble}; on Debian: apt-get install ffmpeg")
}

/// So many exercise or routine files.
pub fn files_found(number: usize, folder: &Path) -> String {
    format!("{number} files in {}", folder.display())
}

/// No exercise file.
pub fn no_exercises(folder: &Path) -> String {
    format!("no exercise files in {}", folder.display())
}

/// No routine file.
pub fn no_routines(folder: &Path) -> String {
    format!("no routine files in {}", folder.display())
}

// `doctor`: cameras.

/// No camera is connected.
#[cfg(feature = "camera")]
pub const NO_CAMERA_FOUND: &str = "no camera was found";
/// The build has no camera.
#[cfg(not(feature = "camera"))]
pub const NO_CAMERA_BUILT: &str = "this build has no camera";
/// The camera has no format that can be read.
#[cfg(feature = "camera")]
pub const NO_FORMAT: &str = "no format";

/// There is no camera, which is no fault of the installation.
pub fn no_camera(why: impl Display) -> String {
    format!("none    camera           {why}")
}

/// A camera that is there.
#[cfg(feature = "camera")]
pub fn camera(index: impl Display, name: &str, format: &str) -> String {
    format!("ok      camera {index:9} {name}, {format}")
}

/// The format that a camera is read in.
#[cfg(feature = "camera")]
pub fn uses_format(format: impl Display) -> String {
    format!("uses {format}")
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
    const fn name(self) -> &'static str {
        match self {
            Self::Wait => "wait for the decoder",
            Self::Detect => "detect (after a loss)",
            Self::Crop => "crop",
            Self::Infer => "inference",
            Self::Decode => "decode tensors, outline",
            Self::Engine => "engine step",
        }
    }
}

/// The input is no film.
#[cfg(feature = "onnx")]
pub fn no_bench_of_trace(input: &Path) -> String {
    format!("could not measure: the input is a trace; give a video: {}", input.display())
}

/// What a part costs.
#[cfg(feature = "onnx")]
pub fn cost(part: Part, median_ms: f64, p90_ms: f64, times: usize) -> String {
    format!("{:28} median {median_ms:8.3} ms   p90 {p90_ms:8.3} ms   {times} times", part.name())
}

/// What the program's own part costs.
#[cfg(feature = "onnx")]
pub fn own_cost(median_ms: f64) -> String {
    format!("{:28} median {median_ms:8.3} ms", "outside model and decoder")
}

/// The whole film.
#[cfg(feature = "onnx")]
pub fn frames_in(frames: u32, total_s: f64) -> String {
    format!("{frames} frames in {total_s:.2} s, {:.0} frames/s", f64::from(frames) / total_s)
}
