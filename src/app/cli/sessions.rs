//! `formcheck sessions`: what was kept, and its way in and out.

use super::args::{EditArgs, ExportFormat, Format, ME, PeriodArgs, SessionsCommand};
use super::words::{self, sessions as say};
use super::{output, reports};
use crate::exercise::{ExerciseDef, catalogue};
use crate::history::export::report::gather;
use crate::history::export::{self, csv};
use crate::history::session::{Corrected, EXPORT_SCHEMA, Export, RangeRecord, SessionRecord, StoredSet};
use crate::history::store::{Opened, Period, Remarks, SetQuery, SetRemarks, Store, data_folder, now};
use crate::history::trend::Trend;
use anyhow::{Context as _, bail};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Lists, shows, follows trends, edits, exports, imports, closes or deletes.
pub(super) fn run(command: &SessionsCommand, data_dir: Option<&Path>) -> anyhow::Result<ExitCode> {
    let folder = data_folder(data_dir)?;
    if let SessionsCommand::Delete { id: None, .. } = command {
        // Whatever is there, also what cannot be opened.
        Store::delete_all(&folder)?;
        output::line(say::DELETED_EVERYTHING)?;
        return Ok(ExitCode::SUCCESS);
    }
    let Opened { mut store, notice } = Store::open(&folder)?;
    if let Some(notice) = notice {
        output::note(&notice);
    }
    match command {
        SessionsCommand::List { of } => list(&store, of)?,
        SessionsCommand::Show { id } => {
            output::line(&say::session(&store.session(id)?, &catalogue::load_all().unwrap_or_default()))?;
        }
        SessionsCommand::Trend { exercise, person, format } => trend(&store, person, exercise, *format)?,
        SessionsCommand::Edit(args) => edit(&mut store, args)?,
        SessionsCommand::Export { id, of, format, out } => {
            let export = Export {
                formcheck_export: EXPORT_SCHEMA,
                sessions: wanted(&store, id.as_deref(), of)?,
                ranges: ranges_of(&store, id.as_deref(), of)?,
            };
            export_to(&store, &export, *format, out)?;
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

fn delete(store: &mut Store, id: &str) -> anyhow::Result<()> {
    let is_overwritten = store.delete(id)?;
    output::line(&say::deleted(id))?;
    if !is_overwritten {
        output::note(say::OVERWRITTEN_LATER);
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
        output::note(say::NO_RANGES);
    }
    for r in all {
        output::line(&say::range_line(&r))?;
    }
    Ok(())
}

fn list(store: &Store, of: &PeriodArgs) -> anyhow::Result<()> {
    let days = Days::of(of);
    let lines = store.list(&days.period(of))?;
    if lines.is_empty() {
        output::note(say::NO_SESSIONS);
    }
    for s in lines {
        output::line(&say::session_line(&s.id, &s.started_at, &s.person, s.counted, &s.titles, s.ended))?;
    }
    Ok(())
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

/// The named session, or all that are asked for, the oldest first.
fn wanted(store: &Store, id: Option<&str>, of: &PeriodArgs) -> anyhow::Result<Vec<SessionRecord>> {
    let days = Days::of(of);
    let ids = match id {
        Some(_) if of.person.is_some() || of.from.is_some() || of.to.is_some() => {
            bail!(say::NAMED_ALREADY)
        }
        Some(id) => vec![id.to_owned()],
        None => store.list(&days.period(of))?.into_iter().rev().map(|s| s.id).collect(),
    };
    Ok(ids.iter().map(|id| store.session(id)).collect::<Result<_, _>>()?)
}

/// Own ranges that go with an export: of the people in it, where it is not of one session or of a time.
fn ranges_of(store: &Store, id: Option<&str>, of: &PeriodArgs) -> anyhow::Result<Vec<RangeRecord>> {
    let is_whole = id.is_none() && of.from.is_none() && of.to.is_none();
    Ok(if is_whole { store.ranges(of.person.as_deref())? } else { Vec::new() })
}

/// Writes the export; CSV is two files, the sets beside the repetitions.
fn export_to(store: &Store, export: &Export, format: ExportFormat, out: &Path) -> anyhow::Result<()> {
    let sessions = &export.sessions;
    let files: Vec<(PathBuf, String)> = match format {
        ExportFormat::Json => vec![(out.to_owned(), export::to_json(export)?)],
        ExportFormat::Csv => {
            let stem = out.file_stem().map_or_else(|| "sessions".into(), |s| s.to_string_lossy());
            let sets = out.with_file_name(format!("{stem}-sets.csv"));
            vec![(out.to_owned(), csv::reps(sessions)?), (sets, csv::sets(sessions)?)]
        }
        ExportFormat::Html => vec![(out.to_owned(), reports::html(sessions, &gather::of_store(sessions, store)?))],
    };
    for (path, text) in files {
        std::fs::write(&path, text).with_context(|| words::unwritten(words::EXPORT, &path))?;
        output::line(&path.display().to_string())?;
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
    let text = std::fs::read_to_string(file).with_context(|| say::unreadable(file))?;
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
