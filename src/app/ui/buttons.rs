//! Large buttons in a row, and small ones with a name.

use super::layout::columns;
use super::look::{Look, bold};
use super::page_words;
use eframe::egui;
use egui::{Color32, Rect, Sense, Stroke, StrokeKind, Ui, Vec2};

/// Widths are measured at this size, points.
const MEASURED: f32 = 20.0;

/// A small button whose text alone says too little: `name` says of what. Whether it was pressed.
pub fn named(ui: &mut Ui, text: impl Into<egui::WidgetText>, name: &str, is_enabled: bool) -> bool {
    let button = ui.add_enabled(is_enabled, egui::Button::new(text.into()));
    button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, is_enabled, name));
    button.on_hover_text(name).clicked()
}

/// One less and one more of a set: by how much its count is to be corrected, if one was pressed.
pub fn one_less_one_more(
    ui: &mut Ui,
    title: &str,
    style: &egui::TextStyle,
    may_be_less: bool,
    may_be_more: bool,
) -> Option<i32> {
    let text = |text: &str| egui::RichText::new(text).text_style(style.clone());
    let less = named(ui, text(page_words::LESS), &page_words::one_less(title), may_be_less).then_some(-1);
    let more = named(ui, text(page_words::MORE), &page_words::one_more(title), may_be_more).then_some(1);
    less.or(more)
}

/// How a button looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// What the eye should find.
    Main,
    /// Any other.
    Plain,
    /// It hurts.
    Pain,
    /// Silence: a loudspeaker, crossed out.
    Mute,
    /// Sound again: a loudspeaker.
    Unmute,
}

impl Kind {
    const fn is_icon(self) -> bool {
        matches!(self, Self::Mute | Self::Unmute)
    }
}

/// A button: what stands on it, which key it has, and what it asks for.
pub struct Wish<T> {
    /// What stands on it.
    pub text: String,
    /// Its key, for the hint.
    pub key: String,
    /// How it looks.
    pub kind: Kind,
    /// What it asks for.
    pub asks: T,
}

/// Letters over the height of the row: their own height leaves room above capitals.
const FILL: f32 = 1.15;
/// Air beside the text of a button, sizes.
const AIR: f32 = 0.2;
/// Width of a drawn loudspeaker, sizes.
const ICON: f32 = 1.0;

/// Draws `wishes` side by side over `row`, all with letters of one size; returns what was pressed.
pub fn row<T: Clone>(ui: &mut Ui, row: Rect, wishes: &[Wish<T>], look: Look) -> Option<T> {
    let gap = look.px(6.0);
    // Widths for letters of one point.
    let width = |wish: &Wish<T>| {
        if wish.kind.is_icon() {
            return ICON + AIR;
        }
        ui.painter().layout_no_wrap(wish.text.clone(), bold(MEASURED), Color32::WHITE).size().x / MEASURED + AIR
    };
    let widths: Vec<f32> = wishes.iter().map(width).collect();
    let room = row.width() - gap * (wishes.len().max(1) - 1) as f32;
    // Whole points, so that not every window size fills the font texture anew.
    let size = (room / widths.iter().sum::<f32>()).min(row.height() * FILL).floor();
    let mut pressed = None;
    for (place, wish) in columns(row, &widths, gap).into_iter().zip(wishes) {
        if button(ui, place, wish, size, look).clicked() {
            pressed = Some(wish.asks.clone());
        }
    }
    pressed
}

fn button<T>(ui: &mut Ui, place: Rect, wish: &Wish<T>, size: f32, look: Look) -> egui::Response {
    let p = look.palette;
    let (fill, ink) = match wish.kind {
        Kind::Main => (p.progress, p.on_progress),
        Kind::Plain | Kind::Mute | Kind::Unmute => (p.raised, p.text),
        Kind::Pain => (p.trouble, p.on_trouble),
    };
    let is_enabled = ui.is_enabled();
    let response = ui.interact(place, ui.scope_id().with(&wish.text), Sense::click());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, is_enabled, &wish.text));
    let fill = if is_enabled { fill } else { p.raised };
    let outline = match (response.has_focus(), response.hovered() && is_enabled) {
        (true, _) => Stroke::new(look.px(5.0), p.text),
        (false, true) => Stroke::new(look.px(3.0), p.muted),
        (false, false) => Stroke::new(1.0, p.outline),
    };
    let painter = ui.painter();
    painter.rect(place, look.corners(), fill, outline, StrokeKind::Inside);
    let ink = if is_enabled { ink } else { p.muted };
    if wish.kind.is_icon() {
        loudspeaker(painter, place.center(), size, wish.kind == Kind::Mute, ink);
        return response.on_hover_text(&wish.text);
    }
    let galley = painter.layout_no_wrap(wish.text.clone(), bold(size.max(11.0)), ink);
    // By the line that all letters stand on, so that the buttons of a row do; capitals are in the middle.
    let middle = galley.rows.first().map_or(0.0, |row| row.rect().center().y);
    painter.galley(place.center() - Vec2::new(galley.size().x / 2.0, middle), galley, ink);
    if wish.key.is_empty() { response } else { response.on_hover_text(&wish.key) }
}

/// A loudspeaker, as high as capitals of this size; crossed out: a press silences it.
fn loudspeaker(painter: &egui::Painter, centre: egui::Pos2, size: f32, is_crossed: bool, ink: Color32) {
    let at = |x: f32, y: f32| centre + Vec2::new(x, y) * size;
    let stroke = Stroke::new(size * 0.09, ink);
    let rect = Rect::from_two_pos(at(-0.42, -0.14), at(-0.22, 0.14));
    painter.rect_filled(rect, 0.0, ink);
    let horn = vec![at(-0.24, -0.14), at(0.02, -0.36), at(0.02, 0.36), at(-0.24, 0.14)];
    painter.add(egui::Shape::convex_polygon(horn, ink, Stroke::NONE));
    if is_crossed {
        painter.line_segment([at(0.14, -0.18), at(0.44, 0.18)], stroke);
        painter.line_segment([at(0.14, 0.18), at(0.44, -0.18)], stroke);
        return;
    }
    for radius in [0.16, 0.32] {
        let arc =
            (-4..=4).map(|i| i as f32 * 0.2).map(|a| at(0.1 + radius * a.cos(), radius * a.sin() * 1.2)).collect();
        painter.add(egui::Shape::line(arc, stroke));
    }
}
