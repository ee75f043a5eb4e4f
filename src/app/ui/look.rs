//! Every colour and size of the window. The user lies some metres away, so contrast is high and whatever matters during a set
//! grows with the window.
//!
//! In: the size of the window, the theme. Out: a [`Look`], which is handed to whatever draws, and the egui style.

use crate::app::settings::Letters;
use eframe::egui;
use egui::{Color32, CornerRadius, FontData, FontDefinitions, FontFamily, FontId, Stroke, TextStyle, Vec2};
use std::sync::Arc;

/// The colours, by meaning.
#[derive(Debug, PartialEq, Eq)]
pub struct Palette {
    /// Whether letters are light on dark.
    pub is_dark: bool,
    /// Behind everything.
    pub background: Color32,
    /// Cards and panels.
    pub panel: Color32,
    /// Buttons, pickers, the track of a progress bar.
    pub raised: Color32,
    /// A button under the pointer.
    pub raised_hover: Color32,
    /// Outline of buttons and pickers.
    pub outline: Color32,
    /// Text to be read.
    pub text: Color32,
    /// Text that may be overlooked.
    pub muted: Color32,
    /// Progress, praise, the main button, a target that was reached.
    pub progress: Color32,
    /// Text on it.
    pub on_progress: Color32,
    /// The person's left side: joints and counts.
    pub left: Color32,
    /// The person's right side.
    pub right: Color32,
    /// A band with a correction.
    pub cue: Color32,
    /// Text on it.
    pub on_cue: Color32,
    /// A band with advice.
    pub advice: Color32,
    /// Text on it.
    pub on_advice: Color32,
    /// A band with trouble, and the button for pain.
    pub trouble: Color32,
    /// Text on it.
    pub on_trouble: Color32,
    /// A remark that something did not count or was not taken.
    pub remark: Color32,
}

impl Palette {
    /// Behind the seconds of a hold, as far as it has come.
    pub fn held(&self) -> Color32 {
        let mix = |a: u8, b: u8| (f32::from(a) + (f32::from(b) - f32::from(a)) * HELD).round() as u8;
        let (from, to) = (self.panel, self.progress);
        Color32::from_rgb(mix(from.r(), to.r()), mix(from.g(), to.g()), mix(from.b(), to.b()))
    }
}

/// So much of the colour of progress is behind the seconds of a hold; more would take the contrast of the number.
const HELD: f32 = 0.3;

/// Light letters on dark: for a darkened room.
pub static DARK: Palette = Palette {
    is_dark: true,
    background: Color32::from_rgb(13, 16, 21),
    panel: Color32::from_rgb(22, 27, 34),
    raised: Color32::from_rgb(38, 45, 56),
    raised_hover: Color32::from_rgb(52, 61, 75),
    outline: Color32::from_rgb(66, 76, 92),
    text: Color32::from_rgb(243, 246, 249),
    muted: Color32::from_rgb(160, 171, 186),
    progress: Color32::from_rgb(84, 214, 164),
    on_progress: Color32::from_rgb(6, 32, 23),
    left: Color32::from_rgb(96, 204, 255),
    right: Color32::from_rgb(207, 164, 255),
    cue: Color32::from_rgb(255, 200, 82),
    on_cue: Color32::from_rgb(33, 22, 0),
    advice: Color32::from_rgb(31, 84, 168),
    on_advice: Color32::from_rgb(255, 255, 255),
    trouble: Color32::from_rgb(138, 32, 41),
    on_trouble: Color32::from_rgb(255, 255, 255),
    remark: Color32::from_rgb(255, 196, 77),
};

/// Dark letters on light: for a bright room.
pub static LIGHT: Palette = Palette {
    is_dark: false,
    background: Color32::from_rgb(246, 247, 249),
    panel: Color32::from_rgb(255, 255, 255),
    raised: Color32::from_rgb(225, 229, 235),
    raised_hover: Color32::from_rgb(208, 214, 223),
    outline: Color32::from_rgb(150, 160, 174),
    text: Color32::from_rgb(16, 20, 27),
    muted: Color32::from_rgb(74, 84, 99),
    progress: Color32::from_rgb(0, 98, 68),
    on_progress: Color32::from_rgb(255, 255, 255),
    left: Color32::from_rgb(0, 86, 140),
    right: Color32::from_rgb(112, 44, 168),
    cue: Color32::from_rgb(255, 200, 82),
    on_cue: Color32::from_rgb(33, 22, 0),
    advice: Color32::from_rgb(24, 72, 150),
    on_advice: Color32::from_rgb(255, 255, 255),
    trouble: Color32::from_rgb(138, 32, 41),
    on_trouble: Color32::from_rgb(255, 255, 255),
    remark: Color32::from_rgb(124, 70, 0),
};

