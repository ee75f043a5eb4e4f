//! The synthetic person in every exercise of the program: how far the movement has gone, and what is wrong with it.

use super::doll::{Arm, Doll};
use super::skeleton::{Act, TRUNK_M, ahead};
use formcheck::base::skeleton::Side;

/// What can be wrong with a body, each with an amount; metres or degrees as named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    ArmLowShare,
    ArmsOffWallM,
    BackHollowM,
    BodyBentDeg,
    ChestUpDeg,
    ElbowsBentM,
    ElbowsInDeg,
    FeetAwayM,
    FeetUpDeg,
    ForearmUpDeg,
    HandsAwayM,
    HandsForwardM,
    HeadBackDeg,
    HeadForwardM,
    HeadTurnDeg,
    HeelsUpM,
    HipsBackM,
    HipsForwardM,
    HipsUpM,
    KneeDeg,
    LeanBackDeg,
    LeanForwardDeg,
    OneArmShortDeg,
    OneHandShortDeg,
    PelvisTurnDeg,
    LegHighShare,
    LegLowShare,
    ShoulderTiltDeg,
    ShoulderSlideM,
    ShrugM,
}

/// The flaws of a moment, each with its amount.
#[derive(Clone, Copy, Debug)]
pub struct Flaws<'a> {
    pub list: &'a [(Flaw, f64)],
    /// How much of them is there now, 0 to 1.
    pub weight: f64,
}

impl Flaws<'_> {
    pub const NONE: Self = Self { list: &[], weight: 0.0 };

    fn of(&self, flaw: Flaw) -> f64 {
        self.list.iter().filter(|(f, _)| *f == flaw).map(|(_, amount)| amount * self.weight).sum()
    }

    /// Whether all that is wrong can be shown by `known`.
    fn only(&self, known: &[Flaw]) -> bool {
        self.list.iter().all(|(f, _)| known.contains(f))
    }
}

