//! `models/manifest.toml`: which weights there are, their checksums, input and licence.

use super::InferError;
use crate::base::digest::sha256_hex;
use crate::disk::bounded;
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// What mends a file of the repository that is missing.
const RESTORE: &str = "run `make setup` or restore the file from the repository";

/// Largest manifest, bytes.
const LARGEST_MANIFEST: u64 = 512 << 10;
/// Largest model, bytes: the heavy one has 29 million.
const LARGEST_MODEL: u64 = 256 << 20;

/// The landmark model to use; the detector is always the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ModelChoice {
    /// Fastest, least exact.
    Lite,
    /// The default.
    #[default]
    Full,
    /// Slowest, and counts no better (`models/README.md`); not part of the repository, `make heavy` makes it.
    Heavy,
}

impl ModelChoice {
    /// Id in the manifest and in records.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Lite => "lite",
            Self::Full => "full",
            Self::Heavy => "heavy",
        }
    }

    /// The model of an id; `None` of an id that no model has.
    pub fn of_id(id: &str) -> Option<Self> {
        [Self::Lite, Self::Full, Self::Heavy].into_iter().find(|model| model.id() == id)
    }
}

/// The models folder's table of contents.
#[derive(Clone, Debug, Deserialize)]
pub struct Manifest {
    /// The models.
    #[serde(rename = "model")]
    pub models: Vec<ModelEntry>,
    /// The runtime library that goes with them.
    pub runtime: RuntimeEntry,
    /// The folder it was read from.
    #[serde(skip)]
    folder: PathBuf,
}

/// One model file.
#[derive(Clone, Debug, Deserialize)]
pub struct ModelEntry {
    /// "detector", "lite", "full", "heavy".
    pub id: String,
    /// File name in the models folder.
    pub file: String,
    /// Lower-case hexadecimal sha256 of the file.
    pub sha256: String,
    /// The command that makes the file, for a model that is not part of the repository.
    pub made_by: Option<String>,
    /// What the file may be used under.
    pub licence: String,
    /// Where the weights come from.
    pub source: String,
    /// The input tensor.
    pub input: InputSpec,
}

impl ModelEntry {
    /// What brings the right file back.
    fn remedy(&self, otherwise: &str) -> String {
        let made = |command| format!("it is not part of the repository, `{command}` makes it");
        self.made_by.as_ref().map_or_else(|| otherwise.to_owned(), made)
    }
}

/// A model's input tensor.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct InputSpec {
    /// Shape, batch first, channels last.
    pub shape: Vec<usize>,
    /// Values that black and white map to.
    pub range: [f32; 2],
}

/// The ONNX Runtime that `make setup` installs.
#[derive(Clone, Debug, Deserialize)]
pub struct RuntimeEntry {
    /// Version, e.g. "1.28.0".
    pub version: String,
    /// Libraries by processor architecture.
    pub library: Vec<LibraryEntry>,
}

/// A runtime library for one architecture.
#[derive(Clone, Debug, Deserialize)]
pub struct LibraryEntry {
    /// As `std::env::consts::ARCH` names it.
    pub arch: String,
    /// File name in the runtime folder.
    pub file: String,
    /// Lower-case hexadecimal sha256 of the file.
    pub sha256: String,
}

impl RuntimeEntry {
    /// The library for this machine's architecture.
    pub fn for_this_machine(&self) -> Option<&LibraryEntry> {
        self.library.iter().find(|l| l.arch == std::env::consts::ARCH)
    }
}

impl Manifest {
    /// Reads `manifest.toml` in `folder`.
    ///
    /// # Errors
    /// When it is missing or malformed.
    pub fn read(folder: &Path) -> Result<Self, InferError> {
        let path = folder.join("manifest.toml");
        let text = bounded::text(&path, LARGEST_MANIFEST).map_err(|e| InferError::Missing {
            what: "model manifest".to_owned(),
            cause: e.to_string(),
            remedy: RESTORE.to_owned(),
            path: path.clone(),
        })?;
        let mut manifest: Self = toml::from_str(&text).map_err(|e| InferError::Manifest {
            cause: e.message().lines().next().unwrap_or_default().to_owned(),
            path: path.clone(),
        })?;
        folder.clone_into(&mut manifest.folder);
        Ok(manifest)
    }

    /// The entry called `id`.
    ///
    /// # Errors
    /// When there is none.
    pub fn entry(&self, id: &str) -> Result<&ModelEntry, InferError> {
        self.models.iter().find(|m| m.id == id).ok_or_else(|| InferError::Missing {
            what: format!("model {id}"),
            cause: "the manifest does not name it".to_owned(),
            remedy: RESTORE.to_owned(),
            path: self.folder.join("manifest.toml"),
        })
    }

    /// The command that makes a model, if it is one that nobody has to have and is not there.
    pub fn still_to_make<'a>(&self, entry: &'a ModelEntry) -> Option<&'a str> {
        let is_there = self.folder.join(&entry.file).exists();
        entry.made_by.as_deref().filter(|_| !is_there)
    }

    /// The bytes of a model, its checksum verified.
    ///
    /// # Errors
    /// When the file is missing or not the one the manifest names.
    pub fn load(&self, id: &str) -> Result<Vec<u8>, InferError> {
        let entry = self.entry(id)?;
        let path = self.folder.join(&entry.file);
        let bytes = bounded::bytes(&path, LARGEST_MODEL).map_err(|e| InferError::Missing {
            what: format!("model {id}"),
            cause: e.to_string(),
            remedy: entry.remedy(RESTORE),
            path: path.clone(),
        })?;
        let found = sha256_hex(&bytes);
        if found != entry.sha256 {
            let (id, wanted) = (id.to_owned(), entry.sha256.clone());
            let remedy = entry.remedy("restore it with `git checkout models`");
            return Err(InferError::Checksum { id, found, wanted, remedy, path });
        }
        Ok(bytes)
    }
}
