//! Follows one person through the frames: detect, look closer, place the next crop, detect again after a loss.

use super::detector::{Detection, Detector};
use super::estimate::{Pose, PoseError, PoseEstimate, Runner};
use super::landmarks::{LandmarkModel, LandmarkResult};
use super::outline::Chords;
use super::roi::Roi;
use crate::base::filter::{OneEuro, OneEuroParams};
use crate::base::geom::Point;
use crate::base::time::Timestamp;
use crate::vision::frame::Frame;

/// The pose flag must be above this (`thresholding_calculator.cc`: strictly greater).
const MIN_FLAG: f32 = 0.5;
/// Smoothing of the auxiliary landmarks (`pose_landmark_filtering.pbtxt`): only the crop depends on it.
const AUXILIARY_FILTER: OneEuroParams = OneEuroParams { min_cutoff_hz: 0.01, beta: 10.0, derivative_cutoff_hz: 1.0 };
/// A crop may not jump by more than this share of its side from one frame to the next: that is another person.
const MAX_JUMP: f64 = 0.5;
/// Nor change its size by more than this factor.
const MAX_SCALE_CHANGE: f64 = 1.6;
/// A gap in time after which nothing of the last crop is trusted.
const MAX_GAP_S: f64 = 1.0;
/// For so long after a loss only somebody near the last place is taken for the same person, seconds.
const REMEMBER_S: f64 = 2.0;
/// Near: within this share of the crop's side, and of a size within this factor.
const NEAR_SHARE: f64 = 0.75;
const NEAR_SCALE: f64 = 2.0;
/// Somebody else is so sure to be a person (proposal). Of 1,881 looks at films of one person, rendered and real, standing and on
/// the floor, none saw somebody else with these two.
const OTHER_SCORE: f32 = 0.65;
/// And has the middle so far from that of the person who is followed, share of the larger one's crop (proposal).
const OTHER_SHARE: f64 = 0.4;

/// The parts of a frame's work, for timing them one by one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Finding the person (only after a loss).
    Detect,
    /// Cutting the crop out of the picture.
    Crop,
    /// The landmark model.
    Infer,
    /// Reading its tensors.
    Decode,
}

/// Follows one person. Deterministic: the same frames give the same estimates.
pub struct PersonFollower<R> {
    detector: Detector<R>,
    landmarks: LandmarkModel<R>,
    track: Option<Track>,
    /// Where the person was last, and when.
    last: Option<(Roi, Timestamp)>,
}

/// The person followed at present.
struct Track {
    roi: Roi,
    at: Timestamp,
    filters: [OneEuro; 4],
}

impl<R: Runner> PersonFollower<R> {
    /// A follower that follows nobody yet.
    pub fn new(detector: Detector<R>, landmarks: LandmarkModel<R>) -> Self {
        Self { detector, landmarks, track: None, last: None }
    }

    /// A follower on two models of one's own.
    ///
    /// # Errors
    /// When a model has other shapes than the detector's or the landmark model's.
    pub fn with_runners(detector: R, landmarks: R) -> Result<Self, PoseError> {
        Ok(Self::new(Detector::new(detector)?, LandmarkModel::new(landmarks)?))
    }

    /// Samples only these chords of the outline from now on; all, without it.
    pub fn sample(&mut self, chords: Chords) {
        self.landmarks.sample(chords);
    }

    /// Forgets the person.
    pub fn reset(&mut self) {
        self.track = None;
        self.last = None;
    }

    /// What the frame shows.
    ///
    /// # Errors
    /// When inference fails.
    pub fn estimate(&mut self, frame: &Frame) -> Result<PoseEstimate, PoseError> {
        self.estimate_timed(frame, &mut |_, _| ())
    }

    /// As [`PersonFollower::estimate`]; `mark(stage, true)` is called before and `mark(stage, false)` after each part.
    ///
    /// # Errors
    /// When inference fails.
    pub fn estimate_timed(
        &mut self,
        frame: &Frame,
        mark: &mut dyn FnMut(Stage, bool),
    ) -> Result<PoseEstimate, PoseError> {
        if self.track.as_ref().is_some_and(|t| frame.at.since(t.at) > MAX_GAP_S) {
            self.track = None;
        }
        let mut pose = None;
        if let Some(track) = self.track.take() {
            let found = self.look(frame, &track.roi, mark)?;
            if found.pose.flag > MIN_FLAG {
                self.track = track.followed(frame.at, &found);
                pose = self.track.is_some().then_some(found.pose);
            }
        }
        if pose.is_none() {
            pose = self.find(frame, mark)?;
        }
        self.last = self.track.as_ref().map(|t| (t.roi, frame.at)).or(self.last);
        let pose = pose.map(|mut p| {
            p.quantise();
            p
        });
        Ok(PoseEstimate { seq: frame.seq, at: frame.at, size: frame.size, pose })
    }

