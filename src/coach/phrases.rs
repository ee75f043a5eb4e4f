//! Every part of every sentence that the coach can say about what the program ships: what the clips of a voice must hold.

use super::programme::Programme;
use super::sentence::{Announcement, EndReason, NotCounted, Place, Sentence, Wait};
use crate::base::skeleton::Side;
use crate::counting::calibrate::{Calibration, Outcome, Stage};
use crate::counting::gate::Obstacle;
use crate::counting::record::RepSide;
use crate::counting::words::PRAISE;
use crate::exercise::ExerciseDef;
use crate::exercise::routine::RoutineDef;
use crate::motion::signal::Unit;
use crate::motion::track::{Posture, View};

/// Counts up to here have clips; higher ones are rendered when they are needed.
const COUNTS: u32 = 50;
/// The same of one side.
const SIDE_COUNTS: u32 = 20;
/// Minutes of a session.
const MINUTES: u32 = 60;
/// Seconds of rests and of timed sets that have clips: every five up to two minutes, then every half minute.
const SECONDS: u32 = 120;
/// "So many times", and "so many done".
const TIMES: u32 = 30;
/// Holds, seconds.
const HOLDS: u32 = 20;
/// Exercises of a session.
const EXERCISES: u32 = 12;
/// Sets of an exercise.
const SETS: u32 = 4;

const POSTURES: [Posture; 10] = [
    Posture::Standing,
    Posture::Seated,
    Posture::Upright,
    Posture::Hinged,
    Posture::OnFeet,
    Posture::OffFloor,
    Posture::AllFours,
    Posture::Plank,
    Posture::Prone,
    Posture::Supine,
];
const VIEWS: [View; 3] = [View::Front, View::Oblique, View::Side];
const NEARS: [Option<Side>; 3] = [None, Some(Side::Left), Some(Side::Right)];

/// All parts, without doublets, in the order of the sentences.
pub fn all(exercises: &[ExerciseDef], routines: &[RoutineDef]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let sentences = general().into_iter().chain(announcements()).chain(exercises.iter().flat_map(of_exercise));
    let sentences = sentences.chain(routines.iter().flat_map(of_routine));
    for part in sentences.flat_map(|sentence| sentence.parts()) {
        if !found.contains(&part) {
            found.push(part);
        }
    }
    found
}

fn count(n: u32, side: Option<RepSide>) -> Sentence {
    Sentence::Count { n, side, is_last_next: n == 1 }
}

/// What does not depend on exercises.
fn general() -> Vec<Sentence> {
    let mut all: Vec<Sentence> = (0..=COUNTS).map(|n| count(n, None)).collect();
    for side in [RepSide::Left, RepSide::Right] {
        all.extend((1..=SIDE_COUNTS).map(|n| count(n, Some(side))));
    }
    all.extend([
        Sentence::TakeYourTime,
        Sentence::ByEar,
        Sentence::Go,
        Sentence::Hold,
        Sentence::Release,
        Sentence::NowSide(Side::Left),
        Sentence::NowSide(Side::Right),
        Sentence::Half,
        Sentence::LeaveIt,
        Sentence::PictureBack,
        Sentence::LooksLike { title: PRAISE[0].to_owned(), by_hand: true },
        Sentence::LooksLike { title: PRAISE[0].to_owned(), by_hand: false },
        Sentence::OneInFront,
        Sentence::WarmUp,
        Sentence::CoolDown,
        Sentence::CanYouHear,
        Sentence::HandSeen,
        Sentence::SoundWorks,
        Sentence::SlowMachine,
    ]);
    let not_counted = [
        NotCounted::Short,
        NotCounted::HeldTooShort,
        NotCounted::TooQuick,
        NotCounted::OutOfSight,
        NotCounted::OtherSide,
    ];
    all.extend(not_counted.map(Sentence::NotCounted));
    let waits = [Wait::Left, Wait::GotUp, Wait::Hand, Wait::Key, Wait::NoPicture, Wait::Black, Wait::Still];
    all.extend(waits.map(Sentence::Paused));
    all.extend((0..=TIMES).map(|done| Sentence::WelcomeBack { done: Some(done) }));
    let ends = [EndReason::Target, EndReason::Person, EndReason::Pain, EndReason::Skipped];
    all.extend(ends.map(|reason| Sentence::SetEnd { n: 0, reason, is_timed: false }));
    all.extend((0..=EXERCISES).map(|exercises| summary(exercises, 1)));
    all.extend((1..=MINUTES).map(|minutes| summary(1, minutes)));
    all.extend(PRAISE.map(|text| Sentence::Praise(text.to_owned())));
    let obstacles = [Obstacle::Nobody, Obstacle::Hidden(Vec::new()), Obstacle::Start(None), Obstacle::HoldStill];
    let postures = POSTURES.map(Obstacle::Posture);
    let views = VIEWS.into_iter().flat_map(|view| NEARS.map(|near| Obstacle::View(view, near)));
    all.extend(obstacles.into_iter().chain(postures).chain(views).map(Sentence::Advice));
    all.extend(stages().into_iter().map(|stage| Sentence::Guide(Box::new(stage))));
    all
}

