//! The film with what was seen in it: skeleton, count, hold ring and cue, burned in.
//!
//! In: for each analysed frame what is to be shown (`Shown`). It is written as subtitles that draw (`subtitles`), which
//! ffmpeg then burns into the film itself (`burn`): its times are kept, pictures pass through this program only to be looked
//! at. The sound is left out.

mod burn;
mod subtitles;

pub use burn::OverlayError;

use crate::engine::{Engine, EventKind, Step};
use crate::exercise::ExerciseDef;
use crate::frame::Size;
use crate::session::records::{RepSide, RepTotals};
use crate::skeleton::LANDMARK_COUNT;
use crate::time::Timestamp;
use std::path::Path;
use subtitles::Writer;

/// How long it stays on the picture why a repetition did not count, seconds.
const REMARK_S: f64 = 2.5;

/// What one frame shows.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Shown {
    /// Landmarks in pixels of the picture; `None` where not seen.
    pub points: [Option<[f64; 2]>; LANDMARK_COUNT],
    /// Counts so far.
    pub totals: RepTotals,
    /// Repetitions to do, and whether for each side.
    pub target: (u32, bool),
    /// Side of the running repetition.
    pub side: Option<RepSide>,
    /// Seconds held, and to hold.
    pub hold: Option<(f64, f64)>,
    /// What to say now.
    pub cue: Option<String>,
    /// Why the last repetition did not count.
    pub remark: Option<String>,
}

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
    pub fn frame(&mut self, engine: &Engine, step: &Step) -> Result<(), OverlayError> {
        let at = step.tracked.at;
        for event in &step.events {
            if let EventKind::RepRejected(rep) = &event.kind {
                self.remark = rep.reason.clone().map(|why| (event.at, format!("Not counted: {why}")));
            }
        }
        self.remark.take_if(|(since, _)| at.since(*since) > REMARK_S);
        let size = step.tracked.size;
        let place = |x: f64, y: f64| if self.is_mirrored { [f64::from(size.width) - 1.0 - x, y] } else { [x, y] };
        let def: &ExerciseDef = engine.exercise();
        let shown = Shown {
            points: step.tracked.points.map(|p| p.map(|p| place(p.pos.x, p.pos.y))),
            totals: engine.totals(),
            target: (def.target.reps, def.has_sides() && def.only_side.is_none()),
            side: engine.side(),
            hold: engine.hold(),
            cue: engine.cue(at).or(engine.advice()).map(str::to_owned),
            remark: self.remark.as_ref().map(|(_, text)| text.clone()),
        };
        self.writer.frame(at, size, &shown).map_err(OverlayError::Temporary)
    }

    /// Burns everything into a copy of the film.
    ///
    /// # Errors
    /// When nothing was shown, or ffmpeg is missing or fails.
    pub fn burn(self, film: &Path, out: &Path) -> Result<(), OverlayError> {
        let folder = self.writer.finish().map_err(OverlayError::Temporary)?;
        burn::burn(folder.path(), film, out)
    }
}

/// Size of type and lines: a share of the picture's shorter side.
pub(crate) fn unit_px(size: Size) -> f64 {
    f64::from(size.width.min(size.height)) / 100.0
}
