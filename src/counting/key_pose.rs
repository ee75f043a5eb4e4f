//! Key poses: the skeleton at the farthest point of a few repetitions, so that a report can show how they looked.
//!
//! In: each frame's tracked pose and the repetitions it brought. Out: a handful of [`KeyPose`]s a set. A key pose is joints in
//! trunk lengths, never a picture.

use super::record::{Rep, RepSide};
use crate::base::geom::Point;
use crate::base::skeleton::{LANDMARK_COUNT, Landmark};
use crate::base::time::Timestamp;
use crate::motion::track::TrackedPose;
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;

/// Poses kept a second: a key pose may be this much beside the farthest point.
const KEPT_PER_S: f64 = 8.0;
/// How far back a farthest point may lie, seconds: longer than any hold the exercises ask for.
const KEPT_S: f64 = 90.0;
/// Key poses of a set.
const MOST: usize = 4;
/// A pose this far beside the farthest point is not shown, seconds.
const NEAR_S: f64 = 0.5;

/// The skeleton at one moment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyPose {
    /// Id of the repetition it shows.
    pub rep: u32,
    /// Seconds of the source's own time.
    pub at_s: f64,
    /// The 33 landmarks in model order: right and down from the middle of the hips, trunk lengths; `None` where not seen.
    pub joints: Vec<Option<[f64; 2]>>,
}

/// Chooses the key poses of a set while it runs.
#[derive(Clone, Debug, Default)]
pub struct KeyPosePicker {
    recent: VecDeque<(Timestamp, KeyPose)>,
    taken: Vec<KeyPose>,
}

impl KeyPosePicker {
    /// Takes a frame, and the repetitions that ended with it.
    pub fn step<'r>(&mut self, pose: &TrackedPose, reps: impl Iterator<Item = &'r Rep>) {
        let due = self.recent.back().is_none_or(|(at, _)| pose.at.since(*at) >= 1.0 / KEPT_PER_S);
        if let Some(key_pose) = due.then(|| key_pose_of(pose)).flatten() {
            self.recent.push_back((pose.at, key_pose));
        }
        while self.recent.front().is_some_and(|(at, _)| pose.at.since(*at) > KEPT_S) {
            self.recent.pop_front();
        }
        self.choose_for(reps);
    }

    /// Takes repetitions that have ended: each keeps the pose nearest to its farthest point.
    pub fn choose_for<'r>(&mut self, reps: impl Iterator<Item = &'r Rep>) {
        for rep in reps {
            let peak_s = rep.peak_s;
            let off = |at: &Timestamp| (at.secs() - peak_s).abs();
            let nearest = self.recent.iter().min_by(|(a, _), (b, _)| off(a).total_cmp(&off(b)));
            if let Some((_, key_pose)) = nearest.filter(|(at, _)| off(at) <= NEAR_S) {
                self.taken.retain(|s| s.rep != rep.id);
                self.taken.push(KeyPose { rep: rep.id, ..key_pose.clone() });
            }
        }
    }

    /// The key poses worth keeping of the final list: the farthest repetition (of each side), then the first one with each
    /// further fault.
    pub fn chosen(&self, reps: &[Rep]) -> Vec<KeyPose> {
        let sides = [None, Some(RepSide::Left), Some(RepSide::Right)];
        let farthest = sides.iter().filter_map(|side| {
            let of_side = reps.iter().filter(|r| r.counted && r.side == *side && self.has(r.id));
            of_side.max_by(|a, b| a.range.total_cmp(&b.range).then(b.id.cmp(&a.id)))
        });
        let mut chosen: Vec<u32> = farthest.map(|r| r.id).collect();
        let mut shown: Vec<&str> = Vec::new();
        for rep in reps.iter().filter(|r| self.has(r.id)) {
            for fault in &rep.faults {
                let is_there = chosen.contains(&rep.id);
                if !shown.contains(&fault.as_str()) && (is_there || chosen.len() < MOST) {
                    shown.push(fault);
                    if !is_there {
                        chosen.push(rep.id);
                    }
                }
            }
        }
        chosen.sort_unstable();
        chosen.dedup();
        chosen.iter().filter_map(|n| self.taken.iter().find(|s| s.rep == *n).cloned()).collect()
    }

    fn has(&self, rep: u32) -> bool {
        self.taken.iter().any(|s| s.rep == rep)
    }
}

