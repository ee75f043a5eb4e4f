//! `formcheck doctor`: what is there, what is missing, what mends it.

use super::output;
use super::words::machine as words;
use crate::base::language;
use crate::disk::assets;
use crate::sound::clips::Clips;
use crate::sound::espeak::Espeak;
use crate::sound::speaker::USUAL_PACE_WPM;
use crate::vision::infer::manifest::Manifest;
use std::process::{Command, ExitCode};

/// Checks one thing after the other; fails when something the program needs is missing.
pub(super) fn run() -> anyhow::Result<ExitCode> {
    let mut ok = true;
    let mut say = |what: &str, result: Result<String, String>| -> anyhow::Result<()> {
        let is_ok = result.is_ok();
        ok &= is_ok;
        let (Ok(text) | Err(text)) = result;
        output::line(&words::checked(is_ok, what, &text))
    };
    let manifest = Manifest::read(&assets::find("models"));
    let mut to_make = Vec::new();
    match &manifest {
        Err(e) => say(&words::models(), Err(e.to_string()))?,
        Ok(manifest) => {
            for model in &manifest.models {
                if let Some(command) = manifest.still_to_make(model) {
                    to_make.push(words::model_to_make(&model.id, command));
                    continue;
                }
                let checked = manifest.load(&model.id).map_err(|e| e.to_string());
                let found = checked.map(|_| words::model_found(&model.file, &model.licence, &model.source));
                say(&words::model(&model.id), found)?;
            }
        }
    }
    let pinned = manifest.as_ref().map_or("", |m| m.runtime.version.as_str());
    say(&words::runtime(), runtime(pinned))?;
    for tool in ["ffmpeg", "ffprobe"] {
        say(tool, version(tool))?;
    }
    say(&words::exercises(), exercises())?;
    say(&words::routines(), routines())?;
    // Neither is a fault of the installation: nobody has to have the model, and files can be analysed without a camera.
    for line in to_make.into_iter().chain(cameras()).chain(sound()) {
        output::line(&line)?;
    }
    Ok(ExitCode::from(u8::from(!ok)))
}

#[cfg(feature = "onnx")]
fn runtime(pinned: &str) -> Result<String, String> {
    let models = crate::vision::infer::onnx::Models::open().map_err(|e| words::runtime_missing(e, pinned))?;
    Ok(words::runtime_found(&models.library, models.origin.describe()))
}

#[cfg(not(feature = "onnx"))]
fn runtime(_: &str) -> Result<String, String> {
    Err(words::no_model())
}

fn version(tool: &str) -> Result<String, String> {
    let out = Command::new(tool).arg("-version").output();
    let out = out.map_err(|e| words::tool_missing(tool, e))?;
    let text = String::from_utf8_lossy(&out.stdout);
    Ok(text.lines().next().unwrap_or_default().chars().take(60).collect())
}

fn exercises() -> Result<String, String> {
    let all = crate::exercise::catalogue::load_all().map_err(|e| e.to_string())?;
    if all.is_empty() {
        return Err(words::no_exercises(&assets::expected("exercises")));
    }
    Ok(words::files_found(all.len(), &assets::find("exercises")))
}

fn routines() -> Result<String, String> {
    let all = crate::exercise::routine::catalogue::load_all().map_err(|e| e.to_string())?;
    if all.is_empty() {
        return Err(words::no_routines(&assets::expected("routines")));
    }
    Ok(words::files_found(all.len(), &assets::find("routines")))
}

/// Sound, recorded voice, and what speaks besides.
fn sound() -> Vec<String> {
    let language = language::current();
    let clips = Clips::of(language).map(|clips| clips.count()).map_err(|e| e.to_string());
    let has_espeak = Espeak::find(language.espeak_voice(), USUAL_PACE_WPM).is_some();
    vec![words::sound(loudspeaker()), words::voice(clips), words::speaking(has_espeak)]
}

#[cfg(feature = "sound")]
fn loudspeaker() -> Result<String, String> {
    crate::sound::output::Output::open().map(|output| output.name().to_owned())
}

#[cfg(not(feature = "sound"))]
fn loudspeaker() -> Result<String, String> {
    Err(crate::sound::words::not_built())
}

#[cfg(feature = "camera")]
fn cameras() -> Vec<String> {
    use crate::vision::source::camera::{list_cameras, list_formats};
    let found = match list_cameras() {
        Ok(found) if found.is_empty() => return vec![words::no_camera(words::no_camera_found())],
        Ok(found) => found,
        Err(e) => return vec![words::no_camera(e)],
    };
    let describe = |c: &crate::vision::source::camera::CameraInfo| {
        let formats = match list_formats(c.index) {
            Ok(formats) => formats.first().map_or_else(words::no_format, words::uses_format),
            Err(e) => e.to_string(),
        };
        words::camera(c.index, &c.name, &formats)
    };
    found.iter().map(describe).collect()
}

#[cfg(not(feature = "camera"))]
fn cameras() -> Vec<String> {
    vec![words::no_camera(words::no_camera_built())]
}
