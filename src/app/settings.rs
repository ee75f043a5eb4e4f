//! What the program remembers of its user: choices, in a TOML file that explains itself and may be edited.
//!
//! In: the file. Out: [`Settings`]; a choice that cannot be read is the usual one, and said so. Keys that are not known stay
//! out of the way: an older program must not fail on a newer one's file.

use crate::app::days::{ClockTime, Day};
use crate::base::language::Language;
use crate::coach::manner::{CountStyle, HowMuch, Manner};
use crate::disk::bounded;
use crate::disk::output_file::{self, private_folder};
use crate::sound::speaker::{SpeakerOptions, USUAL_PACE_WPM, VoiceKind};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

/// Name of the file, in the data folder.
const FILE: &str = "settings.toml";

/// How the names of what the data folder keeps begin: the store with its side files and copies, and these.
pub const KEPT: [&str; 2] = ["sessions.", "settings."];

/// Largest file that is read, bytes: a few hundred are usual.
const LARGEST: u64 = 64 * 1024;
/// How quickly the voice may speak, words a minute: what people find comfortable (150 to 200), and slower.
pub const PACES_WPM: RangeInclusive<u32> = 120..=200;
/// A loudspeaker by radio swallows the first second and a half after a silence, seconds.
const BLUETOOTH_LEAD_S: f64 = 1.5;
/// Whose sessions they are, until somebody is named.
pub const ME: &str = "me";

/// Colours of the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// Light letters on dark.
    #[default]
    Dark,
    /// Dark letters on light.
    Light,
    /// As much contrast as a screen has.
    Contrast,
}

/// How large the letters of the pages are; those of a session are as large as they can be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Letters {
    /// To be read at a desk.
    #[default]
    Usual,
    /// A quarter more.
    Large,
    /// Half as much again.
    Largest,
}

impl Letters {
    /// How much larger than usual.
    pub const fn factor(self) -> f32 {
        match self {
            Self::Usual => 1.0,
            Self::Large => 1.25,
            Self::Largest => 1.5,
        }
    }
}

/// The choices.
#[allow(clippy::struct_excessive_bools, reason = "each is a switch of its own in the file")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Whose sessions they are.
    pub person: String,
    /// The routine that is offered.
    pub routine: String,
    /// The exercise that is offered by itself.
    pub exercise: String,
    /// Name of the camera; empty: the first one.
    pub camera: String,
    /// Landmark model: "full" or "lite"; empty: by the speed of the machine.
    pub model: String,
    /// As in a mirror; `None`: cameras are, recordings are not.
    pub mirror: Option<bool>,
    /// Colours.
    pub theme: Theme,
    /// Letters of the pages.
    pub letters: Letters,
    /// Nothing moves that need not.
    pub reduced_motion: bool,
    /// The screen lights up where a rest ends and where something is wrong.
    pub flash: bool,
    /// Tag of the language; empty: the system's.
    pub language: String,
    /// How much is said.
    pub how_much: HowMuch,
    /// How counts are told.
    pub counts: CountStyle,
    /// Who speaks.
    pub voice: VoiceKind,
    /// How quickly, words a minute.
    pub pace: u32,
    /// 0 to 1.
    pub volume: f32,
    /// Nothing is heard.
    pub muted: bool,
    /// The loudspeaker is connected by radio and eats the beginning of what comes after a silence.
    pub bluetooth: bool,
    /// A raised hand pauses.
    pub gesture: bool,
    /// Warm up first.
    pub warm_up: bool,
    /// Days of the routine.
    pub days: Vec<Day>,
    /// Time of day on them.
    pub at: ClockTime,
    /// Proposals that were refused: exercise and day; none is made anew for two weeks.
    pub refused: BTreeMap<String, String>,
    /// The first pages were read.
    pub introduced: bool,
    /// Inner size of the window, points.
    pub window: Option<[f32; 2]>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            person: ME.to_owned(),
            routine: String::new(),
            exercise: String::new(),
            camera: String::new(),
            model: String::new(),
            mirror: None,
            theme: Theme::Dark,
            letters: Letters::Usual,
            reduced_motion: false,
            flash: true,
            language: String::new(),
            how_much: HowMuch::All,
            counts: CountStyle::Every,
            voice: VoiceKind::Recorded,
            pace: USUAL_PACE_WPM,
            volume: 0.9,
            muted: false,
            bluetooth: false,
            gesture: true,
            warm_up: false,
            days: Vec::new(),
            at: ClockTime::USUAL,
            refused: BTreeMap::new(),
            introduced: false,
            window: None,
        }
    }
}

