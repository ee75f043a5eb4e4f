//! The coach where things do not go straight: pauses in pauses, questions, a picture that comes and goes, sets by ear.

use crate::common::coach_sim::{Sim, pose, rep};
use formcheck::base::geom::Point;
use formcheck::base::language::Language;
use formcheck::base::skeleton::Landmark;
use formcheck::base::time::Timestamp;
use formcheck::coach::manner::Manner;
use formcheck::coach::programme::Programme;
use formcheck::coach::sentence::{EndReason, PART_GAP_S, Sentence, Tone, Wait};
use formcheck::coach::{Order, State};
use formcheck::counting::engine::EventKind;
use formcheck::counting::phase::Phase;
use formcheck::counting::record::RepSide;
use formcheck::exercise::plan::SetPlan;
use formcheck::exercise::routine::catalogue;
use formcheck::exercise::{ExerciseDef, routine};
use formcheck::motion::track::TrackedPose;
use formcheck::motion::track::pose::TrackedPoint;
use formcheck::sound::clips::Clips;
use formcheck::sound::tones;

fn routine_of(steps: &str) -> Programme {
    let text = format!("schema = 1\nid = \"t\"\ntitle = \"Trial\"\nsummary = \"x\"\nsource = \"x\"\n{steps}");
    let def = routine::check::routine("t.toml", &text, &catalogue::known_exercises()).unwrap();
    Programme::of_routine(&def, &[]).unwrap()
}

/// Wall angels (2), then bird dog (2 a side), with a rest of half a minute.
fn two() -> Sim {
    let steps = "[[step]]\nexercise = \"wall_angels\"\nreps = 2\nrest_after_s = 30\n\
        [[step]]\nexercise = \"bird_dog\"\nreps = 2\n";
    Sim::new(routine_of(steps), Manner::default())
}

fn alone(id: &str) -> Sim {
    Sim::new(Programme::of_plan(SetPlan::of(ExerciseDef::load(id).unwrap())), Manner::default())
}

fn in_rest() -> Sim {
    let mut sim = two();
    sim.take_position();
    sim.do_one(None);
    sim.do_one(None);
    assert!(matches!(sim.coach.state(), State::Rest(_)));
    sim
}

fn makes_sense(sim: &Sim) {
    assert!(sim.nonsense.is_empty(), "{:#?}", sim.nonsense);
}

/// Somebody whose trunk is upright, or lies; `None`: it is not seen.
fn trunk(at_s: f64, is_up: Option<bool>) -> TrackedPose {
    let mut pose = pose(Timestamp::from_secs(at_s), true);
    if let Some(is_up) = is_up {
        let shoulder = if is_up { Point::new(300.0, 200.0) } else { Point::new(200.0, 300.0) };
        for (landmark, pos) in [
            (Landmark::LeftHip, Point::new(300.0, 300.0)),
            (Landmark::RightHip, Point::new(300.0, 300.0)),
            (Landmark::LeftShoulder, shoulder),
            (Landmark::RightShoulder, shoulder),
        ] {
            pose.points[landmark.index()] = Some(TrackedPoint { pos, trusted: true });
        }
    }
    pose
}

fn for_so_long(sim: &mut Sim, seconds: f64, is_up: Option<bool>) {
    for _ in 0..(seconds / 0.1).round() as u32 {
        let pose = trunk(sim.at_s + 0.1, is_up);
        sim.frame_of(&pose, Vec::new());
    }
}

#[test]
fn what_is_asked_in_a_pause_of_a_rest_concerns_the_rest() {
    let mut hurts = in_rest();
    hurts.order(Order::PauseOrGoOn);
    hurts.order(Order::Hurts);
    assert!(matches!(hurts.coach.state(), State::Rest(rest) if rest.until.is_none()), "{:?}", hurts.coach.state());
    assert_eq!(hurts.coach.outcomes().len(), 1, "nothing is noted of the exercise that comes next");
    assert_eq!(hurts.coach.set(), 1);

    let mut end = in_rest();
    end.order(Order::PauseOrGoOn);
    end.order(Order::EndSet);
    assert!(matches!(end.coach.state(), State::Rest(_)), "{:?}", end.coach.state());
    assert_eq!((end.coach.outcomes().len(), end.coach.set()), (1, 1));

    let mut go = in_rest();
    go.order(Order::PauseOrGoOn);
    go.order(Order::GoNow);
    assert!(matches!(go.coach.state(), State::SetUp(_)), "{:?}", go.coach.state());
    for sim in [hurts, end, go] {
        makes_sense(&sim);
    }
}

