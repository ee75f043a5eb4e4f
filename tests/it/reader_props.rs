//! Whatever a file holds, whoever reads it says what is wrong with it and goes on: no panic, no hang, no page-long message. The
//! cases are files that are right, with bytes changed, doubled, moved, cut off or put in.

use crate::common::kept;
use crate::common::proptests::cases;
use formcheck::app::settings::Settings;
use formcheck::exercise::ExerciseDef;
use formcheck::exercise::routine::catalogue as routines;
use formcheck::history::export;
use formcheck::history::store::Store;
use formcheck::vision::source::trace::TraceReader;
use proptest::prelude::*;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// A change of some bytes.
#[derive(Clone, Debug)]
enum Damage {
    /// This byte in place of the one there.
    Replace(u8),
    /// This text put in.
    Insert(&'static str),
    /// So many bytes out.
    Cut(usize),
    /// So many bytes once more.
    Double(usize),
    /// All that follows out.
    End,
}

/// What readers of text stumble over.
const STUMBLES: [&str; 26] = [
    "",
    "\0",
    "\"",
    "'",
    "{",
    "}",
    "[",
    "]",
    "=",
    ",",
    "\n",
    "\r\n",
    "1e308",
    "-1e308",
    "1e-320",
    "nan",
    "-0",
    "99999999999999999999",
    "\u{feff}",
    "\u{202e}",
    "é",
    "\u{1b}[2J",
    "[[",
    "null",
    "true",
    "\\u0000",
];

fn damage() -> impl Strategy<Value = (prop::sample::Index, Damage)> {
    let kind = prop_oneof![
        any::<u8>().prop_map(Damage::Replace),
        prop::sample::select(&STUMBLES[..]).prop_map(Damage::Insert),
        (1..200_usize).prop_map(Damage::Cut),
        (1..200_usize).prop_map(Damage::Double),
        Just(Damage::End),
    ];
    (any::<prop::sample::Index>(), kind)
}

fn damaged(text: &[u8], all: &[(prop::sample::Index, Damage)]) -> Vec<u8> {
    let mut bytes = text.to_vec();
    for (place, damage) in all {
        if bytes.is_empty() {
            break;
        }
        let at = place.index(bytes.len());
        let until = |length: usize| (at + length).min(bytes.len());
        match damage {
            Damage::Replace(byte) => bytes[at] = *byte,
            Damage::Insert(text) => drop(bytes.splice(at..at, text.bytes())),
            Damage::Cut(length) => drop(bytes.drain(at..until(*length))),
            Damage::Double(length) => {
                let twice = bytes[at..until(*length)].to_vec();
                bytes.splice(at..at, twice);
            }
            Damage::End => bytes.truncate(at),
        }
    }
    bytes
}

/// A message that somebody can read. Lists of mistakes show each with its line.
fn is_readable(message: &str) -> Result<(), TestCaseError> {
    prop_assert!(!message.trim().is_empty());
    prop_assert!(message.len() < 200_000, "{} bytes", message.len());
    Ok(())
}

struct Good {
    exercises: Vec<Vec<u8>>,
    routine: Vec<u8>,
    settings: Vec<u8>,
    trace: Vec<u8>,
    export: Vec<u8>,
    store: Vec<u8>,
}

/// Files that are right, each as small as it can be.
static GOOD: LazyLock<Good> = LazyLock::new(|| {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: PathBuf| std::fs::read(path).unwrap();
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("data");
    let film = kept::trace(home.path(), 6.0);
    kept::stdout(&data, &["analyze", film.to_str().unwrap(), "--exercise", "wall_angels", "--save"]);
    let json = home.path().join("all.json");
    kept::export(&data, &json);
    let trace = String::from_utf8(read(film)).unwrap();
    let ids = ["wall_angels", "bird_dog", "foam_roll"];
    Good {
        exercises: ids.iter().map(|id| read(project.join(format!("exercises/{id}.toml")))).collect(),
        routine: read(project.join("routines/short.toml")),
        settings: Settings::default().text().unwrap().into_bytes(),
        trace: trace.lines().take(12).map(|line| line.to_owned() + "\n").collect::<String>().into_bytes(),
        export: read(json),
        store: read(data.join("sessions.db")),
    }
});

proptest! {
    #![proptest_config(cases(60, 120))]

    #[test]
    fn an_exercise_file(which in 0..3_usize, all in prop::collection::vec(damage(), 1..8)) {
        let bytes = damaged(&GOOD.exercises[which], &all);
        if let Err(report) = ExerciseDef::parse("mine.toml", &String::from_utf8_lossy(&bytes)) {
            is_readable(&report.render())?;
        }
    }

    #[test]
    fn a_routine_file(all in prop::collection::vec(damage(), 1..8)) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("mine.toml");
        std::fs::write(&path, damaged(&GOOD.routine, &all)).unwrap();
        if let Err(error) = routines::load(path.to_str().unwrap()) {
            is_readable(&error.to_string())?;
        }
    }

