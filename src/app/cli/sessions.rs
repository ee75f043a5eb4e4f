//! `formcheck sessions`: what was kept, and its way in and out.

use super::args::{EditArgs, ExportFormat, Format, ME, PeriodArgs, SessionsCommand};
use super::words::{self, sessions as say};
use super::{lists, output, places, reports};
use crate::disk::bounded;
use crate::disk::output_file::{self, Guard};
use crate::exercise::{ExerciseDef, catalogue};
use crate::history::export::csv::CsvFor;
use crate::history::export::report::gather;
use crate::history::export::{self, csv};
use crate::history::session::{Corrected, EXPORT_SCHEMA, Export, RangeRecord, SessionRecord, StoredSet};
use crate::history::store::{Opened, Period, Remarks, SetQuery, SetRemarks, Store, data_folder, now};
use crate::history::trend::Trend;
use anyhow::{Context as _, bail};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Largest file that is imported, bytes: some ten thousand sessions.
const LARGEST_IMPORT: u64 = 512 << 20;

/// Lists, shows, follows trends, edits, exports, imports, closes or deletes.
pub(super) fn run(command: &SessionsCommand, data_dir: Option<&Path>) -> anyhow::Result<ExitCode> {
    let folder = data_folder(data_dir)?;
    if let SessionsCommand::Delete { id: None, .. } = command {
        // Whatever is there, also what cannot be opened.
        Store::delete_all(&folder)?;
        output::line(&say::deleted_everything())?;
        return Ok(ExitCode::SUCCESS);
    }
    // Only what brings something makes a store: a mistyped folder has none.
    let opened = match command {
        SessionsCommand::Import { .. } => Some(Store::open(&folder)?),
        _ => Store::open_existing(&folder)?,
    };
    let Some(Opened { mut store, notice }) = opened else { return without_store(command, &folder, data_dir) };
    if let Some(notice) = notice {
        output::note(&notice);
    }
    match command {
        SessionsCommand::List { of, args } => list(&store, of, args.format)?,
        SessionsCommand::Show { id } => {
            output::line(&say::session(&store.session(id)?, &catalogue::load_all().unwrap_or_default()))?;
        }
        SessionsCommand::Trend { exercise, person, format } => trend(&store, person, exercise, *format)?,
        SessionsCommand::Edit(args) => edit(&mut store, args)?,
        SessionsCommand::Export { id, of, format, csv_for, out } => {
            let (sessions, unreadable) = wanted(&store, id.as_deref(), of)?;
            let ranges = ranges_of(&store, id.as_deref(), of)?;
            let export = Export { formcheck_export: EXPORT_SCHEMA, sessions, ranges };
            export_to(Some(&store), &export, (*format, (*csv_for).into()), out, places::guard([], data_dir))?;
            return Ok(ExitCode::from(u8::from(unreadable > 0)));
        }
        SessionsCommand::Import { file } => import(&mut store, file)?,
        SessionsCommand::Close { id } => {
            store.close_session(id, &now())?;
            output::line(&say::closed(id))?;
        }
        SessionsCommand::Delete { id, .. } => delete(&mut store, id.as_deref().unwrap_or_default())?,
        SessionsCommand::Ranges { person, forget } => ranges(&mut store, person.as_deref(), forget.as_deref())?,
    }
    Ok(ExitCode::SUCCESS)
}

/// What is said where nothing was ever kept.
fn without_store(command: &SessionsCommand, folder: &Path, data_dir: Option<&Path>) -> anyhow::Result<ExitCode> {
    match command {
        SessionsCommand::Export { id: None, format, csv_for, out, .. } => {
            output::note(&say::no_sessions(folder));
            let nothing = Export { formcheck_export: EXPORT_SCHEMA, sessions: Vec::new(), ranges: Vec::new() };
            export_to(None, &nothing, (*format, (*csv_for).into()), out, places::guard([], data_dir))?;
        }
        SessionsCommand::List { args, .. } => {
            output::note(&say::no_sessions(folder));
            lists::print(&[], args.format, say::session_line, lists::session)?;
        }
        SessionsCommand::Ranges { forget: None, .. } => output::note(&say::no_ranges()),
        _ => bail!(say::no_sessions(folder)),
    }
    Ok(ExitCode::SUCCESS)
}

