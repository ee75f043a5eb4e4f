//! Inference: the model manifest, the look-up of the runtime library, and the ONNX runner behind
//! [`Runner`](crate::vision::pose::Runner).

pub mod library;
pub mod manifest;
#[cfg(feature = "onnx")]
pub mod onnx;

use std::path::PathBuf;

/// Why a model could not be loaded: what was tried, what happened, which command mends it.
#[derive(Debug, thiserror::Error)]
pub enum InferError {
    /// A file of the models folder is missing or unreadable.
    #[error("could not read the {what}: {cause}; {remedy}: {path}")]
    Missing {
        /// "model manifest", "model full".
        what: String,
        /// What the system said.
        cause: String,
        /// What mends it.
        remedy: String,
        /// Where it was expected.
        path: PathBuf,
    },
    /// The manifest cannot be understood.
    #[error("could not read the model manifest: {cause}; restore it with `git checkout models`: {path}")]
    Manifest {
        /// What is wrong.
        cause: String,
        /// The manifest.
        path: PathBuf,
    },
    /// A model file is not the one the manifest names.
    #[error("could not use the model {id}: its sha256 is {found}, expected {wanted}; {remedy}: {path}")]
    Checksum {
        /// Model id.
        id: String,
        /// Checksum of the file.
        found: String,
        /// Checksum in the manifest.
        wanted: String,
        /// What mends it.
        remedy: String,
        /// The file.
        path: PathBuf,
    },
    /// No usable ONNX Runtime.
    #[error("could not load the ONNX Runtime library: {cause}; run `make setup`, which puts it at {path}")]
    Runtime {
        /// What happened.
        cause: String,
        /// Where the project's own library belongs.
        path: PathBuf,
    },
    /// The runtime refused the model.
    #[error("could not load the model {id}: {cause}; run `formcheck doctor` to check the installation")]
    Session {
        /// Model id.
        id: String,
        /// What the runtime said.
        cause: String,
    },
    /// The model's tensors are not those of its manifest or of the pose code.
    #[error(transparent)]
    Pose(#[from] crate::vision::pose::PoseError),
}
