//! The words of the pages around a session: the first start, before a routine, changing one, after a set and after all.

use crate::app::runtime::view::{CoachView, ExerciseCard, LiveView, OutcomeView};
use crate::app::settings::{Letters, ME, Theme};
use crate::app::ui::dates::{self, WeekDay};
use crate::app::ui::words::messages;
use crate::base::language::{decimal, number, tr, translated};
use crate::base::skeleton::Side;
use crate::coach::manner::{CountStyle, HowMuch};
use crate::coach::outcome::Closing;
use crate::counting::record::{Rep, Summary};
use crate::counting::retold;
use crate::exercise::routine::Step;
use crate::exercise::{Mode, Target};
use crate::history::session::StoppedBecause;
use crate::sound::speaker::VoiceKind;

/// On the button that takes one from a count.
pub const LESS: &str = "−";
/// On the button that adds one.
pub const MORE: &str = "+";
/// What file managers put before a path.
pub const FILE_SCHEME: &str = "file://";
/// Ids of the pose models as the settings have them; none: by the speed of the machine.
pub const MODELS: [&str; 3] = ["", "full", "lite"];
/// Behind a number of seconds.
pub const SECONDS: &str = " s";
/// What ids of routines begin with whose title begins with no letter.
pub const MY: &str = "my_";

messages! {
    /// Before the picker of an exercise, of a film or of a trend.
    which_exercise = "history-which-exercise";
    /// In it: to be found out.
    film_recognise = "film-recognise";
    /// Before the path of a film.
    film_path = "film-path";
    /// Begins the analysis.
    film_analyse = "film-analyse";
    /// Stops it.
    film_stop = "film-stop";
    /// No exercise was recognised.
    film_nothing = "film-nothing";
    /// Keeps what came out.
    film_keep = "film-keep";
    /// It was kept.
    film_kept = "film-kept";
    /// Before the size of the letters.
    letters = "settings-letters";
    /// Before the days of the week.
    days = "settings-days";
    /// Before their time of day.
    days_at = "settings-days-at";
    /// Writes them for the calendar.
    days_calendar = "settings-days-calendar";
    /// A little more next time.
    propose_yes = "propose-yes";
    /// As it is.
    propose_no = "propose-no";
    /// Pain after the session.
    pain_after = "after-pain";
    /// Who is to be asked when it goes on hurting.
    ask_somebody = "after-ask-somebody";
    /// What the person writes.
    note = "history-note";
    /// It stays.
    keep = "history-keep";
    /// Throws the session away.
    discard = "after-discard";
    /// Whether that is meant.
    discard_sure = "after-discard-sure";
    /// It is.
    discard_yes = "after-discard-yes";
    /// Why it was stopped.
    why_stopped = "after-why";
    /// Before the title of a routine.
    routine_title = "edit-title";
    /// On the buttons of a step: one place up.
    up = "edit-up-button";
    /// One place down.
    down = "edit-down-button";
    /// Out of the routine.
    out = "edit-out-button";
    /// Keeps it.
    keep_routine = "edit-keep";
    /// Keeps it beside the one that was opened.
    keep_as_new = "edit-keep-new";
    /// Leaves it as it was.
    not_changed = "edit-cancel";
    /// Deletes it.
    delete_routine = "edit-delete";
    /// Whether that is meant.
    delete_routine_sure = "edit-delete-sure";
    /// It is.
    delete_routine_yes = "edit-delete-yes";
    /// Before the picker of an exercise.
    add_exercise = "edit-add";
    /// In it.
    pick_exercise = "edit-pick";
    /// Before the picker of a variant.
    step_variant = "edit-variant";
    /// Before the number of sets.
    step_sets = "edit-sets";
    /// Before the seconds of a hold.
    step_hold = "edit-hold";
    /// Before the sides.
    step_sides = "edit-sides";
    /// Before the rest between sets.
    step_rest = "edit-rest";
    /// Before the rest after the exercise.
    step_rest_after = "edit-rest-after";
    /// Face down without a voice.
    sound_is_off = "before-sound-off";
    /// Begins all the same.
    begin_unheard = "before-begin-unheard";
    /// Before the picker of who speaks.
    voice_kind = "settings-voice";
    /// Before the slider of its pace.
    pace = "settings-pace";
    /// A soft light where something is to be noticed.
    flash = "settings-flash";
    /// Before the picker of the pose model.
    model = "settings-model";
    /// About half of everything.
    gentle = "before-gentle";
    /// The next of the first pages.
    next_page = "first-next";
    /// After the last of them.
    begin_using = "first-begin";
    /// The first pages again.
    first_again = "first-again";
    /// Asks whether the voice is heard.
    test_voice = "first-test-voice";
    /// It was asked.
    raise_a_hand = "first-raise-a-hand";
    /// The hand was seen.
    hand_was_seen = "first-hand-seen";
}

