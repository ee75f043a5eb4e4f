//! What there is to do: the exercises and routines that come with the program, and those of the person, from the folders
//! `exercises` and `routines` beside the sessions. One of the person's with the id of one that comes along takes its place.

use super::catalogue::{self, ExerciseError};
use super::def::ExerciseDef;
use super::routine::catalogue::{self as routines, RoutineError};
use super::routine::check::Known;
use super::routine::{RoutineDef, check};
use crate::disk::output_file::{self, private_folder};
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

/// Where the person's own files lie, in the data folder.
const EXERCISES: &str = "exercises";
const ROUTINES: &str = "routines";
/// What is written into routines that were put together in the window.
const SOURCE: &str = "put together in the window";

/// Everything that can be picked, as it was last read.
#[derive(Debug, Default)]
pub struct Shelf {
    /// In the order of their files, the person's own last.
    pub exercises: Vec<Arc<ExerciseDef>>,
    /// The same of routines.
    pub routines: Vec<RoutineDef>,
    /// Ids of the routines that are the person's own.
    pub own_routines: Vec<String>,
    /// Files of the person that cannot be used, each with its mistakes.
    pub troubles: Vec<String>,
}

/// Whether two exercises are the same in another position: their ids begin alike, as `cat_camel` and `cat_camel_seated` do.
pub fn is_variant(a: &ExerciseDef, b: &ExerciseDef) -> bool {
    let is_longer = |long: &str, short: &str| long.strip_prefix(short).is_some_and(|rest| rest.starts_with('_'));
    a.id == b.id || is_longer(&a.id, &b.id) || is_longer(&b.id, &a.id)
}

/// The shelves, and where the person's own files are.
#[derive(Debug)]
pub struct Library {
    folder: Option<PathBuf>,
    shelf: RwLock<Arc<Shelf>>,
}

impl Library {
    /// What comes with the program and what lies in a data folder.
    pub fn of(folder: Option<&Path>) -> Self {
        let shelf = RwLock::new(Arc::new(read(folder)));
        Self { folder: folder.map(Path::to_owned), shelf }
    }

