//! Files that the program writes at somebody's wish: whole or not at all, never over what it reads or keeps, and for its user only.
//!
//! In: a name. Out: a file beside it (mode 0600), which takes the name when all of it is on the disk.

use super::unfinished::Unfinished;
use crate::base::language::tr;
use crate::base::system;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// Why a file is not written; to be read after "could not write the report: ".
#[derive(Debug, thiserror::Error)]
pub enum OutputError {
    /// It would take the place of what is read.
    #[error("{}", tr!("output-input"))]
    Input,
    /// Two files of one run with one name.
    #[error("{}", tr!("output-twice"))]
    Twice,
    /// It would take the place of sessions or settings.
    #[error("{}", tr!("output-kept"))]
    Kept,
    /// The name is that of a folder, a device or a pipe.
    #[error("{}", tr!("output-no-file"))]
    NoFile,
    /// The system refused.
    #[error("{}", tr!("output-refused", cause = system::said(.0)))]
    Io(std::io::Error),
}

// By hand rather than derived: the cause is in the sentence already and must not be told a second time as the source.
impl From<std::io::Error> for OutputError {
    fn from(error: std::io::Error) -> Self {
        Self::Io(error)
    }
}

/// A file wherever its names are: hard and symbolic links are the same.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Identity {
    #[cfg(unix)]
    device_and_inode: (u64, u64),
    #[cfg(not(unix))]
    path: PathBuf,
}

impl Identity {
    #[cfg(unix)]
    fn of(path: &Path) -> Option<Self> {
        use std::os::unix::fs::MetadataExt as _;
        let about = std::fs::metadata(path).ok()?;
        Some(Self { device_and_inode: (about.dev(), about.ino()) })
    }

    #[cfg(not(unix))]
    fn of(path: &Path) -> Option<Self> {
        Some(Self { path: path.canonicalize().ok()? })
    }
}

/// What must not be written over in a run: its inputs, what else it writes, and what the data folder holds.
#[derive(Debug, Default)]
pub struct Guard {
    inputs: Vec<Identity>,
    kept_in: Option<(Identity, &'static [&'static str])>,
    outputs: Vec<PathBuf>,
}

impl Guard {
    /// Over these files, and the files in these folders, nothing is written.
    pub fn of<'a>(inputs: impl IntoIterator<Item = &'a Path>) -> Self {
        Self { inputs: inputs.into_iter().filter_map(Identity::of).collect(), ..Self::default() }
    }

    /// Nor over files in this folder whose names begin so.
    pub fn keeping(mut self, data_folder: &Path, names: &'static [&'static str]) -> Self {
        self.kept_in = Identity::of(data_folder).map(|folder| (folder, names));
        self
    }

    /// Sets a name aside for an output, before long work begins.
    ///
    /// # Errors
    /// [`OutputError`]: why nothing may be written there.
    pub fn claim(&mut self, out: &Path) -> Result<(), OutputError> {
        let place = place_of(out)?;
        let folder = place.parent().and_then(Identity::of);
        let is_input = |identity: Option<Identity>| identity.is_some_and(|it| self.inputs.contains(&it));
        if is_input(Identity::of(&place)) {
            return Err(OutputError::Input);
        }
        // A folder of pictures is an input as well.
        if place.exists() && is_input(folder.clone()) {
            return Err(OutputError::Input);
        }
        let name = place.file_name().unwrap_or_default().to_string_lossy();
        let is_kept = |(kept_in, names): &(Identity, &[&str])| {
            folder.as_ref() == Some(kept_in) && names.iter().any(|kept| name.starts_with(kept))
        };
        if self.kept_in.as_ref().is_some_and(is_kept) {
            return Err(OutputError::Kept);
        }
        if self.outputs.contains(&place) {
            return Err(OutputError::Twice);
        }
        // As it will be made: that the folder is there and may be written is known now.
        drop(temporary(&place)?);
        self.outputs.push(place);
        Ok(())
    }
}

/// Where a name leads, through links; whether anything can stand there.
fn place_of(out: &Path) -> Result<PathBuf, OutputError> {
    match std::fs::metadata(out) {
        Ok(about) if about.is_file() => Ok(out.canonicalize()?),
        Ok(_) => Err(OutputError::NoFile),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
            let name = out.file_name().ok_or(OutputError::NoFile)?;
            let folder = out.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
            Ok(folder.canonicalize()?.join(name))
        }
        Err(e) => Err(e.into()),
    }
}

