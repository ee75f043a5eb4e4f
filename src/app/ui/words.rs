//! Words of the session's screens, from the messages of the person's language; `page_words.rs`, `history/words.rs` and `dates.rs`
//! beside it have those of the other pages.
//!
//! In: numbers and states. Out: labels, sentences, accessible names. What other rooms word reaches the window as text and
//! passes through: titles, set-up and cues of exercise files, advice, reasons, and the troubles of cameras and the store.

use crate::app::runtime::view::{CoachStage, CoachView, ExerciseCard, LiveStatus, LiveView, OpenSession, OutcomeView};
use crate::base::language::{decimal, number, tr};
use crate::base::skeleton::Side;
use crate::coach::sentence::{EndReason, Wait};
use crate::counting::reason::ReasonKind;
use crate::counting::record::RepSide;
use crate::exercise::Mode;
use crate::exercise::routine::RoutineDef;
use jiff::civil::DateTime;

/// Title of the window.
pub const TITLE: &str = "formcheck";
/// Pauses, and goes on.
pub const KEY_PAUSE: &str = "P";
/// It hurts: the largest key.
pub const KEY_HURTS: &str = "Space";
/// Silence.
pub const KEY_MUTE: &str = "M";
/// Ends the set.
pub const KEY_END_SET: &str = "E";
/// Leaves an exercise out.
pub const KEY_SKIP: &str = "S";
/// Goes on at once.
pub const KEY_GO: &str = "Enter";

/// Analysis below this is too slow for quick movements, and is said to be, frames per second.
const SLOW_FPS: f64 = 10.0;
/// So is one that has no time for more than this share of the pictures that came.
const MANY_DROPPED: f64 = 0.1;
/// Pictures before this one say nothing about speed: the first are analysed by models that are still being loaded.
const JUDGED_FROM: u64 = 30;

