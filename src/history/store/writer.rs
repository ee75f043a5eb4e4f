//! Keeps a session while it happens: every repetition is set down as its verdict falls. What cannot be written waits in
//! memory, in order, and is tried again; counting does not wait for it.

use super::database::{Opened, Store};
use super::error::StoreError;
use super::lock::SessionLock;
use super::write::ListChange;
use crate::base::time::Timestamp;
use crate::counting::engine::{Event, EventKind};
use crate::counting::runner::{FinishedSet, SetOrigin, SetSink};
use crate::exercise::plan::SetPlan;
use crate::history::session::StoredSet;
use std::collections::VecDeque;
use std::path::Path;
use std::time::Duration;

/// Ids tried before the store is taken to be at fault: two programs may start in the same moment.
const ID_TRIES: u32 = 16;
/// A write waits so long for another copy of the program while frames come: a frame or two.
const SHORT_WAIT: Duration = Duration::from_millis(50);
/// And so long at the end, when nothing is missed any more.
const LONG_WAIT: Duration = Duration::from_secs(15);
/// What could not be written is tried again after this, seconds of the source's time.
const RETRY_S: f64 = 1.0;
/// Something to write.
enum Write {
    Begin(Box<StoredSet>),
    Changes(Vec<ListChange>),
    Finish(Box<FinishedSet>),
}

/// An open session of this program.
pub struct SessionWriter {
    store: Store,
    session: String,
    /// Nobody else goes on in the session while it lives.
    _lock: SessionLock,
    /// Key of the set that was begun last.
    set: Option<i64>,
    waiting: VecDeque<Write>,
    /// When writing was last tried in vain; `None` of the time before the first frame.
    tried_at: Option<Timestamp>,
    trouble: Option<String>,
}

/// Now, as sessions note it.
pub fn now() -> String {
    local_time(jiff::Timestamp::now())
}

/// A time as sessions note it: RFC 3339 with the offset of the local zone, whole seconds.
pub fn local_time(at: jiff::Timestamp) -> String {
    at.to_zoned(jiff::tz::TimeZone::system()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
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

impl SessionWriter {
    /// Opens the store and begins a session, or goes on in one that was left open. The second value is what the user should
    /// know.
    ///
    /// # Errors
    /// When the store cannot be used, or another copy of the program has the session.
    pub fn begin(folder: &Path, person: &str, resume: Option<&str>) -> Result<(Self, Vec<String>), StoreError> {
        let Opened { mut store, notice } = Store::open_checked(folder)?;
        super::lock::sweep(&store.path);
        let mut notices = Vec::from_iter(notice);
        notices.extend(store.clock_warning(&utc_mark())?);
        let (session, lock) = if let Some(id) = resume {
            (id.to_owned(), store.resume_session(id)?)
        } else {
            begin_session(&mut store, person)?
        };
        store.wait_at_most(SHORT_WAIT)?;
        let keeper =
            Self { store, session, _lock: lock, set: None, waiting: VecDeque::new(), tried_at: None, trouble: None };
        Ok((keeper, notices))
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

    /// Writes what waits, in order, until something cannot be written.
    fn write(&mut self) {
        while let Some(next) = self.waiting.front() {
            let written = match (next, self.set) {
                (Write::Begin(set), _) => self.store.begin_set(&self.session, set).map(|key| self.set = Some(key)),
                (Write::Changes(changes), Some(set)) => self.store.put_changes(set, changes),
                (Write::Finish(done), Some(set)) => self.store.finish_set(set, done),
                (_, None) => Ok(()),
            };
            if let Err(error) = written {
                self.trouble = Some(error.to_string());
                return;
            }
            self.waiting.pop_front();
        }
        self.trouble = None;
    }

    /// Ends the session.
    ///
    /// # Errors
    /// When something cannot be written; the session then stays open and can be closed later.
    pub fn end(mut self) -> Result<(), StoreError> {
        self.store.wait_at_most(LONG_WAIT)?;
        self.write();
        match self.trouble.take() {
            Some(trouble) => Err(StoreError::Unwritten { session: self.session, trouble }),
            None => self.store.end_session(&self.session, &now()),
        }
    }
}

impl SetSink for SessionWriter {
    fn begin(&mut self, plan: &SetPlan, origin: &SetOrigin) {
        self.waiting.push_back(Write::Begin(Box::new(StoredSet::begun(plan, origin))));
        self.write();
    }

    fn take(&mut self, at: Timestamp, events: &[Event]) {
        let changes: Vec<ListChange> = events.iter().filter_map(change_of).collect();
        if changes.is_empty() {
            // What could not be written is tried again now and then.
            if !self.waiting.is_empty() && is_due(self.tried_at, at, RETRY_S) {
                self.tried_at = Some(at);
                self.write();
            }
            return;
        }
        match self.waiting.back_mut() {
            Some(Write::Changes(waiting)) => waiting.extend(changes),
            _ => self.waiting.push_back(Write::Changes(changes)),
        }
        self.write();
    }

    fn finish(&mut self, set: &FinishedSet) {
        self.waiting.push_back(Write::Finish(Box::new(set.clone())));
        self.write();
    }
}

/// What an event changes in the list that is kept.
fn change_of(event: &Event) -> Option<ListChange> {
    match &event.kind {
        EventKind::RepDropped { id } => Some(ListChange::Drop(*id)),
        EventKind::Active { active_s, .. } => Some(ListChange::Active(*active_s)),
        kind => kind.entry().map(|rep| ListChange::Put(rep.clone())),
    }
}

/// Whether it is time again; a source that was opened again begins at 0.
fn is_due(last: Option<Timestamp>, at: Timestamp, after_s: f64) -> bool {
    last.is_none_or(|last| at.since(last) >= after_s || at < last)
}

fn begin_session(store: &mut Store, person: &str) -> Result<(String, SessionLock), StoreError> {
    let mut attempt = 0;
    loop {
        let id = new_id(attempt);
        match store.begin_session(&id, person, &now()) {
            Err(StoreError::Exists(_) | StoreError::Running(_)) if attempt < ID_TRIES => attempt += 1,
            Err(e) => return Err(e),
            Ok(lock) => return Ok((id, lock)),
        }
    }
}
