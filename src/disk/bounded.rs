//! Files that the program reads: ordinary ones, of a size that makes sense, line by line where they are long.
//!
//! A pipe or a device of that name would never end, and a file of gigabytes is not what it is called. In: a path and a limit.
//! Out: text, bytes or lines; an error of the system's kind, in words that stand after "could not read the trace: ".

use crate::base::language::tr;
use std::fs::File;
use std::io::{BufRead, BufReader, Error, ErrorKind, Read, Result};
use std::path::Path;

/// Opens an ordinary file of at most `largest` bytes.
///
/// # Errors
/// What the system said; a pipe, device or folder; a file that is larger.
pub fn open(path: &Path, largest: u64) -> Result<File> {
    // Before it is opened: that alone would wait for ever at a pipe.
    ordinary(&std::fs::metadata(path)?)?;
    let file = File::open(path)?;
    let about = file.metadata()?;
    ordinary(&about)?;
    if about.len() > largest {
        return Err(too_large(largest));
    }
    Ok(file)
}

fn ordinary(about: &std::fs::Metadata) -> Result<()> {
    let what = if about.is_file() {
        return Ok(());
    } else if about.is_dir() {
        tr!("file-folder")
    } else {
        tr!("file-odd")
    };
    Err(Error::new(ErrorKind::InvalidInput, what))
}

fn too_large(largest: u64) -> Error {
    let limit = if largest >= 1 << 20 { format!("{} MB", largest >> 20) } else { format!("{} kB", largest >> 10) };
    Error::new(ErrorKind::InvalidData, tr!("file-too-large", limit = limit))
}

/// All of an ordinary file of at most `largest` bytes.
///
/// # Errors
/// Those of [`open`], and what the system said while it was read.
pub fn bytes(path: &Path, largest: u64) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    // It may have grown since it was opened.
    open(path, largest)?.take(largest + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > largest { Err(too_large(largest)) } else { Ok(bytes) }
}

/// The text of such a file.
///
/// # Errors
/// Those of [`bytes`], and when it is no UTF-8.
pub fn text(path: &Path, largest: u64) -> Result<String> {
    String::from_utf8(bytes(path, largest)?)
        .map_err(|_not_utf8| Error::new(ErrorKind::InvalidData, tr!("file-no-text")))
}

/// The lines of an ordinary file of any size, each of at most so many bytes.
#[derive(Debug)]
pub struct Lines {
    file: BufReader<File>,
    longest: u64,
}

impl Lines {
    /// Opens the file.
    ///
    /// # Errors
    /// Those of [`open`].
    pub fn open(path: &Path, longest: u64) -> Result<Self> {
        Ok(Self { file: BufReader::new(open(path, u64::MAX)?), longest })
    }
}

impl Iterator for Lines {
    type Item = Result<String>;

    fn next(&mut self) -> Option<Result<String>> {
        let mut line = Vec::new();
        match self.file.by_ref().take(self.longest + 1).read_until(b'\n', &mut line) {
            Ok(0) => return None,
            Ok(_) => (),
            Err(e) => return Some(Err(e)),
        }
        if line.len() as u64 > self.longest {
            return Some(Err(Error::new(
                ErrorKind::InvalidData,
                format!("it is longer than {} kB", self.longest >> 10),
            )));
        }
        while line.last().is_some_and(|byte| matches!(byte, b'\n' | b'\r')) {
            line.pop();
        }
        Some(String::from_utf8(line).map_err(|_not_utf8| Error::new(ErrorKind::InvalidData, "it is no text (UTF-8)")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_too_large_or_none_is_refused_and_a_line_has_an_end() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        std::fs::write(&path, "12345678").unwrap();
        assert_eq!(text(&path, 8).unwrap(), "12345678");
        assert!(text(&path, 7).unwrap_err().to_string().contains("larger than 0 kB"));
        assert_eq!(text(folder.path(), 8).unwrap_err().to_string(), "it is a folder");
        assert_eq!(text(&folder.path().join("none"), 8).unwrap_err().kind(), ErrorKind::NotFound);
        std::fs::write(&path, [0xff, 0xfe]).unwrap();
        assert_eq!(text(&path, 8).unwrap_err().to_string(), "it is no text (UTF-8)");
        std::fs::write(&path, "one\r\ntwo\n\nlast").unwrap();
        let lines: Vec<String> = Lines::open(&path, 5).unwrap().map(Result::unwrap).collect();
        assert_eq!(lines, ["one", "two", "", "last"]);
        assert!(Lines::open(&path, 3).unwrap().any(|line| line.is_err()));
        let endless = folder.path().join("endless");
        File::create(&endless).unwrap().set_len(1 << 40).unwrap();
        let first = Lines::open(&endless, 1 << 20).unwrap().next().unwrap();
        assert!(first.unwrap_err().to_string().contains("longer than 1024 kB"));
        #[cfg(unix)]
        {
            let pipe = folder.path().join("pipe");
            assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
            assert_eq!(text(&pipe, 8).unwrap_err().to_string(), "it is no ordinary file");
            assert!(Lines::open(Path::new("/dev/zero"), 8).is_err());
        }
    }
}
