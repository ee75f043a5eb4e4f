//! The camera picture with the skeleton over it.
//!
//! In: the newest frame and the points found in it, in image pixels. Out: a texture, uploaded once a frame, and lines
//! over it. Mirroring happens here and nowhere else.

use super::look::{self, Look};
use super::{text, words};
use crate::app::runtime::view::{DrawnPoint, LiveView};
use crate::base::geom::Point;
use crate::base::skeleton::{BONES, LANDMARK_COUNT, Landmark, Side};
use crate::vision::frame::{Frame, Size};
use eframe::egui;
use egui::{Color32, Painter, Pos2, Rect, Stroke, Vec2, pos2};
use std::sync::Arc;

/// Whole picture in texture coordinates.
const UV: Rect = Rect { min: Pos2::ZERO, max: pos2(1.0, 1.0) };

/// Where the image point `point` (pixels of a picture of size `image`) is drawn when the picture fills `rect`.
pub fn ui_from_image(point: Point, image: Size, rect: Rect, mirrored: bool) -> Pos2 {
    let share_x = point.x as f32 / image.width.max(1) as f32;
    let share_y = point.y as f32 / image.height.max(1) as f32;
    let share_x = if mirrored { 1.0 - share_x } else { share_x };
    pos2(rect.left() + share_x * rect.width(), rect.top() + share_y * rect.height())
}

/// The largest rectangle with the sides of `image` in the middle of `room`.
pub fn letterbox(image: Size, room: Rect) -> Rect {
    let (width, height) = (image.width.max(1) as f32, image.height.max(1) as f32);
    let scale = (room.width() / width).min(room.height() / height).max(0.0);
    Rect::from_center_size(room.center(), Vec2::new(width, height) * scale)
}

/// The texture, and the frame that is in it.
#[derive(Default)]
pub struct Picture {
    texture: Option<egui::TextureHandle>,
    shown: Option<Arc<Frame>>,
    uploads: u64,
}

impl Picture {
    /// Number of frames uploaded so far.
    #[cfg(feature = "internals")]
    pub const fn uploads(&self) -> u64 {
        self.uploads
    }

    /// Puts `frame` into the texture if it is not there already.
    pub fn update(&mut self, ctx: &egui::Context, frame: Option<&Arc<Frame>>) {
        let Some(frame) = frame else {
            self.shown = None;
            return;
        };
        if self.shown.as_ref().is_some_and(|shown| Arc::ptr_eq(shown, frame)) {
            return;
        }
        let Some(image) = color_image(frame, ctx.input(|i| i.max_texture_side)) else {
            self.shown = None;
            return;
        };
        match &mut self.texture {
            Some(texture) => texture.set(image, egui::TextureOptions::LINEAR),
            None => self.texture = Some(ctx.load_texture("camera", image, egui::TextureOptions::LINEAR)),
        }
        self.shown = Some(Arc::clone(frame));
        self.uploads += 1;
    }

    /// Draws picture and skeleton into `room`; returns the area the picture takes.
    pub fn draw(&self, ui: &egui::Ui, room: Rect, view: &LiveView, mirrored: bool, look: Look) -> Rect {
        let painter = ui.painter().with_clip_rect(room);
        let (Some(texture), Some(frame)) = (&self.texture, &self.shown) else {
            painter.rect_filled(room, look.corners(), look.palette.panel);
            text::name(ui, room, &words::no_picture());
            return room;
        };
        let rect = letterbox(frame.size, room);
        let uv = if mirrored { Rect { min: pos2(1.0, 0.0), max: pos2(0.0, 1.0) } } else { UV };
        painter.image(texture.id(), rect, uv, Color32::WHITE);
        let label = match &view.points {
            Some(points) => {
                let place = |at| ui_from_image(at, frame.size, rect, mirrored);
                let at_fault = view.coach.as_ref().map_or(&[][..], |coach| &coach.at_fault);
                skeleton(&painter, points, at_fault, place, look);
                words::i_see_you()
            }
            None => words::nobody_seen(),
        };
        // Green says "I see you", grey "I do not": beside the words, for those who cannot read them.
        let (color, width) = if view.points.is_some() { (look::DARK.progress, 6.0) } else { (look::DARK.muted, 3.0) };
        painter.rect_stroke(rect, 0.0, Stroke::new(look.px(width), color), egui::StrokeKind::Inside);
        text::name(ui, rect, &label);
        rect
    }
}

/// The frame as egui wants it, thinned out if it is wider or higher than a texture may be; `None` if its bytes do not
/// make a picture of its size.
fn color_image(frame: &Frame, max_side: usize) -> Option<egui::ColorImage> {
    let (width, height) = (frame.size.width as usize, frame.size.height as usize);
    if width == 0 || height == 0 || frame.rgb.len() != frame.size.rgb_len() {
        return None;
    }
    let step = width.max(height).div_ceil(max_side.max(1));
    if step <= 1 {
        return Some(egui::ColorImage::from_rgb([width, height], &frame.rgb));
    }
    let thin: Vec<u8> = frame
        .rgb
        .chunks_exact(width * 3)
        .step_by(step)
        .flat_map(|row| row.chunks_exact(3).step_by(step).flatten().copied())
        .collect();
    Some(egui::ColorImage::from_rgb([width.div_ceil(step), height.div_ceil(step)], &thin))
}

