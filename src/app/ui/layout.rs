//! Where things stand on the screens of a session: shares of the window, so that a full screen has the same sizes for the eye
//! on any display.
//!
//! Seen from three metres, a word that must be read is 30 minutes of arc high, a count 90, and nothing that matters under 16
//! (ISO 9241-3 asks for 16 to 22 of corrected eyes; those at 6/12 read half as well). On a 14-inch screen that makes shares of
//! its height, see the tests.

use eframe::egui;
use egui::{Rect, Ui, UiBuilder, Vec2};

/// Share of the height for the upper part: picture and count.
const TOP: f32 = 0.4755;
/// For the row of buttons.
const BUTTONS: f32 = 0.110;
/// Between them.
const GAP: f32 = 0.0025;
/// Share of the width for the count.
const COUNT: f32 = 0.5;
/// A window narrower than this over its height is divided from the top down only.
const STACK_BELOW_ASPECT: f32 = 1.15;

/// The areas of a session's screen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Areas {
    /// The camera picture, or a figure.
    pub picture: Rect,
    /// Count, seconds, or whatever is largest.
    pub count: Rect,
    /// The one sentence, over the whole width.
    pub band: Rect,
    /// The buttons.
    pub buttons: Rect,
}

impl Areas {
    /// Divides the window.
    pub fn of(window: Rect) -> Self {
        let gap = (window.size().min_elem() * GAP).max(2.0);
        let inner = window.shrink(gap);
        let (rest, buttons) = inner.split_top_bottom_at_y(inner.bottom() - inner.height() * BUTTONS);
        let rest = rest.with_max_y(rest.bottom() - gap);
        if window.aspect_ratio() < STACK_BELOW_ASPECT {
            let (picture, below) = rest.split_top_bottom_at_fraction(0.4);
            let (count, band) = below.with_min_y(below.top() + gap).split_top_bottom_at_fraction(0.5);
            return Self { picture, count, band: band.with_min_y(band.top() + gap), buttons };
        }
        let (top, band) = rest.split_top_bottom_at_y(rest.top() + inner.height() * TOP);
        let (picture, count) = top.split_left_right_at_fraction(1.0 - COUNT);
        Self {
            picture: picture.with_max_x(picture.right() - gap),
            count,
            band: band.with_min_y(band.top() + gap),
            buttons,
        }
    }
}

/// Places side by side in `row`, as wide as `shares` say.
pub fn columns(row: Rect, shares: &[f32], gap: f32) -> Vec<Rect> {
    let whole: f32 = shares.iter().sum();
    let room = row.width() - gap * (shares.len().max(1) - 1) as f32;
    let mut left = row.left();
    let place = |share: &f32| {
        let width = room * share / whole.max(f32::EPSILON);
        let place = Rect::from_min_size(egui::pos2(left, row.top()), Vec2::new(width, row.height()));
        left += width + gap;
        place
    };
    shares.iter().map(place).collect()
}

/// Takes `height` from the top of `rest`, and `gap` below it.
pub fn cut_top(rest: &mut Rect, height: f32, gap: f32) -> Rect {
    let (cut, left) = rest.split_top_bottom_at_y(rest.top() + height);
    *rest = left.with_min_y((left.top() + gap).min(left.bottom()));
    cut
}

/// Takes `height` from the bottom of `rest`, and `gap` above it.
pub fn cut_bottom(rest: &mut Rect, height: f32, gap: f32) -> Rect {
    let (left, cut) = rest.split_top_bottom_at_y(rest.bottom() - height);
    *rest = left.with_max_y((left.bottom() - gap).max(left.top()));
    cut
}

/// Lays out widgets within a place of one's own.
pub fn within<R>(ui: &mut Ui, place: Rect, add: impl FnOnce(&mut Ui) -> R) -> R {
    ui.scope_builder(UiBuilder::new().max_rect(place), add).inner
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_overlaps_or_leaves_the_window_from_small_to_4k_and_in_portrait() {
        let sizes =
            [(640.0, 420.0), (1024.0, 640.0), (1280.0, 800.0), (3840.0, 2160.0), (600.0, 900.0), (1080.0, 1920.0)];
        let mut wrong = Vec::new();
        for (width, height) in sizes {
            let window = Rect::from_min_size(egui::Pos2::ZERO, Vec2::new(width, height));
            let Areas { picture, count, band, buttons } = Areas::of(window);
            let all = [picture, count, band, buttons];
            let is_inside = all.iter().all(|rect| rect.is_positive() && window.contains_rect(*rect));
            let is_apart = (0..4).all(|i| (0..i).all(|j| !all[i].shrink(0.1).intersects(all[j].shrink(0.1))));
            if !is_inside || !is_apart {
                wrong.push((width, height, all));
            }
        }
        assert!(wrong.is_empty(), "wrong: {wrong:?}");
    }
}