#[test]
fn leaving_out_in_a_warm_up_leaves_out_the_warm_up() {
    let mut sim = Sim::warmed_up(routine_of("[[step]]\nexercise = \"wall_angels\"\nreps = 2\n"), Manner::default());
    sim.wait(5.0, true);
    sim.order(Order::Skip);
    assert!(matches!(sim.coach.state(), State::SetUp(_)), "{:?}", sim.coach.state());
    assert_eq!((sim.coach.set(), sim.coach.outcomes().len()), (0, 0));
    makes_sense(&sim);
}

#[test]
fn a_pause_in_the_countdown_begins_it_again() {
    for why in [None, Some(Wait::NoPicture)] {
        let mut sim = two();
        sim.wait(15.0, true);
        sim.phase(Phase::Ready);
        sim.wait(1.2, true);
        assert!(matches!(sim.coach.state(), State::Ready(_)));
        if let Some(why) = why {
            sim.no_picture(5.0, why);
        } else {
            sim.order(Order::PauseOrGoOn);
            sim.wait(3.0, true);
            sim.order(Order::PauseOrGoOn);
        }
        let back_s = sim.at_s;
        sim.phase(Phase::Setup);
        sim.wait(1.0, true);
        assert!(!sim.said_since(back_s).contains(&"Go."), "{why:?}: {:?}", sim.said_since(back_s));
        assert!(matches!(sim.coach.state(), State::SetUp(_)), "{why:?}: {:?}", sim.coach.state());
        sim.phase(Phase::Ready);
        sim.wait(4.0, true);
        let said: Vec<&str> =
            sim.said_since(back_s).into_iter().filter(|text| *text != "The picture is back.").collect();
        assert_eq!(said, ["Three.", "Two.", "One.", "Go."], "{why:?}");
        makes_sense(&sim);
    }
}

#[test]
fn a_picture_that_is_gone_is_said_wherever_the_session_is() {
    let mut rest = in_rest();
    let from_s = rest.at_s;
    rest.no_picture(4.0, Wait::Black);
    assert_eq!(rest.said_since(from_s + 0.05), ["The picture is black. I wait."]);
    rest.frame(true, Vec::new());
    assert_eq!(rest.said.last().unwrap().1, "The picture is back.");
    assert!(matches!(rest.coach.state(), State::Rest(_)));
    rest.wait(26.5, true);
    assert!(matches!(rest.coach.state(), State::SetUp(_)), "time without a picture is rest, too");

    let mut asked = two();
    asked.take_position();
    asked.do_one(None);
    asked.order(Order::PauseOrGoOn);
    let from_s = asked.at_s;
    asked.no_picture(5.0, Wait::NoPicture);
    assert_eq!(asked.said_since(from_s + 0.05), ["The picture is gone. I wait."]);
    asked.order(Order::PauseOrGoOn);
    assert!(matches!(asked.coach.state(), State::Paused(_)), "without a picture nothing goes on");
    asked.wait(1.5, true);
    assert_eq!(asked.said.last().unwrap().1, "The picture is back.");
    assert!(matches!(asked.coach.state(), State::Paused(_)), "the pause that was asked for goes on");
    asked.order(Order::PauseOrGoOn);
    assert_eq!(asked.said.last().unwrap().1, "Welcome back. One done.");
    for sim in [rest, asked] {
        makes_sense(&sim);
    }
}

#[test]
fn nobody_is_told_that_the_picture_is_back_while_it_is_gone_and_a_flickering_one_has_to_stay() {
    let mut sim = two();
    sim.take_position();
    sim.no_picture(3.0, Wait::NoPicture);
    let from_s = sim.at_s;
    sim.order(Order::PauseOrGoOn);
    assert_eq!(sim.said_since(from_s), ["The picture is gone. I wait."]);
    assert!(matches!(sim.coach.state(), State::Paused(_)));
    sim.frame(true, Vec::new());
    assert!(matches!(sim.coach.state(), State::Set(_)));
    let flicker_s = sim.at_s;
    for _ in 0..30 {
        sim.no_picture(2.0, Wait::NoPicture);
        sim.wait(1.0, true);
    }
    assert_eq!(sim.said_since(flicker_s + 0.05), ["The picture is gone. I wait."], "not over and over");
    sim.wait(3.5, true);
    assert!(matches!(sim.coach.state(), State::Set(_)));
    makes_sense(&sim);
}