/// What stands above each key in the file.
const EXPLAINED: [(&str, &str); 25] = [
    ("person", "whose sessions they are"),
    ("routine", "id of the routine that is offered"),
    ("exercise", "id of the exercise that is offered by itself"),
    ("camera", "name of the camera; empty: the first one"),
    ("model", "\"full\" or \"lite\" (quicker, less exact); empty: by the speed of the machine"),
    ("mirror", "true or false: the picture as in a mirror; left out: cameras are, films are not"),
    ("theme", "\"dark\", \"light\" or \"contrast\""),
    ("letters", "of the pages: \"usual\", \"large\" or \"largest\""),
    ("reduced_motion", "true: nothing moves that need not"),
    ("flash", "true: the screen lights up softly where a rest ends and where something is wrong"),
    ("language", "such as \"en\"; empty: that of the system"),
    ("how_much", "what is said: \"all\", \"counts\" (no corrections), \"transitions\" (no counts), \"tones\""),
    ("counts", "\"every\", \"last_three\" or \"tones\""),
    ("voice", "\"recorded\", \"espeak\" (espeak-ng says everything) or \"tones\""),
    ("pace", "of the voice, words a minute, 120 to 200"),
    ("volume", "of the voice, 0 to 1"),
    ("muted", "true: nothing is heard"),
    ("bluetooth", "true: the loudspeaker needs a second and a half to wake up"),
    ("gesture", "true: one hand raised for two seconds pauses"),
    ("warm_up", "true: a warm-up before the first exercise"),
    ("days", "days of the routine: [\"mon\", \"wed\", \"fri\"]"),
    ("at", "time of day on them, such as \"18:00\""),
    ("refused", "exercises of which no more was wanted, and the day: { cobra = \"2026-11-27\" }"),
    ("introduced", "false: the first pages are shown at the next start"),
    ("window", "inner size of the window, points: [width, height]"),
];

impl Settings {
    /// The settings in a folder. The second value says what could not be read; the usual choices stand in for it.
    pub fn load(folder: &Path) -> (Self, Option<String>) {
        let path = folder.join(FILE);
        match read(&path) {
            Ok(None) => (Self::default(), None),
            Ok(Some(text)) => Self::of(&text, &path),
            Err(cause) => (Self::default(), Some(not_read(&path, &cause))),
        }
    }

    /// From the text of the file; key by key, so that one mistake costs one choice.
    fn of(text: &str, path: &Path) -> (Self, Option<String>) {
        let table: toml::Table = match text.parse() {
            Ok(table) => table,
            Err(e) => return (Self::default(), Some(not_read(path, e.message()))),
        };
        let mut good = toml::Table::new();
        let mut bad = Vec::new();
        for (key, value) in table {
            let one: toml::Table = std::iter::once((key.clone(), value.clone())).collect();
            if one.try_into::<Self>().is_ok() { _ = good.insert(key, value) } else { bad.push(key) }
        }
        let settings: Self = good.try_into().unwrap_or_default();
        let trouble = (!bad.is_empty()).then(|| not_read(path, &bad.join(", ")));
        (settings.within_limits(), trouble)
    }

    fn within_limits(mut self) -> Self {
        self.pace = self.pace.clamp(*PACES_WPM.start(), *PACES_WPM.end());
        self.volume = if self.volume.is_finite() { self.volume.clamp(0.0, 1.0) } else { 0.9 };
        self.window =
            self.window.filter(|size| size.iter().all(|side| side.is_finite() && (200.0..20_000.0).contains(side)));
        if self.person.trim().is_empty() {
            ME.clone_into(&mut self.person);
        }
        self
    }

    /// The text of the file: every key with what it means.
    ///
    /// # Errors
    /// When a value cannot be written as TOML.
    pub fn text(&self) -> Result<String, toml::ser::Error> {
        let table = toml::Table::try_from(self)?;
        let mut text = "# What formcheck remembers. It may be edited while the program does not run; a key that is left out has its\n\
                        # usual value.\n"
            .to_owned();
        for (key, meaning) in EXPLAINED {
            let line = table.get(key).map_or_else(|| format!("# {key} ="), |value| format!("{key} = {value}"));
            _ = write!(text, "\n# {meaning}\n{line}\n");
        }
        Ok(text)
    }

