//! A set from its first frame to its end: the engine, the key poses, and whoever keeps what happens. All that follows an
//! exercise goes through here: analysis of recordings, the live program, learning, plots, benches.

use super::engine::{Engine, Event, Refused};
use super::following::Following;
use super::key_pose::{KeyPose, KeyPosePicker};
use super::record::{EndedBy, PauseCause, PauseRecord, Summary};
use crate::base::time::{Timestamp, round_ms};
use crate::exercise::plan::SetPlan;
use crate::motion::track::TrackedPose;
use crate::vision::source::SourceRemarks;
use std::sync::Arc;

/// So long without a frame is a gap worth telling, seconds: a hiccup is shorter.
const GAP_S: f64 = 2.0;

/// Where and when the frames of a set were made, as the record says it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SetOrigin {
    /// Id of the landmark model.
    pub model: String,
    /// "camera", "video", "images" or "trace".
    pub source_kind: String,
    /// RFC 3339.
    pub started_at: String,
}

/// What a set has come to.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct FinishedSet {
    /// The final summary.
    pub summary: Summary,
    /// Key poses for the report.
    pub key_poses: Vec<KeyPose>,
}

impl FinishedSet {
    /// The same frames with nothing done in them.
    #[must_use]
    pub fn of_no_exercise(self) -> Self {
        let nothing = Summary::empty("", &self.summary.model, &self.summary.source.kind);
        let (source, tracked_fraction) = (self.summary.source, self.summary.tracked_fraction);
        let summary = Summary { exercise: None, source, tracked_fraction, ..nothing };
        Self { summary, key_poses: Vec::new() }
    }
}

/// Keeps a set while it happens. Nothing here may hold counting up for long, or stop it.
pub trait SetSink {
    /// A set begins.
    fn begin(&mut self, plan: &SetPlan, origin: &SetOrigin);

    /// A frame or a command has caused these events; none is a chance to catch up.
    fn take(&mut self, at: Timestamp, events: &[Event]);

    /// The set is over.
    fn finish(&mut self, set: &FinishedSet);
}

/// Keeps nothing.
impl SetSink for () {
    fn begin(&mut self, _: &SetPlan, _: &SetOrigin) {}

    fn take(&mut self, _: Timestamp, _: &[Event]) {}

    fn finish(&mut self, _: &FinishedSet) {}
}

/// Runs a set.
pub struct SetRunner {
    plan: Arc<SetPlan>,
    following: Following,
    key_poses: KeyPosePicker,
    origin: SetOrigin,
    last_at: Timestamp,
    has_frames: bool,
    pauses: Vec<PauseRecord>,
    /// The pause that is not over.
    waits: Option<(Timestamp, PauseCause)>,
    ended_by: Option<EndedBy>,
    remarks: SourceRemarks,
}

impl SetRunner {
    /// A set of which nothing is kept.
    pub fn new(plan: impl Into<Arc<SetPlan>>) -> Self {
        Self::begin(plan, SetOrigin::default(), &mut ())
    }

    /// A set of which nothing is kept, with the set-up as the file asks for it: a loose one says too little of which exercise
    /// it is.
    pub fn strict(plan: impl Into<Arc<SetPlan>>) -> Self {
        let runner = Self::new(plan);
        Self { following: Following::strictly(&runner.plan), ..runner }
    }

    /// Begins a set.
    pub fn begin(plan: impl Into<Arc<SetPlan>>, origin: SetOrigin, sink: &mut dyn SetSink) -> Self {
        let plan = plan.into();
        sink.begin(&plan, &origin);
        Self {
            following: Following::new(&plan),
            plan,
            key_poses: KeyPosePicker::default(),
            origin,
            last_at: Timestamp(0),
            has_frames: false,
            pauses: Vec::new(),
            waits: None,
            ended_by: None,
            remarks: SourceRemarks::default(),
        }
    }

    /// What is followed.
    pub fn plan(&self) -> &Arc<SetPlan> {
        &self.plan
    }