/// The pose in trunk lengths from the middle of the hips, to a hundredth; `None` without a trunk.
fn key_pose_of(pose: &TrackedPose) -> Option<KeyPose> {
    let origin = pose.mid(Landmark::LeftHip)?;
    let trunk_px = pose.trunk_px.filter(|t| *t > 0.0)?;
    let rounded = |v: f64| (v / trunk_px * 100.0).round() / 100.0 + 0.0;
    let joint = |p: Point| [rounded(p.x - origin.x), rounded(p.y - origin.y)];
    let joints = pose.points.iter().map(|p| p.map(|p| joint(p.pos))).collect::<Vec<_>>();
    debug_assert_eq!(joints.len(), LANDMARK_COUNT);
    Some(KeyPose { rep: 0, at_s: crate::base::time::round_ms(pose.at.secs()), joints })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::motion::track::pose::TrackedPoint;
    use crate::vision::frame::Size;

    fn pose(t_s: f64, hand_x: f64) -> TrackedPose {
        let mut points = [None; LANDMARK_COUNT];
        let mut put = |l: Landmark, x: f64, y: f64| {
            points[l.index()] = Some(TrackedPoint { pos: Point { x, y }, trusted: true });
        };
        put(Landmark::LeftHip, 90.0, 200.0);
        put(Landmark::RightHip, 110.0, 200.0);
        put(Landmark::LeftWrist, hand_x, 100.0);
        TrackedPose {
            at: Timestamp((t_s * 1e9) as u64),
            size: Size::new(640, 480),
            found: true,
            points,
            world: [None; LANDMARK_COUNT],
            yaw_deg: None,
            near: None,
            trunk_px: Some(100.0),
            outline: None,
        }
    }

    fn rep(index: u32, peak_s: f64, range: f64, side: Option<RepSide>, faults: &[&str]) -> Rep {
        Rep {
            id: index,
            index,
            start_s: peak_s - 1.0,
            peak_s,
            end_s: peak_s + 1.0,
            side,
            counted: true,
            reason: None,
            hold_s: None,
            range,
            range_unit: "deg".to_owned(),
            score: None,
            faults: faults.iter().map(ToString::to_string).collect(),
            remarks: Vec::new(),
        }
    }

    #[test]
    fn the_farthest_of_each_side_and_the_first_with_each_fault_are_shown_at_their_farthest_point() {
        let reps = [
            rep(1, 2.0, 50.0, Some(RepSide::Left), &[]),
            rep(2, 5.0, 60.0, Some(RepSide::Left), &["sag"]),
            rep(3, 8.0, 55.0, Some(RepSide::Right), &[]),
            rep(4, 11.0, 20.0, Some(RepSide::Right), &["sag", "high"]),
        ];
        let mut picker = KeyPosePicker::default();
        for frame in 0..130 {
            let t_s = f64::from(frame) / 10.0;
            let ended = reps.iter().filter(|r| (r.end_s - t_s).abs() < 0.05);
            picker.step(&pose(t_s, 100.0 + t_s * 10.0), ended);
        }
        let poses = picker.chosen(&reps);
        let shown: Vec<_> =
            poses.iter().map(|s| (s.rep, (s.at_s - reps[s.rep as usize - 1].peak_s).abs() < 0.2)).collect();
        assert_eq!(shown, [(2, true), (3, true), (4, true)]);
        let wrist = poses[0].joints[Landmark::LeftWrist.index()];
        assert!(wrist.is_some_and(|[x, y]| (x - 0.5).abs() < 0.03 && y == -1.0), "{wrist:?}");
    }
}
