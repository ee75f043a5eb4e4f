//! What a report is made of.

use crate::base::language::translated;
use crate::exercise::ExerciseDef;
use crate::exercise::plan::fault_words;
use crate::history::session::SessionRecord;
use crate::history::trend::Trend;

/// Sessions shown set by set; of more, only the newest are.
const SHOWN_WHOLE: usize = 7;

/// More sessions than this are listed by month, and what has changed stands before them.
pub(super) const SHOWN_BY_DAY: usize = 20;

/// What a report is made of.
#[derive(Clone, Copy, Debug)]
pub struct Report<'a> {
    /// The oldest first.
    pub sessions: &'a [SessionRecord],
    /// Trends of the exercises in them; those with a single set are left out.
    pub trends: &'a [Trend],
    /// Exercises, for the words of their faults.
    pub exercises: &'a [ExerciseDef],
    /// When it is made, RFC 3339.
    pub made_at: &'a str,
}

impl Report<'_> {
    /// The sessions that are shown set by set.
    pub(super) fn shown_whole(&self) -> &[SessionRecord] {
        &self.sessions[self.sessions.len().saturating_sub(SHOWN_WHOLE)..]
    }

    /// The cue of a fault in the person's language, which says what to do about it; the id in words where the exercise is not known any more.
    pub(super) fn fault_words(&self, exercise: Option<&str>, id: &str) -> String {
        let def = self.exercises.iter().find(|e| Some(e.id.as_str()) == exercise);
        translated(&fault_words(id, def))
    }
}
