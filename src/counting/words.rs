//! The words of counting: what is said, shown and recorded about it, in one place.
//! Cues and titles are the exercise files' own.

use super::calibrate::{Outcome, Stage};
use super::gate::Obstacle;
use super::place::{Hitch, NoPlace, Place};
use super::reason::{Reason, ReasonKind};
use crate::base::language::{decimal, tr};
use crate::base::plural::so_many;
use crate::base::skeleton::Side;
use crate::motion::signal::Unit;
use crate::motion::track::{Posture, View};

/// What a clean repetition is praised with, in turn.
pub const PRAISE: [&str; 3] = ["Good", "Well done", "That's it"];
/// Why a fault was not measured: it compares with the person's own repetitions.
pub const NEEDS_MORE_REPETITIONS: &str = "it needs more repetitions to compare with";
/// Why a fault was not measured: its signals were hidden or not trusted.
pub const NOT_SEEN_WELL_ENOUGH: &str = "what it needs was not seen well enough";
/// While everything is right and the gate waits a second.
const HOLD_STILL: &str = "Starting position, hold still";
/// Where an exercise file asks for a start and does not say how.
const TAKE_STARTING_POSITION: &str = "Take the starting position";

const TOO_QUICK: &str = "too quick for a repetition";
const OUT_OF_SIGHT: &str = "out of sight";
const ANOTHER: &str = "another movement";
const OTHER_SIDE: &str = "other side";

/// Nothing counted, since nobody was there.
pub fn nobody_was_seen() -> String {
    "nobody was seen: the whole body has to be in the picture".to_owned()
}

/// Nothing counted, since the set-up was never right.
pub fn never_ready(obstacle: &Obstacle) -> String {
    let what = match obstacle {
        Obstacle::Nobody => "nobody was seen",
        Obstacle::Hidden(_) => "a part that is needed was hidden",
        Obstacle::Posture(_) => "never in position",
        Obstacle::View(..) => "seen from the wrong side",
        Obstacle::Start(_) => "never in the starting position",
        Obstacle::HoldStill => "the starting position was left too soon",
    };
    format!("{what}: {}", obstacle.advice())
}

/// Nothing counted of so many movements; the farthest one was not counted for this reason.
pub fn none_of_them(movements: usize, reason: &str) -> String {
    format!("{}, none of which counts; the farthest: {reason}", so_many(movements, "movement", "movements"))
}

/// Nothing counted, and nothing was seen to move.
pub fn no_movement() -> String {
    "no movement of this exercise was seen, or it was too small to see from here".to_owned()
}

/// Why the movement of a self-timed set was not measured; of one that goes by time, without repetitions.
pub fn self_timed(repetitions: usize) -> String {
    if repetitions == 0 {
        return "it cannot be seen from here; timed by yourself".to_owned();
    }
    format!("it cannot be seen from here; {} timed by yourself", so_many(repetitions, "repetition", "repetitions"))
}

impl Reason {
    /// In words, for the record and the screen; `unit` is that of the rep signal.
    pub fn text(&self, unit: Unit) -> String {
        match self {
            Self::Short { missing } => match unit {
                // Rounded up: what is missing is never nothing.
                Unit::Deg if missing.ceil() <= 1.0 => "1 degree short".to_owned(),
                Unit::Deg => format!("{:.0} degrees short", missing.ceil()),
                Unit::Trunk => format!("{:.2} trunk lengths short", (missing * 100.0).ceil() / 100.0),
                Unit::Share => format!("{:.0} % short", (missing * 100.0).ceil()),
            },
            Self::HeldTooShort { held_s, target_s } => {
                let (tenths, target_tenths) = ((held_s * 10.0).round(), (target_s * 10.0).round());
                // What is too short never reads as long enough.
                let held_s = tenths.min(target_tenths - 1.0).max(0.0) / 10.0;
                format!("held {held_s:.1} of {} s", trimmed(*target_s))
            }
            Self::TooQuick => TOO_QUICK.to_owned(),
            Self::OutOfSight => OUT_OF_SIGHT.to_owned(),
            Self::Another => ANOTHER.to_owned(),
            Self::OtherSide => OTHER_SIDE.to_owned(),
            Self::Wrong(cue) => cue.to_lowercase(),
        }
    }
}

impl ReasonKind {
    /// The kind of a reason that stands in a record, which keeps the words only.
    pub fn of_text(text: &str) -> Self {
        match text {
            TOO_QUICK => Self::TooQuick,
            OUT_OF_SIGHT => Self::OutOfSight,
            ANOTHER => Self::Another,
            OTHER_SIDE => Self::OtherSide,
            _ if text.ends_with(" short") => Self::Short,
            _ if text.starts_with("held ") => Self::HeldTooShort,
            _ => Self::Wrong,
        }
    }
}

/// A number without needless decimals.
fn trimmed(value: f64) -> String {
    format!("{}", (value * 10.0).round() / 10.0)
}

