//! Keeps a session while it happens: every repetition is set down as its verdict falls. What cannot be written is kept in
//! memory and tried again; counting never waits for it.

use super::{Opened, Store, StoreError};
use crate::engine::Event;
use crate::session::log::SetLog;
use crate::session::records::Rep;
use crate::session::set::{NewSet, SetDone};
use std::path::Path;

/// Ids tried before the store is taken to be at fault: two programs may start in the same moment.
const ID_TRIES: u32 = 16;

/// An open session of this program.
pub struct Keeper {
    store: Store,
    session: String,
    set: Option<i64>,
    /// A set that could not be begun yet.
    waiting_set: Option<SetLog>,
    /// Repetitions that could not be written yet.
    unsaved: Vec<Rep>,
    trouble: Option<String>,
}

/// Now, as sessions note it: RFC 3339 with the offset of the local zone, whole seconds.
pub fn now() -> String {
    jiff::Zoned::now().strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

/// Now, as session ids begin.
fn utc_mark() -> String {
    jiff::Timestamp::now().strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// An id that sorts by time.
fn new_id(attempt: u32) -> String {
    let now = jiff::Timestamp::now();
    // Milliseconds keep the order; two programs that start in the same one differ by their process.
    let mark = (std::process::id() + attempt) & 0xff;
    format!("{}-{:03}{mark:02x}", now.strftime("%Y%m%dT%H%M%SZ"), now.subsec_millisecond())
}

impl Keeper {
    /// Opens the store and begins a session, or goes on in one that was left open. The second value is what the user should
    /// know.
    ///
    /// # Errors
    /// When the store cannot be used.
    pub fn begin(folder: &Path, person: &str, resume: Option<&str>) -> Result<(Self, Vec<String>), StoreError> {
        let Opened { mut store, notice } = Store::open(folder)?;
        let mut notices = Vec::from_iter(notice);
        notices.extend(store.clock_warning(&utc_mark())?);
        let session = if let Some(id) = resume {
            store.resume_session(id)?;
            id.to_owned()
        } else {
            begin_session(&mut store, person)?
        };
        Ok((Self { store, session, set: None, waiting_set: None, unsaved: Vec::new(), trouble: None }, notices))
    }

    /// Id of the session.
    pub fn session(&self) -> &str {
        &self.session
    }

    /// The store itself.
    pub fn store(&mut self) -> &mut Store {
        &mut self.store
    }

    /// Why the last repetitions could not be written, while that is so.
    pub fn trouble(&self) -> Option<&str> {
        self.trouble.as_deref()
    }

    /// Begins a set.
    pub fn begin_set(&mut self, new: &NewSet<'_>) {
        self.unsaved.clear();
        self.set = None;
        self.waiting_set = Some(new.log());
        let begun = self.begun_set().map(|_| ());
        self.note(begun);
    }

    /// Sets down what the engine has told.
    pub fn take(&mut self, events: &[Event]) {
        self.unsaved.extend(events.iter().filter_map(|e| e.kind.rep().cloned()));
        if self.unsaved.is_empty() {
            return;
        }
        let written = self.begun_set().and_then(|set| match set {
            Some(set) => self.store.put_reps(set, &self.unsaved),
            None => Ok(()),
        });
        if written.is_ok() {
            self.unsaved.clear();
        }
        self.note(written);
    }

    /// Ends the set.
    pub fn finish_set(&mut self, done: &SetDone) {
        let written = self.begun_set().and_then(|set| match set {
            Some(set) => self.store.finish_set(set, done),
            None => Ok(()),
        });
        self.note(written);
        self.set = None;
        self.waiting_set = None;
        self.unsaved.clear();
    }

    /// The key of the running set; begins it now when that did not work before.
    fn begun_set(&mut self) -> Result<Option<i64>, StoreError> {
        if let Some(waiting) = &self.waiting_set {
            self.set = Some(self.store.begin_set(&self.session, waiting)?);
            self.waiting_set = None;
        }
        Ok(self.set)
    }

    fn note(&mut self, written: Result<(), StoreError>) {
        self.trouble = written.err().map(|e| e.to_string());
    }

    /// Ends the session.
    ///
    /// # Errors
    /// When that cannot be written; the session then stays open and can be closed later.
    pub fn end(mut self) -> Result<(), StoreError> {
        self.store.end_session(&self.session, &now())
    }
}

fn begin_session(store: &mut Store, person: &str) -> Result<String, StoreError> {
    let mut attempt = 0;
    loop {
        let id = new_id(attempt);
        match store.begin_session(&id, person, &now()) {
            Err(StoreError::Exists(_)) if attempt < ID_TRIES => attempt += 1,
            Err(e) => return Err(e),
            Ok(()) => return Ok(id),
        }
    }
}
