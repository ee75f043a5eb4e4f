//! The routine files: what the checker says to each kind of mistake, what holds for those of the program, estimated times.

use formcheck::base::skeleton::Side;
use formcheck::exercise::diagnostics::Code;
use formcheck::exercise::plan::SetPlan;
use formcheck::exercise::routine::check::{self, Known};
use formcheck::exercise::routine::{RoutineDef, catalogue};
use std::collections::BTreeSet;
use std::path::Path;

/// A valid routine; each case breaks one line of it.
const VALID: &str = r#"schema = 1
id = "mine"
title = "Mine"
summary = "What I do"
note = "A chair and a mat"
source = "proposal"

[[step]]
exercise = "wall_angels"
sets = 2
reps = 8
rest_s = 20
rest_after_s = 40
sides = "left"
note = "Slowly"

[[step]]
exercise = "cobra"
hold_s = 8

[[step]]
exercise = "foam_roll"
"#;

/// One mistake: its code, the text that becomes another, and all that the checker says.
struct Case {
    code: Code,
    from: &'static str,
    to: &'static str,
    said: &'static str,
}

const CASES: [Case; 14] = [
    Case {
        code: Code::Syntax,
        from: "sets = 2",
        to: "sets = two",
        said: "error[syntax]: invalid boolean, expected `true`
  --> mine.toml:10:8
   |
10 | sets = two
   |        ^^^",
    },
    Case {
        code: Code::UnknownKey,
        from: "rest_s = 20",
        to: "rests_s = 20",
        said: "error[unknown-key]: a step has no key `rests_s`
  --> mine.toml:12:1
   |
12 | rests_s = 20
   | ^^^^^^^
   |
help: did you mean `rest_s`?",
    },
    Case {
        code: Code::UnknownKey,
        from: "note = \"A chair",
        to: "notes = \"A chair",
        said: "error[unknown-key]: the routine has no key `notes`
 --> mine.toml:5:1
  |
5 | notes = \"A chair and a mat\"
  | ^^^^^
  |
help: did you mean `note`?",
    },
    Case {
        code: Code::MissingKey,
        from: "exercise = \"cobra\"\n",
        to: "",
        said: "error[missing-key]: a step has no `exercise`
  --> mine.toml:17:1
   |
17 | [[step]]
   | ^^^^^^^^",
    },
    Case {
        code: Code::MissingKey,
        from: "source = \"proposal\"\n",
        to: "",
        said: "error[missing-key]: the routine has no `source`
 --> mine.toml:1:1
  |
1 | schema = 1
  | ^^^^^^^^^^",
    },
    Case {
        code: Code::WrongType,
        from: "sets = 2",
        to: "sets = true",
        said: "error[wrong-type]: expected a number, found true or false
  --> mine.toml:10:8
   |
10 | sets = true
   |        ^^^^",
    },
    Case {
        code: Code::UnknownWord,
        from: "sides = \"left\"",
        to: "sides = \"lefd\"",
        said: "error[unknown-word]: `sides` cannot be `lefd`
  --> mine.toml:14:9
   |
14 | sides = \"lefd\"
   |         ^^^^^^
   |
help: did you mean `left`?",
    },
    Case {
        code: Code::OutOfRange,
        from: "rest_after_s = 40",
        to: "rest_after_s = 4000",
        said: "error[out-of-range]: `rest_after_s` must be between 0 and 900
  --> mine.toml:13:16
   |
13 | rest_after_s = 4000
   |                ^^^^",
    },
    Case {
        code: Code::OutOfRange,
        from: "note = \"Slowly\"",
        to: "note = \" \"",
        said: "error[out-of-range]: `note` is empty
  --> mine.toml:15:8
   |
15 | note = \" \"
   |        ^^^",
    },
    Case {
        code: Code::UnknownExercise,
        from: "\"cobra\"",
        to: "\"cobar\"",
        said: "error[unknown-exercise]: there is no exercise `cobar`
  --> mine.toml:18:12
   |
18 | exercise = \"cobar\"
   |            ^^^^^^^
   |
help: did you mean `cobra`?",
    },
    Case {
        code: Code::Conflict,
        from: "hold_s = 8",
        to: "sides = \"both\"",
        said: "error[conflict]: `cobra` has no sides, so `sides` cannot choose any
  --> mine.toml:19:9
   |
19 | sides = \"both\"
   |         ^^^^^^",
    },
    Case {
        code: Code::Conflict,
        from: "reps = 8",
        to: "hold_s = 8",
        said: "error[conflict]: `wall_angels` counts repetitions, it has no `hold_s`
  --> mine.toml:11:10
   |
11 | hold_s = 8
   |          ^",
    },
    Case {
        code: Code::Conflict,
        from: "exercise = \"foam_roll\"",
        to: "exercise = \"foam_roll\"\nreps = 3",
        said: "error[conflict]: `foam_roll` is timed by `hold_s`, it has no `reps`
  --> mine.toml:23:8
   |
23 | reps = 3
   |        ^",
    },
    Case {
        code: Code::WrongType,
        from: "exercise = \"foam_roll\"",
        to: "exercise = 10",
        said: "error[wrong-type]: expected a text, found a number
  --> mine.toml:22:12
   |
22 | exercise = 10
   |            ^^",
    },
];