#[test]
fn what_was_announced_is_told_again_after_a_pause_in_set_up() {
    let mut sim = two();
    sim.wait(20.0, true);
    sim.order(Order::PauseOrGoOn);
    sim.wait(15.0, true);
    sim.order(Order::PauseOrGoOn);
    assert_eq!(
        sim.said.last().unwrap().1,
        "First: Wall angels. Twice. Stand. Face the camera.".replace("Twice", "Two times")
    );
    makes_sense(&sim);
}

#[test]
fn a_question_stands_only_where_it_can_be_answered() {
    let mut sim = two();
    sim.take_position();
    sim.looks_like("bird_dog");
    assert_eq!(sim.coach.offer().map(|offer| offer.exercise.as_str()), Some("bird_dog"));
    // Whoever counts after all, is left alone.
    sim.do_one(None);
    assert!(sim.coach.offer().is_none());
    sim.do_one(None);
    assert!(matches!(sim.coach.state(), State::Rest(_)));
    assert!(sim.coach.offer().is_none(), "not in the rest");

    let mut taken = two();
    taken.wait(16.0, true);
    taken.looks_like("bird_dog");
    taken.order(Order::TakeOffer);
    assert_eq!(taken.coach.planned().map(|set| set.exercise().id.as_str()), Some("bird_dog"));
    assert!(taken.said.last().unwrap().1.starts_with("First: Bird dog."), "{:?}", taken.said.last());
    for sim in [sim, taken] {
        makes_sense(&sim);
    }
}

#[test]
fn whoever_sits_up_to_answer_has_not_got_up() {
    let steps = "[[step]]\nexercise = \"cat_camel\"\nreps = 2\n[[step]]\nexercise = \"bird_dog\"\nreps = 2\n";
    let mut asked = Sim::new(routine_of(steps), Manner::default());
    asked.take_position();
    asked.looks_like("bird_dog");
    for_so_long(&mut asked, 5.0, Some(true));
    assert!(matches!(asked.coach.state(), State::Set(_)), "{:?}", asked.coach.state());

    let mut up = Sim::new(routine_of(steps), Manner::default());
    up.take_position();
    for_so_long(&mut up, 2.5, Some(true));
    assert!(matches!(up.coach.state(), State::Paused(paused) if paused.why == Wait::GotUp));
    for_so_long(&mut up, 3.0, None);
    assert!(matches!(up.coach.state(), State::Paused(_)), "not seen is not yet down again");
    for_so_long(&mut up, 1.2, Some(false));
    assert!(matches!(up.coach.state(), State::Set(_)));
    for sim in [asked, up] {
        makes_sense(&sim);
    }
}

#[test]
fn a_set_by_ear_names_sides_is_not_stopped_by_a_bad_picture_and_the_next_one_begins_sooner() {
    let steps = "[[step]]\nexercise = \"bird_dog\"\nreps = 2\nsets = 2\nrest_s = 20\n";
    let mut sim = Sim::new(routine_of(steps), Manner::default());
    sim.wait(121.0, true);
    let from_s = sim.at_s - 1.5;
    // Lost for ten seconds, seen for one: no witness of anything.
    for _ in 0..20 {
        if !sim.is_self_timed || sim.set.is_none() {
            break;
        }
        sim.wait(10.0, false);
        sim.wait(1.0, true);
    }
    let said = sim.said_since(from_s);
    let hold = ["Hold.", "Three.", "Two.", "One."];
    let first = ["I cannot see this from here. Do it by yourself, I keep the time. Now the left side."];
    let expected: Vec<&str> = [
        &first[..],
        &hold,
        &["One."],
        &hold,
        &["Two.", "Now the right side."],
        &hold,
        &["Three. Last one."],
        &hold,
        &["Four.", "Well done. Rest. Twenty seconds. Next: Bird dog. Go on hands and knees."],
    ]
    .concat();
    assert_eq!(said, expected);
    assert_eq!(sim.coach.outcomes()[0].reason, EndReason::ByEar);
    // The second set: half a minute is enough.
    sim.wait(21.0, true);
    assert!(matches!(sim.coach.state(), State::SetUp(_)), "{:?}", sim.coach.state());
    sim.wait(31.0, true);
    assert!(sim.is_self_timed && matches!(sim.coach.state(), State::Set(_)), "{:?}", sim.coach.state());
    makes_sense(&sim);
}

#[test]
fn what_goes_by_time_goes_by_ear_as_well() {
    let steps = "[[step]]\nexercise = \"foam_roll\"\nhold_s = 60\n";
    let mut sim = Sim::new(routine_of(steps), Manner::default());
    sim.wait(121.0, true);
    assert!(sim.is_self_timed);
    let from_s = sim.at_s;
    sim.wait(80.0, true);
    let said = sim.said_since(from_s);
    assert_eq!(said[..4], ["Go.", "Three.", "Two.", "One."], "{said:?}");
    assert!(said[4].starts_with("Well done."), "{said:?}");
    assert_eq!(sim.coach.outcomes()[0].reason, EndReason::ByEar);
    makes_sense(&sim);
}

