//! What the window looks up among what was kept, and where it writes what it is asked for.

use super::history;
use crate::app::runtime::view::LiveControl;
use std::path::{Path, PathBuf};

/// Everybody there is something of, and who is chosen; in order.
pub fn people(control: &dyn LiveControl, chosen: &str) -> Vec<String> {
    let mut all = control.archive().and_then(|archive| archive.people().ok()).unwrap_or_default();
    if !all.iter().any(|name| name == chosen) {
        all.push(chosen.to_owned());
        all.sort();
    }
    all
}

/// The newest session of a person, in a line.
pub fn last_session(control: &dyn LiveControl, person: &str) -> Option<String> {
    let newest = control.archive()?.sessions(person).ok()?.into_iter().next()?;
    Some(history::words::last_session(&newest, jiff::Zoned::now().date()))
}

/// Where people look for what a program has written for them; else where the program was started.
pub fn documents() -> PathBuf {
    directories::UserDirs::new().and_then(|dirs| dirs.document_dir().map(Path::to_owned)).unwrap_or_default()
}
