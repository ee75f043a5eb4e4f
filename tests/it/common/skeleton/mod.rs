//! A synthetic person: figures as functions of a movement's share, a camera, and the estimates a pose tracker would give.
//!
//! Lengths in metres in the person's own frame (forward, up, left), from the floor below the hips.

mod camera;
mod chance;
mod script;

pub use camera::Camera;
pub use chance::{Chance, Noise, shaken};
pub use script::{Act, Script};

use formcheck::base::skeleton::{LANDMARK_COUNT, Landmark, Side};

/// Positions of all landmarks: forward, up, left.
pub type Figure = [[f64; 3]; LANDMARK_COUNT];

pub const TRUNK_M: f64 = 0.5;
pub const HALF_SHOULDERS_M: f64 = 0.18;
pub const HALF_HIPS_M: f64 = 0.11;
pub const UPPER_ARM_M: f64 = 0.28;
pub const FOREARM_M: f64 = 0.25;
pub const THIGH_M: f64 = 0.42;
pub const SHANK_M: f64 = 0.42;

pub fn pair(figure: &mut Figure, left: Landmark, [forward, up]: [f64; 2], half_width: f64) {
    figure[left.index()] = [forward, up, half_width];
    figure[left.mirror().index()] = [forward, up, -half_width];
}

fn one(figure: &mut Figure, left: Landmark, side: Side, [forward, up]: [f64; 2], aside: f64) {
    let (landmark, aside) = if side == Side::Left { (left, aside) } else { (left.mirror(), -aside) };
    figure[landmark.index()] = [forward, up, aside];
}

/// The point `length` from `from` at an elevation above the horizontal, forwards.
pub fn ahead([forward, up]: [f64; 2], elevation_deg: f64, length: f64) -> [f64; 2] {
    let (sin, cos) = elevation_deg.to_radians().sin_cos();
    [forward + cos * length, up + sin * length]
}

/// Trunk and head: hips at a place, the line to the shoulders at an elevation, the face square to it.
fn trunk(figure: &mut Figure, hips: [f64; 2], elevation_deg: f64) -> [f64; 2] {
    use Landmark as L;
    let shoulders = ahead(hips, elevation_deg, TRUNK_M);
    pair(figure, L::LeftHip, hips, HALF_HIPS_M);
    pair(figure, L::LeftShoulder, shoulders, HALF_SHOULDERS_M);
    let ear = ahead(shoulders, elevation_deg, 0.2);
    let face = |up_m: f64, front_m: f64| ahead(ahead(ear, elevation_deg, up_m), elevation_deg - 90.0, front_m);
    pair(figure, L::LeftEar, ear, 0.07);
    for (left, up_m, aside) in [(L::LeftEyeInner, 0.03, 0.02), (L::LeftEye, 0.03, 0.03), (L::LeftEyeOuter, 0.03, 0.04)]
    {
        pair(figure, left, face(up_m, 0.09), aside);
    }
    let [forward, up] = face(0.0, 0.11);
    figure[L::Nose.index()] = [forward, up, 0.0];
    let mouth = face(-0.04, 0.09);
    figure[L::MouthLeft.index()] = [mouth[0], mouth[1], 0.02];
    figure[L::MouthRight.index()] = [mouth[0], mouth[1], -0.02];
    shoulders
}

fn arm(figure: &mut Figure, side: Side, elbow: [f64; 2], wrist: [f64; 2]) {
    use Landmark as L;
    one(figure, L::LeftElbow, side, elbow, HALF_SHOULDERS_M);
    one(figure, L::LeftWrist, side, wrist, HALF_SHOULDERS_M);
    let hand = [wrist[0] + (wrist[0] - elbow[0]) * 0.3, wrist[1] + (wrist[1] - elbow[1]) * 0.3];
    for finger in [L::LeftPinky, L::LeftIndex, L::LeftThumb] {
        one(figure, finger, side, hand, HALF_SHOULDERS_M);
    }
}

fn leg(figure: &mut Figure, side: Side, knee: [f64; 2], ankle: [f64; 2], toes: [f64; 2]) {
    use Landmark as L;
    for (left, place) in [(L::LeftKnee, knee), (L::LeftAnkle, ankle), (L::LeftHeel, ankle), (L::LeftFootIndex, toes)] {
        one(figure, left, side, place, HALF_HIPS_M);
    }
}

pub const SIDES: [Side; 2] = [Side::Left, Side::Right];

/// Lying face down, the trunk lifted by `lift_deg`, hands under the shoulders.
pub fn prone(lift_deg: f64) -> Figure {
    let mut figure = [[0.0; 3]; LANDMARK_COUNT];
    let shoulders = trunk(&mut figure, [0.0, 0.1], lift_deg);
    let wrist = [0.45, 0.02];
    let elbow = [f64::midpoint(shoulders[0], wrist[0]) - 0.15, f64::midpoint(shoulders[1], wrist[1]) + 0.05];
    for side in SIDES {
        arm(&mut figure, side, elbow, wrist);
        leg(&mut figure, side, [-THIGH_M, 0.08], [-THIGH_M - SHANK_M, 0.06], [-1.0, 0.02]);
    }
    figure
}

