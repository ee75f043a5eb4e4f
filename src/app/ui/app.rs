//! The window's state: the newest snapshot, the texture, the commands that still have to be taken.
//!
//! In: [`LiveControl`], keys, presses. Out: paint and [`Command`]s. `poll` reads and `draw` draws; neither counts anything,
//! so a hidden or slow window loses nothing but pictures.

use super::theme::{self, Scale};
use super::{controls, counter, picture, status, words};
use crate::app::runtime::view::{Command, LiveControl, LiveView};
use crate::vision::frame::Size;
use eframe::egui;
use egui::{Key, Modifiers, Rect, Ui, UiBuilder};
use std::collections::VecDeque;
use std::mem::discriminant;
use std::sync::Arc;
use std::time::Duration;

/// Until a command that was not taken is sent again.
const RETRY_AFTER: Duration = Duration::from_millis(100);
/// Textures are at most so wide and high, pixels: the font texture is as wide as it may be, and as high as the largest digits
/// make it; at 16,384 it took 128 MB, and as much again where the processor draws.
const LARGEST_TEXTURE: usize = 4096;
/// A window narrower than this over its height has the panel below the picture.
const STACK_BELOW_ASPECT: f32 = 1.15;
/// Assumed before the first picture came.
const USUAL_PICTURE: Size = Size::new(640, 480);

/// The window.
pub struct App {
    control: Arc<dyn LiveControl + Send + Sync>,
    view: Arc<LiveView>,
    exercises: Vec<(String, String)>,
    cameras: Vec<String>,
    picture: picture::Picture,
    /// `None` until the user chose: cameras are shown as a mirror, recordings as they are.
    mirror_choice: Option<bool>,
    /// An exercise asked for by key and not shown yet, so that a second press goes on from it.
    wanted_exercise: Option<String>,
    outbox: VecDeque<Command>,
    scale: Option<Scale>,
}

/// The areas of the window.
#[derive(Clone, Copy, Debug)]
struct Areas {
    picture: Rect,
    band: Rect,
    panel: Rect,
}

/// The rows of the panel, from the top down.
#[derive(Clone, Copy, Debug)]
struct Rows {
    exercise: Rect,
    counter: Rect,
    remark: Option<Rect>,
    phase: Rect,
    /// The session that was left open, and the two answers.
    offer: Option<[Rect; 2]>,
    buttons: Rect,
    camera: Rect,
    mirror: Rect,
    print: Rect,
}

impl Rows {
    /// Divides `rest`; the counter takes what the others leave.
    fn of(mut rest: Rect, scale: Scale, has_remark: bool, has_offer: bool) -> Self {
        let gap = scale.px(10.0);
        let exercise = cut_top(&mut rest, scale.px(42.0), gap);
        let print = cut_bottom(&mut rest, scale.px(22.0), scale.px(2.0));
        let mirror = cut_bottom(&mut rest, scale.px(38.0), scale.px(8.0));
        let camera = cut_bottom(&mut rest, scale.px(40.0), gap);
        let buttons = cut_bottom(&mut rest, scale.px(68.0), gap);
        let offer = has_offer.then(|| {
            let answers = cut_bottom(&mut rest, scale.px(52.0), gap);
            [cut_bottom(&mut rest, scale.px(30.0), scale.px(4.0)), answers]
        });
        let phase = cut_bottom(&mut rest, scale.px(56.0), gap);
        let remark = has_remark.then(|| cut_bottom(&mut rest, scale.px(32.0), scale.px(4.0)));
        Self { exercise, counter: rest, remark, phase, offer, buttons, camera, mirror, print }
    }
}