/// On the picture, colours are those for dark rooms in every theme: a picture is dark enough.
fn side_color(side: Option<Side>) -> Color32 {
    match side {
        Some(Side::Left) => look::DARK.left,
        Some(Side::Right) => look::DARK.right,
        None => look::DARK.text,
    }
}

fn bone_color(a: Landmark, b: Landmark) -> Color32 {
    side_color(if a.side() == b.side() { a.side() } else { a.side().xor(b.side()) })
}

/// Draws bones and joints; those of untrusted landmarks first, so that solid ones lie on top.
fn skeleton(
    painter: &Painter,
    points: &[Option<DrawnPoint>; LANDMARK_COUNT],
    at_fault: &[Landmark],
    place: impl Fn(Point) -> Pos2,
    look: Look,
) {
    let point = |landmark: Landmark| points.get(landmark.index()).copied().flatten();
    for solid in [false, true] {
        for (a, b) in BONES {
            let (Some(from), Some(to)) = (point(a), point(b)) else { continue };
            if (from.trusted && to.trusted) != solid {
                continue;
            }
            let ends = [place(from.at), place(to.at)];
            if solid {
                painter.line_segment(ends, Stroke::new(look.px(8.0), look::BONE_SHADOW));
                painter.line_segment(ends, Stroke::new(look.px(4.5), bone_color(a, b)));
            } else {
                painter.line_segment(ends, Stroke::new(look.px(2.0), look::faint(bone_color(a, b))));
            }
        }
    }
    for landmark in Landmark::ALL {
        let is_joint = BONES.iter().any(|(a, b)| *a == landmark || *b == landmark);
        let Some(joint) = point(landmark).filter(|_| is_joint) else { continue };
        let (at, color) = (place(joint.at), side_color(landmark.side()));
        if at_fault.contains(&landmark) {
            // Large enough to be seen from the mat.
            painter.circle_filled(at, look.px(17.0), look::BONE_SHADOW);
            painter.circle_filled(at, look.px(14.0), look::DARK.cue);
        } else if joint.trusted {
            painter.circle_filled(at, look.px(7.0), look::BONE_SHADOW);
            painter.circle_filled(at, look.px(5.0), color);
        } else {
            painter.circle_stroke(at, look.px(4.0), Stroke::new(look.px(1.5), look::faint(color)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::time::Timestamp;

    #[test]
    fn a_point_keeps_its_place_in_the_picture_and_mirroring_flips_only_x() {
        let (image, room) = (Size::new(640, 480), Rect::from_min_max(pos2(100.0, 50.0), pos2(420.0, 290.0)));
        let cases = [
            ("left top", Point::new(0.0, 0.0), false, pos2(100.0, 50.0)),
            ("left top mirrored", Point::new(0.0, 0.0), true, pos2(420.0, 50.0)),
            ("quarter", Point::new(160.0, 120.0), false, pos2(180.0, 110.0)),
            ("quarter mirrored", Point::new(160.0, 120.0), true, pos2(340.0, 110.0)),
            ("middle mirrored", Point::new(320.0, 480.0), true, pos2(260.0, 290.0)),
        ];
        let wrong: Vec<_> = cases
            .iter()
            .filter(|(_, point, mirrored, want)| ui_from_image(*point, image, room, *mirrored).distance(*want) > 1e-3)
            .map(|case| case.0)
            .collect();
        assert!(wrong.is_empty(), "wrong: {wrong:?}");
    }

    #[test]
    fn the_picture_keeps_its_sides_in_any_room() {
        let wide = letterbox(Size::new(1280, 720), Rect::from_min_size(Pos2::ZERO, Vec2::new(640.0, 640.0)));
        assert_eq!((wide.min, wide.max), (pos2(0.0, 140.0), pos2(640.0, 500.0)));
        let tall = letterbox(Size::new(480, 640), Rect::from_min_size(Pos2::ZERO, Vec2::new(640.0, 320.0)));
        assert_eq!((tall.min, tall.max), (pos2(200.0, 0.0), pos2(440.0, 320.0)));
    }

    #[test]
    fn a_picture_too_large_for_a_texture_is_thinned_and_a_broken_one_is_left_out() {
        let frame =
            |width, height, len| Frame { seq: 0, at: Timestamp(0), size: Size::new(width, height), rgb: vec![7; len] };
        let sides = |frame: &Frame| color_image(frame, 4).map(|image| image.size);
        assert_eq!(sides(&frame(4, 3, 36)), Some([4, 3]));
        assert_eq!(sides(&frame(9, 5, 135)), Some([3, 2]));
        assert_eq!(sides(&frame(4, 3, 35)), None);
        assert_eq!(sides(&frame(0, 0, 0)), None);
    }
}
