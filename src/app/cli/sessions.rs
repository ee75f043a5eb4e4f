//! `formcheck sessions`: what was kept, and its way in and out.

use super::args::{EditArgs, ExportFormat, Format, ME, PeriodArgs, SessionsCommand};
use super::{output, reports};
use crate::history::export::{self, csv};
use crate::history::session::{Corrected, EXPORT_SCHEMA, Export, RangeRecord, SessionRecord, StoredSet};
use crate::history::store::{Opened, Period, Remarks, SetQuery, SetRemarks, Store, data_folder, now};
use crate::history::trend::Trend;
use crate::history::words::{in_unit, percent, seconds};
use anyhow::{Context as _, bail};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Sets of a trend that are listed.
const LISTED: usize = 12;

/// Lists, shows, follows trends, edits, exports, imports, closes or deletes.
pub(super) fn run(command: &SessionsCommand, data_dir: Option<&Path>) -> anyhow::Result<ExitCode> {
    let folder = data_folder(data_dir)?;
    if let SessionsCommand::Delete { id: None, .. } = command {
        // Whatever is there, also what cannot be opened.
        Store::delete_all(&folder)?;
        output::line("deleted everything: sessions, people, ranges, backups")?;
        return Ok(ExitCode::SUCCESS);
    }
    let Opened { mut store, notice } = Store::open(&folder)?;
    if let Some(notice) = notice {
        output::note(&notice);
    }
    match command {
        SessionsCommand::List { of } => list(&store, of)?,
        SessionsCommand::Show { id } => output::line(&in_words(&store.session(id)?))?,
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
            output::line(&format!("closed {id}"))?;
        }
        SessionsCommand::Delete { id, .. } => delete(&mut store, id.as_deref().unwrap_or_default())?,
        SessionsCommand::Ranges { person, forget } => ranges(&mut store, person.as_deref(), forget.as_deref())?,
    }
    Ok(ExitCode::SUCCESS)
}

fn delete(store: &mut Store, id: &str) -> anyhow::Result<()> {
    let is_overwritten = store.delete(id)?;
    output::line(&format!("deleted {id}"))?;
    if !is_overwritten {
        output::note(
            "another copy of formcheck is reading: what was deleted is overwritten in the file when that has ended",
        );
    }
    for copy in store.copies() {
        output::note(&format!(
            "this copy, made before, may still hold it; `formcheck sessions delete --all` removes copies, too: {}",
            copy.display()
        ));
    }
    Ok(())
}

/// Lists the own ranges that are kept, or forgets one.
fn ranges(store: &mut Store, person: Option<&str>, forget: Option<&str>) -> anyhow::Result<()> {
    if let Some(exercise) = forget {
        let person = person.unwrap_or(ME);
        if !store.forget_range(person, exercise)? {
            bail!("there is no range of {person} in \"{exercise}\"; `formcheck sessions ranges` lists all");
        }
        return output::line(&format!("forgotten: the range of {person} in {exercise}"));
    }
    let all = store.ranges(person)?;
    if all.is_empty() {
        output::note("no ranges; \"My range\" in the window learns one");
    }
    for r in all {
        output::line(&format!("{}  {}  {}  {}", r.person, r.exercise, in_unit(r.own_range, &r.unit), r.at))?;
    }
    Ok(())
}

fn list(store: &Store, of: &PeriodArgs) -> anyhow::Result<()> {
    let days = Days::of(of);
    let lines = store.list(&days.period(of))?;
    if lines.is_empty() {
        output::note(
            "no sessions; the window keeps them, and so do `formcheck watch --save` and `formcheck analyze --save`",
        );
    }
    for s in lines {
        let open = if s.ended { "" } else { "  (not ended)" };
        let what = if s.titles.is_empty() { "no sets".to_owned() } else { s.titles.join(", ") };
        output::line(&format!("{}  {}  {}  {} counted  {what}{open}", s.id, s.started_at, s.person, s.counted))?;
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
            bail!("could not choose the session: it is named already; leave --person, --from and --to away")
        }
        Some(id) => vec![id.to_owned()],
        None => store.list(&days.period(of))?.into_iter().rev().map(|s| s.id).collect(),
    };
    Ok(ids.iter().map(|id| store.session(id)).collect::<Result<_, _>>()?)
}

/// RangeEstimate ranges that go with an export: of the people in it, where it is not of one session or of a time.
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
        ExportFormat::Html => vec![(out.to_owned(), reports::html(sessions, &reports::of_store(sessions, store)?))],
    };
    for (path, text) in files {
        let error = || format!("could not write the export, is the folder writable: {}", path.display());
        std::fs::write(&path, text).with_context(error)?;
        output::line(&path.display().to_string())?;
    }
    Ok(())
}

