//! Judges movements: what counts, what is rejected and why, and what the own range makes of earlier verdicts.

use super::detect::rise::{Ending, Excursion};
use super::range::{ATTEMPT_SHARE, RangeEstimate, RangeLearner, RangePrior, STAND_SHARE};
use crate::base::time::{Timestamp, round_ms};
use crate::counting::record::{Rep, RepSide};
use crate::exercise::{ExerciseDef, Mode};
use crate::motion::signal::Unit;
use std::collections::BTreeSet;

/// Points a fault of severity 1 takes from the score of 100; more severe ones take a multiple.
const POINTS_PER_SEVERITY: u32 = 8;

/// Why a movement does not count.
#[derive(Clone, Debug, PartialEq)]
pub enum Reason {
    /// It did not go far enough.
    Short {
        /// What was missing, in the rep signal's unit.
        missing: f64,
    },
    /// The position was not held for long enough.
    HeldTooShort {
        /// Seconds held.
        held_s: f64,
        /// Seconds to hold.
        target_s: f64,
    },
    /// It was over too soon to be a repetition.
    TooQuick,
    /// The person could not be seen.
    OutOfSight,
    /// It was made on the side that is not to count.
    OtherSide,
    /// It was another movement than the one asked for; the cue of the fault says so.
    Wrong(String),
}

impl Reason {
    /// In words, for the record and the screen.
    pub fn text(&self, unit: Unit) -> String {
        match self {
            Self::Short { missing } => match unit {
                // Rounded up: what is missing is never nothing.
                Unit::Deg if missing.ceil() <= 1.0 => "1 degree short".to_owned(),
                Unit::Deg => format!("{:.0} degrees short", missing.ceil()),
                Unit::Trunk => format!("{:.2} trunk lengths short", (missing * 100.0).ceil() / 100.0),
                Unit::Share => format!("{:.0} % short", (missing * 100.0).ceil()),
            },
            Self::HeldTooShort { held_s, target_s } => format!("held {held_s:.1} of {} s", trimmed(*target_s)),
            Self::TooQuick => "too quick for a repetition".to_owned(),
            Self::OutOfSight => "out of sight".to_owned(),
            Self::OtherSide => "other side".to_owned(),
            Self::Wrong(cue) => cue.to_lowercase(),
        }
    }
}

/// A number without needless decimals.
fn trimmed(value: f64) -> String {
    format!("{}", (value * 10.0).round() / 10.0)
}

/// A movement with its verdict.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The movement.
    pub movement: Excursion,
    /// `None` when it counts.
    pub rejected: Option<Reason>,
    /// Ids of faults seen in it.
    pub faults: Vec<String>,
    /// Ids of advisory remarks.
    pub advice: Vec<String>,
    /// Sum of the severities of its faults.
    pub severity: u32,
    /// Gains of the further signals that the count rule asks for.
    gains: Vec<Option<f64>>,
    /// The own range has rejected it, and it may be the own range that was wrong.
    short_of_own: bool,
    reclassified: bool,
    /// Timed by the person; nothing of it was seen.
    pub self_timed: bool,
}

impl Entry {
    /// Whether it counts.
    pub fn counts(&self) -> bool {
        self.rejected.is_none()
    }
}

/// What was observed besides the movement itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Observed {
    /// Ids of faults.
    pub faults: Vec<String>,
    /// Ids of advisory remarks.
    pub advice: Vec<String>,
    /// Sum of severities.
    pub severity: u32,
    /// Gains of further signals that the count rule asks for, in its order; `None` where one was not seen.
    pub gains: Vec<Option<f64>>,
    /// Cue of the fault that a decoy stands for, when the movement is one.
    pub wrong: Option<String>,
    /// It belongs to the side that is not to count.
    pub other_side: bool,
}

/// All movements of a set.
#[derive(Clone, Debug)]
pub struct Ledger {
    entries: Vec<Entry>,
    own: RangeLearner,
    /// The own range of each channel as it is known now.
    known: Vec<Option<RangeEstimate>>,
    target_hold_s: f64,
}

impl Ledger {
    /// An empty ledger for an exercise of so many channels.
    pub fn new(channels: usize, target_hold_s: f64, given: RangePrior) -> Self {
        let own = RangeLearner::new(channels, given);
        let known = (0..channels).map(|c| own.known(Some(c))).collect();
        Self { entries: Vec::new(), own, known, target_hold_s }
    }

