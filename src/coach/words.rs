//! The words of the coach: each sentence as parts with a short pause between them. A part is recorded as it stands, so no word
//! is ever glued into another one's melody.

use super::numbers::number;
use super::sentence::{Announcement, EndReason, NotCounted, Place, Sentence, Wait};
use crate::base::language::{tr, translated};
use crate::base::skeleton::Side;
use crate::counting::calibrate::Stage;
use crate::counting::gate::Obstacle;
use crate::counting::record::RepSide;
use crate::motion::track::{Posture, View};

/// A text as a sentence of its own: a capital, and a full stop where no other mark ends it.
pub fn full_stop(text: &str) -> String {
    let text = text.trim();
    let mut letters = text.chars();
    let Some(first) = letters.next() else { return String::new() };
    let mut sentence: String = first.to_uppercase().chain(letters).collect();
    if !sentence.ends_with(['.', '!', '?', ':']) {
        sentence.push('.');
    }
    sentence
}

impl Sentence {
    /// What is said, part by part.
    pub fn parts(&self) -> Vec<String> {
        let parts = match self {
            Self::Announce(what) => announce(what),
            Self::Cue(text) | Self::Praise(text) => vec![text.clone()],
            Self::Advice(obstacle) => vec![advice(obstacle)],
            Self::TakeYourTime => vec![tr!("say-take-your-time")],
            Self::ByEar => vec![tr!("say-by-ear")],
            Self::Countdown(n) => vec![number(*n)],
            Self::Go => vec![tr!("say-go")],
            Self::Count { n, side, is_last_next } => {
                let mut parts = vec![count(*n, *side)];
                parts.extend(is_last_next.then(|| tr!("say-last-one")));
                parts
            }
            Self::Hold => vec![tr!("say-hold")],
            Self::Release => vec![tr!("say-and-release")],
            Self::NowSide(Side::Left) => vec![tr!("say-now-left")],
            Self::NowSide(Side::Right) => vec![tr!("say-now-right")],
            Self::Half => vec![tr!("say-half")],
            Self::NotCounted(what) => vec![not_counted(*what)],
            Self::LeaveIt => vec![tr!("say-leave-it")],
            Self::Paused(why) => vec![paused(*why)],
            Self::PictureBack => vec![tr!("say-picture-back")],
            Self::WelcomeBack { done } => {
                std::iter::once(tr!("say-welcome-back")).chain(done.map(done_so_far)).collect()
            }
            Self::LooksLike { title, by_hand } => {
                let asked = if *by_hand { tr!("say-shall-i") } else { tr!("say-shall-i-button") };
                vec![tr!("say-looks-like"), title.clone(), asked]
            }
            Self::OneInFront => vec![tr!("say-one-in-front")],
            Self::SetEnd { n, reason, is_timed } => set_end(*n, *reason, *is_timed),
            Self::Rest { seconds, next } => {
                let mut parts = vec![tr!("say-rest"), duration(*seconds), tr!("say-next"), title(next)];
                parts.push(posture(next.posture));
                parts
            }
            Self::RestCall { next } => vec![tr!("say-ten-seconds"), tr!("say-next"), title(next)],
            Self::Summary { exercises, minutes, well, work } => {
                summary(*exercises, *minutes, well.as_ref(), work.as_ref())
            }
            Self::WarmUp => vec![tr!("say-warm-up")],
            Self::CoolDown => vec![tr!("say-cool-down"), tr!("say-water")],
            Self::CanYouHear => vec![tr!("say-can-you-hear")],
            Self::HandSeen => vec![tr!("say-i-see-your-hand")],
            Self::SoundWorks => vec![tr!("say-sound-works")],
            Self::SlowMachine => vec![tr!("say-slow-machine")],
            Self::Guide(stage) => guide(stage),
            Self::Chain(all) => all.iter().flat_map(Self::parts).collect(),
        };
        parts.iter().map(|part| full_stop(&translated(part))).filter(|part| !part.is_empty()).collect()
    }
}

fn guide(stage: &Stage) -> Vec<String> {
    match stage {
        Stage::SetUp(Some(obstacle)) => vec![advice(obstacle)],
        Stage::SetUp(None) => vec![tr!("say-starting-position")],
        Stage::Neutral { .. } | Stage::Move { .. } => vec![stage.words()],
        Stage::Done(outcome) => outcome.spoken(),
    }
}

fn title(what: &Announcement) -> String {
    what.title.clone()
}

