//! The window's state: the newest snapshot, the texture, the page, the commands that still have to be taken.
//!
//! In: [`LiveControl`], keys, presses. Out: paint and [`Command`]s. `poll` reads and `draw` draws; neither counts anything,
//! so a hidden or slow window loses nothing but pictures.

mod pages;

use super::before::Before;
use super::editor::Editor;
use super::figure::Figures;
use super::film_page::FilmPage;
use super::first::First;
use super::flash::Flash;
use super::hear::Unheard;
use super::history::History;
use super::home::Home;
use super::keys::{SESSION, order_of, take};
use super::look::{self, Look, Palette};
use super::proposal::Proposal;
use super::settings_page::SettingsPage;
use super::{kept, picture, session, words};
use crate::app::runtime::view::{CoachStage, Command, LiveControl, LiveStatus, LiveView};
use crate::app::settings::{Settings, Theme};
use crate::base::language;
use crate::coach::Order;
use crate::exercise::library::Shelf;
use crate::history::store::Remarks;
use crate::sound::STALLED_AFTER_S;
use eframe::egui;
use egui::{Key, Ui};
use std::collections::VecDeque;
use std::mem::discriminant;
use std::sync::Arc;
use std::time::Duration;

/// Until a command that was not taken is sent again.
const RETRY_AFTER: Duration = Duration::from_millis(100);
/// Home rests when nobody has done anything for so long, seconds.
const RESTS_AFTER_S: f64 = 60.0;
/// In a session that is looked for so often.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// Textures are at most so wide and high, pixels: the font texture is as wide as it may be, and as high as the largest digits
/// make it, which doubles: at 16,384 it took 128 MB, and as much again where the processor draws; at 4096 the program took 160 MB more at most
/// than at 2048.
const LARGEST_TEXTURE: usize = 2048;

/// What is shown outside a session.
enum Page {
    Home,
    Settings(SettingsPage),
    First(First),
    Before(Before),
    Unheard(Unheard),
    Edit(Box<Editor>),
    Film(Box<FilmPage>),
    History(Box<History>),
}

/// What belongs to the session that is shown, from its beginning until it is closed.
#[derive(Default)]
struct AfterSession {
    /// What the person says of it.
    said: Remarks,
    /// Something was written to the note and not sent.
    has_unsent_note: bool,
    /// It is asked whether all of it is to be thrown away.
    is_discarding: bool,
    /// A little more next time.
    proposal: Option<Proposal>,
    /// It has been looked for.
    has_looked: bool,
}

/// The window.
pub struct App {
    control: Arc<dyn LiveControl + Send + Sync>,
    view: Arc<LiveView>,
    cameras: Vec<String>,
    shelf: Arc<Shelf>,
    /// Those there is something of, and the one whose sessions they are now.
    people: Vec<String>,
    /// What that person did last and does next.
    habit: kept::Habit,
    after: AfterSession,
    /// A session was shown in the last frame.
    was_in_session: bool,
    picture: picture::Picture,
    figures: Figures,
    home: Home,
    settings: Settings,
    page: Page,
    /// Why settings could not be kept.
    not_kept: Option<String>,
    flash: Flash,
    outbox: VecDeque<Command>,
    look: Option<Look>,
    has_fonts: bool,
    /// Inner size of the window, points, where it is neither full screen nor filling it.
    window: Option<[f32; 2]>,
    /// When the newest snapshot came, seconds of the window's own time.
    came_at_s: f64,
    /// When somebody last did something, seconds of the window's own time.
    touched_at_s: f64,
}

impl App {
    /// A window on `control`.
    pub fn new(control: Arc<dyn LiveControl + Send + Sync>) -> Self {
        let (view, settings, shelf) = (control.view(), control.settings(), control.library().shelf());
        let (people, habit) =
            (kept::people(control.as_ref(), &settings.person), kept::habit(control.as_ref(), &settings));
        let page = if settings.introduced { Page::Home } else { Page::First(First::default()) };
        Self {
            home: Home::of(&settings, &shelf.routines),
            shelf,
            control,
            view,
            people,
            habit,
            after: AfterSession::default(),
            was_in_session: false,
            cameras: Vec::new(),
            picture: picture::Picture::default(),
            figures: Figures::default(),
            settings,
            page,
            not_kept: None,
            flash: Flash::default(),
            outbox: VecDeque::new(),
            look: None,
            has_fonts: false,
            window: None,
            came_at_s: 0.0,
            touched_at_s: 0.0,
        }
    }

    /// Whether the picture is drawn as in a mirror.
    pub fn is_mirrored(&self) -> bool {
        self.settings.mirror.unwrap_or(!self.view.is_recording)
    }

