//! The routine files that come with the program, and any other file by path.

use super::RoutineDef;
use super::check::{self, Known};
use crate::base::language::tr;
use crate::base::plural::so_many;
use crate::disk::{assets, bounded};
use crate::exercise::catalogue::{self as exercises, LARGEST_FILE};
use crate::exercise::diagnostics::{Report, nearest};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Why a routine could not be had.
#[derive(Debug, thiserror::Error)]
pub enum RoutineError {
    /// No routine of that id.
    #[error("{}", tr!("routine-unknown", id = .id.as_str(), hint = .hint.as_str()))]
    Unknown {
        /// What was asked for.
        id: String,
        /// ", did you mean ...".
        hint: String,
    },
    /// The routine has no step for the exercise.
    #[error("{}", tr!("routine-without", exercise = .exercise.as_str(), routine = .routine.as_str()))]
    Without {
        /// The exercise.
        exercise: String,
        /// The routine.
        routine: String,
    },
    /// The file could not be read.
    #[error("{}", tr!("routine-unreadable", cause = .cause.as_str(), path = .path.display().to_string()))]
    Unreadable {
        /// What the system said.
        cause: String,
        /// The file.
        path: PathBuf,
    },
    /// The file has mistakes.
    #[error("the routine file has {}:\n\n{}", so_many(.0.diagnostics.len(), "mistake", "mistakes"), .0.render().trim_end())]
    Invalid(Box<Report>),
}

/// Paths of all files in the program's routines folder, sorted by name.
pub fn files() -> Vec<PathBuf> {
    exercises::toml_files(&assets::find("routines"))
}

/// JSON files of a folder, sorted by name.
pub fn json_files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|e| e.path());
    let mut files: Vec<_> = entries.filter(|p| p.extension().is_some_and(|e| e == "json")).collect();
    files.sort();
    files
}

/// The program's own exercises, for routines to name.
pub fn known_exercises() -> Known {
    let mut known = Known::default();
    for path in exercises::files() {
        match exercises::load_file(&path) {
            Ok(def) => known.exercises.push(Arc::new(def)),
            Err(_) => known.broken.extend(stem(&path)),
        }
    }
    known
}

/// Loads a routine by id, or by path when it ends in `.toml` or `.json`.
///
/// # Errors
/// When there is none of that id, or the file cannot be read or has mistakes.
pub fn load(id_or_path: &str) -> Result<RoutineDef, RoutineError> {
    if Path::new(id_or_path).extension().is_some_and(|e| e == "toml" || e == "json") {
        return load_file(Path::new(id_or_path), &known_exercises());
    }
    let known: Vec<String> = files().iter().filter_map(|p| stem(p)).collect();
    if !known.iter().any(|k| k == id_or_path) {
        let hint = nearest(id_or_path, &known).map_or_else(String::new, |n| format!(", did you mean {n}"));
        return Err(RoutineError::Unknown { id: id_or_path.to_owned(), hint });
    }
    load_file(&assets::find("routines").join(format!("{id_or_path}.toml")), &known_exercises())
}

/// Loads one routine file.
///
/// # Errors
/// When it cannot be read or has mistakes.
pub fn load_file(path: &Path, known: &Known) -> Result<RoutineDef, RoutineError> {
    let text = bounded::text(path, LARGEST_FILE)
        .map_err(|e| RoutineError::Unreadable { cause: e.to_string(), path: path.to_owned() })?;
    check::routine(&path.display().to_string(), &text, known).map_err(RoutineError::Invalid)
}

/// Loads every routine of the program, in the order of their files.
///
/// # Errors
/// The first file that cannot be used.
pub fn load_all() -> Result<Vec<RoutineDef>, RoutineError> {
    let known = known_exercises();
    files().iter().map(|p| load_file(p, &known)).collect()
}

fn stem(path: &Path) -> Option<String> {
    Some(path.file_stem()?.to_string_lossy().into_owned())
}
