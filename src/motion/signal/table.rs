//! All kinds there are. A new one is a row in the file of its subject, and a line of `docs/authoring.md`.

use super::kind::SignalKind;
use super::{angles, combinations, outline, places, world};

/// The rows of all subjects.
const SUBJECTS: [&[SignalKind]; 5] = [angles::KINDS, places::KINDS, world::KINDS, outline::KINDS, combinations::KINDS];

/// All kinds, by subject; names are unique.
pub fn kinds() -> impl Iterator<Item = &'static SignalKind> {
    SUBJECTS.into_iter().flatten()
}
