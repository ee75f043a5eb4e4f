//! A screen without glass, and pictures of it.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// Pixels of it.
pub const SIZE: (u32, u32) = (1280, 800);

/// An X server that draws into memory.
pub struct Screen {
    server: Child,
    display: String,
}

impl Screen {
    pub fn start() -> Self {
        let size = format!("{}x{}x24", SIZE.0, SIZE.1);
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", &size, "-nolisten", "tcp"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Xvfb is installed by `make setup`");
        let mut number = String::new();
        BufReader::new(server.stdout.take().unwrap()).read_line(&mut number).unwrap();
        Self { server, display: format!(":{}", number.trim()) }
    }

    /// Its name, for `DISPLAY`.
    pub fn display(&self) -> &str {
        &self.display
    }

    /// Takes a picture of it.
    pub fn picture(&self, path: &Path) {
        let size = format!("{}x{}", SIZE.0, SIZE.1);
        let taken = Command::new("ffmpeg")
            .args(["-y", "-v", "error", "-f", "x11grab", "-draw_mouse", "0", "-video_size", &size, "-i", &self.display])
            .args(["-frames:v", "1"])
            .arg(path)
            .status();
        assert!(taken.unwrap().success(), "no picture of the screen");
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        let _gone = self.server.kill();
        let _reaped = self.server.wait();
    }
}
