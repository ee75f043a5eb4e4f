//! Which camera: the list of cameras and the choice among them.
//!
//! In: what the user asked for and what the system has. Out: candidates in the order in which to try them. More than one,
//! because a webcam often shows up twice under one name, once for pictures and once for metadata.

use std::convert::Infallible;
use std::str::FromStr;

use nokhwa::utils::{ApiBackend, CameraIndex};

use super::info::CameraInfo;
use super::trouble::Trouble;

/// The camera that the user asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum CameraSelector {
    /// The first one that gives pictures.
    #[default]
    Default,
    /// The one with this number.
    Index(u32),
    /// The one with this name, or else the ones whose name contains it, in any case.
    Name(String),
}

impl FromStr for CameraSelector {
    type Err = Infallible;

    /// A number is an index, an empty text the default, anything else a name.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        Ok(match text.parse() {
            Ok(index) => Self::Index(index),
            Err(_) if text.is_empty() => Self::Default,
            Err(_) => Self::Name(text.to_owned()),
        })
    }
}

/// The cameras of the system by number.
pub(super) fn cameras() -> Result<Vec<CameraInfo>, Trouble> {
    let found = nokhwa::query(ApiBackend::Auto).map_err(|error| Trouble::from_nokhwa(&error))?;
    let mut cameras: Vec<CameraInfo> = found
        .iter()
        .filter_map(|info| match info.index() {
            CameraIndex::Index(index) => Some((*index, info)),
            CameraIndex::String(text) => text.parse().ok().map(|index| (index, info)),
        })
        .map(|(index, info)| CameraInfo { index, name: info.human_name() })
        .collect();
    // The system lists them in no order.
    cameras.sort_by_key(|camera| camera.index);
    Ok(cameras)
}

/// The cameras to try, best first; never empty.
pub(super) fn candidates(cameras: &[CameraInfo], selector: &CameraSelector) -> Result<Vec<CameraInfo>, Trouble> {
    if cameras.is_empty() {
        return Err(Trouble::NoCamera);
    }
    let (wanted, chosen) = match selector {
        CameraSelector::Default => {
            let mut all = cameras.to_vec();
            all.sort_by_key(|camera| sees_no_colour(&camera.name));
            return Ok(all);
        }
        CameraSelector::Index(index) => (format!("number {index}"), filter(cameras, |camera| camera.index == *index)),
        CameraSelector::Name(name) => {
            let lower = name.to_lowercase();
            let exact = filter(cameras, |camera| camera.name == *name);
            let close = || filter(cameras, |camera| camera.name.to_lowercase().contains(&lower));
            (format!("\"{name}\""), if exact.is_empty() { close() } else { exact })
        }
    };
    if chosen.is_empty() { Err(Trouble::Unknown { wanted, cameras: cameras.to_vec() }) } else { Ok(chosen) }
}

/// Whether a camera, by its name, is one that sees heat or distance; such a one may be listed before the one beside it that
/// takes pictures.
fn sees_no_colour(name: &str) -> bool {
    let lower = name.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric());
    words.any(|word| matches!(word, "ir" | "infrared" | "depth" | "thermal" | "tof"))
}

/// Where a camera that was open before is now: by name, its old number first; empty when it is not there.
pub(super) fn found_again(cameras: &[CameraInfo], camera: &CameraInfo) -> Vec<CameraInfo> {
    let mut same = filter(cameras, |other| other.name == camera.name);
    same.sort_by_key(|other| (other.index != camera.index, other.index));
    same
}

fn filter(cameras: &[CameraInfo], wanted: impl Fn(&CameraInfo) -> bool) -> Vec<CameraInfo> {
    cameras.iter().filter(|camera| wanted(camera)).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn desk() -> Vec<CameraInfo> {
        [(0, "HD Webcam"), (1, "HD Webcam"), (2, "Cam"), (4, "Studio Cam")]
            .map(|(index, name)| CameraInfo { index, name: name.to_owned() })
            .to_vec()
    }

    #[test]
    fn selectors_find_their_cameras() {
        let cases: &[(&str, &[u32])] = &[
            ("", &[0, 1, 2, 4]),
            ("1", &[1]),
            ("Cam", &[2]),
            ("cam", &[0, 1, 2, 4]),
            ("STUDIO", &[4]),
            ("hd webcam", &[0, 1]),
        ];
        let mut failures = Vec::new();
        for (text, wanted) in cases {
            let selector: CameraSelector = text.parse().unwrap();
            let got: Vec<u32> = candidates(&desk(), &selector).unwrap().iter().map(|camera| camera.index).collect();
            if got != *wanted {
                failures.push(format!("{text:?}: wanted {wanted:?}, got {got:?}"));
            }
        }
        assert!(failures.is_empty(), "{}", failures.join("\n"));
    }

    #[test]
    fn what_sees_heat_or_distance_comes_last_unless_it_is_asked_for() {
        let names = ["Integrated IR Camera", "Studio Depth", "Iris Cam", "Webcam"];
        let all: Vec<CameraInfo> =
            (0..).zip(names).map(|(index, name)| CameraInfo { index, name: name.to_owned() }).collect();
        let order = |selector: &str| -> Vec<u32> {
            candidates(&all, &selector.parse().unwrap()).unwrap().iter().map(|camera| camera.index).collect()
        };
        assert_eq!(order(""), [2, 3, 0, 1]);
        assert_eq!(order("depth"), [1]);
    }

    #[test]
    fn what_is_not_there_is_an_error_that_names_what_is() {
        for (text, wanted) in [("7", "number 7"), ("Den", "\"Den\"")] {
            let trouble = candidates(&desk(), &text.parse().unwrap()).unwrap_err();
            assert_eq!(trouble, Trouble::Unknown { wanted: wanted.to_owned(), cameras: desk() });
        }
        assert_eq!(candidates(&[], &CameraSelector::Default), Err(Trouble::NoCamera));
    }

    #[test]
    fn a_camera_is_found_again_under_a_new_number() {
        let was = CameraInfo { index: 1, name: "HD Webcam".to_owned() };
        let numbers =
            |list: &[CameraInfo]| found_again(list, &was).iter().map(|camera| camera.index).collect::<Vec<_>>();
        assert_eq!(numbers(&desk()), [1, 0]);
        assert_eq!(numbers(&[CameraInfo { index: 6, name: was.name.clone() }]), [6]);
        assert_eq!(numbers(&desk()[2..]), [0_u32; 0]);
    }
}