/// What is said while the own range is measured; what came out of it is said without its number.
fn stages() -> Vec<Stage> {
    let (left_s, flags) = (0.0, [false, true]);
    let mut all: Vec<Stage> = flags.map(|is_away| Stage::Neutral { left_s, is_away }).into();
    for has_holds in flags {
        all.extend([0, 1].map(|done| Stage::Move { done, left_s, has_holds, is_held: false }));
        for (seen, is_one_open) in [(0, false), (0, true), (1, false)] {
            all.push(Stage::Done(Outcome::TooFew { seen, is_one_open, has_holds }));
        }
    }
    all.push(Stage::Move { done: 0, left_s, has_holds: false, is_held: true });
    let measured = Calibration {
        exercise: String::new(),
        file_sha256: String::new(),
        own_range: 0.0,
        unit: "deg".to_owned(),
        rest_sigma: 0.0,
    };
    all.push(Stage::Done(Outcome::Known(measured)));
    all.push(Stage::Done(Outcome::Unseen { range: 0.0, least: 0.0, unit: Unit::Deg }));
    all
}

fn summary(exercises: u32, minutes: u32) -> Sentence {
    let some = || Some(PRAISE[0].to_owned());
    Sentence::Summary { exercises, minutes, well: some(), work: some() }
}

fn announcement(title: &str, posture: Posture) -> Announcement {
    Announcement {
        place: Place::Only,
        title: title.to_owned(),
        set: None,
        reps: None,
        seconds: None,
        has_both_sides: false,
        only_side: None,
        posture,
        view: View::Side,
        near: None,
        note: None,
    }
}

/// Announcements of everything but the exercise itself.
fn announcements() -> Vec<Sentence> {
    let plain = announcement("", Posture::Standing);
    let mut all = Vec::new();
    let mut add = |what: Announcement| all.push(Sentence::Announce(Box::new(what)));
    for place in [Place::First, Place::Next, Place::Last, Place::Again, Place::Only] {
        add(Announcement { place, ..plain.clone() });
    }
    for posture in POSTURES {
        add(Announcement { posture, ..plain.clone() });
    }
    for view in VIEWS {
        for near in NEARS {
            add(Announcement { view, near, ..plain.clone() });
        }
    }
    for m in 2..=SETS {
        for n in 1..=m {
            add(Announcement { set: Some((n, m)), ..plain.clone() });
        }
    }
    for reps in 1..=TIMES {
        let seconds = (reps <= HOLDS || reps == TIMES).then_some(f64::from(reps));
        add(Announcement { reps: Some(reps), seconds, ..plain.clone() });
    }
    for only_side in [None, Some(Side::Left), Some(Side::Right)] {
        add(Announcement { only_side, has_both_sides: only_side.is_none(), ..plain.clone() });
    }
    let timed = (5..=SECONDS).step_by(5).chain((150..=600).step_by(30));
    for seconds in timed {
        add(Announcement { seconds: Some(f64::from(seconds)), ..plain.clone() });
    }
    all.push(Sentence::Rest { seconds: 10, next: Box::new(plain.clone()) });
    all.push(Sentence::RestCall { next: Box::new(plain) });
    all
}

/// Title, cues, and the advice of the set-up of an exercise.
fn of_exercise(def: &ExerciseDef) -> Vec<Sentence> {
    let mut all = vec![Sentence::Announce(Box::new(announcement(&def.title, def.posture)))];
    all.extend(def.faults.iter().map(|fault| Sentence::Cue(fault.cue.clone())));
    let starts = def.gate.iter().filter_map(|rule| rule.advice.clone());
    all.extend(starts.map(|text| Sentence::Advice(Obstacle::Start(Some(text)))));
    all
}

/// Notes of the steps of a routine, and the cue of a limit of its range.
fn of_routine(routine: &RoutineDef) -> Vec<Sentence> {
    let Some(programme) = Programme::of_routine(routine, &[]) else { return Vec::new() };
    let note = |text: String| Announcement { note: Some(text), ..announcement("", Posture::Standing) };
    let sets = programme.sets.iter();
    let mut all: Vec<Sentence> =
        sets.clone().filter_map(|set| set.note.clone()).map(|text| Sentence::Announce(Box::new(note(text)))).collect();
    all.extend(sets.flat_map(|set| set.exercise().faults.iter().map(|fault| Sentence::Cue(fault.cue.clone()))));
    all
}
