//! The analysis thread as its owner sees it: started, asked, ended.

use super::analysis::Analysis;
use super::options::LiveOptions;
use super::shared::{Shared, Waker};
use crate::app::runtime::archive::Archive;
use crate::app::runtime::view::{Command, LiveControl, LiveView};
use crate::app::settings::Settings;
use crate::exercise::library::Library;
use crossbeam_channel::{Receiver, Sender, bounded};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// Commands that may wait for the analysis thread.
const COMMANDS: usize = 16;
/// How long shutting down waits for the analysis thread.
const CLOSE_DEADLINE: Duration = Duration::from_secs(2);

/// A running live program. Dropping it ends the analysis thread.
pub struct LiveProgram {
    shared: Arc<Shared>,
    commands: Option<Sender<Command>>,
    done: Receiver<()>,
    library: Arc<Library>,
    settings: Settings,
    /// Where settings are kept; nowhere without it.
    folder: Option<PathBuf>,
}

impl LiveProgram {
    /// Starts the analysis thread.
    ///
    /// # Errors
    /// When the system refuses a thread.
    pub fn start(options: LiveOptions) -> std::io::Result<Self> {
        let library = Arc::new(Library::of(options.keep_in.as_deref()));
        let (settings, folder) = (options.settings.clone(), options.keep_in.clone());
        let shared = Arc::new(Shared::new(LiveView::starting(&options.exercise)));
        let (commands, inbox) = bounded(COMMANDS);
        let (finished, done) = bounded(1);
        let (theirs, their_library) = (Arc::clone(&shared), Arc::clone(&library));
        std::thread::Builder::new().name("analysis".to_owned()).spawn(move || {
            Analysis::new(options, theirs, their_library, inbox).run();
            let _nobody_waits = finished.try_send(());
        })?;
        Ok(Self { shared, commands: Some(commands), done, library, settings, folder })
    }

    /// The system wants the program to end: the window is told and closes.
    pub fn tell_to_end(&self) {
        self.shared.tell_to_end();
    }

    /// Whom to call after each published view.
    pub fn set_waker(&self, waker: Waker) {
        self.shared.set_waker(waker);
    }
}

impl Drop for LiveProgram {
    fn drop(&mut self) {
        // Closing the channel is the signal to stop; a thread stuck in a driver is left behind.
        self.commands = None;
        let _too_late = self.done.recv_timeout(CLOSE_DEADLINE);
    }
}

impl LiveControl for LiveProgram {
    fn view(&self) -> Arc<LiveView> {
        self.shared.view()
    }

    fn send(&self, command: Command) -> bool {
        self.commands.as_ref().is_some_and(|c| c.try_send(command).is_ok())
    }

    fn settings(&self) -> Settings {
        self.settings.clone()
    }

    fn keep(&self, settings: &Settings) -> Result<(), String> {
        self.folder.as_ref().map_or(Ok(()), |folder| settings.save(folder).map_err(|e| e.to_string()))
    }

    fn library(&self) -> &Library {
        &self.library
    }

    fn archive(&self) -> Option<Archive> {
        self.folder.as_deref().map(Archive::at)
    }

    fn show_pictures(&self, shows: bool) {
        self.shared.set_shows_pictures(shows);
    }

    fn is_told_to_end(&self) -> bool {
        self.shared.is_told_to_end()
    }

    fn cameras(&self) -> Vec<String> {
        self.shared.cameras()
    }
}
