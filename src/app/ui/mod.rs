//! The window: a reader of [`LiveView`](crate::app::runtime::view::LiveView) that sends commands.
//!
//! In: an `Arc<dyn LiveControl>`. Out: paint and [`Command`](crate::app::runtime::view::Command)s. Only this module knows egui.
//! It draws when the [`Waker`] is called or the user does something, never continuously.

mod words;
mod dates;
mod page_words;
mod look;
mod text;
mod layout;
mod buttons;
mod picture;
mod figure;
mod camera_place;
mod counter;
mod band;
mod session;
mod keys;
mod after;
mod proposal;
mod settings_page;
mod pain;
mod home;
mod kept;
mod hear;
mod before;
mod first;
mod flash;
mod editor;
mod film_page;
mod history;
pub mod app;

pub use app::App;

pub use crate::app::runtime::live::Waker;
use crate::app::runtime::view::LiveControl;
use eframe::egui;
use std::sync::Arc;

/// Size of the window before somebody changed it, points.
const USUAL_SIZE: [f32; 2] = [1280.0, 800.0];

/// Why there is no window.
#[derive(Debug, thiserror::Error)]
pub enum UiError {
    /// The window system or its OpenGL refused.
    #[error(
        "could not open the window: {cause}; start formcheck in a desktop session (DISPLAY or WAYLAND_DISPLAY set, OpenGL 2.1 \
         or newer), or count without a window with `formcheck watch`"
    )]
    Open {
        /// What the window system said.
        cause: String,
    },
}

/// Opens the window and returns when it is closed. `on_ready` gets the [`Waker`] as soon as there is one.
///
/// # Errors
/// [`UiError::Open`] when there is no display or no OpenGL.
pub fn run(control: Arc<dyn LiveControl + Send + Sync>, on_ready: impl FnOnce(Waker)) -> Result<(), UiError> {
    let viewport = egui::ViewportBuilder::default()
        .with_title(words::TITLE)
        .with_app_id("formcheck")
        .with_inner_size(control.settings().window.unwrap_or(USUAL_SIZE))
        .with_min_inner_size([640.0, 420.0]);
    // Dithering hides steps in colour gradients, of which there are none; without a GPU it doubles the cost of drawing.
    let options = eframe::NativeOptions { viewport, dithering: false, ..eframe::NativeOptions::default() };
    eframe::run_native(
        "formcheck",
        options,
        Box::new(|creation| {
            let ctx = creation.egui_ctx.clone();
            on_ready(Arc::new(move || ctx.request_repaint()));
            Ok(Box::new(App::new(control)))
        }),
    )
    .map_err(|error| UiError::Open { cause: plain_cause(&error.to_string()) })
}

/// `text` without winit's place in its own source ("os error at .../mod.rs:765: ") and without its full stop.
fn plain_cause(text: &str) -> String {
    let words = match text.rsplit_once(".rs:") {
        Some((_, rest)) => rest.split_once(": ").map_or(rest, |(_line, words)| words),
        None => text,
    };
    words.trim().trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_error_says_what_happened_and_what_to_do_without_winit_s_source_lines() {
        let said =
            "winit EventLoopError: os error at /src/linux/mod.rs:765: neither WAYLAND_DISPLAY nor DISPLAY is set.";
        assert_eq!(plain_cause(said), "neither WAYLAND_DISPLAY nor DISPLAY is set");
        assert_eq!(plain_cause("no OpenGL"), "no OpenGL");
        let error = UiError::Open { cause: plain_cause(said) }.to_string();
        assert!(
            error.starts_with("could not open the window: neither WAYLAND_DISPLAY nor DISPLAY is set; "),
            "{error}"
        );
        assert!(error.ends_with("`formcheck watch`"), "{error}");
    }
}
