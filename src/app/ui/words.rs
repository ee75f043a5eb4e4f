//! Every word that the window shows or names, so that a translation is this one file.
//!
//! In: numbers and states. Out: labels, sentences, accessible names. What other rooms word reaches the window as text and
//! passes through: titles, set-up and cues of exercise files, advice, reasons, and the troubles of cameras and the store.

use crate::app::runtime::view::{Command, OpenSession};
use crate::counting::phase::Phase;
use crate::counting::reason::Reason;
use crate::counting::record::RepSide;
use crate::counting::words::PRAISE;
use crate::exercise::Mode;
use jiff::civil::DateTime;

/// Title of the window.
pub const TITLE: &str = "formcheck";

/// Begins a set.
pub const START: &str = "Start";
/// Stops counting for a while.
pub const PAUSE: &str = "Pause";
/// Ends the pause.
pub const RESUME: &str = "Resume";
/// Ends the set.
pub const END_SET: &str = "End set";
/// Ends measuring the own range early.
pub const STOP_MEASURING: &str = "Stop";
/// Said by somebody who times a hold themselves, when it begins.
pub const IN_POSITION: &str = "In position";
/// Said by them when it is over.
pub const END_HOLD: &str = "End hold";
/// Goes on in the session that was left open.
pub const CONTINUE_SESSION: &str = "Continue session";
/// Closes it.
pub const END_SESSION: &str = "End session";
/// Measures the own range.
pub const MEASURE_RANGE: &str = "Measure my range";
/// Name of the mirror switch.
pub const MIRROR: &str = "Mirror picture";

/// Key of the main button.
pub const KEY_SPACE: &str = "Space";
/// Key that ends the set.
pub const KEY_ENTER: &str = "Enter";
/// Key that measures the own range.
pub const KEY_RANGE: &str = "C";
/// Key of the mirror switch.
pub const KEY_MIRROR: &str = "M";
/// The keys between sets, for those who sit near enough to read it.
pub const KEYS_BETWEEN: &str = "Space: start, C: range, Up/Down: exercise, M: mirror";
/// The keys while the own range is measured.
pub const KEYS_MEASURING: &str = "Enter: stop, M: mirror";
/// The keys in a set.
pub const KEYS_IN_SET: &str = "Space: pause, Enter: end set, M: mirror";
/// The keys in a pause.
pub const KEYS_PAUSED: &str = "Space: resume, Enter: end set, M: mirror";
/// The keys in a set that the person times, before a hold.
pub const KEYS_BEFORE_HOLD: &str = "Space: in position, Enter: end set, M: mirror";
/// The keys in a set that the person times, in a hold.
pub const KEYS_IN_HOLD: &str = "Space: end hold, Enter: end set, M: mirror";

/// Name of the exercise picker.
pub const EXERCISE: &str = "Exercise";
/// Name of the camera picker.
pub const CAMERA: &str = "Camera";
/// In the camera picker where there is nothing to pick.
pub const NO_CAMERA: &str = "No camera found";
/// In the camera picker while a recording plays.
pub const PICK_CAMERA: &str = "Pick a camera";

/// What the picture says when it is not that of a camera.
pub const DEMO_NOTE: &str = "Demo clip, no camera found";
/// Name of the picture before the first one came.
pub const NO_PICTURE: &str = "No picture";
/// Name of a picture of somebody.
pub const PICTURE_WITH_SKELETON: &str = "Picture with skeleton";
/// Name of a picture of nobody.
pub const PICTURE_WITHOUT_PERSON: &str = "Picture, nobody found";

/// On the picture while everything is opened.
pub const STARTING: &str = "Starting";
/// Below it.
pub const STARTING_WHY: &str = "Opening the camera and the pose model";
/// On the picture while the source has nothing; why stands below.
pub const NO_NEW_PICTURE: &str = "Waiting for the picture";
/// On the picture when it stopped in a set.
pub const PICTURE_LOST: &str = "Camera lost";
/// Below it: why, and what becomes of the set.
pub fn set_waits(why: &str) -> String {
    let (first, rest) = why.split_at(why.chars().next().map_or(0, char::len_utf8));
    format!("{}{rest}.\nYour set waits. It goes on by itself when the picture is back.", first.to_uppercase())
}
/// On the picture, and as the state, in a pause.
pub const PAUSED: &str = "Paused";
/// On the picture after a set.
pub const SET_FINISHED: &str = "Set finished";
/// On the picture when the program cannot go on; why stands below.
pub const FAILED: &str = "This did not work";

/// The state while everything is opened.
pub const STATE_STARTING: &str = "Starting up";
/// The state while the source has nothing.
pub const STATE_WAITING: &str = "Waiting";
/// The state before a set.
pub const STATE_IDLE: &str = "Not started";
/// The state while the own range is measured.
pub const STATE_MEASURING: &str = "Measuring your range";
/// The state after a set.
pub const STATE_DONE: &str = "Done";
/// The state when the program cannot go on.
pub const STATE_STOPPED: &str = "Stopped";

