//! The window's state: the newest snapshot, the texture, the page, the commands that still have to be taken.
//!
//! In: [`LiveControl`], keys, presses. Out: paint and [`Command`]s. `poll` reads and `draw` draws; neither counts anything,
//! so a hidden or slow window loses nothing but pictures.

use super::figure::Figures;
use super::home::{self, Asked, Home};
use super::look::{self, Look, Palette};
use super::{picture, session};
use crate::app::runtime::view::{CoachStage, CoachView, Command, LiveControl, LiveView};
use crate::coach::Order;
use crate::exercise::routine::RoutineDef;
use eframe::egui;
use egui::{Key, Modifiers, Ui};
use std::collections::VecDeque;
use std::mem::discriminant;
use std::sync::Arc;
use std::time::Duration;

/// Until a command that was not taken is sent again.
const RETRY_AFTER: Duration = Duration::from_millis(100);
/// Textures are at most so wide and high, pixels: the font texture is as wide as it may be, and as high as the largest digits
/// make it; at 16,384 it took 128 MB, and as much again where the processor draws.
const LARGEST_TEXTURE: usize = 4096;

/// The window.
pub struct App {
    control: Arc<dyn LiveControl + Send + Sync>,
    view: Arc<LiveView>,
    exercises: Vec<(String, String)>,
    cameras: Vec<String>,
    routines: Arc<Vec<RoutineDef>>,
    picture: picture::Picture,
    figures: Figures,
    home: Home,
    /// `None` until the user chose: cameras are shown as a mirror, recordings as they are.
    mirror_choice: Option<bool>,
    outbox: VecDeque<Command>,
    palette: &'static Palette,
    is_still: bool,
    look: Option<Look>,
    has_fonts: bool,
}

impl App {
    /// A window on `control`.
    pub fn new(control: Arc<dyn LiveControl + Send + Sync>) -> Self {
        let view = control.view();
        Self {
            routines: control.routines(),
            control,
            view,
            exercises: Vec::new(),
            cameras: Vec::new(),
            picture: picture::Picture::default(),
            figures: Figures::default(),
            home: Home::default(),
            mirror_choice: None,
            outbox: VecDeque::new(),
            palette: &look::DARK,
            is_still: false,
            look: None,
            has_fonts: false,
        }
    }

    /// Whether the picture is drawn as in a mirror.
    pub fn is_mirrored(&self) -> bool {
        self.mirror_choice.unwrap_or(!self.view.is_recording)
    }

    /// Number of pictures brought to the screen so far.
    #[cfg(feature = "internals")]
    pub const fn uploads(&self) -> u64 {
        self.picture.uploads()
    }

    /// Reads the newest snapshot and the keys, and sends what waits. To be called before each [`Self::draw`].
    pub fn poll(&mut self, ctx: &egui::Context) {
        self.view = self.control.view();
        self.exercises = self.control.exercises();
        self.cameras = self.control.cameras();
        self.keys(ctx);
        self.send(ctx);
    }

    /// Draws everything into `ui`.
    pub fn draw(&mut self, ui: &mut Ui) {
        if !std::mem::replace(&mut self.has_fonts, true) {
            look::install_fonts(ui.ctx());
            // Letters are there from the next frame on.
            ui.ctx().request_repaint();
            return;
        }
        let room = ui.max_rect();
        let look = Look::for_window(room.size(), self.palette, self.is_still);
        if self.look.replace(look) != Some(look) {
            look.apply(ui.ctx());
            ui.set_style(ui.ctx().global_style());
        }
        ui.painter().rect_filled(room, 0.0, look.palette.background);
        self.picture.update(ui.ctx(), self.view.frame.as_ref());
        let view = Arc::clone(&self.view);
        match &view.coach {
            Some(coach) => {
                let mut means = session::Means {
                    picture: &self.picture,
                    figures: &mut self.figures,
                    is_mirrored: self.mirror_choice.unwrap_or(!view.is_recording),
                    look,
                };
                if let Some(command) = session::draw(ui, room, &view, coach, &mut means) {
                    self.ask(command);
                }
            }
            None => self.draw_home(ui, room, &view, look),
        }
        self.send(ui.ctx());
    }

