//! What the user presses: exercise, start, pause, finish, mirror, camera; and the small print about speed.
//!
//! In: a snapshot and the lists to pick from. Out: [`Command`]s; nothing here changes anything but the mirror switch.

use super::theme::{self, Scale};
use crate::app::runtime::view::{Command, LiveStatus, LiveView, OpenSession};
use crate::exercise::Mode;
use eframe::egui;
use egui::{Align, Button, ComboBox, Label, Layout, RichText, Ui, Vec2};

/// Shown in the camera picker where there is nothing to pick.
const NO_CAMERA: &str = "No camera found";
/// The keys between sets and in one, for those who sit near enough to read it.
const KEYS_BETWEEN: &str = "Space start, C my range, arrows exercise, M mirror";
const KEYS_CALIBRATING: &str = "Enter stop, M mirror";
const KEYS_IN_SET: &str = "Space pause or go on, Enter finish, M mirror";

/// The button that moves a set on, and what it asks for; `None` where there is nothing to start or pause. In a set that
/// goes by the person's word it is the one thing to say.
pub fn main_action(view: &LiveView) -> Option<(&'static str, Command)> {
    match &view.status {
        LiveStatus::Running if view.self_timed && view.is_holding => Some(("Let go", Command::Holding(false))),
        LiveStatus::Running if view.self_timed => Some(("I hold now", Command::Holding(true))),
        LiveStatus::Idle | LiveStatus::Finished => Some(("Start", Command::Start)),
        LiveStatus::Running => Some(("Pause", Command::Pause)),
        LiveStatus::Paused => Some(("Resume", Command::Resume)),
        LiveStatus::Starting | LiveStatus::Calibrating | LiveStatus::Waiting(_) | LiveStatus::Failed(_) => None,
    }
}

/// Whether the own range can be learned now: between sets, in an exercise that has one.
pub fn can_calibrate(view: &LiveView) -> bool {
    matches!(view.status, LiveStatus::Idle | LiveStatus::Finished)
        && view.exercise.mode != Mode::Duration
        && !view.is_recording
}

/// The session that was left open, to be resumed or closed between sets.
pub fn offered(view: &LiveView) -> Option<&OpenSession> {
    let in_set = matches!(view.status, LiveStatus::Running | LiveStatus::Paused | LiveStatus::Calibrating);
    view.keeping.offer.as_ref().filter(|_| !in_set)
}

/// The two answers to it, side by side; push [`Command::ResumeSession`] or [`Command::CloseSession`].
pub fn resume_or_close(ui: &mut Ui, wishes: &mut Vec<Command>) {
    let room = ui.available_size();
    let size = Vec2::new((room.x - ui.spacing().item_spacing.x) / 2.0, room.y);
    ui.horizontal(|ui| {
        for (text, command) in [("Go on with it", Command::ResumeSession), ("Close it", Command::CloseSession)] {
            if ui.add(Button::new(text).min_size(size)).clicked() {
                wishes.push(command);
            }
        }
    });
}

/// Whether there is a set to end. One that waits for its camera can be ended too.
pub fn can_finish(view: &LiveView) -> bool {
    match view.status {
        LiveStatus::Running | LiveStatus::Paused | LiveStatus::Calibrating => true,
        LiveStatus::Waiting(_) => !view.reps.is_empty(),
        LiveStatus::Starting | LiveStatus::Idle | LiveStatus::Finished | LiveStatus::Failed(_) => false,
    }
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
    if let Some((id, _)) = picker(ui, "Exercise", &view.exercise.title, &titles).and_then(|i| exercises.get(i)) {
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
        let (text, command) = action.clone().unwrap_or(("Start", Command::Start));
        let size = Vec2::new((room.x - gap) * 0.58, room.y);
        // Starting is what the eye should find; pausing must not look like the progress beside it.
        let is_invitation = matches!(command, Command::Start | Command::Resume | Command::Holding(true));
        if main_button(ui, text, action.is_some(), is_invitation, size, scale).on_hover_text("Space").clicked() {
            wishes.push(command);
        }
        let size = Vec2::new((room.x - gap) * 0.42, room.y);
        let button = Button::new(RichText::new("Finish").size(scale.px(28.0))).min_size(size);
        if ui.add_enabled(can_finish(view), button).on_hover_text("Enter").clicked() {
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
        (true, true) => NO_CAMERA,
        (true, false) => "Pick a camera",
        (false, _) => view.source_name.as_str(),
    };
    let names: Vec<&str> = cameras.iter().map(String::as_str).collect();
    let chosen = ui.add_enabled_ui(!cameras.is_empty(), |ui| picker(ui, "Camera", shown, &names)).inner;
    if let Some(name) = chosen.and_then(|i| cameras.get(i)) {
        wishes.push(Command::ChooseCamera(name.clone()));
    }
}

/// The button that learns the own range, filling the place; pushes [`Command::Calibrate`].
pub fn own_range(ui: &mut Ui, view: &LiveView, wishes: &mut Vec<Command>) {
    let button = Button::new("My range").wrap_mode(egui::TextWrapMode::Extend).min_size(ui.available_size());
    if ui.add_enabled(can_calibrate(view), button).on_hover_text("C").clicked() {
        wishes.push(Command::Calibrate);
    }
}

/// The mirror switch and the speed; `true` when the switch was pressed.
pub fn mirror_row(ui: &mut Ui, view: &LiveView, mirrored: bool) -> bool {
    ui.horizontal(|ui| {
        let mut switch = mirrored;
        let is_pressed = ui.checkbox(&mut switch, "Mirror picture").on_hover_text("M").changed();
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add(Label::new(RichText::new(speed_text(view)).small().weak()).truncate());
        });
        is_pressed
    })
    .inner
}

/// Analysis speed, e.g. "24.0 frames/s, 3 dropped".
pub fn speed_text(view: &LiveView) -> String {
    format!("{:.1} frames/s, {} dropped", view.analysed_fps, view.dropped)
}

/// A command that was not taken yet, in words.
pub fn waiting_text(command: &Command) -> String {
    let what = match command {
        Command::Start => "Start",
        Command::Pause => "Pause",
        Command::Resume => "Resume",
        Command::Finish => "Finish",
        Command::Calibrate => "My range",
        Command::Holding(_) => "The hold",
        Command::ChooseExercise(_) => "The exercise",
        Command::ChooseCamera(_) => "The camera",
        Command::ResumeSession => "Going on",
        Command::CloseSession => "Closing",
    };
    format!("{what} was not taken yet, trying again")
}

fn keys_text(view: &LiveView) -> &'static str {
    match view.status {
        LiveStatus::Calibrating => KEYS_CALIBRATING,
        _ if can_finish(view) => KEYS_IN_SET,
        _ => KEYS_BETWEEN,
    }
}

/// Small print: the keys, or the command that waits.
pub fn small_print(ui: &mut Ui, view: &LiveView, waiting: Option<&Command>) {
    let keeping = &view.keeping;
    let text = match (waiting, &keeping.trouble, &keeping.notice) {
        (Some(command), ..) => RichText::new(waiting_text(command)).color(theme::REMARK),
        (None, Some(trouble), _) => RichText::new(format!("Not kept: {trouble}")).small().color(theme::REMARK),
        (None, None, Some(notice)) => RichText::new(notice).small().color(theme::REMARK),
        (None, None, None) => RichText::new(keys_text(view)).small().weak(),
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