/// What to do in a pause.
pub const HINT_PAUSED: &str = "Space: resume";
/// What to do after a set.
pub const HINT_FINISHED: &str = "Space: next set";
/// What to do before a hold that the person times.
pub const HINT_BEFORE_HOLD: &str = "Press Space once you are in position";
/// What to do in such a hold.
pub const HINT_IN_HOLD: &str = "Press Space as you come back";

/// Short names of the months.
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Whether a cue praises, and asks for no change; a snapshot does not tell them from the others.
pub fn is_praise(cue: &str) -> bool {
    PRAISE.contains(&cue)
}

/// The phase of the running repetition and its side; nothing while it is on its way, which the person knows.
pub const fn phase(phase: Phase, mode: Mode, side: Option<RepSide>) -> &'static str {
    use RepSide::{Left, Right};
    match (phase, mode, side) {
        (Phase::Setup, ..) => "Get into position",
        (Phase::Ready, ..) => "Ready",
        (Phase::Moving, ..) => "",
        (Phase::Target, Mode::Hold, Some(Left)) => "Hold, left",
        (Phase::Target, Mode::Hold, Some(Right)) => "Hold, right",
        (Phase::Target, Mode::Hold, _) => "Hold",
        (Phase::Target, _, Some(Left)) => "Left: top, now back",
        (Phase::Target, _, Some(Right)) => "Right: top, now back",
        (Phase::Target, ..) => "Far enough, then back",
        (Phase::Returning, _, Some(Left)) => "Left: return slowly",
        (Phase::Returning, _, Some(Right)) => "Right: return slowly",
        (Phase::Returning, ..) => "Return slowly",
    }
}

/// Name of the counter: "Count 4 of 10", or "Count 4" where the target is 0.
pub fn count(total: u32, target: u32) -> String {
    if target == 0 { format!("Count {total}") } else { format!("Count {total} of {target}") }
}

/// Below the counter: "of 10".
pub fn of_target(target: u32) -> String {
    format!("of {target}")
}

/// Name of the ring: "Held 3.2 of 10 s"; "Active ..." where the time that counts is that of the whole exercise.
pub fn timed(mode: Mode, elapsed_s: f64, target_s: f64) -> String {
    let target = short_number(target_s);
    match mode {
        Mode::Duration => format!("Active {elapsed_s:.1} of {target} s"),
        Mode::Hold | Mode::Reps => format!("Held {elapsed_s:.1} of {target} s"),
    }
}

/// Below the seconds in the ring: "of 10 s".
pub fn of_seconds(target_s: f64) -> String {
    format!("of {} s", short_number(target_s))
}

/// Below the ring: "1 pass", "2 holds", or "2 of 5" where holds have a target.
pub fn timed_count(mode: Mode, total: u32, target: u32) -> String {
    match (mode, total, target) {
        (Mode::Duration, 1, _) => "1 pass".to_owned(),
        (Mode::Duration, ..) => format!("{total} passes"),
        (_, 1, 0) => "1 hold".to_owned(),
        (_, _, 0) => format!("{total} holds"),
        _ => format!("{total} of {target}"),
    }
}

/// Tally of the person's own left side.
pub fn left(total: u32) -> String {
    format!("Left {total}")
}

/// Tally of the person's own right side.
pub fn right(total: u32) -> String {
    format!("Right {total}")
}

/// What was not counted, with the reason where all share it: "8 too short", else "8 not counted".
pub fn not_counted(number: u32, shared: Option<&Reason>) -> String {
    match shared {
        None => format!("{number} not counted"),
        Some(Reason::Short { .. }) => format!("{number} too short"),
        Some(Reason::HeldTooShort { .. }) => format!("{number} held too briefly"),
        Some(Reason::TooQuick) => format!("{number} too quick"),
        Some(Reason::OutOfSight) => format!("{number} out of sight"),
        Some(Reason::Another) => format!("{number} other movements"),
        Some(Reason::OtherSide) => format!("{number} on the other side"),
        Some(Reason::Wrong(cue)) => format!("{number} not counted: {cue}"),
    }
}

/// What counts, though its side was not certain.
pub fn side_unclear(number: u32) -> String {
    format!("{number} side unclear")
}

/// The latest movement did not count.
pub fn last_not_counted(reason: Option<&str>) -> String {
    format!("Not counted: {}", reason.unwrap_or("too small"))
}

/// The latest repetition and its form score.
pub fn last_form(score: u32) -> String {
    format!("Last one: form {score} of 100")
}

/// The finished set: "10 counted, 8 too short", and in a line of its own "Form 91 of 100". `not_counted` is worded by
/// [`not_counted`].
pub fn summary(total: u32, not_counted: Option<String>, form: Option<f64>) -> String {
    let counts = list(std::iter::once(format!("{total} counted")).chain(not_counted));
    match form {
        Some(score) => format!("{counts}\nForm {score:.0} of 100"),
        None => counts,
    }
}

