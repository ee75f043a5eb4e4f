//! The page itself: head, table of what was done, a card a set, trends, what was not measured, who measured.

use super::charts::{Bar, HALF, Level, Series, WHOLE, bars, lines, progress};
use super::content::{Report, SHOWN_BY_DAY};
use super::figure::still;
use super::overview::{overview, pain};
use super::words::{date, date_time, done_of, unit_words};
use crate::base::language::{Language, current, decimal, number, tr, translated};
use crate::counting::record::{Rep, RepSide};
use crate::counting::retold;
use crate::exercise::Mode;
use crate::history::session::{SessionRecord, StoredSet};
use crate::history::trend::{Trend, TrendPoint, median};
use crate::history::words::{ended, in_unit, percent, seconds, stopped, waits};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use std::collections::BTreeMap;

/// What the page may do (CSP 3): show its own style and drawings.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

const STYLE: &str = include_str!("style.css");

impl Report<'_> {
    /// The report as one page of HTML.
    pub fn html(&self) -> String {
        page(self).into_string()
    }
}

fn page(report: &Report<'_>) -> Markup {
    let title = title(report.sessions);
    html! {
        (DOCTYPE)
        html lang=(current().tag()) {
            head {
                meta charset="utf-8";
                // It fetches nothing and runs nothing, whatever stands in a record.
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="generator" content=(format!("formcheck {}", env!("CARGO_PKG_VERSION")));
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                header { h1 { (title) } (people(report.sessions)) }
                main {
                    @if report.sessions.len() > SHOWN_BY_DAY { (trends(report)) }
                    @if report.sessions.len() > 1 { (overview(report)) }
                    @if report.sessions.len() > report.shown_whole().len() {
                        p.note { (tr!("report-last-of", n = report.shown_whole().len(), all = report.sessions.len())) }
                    }
                    @for session in report.shown_whole() { (whole(report, session)) }
                    @if report.sessions.len() <= SHOWN_BY_DAY { (trends(report)) }
                    (not_measured(report))
                }
                (foot(report))
            }
        }
    }
}

fn title(sessions: &[SessionRecord]) -> String {
    match sessions {
        [] => tr!("report-none"),
        [only] => tr!("report-session-of", at = date_time(&only.started_at)),
        [first, .., last] => {
            let (from, to) = (date(&first.started_at), date(&last.started_at));
            tr!("report-sessions", n = sessions.len(), from = from, to = to)
        }
    }
}

