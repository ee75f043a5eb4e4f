//! What goes wrong with cameras, and the words for it.
//!
//! In: errors of nokhwa, which carry the system's error only as text. Out: a [`Trouble`], worded as a [`SourceError`] when
//! opening fails, or as a remark while the source waits for the camera to work again.

use crate::base::language::tr;
use std::time::Duration;

use nokhwa::NokhwaError;

use super::info::CameraInfo;
use crate::vision::source::SourceError;

/// Why there is no picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// The system has no camera.
    NoCamera,
    /// None of the cameras has the name or number that was asked for.
    Unknown { wanted: String, cameras: Vec<CameraInfo> },
    /// Another program streams from it.
    Busy,
    /// It was unplugged.
    Gone,
    /// The user may not open it.
    Forbidden,
    /// The USB bus cannot carry its pictures.
    NoBandwidth,
    /// It offers nothing that can be decoded.
    NoFormat,
    /// The driver does not return from opening, or no first picture came in so long.
    NoAnswer(Duration),
    /// It sent pictures and stopped.
    Silent,
    /// It sends pictures, none of them whole.
    Damaged,
    /// Anything else, in the system's words.
    Other(String),
}

impl Trouble {
    /// What an error of nokhwa means. The system's error number stands in its text as "(os error N)".
    pub(super) fn from_nokhwa(error: &NokhwaError) -> Self {
        let text = error.to_string();
        let number = text.rsplit_once("(os error ").and_then(|(_, rest)| rest.split(')').next()?.parse::<u32>().ok());
        match number {
            // ENOENT, ENXIO, ENODEV
            Some(2 | 6 | 19) => Self::Gone,
            // EBUSY
            Some(16) => Self::Busy,
            // EPERM, EACCES
            Some(1 | 13) => Self::Forbidden,
            // ENOSPC: what uvcvideo says when the bus has no bandwidth left
            Some(28) => Self::NoBandwidth,
            _ if text.contains("Failed to Fufill") => Self::NoFormat,
            _ => Self::Other(text.trim_end_matches('.').to_owned()),
        }
    }

    /// The error of opening the camera called `name`.
    pub(super) fn into_error(self, name: &str) -> SourceError {
        let (cause, remedy) = match self {
            Self::NoCamera => (tr!("camera-none"), tr!("camera-none-do")),
            Self::Unknown { wanted, cameras } => {
                let known: Vec<String> = cameras.iter().map(ToString::to_string).collect();
                (tr!("camera-unknown", name = wanted), tr!("camera-unknown-do", names = known.join(", ")))
            }
            Self::Busy => (tr!("camera-busy", name = name), tr!("camera-busy-do")),
            Self::Gone => (tr!("camera-gone", name = name), tr!("camera-gone-do")),
            Self::Forbidden => (tr!("camera-forbidden", name = name), tr!("camera-forbidden-do")),
            Self::NoBandwidth => (tr!("camera-bandwidth", name = name), tr!("camera-bandwidth-do")),
            Self::NoFormat => (tr!("camera-format", name = name), tr!("camera-format-do")),
            Self::NoAnswer(wait) => {
                (tr!("camera-no-answer", name = name, seconds = wait.as_secs()), tr!("camera-retry-do"))
            }
            Self::Silent => (tr!("camera-silent", name = name), tr!("camera-retry-do")),
            Self::Damaged => (tr!("camera-damaged", name = name), tr!("camera-damaged-do")),
            Self::Other(text) => (tr!("camera-failed", name = name, cause = text), tr!("camera-retry-do")),
        };
        SourceError::Camera { cause, remedy }
    }

    /// What to tell a person while the source waits for the camera to work again.
    pub(super) fn remark(&self) -> String {
        match self {
            Self::Gone | Self::NoCamera | Self::Unknown { .. } => tr!("camera-waits-gone"),
            Self::Busy => tr!("camera-waits-busy"),
            Self::Forbidden => tr!("camera-waits-forbidden"),
            Self::NoBandwidth => tr!("camera-waits-bandwidth"),
            Self::NoFormat => tr!("camera-waits-format"),
            Self::NoAnswer(_) => tr!("camera-waits-answer"),
            Self::Silent => tr!("camera-waits-silent"),
            Self::Damaged => tr!("camera-waits-damaged"),
            Self::Other(text) => tr!("camera-waits-failed", cause = text.as_str()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_system_s_error_number_decides() {
        let cases = [
            ("No such device (os error 19)", Trouble::Gone),
            ("Device or resource busy (os error 16)", Trouble::Busy),
            ("Permission denied (os error 13)", Trouble::Forbidden),
            ("No space left on device (os error 28)", Trouble::NoBandwidth),
            (
                "Invalid argument (os error 22)",
                Trouble::Other("Could not open device stream: Invalid argument (os error 22)".to_owned()),
            ),
        ];
        for (text, wanted) in cases {
            assert_eq!(Trouble::from_nokhwa(&NokhwaError::OpenStreamError(text.to_owned())), wanted);
        }
    }

    #[test]
    fn messages_say_cause_and_remedy() {
        let cameras =
            vec![CameraInfo { index: 0, name: "Desk".to_owned() }, CameraInfo { index: 2, name: "Lid".to_owned() }];
        let unknown = Trouble::Unknown { wanted: "\"Den\"".to_owned(), cameras }.into_error("");
        assert_eq!(
            unknown.to_string(),
            "could not open a camera: there is no camera \"Den\"; name one of these: \"Desk\" (0), \"Lid\" (2)"
        );
        assert_eq!(
            Trouble::Busy.into_error("\"Desk\"").to_string(),
            "could not open a camera: another program is using \"Desk\"; close it (a video call, a browser tab, another \
             formcheck) and try again"
        );
    }
}
