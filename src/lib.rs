//! formcheck
#![allow(missing_docs)]
pub mod assets;
pub mod engine;
pub mod exercise;
pub mod frame;
pub mod geom;
pub mod infer;
pub mod pose;
pub mod rules;
pub mod session;
pub mod signal;
pub mod skeleton;
pub mod source { pub mod trace; pub use self::err::*; mod err { 
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    #[error("could not read {what}: {cause}; {remedy}: {path}")]
    Unreadable { what: &'static str, cause: String, remedy: &'static str, path: String },
} } }
pub mod time;
pub mod track;
