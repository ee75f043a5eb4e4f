//! What a set leaves behind: plain records, as the command line prints them and exports will read them.

pub mod log;
pub mod records;
pub mod set;
pub mod still;
pub mod trend;
pub mod words;
