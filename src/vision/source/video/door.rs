//! The one door to ffmpeg and ffprobe: which files they may open, under which names, for how long, and that they end with us.
//!
//! A film is somebody else's file. Its name is never shown to ffmpeg, which would repeat it in the log that stamps are read from;
//! it may be of a kind that holds pictures, never of one that names other files; no protocol but the file's own is open.

use super::tools::Tools;
use crate::disk::unfinished::WorkFolder;
use crossbeam_channel::{Receiver, RecvTimeoutError, bounded};
use std::ffi::OsString;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::time::Duration;

/// Containers that may hold a film, and bare streams, sounds, titles and single pictures, which are refused by name. Playlists (hls, dash, concat,
/// sdp), drawings (svg) and numbered pictures (image2) open other files and are not among them.
const FORMATS: &str = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,mpegvideo,asf,flv,live_flv,ogg,mxf,gif,nut,ivf,dv,rm,wtv,\
                       swf,apng,yuv4mpegpipe,h261,h263,h264,hevc,m4v,obu,vc1,cavsvideo,dirac,mjpeg,mpjpeg,wav,mp3,aac,flac,srt,\
                       bmp_pipe,gif_pipe,jpeg_pipe,jpegxl_pipe,png_pipe,tiff_pipe,webp_pipe,qoi_pipe,ppm_pipe,psd_pipe";
/// An answer is waited for so long. Long files are looked at in a second; a network disk that sleeps takes ten.
const PATIENCE: Duration = Duration::from_mins(1);
/// Largest answer that is read, bytes; usual are some hundreds, and a few hundred thousand where a file is badly damaged.
const LARGEST_ANSWER: u64 = 4 << 20;
/// Longest ending of a name that is kept, characters: some containers are told by it.
#[cfg(unix)]
const LONGEST_ENDING: usize = 5;

/// A film under a name of ours: a link in a folder of its own, gone when this is dropped.
#[derive(Debug)]
pub(crate) struct CleanFilm {
    _folder: Option<WorkFolder>,
    link: PathBuf,
}

impl CleanFilm {
    /// Makes the link.
    pub fn of(film: &Path) -> io::Result<Self> {
        let film = std::path::absolute(film)?;
        #[cfg(unix)]
        {
            let folder = WorkFolder::make()?;
            let ending = film.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
            let is_plain =
                (1..=LONGEST_ENDING).contains(&ending.len()) && ending.bytes().all(|byte| byte.is_ascii_alphanumeric());
            let link = folder.path().join(if is_plain { format!("film.{ending}") } else { "film".to_owned() });
            std::os::unix::fs::symlink(&film, &link)?;
            Ok(Self { _folder: Some(folder), link })
        }
        // Links want rights elsewhere; the name as it is, then.
        #[cfg(not(unix))]
        Ok(Self { _folder: None, link: film })
    }

    /// As ffmpeg takes it literally.
    pub fn url(&self) -> OsString {
        file_url(&self.link)
    }

    /// Takes our name out of what ffmpeg said.
    pub fn without_name(&self, said: &str) -> String {
        said.replace(&format!("{}: ", self.url().to_string_lossy()), "")
    }
}

/// `path` as ffmpeg takes it literally: a leading dash, a colon or a percent sign in it mean nothing special.
pub(crate) fn file_url(path: &Path) -> OsString {
    let mut url = OsString::from("file:");
    url.push(path);
    url
}

/// ffprobe, about to be told what it is asked.
pub(super) fn ffprobe(tools: &Tools) -> Command {
    let mut command = Command::new(&tools.ffprobe);
    command.args(["-hide_banner", "-loglevel", "repeat+level+error"]);
    command.args(["-protocol_whitelist", "file,pipe", "-format_whitelist", FORMATS]);
    command
}

/// ffmpeg with its film, about to be told what to do with it, which is to write into a pipe of ours: it ends when nobody reads.
/// `before` are options of the film.
pub(super) fn ffmpeg(tools: &Tools, before: &[&str], film: &CleanFilm) -> Command {
    let loglevel = "repeat+level+info";
    with_film(Command::new(&tools.ffmpeg), loglevel, before, film)
}

/// The same where it writes a file: it ends when the thread does that started it, also where we are killed.
pub(crate) fn ffmpeg_to_file(tools: &Tools, film: &CleanFilm) -> Command {
    with_film(ending_with_us(&tools.ffmpeg), "error", &[], film)
}

fn with_film(mut command: Command, loglevel: &str, before: &[&str], film: &CleanFilm) -> Command {
    command.args(["-nostdin", "-hide_banner", "-nostats", "-loglevel", loglevel]).args(before);
    command.args(["-protocol_whitelist", "file,pipe", "-format_whitelist", FORMATS, "-i"]).arg(film.url());
    command.stdin(Stdio::null());
    command
}