fn announce(what: &Announcement) -> Vec<String> {
    let mut parts = Vec::new();
    match what.place {
        Place::First => parts.push(tr!("say-first")),
        Place::Next => parts.push(tr!("say-next")),
        Place::Last => parts.push(tr!("say-last-exercise")),
        Place::Again => parts.push(tr!("say-again")),
        Place::Only => (),
    }
    parts.push(title(what));
    if let Some((n, m)) = what.set {
        parts.push(tr!("say-set-of", n = number(n), m = number(m)));
    }
    match (what.reps, what.seconds) {
        (Some(reps), hold) => {
            parts.push(tr!("say-times", n = number(reps), count = reps));
            parts.extend(hold.map(|s| s.round() as u32).map(|s| tr!("say-hold-each", n = number(s), count = s)));
        }
        (None, Some(seconds)) => parts.push(duration(seconds.round() as u32)),
        (None, None) => (),
    }
    match (what.has_both_sides, what.only_side) {
        (true, _) => parts.push(tr!("say-each-side")),
        (false, Some(Side::Left)) => parts.push(tr!("say-only-left")),
        (false, Some(Side::Right)) => parts.push(tr!("say-only-right")),
        (false, None) => (),
    }
    // Who does another set of the same is in place already.
    if what.place != Place::Again {
        parts.push(posture(what.posture));
        parts.push(view(what.view, what.near));
        parts.extend(what.note.clone());
    }
    parts
}

/// What to do about an obstacle, as it is said.
fn advice(obstacle: &Obstacle) -> String {
    match obstacle {
        Obstacle::Nobody => tr!("say-come-into-picture"),
        Obstacle::Hidden(_) => tr!("say-show-all"),
        Obstacle::Posture(wanted) => posture(*wanted),
        Obstacle::View(wanted, near) => view(*wanted, *near),
        Obstacle::Start(text) => text.clone().unwrap_or_else(|| tr!("say-starting-position")),
        Obstacle::HoldStill => tr!("say-hold-still"),
    }
}

/// The same as it is shown: two lines of sixteen letters at most, to be read from the mat.
pub fn advice_shown(obstacle: &Obstacle) -> String {
    match obstacle {
        Obstacle::Nobody => tr!("show-come-into-picture"),
        Obstacle::Hidden(parts) => match parts.as_slice() {
            [part] => tr!("show-part", part = translated(part)),
            _ => tr!("show-all"),
        },
        Obstacle::Posture(wanted) => shown_posture(*wanted),
        Obstacle::View(wanted, near) => match (wanted, near) {
            (View::Front, _) => tr!("show-view-front"),
            (_, Some(Side::Left)) => tr!("show-near-left"),
            (_, Some(Side::Right)) => tr!("show-near-right"),
            (View::Side, None) => tr!("show-view-side"),
            (View::Oblique, None) => tr!("show-view-oblique"),
        },
        Obstacle::Start(text) => text.as_deref().map_or_else(|| tr!("show-starting-position"), translated),
        Obstacle::HoldStill => tr!("show-hold-still"),
    }
}

fn shown_posture(posture: Posture) -> String {
    match posture {
        Posture::Standing => tr!("show-posture-standing"),
        Posture::Seated => tr!("show-posture-seated"),
        Posture::Upright => tr!("show-posture-upright"),
        Posture::Hinged => tr!("show-posture-hinged"),
        Posture::OnFeet => tr!("show-posture-on-feet"),
        Posture::OffFloor => tr!("show-posture-off-floor"),
        Posture::AllFours => tr!("show-posture-all-fours"),
        Posture::Plank => tr!("show-posture-plank"),
        Posture::Prone => tr!("show-posture-prone"),
        Posture::Supine => tr!("show-posture-supine"),
    }
}

/// How to come into a posture, in a few words.
pub fn posture(posture: Posture) -> String {
    match posture {
        Posture::Standing => tr!("say-posture-standing"),
        Posture::Seated => tr!("say-posture-seated"),
        Posture::Upright => tr!("say-posture-upright"),
        Posture::Hinged => tr!("say-posture-hinged"),
        Posture::OnFeet => tr!("say-posture-on-feet"),
        Posture::OffFloor => tr!("say-posture-off-floor"),
        Posture::AllFours => tr!("say-posture-all-fours"),
        Posture::Plank => tr!("say-posture-plank"),
        Posture::Prone => tr!("say-posture-prone"),
        Posture::Supine => tr!("say-posture-supine"),
    }
}