type Build = fn(f64, Act, &Flaws<'_>) -> Doll;

/// Every exercise with its figure and the flaws that the figure knows.
const BODIES: [(&str, Build, &[Flaw]); 16] = {
    use Flaw as F;
    [
        ("band_row", band_row, &[F::ChestUpDeg, F::KneeDeg, F::HeadBackDeg, F::ShrugM, F::ForearmUpDeg]),
        ("band_row_seated", band_row_seated, &[F::ChestUpDeg, F::HeadBackDeg, F::ShrugM]),
        ("biceps_curl", biceps_curl, &[F::OneHandShortDeg]),
        ("bird_dog", bird_dog, &[F::ArmLowShare, F::LegLowShare, F::LegHighShare, F::BackHollowM, F::HeadBackDeg]),
        ("bridge", bridge, &[F::ChestUpDeg, F::BackHollowM, F::FeetAwayM, F::HeelsUpM, F::ShoulderSlideM]),
        ("cat_camel", cat_camel, &[F::HipsBackM, F::ElbowsBentM, F::HandsForwardM, F::HeadBackDeg]),
        ("cat_camel_seated", cat_camel_seated, &[F::LeanBackDeg, F::LeanForwardDeg]),
        ("cobra", cobra, &[F::HipsUpM, F::FeetUpDeg, F::ShrugM, F::HeadBackDeg]),
        ("foam_roll", foam_roll, &[F::HeadBackDeg]),
        ("push_up", push_up, &[F::BodyBentDeg]),
        ("seated_twist", seated_twist, &[F::PelvisTurnDeg, F::ShoulderTiltDeg, F::LeanForwardDeg, F::HeadTurnDeg]),
        (
            "shoulder_blade_squeeze",
            shoulder_blade_squeeze,
            &[F::ShrugM, F::LeanBackDeg, F::HeadForwardM, F::OneArmShortDeg],
        ),
        ("squat", squat, &[]),
        ("thoracic_extension", thoracic_extension, &[F::HandsAwayM, F::HeadBackDeg, F::HipsForwardM]),
        ("wall_angels", wall_angels, &[F::OneArmShortDeg, F::ElbowsInDeg, F::ArmsOffWallM]),
        ("wall_angels_seated", wall_angels_seated, &[F::OneArmShortDeg, F::ElbowsInDeg, F::ArmsOffWallM]),
    ]
};

/// The body in an exercise; the error says what is missing in the table above.
pub fn body(exercise: &str, share: f64, act: Act, flaws: &Flaws<'_>) -> Result<Doll, String> {
    let Some((_, build, known)) = BODIES.iter().find(|(id, ..)| *id == exercise) else {
        return Err(format!("no figure for {exercise}"));
    };
    if flaws.only(known) {
        Ok(build(share, act, flaws))
    } else {
        Err(format!("the figure of {exercise} has not {:?}", flaws.list))
    }
}

/// Lying face down, the chest lifted by 36 degrees.
fn cobra(share: f64, _: Act, f: &Flaws<'_>) -> Doll {
    let hips_up_m = f.of(Flaw::HipsUpM);
    let mut doll = Doll::new([0.0, 0.1 + hips_up_m], 36.0 * share);
    doll.neck_m -= f.of(Flaw::ShrugM);
    doll.head_back_deg = 10.0 * share + f.of(Flaw::HeadBackDeg);
    doll.both_reach([0.45, 0.02], 1.0);
    // Farther than the legs are long: they are straight.
    doll.both_tread([-0.9, 0.06], -1.0);
    for leg in &mut doll.legs {
        leg.shank_deg -= f.of(Flaw::FeetUpDeg);
        leg.foot_deg = 190.0;
    }
    doll
}

/// On hands and knees, hips and shoulders over them.
fn kneeling(hips_back_m: f64, trunk_deg: f64) -> Doll {
    let up_m = 0.02 + (0.42_f64 * 0.42 - hips_back_m * hips_back_m).sqrt();
    let mut doll = Doll::new([-hips_back_m, up_m], trunk_deg);
    doll.both_tread([-0.42, 0.04], -1.0);
    for leg in &mut doll.legs {
        leg.thigh_deg = (0.02 - up_m).atan2(hips_back_m).to_degrees();
        leg.shank_deg = 177.0;
        leg.foot_deg = 180.0;
    }
    doll
}

fn bird_dog(share: f64, act: Act, f: &Flaws<'_>) -> Doll {
    let mut doll = kneeling(0.0, 8.0);
    let share_of = |i: usize, raised: Side| if (i == 0) == (raised == Side::Left) { share } else { 0.0 };
    let (arm_side, leg_side) = match act {
        Act::Both => (None, None),
        Act::Diagonal(side) => (Some(side), Some(side.mirror())),
        Act::SameSide(side) => (Some(side), Some(side)),
    };
    for i in 0..2 {
        let arm = arm_side.map_or(0.0, |s| share_of(i, s)) * (1.0 - f.of(Flaw::ArmLowShare));
        let leg = leg_side.map_or(0.0, |s| share_of(i, s));
        let leg = leg * (1.0 + f.of(Flaw::LegHighShare) - f.of(Flaw::LegLowShare));
        let arm_deg = -90.0 * (1.0 - arm);
        doll.arms[i] = Arm { upper_deg: arm_deg, fore_deg: arm_deg, ..Arm::default() };
        if leg > 0.0 {
            let reach_m = 0.84 * (0.707 + 0.292 * leg.min(1.0));
            let ankle = ahead(doll.hips, 225.0 - 45.0 * leg, reach_m);
            doll.tread(i, ankle, -1.0);
        }
    }
    doll.back_m = -f.of(Flaw::BackHollowM);
    doll.head_back_deg = f.of(Flaw::HeadBackDeg);
    doll
}

/// Rounded at 1, hollow at -1.
fn cat_camel(share: f64, _: Act, f: &Flaws<'_>) -> Doll {
    let mut doll = kneeling(f.of(Flaw::HipsBackM), 11.0 - f.of(Flaw::ElbowsBentM) / TRUNK_M * 57.3);
    doll.both_reach([0.49 + f.of(Flaw::HandsForwardM), 0.02], 1.0);
    doll.back_m = 0.04 * share;
    doll.head_back_deg = -60.0 * share.max(0.0) + 30.0 * (-share).max(0.0) + f.of(Flaw::HeadBackDeg);
    doll
}

/// Lying on the back, the shoulders staying in their place.
fn bridge(share: f64, _: Act, f: &Flaws<'_>) -> Doll {
    let shoulders = [-0.5 - f.of(Flaw::ShoulderSlideM), 0.08];
    let trunk_deg = 180.0 + 30.0 * share + f.of(Flaw::ChestUpDeg);
    let mut doll = Doll::new(ahead(shoulders, trunk_deg, -TRUNK_M), trunk_deg);
    let heel_up_m = f.of(Flaw::HeelsUpM);
    doll.both_reach([shoulders[0] + 0.51, 0.03], -1.0);
    doll.both_tread([0.33 + f.of(Flaw::FeetAwayM), 0.06], -1.0);
    doll.both_feet(0.0);
    doll.legs.iter_mut().for_each(|l| l.heel_up_m = heel_up_m);
    doll.head_back_deg = -30.0 * share;
    doll.back_m = -f.of(Flaw::BackHollowM);
    doll
}

/// Lying on a roller, 0.1 m along it at 1.
fn foam_roll(share: f64, _: Act, f: &Flaws<'_>) -> Doll {
    let mut doll = Doll::new([-0.05 + 0.1 * share, 0.15], 180.0);
    let hand = ahead(doll.shoulders(), -30.0, 0.42);
    doll.both_reach(hand, -1.0);
    doll.both_tread([0.55, 0.06], -1.0);
    doll.both_feet(0.0);
    doll.head_back_deg = f.of(Flaw::HeadBackDeg);
    doll
}

/// On hands and toes, down at 1; the body bent at the hips, upwards by a positive amount.
fn push_up(share: f64, _: Act, f: &Flaws<'_>) -> Doll {
    let shoulders = [0.0, 0.53 - 0.3 * share];
    let bent_deg = f.of(Flaw::BodyBentDeg);
    let legs_m = 0.835_f64;
    // Two bones, trunk and legs, with a known angle between them; the feet come nearer when they bend.
    let straight = TRUNK_M * TRUNK_M + legs_m * legs_m + 2.0 * TRUNK_M * legs_m * bent_deg.to_radians().cos();
    let ankles_up_m = 0.1;
    let fall_m: f64 = shoulders[1] - ankles_up_m;
    let ankles = [-(straight - fall_m * fall_m).sqrt(), ankles_up_m];
    let line_deg = fall_m.atan2(-ankles[0]).to_degrees();
    let at_shoulders_deg =
        (legs_m * bent_deg.to_radians().sin()).atan2(TRUNK_M + legs_m * bent_deg.to_radians().cos()).to_degrees();
    let trunk_deg = line_deg - at_shoulders_deg;
    let mut doll = Doll::new(ahead(shoulders, trunk_deg, -TRUNK_M), trunk_deg);
    doll.both_reach([0.05, 0.02], 1.0);
    doll.both_tread(ankles, -1.0);
    doll.both_feet(-80.0);
    doll
}

/// Sitting with the knees forward.
fn sitting(hips_forward_m: f64, trunk_deg: f64) -> Doll {
    let mut doll = Doll::new([hips_forward_m, 0.5], trunk_deg);
    for leg in &mut doll.legs {
        (leg.thigh_deg, leg.shank_deg, leg.foot_deg) = (0.0, -90.0, 0.0);
    }
    doll
}

fn thoracic_extension(share: f64, _: Act, f: &Flaws<'_>) -> Doll {
    let mut doll = sitting(f.of(Flaw::HipsForwardM), 90.0 + 20.0 * share);
    doll.head_back_deg = f.of(Flaw::HeadBackDeg);
    let head_deg = doll.trunk_deg + doll.head_back_deg;
    let hands = ahead(doll.ears(), head_deg + 90.0, 0.1);
    doll.both_reach(ahead(hands, head_deg - 90.0, f.of(Flaw::HandsAwayM)), 1.0);
    doll
}

/// To the side of the diagonal's arm.
fn seated_twist(share: f64, act: Act, f: &Flaws<'_>) -> Doll {
    let sign = if act == Act::Diagonal(Side::Right) { -1.0 } else { 1.0 };
    let mut doll = sitting(0.0, 90.0 - f.of(Flaw::LeanForwardDeg));
    // The chest goes with the pelvis in part.
    doll.chest_turn_deg = (45.0 * share + 0.5 * f.of(Flaw::PelvisTurnDeg)) * sign;
    doll.pelvis_turn_deg = (4.0 * share + f.of(Flaw::PelvisTurnDeg)) * sign;
    doll.shoulder_tilt_deg = f.of(Flaw::ShoulderTiltDeg);
    doll.head_turn_deg = (20.0 * share + f.of(Flaw::HeadTurnDeg)) * sign;
    for arm in &mut doll.arms {
        (arm.upper_deg, arm.fore_deg) = (-75.0, -30.0);
    }
    doll
}

/// Standing on straight feet, the hips over them as the knees' angle has it.
fn on_feet(knee_deg: f64, hips_back_m: f64, trunk_deg: f64) -> Doll {
    let leg_m = 0.84 * (knee_deg.to_radians() / 2.0).sin();
    let up_m = (leg_m * leg_m - hips_back_m * hips_back_m).sqrt();
    let mut doll = Doll::new([-hips_back_m, 0.06 + up_m], trunk_deg);
    doll.both_tread([0.0, 0.06], -1.0);
    doll.both_feet(0.0);
    doll
}

/// Leaning forward by 45 degrees, a band in front of the feet pulled to the waist.
fn band_row(share: f64, _: Act, f: &Flaws<'_>) -> Doll {
    let mut doll = on_feet(155.0 + f.of(Flaw::KneeDeg), 0.1, 45.0 + f.of(Flaw::ChestUpDeg));
    doll.shoulders_up_m = f.of(Flaw::ShrugM);
    doll.head_back_deg = f.of(Flaw::HeadBackDeg);
    for arm in &mut doll.arms {
        arm.upper_deg = -35.0 - 115.0 * share;
        arm.fore_deg = -35.0 - 35.0 * share + f.of(Flaw::ForearmUpDeg);
    }
    doll
}

/// Sitting tall, legs long, the band around the feet.
fn band_row_seated(share: f64, _: Act, f: &Flaws<'_>) -> Doll {
    let mut doll = sitting(0.0, 90.0 + f.of(Flaw::ChestUpDeg));
    doll.shoulders_up_m = f.of(Flaw::ShrugM);
    doll.head_back_deg = f.of(Flaw::HeadBackDeg);
    for leg in &mut doll.legs {
        (leg.thigh_deg, leg.shank_deg, leg.foot_deg) = (-15.0, -50.0, 20.0);
    }
    for arm in &mut doll.arms {
        arm.upper_deg = -35.0 - 75.0 * share;
        arm.fore_deg = -30.0 + 20.0 * share;
    }
    doll
}

/// Sitting with the hands on the thighs, rounded at 1, hollow at -1.
fn cat_camel_seated(share: f64, _: Act, f: &Flaws<'_>) -> Doll {
    let mut doll = sitting(0.0, 90.0 - 4.0 * share + f.of(Flaw::LeanBackDeg) - f.of(Flaw::LeanForwardDeg));
    doll.both_reach([0.28, 0.58], 1.0);
    doll.back_m = 0.04 * share;
    doll.head_back_deg = -5.0 - 60.0 * share.max(0.0) + 30.0 * (-share).max(0.0);
    doll
}

/// Hanging arms curled; the right one less.
fn biceps_curl(share: f64, _: Act, f: &Flaws<'_>) -> Doll {
    let mut doll = on_feet(178.0, 0.0, 90.0);
    for arm in &mut doll.arms {
        (arm.upper_deg, arm.fore_deg) = (-90.0, -80.0 + 140.0 * share);
    }
    doll.arms[1].fore_deg -= f.of(Flaw::OneHandShortDeg);
    doll
}

fn squat(share: f64, _: Act, _: &Flaws<'_>) -> Doll {
    let hips_over_m: f64 = 0.838 - 0.24 * share;
    let knee_deg = 2.0 * (hips_over_m / 0.84).asin().to_degrees();
    let mut doll = on_feet(knee_deg, 0.02 + 0.1 * share, 88.0 - 30.0 * share);
    for arm in &mut doll.arms {
        (arm.upper_deg, arm.fore_deg) = (-85.0 + 80.0 * share, -80.0 + 75.0 * share);
    }
    doll
}

/// Elbows bent at the sides and drawn back; the right one less.
fn shoulder_blade_squeeze(share: f64, _: Act, f: &Flaws<'_>) -> Doll {
    let mut doll = on_feet(176.0, 0.0, 90.0 + f.of(Flaw::LeanBackDeg));
    doll.shoulders_back_m = 0.02 * share;
    doll.shoulders_up_m = f.of(Flaw::ShrugM);
    doll.head_forward_m = f.of(Flaw::HeadForwardM);
    for arm in &mut doll.arms {
        (arm.upper_deg, arm.fore_deg) = (doll.trunk_deg - 180.0 - 38.0 * share, -10.0);
    }
    doll.arms[1].upper_deg += f.of(Flaw::OneArmShortDeg);
    doll
}

/// Upper arms 70 to 160 degrees from the trunk, the right one less.
fn wall_angels(share: f64, _: Act, f: &Flaws<'_>) -> Doll {
    angel(on_feet(176.0, 0.0, 90.0), share, f)
}

fn wall_angels_seated(share: f64, _: Act, f: &Flaws<'_>) -> Doll {
    angel(sitting(0.0, 90.0), share, f)
}

/// The arms of an angel on a body.
fn angel(mut doll: Doll, share: f64, f: &Flaws<'_>) -> Doll {
    for (i, arm) in doll.arms.iter_mut().enumerate() {
        let short_deg = if i == 1 { f.of(Flaw::OneArmShortDeg) } else { 0.0 };
        (arm.upper_deg, arm.fore_deg) = (-90.0, 90.0);
        arm.upper_out_deg = 70.0 + 90.0 * share - short_deg;
        arm.fore_out_deg = 10.0 * (1.0 - share) - f.of(Flaw::ElbowsInDeg) + 0.6 * short_deg;
        arm.hand_forward_m = f.of(Flaw::ArmsOffWallM);
    }
    doll
}
