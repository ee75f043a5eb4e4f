//! Keeps what the live program counts: sessions, sets, own ranges. Trouble with the store is told and never stops counting.

use crate::app::runtime::view::{OpenSession, Refusal};
use crate::base::time::Timestamp;
use crate::counting::calibrate::Calibration;
use crate::counting::engine::{Event, EventKind};
use crate::counting::runner::{FinishedSet, SetOrigin, SetSink};
use crate::exercise::ExerciseDef;
use crate::exercise::plan::SetPlan;
use crate::history::store::{Remarks, SessionWriter, SetRemarks, Store, StoreError, now};
use std::path::{Path, PathBuf};

/// The store as the live program uses it. Without a folder nothing is kept.
pub(super) struct SetRecorder {
    folder: Option<PathBuf>,
    /// What is done now is kept; the demo clip is not.
    keeps: bool,
    /// Whose sessions they are.
    person: String,
    writer: Option<SessionWriter>,
    /// Sessions that were left open, the newest last.
    open: Vec<OpenSession>,
    /// An open session to go on in.
    resume: Option<String>,
    trouble: Option<String>,
    /// What the person should know, though everything is kept.
    notice: Option<String>,
    sets: u32,
    /// A set that was begun and in which nothing has happened yet: it is set down when something has.
    pending: Option<(Box<SetPlan>, SetOrigin)>,
    /// Pain before the session, to be set down with its first set.
    pain_before: Option<u8>,
    /// The session that was kept last, under way or over.
    last: Option<String>,
}

impl SetRecorder {
    /// Looks which sessions were left open.
    pub fn new(folder: Option<PathBuf>, person: String) -> Self {
        let mut recorder = Self {
            folder,
            keeps: true,
            person,
            writer: None,
            open: Vec::new(),
            resume: None,
            trouble: None,
            notice: None,
            sets: 0,
            pending: None,
            pain_before: None,
            last: None,
        };
        recorder.open = recorder
            .with_store(|store| store.abandoned())
            .unwrap_or_default()
            .into_iter()
            .filter_map(|id| recorder.open_session(id))
            .collect();
        recorder
    }

    /// Whether what is done from here on is kept: what runs may not be the user's.
    pub fn keep(&mut self, keeps: bool) {
        if std::mem::replace(&mut self.keeps, keeps) != keeps {
            self.end();
            self.last = None;
        }
    }

    /// Does something with the store, where there is one to keep in and what is done is the user's; trouble is noted.
    fn with_store<T>(&mut self, act: impl FnOnce(&mut Store) -> Result<T, StoreError>) -> Option<T> {
        let folder = self.folder.as_ref().filter(|_| self.keeps)?;
        let done = Store::open(folder).and_then(|mut opened| {
            self.notice = opened.notice.take().or(self.notice.take());
            act(&mut opened.store)
        });
        match done {
            Ok(done) => Some(done),
            Err(e) => {
                self.note(&e);
                None
            }
        }
    }

    fn open_session(&mut self, id: String) -> Option<OpenSession> {
        let session = self.with_store(|store| store.session(&id))?;
        let finished = session.sets.iter().filter(|set| set.finished);
        let done = finished.filter_map(|set| set.summary.exercise.clone()).collect();
        Some(OpenSession { id, started_at: session.started_at, sets: session.sets.len() as u32, done })
    }

    fn note(&mut self, error: &StoreError) {
        self.trouble = Some(error.to_string());
    }

    /// The session that was left open, to be resumed or closed; not while one is under way.
    pub fn offer(&self) -> Option<&OpenSession> {
        self.open.last().filter(|_| self.writer.is_none() && self.keeps)
    }

    /// Goes on in the session that was offered, or closes it.
    ///
    /// # Errors
    /// When none is offered.
    pub fn decide(&mut self, resume: bool) -> Result<(), Refusal> {
        let open = self.open.pop().ok_or(Refusal::NoOffer)?;
        if resume {
            self.resume = Some(open.id);
            self.sets = open.sets;
            // Asked about once: the others end with it.
            self.close_what_was_left_open();
        } else {
            self.with_store(|store| store.close_session(&open.id, &now()));
        }
        Ok(())
    }

    /// From the next session on they are of somebody else.
    pub fn set_person(&mut self, person: &str) {
        person.clone_into(&mut self.person);
    }

    /// Whether anything is kept.
    pub fn is_on(&self) -> bool {
        self.folder.is_some() && self.keeps
    }

    /// What stands in the way of recording.
    pub fn trouble(&self) -> Option<&str> {
        self.writer.as_ref().and_then(SessionWriter::trouble).or(self.trouble.as_deref())
    }

    /// What the person should know beside that.
    pub fn notice(&self) -> Option<&str> {
        self.notice.as_deref()
    }

    /// Sets of the session so far.
    pub fn sets(&self) -> u32 {
        self.sets
    }

    /// Begins the session, with its first set.
    fn begin_session(&mut self, folder: &Path) {
        match SessionWriter::begin(folder, &self.person, self.resume.as_deref()) {
            Ok((writer, notices)) => {
                self.last = Some(writer.session().to_owned());
                self.writer = Some(writer);
                self.resume = None;
                self.trouble = None;
                self.notice = notices.into_iter().next().or(self.notice.take());
            }
            Err(e) => self.note(&e),
        }
    }

