//! The layers of the library, as `src/lib.rs` lists them: read from the source text.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

const MAX_LINES: usize = 600;
/// Modules that must not know of files, clocks or threads.
const PURE: [&str; 9] = ["time", "geom", "filter", "pose", "track", "signal", "rules", "engine", "learn"];

/// A source file of the library: its path under `src`, its top-level module, and its text without comments.
struct Source {
    path: String,
    module: String,
    text: String,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

fn sources() -> Vec<Source> {
    let mut files = Vec::new();
    rust_files(&root(), &mut files);
    files.sort();
    let source = |path: PathBuf| {
        let inside = path.strip_prefix(root()).unwrap().to_owned();
        let first = inside.components().next().unwrap().as_os_str().to_string_lossy().into_owned();
        let text = fs::read_to_string(&path).unwrap();
        // Whole-line comments only: a comment behind code would have to name a module as a path to be mistaken for a use.
        let code = text.lines().filter(|l| !l.trim_start().starts_with("//"));
        Source {
            path: inside.display().to_string(),
            module: first.trim_end_matches(".rs").to_owned(),
            text: code.collect::<Vec<_>>().join("\n"),
        }
    };
    let library = files.into_iter().map(source).filter(|s| !["lib", "main"].contains(&s.module.as_str()));
    library.collect()
}

/// Top-level modules in the order of `src/lib.rs`.
fn layers() -> Vec<String> {
    let text = fs::read_to_string(root().join("lib.rs")).unwrap();
    let name = |line: &str| Some(line.strip_prefix("pub mod ")?.strip_suffix(';')?.to_owned());
    text.lines().filter_map(name).collect()
}

/// The first word of each path after `prefix`, those of a group in braces included.
fn names_after(text: &str, prefix: &str) -> BTreeSet<String> {
    let word = |t: &str| t.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let mut names = BTreeSet::new();
    for (at, _) in text.match_indices(prefix) {
        let after = &text[at + prefix.len()..];
        let Some(group) = after.strip_prefix('{') else {
            names.insert(word(after));
            continue;
        };
        let mut depth = 1;
        let mut starts = vec![0];
        for (i, c) in group.char_indices() {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 1 => starts.push(i + 1),
                _ => (),
            }
            if depth == 0 {
                break;
            }
        }
        names.extend(starts.into_iter().map(|i| word(&group[i..])));
    }
    names.remove("");
    names
}

/// Whether `word` stands in the text as a whole word.
fn has_word(text: &str, word: &str) -> bool {
    let joins = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    text.match_indices(word)
        .any(|(at, _)| !joins(text[..at].chars().next_back()) && !joins(text[at + word.len()..].chars().next()))
}

#[test]
fn names_are_found_in_paths_and_groups() {
    let text = "use crate::{a::{b, c}, d};\nlet x = crate::e::f();\npub(crate) fn g() {}";
    assert_eq!(names_after(text, "crate::").into_iter().collect::<Vec<_>>(), ["a", "d", "e"]);
    assert!(has_word("use std::fs;", "std::fs") && !has_word("use std::fsx;", "std::fs"));
}

#[test]
fn a_module_uses_only_those_listed_above_it() {
    let layers = layers();
    let place = |name: &str| layers.iter().position(|l| l == name);
    let mut wrong = Vec::new();
    for source in sources() {
        let Some(own) = place(&source.module) else {
            wrong.push(format!("{}: its module is not in src/lib.rs", source.path));
            continue;
        };
        for used in names_after(&source.text, "crate::") {
            if used != source.module && place(&used).is_some_and(|other| other > own) {
                wrong.push(format!("{} uses {used}, which is listed below {}", source.path, source.module));
            }
            if used == "ui" && !["ui", "cli"].contains(&source.module.as_str()) {
                wrong.push(format!("{} uses ui, which is for cli only", source.path));
            }
        }
    }
    assert!(layers.len() > 10, "src/lib.rs could not be read: {layers:?}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_the_window_knows_the_toolkit() {
    let wrong: Vec<String> = sources()
        .iter()
        .filter(|s| s.module != "ui")
        .flat_map(|s| ["egui", "eframe"].map(|word| (s, word)))
        .filter(|(s, word)| has_word(&s.text, &format!("{word}::")) || has_word(&s.text, &format!("use {word}")))
        .map(|(s, word)| format!("{} uses {word}", s.path))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_between_the_frame_and_the_record_knows_no_file_no_clock_and_no_thread() {
    let wrong: Vec<String> = sources()
        .iter()
        .filter(|s| PURE.contains(&s.module.as_str()))
        .flat_map(|s| ["std::fs", "Instant", "SystemTime", "std::thread", "thread", "std::env"].map(|word| (s, word)))
        .filter(|(s, word)| has_word(&s.text, word))
        .map(|(s, word)| format!("{} uses {word}", s.path))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_file_is_too_long_to_read() {
    let mut files = Vec::new();
    rust_files(&root(), &mut files);
    let lines = |path: &PathBuf| fs::read_to_string(path).unwrap().lines().count();
    let long: Vec<_> = files.iter().map(|p| (p, lines(p))).filter(|(_, n)| *n > MAX_LINES).collect();
    assert!(long.is_empty(), "longer than {MAX_LINES} lines: {long:?}");
}
