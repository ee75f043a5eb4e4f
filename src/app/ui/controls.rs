//! What the user presses: exercise, start, pause, end, camera, mirror, own range; and the keys in small print.
//!
//! In: a snapshot and the lists to pick from. Out: [`Command`]s; nothing here changes anything but the mirror switch.

use super::theme::{self, Scale};
use super::words;
use crate::app::runtime::view::{Command, LiveStatus, LiveView, OpenSession};
use crate::exercise::Mode;
use eframe::egui;
use egui::{Button, ComboBox, Label, RichText, Ui, Vec2};

/// The button that moves a set on, and what it asks for; `None` where there is nothing to start or pause. In a set that
/// goes by the person's word it is the one thing to say.
pub fn main_action(view: &LiveView) -> Option<(&'static str, Command)> {
    match &view.status {
        LiveStatus::Running if view.self_timed && view.is_holding => Some((words::END_HOLD, Command::Holding(false))),
        LiveStatus::Running if view.self_timed => Some((words::IN_POSITION, Command::Holding(true))),
        LiveStatus::Idle | LiveStatus::Finished => Some((words::START, Command::Start)),
        LiveStatus::Running => Some((words::PAUSE, Command::Pause)),
        LiveStatus::Paused => Some((words::RESUME, Command::Resume)),
        LiveStatus::Starting
        | LiveStatus::Calibrating
        | LiveStatus::Waiting(_)
        | LiveStatus::Lost(_)
        | LiveStatus::Failed(_) => None,
    }
}

/// Whether the own range can be learned now: between sets, in an exercise that has one.
pub fn can_calibrate(view: &LiveView) -> bool {
    matches!(view.status, LiveStatus::Idle | LiveStatus::Finished)
        && view.exercise.mode != Mode::Duration
        && !view.is_recording
}

/// Whether something runs that must not end by chance: a set, also one that waits for its camera, or a measurement.
pub fn is_busy(view: &LiveView) -> bool {
    matches!(view.status, LiveStatus::Running | LiveStatus::Paused | LiveStatus::Calibrating | LiveStatus::Lost(_))
}

/// The session that was left open, to be continued or ended between sets.
pub fn offered(view: &LiveView) -> Option<&OpenSession> {
    view.keeping.offer.as_ref().filter(|_| !is_busy(view))
}

/// The two answers to it, side by side; push [`Command::ResumeSession`] or [`Command::CloseSession`].
pub fn continue_or_end(ui: &mut Ui, wishes: &mut Vec<Command>) {
    let room = ui.available_size();
    let size = Vec2::new((room.x - ui.spacing().item_spacing.x) / 2.0, room.y);
    ui.horizontal(|ui| {
        for (text, command) in
            [(words::CONTINUE_SESSION, Command::ResumeSession), (words::END_SESSION, Command::CloseSession)]
        {
            if ui.add(Button::new(text).min_size(size)).clicked() {
                wishes.push(command);
            }
        }
    });
}

/// Whether there is a set to end. One that waits for its camera can be ended too.
pub fn can_finish(view: &LiveView) -> bool {
    is_busy(view)
}

/// The exercise `step` places after the one called `id` in the list `exercises` (id, title); none beyond its ends.
pub fn neighbour<'a>(exercises: &'a [(String, String)], id: &str, step: isize) -> Option<&'a str> {
    let place = exercises.iter().position(|(known, _)| known == id);
    let wanted = match place {
        Some(place) => place.checked_add_signed(step)?,
        None => 0,
    };
    exercises.get(wanted).map(|(id, _)| id.as_str())
}

/// A list to pick one of, with its name before it; fills the row and returns the index of a new choice.
fn picker(ui: &mut Ui, name: &str, shown: &str, items: &[&str]) -> Option<usize> {
    ui.horizontal(|ui| {
        let label = ui.label(RichText::new(name).small().weak());
        let width = ui.available_width();
        let combo = ComboBox::from_id_salt(name).selected_text(shown).width(width).truncate().show_ui(ui, |ui| {
            let mut chosen = None;
            // Rows close together, so that all exercises can be seen at once.
            ui.spacing_mut().item_spacing.y = 0.0;
            for (i, item) in items.iter().enumerate() {
                if ui.selectable_label(*item == shown, *item).clicked() {
                    chosen = Some(i);
                }
            }
            chosen
        });
        combo.response.labelled_by(label.id);
        combo.inner.flatten().filter(|i| items.get(*i).is_some_and(|item| *item != shown))
    })
    .inner
}

/// The exercise picker; pushes [`Command::ChooseExercise`].
pub fn exercise(ui: &mut Ui, view: &LiveView, exercises: &[(String, String)], wishes: &mut Vec<Command>) {
    let titles: Vec<&str> = exercises.iter().map(|(_, title)| title.as_str()).collect();
    if let Some((id, _)) = picker(ui, words::EXERCISE, &view.exercise.title, &titles).and_then(|i| exercises.get(i)) {
        wishes.push(Command::ChooseExercise(id.clone()));
    }
}

