//! What the documents and comments point to is there: files, headings, sources of numbers.

use formcheck::exercise::ExerciseDef;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Text files of the project that people read: sources, data, documents.
fn texts() -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    let tops = ["src", "tests/it", "benches", "examples", "exercises", "routines", "docs", "scripts", "models", "."];
    for top in tops {
        collect(&root().join(top), top != ".", &mut files);
    }
    let wanted = ["rs", "toml", "md", "sh", "py"];
    let is_wanted = |p: &PathBuf| p.extension().is_some_and(|e| wanted.iter().any(|w| e == *w));
    let read = |p: PathBuf| fs::read_to_string(&p).ok().map(|text| (p, text));
    files.into_iter().filter(is_wanted).filter_map(read).collect()
}

fn collect(folder: &Path, goes_down: bool, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_file() {
            files.push(path);
        } else if goes_down {
            collect(&path, true, files);
        }
    }
}

/// The anchors of a document's headings, as hosts of Markdown make them.
fn anchors(text: &str) -> BTreeSet<String> {
    let headings = text.lines().filter(|l| l.starts_with('#')).map(|l| l.trim_start_matches('#').trim().to_lowercase());
    let anchor = |h: String| {
        let kept = h.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
        kept.map(|c| if c == ' ' { '-' } else { c }).collect()
    };
    headings.map(anchor).collect()
}

/// Every `docs/NAME.md` in a text, with its anchor.
fn references(text: &str) -> Vec<(String, Option<String>)> {
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '/' | '.');
    let mut found = Vec::new();
    for (at, _) in text.match_indices("docs/") {
        let path: String = text[at..].chars().take_while(|c| is_name(*c)).collect();
        let Some(end) = path.find(".md") else { continue };
        let after = &text[at + end + 3..];
        let anchor = after
            .strip_prefix('#')
            .map(|a| a.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '-')).collect());
        found.push((path[..end + 3].to_owned(), anchor));
    }
    found
}

#[test]
fn every_document_and_heading_that_is_named_is_there() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for (path, text) in texts().into_iter().filter(|(p, _)| !p.ends_with("tests/it/docs.rs")) {
        for (document, anchor) in references(&text) {
            count += 1;
            let Ok(there) = fs::read_to_string(root().join(&document)) else {
                wrong.push(format!("{}: there is no {document}", path.display()));
                continue;
            };
            if let Some(anchor) = anchor.filter(|a| !anchors(&there).contains(a)) {
                wrong.push(format!("{}: {document} has no heading #{anchor}", path.display()));
            }
        }
    }
    assert!(count > 80, "only {count} references found");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Links of documents to other files of the project.
#[test]
fn links_of_documents_lead_somewhere() {
    let mut wrong = Vec::new();
    for (path, text) in texts().into_iter().filter(|(p, _)| p.extension().is_some_and(|e| e == "md")) {
        let links = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        for link in links.filter(|l| !l.contains("://") && !l.starts_with('#') && !l.contains(' ')) {
            let (file, anchor) = link.split_once('#').map_or((link, None), |(f, a)| (f, Some(a)));
            let target = path.parent().unwrap().join(file);
            if !target.exists() {
                wrong.push(format!("{}: {link}", path.display()));
            } else if let Some(anchor) = anchor
                && !anchors(&fs::read_to_string(&target).unwrap_or_default()).contains(anchor)
            {
                wrong.push(format!("{}: {link}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// A number of an exercise file that is no proposal says where it comes from.
#[test]
fn sources_of_exercise_files_are_proposals_or_lead_to_the_rationale() {
    let mut wrong = Vec::new();
    for entry in fs::read_dir(root().join("exercises")).unwrap().flatten() {
        let path = entry.path();
        let text = fs::read_to_string(&path).unwrap();
        assert!(ExerciseDef::parse(&path.display().to_string(), &text).is_ok());
        for line in text.lines().filter(|l| l.starts_with("source = ")) {
            let says = ["docs/rationale.md#", "proposal", "as for", "as on", "in place of", "rendered clips"];
            if !says.iter().any(|s| line.contains(s)) {
                wrong.push(format!("{}: {line}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// No file of the project points to one that is not in it.
#[test]
fn nothing_refers_to_files_outside_the_project() {
    let strangers = ["exercises.md", "design.md", "pose-model.md", "peers.md", "house.md", "../shared"];
    let mut wrong = Vec::new();
    for (path, text) in texts() {
        if path.ends_with("tests/it/docs.rs") {
            continue;
        }
        wrong.extend(strangers.iter().filter(|s| text.contains(**s)).map(|s| format!("{}: {s}", path.display())));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The types that the glossary and the guides name are in the program.
#[test]
fn types_that_documents_name_are_there() {
    let code: String = texts().into_iter().filter(|(p, _)| p.starts_with(root().join("src"))).map(|(_, t)| t).collect();
    let is_there =
        |name: &str| ["struct", "enum", "trait", "type"].iter().any(|k| code.contains(&format!("{k} {name}")));
    let documents = ["docs/glossary.md", "docs/ARCHITECTURE.md", "CONTRIBUTING.md"];
    let mut wrong = Vec::new();
    for document in documents {
        let text = fs::read_to_string(root().join(document)).unwrap();
        let names = text.split('`').skip(1).step_by(2);
        let is_type = |n: &&str| {
            n.len() > 3
                && n.starts_with(char::is_uppercase)
                && n.chars().all(char::is_alphanumeric)
                && *n != "None"
                && n.contains(char::is_lowercase)
        };
        wrong.extend(names.filter(is_type).filter(|n| !is_there(n)).map(|n| format!("{document}: {n}")));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
