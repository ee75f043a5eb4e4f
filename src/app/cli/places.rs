//! Where commands may write: not over what they read, and not where sessions are kept.

use crate::app::settings::KEPT;
use crate::disk::output_file::Guard;
use crate::history::store::data_folder;
use std::path::Path;

/// Guards these inputs (ids that are no files are none) and the data folder.
pub(super) fn guard<'a>(inputs: impl IntoIterator<Item = &'a Path>, data_dir: Option<&Path>) -> Guard {
    let guard = Guard::of(inputs);
    // Without a data folder there is nothing in it.
    match data_folder(data_dir) {
        Ok(folder) => guard.keeping(&folder, &KEPT),
        Err(_) => guard,
    }
}
