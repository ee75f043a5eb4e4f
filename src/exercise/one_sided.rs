//! One side only: for people who cannot use one arm, or must not.
//!
//! An exercise with `left` and `right` has this mode by itself: movements of the other side are listed, and do not count. Any
//! other says in `[one_sided]` what stands for one side.

use super::def::{ExerciseDef, Watched};
use crate::base::skeleton::Side;
use std::sync::Arc;

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
        let side = self.channel_side(channel);
        self.only_side.zip(side).is_some_and(|(only, side)| only != side)
    }

    /// The side that a channel of the count rule is of.
    pub fn channel_side(&self, channel: Option<usize>) -> Option<Side> {
        self.count.channels.get(channel?)?.side
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
        def.count.gains.iter_mut().for_each(|gain| swap(&mut gain.signal));
        def.count.steady.iter_mut().for_each(|(signal, _)| swap(signal));
        def.count.neutral_when.iter_mut().for_each(|(signal, _)| swap(signal));
        for channel in &mut def.count.channels {
            swap(&mut channel.signal);
            channel.side.get_or_insert(side);
        }
        for condition in def.faults.iter_mut().flat_map(|f| f.all.iter_mut().chain(&mut f.unlike_own)) {
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
