//! What a synthetic person does over time.

use formcheck::base::skeleton::Side;

/// What is done in a movement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Both sides alike.
    Both,
    /// This arm and the opposite leg.
    Diagonal(Side),
    /// This arm and the leg of the same side.
    SameSide(Side),
}

/// Share of the movement over time: keys of (seconds, share, what is done), an even start and stop between them.
#[derive(Clone, Debug)]
pub struct Script {
    keys: Vec<(f64, f64, Act)>,
}

impl Script {
    pub fn resting(rest_s: f64) -> Self {
        Self { keys: vec![(0.0, 0.0, Act::Both), (rest_s, 0.0, Act::Both)] }
    }

    /// Goes to `share` within `s` seconds.
    pub fn to(mut self, act: Act, share: f64, s: f64) -> Self {
        self.keys.push((self.length_s() + s, share, act));
        self
    }

    /// Rise, hold, return, rest.
    pub fn rep(self, act: Act, share: f64, way_s: f64, hold_s: f64, rest_s: f64) -> Self {
        self.to(act, share, way_s).to(act, share, hold_s).to(act, 0.0, way_s).to(act, 0.0, rest_s)
    }

    pub fn length_s(&self) -> f64 {
        self.keys.last().map_or(0.0, |k| k.0)
    }

    pub fn at(&self, t: f64) -> (f64, Act) {
        let after = self.keys.iter().position(|k| k.0 > t).unwrap_or(self.keys.len() - 1).max(1);
        let ((t0, from, _), (t1, to, act)) = (self.keys[after - 1], self.keys[after]);
        let u = ((t - t0) / (t1 - t0)).clamp(0.0, 1.0);
        (from + (to - from) * u * u * (3.0 - 2.0 * u), act)
    }

    /// Seconds from each crossing of `enter` upwards to the next crossing of `exit` downwards.
    pub fn spans_s(&self, enter: f64, exit: f64) -> Vec<f64> {
        let (mut spans, mut since) = (Vec::new(), None);
        for i in 0..(self.length_s() * 1000.0) as usize {
            let t = i as f64 / 1000.0;
            let share = self.at(t).0;
            match since {
                None if share >= enter => since = Some(t),
                Some(from) if share < exit => {
                    spans.push(t - from);
                    since = None;
                }
                _ => (),
            }
        }
        spans
    }
}
