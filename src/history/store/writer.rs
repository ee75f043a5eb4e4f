//! Keeps a session while it happens: every repetition is set down as its verdict falls. What cannot be written waits in
//! memory, in order, and is tried again; counting does not wait for it.

use super::database::{Opened, Store};
use super::error::StoreError;
use super::lock::SessionLock;
use crate::base::time::Timestamp;
use crate::counting::engine::{Engine, Event};
use crate::counting::record::Rep;
use crate::exercise::Mode;
use crate::history::session::StoredSet;
use crate::history::set::{NewSet, SetDone};
use std::collections::VecDeque;
use std::path::Path;
use std::time::Duration;

/// Ids tried before the store is taken to be at fault: two programs may start in the same moment.
const ID_TRIES: u32 = 16;
/// A write waits so long for another copy of the program while frames come: a frame or two.
const SHORT_WAIT: Duration = Duration::from_millis(50);
/// And so long at the end, when nothing is missed any more.
const LONG_WAIT: Duration = Duration::from_secs(5);
/// What could not be written is tried again after this, seconds of the source's time.
const RETRY_S: f64 = 1.0;
/// In duration mode, which has no repetitions to tell, activity is set down so often, seconds of the source's time.
const ACTIVITY_S: f64 = 1.0;

/// Something to write.
enum Write {
    Begin(Box<StoredSet>),
    Reps(Vec<Rep>),
    Activity { active_s: f64, passes: Vec<Rep> },
    Finish(Box<SetDone>),
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
    activity: Activity,
    trouble: Option<String>,
}

/// What of the activity of a set in duration mode has been set down.
#[derive(Default)]
struct Activity {
    at: Option<Timestamp>,
    active_s: f64,
    passes: usize,
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
        let mut notices = Vec::from_iter(notice);
        notices.extend(store.clock_warning(&utc_mark())?);
        let (session, lock) = if let Some(id) = resume {
            (id.to_owned(), store.resume_session(id)?)
        } else {
            begin_session(&mut store, person)?
        };
        store.wait_at_most(SHORT_WAIT)?;
        let keeper = Self {
            store,
            session,
            _lock: lock,
            set: None,
            waiting: VecDeque::new(),
            tried_at: None,
            activity: Activity::default(),
            trouble: None,
        };
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

    /// Begins a set.
    pub fn begin_set(&mut self, new: &NewSet<'_>) {
        self.activity = Activity::default();
        self.waiting.push_back(Write::Begin(Box::new(new.log())));
        self.write();
    }

    /// Sets down what the engine has told.
    pub fn take(&mut self, events: &[Event]) {
        let told: Vec<Rep> = events.iter().filter_map(|e| e.kind.rep().cloned()).collect();
        if told.is_empty() {
            return;
        }
        match self.waiting.back_mut() {
            Some(Write::Reps(reps)) => reps.extend(told),
            _ => self.waiting.push_back(Write::Reps(told)),
        }
        self.write();
    }

    /// Takes a frame: what could not be written is tried again now and then, and activity set down that no event tells.
    pub fn tick(&mut self, at: Timestamp, engine: &Engine) {
        if engine.exercise().mode == Mode::Duration && is_due(self.activity.at, at, ACTIVITY_S) {
            self.activity.at = Some(at);
            self.note_activity(engine);
        }
        if !self.waiting.is_empty() && is_due(self.tried_at, at, RETRY_S) {
            self.tried_at = Some(at);
            self.write();
        }
    }

    fn note_activity(&mut self, engine: &Engine) {
        let active_s = engine.hold().map_or(0.0, |(active_s, _)| active_s);
        if active_s <= self.activity.active_s {
            return;
        }
        // The newest pass known so far may still have changed.
        let passes = engine.reps().split_off(self.activity.passes.saturating_sub(1));
        self.activity.passes = self.activity.passes.saturating_sub(1) + passes.len();
        self.activity.active_s = active_s;
        self.waiting.push_back(Write::Activity { active_s, passes });
        self.write();
    }

    /// Ends the set.
    pub fn finish_set(&mut self, done: &SetDone) {
        self.waiting.push_back(Write::Finish(Box::new(done.clone())));
        self.write();
    }

    /// Writes what waits, in order, until something cannot be written.
    fn write(&mut self) {
        while let Some(next) = self.waiting.front() {
            let written = match (next, self.set) {
                (Write::Begin(set), _) => self.store.begin_set(&self.session, set).map(|key| self.set = Some(key)),
                (Write::Reps(reps), Some(set)) => self.store.put_reps(set, reps),
                (Write::Activity { active_s, passes }, Some(set)) => self.store.put_activity(set, *active_s, passes),
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
