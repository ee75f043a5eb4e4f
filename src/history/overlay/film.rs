//! The overlay of a film: collects what to show, frame by frame, then has it burnt in.

use super::burn::OverlayError;
use super::shown::Shown;
use super::subtitles::Writer;

use crate::base::language::{tr, translated};
use crate::base::time::Timestamp;
use crate::counting::engine::{Engine, Event, EventKind};
use crate::counting::retold;

use crate::motion::track::TrackedPose;

use std::path::Path;

/// How long it stays on the picture why a repetition did not count, seconds.
const REMARK_S: f64 = 2.5;

/// Collects what is shown while a film is analysed.
pub struct Overlay {
    writer: Writer,
    is_mirrored: bool,
    remark: Option<(Timestamp, String)>,
}

impl Overlay {
    /// Begins. `is_mirrored`: the estimates were mirrored, the film was not.
    ///
    /// # Errors
    /// When there is no room for temporary files.
    pub fn begin(is_mirrored: bool) -> Result<Self, OverlayError> {
        Ok(Self { writer: Writer::new().map_err(OverlayError::Temporary)?, is_mirrored, remark: None })
    }

    /// Takes a frame after the engine has.
    ///
    /// # Errors
    /// When there is no room for temporary files.
    pub fn frame(&mut self, engine: &Engine, pose: &TrackedPose, events: &[Event]) -> Result<(), OverlayError> {
        let at = pose.at;
        for event in events {
            if let EventKind::RepRejected(rep) = &event.kind {
                let why = rep.reason.as_deref().map(retold::reason);
                self.remark = why.map(|why| (event.at, tr!("overlay-not-counted", why = why)));
            }
        }
        self.remark.take_if(|(since, _)| at.since(*since) > REMARK_S);
        let size = pose.size;
        let place = |x: f64, y: f64| if self.is_mirrored { [f64::from(size.width) - 1.0 - x, y] } else { [x, y] };
        let def = &engine.plan().exercise;
        let shown = Shown {
            points: pose.points.map(|p| p.map(|p| place(p.pos.x, p.pos.y))),
            totals: engine.totals(),
            target: (def.target.reps, def.has_sides() && def.only_side.is_none()),
            side: engine.side(),
            hold: engine.hold(),
            cue: engine.cue(at).map(translated).or_else(|| engine.obstacle().map(|o| translated(&o.advice()))),
            remark: self.remark.as_ref().map(|(_, text)| text.clone()),
        };
        self.writer.frame(at, size, &shown).map_err(OverlayError::Temporary)
    }

    /// Burns everything into a copy of the film.
    ///
    /// # Errors
    /// When nothing was shown, or ffmpeg is missing or fails.
    pub fn burn(self, film: &Path, out: &Path) -> Result<(), OverlayError> {
        let (folder, size) = self.writer.finish().map_err(OverlayError::Temporary)?;
        super::burn::burn(folder.path(), size, film, out)
    }
}
