//! An exercise as the engine needs it.

use crate::base::skeleton::Side;
use crate::motion::signal::{PointRef, SignalDef, Unit};
use crate::motion::track::{Posture, View};
use crate::vision::pose::outline::Chords;
use serde::{Deserialize, Serialize};

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Repetitions.
    Reps,
    /// Holds of a target length.
    Hold,
    /// Time of activity.
    Duration,
}

impl Mode {
    /// As exercise files and records name it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Reps => "reps",
            Self::Hold => "hold",
            Self::Duration => "duration",
        }
    }
}

/// How a movement becomes a repetition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pattern {
    /// The signal rises from a baseline and returns.
    Rise,
    /// The signal visits both sides of neutral, in any order, and returns.
    BothWays,
    /// The signal runs back and forth without a rest.
    Passes,
}

/// A complete, valid exercise.
#[derive(Clone, Debug, PartialEq)]
pub struct ExerciseDef {
    /// Fixed id, also the file name.
    pub id: String,
    /// Title for people.
    pub title: String,
    /// One line on what to do.
    pub summary: String,
    /// Sha256 of the file, hexadecimal.
    pub file_sha256: String,
    /// Best view.
    pub view: View,
    /// How far beside the ideal view still counts, degrees.
    pub max_off_deg: f64,
    /// Posture to start from and to keep.
    pub posture: Posture,
    /// What is counted.
    pub mode: Mode,
    /// What to reach.
    pub target: Target,
    /// Landmarks without which nothing counts.
    pub required: Vec<PointRef>,
    /// How to place oneself and the camera.
    pub setup: String,
    /// Signals in order of computation.
    pub signals: Vec<SignalDef>,
    /// Ranges that must hold for the gate to open.
    pub gate: Vec<GateRule>,
    /// How repetitions are found.
    pub count: CountRule,
    /// Form faults and advice.
    pub faults: Vec<FaultDef>,
    /// What a camera cannot see: id and reason.
    pub not_measured: Vec<(String, String)>,
    /// How one side alone is followed, where the count rule has no `left` and `right`.
    pub one_sided: Option<OneSided>,
    /// The only side that counts; `None` in a file, see [`ExerciseDef::followed_on`].
    pub only_side: Option<Side>,
}

/// What to reach in a set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Target {
    /// Repetitions (per side, where there are sides).
    pub reps: u32,
    /// Seconds per hold, in hold mode; seconds of activity, in duration mode.
    pub hold_s: f64,
}

/// A signal's range at the start.
#[derive(Clone, Debug, PartialEq)]
pub struct GateRule {
    /// Index of the signal.
    pub signal: usize,
    /// Least value.
    pub min: f64,
    /// Largest value.
    pub max: f64,
    /// What to tell the person while it does not hold.
    pub advice: Option<String>,
    /// Must go on holding during the set, as the posture must.
    pub keep: bool,
}

/// One channel of the rep signal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Channel {
    /// Index of the signal, which rises with the movement.
    pub signal: usize,
    /// The side it stands for.
    pub side: Option<Side>,
}

/// A further signal that must come with the movement.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gain {
    /// Index of the signal.
    pub signal: usize,
    /// It must rise by so much, signal units.
    pub at_least: f64,
    /// Asked of movements of this side only.
    pub side: Option<Side>,
}

/// How repetitions are found in the rep signal.
#[derive(Clone, Debug, PartialEq)]
pub struct CountRule {
    /// One channel, or one for each side.
    pub channels: Vec<Channel>,
    /// Movements that look alike but are wrong: channel signal and the fault they are reported as.
    pub decoys: Vec<(usize, usize)>,
    /// How a movement becomes a repetition.
    pub pattern: Pattern,
    /// Least movement that can count, signal units.
    pub min_range: f64,
    /// Share of the own range at which a repetition is entered.
    pub enter_share: f64,
    /// Share of the own range under which it is left.
    pub exit_share: f64,
    /// Shortest repetition, seconds.
    pub min_rep_s: f64,
    /// The baseline lies at or under this, signal units; an excursion under way when the recording begins is recognised by it.
    pub baseline_max: Option<f64>,
    /// The baseline lies at or over this: what is lower is another movement, and the baseline must be found again.
    pub baseline_min: Option<f64>,
    /// Further signals that must gain at least so much between baseline and peak.
    pub gains: Vec<Gain>,
    /// Further signals that stay within so much while the movement goes on: where one does not, it is another movement.
    pub steady: Vec<(usize, f64)>,
    /// In the pattern of both ways: signals that must lie in (least, largest) for the body to be in the middle.
    pub neutral_when: Vec<(usize, [f64; 2])>,
    /// In the pattern of passes: shortest and longest period of a pass, seconds.
    pub period_s: [f64; 2],
}

