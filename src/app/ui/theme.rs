//! Every colour and size of the window, and text that is made as large as its place allows.
//!
//! In: the size of the window. Out: a [`Scale`], the egui style, colours by meaning. The user lies some metres away, so
//! contrast is high and whatever matters during a set grows with the window.

use eframe::egui;
use egui::{Align, Color32, CornerRadius, FontFamily, FontId, Galley, Pos2, Rect, Stroke, TextStyle, Vec2};
use std::sync::Arc;

/// Behind everything.
pub const BACKGROUND: Color32 = Color32::from_rgb(13, 16, 21);
/// The side panel.
pub const PANEL: Color32 = Color32::from_rgb(22, 27, 34);
/// Buttons, pickers, the track of the hold ring.
pub const RAISED: Color32 = Color32::from_rgb(38, 45, 56);
/// A button under the pointer.
pub const RAISED_HOVER: Color32 = Color32::from_rgb(52, 61, 75);
/// Outline of buttons and pickers.
pub const OUTLINE: Color32 = Color32::from_rgb(66, 76, 92);
/// Text to be read.
pub const TEXT: Color32 = Color32::from_rgb(243, 246, 249);
/// Text that may be overlooked.
pub const TEXT_MUTED: Color32 = Color32::from_rgb(160, 171, 186);
/// Progress, praise, the main button, a target that was reached.
pub const PROGRESS: Color32 = Color32::from_rgb(84, 214, 164);
/// The main button under the pointer.
pub const PROGRESS_HOVER: Color32 = Color32::from_rgb(122, 229, 188);
/// Text on [`PROGRESS`].
pub const ON_PROGRESS: Color32 = Color32::from_rgb(6, 32, 23);
/// The person's left side: joints and tally.
pub const LEFT: Color32 = Color32::from_rgb(96, 204, 255);
/// The person's right side: joints and tally.
pub const RIGHT: Color32 = Color32::from_rgb(207, 164, 255);
/// Bones between the two sides.
pub const MIDDLE: Color32 = TEXT;
/// Under bones and joints, so that they stand out from any picture.
pub const BONE_SHADOW: Color32 = Color32::from_black_alpha(150);
/// Over the picture when a message stands on it.
pub const DIM: Color32 = Color32::from_black_alpha(175);
/// Under the small notes on the picture.
pub const CHIP: Color32 = Color32::from_black_alpha(190);
/// A remark that something did not count or was not taken.
pub const REMARK: Color32 = Color32::from_rgb(255, 196, 77);

const CUE_FILL: Color32 = Color32::from_rgb(255, 200, 82);
const ON_CUE: Color32 = Color32::from_rgb(33, 22, 0);
const ADVICE_FILL: Color32 = Color32::from_rgb(31, 84, 168);
const TROUBLE_FILL: Color32 = Color32::from_rgb(138, 32, 41);
const TROUBLE_TEXT: Color32 = Color32::from_rgb(255, 141, 141);

/// Opacity of a joint or bone that is not trusted.
const FAINT: f32 = 0.38;
/// Window size, in points, that the sizes below are meant for.
const DESIGN_POINTS: Vec2 = Vec2::new(1280.0, 800.0);
/// Smallest and largest [`Scale`]: small print stays legible, and 4K does not look empty.
const SCALE_LIMITS: (f32, f32) = (0.72, 4.0);
/// Text is never made smaller than this to fit, points.
const SMALLEST_TEXT: f32 = 11.0;
/// Words longer than this (paths) may be broken, characters.
const LONGEST_WORD: usize = 24;
/// From one tried text size to the next.
const SIZE_STEP: f32 = 0.9;
/// Displacement of the strokes of bold text over its size; the built-in fonts have no bold cut.
const BOLD_SHARE: f32 = 0.014;
/// Number of displaced strokes of bold text.
const BOLD_STROKES: u8 = 8;

/// What a message is about, which gives it its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// That it was well done.
    Praise,
    /// How to move better, now.
    Cue,
    /// How to stand, turn or move so that counting can begin.
    Advice,
    /// Something does not work.
    Trouble,
    /// Did not count, and why.
    Remark,
    /// Anything else.
    Calm,
}

