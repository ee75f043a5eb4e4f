//! What the coach says, by meaning; the words are in [`words`](super::words).

use crate::base::skeleton::Side;
use crate::counting::calibrate::Stage;
use crate::counting::gate::Obstacle;
use crate::counting::record::{EndedBy, PauseCause, RepSide};
use crate::motion::track::{Posture, View};

/// How urgent a sentence is; the first is the most urgent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Priority {
    /// Stopped, or the picture is lost.
    Alarm,
    /// Counts and the last seconds of a hold: true now or never.
    Count,
    /// What comes next, sides, transitions.
    Transition,
    /// A correction of form.
    Correction,
    /// How to come into position.
    Advice,
    /// Praise.
    Praise,
}

/// A short sound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tone {
    /// Before the first word: wakes the loudspeaker.
    Chime,
    /// In position.
    HoldBegins,
    /// Held long enough.
    HoldEnds,
    /// A repetition counts, where counts are tones.
    Count,
    /// Something did not count.
    NotCounted,
    /// The hand is seen.
    Hand,
    /// A pause begins.
    Paused,
    /// It goes on.
    GoesOn,
    /// The set is done.
    SetDone,
    /// The last seconds of a rest, three times.
    RestEnds,
    /// Look: something is wrong.
    Alarm,
}

/// Where an exercise stands in the programme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The first of several.
    First,
    /// One in the middle.
    Next,
    /// The last of several.
    Last,
    /// Another set of the same.
    Again,
    /// The only one.
    Only,
}

/// The pause between two parts of a sentence, seconds.
pub const PART_GAP_S: f64 = 0.25;

/// What is announced of a set.
#[derive(Clone, Debug, PartialEq)]
pub struct Announcement {
    /// Where it stands.
    pub place: Place,
    /// Title of the exercise.
    pub title: String,
    /// Which set of how many, where there are several.
    pub set: Option<(u32, u32)>,
    /// Repetitions; `None` where time is the target.
    pub reps: Option<u32>,
    /// Seconds to hold, or to go on.
    pub seconds: Option<f64>,
    /// Each side for itself.
    pub has_both_sides: bool,
    /// The only side.
    pub only_side: Option<Side>,
    /// How to place oneself.
    pub posture: Posture,
    /// And towards the camera.
    pub view: View,
    /// The side that must be nearer to it.
    pub near: Option<Side>,
    /// What the routine says to it.
    pub note: Option<String>,
}

/// Why something did not count, as far as it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotCounted {
    /// Not far enough.
    Short,
    /// Not held long enough.
    HeldTooShort,
    /// Too quick.
    TooQuick,
    /// Out of sight.
    OutOfSight,
    /// Of the side that is not done.
    OtherSide,
}

/// Why it waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wait {
    /// Nobody is seen.
    Left,
    /// Up from the floor.
    GotUp,
    /// A raised hand.
    Hand,
    /// A key or button.
    Key,
    /// The camera delivers nothing.
    NoPicture,
    /// The picture is black.
    Black,
    /// The picture does not change.
    Still,
}

impl Wait {
    /// The same as the record says it.
    pub const fn cause(self) -> PauseCause {
        match self {
            Self::Left | Self::GotUp => PauseCause::Away,
            Self::Hand | Self::Key => PauseCause::Person,
            Self::NoPicture | Self::Black | Self::Still => PauseCause::Picture,
        }
    }

    /// Whether something is wrong with the picture.
    pub const fn is_trouble(self) -> bool {
        matches!(self, Self::NoPicture | Self::Black | Self::Still)
    }
}

/// How a set ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndReason {
    /// The target was reached.
    Target,
    /// The person ended it.
    Person,
    /// Nothing moved any more.
    Still,
    /// A pause became too long.
    Pause,
    /// It hurts.
    Pain,
    /// It was left out.
    Skipped,
    /// The session was ended.
    Session,
    /// By ear, the time is over.
    ByEar,
}

impl EndReason {
    /// The same as the record says it.
    pub const fn ended_by(self) -> EndedBy {
        match self {
            Self::Target | Self::ByEar => EndedBy::Target,
            Self::Person | Self::Skipped => EndedBy::Person,
            Self::Still => EndedBy::Still,
            Self::Pause => EndedBy::Pause,
            Self::Pain => EndedBy::Pain,
            Self::Session => EndedBy::Session,
        }
    }
}

