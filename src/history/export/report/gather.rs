//! Gathers the trends that a report shows beside its sessions.

use crate::history::session::SessionRecord;
use crate::history::store::{SetQuery, Store, StoreError};
use crate::history::trend::{PastSet, Trend};
use std::collections::BTreeSet;

/// Sets of an exercise in the trend of a session's report: about a quarter of a year of daily practice.
const TREND_SETS: u32 = 100;

/// Trends of the exercises in the sessions: of one session over what the store has of the time before it, of several over
/// their own time.
///
/// # Errors
/// When the store cannot be read.
pub fn of_store(sessions: &[SessionRecord], store: &Store) -> Result<Vec<Trend>, StoreError> {
    let [session] = sessions else { return Ok(of_sessions(sessions)) };
    let query = SetQuery { until: Some(&session.id), newest: Some(TREND_SETS) };
    let mut trends = Vec::new();
    for (person, exercise) in exercises_of(sessions) {
        trends.extend(Trend::of(&store.sets_of(person, exercise, query)?));
    }
    Ok(trends)
}

/// Trends over these sessions alone.
pub fn of_sessions(sessions: &[SessionRecord]) -> Vec<Trend> {
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