fn known() -> Known {
    let known = catalogue::known_exercises();
    assert!(known.broken.is_empty(), "{:?}", known.broken);
    known
}

fn said(text: &str) -> String {
    let said = check::routine("mine.toml", text, &known()).map_or_else(|r| r.render(), |_| "no mistake".to_owned());
    said.lines().map(str::trim_end).collect::<Vec<_>>().join("\n").trim_end().to_owned()
}

fn shipped() -> Vec<RoutineDef> {
    catalogue::load_all().unwrap_or_else(|e| panic!("{e}"))
}

fn routine(id: &str) -> RoutineDef {
    catalogue::load(id).unwrap_or_else(|e| panic!("{e}"))
}

fn ids(routine: &RoutineDef) -> Vec<&str> {
    routine.steps.iter().map(|s| s.exercise.id.as_str()).collect()
}

#[test]
fn each_mistake_is_said_in_full_with_its_place() {
    let mut wrong = Vec::new();
    for case in &CASES {
        assert!(VALID.contains(case.from), "{} breaks nothing", case.from);
        let said = said(&VALID.replacen(case.from, case.to, 1));
        if said != case.said || !said.starts_with(&format!("error[{}]", case.code.name())) {
            wrong.push(format!("{}: said\n{said}\nexpected\n{}", case.to, case.said));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(said(VALID), "no mistake");
}

#[test]
fn a_routine_without_steps_is_said_to_have_none() {
    let head = VALID.split("\n[[step]]").next().unwrap();
    let none = "error[missing-key]: the routine has no `step`\n --> mine.toml:1:1\n  |\n1 | schema = 1\n  | ^^^^^^^^^^";
    assert_eq!([said(head), said(&format!("{head}step = []\n"))], [none, none]);
}

#[test]
fn all_mistakes_of_a_file_are_said_at_once_and_none_follows_from_another() {
    let text = VALID
        .replace("\"wall_angels\"", "\"wall_angel\"")
        .replace("sets = 2", "sets = 0")
        .replace("hold_s = 8", "hold_s = -1\nrest_s = \"long\"")
        .replace("\"foam_roll\"", "\"of_mine\"");
    let known = Known { broken: vec!["of_mine".to_owned()], ..known() };
    let report = check::routine("mine.toml", &text, &known).unwrap_err();
    let codes: Vec<_> = report.diagnostics.iter().map(|d| d.code).collect();
    assert_eq!(codes, [Code::UnknownExercise, Code::OutOfRange, Code::OutOfRange, Code::WrongType]);
}

#[test]
fn a_step_takes_from_its_exercise_what_it_does_not_say() {
    let routine = check::routine("mine.toml", VALID, &known()).unwrap();
    let said: Vec<_> = routine.steps.iter().map(|s| (s.sets, s.target_words(), s.rest_s, s.rest_after_s)).collect();
    let expected = [
        (2, "2 sets of 8 repetitions on the left".to_owned(), 20.0, 40.0),
        (1, "5 holds of 8 s".to_owned(), 30.0, 30.0),
        (1, "120 s".to_owned(), 30.0, 30.0),
    ];
    assert_eq!(said, expected);
    let asked = SetPlan::of_step(&routine.steps[0]).exercise;
    assert_eq!((asked.only_side, asked.target.reps), (Some(Side::Left), 8));
    let mirrored = routine.mirrored();
    assert_eq!(mirrored.steps[0].target_words(), "2 sets of 8 repetitions on the right");
    assert_eq!(mirrored.mirrored(), routine);
}

#[test]
fn the_estimated_time_is_the_sum_of_sets_and_rests() {
    let routine = check::routine("mine.toml", VALID, &known()).unwrap();
    // Two sets of 10 s to begin and 8 repetitions of 4 s, 20 s between them; 5 holds of 8 s with 3 s each; 120 s.
    let steps: Vec<f64> = routine.steps.iter().map(formcheck::exercise::routine::Step::duration_s).collect();
    assert_eq!(steps, [104.0, 65.0, 130.0]);
    // The rest after the last step is none of the routine.
    assert_eq!((routine.duration_s(), routine.duration_words().as_str()), (369.0, "about 6 min"));
    let both = VALID.replace("\"cobra\"", "\"bird_dog\"");
    let twice = check::routine("mine.toml", &both, &known()).unwrap();
    assert_eq!(twice.steps[1].set_s(), 220.0, "10 holds of 8 s, on both sides");
    let one = both.replace("hold_s = 8", "hold_s = 8\nsides = \"right\"");
    assert_eq!(check::routine("mine.toml", &one, &known()).unwrap().steps[1].set_s(), 110.0);
    let cycles = check::routine("mine.toml", &VALID.replace("\"cobra\"\nhold_s = 8", "\"cat_camel\""), &known());
    assert_eq!(cycles.unwrap().steps[1].set_s(), 60.0, "10 cycles");
}

#[test]
fn the_programs_routines_last_as_long_as_they_say() {
    let lasts: Vec<_> = shipped().iter().map(|r| (r.id.clone(), r.duration_s())).collect();
    let expected =
        [("no_floor", 625.0), ("one_arm", 460.0), ("seated", 625.0), ("short", 590.0), ("upper_back", 1205.0)];
    assert_eq!(lasts, expected.map(|(id, s)| (id.to_owned(), s)));
}

#[test]
fn the_whole_routine_is_the_ten_in_their_order_with_their_own_targets() {
    let upper_back = routine("upper_back");
    let ten = [
        ("shoulder_blade_squeeze", "10 holds of 5 s"),
        ("wall_angels", "10 repetitions"),
        ("cat_camel", "10 repetitions"),
        ("thoracic_extension", "5 holds of 10 s"),
        ("seated_twist", "5 holds of 10 s per side"),
        ("band_row", "10 repetitions"),
        ("cobra", "5 holds of 10 s"),
        ("bird_dog", "10 holds of 5 s per side"),
        ("bridge", "5 holds of 10 s"),
        ("foam_roll", "120 s"),
    ];
    let steps: Vec<_> = upper_back.steps.iter().map(|s| (s.exercise.id.as_str(), s.target_words())).collect();
    assert_eq!(steps, ten.map(|(id, target)| (id, target.to_owned())));
    let differs: Vec<_> =
        upper_back.steps.iter().filter(|s| s.target != s.exercise.target).map(|s| &s.exercise.id).collect();
    assert!(differs.is_empty(), "the exercise's own target is another: {differs:?}");
}

#[test]
fn routines_for_people_who_cannot_get_down_or_stand_ask_for_neither() {
    use formcheck::motion::track::Posture::{Hinged, Seated, Standing, Upright};
    let cases = [("no_floor", vec![Standing, Seated, Upright, Hinged]), ("seated", vec![Seated, Upright])];
    let mut wrong = Vec::new();
    for (id, postures) in cases {
        let routine = routine(id);
        let others = routine.steps.iter().filter(|s| !postures.contains(&s.exercise.posture));
        wrong.extend(others.map(|s| format!("{id}: {} is done {}", s.exercise.id, s.exercise.posture.name())));
    }
    assert!(wrong.is_empty(), "{wrong:?}");
    let one_arm = routine("one_arm");
    let both: Vec<_> = one_arm.steps.iter().filter(|s| s.only_side.is_none()).map(|s| &s.exercise.id).collect();
    assert_eq!(both, ["thoracic_extension"], "it has no sides");
}

#[test]
fn every_file_is_named_after_its_id_and_no_exercise_comes_twice() {
    let files = catalogue::files();
    let stems: Vec<_> = files.iter().map(|p| p.file_stem().unwrap().to_string_lossy().into_owned()).collect();
    assert_eq!(stems, shipped().iter().map(|r| r.id.clone()).collect::<Vec<_>>());
    let twice: Vec<_> =
        shipped().into_iter().filter(|r| ids(r).iter().collect::<BTreeSet<_>>().len() < r.steps.len()).collect();
    assert!(twice.is_empty(), "{twice:?}");
}

#[test]
fn a_file_is_a_routine_by_its_steps_or_its_folder() {
    let cases = [
        ("mine.toml", VALID, true),
        ("mine.toml", "[[step]]\nexercise = broken", true),
        ("routines/mine.toml", "id = \"mine\"", true),
        ("mine.toml", "id = \"mine\"", false),
        ("exercises/mine.toml", "[count]\nsignal = \"raise\"", false),
    ];
    let wrong: Vec<_> =
        cases.iter().filter(|(path, text, is)| check::is_routine(Path::new(path), text) != *is).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn the_example_in_the_documentation_is_a_routine() {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/authoring.md")).unwrap();
    let blocks = text.split("```toml\n").skip(1).filter_map(|b| b.split("```").next());
    let routines: Vec<_> = blocks.filter(|b| check::is_routine(Path::new("x.toml"), b)).map(said).collect();
    assert_eq!(routines, ["no mistake"]);
}
