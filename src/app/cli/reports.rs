//! Writes reports: gathers trends and words around the sessions.

use super::words;
use crate::exercise::catalogue;
use crate::history::export::report::Report;
use crate::history::session::SessionRecord;
use crate::history::store::{SetQuery, Store, data_folder, now};
use crate::history::trend::{PastSet, Trend};
use anyhow::Context as _;
use std::collections::BTreeSet;
use std::path::Path;

/// Sets of an exercise in the trend of a session's report: about a quarter of a year of daily practice.
const TREND_SETS: u32 = 100;

/// Where the trends of a report come from.
#[derive(Clone, Copy)]
pub(super) enum TrendScope<'a> {
    /// Everything that a store has of these people; the store's folder, where one is named.
    Store(Option<&'a Path>),
    /// The sessions of the report alone.
    Sessions,
}

/// Writes a report of these sessions.
pub(super) fn write(sessions: &[SessionRecord], scope: TrendScope<'_>, out: &Path) -> anyhow::Result<()> {
    let trends = match scope {
        TrendScope::Store(data_dir) => match Store::open_existing(&data_folder(data_dir)?)? {
            Some(opened) => of_store(sessions, &opened.store)?,
            None => of_sessions(sessions),
        },
        TrendScope::Sessions => of_sessions(sessions),
    };
    std::fs::write(out, html(sessions, &trends)).with_context(|| words::unwritten(words::REPORT, out))
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
    let query = SetQuery { until: Some(&session.id), newest: Some(TREND_SETS) };
    let mut trends = Vec::new();
    for (person, exercise) in exercises_of(sessions) {
        trends.extend(Trend::of(&store.sets_of(person, exercise, query)?));
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