    /// Sets down the set that was begun, and with the first one the session.
    pub fn set_down(&mut self) {
        let folder = self.folder.clone().filter(|_| self.keeps);
        let (Some((plan, origin)), Some(folder)) = (self.pending.take(), folder) else { return };
        if self.writer.is_none() {
            self.begin_session(&folder);
            let pain_before = self.pain_before.take();
            self.remark(&Remarks { pain_before, ..Remarks::default() });
        }
        if let Some(writer) = &mut self.writer {
            writer.begin(&plan, &origin);
            self.sets += 1;
        }
    }

    /// Forgets a set that was begun, if nothing has happened in it; else `false`, and it must be ended.
    pub fn drop_set(&mut self) -> bool {
        self.pending.take().is_some() || self.writer.is_none()
    }

    /// Whoever begins anew without an answer does not go on with what was left open: it is closed.
    pub fn close_what_was_left_open(&mut self) {
        for open in std::mem::take(&mut self.open) {
            self.with_store(|store| store.close_session(&open.id, &now()));
        }
    }

    /// A session begins, with this pain before it, if it was said. It is set down with its first set; what is said until then is
    /// not about the session before.
    pub fn begins(&mut self, pain_before: Option<u8>) {
        self.pain_before = pain_before;
        self.last = None;
    }

    /// What the person says of the session under way, or of the one that is just over.
    pub fn remark(&mut self, said: &Remarks) {
        if let Some(session) = self.last.clone() {
            self.with_store(|store| store.remark(&session, said, None));
        }
    }

    /// The session that is just over is not kept after all.
    pub fn discard_last(&mut self) {
        if let Some(session) = self.last.take() {
            self.with_store(|store| store.delete(&session).map(|_| ()));
        }
    }

    /// The count of the last set is corrected by so many.
    pub fn correct_last(&mut self, by: i32) {
        let Some(session) = self.last.clone() else { return };
        self.with_store(|store| {
            // In a rest the next set may have begun already.
            let sets = store.session(&session)?.sets;
            let Some(set) = sets.iter().rfind(|set| set.finished) else { return Ok(()) };
            let said = SetRemarks { corrected: Some(set.corrected_by(by)), note: None };
            store.remark(&session, &Remarks::default(), Some((set.index, &said)))
        });
    }

    /// Keeps an own range that was just learned.
    pub fn keep_range(&mut self, calibration: &Calibration) {
        let person = self.person.clone();
        self.with_store(|store| store.keep_range(&person, calibration, &now()));
    }

    /// The own range that is kept for an exercise.
    pub fn range_of(&mut self, def: &ExerciseDef) -> Option<Calibration> {
        let person = self.person.clone();
        self.with_store(|store| store.range_of(&person, &def.id, &def.file_sha256))?
    }

    /// Ends the session.
    pub fn end(&mut self) {
        self.pending = None;
        self.sets = 0;
        if let Some(Err(e)) = self.writer.take().map(SessionWriter::end) {
            self.note(&e);
        }
    }
}

impl SetSink for SetRecorder {
    fn begin(&mut self, plan: &SetPlan, origin: &SetOrigin) {
        if self.folder.is_some() {
            self.pending = Some((Box::new(plan.clone()), origin.clone()));
        }
    }

    fn take(&mut self, at: Timestamp, events: &[Event]) {
        if events.iter().any(is_something) {
            self.set_down();
        }
        if let Some(writer) = self.writer.as_mut().filter(|_| self.pending.is_none()) {
            writer.take(at, events);
        }
    }

    fn finish(&mut self, set: &FinishedSet) {
        // A set in which nothing was done is not kept.
        if self.pending.take().is_some() {
            return;
        }
        if let Some(writer) = &mut self.writer {
            writer.finish(set);
        }
    }
}

/// Whether an event shows that a set is more than somebody on the way to it.
fn is_something(event: &Event) -> bool {
    let kind = &event.kind;
    kind.entry().is_some() || matches!(kind, EventKind::Hold { .. } | EventKind::Active { .. })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::counting::runner::SetRunner;

    #[test]
    fn what_is_said_of_a_session_in_which_nothing_was_kept_is_not_said_of_the_one_before() {
        let folder = tempfile::tempdir().unwrap();
        let mut recorder = SetRecorder::new(Some(folder.path().to_owned()), "me".to_owned());
        recorder.begins(Some(3));
        let plan = SetPlan::of(ExerciseDef::load("wall_angels").unwrap());
        let set = SetRunner::begin(plan, SetOrigin::default(), &mut recorder);
        recorder.set_down();
        set.finish_into(&mut recorder);
        recorder.correct_last(2);
        recorder.end();
        recorder.remark(&Remarks { pain_after: Some(4), ..Remarks::default() });
        // Another session, in which nothing happens.
        recorder.begins(None);
        recorder.remark(&Remarks { pain_after: Some(9), ..Remarks::default() });
        recorder.correct_last(5);
        recorder.end();

        let store = Store::open(folder.path()).unwrap().store;
        let sessions = store.list(&crate::history::store::Period::default()).unwrap();
        assert_eq!(sessions.len(), 1);
        let session = store.session(&sessions[0].id).unwrap();
        assert_eq!((session.pain_before, session.pain_after), (Some(3), Some(4)));
        assert_eq!(session.sets[0].counted(), 2);
    }
}
