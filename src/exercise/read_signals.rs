//! Reads the `[signals]` table: one kind each, combinations put behind what they refer to.

use super::diagnostics::{Code, Report};
use super::read::{Fields, Value, as_list, as_text};
use crate::base::skeleton::{Landmark, Side};
use crate::motion::signal::{PointRef, SignalDef, SignalKind, Unit};
use std::ops::Range;

/// Names of all kinds.
const KINDS: [&str; 29] = [
    "angle",
    "front_angle",
    "elevation",
    "floor_elevation",
    "above_floor",
    "inclination",
    "lean_back",
    "behind_trunk",
    "shoulder_yaw",
    "height",
    "distance",
    "along",
    "in_front",
    "across",
    "rise",
    "depth",
    "twist",
    "pelvis_yaw",
    "tilt",
    "back_curve",
    "mean",
    "mean_known",
    "first_known",
    "min",
    "max",
    "difference",
    "gap",
    "negative",
    "progress",
];

/// A signal whose references are still names.
struct Named {
    name: String,
    span: Range<usize>,
    kind: SignalKind,
    refers_to: Vec<(String, Range<usize>)>,
}

/// Reads all signals. The order is by name, but each stands behind those it refers to.
pub(super) fn read(fields: &Fields<'_, '_>, report: &mut Report) -> Vec<SignalDef> {
    let mut named = Vec::new();
    for (key, value) in fields.entries() {
        if let Some((kind, refers_to)) = read_one(value, report) {
            named.push(Named { name: key.get_ref().to_string(), span: key.span(), kind, refers_to });
        }
    }
    note_unknown(&named, &names(fields), report);
    order(named, report)
}

/// Names of all signals, those that cannot be read included.
pub(super) fn names(fields: &Fields<'_, '_>) -> Vec<String> {
    fields.entries().map(|(key, _)| key.get_ref().to_string()).collect()
}

fn note_unknown(named: &[Named], names: &[String], report: &mut Report) {
    for (name, span) in named.iter().flat_map(|n| &n.refers_to) {
        if !names.contains(name) {
            let message = format!("there is no signal `{name}`");
            report.push_word(Code::UnknownSignal, span.clone(), message, name, names);
        }
    }
}

/// Puts signals behind those they refer to and turns names into indices; circles are noted.
fn order(mut left: Vec<Named>, report: &mut Report) -> Vec<SignalDef> {
    let mut done: Vec<SignalDef> = Vec::new();
    loop {
        let index = |done: &[SignalDef], name: &str| done.iter().position(|d| d.name == name);
        let ready = left.iter().position(|n| n.refers_to.iter().all(|(r, _)| index(&done, r).is_some()));
        let Some(at) = ready else { break };
        let next = left.remove(at);
        let of: Vec<usize> = next.refers_to.iter().filter_map(|(r, _)| index(&done, r)).collect();
        let (kind, unit) = resolve(next.kind, &of, &done);
        done.push(SignalDef { name: next.name, kind, unit });
    }
    for stuck in left.iter().filter(|n| leads_to(&left, n, &n.name)) {
        report.push(Code::SignalCycle, stuck.span.clone(), format!("the signal `{}` refers to itself", stuck.name));
    }
    done
}

/// Whether a signal refers to the one called `name`, itself or through others.
fn leads_to(all: &[Named], from: &Named, name: &str) -> bool {
    let mut seen: Vec<&str> = Vec::new();
    let mut ahead: Vec<&Named> = vec![from];
    while let Some(next) = ahead.pop() {
        for (reference, _) in &next.refers_to {
            if reference == name {
                return true;
            }
            if !seen.contains(&reference.as_str()) {
                seen.push(reference);
                ahead.extend(all.iter().filter(|n| n.name == *reference));
            }
        }
    }
    false
}

/// Fills the indices into a combination; its unit is that of its parts.
fn resolve(kind: SignalKind, of: &[usize], done: &[SignalDef]) -> (SignalKind, Unit) {
    use SignalKind as K;
    let unit = of.first().and_then(|i| done.get(*i)).map_or(Unit::Deg, |s| s.unit);
    let two = || (of.first().copied().unwrap_or(0), of.get(1).copied().unwrap_or(0));
    match kind {
        K::Mean(_) => (K::Mean(of.to_vec()), unit),
        K::MeanKnown(_) => (K::MeanKnown(of.to_vec()), unit),
        K::FirstKnown(_) => (K::FirstKnown(of.to_vec()), unit),
        K::Min(_) => (K::Min(of.to_vec()), unit),
        K::Max(_) => (K::Max(of.to_vec()), unit),
        K::Difference(..) => (K::Difference(two().0, two().1), unit),
        K::Gap(..) => (K::Gap(two().0, two().1), unit),
        K::Negative(_) => (K::Negative(two().0), unit),
        K::Progress { from, to, .. } => (K::Progress { of: two().0, from, to }, Unit::Share),
        K::Height { .. }
        | K::Distance { .. }
        | K::Along { .. }
        | K::InFront { .. }
        | K::Across { .. }
        | K::Rise { .. }
        | K::Depth { .. }
        | K::AboveFloor { .. }
        | K::BackCurve => (kind, Unit::Trunk),
        _ => (kind, Unit::Deg),
    }
}

type Read = (SignalKind, Vec<(String, Range<usize>)>);