fn delete(store: &mut Store, id: &str) -> anyhow::Result<()> {
    let is_overwritten = store.delete(id)?;
    output::line(&say::deleted(id))?;
    if !is_overwritten {
        output::note(&say::overwritten_later());
    }
    for copy in store.copies() {
        output::note(&say::copy_may_hold_it(&copy));
    }
    Ok(())
}

/// Lists the own ranges that are kept, or forgets one.
fn ranges(store: &mut Store, person: Option<&str>, forget: Option<&str>) -> anyhow::Result<()> {
    if let Some(exercise) = forget {
        let person = person.unwrap_or(ME);
        if !store.forget_range(person, exercise)? {
            bail!(say::no_range(person, exercise));
        }
        return output::line(&say::forgotten(person, exercise));
    }
    let all = store.ranges(person)?;
    if all.is_empty() {
        output::note(&say::no_ranges());
    }
    for r in all {
        output::line(&say::range_line(&r))?;
    }
    Ok(())
}

fn list(store: &Store, of: &PeriodArgs, format: Format) -> anyhow::Result<()> {
    let days = Days::of(of);
    let lines = store.list(&days.period(of))?;
    if lines.is_empty() {
        output::note(&say::no_sessions(store.folder()));
    }
    lists::print(&lines, format, say::session_line, lists::session)
}

/// The days of a period as the store compares them.
struct Days {
    from: Option<String>,
    to: Option<String>,
}

impl Days {
    fn of(of: &PeriodArgs) -> Self {
        Self { from: of.from.map(|d| d.to_string()), to: of.to.map(|d| d.to_string()) }
    }

    fn period<'a>(&'a self, of: &'a PeriodArgs) -> Period<'a> {
        Period { person: of.person.as_deref(), from: self.from.as_deref(), to: self.to.as_deref() }
    }
}

/// The named session, or all that are asked for, the oldest first. Of all, those that cannot be read are left out and told; how
/// many they are.
fn wanted(store: &Store, id: Option<&str>, of: &PeriodArgs) -> anyhow::Result<(Vec<SessionRecord>, usize)> {
    let days = Days::of(of);
    let ids = match id {
        Some(_) if of.person.is_some() || of.from.is_some() || of.to.is_some() => {
            bail!(say::named_already())
        }
        Some(id) => return Ok((vec![store.session(id)?], 0)),
        None => store.list(&days.period(of))?.into_iter().rev().map(|s| s.id),
    };
    let (mut sessions, mut unreadable) = (Vec::new(), 0);
    for id in ids {
        match store.session(&id) {
            Ok(session) => sessions.push(session),
            Err(e) => {
                unreadable += 1;
                output::note(&say::left_out(&id, &e));
            }
        }
    }
    Ok((sessions, unreadable))
}

/// Own ranges that go with an export: of the people in it, where it is not of one session or of a time.
fn ranges_of(store: &Store, id: Option<&str>, of: &PeriodArgs) -> anyhow::Result<Vec<RangeRecord>> {
    let is_whole = id.is_none() && of.from.is_none() && of.to.is_none();
    Ok(if is_whole { store.ranges(of.person.as_deref())? } else { Vec::new() })
}

