//! What a person who has chosen German meets: the commands with their errors, reports, and the window. No English word of the
//! program's own may be left; ids, options, paths and what other programs say are not words.

use std::path::Path;
use std::process::Command;

/// Words that no German sentence has.
const ENGLISH: [&str; 32] = [
    "the", "could", "not", "with", "is", "of", "and", "there", "or", "it", "to", "no", "for", "are", "from", "this",
    "give", "your", "you", "be", "by", "at", "on", "seen", "counted", "held", "left", "right", "one", "again", "file",
    "session",
];

/// The English words in a text, apart from what stands in quotes, in backticks, in paths and in options.
fn english_in(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut is_code = false;
    for token in text.split_whitespace() {
        let ticks = token.matches('`').count();
        let was_code = is_code;
        is_code ^= ticks % 2 == 1;
        let is_name = token.contains(['/', '_', '=', '\\', '@']) || token.starts_with("--");
        if was_code || ticks > 0 || is_name {
            continue;
        }
        let word = token.trim_matches(|c: char| !c.is_alphanumeric());
        if ENGLISH.contains(&word) {
            found.push(word.to_owned());
        }
    }
    found
}

#[test]
fn english_is_found_and_ids_paths_and_commands_are_none() {
    assert_eq!(english_in("Fehler: could not open it"), ["could", "not", "it"]);
    assert!(english_in("siehe `formcheck is the one`, band_row, /of/the/path, --is und so").is_empty());
}

struct Run<'a> {
    folder: &'a Path,
    wrong: Vec<String>,
}

impl Run<'_> {
    fn run(&mut self, args: &[&str]) -> String {
        let mut command = Command::new(env!("CARGO_BIN_EXE_formcheck"));
        command.args(["--data-dir", &self.folder.join("data").display().to_string()]).args(args);
        command.env("LC_ALL", "de_DE.UTF-8").env("LANGUAGE", "de").current_dir(self.folder);
        let done = command.output().unwrap();
        let said = format!("{}\n{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
        for line in said.lines() {
            let english = english_in(line);
            if !english.is_empty() {
                self.wrong.push(format!("{}: {english:?} in {line:?}", args.join(" ")));
            }
        }
        said
    }
}

#[test]
fn commands_and_their_errors_speak_german() {
    let folder = tempfile::tempdir().unwrap();
    let demo = format!("{}/demo/wall_angels.mp4", env!("CARGO_MANIFEST_DIR"));
    std::fs::write(folder.path().join("text.mp4"), "no video\n").unwrap();
    std::fs::write(folder.path().join("empty.mp4"), "").unwrap();
    std::fs::create_dir(folder.path().join("bilder")).unwrap();
    let mut run = Run { folder: folder.path(), wrong: Vec::new() };
    for args in [
        &["analyze", &demo, "--exercise", "wall_angels", "--save", "--person", "Ana"][..],
        &["analyze", &demo, "--exercise", "cobra", "--save", "--person", "Ana"],
        &["analyze", &demo, "--exercise", "bird_dog"],
        &["analyze", &demo, "--exercise", "foam_roll"],
        &["analyze", &demo, "--exercise", "seated_twist", "--routine", "upper_back"],
        &["sessions", "list"],
        &["sessions", "ranges"],
        &["sessions", "trend", "wall_angels", "--person", "Ana"],
        &["sessions", "export", "--format", "html", "--out", "bericht.html"],
        &["routines", "list"],
        &["routines", "show", "upper_back"],
        &["exercises", "list"],
        &["exercises", "show", "cobra"],
        // What is wrong, and what to do.
        &["analyze", "nix.mp4", "--exercise", "cobra"],
        &["analyze", "text.mp4", "--exercise", "cobra"],
        &["analyze", "empty.mp4", "--exercise", "cobra"],
        &["analyze", "bilder", "--exercise", "cobra"],
        &["analyze", &demo, "--exercise", "nix"],
        &["analyze", &demo, "--exercise", "push_up", "--routine", "upper_back"],
        &["analyze", &demo, "--exercise", "cobra", "--report", "nix/bericht.html"],
        &["exercises", "show", "nix"],
        &["routines", "show", "nix"],
        &["sessions", "show", "nix"],
        &["sessions", "delete", "nix"],
    ] {
        run.run(args);
    }
    let listed = run.run(&["sessions", "list"]);
    let id = listed.split_whitespace().find(|word| word.starts_with("20") && word.contains('Z')).unwrap().to_owned();
    run.run(&["sessions", "show", &id]);
    run.run(&["sessions", "edit", &id, "--set", "1", "--count", "99999"]);
    run.run(&["sessions", "edit", &id, "--set", "1", "--count", "7", "--pain-after", "2"]);
    assert!(run.wrong.is_empty(), "{} English:\n{}", run.wrong.len(), run.wrong.join("\n"));

    let page = std::fs::read_to_string(folder.path().join("bericht.html")).unwrap();
    assert!(page.contains("<html lang=\"de\">"));
    // Between the tags, without what is drawn and how.
    let page = page.split("</style>").nth(1).unwrap();
    let texts: Vec<&str> = page.split('>').filter_map(|part| part.split('<').next()).collect();
    let english: Vec<String> =
        texts.iter().filter(|text| !english_in(text).is_empty()).map(|t| (*t).to_owned()).collect();
    assert!(english.is_empty(), "{english:#?}");
}