fn read_one(value: &Value<'_>, report: &mut Report) -> Option<Read> {
    let mut f = Fields::of(value, "a signal", report)?;
    let present: Vec<&'static str> = KINDS.into_iter().filter(|k| f.get(k).is_some()).collect();
    let span = f.span();
    let read = match present.as_slice() {
        [kind] => f.get(kind).and_then(|v| read_kind(kind, v, report)),
        [] => {
            report.push(Code::MissingKey, span, format!("a signal needs one kind: {}", KINDS.join(", ")));
            None
        }
        [first, second, ..] => {
            report.push(Code::Conflict, span, format!("a signal has one kind, this has `{first}` and `{second}`"));
            None
        }
    };
    f.finish(report);
    read
}

fn read_kind(kind: &str, value: &Value<'_>, report: &mut Report) -> Option<Read> {
    use SignalKind as K;
    if let "mean" | "mean_known" | "first_known" | "min" | "max" | "difference" | "gap" | "negative" = kind {
        return read_combination(kind, value, report);
    }
    let mut f = Fields::of(value, "a signal kind", report)?;
    let mut refers_to = Vec::new();
    let kind = match kind {
        "angle" | "front_angle" => {
            let (a, at, c) = (point(&mut f, "a", report), point(&mut f, "at", report), point(&mut f, "c", report));
            let (a, at, c) = (a?, at?, c?);
            if kind == "angle" { K::Angle { a, at, c } } else { K::FrontAngle { a, at, c } }
        }
        "elevation" | "floor_elevation" | "inclination" | "lean_back" | "behind_trunk" => {
            let (from, to) = (point(&mut f, "from", report), point(&mut f, "to", report));
            let (from, to) = (from?, to?);
            match kind {
                "elevation" => K::Elevation { from, to },
                "floor_elevation" => K::FloorElevation { from, to },
                "inclination" => K::Inclination { from, to },
                "behind_trunk" => K::BehindTrunk { from, to },
                _ => K::LeanBack { from, to },
            }
        }
        "height" => {
            let (of, above) = (point(&mut f, "of", report), point(&mut f, "above", report));
            K::Height { of: of?, above: above? }
        }
        "distance" => {
            let (a, b) = (point(&mut f, "a", report), point(&mut f, "b", report));
            K::Distance { a: a?, b: b? }
        }
        "along" | "in_front" => {
            let (of, from) = (point(&mut f, "of", report), point(&mut f, "from", report));
            let (of, from) = (of?, from?);
            if kind == "along" { K::Along { of, from } } else { K::InFront { of, from } }
        }
        "above_floor" => K::AboveFloor { of: point(&mut f, "of", report)? },
        "across" => K::Across { of: point(&mut f, "of", report)? },
        "rise" => K::Rise { of: point(&mut f, "of", report)? },
        "depth" => {
            let (of, beyond) = (point(&mut f, "of", report), point(&mut f, "beyond", report));
            K::Depth { of: of?, beyond: beyond? }
        }
        "tilt" => K::Tilt { line: left_landmark(&mut f, "line", report)? },
        "progress" => {
            let of = f.need("of", report).and_then(|v| reference(v, report));
            let (from, to) = (f.number("from", -1e4..=1e4, report), f.number("to", -1e4..=1e4, report));
            refers_to.push(of?);
            K::Progress { of: 0, from: from?, to: to? }
        }
        "twist" => K::Twist,
        "pelvis_yaw" => K::PelvisYaw,
        "shoulder_yaw" => K::ShoulderYaw,
        _ => K::BackCurve,
    };
    f.finish(report);
    Some((kind, refers_to))
}

fn read_combination(kind: &str, value: &Value<'_>, report: &mut Report) -> Option<Read> {
    use SignalKind as K;
    if kind == "negative" {
        return Some((K::Negative(0), vec![reference(value, report)?]));
    }
    let parts: Vec<_> = as_list(value, report)?.iter().filter_map(|v| reference(v, report)).collect();
    let pair = matches!(kind, "difference" | "gap");
    if parts.len() < 2 || (pair && parts.len() != 2) {
        let wanted = if pair { "exactly two" } else { "at least two" };
        report.push(Code::OutOfRange, value.span(), format!("`{kind}` needs {wanted} signals"));
        return None;
    }
    let kind = match kind {
        "mean" => K::Mean(Vec::new()),
        "mean_known" => K::MeanKnown(Vec::new()),
        "first_known" => K::FirstKnown(Vec::new()),
        "min" => K::Min(Vec::new()),
        "max" => K::Max(Vec::new()),
        "difference" => K::Difference(0, 0),
        _ => K::Gap(0, 0),
    };
    Some((kind, parts))
}

fn reference(value: &Value<'_>, report: &mut Report) -> Option<(String, Range<usize>)> {
    as_text(value, report).map(|name| (name.to_owned(), value.span()))
}

/// A point of the body by name.
pub(super) fn as_point(value: &Value<'_>, report: &mut Report) -> Option<PointRef> {
    let name = as_text(value, report)?;
    let point = PointRef::from_name(name);
    if point.is_none() {
        let message = format!("there is no point `{name}`");
        report.push_word(Code::UnknownPoint, value.span(), message, name, PointRef::names());
    }
    point
}

fn point(f: &mut Fields<'_, '_>, key: &'static str, report: &mut Report) -> Option<PointRef> {
    let value = f.need(key, report)?;
    as_point(value, report)
}

/// A landmark of the left side, which stands for the line to its mirror.
fn left_landmark(f: &mut Fields<'_, '_>, key: &'static str, report: &mut Report) -> Option<Landmark> {
    let value = f.need(key, report)?;
    let name = as_text(value, report)?;
    let found = Landmark::from_name(&format!("left_{name}")).filter(|l| l.side() == Some(Side::Left));
    if found.is_none() {
        let message = format!("there is no pair of points `{name}`");
        report.push_word(Code::UnknownPoint, value.span(), message, name, ["shoulder", "hip", "ear", "elbow", "knee"]);
    }
    found
}