impl Tone {
    /// Background of a band with such a message.
    pub const fn fill(self) -> Color32 {
        match self {
            Self::Praise => PROGRESS,
            Self::Cue => CUE_FILL,
            Self::Advice => ADVICE_FILL,
            Self::Trouble => TROUBLE_FILL,
            Self::Remark | Self::Calm => PANEL,
        }
    }

    /// Text on [`Self::fill`].
    pub const fn text_on_fill(self) -> Color32 {
        match self {
            Self::Praise => ON_PROGRESS,
            Self::Cue => ON_CUE,
            Self::Advice | Self::Trouble | Self::Calm => TEXT,
            Self::Remark => REMARK,
        }
    }

    /// Text on the dimmed picture.
    pub const fn text_on_picture(self) -> Color32 {
        match self {
            Self::Praise => PROGRESS,
            Self::Trouble => TROUBLE_TEXT,
            Self::Cue | Self::Remark => REMARK,
            Self::Advice | Self::Calm => TEXT,
        }
    }
}

/// `color` as drawn for what is not trusted.
pub fn faint(color: Color32) -> Color32 {
    color.gamma_multiply(FAINT)
}

/// How much larger than designed everything is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale(f32);

impl Scale {
    /// For a window of `size` points; in steps, so that resizing does not fill the font texture with new sizes.
    pub fn for_window(size: Vec2) -> Self {
        // The shorter side of a portrait window is its width, for which it is designed as for the height of a wide one.
        let upright = if size.x >= size.y { size } else { Vec2::new(size.y, size.x) };
        let share = (upright / DESIGN_POINTS).min_elem().clamp(SCALE_LIMITS.0, SCALE_LIMITS.1);
        Self((share * 25.0).round() / 25.0)
    }

    /// Points on the screen for `points` of the design.
    pub fn px(self, points: f32) -> f32 {
        points * self.0
    }
}

/// Sets the style of all of egui.
pub fn apply(ctx: &egui::Context, scale: Scale) {
    ctx.set_theme(egui::Theme::Dark);
    ctx.all_styles_mut(|style| {
        let font = |size| FontId::new(scale.px(size), FontFamily::Proportional);
        style.text_styles = [
            (TextStyle::Small, font(15.0)),
            (TextStyle::Body, font(18.0)),
            (TextStyle::Button, font(20.0)),
            (TextStyle::Heading, font(26.0)),
            (TextStyle::Monospace, FontId::new(scale.px(16.0), FontFamily::Monospace)),
        ]
        .into();
        style.spacing.button_padding = Vec2::new(scale.px(12.0), scale.px(7.0));
        style.spacing.item_spacing = Vec2::new(scale.px(10.0), scale.px(6.0));
        style.spacing.interact_size.y = scale.px(38.0);
        style.spacing.icon_width = scale.px(22.0);
        style.spacing.icon_width_inner = scale.px(14.0);
        style.spacing.icon_spacing = scale.px(8.0);
        style.spacing.combo_height = scale.px(650.0);
        // Lists are areas, which egui holds at 400 points.
        style.spacing.default_area_size.y = scale.px(680.0);
        // A bar that is always there: a list that is cut off must show that it goes on.
        style.spacing.scroll = egui::style::ScrollStyle::solid();
        style.visuals = visuals(scale);
    });
}

fn visuals(scale: Scale) -> egui::Visuals {
    let mut visuals = egui::Visuals::dark();
    visuals.panel_fill = BACKGROUND;
    visuals.window_fill = PANEL;
    visuals.window_stroke = Stroke::new(1.0, OUTLINE);
    visuals.weak_text_color = Some(TEXT_MUTED);
    visuals.selection.bg_fill = ADVICE_FILL;
    visuals.selection.stroke = Stroke::new(2.0, TEXT);
    let widgets = &mut visuals.widgets;
    for (state, fill, outline) in [
        (&mut widgets.noninteractive, PANEL, OUTLINE),
        (&mut widgets.inactive, RAISED, OUTLINE),
        (&mut widgets.hovered, RAISED_HOVER, TEXT_MUTED),
        (&mut widgets.active, OUTLINE, TEXT),
        (&mut widgets.open, RAISED_HOVER, TEXT_MUTED),
    ] {
        state.bg_fill = fill;
        state.weak_bg_fill = fill;
        state.bg_stroke = Stroke::new(1.0, outline);
        state.fg_stroke = Stroke::new(scale.px(1.5), TEXT);
        state.corner_radius = corners(scale);
        state.expansion = 0.0;
    }
    visuals
}