#[cfg(feature = "gui")]
mod window {
    use super::english_in;
    use crate::common::window::{Window, at, home};
    use eframe::egui::Key;
    use formcheck::app::runtime::view::{LiveStatus, Refusal};
    use formcheck::base::language::{self, Language};
    use formcheck::sound::speaker::SoundState;
    use std::process::Command;

    /// What is chosen for the process of this test's child.
    const CHILD: &str = "FORMCHECK_TEST_GERMAN";

    #[test]
    fn the_window_speaks_german() {
        let done = Command::new(std::env::current_exe().unwrap())
            .args(["german::window::child_of_the_german_window", "--exact", "--ignored", "--nocapture"])
            .env(CHILD, "1")
            .output()
            .unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }

    fn look(window: &Window, name: &str, wrong: &mut Vec<String>) {
        for text in window.labels() {
            let english = english_in(&text);
            // Names of cameras, films and loudspeakers are theirs.
            if !english.is_empty() {
                wrong.push(format!("{name}: {english:?} in {text:?}"));
            }
        }
    }

    #[test]
    #[ignore = "run by the other test in a process of its own: one language is in use at a time"]
    fn child_of_the_german_window() {
        if std::env::var_os(CHILD).is_none() {
            return;
        }
        language::choose(Language::German);
        let mut wrong = Vec::new();
        // What these show is given to them, in English.
        let given = ["set-up with advice", "a cue", "praise"];
        for (name, view, ..) in crate::window::states().into_iter().filter(|state| !given.contains(&state.0)) {
            look(&Window::on(view), name, &mut wrong);
        }
        let troubles = [
            at(|v| v.status = LiveStatus::Starting),
            at(|v| v.sound = SoundState { is_muted: true, ..SoundState::default() }),
            at(|v| v.refusal = Some(Refusal::SetRuns)),
            at(|v| v.refusal = Some(Refusal::NoCamera)),
            at(|v| v.is_demo = true),
            at(|v| (v.analysed_fps, v.dropped) = (7.25, 24)),
        ];
        for view in troubles {
            look(&Window::on(view), "home", &mut wrong);
        }
        let mut window = Window::on(home());
        for door in ["Einstellungen", "Verlauf", "Programm ändern"] {
            window.click(door);
            look(&window, door, &mut wrong);
            window.press(Key::Escape);
        }
        window.press(Key::Enter);
        look(&window, "before", &mut wrong);
        window.press(Key::Escape);
        window.click("Eine Übung");
        look(&window, "one exercise", &mut wrong);
        assert!(wrong.is_empty(), "{} English:\n{}", wrong.len(), wrong.join("\n"));
    }
}
