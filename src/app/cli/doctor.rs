//! `formcheck doctor`: what is there, what is missing, what mends it.

use super::output;
use crate::base::assets;
use crate::vision::infer::manifest::Manifest;
use std::process::{Command, ExitCode};

/// Checks one thing after the other; fails when something the program needs is missing.
pub(super) fn run() -> anyhow::Result<ExitCode> {
    let mut ok = true;
    let mut say = |what: &str, result: Result<String, String>| -> anyhow::Result<()> {
        let (mark, text) = match result {
            Ok(text) => ("ok     ", text),
            Err(text) => {
                ok = false;
                ("MISSING", text)
            }
        };
        output::line(&format!("{mark} {what:16} {text}"))
    };
    let manifest = Manifest::read(&assets::find("models"));
    match &manifest {
        Err(e) => say("models", Err(e.to_string()))?,
        Ok(manifest) => {
            for model in &manifest.models {
                let checked = manifest.load(&model.id).map_err(|e| e.to_string());
                say(
                    &format!("model {}", model.id),
                    checked.map(|_| format!("{}, {}, from {}", model.file, model.licence, model.source)),
                )?;
            }
        }
    }
    let pinned = manifest.as_ref().map_or("", |m| m.runtime.version.as_str());
    say("ONNX Runtime", runtime(pinned))?;
    for tool in ["ffmpeg", "ffprobe"] {
        say(tool, version(tool))?;
    }
    say("exercises", exercises())?;
    say("routines", routines())?;
    // A missing camera is no fault of the installation: files can be analysed without one.
    for line in cameras() {
        output::line(&line)?;
    }
    Ok(ExitCode::from(u8::from(!ok)))
}

#[cfg(feature = "onnx")]
fn runtime(pinned: &str) -> Result<String, String> {
    let models = crate::vision::infer::onnx::Models::open().map_err(|e| format!("{e} (pinned: {pinned})"))?;
    let place = models.library.display();
    Ok(format!("{} ({})", place, models.origin.describe()))
}

#[cfg(not(feature = "onnx"))]
fn runtime(_: &str) -> Result<String, String> {
    Err("this build has no pose model".to_owned())
}

fn version(tool: &str) -> Result<String, String> {
    let out = Command::new(tool).arg("-version").output();
    let out = out.map_err(|e| format!("could not run {tool}: {e}; on Debian: apt-get install ffmpeg"))?;
    let text = String::from_utf8_lossy(&out.stdout);
    Ok(text.lines().next().unwrap_or_default().chars().take(60).collect())
}

fn exercises() -> Result<String, String> {
    let all = crate::exercise::catalogue::load_all().map_err(|e| e.to_string())?;
    if all.is_empty() {
        return Err(format!("no exercise files in {}", assets::expected("exercises").display()));
    }
    Ok(format!("{} files in {}", all.len(), assets::find("exercises").display()))
}

fn routines() -> Result<String, String> {
    let all = crate::exercise::routine::catalogue::load_all().map_err(|e| e.to_string())?;
    if all.is_empty() {
        return Err(format!("no routine files in {}", assets::expected("routines").display()));
    }
    Ok(format!("{} files in {}", all.len(), assets::find("routines").display()))
}

#[cfg(feature = "camera")]
fn cameras() -> Vec<String> {
    use crate::vision::source::camera::{list_cameras, list_formats};
    let found = match list_cameras() {
        Ok(found) if found.is_empty() => return vec!["none    camera           no camera was found".to_owned()],
        Ok(found) => found,
        Err(e) => return vec![format!("none    camera           {e}")],
    };
    let describe = |c: &crate::vision::source::camera::CameraInfo| {
        let formats = match list_formats(c.index) {
            Ok(formats) => formats.first().map_or_else(|| "no format".to_owned(), |best| format!("uses {best}")),
            Err(e) => e.to_string(),
        };
        format!("ok      camera {:9} {}, {formats}", c.index, c.name)
    };
    found.iter().map(describe).collect()
}

#[cfg(not(feature = "camera"))]
fn cameras() -> Vec<String> {
    vec!["none    camera           this build has no camera".to_owned()]
}
