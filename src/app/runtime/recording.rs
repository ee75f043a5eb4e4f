//! Follows a recording from its first frame to its last: with one exercise, or with whichever it shows.

use super::feed::Feed;
use super::looks_like::LooksLike;
use crate::counting::engine::{Engine, Event};
use crate::counting::recognise::Recogniser;
use crate::counting::record::Summary;
use crate::counting::runner::{FinishedSet, SetOrigin, SetRunner};
use crate::exercise::ExerciseDef;
use crate::exercise::plan::SetPlan;
use crate::history::store::local_time;
use crate::motion::track::TrackedPose;
use crate::vision::pose::outline::Chords;
use crate::vision::source::{SourceInfo, SourceRemarks};
use std::path::Path;
use std::sync::Arc;

/// Which exercise to follow.
pub enum Selection {
    /// The one asked for.
    One(Arc<SetPlan>),
    /// Whichever it is.
    Any(Vec<ExerciseDef>),
}

/// Follows a recording.
pub struct Follower {
    kind: Kind,
    origin: SetOrigin,
}

enum Kind {
    One(Box<SetRunner>, LooksLike),
    Any(Recogniser),
}

/// What became of a recording.
#[derive(Clone, Debug, PartialEq)]
pub struct Analysed {
    /// The set; without repetitions where no exercise was recognised.
    pub set: FinishedSet,
    /// What was followed; `None` where no exercise was recognised.
    pub plan: Option<Arc<SetPlan>>,
    /// Where and when the frames were made.
    pub origin: SetOrigin,
}

impl Selection {
    /// Begins to follow; `target_hold_s` as asked for, where the exercise is to be recognised.
    pub fn follower(&self, origin: SetOrigin, target_hold_s: Option<f64>) -> Follower {
        let kind = match self {
            Self::One(plan) => {
                let set = SetRunner::begin(Arc::clone(plan), origin.clone(), &mut ());
                Kind::One(Box::new(set), LooksLike::default())
            }
            Self::Any(all) => Kind::Any(Recogniser::new(all.clone(), target_hold_s, &origin)),
        };
        Follower { kind, origin }
    }
}

impl Follower {
    /// Takes a frame; what it has caused and the set as it stands, where one exercise is followed.
    pub fn step(&mut self, pose: &TrackedPose) -> Option<(&Engine, Vec<Event>)> {
        match &mut self.kind {
            Kind::One(set, looks_like) => {
                let events = set.step(pose);
                looks_like.step(pose, &events);
                Some((set.engine(), events))
            }
            Kind::Any(recogniser) => {
                recogniser.step(pose);
                None
            }
        }
    }

    /// What has to be seen of the outline for the next frame.
    pub fn chords(&self) -> Chords {
        match &self.kind {
            Kind::One(set, looks_like) if !looks_like.keeps() => set.plan().exercise.chords(),
            Kind::One(..) | Kind::Any(_) => Chords::Trunk,
        }
    }

    /// What has become of it, with what was odd about the recording; `None` where there was no exercise to recognise it by.
    pub fn finish(self, remarks: SourceRemarks) -> Option<Analysed> {
        let (mut set, plan) = match self.kind {
            Kind::One(runner, looks_like) => {
                let plan = Some(Arc::clone(runner.plan()));
                let mut set = runner.finish().1;
                looks_like.complete(&mut set);
                (set, plan)
            }
            Kind::Any(recogniser) => {
                let found = recogniser.finish()?;
                let mut set = found.set;
                set.summary = Summary { candidates: Some(found.candidates), ..set.summary };
                (set, found.plan)
            }
        };
        set.summary.source.note(remarks);
        Some(Analysed { set, plan, origin: self.origin })
    }
}

/// When a recording was made: as the film says, else when its file was last written; empty where neither is known.
pub fn made_at(info: &SourceInfo, path: &Path) -> String {
    let written_at = || std::fs::metadata(path).ok()?.modified().ok()?.try_into().ok();
    info.recorded_at.filter(|told| !is_to_come(*told)).or_else(written_at).map(local_time).unwrap_or_default()
}

/// What was odd about a recording whose day is that of [`made_at`].
pub fn remarks(feed: &Feed) -> SourceRemarks {
    let mut remarks = feed.remarks();
    remarks.notices.extend(feed.info().recorded_at.filter(|told| is_to_come(*told)).map(|told| {
        let date = told.strftime("%Y-%m-%d");
        format!("the film says that it was made on {date}, which is still to come; the time of its file is taken")
    }));
    remarks
}

/// Whether a time is more than a day ahead; less may be a clock that knows no time zone.
fn is_to_come(at: jiff::Timestamp) -> bool {
    at.duration_since(jiff::Timestamp::now()) > jiff::SignedDuration::from_hours(24)
}
