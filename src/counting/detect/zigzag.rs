//! Turning points of a signal that goes back and forth.

use crate::base::time::Timestamp;

/// The farthest point between two legs, and when the signal came near it and left it.
#[derive(Clone, Debug)]
pub(crate) struct Extreme {
    /// The farthest value.
    pub value: f64,
    /// When the signal was last near it.
    pub left_at: Timestamp,
    /// Each value that was farther than all before.
    records: Vec<(Timestamp, f64)>,
}

impl Extreme {
    fn new(at: Timestamp, value: f64) -> Self {
        Self { value, left_at: at, records: vec![(at, value)] }
    }

    /// When the signal first came within `near` of it.
    pub fn reached_at(&self, near: f64) -> Timestamp {
        let first = self.records.iter().find(|(_, value)| (value - self.value).abs() <= near);
        first.map_or(self.left_at, |(at, _)| *at)
    }

    /// Takes a value; `sign` is 1 for a highest point, -1 for a lowest.
    fn take(&mut self, at: Timestamp, value: f64, sign: f64, near: f64) {
        if sign * (value - self.value) >= -near {
            self.left_at = at;
            if sign * (value - self.value) > 0.0 {
                self.value = value;
                self.records.push((at, value));
            }
        }
    }
}

/// The way between two extremes.
#[derive(Clone, Debug)]
pub(crate) struct Leg {
    /// The extreme it begins at.
    pub from: Extreme,
    /// The one it ends at.
    pub to: Extreme,
    /// Whether the first extreme is a turning point, and not just where the signal was first seen.
    pub begins_at_turn: bool,
}

impl Leg {
    /// Whether it rises.
    pub fn rises(&self) -> bool {
        self.to.value > self.from.value
    }

    /// Its length, in the signal's unit.
    pub fn length(&self) -> f64 {
        (self.to.value - self.from.value).abs()
    }
}

/// Finds the turning points between legs of a least length.
#[derive(Clone, Debug)]
pub(crate) struct Zigzag {
    min_leg: f64,
    /// Within this of an extreme the signal is near it.
    near: f64,
    /// Rising (1), falling (-1), not known yet (0).
    direction: i8,
    /// The lowest and the highest point since the last turn.
    ends: Option<(Extreme, Extreme)>,
    /// Turning points found.
    turns: u32,
}

impl Zigzag {
    /// Legs of at least `min_leg`; both lengths in the signal's unit.
    pub const fn new(min_leg: f64, near: f64) -> Self {
        Self { min_leg, near, direction: 0, ends: None, turns: 0 }
    }

    /// Turning points found so far.
    pub const fn turns(&self) -> u32 {
        self.turns
    }

    /// Takes a value; the leg that ended when the signal has turned by now.
    pub fn take(&mut self, at: Timestamp, value: f64) -> Option<Leg> {
        let (mut low, mut high) =
            self.ends.take().unwrap_or_else(|| (Extreme::new(at, value), Extreme::new(at, value)));
        let rose = self.direction <= 0 && value - low.value >= self.min_leg;
        let fell = self.direction >= 0 && high.value - value >= self.min_leg;
        // The extreme that a leg came from was left long ago, however near the signal is to it again.
        if !fell {
            low.take(at, value, -1.0, self.near);
        }
        if !rose {
            high.take(at, value, 1.0, self.near);
        }
        if !(rose || fell) {
            self.ends = Some((low, high));
            return None;
        }
        let ended = (self.direction != 0).then(|| self.leg(&low, &high, fell));
        self.direction = if rose { 1 } else { -1 };
        let fresh = Extreme::new(at, value);
        self.ends = Some(if rose { (low, fresh) } else { (fresh, high) });
        self.turns += u32::from(ended.is_some());
        ended
    }

    /// The leg under way, given up.
    pub fn finish(&mut self) -> Option<Leg> {
        let (low, high) = self.ends.take()?;
        let leg = (self.direction != 0).then(|| self.leg(&low, &high, self.direction > 0));
        *self = Self::new(self.min_leg, self.near);
        leg
    }

    fn leg(&self, low: &Extreme, high: &Extreme, rising: bool) -> Leg {
        let (from, to) = if rising { (low, high) } else { (high, low) };
        Leg { from: from.clone(), to: to.clone(), begins_at_turn: self.turns > 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_leg_that_is_undone_in_one_frame_begins_where_it_was_left() {
        let mut zigzag = Zigzag::new(6.0, 1.5);
        let way = [0.0, 20.0, 20.0, 14.0, 11.0, 11.0, 19.0, 30.0, 20.0];
        let legs: Vec<Leg> =
            way.iter().enumerate().filter_map(|(i, v)| zigzag.take(Timestamp::from_secs(i as f64), *v)).collect();
        let times: Vec<_> = legs.iter().map(|l| (l.from.left_at.secs(), l.to.reached_at(1.5).secs())).collect();
        assert_eq!(times, [(0.0, 1.0), (2.0, 4.0), (5.0, 7.0)]);
    }

    #[test]
    fn legs_run_from_turn_to_turn_and_small_wavering_is_none() {
        let mut zigzag = Zigzag::new(10.0, 1.0);
        let way = [0.0, 5.0, 12.0, 11.0, 20.0, 19.5, 12.0, 9.0, 3.0, 6.0, 3.5, 14.0];
        let legs: Vec<Leg> =
            way.iter().enumerate().filter_map(|(i, v)| zigzag.take(Timestamp::from_secs(i as f64), *v)).collect();
        let seen: Vec<_> = legs.iter().map(|l| (l.from.value, l.to.value, l.begins_at_turn)).collect();
        assert_eq!(seen, [(0.0, 20.0, false), (20.0, 3.0, true)]);
        assert_eq!((legs[1].from.left_at.secs(), legs[1].to.reached_at(1.0).secs()), (5.0, 8.0));
        assert_eq!(zigzag.finish().map(|l| (l.from.value, l.to.value, l.rises())), Some((3.0, 14.0, true)));
    }
}
