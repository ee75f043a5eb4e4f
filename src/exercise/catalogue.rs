//! The exercise files that come with the program, and any other file by path.

use super::def::ExerciseDef;
use super::diagnostics;
use super::diagnostics::Report;
use crate::base::language::tr;
use crate::base::plural::so_many;
use crate::disk::{assets, bounded};
use std::path::{Path, PathBuf};

/// Why an exercise could not be had.
#[derive(Debug, thiserror::Error)]
pub enum ExerciseError {
    /// No exercise of that id.
    #[error("{}", tr!("exercise-unknown", id = .id.as_str(), hint = .hint.as_str()))]
    Unknown {
        /// What was asked for.
        id: String,
        /// ", did you mean ...".
        hint: String,
    },
    /// One side was asked for, and the exercise has none.
    #[error("{}", tr!("exercise-no-sides", id = .id.as_str()))]
    NoSides {
        /// The exercise.
        id: String,
    },
    /// The file could not be read.
    #[error("{}", tr!("exercise-unreadable", cause = .cause.as_str(), path = .path.display().to_string()))]
    Unreadable {
        /// What the system said.
        cause: String,
        /// The file.
        path: PathBuf,
    },
    /// The file has mistakes.
    #[error("the exercise file has {}:\n\n{}", so_many(.0.diagnostics.len(), "mistake", "mistakes"), .0.render().trim_end())]
    Invalid(Box<Report>),
}

/// Largest exercise or routine file, bytes: a hundred times the usual.
pub const LARGEST_FILE: u64 = 512 << 10;

/// Paths of all files in the program's exercises folder, sorted by name.
pub fn files() -> Vec<PathBuf> {
    toml_files(&assets::find("exercises"))
}

/// TOML files of a folder, sorted by name.
pub fn toml_files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|e| e.path());
    let mut files: Vec<_> = entries.filter(|p| p.extension().is_some_and(|e| e == "toml")).collect();
    files.sort();
    files
}

impl ExerciseDef {
    /// Loads an exercise by id, or by path when it ends in `.toml`.
    ///
    /// # Errors
    /// When there is none of that id, or the file cannot be read or has mistakes.
    pub fn load(id_or_path: &str) -> Result<Self, ExerciseError> {
        if Path::new(id_or_path).extension().is_some_and(|e| e == "toml") {
            return load_file(Path::new(id_or_path));
        }
        let known: Vec<String> =
            files().iter().filter_map(|p| Some(p.file_stem()?.to_string_lossy().into_owned())).collect();
        if !known.iter().any(|k| k == id_or_path) {
            let hint =
                diagnostics::nearest(id_or_path, &known).map_or_else(String::new, |n| format!(", did you mean {n}"));
            return Err(ExerciseError::Unknown { id: id_or_path.to_owned(), hint });
        }
        load_file(&assets::find("exercises").join(format!("{id_or_path}.toml")))
    }
}

/// Loads one exercise file.
///
/// # Errors
/// When it cannot be read or has mistakes.
pub fn load_file(path: &Path) -> Result<ExerciseDef, ExerciseError> {
    let text = bounded::text(path, LARGEST_FILE)
        .map_err(|e| ExerciseError::Unreadable { cause: e.to_string(), path: path.to_owned() })?;
    ExerciseDef::parse(&path.display().to_string(), &text).map_err(ExerciseError::Invalid)
}

/// Loads every exercise of the program, in the order of their files.
///
/// # Errors
/// The first file that cannot be used.
pub fn load_all() -> Result<Vec<ExerciseDef>, ExerciseError> {
    files().iter().map(|p| load_file(p)).collect()
}
