//! Every language has every message, with the same things to be filled in, and every text of the files that come along.

use formcheck::base::language::{LANGUAGES, Language};
use formcheck::exercise::catalogue;
use formcheck::exercise::routine::catalogue as routines;
use std::collections::{BTreeMap, BTreeSet};

/// Letters of a line that is read from the mat.
const LINE: usize = 17;

/// Messages of a language: id, and the names of what is filled in.
fn messages(language: Language) -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (file, text) in language.files() {
        let mut id = String::new();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            if let Some((name, _)) = line.split_once(" = ").filter(|(name, _)| !name.starts_with([' ', '{', '['])) {
                name.clone_into(&mut id);
                assert!(found.insert(id.clone(), BTreeSet::new()).is_none(), "{file}: {id} stands twice");
            }
            for filled in line.split('$').skip(1) {
                let end = filled.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(filled.len());
                found.entry(id.clone()).or_default().insert(filled[..end].to_owned());
            }
        }
    }
    found
}

/// Texts that a translation must have: those of exercises and routines that are shown or said.
fn texts() -> BTreeSet<String> {
    let mut texts: BTreeSet<String> = formcheck::counting::words::PRAISE.map(str::to_owned).into();
    for def in catalogue::load_all().unwrap() {
        texts.extend([def.title, def.summary, def.setup]);
        texts.extend(def.faults.into_iter().map(|fault| fault.cue));
        texts.extend(def.gate.into_iter().filter_map(|rule| rule.advice));
    }
    for routine in routines::load_all().unwrap() {
        texts.extend([routine.title, routine.summary]);
        texts.extend(routine.note);
        texts.extend(routine.steps.into_iter().filter_map(|step| step.note));
    }
    texts
}

fn table(language: Language) -> BTreeMap<String, String> {
    let path = format!("{}/locales/{}/texts.toml", env!("CARGO_MANIFEST_DIR"), language.tag());
    toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn others() -> impl Iterator<Item = Language> {
    LANGUAGES.into_iter().filter(|language| *language != Language::English)
}

#[test]
fn no_message_is_missing_in_any_language() {
    let english = messages(Language::English);
    let mut wrong = Vec::new();
    for language in others() {
        let there = messages(language);
        let tag = language.tag();
        wrong.extend(english.keys().filter(|id| !there.contains_key(*id)).map(|id| format!("{tag}: no {id}")));
        wrong.extend(
            there.keys().filter(|id| !english.contains_key(*id)).map(|id| format!("{tag}: {id} is not asked for")),
        );
        for (id, filled) in &there {
            // A plural may be told by its word alone: "once".
            let unknown: Vec<_> = english.get(id).into_iter().flat_map(|known| filled.difference(known)).collect();
            if !unknown.is_empty() {
                wrong.push(format!("{tag}: {id} fills in {unknown:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn no_text_of_the_files_that_come_along_is_missing_in_any_language() {
    let wanted = texts();
    let mut wrong = Vec::new();
    for language in others() {
        let table = table(language);
        let tag = language.tag();
        wrong.extend(wanted.iter().filter(|text| !table.contains_key(*text)).map(|text| format!("{tag}: no {text:?}")));
        wrong.extend(
            table.iter().filter(|(_, text)| text.trim().is_empty()).map(|(key, _)| format!("{tag}: {key:?} is empty")),
        );
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Lines that a text takes where words are not broken.
fn lines(text: &str) -> usize {
    let mut lines = 1;
    let mut length = 0;
    for word in text.split_whitespace() {
        let letters = word.chars().count();
        if length > 0 && length + 1 + letters > LINE {
            lines += 1;
            length = 0;
        }
        length += letters + usize::from(length > 0);
    }
    lines
}

#[test]
fn what_is_read_from_the_mat_fits_into_two_lines_in_any_language() {
    let cues: BTreeSet<String> =
        catalogue::load_all().unwrap().into_iter().flat_map(|def| def.faults).map(|fault| fault.cue).collect();
    let mut wrong = Vec::new();
    for language in others() {
        let table = table(language);
        let shown = language.files().iter().flat_map(|(_, text)| text.lines());
        let shown = shown.filter(|line| line.starts_with("show-") || line.starts_with("session-waits-"));
        let shown = shown.filter_map(|line| line.split_once(" = ")).map(|(_, text)| text.to_owned());
        for text in shown.filter(|text| !text.contains('{')).chain(cues.iter().map(|cue| table[cue].clone())) {
            let longest = text.split_whitespace().map(|word| word.chars().count()).max().unwrap_or(0);
            if lines(&text) > 2 || longest > LINE {
                wrong.push(text);
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
