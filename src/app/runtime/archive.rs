//! What was kept, for whoever looks at it: sessions, trends, corrections, reports, and an end to all of it.
//!
//! Opens the store for each question: a session that runs writes to it from another thread, and nothing here holds it up.

use crate::app::settings::KEPT;
use crate::base::language::{self, Language};
use crate::disk::output_file::{self, Guard, OutputError};
use crate::exercise::catalogue;
use crate::history::export::csv::CsvFor;
use crate::history::export::report::{Report, gather};
use crate::history::export::{csv, to_json};
use crate::history::session::{EXPORT_SCHEMA, Export, SessionRecord, StoredSet};
use crate::history::store::{Period, Remarks, SessionLine, SetQuery, SetRemarks, Store, StoreError, now};
use crate::history::trend::Trend;
use std::path::{Path, PathBuf};

/// Sets of an exercise that make a trend.
const TREND_SETS: u32 = 200;

/// What a session is written out as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportKind {
    /// A page to read or print.
    Report,
    /// A table of repetitions.
    Csv,
    /// Everything, to be read in again.
    Json,
}

/// The store of a folder.
#[derive(Clone, Debug)]
pub struct Archive {
    folder: PathBuf,
}

/// Something could not be done, in words.
pub type Answer<T> = Result<T, String>;

impl Archive {
    /// Of the store in a folder, which need not exist yet.
    pub fn at(folder: &Path) -> Self {
        Self { folder: folder.to_owned() }
    }

    /// The data folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    fn with<T>(&self, act: impl FnOnce(&mut Store) -> Result<T, StoreError>) -> Answer<Option<T>> {
        let opened = Store::open_existing(&self.folder).map_err(|e| e.to_string())?;
        opened.map(|mut opened| act(&mut opened.store)).transpose().map_err(|e| e.to_string())
    }

    /// Names of the people there is something of, in order.
    ///
    /// # Errors
    /// What the store said, in words; so do all that follow.
    pub fn people(&self) -> Answer<Vec<String>> {
        let sessions = self.with(|store| store.list(&Period::default()))?.unwrap_or_default();
        let mut names: Vec<String> = sessions.into_iter().map(|line| line.person).collect();
        names.sort();
        names.dedup();
        Ok(names)
    }

    /// Sessions of a person, the newest first.
    ///
    /// # Errors
    /// As [`Archive::people`].
    pub fn sessions(&self, person: &str) -> Answer<Vec<SessionLine>> {
        let of = Period { person: Some(person), ..Period::default() };
        Ok(self.with(|store| store.list(&of))?.unwrap_or_default())
    }

    /// A session.
    ///
    /// # Errors
    /// As [`Archive::people`], and when it is gone.
    pub fn session(&self, id: &str) -> Answer<SessionRecord> {
        self.with(|store| store.session(id))?.ok_or_else(|| StoreError::Unknown(id.to_owned()).to_string())
    }

    /// The newest sessions of a person, the newest first.
    ///
    /// # Errors
    /// As [`Archive::people`].
    pub fn newest(&self, person: &str, count: usize) -> Answer<Vec<SessionRecord>> {
        let lines = self.sessions(person)?;
        lines.iter().take(count).map(|line| self.session(&line.id)).collect()
    }

    /// The trend of an exercise; `None` where there is no set of it.
    ///
    /// # Errors
    /// As [`Archive::people`].
    pub fn trend(&self, person: &str, exercise: &str) -> Answer<Option<Trend>> {
        let query = SetQuery { newest: Some(TREND_SETS), ..SetQuery::default() };
        let sets = self.with(|store| store.sets_of(person, exercise, query))?.unwrap_or_default();
        Ok(Trend::of(&sets))
    }

    /// Writes down what the person says of a session.
    ///
    /// # Errors
    /// As [`Archive::session`].
    pub fn remark(&self, id: &str, said: &Remarks) -> Answer<()> {
        self.with(|store| store.remark(id, said, None)).map(|_| ())
    }

    /// Corrects the count of a set by so many; the measured one stays beside it, and is taken again when it is reached. Where
    /// sides are told apart, the side of which there are fewer gets more, and the one with more gets fewer.
    ///
    /// # Errors
    /// As [`Archive::session`].
    pub fn correct(&self, id: &str, set: &StoredSet, by: i32) -> Answer<()> {
        let said = SetRemarks { corrected: Some(set.corrected_by(by)), note: None };
        self.with(|store| store.remark(id, &Remarks::default(), Some((set.index, &said)))).map(|_| ())
    }

    /// Deletes a session.
    ///
    /// # Errors
    /// As [`Archive::people`], and while it is under way.
    pub fn delete(&self, id: &str) -> Answer<()> {
        self.with(|store| store.delete(id)).map(|_| ())
    }

    /// Deletes everything of everybody, for good; settings stay.
    ///
    /// # Errors
    /// What the system said.
    pub fn delete_all(&self) -> Answer<()> {
        Store::delete_all(&self.folder).map_err(|e| e.to_string())
    }

    /// Writes a session out into a folder; gives the files.
    ///
    /// # Errors
    /// As [`Archive::session`], and when a file cannot be written.
    pub fn export(&self, id: &str, kind: ExportKind, folder: &Path) -> Answer<Vec<PathBuf>> {
        let sessions = vec![self.session(id)?];
        let name = format!("formcheck-{id}");
        // Who opens the table from the window opens it in a spreadsheet.
        let reader = match language::current() {
            Language::English => CsvFor::English,
            Language::German => CsvFor::European,
        };
        let files: Vec<(String, String)> = match kind {
            ExportKind::Report => vec![(format!("{name}.html"), self.report(&sessions)?)],
            ExportKind::Csv => vec![
                (format!("{name}.csv"), csv::reps(&sessions, reader).map_err(|e| e.to_string())?),
                (format!("{name}-sets.csv"), csv::sets(&sessions, reader).map_err(|e| e.to_string())?),
            ],
            ExportKind::Json => {
                let export = Export { formcheck_export: EXPORT_SCHEMA, sessions, ranges: Vec::new() };
                vec![(format!("{name}.json"), to_json(&export).map_err(|e| e.to_string())?)]
            }
        };
        std::fs::create_dir_all(folder).map_err(|e| e.to_string())?;
        let mut guard = Guard::default().keeping(&self.folder, &KEPT);
        let write = |(name, text): (String, String)| {
            let path = folder.join(name);
            let error = |e: OutputError| format!("{}: {e}", path.display());
            guard.claim(&path).and_then(|()| output_file::write(&path, text)).map_err(error)?;
            Ok(path)
        };
        files.into_iter().map(write).collect()
    }

    fn report(&self, sessions: &[SessionRecord]) -> Answer<String> {
        let trends = self.with(|store| gather::of_store(sessions, store))?.unwrap_or_default();
        let exercises = catalogue::load_all().unwrap_or_default();
        Ok(Report { sessions, trends: &trends, exercises: &exercises, made_at: &now() }.html())
    }
}
