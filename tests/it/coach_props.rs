//! Properties of the coach under any sequence of operations: it never hangs, never asks for nonsense, never counts outside a
//! set, and every session ends saved.

use crate::common::coach_sim::{Sim, rep};
use crate::common::proptests::cases;
use formcheck::coach::manner::{HowMuch, Manner};
use formcheck::coach::programme::Programme;
use formcheck::coach::sentence::Wait;
use formcheck::coach::{Order, State};
use formcheck::counting::engine::EventKind;
use formcheck::counting::gate::Obstacle;
use formcheck::counting::phase::Phase;
use formcheck::counting::record::RepSide;
use formcheck::exercise::routine::catalogue;
use proptest::prelude::*;

/// What may happen.
#[derive(Clone, Debug)]
enum Op {
    Wait(f64),
    Away(f64),
    NoPicture(f64, Wait),
    Phase(Phase),
    Count(Option<RepSide>),
    Reject(&'static str),
    Advice(Option<&'static str>),
    Hold(f64),
    Order(Order),
    LooksLike(&'static str),
    Others,
}

fn op() -> impl Strategy<Value = Op> {
    let side = prop_oneof![Just(None), Just(Some(RepSide::Left)), Just(Some(RepSide::Right))];
    let phase = prop_oneof![
        Just(Phase::Setup),
        Just(Phase::Ready),
        Just(Phase::Moving),
        Just(Phase::Target),
        Just(Phase::Returning)
    ];
    let why = prop_oneof![Just(Wait::NoPicture), Just(Wait::Black), Just(Wait::Still)];
    let reason = prop_oneof![Just("9 degrees short"), Just("held 2.0 of 5 s"), Just("another movement")];
    let order = prop_oneof![
        3 => Just(Order::PauseOrGoOn),
        1 => Just(Order::Hurts),
        2 => Just(Order::EndSet),
        2 => Just(Order::Skip),
        2 => Just(Order::GoNow),
        2 => Just(Order::MoreRest),
        2 => Just(Order::Again),
        1 => Just(Order::EndSession),
        1 => Just(Order::Close),
        2 => Just(Order::TakeOffer),
        1 => Just(Order::Correct(1)),
        1 => Just(Order::Correct(-1)),
        1 => Just(Order::Answer),
    ];
    prop_oneof![
        4 => (0.1..40.0).prop_map(Op::Wait),
        1 => (0.1..200.0).prop_map(Op::Away),
        1 => (0.5..200.0, why).prop_map(|(s, why)| Op::NoPicture(s, why)),
        4 => phase.prop_map(Op::Phase),
        6 => side.prop_map(Op::Count),
        1 => reason.prop_map(Op::Reject),
        1 => prop_oneof![Just(None), Just(Some("Face the camera")), Just(Some("Sit down first"))].prop_map(Op::Advice),
        1 => (0.0..30.0).prop_map(Op::Hold),
        2 => order.prop_map(Op::Order),
        1 => prop_oneof![Just("cobra"), Just("bridge"), Just("bird_dog"), Just("none")].prop_map(Op::LooksLike),
        1 => Just(Op::Others),
    ]
}

fn act(sim: &mut Sim, op: &Op) {
    match op {
        Op::Wait(seconds) => sim.wait(*seconds, true),
        Op::Away(seconds) => sim.wait(*seconds, false),
        Op::NoPicture(seconds, why) => sim.no_picture(*seconds, *why),
        Op::Phase(phase) => sim.phase(*phase),
        Op::Count(side) => sim.frame(true, vec![EventKind::RepCounted(Box::new(rep(1, *side, true, None)))]),
        Op::Reject(reason) => {
            sim.frame(true, vec![EventKind::RepRejected(Box::new(rep(1, None, false, Some(reason))))]);
        }
        Op::Advice(text) => {
            if let Some(set) = &mut sim.set {
                set.obstacle = text.map(|text| Obstacle::Start(Some(text.to_owned())));
            }
        }
        Op::Hold(seconds) => {
            if let Some(set) = &mut sim.set {
                set.hold = Some((*seconds, 10.0));
            }
        }
        Op::Order(order) => sim.order(*order),
        Op::LooksLike(exercise) => sim.looks_like(exercise),
        Op::Others => sim.others(),
    }
}

proptest! {
    #![proptest_config(cases(150, 400))]

    #[test]
    fn any_session_makes_sense_and_ends_saved(
        routine in 0_usize..5,
        has_gesture in any::<bool>(),
        has_warm_up in any::<bool>(),
        how_much in prop_oneof![Just(HowMuch::All), Just(HowMuch::Counts), Just(HowMuch::Transitions), Just(HowMuch::Tones)],
        ops in prop::collection::vec(op(), 1..60),
    ) {
        let routines = catalogue::load_all().unwrap();
        let programme = Programme::of_routine(&routines[routine % routines.len()], &[]).unwrap();
        let sets = programme.sets.len();
        let manner = Manner { has_gesture, how_much, ..Manner::default() };
        let mut sim = if has_warm_up { Sim::warmed_up(programme, manner) } else { Sim::new(programme, manner) };
        for op in &ops {
            act(&mut sim, op);
            prop_assert!(sim.nonsense.is_empty(), "{:?} after {op:?}", sim.nonsense);
            let is_begun = matches!(sim.coach.state(), State::Set(_) | State::Ready(_) | State::SetUp(_));
            prop_assert!(!is_begun || sim.set.is_some(), "in {:?} without a set", sim.coach.state());
            prop_assert!(sim.coach.set() <= sets);
        }
        // Everybody goes home.
        sim.no_picture(300.0, Wait::NoPicture);
        sim.wait(3600.0, false);
        prop_assert_eq!((sim.ended_sessions, sim.closed), (1, 1), "{:?}", sim.coach.state());
        prop_assert!(sim.set.is_none(), "a set is open");
        prop_assert!(sim.nonsense.is_empty(), "{:?}", sim.nonsense);
    }

    #[test]
    fn the_same_session_has_the_same_words(ops in prop::collection::vec(op(), 1..40)) {
        let run = || {
            let routines = catalogue::load_all().unwrap();
            let programme = Programme::of_routine(&routines[0], &[]).unwrap();
            let mut sim = Sim::new(programme, Manner::default());
            ops.iter().for_each(|op| act(&mut sim, op));
            (sim.said, sim.tones)
        };
        prop_assert_eq!(run(), run());
    }
}