    #[test]
    fn settings(all in prop::collection::vec(damage(), 1..8)) {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("settings.toml"), damaged(&GOOD.settings, &all)).unwrap();
        let (settings, trouble) = Settings::load(folder.path());
        prop_assert!((0.0..=1.0).contains(&settings.volume));
        if let Some(trouble) = trouble {
            is_readable(&trouble)?;
        }
        settings.save(folder.path()).unwrap();
        prop_assert_eq!(Settings::load(folder.path()), (settings, None));
    }

    #[test]
    fn a_trace(all in prop::collection::vec(damage(), 1..8)) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("t.jsonl");
        std::fs::write(&path, damaged(&GOOD.trace, &all)).unwrap();
        let mut error = None;
        match TraceReader::open(&path) {
            Err(e) => error = Some(e),
            Ok(mut reader) => loop {
                match reader.next_estimate() {
                    Ok(Some(_)) => (),
                    Ok(None) => break,
                    Err(e) => {
                        error = Some(e);
                        break;
                    }
                }
            },
        }
        if let Some(error) = error {
            let text = error.to_string();
            is_readable(&text)?;
            prop_assert!(!text.contains('\n'), "{}", text);
        }
    }

    #[test]
    fn an_export_that_is_brought_in(all in prop::collection::vec(damage(), 1..4)) {
        let folder = tempfile::tempdir().unwrap();
        let bytes = damaged(&GOOD.export, &all);
        match export::from_json(&String::from_utf8_lossy(&bytes)) {
            Err(error) => {
                is_readable(&error.to_string())?;
                prop_assert!(!error.to_string().contains('\n'), "{}", error);
            }
            Ok(sessions) => {
                let mut store = Store::open(folder.path()).unwrap().store;
                match store.import_all(&sessions) {
                    Err(error) => is_readable(&error.to_string())?,
                    // What was taken comes out again, and can be told in every form.
                    Ok(_) => for session in &sessions.sessions {
                        let kept = store.session(&session.id).unwrap();
                        prop_assert_eq!(kept.sets.len(), session.sets.len());
                        export::csv::sets(std::slice::from_ref(&kept), export::csv::CsvFor::European).unwrap();
                        let page = export::report::Report {
                            sessions: &[kept], trends: &[], exercises: &[], made_at: "2026-11-27T12:00:00+01:00",
                        }.html();
                        prop_assert!(page.len() < 3_000_000, "{} bytes", page.len());
                    },
                }
            }
        }
    }

    #[test]
    fn a_store(all in prop::collection::vec(damage(), 1..4)) {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("sessions.db"), damaged(&GOOD.store, &all)).unwrap();
        match Store::open_checked(folder.path()) {
            Err(error) => is_readable(&error.to_string())?,
            Ok(opened) => {
                for line in opened.store.list(&formcheck::history::store::Period::default()).unwrap_or_default() {
                    if let Err(error) = opened.store.session(&line.id) {
                        is_readable(&error.to_string())?;
                    }
                }
            }
        }
    }
}