    /// How many people the picture shows beside the one that is followed, as far as the detector is sure of them.
    ///
    /// # Errors
    /// When inference fails.
    pub fn others(&mut self, frame: &Frame) -> Result<usize, PoseError> {
        let Some(own) = self.track.as_ref().map(|track| track.roi) else { return Ok(0) };
        let found = self.detector.detect(frame)?;
        let is_other = |roi: &Roi| (roi.centre - own.centre).length() > OTHER_SHARE * own.side_px.max(roi.side_px);
        let sure = found.iter().filter(|person| person.score >= OTHER_SCORE);
        Ok(sure.filter_map(Detection::roi).filter(is_other).count())
    }

    /// Looks for a person in the whole picture.
    fn find(&mut self, frame: &Frame, mark: &mut dyn FnMut(Stage, bool)) -> Result<Option<Pose>, PoseError> {
        mark(Stage::Detect, true);
        let detections = self.detector.detect(frame);
        mark(Stage::Detect, false);
        let Some(roi) = self.chosen(&detections?, frame.at) else { return Ok(None) };
        let found = self.look(frame, &roi, mark)?;
        if found.pose.flag <= MIN_FLAG {
            return Ok(None);
        }
        self.track = Track::begun(frame.at, &found);
        Ok(Some(found.pose))
    }

    /// The person to follow: the most certain one at first, after a loss the one nearest to where the person was; shortly
    /// after it nobody who is not near, so that somebody beside the mat is not taken instead.
    fn chosen(&self, detections: &[Detection], at: Timestamp) -> Option<Roi> {
        let mut rois = detections.iter().filter_map(Detection::roi);
        let Some((last, seen_at)) = self.last else { return rois.next() };
        let is_lately = at.since(seen_at) <= REMEMBER_S;
        let distance = |roi: &Roi| (roi.centre - last.centre).length();
        let is_near = |roi: &Roi| {
            let scale = (roi.side_px / last.side_px).max(last.side_px / roi.side_px);
            distance(roi) <= NEAR_SHARE * last.side_px && scale <= NEAR_SCALE
        };
        rois.filter(|roi| !is_lately || is_near(roi)).min_by(|a, b| distance(a).total_cmp(&distance(b)))
    }

    fn look(
        &mut self,
        frame: &Frame,
        roi: &Roi,
        mark: &mut dyn FnMut(Stage, bool),
    ) -> Result<LandmarkResult, PoseError> {
        mark(Stage::Crop, true);
        self.landmarks.prepare(frame, roi);
        mark(Stage::Crop, false);
        mark(Stage::Infer, true);
        self.landmarks.infer()?;
        mark(Stage::Infer, false);
        mark(Stage::Decode, true);
        let found = self.landmarks.decode(roi);
        mark(Stage::Decode, false);
        Ok(found)
    }
}

impl Detection {
    /// The crop to look at for this person.
    fn roi(&self) -> Option<Roi> {
        Roi::from_alignment(self.hips, self.scale_point)
    }
}

impl Track {
    /// Starts following from the landmarks of a first look.
    fn begun(at: Timestamp, found: &LandmarkResult) -> Option<Self> {
        let [hips, scale_point] = found.auxiliary;
        let roi = Roi::from_alignment(hips, scale_point)?;
        let mut track = Self { roi, at, filters: std::array::from_fn(|_| OneEuro::new(AUXILIARY_FILTER)) };
        track.smooth(at, &found.auxiliary, roi.side_px)?;
        Some(track)
    }

    /// The track with its crop for the next frame; `None` when the crop jumps as no person can.
    fn followed(mut self, at: Timestamp, found: &LandmarkResult) -> Option<Self> {
        let [hips, scale_point] = self.smooth(at, &found.auxiliary, self.roi.side_px)?;
        let next = Roi::from_alignment(hips, scale_point)?;
        let jump = (next.centre - self.roi.centre).length() / self.roi.side_px;
        let scale = (next.side_px / self.roi.side_px).max(self.roi.side_px / next.side_px);
        if jump > MAX_JUMP || scale > MAX_SCALE_CHANGE {
            return None;
        }
        self.roi = next;
        self.at = at;
        Some(self)
    }

    fn smooth(&mut self, at: Timestamp, auxiliary: &[Point; 2], object_px: f64) -> Option<[Point; 2]> {
        let scale = 1.0 / object_px;
        let raw = [auxiliary[0].x, auxiliary[0].y, auxiliary[1].x, auxiliary[1].y];
        let mut smooth = [0.0; 4];
        for ((out, filter), value) in smooth.iter_mut().zip(&mut self.filters).zip(raw) {
            *out = filter.step(at, Some(value), scale)?;
        }
        Some([Point::new(smooth[0], smooth[1]), Point::new(smooth[2], smooth[3])])
    }
}
