//! A coach with somebody before it: a simulated engine reports what the test wants, and what the coach asks for is carried out
//! and written down.

use formcheck::base::time::Timestamp;
use formcheck::coach::manner::Manner;
use formcheck::coach::programme::Programme;
use formcheck::coach::sentence::{Sentence, Tone, Wait};
use formcheck::coach::{Coach, Effect, Input, Order, Standing};
use formcheck::counting::engine::{Event, EventKind};
use formcheck::counting::phase::Phase;
use formcheck::counting::record::{Rep, RepSide, Summary};
use formcheck::counting::runner::SetCommand;
use formcheck::motion::track::TrackedPose;
use formcheck::vision::frame::Size;

/// Frames come so far apart, seconds.
pub const FRAME_S: f64 = 0.1;

/// A pose in which somebody is found, or nobody; no landmark is placed.
pub fn pose(at: Timestamp, found: bool) -> TrackedPose {
    TrackedPose {
        at,
        size: Size::new(640, 480),
        found,
        points: [None; 33],
        world: [None; 33],
        yaw_deg: None,
        near: None,
        trunk_px: None,
        outline: None,
    }
}

/// A repetition.
pub fn rep(index: u32, side: Option<RepSide>, counted: bool, reason: Option<&str>) -> Rep {
    Rep {
        id: index,
        index,
        start_s: 0.0,
        peak_s: 0.0,
        end_s: 0.0,
        side,
        counted,
        reason: reason.map(str::to_owned),
        hold_s: None,
        range: 30.0,
        range_unit: "deg".to_owned(),
        score: counted.then_some(100),
        faults: Vec::new(),
        remarks: Vec::new(),
    }
}

/// The coach and its surroundings.
pub struct Sim {
    pub coach: Coach,
    pub at_s: f64,
    /// The running set, if one is begun.
    pub set: Option<Standing>,
    pub is_set_paused: bool,
    pub is_self_timed: bool,
    /// Sets that were begun, in order.
    pub begun: Vec<usize>,
    pub ended_sets: u32,
    pub ended_sessions: u32,
    /// By so many counts were corrected in all.
    pub corrected: i32,
    /// Times that the summary was closed.
    pub closed: u32,
    /// What was said, and when.
    pub said: Vec<(f64, String)>,
    pub sentences: Vec<Sentence>,
    pub tones: Vec<Tone>,
    /// What the coach asked for that makes no sense.
    pub nonsense: Vec<String>,
}

impl Sim {
    pub fn new(programme: Programme, manner: Manner) -> Self {
        Self::begin(programme, manner, false)
    }

    /// The same with a warm-up before.
    pub fn warmed_up(programme: Programme, manner: Manner) -> Self {
        Self::begin(programme, manner, true)
    }

    fn begin(programme: Programme, manner: Manner, has_warm_up: bool) -> Self {
        let (coach, effects) = Coach::begin(programme, manner, Timestamp(0), has_warm_up);
        let mut sim = Self {
            coach,
            at_s: 0.0,
            set: None,
            is_set_paused: false,
            is_self_timed: false,
            begun: Vec::new(),
            ended_sets: 0,
            ended_sessions: 0,
            corrected: 0,
            closed: 0,
            said: Vec::new(),
            sentences: Vec::new(),
            tones: Vec::new(),
            nonsense: Vec::new(),
        };
        sim.carry_out(effects);
        sim
    }

    fn at(&self) -> Timestamp {
        Timestamp::from_secs(self.at_s)
    }

    fn carry_out(&mut self, effects: Vec<Effect>) {
        let mut ahead = std::collections::VecDeque::from(effects);
        let mut here: Vec<String> = Vec::new();
        while let Some(effect) = ahead.pop_front() {
            if self.closed > 0 || (self.ended_sessions > 0 && !matches!(effect, Effect::Close | Effect::Correct(_))) {
                self.nonsense.push(format!("after the session: {effect:?}"));
            }
            match effect {
                Effect::Say(sentence) => {
                    let text = sentence.parts().join(" ");
                    if here.contains(&text) {
                        self.nonsense.push(format!("said twice: {text}"));
                    }
                    if matches!(sentence, Sentence::Count { .. }) && self.set.is_none() {
                        self.nonsense.push(format!("counted outside a set: {text}"));
                    }
                    here.push(text.clone());
                    self.said.push((self.at_s, text));
                    self.sentences.push(sentence);
                }
                Effect::Tone(tone) => self.tones.push(tone),
                Effect::BeginSet { set, is_self_timed } => {
                    self.set = Some(Standing::default());
                    self.is_set_paused = false;
                    self.is_self_timed = is_self_timed;
                    self.begun.push(set);
                }
                Effect::Set(command) => self.command(command),
                Effect::EndSet(_) => {
                    let Some(standing) = self.set.take() else {
                        self.nonsense.push("ended a set that was not begun".to_owned());
                        continue;
                    };
                    self.ended_sets += 1;
                    let mut summary = Summary::empty("cobra", "full", "camera");
                    summary.reps = standing.totals;
                    let at = self.at();
                    ahead.extend(self.coach.step(&Input::Ended { at, summary: &summary }));
                }
                Effect::Correct(by) => self.corrected += by,
                Effect::DropSet => {
                    if self.set.take().is_none() {
                        self.nonsense.push("dropped a set that was not begun".to_owned());
                    }
                }
                Effect::EndSession => {
                    if self.set.is_some() {
                        self.nonsense.push("the session ended in a set".to_owned());
                    }
                    self.ended_sessions += 1;
                }
                Effect::Close => self.closed += 1,
            }
        }
    }

