//! The list of sessions: one row a session, or a month where there are many.

use super::content::{Report, SHOWN_BY_DAY};
use super::words::{date, month_of};
use crate::base::language::{tr, translated};
use crate::history::session::{SessionRecord, StoredSet};
use crate::history::trend::median;
use crate::history::words::seconds;
use maud::{Markup, html};

/// One row a session.
pub(super) fn overview(report: &Report<'_>) -> Markup {
    html! {
        h2 { (tr!("report-overview")) }
        div.wide { table {
            thead { tr {
                th { (tr!("report-day")) } th.words { (tr!("report-exercises")) } th { (tr!("report-sets")) } th { (tr!("report-counted")) }
                th { (tr!("report-holds")) } th { (tr!("report-pain-short")) }
            } }
            tbody {
                @for row in rows(report.sessions) {
                    @let sets = || row.sessions.iter().flat_map(|s| &s.sets);
                    tr {
                        td { (row.when) }
                        td.words { (titles(sets())) }
                        td { (sets().count()) }
                        td { (sets().map(StoredSet::counted).sum::<u32>()) @if sets().any(|s| s.corrected.is_some()) { "*" } }
                        td { (seconds(sets().map(|s| s.summary.holds.total_s).sum())) }
                        td { (row.pain()) }
                    }
                }
            }
        } }
        @if report.sessions.iter().flat_map(|s| &s.sets).any(|s| s.corrected.is_some()) {
            p.note { (tr!("report-star")) }
        }
    }
}

/// A row of the overview: a session, or a month of them.
struct OverviewRow<'a> {
    when: String,
    sessions: &'a [SessionRecord],
}

impl OverviewRow<'_> {
    /// Pain of the session, or the median of the sessions.
    fn pain(&self) -> String {
        if let [session] = self.sessions {
            return pain(session);
        }
        let of = |value: fn(&SessionRecord) -> Option<u8>| {
            median(self.sessions.iter().filter_map(value).map(f64::from))
                .map_or_else(|| "-".to_owned(), |v| format!("{v:.0}"))
        };
        let (before, after) = (of(|s| s.pain_before), of(|s| s.pain_after));
        if before == "-" && after == "-" { before } else { format!("{before}, {after}") }
    }
}

fn rows(sessions: &[SessionRecord]) -> Vec<OverviewRow<'_>> {
    if sessions.len() <= SHOWN_BY_DAY {
        let of_day = |s: &'_ SessionRecord| date(&s.started_at);
        return sessions.chunks(1).map(|s| OverviewRow { when: of_day(&s[0]), sessions: s }).collect();
    }
    let months = sessions.chunk_by(|a, b| a.started_at.get(..7) == b.started_at.get(..7));
    let row = |s| OverviewRow { when: month(s), sessions: s };
    months.map(row).collect()
}

/// "November 2026, 12 sessions".
fn month(sessions: &[SessionRecord]) -> String {
    let first = sessions.first().map(|s| month_of(&s.started_at)).unwrap_or_default();
    tr!("report-month", month = first, n = sessions.len())
}

fn titles<'a>(sets: impl Iterator<Item = &'a StoredSet>) -> String {
    let mut titles: Vec<String> = Vec::new();
    for title in sets.map(|set| translated(&set.title)) {
        if !titles.contains(&title) {
            titles.push(title);
        }
    }
    titles.join(", ")
}

pub(super) fn pain(session: &SessionRecord) -> String {
    let value = |v: Option<u8>| v.map_or_else(|| "-".to_owned(), |v| v.to_string());
    match (session.pain_before, session.pain_after) {
        (None, None) => "-".to_owned(),
        (before, after) => format!("{}, {}", value(before), value(after)),
    }
}