/// The finished set in which nothing counted, and why.
pub fn nothing_counted(why: &str) -> String {
    format!("Nothing counted:\n{why}")
}

/// Several remarks in one line.
pub fn list(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(", ")
}

/// Analysis cannot keep up: "Slow: 7.3 frames/s, 24 % dropped".
pub fn slow(analysed_fps: f64, dropped_share: f64) -> String {
    let percent = (dropped_share * 100.0).round();
    if percent < 1.0 {
        format!("Slow: {analysed_fps:.1} frames/s")
    } else {
        format!("Slow: {analysed_fps:.1} frames/s, {percent} % dropped")
    }
}

/// A command that the program has not taken yet.
pub const fn waiting(command: &Command) -> &'static str {
    match command {
        Command::Start => "Starting...",
        Command::Pause => "Pausing...",
        Command::Resume => "Resuming...",
        Command::Finish => "Ending...",
        Command::Calibrate => "Preparing to measure...",
        Command::Holding(true) => "Starting the hold...",
        Command::Holding(false) => "Ending the hold...",
        Command::ChooseExercise(_) => "Changing the exercise...",
        Command::ChooseCamera(_) => "Changing the camera...",
        Command::ResumeSession => "Resuming the session...",
        Command::CloseSession => "Ending the session...",
    }
}

/// What is in the way of keeping the set; counting goes on.
pub fn not_kept(trouble: &str) -> String {
    format!("Not kept: {trouble}")
}

/// The session that was left open: "Unfinished session, 26 Nov (3 sets)".
pub fn unfinished(session: &OpenSession) -> String {
    // Without the zone behind the seconds: the day is that of the place where it began.
    let began = session.started_at.get(..19).and_then(|text| text.parse::<DateTime>().ok());
    let day = began.and_then(|t| Some(format!("{} {}", t.day(), MONTHS.get(usize::try_from(t.month() - 1).ok()?)?)));
    let day = day.as_deref().unwrap_or(&session.started_at);
    match session.sets {
        0 => format!("Unfinished session, {day}"),
        1 => format!("Unfinished session, {day} (1 set)"),
        sets => format!("Unfinished session, {day} ({sets} sets)"),
    }
}

/// To a tenth, without a zero fraction: "10", but "7.5".
fn short_number(value: f64) -> String {
    // Display of a float drops a zero fraction.
    format!("{}", (value * 10.0).round() / 10.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::time::Timestamp;
    use crate::counting::cues::{Cue, CuePolicy};

    #[test]
    fn all_praise_of_the_engine_is_known_and_nothing_else() {
        let mut policy = CuePolicy::default();
        let mut unknown = Vec::new();
        for i in 0..20 {
            let at = Timestamp::from_secs(f64::from(i) * 20.0);
            policy.praise(at);
            unknown.extend(policy.next(at, None).map(|cue: Cue| cue.text).filter(|text| !is_praise(text)));
        }
        assert!(unknown.is_empty(), "praise that would stand in the colour of corrections: {unknown:?}");
        assert!(!is_praise("Slower"));
    }

    #[test]
    fn the_ring_says_tenths_and_drops_a_whole_target_s_fraction() {
        assert_eq!(timed(Mode::Hold, 3.24, 10.0), "Held 3.2 of 10 s");
        assert_eq!(timed(Mode::Hold, 0.0, 7.5), "Held 0.0 of 7.5 s");
        assert_eq!(timed(Mode::Duration, 42.0, 120.0), "Active 42.0 of 120 s");
    }

    #[test]
    fn one_of_anything_is_no_plural() {
        let of = |mode, target| [0, 1, 2].map(|total| timed_count(mode, total, target));
        assert_eq!(of(Mode::Duration, 0), ["0 passes", "1 pass", "2 passes"]);
        assert_eq!(of(Mode::Hold, 0), ["0 holds", "1 hold", "2 holds"]);
        assert_eq!(of(Mode::Hold, 5), ["0 of 5", "1 of 5", "2 of 5"]);
        let session = |sets, started_at: &str| {
            unfinished(&OpenSession { id: String::new(), started_at: started_at.to_owned(), sets, counted: 0 })
        };
        assert_eq!(session(1, "2026-11-03T18:15:00+01:00"), "Unfinished session, 3 Nov (1 set)");
        assert_eq!(session(3, "2026-11-26T00:15:00+01:00"), "Unfinished session, 26 Nov (3 sets)");
        assert_eq!(session(0, "yesterday"), "Unfinished session, yesterday");
    }

    #[test]
    fn frames_that_were_dropped_are_said_only_where_there_are_some() {
        assert_eq!(slow(7.25, 0.0), "Slow: 7.2 frames/s");
        assert_eq!(slow(18.0, 0.24), "Slow: 18.0 frames/s, 24 % dropped");
    }
}