impl App {
    /// A window on `control`.
    pub fn new(control: Arc<dyn LiveControl + Send + Sync>) -> Self {
        let view = control.view();
        Self {
            control,
            view,
            exercises: Vec::new(),
            cameras: Vec::new(),
            picture: picture::Picture::default(),
            mirror_choice: None,
            wanted_exercise: None,
            outbox: VecDeque::new(),
            scale: None,
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
        if self.wanted_exercise.as_deref() == Some(self.view.exercise.id.as_str()) {
            self.wanted_exercise = None;
        }
        self.keys(ctx);
        self.send(ctx);
    }

    /// Draws everything into `ui`.
    pub fn draw(&mut self, ui: &mut Ui) {
        let room = ui.max_rect();
        let scale = Scale::for_window(room.size());
        if self.scale.replace(scale) != Some(scale) {
            theme::apply(ui.ctx(), scale);
            ui.set_style(ui.ctx().global_style());
        }
        self.picture.update(ui.ctx(), self.view.frame.as_ref());
        let areas = areas(room, self.picture.size().unwrap_or(USUAL_PICTURE), scale);
        let view = Arc::clone(&self.view);
        let drawn = self.picture.draw(ui, areas.picture, &view, self.is_mirrored(), scale);
        status::on_picture(ui, drawn, &view, scale);
        status::band(ui, areas.band, &view, scale);
        self.panel(ui, areas.panel, &view, scale);
        self.send(ui.ctx());
    }

    /// Exercise, counter, phase and controls, drawn from the top down: Tab goes through them in the order of drawing.
    fn panel(&mut self, ui: &mut Ui, area: Rect, view: &LiveView, scale: Scale) {
        ui.painter().rect_filled(area, theme::corners(scale), theme::PANEL);
        let remark = status::tally_remark(view);
        let offer = controls::offered(view);
        let rows = Rows::of(area.shrink(scale.px(16.0)), scale, !remark.is_empty(), offer.is_some());
        let mut wishes = Vec::new();

        within(ui, rows.exercise, |ui| controls::exercise(ui, view, &self.exercises, &mut wishes));
        counter::draw(ui, rows.counter, view, scale);
        if let Some(row) = rows.remark {
            theme::big_text(ui, row, &remark, &remark, theme::REMARK, row.height(), theme::Weight::Plain);
        }
        status::phase(ui, rows.phase, view, scale);
        if let (Some(offer), Some([line, answers])) = (offer, rows.offer) {
            let text = words::unfinished(offer);
            theme::big_text(ui, line, &text, &text, theme::REMARK, line.height(), theme::Weight::Plain);
            within(ui, answers, |ui| controls::continue_or_end(ui, &mut wishes));
        }
        within(ui, rows.buttons, |ui| controls::buttons(ui, view, scale, &mut wishes));
        within(ui, rows.camera, |ui| controls::camera(ui, view, &self.cameras, &mut wishes));
        let mirrored = self.is_mirrored();
        if within(ui, rows.mirror, |ui| controls::mirror_and_range(ui, view, mirrored, &mut wishes)) {
            self.mirror_choice = Some(!mirrored);
        }
        within(ui, rows.print, |ui| controls::small_print(ui, view, self.outbox.front()));
        for wish in wishes {
            self.ask(wish);
        }
    }

    /// Acts on the keys, unless a widget has the keyboard or a list is open, where they mean something else.
    fn keys(&mut self, ctx: &egui::Context) {
        if ctx.memory(|memory| memory.focused().is_some()) || egui::Popup::is_any_open(ctx) {
            return;
        }
        let pressed = |key| ctx.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        if pressed(Key::Space)
            && let Some((_, command)) = controls::main_action(&self.view)
        {
            self.ask(command);
        }
        if pressed(Key::Enter) && controls::can_finish(&self.view) {
            self.ask(Command::Finish);
        }
        if pressed(Key::C) && controls::can_calibrate(&self.view) {
            self.ask(Command::Calibrate);
        }
        if pressed(Key::M) {
            self.mirror_choice = Some(!self.is_mirrored());
        }
        // Another exercise ends the set: a key hit by chance must not do that.
        if controls::is_busy(&self.view) {
            return;
        }
        for (key, step) in [(Key::ArrowUp, -1), (Key::ArrowDown, 1)] {
            if !pressed(key) {
                continue;
            }
            let from = self.wanted_exercise.as_ref().unwrap_or(&self.view.exercise.id);
            if let Some(next) = controls::neighbour(&self.exercises, from, step).map(str::to_owned) {
                self.wanted_exercise = Some(next.clone());
                self.ask(Command::ChooseExercise(next));
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
        theme::BACKGROUND.to_normalized_gamma_f32()
    }
}

/// Divides the window: picture and band on the left and the panel on the right, or the panel below in a narrow window.
/// The band gets what a picture of size `image` leaves free, so that it never covers a person on the floor.
fn areas(window: Rect, image: Size, scale: Scale) -> Areas {
    let gap = scale.px(12.0);
    let inner = window.shrink(gap);
    let is_stacked = window.aspect_ratio() < STACK_BELOW_ASPECT;
    let (main, panel) = if is_stacked {
        let height = (inner.height() * 0.46).max(inner.height() - scale.px(700.0));
        inner.split_top_bottom_at_y(inner.top() + height)
    } else {
        let width = (inner.width() * 0.33).max(scale.px(380.0)).min(inner.width() * 0.45);
        inner.split_left_right_at_x(inner.right() - width)
    };
    let (main, panel) = if is_stacked {
        (main, panel.with_min_y(panel.top() + gap))
    } else {
        (main, panel.with_min_x(panel.left() + gap))
    };
    let wanted = picture::letterbox(image, main).height();
    let band_height = (main.height() - wanted - gap).clamp(main.height() * 0.17, main.height() * 0.3);
    let (picture, band) = main.split_top_bottom_at_y(main.bottom() - band_height);
    Areas { picture: picture.with_max_y(picture.bottom() - gap), band, panel }
}

fn cut_top(rest: &mut Rect, height: f32, gap: f32) -> Rect {
    let (cut, left) = rest.split_top_bottom_at_y(rest.top() + height);
    *rest = left.with_min_y(left.top() + gap);
    cut
}

fn cut_bottom(rest: &mut Rect, height: f32, gap: f32) -> Rect {
    let (left, cut) = rest.split_top_bottom_at_y(rest.bottom() - height);
    *rest = left.with_max_y(left.bottom() - gap);
    cut
}

fn within<R>(ui: &mut Ui, rect: Rect, add: impl FnOnce(&mut Ui) -> R) -> R {
    ui.scope_builder(UiBuilder::new().max_rect(rect), add).inner
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::Vec2;

    #[test]
    fn nothing_overlaps_or_leaves_the_window_from_small_to_4k_and_in_portrait() {
        let sizes =
            [(640.0, 420.0), (800.0, 500.0), (1280.0, 800.0), (3840.0, 2160.0), (600.0, 900.0), (1080.0, 1920.0)];
        let images = [Size::new(640, 480), Size::new(1920, 1080), Size::new(480, 640)];
        let mut wrong = Vec::new();
        for (width, height) in sizes {
            let window = Rect::from_min_size(egui::Pos2::ZERO, Vec2::new(width, height));
            for image in images {
                let Areas { picture, band, panel } = areas(window, image, Scale::for_window(window.size()));
                let all = [picture, band, panel];
                let is_inside = all.iter().all(|rect| rect.is_positive() && window.contains_rect(*rect));
                let is_apart = !picture.intersects(band) && !picture.intersects(panel) && !band.intersects(panel);
                if !is_inside || !is_apart || picture.height() < window.height() * 0.25 {
                    wrong.push((width, height, image, all));
                }
            }
        }
        assert!(wrong.is_empty(), "wrong: {wrong:?}");
    }
}
