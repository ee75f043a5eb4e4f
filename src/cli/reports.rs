//! Writes reports: gathers trends and words around the sessions.

use crate::exercise::catalogue;
use crate::export::report::Report;
use crate::session::log::SessionRecord;
use crate::session::trend::{PastSet, Trend};
use crate::store::{Past, Store, data_folder, now};
use anyhow::Context as _;
use std::collections::BTreeSet;
use std::path::Path;

/// Sets of an exercise in the trend of a session's report: about a quarter of a year of daily practice.
const TREND_SETS: u32 = 100;

/// Writes a report of these sessions. `past`: trends come from everything the store has of these people; else from the
/// sessions alone.
pub(super) fn write(sessions: &[SessionRecord], past: Option<Option<&Path>>, out: &Path) -> anyhow::Result<()> {
    let trends = match past {
        Some(data_dir) => of_store(sessions, &Store::open(&data_folder(data_dir)?)?.store)?,
        None => of_sessions(sessions),
    };
    let error = || format!("could not write the report, is the folder writable: {}", out.display());
    std::fs::write(out, html(sessions, &trends)).with_context(error)
}

/// The page about these sessions and trends.
pub(super) fn html(sessions: &[SessionRecord], trends: &[Trend]) -> String {
    let exercises = catalogue::load_all().unwrap_or_default();
    Report { sessions, trends, exercises: &exercises, made_at: &now() }.html()
}

/// Trends of the exercises in the sessions: of one session over what the store has of the time before it, of several over
/// their own time.
pub(super) fn of_store(sessions: &[SessionRecord], store: &Store) -> anyhow::Result<Vec<Trend>> {
    let [session] = sessions else { return Ok(of_sessions(sessions)) };
    let past = Past { until: Some(&session.id), newest: Some(TREND_SETS) };
    let mut trends = Vec::new();
    for (person, exercise) in exercises_of(sessions) {
        trends.extend(Trend::of(&store.sets_of(person, exercise, past)?));
    }
    Ok(trends)
}

/// Trends over these sessions alone.
fn of_sessions(sessions: &[SessionRecord]) -> Vec<Trend> {
    let of = |(person, exercise): (&str, &str)| {
        let own = sessions.iter().filter(|s| s.person == person);
        let sets = own.flat_map(|s| s.sets.iter().map(move |set| (s, set)));
        let sets = sets.filter(|(_, set)| set.summary.exercise.as_deref() == Some(exercise));
        let sets: Vec<PastSet> = sets.map(|(s, set)| PastSet { session: s.id.clone(), set: set.clone() }).collect();
        Trend::of(&sets)
    };
    exercises_of(sessions).into_iter().filter_map(of).collect()
}

/// Each person with each of their exercises, once.
fn exercises_of(sessions: &[SessionRecord]) -> BTreeSet<(&str, &str)> {
    let sets = sessions.iter().flat_map(|s| s.sets.iter().map(move |set| (s, set)));
    sets.filter_map(|(s, set)| Some((s.person.as_str(), set.summary.exercise.as_deref()?))).collect()
}