fn temporary(place: &Path) -> std::io::Result<NamedTempFile> {
    let folder = place.parent().unwrap_or(Path::new("."));
    tempfile::Builder::new().prefix(".formcheck-").suffix(".part").tempfile_in(folder)
}

/// A file that is being written.
#[derive(Debug)]
pub struct OutputFile {
    out: BufWriter<NamedTempFile>,
    place: PathBuf,
    _noted: Unfinished,
}

impl OutputFile {
    /// Begins a file that will stand at `out`.
    ///
    /// # Errors
    /// When no file can stand there, or the system refuses.
    pub fn create(out: &Path) -> Result<Self, OutputError> {
        let place = place_of(out)?;
        let file = temporary(&place)?;
        let noted = Unfinished::at(file.path());
        Ok(Self { out: BufWriter::new(file), place, _noted: noted })
    }

    /// Where it is until it is finished, for another program that writes it.
    pub fn unfinished_path(&self) -> &Path {
        self.out.get_ref().path()
    }

    /// Puts what was written on the disk and gives it its name.
    ///
    /// # Errors
    /// When the system refuses; what had that name before is as it was.
    pub fn finish(self) -> Result<(), OutputError> {
        let file = self.out.into_inner().map_err(std::io::IntoInnerError::into_error)?;
        file.as_file().sync_all()?;
        file.persist(&self.place).map_err(|e| e.error)?;
        Ok(())
    }
}

impl Write for OutputFile {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.out.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.out.flush()
    }
}

/// Makes a folder where there is none, for its user only.
///
/// # Errors
/// What the system said.
pub fn private_folder(path: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Makes a file that is read while it is written, a log: it takes its name at once, for its user only.
///
/// # Errors
/// As the system says it, also where a folder or a device has the name.
pub fn create_in_place(out: &Path) -> std::io::Result<File> {
    let place = place_of(out).map_err(std::io::Error::other)?;
    let mut options = File::options();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(place)
}

/// Writes a whole file.
///
/// # Errors
/// As [`OutputFile::create`] and [`OutputFile::finish`].
pub fn write(out: &Path, bytes: impl AsRef<[u8]>) -> Result<(), OutputError> {
    let mut file = OutputFile::create(out)?;
    file.write_all(bytes.as_ref())?;
    file.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_means_something_else_is_refused_before_the_work() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        for file in ["film.mp4", "yesterday.html", "data.db"] {
            std::fs::write(at(file), "there").unwrap();
        }
        std::fs::create_dir_all(at("data/exercises")).unwrap();
        std::fs::create_dir_all(at("pictures")).unwrap();
        std::fs::write(at("pictures/1.png"), "there").unwrap();
        std::fs::hard_link(at("film.mp4"), at("linked.mp4")).unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink(at("film.mp4"), at("soft.mp4")).unwrap();
        let inputs = [at("film.mp4"), at("pictures")];
        let mut guard =
            Guard::of(inputs.iter().map(PathBuf::as_path)).keeping(&at("data"), &["sessions.", "settings."]);
        let refused = |guard: &mut Guard, name: &str| guard.claim(&at(name)).err().map(|e| e.to_string());
        let cases = [
            ("film.mp4", "input"),
            ("linked.mp4", "input"),
            ("soft.mp4", "input"),
            ("pictures/1.png", "input"),
            ("data/sessions.db", "kept"),
            ("data/settings.toml", "kept"),
            ("data", "folder"),
            ("none/report.html", "such a folder"),
        ];
        let wrong: Vec<_> = cases
            .into_iter()
            .filter(|(name, why)| !refused(&mut guard, name).is_some_and(|said| said.contains(why)))
            .collect();
        assert!(wrong.is_empty(), "{wrong:?}");
        for name in ["yesterday.html", "new.html", "data/days.ics", "data/exercises/mine.toml"] {
            assert_eq!(refused(&mut guard, name), None, "{name}");
            assert!(refused(&mut guard, name).is_some_and(|said| said.contains("same run")), "{name} twice");
        }
        assert!(!at("new.html").exists(), "nothing was written yet");
    }

    #[test]
    fn a_file_is_there_whole_or_as_it_was_and_for_its_user_only() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("report.html");
        write(&path, "first").unwrap();
        let mut second = OutputFile::create(&path).unwrap();
        second.write_all(b"second").unwrap();
        drop(second);
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "first");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing stays behind");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
        let third = OutputFile::create(&path).unwrap();
        super::super::unfinished::remove_all();
        assert!(!third.unfinished_path().exists(), "what is unfinished goes when the program is told to end");
    }
}
