//! Films for the fake camera: scenes one after the other in one file, and a control file that says which is played.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Frames a second of all films here.
pub const FPS: u32 = 12;

/// Where a scene comes from.
#[derive(Clone, Debug)]
pub enum Scene {
    /// A film in tests/fixtures/routine.
    Exercise(&'static str),
    /// The same in a quarter of the pixels.
    Small(&'static str),
    /// A room without anybody, so many seconds.
    Empty(u32),
    /// A covered lens.
    Black(u32),
    /// Two films side by side, the middle of each.
    Two(&'static str, &'static str),
}

impl Scene {
    /// The input of ffmpeg.
    fn input(&self) -> Vec<String> {
        let made = |colour: &str, noise: u32, seconds: u32| {
            let source = format!("color=c={colour}:s=640x480:r={FPS}:d={seconds},noise=alls={noise}:allf=t");
            ["-f", "lavfi", "-i", &source].map(str::to_owned).to_vec()
        };
        match self {
            Self::Exercise(id) => vec!["-i".to_owned(), fixture(id).display().to_string()],
            Self::Small(id) => {
                ["-i", &fixture(id).display().to_string(), "-vf", "scale=320:240"].map(str::to_owned).to_vec()
            }
            Self::Empty(seconds) => made("0x8c8678", 12, *seconds),
            Self::Black(seconds) => made("black", 6, *seconds),
            Self::Two(left, right) => {
                let half = "crop=320:480:160:0";
                let both = format!("[0]{half}[l];[1]{half}[r];[l][r]hstack=shortest=1");
                let (left, right) = (fixture(left).display().to_string(), fixture(right).display().to_string());
                ["-i", &left, "-i", &right, "-filter_complex", &both].map(str::to_owned).to_vec()
            }
        }
    }
}

/// The film of an exercise.
pub fn fixture(exercise: &str) -> PathBuf {
    let file = format!("tests/fixtures/routine/{exercise}.mp4");
    Path::new(env!("CARGO_MANIFEST_DIR")).join(file)
}

/// Several scenes as one film for the fake camera.
pub struct Film {
    folder: PathBuf,
    scenes: BTreeMap<String, (usize, usize)>,
    plays: Cell<usize>,
}

impl Film {
    /// Brings the scenes into one file in `folder`.
    pub fn of(folder: &Path, scenes: &[(&str, Scene)]) -> Self {
        let mut film = Vec::new();
        let (mut frames, mut places) = (0, BTreeMap::new());
        for (name, scene) in scenes {
            let made = Command::new("ffmpeg")
                .args(["-v", "error"])
                .args(scene.input())
                .args(["-r", &FPS.to_string(), "-pix_fmt", "yuvj422p", "-q:v", "4", "-f", "mjpeg", "-"])
                .output()
                .expect("ffmpeg is installed by `make setup`");
            assert!(made.status.success(), "{name}: {}", String::from_utf8_lossy(&made.stderr));
            let count = made.stdout.windows(3).filter(|w| w == b"\xff\xd8\xff").count();
            assert!(count > 0, "{name} has no frames");
            places.insert((*name).to_owned(), (frames, frames + count - 1));
            frames += count;
            film.extend(made.stdout);
        }
        std::fs::write(folder.join("film.mjpeg"), film).unwrap();
        std::fs::write(folder.join("scenes.json"), serde_json::to_string(&places).unwrap()).unwrap();
        let film = Self { folder: folder.to_owned(), scenes: places, plays: Cell::new(0) };
        film.control("ok 0 1");
        film
    }

    /// The one in a folder, made by another process.
    pub fn again(folder: &Path) -> Self {
        let text = std::fs::read_to_string(folder.join("scenes.json")).unwrap();
        Self { folder: folder.to_owned(), scenes: serde_json::from_str(&text).unwrap(), plays: Cell::new(0) }
    }

    /// Plays a scene from its beginning; its last picture stays.
    pub fn play(&self, scene: &str) {
        let (first, last) = self.scenes[scene];
        // The same numbers again would be nothing new to the camera.
        let plays = self.plays.replace(self.plays.get() + 1);
        self.control(&format!("ok {} {last}", first + plays % 2));
    }

    /// Writes a word into the control file.
    pub fn control(&self, word: &str) {
        // Whole at once: the camera reads it when it likes.
        let (new, file) = (self.folder.join("control.new"), self.folder.join("control"));
        std::fs::write(&new, word).unwrap();
        std::fs::rename(new, file).unwrap();
    }

    /// The environment of a program that shall see it.
    pub fn environment(&self) -> Vec<(&'static str, String)> {
        let file = |name: &str| self.folder.join(name).display().to_string();
        vec![
            ("LD_PRELOAD", crate::fake_camera::fake_device().display().to_string()),
            ("FAKECAM_FORMAT", "mjpeg".to_owned()),
            ("FAKECAM_FRAMES", file("film.mjpeg")),
            ("FAKECAM_SIZE", "640x480".to_owned()),
            ("FAKECAM_FPS", FPS.to_string()),
            ("FAKECAM_CONTROL", file("control")),
        ]
    }
}
