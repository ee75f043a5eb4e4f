//! Writes reports: gathers trends and words around the sessions.

use super::words;
use crate::disk::output_file;
use crate::exercise::catalogue;
use crate::history::export::report::{Report, gather};
use crate::history::session::SessionRecord;
use crate::history::store::{Store, data_folder, now};
use crate::history::trend::Trend;
use anyhow::Context as _;
use std::path::Path;

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
            Some(opened) => gather::of_store(sessions, &opened.store)?,
            None => gather::of_sessions(sessions),
        },
        TrendScope::Sessions => gather::of_sessions(sessions),
    };
    output_file::write(out, html(sessions, &trends)).with_context(|| words::unwritten(&words::report(), out))
}

/// The page about these sessions and trends.
pub(super) fn html(sessions: &[SessionRecord], trends: &[Trend]) -> String {
    let exercises = catalogue::load_all().unwrap_or_default();
    Report { sessions, trends, exercises: &exercises, made_at: &now() }.html()
}