/// The two large buttons, filling the place; push [`Command::Start`], [`Command::Pause`], [`Command::Resume`] or
/// [`Command::Finish`].
pub fn buttons(ui: &mut Ui, view: &LiveView, scale: Scale, wishes: &mut Vec<Command>) {
    let room = ui.available_size();
    let gap = ui.spacing().item_spacing.x;
    let action = main_action(view);
    ui.horizontal(|ui| {
        let (text, command) = action.clone().unwrap_or((words::START, Command::Start));
        let size = Vec2::new((room.x - gap) * 0.58, room.y);
        // Starting is what the eye should find; pausing must not look like the progress beside it.
        let is_invitation = matches!(command, Command::Start | Command::Resume | Command::Holding(true));
        if main_button(ui, text, action.is_some(), is_invitation, size, scale).on_hover_text(words::KEY_SPACE).clicked()
        {
            wishes.push(command);
        }
        let size = Vec2::new((room.x - gap) * 0.42, room.y);
        let text = if view.status == LiveStatus::Calibrating { words::STOP_MEASURING } else { words::END_SET };
        let button = Button::new(RichText::new(text).size(scale.px(28.0))).min_size(size);
        if ui.add_enabled(can_finish(view), button).on_hover_text(words::KEY_ENTER).clicked() {
            wishes.push(Command::Finish);
        }
    });
}

fn main_button(
    ui: &mut Ui,
    text: &str,
    is_enabled: bool,
    is_invitation: bool,
    size: Vec2,
    scale: Scale,
) -> egui::Response {
    let text = RichText::new(text).size(scale.px(32.0));
    if !is_enabled || !is_invitation {
        return ui.add_enabled(is_enabled, Button::new(text).min_size(size));
    }
    ui.scope(|ui| {
        let widgets = &mut ui.visuals_mut().widgets;
        for (state, fill) in [
            (&mut widgets.inactive, theme::PROGRESS),
            (&mut widgets.hovered, theme::PROGRESS_HOVER),
            (&mut widgets.active, theme::PROGRESS_HOVER),
        ] {
            state.weak_bg_fill = fill;
            state.bg_stroke.color = fill;
        }
        ui.add(Button::new(text.color(theme::ON_PROGRESS)).min_size(size))
    })
    .inner
}

/// The camera picker; pushes [`Command::ChooseCamera`].
pub fn camera(ui: &mut Ui, view: &LiveView, cameras: &[String], wishes: &mut Vec<Command>) {
    let shown = match (view.is_recording, cameras.is_empty()) {
        (true, true) => words::NO_CAMERA,
        (true, false) => words::PICK_CAMERA,
        (false, _) => view.source_name.as_str(),
    };
    let names: Vec<&str> = cameras.iter().map(String::as_str).collect();
    let chosen = ui.add_enabled_ui(!cameras.is_empty(), |ui| picker(ui, words::CAMERA, shown, &names)).inner;
    if let Some(name) = chosen.and_then(|i| cameras.get(i)) {
        wishes.push(Command::ChooseCamera(name.clone()));
    }
}

/// The mirror switch, and beside it the button that measures the own range; pushes [`Command::Calibrate`], and returns `true`
/// when the switch was pressed.
pub fn mirror_and_range(ui: &mut Ui, view: &LiveView, mirrored: bool, wishes: &mut Vec<Command>) -> bool {
    let height = ui.available_height();
    ui.horizontal(|ui| {
        let mut switch = mirrored;
        let is_pressed = ui.checkbox(&mut switch, words::MIRROR).on_hover_text(words::KEY_MIRROR).changed();
        let size = Vec2::new(ui.available_width(), height);
        let button = Button::new(words::MEASURE_RANGE).wrap_mode(egui::TextWrapMode::Extend).min_size(size);
        if ui.add_enabled(can_calibrate(view), button).on_hover_text(words::KEY_RANGE).clicked() {
            wishes.push(Command::Calibrate);
        }
        is_pressed
    })
    .inner
}

fn keys_text(view: &LiveView) -> &'static str {
    match view.status {
        LiveStatus::Calibrating => words::KEYS_MEASURING,
        LiveStatus::Paused => words::KEYS_PAUSED,
        LiveStatus::Running if view.self_timed && view.is_holding => words::KEYS_IN_HOLD,
        LiveStatus::Running if view.self_timed => words::KEYS_BEFORE_HOLD,
        _ if can_finish(view) => words::KEYS_IN_SET,
        _ => words::KEYS_BETWEEN,
    }
}

/// Small print: the keys, or the command that waits.
pub fn small_print(ui: &mut Ui, view: &LiveView, waiting: Option<&Command>) {
    let keeping = &view.keeping;
    let text = match (waiting, &view.refusal, &keeping.trouble, &keeping.notice) {
        (Some(command), ..) => RichText::new(words::waiting(command)).color(theme::REMARK),
        (None, Some(refusal), ..) => RichText::new(refusal.to_string()).color(theme::REMARK),
        (None, None, Some(trouble), _) => RichText::new(words::not_kept(trouble)).small().color(theme::REMARK),
        (None, None, None, Some(notice)) => RichText::new(notice).small().color(theme::REMARK),
        (None, None, None, None) => RichText::new(keys_text(view)).small().weak(),
    };
    let line = ui.add(Label::new(text).truncate());
    if let Some(whole) = keeping.trouble.as_ref().or(keeping.notice.as_ref()) {
        line.on_hover_text(whole);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_exercise_stops_at_the_ends_of_the_list() {
        let list = ["a", "b", "c"].map(|id| (id.to_owned(), id.to_uppercase()));
        let cases =
            [("a", 1, Some("b")), ("a", -1, None), ("c", 1, None), ("c", -1, Some("b")), ("unknown", 1, Some("a"))];
        let wrong: Vec<_> = cases.iter().filter(|(id, step, want)| neighbour(&list, id, *step) != *want).collect();
        assert!(wrong.is_empty(), "wrong: {wrong:?}");
        assert_eq!(neighbour(&[], "a", 1), None);
    }
}
