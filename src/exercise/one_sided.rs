//! One side only: for people who cannot use one arm, or must not.
//!
//! An exercise with `left` and `right` has this mode by itself: movements of the other side are listed, and do not count. Any
//! other says in `[one_sided]` what stands for one side.

use super::check::Scope;
use super::diagnostics::{Code, Report};
use super::read::{Fields, Value, as_text};
use super::{Channel, ExerciseDef, FaultDef, Watched};
use crate::skeleton::Side;
use crate::track::View;
use std::sync::Arc;
use toml::Spanned;
use toml::de::DeString;

/// How an exercise without `left` and `right` is followed on one side.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OneSided {
    /// The side nearer to the camera is followed anyway, so the chosen one must be nearer.
    pub near: bool,
    /// Indices of signals that stand for both sides, each with those of the left and of the right side alone.
    pub instead: Vec<(usize, [usize; 2])>,
    /// Indices of faults that compare the sides.
    pub skip: Vec<usize>,
}

impl ExerciseDef {
    /// Whether it can be followed on one side only.
    pub fn has_one_sided_mode(&self) -> bool {
        self.one_sided.is_some() || self.has_sides()
    }

    /// The exercise as it is followed when only `side` is to count: itself when none is chosen, when it has no one-sided mode,
    /// or when it is such an exercise already.
    pub fn followed_on(self: Arc<Self>, side: Option<Side>) -> Arc<Self> {
        match side.filter(|_| self.has_one_sided_mode() && self.only_side.is_none()) {
            Some(side) => Arc::new(self.on_one_side(side)),
            None => self,
        }
    }

    /// The side that must be nearer to the camera.
    pub fn near_side(&self) -> Option<Side> {
        self.only_side.filter(|_| self.one_sided.as_ref().is_some_and(|o| o.near))
    }

    /// Whether a channel of the rep signal belongs to the side that is not to count.
    pub fn is_other_side(&self, channel: Option<usize>) -> bool {
        let side = channel.and_then(|c| self.count.channels.get(c)?.side);
        self.only_side.zip(side).is_some_and(|(only, side)| only != side)
    }

    fn on_one_side(&self, side: Side) -> Self {
        let mut def = Self { only_side: Some(side), ..self.clone() };
        let rule = self.one_sided.clone().unwrap_or_default();
        let swap = |signal: &mut usize| {
            if let Some((_, [left, right])) = rule.instead.iter().find(|(both, _)| both == signal) {
                *signal = if side == Side::Left { *left } else { *right };
            }
        };
        def.gate.iter_mut().for_each(|g| swap(&mut g.signal));
        def.count.gains.iter_mut().for_each(|(signal, _)| swap(signal));
        def.count.neutral_when.iter_mut().for_each(|(signal, _)| swap(signal));
        for channel in &mut def.count.channels {
            swap(&mut channel.signal);
            channel.side.get_or_insert(side);
        }
        for condition in def.faults.iter_mut().flat_map(|f| &mut f.all) {
            if let Watched::Signal(signal) = &mut condition.signal {
                swap(signal);
            }
        }
        let kept: Vec<usize> = (0..def.faults.len()).filter(|i| !rule.skip.contains(i)).collect();
        let place = |fault: usize| kept.iter().position(|k| *k == fault);
        def.count.decoys = self.count.decoys.iter().filter_map(|(s, f)| Some((*s, place(*f)?))).collect();
        for fault in rule.skip.iter().filter_map(|i| self.faults.get(*i)) {
            let why = format!("it compares both sides, and only the {} one is followed", side.name());
            def.not_measured.push((fault.id.clone(), why));
        }
        def.faults = kept.iter().map(|i| self.faults[*i].clone()).collect();
        def
    }
}

/// Reads `[one_sided]`.
pub(super) fn read(
    value: &Value<'_>,
    scope: &Scope<'_>,
    faults: &[FaultDef],
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
    let [left, right] = ["left", "right"].map(|k| f.need(k, report).and_then(|v| scope.signal_like(v, both, report)));
    f.finish(report);
    Some((both?, [left?, right?]))
}

/// A fault by its id.
pub(super) fn fault_index(value: &Value<'_>, faults: &[FaultDef], report: &mut Report) -> Option<usize> {
    let name = as_text(value, report)?;
    let found = faults.iter().position(|d| d.id == name);
    if found.is_none() {
        let ids = faults.iter().map(|d| d.id.as_str());
        report.push_word(Code::UnknownWord, value.span(), format!("there is no fault `{name}`"), name, ids);
    }
    found
}
