//! The words of the window and those of the command line stand in one place each: read from the source text.

use std::fs;
use std::path::{Path, PathBuf};

/// In `src/app/ui`: the words themselves, the file of colours and letters, and the reader of figures, which names landmarks.
const UI_EXEMPT: [&str; 6] = ["words.rs", "page_words.rs", "dates.rs", "history/words.rs", "look.rs", "figure.rs"];
/// Literals that nobody sees: the program's id to the window system, the name of a texture, a mark in a message of winit, a
/// routine.
const UI_IDS: [&str; 4] = ["formcheck", "camera", ".rs:", "upper_back"];
/// In `src/app/cli`: the words themselves, and those that clap shows.
const CLI_EXEMPT: [&str; 3] = ["words", "args.rs", "arg_values.rs"];
/// Literals that are no words: names of options and what is typed for them, exercises, folders, files and their endings,
/// tools and what they are given, a thread, kinds of sources and of sessions, and keys of lines of JSON.
const CLI_IDS: [&str; 28] = [
    "man",
    "completions",
    "side",
    // Options, and values that are typed.
    "trace",
    "overlay",
    "routine",
    "auto",
    "measured",
    // Exercises.
    "wall_angels",
    // Folders, files and their endings.
    "models",
    "exercises",
    "routines",
    "toml",
    "svg",
    "plot",
    "sessions",
    "{stem}.{}.svg",
    "{stem}-sets.csv",
    // Tools.
    "ffmpeg",
    "ffprobe",
    "-version",
    // A thread, a kind of source, a kind of session.
    "analyze-{n}",
    "video",
    "analysis",
    // Keys and kinds of events, and a blank of the progress bar.
    "event",
    "at_s",
    "summary",
    "speed",
];

/// A string literal of the program: its line, from 1, and what stands between the quotation marks.
#[derive(Debug, PartialEq)]
struct Literal {
    line: usize,
    text: String,
}

/// Reads Rust source as far as string literals go. Comments, attributes, calls of `tracing`, the keys and values of `json!`, the
/// ids of `tr!` and the tests at the end of the file are skipped: nothing in them is a sentence for people.
struct Reader<'a> {
    rest: &'a str,
    line: usize,
    found: Vec<Literal>,
}

impl Reader<'_> {
    fn literals(source: &str) -> Vec<Literal> {
        let program = source.split("\n#[cfg(test)]\nmod ").next().unwrap_or(source);
        let mut reader = Reader { rest: program, line: 1, found: Vec::new() };
        while !reader.rest.is_empty() {
            reader.step(true);
        }
        reader.found
    }

    /// Takes the next thing; its literals are kept if `is_kept`.
    fn step(&mut self, is_kept: bool) {
        let rest = self.rest;
        if rest.starts_with("//") {
            self.take(rest.find('\n').unwrap_or(rest.len()));
        } else if rest.starts_with("/*") {
            self.take(rest.find("*/").map_or(rest.len(), |at| at + 2));
        } else if let Some(begin) =
            ["#[", "#![", "tracing::", "json!", "tr!"].iter().find(|begin| rest.starts_with(**begin))
        {
            self.take(begin.trim_end_matches('[').len());
            self.skip_brackets();
        } else if let Some(hashes) = raw_hashes(rest) {
            let open = rest.find('"').unwrap() + 1;
            let close = format!("\"{}", "#".repeat(hashes));
            let length = rest[open..].find(&close).expect("a raw string ends");
            self.literal(open, length, close.len(), is_kept);
        } else if let Some(inside) = rest.strip_prefix('"') {
            let mut is_escaped = false;
            let end = inside.find(|c| {
                let is_end = c == '"' && !is_escaped;
                is_escaped = c == '\\' && !is_escaped;
                is_end
            });
            self.literal(1, end.expect("a string ends"), 1, is_kept);
        } else if let Some(length) = char_literal(rest) {
            self.take(length);
        } else if rest.starts_with(is_word) {
            // Whole words, so that the r of `for "` is not taken for that of a raw string.
            self.take(rest.find(|c| !is_word(c)).unwrap_or(rest.len()));
        } else {
            self.take(rest.chars().next().map_or(0, char::len_utf8));
        }
    }

    fn take(&mut self, bytes: usize) {
        let (taken, rest) = self.rest.split_at(bytes);
        self.line += taken.matches('\n').count();
        self.rest = rest;
    }

    fn literal(&mut self, before: usize, length: usize, after: usize, is_kept: bool) {
        if is_kept {
            self.found.push(Literal { line: self.line, text: self.rest[before..before + length].to_owned() });
        }
        self.take(before + length + after);
    }

    /// Takes everything up to the end of the next pair of brackets.
    fn skip_brackets(&mut self) {
        let mut depth = 0;
        while let Some(next) = self.rest.chars().next() {
            match next {
                '(' | '[' | '{' => depth += 1,
                ')' | ']' | '}' => depth -= 1,
                _ => (),
            }
            let is_end = depth == 0 && matches!(next, ')' | ']' | '}');
            if "([{}])#!:".contains(next) {
                self.take(1);
            } else {
                self.step(false);
            }
            if is_end {
                return;
            }
        }
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Number of `#` of a raw string (or raw byte string) at the beginning of `rest`.
fn raw_hashes(rest: &str) -> Option<usize> {
    let after = rest.strip_prefix("br").or_else(|| rest.strip_prefix('r'))?;
    let inside = after.trim_start_matches('#');
    inside.starts_with('"').then(|| after.len() - inside.len())
}

/// Length of a character literal at the beginning of `rest`; a lifetime is none.
fn char_literal(rest: &str) -> Option<usize> {
    let inside = rest.strip_prefix('\'')?;
    if let Some(escape) = inside.strip_prefix('\\') {
        let end = escape.get(1..)?.find('\'')?;
        return Some(end + 4);
    }
    let c = inside.chars().next()?;
    inside[c.len_utf8()..].starts_with('\'').then(|| c.len_utf8() + 2)
}

/// Whether somebody could read it: it holds a letter outside the placeholders of a format and outside escapes.
fn is_readable(text: &str) -> bool {
    let mut depth = 0;
    let mut is_escaped = false;
    let plain = text.replace("{{", "").replace("}}", "");
    plain.chars().any(|c| {
        let is_escape = is_escaped;
        is_escaped = c == '\\' && !is_escape;
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => return depth == 0 && !is_escape && c.is_alphabetic(),
        }
        false
    })
}

