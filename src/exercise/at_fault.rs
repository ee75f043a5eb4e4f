//! Which joints a form fault is about, for whoever draws the person; and whether it is one arm that moves.

use super::def::{ExerciseDef, Watched};
use crate::base::skeleton::{Landmark, Side};
use crate::motion::signal::PointRef;

impl ExerciseDef {
    /// The joints that the first condition of a fault looks at: of an angle its middle, else all its points. `near`: the side that
    /// is nearer to the camera. Empty where it looks at the time or the outline.
    pub fn joints_of_fault(&self, fault: &str, near: Option<Side>) -> Vec<Landmark> {
        let Some(fault) = self.faults.iter().find(|f| f.id == fault) else { return Vec::new() };
        let Some(first) = fault.all.first().or(fault.unlike_own.first()) else { return Vec::new() };
        let Watched::Signal(signal) = first.signal else { return Vec::new() };
        let mut joints = Vec::new();
        for points in self.points_of(signal) {
            let points = match points {
                [_, middle, _] => std::slice::from_ref(middle),
                points => points,
            };
            for point in points {
                match *point {
                    PointRef::Mid(left) => joints.extend([left, left.mirror()]),
                    point => joints.extend(point.landmark(near)),
                }
            }
        }
        joints.sort_by_key(|joint| joint.index());
        joints.dedup();
        joints
    }

    /// Whether it is done upright with one arm: a repetition of it may look like a raised hand.
    pub fn is_done_with_one_arm(&self) -> bool {
        // Of the arm that is nearer to the camera nobody knows whether the other one goes along.
        let arm_of = |point: &PointRef| match point {
            PointRef::Landmark(
                joint @ (Landmark::LeftElbow | Landmark::LeftWrist | Landmark::RightElbow | Landmark::RightWrist),
            ) => joint.side(),
            _ => None,
        };
        let of_one_arm = |signal: usize| {
            let arms: Vec<Side> = self.points_of(signal).into_iter().flatten().filter_map(arm_of).collect();
            !arms.is_empty() && arms.iter().all(|arm| *arm == arms[0])
        };
        !self.posture.is_on_the_floor() && self.count.channels.iter().any(|channel| of_one_arm(channel.signal))
    }

    /// The points that a signal looks at, also through others that it combines.
    fn points_of(&self, signal: usize) -> Vec<&[PointRef]> {
        let (mut ahead, mut found) = (vec![signal], Vec::new());
        // What is combined was defined before, so this comes to its end.
        while let Some(signal) = ahead.pop() {
            let def = &self.signals[signal];
            ahead.extend(def.parts());
            found.push(def.points());
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_are_about_joints_of_the_side_that_is_seen() {
        let def = ExerciseDef::load("cat_camel").unwrap();
        assert_eq!(def.joints_of_fault("bent_arms", Some(Side::Right)), [Landmark::RightElbow]);
        assert_eq!(def.joints_of_fault("bent_arms", Some(Side::Left)), [Landmark::LeftElbow]);
        assert_eq!(def.joints_of_fault("too_fast", Some(Side::Left)), [], "that is about time");
        assert_eq!(def.joints_of_fault("no such fault", None), []);
    }

    #[test]
    fn an_exercise_of_one_arm_is_told_from_one_of_both() {
        let both = crate::exercise::catalogue::load_all().unwrap();
        let of_one: Vec<&str> =
            both.iter().filter(|def| def.is_done_with_one_arm()).map(|def| def.id.as_str()).collect();
        assert_eq!(of_one, [""; 0]);
        let alone = |id: &str| {
            let def = std::sync::Arc::new(ExerciseDef::load(id).unwrap());
            def.followed_on(Some(Side::Left)).is_done_with_one_arm()
        };
        assert!(alone("wall_angels"));
    }

    #[test]
    fn most_faults_of_the_files_that_come_along_have_a_joint_to_show() {
        let defs = crate::exercise::catalogue::load_all().unwrap();
        let faults: Vec<_> = defs.iter().flat_map(|def| def.faults.iter().map(move |fault| (def, fault))).collect();
        let without: Vec<String> = faults
            .iter()
            .filter(|(def, fault)| def.joints_of_fault(&fault.id, Some(Side::Left)).is_empty())
            .map(|(def, fault)| format!("{} {}", def.id, fault.id))
            .collect();
        // Those are about time, the whole range, or the outline of the back.
        assert!(without.len() * 3 <= faults.len(), "{} of {} have none: {without:?}", without.len(), faults.len());
    }
}