/// When in a repetition a fault is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultPhase {
    /// At any time in the set.
    Any,
    /// From leaving the baseline to being back.
    Rep,
    /// In position.
    Target,
    /// At rest between repetitions.
    Rest,
}

/// What a fault's value is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reference {
    /// The value itself.
    Absolute,
    /// Its change since the baseline.
    Baseline,
    /// Its excess over the median of the own repetitions so far (the typical value of each).
    OwnMedian,
    /// Its share of the largest of the own repetitions so far.
    OwnBest,
}

/// A fault's condition on one signal.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// What is looked at.
    pub signal: Watched,
    /// What it is compared with.
    pub reference: Reference,
    /// Raised above this.
    pub above: Option<f64>,
    /// Raised below this.
    pub below: Option<f64>,
    /// Raised farther from zero than this, in either direction.
    pub beyond: Option<f64>,
    /// What is this for the left side is the opposite for the right.
    pub is_mirrored: bool,
}

impl Condition {
    /// Whether a value is beyond the limit.
    pub fn is_exceeded_by(&self, value: f64) -> bool {
        self.above.is_some_and(|limit| value > limit)
            || self.below.is_some_and(|limit| value < limit)
            || self.beyond.is_some_and(|limit| value.abs() > limit)
    }
}

/// What a fault's condition looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Watched {
    /// A signal, frame by frame.
    Signal(usize),
    /// Length of the repetition, seconds, judged at its end.
    RepSeconds,
    /// Time from the peak's end to rest, seconds, judged at the end.
    ReturnSeconds,
    /// Rest between this repetition and the one before, seconds, judged at the start.
    RestSeconds,
    /// Range of the repetition, in the unit of the rep signal, judged at its end.
    Range,
    /// Range over the time to the farthest point, units of the rep signal a second, judged at its end.
    Speed,
    /// Times the rep signal swung back and forth in position, judged at its end.
    Bounces,
}

/// A form fault or piece of advice.
#[derive(Clone, Debug, PartialEq)]
pub struct FaultDef {
    /// Fixed id.
    pub id: String,
    /// What to say, five words at most.
    pub cue: String,
    /// 1 (mention) to 3 (most urgent): which cue wins, and how much it costs.
    pub severity: u32,
    /// When it is looked for.
    pub phase: FaultPhase,
    /// All must hold; none where the fault is told by comparison only.
    pub all: Vec<Condition>,
    /// Or: the typical values of a repetition are so far from those of the person's own others, in all of these; the first is
    /// what tells it, also beyond their spread, the others must hold besides.
    pub unlike_own: Vec<Condition>,
    /// Ids of faults that are only a consequence of this one, and not told beside it.
    pub instead_of: Vec<String>,
    /// How long they must hold, seconds.
    pub for_s: f64,
    /// Goes to `advice`, not to `faults`.
    pub advisory: bool,
    /// Raised only by a movement that matches a decoy.
    pub decoy_only: bool,
}

/// Whether a file of that path is read as JSON.
pub fn is_json(path: &str) -> bool {
    std::path::Path::new(path).extension().is_some_and(|e| e.eq_ignore_ascii_case("json"))
}

impl CountRule {
    /// Whether nothing but the rep signal speaks against the body being at rest or in the middle; unknown speaks for nothing.
    pub fn may_be_neutral(&self, value: impl Fn(usize) -> Option<f64>) -> bool {
        self.neutral_when.iter().all(|(signal, [min, max])| value(*signal).is_none_or(|v| (*min..=*max).contains(&v)))
    }
}

impl ExerciseDef {
    /// Unit of the rep signal, and so of the repetitions' ranges.
    pub fn range_unit(&self) -> Unit {
        self.count.channels.first().map_or(Unit::Deg, |c| self.signals[c.signal].unit)
    }

    /// The chords of the outline that its signals read.
    pub fn chords(&self) -> Chords {
        if self.signals.iter().any(|signal| signal.kind.reads_outline()) { Chords::Trunk } else { Chords::None }
    }

    /// Whether left and right are told apart.
    pub fn has_sides(&self) -> bool {
        self.count.channels.iter().any(|c| c.side.is_some())
    }
}

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