/// A size of letters.
pub fn letter_size(letters: Letters) -> String {
    match letters {
        Letters::Usual => tr!("settings-letters-usual"),
        Letters::Large => tr!("settings-letters-large"),
        Letters::Largest => tr!("settings-letters-largest"),
    }
}

/// Name of the file for the calendar.
pub fn calendar_file(routine: &str) -> String {
    format!("formcheck-{routine}.ics")
}

/// Where the days are for the calendar.
pub fn calendar_written(path: &str) -> String {
    tr!("settings-days-written", path = path)
}

/// They are not.
pub fn calendar_not_written(why: &str) -> String {
    tr!("settings-days-not-written", why = why)
}

/// Before the number of repetitions.
pub fn step_reps(has_sides: bool) -> String {
    if has_sides { tr!("edit-reps-side") } else { tr!("edit-reps") }
}

/// Which sides are done.
pub fn sides(only: Option<Side>) -> String {
    match only {
        None => tr!("edit-sides-both"),
        Some(Side::Left) => tr!("edit-sides-left"),
        Some(Side::Right) => tr!("edit-sides-right"),
    }
}

/// A step with its number.
pub fn numbered(number: usize, title: &str) -> String {
    tr!("edit-numbered", number = number, title = title)
}

/// Names of the buttons of a step.
pub fn step_up(title: &str) -> String {
    tr!("edit-up", title = title)
}

/// See [`step_up`].
pub fn step_down(title: &str) -> String {
    tr!("edit-down", title = title)
}

/// See [`step_up`].
pub fn step_out(title: &str) -> String {
    tr!("edit-out", title = title)
}

/// Which exercises are done on the floor.
pub fn on_the_floor(titles: &str) -> String {
    tr!("before-on-the-floor", titles = titles)
}

/// The pages of the first start, in order: the title of each and what stands on it.
pub fn first_pages() -> [(String, Vec<String>); 4] {
    [
        (tr!("first-what"), vec![tr!("first-what-does"), tr!("first-what-not"), tr!("first-what-cannot")]),
        (
            tr!("first-ready"),
            vec![tr!("first-ready-ask"), tr!("first-ready-urgent"), tr!("home-stop-rule"), tr!("first-ready-after")],
        ),
        (tr!("first-camera"), vec![tr!("first-camera-place"), tr!("first-camera-private")]),
        (tr!("first-voice"), vec![tr!("first-voice-test"), tr!("first-voice-hand")]),
    ]
}

/// The last set in a line.
pub fn last_set(outcome: &OutcomeView) -> String {
    tr!("after-last-set", title = outcome.title.clone(), what = super::words::outcome(outcome))
}

/// One less of a set.
pub fn one_less(title: &str) -> String {
    tr!("history-one-less", title = title)
}

/// One more of a set.
pub fn one_more(title: &str) -> String {
    tr!("history-one-more", title = title)
}

/// What has come of a session, in a line: "2 of 10 exercises, 24 min".
pub fn closing(coach: &CoachView) -> String {
    let Some(closing) = &coach.closing else { return String::new() };
    tr!("after-closing", n = closing.exercises, of = coach.steps, minutes = closing.minutes.max(1))
}

/// One good thing, and one to work on.
pub fn well_and_work(closing: &Closing) -> Vec<String> {
    let well = closing.well.clone().map(|what| tr!("after-went-well", what = what));
    let work = closing.work.clone().map(|what| tr!("after-to-work-on", what = what));
    well.into_iter().chain(work).collect()
}

/// Name of the strip of a set.
pub fn marks(outcome: &OutcomeView) -> String {
    let counted = outcome.marks.iter().filter(|mark| mark.is_counted).count();
    let faults = outcome.marks.iter().filter(|mark| mark.has_fault).count();
    tr!("after-marks", title = outcome.title.clone(), n = counted, of = outcome.marks.len(), faults = faults)
}

/// Under the strip of a set: the longest hold, how many were not clean.
pub fn course(outcome: &OutcomeView) -> Option<String> {
    let longest = outcome.marks.iter().filter_map(|mark| mark.hold_s).fold(0.0, f64::max);
    let hold = (longest > 0.0).then(|| tr!("after-longest-hold", s = decimal(longest, 1)));
    let faults = outcome.marks.iter().filter(|mark| mark.has_fault).count();
    let faults = (faults > 0).then(|| tr!("after-with-fault", count = faults));
    let all: Vec<String> = hold.into_iter().chain(faults).collect();
    (!all.is_empty()).then(|| all.join(", "))
}

