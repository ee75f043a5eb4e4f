//! A body limb by limb, from which figures with known angles are made.
//!
//! Directions are elevations in the plane seen from the side: 0 forwards, 90 up, 180 backwards, -90 down, degrees.

use super::skeleton::{
    FOREARM_M, Figure, HALF_HIPS_M, HALF_SHOULDERS_M, SHANK_M, SIDES, THIGH_M, TRUNK_M, UPPER_ARM_M, ahead, pair,
};
use formcheck::base::skeleton::{LANDMARK_COUNT, Landmark, Side};

/// An arm: directions of its parts in the side's plane, and how far each is turned outwards from it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Arm {
    pub upper_deg: f64,
    pub fore_deg: f64,
    pub upper_out_deg: f64,
    pub fore_out_deg: f64,
    /// The whole hand moved forwards.
    pub hand_forward_m: f64,
}

/// A leg.
#[derive(Clone, Copy, Debug, Default)]
pub struct Leg {
    pub thigh_deg: f64,
    pub shank_deg: f64,
    /// Direction of the toes from the ankle.
    pub foot_deg: f64,
    pub heel_up_m: f64,
}

/// A body; left and right in this order.
#[derive(Clone, Copy, Debug)]
pub struct Doll {
    pub hips: [f64; 2],
    /// From the hips to the shoulders.
    pub trunk_deg: f64,
    /// Shoulders drawn up along the trunk, and back, while the head stays.
    pub shoulders_up_m: f64,
    pub shoulders_back_m: f64,
    /// Ear from between the shoulders.
    pub neck_m: f64,
    /// Head bent backwards from the line of the trunk.
    pub head_back_deg: f64,
    pub head_forward_m: f64,
    pub arms: [Arm; 2],
    pub legs: [Leg; 2],
    /// Turns to the left, seen from above.
    pub chest_turn_deg: f64,
    pub pelvis_turn_deg: f64,
    pub head_turn_deg: f64,
    /// Left shoulder up.
    pub shoulder_tilt_deg: f64,
    /// Bulge of the back between hips and shoulders.
    pub back_m: f64,
}

/// Left half of the face: up along the head, to its front, aside.
const HEAD_SIDES: [(Landmark, f64, f64, f64); 5] = [
    (Landmark::LeftEar, 0.0, 0.0, 0.07),
    (Landmark::LeftEyeInner, 0.03, 0.09, 0.02),
    (Landmark::LeftEye, 0.03, 0.09, 0.03),
    (Landmark::LeftEyeOuter, 0.03, 0.09, 0.04),
    (Landmark::MouthLeft, -0.04, 0.09, 0.02),
];
const NOSE_FRONT_M: f64 = 0.11;

impl Doll {
    /// Hips at a place, the trunk in a direction, limbs along the trunk.
    pub fn new(hips: [f64; 2], trunk_deg: f64) -> Self {
        let arm = Arm { upper_deg: trunk_deg - 180.0, fore_deg: trunk_deg - 180.0, ..Arm::default() };
        let leg = Leg {
            thigh_deg: trunk_deg - 180.0,
            shank_deg: trunk_deg - 180.0,
            foot_deg: trunk_deg - 90.0,
            heel_up_m: 0.0,
        };
        Self {
            hips,
            trunk_deg,
            shoulders_up_m: 0.0,
            shoulders_back_m: 0.0,
            neck_m: 0.2,
            head_back_deg: 0.0,
            head_forward_m: 0.0,
            arms: [arm; 2],
            legs: [leg; 2],
            chest_turn_deg: 0.0,
            pelvis_turn_deg: 0.0,
            head_turn_deg: 0.0,
            shoulder_tilt_deg: 0.0,
            back_m: 0.0,
        }
    }

    /// Between the shoulders.
    pub fn shoulders(&self) -> [f64; 2] {
        let up = ahead(self.hips, self.trunk_deg, TRUNK_M + self.shoulders_up_m);
        ahead(up, self.trunk_deg + 90.0, self.shoulders_back_m)
    }