    fn command(&mut self, command: SetCommand) {
        let makes_sense = match command {
            SetCommand::Pause(_) => self.set.is_some() && !self.is_set_paused,
            SetCommand::Resume => self.set.is_some() && self.is_set_paused,
            SetCommand::HoldBegins | SetCommand::HoldEnds => self.set.is_some() && self.is_self_timed,
            _ => false,
        };
        if !makes_sense {
            self.nonsense.push(format!("{command:?} at {:.1} s", self.at_s));
        }
        match command {
            SetCommand::Pause(_) => {
                self.is_set_paused = true;
                // A pause closes the gate.
                if let Some(set) = self.set.as_mut().filter(|_| !self.is_self_timed) {
                    set.phase = Phase::Setup;
                }
            }
            SetCommand::Resume => self.is_set_paused = false,
            SetCommand::HoldEnds => {
                if let Some(set) = &mut self.set {
                    set.totals.total += 1;
                }
            }
            _ => (),
        }
    }

    /// A frame with what the engine makes of it.
    pub fn frame(&mut self, found: bool, kinds: Vec<EventKind>) {
        self.frame_of(&pose(Timestamp::from_secs(self.at_s + FRAME_S), found), kinds);
    }

    /// The same of a pose; its time is that of the frame.
    pub fn frame_of(&mut self, pose: &TrackedPose, kinds: Vec<EventKind>) {
        self.at_s = pose.at.secs();
        let at = self.at();
        let events: Vec<Event> =
            if self.is_set_paused { Vec::new() } else { kinds.into_iter().map(|kind| Event { at, kind }).collect() };
        if let Some(set) = self.set.as_mut() {
            for event in &events {
                match &event.kind {
                    EventKind::Phase(phase) => set.phase = *phase,
                    EventKind::RepCounted(rep) => {
                        set.totals.total += 1;
                        match rep.side {
                            Some(RepSide::Left) => set.totals.left += 1,
                            Some(RepSide::Right) => set.totals.right += 1,
                            _ => (),
                        }
                    }
                    EventKind::RepRejected(_) => set.totals.rejected += 1,
                    _ => (),
                }
            }
        }
        let standing = self.set.clone();
        let events = if standing.is_some() { events } else { Vec::new() };
        let effects = self.coach.step(&Input::Frame { pose, events: &events, standing: standing.as_ref() });
        self.carry_out(effects);
    }

    /// Frames for so long, with nothing happening in them.
    pub fn wait(&mut self, seconds: f64, found: bool) {
        for _ in 0..(seconds / FRAME_S).round() as u32 {
            self.frame(found, Vec::new());
        }
    }

    /// The running set is in another phase.
    pub fn phase(&mut self, phase: Phase) {
        self.frame(true, vec![EventKind::Phase(phase)]);
    }

    /// One repetition, of four seconds.
    pub fn do_one(&mut self, side: Option<RepSide>) {
        self.phase(Phase::Moving);
        self.wait(3.8, true);
        let index = self.set.as_ref().map_or(1, |set| set.totals.total + set.totals.rejected + 1);
        let counted = EventKind::RepCounted(Box::new(rep(index, side, true, None)));
        self.frame(true, vec![counted, EventKind::Phase(Phase::Ready)]);
    }

    /// The person takes the position and stays in it until the set has begun.
    pub fn take_position(&mut self) {
        self.wait(15.0, true);
        self.phase(Phase::Ready);
        self.wait(4.0, true);
    }

    /// Time without a picture.
    pub fn no_picture(&mut self, seconds: f64, why: Wait) {
        for _ in 0..(seconds / 0.5).round() as u32 {
            self.at_s += 0.5;
            let at = self.at();
            let effects = self.coach.step(&Input::NoPicture { at, why });
            self.carry_out(effects);
        }
    }

    /// What is done looks like another exercise.
    pub fn looks_like(&mut self, exercise: &str) {
        let at = self.at();
        let effects = self.coach.step(&Input::LooksLike { at, exercise });
        self.carry_out(effects);
    }

    /// Somebody else is in the picture.
    pub fn others(&mut self) {
        let at = self.at();
        let effects = self.coach.step(&Input::Others { at });
        self.carry_out(effects);
    }

    pub fn order(&mut self, order: Order) {
        let at = self.at();
        let effects = self.coach.step(&Input::Order { at, order });
        self.carry_out(effects);
    }

    /// What was said since a moment.
    pub fn said_since(&self, from_s: f64) -> Vec<&str> {
        self.said.iter().filter(|(at_s, _)| *at_s >= from_s).map(|(_, text)| text.as_str()).collect()
    }
}