/// A theme.
pub fn theme(theme: Theme) -> String {
    match theme {
        Theme::Dark => tr!("settings-theme-dark"),
        Theme::Light => tr!("settings-theme-light"),
        Theme::Contrast => tr!("settings-theme-contrast"),
    }
}

/// How much is said.
pub fn how_much(how_much: HowMuch) -> String {
    match how_much {
        HowMuch::All => tr!("settings-how-much-all"),
        HowMuch::Counts => tr!("settings-how-much-counts"),
        HowMuch::Transitions => tr!("settings-how-much-transitions"),
        HowMuch::Tones => tr!("settings-how-much-tones"),
    }
}

/// How counts are told.
pub fn counts(counts: CountStyle) -> String {
    match counts {
        CountStyle::Every => tr!("settings-counts-every"),
        CountStyle::LastThree => tr!("settings-counts-last"),
        CountStyle::Tones => tr!("settings-counts-tones"),
    }
}

/// Who speaks.
pub fn voice_of(voice: VoiceKind) -> String {
    match voice {
        VoiceKind::Recorded => tr!("settings-voice-recorded"),
        VoiceKind::Espeak => tr!("settings-voice-espeak"),
        VoiceKind::Tones => tr!("settings-voice-tones"),
    }
}

/// A pose model by its id; without one it is chosen by the speed of the machine.
pub fn model_of(id: &str) -> String {
    match id {
        "full" => tr!("settings-model-full"),
        "lite" => tr!("settings-model-lite"),
        _ => tr!("settings-model-auto"),
    }
}

/// How the camera stands: its name, or what is the matter.
pub fn camera_state(view: &LiveView) -> String {
    let trouble = super::words::on_picture(view);
    let seen = || if view.points.is_some() { super::words::i_see_you() } else { super::words::nobody_seen() };
    tr!("before-camera", name = view.source_name.clone(), state = trouble.unwrap_or_else(seen))
}

/// A person as the window calls them: who has not said a name is "I".
pub fn person(name: &str) -> String {
    if name == ME { tr!("home-me") } else { name.to_owned() }
}

/// A day of this week: what it is.
pub fn week_day(day: WeekDay) -> String {
    let name = dates::day_of_week(day.date);
    match (day.is_done, day.is_planned) {
        (true, _) => tr!("home-week-done", day = name),
        (false, true) => tr!("home-week-planned", day = name),
        (false, false) => name,
    }
}

/// Name of the plan of the camera's place.
pub fn camera_place(exercise: &ExerciseCard) -> String {
    tr!("session-camera-place", place = crate::coach::words::view(exercise.view, exercise.near))
}

/// Why a session ended before its end.
pub fn stopped(because: StoppedBecause) -> String {
    match because {
        StoppedBecause::Pain => tr!("after-because-pain"),
        StoppedBecause::Tired => tr!("after-because-tired"),
        StoppedBecause::NoTime => tr!("after-because-no-time"),
        StoppedBecause::Other => tr!("after-because-other"),
    }
}

/// A step of a routine: "Cobra: 5 holds of 10 s".
pub fn step(step: &Step) -> String {
    tr!("home-step", title = translated(&step.exercise.title), what = step.target_words())
}

/// What was counted in a film.
pub fn film_counted(title: &str, summary: &Summary) -> String {
    let (count, rejected) = (summary.reps.total, summary.reps.rejected);
    if summary.active_s > 0.0 {
        return tr!("film-active", title = title, s = summary.active_s.round());
    }
    tr!("film-counted", title = title, count = count, rejected = rejected)
}

/// A repetition of a film: "3: 12.4 to 15.9 s, not counted: held 2.1 of 5 s".
pub fn film_repetition(rep: &Rep) -> String {
    let (from, to) = (decimal(rep.start_s, 1), decimal(rep.end_s, 1));
    match &rep.reason {
        None => tr!("film-rep", n = rep.index, from = from, to = to),
        Some(why) => tr!("film-rep-not", n = rep.index, from = from, to = to, why = retold::reason(why)),
    }
}

/// Something did not work, and why.
pub fn did_not_work(why: &str) -> String {
    tr!("picture-failed", why = why)
}

/// The question whether a little more is wanted, with its reason.
pub fn propose(step: &Step, target: Target) -> String {
    let title = translated(&step.exercise.title);
    match step.exercise.mode {
        Mode::Reps => tr!("propose-reps", title = title, n = target.reps),
        Mode::Hold | Mode::Duration => tr!("propose-seconds", title = title, s = number(target.hold_s)),
    }
}