    /// What there is.
    pub fn shelf(&self) -> Arc<Shelf> {
        Arc::clone(&self.shelf.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Looks again which files there are.
    pub fn read_again(&self) {
        let shelf = Arc::new(read(self.folder.as_deref()));
        *self.shelf.write().unwrap_or_else(PoisonError::into_inner) = shelf;
    }

    /// A routine by id, or by the path of a file; read anew, so that what was changed in the meantime holds.
    ///
    /// # Errors
    /// When there is none, or its file has mistakes.
    pub fn routine(&self, id_or_path: &str) -> Result<RoutineDef, RoutineError> {
        if is_path(id_or_path) {
            return routines::load_file(Path::new(id_or_path), &self.known());
        }
        match self.own(ROUTINES, id_or_path) {
            Some(path) => routines::load_file(&path, &self.known()),
            None => routines::load(id_or_path),
        }
    }

    /// An exercise by id, or by the path of a file; read anew.
    ///
    /// # Errors
    /// When there is none, or its file has mistakes.
    pub fn exercise(&self, id_or_path: &str) -> Result<ExerciseDef, ExerciseError> {
        if is_path(id_or_path) {
            return ExerciseDef::load(id_or_path);
        }
        match self.own(EXERCISES, id_or_path) {
            Some(path) => catalogue::load_file(&path),
            None => ExerciseDef::load(id_or_path),
        }
    }

    /// Keeps a routine as one of the person's own, under its id.
    ///
    /// # Errors
    /// In words: its mistakes, or what the system said.
    pub fn keep(&self, routine: &RoutineDef) -> Result<(), String> {
        let folder = self.folder.as_ref().ok_or_else(|| "there is no folder to keep it in".to_owned())?;
        let text = routine.to_toml(SOURCE);
        let name = format!("{}.toml", routine.id);
        check::routine(&name, &text, &self.known()).map_err(|report| report.render())?;
        let folder = folder.join(ROUTINES);
        write(&folder, &name, &text).map_err(|e| format!("{}: {e}", folder.join(&name).display()))?;
        self.read_again();
        Ok(())
    }

    /// Deletes one of the person's own routines; one of the same id that comes with the program takes its place again.
    ///
    /// # Errors
    /// In words: what the system said.
    pub fn delete(&self, routine: &str) -> Result<(), String> {
        if let Some(path) = self.own(ROUTINES, routine) {
            std::fs::remove_file(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        }
        self.read_again();
        Ok(())
    }

    /// The person's own file of an id, where there is one.
    fn own(&self, of: &str, id: &str) -> Option<PathBuf> {
        let is_name = id.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        let path = self.folder.as_ref()?.join(of).join(format!("{id}.toml"));
        (is_name && path.is_file()).then_some(path)
    }

    fn known(&self) -> Known {
        let mut known = routines::known_exercises();
        let own = self.folder.as_ref().map(|folder| catalogue::toml_files(&folder.join(EXERCISES))).unwrap_or_default();
        for def in own.iter().filter_map(|path| catalogue::load_file(path).ok()) {
            known.exercises.retain(|there| there.id != def.id);
            known.exercises.push(Arc::new(def));
        }
        known
    }
}

fn is_path(id_or_path: &str) -> bool {
    Path::new(id_or_path).extension().is_some_and(|e| e == "toml" || e == "json")
}

/// Reads all shelves; a file that cannot be used costs nobody the others.
fn read(folder: Option<&Path>) -> Shelf {
    let mut shelf = Shelf::default();
    let own = |of: &str| folder.map(|folder| catalogue::toml_files(&folder.join(of))).unwrap_or_default();
    for (path, is_own) in
        catalogue::files().into_iter().map(|p| (p, false)).chain(own(EXERCISES).into_iter().map(|p| (p, true)))
    {
        match catalogue::load_file(&path) {
            Ok(def) => match shelf.exercises.iter_mut().find(|there| is_own && there.id == def.id) {
                Some(there) => *there = Arc::new(def),
                None => shelf.exercises.push(Arc::new(def)),
            },
            Err(e) => shelf.troubles.push(format!("{}: {e}", path.display())),
        }
    }
    let known = Known { exercises: shelf.exercises.clone(), broken: Vec::new() };
    for (path, is_own) in
        routines::files().into_iter().map(|p| (p, false)).chain(own(ROUTINES).into_iter().map(|p| (p, true)))
    {
        match routines::load_file(&path, &known) {
            Ok(def) => {
                if is_own {
                    shelf.own_routines.push(def.id.clone());
                }
                match shelf.routines.iter_mut().find(|there| is_own && there.id == def.id) {
                    Some(there) => *there = def,
                    None => shelf.routines.push(def),
                }
            }
            Err(e) => shelf.troubles.push(format!("{}: {e}", path.display())),
        }
    }
    shelf
}

/// Writes a file of one's own.
fn write(folder: &Path, name: &str, text: &str) -> std::io::Result<()> {
    private_folder(folder)?;
    output_file::write(&folder.join(name), text).map_err(std::io::Error::other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_files_join_those_that_come_along_and_a_broken_one_costs_nobody_the_others() {
        let folder = tempfile::tempdir().unwrap();
        let library = Library::of(Some(folder.path()));
        let shipped = library.shelf();
        assert!(shipped.own_routines.is_empty() && shipped.troubles.is_empty());
        let mut mine = library.routine("short").unwrap();
        "Mine".clone_into(&mut mine.title);
        mine.steps.truncate(2);
        library.keep(&mine).unwrap();
        assert_eq!(library.shelf().routines.len(), shipped.routines.len(), "in place of the one that comes along");
        assert_eq!(library.shelf().own_routines, ["short"]);
        assert_eq!(library.routine("short").unwrap().title, "Mine");
        "mine".clone_into(&mut mine.id);
        library.keep(&mine).unwrap();
        assert_eq!(library.shelf().routines.len(), shipped.routines.len() + 1);
        library.delete("short").unwrap();
        assert_eq!(library.routine("short").unwrap().steps.len(), 6, "the one that comes along again");

        let text = std::fs::read_to_string(&catalogue::files()[0]).unwrap();
        let own = folder.path().join(EXERCISES);
        std::fs::create_dir_all(&own).unwrap();
        std::fs::write(own.join("mine.toml"), text.replacen("id = \"band_row\"", "id = \"mine\"", 1)).unwrap();
        std::fs::write(own.join("broken.toml"), "schema = ").unwrap();
        library.read_again();
        assert_eq!(library.shelf().exercises.len(), shipped.exercises.len() + 1);
        assert_eq!(library.exercise("mine").unwrap().id, "mine");
        assert_eq!(library.shelf().troubles.len(), 1);
        assert!(library.shelf().troubles[0].contains("broken.toml"));
        assert!(library.routine("../sessions").is_err(), "an id is no way out of the folder");
        mine.steps.clear();
        assert!(library.keep(&mine).is_err(), "a routine without steps is none");
    }
}
