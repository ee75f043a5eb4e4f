//! The eyes of the live program: opens the source and the pose model, looks, and knows how the source stands.

use super::cameras::camera_names;
use super::clock::FrameClock;
use super::options::LiveInput;
use super::others::Others;
use super::shared::Shared;
use super::speed::SpeedWatch;
use crate::app::runtime::feed::{Feed, FeedStep, Seen};
use crate::app::runtime::view::{DrawnPoint, LiveStatus, LiveView};
use crate::base::time::Timestamp;
use crate::coach::sentence::{Sentence, Wait};
use crate::disk::assets;
use crate::vision::estimator::PoseEstimator;
use crate::vision::infer::manifest::ModelChoice;
use crate::vision::input::{DEFAULT_IMAGE_FPS, Input};
use crate::vision::picture_watch::{PictureFault, PictureWatch};
use crate::vision::pose::outline::Chords;
use crate::vision::source::SourceRemarks;
use std::collections::VecDeque;
use std::path::Path;

/// The frame rate shown is that of the last seconds.
const FPS_WINDOW_S: f64 = 3.0;
/// A source that had nothing so often in a row, each time after half a second, is shown as lost also while a set runs: less is
/// a hiccup that nobody need hear of.
const LOST_AFTER: u32 = 3;
/// Where nobody relies on every picture one is looked at so often, seconds.
const AT_EASE_EVERY_S: f64 = 0.4;
/// Name of the clip that plays where there is no camera.
const DEMO_CLIP: &str = "demo/wall_angels.mp4";

/// How the source stands.
enum SourceState {
    /// Not opened yet, or opened and without a picture so far.
    Starting,
    /// It has nothing at present, and why.
    Waiting(String),
    /// The picture runs, or the recording is over.
    Fine,
    /// Pictures come that show nothing.
    Blind(Wait),
    /// It cannot go on, and why.
    Failed(String),
}

/// What was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Opened {
    /// Nothing: it has failed.
    Nothing,
    /// A camera.
    Camera,
    /// The recording that was asked for.
    Recording,
    /// The demo clip, for want of a camera.
    Demo,
}

/// What a look has come to.
pub(super) enum Glance {
    /// There is no source to look at.
    Closed,
    /// The next frame is not due yet.
    Early,
    /// A frame; to be given back with [`Sight::keep`].
    Seen(Box<Seen>),
    /// Pictures come that show nothing, and why.
    Blind(Timestamp, Wait),
    /// Nothing came for a moment.
    Hiccup,
    /// Nothing has come for too long.
    Lost,
    /// The recording is over, and what was odd about it.
    End(SourceRemarks),
    /// The source cannot go on.
    Failed,
}

/// The source, the pose model, and what was last seen.
pub(super) struct Sight {
    input: LiveInput,
    model: ModelChoice,
    estimator: PoseEstimator,
    feed: Option<Feed>,
    state: SourceState,
    /// Times in a row that it had nothing.
    empty: u32,
    name: String,
    clock: FrameClock,
    watch: PictureWatch,
    others: Others,
    /// The quicker model may be taken where this one is too slow.
    may_step_down: bool,
    speed: SpeedWatch,
    is_slow: bool,
    analysed: VecDeque<Timestamp>,
    /// Pictures that were left out since nobody relied on them.
    unwanted: u64,
    /// When a picture was last looked at, on the frames' own clock.
    looked_at: Option<Timestamp>,
    latest: Option<Box<Seen>>,
}

impl Sight {
    /// `may_step_down`: where the model is too slow for this machine, a quicker one may be taken.
    pub fn new(input: LiveInput, model: ModelChoice, may_step_down: bool) -> Self {
        Self {
            input,
            model,
            estimator: PoseEstimator::default(),
            feed: None,
            state: SourceState::Starting,
            empty: 0,
            name: String::new(),
            clock: FrameClock::default(),
            watch: PictureWatch::default(),
            others: Others::default(),
            may_step_down,
            speed: SpeedWatch::default(),
            is_slow: false,
            analysed: VecDeque::new(),
            unwanted: 0,
            looked_at: None,
            latest: None,
        }
    }