    /// Between the ears.
    pub fn ears(&self) -> [f64; 2] {
        let neck = ahead(self.hips, self.trunk_deg, TRUNK_M);
        let ear = ahead(neck, self.trunk_deg + self.head_back_deg, self.neck_m);
        ahead(ear, self.trunk_deg - 90.0, self.head_forward_m)
    }

    /// Brings one side's wrist to a place; the elbow lies off the straight way there, at lower
    /// elevations for a `bend` of 1, at higher ones for -1.
    pub fn reach(&mut self, i: usize, wrist: [f64; 2], bend: f64) {
        let (upper, fore) = two_bones(self.shoulders(), wrist, UPPER_ARM_M, FOREARM_M, bend);
        self.arms[i] = Arm { upper_deg: upper, fore_deg: fore, ..self.arms[i] };
    }

    /// Brings one side's ankle to a place, likewise.
    pub fn tread(&mut self, i: usize, ankle: [f64; 2], bend: f64) {
        let (thigh, shank) = two_bones(self.hips, ankle, THIGH_M, SHANK_M, bend);
        self.legs[i] = Leg { thigh_deg: thigh, shank_deg: shank, ..self.legs[i] };
    }

    pub fn both_reach(&mut self, wrist: [f64; 2], bend: f64) {
        (0..2).for_each(|i| self.reach(i, wrist, bend));
    }

    pub fn both_tread(&mut self, ankle: [f64; 2], bend: f64) {
        (0..2).for_each(|i| self.tread(i, ankle, bend));
    }

    /// Direction of the toes of both feet.
    pub fn both_feet(&mut self, foot_deg: f64) {
        self.legs.iter_mut().for_each(|l| l.foot_deg = foot_deg);
    }

    /// The body as it would be with turns of so much of their size.
    pub fn turned_by(self, share: f64) -> Self {
        Self {
            chest_turn_deg: self.chest_turn_deg * share,
            pelvis_turn_deg: self.pelvis_turn_deg * share,
            head_turn_deg: self.head_turn_deg * share,
            ..self
        }
    }

    /// The places of all landmarks.
    pub fn figure(&self) -> Figure {
        let mut figure = [[0.0; 3]; LANDMARK_COUNT];
        self.head(&mut figure);
        self.chest(&mut figure);
        self.pelvis_and_legs(&mut figure);
        figure
    }

    fn head(&self, figure: &mut Figure) {
        let (ear, head_deg) = (self.ears(), self.trunk_deg + self.head_back_deg);
        let face = |up: f64, front: f64| ahead(ahead(ear, head_deg, up), head_deg - 90.0, front);
        for (left, up, front, aside) in HEAD_SIDES {
            pair(figure, left, face(up, front), aside);
        }
        let nose = face(0.0, NOSE_FRONT_M);
        figure[Landmark::Nose.index()] = [nose[0], nose[1], 0.0];
        for l in &mut figure[..=Landmark::MouthRight.index()] {
            *l = turned(turned(*l, ear[0], self.head_turn_deg), self.hips[0], self.chest_turn_deg);
        }
    }

    fn chest(&self, figure: &mut Figure) {
        use Landmark as L;
        let middle = self.shoulders();
        let (tilt_sin, tilt_cos) = self.shoulder_tilt_deg.to_radians().sin_cos();
        for (arm, side) in self.arms.iter().zip(SIDES) {
            let sign = if side == Side::Left { 1.0 } else { -1.0 };
            let shoulder =
                [middle[0], middle[1] + sign * tilt_sin * HALF_SHOULDERS_M, sign * tilt_cos * HALF_SHOULDERS_M];
            let elbow = beyond(shoulder, arm.upper_deg, arm.upper_out_deg * sign, UPPER_ARM_M);
            let mut wrist = beyond(elbow, arm.fore_deg, arm.fore_out_deg * sign, FOREARM_M);
            wrist[0] += arm.hand_forward_m;
            let hand = std::array::from_fn(|k| wrist[k] + (wrist[k] - elbow[k]) * 0.3);
            let places = [
                (L::LeftShoulder, shoulder),
                (L::LeftElbow, elbow),
                (L::LeftWrist, wrist),
                (L::LeftPinky, hand),
                (L::LeftIndex, hand),
                (L::LeftThumb, hand),
            ];
            for (left, place) in places {
                figure[of(left, side)] = turned(place, self.hips[0], self.chest_turn_deg);
            }
        }
    }

