//! Ways to see a movement: measures alone, of either or both sides, of left and right in turn, with either sign.

use super::measures::{self, Measure};
use super::segment::Segment;
use crate::exercise::ExerciseDef;
use crate::motion::track::View;

/// What a signal costs that is the mean, or the larger or smaller, of left and right, in units of the score.
const MEAN_COST: f64 = 0.05;
const EXTREME_COST: f64 = 0.3;
/// To follow left and right in turn tells more than either.
const IN_TURN_COST: f64 = -0.1;
/// What it costs to follow the near side when another recording may be from the front.
const NEAR_FROM_OBLIQUE_COST: f64 = 0.3;
/// What it costs to follow one side only: another person may use the other.
const ONE_SIDE_COST: f64 = 0.7;

/// A signal line of an exercise file.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    pub(super) name: String,
    /// What stands behind the `=`.
    pub(super) body: String,
}

/// A way to see the movement: one signal, or one for each side.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    /// Lines it needs, in order of use; the channels are among them.
    pub(super) lines: Vec<Line>,
    /// Names of the signals that rise with the movement: one, or left and right.
    pub(super) channels: Vec<String>,
    /// What it is, for people: "angle of the near elbow".
    pub(super) words: String,
    /// Points without which it says nothing.
    pub(super) required: Vec<String>,
    /// Lines between points that must not look short, as pairs of points.
    pub(super) bones: Vec<[String; 2]>,
    /// How much less it is liked than a plain angle, in units of the score.
    pub(super) cost: f64,
    /// As in [`Measure`].
    pub(super) may_fold: bool,
    pub(super) has_level: bool,
}

impl Candidate {
    fn of(m: &Measure) -> Self {
        let bones = m.points.windows(2).filter(|_| m.is_of_lines);
        Self {
            lines: vec![Line { name: m.name.clone(), body: format!("{{ {} }}", m.kind) }],
            channels: vec![m.name.clone()],
            words: m.words.clone(),
            required: m.points.clone(),
            bones: bones.map(|pair| [pair[0].clone(), pair[1].clone()]).collect(),
            cost: m.cost,
            may_fold: m.may_fold,
            has_level: m.has_level,
        }
    }

    /// The same with the opposite sign; its channels are further lines.
    fn negated(&self) -> Self {
        let mut other = Self { words: format!("minus the {}", self.words), ..self.clone() };
        for channel in &mut other.channels {
            let name = format!("{channel}_less");
            other.lines.push(Line { name: name.clone(), body: format!("{{ negative = {channel:?} }}") });
            *channel = name;
        }
        other
    }

    fn with_negated(self) -> [Self; 2] {
        let negated = self.negated();
        [self, negated]
    }

    /// Left and right as one signal: `how` is a combination of the format.
    fn joined(sides: &[Self; 2], how: &str, which: &str, more: f64) -> Self {
        let [left, right] = sides;
        let base = left.channels.concat().replace("_left", "");
        let name = format!("{base}_{which}");
        let body = format!("{{ {how} = [{:?}, {:?}] }}", left.channels.concat(), right.channels.concat());
        let words = format!("{}, {which}", left.words.replacen("left", "left and right", 1));
        let mut both = Self::both(sides, &words, more);
        both.lines.push(Line { name: name.clone(), body });
        both.channels = vec![name];
        both
    }

    /// Left and right as two signals.
    fn both(sides: &[Self; 2], words: &str, more: f64) -> Self {
        let [left, right] = sides.each_ref().map(Clone::clone);
        let torso = ["mid_shoulder", "mid_hip"];
        Self {
            lines: left.lines.into_iter().chain(right.lines).collect(),
            channels: left.channels.into_iter().chain(right.channels).collect(),
            words: words.to_owned(),
            required: torso.map(str::to_owned).to_vec(),
            bones: left.bones.into_iter().chain(right.bones).collect(),
            cost: left.cost + more,
            ..left
        }
    }
}

/// All candidates that a scene allows.
pub(super) fn all(scene: &Segment) -> Vec<Candidate> {
    let mut found = Vec::new();
    let mut add = |c: Candidate| found.extend(c.with_negated());
    if scene.shows_a_side() {
        let more = if scene.view == View::Side { 0.0 } else { NEAR_FROM_OBLIQUE_COST };
        let near = measures::of_limbs("near").into_iter().chain(measures::from_a_side());
        near.map(|m| Candidate::of(&m)).for_each(|c| add(Candidate { cost: c.cost + more, ..c }));
    }
    measures::of_the_body().iter().for_each(|m| add(Candidate::of(m)));
    let turn = Candidate::of(&measures::turn());
    add(turn.clone());
    let mut in_turn = vec![turn_to_either_side(&turn)];
    for (left, right) in measures::of_limbs("left").iter().zip(&measures::of_limbs("right")) {
        let sides = [Candidate::of(left), Candidate::of(right)];
        add(Candidate::joined(&sides, "mean_known", "mean", MEAN_COST));
        add(Candidate::joined(&sides, "max", "larger", EXTREME_COST));
        add(Candidate::joined(&sides, "min", "smaller", EXTREME_COST));
        let words = left.words.replacen("left", "left or right", 1);
        in_turn.push(Candidate::both(&sides, &words, IN_TURN_COST));
        in_turn.push(Candidate::both(&sides.each_ref().map(Candidate::negated), &words, IN_TURN_COST));
        sides.into_iter().for_each(|one| add(Candidate { cost: one.cost + ONE_SIDE_COST, ..one }));
    }
    found.extend(in_turn);
    found
}

/// A turn to the person's left, and with the opposite sign to the right.
fn turn_to_either_side(left: &Candidate) -> Candidate {
    let right = left.negated();
    Candidate {
        words: format!("{} to the left or right", left.words),
        channels: left.channels.iter().cloned().chain(right.channels.clone()).collect(),
        cost: left.cost + IN_TURN_COST,
        ..right
    }
}

/// One exercise with the signals of all candidates, to evaluate them at once; `None` would be a mistake in the tables.
pub(super) fn as_exercise(candidates: &[Candidate]) -> Option<ExerciseDef> {
    let mut lines: Vec<&Line> = Vec::new();
    for line in candidates.iter().flat_map(|c| &c.lines) {
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    let signals: Vec<String> = lines.iter().map(|l| format!("{} = {}", l.name, l.body)).collect();
    let first = candidates.first()?.channels.first()?;
    let text = format!(
        "schema = 1\nid = \"all\"\ntitle = \"all\"\nsummary = \"all\"\nsetup = \"all\"\nview = \"front\"\n\
         posture = \"upright\"\nmode = \"reps\"\ntarget_reps = 1\n[signals]\n{}\n\
         [count]\nsignal = {first:?}\nmin_range = 1\nsource = \"none\"\n",
        signals.join("\n")
    );
    ExerciseDef::parse("candidates", &text).inspect_err(|report| tracing::error!("{}", report.render())).ok()
}
