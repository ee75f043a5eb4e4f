//! Reads `[one_sided]`: what stands for one side alone.

use super::def::{Channel, OneSided};
use super::diagnostics::{Code, Report};
use super::read::{Fields, Value};
use super::scope::{Faults, Scope, fault_index};
use crate::motion::track::View;
use toml::Spanned;
use toml::de::DeString;

/// Reads `[one_sided]`.
pub(super) fn read(
    value: &Value<'_>,
    scope: &Scope<'_>,
    faults: &Faults,
    channels: Option<&[Channel]>,
    view: Option<View>,
    report: &mut Report,
) -> Option<OneSided> {
    let mut f = Fields::of(value, "the one-sided mode", report)?;
    let near = f.flag_or("near", false, report);
    if (near, view) == (Some(true), Some(View::Front)) {
        let message = "`near = true` needs a view that shows a side, not `view = \"front\"`".to_owned();
        report.push(Code::Conflict, f.span(), message);
    }
    let signals = f.get("signals").and_then(|v| Fields::of(v, "the signals of one side", report));
    let named: Vec<_> = signals.iter().flat_map(Fields::entries).collect();
    let instead: Vec<_> = named.iter().filter_map(|(key, sides)| replacement(key, sides, scope, report)).collect();
    let skip: Vec<_> = f.list("skip", report).iter().filter_map(|v| fault_index(v, faults, report)).collect();
    let counts =
        channels.is_some_and(|c| c.iter().any(|c| c.side.is_some() || instead.iter().any(|i| i.0 == c.signal)));
    if near == Some(false) && channels.is_some() && named.len() == instead.len() && !counts {
        let message = "the one-sided mode needs `near = true`, or `signals` with the one that counts".to_owned();
        report.push(Code::MissingKey, f.span(), message);
    }
    f.finish(report);
    Some(OneSided { near: near?, instead, skip })
}

/// A signal of both sides, and those of the left and the right side alone.
fn replacement(
    key: &Spanned<DeString<'_>>,
    sides: &Value<'_>,
    scope: &Scope<'_>,
    report: &mut Report,
) -> Option<(usize, [usize; 2])> {
    let both = scope.signal_named(key.get_ref(), key.span(), report);
    let mut f = Fields::of(sides, "a signal of one side", report)?;
    let [left, right] = ["left", "right"].map(|k| f.need(k).and_then(|v| scope.signal_like(v, both, report)));
    f.finish(report);
    Some((both?, [left?, right?]))
}