/// A sentence by its meaning.
#[derive(Clone, Debug, PartialEq)]
pub enum Sentence {
    /// What comes now.
    Announce(Box<Announcement>),
    /// How to come into position.
    Advice(Obstacle),
    /// There is time.
    TakeYourTime,
    /// The camera cannot see it; the coach keeps the time.
    ByEar,
    /// Three, two, one.
    Countdown(u32),
    /// Now.
    Go,
    /// A repetition counts: how many there are, of this side where sides are told apart; one more is the last.
    Count {
        /// So many.
        n: u32,
        /// Of this side.
        side: Option<RepSide>,
        /// One more is to do.
        is_last_next: bool,
    },
    /// In position.
    Hold,
    /// Held long enough.
    Release,
    /// One side is done.
    NowSide(Side),
    /// Half of a set that goes by time.
    Half,
    /// What did not count, and what to do.
    NotCounted(NotCounted),
    /// A correction, in the exercise file's words.
    Cue(String),
    /// Praise.
    Praise(String),
    /// Nothing moves any more: the set is left there.
    LeaveIt,
    /// It waits.
    Paused(Wait),
    /// The picture is back.
    PictureBack,
    /// Back, with so many done; `None` where repetitions are not what counts.
    WelcomeBack {
        /// So many.
        done: Option<u32>,
    },
    /// It looks like another exercise; whether that is to be counted.
    LooksLike {
        /// Its title.
        title: String,
        /// The answer is a raised hand; else a button.
        by_hand: bool,
    },
    /// Several people are seen.
    OneInFront,
    /// A set is over with so many.
    SetEnd {
        /// So many.
        n: u32,
        /// How it ended.
        reason: EndReason,
        /// It goes by time, not by repetitions.
        is_timed: bool,
    },
    /// A rest of so many seconds, and what comes then.
    Rest {
        /// Seconds.
        seconds: u32,
        /// What comes then.
        next: Box<Announcement>,
    },
    /// Ten seconds to go, and what comes then.
    RestCall {
        /// What comes then.
        next: Box<Announcement>,
    },
    /// The session is over.
    Summary {
        /// Exercises in which something was done.
        exercises: u32,
        /// Minutes it took.
        minutes: u32,
        /// What went well: a title.
        well: Option<String>,
        /// What to work on: a cue.
        work: Option<String>,
    },
    /// Warm up first.
    WarmUp,
    /// Cool down at the end, and drink.
    CoolDown,
    /// Whether the voice is heard.
    CanYouHear,
    /// It is: the hand was seen.
    HandSeen,
    /// A sentence to hear the voice by.
    SoundWorks,
    /// The quicker model is used.
    SlowMachine,
    /// The own range is being measured: what to do now, or what came out.
    Guide(Box<Stage>),
    /// Several, one after the other, as one.
    Chain(Vec<Sentence>),
}

impl Sentence {
    /// How urgent it is.
    pub fn priority(&self) -> Priority {
        match self {
            Self::Paused(_) | Self::SetEnd { reason: EndReason::Pain, .. } => Priority::Alarm,
            Self::Countdown(_) | Self::Go | Self::Count { .. } | Self::Hold | Self::Release => Priority::Count,
            Self::Announce(_)
            | Self::NowSide(_)
            | Self::Half
            | Self::SetEnd { .. }
            | Self::Rest { .. }
            | Self::RestCall { .. }
            | Self::LeaveIt
            | Self::ByEar
            | Self::WelcomeBack { .. }
            | Self::PictureBack
            | Self::Summary { .. }
            | Self::WarmUp
            | Self::CoolDown
            | Self::CanYouHear
            | Self::HandSeen
            | Self::SoundWorks
            | Self::OneInFront
            | Self::Guide(_)
            | Self::LooksLike { .. } => Priority::Transition,
            Self::NotCounted(_) | Self::Cue(_) => Priority::Correction,
            Self::Advice(_) | Self::TakeYourTime | Self::SlowMachine => Priority::Advice,
            Self::Praise(_) => Priority::Praise,
            Self::Chain(all) => all.iter().map(Self::priority).min().unwrap_or(Priority::Praise),
        }
    }
}
