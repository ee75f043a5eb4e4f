//! A set as it is to be followed: everything the file, a routine, a person and the command line ask for, resolved before the
//! set begins. Nothing alters it afterwards.

use super::def::{Condition, ExerciseDef, FaultDef, FaultPhase, Mode, Pattern, Reference, Watched};
use super::routine::{RoutineDef, Step};
use crate::base::skeleton::Side;
use crate::motion::signal::{Arguments, SignalDef, combinations};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What is known of the person's range before the set begins; in the rep signal's unit, from extreme to extreme where the
/// movement goes both ways.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum RangePrior {
    /// Nothing: it is learned.
    #[default]
    Nothing,
    /// A calibration has found the own range.
    Calibrated(f64),
    /// A routine asks for so much: it holds for everybody and for both sides.
    Asked(f64),
}

/// What a routine asks of a set beyond its targets.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prescription {
    /// Id of the routine.
    pub routine: String,
    /// Range from which a repetition counts, in the unit of the repetitions' range.
    pub least_range: Option<f64>,
    /// Range that is not to be exceeded.
    pub most_range: Option<f64>,
    /// What the routine tells the person.
    pub note: Option<String>,
}

/// So much farther beside the best view a movement may still be told by its likeness, degrees (proposal): at 20 degrees of yaw
/// what moves across the trunk still shows a third of its way.
const LOOSE_OFF_DEG: f64 = 25.0;

/// A set as it is to be followed.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct SetPlan {
    /// The exercise, with the targets, the side and the limits of this set.
    pub exercise: Arc<ExerciseDef>,
    /// What is known of the person's range.
    pub prior: RangePrior,
    /// The movement cannot be seen from here: the person times it, see `SetCommand`.
    pub is_self_timed: bool,
    /// What a routine asks for beyond targets.
    pub prescription: Option<Prescription>,
    /// The set-up is a loose one: nothing counts but what proves itself by being done alike several times.
    pub needs_proof: bool,
}

impl SetPlan {
    /// The exercise as its file says.
    pub fn of(exercise: impl Into<Arc<ExerciseDef>>) -> Self {
        Self {
            exercise: exercise.into(),
            prior: RangePrior::Nothing,
            is_self_timed: false,
            prescription: None,
            needs_proof: false,
        }
    }

    /// The exercise as a step of a routine asks for it: its target, its side, and the limits of its range.
    pub fn of_step(step: &Step) -> Self {
        let mut exercise = ExerciseDef::clone(&Arc::clone(&step.exercise).followed_on(step.only_side));
        exercise.target = step.target;
        if let Some(most) = step.most_range {
            limit_range(&mut exercise, most);
        }
        Self { prior: step.least_range.map_or(RangePrior::Nothing, RangePrior::Asked), ..Self::of(exercise) }
    }

    /// The same as part of a routine, which stands in the record.
    #[must_use]
    pub fn prescribed_by(self, routine: &RoutineDef, step: &Step) -> Self {
        let prescription = Prescription {
            routine: routine.id.clone(),
            least_range: step.least_range,
            most_range: step.most_range,
            note: step.note.clone(),
        };
        Self { prescription: Some(prescription), ..self }
    }

    /// Only `side` counts, where the exercise has a one-sided mode and none is chosen yet.
    #[must_use]
    pub fn on_side(self, side: Option<Side>) -> Self {
        Self { exercise: self.exercise.followed_on(side), ..self }
    }

    /// Another target of seconds than the file's, in an exercise that has one.
    #[must_use]
    pub fn holding_s(mut self, target_s: Option<f64>) -> Self {
        if let Some(target_s) = target_s.filter(|_| self.exercise.mode != Mode::Reps) {
            Arc::make_mut(&mut self.exercise).target.hold_s = target_s;
        }
        self
    }

    /// A calibration knows the own range; what a routine asks for stands over it.
    #[must_use]
    pub fn with_own_range(self, own_range: Option<f64>) -> Self {
        match (own_range, self.prior) {
            (Some(range), RangePrior::Nothing) => Self { prior: RangePrior::Calibrated(range), ..self },
            _ => self,
        }
    }

    /// The same set with a loose set-up: half turned, not quite in the posture, without a start condition that the exercise
    /// does not go on asking for. None where there are no repetitions that could be alike.
    #[must_use]
    pub fn loosened(&self) -> Option<Self> {
        if self.is_self_timed || self.exercise.mode == Mode::Duration {
            return None;
        }
        let mut exercise = ExerciseDef::clone(&self.exercise);
        exercise.posture = exercise.posture.loosened();
        exercise.max_off_deg += LOOSE_OFF_DEG;
        exercise.gate.retain(|rule| rule.keep);
        Some(Self { exercise: Arc::new(exercise), needs_proof: true, ..self.clone() })
    }

    /// The person times the set, since its movement cannot be seen.
    #[must_use]
    pub fn self_timed(self, is_self_timed: bool) -> Self {
        Self { is_self_timed, ..self }
    }
}

/// The cue of a fault, which says what to do about it; of what has none, or where the exercise is not known any more, the id in
/// words.
pub fn fault_words(id: &str, def: Option<&ExerciseDef>) -> String {
    let cue = def.and_then(|d| d.faults.iter().find(|f| f.id == id)).map(|f| f.cue.clone());
    let limit = (id == LIMIT_FAULT).then(|| LIMIT_CUE.to_owned());
    cue.or(limit).unwrap_or_else(|| id.replace('_', " "))
}

/// Id of the fault that a limit of the range adds.
pub const LIMIT_FAULT: &str = "past_limit";
/// What to say then.
const LIMIT_CUE: &str = "That is far enough";
/// How long the limit must be exceeded, seconds: longer than a landmark jitters.
const LIMIT_FOR_S: f64 = 0.2;

/// Adds the fault of going farther than `most` from the baseline; where the movement goes both ways it is reported at the end of each.
fn limit_range(def: &mut ExerciseDef, most: f64) {
    let only = def.only_side;
    let followed = def.count.channels.iter().filter(|c| only.is_none() || c.side.is_none() || c.side == only);
    let signals: Vec<usize> = followed.map(|c| c.signal).collect();
    let (signal, reference, for_s) = match (def.count.pattern, signals.as_slice()) {
        (Pattern::Rise, [one]) => (Watched::Signal(*one), Reference::Baseline, LIMIT_FOR_S),
        (Pattern::Rise, [first, ..]) => {
            let unit = def.signals[*first].unit;
            let arguments = Arguments { parts: signals.clone(), ..Arguments::default() };
            let name = LIMIT_FAULT.to_owned();
            def.signals.push(SignalDef { name, kind: &combinations::MAX, arguments, unit });
            (Watched::Signal(def.signals.len() - 1), Reference::Baseline, LIMIT_FOR_S)
        }
        _ => (Watched::Range, Reference::Absolute, 0.0),
    };
    def.faults.push(FaultDef {
        id: LIMIT_FAULT.to_owned(),
        cue: LIMIT_CUE.to_owned(),
        severity: 3,
        phase: FaultPhase::Rep,
        all: vec![Condition { signal, reference, above: Some(most), below: None, beyond: None, is_mirrored: false }],
        unlike_own: Vec::new(),
        instead_of: Vec::new(),
        for_s,
        advisory: false,
        decoy_only: false,
    });
}