    fn draw_home(&mut self, ui: &mut Ui, room: egui::Rect, view: &LiveView, look: Look) {
        let is_mirrored = self.is_mirrored();
        let means = home::Means {
            routines: &self.routines,
            exercises: &self.exercises,
            cameras: &self.cameras,
            picture: &self.picture,
            is_mirrored,
            look,
        };
        for asked in self.home.draw(ui, room, view, &means) {
            match asked {
                Asked::Send(command) => self.ask(command),
                Asked::Mirror => self.mirror_choice = Some(!is_mirrored),
            }
        }
    }

    /// Acts on the keys, unless a widget has the keyboard or a list is open, where they mean something else.
    fn keys(&mut self, ctx: &egui::Context) {
        if ctx.memory(|memory| memory.focused().is_some()) || egui::Popup::is_any_open(ctx) {
            return;
        }
        let pressed = |key| ctx.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        if pressed(Key::M) {
            self.ask(Command::Mute(!self.view.sound.is_muted));
        }
        let view = Arc::clone(&self.view);
        let Some(coach) = &view.coach else {
            if pressed(Key::Enter)
                && let Some(start) = self.home.start(&view, &self.routines)
            {
                self.ask(start);
            }
            return;
        };
        for key in [Key::Space, Key::P, Key::E, Key::S, Key::Enter] {
            if pressed(key)
                && let Some(order) = order_of(key, coach)
            {
                self.ask(Command::Coach(order));
            }
        }
    }

    /// Puts a command in the outbox, in place of an older one of its kind: there are never more than there are kinds.
    fn ask(&mut self, command: Command) {
        self.outbox.retain(|waiting| discriminant(waiting) != discriminant(&command));
        self.outbox.push_back(command);
    }

    /// Sends what waits, in order, until one is not taken; that one is tried again soon.
    fn send(&mut self, ctx: &egui::Context) {
        while let Some(command) = self.outbox.front() {
            if !self.control.send(command.clone()) {
                ctx.request_repaint_after(RETRY_AFTER);
                return;
            }
            self.outbox.pop_front();
        }
    }
}

/// What a key asks for in a stage of a session. The largest key is for pain: it is hit without looking. Keys beside it that
/// change to another window are not: nobody means pain by that.
fn order_of(key: Key, coach: &CoachView) -> Option<Order> {
    let is_under_way = !matches!(coach.stage, CoachStage::Summary);
    match (key, coach.stage) {
        (Key::Space, CoachStage::Set | CoachStage::SetUp | CoachStage::Ready(_) | CoachStage::Paused(..)) => {
            Some(Order::Hurts)
        }
        (Key::P, _) if is_under_way => Some(Order::PauseOrGoOn),
        (Key::E, CoachStage::Set | CoachStage::Paused(..)) => Some(Order::EndSet),
        (Key::S, _) if is_under_way && !matches!(coach.stage, CoachStage::Set) => Some(Order::Skip),
        (Key::Enter, CoachStage::Rest(Some(_)) | CoachStage::WarmUp(_)) => Some(Order::GoNow),
        (Key::Enter, CoachStage::Rest(None) | CoachStage::Paused(..)) => Some(Order::PauseOrGoOn),
        (Key::Enter, CoachStage::Summary) => Some(Order::Close),
        _ => None,
    }
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &egui::Context, _frame: &mut eframe::Frame) {
        self.poll(ctx);
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        self.draw(ui);
    }

    fn raw_input_hook(&mut self, _ctx: &egui::Context, input: &mut egui::RawInput) {
        if let Some(side) = &mut input.max_texture_side {
            *side = (*side).min(LARGEST_TEXTURE);
        }
    }

    fn clear_color(&self, _visuals: &egui::Visuals) -> [f32; 4] {
        self.palette.background.to_normalized_gamma_f32()
    }
}