/// As much contrast as a screen has.
pub static CONTRAST: Palette = Palette {
    is_dark: true,
    background: Color32::from_rgb(0, 0, 0),
    panel: Color32::from_rgb(0, 0, 0),
    raised: Color32::from_rgb(28, 28, 28),
    raised_hover: Color32::from_rgb(64, 64, 64),
    outline: Color32::from_rgb(255, 255, 255),
    text: Color32::from_rgb(255, 255, 255),
    muted: Color32::from_rgb(225, 225, 225),
    progress: Color32::from_rgb(110, 255, 190),
    on_progress: Color32::from_rgb(0, 0, 0),
    left: Color32::from_rgb(130, 220, 255),
    right: Color32::from_rgb(235, 190, 255),
    cue: Color32::from_rgb(255, 221, 0),
    on_cue: Color32::from_rgb(0, 0, 0),
    advice: Color32::from_rgb(255, 255, 255),
    on_advice: Color32::from_rgb(0, 0, 0),
    trouble: Color32::from_rgb(120, 0, 0),
    on_trouble: Color32::from_rgb(255, 255, 255),
    remark: Color32::from_rgb(255, 221, 0),
};

/// Under bones and joints, so that they stand out from any picture.
pub const BONE_SHADOW: Color32 = Color32::from_black_alpha(150);
/// Over the picture when it waits.
pub const DIM: Color32 = Color32::from_black_alpha(150);
/// Opacity of a joint or bone that is not trusted.
const FAINT: f32 = 0.38;
/// Window size, in points, that sizes in [`Look::px`] are meant for.
const DESIGN_POINTS: Vec2 = Vec2::new(1280.0, 800.0);
/// Smallest and largest scale: small print stays legible, and 4K does not look empty.
const SCALE_LIMITS: (f32, f32) = (0.72, 4.0);
/// Name of the family of bold letters.
const BOLD: &str = "bold";

/// How the window looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Look {
    scale: f32,
    letters: Letters,
    /// The colours.
    pub palette: &'static Palette,
    /// Nothing moves that need not.
    pub is_still: bool,
}

impl Look {
    /// For a window of `size` points; in steps, so that resizing does not fill the font texture with new sizes.
    pub fn for_window(size: Vec2, palette: &'static Palette, letters: Letters, is_still: bool) -> Self {
        // The shorter side of a portrait window is its width, for which it is designed as for the height of a wide one.
        let upright = if size.x >= size.y { size } else { Vec2::new(size.y, size.x) };
        let share = (upright / DESIGN_POINTS).min_elem().clamp(SCALE_LIMITS.0, SCALE_LIMITS.1);
        Self { scale: (share * 25.0).round() / 25.0, letters, palette, is_still }
    }

    /// Points on the screen for `points` of the design.
    pub fn px(self, points: f32) -> f32 {
        points * self.scale
    }

    /// Rounding of buttons, bands and notes.
    pub fn corners(self) -> CornerRadius {
        CornerRadius::same(self.px(8.0).clamp(0.0, 255.0) as u8)
    }

    /// Sets the style of all of egui.
    pub fn apply(self, ctx: &egui::Context) {
        ctx.set_theme(if self.palette.is_dark { egui::Theme::Dark } else { egui::Theme::Light });
        ctx.all_styles_mut(|style| {
            let font = |size| FontId::new(self.px(size) * self.letters.factor(), FontFamily::Proportional);
            style.text_styles = [
                (TextStyle::Small, font(16.0)),
                (TextStyle::Body, font(20.0)),
                (TextStyle::Button, font(21.0)),
                (TextStyle::Heading, font(30.0)),
                (TextStyle::Monospace, FontId::new(self.px(17.0) * self.letters.factor(), FontFamily::Monospace)),
            ]
            .into();
            style.spacing.button_padding = Vec2::new(self.px(14.0), self.px(8.0));
            style.spacing.item_spacing = Vec2::new(self.px(10.0), self.px(8.0));
            style.spacing.interact_size.y = self.px(40.0);
            style.spacing.icon_width = self.px(24.0);
            style.spacing.icon_width_inner = self.px(15.0);
            style.spacing.icon_spacing = self.px(8.0);
            style.spacing.combo_height = self.px(650.0);
            // Lists are areas, which egui holds at 400 points.
            style.spacing.default_area_size.y = self.px(680.0);
            // A bar that is always there: a list that is cut off must show that it goes on.
            style.spacing.scroll = egui::style::ScrollStyle::solid();
            style.visuals = self.visuals();
        });
    }

