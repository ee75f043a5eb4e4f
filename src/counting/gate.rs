//! The set-up gate: nothing counts outside the exercise's posture and view with its required landmarks.

use crate::base::skeleton::Side;
use crate::base::time::Timestamp;
use crate::exercise::{ExerciseDef, GateRule};
use crate::motion::signal::{Body, Reading, evaluate};
use crate::motion::track::{Posture, TrackedPose, View};
use std::collections::VecDeque;

/// How long everything must be right before the gate opens, seconds (docs/rationale.md#gate).
const DWELL_S: f64 = 1.0;
/// How far back frames are kept for the replay, seconds.
const LOOK_BACK_S: f64 = 5.0;
/// A lapse of the posture of up to this does not break the dwell, seconds.
const FLICKER_S: f64 = 0.25;
/// Nobody seen for up to this says nothing about the posture, seconds (docs/rationale.md#hold).
const DROPOUT_S: f64 = 0.5;
/// The gate closes when the posture has been lost for this long, seconds.
const CLOSE_S: f64 = 1.5;

/// The gate closes when the body has been turned another way for this long, seconds.
const TURNED_S: f64 = 1.0;
/// So far beyond the view that opens the gate the body is turned away, degrees: movements turn the trunk, too.
const TURNED_DEG: f64 = 25.0;
/// Within this of facing the camera neither side is the nearer one, degrees.
const SQUARE_DEG: f64 = 8.0;

/// What stands in the way of starting.
#[derive(Clone, Debug, PartialEq)]
pub enum Obstacle {
    /// Nobody is seen.
    Nobody,
    /// Parts of the body are not seen.
    Hidden(Vec<String>),
    /// Another posture is needed.
    Posture(Posture),
    /// Another view is needed; the side that is to be nearer to the camera, if it is known.
    View(View, Option<Side>),
    /// A start condition of the exercise does not hold; what its file says to it.
    Start(Option<String>),
    /// Nothing: it only has to last.
    HoldStill,
}

impl Obstacle {
    /// The stable word of its kind.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Nobody => "nobody",
            Self::Hidden(_) => "hidden",
            Self::Posture(_) => "posture",
            Self::View(..) => "view",
            Self::Start(_) => "start",
            Self::HoldStill => "hold_still",
        }
    }
}

/// The gate opened: what to lock, and the frames to replay (the current one is the last).
#[derive(Debug)]
pub struct Opening {
    /// The body to measure with.
    pub body: Body,
    /// Frames since the posture was taken.
    pub replay: Vec<TrackedPose>,
    /// Nothing at all is known of the time before the first of them.
    pub from_the_start: bool,
}

/// What the gate says to a frame.
#[derive(Debug)]
pub enum GateStep {
    /// Closed, and why.
    Closed(Obstacle),
    /// Just opened.
    Opened(Box<Opening>),
    /// Open.
    Open,
    /// Still open, but the posture has been left for longer than a flicker: what is seen now does not count.
    Lapsed,
    /// Just closed.
    JustClosed,
}

/// Watches posture, view and landmarks.
#[derive(Debug, Default)]
pub struct Gate {
    open: Option<Body>,
    kept: VecDeque<TrackedPose>,
    /// The posture has been held since, and last seen.
    posture: Option<(Timestamp, Timestamp)>,
    /// Everything has been right since, and last was.
    ready: Option<(Timestamp, Timestamp)>,
    first_at: Option<Timestamp>,
    seen_at: Option<Timestamp>,
    right_at: Option<Timestamp>,
    /// The body has been turned another way since.
    turned_since: Option<Timestamp>,
    scratch: Vec<Option<Reading>>,
}

impl Gate {
    /// The body locked at the opening, while open.
    pub fn body(&self) -> Option<Body> {
        self.open
    }

    /// Closes the gate, as at a pause.
    pub fn close(&mut self) {
        self.open = None;
        self.kept.clear();
        self.posture = None;
        self.ready = None;
        self.turned_since = None;
    }

    /// Takes one frame.
    pub fn step(&mut self, def: &ExerciseDef, pose: &TrackedPose) -> GateStep {
        let first_at = *self.first_at.get_or_insert(pose.at);
        if let Some(body) = self.open {
            if pose.found && def.posture.holds(pose, body.near, Some(body.trunk_px)) && self.keeps(def, pose, &body) {
                self.right_at = Some(pose.at);
            }
            match turned_away(def, pose, &body) {
                Some(true) => _ = self.turned_since.get_or_insert(pose.at),
                Some(false) => self.turned_since = None,
                None => (),
            }
            let is_turned = self.turned_since.is_some_and(|since| pose.at.since(since) >= TURNED_S);
            if is_turned || self.right_at.is_none_or(|t| pose.at.since(t) > CLOSE_S) {
                self.close();
                return GateStep::JustClosed;
            }
            let lapsed = self.right_at.is_none_or(|t| pose.at.since(t) > FLICKER_S);
            return if lapsed { GateStep::Lapsed } else { GateStep::Open };
        }
        self.keep(pose);
        let near = pose.near;
        let in_posture = pose.found && def.posture.holds(pose, near, pose.trunk_px);
        let body = pose.trunk_px.map(|trunk_px| Body::of(std::iter::once(pose), trunk_px, near));
        // What was seen from quite another side says nothing about where this movement rests.
        let keeps = in_posture
            && body.is_some_and(|body| turned_away(def, pose, &body) != Some(true) && self.keeps(def, pose, &body));
        if pose.found {
            self.seen_at = Some(pose.at);
        }
        let is_dropout = !pose.found && self.seen_at.is_some_and(|t| pose.at.since(t) <= DROPOUT_S);
        let told = |holds: bool| (!is_dropout).then_some(holds);
        self.posture = extended(self.posture, told(keeps), pose.at);
        let obstacle = self.obstacle(def, pose, in_posture);
        self.ready = extended(self.ready, told(obstacle.is_none()), pose.at);
        match (obstacle, self.ready, self.posture) {
            (None, Some((since, _)), Some((posture_since, _))) if pose.at.since(since) >= DWELL_S => {
                let opening = self.opened(posture_since, first_at);
                self.open = Some(opening.body);
                self.right_at = Some(pose.at);
                GateStep::Opened(Box::new(opening))
            }
            (Some(obstacle), ..) => GateStep::Closed(obstacle),
            _ => GateStep::Closed(Obstacle::HoldStill),
        }
    }

