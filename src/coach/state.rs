//! Where the coach is, what it is told and what it asks for.

use super::sentence::{EndReason, NotCounted, Sentence, Tone, Wait};
use crate::base::skeleton::Side;
use crate::base::time::Timestamp;
use crate::counting::engine::Event;
use crate::counting::gate::Obstacle;
use crate::counting::phase::Phase;
use crate::counting::record::{EndedBy, RepTotals, Summary};
use crate::counting::runner::SetCommand;
use crate::motion::track::TrackedPose;

/// The set as the engine has it now.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Standing {
    /// Where the running repetition is.
    pub phase: Phase,
    /// Counts so far.
    pub totals: RepTotals,
    /// Seconds of the running hold (or of activity) and seconds to reach.
    pub hold: Option<(f64, f64)>,
    /// What stands in the way of counting.
    pub obstacle: Option<Obstacle>,
}

/// What the coach is told, in order of time.
#[derive(Debug)]
pub enum Input<'a> {
    /// A frame was looked at.
    Frame {
        /// The person in it.
        pose: &'a TrackedPose,
        /// What the running set made of it.
        events: &'a [Event],
        /// The running set; `None` where none runs.
        standing: Option<&'a Standing>,
    },
    /// Time passes without a picture that is of any use.
    NoPicture {
        /// Now, on the frames' own clock.
        at: Timestamp,
        /// Why.
        why: Wait,
    },
    /// What is done looks like another exercise of the programme.
    LooksLike {
        /// Now.
        at: Timestamp,
        /// Its id.
        exercise: &'a str,
    },
    /// Somebody else is in the picture, too.
    Others {
        /// Now.
        at: Timestamp,
    },
    /// The person asks for something.
    Order {
        /// Now.
        at: Timestamp,
        /// What.
        order: Order,
    },
    /// The set that was to end has ended.
    Ended {
        /// Now.
        at: Timestamp,
        /// What it has come to.
        summary: &'a Summary,
    },
}

/// What the person may ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Order {
    /// Wait, or go on after a pause.
    PauseOrGoOn,
    /// It hurts: the set ends, and nothing is asked.
    Hurts,
    /// The set ends here.
    EndSet,
    /// This exercise is left out; in a rest, the next one.
    Skip,
    /// The rest is over.
    GoNow,
    /// A longer rest.
    MoreRest,
    /// The last set once more.
    Again,
    /// The session ends here.
    EndSession,
    /// Yes, the other exercise that it looks like.
    TakeOffer,
    /// So many more (or fewer) were done in the last set than were counted.
    Correct(i32),
    /// Something is said of the session that is over.
    Answer,
    /// The summary is read.
    Close,
}

/// What the coach asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// To be said.
    Say(Sentence),
    /// To be sounded.
    Tone(Tone),
    /// This set of the programme is to be followed from now on. One that was begun and not ended is dropped: nothing counted
    /// in it.
    BeginSet {
        /// Which, from 0.
        set: usize,
        /// The movement cannot be seen from here: it is timed.
        is_self_timed: bool,
    },
    /// To the running set.
    Set(SetCommand),
    /// The running set ends, so; [`Input::Ended`] must be the next input.
    EndSet(EndedBy),
    /// The count of the set that ended last is to be corrected by so many.
    Correct(i32),
    /// A set that was begun and in which nothing happened is dropped.
    DropSet,
    /// The session is over and is to be kept as it is; its summary stays to be read.
    EndSession,
    /// The summary has been read.
    Close,
}

/// Coming into position.
#[derive(Clone, Debug, PartialEq)]
pub struct SetUp {
    /// Since.
    pub since: Timestamp,
    /// The advice of the moment, and since when it stands.
    pub advice: Option<(Obstacle, Timestamp)>,
    /// When advice was last said.
    pub advised_at: Option<Timestamp>,
    /// That there is time has been said.
    pub is_calmed: bool,
    /// The announcement is over by then.
    pub announced_by: Timestamp,
    /// When somebody was last seen.
    pub seen_at: Option<Timestamp>,
}

/// Three, two, one.
#[derive(Clone, Debug, PartialEq)]
pub struct Ready {
    /// Since.
    pub since: Timestamp,
    /// The number said last; 4 before the first.
    pub said: u32,
    /// Out of position since.
    pub lost_since: Option<Timestamp>,
}

/// What was said of the running hold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HoldTalk {
    /// The last second that was counted down; 4 before the first.
    pub counted_down: u32,
    /// That it is long enough has been said.
    pub is_released: bool,
}

/// A set under way.
#[derive(Clone, Debug, PartialEq)]
pub struct InSet {
    /// Since.
    pub since: Timestamp,
    /// Counts that have been said.
    pub said: RepTotals,
    /// When something last moved.
    pub moved_at: Timestamp,
    /// That there is time has been said, since the last movement.
    pub is_calmed: bool,
    /// The hold of the moment.
    pub hold: Option<HoldTalk>,
    /// The side that was announced as the next.
    pub side_said: Option<Side>,
    /// That half the time is over has been said.
    pub is_half_said: bool,
    /// Out of position since.
    pub lapsed_since: Option<Timestamp>,
    /// The advice of the moment, and since when it stands.
    pub advice: Option<(Obstacle, Timestamp)>,
    /// When advice was last said.
    pub advised_at: Option<Timestamp>,
    /// What was last told not to count, and how often running.
    pub not_counted: Option<(NotCounted, u32)>,
    /// Up from the floor since.
    pub up_since: Option<Timestamp>,
    /// Nobody seen since.
    pub unseen_since: Option<Timestamp>,
    /// The pace of a set that goes by ear.
    pub pace: Option<Pace>,
}

/// A set that goes by ear: the coach says when.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pace {
    /// Into position at this time, or since then.
    pub turn_at: Timestamp,
    /// In position.
    pub is_in: bool,
    /// Done so far.
    pub done: u32,
    /// The last second that was counted down; 4 before the first.
    pub counted_down: u32,
}

/// A rest.
#[derive(Clone, Debug, PartialEq)]
pub struct Rest {
    /// Since.
    pub since: Timestamp,
    /// Until; `None` after pain: only the person ends it.
    pub until: Option<Timestamp>,
    /// What comes next was named again.
    pub is_called: bool,
    /// Tones sounded at its end.
    pub ticks: u32,
    /// The next set is being watched for already.
    pub is_watching: bool,
    /// It is the time of the warm-up.
    pub is_warm_up: bool,
}

/// It waits.
#[derive(Clone, Debug, PartialEq)]
pub struct Paused {
    /// Why.
    pub why: Wait,
    /// Since.
    pub since: Timestamp,
    /// Where it goes on.
    pub back: Box<State>,
    /// The reason is gone since.
    pub back_since: Option<Timestamp>,
    /// In a pause for another reason: what is wrong with the picture now.
    pub trouble: Option<Wait>,
}

/// Where the coach is.
#[derive(Clone, Debug, PartialEq)]
pub enum State {
    /// Coming into position.
    SetUp(SetUp),
    /// Three, two, one.
    Ready(Ready),
    /// A set under way.
    Set(Box<InSet>),
    /// The set is to end: what has come of it is awaited.
    Ending(EndReason),
    /// A rest.
    Rest(Rest),
    /// It waits.
    Paused(Paused),
    /// All is done, since then.
    Summary(Timestamp),
    /// The summary has been read.
    Over,
}

/// Another exercise that the person seems to do; whether that is to be counted is asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    /// Id of the exercise that it looks like.
    pub exercise: String,
    /// Its title.
    pub title: String,
    /// The question stands until then.
    pub until: Timestamp,
}