/// Rounding of buttons, bands and notes.
pub fn corners(scale: Scale) -> CornerRadius {
    CornerRadius::same(scale.px(8.0).clamp(0.0, 255.0) as u8)
}

/// Where text stands in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// As the font is.
    Plain,
    /// Heavier, for what is read from afar.
    Bold,
}

/// Lays out `text`, centred, as large as fits into `room` (points), from `largest` down. Words are not broken, but
/// paths are; what does not fit at the smallest size is left out.
pub fn fitted(painter: &egui::Painter, text: &str, color: Color32, largest: f32, room: Vec2) -> Arc<Galley> {
    let mut size = (largest / 2.0).round() * 2.0;
    loop {
        let is_smallest = size <= SMALLEST_TEXT;
        let font = FontId::proportional(size.max(SMALLEST_TEXT));
        let mut job = egui::text::LayoutJob::simple(text.to_owned(), font.clone(), color, room.x.max(1.0));
        job.halign = Align::Center;
        if is_smallest {
            job.wrap.max_rows = ((room.y / (SMALLEST_TEXT * 1.2)) as usize).max(1);
        }
        let galley = painter.layout_job(job);
        let widest_word = text
            .split_whitespace()
            .filter(|word| word.chars().count() <= LONGEST_WORD)
            .map(|word| painter.layout_no_wrap(word.to_owned(), font.clone(), color).size().x)
            .fold(0.0, f32::max);
        if is_smallest || (ink_height(text, &galley) <= room.y && widest_word <= room.x) {
            return galley;
        }
        size = (size * SIZE_STEP / 2.0).floor() * 2.0;
    }
}

/// The size at which [`fitted`] would lay out `text`, points.
pub fn fitting_size(painter: &egui::Painter, text: &str, largest: f32, room: Vec2) -> f32 {
    let galley = fitted(painter, text, TEXT, largest, room);
    galley.job.sections.first().map_or(largest, |section| section.format.font_id.size)
}

/// A number stands alone and has no strokes below the line, so it may fill its place; text keeps the height of its rows.
fn is_number(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_digit())
}

fn ink_height(text: &str, galley: &Galley) -> f32 {
    if is_number(text) { galley.mesh_bounds.height() } else { galley.size().y }
}

/// Paints `galley` (laid out by [`fitted`]) in the middle of `rect`: numbers by their ink, text by its rows, so that
/// texts side by side stand on one line.
pub fn paint_centred(painter: &egui::Painter, rect: Rect, galley: &Arc<Galley>, color: Color32, weight: Weight) {
    let middle = if is_number(galley.text()) { galley.mesh_bounds.center() } else { galley.rect.center() };
    paint_at(painter, rect.center() - middle.to_vec2(), galley, color, weight);
}

fn paint_at(painter: &egui::Painter, pos: Pos2, galley: &Arc<Galley>, color: Color32, weight: Weight) {
    if weight == Weight::Bold {
        let row_height = galley.rows.first().map_or(0.0, |row| row.size.y);
        let d = row_height * BOLD_SHARE;
        for i in 0..BOLD_STROKES {
            let offset = Vec2::angled(std::f32::consts::TAU * f32::from(i) / f32::from(BOLD_STROKES)) * d;
            painter.galley(pos + offset, Arc::clone(galley), color);
        }
    }
    painter.galley(pos, Arc::clone(galley), color);
}

/// Shows `text` in the middle of `rect`, as large as fits up to `largest` points, and names it `label` to assistive
/// programs and tests.
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
    let galley = fitted(&painter, text, color, largest, rect.size());
    paint_centred(&painter, rect, &galley, color, weight);
    name(ui, rect, label)
}

/// Gives the painted area `rect` the name `label`.
pub fn name(ui: &egui::Ui, rect: Rect, label: &str) -> egui::Response {
    let response = ui.interact(rect, ui.scope_id().with(label), egui::Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, label));
    response
}