/// Writes down what the person says: all of it, or on a mistake nothing.
fn edit(store: &mut Store, args: &EditArgs) -> anyhow::Result<()> {
    let session = store.session(&args.id)?;
    let set = args.set.map(|n| session.sets.iter().find(|s| s.index == n).with_context(|| no_set(&session, n)));
    let set = set.transpose()?;
    let remarks = Remarks {
        pain_before: args.pain_before,
        pain_after: args.pain_after,
        note: args.note.clone().filter(|_| set.is_none()),
    };
    let of_set = match set {
        Some(set) => {
            let corrected = args.count.as_ref().map(|count| corrected(count, set)).transpose()?;
            Some((set.index, SetRemarks { corrected, note: args.note.clone() }))
        }
        None => None,
    };
    store.remark(&args.id, &remarks, of_set.as_ref().map(|(n, said)| (*n, said)))?;
    output::line(&in_words(&store.session(&args.id)?))
}

fn no_set(session: &SessionRecord, number: u32) -> String {
    format!("there is no set {number} in the session {}: it has {}", session.id, session.sets.len())
}

/// "12", "6,5", or "measured" (`None`).
fn corrected(count: &str, set: &StoredSet) -> anyhow::Result<Option<Corrected>> {
    let number = |text: &str| {
        text.trim().parse::<u32>().with_context(|| {
            format!("could not take the count \"{count}\": give one number, \"left,right\", or \"measured\"")
        })
    };
    if count == "measured" {
        return Ok(None);
    }
    let Some((left, right)) = count.split_once(',') else {
        return Ok(Some(Corrected { total: number(count)?, left: None, right: None }));
    };
    if !set.summary.repetitions.iter().any(|r| r.side.is_some()) {
        bail!("could not take the count \"{count}\": {} has no sides; give one number", set.title);
    }
    let (left, right) = (number(left)?, number(right)?);
    Ok(Some(Corrected { total: left.saturating_add(right), left: Some(left), right: Some(right) }))
}

/// Brings sessions back; those that are there already are left as they are, and said.
fn import(store: &mut Store, file: &Path) -> anyhow::Result<()> {
    let error = || format!("could not read the sessions, is the path right: {}", file.display());
    let export = export::from_json(&std::fs::read_to_string(file).with_context(error)?)?;
    let there = store.import_all(&export)?;
    output::line(&format!("imported {} session(s)", export.sessions.len() - there.len()))?;
    if !there.is_empty() {
        bail!(
            "could not import {} session(s) that are there already; delete them first to replace them: {}",
            there.len(),
            there.join(", ")
        );
    }
    Ok(())
}

/// The trend of an exercise, for people or as JSON.
fn trend(store: &Store, person: &str, exercise: &str, format: Format) -> anyhow::Result<()> {
    let Some(trend) = Trend::of(&store.sets_of(person, exercise, SetQuery::default())?) else {
        bail!("there is no set of \"{exercise}\" by {person}; `formcheck sessions list` shows what there is");
    };
    match format {
        Format::Json => output::line(&serde_json::to_string(&trend)?),
        Format::Text => output::line(&trend_in_words(&trend, person)),
    }
}

fn trend_in_words(t: &Trend, person: &str) -> String {
    let mut text = String::new();
    let mut say = |line: String| {
        let _ = writeln!(text, "{line}");
    };
    say(format!("{}, {person}: {} set(s)", t.title, t.points.len()));
    let or_dash = |v: Option<f64>, words: &dyn Fn(f64) -> String| v.map_or_else(|| "-".to_owned(), words);
    let range = |v: f64| in_unit(v, &t.range_unit);
    say(format!(
        "  {:10}  {:>9}  {:>9}  {:>9}  {:>10}  {:>6}  faults",
        "day", "counted", "range", "hold", "consistent", "score"
    ));
    for p in t.points.iter().skip(t.points.len().saturating_sub(LISTED)) {
        let faults: Vec<String> = p.faults.iter().map(|f| format!("{} {}", f.id, percent(f.share))).collect();
        let other = if p.comparable { "" } else { "  (another exercise file)" };
        say(format!(
            "  {:10}  {:>9}  {:>9}  {:>9}  {:>10}  {:>6}  {}{other}",
            p.started_at.get(..10).unwrap_or(&p.started_at),
            format!("{}/{}", p.counted, p.target),
            or_dash(p.range, &range),
            or_dash(p.hold_s.or(p.active_s), &seconds),
            or_dash(p.consistency, &percent),
            or_dash(p.score, &|v| format!("{v:.0}")),
            if faults.is_empty() { "-".to_owned() } else { faults.join(", ") }
        ));
    }
    for c in t.changes() {
        say(format!("  {}: {} in the last {} sets, {} in the {} before", c.figure, c.lately, c.sets, c.before, c.sets));
    }
    if t.changes().is_empty() {
        say("  too few sets yet to tell a change".to_owned());
    }
    text.trim_end().to_owned()
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
    for (when, pain) in [("before", session.pain_before), ("after", session.pain_after)] {
        if let Some(pain) = pain {
            say(format!("  pain {when}: {pain} of 10"));
        }
    }
    for set in &session.sets {
        say(set_in_words(set));
    }
    if let Some(note) = &session.note {
        say(format!("  note: {note}"));
    }
    text.trim_end().to_owned()
}

fn set_in_words(set: &StoredSet) -> String {
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
    if let Some(note) = &set.note {
        let _ = write!(words, "; note: {note}");
    }
    if !set.finished {
        words.push_str("; not finished");
    }
    words
}
