//! The session store: one SQLite file in the platform's data folder, or where `--data-dir` or FORMCHECK_DATA say.
//!
//! In: sets and repetitions as they happen. Out: [`SessionRecord`](crate::history::session::SessionRecord)s. A repetition is on
//! the disk when its write returns. Several copies of the program may use the file at once. Nothing here is a
//! picture.

mod writer;
mod lock;
mod ranges;
mod read;
mod schema;
mod write;
mod database;
mod error;
mod files;

pub use database::{Opened, Store, data_folder};
pub use error::StoreError;
pub use read::{Period, SessionLine, SetQuery};
pub use write::{Remarks, SetRemarks};
pub use writer::{SessionWriter, local_time, now};