fn people(sessions: &[SessionRecord]) -> Markup {
    let mut names: Vec<&str> = sessions.iter().map(|s| s.person.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    html! { @if !names.is_empty() { p { (tr!("report-person")) " " b { (names.join(", ")) } } } }
}

/// A session, set by set.
fn whole(report: &Report<'_>, session: &SessionRecord) -> Markup {
    let corrected = session.sets.iter().any(|s| s.corrected.is_some());
    html! {
        @if report.sessions.len() > 1 { h2 { (date_time(&session.started_at)) } } @else { h2 { (tr!("report-glance")) } }
        @if session.pain_before.is_some() || session.pain_after.is_some() {
            p { (tr!("report-pain")) " " b { (pain(session)) } }
        }
        @if let Some(because) = session.stopped_because { p { (tr!("report-stopped")) " " b { (stopped(because)) } } }
        @if let Some(note) = &session.note { p { "“" (note) "”" } }
        @if session.sets.is_empty() { p.note { (tr!("report-nothing-done")) } } @else { (glance(report, session, corrected)) }
        @if report.sessions.len() == 1 { h2 { (tr!("report-set-by-set")) } (key()) }
        @for set in &session.sets { (card(report, set)) }
    }
}

/// The table that says it all in a minute.
fn glance(report: &Report<'_>, session: &SessionRecord, corrected: bool) -> Markup {
    html! {
        div.wide { table {
            thead { tr {
                th { (tr!("report-exercise")) } th { (tr!("report-done")) } @if corrected { th { (tr!("report-corrected")) } }
                th { (tr!("report-not-counted")) } th { (tr!("report-hold")) } th { (tr!("report-range")) }
                th { (tr!("report-left-right")) } th.words { (tr!("report-form")) } th { (tr!("report-seen")) }
            } }
            tbody {
                @for set in &session.sets {
                    @let s = &set.summary;
                    tr {
                        td { (translated(&set.title)) @if !set.finished { span.faint { " " (tr!("report-set-stopped")) } } }
                        td { (done_of(set)) (progress(done_share(set))) }
                        @if corrected { td { (set.corrected.map_or_else(String::new, |c| c.total.to_string())) } }
                        td { (s.reps.rejected) }
                        td { (held(set)) }
                        td { (range_of(set, None)) }
                        td { (left_right(set)) }
                        td.words { (form(report, set)) }
                        td { @if set.finished { (percent(s.tracked_fraction)) } @else { "-" } }
                    }
                }
            }
        } }
    }
}

fn key() -> Markup {
    html! {
        p.key { (tr!("report-key-bars")) " " span.m { b { "●" } " " (tr!("report-key-fault")) } ". " span.l { b { (tr!("report-key-left")) } }
            " " (tr!("report-key-and")) " " span.r { b { (tr!("report-key-right")) } } " " (tr!("report-key-own")) }
    }
}

fn counted(set: &StoredSet) -> impl Iterator<Item = &Rep> {
    set.summary.repetitions.iter().filter(|r| r.counted)
}

/// How long the holds were; of those that did not count, in brackets, where none did.
fn held(set: &StoredSet) -> String {
    let others_s = || median(set.summary.repetitions.iter().filter_map(|r| r.hold_s));
    let counted_s = median(counted(set).filter_map(|r| r.hold_s));
    let words = counted_s.map(seconds).or_else(|| Some(format!("({})", seconds(others_s()?))));
    words.unwrap_or_else(|| "-".to_owned())
}

fn unit(set: &StoredSet) -> &str {
    set.summary.repetitions.first().map_or("deg", |r| r.range_unit.as_str())
}

fn range_of(set: &StoredSet, side: Option<RepSide>) -> String {
    let values = counted(set).filter(|r| side.is_none() || r.side == side).map(|r| r.range);
    median(values).map_or_else(|| "-".to_owned(), |v| in_unit(v, unit(set)))
}

fn left_right(set: &StoredSet) -> String {
    let has = |side| counted(set).any(|r| r.side == Some(side));
    if !has(RepSide::Left) && !has(RepSide::Right) {
        return "-".to_owned();
    }
    format!("{} / {}", range_of(set, Some(RepSide::Left)), range_of(set, Some(RepSide::Right)))
}

/// Faults of the counted repetitions, the most frequent first: id and number of repetitions.
fn faults(set: &StoredSet) -> Vec<(&str, usize)> {
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for id in counted(set).flat_map(|r| &r.faults) {
        *times.entry(id).or_default() += 1;
    }
    let mut times: Vec<_> = times.into_iter().collect();
    times.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    times
}

/// Form in a few words: the score and the most frequent fault.
fn form(report: &Report<'_>, set: &StoredSet) -> String {
    let exercise = set.summary.exercise.as_deref();
    let score = median(counted(set).filter_map(|r| r.score).map(f64::from));
    let score = score.map(|s| tr!("report-score", n = decimal(s, 0)));
    let worst = faults(set).first().map(|(id, n)| format!("{} ({n}×)", report.fault_words(exercise, id)));
    match (score, worst) {
        (None, None) => "-".to_owned(),
        (Some(a), Some(b)) => format!("{a}; {b}"),
        (Some(one), None) | (None, Some(one)) => one,
    }
}

/// What stands of the target, 0 to 1.
fn done_share(set: &StoredSet) -> f64 {
    let (done, target) = if set.is_timed() {
        (set.summary.active_s, set.target_hold_s)
    } else {
        (f64::from(set.counted()), f64::from(set.target_total()))
    };
    if target > 0.0 { (done / target).min(1.0) } else { 0.0 }
}

/// One set: its charts, key poses, faults, and why repetitions did not count.
fn card(report: &Report<'_>, set: &StoredSet) -> Markup {
    let s = &set.summary;
    let exercise = s.exercise.as_deref();
    let rejected = s.repetitions.iter().filter(|r| !r.counted);
    html! {
        section.card {
            h3 { (set.index) ". " (translated(&set.title)) ": " (done_of(set))
                @if let Some(c) = set.corrected { ", " (tr!("report-corrected-to", n = c.total)) } }
            @if let Some(p) = &set.prescription { (prescription(set, p)) }
            div.body {
                div.charts { (rep_charts(set)) }
                @if !set.key_poses.is_empty() {
                    div.stills { @for st in &set.key_poses { (still(st, &still_words(report, set, st.rep))) } }
                }
            }
            @if !faults(set).is_empty() {
                p { b { (tr!("report-form-colon")) " " } (faults(set).iter().map(|(id, n)| tr!("report-fault-in", fault = report.fault_words(exercise, id), n = *n, of = counted(set).count())).collect::<Vec<_>>().join("; ")) }
            }
            @if s.reps.rejected > 0 {
                p { b { (tr!("report-not-counted-colon")) " " } (rejected.map(|r| format!("{}: {}", number_of(r), r.reason.as_deref().map_or_else(|| "-".to_owned(), retold::reason))).collect::<Vec<_>>().join("; ")) }
            }
            @if let Some(course) = course(set) { p.note { (course) } }
            @if let Some(note) = &set.note { p { "“" (note) "”" } }
        }
    }
}

/// How the set went on and ended, where that is worth a word.
fn course(set: &StoredSet) -> Option<String> {
    let s = &set.summary;
    let said: Vec<String> = waits(&s.pauses).into_iter().chain(s.ended_by.and_then(ended)).collect();
    let said = said.join("; ");
    let first = said.chars().next()?;
    Some(format!("{}{}.", first.to_uppercase(), &said[first.len_utf8()..]))
}

fn prescription(set: &StoredSet, p: &crate::exercise::plan::Prescription) -> Markup {
    let unit = unit(set);
    let limits: Vec<String> = [(tr!("report-at-least"), p.least_range), (tr!("report-at-most"), p.most_range)]
        .into_iter()
        .filter_map(|(words, limit)| Some(format!("{words} {}", in_unit(limit?, unit))))
        .collect();
    html! {
        p.note { (tr!("report-routine", id = p.routine.as_str())) @if !limits.is_empty() { "; " (tr!("report-limits", limits = limits.join(", "))) } @if let Some(note) = &p.note { "; " (translated(note)) } }
    }
}

fn still_words(report: &Report<'_>, set: &StoredSet, rep: u32) -> String {
    let Some(r) = set.summary.repetitions.iter().find(|r| r.id == rep) else { return String::new() };
    let side = match r.side {
        Some(RepSide::Left) => format!(" {}", tr!("report-left")),
        Some(RepSide::Right) => format!(" {}", tr!("report-right")),
        _ => String::new(),
    };
    let fault = r.faults.first().map(|f| format!(": {}", report.fault_words(set.summary.exercise.as_deref(), f)));
    format!("{}{side}, {}{}", number_of(r), in_unit(r.range, &r.range_unit), fault.unwrap_or_default())
}

fn number_of(rep: &Rep) -> String {
    tr!("report-number", n = rep.index)
}

fn rep_charts(set: &StoredSet) -> Markup {
    let reps = &set.summary.repetitions;
    if reps.is_empty() {
        let why = set.summary.not_counted_because.as_ref().map(retold::because);
        return html! { p.note { (tr!("report-nothing-counted")) @if let Some(why) = why { ": " (why) } "." } };
    }
    let label = |r: &Rep| match r.side {
        Some(RepSide::Left) => format!("{} {}", r.index, tr!("report-l")),
        Some(RepSide::Right) => format!("{} {}", r.index, tr!("report-r")),
        _ => r.index.to_string(),
    };
    let class = |r: &Rep| match (r.counted, r.side) {
        (false, _) => "rejected",
        (true, Some(RepSide::Left)) => "left",
        (true, Some(RepSide::Right)) => "right",
        (true, _) => "counted",
    };
    let bar = |r: &Rep, value: f64| Bar {
        label: label(r),
        value,
        class: class(r),
        marked: r.counted && !r.faults.is_empty(),
    };
    let unit = unit(set);
    let limits = set.prescription.as_ref().map_or([None, None], |p| [p.least_range, p.most_range]);
    let names = [tr!("report-at-least"), tr!("report-at-most")];
    let levels = limits.iter().zip(names).filter_map(|(l, name)| Some(Level { value: (*l)?, label: name }));
    let levels: Vec<Level> = levels.collect();
    let ranges: Vec<Bar> = reps.iter().map(|r| bar(r, r.range)).collect();
    let in_what = unit_words(unit);
    let range_title = if set.is_timed() {
        tr!("report-range-of-passes", unit = in_what)
    } else {
        tr!("report-range-of-reps", unit = in_what)
    };
    let holds: Vec<Bar> = reps.iter().filter_map(|r| Some(bar(r, r.hold_s?))).collect();
    let target = [Level { value: set.target_hold_s, label: tr!("report-target", s = seconds(set.target_hold_s)) }];
    let width = if holds.is_empty() { WHOLE } else { HALF };
    html! {
        div {
            h4 { (range_title) }
            (bars(&range_title, width, &ranges, &levels, |v| in_unit(v, unit)))
        }
        @if !holds.is_empty() {
            div {
                h4 { (tr!("report-time-held")) }
                (bars(&tr!("report-time-held"), width, &holds, &target, in_seconds))
            }
        }
    }
}

fn trends(report: &Report<'_>) -> Markup {
    let shown: Vec<&Trend> = report.trends.iter().filter(|t| t.points.len() > 1).collect();
    html! {
        @if !shown.is_empty() {
            h2 { (tr!("report-over-time")) }
            div.trends { @for t in shown { (trend(report, t)) } }
        }
    }
}

fn trend(report: &Report<'_>, t: &Trend) -> Markup {
    let comparable: Vec<&TrendPoint> = t.points.iter().filter(|p| p.comparable).collect();
    let values = |f: fn(&TrendPoint) -> Option<f64>| comparable.iter().map(|p| f(p)).collect::<Vec<_>>();
    let first = comparable.first().map(|p| date(&p.started_at)).unwrap_or_default();
    let last = comparable.last().map(|p| date(&p.started_at)).unwrap_or_default();
    let ends = [first.as_str(), last.as_str()];
    let sided = comparable.iter().any(|p| p.range_left.is_some() || p.range_right.is_some());
    let ranges = if sided {
        vec![
            Series { class: "one", name: tr!("report-left"), values: values(|p| p.range_left) },
            Series { class: "other", name: tr!("report-right"), values: values(|p| p.range_right) },
        ]
    } else {
        vec![Series { class: "one", name: String::new(), values: values(|p| p.range) }]
    };
    let time =
        |f: fn(&TrendPoint) -> Option<f64>| vec![Series { class: "one", name: String::new(), values: values(f) }];
    html! {
        section.card.trend {
            h3 { (translated(&t.title)) }
            h4 { (tr!("report-range-of-set")) }
            (lines(&tr!("report-range-over-time"), &ranges, ends, |v| in_unit(v, &t.range_unit)))
            @if t.mode == Mode::Hold.name() { h4 { (tr!("report-hold-of-set")) } (lines(&tr!("report-hold-over-time"), &time(|p| p.hold_s), ends, in_seconds)) }
            @if t.is_timed() { h4 { (tr!("report-active")) } (lines(&tr!("report-active-over-time"), &time(|p| p.active_s), ends, in_seconds)) }
            @if comparable.iter().any(|p| p.faulty.is_some_and(|f| f > 0.0)) {
                h4 { (tr!("report-faulty")) }
                (lines(&tr!("report-faulty-over-time"), &time(|p| p.faulty), ends, percent))
            }
            (changes(t))
            (fault_trend(report, t))
            @let older = t.points.len() - comparable.len();
            @if older > 0 {
                p.note { (tr!("report-older", count = older)) }
            }
        }
    }
}

/// What has changed, in words.
fn changes(t: &Trend) -> Markup {
    let changed = t.changes();
    let told: Vec<String> = changed.iter().map(|c| format!("{} {} → {}", c.figure, c.before, c.lately)).collect();
    let sets = changed.first().map_or(0, |c| c.sets);
    html! {
        @if told.is_empty() { p.note { (tr!("report-too-few")) } }
        @else { p { (tr!("report-changes", sets = sets, told = told.join("; "))) } }
    }
}

/// The faults of the newest set.
fn fault_trend(report: &Report<'_>, t: &Trend) -> Markup {
    let newest = t.points.iter().rfind(|p| p.comparable);
    html! {
        @if let Some(p) = newest.filter(|p| !p.faults.is_empty()) {
            p.note { (tr!("report-newest", faults = p.faults.iter().map(|f| tr!("report-fault-share", fault = report.fault_words(Some(&t.exercise), &f.id), share = percent(f.share))).collect::<Vec<_>>().join("; "))) }
        }
    }
}

/// What no camera sees, and what these recordings hid: each said once.
fn not_measured(report: &Report<'_>) -> Markup {
    let mut told: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    for set in report.shown_whole().iter().flat_map(|s| &s.sets) {
        for n in &set.summary.not_measured {
            let key = (translated(&set.title), retold::not_measured(&n.why));
            let what = inside(&report.fault_words(set.summary.exercise.as_deref(), &n.id));
            let list = told.entry(key).or_default();
            if !list.contains(&what) {
                list.push(what);
            }
        }
    }
    html! {
        @if !told.is_empty() {
            h2 { (tr!("report-not-measured")) }
            ul { @for ((title, why), what) in &told { li { b { (title) } ": " (what.join("; ")) " (" (why) ")" } } }
        }
    }
}

/// A cue inside a sentence. Only English writes all of it small there.
fn inside(cue: &str) -> String {
    if current() == Language::English { cue.to_lowercase() } else { cue.to_owned() }
}

fn in_seconds(value: f64) -> String {
    format!("{} s", number(value))
}

fn foot(report: &Report<'_>) -> Markup {
    let mut by: Vec<String> = report
        .sessions
        .iter()
        .flat_map(|s| &s.sets)
        .map(|s| tr!("report-by", version = s.summary.app_version.as_str(), model = s.summary.model.as_str()))
        .collect();
    by.sort_unstable();
    by.dedup();
    html! {
        footer {
            p { (tr!("report-measured-by", by = by.join("; "))) }
            p { (tr!("report-made", at = date_time(report.made_at))) }
        }
    }
}