    /// Whether the rules that must go on holding do.
    fn keeps(&mut self, def: &ExerciseDef, pose: &TrackedPose, body: &Body) -> bool {
        let mut rules = def.gate.iter().filter(|g| g.keep).peekable();
        if rules.peek().is_none() {
            return true;
        }
        evaluate(&def.signals, pose, body, &mut self.scratch);
        !rules.any(|g| g.is_broken(&self.scratch))
    }

    fn keep(&mut self, pose: &TrackedPose) {
        self.kept.push_back(pose.clone());
        while self.kept.front().is_some_and(|p| pose.at.since(p.at) > LOOK_BACK_S) {
            self.kept.pop_front();
        }
    }

    fn obstacle(&mut self, def: &ExerciseDef, pose: &TrackedPose, in_posture: bool) -> Option<Obstacle> {
        if !pose.found {
            return Some(Obstacle::Nobody);
        }
        if !in_posture {
            return Some(Obstacle::Posture(def.posture));
        }
        if let Some(yaw_deg) = pose.yaw_deg
            && !def.view.admits(yaw_deg, def.max_off_deg)
        {
            return Some(Obstacle::View(def.view, def.near_side().or_else(|| nearer_side(yaw_deg))));
        }
        if let Some(side) = def.near_side().filter(|side| pose.near != Some(*side)) {
            return Some(Obstacle::View(def.view, Some(side)));
        }
        let hidden: Vec<_> = def.required.iter().filter(|p| !p.is_placed(pose, pose.near)).collect();
        if !hidden.is_empty() {
            let mut parts: Vec<String> = hidden.iter().map(|p| p.part_name()).collect();
            parts.dedup();
            return Some(Obstacle::Hidden(parts));
        }
        let body = Body::of(std::iter::once(pose), pose.trunk_px.filter(|t| *t > 1.0)?, pose.near);
        evaluate(&def.signals, pose, &body, &mut self.scratch);
        let broken = def.gate.iter().find(|g| g.is_broken(&self.scratch));
        broken.map(|g| Obstacle::Start(g.advice.clone()))
    }

    fn opened(&mut self, posture_since: Timestamp, first_at: Timestamp) -> Opening {
        let replay: Vec<TrackedPose> = self.kept.drain(..).filter(|p| p.at >= posture_since).collect();
        let mut trunks: Vec<f64> = replay.iter().filter_map(|p| p.trunk_px).collect();
        trunks.sort_by(f64::total_cmp);
        let trunk_px = trunks.get(trunks.len() / 2).copied().unwrap_or(1.0).max(1.0);
        let votes = |side| replay.iter().filter(|p| p.near == Some(side)).count();
        let near = match (votes(Side::Left), votes(Side::Right)) {
            (0, 0) => None,
            (l, r) => Some(if l >= r { Side::Left } else { Side::Right }),
        };
        let from_the_start = posture_since.since(first_at) <= FLICKER_S;
        Opening { body: Body::of(replay.iter(), trunk_px, near), replay, from_the_start }
    }
}

impl GateRule {
    /// Whether the rule's signal is known and outside its range.
    fn is_broken(&self, readings: &[Option<Reading>]) -> bool {
        let reading = readings.get(self.signal).copied().flatten();
        reading.is_some_and(|r| !(self.min..=self.max).contains(&r.value))
    }
}

/// Whether the body is turned another way than the set began in; `None` where that cannot be told.
fn turned_away(def: &ExerciseDef, pose: &TrackedPose, body: &Body) -> Option<bool> {
    let yaw_deg = pose.yaw_deg.filter(|_| pose.found)?;
    let shows_other_side = def.view == View::Side && pose.near.is_some() && pose.near != body.near;
    // From the front the model takes the front for the back now and then, in bad light.
    let yaw_deg = if def.view == View::Front { yaw_deg.abs().min(180.0 - yaw_deg.abs()) } else { yaw_deg };
    Some(shows_other_side || !def.view.admits(yaw_deg, def.max_off_deg + TURNED_DEG))
}

/// The side nearer to the camera at this yaw, unless the person faces it (or away) almost squarely.
fn nearer_side(yaw_deg: f64) -> Option<Side> {
    let turned = (SQUARE_DEG..180.0 - SQUARE_DEG).contains(&yaw_deg.abs());
    turned.then_some(if yaw_deg > 0.0 { Side::Left } else { Side::Right })
}

/// Prolongs a stretch of time in which something holds (`None`: nothing can be said of this moment), lets it lapse for a
/// flicker, or ends it.
fn extended(
    stretch: Option<(Timestamp, Timestamp)>,
    holds: Option<bool>,
    at: Timestamp,
) -> Option<(Timestamp, Timestamp)> {
    let current = stretch.filter(|(_, last)| at.since(*last) <= FLICKER_S);
    match (current, holds) {
        (Some((since, _)), None | Some(true)) => Some((since, at)),
        (None, Some(true)) => Some((at, at)),
        (current, _) => current,
    }
}