#[test]
fn a_pause_by_ear_takes_nothing_for_done() {
    let mut sim = alone("cobra");
    sim.wait(121.0, true);
    sim.wait(10.0, true);
    let done = sim.set.as_ref().unwrap().totals.total;
    sim.order(Order::PauseOrGoOn);
    sim.wait(60.0, true);
    sim.order(Order::PauseOrGoOn);
    assert_eq!(sim.set.as_ref().unwrap().totals.total, done);
    let from_s = sim.at_s;
    sim.wait(4.5, true);
    assert_eq!(sim.said_since(from_s + 0.05), ["Hold."], "the hold is begun again");
    makes_sense(&sim);
}

#[test]
fn what_is_known_to_be_out_of_sight_goes_by_ear_at_once() {
    let plan = SetPlan::of(ExerciseDef::load("wall_angels").unwrap()).self_timed(true);
    let mut sim = Sim::new(Programme::of_plan(plan), Manner::default());
    sim.wait(15.0, true);
    assert!(sim.is_self_timed && matches!(sim.coach.state(), State::Set(_)), "{:?}", sim.coach.state());
    makes_sense(&sim);
}

#[test]
fn what_goes_by_time_is_corrected_like_anything_else() {
    let mut sim = alone("foam_roll");
    sim.take_position();
    let pass = |sim: &mut Sim, kinds: Vec<EventKind>| {
        if let Some(set) = &mut sim.set {
            set.totals.total += 1;
        }
        sim.frame(true, kinds);
        sim.wait(5.0, true);
    };
    for _ in 0..3 {
        pass(&mut sim, vec![EventKind::Pass(Box::new(rep(1, None, true, None)))]);
    }
    let from_s = sim.at_s;
    let cue = EventKind::Cue { text: "Hips up".to_owned(), fault: Some("hips_down".to_owned()) };
    sim.frame(true, vec![cue]);
    sim.wait(3.0, true);
    assert_eq!(sim.said_since(from_s + 0.05), ["Hips up."]);
    makes_sense(&sim);
}

#[test]
fn the_other_side_is_named_even_where_there_is_one_of_each() {
    let mut sim = Sim::new(routine_of("[[step]]\nexercise = \"seated_twist\"\nreps = 1\n"), Manner::default());
    sim.take_position();
    sim.do_one(Some(RepSide::Left));
    assert_eq!(sim.said.last().unwrap().1, "Now the right side.");
    makes_sense(&sim);
}

#[test]
fn more_rest_is_called_again_at_its_end() {
    let mut sim = in_rest();
    sim.wait(22.0, true);
    assert_eq!(sim.said.last().unwrap().1, "Ten seconds. Next: Bird dog.");
    sim.order(Order::MoreRest);
    let from_s = sim.at_s;
    sim.wait(30.0, true);
    assert_eq!(sim.said_since(from_s + 0.05), ["Ten seconds. Next: Bird dog."]);
    makes_sense(&sim);
}

/// What the clips of a sentence last, with what goes between them, seconds.
fn lasts_s(clips: &mut Clips, sentence: &Sentence) -> f64 {
    let parts = sentence.parts();
    let clip = |part: &String| clips.get(part).unwrap().unwrap_or_else(|| panic!("no clip of {part}")).seconds();
    let gaps_s = PART_GAP_S * (parts.len() - 1) as f64;
    parts.iter().map(clip).sum::<f64>() + gaps_s
}

#[test]
fn who_is_in_position_at_once_hears_the_announcement_to_its_end() {
    let mut clips = Clips::of(Language::English).unwrap();
    // The chime before the words.
    let chime_s = tones::render(Tone::Chime).seconds() + Manner::default().lead_s;
    let mut wrong = Vec::new();
    for def in formcheck::exercise::catalogue::load_all().unwrap() {
        let id = def.id.clone();
        let mut sim = alone(&id);
        let said_s = chime_s + lasts_s(&mut clips, &sim.sentences[0]);
        sim.phase(Phase::Ready);
        sim.wait(25.0, true);
        let three_s = sim.said.iter().find(|(_, text)| text == "Three.").map(|(at_s, _)| *at_s);
        if !three_s.is_some_and(|at_s| (said_s..said_s + 2.5).contains(&at_s)) {
            wrong.push(format!("{id}: announced until {said_s:.1} s, three at {three_s:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