impl Obstacle {
    /// What to tell the person.
    pub fn advice(&self) -> String {
        match self {
            Self::Nobody => "Come into the picture".to_owned(),
            Self::Hidden(parts) => format!("Move so that the camera sees your {}", parts.join(" and ")),
            Self::Posture(posture) => take_words(*posture).to_owned(),
            Self::View(View::Front, _) => "Face the camera".to_owned(),
            Self::View(View::Oblique, near) => format!("Turn half to the camera, your {} nearer", side_words(*near)),
            Self::View(View::Side, near) => format!("Turn your {} to the camera", side_words(*near)),
            Self::Start(advice) => advice.clone().unwrap_or_else(|| TAKE_STARTING_POSITION.to_owned()),
            Self::HoldStill => HOLD_STILL.to_owned(),
        }
    }
}

/// How to come into a posture, said to somebody who may be in any other.
const fn take_words(posture: Posture) -> &'static str {
    match posture {
        Posture::Standing => "Stand up first",
        Posture::Seated => "Sit down first",
        Posture::Upright => "Stand or sit upright",
        // Those who sit could lean as well.
        Posture::Hinged => "Stand and lean forward from the hips",
        Posture::OnFeet => "Stand on your feet",
        Posture::OffFloor => "Stand up or sit down first",
        Posture::AllFours => "Go on hands and knees",
        Posture::Plank => "Get into the plank position",
        Posture::Prone => "Lie face down",
        Posture::Supine => "Lie on your back",
    }
}

/// The side that takes the least turning.
const fn side_words(near: Option<Side>) -> &'static str {
    match near {
        Some(Side::Left) => "left side",
        Some(Side::Right) => "right side",
        None => "side",
    }
}

impl NoPlace {
    /// What to tell the person.
    pub fn words(self) -> String {
        match self {
            Self::Nobody => tr!("place-nobody"),
            Self::NotStanding => tr!("place-not-standing"),
        }
    }
}

impl Hitch {
    /// What to do about it.
    pub fn words(self) -> String {
        match self {
            Self::Small => tr!("place-small"),
            Self::Cramped => tr!("place-cramped"),
            Self::FromAbove => tr!("place-from-above"),
        }
    }
}

impl Place {
    /// Where the camera stands.
    pub fn words(&self) -> String {
        tr!("place-where", away = decimal(self.distance_m, 1), high = decimal(self.height_m, 1))
    }
}

impl Stage {
    /// What to show and say, in the person's language; of what is in the way, the English of records.
    pub fn words(&self) -> String {
        match self {
            Self::SetUp(obstacle) => {
                obstacle.as_ref().map_or_else(|| TAKE_STARTING_POSITION.to_owned(), Obstacle::advice)
            }
            Self::Neutral { is_away: false, .. } => tr!("measure-still"),
            Self::Neutral { is_away: true, .. } => tr!("measure-back-and-still"),
            Self::Move { is_held: true, .. } => tr!("measure-come-back"),
            Self::Move { done: 0, has_holds: false, .. } => tr!("measure-one"),
            Self::Move { done: 0, has_holds: true, .. } => tr!("measure-one-short"),
            Self::Move { .. } => tr!("measure-one-more"),
            Self::Done(outcome) => outcome.words(),
        }
    }
}

impl Outcome {
    /// What to show.
    pub fn words(&self) -> String {
        match self {
            Self::Known(c) => tr!("measure-known", range = in_unit(c.own_range, &c.unit)),
            _ => self.spoken().join(". "),
        }
    }

    /// What to say: the same without a number.
    pub fn spoken(&self) -> Vec<String> {
        match self {
            Self::Known(_) => vec![tr!("measure-known-said")],
            Self::TooFew { seen, is_one_open, has_holds } => {
                let what = match (seen, is_one_open) {
                    (0, false) => tr!("measure-none-seen"),
                    (0, true) => tr!("measure-one-open"),
                    _ => tr!("measure-two-alike"),
                };
                vec![what, if *has_holds { tr!("measure-again-short") } else { tr!("measure-again") }]
            }
            Self::Unseen { .. } => vec![tr!("measure-unseen"), tr!("measure-unseen-what")],
        }
    }
}

/// A value with its unit, for people.
fn in_unit(value: f64, unit: &str) -> String {
    match unit {
        "deg" => tr!("measure-degrees", n = decimal(value, 0)),
        "T" => tr!("measure-trunks", n = decimal(value, 2)),
        _ => tr!("measure-percent", n = decimal(value * 100.0, 0)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kind_of_a_reason_is_told_from_its_words() {
        let all = [
            (Reason::Short { missing: 0.4 }, ReasonKind::Short),
            (Reason::HeldTooShort { held_s: 3.0, target_s: 5.0 }, ReasonKind::HeldTooShort),
            (Reason::TooQuick, ReasonKind::TooQuick),
            (Reason::OutOfSight, ReasonKind::OutOfSight),
            (Reason::Another, ReasonKind::Another),
            (Reason::OtherSide, ReasonKind::OtherSide),
            (Reason::Wrong("Opposite arm and leg".to_owned()), ReasonKind::Wrong),
        ];
        let mut wrong = Vec::new();
        for unit in [Unit::Deg, Unit::Trunk, Unit::Share] {
            wrong.extend(
                all.iter().filter(|(r, kind)| ReasonKind::of_text(&r.text(unit)) != *kind).map(|(r, _)| r.text(unit)),
            );
        }
        assert!(wrong.is_empty(), "{wrong:?}");
    }
}
