//! The one list of landmarks: 33 BlazePose points, their names, their side and their mirror.

use serde::{Deserialize, Serialize};

/// Typical trunk length in metres, mid-shoulder to mid-hip: what brings world metres to trunk lengths, and pixels to metres.
pub const TRUNK_M: f64 = 0.5;

/// A side of the body, always the person's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The person's left.
    Left,
    /// The person's right.
    Right,
}

impl Side {
    /// The other side.
    pub const fn mirror(self) -> Self {
        match self {
            Self::Left => Self::Right,
            Self::Right => Self::Left,
        }
    }

    /// "left" or "right".
    pub const fn name(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Right => "right",
        }
    }
}

macro_rules! landmarks {
    ($($variant:ident $name:literal $side:expr;)*) => {
        /// A body landmark, in the order of the pose model's output.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(usize)]
        pub enum Landmark { $(#[doc = $name] $variant),* }

        impl Landmark {
            /// All landmarks in model order.
            pub const ALL: [Self; LANDMARK_COUNT] = [$(Self::$variant),*];

            /// Name as used in exercise files, e.g. `left_shoulder`.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }

            /// The person's own side, `None` for the nose.
            pub const fn side(self) -> Option<Side> {
                match self { $(Self::$variant => $side),* }
            }
        }
    };
}

/// Number of landmarks that describe the body (the model has six more for its own use).
pub const LANDMARK_COUNT: usize = 33;

const L: Option<Side> = Some(Side::Left);
const R: Option<Side> = Some(Side::Right);

landmarks! {
    Nose "nose" None;
    LeftEyeInner "left_eye_inner" L; LeftEye "left_eye" L; LeftEyeOuter "left_eye_outer" L;
    RightEyeInner "right_eye_inner" R; RightEye "right_eye" R; RightEyeOuter "right_eye_outer" R;
    LeftEar "left_ear" L; RightEar "right_ear" R;
    MouthLeft "mouth_left" L; MouthRight "mouth_right" R;
    LeftShoulder "left_shoulder" L; RightShoulder "right_shoulder" R;
    LeftElbow "left_elbow" L; RightElbow "right_elbow" R;
    LeftWrist "left_wrist" L; RightWrist "right_wrist" R;
    LeftPinky "left_pinky" L; RightPinky "right_pinky" R;
    LeftIndex "left_index" L; RightIndex "right_index" R;
    LeftThumb "left_thumb" L; RightThumb "right_thumb" R;
    LeftHip "left_hip" L; RightHip "right_hip" R;
    LeftKnee "left_knee" L; RightKnee "right_knee" R;
    LeftAnkle "left_ankle" L; RightAnkle "right_ankle" R;
    LeftHeel "left_heel" L; RightHeel "right_heel" R;
    LeftFootIndex "left_foot_index" L; RightFootIndex "right_foot_index" R;
}

impl Landmark {
    /// Position in model output order.
    pub const fn index(self) -> usize {
        self as usize
    }

    /// The landmark at the same place on the other side of the body; the nose is its own mirror.
    pub fn mirror(self) -> Self {
        let i = self.index();
        match self.side() {
            None => self,
            Some(_) if (1..=6).contains(&i) => Self::ALL[if i <= 3 { i + 3 } else { i - 3 }],
            Some(Side::Left) => Self::ALL[i + 1],
            Some(Side::Right) => Self::ALL[i - 1],
        }
    }

    /// The landmark called `name`, if there is one.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|l| l.name() == name)
    }
}

/// Joints that a drawn skeleton connects, as pairs of landmarks.
pub const BONES: [(Landmark, Landmark); 20] = {
    use Landmark as B;
    [
        (B::LeftShoulder, B::RightShoulder),
        (B::LeftShoulder, B::LeftElbow),
        (B::LeftElbow, B::LeftWrist),
        (B::RightShoulder, B::RightElbow),
        (B::RightElbow, B::RightWrist),
        (B::LeftShoulder, B::LeftHip),
        (B::RightShoulder, B::RightHip),
        (B::LeftHip, B::RightHip),
        (B::LeftHip, B::LeftKnee),
        (B::LeftKnee, B::LeftAnkle),
        (B::RightHip, B::RightKnee),
        (B::RightKnee, B::RightAnkle),
        (B::LeftAnkle, B::LeftHeel),
        (B::RightAnkle, B::RightHeel),
        (B::LeftHeel, B::LeftFootIndex),
        (B::RightHeel, B::RightFootIndex),
        (B::Nose, B::LeftEar),
        (B::Nose, B::RightEar),
        (B::LeftWrist, B::LeftIndex),
        (B::RightWrist, B::RightIndex),
    ]
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mirror_is_its_own_inverse_changes_sides_and_agrees_with_the_names() {
        let swap = |name: &str| {
            if name.contains("left") { name.replace("left", "right") } else { name.replace("right", "left") }
        };
        let wrong: Vec<_> = Landmark::ALL
            .into_iter()
            .filter(|l| {
                l.mirror().mirror() != *l
                    || l.mirror().name() != swap(l.name())
                    || l.side().map(Side::mirror) != l.mirror().side()
            })
            .collect();
        assert!(wrong.is_empty(), "wrong: {wrong:?}");
        assert_eq!(Landmark::ALL.len(), 33);
        assert_eq!(Landmark::from_name("left_shoulder").map(Landmark::index), Some(11));
        assert_eq!(Landmark::from_name("left_foot_index").map(Landmark::index), Some(31));
    }
}
