//! A synthetic signal over time, and an exercise that counts on it.

use super::skeleton::Chance;
use formcheck::exercise::ExerciseDef;
use formcheck::exercise::plan::SetPlan;
use std::sync::Arc;

/// Least movement that counts in the exercises of [`plan`].
pub const FLOOR: f64 = 10.0;

/// An exercise of a mode and a pattern, with holds of one second.
pub fn plan(mode: &str, pattern: &str) -> Arc<SetPlan> {
    let text = format!(
        "schema = 1\nid = \"x\"\ntitle = \"x\"\nsummary = \"x\"\nsetup = \"x\"\nview = \"side\"\nposture = \"standing\"\n\
         mode = \"{mode}\"\ntarget_reps = 1\ntarget_hold_s = 1\nrequired = [\"nose\"]\n\n[signals]\n\
         x = {{ rise = {{ of = 'nose' }} }}\n\n[count]\nsignal = \"x\"\npattern = \"{pattern}\"\nmin_range = {FLOOR}\n\
         min_rep_s = 0.4\nmin_period_s = 1.0\nmax_period_s = 10\nsource = \"x\"\n"
    );
    Arc::new(SetPlan::of(ExerciseDef::parse("x.toml", &text).unwrap_or_else(|r| panic!("{}", r.render()))))
}

/// A signal over time: places it comes to, an even start and stop on the way from one to the next.
#[derive(Clone, Debug)]
pub struct Track {
    /// Seconds and values.
    pub keys: Vec<(f64, f64)>,
}

impl Track {
    pub fn still(value: f64, s: f64) -> Self {
        Self { keys: vec![(0.0, value), (s, value)] }
    }

    pub fn to(mut self, value: f64, s: f64) -> Self {
        self.keys.push((self.length_s() + s, value));
        self
    }

    /// Rise, hold, return to 0, rest.
    pub fn rep(self, value: f64, pace: Pace) -> Self {
        self.to(value, pace.way_s).to(value, pace.hold_s).to(0.0, pace.way_s).to(0.0, pace.rest_s)
    }

    pub fn length_s(&self) -> f64 {
        self.keys.last().map_or(0.0, |k| k.0)
    }

    pub fn at(&self, t: f64) -> f64 {
        let after = self.keys.iter().position(|k| k.0 > t).unwrap_or(self.keys.len() - 1).max(1);
        let ((t0, from), (t1, to)) = (self.keys[after - 1], self.keys[after]);
        let u = ((t - t0) / (t1 - t0)).clamp(0.0, 1.0);
        from + (to - from) * u * u * (3.0 - 2.0 * u)
    }

    /// The same without its beginning.
    pub fn from(&self, from_s: f64) -> Self {
        let first = (0.0, self.at(from_s));
        let rest = self.keys.iter().filter(|k| k.0 > from_s).map(|k| (k.0 - from_s, k.1));
        Self { keys: std::iter::once(first).chain(rest).collect() }
    }

    pub fn samples(&self, film: Film) -> Vec<(f64, f64)> {
        let mut chance = Chance(film.seed);
        let all = (0..(self.length_s() * film.fps) as u64).map(|i| i as f64 / film.fps);
        let noisy = all.map(|t| (t, self.at(t) + film.noise * chance.normal())).collect::<Vec<_>>();
        noisy.into_iter().filter(|_| chance.even() >= film.dropped).collect()
    }
}

#[allow(clippy::struct_field_names, reason = "seconds, all of them")]
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    pub way_s: f64,
    pub hold_s: f64,
    pub rest_s: f64,
}

/// How a track is seen.
#[derive(Clone, Copy, Debug)]
pub struct Film {
    pub fps: f64,
    /// Standard deviation, units of the signal.
    pub noise: f64,
    /// Share of frames that never come.
    pub dropped: f64,
    pub seed: u64,
}
