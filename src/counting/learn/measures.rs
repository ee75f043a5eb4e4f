//! What can be measured on a body, as lines of an exercise file.

/// One measure: its line in the file, what it is for people, what it needs.
#[derive(Clone, Debug)]
pub(super) struct Measure {
    pub(super) name: String,
    /// The signal's kind with its keys.
    pub(super) kind: String,
    /// For people: "angle of the near elbow".
    pub(super) words: String,
    /// Points without which it says nothing.
    pub(super) points: Vec<String>,
    /// How much less it is liked than a plain angle, in units of the score. Angles and directions grow evenly with a
    /// movement; heights and distances do not.
    pub(super) cost: f64,
    /// Whether it is a direction or angle of the lines between its points, which says little when they look short.
    pub(super) is_of_lines: bool,
    /// Whether it is an angle without sign of a joint that can pass straight.
    pub(super) may_fold: bool,
    /// Whether its level means anything, not only its change.
    pub(super) has_level: bool,
}

impl Measure {
    fn new(name: &str, kind: String, words: &str, points: &[&str], cost: f64) -> Self {
        Self {
            name: name.to_owned(),
            kind,
            words: words.to_owned(),
            points: points.iter().map(|p| (*p).to_owned()).collect(),
            cost,
            is_of_lines: false,
            may_fold: false,
            has_level: true,
        }
    }

    fn angle(name: &str, [a, at, c]: [&str; 3], words: &str, cost: f64) -> Self {
        let kind = format!("angle = {{ a = {a:?}, at = {at:?}, c = {c:?} }}");
        let passes_straight = at.ends_with("shoulder") || at.ends_with("hip");
        Self { is_of_lines: true, may_fold: passes_straight, ..Self::new(name, kind, words, &[a, at, c], cost) }
    }

    fn front_angle(name: &str, [a, at, c]: [&str; 3], words: &str, cost: f64) -> Self {
        let kind = format!("front_angle = {{ a = {a:?}, at = {at:?}, c = {c:?} }}");
        Self { is_of_lines: true, ..Self::new(name, kind, words, &[a, at, c], cost) }
    }

    /// A direction: `elevation`, `lean_back`, `behind_trunk`.
    fn line(name: &str, kind: &str, [from, to]: [&str; 2], words: &str, cost: f64) -> Self {
        let kind = format!("{kind} = {{ from = {from:?}, to = {to:?} }}");
        Self { is_of_lines: true, ..Self::new(name, kind, words, &[from, to], cost) }
    }

    fn height(name: &str, [of, above]: [&str; 2], words: &str, cost: f64) -> Self {
        Self::new(name, format!("height = {{ of = {of:?}, above = {above:?} }}"), words, &[of, above], cost)
    }

    fn distance(name: &str, [a, b]: [&str; 2], words: &str, cost: f64) -> Self {
        Self::new(name, format!("distance = {{ a = {a:?}, b = {b:?} }}"), words, &[a, b], cost)
    }

    /// A place against the trunk: `along`, `in_front`.
    fn place(name: &str, kind: &str, [of, from]: [&str; 2], words: &str, cost: f64) -> Self {
        Self::new(name, format!("{kind} = {{ of = {of:?}, from = {from:?} }}"), words, &[of, from], cost)
    }

    /// A place in the picture: `rise`, `across`.
    fn in_picture(name: &str, kind: &str, of: &str, words: &str) -> Self {
        Self { has_level: false, ..Self::new(name, format!("{kind} = {{ of = {of:?} }}"), words, &[of], 0.9) }
    }
}

