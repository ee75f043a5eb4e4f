//! What the operating system says of trouble.

use super::language::{Language, current, tr};
use std::io::{Error, ErrorKind};

/// What the system said, in the person's language where that is not the system's.
pub fn said(error: &Error) -> String {
    match error.kind() {
        _ if current() == Language::English => error.to_string(),
        ErrorKind::NotFound => tr!("system-not-found"),
        ErrorKind::PermissionDenied => tr!("system-denied"),
        ErrorKind::StorageFull => tr!("system-full"),
        ErrorKind::ReadOnlyFilesystem => tr!("system-read-only"),
        _ => error.to_string(),
    }
}
