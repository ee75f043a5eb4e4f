//! The one way from an input to tracked poses: camera, film, pictures or trace, at its own pace or as fast as it goes.
//!
//! A feed owns the smoother for the whole life of its source: pressing Start forgets nothing of the person.

use super::pace::Pace;
use crate::base::time::Timestamp;
use crate::motion::track::{PoseSmoother, TrackedPose};
use crate::vision::estimator::{EstimateError, PoseEstimator};
use crate::vision::frame::Frame;
use crate::vision::infer::manifest::ModelChoice;
use crate::vision::input::{Delivered, Input};
use crate::vision::pose::PoseEstimate;
use crate::vision::source::{SourceInfo, SourceRemarks};
use std::sync::Arc;

/// One frame, looked at.
#[derive(Debug)]
pub struct Seen {
    /// The picture; `None` of a trace.
    pub frame: Option<Arc<Frame>>,
    /// What the pose model saw.
    pub estimate: PoseEstimate,
    /// The person, smoothed; left and right exchanged where the feed is mirrored.
    pub pose: TrackedPose,
}

/// What a feed delivers.
#[derive(Debug)]
pub enum FeedStep {
    /// A frame, looked at.
    Seen(Box<Seen>),
    /// The next frame, of that capture time, is not due yet: ask again, after looking whether somebody wants to stop.
    Early(Timestamp),
    /// Nothing new for a while, and why.
    Waiting(String),
    /// The input is over.
    End,
}

/// An input with its pace and its smoother.
pub struct Feed {
    input: Input,
    pace: Option<Pace>,
    is_mirrored: bool,
    smoother: PoseSmoother,
    /// Delivered and not due yet.
    early: Option<Delivered>,
}

impl Feed {
    /// An input as fast as it goes.
    pub fn new(input: Input) -> Self {
        Self { input, pace: None, is_mirrored: false, smoother: PoseSmoother::default(), early: None }
    }

    /// The same at its own pace, as from a camera.
    #[must_use]
    pub fn at_own_pace(self) -> Self {
        Self { pace: Some(Pace::new()), ..self }
    }

    /// The pictures are mirrored: left and right are exchanged.
    #[must_use]
    pub fn mirrored(self, is_mirrored: bool) -> Self {
        Self { is_mirrored, ..self }
    }

    /// What the input says about itself.
    pub fn info(&self) -> SourceInfo {
        self.input.info()
    }

    /// Loads the pose model where there are pictures to look at; gives the id of the landmark model, that of a trace being the
    /// one which has looked already.
    ///
    /// # Errors
    /// When the runtime library or the model is missing or damaged.
    pub fn load(&self, estimator: &mut PoseEstimator, choice: ModelChoice) -> Result<String, EstimateError> {
        if let Some(model) = self.input.model() {
            return Ok(model.to_owned());
        }
        estimator.open(choice)?;
        Ok(choice.id().to_owned())
    }

    /// What was odd about the input, once it was read.
    pub fn remarks(&self) -> SourceRemarks {
        self.input.remarks()
    }

    /// Frames that came while nobody took them.
    pub fn dropped(&self) -> u64 {
        self.input.dropped()
    }

    /// The next frame, looked at with `estimator`.
    ///
    /// # Errors
    /// When the input is damaged, or inference fails.
    pub fn step(&mut self, estimator: &mut PoseEstimator) -> Result<FeedStep, EstimateError> {
        let delivered = match self.early.take() {
            Some(early) => early,
            None => self.input.deliver()?,
        };
        if let (Some(pace), Some(at)) = (&mut self.pace, delivered.at())
            && !pace.wait(at)
        {
            self.early = Some(delivered);
            return Ok(FeedStep::Early(at));
        }
        let (frame, estimate) = match delivered {
            Delivered::Picture(frame) => {
                let estimate = estimator.look(&frame)?;
                (Some(Arc::new(frame)), estimate)
            }
            Delivered::Estimate(estimate) => (None, *estimate),
            Delivered::Waiting(why) => return Ok(FeedStep::Waiting(why)),
            Delivered::End => return Ok(FeedStep::End),
        };
        let pose = if self.is_mirrored {
            self.smoother.step(&estimate.clone().mirrored())
        } else {
            self.smoother.step(&estimate)
        };
        Ok(FeedStep::Seen(Box::new(Seen { frame, estimate, pose })))
    }

    /// The next frame of an input that is read as fast as it goes; `None` at its end.
    ///
    /// # Errors
    /// Those of [`Feed::step`].
    pub fn next_seen(&mut self, estimator: &mut PoseEstimator) -> Result<Option<Box<Seen>>, EstimateError> {
        loop {
            match self.step(estimator)? {
                FeedStep::Seen(seen) => return Ok(Some(seen)),
                FeedStep::End => return Ok(None),
                FeedStep::Early(_) | FeedStep::Waiting(_) => (),
            }
        }
    }
}
