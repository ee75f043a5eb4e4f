//! Keeps what the live program counts: sessions, sets, own ranges. Trouble with the store is told and never stops counting.

use crate::app::runtime::view::OpenSession;
use crate::counting::calibrate::Calibration;
use crate::counting::engine::{Engine, Event, SetResult};
use crate::counting::key_pose::KeyPosePicker;
use crate::exercise::ExerciseDef;
use crate::history::set::{NewSet, SetDone};
use crate::history::store::{SessionWriter, Store, StoreError, now};
use crate::motion::track::TrackedPose;
use std::path::PathBuf;

/// Whose sessions they are.
const PERSON: &str = "me";

/// The store as the live program uses it. Without a folder nothing is kept.
pub(super) struct SetRecorder {
    folder: Option<PathBuf>,
    keeper: Option<SessionWriter>,
    stills: KeyPosePicker,
    /// Sessions that were left open, the newest last.
    open: Vec<OpenSession>,
    /// An open session to go on in.
    resume: Option<String>,
    trouble: Option<String>,
    /// What the person should know, though everything is kept.
    notice: Option<String>,
    sets: u32,
}

impl SetRecorder {
    /// Looks which sessions were left open.
    pub fn new(folder: Option<PathBuf>) -> Self {
        let mut keeping = Self {
            folder,
            keeper: None,
            stills: KeyPosePicker::default(),
            open: Vec::new(),
            resume: None,
            trouble: None,
            notice: None,
            sets: 0,
        };
        keeping.open = keeping
            .with_store(|store| store.abandoned())
            .unwrap_or_default()
            .into_iter()
            .filter_map(|id| keeping.open_session(id))
            .collect();
        keeping
    }

    /// From here on nothing is kept: what runs is not the user's.
    pub fn stop(&mut self) {
        self.end();
        self.folder = None;
        self.open.clear();
    }

    /// Does something with the store, where there is one to keep in; trouble is noted.
    fn with_store<T>(&mut self, act: impl FnOnce(&mut Store) -> Result<T, StoreError>) -> Option<T> {
        let done = Store::open(self.folder.as_ref()?).and_then(|mut opened| {
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
        let counted = session.sets.iter().map(crate::history::session::StoredSet::counted).sum();
        Some(OpenSession { id, started_at: session.started_at, sets: session.sets.len() as u32, counted })
    }

    fn note(&mut self, error: &StoreError) {
        self.trouble = Some(error.to_string());
    }

    /// The session that was left open, to be resumed or closed; not while one is under way.
    pub fn offer(&self) -> Option<&OpenSession> {
        self.open.last().filter(|_| self.keeper.is_none())
    }

    /// Goes on in the session that was offered, or closes it.
    pub fn decide(&mut self, resume: bool) {
        let Some(open) = self.open.pop() else { return };
        if resume {
            self.resume = Some(open.id);
            self.sets = open.sets;
            self.open.clear();
        } else {
            self.with_store(|store| store.close_session(&open.id, &now()));
        }
    }

    /// Whether anything is kept.
    pub fn is_on(&self) -> bool {
        self.folder.is_some()
    }

    /// What stands in the way of keeping.
    pub fn trouble(&self) -> Option<&str> {
        self.keeper.as_ref().and_then(SessionWriter::trouble).or(self.trouble.as_deref())
    }

    /// What the person should know beside that.
    pub fn notice(&self) -> Option<&str> {
        self.notice.as_deref()
    }

    /// Sets of the session so far.
    pub fn sets(&self) -> u32 {
        self.sets
    }

    /// Begins a set, and the session with the first one.
    pub fn begin_set(&mut self, def: &ExerciseDef, model: &str, source_kind: &str) {
        let Some(folder) = &self.folder else { return };
        self.stills = KeyPosePicker::default();
        if self.keeper.is_none() {
            match SessionWriter::begin(folder, PERSON, self.resume.as_deref()) {
                Ok((keeper, notices)) => {
                    self.keeper = Some(keeper);
                    self.resume = None;
                    self.trouble = None;
                    self.notice = notices.into_iter().next().or(self.notice.take());
                }
                Err(e) => self.note(&e),
            }
        }
        if let Some(keeper) = &mut self.keeper {
            let started_at = now();
            let target_hold_s = def.target.hold_s;
            keeper.begin_set(&NewSet {
                def,
                target_hold_s,
                prescription: None,
                model,
                source_kind,
                started_at: &started_at,
            });
            self.sets += 1;
        }
    }

    /// Takes a frame of the set.
    pub fn take(&mut self, pose: &TrackedPose, events: &[Event], engine: &Engine) {
        self.stills.step(pose, events.iter().filter_map(|e| e.kind.rep()));
        self.tell(events);
        if let Some(keeper) = &mut self.keeper {
            keeper.tick(pose.at, engine);
        }
    }

    /// Takes events between frames.
    pub fn tell(&mut self, events: &[Event]) {
        if let Some(keeper) = &mut self.keeper {
            keeper.take(events);
        }
    }

    /// Ends the set.
    pub fn finish_set(&mut self, record: SetResult, source_kind: &str, model: &str) {
        if let Some(keeper) = &mut self.keeper {
            let summary = record.summary(source_kind, model);
            let stills = self.stills.chosen(&summary.repetitions);
            keeper.finish_set(&SetDone { summary, stills });
        }
    }

    /// Keeps an own range that was just learned.
    pub fn keep_range(&mut self, calibration: &Calibration) {
        self.with_store(|store| store.keep_range(PERSON, calibration, &now()));
    }

    /// The own range that is kept for an exercise.
    pub fn range_of(&mut self, def: &ExerciseDef) -> Option<Calibration> {
        self.with_store(|store| store.range_of(PERSON, &def.id, &def.file_sha256))?
    }

    /// Ends the session.
    pub fn end(&mut self) {
        if let Some(Err(e)) = self.keeper.take().map(SessionWriter::end) {
            self.note(&e);
        }
    }
}
