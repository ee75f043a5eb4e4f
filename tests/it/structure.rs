//! The structure of the library, read from its source text: rooms in their order, no import circle between files, what each
//! room may know of, and the size of files and functions.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Rooms whose code knows no file, no clock and no thread.
const PURE: [&str; 4] = ["base", "motion", "counting", "coach"];
/// Longest file, lines.
const MAX_LINES: usize = 450;

/// A source file: its module path, and its text without comments and tests.
struct Source {
    module: Vec<String>,
    lines: usize,
    text: String,
}

impl Source {
    fn name(&self) -> String {
        self.module.join("::")
    }

    fn room(&self) -> &str {
        &self.module[0]
    }
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
    found.sort();
}

/// All files in rooms.
fn sources() -> Vec<Source> {
    let mut files = Vec::new();
    rust_files(&root(), &mut files);
    let source = |path: &PathBuf| {
        let inside = path.strip_prefix(root()).unwrap().with_extension("");
        let mut module: Vec<String> =
            inside.components().map(|c| c.as_os_str().to_string_lossy().into_owned()).collect();
        if module.last().is_some_and(|m| m == "mod") {
            module.pop();
        }
        let text = fs::read_to_string(path).unwrap();
        let lines = text.lines().count();
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        let code: Vec<&str> = code.lines().filter(|l| !l.trim_start().starts_with("//")).collect();
        Source { module, lines, text: code.join("\n") }
    };
    files.iter().filter(|p| p.parent() != Some(&root())).map(source).collect()
}

/// Names of `mod NAME;` in a text, in order.
fn children(text: &str) -> Vec<String> {
    let words = |line: &str| Some(line.trim().strip_suffix(';')?.rsplit_once("mod ")?.1.to_owned());
    text.lines().filter(|l| !l.trim_start().starts_with("//")).filter_map(words).collect()
}

/// Whether `c` belongs to a name or a path.
fn is_of_path(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == ':'
}

/// Every path that begins with one of `heads`, groups in braces taken apart.
fn paths(text: &str, heads: &[String]) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    for head in heads {
        let prefix = format!("{head}::");
        for (at, _) in text.match_indices(&prefix) {
            let is_inside_another = text[..at].chars().next_back().is_some_and(is_of_path);
            if !is_inside_another {
                expand(vec![head.clone()], &mut text[at + prefix.len()..].chars().peekable(), &mut found);
            }
        }
    }
    found
}

/// Reads the rest of a path, or of a group, from `text`.
fn expand(mut path: Vec<String>, text: &mut std::iter::Peekable<std::str::Chars<'_>>, found: &mut Vec<Vec<String>>) {
    let mut word = String::new();
    loop {
        match text.peek().copied() {
            Some(c) if c.is_alphanumeric() || c == '_' => {
                word.push(c);
                text.next();
            }
            Some(':') => {
                text.next();
                if text.next_if_eq(&':').is_some() {
                    path.push(std::mem::take(&mut word));
                }
            }
            Some('{') if word.is_empty() => {
                text.next();
                loop {
                    while text.next_if(|c| c.is_whitespace() || *c == ',').is_some() {}
                    if text.next_if_eq(&'}').is_some() || text.peek().is_none() {
                        return;
                    }
                    expand(path.clone(), text, found);
                    // What is renamed, or cannot be read, is passed over.
                    while text.next_if(|c| !matches!(c, ',' | '}')).is_some() {}
                }
            }
            _ => {
                path.push(word);
                found.push(path);
                return;
            }
        }
    }
}

/// For each file the files it uses.
fn graph(sources: &[Source]) -> BTreeMap<String, BTreeSet<String>> {
    let modules: BTreeSet<&[String]> = sources.iter().map(|s| s.module.as_slice()).collect();
    let longest =
        |path: &[String]| (1..=path.len()).rev().map(|n| &path[..n]).find(|m| modules.contains(m)).map(<[_]>::to_vec);
    let uses = |source: &Source| {
        let mut heads = children(&source.text);
        heads.extend(["crate", "super", "self"].map(str::to_owned));
        let used = paths(&source.text, &heads).into_iter().filter_map(|path| {
            let ups = path.iter().take_while(|w| *w == "super").count();
            let absolute: Vec<String> = match path[0].as_str() {
                "crate" => path[1..].to_vec(),
                "super" => {
                    let above = source.module.len().checked_sub(ups)?;
                    source.module[..above].iter().chain(&path[ups..]).cloned().collect()
                }
                "self" => source.module.iter().chain(&path[1..]).cloned().collect(),
                _ => source.module.iter().chain(&path).cloned().collect(),
            };
            longest(&absolute).map(|m| m.join("::"))
        });
        used.filter(|name| *name != source.name()).collect()
    };
    sources.iter().map(|s| (s.name(), uses(s))).collect()
}

