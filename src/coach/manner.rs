//! How the coach behaves: its times, and how much it says. Numbers without another source are proposals of the design. How
//! much is said, counts and the gesture are settings; the rest is the same for everybody.

use super::sentence::Wait;
use serde::{Deserialize, Serialize};

/// How much is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HowMuch {
    /// Everything.
    #[default]
    All,
    /// Everything but corrections and praise.
    Counts,
    /// What comes next and what is in the way, no counts.
    Transitions,
    /// Tones in place of words.
    Tones,
}

/// How counts are told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CountStyle {
    /// Each one.
    #[default]
    Every,
    /// The last three, the others by a tone.
    LastThree,
    /// Tones only.
    Tones,
}

/// Times, seconds, and what is said.
#[derive(Clone, Debug, PartialEq)]
pub struct Manner {
    /// How much is said.
    pub how_much: HowMuch,
    /// How counts are told.
    pub counts: CountStyle,
    /// Whether a raised hand pauses.
    pub has_gesture: bool,
    /// An announcement of the same advice no more often than this.
    pub advice_gap_s: f64,
    /// In set-up for so long, the person is told that there is time.
    pub calm_after_s: f64,
    /// And from here on the set goes by ear.
    pub by_ear_after_s: f64,
    /// The same in another set of an exercise that went by ear before.
    pub by_ear_again_s: f64,
    /// Where the set goes by ear, the camera is no good witness: nobody seen for so long is a pause.
    pub by_ear_gone_s: f64,
    /// And upright for so long in an exercise on the floor.
    pub by_ear_up_s: f64,
    /// Without movement in a set for so long, the person is told that there is time.
    pub still_calm_s: f64,
    /// And from here on the set is over.
    pub still_end_s: f64,
    /// Not in position in a set for so long, the set is over.
    pub lapsed_end_s: f64,
    /// Nobody seen for so long is a pause.
    pub gone_after_s: f64,
    /// Upright for so long in an exercise on the floor is a pause.
    pub up_after_s: f64,
    /// Seen again, or down again, for so long ends it.
    pub back_after_s: f64,
    /// As long as it is not known whether somebody is down again, this is waited for.
    pub maybe_back_s: f64,
    /// A picture that was lost this short a time ago comes and goes.
    pub flicker_s: f64,
    /// It has to stay for so long then.
    pub steady_s: f64,
    /// Waiting so long for the person, or for a picture, ends the set.
    pub pause_end_s: f64,
    /// A pause that the person asked for lasts longer: somebody may be at the door.
    pub asked_pause_end_s: f64,
    /// So long before the end of a rest what comes next is named again.
    pub rest_call_s: f64,
    /// A rest never ends earlier than after this because somebody is in position.
    pub rest_least_s: f64,
    /// What "longer" adds to a rest.
    pub rest_more_s: f64,
    /// The question whether another exercise is done stands for so long.
    pub offer_s: f64,
    /// Whom it follows of several is said no more often than this.
    pub others_gap_s: f64,
    /// That sentence stands on the screen for so long.
    pub others_shown_s: f64,
    /// A session that is done closes by itself after this without an answer; it is kept before.
    pub close_after_s: f64,
    /// The soft sound before the first words takes so long.
    pub lead_s: f64,
    /// How much quicker than usual is spoken.
    pub tempo: f64,
}

impl Manner {
    /// How long a pause lasts before it ends the set, seconds.
    pub const fn pause_end_of(&self, why: Wait) -> f64 {
        match why {
            Wait::Hand | Wait::Key => self.asked_pause_end_s,
            Wait::Left | Wait::GotUp | Wait::NoPicture | Wait::Black | Wait::Still => self.pause_end_s,
        }
    }
}

impl Default for Manner {
    fn default() -> Self {
        Self {
            how_much: HowMuch::All,
            counts: CountStyle::Every,
            has_gesture: true,
            advice_gap_s: 8.0,
            calm_after_s: 60.0,
            by_ear_after_s: 120.0,
            by_ear_again_s: 30.0,
            by_ear_gone_s: 15.0,
            by_ear_up_s: 8.0,
            still_calm_s: 20.0,
            still_end_s: 45.0,
            lapsed_end_s: 120.0,
            gone_after_s: 3.0,
            up_after_s: 2.0,
            back_after_s: 1.0,
            maybe_back_s: 4.0,
            flicker_s: 10.0,
            steady_s: 3.0,
            pause_end_s: 120.0,
            asked_pause_end_s: 600.0,
            rest_call_s: 10.0,
            rest_least_s: 6.0,
            rest_more_s: 30.0,
            offer_s: 20.0,
            others_gap_s: 120.0,
            others_shown_s: 6.0,
            close_after_s: 300.0,
            lead_s: 0.3,
            tempo: 1.0,
        }
    }
}
