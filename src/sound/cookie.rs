//! The cookie of the sound server, a file that its clients and it show each other.
//!
//! The client in Rust sends none where there is no file, and the server hangs up on it; every other client makes one then. So
//! does this: 256 random bytes, for the user alone, where they have always been.

use crate::disk::output_file::private_folder;
use std::fs::{File, OpenOptions};
use std::io::{Read as _, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

/// Its length, bytes; the server refuses any other.
const LENGTH: usize = 256;
/// Where it is, in the home.
const PLACE: &str = ".config/pulse/cookie";
/// And where it was.
const OLD_PLACE: &str = ".pulse-cookie";

/// Makes a cookie for this user where there is none. What stands in the way is logged: most servers let their own user in.
pub fn make_where_missing() {
    if std::env::var_os("PULSE_COOKIE").is_some() {
        return;
    }
    let home = std::env::var_os("HOME").map(PathBuf::from).filter(|home| home.is_absolute());
    if let Some(Err(e)) = home.map(|home| make_in(&home)) {
        tracing::warn!("there is no cookie of the sound server, and none could be made: {e}");
    }
}

fn make_in(home: &Path) -> std::io::Result<()> {
    let path = home.join(PLACE);
    if path.exists() || home.join(OLD_PLACE).exists() {
        return Ok(());
    }
    let mut cookie = [0; LENGTH];
    File::open("/dev/urandom")?.read_exact(&mut cookie)?;
    path.parent().map_or(Ok(()), private_folder)?;
    // Another program may be making one at the same moment: the first has it.
    match OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path) {
        Ok(mut file) => file.write_all(&cookie),
        Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        Err(e) => Err(e),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    #[test]
    fn a_cookie_is_made_once_for_the_user_alone() {
        let home = tempfile::tempdir().unwrap();
        make_in(home.path()).unwrap();
        let path = home.path().join(PLACE);
        let first = std::fs::read(&path).unwrap();
        assert_eq!(first.len(), LENGTH);
        assert!(first.iter().any(|byte| *byte != first[0]));
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        make_in(home.path()).unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), first, "the one that is there stays");
        let old = tempfile::tempdir().unwrap();
        std::fs::write(old.path().join(OLD_PLACE), "x").unwrap();
        make_in(old.path()).unwrap();
        assert!(!old.path().join(PLACE).exists());
    }
}