/// Groups of files that use each other in a circle.
fn circles(graph: &BTreeMap<String, BTreeSet<String>>) -> Vec<Vec<String>> {
    let reach = |from: &String| {
        let (mut seen, mut ahead) = (BTreeSet::new(), vec![from.clone()]);
        while let Some(next) = ahead.pop() {
            ahead.extend(graph.get(&next).into_iter().flatten().filter(|n| seen.insert((*n).clone())).cloned());
        }
        seen
    };
    let reached: BTreeMap<&String, BTreeSet<String>> = graph.keys().map(|name| (name, reach(name))).collect();
    let circle = |name: &String| {
        reached[name].iter().filter(|other| reached.get(other).is_some_and(|r| r.contains(name))).cloned().collect()
    };
    let mut found: Vec<Vec<String>> = graph.keys().map(circle).filter(|c: &Vec<String>| !c.is_empty()).collect();
    found.dedup();
    found
}

#[test]
fn paths_are_found_and_groups_taken_apart() {
    let text = "use crate::{a::{b, c as d}, e};\nlet x = super::super::f::g();\nuse h::I;\nlet y = not_crate::j;";
    let heads = ["crate", "super", "h"].map(str::to_owned);
    let found: Vec<String> = paths(text, &heads).iter().map(|p| p.join("::")).collect();
    assert_eq!(found, ["crate::a::b", "crate::a::c", "crate::e", "super::super::f::g", "h::I"]);
    let circle = [("a", vec!["b"]), ("b", vec!["c"]), ("c", vec!["b"]), ("d", vec!["a"])];
    let circle = circle.map(|(name, uses)| (name.to_owned(), uses.into_iter().map(str::to_owned).collect()));
    assert_eq!(circles(&BTreeMap::from(circle)), [["b", "c"]]);
}

#[test]
fn no_files_use_each_other_in_a_circle() {
    let sources = sources();
    assert!(sources.len() > 100, "the source could not be read");
    let found = circles(&graph(&sources));
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn rooms_use_those_before_them_and_files_those_before_them_in_their_room() {
    let sources = sources();
    let text = |path: &str| fs::read_to_string(root().join(path)).unwrap();
    let mut rooms = children(&text("lib.rs"));
    // Each is declared twice: closed, and open for tests.
    rooms.truncate(rooms.len() / 2);
    assert_eq!(rooms, ["base", "disk", "vision", "motion", "exercise", "counting", "coach", "history", "sound", "app"]);
    let order: BTreeMap<&String, Vec<String>> =
        rooms.iter().map(|room| (room, children(&text(&format!("{room}/mod.rs"))))).collect();
    let mut wrong = Vec::new();
    for (name, uses) in graph(&sources) {
        let parts: Vec<&str> = name.split("::").collect();
        let place = |room: &str| rooms.iter().position(|r| r == room).unwrap();
        for used in uses {
            let theirs: Vec<&str> = used.split("::").collect();
            let goes_up = place(theirs[0]) > place(parts[0]);
            let inside =
                |path: &[&str]| order[&path[0].to_owned()].iter().position(|m| Some(&m.as_str()) == path.get(1));
            let goes_down =
                theirs[0] == parts[0] && inside(&parts).zip(inside(&theirs)).is_some_and(|(own, other)| other > own);
            if goes_up || goes_down {
                wrong.push(format!("{name} uses {used}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Whether `word` stands in the text as a whole word.
fn has_word(text: &str, word: &str) -> bool {
    let joins = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    text.match_indices(word)
        .any(|(at, _)| !joins(text[..at].chars().next_back()) && !joins(text[at + word.len()..].chars().next()))
}

/// Files whose text has one of the words.
fn with_words<'s>(sources: impl Iterator<Item = &'s Source>, words: &[&str]) -> Vec<String> {
    let with = |s: &'s Source| {
        words.iter().filter(|w| has_word(&s.text, w)).map(|w| format!("{} has {w}", s.name())).collect::<Vec<_>>()
    };
    sources.flat_map(with).collect()
}

#[test]
fn only_the_window_knows_the_toolkit() {
    let sources = sources();
    let others = sources.iter().filter(|s| !s.name().starts_with("app::ui"));
    let wrong = with_words(others, &["egui", "eframe"]);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_is_between_the_landmarks_and_the_events_knows_no_file_no_clock_and_no_thread() {
    let sources = sources();
    let pure = sources.iter().filter(|s| PURE.contains(&s.room()) || s.name().starts_with("vision::pose"));
    let wrong = with_words(pure, &["std::fs", "Instant", "SystemTime", "thread", "std::env::var", "std::env::var_os"]);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn no_file_is_too_long_to_read() {
    let long: Vec<String> =
        sources().iter().filter(|s| s.lines > MAX_LINES).map(|s| format!("{}: {} lines", s.name(), s.lines)).collect();
    assert!(long.is_empty(), "longer than {MAX_LINES} lines: {long:#?}");
}

#[test]
fn every_room_says_what_comes_in_and_what_goes_out() {
    let rooms = children(&fs::read_to_string(root().join("lib.rs")).unwrap());
    let silent: Vec<&String> = rooms
        .iter()
        .filter(|room| *room != "base")
        .filter(|room| {
            let text = fs::read_to_string(root().join(room).join("mod.rs")).unwrap();
            !["//! In:", "Out:"].iter().all(|word| text.contains(word))
        })
        .collect();
    assert!(silent.is_empty(), "{silent:?}");
}
