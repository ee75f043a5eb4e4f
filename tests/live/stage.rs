//! The real window with a camera, a screen and a loudspeaker around it.

use crate::film::{Film, Scene};
use crate::heard::{Cue, CueLog};
use crate::screen::Screen;
use crate::sound_server::{Recorder, Server, record_in};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// Is told the command before it runs, and the folder of the run; gives what runs beside the program.
pub type Change<'a> = &'a dyn Fn(&mut Command, &Path) -> Option<Child>;

/// The window with everything around it; all ends with it.
pub struct Stage {
    pub folder: tempfile::TempDir,
    pub film: Film,
    pub screen: Screen,
    pub server: Server,
    pub window: Child,
    beside: Option<Child>,
    log: CueLog,
    /// All that was logged.
    pub cues: Vec<Cue>,
}

impl Stage {
    /// Opens the window on a display of its own and begins the routine; what is heard is recorded.
    pub fn recorded(routine: &Path, scenes: &[(&str, Scene)]) -> (Self, Recorder) {
        let server = Server::start();
        let recorder = record_in(server.folder());
        (Self::on(server, routine, scenes, &|_, _| None), recorder)
    }

    /// The same without a recording.
    pub fn with(routine: &Path, scenes: &[(&str, Scene)], change: Change) -> Self {
        Self::on(Server::start(), routine, scenes, change)
    }

    fn on(server: Server, routine: &Path, scenes: &[(&str, Scene)], change: Change) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let film = Film::of(folder.path(), scenes);
        let screen = Screen::start();
        let log = folder.path().join("cues.jsonl");
        let mut command = Command::new(env!("CARGO_BIN_EXE_formcheck"));
        command
            .args(["--begin", &routine.display().to_string(), "--cue-log", &log.display().to_string()])
            .envs(film.environment())
            .env("FORMCHECK_DATA", folder.path().join("data"))
            .env("DISPLAY", screen.display())
            .env("PULSE_SERVER", server.address())
            .env("LIBGL_ALWAYS_SOFTWARE", "1")
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let beside = change(&mut command, folder.path());
        let window = command.spawn().unwrap();
        let log = CueLog::at(&log);
        Self { folder, film, screen, server, window, beside, log, cues: Vec::new() }
    }

    /// Waits for what is said next, a tenth of a second at most.
    pub fn news(&mut self) -> Vec<Cue> {
        std::thread::sleep(Duration::from_millis(100));
        let news = self.log.news();
        self.cues.extend(news.iter().cloned());
        assert!(self.window.try_wait().unwrap().is_none(), "the window has closed: {:#?}", self.spoken());
        news
    }

    pub fn spoken(&self) -> Vec<&Cue> {
        self.cues.iter().filter(|cue| cue.is_spoken()).collect()
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        for child in self.beside.iter_mut().chain([&mut self.window]) {
            let _gone = child.kill();
            let _reaped = child.wait();
        }
    }
}
