//! `formcheck sessions`: what was kept, and its way in and out.

use super::{ExportFormat, SessionsCommand, output};
use crate::export::{self, csv};
use crate::session::log::{SessionRecord, SetLog};
use crate::store::{Opened, Store, data_folder, now};
use anyhow::{Context as _, bail};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Lists, shows, exports, imports, closes or deletes.
pub(super) fn run(command: &SessionsCommand, data_dir: Option<&Path>) -> anyhow::Result<ExitCode> {
    let Opened { mut store, notice } = Store::open(&data_folder(data_dir)?)?;
    if let Some(notice) = notice {
        output::note(&notice);
    }
    match command {
        SessionsCommand::List { person } => list(&store, person.as_deref())?,
        SessionsCommand::Show { id } => output::line(&in_words(&store.session(id)?))?,
        SessionsCommand::Export { id, person, format, out } => {
            export_to(&wanted(&store, id.as_deref(), person.as_deref())?, *format, out)?;
        }
        SessionsCommand::Import { file } => import(&mut store, file)?,
        SessionsCommand::Close { id } => {
            store.session(id)?;
            store.end_session(id, &now())?;
            output::line(&format!("closed {id}"))?;
        }
        SessionsCommand::Delete { id: Some(id), .. } => {
            store.delete(id)?;
            output::line(&format!("deleted {id}"))?;
        }
        SessionsCommand::Delete { .. } => {
            store.delete_all()?;
            output::line("deleted everything: sessions, people, ranges, backups")?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn list(store: &Store, person: Option<&str>) -> anyhow::Result<()> {
    let lines = store.list(person)?;
    if lines.is_empty() {
        output::note("no sessions yet; `formcheck watch --save` and `formcheck analyze --save` keep them");
    }
    for s in lines {
        let open = if s.ended { "" } else { "  (not ended)" };
        let what = if s.titles.is_empty() { "no sets".to_owned() } else { s.titles.join(", ") };
        output::line(&format!("{}  {}  {}  {} counted  {what}{open}", s.id, s.started_at, s.person, s.counted))?;
    }
    Ok(())
}

/// The named session, or all, the oldest first.
fn wanted(store: &Store, id: Option<&str>, person: Option<&str>) -> anyhow::Result<Vec<SessionRecord>> {
    let ids = match id {
        Some(id) => vec![id.to_owned()],
        None => store.list(person)?.into_iter().rev().map(|s| s.id).collect(),
    };
    Ok(ids.iter().map(|id| store.session(id)).collect::<Result<_, _>>()?)
}

/// Writes the export; CSV is two files, the sets beside the repetitions.
fn export_to(sessions: &[SessionRecord], format: ExportFormat, out: &Path) -> anyhow::Result<()> {
    let files: Vec<(PathBuf, String)> = match format {
        ExportFormat::Json => vec![(out.to_owned(), export::to_json(sessions)?)],
        ExportFormat::Csv => {
            let stem = out.file_stem().map_or_else(|| "sessions".into(), |s| s.to_string_lossy());
            let sets = out.with_file_name(format!("{stem}-sets.csv"));
            vec![(out.to_owned(), csv::reps(sessions)?), (sets, csv::sets(sessions)?)]
        }
    };
    for (path, text) in files {
        let error = || format!("could not write the export, is the folder writable: {}", path.display());
        std::fs::write(&path, text).with_context(error)?;
        output::line(&path.display().to_string())?;
    }
    Ok(())
}

/// Brings sessions back; those that are there already are left as they are, and said.
fn import(store: &mut Store, file: &Path) -> anyhow::Result<()> {
    let error = || format!("could not read the sessions, is the path right: {}", file.display());
    let sessions = export::from_json(&std::fs::read_to_string(file).with_context(error)?)?;
    let (mut brought, mut there) = (0, Vec::new());
    for session in &sessions {
        match store.import(session) {
            Ok(()) => brought += 1,
            Err(crate::store::StoreError::Exists(id)) => there.push(id),
            Err(e) => return Err(e.into()),
        }
    }
    output::line(&format!("imported {brought} session(s)"))?;
    if !there.is_empty() {
        bail!(
            "could not import {} session(s) that are there already; delete them first to replace them: {}",
            there.len(),
            there.join(", ")
        );
    }
    Ok(())
}

/// A session for people.
fn in_words(session: &SessionRecord) -> String {
    let mut text = String::new();
    let mut say = |line: String| {
        let _ = writeln!(text, "{line}");
    };
    say(format!("{}  {}, {}", session.id, session.person, session.started_at));
    if session.ended_at.is_none() {
        say(format!("  not ended; `formcheck sessions close {}` closes it", session.id));
    }
    for set in &session.sets {
        say(set_in_words(set));
    }
    if let Some(note) = &session.note {
        say(format!("  note: {note}"));
    }
    text.trim_end().to_owned()
}

fn set_in_words(set: &SetLog) -> String {
    let s = &set.summary;
    let mut words =
        format!("  {}  {}: {} counted, {} not counted", set.index, set.title, s.reps.total, s.reps.rejected);
    if let Some(c) = set.corrected {
        let _ = write!(words, ", corrected to {}", c.total);
    }
    if s.holds.completed > 0 {
        let _ = write!(words, ", held {:.1} s, longest {:.1} s", s.holds.total_s, s.holds.best_s);
    }
    if s.active_s > 0.0 {
        let _ = write!(words, ", {:.1} s active", s.active_s);
    }
    for fault in &s.faults {
        let _ = write!(words, "; {} {} time(s)", fault.id, fault.times);
    }
    if !set.finished {
        words.push_str("; not finished");
    }
    words
}