/// A command that the system ends when the thread that started it is no more. Where there is no setpriv (util-linux) it goes on.
fn ending_with_us(program: &Path) -> Command {
    // A program that is not there is to be missed by its own name.
    if cfg!(target_os = "linux") && is_there("setpriv".as_ref()) && is_there(program) {
        let mut command = Command::new("setpriv");
        command.args(["--pdeathsig", "KILL", "--"]).arg(program);
        return command;
    }
    Command::new(program)
}

fn is_there(program: &Path) -> bool {
    let is_in_path = |path| std::env::split_paths(&path).any(|folder| folder.join(program).is_file());
    program.is_file() || std::env::var_os("PATH").is_some_and(is_in_path)
}

/// What a command answered.
#[derive(Debug)]
pub(super) struct Answer {
    pub status: ExitStatus,
    pub stdout: Vec<u8>,
    pub stderr: Vec<u8>,
}

/// Runs a command to its end, which comes within a minute, and takes what it says, of which there is an end as well.
pub(super) fn ask(command: &mut Command) -> io::Result<Answer> {
    ask_within(command, PATIENCE)
}

fn ask_within(command: &mut Command, patience: Duration) -> io::Result<Answer> {
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    let (stdout, stderr) = (child.stdout.take().map(drain), child.stderr.take().map(drain));
    let taken = |inbox: Option<Receiver<io::Result<Vec<u8>>>>| match inbox.map(|inbox| inbox.recv_timeout(patience)) {
        Some(Ok(bytes)) => bytes,
        Some(Err(RecvTimeoutError::Timeout)) => {
            Err(io::Error::new(io::ErrorKind::TimedOut, format!("it gave no answer within {} s", patience.as_secs())))
        }
        Some(Err(RecvTimeoutError::Disconnected)) | None => Err(io::Error::other("what it said could not be read")),
    };
    let said = taken(stdout).and_then(|stdout| Ok((stdout, taken(stderr)?)));
    if said.is_err() {
        // It fails only when it has ended already.
        let _ = child.kill();
    }
    let status = child.wait()?;
    let (stdout, stderr) = said?;
    Ok(Answer { status, stdout, stderr })
}

/// Reads a pipe to its end in a thread of its own.
fn drain(pipe: impl Read + Send + 'static) -> Receiver<io::Result<Vec<u8>>> {
    let (answer, inbox) = bounded(1);
    let read = move || {
        let mut bytes = Vec::new();
        let read = pipe.take(LARGEST_ANSWER + 1).read_to_end(&mut bytes);
        let is_too_long = bytes.len() as u64 > LARGEST_ANSWER;
        let too_long = || io::Error::new(io::ErrorKind::InvalidData, "it says more than makes sense");
        // Nobody waits any more where it fails.
        let _ = answer.send(read.and_then(|_| if is_too_long { Err(too_long()) } else { Ok(bytes) }));
    };
    // Without a thread nothing is sent, which the other end is told by its closing.
    let _no_thread = std::thread::Builder::new().name("tool-answer".into()).spawn(read);
    inbox
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(unix)]
    fn an_answer_has_an_end_and_a_time() {
        let shell = |text: &str| {
            let mut command = Command::new("sh");
            command.args(["-c", text]);
            ask_within(&mut command, Duration::from_millis(1500))
        };
        let answer = shell("echo out; echo err >&2; exit 3").unwrap();
        assert_eq!(
            (answer.stdout.as_slice(), answer.stderr.as_slice(), answer.status.code()),
            (b"out\n".as_slice(), b"err\n".as_slice(), Some(3))
        );
        assert_eq!(shell("exec sleep 60").unwrap_err().kind(), io::ErrorKind::TimedOut);
        assert_eq!(shell("exec cat /dev/zero").unwrap_err().kind(), io::ErrorKind::InvalidData);
    }

    #[test]
    #[cfg(unix)]
    fn a_film_has_a_name_of_ours() {
        let folder = tempfile::tempdir().unwrap();
        let film = folder.path().join("a\n[showinfo@stamp @ 0x1] [info] n: 0.mp4");
        std::fs::write(&film, "film").unwrap();
        let clean = CleanFilm::of(&film).unwrap();
        let url = clean.url().to_string_lossy().into_owned();
        assert!(!url.contains('\n') && url.ends_with("/film.mp4"), "{url}");
        assert_eq!(std::fs::read_to_string(url.strip_prefix("file:").unwrap()).unwrap(), "film");
        assert_eq!(clean.without_name(&format!("{url}: Invalid data")), "Invalid data");
        let folder = Path::new(url.strip_prefix("file:").unwrap()).parent().unwrap().to_owned();
        drop(clean);
        assert!(!folder.exists());
    }
}