    /// The own range of each channel, once known.
    pub fn range_estimates(&self) -> &[Option<RangeEstimate>] {
        &self.known
    }

    /// All entries so far, in order.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Judges a finished movement and, where the own range has just become known, earlier ones again. Returns the indices
    /// of entries whose verdict is new or has changed, the new one first; empty when the movement was nothing.
    pub fn judge(&mut self, def: &ExerciseDef, movement: Excursion, seen: Observed) -> Vec<usize> {
        let rejected = match self.verdict(def, &movement, &seen) {
            Verdict::Nothing => return Vec::new(),
            Verdict::Counts => None,
            Verdict::Rejected(reason) => Some(reason),
        };
        let in_range = matches!(rejected, None | Some(Reason::HeldTooShort { .. }));
        let short_of_own = self.fell_short_of_own(def, &movement, rejected.as_ref());
        if in_range && movement.baseline_was_seen {
            self.own.learn(movement.channel, movement.range);
        } else if short_of_own {
            self.own.learn_short(movement.channel, movement.range);
        }
        self.known = (0..self.known.len()).map(|c| self.own.known(Some(c))).collect();
        self.entries.push(Entry {
            movement,
            rejected,
            faults: seen.faults,
            advice: seen.advice,
            severity: seen.severity,
            gains: seen.gains,
            short_of_own,
            reclassified: false,
            self_timed: false,
        });
        let newest = self.entries.len() - 1;
        let mut changed = vec![newest];
        changed.extend(self.reclassify());
        changed.extend(self.reinstate(def));
        // Each once, the new one first.
        let mut told = BTreeSet::new();
        changed.retain(|i| told.insert(*i));
        changed
    }

    /// Whether only the own range, as it was known, kept a movement from reaching its thresholds.
    fn fell_short_of_own(&self, def: &ExerciseDef, m: &Excursion, rejected: Option<&Reason>) -> bool {
        let is_short = matches!(rejected, Some(Reason::Short { .. })) && m.range < m.thresholds.enter;
        is_short && m.range >= def.count.min_range && m.baseline_was_seen && self.own.known(m.channel).is_some()
    }

    /// Enters a repetition that the person has timed.
    pub fn take_self_timed(&mut self, def: &ExerciseDef, since: Timestamp, at: Timestamp) {
        let movement = Excursion::self_timed(since, at);
        let (held_s, target_s) = (movement.hold_s, self.target_hold_s);
        let too_short = def.mode == Mode::Hold && held_s < target_s;
        self.entries.push(Entry {
            movement,
            rejected: too_short.then_some(Reason::HeldTooShort { held_s, target_s }),
            faults: Vec::new(),
            advice: Vec::new(),
            severity: 0,
            gains: Vec::new(),
            short_of_own: false,
            reclassified: false,
            self_timed: true,
        });
    }

    fn verdict(&self, def: &ExerciseDef, m: &Excursion, seen: &Observed) -> Verdict {
        let rule = &def.count;
        let hold = def.mode == Mode::Hold;
        let entered = m.range >= m.thresholds.enter;
        if let Some(cue) = &seen.wrong {
            return if entered { Verdict::Rejected(Reason::Wrong(cue.clone())) } else { Verdict::Nothing };
        }
        if m.ending == Ending::Cut && !(hold && entered && m.hold_s >= self.target_hold_s) {
            return Verdict::Nothing;
        }
        let long_enough = m.end_at.since(m.start_at) >= rule.min_rep_s / 2.0;
        let attempt = m.range >= m.thresholds.attempt && long_enough && m.ending == Ending::Returned;
        if seen.other_side {
            return if entered || attempt { Verdict::Rejected(Reason::OtherSide) } else { Verdict::Nothing };
        }
        if !entered {
            let missing = m.thresholds.enter - m.range;
            return if attempt { Verdict::Rejected(Reason::Short { missing }) } else { Verdict::Nothing };
        }
        shortcoming(def, m, &seen.gains, self.target_hold_s).map_or(Verdict::Counts, Verdict::Rejected)
    }