/// How to turn to the camera.
pub fn view(view: View, near: Option<Side>) -> String {
    match (view, near) {
        (View::Front, _) => tr!("say-view-front"),
        (_, Some(Side::Left)) => tr!("say-near-left"),
        (_, Some(Side::Right)) => tr!("say-near-right"),
        (View::Side, None) => tr!("say-view-side"),
        (View::Oblique, None) => tr!("say-view-oblique"),
    }
}

/// A count, with its side where sides are told apart.
pub fn count(n: u32, side: Option<RepSide>) -> String {
    match side {
        Some(RepSide::Left) => tr!("say-left-count", n = number(n)),
        Some(RepSide::Right) => tr!("say-right-count", n = number(n)),
        Some(RepSide::Unknown) | None => number(n),
    }
}

/// A stretch of time as it is said: in seconds up to a minute and a half, else in minutes and halves.
pub fn duration(seconds: u32) -> String {
    match (seconds / 60, seconds % 60) {
        (0, s) => tr!("say-seconds", n = number(s), count = s),
        (m, 0) => tr!("say-minutes", n = number(m), count = m),
        (m, 30) => tr!("say-minutes-and-a-half", n = number(m), count = m),
        _ => tr!("say-seconds", n = number(seconds), count = seconds),
    }
}

fn done_so_far(n: u32) -> String {
    if n == 0 { tr!("say-none-so-far") } else { tr!("say-done-so-far", n = number(n)) }
}

fn not_counted(what: NotCounted) -> String {
    match what {
        NotCounted::Short => tr!("say-a-little-more"),
        NotCounted::HeldTooShort => tr!("say-hold-longer"),
        NotCounted::TooQuick => tr!("say-more-slowly"),
        NotCounted::OutOfSight => tr!("say-not-seen"),
        NotCounted::OtherSide => tr!("say-other-side"),
    }
}

fn paused(why: Wait) -> String {
    match why {
        Wait::Left | Wait::GotUp => tr!("say-paused-left"),
        Wait::Hand => tr!("say-paused-hand"),
        Wait::Key => tr!("say-paused-key"),
        Wait::NoPicture => tr!("say-picture-gone"),
        Wait::Black => tr!("say-picture-black"),
        Wait::Still => tr!("say-picture-still"),
    }
}

fn set_end(n: u32, reason: EndReason, is_timed: bool) -> Vec<String> {
    let so_many = (n > 0 && !is_timed).then(|| number(n));
    match reason {
        // The last count has just been said.
        EndReason::Target | EndReason::ByEar => vec![tr!("say-well-done")],
        EndReason::Pain => vec![tr!("say-stopped")],
        EndReason::Skipped => vec![tr!("say-skipped")],
        EndReason::Session => Vec::new(),
        EndReason::Person | EndReason::Still | EndReason::Pause => {
            so_many.into_iter().chain([tr!("say-noted")]).collect()
        }
    }
}

fn summary(exercises: u32, minutes: u32, well: Option<&String>, work: Option<&String>) -> Vec<String> {
    if exercises == 0 {
        return vec![tr!("say-all-done"), tr!("say-nothing-done")];
    }
    let mut parts = vec![
        tr!("say-all-done"),
        tr!("say-exercises-done", n = number(exercises), count = exercises),
        tr!("say-minutes", n = number(minutes.max(1)), count = minutes.max(1)),
    ];
    if let Some(well) = well {
        parts.extend([tr!("say-went-well"), well.clone()]);
    }
    if let Some(work) = work {
        parts.extend([tr!("say-to-work-on"), work.clone()]);
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_said_as_a_person_says_them() {
        let times = [1, 30, 60, 90, 120, 150, 45, 75].map(duration);
        let said = [
            "One second.",
            "thirty seconds.",
            "One minute.",
            "one and a half minutes.",
            "two minutes.",
            "two and a half minutes.",
            "forty-five seconds.",
            "seventy-five seconds.",
        ];
        assert_eq!(times, said);
    }

    #[test]
    fn parts_are_sentences() {
        let sentence = Sentence::SetEnd { n: 6, reason: EndReason::Person, is_timed: false };
        assert_eq!(sentence.parts(), ["Six.", "Noted."]);
        let sentence = Sentence::Count { n: 3, side: Some(RepSide::Left), is_last_next: true };
        assert_eq!(sentence.parts(), ["Left, three.", "Last one."]);
        assert_eq!(Sentence::Cue("Hips on the floor".to_owned()).parts(), ["Hips on the floor."]);
        assert_eq!(Sentence::Praise("That's it".to_owned()).parts(), ["That's it."]);
        assert!(Sentence::SetEnd { n: 0, reason: EndReason::Session, is_timed: false }.parts().is_empty());
    }
}