    /// Number of pictures brought to the screen so far.
    #[cfg(feature = "internals")]
    pub const fn uploads(&self) -> u64 {
        self.picture.uploads()
    }

    /// Reads the newest snapshot and the keys, and sends what waits. To be called before each [`Self::draw`].
    pub fn poll(&mut self, ctx: &egui::Context) {
        let view = self.control.view();
        if !Arc::ptr_eq(&view, &self.view) {
            self.came_at_s = ctx.input(|input| input.time);
            self.view = view;
        }
        if self.control.is_told_to_end() {
            ctx.send_viewport_cmd(egui::ViewportCommand::Close);
        }
        self.shelf = self.control.library().shelf();
        self.cameras = self.control.cameras();
        self.keys(ctx);
        self.take_dropped(ctx);
        self.send(ctx);
    }

    /// A film that was dropped on the window is opened, outside a session.
    fn take_dropped(&mut self, ctx: &egui::Context) {
        let dropped = ctx.input(|input| input.raw.dropped_files.first().map(|file| file.path().to_owned()));
        if let Some(path) = dropped.filter(|_| self.view.coach.is_none()) {
            self.page = Page::Film(Box::new(FilmPage::of(path)));
        }
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
        let is_free = ui.input(|input| {
            let viewport = input.viewport();
            viewport.fullscreen != Some(true) && viewport.maximized != Some(true)
        });
        if is_free {
            self.window = Some(room.size().into());
        }
        let look = Look::for_window(room.size(), self.palette(), self.settings.letters, self.settings.reduced_motion);
        if self.look.replace(look) != Some(look) {
            look.apply(ui.ctx());
            ui.set_style(ui.ctx().global_style());
        }
        ui.painter().rect_filled(room, 0.0, look.palette.background);
        self.picture.update(ui.ctx(), self.view.frame.as_ref());
        let view = Arc::clone(&self.view);
        if std::mem::replace(&mut self.was_in_session, view.coach.is_some()) && view.coach.is_none() {
            self.habit = kept::habit(self.control.as_ref(), &self.settings);
            self.after = AfterSession::default();
        }
        let is_resting = self.is_resting(ui, &view);
        self.show_pictures(&view, is_resting);
        // The first pages come before the demo that stands in for a camera.
        let coach = view.coach.as_ref().filter(|_| !(view.is_demo && matches!(self.page, Page::First(_))));
        match coach {
            Some(coach) => {
                self.look_for_proposal(coach);
                let is_stalled = ui.input(|input| input.time) - self.came_at_s >= STALLED_AFTER_S;
                // Nothing else would tell the window that nothing comes.
                ui.ctx().request_repaint_after(LOOK_EVERY);
                let mut means = session::Means {
                    is_stalled,
                    after: &mut self.after.said,
                    is_discarding: &mut self.after.is_discarding,
                    has_unsent_note: &mut self.after.has_unsent_note,
                    proposal: self.after.proposal.as_ref(),
                    answer: None,
                    picture: &self.picture,
                    figures: &mut self.figures,
                    is_mirrored: self.settings.mirror.unwrap_or(!view.is_recording),
                    look,
                };
                let asked = session::draw(ui, room, &view, coach, &mut means);
                let answer = means.answer;
                match asked {
                    Some(Command::Mute(muted)) => self.mute(muted),
                    Some(command) => self.leave_with(command),
                    None => (),
                }
                if let Some(answer) = answer {
                    self.answer(answer);
                }
            }
            None if view.status == LiveStatus::Calibrating => {
                let asked = session::measuring(ui, room, &view, &self.picture, self.is_mirrored(), look);
                if let Some(command) = asked {
                    self.ask_or_mute(command);
                }
            }
            None => self.draw_page(ui, room, &view, is_resting, look),
        }
        let is_page = view.coach.is_none() && view.status != LiveStatus::Calibrating;
        if is_page && !matches!(self.page, Page::Home) && mute_button(ui, room, &view, look) {
            self.mute(!view.sound.is_muted);
        }
        let is_wanted = self.settings.flash && !self.settings.reduced_motion;
        self.flash.draw(ui, room, view.coach.as_deref().filter(|_| is_wanted), look);
        self.send(ui.ctx());
    }

    /// Pictures are drawn at home, in a session and where the camera is looked at; elsewhere nobody is to be woken for them.
    fn show_pictures(&self, view: &LiveView, is_resting: bool) {
        let is_seen = matches!(self.page, Page::Home | Page::First(_) | Page::Before(_)) && !is_resting;
        let is_needed = view.coach.is_some() || view.status == LiveStatus::Calibrating;
        self.control.show_pictures(is_needed || is_seen);
    }

