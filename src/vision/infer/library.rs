//! Finds the ONNX Runtime library: `ORT_DYLIB_PATH`, beside the executable, the project's own runtime folder, the system.

use super::InferError;
use super::manifest::Manifest;
use crate::base::digest::sha256_hex;
use crate::disk::{assets, bounded};
use std::path::{Path, PathBuf};

/// Where a library was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Named by the user in `ORT_DYLIB_PATH`; used as it is.
    Named,
    /// Beside the executable; used as it is.
    BesideExecutable,
    /// Installed by `make setup`; its checksum is verified.
    Project,
    /// Of the Python package onnxruntime in the environment that formcheck is installed in; its checksum is verified.
    Package,
    /// Left to the system's loader; used as it is.
    System,
}

impl Origin {
    /// As `doctor` says it.
    pub const fn describe(self) -> &'static str {
        match self {
            Self::Named => "named by ORT_DYLIB_PATH",
            Self::BesideExecutable => "beside the executable",
            Self::Project => "the project's own, checksum verified",
            Self::Package => "of the Python package onnxruntime beside it, checksum verified",
            Self::System => "the system's",
        }
    }
}

/// Largest runtime library, bytes: those with every provider for graphics cards have 500 million.
const LARGEST_LIBRARY: u64 = 1 << 30;

/// File name that the system's loader knows.
const SYSTEM_NAME: &str = if cfg!(target_os = "windows") {
    "onnxruntime.dll"
} else if cfg!(target_os = "macos") {
    "libonnxruntime.dylib"
} else {
    "libonnxruntime.so.1"
};

/// The library to load and where it comes from.
///
/// # Errors
/// When `ORT_DYLIB_PATH` names no file, or the project's own library is damaged.
pub fn locate(manifest: &Manifest) -> Result<(PathBuf, Origin), InferError> {
    let wanted = manifest.runtime.for_this_machine();
    let project_file = wanted.map_or(SYSTEM_NAME, |l| l.file.as_str());
    let project = assets::find("runtime").join(project_file);
    let problem = |cause: String| InferError::Runtime { cause, path: assets::expected("runtime").join(project_file) };
    if let Some(named) = std::env::var_os("ORT_DYLIB_PATH").filter(|v| !v.is_empty()) {
        let path = PathBuf::from(named);
        if !path.is_file() {
            return Err(problem(format!("ORT_DYLIB_PATH names no file ({})", path.display())));
        }
        return Ok((path, Origin::Named));
    }
    let beside = std::env::current_exe().ok().and_then(|e| e.parent().map(Path::to_path_buf));
    for name in [project_file, SYSTEM_NAME] {
        if let Some(path) = beside.as_ref().map(|d| d.join(name)).filter(|p| p.is_file()) {
            return Ok((path, Origin::BesideExecutable));
        }
    }
    let package = beside.as_deref().and_then(|bin| of_python_package(bin, project_file));
    let installed = [(Some(project), Origin::Project), (package, Origin::Package)];
    for (file, origin) in installed {
        let Some((entry, file)) = wanted.zip(file.filter(|file| file.is_file())) else { continue };
        let bytes = bounded::bytes(&file, LARGEST_LIBRARY).map_err(|e| problem(e.to_string()))?;
        let found = sha256_hex(&bytes);
        if found != entry.sha256 {
            return Err(problem(format!("the installed file has sha256 {found}, expected {}", entry.sha256)));
        }
        return Ok((file, origin));
    }
    Ok((PathBuf::from(SYSTEM_NAME), Origin::System))
}

/// The library in `PREFIX/lib/python3.N/site-packages/onnxruntime`, where the program is in `PREFIX/bin`.
fn of_python_package(bin: &Path, file: &str) -> Option<PathBuf> {
    let entries = std::fs::read_dir(bin.parent()?.join("lib")).ok()?;
    let pythons = entries.flatten().filter(|e| e.file_name().to_string_lossy().starts_with("python3"));
    let mut found = pythons.map(|e| e.path().join("site-packages/onnxruntime/capi").join(file));
    found.find(|path| path.is_file())
}
