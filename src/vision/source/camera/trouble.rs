//! What goes wrong with cameras, and the words for it.
//!
//! In: errors of nokhwa, which carry the system's error only as text. Out: a [`Trouble`], worded as a [`SourceError`] when
//! opening fails, or as a remark while the source waits for the camera to work again.

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
            Self::NoCamera => {
                ("no camera was found".to_owned(), "plug one in, or give a video with --input FILE".to_owned())
            }
            Self::Unknown { wanted, cameras } => {
                let known: Vec<String> = cameras.iter().map(ToString::to_string).collect();
                (format!("there is no camera {wanted}"), format!("name one of these: {}", known.join(", ")))
            }
            Self::Busy => (
                format!("another program is using {name}"),
                "close it (a video call, a browser tab, another formcheck) and try again".to_owned(),
            ),
            Self::Gone => (format!("{name} went away"), "plug it in again and retry".to_owned()),
            Self::Forbidden => (
                format!("the system does not let this user open {name}"),
                "add the user to the group video and log in again".to_owned(),
            ),
            Self::NoBandwidth => (
                format!("the USB bus cannot carry the pictures of {name}"),
                "plug it into another USB port, not a hub".to_owned(),
            ),
            Self::NoFormat => (
                format!("{name} offers no format that can be read here"),
                "use a camera with YUYV, MJPEG or NV12 pictures".to_owned(),
            ),
            Self::NoAnswer(wait) => (
                format!("{name} sent no picture within {} s", wait.as_secs()),
                "unplug it, plug it in again and retry".to_owned(),
            ),
            Self::Silent => {
                (format!("{name} stopped sending pictures"), "unplug it, plug it in again and retry".to_owned())
            }
            Self::Damaged => {
                (format!("{name} sends only damaged pictures"), "try another cable or USB port".to_owned())
            }
            Self::Other(text) => (format!("{name} failed: {text}"), "unplug it, plug it in again and retry".to_owned()),
        };
        SourceError::Camera { cause, remedy }
    }

    /// What to tell a person while the source waits for the camera to work again.
    pub(super) fn remark(&self) -> String {
        match self {
            Self::Gone | Self::NoCamera | Self::Unknown { .. } => {
                "the camera was unplugged; waiting for it to come back".to_owned()
            }
            Self::Busy => "another program took the camera; waiting for it to be free".to_owned(),
            Self::Forbidden => "the system no longer lets this user open the camera; trying again".to_owned(),
            Self::NoBandwidth => "the USB bus cannot carry the camera's pictures; trying again".to_owned(),
            Self::NoFormat => "the camera came back without a format that can be read; trying again".to_owned(),
            Self::NoAnswer(_) => "the camera does not answer; trying again".to_owned(),
            Self::Silent => "the camera stopped sending pictures; opening it again".to_owned(),
            Self::Damaged => "the camera sends only damaged pictures; opening it again".to_owned(),
            Self::Other(text) => format!("the camera failed ({text}); opening it again"),
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