    fn visuals(self) -> egui::Visuals {
        let p = self.palette;
        let mut visuals = if p.is_dark { egui::Visuals::dark() } else { egui::Visuals::light() };
        visuals.panel_fill = p.background;
        visuals.window_fill = p.panel;
        visuals.extreme_bg_color = p.background;
        visuals.window_stroke = Stroke::new(1.0, p.outline);
        visuals.weak_text_color = Some(p.muted);
        visuals.selection.bg_fill = p.advice;
        visuals.selection.stroke = Stroke::new(2.0, p.on_advice);
        let widgets = &mut visuals.widgets;
        for (state, fill, outline) in [
            (&mut widgets.noninteractive, p.panel, p.outline),
            (&mut widgets.inactive, p.raised, p.outline),
            (&mut widgets.hovered, p.raised_hover, p.muted),
            (&mut widgets.active, p.outline, p.text),
            (&mut widgets.open, p.raised_hover, p.muted),
        ] {
            state.bg_fill = fill;
            state.weak_bg_fill = fill;
            state.bg_stroke = Stroke::new(1.0, outline);
            state.fg_stroke = Stroke::new(self.px(1.5), p.text);
            state.corner_radius = self.corners();
            state.expansion = 0.0;
        }
        visuals
    }
}

/// `color` as drawn for what is not trusted.
pub fn faint(color: Color32) -> Color32 {
    color.gamma_multiply(FAINT)
}

/// Bold letters of a size.
pub fn bold(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name(BOLD.into()))
}

/// Puts the program's own letters before egui's: Atkinson Hyperlegible, drawn for eyes that see little, in two weights.
pub fn install_fonts(ctx: &egui::Context) {
    let mut fonts = FontDefinitions::default();
    let fallback = fonts.families.get(&FontFamily::Proportional).cloned().unwrap_or_default();
    for (name, family, bytes) in [
        (
            "regular",
            FontFamily::Proportional,
            include_bytes!("../../../fonts/AtkinsonHyperlegible-Regular.ttf").as_slice(),
        ),
        (
            BOLD,
            FontFamily::Name(BOLD.into()),
            include_bytes!("../../../fonts/AtkinsonHyperlegible-Bold.ttf").as_slice(),
        ),
    ] {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
        let list = std::iter::once(name.to_owned()).chain(fallback.iter().cloned()).collect();
        fonts.families.insert(family, list);
    }
    ctx.set_fonts(fonts);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance (WCAG 2).
    fn luminance(color: Color32) -> f64 {
        let channel = |c: u8| {
            let c = f64::from(c) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(color.r()) + 0.7152 * channel(color.g()) + 0.0722 * channel(color.b())
    }

    fn contrast(a: Color32, b: Color32) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn words_in_a_set_have_a_contrast_of_seven_in_every_theme() {
        let mut wrong = Vec::new();
        for (theme, p) in [("dark", &DARK), ("light", &LIGHT), ("contrast", &CONTRAST)] {
            for (what, ink, paper) in [
                ("text", p.text, p.panel),
                ("text on the background", p.text, p.background),
                ("count of the left", p.left, p.panel),
                ("count of the right", p.right, p.panel),
                ("count at its target", p.progress, p.panel),
                ("praise", p.on_progress, p.progress),
                ("cue", p.on_cue, p.cue),
                ("advice", p.on_advice, p.advice),
                ("trouble", p.on_trouble, p.trouble),
                ("seconds held", p.text, p.held()),
                ("remark", p.remark, p.panel),
                ("remark on the background", p.remark, p.background),
                ("muted", p.muted, p.panel),
                ("muted on the background", p.muted, p.background),
                ("button", p.text, p.raised),
            ] {
                let found = contrast(ink, paper);
                if found < 7.0 {
                    wrong.push(format!("{theme}, {what}: {found:.1}"));
                }
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}
