//! Repetitions and time that the person, or whoever guides them, tells: what is done cannot be seen from here.

use super::event::{Event, Refused};
use super::set::Engine;
use crate::base::time::Timestamp;
use crate::counting::detect::excursion::Excursion;
use crate::counting::judge::Observation;
use crate::counting::phase::Phase;
use crate::exercise::Mode;

impl Engine {
    /// The person says to be in position: how a repetition is timed whose movement cannot be seen from here.
    ///
    /// # Errors
    /// In a set that is not self-timed, or in a pause, or while a hold runs.
    pub fn hold_begins(&mut self, at: Timestamp) -> Result<Vec<Event>, Refused> {
        match self.holding_since {
            _ if !self.plan.is_self_timed => return Err(Refused::Seen),
            _ if self.is_paused => return Err(Refused::Paused),
            Some(_) => return Err(Refused::Holding),
            None => (),
        }
        self.holding_since = Some(at);
        self.hold_reported_s = 0;
        self.set_phase(at, Phase::Target);
        Ok(self.take_events())
    }

    /// The person says to be out of position again.
    ///
    /// # Errors
    /// When no hold runs.
    pub fn hold_ends(&mut self, at: Timestamp) -> Result<Vec<Event>, Refused> {
        let since = self.holding_since.take().ok_or(Refused::NotHolding)?;
        self.set_phase(at, Phase::Ready);
        if self.plan.exercise.mode == Mode::Duration {
            self.rolling.add_self_timed(at.since(since));
            return Ok(self.take_events());
        }
        let excursion = Excursion::self_timed(since, at);
        self.enter(at, Observation { is_self_timed: true, ..Observation::of(excursion) });
        Ok(self.take_events())
    }
}