    /// The set as it stands, for whoever shows it.
    pub fn engine(&self) -> &Engine {
        self.following.engine()
    }

    /// Takes the next frame; frames come in order of time.
    pub fn step(&mut self, pose: &TrackedPose) -> Vec<Event> {
        self.step_into(pose, &mut ())
    }

    /// Takes the next frame; what it has caused is kept.
    pub fn step_into(&mut self, pose: &TrackedPose, sink: &mut dyn SetSink) -> Vec<Event> {
        let gap_s = pose.at.since(self.last_at);
        if self.has_frames && self.waits.is_none() && gap_s >= GAP_S {
            // Nobody was there to say so: the computer was busy with something else.
            self.pauses.push(pause(self.last_at, pose.at, PauseCause::Picture));
        }
        self.has_frames = true;
        self.last_at = pose.at;
        let events = self.following.step(pose);
        self.key_poses.step(pose, events.iter().filter_map(|e| e.kind.rep()));
        sink.take(pose.at, &events);
        events
    }

    /// Carries out a command of the person, with the time of the newest frame.
    ///
    /// # Errors
    /// When it makes no sense now.
    pub fn command(&mut self, command: SetCommand, sink: &mut dyn SetSink) -> Result<Vec<Event>, Refused> {
        let at = self.last_at;
        let events = match command {
            SetCommand::Pause(_) => self.following.command(|engine| engine.pause(at)),
            SetCommand::Resume => self.following.command(|engine| engine.resume(at)),
            SetCommand::HoldBegins => self.following.command(|engine| engine.hold_begins(at)),
            SetCommand::HoldEnds => self.following.command(|engine| engine.hold_ends(at)),
        }?;
        match command {
            SetCommand::Pause(why) => self.waits = Some((at, why)),
            SetCommand::Resume => self.note_pause(at),
            SetCommand::HoldBegins | SetCommand::HoldEnds => (),
        }
        sink.take(at, &events);
        Ok(events)
    }

    /// The pause is over, with the newest frame or, where none came any more, by this time.
    fn note_pause(&mut self, by: Timestamp) {
        if let Some((since, why)) = self.waits.take() {
            self.pauses.push(pause(since, self.last_at.max(by), why));
        }
    }

    /// Notes how and when the set is about to end: in a pause without pictures that is later than the newest frame.
    pub fn note_end(&mut self, by: EndedBy, at: Timestamp) {
        self.ended_by = Some(by);
        self.note_pause(at);
    }

    /// Notes what was odd about the source of the frames.
    pub fn note_source(&mut self, remarks: SourceRemarks) {
        self.remarks = remarks;
    }

    /// Ends the set: the last events, and what it has come to.
    pub fn finish(self) -> (Vec<Event>, FinishedSet) {
        self.finish_into(&mut ())
    }

    /// Ends the set, which is kept.
    pub fn finish_into(mut self, sink: &mut dyn SetSink) -> (Vec<Event>, FinishedSet) {
        self.note_pause(self.last_at);
        let (events, result) = self.following.finish(self.last_at);
        // What ends with the set has its key pose in the frames before.
        self.key_poses.choose_for(events.iter().filter_map(|e| e.kind.rep()));
        sink.take(self.last_at, &events);
        let mut summary = result.summary(&self.origin.source_kind, &self.origin.model);
        summary.pauses = self.pauses;
        summary.ended_by = self.ended_by;
        summary.source.note(self.remarks);
        let key_poses = self.key_poses.chosen(&summary.repetitions);
        let set = FinishedSet { summary, key_poses };
        sink.finish(&set);
        (events, set)
    }
}

fn pause(start: Timestamp, end: Timestamp, why: PauseCause) -> PauseRecord {
    PauseRecord { start_s: round_ms(start.secs()), end_s: round_ms(end.secs()), why }
}

/// What the person may ask of a running set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SetCommand {
    /// Stop counting for a while, and why.
    Pause(PauseCause),
    /// Go on after a pause.
    Resume,
    /// In position, in a set that the person times.
    HoldBegins,
    /// Out of position again.
    HoldEnds,
}
