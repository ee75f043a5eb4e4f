//! What a recording shows apart from the movement: posture, view, the side that is nearer, the trunk's length.

use super::request::LearnError;
use crate::base::skeleton::{Landmark, Side};
use crate::base::stats::median;
use crate::motion::signal::Body;
use crate::motion::track::{PoseSmoother, Posture, TrackedPose, View};
use crate::vision::pose::PoseEstimate;

/// A posture is kept through lapses of up to this, seconds.
const LAPSE_S: f64 = 0.5;
/// A narrower posture is taken when it is kept for at least this share of the time of the longest kept one.
const KEPT_SHARE: f64 = 0.6;
/// And for at least this, seconds.
const MIN_KEPT_S: f64 = 2.0;
/// Share of the frames in which a person must be seen.
const MIN_SEEN_SHARE: f64 = 0.5;
/// The trunk is measured at the beginning of the posture, as the gate does, seconds.
const BODY_S: f64 = 1.5;
/// Beside the ideal view a file learned from one recording allows at least this, degrees.
const LEAST_VIEW_OFF_DEG: f64 = 45.0;
/// Half from the front, half from the side.
const OBLIQUE_DEG: f64 = 45.0;
/// Yaw from which the camera looks at the person's back, degrees.
const BEHIND_DEG: f64 = 135.0;

/// Postures as exercise files name them, the narrower before the wider.
const POSTURES: [(Posture, &str); 9] = [
    (Posture::AllFours, "all_fours"),
    (Posture::Prone, "prone"),
    (Posture::Supine, "supine"),
    (Posture::Plank, "plank"),
    (Posture::Hinged, "hinged"),
    (Posture::Seated, "seated"),
    (Posture::Standing, "standing"),
    (Posture::OnFeet, "on_feet"),
    (Posture::Upright, "upright"),
];

/// A recording in one posture.
#[derive(Clone, Debug)]
pub(super) struct Segment {
    /// Frames in which the posture was kept, lapses included.
    pub(super) frames: Vec<TrackedPose>,
    /// What lengths are measured with.
    pub(super) body: Body,
    pub(super) posture: Posture,
    /// The posture as exercise files name it.
    pub(super) posture_key: &'static str,
    pub(super) view: View,
    /// Median yaw without sign, degrees.
    pub(super) yaw_deg: f64,
    /// How far beside the ideal view may count, degrees.
    pub(super) view_off_deg: f64,
}

/// The recording in each posture that is kept for long enough, the likeliest posture first.
pub(super) fn segments(estimates: &[PoseEstimate]) -> Result<Vec<Segment>, LearnError> {
    let mut tracker = PoseSmoother::default();
    let tracked: Vec<TrackedPose> = estimates.iter().map(|e| tracker.step(e)).collect();
    let seen = tracked.iter().filter(|p| p.found).count();
    if (seen as f64) < MIN_SEEN_SHARE * tracked.len() as f64 || seen < 2 {
        return Err(LearnError::Unseen { seen, frames: tracked.len() });
    }
    let near = nearer_side(&tracked);
    let stretch = |posture: Posture| longest_kept(&tracked, posture, near);
    let mut kept: Vec<_> = POSTURES.iter().filter_map(|(p, key)| Some((*p, *key, stretch(*p)?))).collect();
    let length_s = |(from, to): (usize, usize)| tracked[to].at.since(tracked[from].at);
    let longest_s = kept.iter().map(|k| length_s(k.2)).fold(0.0, f64::max);
    kept.retain(|k| length_s(k.2) >= (KEPT_SHARE * longest_s).max(MIN_KEPT_S));
    let has = |posture| kept.iter().any(|k| k.0 == posture);
    // Between sitting and standing it is a squat, or the legs are not in the picture.
    if has(Posture::Seated) && has(Posture::Standing) {
        let feet = tracked.iter().filter(|p| p.mid(Landmark::LeftAnkle).is_some()).count();
        let wide = if 2 * feet > seen { Posture::OnFeet } else { Posture::Upright };
        if has(wide) {
            kept.retain(|k| k.0 == wide);
        }
    }
    let scene = |(posture, posture_key, (from, to)): (Posture, &'static str, (usize, usize))| {
        Segment::of(tracked[from..=to].to_vec(), posture, posture_key, near)
    };
    let mut segments: Vec<Segment> = kept.into_iter().filter_map(scene).collect();
    if segments.is_empty() {
        return Err(LearnError::NoPosture);
    }
    segments.retain(|s| s.yaw_deg < BEHIND_DEG);
    if segments.is_empty() { Err(LearnError::FromBehind) } else { Ok(segments) }
}

impl Segment {
    fn of(frames: Vec<TrackedPose>, posture: Posture, posture_key: &'static str, near: Option<Side>) -> Option<Self> {
        let start = frames.first()?.at;
        let at_first = frames.iter().filter(|p| p.at.since(start) <= BODY_S);
        let trunk_px = median(at_first.filter_map(|p| p.trunk_px))?.max(1.0);
        let yaws: Vec<f64> = frames.iter().filter_map(|p| p.yaw_deg).map(f64::abs).collect();
        let yaw_deg = median(yaws)?;
        let (view, view_off_deg) = view(yaw_deg);
        let body = Body { trunk_px, near, floor: None };
        Some(Self { frames, body, posture, posture_key, view, yaw_deg, view_off_deg })
    }

    /// Whether the view shows which side is nearer beyond doubt.
    pub(super) fn shows_a_side(&self) -> bool {
        self.body.near.is_some() && self.yaw_deg >= 30.0
    }
}

/// The view of a yaw without sign, and how far beside it may count. What the side shows is shortened alike before it and behind
/// it: from half the side on it is that, so that others may be seen as far on the other side of it.
fn view(yaw_deg: f64) -> (View, f64) {
    let beside = |off_deg: f64| (off_deg / 5.0).ceil() * 5.0;
    if (OBLIQUE_DEG..BEHIND_DEG).contains(&yaw_deg) {
        return (View::Side, LEAST_VIEW_OFF_DEG.max(beside((yaw_deg - 90.0).abs()) + 15.0));
    }
    let (view, off_deg) = if yaw_deg < OBLIQUE_DEG / 2.0 {
        (View::Front, yaw_deg)
    } else {
        (View::Oblique, (yaw_deg - OBLIQUE_DEG).abs())
    };
    (view, LEAST_VIEW_OFF_DEG.max(beside(off_deg) + 10.0).min(90.0))
}

fn nearer_side(tracked: &[TrackedPose]) -> Option<Side> {
    let votes = |side| tracked.iter().filter(|p| p.near == Some(side)).count();
    let (left, right) = (votes(Side::Left), votes(Side::Right));
    (left + right > 0).then_some(if left >= right { Side::Left } else { Side::Right })
}

/// First and last frame of the longest stretch in which the posture is kept.
fn longest_kept(tracked: &[TrackedPose], posture: Posture, near: Option<Side>) -> Option<(usize, usize)> {
    let mut stretches: Vec<(usize, usize)> = Vec::new();
    for (i, pose) in tracked.iter().enumerate().filter(|(_, p)| p.found && posture.holds(p, near, p.trunk_px)) {
        match stretches.last_mut() {
            Some((_, last)) if pose.at.since(tracked[*last].at) <= LAPSE_S => *last = i,
            _ => stretches.push((i, i)),
        }
    }
    let longest = stretches.into_iter().max_by_key(|(from, to)| tracked[*to].at.0 - tracked[*from].at.0)?;
    (longest.1 > longest.0).then_some(longest)
}