/// Functions that give messages with nothing to be filled in: `messages! { /// Its docs. start = "home-start"; }`.
macro_rules! messages {
    ($($(#[$doc:meta])* $name:ident = $id:literal;)*) => {
        $($(#[$doc])* pub fn $name() -> String { $crate::base::language::text($id, &[]) })*
    };
}
pub(crate) use messages;

messages! {
    /// Heading over the routines.
    routines = "home-routines";
    /// Heading over the exercises.
    single = "home-single";
    /// Over the steps of a routine.
    leave_out = "home-leave-out";
    /// The switch for a warm-up.
    warm_up_first = "home-warm-up";
    /// Before the numbers of pain.
    pain_now = "home-pain";
    /// No pain was said.
    pain_not_said = "home-pain-not-said";
    /// When to stop.
    stop_rule = "home-stop-rule";
    /// A word about water.
    water = "home-water";
    /// That a film may be dropped here.
    drop_film = "film-drop";
    /// On the picture of a window that nobody touches.
    picture_rests = "picture-rests";
    /// Opens the page of a film.
    film = "film-title";
    /// Changes the routine.
    change_routine = "home-change";
    /// Back to the page before.
    back = "history-back";
    /// Begins the session.
    start = "home-start";
    /// Name of the camera picker.
    camera = "home-camera";
    /// In it, where there is nothing to pick.
    no_camera = "home-no-camera";
    /// In it, while a recording plays.
    pick_camera = "home-pick-camera";
    /// Name of the mirror switch.
    mirror = "home-mirror";
    /// Measures the own range.
    measure_range = "home-measure";
    /// Ends that.
    stop_measuring = "home-stop-measuring";
    /// Goes on in the session that was left open.
    continue_session = "home-continue";
    /// Closes it.
    close_session = "home-end";
    /// The keys.
    home_keys = "home-keys";
    /// Name of the picture before the first one came.
    no_picture = "picture-none";
    /// Name of a picture of somebody.
    i_see_you = "picture-seen";
    /// Name of a picture of nobody.
    nobody_seen = "picture-nobody";
    /// Waits.
    pause = "session-pause";
    /// Goes on.
    go_on = "session-go-on";
    /// It hurts.
    hurts = "session-hurts";
    /// Silence.
    mute = "session-mute";
    /// Sound again.
    unmute = "session-unmute";
    /// Ends the set.
    end_set = "session-end-set";
    /// Ends the session.
    end_session = "session-end";
    /// Nothing has come from the analysis for a while.
    stalled = "session-stalled";
    /// Another exercise is counted instead.
    take_offer = "session-take-offer";
    /// Leaves an exercise out.
    skip = "session-skip";
    /// Ends the rest.
    go_now = "session-go-now";
    /// Makes it longer.
    longer = "session-longer";
    /// Closes the summary.
    done = "session-done";
    /// The person is in position.
    in_position = "session-in-position";
    /// Held long enough.
    release = "session-release";
    /// The warm-up.
    warm_up = "session-warm-up";
    /// After pain.
    after_pain = "session-after-pain";
    /// The sheet of settings.
    settings = "settings-title";
    /// What was done.
    history = "history-title";
    /// Closes it.
    settings_close = "settings-close";
    /// Whose sessions they are.
    settings_person = "settings-person";
    /// Colours.
    settings_theme = "settings-theme";
    /// Nothing moves.
    settings_still = "settings-still";
    /// How much is said.
    settings_how_much = "settings-how-much";
    /// How counts are told.
    settings_counts = "settings-counts";
    /// How loud.
    settings_volume = "settings-volume";
    /// A loudspeaker by radio.
    settings_bluetooth = "settings-bluetooth";
    /// The raised hand.
    settings_gesture = "settings-gesture";
    /// Where things are kept.
    settings_folder = "settings-folder";
    /// The language.
    settings_language = "settings-language";
    /// One of several people is followed.
    one_in_front = "session-one-in-front";
    /// The session is over.
    all_done = "session-all-done";
    /// Name of the ring of a raised hand.
    hand_up = "session-hand";
}

/// Settings could not be kept.
pub fn settings_not_kept(why: &str) -> String {
    tr!("settings-not-kept", why = why)
}

/// A routine in a line: "10 exercises, about 24 min".
pub fn routine(def: &RoutineDef) -> String {
    list([tr!("home-exercises", count = def.steps.len()), def.duration_words()])
}

fn list(parts: impl IntoIterator<Item = String>) -> String {
    parts.into_iter().collect::<Vec<_>>().join(", ")
}

/// How the sound stands.
pub fn sound(view: &LiveView) -> String {
    let sound = &view.sound;
    match (&sound.device, &sound.trouble) {
        _ if sound.is_muted => tr!("home-sound-off"),
        (Some(_), _) if sound.clips == 0 && !sound.has_espeak => tr!("home-sound-tones"),
        (Some(device), _) if !sound.has_espeak => tr!("home-sound-clips", device = device.clone()),
        (Some(device), _) => tr!("home-sound-on", device = device.clone()),
        (None, Some(why)) => tr!("home-sound-none", why = why.clone()),
        (None, None) => tr!("home-sound-starting"),
    }
}

/// The session that was left open: "Unfinished session, 26 Nov (3 sets)".
pub fn unfinished(session: &OpenSession) -> String {
    // Without the zone behind the seconds: the day is that of the place where it began.
    let began = session.started_at.get(..19).and_then(|text| text.parse::<DateTime>().ok());
    let day = began.map_or_else(|| session.started_at.clone(), |t| super::dates::day(t.date()));
    match session.sets {
        0 => tr!("home-unfinished", day = day),
        sets => tr!("home-unfinished-sets", day = day, count = sets),
    }
}

/// What is in the way of keeping the set; counting goes on.
pub fn not_kept(why: &str) -> String {
    tr!("home-not-kept", why = why)
}

/// What stands on the picture instead of, or over, the person.
pub fn on_picture(view: &LiveView) -> Option<String> {
    match &view.status {
        LiveStatus::Starting => Some(tr!("picture-starting")),
        LiveStatus::Waiting(why) | LiveStatus::Lost(why) => Some(list([tr!("picture-waiting"), why.clone()])),
        LiveStatus::Failed(why) => Some(tr!("picture-failed", why = why.clone())),
        LiveStatus::Calibrating | LiveStatus::Idle => view.calibration.clone(),
        _ => None,
    }
}

/// The picture is that of the demo clip.
pub fn demo() -> String {
    tr!("picture-demo")
}

/// What does not work, in a few words; the first of what there is.
pub fn trouble(view: &LiveView) -> Option<String> {
    let kept = view.keeping.trouble.as_deref().map(not_kept).or_else(|| view.keeping.notice.clone());
    let sound = view.sound.trouble.as_ref().filter(|_| view.sound.device.is_none());
    let refusal = view.refusal.as_ref().map(ToString::to_string);
    refusal
        .or(kept)
        .or_else(|| sound.map(|why| tr!("session-sound-lost", why = why.clone())))
        .or_else(|| slow(view))
        .or_else(|| view.may_sleep.then(|| tr!("session-may-sleep")))
}

/// Analysis cannot keep up: "Slow: 7.3 frames/s, 24 % dropped".
pub fn slow(view: &LiveView) -> Option<String> {
    let seen = view.frame.as_ref().map_or(0, |frame| frame.seq + 1);
    if view.is_recording || seen < JUDGED_FROM || view.analysed_fps <= 0.0 {
        return None;
    }
    let dropped = view.dropped as f64 / seen as f64;
    if view.analysed_fps >= SLOW_FPS && dropped <= MANY_DROPPED {
        return None;
    }
    let (fps, percent) = (decimal(view.analysed_fps, 1), (dropped * 100.0).round());
    Some(if percent < 1.0 {
        tr!("picture-slow", fps = fps)
    } else {
        tr!("picture-slow-dropped", fps = fps, percent = percent)
    })
}

/// How to come into position, before anything stands in the way.
pub fn how_to(exercise: &ExerciseCard) -> String {
    exercise.setup.clone()
}

/// How far the movement is, percent of what counts.
pub fn way(percent: u32) -> String {
    tr!("session-way", percent = percent)
}

/// In a hold.
pub fn hold(side: Option<RepSide>) -> String {
    match side {
        Some(RepSide::Left) => tr!("session-hold-left"),
        Some(RepSide::Right) => tr!("session-hold-right"),
        _ => tr!("session-hold"),
    }
}

/// What comes after the rest.
pub fn next(exercise: &ExerciseCard) -> String {
    let title = exercise.title.clone();
    match exercise.only_side {
        Some(Side::Left) => tr!("session-next-left", title = title),
        Some(Side::Right) => tr!("session-next-right", title = title),
        None => tr!("session-next", title = title),
    }
}

/// What did not count, and why in a few words.
pub fn not_counted(reason: &str) -> String {
    tr!("session-not-counted", why = why_not(reason))
}

/// Why something did not count, in a few words.
pub fn why_not(reason: &str) -> String {
    match ReasonKind::of_text(reason) {
        ReasonKind::Short => tr!("reason-short"),
        ReasonKind::HeldTooShort => tr!("reason-held"),
        ReasonKind::TooQuick => tr!("reason-quick"),
        ReasonKind::OutOfSight => tr!("reason-hidden"),
        ReasonKind::OtherSide => tr!("reason-side"),
        ReasonKind::Another | ReasonKind::Wrong => crate::counting::retold::reason(reason),
    }
}

/// Under the count: what it is of.
pub fn done_of(view: &LiveView, has_both_sides: bool) -> String {
    let target = view.exercise.target_reps;
    let totals = view.totals;
    match view.side.filter(|_| has_both_sides) {
        Some(RepSide::Left) => tr!("session-left-count", n = totals.left, target = target),
        Some(RepSide::Right) => tr!("session-right-count", n = totals.right, target = target),
        _ if view.exercise.mode == Mode::Duration => view.exercise.title.clone(),
        _ if has_both_sides => tr!("session-count", n = totals.total, target = target * 2),
        _ => tr!("session-count", n = totals.total, target = target),
    }
}

/// Name of the counter.
pub fn count(n: u32, target: u32) -> String {
    match target {
        0 => tr!("session-label-count-open", n = n),
        target => tr!("session-label-count", n = n, target = target),
    }
}

/// Name of the seconds: "Held 3.2 of 10 s".
pub fn timed(mode: Mode, elapsed_s: f64, target_s: f64) -> String {
    let (held, target) = (decimal(elapsed_s, 1), short_number(target_s));
    match mode {
        Mode::Duration => tr!("session-label-active", held = held, target = target),
        Mode::Reps | Mode::Hold => tr!("session-label-held", held = held, target = target),
    }
}

/// Name of the seconds of a rest.
pub fn seconds_left(n: &str) -> String {
    tr!("session-label-seconds", n = n)
}

/// Name of the dots of the sets.
pub fn set_of(n: u32, of: u32) -> String {
    tr!("session-set-of", n = n, of = of)
}

/// Name of a figure.
pub fn how_it_goes(title: &str) -> String {
    tr!("session-how-it-goes", title = title)
}

/// Why it waits.
pub fn waits(why: Wait) -> String {
    match why {
        Wait::Left => tr!("session-waits-left"),
        Wait::GotUp => tr!("session-waits-up"),
        Wait::Hand => tr!("session-waits-hand"),
        Wait::Key => tr!("session-waits-key"),
        Wait::NoPicture => tr!("session-waits-picture"),
        Wait::Black => tr!("session-waits-black"),
        Wait::Still => tr!("session-waits-still"),
    }
}

/// It looks like another exercise; how to say yes, where the voice does not tell.
pub fn looks_like(title: &str, by_hand: bool) -> String {
    if by_hand { tr!("session-looks-like", title = title) } else { tr!("session-looks-like-button", title = title) }
}

/// Where the session is.
pub fn progress(coach: &CoachView) -> String {
    let title = coach.exercise.title.clone();
    if coach.steps <= 1 && !matches!(coach.stage, CoachStage::Paused(..)) {
        return tr!("session-progress-one", title = title);
    }
    if let CoachStage::Paused(_, left_s) = coach.stage {
        return tr!("session-progress-paused", title = title, time = clock(left_s));
    }
    if coach.stage == CoachStage::Summary {
        // Nothing is left.
        return coach.title.clone();
    }
    let minutes = (coach.left_s / 60.0).ceil();
    tr!("session-progress", title = title, step = coach.step, steps = coach.steps, minutes = minutes)
}

/// Minutes and seconds: "1:05".
fn clock(seconds: f64) -> String {
    let whole = seconds.max(0.0).ceil() as u64;
    format!("{}:{:02}", whole / 60, whole % 60)
}

/// Whether a set ended since it hurt.
pub fn is_pain(outcome: &OutcomeView) -> bool {
    outcome.reason == EndReason::Pain
}

/// Whether a set reached its target.
pub fn is_done(outcome: &OutcomeView) -> bool {
    matches!(outcome.reason, EndReason::Target | EndReason::ByEar)
}

/// What a set has come to.
pub fn outcome(outcome: &OutcomeView) -> String {
    let (n, target) = (outcome.counted, outcome.target);
    let text = match (outcome.active_s, outcome.reason) {
        (_, EndReason::Skipped) if n == 0 => return tr!("session-outcome-skipped"),
        (Some((active_s, target_s)), _) => {
            return tr!("session-outcome-seconds", n = active_s.floor(), target = short_number(target_s));
        }
        (None, EndReason::Target | EndReason::ByEar) => tr!("session-outcome-done", n = n, target = target),
        (None, EndReason::Pain) => tr!("session-outcome-pain", n = n, target = target),
        (None, _) => tr!("session-outcome-early", n = n, target = target),
    };
    match (outcome.not_counted, outcome.why_not.as_deref()) {
        (0, Some(why)) if n == 0 => list([text, why_not(why)]),
        (0, _) => text,
        (count, Some(why)) => tr!("session-outcome-rejected-why", text = text, count = count, why = why_not(why)),
        (count, None) => tr!("session-outcome-rejected", text = text, count = count),
    }
}

/// To a tenth, without a zero fraction: "10", but "7.5".
fn short_number(value: f64) -> String {
    // Display of a float drops a zero fraction.
    number((value * 10.0).round() / 10.0)
}
