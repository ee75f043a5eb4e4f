//! Text that is made as large as its place allows, and names for what is painted.

use super::look::bold;
use eframe::egui;
use egui::emath::TSTransform;
use egui::epaint::TextShape;
use egui::text::LayoutJob;
use egui::{Align, Color32, FontId, Galley, Pos2, Rect, Vec2};
use std::sync::Arc;

/// Text is never made smaller than this to fit, points.
const SMALLEST_TEXT: f32 = 11.0;
/// Words longer than this (paths) may be broken, characters.
const LONGEST_WORD: usize = 24;
/// From one line to the next, sizes: close, so that the letters can be large; capitals and the strokes below a line just pass.
const LINE: f32 = 0.845;
/// Letters are drawn at these sizes, points, and stretched in between: a size of its own for each text would fill the font
/// texture. They are made larger only: made smaller, a letter gets the edge of its neighbour in the texture.
const DRAWN: [f32; 13] = [11.0, 14.0, 20.0, 28.0, 40.0, 56.0, 80.0, 113.0, 160.0, 226.0, 320.0, 452.0, 640.0];
/// Widths of words are measured at this size, points.
const MEASURED: f32 = 40.0;
/// Halvings in the search for the largest size that fits: to a thousandth.
const SEARCH_STEPS: u32 = 10;

/// How heavy letters are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// As the font is.
    Plain,
    /// Heavier, for what is read from afar.
    Bold,
}

fn font(size: f32, weight: Weight) -> FontId {
    match weight {
        Weight::Plain => FontId::proportional(size),
        Weight::Bold => bold(size),
    }
}

/// Text laid out, and how much it is to be stretched.
#[derive(Clone)]
pub struct Fitted {
    galley: Arc<Galley>,
    stretch: f32,
}

impl Fitted {
    /// Size of its letters, points.
    pub fn size(&self) -> f32 {
        self.galley.job.sections.first().map_or(0.0, |section| section.format.font_id.size) * self.stretch
    }

    /// Paints it in the middle of `rect`, by its ink.
    pub fn paint(&self, painter: &egui::Painter, rect: Rect, color: Color32) {
        let middle = self.galley.mesh_bounds.center() * self.stretch;
        let mut shape = TextShape::new(Pos2::ZERO, Arc::clone(&self.galley), color);
        shape.transform(TSTransform::from_scaling(self.stretch));
        shape.transform(TSTransform::from_translation(rect.center() - middle));
        painter.add(shape);
    }
}

fn laid_out(painter: &egui::Painter, text: &str, color: Color32, size: f32, width: f32, weight: Weight) -> Arc<Galley> {
    let font = font(size, weight);
    let mut job = LayoutJob::simple(text.to_owned(), font, color, width);
    job.halign = Align::Center;
    for section in &mut job.sections {
        section.format.line_height = Some(size * LINE);
    }
    painter.layout_job(job)
}

/// Lays out `text`, centred, as large as fits into `room` (points), at most `largest`. Words are not broken, but paths are;
/// what does not fit at the smallest size is cut off.
pub fn fitted(painter: &egui::Painter, text: &str, color: Color32, largest: f32, room: Vec2, weight: Weight) -> Fitted {
    let at = |size: f32| {
        let letters = DRAWN.into_iter().rfind(|drawn| *drawn <= size).unwrap_or(DRAWN[0]);
        let stretch = size / letters;
        Fitted { galley: laid_out(painter, text, color, letters, (room.x / stretch).max(1.0), weight), stretch }
    };
    let is_fit = |fit: &Fitted, size: f32| {
        let widest_word = text
            .split_whitespace()
            .filter(|word| word.chars().count() <= LONGEST_WORD)
            .map(|word| {
                painter.layout_no_wrap(word.to_owned(), font(MEASURED, weight), color).size().x * size / MEASURED
            })
            .fold(0.0, f32::max);
        fit.galley.mesh_bounds.height() * fit.stretch <= room.y && widest_word <= room.x
    };
    let (mut fits, mut too_large) = (SMALLEST_TEXT, largest.max(SMALLEST_TEXT));
    let whole = at(too_large);
    if is_fit(&whole, too_large) {
        return whole;
    }
    for _ in 0..SEARCH_STEPS {
        let size = f32::midpoint(fits, too_large);
        if is_fit(&at(size), size) { fits = size } else { too_large = size }
    }
    at(fits)
}

/// Shows `text` in the middle of `rect`, as large as fits up to `largest` points, and names it `label` to assistive
/// programs and tests. Bold where that costs no size.
pub fn big_text(
    ui: &egui::Ui,
    rect: Rect,
    text: &str,
    label: &str,
    color: Color32,
    largest: f32,
    weight: Weight,
) -> egui::Response {
    let painter = ui.painter().with_clip_rect(rect.expand(2.0));
    let mut fit = fitted(&painter, text, color, largest, rect.size(), weight);
    if weight == Weight::Bold {
        let plain = fitted(&painter, text, color, largest, rect.size(), Weight::Plain);
        if plain.size() > fit.size() {
            fit = plain;
        }
    }
    fit.paint(&painter, rect, color);
    name(ui, rect, label)
}

/// Has a screen reader say what was just named, when it appears. On Linux that is done when a name is new, so `response` is of
/// an area whose id comes from its words, as those of [`name`] are.
pub fn read_aloud(ui: &egui::Ui, response: &egui::Response) {
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_live(egui::accesskit::Live::Polite));
}

/// Gives the painted area `rect` the name `label`.
pub fn name(ui: &egui::Ui, rect: Rect, label: &str) -> egui::Response {
    let response = ui.interact(rect, ui.scope_id().with(label), egui::Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, label));
    response
}