    /// Whether nobody has done anything at home for a while: then nothing is drawn until somebody does.
    fn is_resting(&mut self, ui: &Ui, view: &LiveView) -> bool {
        let (now_s, is_touched) = ui.input(|input| (input.time, !input.raw.events.is_empty()));
        let is_home = matches!(self.page, Page::Home) && view.coach.is_none() && view.status != LiveStatus::Calibrating;
        if is_touched || !is_home {
            self.touched_at_s = now_s;
        }
        now_s - self.touched_at_s >= RESTS_AFTER_S
    }

    fn palette(&self) -> &'static Palette {
        match self.settings.theme {
            Theme::Dark => &look::DARK,
            Theme::Light => &look::LIGHT,
            Theme::Contrast => &look::CONTRAST,
        }
    }

    /// Other settings from now on, kept at once.
    fn remember(&mut self, settings: Settings) {
        if settings == self.settings {
            return;
        }
        language::choose(settings.language());
        self.not_kept = self.control.keep(&settings).err().map(|why| words::settings_not_kept(&why));
        self.ask(Command::Use(Box::new(settings.clone())));
        self.settings = settings;
    }

    /// Acts on the keys: in a session whatever has the keyboard, elsewhere where no widget has it and no list is open, since
    /// there they mean something else.
    fn keys(&mut self, ctx: &egui::Context) {
        let pressed = |key| ctx.input_mut(|input| take(input, key));
        let view = Arc::clone(&self.view);
        let is_busy = ctx.memory(|memory| memory.focused().is_some()) || egui::Popup::is_any_open(ctx);
        let is_under_way = view.coach.as_ref().is_some_and(|coach| coach.stage != CoachStage::Summary);
        if is_busy && !is_under_way {
            return;
        }
        if pressed(Key::M) {
            self.mute(!self.view.sound.is_muted);
        }
        let Some(coach) = &view.coach else {
            if matches!(self.page, Page::Home)
                && pressed(Key::Enter)
                && let Some(start) = self.home.start(&view, &self.shelf.routines)
            {
                self.begin(start);
            }
            return;
        };
        // A button that has the keyboard takes Enter.
        for key in SESSION.into_iter().chain((!is_busy).then_some(Key::Enter)) {
            if pressed(key)
                && let Some(order) = order_of(key, coach)
            {
                self.leave_with(Command::Coach(order));
            }
        }
    }

    /// Asks for something; what was written about the session goes first.
    fn leave_with(&mut self, command: Command) {
        if command == Command::Coach(Order::Close) && std::mem::take(&mut self.after.has_unsent_note) {
            self.ask(Command::Remark(self.after.said.clone()));
        }
        self.ask(command);
    }

    /// Silence, or sound again; remembered as any choice.
    fn mute(&mut self, muted: bool) {
        self.remember(Settings { muted, ..self.settings.clone() });
        self.ask(Command::Mute(muted));
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

/// Silence, or sound again, in the corner of a page that has no such button among its own; whether it was pressed.
fn mute_button(ui: &mut Ui, room: egui::Rect, view: &LiveView, look: Look) -> bool {
    let text = if view.sound.is_muted { words::unmute() } else { words::mute() };
    let place = egui::Rect::from_min_size(room.right_top(), egui::Vec2::ZERO)
        .translate(egui::vec2(-look.px(150.0), look.px(8.0)))
        .with_max_x(room.right() - look.px(8.0))
        .with_max_y(room.top() + look.px(44.0));
    let layout = egui::Layout::right_to_left(egui::Align::TOP);
    ui.scope_builder(egui::UiBuilder::new().max_rect(place).layout(layout), |ui| ui.button(text).clicked()).inner
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &egui::Context, _frame: &mut eframe::Frame) {
        self.poll(ctx);
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        self.draw(ui);
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        let Some(size) = self.window.filter(|size| self.settings.window != Some(*size)) else { return };
        let settings = Settings { window: Some(size), ..self.settings.clone() };
        // Nobody is there to be told.
        let _not_kept = self.control.keep(&settings);
    }

    fn raw_input_hook(&mut self, _ctx: &egui::Context, input: &mut egui::RawInput) {
        if let Some(side) = &mut input.max_texture_side {
            *side = (*side).min(LARGEST_TEXTURE);
        }
    }

    fn clear_color(&self, _visuals: &egui::Visuals) -> [f32; 4] {
        self.palette().background.to_normalized_gamma_f32()
    }
}