/// On hands and knees; `arm_share` and `leg_share` of each side (left, right): 0 on the floor, 1 level.
pub fn all_fours(arm_share: [f64; 2], leg_share: [f64; 2]) -> Figure {
    let mut figure = [[0.0; 3]; LANDMARK_COUNT];
    let hips = [0.0, THIGH_M + 0.02];
    let shoulders = trunk(&mut figure, hips, 8.0);
    for (i, side) in SIDES.into_iter().enumerate() {
        let elevation_deg = -90.0 * (1.0 - arm_share[i]);
        let elbow = ahead(shoulders, elevation_deg, UPPER_ARM_M);
        arm(&mut figure, side, elbow, ahead(elbow, elevation_deg, FOREARM_M));
        // The ankle goes evenly from below and behind the hip to level with it, the knee is between the two.
        let share = leg_share[i];
        let reach = (THIGH_M + SHANK_M) * (0.707 + 0.293 * share);
        let ankle = ahead(hips, 180.0 + 45.0 * (1.0 - share), reach);
        let level_knee = ahead(hips, 180.0 + 45.0 * (1.0 - share), THIGH_M);
        let blend = share.clamp(0.0, 1.0);
        let knee = [level_knee[0] * blend, 0.02 * (1.0 - blend) + level_knee[1] * blend];
        leg(&mut figure, side, knee, ankle, [ankle[0] - 0.15, ankle[1]]);
    }
    figure
}

/// The bird dog of an act.
pub fn bird_dog(share: f64, act: Act) -> Figure {
    let raised = |side: Side| if side == Side::Left { [share, 0.0] } else { [0.0, share] };
    match act {
        Act::Both => all_fours([share; 2], [share; 2]),
        Act::Diagonal(side) => all_fours(raised(side), raised(side.mirror())),
        Act::SameSide(side) => all_fours(raised(side), raised(side)),
    }
}

/// Standing upright, upper arms `abduction_deg` from the trunk (0 hanging), forearms up when `elbows_bent`.
pub fn standing(abduction_deg: f64, elbows_bent: bool) -> Figure {
    let mut figure = [[0.0; 3]; LANDMARK_COUNT];
    let shoulders = trunk(&mut figure, [0.0, THIGH_M + SHANK_M + 0.06], 90.0);
    for side in SIDES {
        leg(&mut figure, side, [0.02, SHANK_M + 0.06], [0.0, 0.06], [0.15, 0.0]);
        let (sin, cos) = abduction_deg.to_radians().sin_cos();
        let elbow = (shoulders[1] - UPPER_ARM_M * cos, HALF_SHOULDERS_M + UPPER_ARM_M * sin);
        let wrist = if elbows_bent {
            (elbow.0 + FOREARM_M, elbow.1)
        } else {
            (elbow.0 - FOREARM_M * cos, elbow.1 + FOREARM_M * sin)
        };
        one(&mut figure, Landmark::LeftElbow, side, [0.0, elbow.0], elbow.1);
        for left in [Landmark::LeftWrist, Landmark::LeftPinky, Landmark::LeftIndex, Landmark::LeftThumb] {
            one(&mut figure, left, side, [0.0, wrist.0], wrist.1);
        }
    }
    figure
}

/// A standing figure on a chair: the trunk and arms as they are, thighs forward.
pub fn on_a_chair(standing: &Figure) -> Figure {
    let mut figure = *standing;
    let [lift, knee] = [SHANK_M + 0.06, SHANK_M + 0.04];
    for landmark in &mut figure {
        landmark[1] += lift - (THIGH_M + SHANK_M + 0.06);
    }
    for side in SIDES {
        leg(&mut figure, side, [THIGH_M, knee], [THIGH_M, 0.06], [THIGH_M + 0.15, 0.0]);
    }
    figure
}

/// The figure with both arms forward: elbow and wrist as seen from the shoulder (forward, up).
pub fn with_arms(figure: &Figure, elbow: [f64; 2], wrist: [f64; 2]) -> Figure {
    let mut changed = *figure;
    let [forward, up, _] = figure[Landmark::LeftShoulder.index()];
    for side in SIDES {
        arm(&mut changed, side, [forward + elbow[0], up + elbow[1]], [forward + wrist[0], up + wrist[1]]);
    }
    changed
}

/// The figure with one arm of another figure that has its shoulders at the same place.
pub fn with_arm_of(figure: &Figure, other: &Figure, side: Side) -> Figure {
    use Landmark as L;
    let mut changed = *figure;
    for left in [L::LeftElbow, L::LeftWrist, L::LeftPinky, L::LeftIndex, L::LeftThumb] {
        let i = if side == Side::Left { left.index() } else { left.mirror().index() };
        changed[i] = other[i];
    }
    changed
}

/// Between two figures: every landmark on the straight line.
pub fn between(a: &Figure, b: &Figure, share: f64) -> Figure {
    std::array::from_fn(|i| std::array::from_fn(|k| a[i][k] + (b[i][k] - a[i][k]) * share))
}