/// Writes the export; CSV is two files, the sets beside the repetitions.
fn export_to(
    store: Option<&Store>,
    export: &Export,
    (format, reader): (ExportFormat, CsvFor),
    out: &Path,
    mut guard: Guard,
) -> anyhow::Result<()> {
    let sessions = &export.sessions;
    let trends = || match store {
        Some(store) => gather::of_store(sessions, store),
        None => Ok(gather::of_sessions(sessions)),
    };
    let files: Vec<(PathBuf, String)> = match format {
        ExportFormat::Json => vec![(out.to_owned(), export::to_json(export)?)],
        ExportFormat::Csv => {
            let stem = out.file_stem().map_or_else(|| "sessions".into(), |s| s.to_string_lossy());
            let sets = out.with_file_name(format!("{stem}-sets.csv"));
            // Nobody has named this one: only an older one of its kind is written over.
            if sets.exists() && !csv::is_of_sets(&sets) {
                bail!(say::not_ours(&sets));
            }
            vec![(out.to_owned(), csv::reps(sessions, reader)?), (sets, csv::sets(sessions, reader)?)]
        }
        ExportFormat::Html => {
            let people: BTreeSet<&str> = sessions.iter().map(|session| session.person.as_str()).collect();
            if people.len() > 1 {
                bail!(say::several_people(&people));
            }
            vec![(out.to_owned(), reports::html(sessions, &trends()?))]
        }
    };
    let unwritten = |path: &Path| words::unwritten(&words::export(), path);
    for (path, _) in &files {
        guard.claim(path).with_context(|| unwritten(path))?;
    }
    for (path, text) in files {
        output_file::write(&path, text).with_context(|| unwritten(&path))?;
        output::line(&words::shown(&path))?;
    }
    Ok(())
}

/// Writes down what the person says: all of it, or on a mistake nothing.
fn edit(store: &mut Store, args: &EditArgs) -> anyhow::Result<()> {
    let session = store.session(&args.id)?;
    let set = args.set.map(|n| session.sets.iter().find(|s| s.index == n).with_context(|| say::no_set(&session, n)));
    let set = set.transpose()?;
    let remarks = Remarks {
        pain_before: args.pain_before,
        pain_after: args.pain_after,
        note: args.note.clone().filter(|_| set.is_none()),
        stopped_because: None,
    };
    let of_set = match set {
        Some(set) => {
            let corrected = args.count.as_ref().map(|count| corrected(count, set)).transpose()?;
            Some((set.index, SetRemarks { corrected, note: args.note.clone() }))
        }
        None => None,
    };
    store.remark(&args.id, &remarks, of_set.as_ref().map(|(n, said)| (*n, said)))?;
    output::line(&say::session(&store.session(&args.id)?, &catalogue::load_all().unwrap_or_default()))
}

/// "12", "6,5", or "measured" (`None`).
fn corrected(count: &str, set: &StoredSet) -> anyhow::Result<Option<Corrected>> {
    let number = |text: &str| text.trim().parse::<u32>().with_context(|| say::no_count(count));
    if count == "measured" {
        return Ok(None);
    }
    let Some((left, right)) = count.split_once(',') else {
        return Ok(Some(Corrected { total: number(count)?, left: None, right: None }));
    };
    if !set.summary.repetitions.iter().any(|r| r.side.is_some()) {
        bail!(say::no_sides(count, &set.title));
    }
    let (left, right) = (number(left)?, number(right)?);
    Ok(Some(Corrected { total: left.saturating_add(right), left: Some(left), right: Some(right) }))
}

/// Brings sessions back; those that are there already are left as they are, and said.
fn import(store: &mut Store, file: &Path) -> anyhow::Result<()> {
    let text = bounded::text(file, LARGEST_IMPORT).with_context(|| say::unreadable(file))?;
    let export = export::from_json(&text)?;
    let there = store.import_all(&export)?;
    output::line(&say::imported(export.sessions.len() - there.len()))?;
    if !there.is_empty() {
        bail!(say::there_already(&there));
    }
    Ok(())
}

/// The trend of an exercise, for people or as JSON.
fn trend(store: &Store, person: &str, exercise: &str, format: Format) -> anyhow::Result<()> {
    let Some(trend) = Trend::of(&store.sets_of(person, exercise, SetQuery::default())?) else {
        bail!(say::no_trend(exercise, person));
    };
    match format {
        Format::Json => output::line(&serde_json::to_string(&trend)?),
        Format::Text => output::line(&say::trend(&trend, person, ExerciseDef::load(&trend.exercise).ok().as_ref())),
    }
}