    /// Once the own range is known, earlier repetitions far under it do not stand; each is judged again once, unless it has
    /// been reinstated.
    fn reclassify(&mut self) -> Vec<usize> {
        let mut changed = Vec::new();
        for (i, entry) in self.entries.iter_mut().enumerate() {
            let Some(own) = self.own.known(entry.movement.channel) else { continue };
            let least = own.least * STAND_SHARE;
            if entry.counts() && entry.movement.baseline_was_seen && !entry.reclassified && entry.movement.range < least
            {
                entry.reclassified = true;
                entry.short_of_own = true;
                entry.rejected = Some(Reason::Short { missing: least - entry.movement.range });
                changed.push(i);
            }
        }
        changed
    }

    /// The other way round: where the own range has turned out to be less than it seemed, what fell short of it stands.
    fn reinstate(&mut self, def: &ExerciseDef) -> Vec<usize> {
        let mut changed = Vec::new();
        for (i, entry) in self.entries.iter_mut().enumerate().filter(|(_, e)| e.short_of_own) {
            let Some(own) = self.own.known(entry.movement.channel) else { continue };
            if entry.movement.range < (own.least * STAND_SHARE).max(def.count.min_range) {
                continue;
            }
            entry.short_of_own = false;
            entry.reclassified = false;
            let m = &mut entry.movement;
            m.hold_s = m.hold_s.max(m.hold_by_itself_s);
            entry.rejected = shortcoming(def, m, &entry.gains, self.target_hold_s);
            changed.push(i);
        }
        changed
    }

    /// Drops what turned out to be fidgeting once the own range is known; the final verdict.
    pub fn close(&mut self) {
        let own = &self.own;
        let is_attempt = |m: &Excursion| own.known(m.channel).is_none_or(|own| m.range >= own.least * ATTEMPT_SHARE);
        self.entries.retain(|e| e.counts() || e.self_timed || is_attempt(&e.movement));
    }

    /// The entries as records.
    pub fn reps(&self, def: &ExerciseDef) -> Vec<Rep> {
        let unit = def.count.channels.first().map_or(Unit::Deg, |c| def.signals[c.signal].unit);
        let rep = |(i, e): (usize, &Entry)| {
            let m = &e.movement;
            Rep {
                index: i as u32 + 1,
                start_s: round_ms(m.start_at.secs()),
                peak_s: round_ms(m.peak_at.secs()),
                end_s: round_ms(m.end_at.secs()),
                side: def.has_sides().then(|| side_of(def, m)),
                counted: e.counts(),
                reason: e.rejected.as_ref().map(|r| r.text(unit)),
                hold_s: (def.mode == Mode::Hold).then(|| round_ms(m.hold_s)),
                range: rounded_range(m.range, unit),
                range_unit: unit.name().to_owned(),
                score: (e.counts() && !e.self_timed).then(|| 100_u32.saturating_sub(e.severity * POINTS_PER_SEVERITY)),
                faults: e.faults.clone(),
                advice: e.advice.clone(),
            }
        };
        self.entries.iter().enumerate().map(rep).collect()
    }
}

/// Why a movement that went far enough does not count all the same.
fn shortcoming(def: &ExerciseDef, m: &Excursion, gains: &[Option<f64>], target_s: f64) -> Option<Reason> {
    let (rule, hold) = (&def.count, def.mode == Mode::Hold);
    let mut gained = rule.gains.iter().zip(gains);
    let missing = gained.find_map(|((_, least), gain)| gain.filter(|g| g < least).map(|g| least - g));
    if let Some(missing) = missing {
        Some(Reason::Short { missing })
    } else if m.end_at.since(m.start_at) < rule.min_rep_s {
        Some(Reason::TooQuick)
    } else if hold && m.hold_s < target_s {
        Some(Reason::HeldTooShort { held_s: m.hold_s, target_s })
    } else if m.ending == Ending::Lost && !hold {
        Some(Reason::OutOfSight)
    } else {
        None
    }
}

enum Verdict {
    Counts,
    Rejected(Reason),
    /// Fidgeting, or cut off before it was anything.
    Nothing,
}

/// The side of a movement in an exercise that has sides.
pub fn side_of(def: &ExerciseDef, m: &Excursion) -> RepSide {
    let channel = m.channel.and_then(|c| def.count.channels.get(c));
    channel.and_then(|c| c.side).map_or(RepSide::Unknown, RepSide::from)
}

/// Degrees to a tenth, shares to a thousandth.
fn rounded_range(range: f64, unit: Unit) -> f64 {
    let steps = if unit == Unit::Deg { 10.0 } else { 1000.0 };
    (range * steps).round() / steps
}