/// Measures of an arm and a leg: of the near, left or right side.
pub(super) fn of_limbs(side: &str) -> Vec<Measure> {
    let names = ["shoulder", "elbow", "wrist", "hip", "knee", "ankle", "heel", "foot_index"];
    let points = names.map(|part| format!("{side}_{part}"));
    let [shoulder, elbow, wrist, hip, knee, ankle, heel, toes] = points.each_ref().map(String::as_str);
    let name = |what: &str| format!("{what}_{side}");
    let words = |what: &str| what.replace("{}", side);
    let angle = |n: &str, p, w: &str, cost| Measure::angle(&name(n), p, &words(w), cost);
    let slope = |n: &str, p, w: &str, cost| Measure::line(&name(n), "elevation", p, &words(w), cost);
    let height = |n: &str, p, w: &str| Measure::height(&name(n), p, &words(w), 0.4);
    let distance = |n: &str, p, w: &str| Measure::distance(&name(n), p, &words(w), 0.5);
    vec![
        angle("elbow", [shoulder, elbow, wrist], "angle of the {} elbow", 0.1),
        angle("upper_arm", [hip, shoulder, elbow], "angle of the {} upper arm with the trunk", 0.0),
        angle("arm", [hip, shoulder, wrist], "angle of the {} arm with the trunk", 0.15),
        angle("hip", [shoulder, hip, knee], "angle of the {} hip", 0.0),
        angle("knee", [hip, knee, ankle], "angle of the {} knee", 0.0),
        slope("arm_slope", [shoulder, wrist], "slope of the {} arm", 0.2),
        slope("upper_arm_slope", [shoulder, elbow], "slope of the {} upper arm", 0.1),
        slope("forearm_slope", [elbow, wrist], "slope of the {} forearm", 0.3),
        slope("thigh_slope", [hip, knee], "slope of the {} thigh", 0.1),
        slope("leg_slope", [hip, ankle], "slope of the {} leg", 0.1),
        slope("shank_slope", [knee, ankle], "slope of the {} lower leg", 0.1),
        height("hand_height", [wrist, shoulder], "height of the {} hand over the shoulder"),
        height("hand_over_elbow", [wrist, elbow], "height of the {} hand over the elbow"),
        height("elbow_height", [elbow, shoulder], "height of the {} elbow over the shoulder"),
        height("hip_height", [hip, ankle], "height of the {} hip over the ankle"),
        height("heel", [heel, toes], "height of the {} heel over the toes"),
        distance("hand_reach", [wrist, shoulder], "distance of the {} hand from the shoulder"),
        distance("hand_to_hip", [wrist, hip], "distance of the {} hand from the hip"),
        distance("foot_reach", [ankle, hip], "distance of the {} foot from the hip"),
    ]
}

/// Measures that need a view which shows a side.
pub(super) fn from_a_side() -> Vec<Measure> {
    let (shoulder, elbow, wrist, hip, ear) = ("near_shoulder", "near_elbow", "near_wrist", "near_hip", "near_ear");
    let trunk = ["mid_hip", "mid_shoulder"];
    vec![
        Measure::line(
            "arm_back",
            "behind_trunk",
            [shoulder, elbow],
            "turn of the near upper arm behind the trunk",
            0.1,
        ),
        Measure::front_angle(
            "hip_through_front",
            [shoulder, hip, "near_knee"],
            "angle of the near hip through the front",
            0.1,
        ),
        Measure::front_angle("neck", [ear, shoulder, hip], "angle of the neck", 0.3),
        Measure::line("lean_back", "lean_back", trunk, "lean of the trunk to the back", 0.05),
        Measure::place("hand_along", "along", [wrist, shoulder], "place of the near hand along the trunk", 0.4),
        Measure::place("elbow_front", "in_front", [elbow, shoulder], "place of the near elbow before the trunk", 0.4),
        Measure::place("ear_front", "in_front", [ear, shoulder], "place of the near ear before the shoulder", 0.5),
        Measure::new("back", "back_curve = {}".to_owned(), "bulge of the back's outline", &trunk, 0.2),
    ]
}

/// Measures of the whole body, seen from anywhere.
pub(super) fn of_the_body() -> Vec<Measure> {
    let shoulders = ["mid_shoulder"];
    let tilt = "tilt = { line = \"shoulder\" }".to_owned();
    vec![
        Measure::line("trunk", "elevation", ["mid_hip", "mid_shoulder"], "slope of the trunk", 0.0),
        Measure::height("hips_over_feet", ["mid_hip", "mid_ankle"], "height of the hips over the feet", 0.4),
        Measure::height("hips_over_knees", ["mid_hip", "mid_knee"], "height of the hips over the knees", 0.4),
        Measure::distance("hands_apart", ["left_wrist", "right_wrist"], "distance between the hands", 0.4),
        Measure::distance("elbows_apart", ["left_elbow", "right_elbow"], "distance between the elbows", 0.4),
        Measure::distance("feet_apart", ["left_ankle", "right_ankle"], "distance between the feet", 0.4),
        Measure::distance("knees_apart", ["left_knee", "right_knee"], "distance between the knees", 0.4),
        Measure::in_picture("shoulders_rise", "rise", "mid_shoulder", "height of the shoulders in the picture"),
        Measure::in_picture("hips_rise", "rise", "mid_hip", "height of the hips in the picture"),
        Measure::in_picture("head_rise", "rise", "nose", "height of the head in the picture"),
        Measure::in_picture("hips_across", "across", "mid_hip", "place of the hips across the picture"),
        Measure::new("shoulder_tilt", tilt, "tilt of the shoulders", &shoulders, 0.4),
    ]
}

/// The turn of the shoulders: to the person's left positive.
pub(super) fn turn() -> Measure {
    Measure::new("shoulder_turn", "shoulder_yaw = {}".to_owned(), "turn of the shoulders", &["mid_shoulder"], 0.1)
}