    /// Writes the file: a new one beside it, then in its place, so that there is always a whole one.
    ///
    /// # Errors
    /// What the system said.
    pub fn save(&self, folder: &Path) -> std::io::Result<()> {
        let text = self.text().map_err(std::io::Error::other)?;
        private_folder(folder)?;
        output_file::write(&folder.join(FILE), text).map_err(std::io::Error::other)
    }

    /// How the coach behaves by them.
    pub fn manner(&self) -> Manner {
        Manner {
            how_much: self.how_much,
            counts: self.counts,
            has_gesture: self.gesture,
            lead_s: self.lead_s(),
            tempo: f64::from(self.pace) / f64::from(USUAL_PACE_WPM),
            ..Manner::default()
        }
    }

    /// How long the soft sound before the first words is, seconds.
    fn lead_s(&self) -> f64 {
        if self.bluetooth { BLUETOOTH_LEAD_S } else { SpeakerOptions::default().lead_s }
    }

    /// How the voice begins by them.
    pub fn voice(&self, cue_log: Option<PathBuf>) -> SpeakerOptions {
        SpeakerOptions {
            volume: self.volume,
            is_muted: self.muted,
            lead_s: self.lead_s(),
            voice: self.voice,
            pace_wpm: self.pace,
            language: self.language(),
            cue_log,
        }
    }

    /// The language: the one chosen, else the system's, else English.
    pub fn language(&self) -> Language {
        let chosen = Language::of_tag(&self.language);
        chosen.or_else(|| sys_locale::get_locale().and_then(|tag| Language::of_tag(&tag))).unwrap_or_default()
    }
}

/// The text of an ordinary file of a bounded size; `None` where there is none.
fn read(path: &Path) -> Result<Option<String>, String> {
    match bounded::text(path, LARGEST) {
        Ok(text) => Ok(Some(text)),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(e) => Err(e.to_string()),
    }
}

fn not_read(path: &Path, what: &str) -> String {
    format!("could not read some settings ({what}); the usual ones are used. The file: {}", path.display())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_come_back_as_they_were_kept_and_every_key_is_explained() {
        let folder = tempfile::tempdir().unwrap();
        let kept = Settings {
            person: "Ann \"A\"".to_owned(),
            mirror: Some(false),
            theme: Theme::Light,
            how_much: HowMuch::Counts,
            volume: 0.5,
            letters: Letters::Large,
            days: vec![Day::Mon, Day::Sun],
            at: ClockTime(jiff::civil::time(6, 30, 0, 0)),
            window: Some([1024.0, 640.0]),
            ..Settings::default()
        };
        kept.save(folder.path()).unwrap();
        assert_eq!(Settings::load(folder.path()), (kept.clone(), None));
        let table = toml::Table::try_from(Settings { mirror: Some(true), window: Some([1.0, 1.0]), ..kept }).unwrap();
        let unexplained: Vec<_> = table.keys().filter(|key| !EXPLAINED.iter().any(|(known, _)| known == key)).collect();
        assert!(unexplained.is_empty(), "{unexplained:?}");
        Settings::default().save(folder.path()).unwrap();
        assert_eq!(Settings::load(folder.path()), (Settings::default(), None), "what is left out is the usual");
    }

    #[test]
    fn one_mistake_costs_one_choice_and_no_file_costs_none() {
        let path = Path::new("settings.toml");
        let (settings, trouble) =
            Settings::of("theme = \"purple\"\nvolume = 7\nfuture = 1\nperson = \" \"\nmuted = true", path);
        assert_eq!(
            (settings.theme, settings.volume, settings.muted, settings.person.as_str()),
            (Theme::Dark, 1.0, true, "me")
        );
        assert!(trouble.unwrap().contains("(theme)"));
        let (settings, trouble) = Settings::of("theme = ", path);
        assert_eq!(settings, Settings::default());
        assert!(trouble.is_some());
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(Settings::load(folder.path()), (Settings::default(), None));
        std::fs::create_dir(folder.path().join(FILE)).unwrap();
        assert!(Settings::load(folder.path()).1.is_some());
    }
}
