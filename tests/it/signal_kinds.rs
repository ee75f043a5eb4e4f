//! The table of signal kinds: each row is read from text by what it says of itself, and the guide says the same.

use crate::signals::file;
use formcheck::exercise::ExerciseDef;
use formcheck::motion::signal::kind::UnitRule;
use formcheck::motion::signal::{Parameter, Parameters, SignalKind, kinds};
use std::collections::BTreeSet;

/// The unit of each kind, in the order of the program: a change breaks files and what was kept of their ranges.
const UNITS: [(&str, &str); 29] = [
    ("angle", "deg"),
    ("front_angle", "deg"),
    ("elevation", "deg"),
    ("floor_elevation", "deg"),
    ("inclination", "deg"),
    ("lean_back", "deg"),
    ("behind_trunk", "deg"),
    ("tilt", "deg"),
    ("above_floor", "T"),
    ("height", "T"),
    ("distance", "T"),
    ("along", "T"),
    ("in_front", "T"),
    ("across", "T"),
    ("rise", "T"),
    ("depth", "T"),
    ("twist", "deg"),
    ("shoulder_yaw", "deg"),
    ("pelvis_yaw", "deg"),
    ("back_curve", "T"),
    ("mean", "theirs"),
    ("mean_known", "theirs"),
    ("first_known", "theirs"),
    ("min", "theirs"),
    ("max", "theirs"),
    ("difference", "theirs"),
    ("gap", "theirs"),
    ("negative", "its"),
    ("progress", "share"),
];

/// The unit as the guide names it.
fn unit_in_words(kind: &SignalKind) -> &'static str {
    match (kind.unit, kind.parameters) {
        (UnitRule::Fixed(unit), _) => unit.name(),
        (UnitRule::OfParts, Parameters::OneSignal) => "its",
        (UnitRule::OfParts, _) => "theirs",
    }
}

#[test]
fn every_kind_has_a_name_of_its_own_a_line_of_text_and_the_unit_it_always_had() {
    let units: Vec<_> = kinds().map(|k| (k.name, unit_in_words(k))).collect();
    assert_eq!(units, UNITS);
    let names: BTreeSet<&str> = kinds().map(|k| k.name).collect();
    assert_eq!(names.len(), UNITS.len(), "a name is there twice");
    let silent: Vec<_> =
        kinds().filter(|k| k.doc.len() < 10 || k.doc.contains('\n') || !k.doc.ends_with('.')).collect();
    assert!(silent.is_empty(), "not told in a line: {silent:?}");
    let report = ExerciseDef::parse("x.toml", &file("")).unwrap_err();
    let all = format!("a signal needs one kind: {}", UNITS.map(|(name, _)| name).join(", "));
    assert!(report.diagnostics.iter().any(|d| d.message == all), "{}", report.render());
}

/// The definition of a signal of that kind, made of its parameters alone; `left_elbow_angle` and such may be referred to.
fn text_of(kind: &SignalKind) -> String {
    let signals = ["'left_elbow_angle'", "'right_elbow_angle'"];
    let mut points = ["near_hip", "near_shoulder", "near_wrist"].iter();
    let given = |p: &Parameter| match p {
        Parameter::Point(key) => format!("{key} = '{}'", points.next().unwrap()),
        Parameter::Pair(key) => format!("{key} = 'hip'"),
        Parameter::Signal(key) => format!("{key} = {}", signals[0]),
        Parameter::Number(key) => format!("{key} = 1"),
    };
    let value = match kind.parameters {
        Parameters::Keys(keys) => format!("{{ {} }}", keys.iter().map(given).collect::<Vec<_>>().join(", ")),
        Parameters::OneSignal => signals[0].to_owned(),
        Parameters::TwoSignals => format!("[{}]", signals.join(", ")),
        Parameters::ManySignals => format!("[{0}, {0}]", signals.join(", ")),
    };
    format!("{} = {value}", kind.name)
}

/// How many points, signals and numbers a kind takes.
fn counts(parameters: Parameters) -> [usize; 3] {
    let keys = match parameters {
        Parameters::Keys(keys) => keys,
        Parameters::OneSignal => return [0, 1, 0],
        Parameters::TwoSignals => return [0, 2, 0],
        Parameters::ManySignals => return [0, 4, 0],
    };
    let mut counts = [0; 3];
    for key in keys {
        match key {
            Parameter::Point(_) => counts[0] += 1,
            Parameter::Pair(_) => counts[0] += 2,
            Parameter::Signal(_) => counts[1] += 1,
            Parameter::Number(_) => counts[2] += 1,
        }
    }
    counts
}

#[test]
fn every_kind_is_read_from_text_by_its_parameters_alone() {
    for kind in kinds() {
        let text = text_of(kind);
        let def = ExerciseDef::parse("x.toml", &file(&text)).unwrap_or_else(|r| panic!("{text}: {}", r.render()));
        let x = def.signals.iter().find(|s| s.name == "x").unwrap();
        assert_eq!(x.kind, kind);
        let given = &x.arguments;
        assert_eq!([given.points.len(), given.parts.len(), given.numbers.len()], counts(kind.parameters), "{text}");
        assert!(given.parts.iter().all(|i| def.signals[*i].name.ends_with("_elbow_angle")), "{text}");
        let of_parts = given.parts.first().map(|i| def.signals[*i].unit);
        assert_eq!(Some(x.unit), kind.unit.resolve(of_parts), "{text}");
        if let Parameters::Keys([first, ..]) = kind.parameters {
            let key = first.key();
            let without = text.replacen(&format!("{{ {key} = "), "{ other = ", 1);
            let report = ExerciseDef::parse("x.toml", &file(&without)).unwrap_err();
            let missing = format!("`{}` has no `{key}`", kind.name);
            assert!(report.diagnostics.iter().any(|d| d.message == missing), "{without}");
        }
    }
}

/// The lines of the guide's table of kinds: names, keys without what stands in brackets, and unit.
fn guide() -> Vec<(Vec<String>, String, String)> {
    let guide = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/authoring.md")).unwrap();
    let lines = guide.lines().skip_while(|l| *l != "| kind | keys | unit | value |").skip(2);
    let cells = |line: &str| line.split('|').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
    let row = |line: &str| {
        let cells = cells(line);
        let names = cells[1].split(", ").map(|name| name.trim_matches('`').to_owned()).collect();
        let keys = cells[2].split('(').map(|part| part.split_once(')').map_or(part, |(_, rest)| rest));
        (names, keys.map(str::trim).collect(), cells[3].clone())
    };
    lines.take_while(|l| l.starts_with('|')).map(row).collect()
}

#[test]
fn every_kind_is_in_the_guide_with_its_keys_and_its_unit() {
    let guide = guide();
    assert_eq!(guide.iter().map(|(names, ..)| names.len()).sum::<usize>(), UNITS.len(), "too many or too few");
    for kind in kinds() {
        let line = guide.iter().find(|(names, ..)| names.iter().any(|n| n == kind.name));
        let (_, keys, unit) = line.unwrap_or_else(|| panic!("{kind:?} is not in the guide"));
        assert_eq!(unit, unit_in_words(kind), "{kind:?}");
        let wanted = match kind.parameters {
            Parameters::Keys(all) => all.iter().map(|p| p.key()).collect::<Vec<_>>().join(", "),
            Parameters::OneSignal => "a signal".to_owned(),
            Parameters::TwoSignals => "two signals".to_owned(),
            Parameters::ManySignals => "list of signals".to_owned(),
        };
        assert_eq!(*keys, wanted, "{kind:?}");
    }
}
