//! The text of a learned exercise file.

use super::choose::SignalFit;
use super::numbers::Numbers;
use super::request::Request;
use super::segment::Segment;
use crate::exercise::{Mode, Pattern};
use crate::motion::signal::Unit;
use crate::motion::track::View;
use std::fmt::Write as _;

/// The exercise file of a sighting with its numbers.
pub(super) fn exercise(s: &SignalFit, scene: &Segment, request: &Request, n: &Numbers) -> String {
    let mut text = head(s, scene, request, n);
    let mut say = |line: String| {
        let _ = writeln!(text, "{line}");
    };
    let words = &s.candidate.words;
    say("\n[signals]".to_owned());
    say(format!("# Rises with the movement: {words}, in {}.", unit_words(s.unit)));
    for line in &s.candidate.lines {
        say(format!("{} = {}", line.name, line.body));
    }
    say("\n[count]".to_owned());
    match s.candidate.channels.as_slice() {
        [left, right] => say(format!("left = {left:?}\nright = {right:?}")),
        other => say(format!("signal = {:?}", other.first().map_or("", String::as_str))),
    }
    if s.pattern == Pattern::BothWays {
        say("pattern = \"both_ways\"".to_owned());
    }
    say(format!("# {} The noise at rest is {}.", levels(s), number(noise(s), s.unit)));
    say(format!("min_range = {}  # {}: less than this never counts", n.min_range, unit_words(s.unit)));
    say("# Shares of the person's own range at which a repetition is entered and left.".to_owned());
    say("enter_share = 0.65\nexit_share = 0.4".to_owned());
    if let Some(max) = n.baseline_max {
        say(format!("baseline_max = {max}  # a recording that begins higher begins in a movement"));
    }
    if let Some(min) = n.baseline_min {
        say(format!("baseline_min = {min}  # lower than this is another position"));
    }
    say(format!("source = {}", quoted(&source(s, request))));
    if n.fastest_s >= 1.0 {
        say(format!(
            "\n[[faults]]\nid = \"too_fast\"\ncue = \"Slower\"\nseverity = 1\n\
             when = [{{ measure = \"rep_seconds\", below = {} }}]\n\
             source = \"learned from {} repetitions of a recording: the fastest took {:.1} s; half of it is a proposal\"",
            (n.fastest_s * 5.0).round() / 10.0,
            request.reps,
            n.fastest_s
        ));
    }
    say("\n[[not_measured]]\nid = \"form\"\n\
         why = \"the file was learned from a recording: it counts the movement and does not judge how it is done\""
        .to_owned());
    text
}

fn head(s: &SignalFit, scene: &Segment, request: &Request, n: &Numbers) -> String {
    let mut text = String::new();
    let mut say = |line: String| {
        let _ = writeln!(text, "{line}");
    };
    say(format!(
        "# {}: proposed from a recording of {} repetitions by `formcheck exercises learn`.",
        request.name, request.reps
    ));
    say("# Read it, try it on another recording, and change what you know better.".to_owned());
    say("schema = 1".to_owned());
    say(format!("id = {}", quoted(&request.id)));
    say(format!("title = {}", quoted(&request.name)));
    say(format!("summary = {}", quoted(&format!("Move as in the recording; followed by the {}", s.candidate.words))));
    say(format!("setup = {}", quoted(&setup(scene))));
    say(format!(
        "view = \"{}\"  # the trunk was seen at {:.0} degrees; 0 is from the front, 90 from the side",
        scene.view.name(),
        scene.yaw_deg
    ));
    say(format!("view_off_deg = {}", scene.view_off_deg));
    say(format!("posture = \"{}\"", scene.posture_key));
    let mode = if n.mode == Mode::Hold { "hold" } else { "reps" };
    say(format!("mode = \"{mode}\"\ntarget_reps = {}", request.reps));
    if n.mode == Mode::Hold {
        let [shortest, longest] = n.holds_s.unwrap_or([0.0; 2]);
        say(format!(
            "# Holds of {shortest:.1} to {longest:.1} s were seen; half of the shortest counts. Set what you want to reach."
        ));
        say(format!("target_hold_s = {}", n.target_hold_s));
    }
    let required: Vec<String> = s.candidate.required.iter().map(|p| format!("{p:?}")).collect();
    say(format!("required = [{}]", required.join(", ")));
    text
}

/// Where the count rule's numbers come from.
fn source(s: &SignalFit, request: &Request) -> String {
    format!(
        "learned from {} repetitions of a recording: {}; minimum range and shares: proposal",
        request.reps,
        levels(s).trim_end_matches('.')
    )
}

/// Rest and peaks in words.
pub(super) fn levels(s: &SignalFit) -> String {
    let range = |[low, high]: [f64; 2]| {
        let (low, high) = (number(low, s.unit), number(high, s.unit));
        if low == high { low } else { format!("{low} to {high}") }
    };
    let unit = unit_words(s.unit);
    match s.shapes.as_slice() {
        [one] => format!("rest {}, peaks {} {unit}.", range(one.rest), range(one.peak)),
        [a, b] => {
            let [first, second] =
                if s.pattern == Pattern::BothWays { ["to one side", "to the other"] } else { ["left", "right"] };
            format!("{first} {}, {second} {} {unit} from rest.", range(a.size), range(b.size))
        }
        _ => String::new(),
    }
}

/// Standard deviation at rest.
pub(super) fn noise(s: &SignalFit) -> f64 {
    s.shapes.iter().map(|x| x.noise).fold(0.0, f64::max)
}

/// Degrees without decimals when they are many, lengths to a hundredth.
pub(super) fn number(value: f64, unit: Unit) -> String {
    match unit {
        Unit::Deg if value.abs() < 10.0 => format!("{value:.1}"),
        Unit::Deg => format!("{value:.0}"),
        Unit::Trunk | Unit::Share if value.abs() < 0.1 => format!("{value:.3}"),
        Unit::Trunk | Unit::Share => format!("{value:.2}"),
    }
}

pub(super) const fn unit_words(unit: Unit) -> &'static str {
    match unit {
        Unit::Deg => "degrees",
        Unit::Trunk => "trunk lengths",
        Unit::Share => "shares",
    }
}

/// How to place oneself and the camera, from posture and view.
fn setup(scene: &Segment) -> String {
    let is_low = scene.posture.is_on_the_floor();
    let height = if is_low { "Camera low" } else { "Camera at chest height" };
    let place = match scene.view {
        View::Front => "in front of you",
        View::Oblique => "half from the front, half from the side",
        View::Side => "to your side",
    };
    format!(
        "{height}, {place}, two to four metres away, your whole movement in the picture. Start {}.",
        scene.posture.name()
    )
}

/// A TOML text. JSON's escapes are among TOML's.
fn quoted(text: &str) -> String {
    let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    serde_json::to_string(&plain).unwrap_or_else(|_| "\"\"".to_owned())
}