    /// Whether there is something to look at.
    pub fn is_open(&self) -> bool {
        self.feed.is_some()
    }

    /// Now, on the frames' own clock.
    pub fn now(&mut self) -> Timestamp {
        self.clock.now()
    }

    /// The kind of the source, as the record says it.
    pub fn kind(&self) -> &'static str {
        if self.is_recording() { "video" } else { "camera" }
    }

    fn is_recording(&self) -> bool {
        matches!(self.input, LiveInput::Recording(_))
    }

    /// Another source, to be opened.
    pub fn choose(&mut self, input: LiveInput) {
        self.feed = None;
        self.input = input;
    }

    /// Opens the model and the source; without any camera, the demo clip.
    pub fn open(&mut self, shared: &Shared) -> Opened {
        if let Err(e) = self.estimator.open(self.model) {
            self.fail(&e);
            return Opened::Nothing;
        }
        let opened = match self.input.clone() {
            LiveInput::Recording(path) => self.open_recording(&path, Opened::Recording),
            LiveInput::Camera(name) => self.open_camera(name.as_deref(), shared),
        };
        self.watch = PictureWatch::default();
        self.name = self.feed.as_ref().map(|feed| feed.info().name).unwrap_or_default();
        opened
    }

    fn open_recording(&mut self, path: &Path, what: Opened) -> Opened {
        self.set_feed(Input::open(path, DEFAULT_IMAGE_FPS).map(|input| Feed::new(input).at_own_pace()), what)
    }

    fn open_camera(&mut self, name: Option<&str>, shared: &Shared) -> Opened {
        let cameras = camera_names();
        let is_there_none = cameras.is_empty();
        shared.set_cameras(cameras);
        if is_there_none && name.is_none() {
            let clip = assets::find(DEMO_CLIP);
            self.input = LiveInput::Recording(clip.clone());
            return self.open_recording(&clip, Opened::Demo);
        }
        self.set_feed(Input::open_camera(name).map(Feed::new), Opened::Camera)
    }

    fn set_feed<E: std::error::Error>(&mut self, feed: Result<Feed, E>, what: Opened) -> Opened {
        match feed {
            Ok(feed) => {
                self.feed = Some(feed);
                self.unwanted = 0;
                self.state = SourceState::Fine;
                what
            }
            Err(e) => {
                self.fail(&e);
                Opened::Nothing
            }
        }
    }

    /// The source cannot go on. A session waits, and ends by itself if nothing comes.
    pub fn fail(&mut self, error: &dyn std::error::Error) {
        self.feed = None;
        self.state = SourceState::Failed(error.to_string());
    }

    /// Where nobody relies on every picture: whether the next one is not to be looked at yet. What comes meanwhile is not missed.
    pub fn rests(&mut self) -> bool {
        let now = self.clock.now();
        let is_due = self.looked_at.is_none_or(|last| now.since(last) >= AT_EASE_EVERY_S || last > now);
        if self.is_recording() || !matches!(self.state, SourceState::Fine) || is_due {
            return false;
        }
        let dropped = self.feed.as_ref().map_or(0, Feed::dropped);
        self.unwanted = dropped;
        self.speed.forget();
        true
    }

    /// Looks at the next frame; of the outline only these chords are read. The picture may stand still for `patience_s` seconds.
    pub fn look(&mut self, chords: Chords, patience_s: f64) -> Glance {
        let Some(feed) = &mut self.feed else { return Glance::Closed };
        self.estimator.sample(chords);
        match feed.step(&mut self.estimator) {
            Ok(FeedStep::Seen(seen)) => self.seen(seen, patience_s),
            Ok(FeedStep::Early(_)) => Glance::Early,
            Ok(FeedStep::Waiting(why)) => {
                self.state = SourceState::Waiting(why);
                self.empty += 1;
                if self.empty >= LOST_AFTER { Glance::Lost } else { Glance::Hiccup }
            }
            Ok(FeedStep::End) => {
                let remarks = feed.remarks();
                self.feed = None;
                Glance::End(remarks)
            }
            Err(e) => {
                self.fail(&e);
                Glance::Failed
            }
        }
    }

    fn seen(&mut self, seen: Box<Seen>, patience_s: f64) -> Glance {
        let at = seen.pose.at;
        self.state = SourceState::Fine;
        self.empty = 0;
        self.clock.note(at);
        self.looked_at = Some(at);
        // A recording may show what it likes; a camera has noise.
        let picture = seen.frame.as_ref().filter(|_| !self.is_recording());
        let fault = picture.and_then(|picture| self.watch.step(picture, patience_s));
        if let Some(fault) = fault {
            let why = match fault {
                PictureFault::Black => Wait::Black,
                PictureFault::Still => Wait::Still,
            };
            self.state = SourceState::Blind(why);
            self.latest = Some(seen);
            return Glance::Blind(at, why);
        }
        let dropped = self.feed.as_ref().map_or(0, Feed::dropped);
        self.is_slow |= self.speed.note(at, dropped) && !self.is_recording();
        self.analysed.push_back(at);
        while self.analysed.front().is_some_and(|t| at.since(*t) > FPS_WINDOW_S) {
            self.analysed.pop_front();
        }
        Glance::Seen(seen)
    }

    /// Id of the model that looks.
    pub fn model(&self) -> &'static str {
        self.model.id()
    }

    /// Takes the quicker model where this one is too slow; true when it has done so. To be asked between sets: one set is looked
    /// at by one model.
    pub fn steps_down(&mut self) -> bool {
        if !self.is_slow || !self.may_step_down || self.model == ModelChoice::Lite {
            return false;
        }
        self.may_step_down = false;
        match self.estimator.change(ModelChoice::Lite) {
            Ok(()) => {
                self.model = ModelChoice::Lite;
                self.speed.forget();
                true
            }
            Err(e) => {
                tracing::warn!("the quicker model cannot be used: {e}");
                false
            }
        }
    }

    /// What was seen last, for whoever draws it.
    pub fn keep(&mut self, seen: Box<Seen>) {
        self.latest = Some(seen);
    }

    /// Now and then: whether somebody else is there for sure.
    pub fn sees_others(&mut self, seen: &Seen) -> bool {
        let Some(frame) = seen.frame.as_ref().filter(|_| self.others.is_due(seen.pose.at)) else { return false };
        match self.estimator.others(frame) {
            Ok(count) => self.others.note(count),
            Err(e) => {
                tracing::warn!("nobody else is looked for: {e}");
                false
            }
        }
    }

    /// How the source stands, where that is what matters most.
    pub fn status(&self, is_session: bool) -> Option<LiveStatus> {
        match &self.state {
            SourceState::Failed(why) => Some(LiveStatus::Failed(why.clone())),
            SourceState::Waiting(why) if !is_session => Some(LiveStatus::Waiting(why.clone())),
            SourceState::Waiting(why) if self.empty >= LOST_AFTER => Some(LiveStatus::Lost(why.clone())),
            SourceState::Starting => Some(LiveStatus::Starting),
            SourceState::Blind(why) if !is_session => {
                Some(LiveStatus::Waiting(Sentence::Paused(*why).parts().join(" ")))
            }
            SourceState::Fine | SourceState::Waiting(_) | SourceState::Blind(_) => None,
        }
    }

    /// Shows itself in a view.
    pub fn show(&self, view: &mut LiveView, is_at_ease: bool) {
        view.source_name.clone_from(&self.name);
        view.is_recording = self.is_recording();
        view.analysed_fps = match (self.analysed.front(), self.analysed.back()) {
            _ if is_at_ease => 0.0,
            (Some(first), Some(last)) if last > first => (self.analysed.len() - 1) as f64 / last.since(*first),
            _ => 0.0,
        };
        view.dropped = self.feed.as_ref().map_or(0, Feed::dropped).saturating_sub(self.unwanted);
        if let Some(seen) = &self.latest {
            let pose = &seen.pose;
            view.frame.clone_from(&seen.frame);
            view.points =
                pose.found.then(|| pose.points.map(|p| p.map(|p| DrawnPoint { at: p.pos, trusted: p.trusted })));
        }
    }
}