#[test]
fn literals_are_found_and_what_is_no_text_of_the_screen_is_not() {
    let source = r##"//! "A comment"
/* "another
one" */
#[error(
    "no place on the screen: {cause} [")]
fn f<'a>(x: &'a str) -> char {
    tracing::debug!(?x, "log ({x})");
    let line = json!({"event": "ready", "at_s": [x, "(]"]});
    let quote = '"'; let escaped = '\''; let tab = '\u{9}';
    show("Start"); show(&format!("{x:.1} s, \"{y}\""));
    for raw in [r"a\", r#"b "c" d"#] {}
    ui.label(
        "Two
         lines");
    dense("{x}\n", ", ", "", "100 %", "{{}}");
}

#[cfg(test)]
mod tests {
    const T: &str = "of a test";
}
"##;
    let found = Reader::literals(source);
    let lines_and_texts: Vec<_> = found.iter().map(|l| (l.line, l.text.as_str())).collect();
    let all = [
        (10, "Start"),
        (10, "{x:.1} s, \\\"{y}\\\""),
        (11, "a\\"),
        (11, "b \"c\" d"),
        (13, "Two\n         lines"),
        (15, "{x}\\n"),
        (15, ", "),
        (15, ""),
        (15, "100 %"),
        (15, "{{}}"),
    ];
    assert_eq!(lines_and_texts, all);
    let readable = found.iter().filter(|l| is_readable(&l.text)).count();
    assert_eq!(readable, 5, "{found:?}");
}

/// Source files of a folder and of those in it.
fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = entries.flat_map(|p| if p.is_dir() { rust_files(&p) } else { vec![p] }).collect();
    files.retain(|p| p.extension().is_some_and(|e| e == "rs"));
    files.sort();
    files
}

/// Literals of a file that somebody could read, apart from the allowed ones.
fn words_of(path: &Path, allowed: &[&str]) -> Vec<String> {
    let source = fs::read_to_string(path).unwrap();
    let tests = source.match_indices("\n#[cfg(test)]").count();
    let at_end = source.split_once("\n#[cfg(test)]\nmod tests {").is_none_or(|(_, after)| after.ends_with("\n}\n"));
    assert!(tests <= 1 && at_end, "tests stand last, in one module: {}", path.display());
    let literals = Reader::literals(&source);
    let seen = literals.iter().filter(|l| is_readable(&l.text) && !allowed.contains(&l.text.as_str()));
    seen.map(|l| format!("{}:{}: {:?}", path.display(), l.line, l.text)).collect()
}

/// Words in the files of a folder, apart from the exempt files.
fn misplaced(folder: &str, exempt: &[&str], allowed: &[&str]) -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    for place in exempt {
        assert!(folder.join(place).exists(), "{place} is gone from {}", folder.display());
    }
    let files = rust_files(&folder);
    let read = files.iter().filter(|path| !exempt.iter().any(|place| path.starts_with(folder.join(place))));
    read.flat_map(|path| words_of(path, allowed)).collect()
}

#[test]
fn no_word_of_the_window_stands_outside_the_file_of_its_words() {
    let wrong = misplaced("src/app/ui", &UI_EXEMPT, &UI_IDS);
    assert!(wrong.is_empty(), "to be moved to src/app/ui/words.rs:\n{}", wrong.join("\n"));
}

#[test]
fn no_word_of_the_command_line_stands_outside_the_files_of_its_words() {
    let wrong = misplaced("src/app/cli", &CLI_EXEMPT, &CLI_IDS);
    assert!(wrong.is_empty(), "to be moved to src/app/cli/words:\n{}", wrong.join("\n"));
    let unused = CLI_IDS.iter().filter(|id| {
        let others: Vec<&str> = CLI_IDS.iter().copied().filter(|other| other != *id).collect();
        misplaced("src/app/cli", &CLI_EXEMPT, &others).is_empty()
    });
    let unused: Vec<_> = unused.collect();
    assert!(unused.is_empty(), "allowed, and used nowhere: {unused:?}");
}
