//! A run of one scenario of [`super::child`] in a process that has the fake camera, and what it printed.

use std::fs;
use std::process::Command;

use super::{PALETTE, SCENARIO};
use crate::common::fake_camera::fake_device;

/// Raw YUYV frames of one colour each: palette entry after entry, each for `repeat` frames.
pub fn yuyv_clip(width: usize, height: usize, repeat: usize) -> Vec<u8> {
    let frame = |[y, u, v]: [u8; 3]| [y, u, y, v].repeat(width * height / 2).repeat(repeat);
    PALETTE.iter().flat_map(|(yuv, _)| frame(*yuv)).collect()
}

/// The same as concatenated JPEGs, each with some texture in a corner so that it has a length worth cutting.
pub fn mjpeg_clip(width: u32, height: u32) -> Vec<u8> {
    let mut clip = Vec::new();
    for (_, rgb) in PALETTE {
        let speckle = |x: u32, y: u32| x < width / 4 && y < height / 4 && (x * 7 + y * 13).is_multiple_of(5);
        let picture =
            image::RgbImage::from_fn(width, height, |x, y| image::Rgb(if speckle(x, y) { [9; 3] } else { rgb }));
        image::codecs::jpeg::JpegEncoder::new_with_quality(&mut clip, 90).encode_image(&picture).unwrap();
    }
    clip
}

/// A run of one scenario in a child process.
pub struct Run {
    folder: tempfile::TempDir,
    command: Command,
}

impl Run {
    pub fn new(scenario: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut command = Command::new(std::env::current_exe().unwrap());
        command
            .args([
                "camera::child::child_of_the_camera_tests",
                "--exact",
                "--ignored",
                "--nocapture",
                "--test-threads=1",
            ])
            .env(SCENARIO, scenario)
            .env("LD_PRELOAD", fake_device())
            .env("FAKECAM_CONTROL", folder.path().join("control"));
        Self { folder, command }
    }

    pub fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(format!("FAKECAM_{name}"), value);
        self
    }

    pub fn control(self, word: &str) -> Self {
        fs::write(self.folder.path().join("control"), word).unwrap();
        self
    }

    pub fn file(mut self, variable: &str, bytes: &[u8]) -> Self {
        let path = self.folder.path().join(variable);
        fs::write(&path, bytes).unwrap();
        self.command.env(format!("FAKECAM_{variable}"), path);
        self
    }

    /// A small raw clip at 20 frames a second, enough for most scenarios.
    pub fn small_clip(self) -> Self {
        self.file("FRAMES", &yuyv_clip(160, 120, 1)).env("SIZE", "160x120").env("FPS", "20")
    }

    pub fn facts(mut self) -> Facts {
        let output = self.command.output().unwrap();
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "the child failed:\n{text}\n{errors}");
        Facts(text.lines().filter_map(|line| line.strip_prefix("fact ")).map(str::to_owned).collect())
    }
}

/// What the child printed: lines "name value".
pub struct Facts(Vec<String>);

impl Facts {
    pub fn all(&self, name: &str) -> Vec<&str> {
        let prefix = format!("{name} ");
        self.0.iter().filter_map(|line| line.strip_prefix(prefix.as_str())).collect()
    }

    pub fn one(&self, name: &str) -> &str {
        let all = self.all(name);
        assert_eq!(all.len(), 1, "fact {name} in {:#?}", self.0);
        all[0]
    }

    pub fn number(&self, name: &str) -> f64 {
        self.one(name).parse().unwrap()
    }

    /// Palette entries of the pictures in the order they came; every picture must be one of the palette.
    pub fn colours(&self) -> Vec<usize> {
        let colours = self.all("colour");
        let known: Vec<usize> = colours.iter().filter_map(|text| text.parse().ok()).collect();
        assert!(known.len() == colours.len() && !known.is_empty(), "pictures of a wrong colour: {colours:?}");
        known
    }

    /// Each colour once for every run of it.
    pub fn colour_runs(&self) -> Vec<usize> {
        let mut runs = self.colours();
        runs.dedup();
        runs
    }
}