    fn pelvis_and_legs(&self, figure: &mut Figure) {
        use Landmark as L;
        for (leg, side) in self.legs.iter().zip(SIDES) {
            let aside = if side == Side::Left { HALF_HIPS_M } else { -HALF_HIPS_M };
            let place = |[forward, up]: [f64; 2]| [forward, up, aside];
            let knee = ahead(self.hips, leg.thigh_deg, THIGH_M);
            let ankle = ahead(knee, leg.shank_deg, SHANK_M);
            let heel = ahead(ahead(ankle, leg.foot_deg - 90.0, 0.05), leg.foot_deg, -0.03);
            let toes = ahead(ahead(ankle, leg.foot_deg - 90.0, 0.05), leg.foot_deg, 0.14);
            figure[of(L::LeftHip, side)] = turned(place(self.hips), self.hips[0], self.pelvis_turn_deg);
            figure[of(L::LeftKnee, side)] = place(knee);
            figure[of(L::LeftAnkle, side)] = place([ankle[0], ankle[1] + leg.heel_up_m * 0.8]);
            figure[of(L::LeftHeel, side)] = place([heel[0], heel[1] + leg.heel_up_m]);
            figure[of(L::LeftFootIndex, side)] = place(toes);
        }
    }
}

fn of(left: Landmark, side: Side) -> usize {
    (if side == Side::Left { left } else { left.mirror() }).index()
}

/// A point of the side's plane turned about the upright through `forward`, to the left.
fn turned([forward, up, left]: [f64; 3], about: f64, turn_deg: f64) -> [f64; 3] {
    let (sin, cos) = turn_deg.to_radians().sin_cos();
    let ahead = forward - about;
    [about + ahead * cos - left * sin, up, ahead * sin + left * cos]
}

/// The point `length` from `from`, in a direction of the side's plane that is turned outwards from it.
fn beyond(from: [f64; 3], elevation_deg: f64, out_deg: f64, length: f64) -> [f64; 3] {
    let (sin, cos) = elevation_deg.to_radians().sin_cos();
    let (out_sin, out_cos) = out_deg.to_radians().sin_cos();
    [from[0] + length * cos * out_cos, from[1] + length * sin * out_cos, from[2] + length * out_sin]
}

/// Directions of two bones that lead from one place to another, straight towards it where it is too far.
fn two_bones(from: [f64; 2], to: [f64; 2], a: f64, b: f64, bend: f64) -> (f64, f64) {
    let (dx, dy) = (to[0] - from[0], to[1] - from[1]);
    let d = dx.hypot(dy).clamp((a - b).abs() + 1e-6, a + b - 1e-6);
    let cos = ((a * a + d * d - b * b) / (2.0 * a * d)).clamp(-1.0, 1.0);
    let off_deg = (1.0 - cos * cos).sqrt().atan2(cos).to_degrees();
    let first_deg = dy.atan2(dx).to_degrees() - bend * off_deg;
    let (sin, cos) = first_deg.to_radians().sin_cos();
    let goal_deg = dy.atan2(dx);
    let target = [goal_deg.cos() * d, goal_deg.sin() * d];
    let second_deg = (target[1] - a * sin).atan2(target[0] - a * cos).to_degrees();
    (first_deg, second_deg)
}
