//! One set, followed under two set-ups at once: as the exercise file asks for it, and loosely.
//!
//! In: tracked poses. Out: events of one of the two. Somebody who is half turned, not quite in the posture, or in the middle of
//! the movement when the recording begins does the exercise all the same; a person watching would count. So a second engine
//! follows the set with a loosened set-up and with nothing counting until repetitions have proved themselves by their likeness
//! (see [`judge`](super::judge::judge)). As soon as it counts more than the first one, it takes over with all it has counted.
//! The first then goes on as an adviser: what it would have liked to be otherwise is a hint.

use super::engine::{Engine, Event, EventKind, Refused, SetResult};
use crate::base::time::Timestamp;
use crate::counting::phase::Phase;
use crate::counting::record::Rep;
use crate::exercise::plan::SetPlan;
use crate::motion::track::TrackedPose;
use std::sync::Arc;

/// Once so many count as the file asks for it, the set-up is as it should be, and the other is given up.
const SURE_FROM: u32 = 3;

/// The engine in charge, and the other.
pub struct Following {
    engine: Engine,
    other: Option<Engine>,
    /// The loosened set-up is in charge.
    is_loose: bool,
}

impl Following {
    /// At the beginning of a set.
    pub fn new(plan: &Arc<SetPlan>) -> Self {
        let other = plan.loosened().map(Engine::new);
        Self { engine: Engine::new(Arc::clone(plan)), other, is_loose: false }
    }

    /// With the set-up as the file asks for it, and no other.
    pub fn strictly(plan: &Arc<SetPlan>) -> Self {
        Self { engine: Engine::new(Arc::clone(plan)), other: None, is_loose: false }
    }

    /// The set as it stands.
    pub fn engine(&self) -> &Engine {
        &self.engine
    }

    /// Takes the next frame.
    pub fn step(&mut self, pose: &TrackedPose) -> Vec<Event> {
        let mut events = self.engine.step(pose);
        let Some(other) = &mut self.other else { return events };
        let others = other.step(pose);
        if self.is_loose {
            events.extend(others.into_iter().filter(|e| matches!(e.kind, EventKind::SetupHint(_))));
            return events;
        }
        let has_changed = |events: &[Event]| events.iter().any(|e| e.kind.rep().is_some());
        if has_changed(&others) && other.totals().total > self.engine.totals().total {
            events.extend(self.take_over(pose.at));
        } else if has_changed(&events) && self.engine.totals().total >= SURE_FROM {
            self.other = None;
        }
        events
    }

    /// Carries out a command on both.
    ///
    /// # Errors
    /// As the command.
    pub fn command(
        &mut self,
        command: impl Fn(&mut Engine) -> Result<Vec<Event>, Refused>,
    ) -> Result<Vec<Event>, Refused> {
        let events = command(&mut self.engine)?;
        if let Some(other) = &mut self.other {
            // It is in the same state: what the first one carries out it does as well, and says nothing of it.
            drop(command(other));
        }
        Ok(events)
    }

    /// Ends the set.
    pub fn finish(mut self, at: Timestamp) -> (Vec<Event>, SetResult) {
        let (mut events, result) = self.engine.finish();
        let Some(mut other) = self.other.filter(|_| !self.is_loose) else { return (events, result) };
        other.ledger().count_ids_from(self.engine.ledger().observed());
        let (_, others) = other.finish();
        if others.totals().total <= result.totals().total {
            return (events, result);
        }
        events.extend(replaced(at, &result.reps, &others.reps));
        (events, others)
    }

    /// The loosened set-up takes over: what the list was is dropped, what it is now is told.
    fn take_over(&mut self, at: Timestamp) -> Vec<Event> {
        let Some(other) = &mut self.other else { return Vec::new() };
        let (before, was) = (self.engine.reps(), self.engine.phase());
        other.ledger().count_ids_from(self.engine.ledger().observed());
        std::mem::swap(&mut self.engine, other);
        self.is_loose = true;
        let mut events = Vec::new();
        if was == Phase::Setup {
            events.push(Event { at, kind: EventKind::Ready });
        }
        if was != self.engine.phase() {
            events.push(Event { at, kind: EventKind::Phase(self.engine.phase()) });
        }
        events.extend(replaced(at, &before, &self.engine.reps()));
        events
    }
}

/// One list in place of another.
fn replaced(at: Timestamp, before: &[Rep], now: &[Rep]) -> Vec<Event> {
    let dropped = before.iter().map(|rep| EventKind::RepDropped { id: rep.id });
    let new = now.iter().map(|rep| {
        let rep = Box::new(rep.clone());
        if rep.counted { EventKind::RepCounted(rep) } else { EventKind::RepRejected(rep) }
    });
    dropped.chain(new).map(|kind| Event { at, kind }).collect()
}
