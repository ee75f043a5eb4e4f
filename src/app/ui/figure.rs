//! The moving figure that shows how an exercise goes: key poses from `figures/`, drawn with round limbs.

use super::look::Look;
use super::text;
use crate::disk::{assets, bounded};
use eframe::egui;
use egui::epaint::QuadraticBezierShape;
use egui::{Color32, Painter, Pos2, Rect, Shape, Stroke, Vec2, pos2};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};

/// Widths, trunk lengths (figures/README.md).
const LEG_T: f32 = 0.14;
const ARM_T: f32 = 0.12;
const TRUNK_T: f32 = 0.26;
const HEAD_T: f32 = 0.23;
const BAND_T: f32 = 0.035;
/// The head's middle lies so much of the way from the ears to the nose.
const TO_NOSE: f32 = 0.12;
/// Largest file of a figure, bytes.
const LARGEST_FILE: u64 = 1 << 20;
/// Air around the figure, share of the place.
const AIR: f32 = 0.06;

/// A figure as its file has it.
#[derive(Clone, Debug, Deserialize)]
pub struct Figure {
    near: Option<String>,
    loop_s: f64,
    floor_y: Option<f32>,
    #[serde(default)]
    lines: Vec<Line>,
    #[serde(default)]
    roller_radius: f32,
    frames: Vec<FigureFrame>,
}

#[derive(Clone, Debug, Deserialize)]
struct Line {
    points: Vec<[f32; 2]>,
}

#[derive(Clone, Debug, Deserialize)]
struct FigureFrame {
    at: f64,
    points: BTreeMap<String, [f32; 2]>,
    #[serde(default)]
    roller: Option<[f32; 2]>,
    #[serde(default)]
    band: Vec<Vec<[f32; 2]>>,
    #[serde(default)]
    behind: Option<String>,
}

/// Figures that were read, by exercise; `None` of one that has none.
#[derive(Default)]
pub struct Figures(HashMap<String, Option<Figure>>);

impl Figures {
    /// The figure of an exercise; `None` of one that has none, such as one's own.
    pub fn of(&mut self, exercise: &str) -> Option<&Figure> {
        let read = |id: &str| {
            let text = bounded::text(&assets::find("figures").join(format!("{id}.json")), LARGEST_FILE).ok()?;
            let figure: Figure =
                serde_json::from_str(&text).inspect_err(|e| tracing::warn!("figure {id}: {e}")).ok()?;
            (!figure.frames.is_empty() && figure.loop_s > 0.0).then_some(figure)
        };
        self.0.entry(exercise.to_owned()).or_insert_with(|| read(exercise)).as_ref()
    }
}

impl Figure {
    /// Draws the moment `at_s` of its loop into `room`; somebody who wants nothing to move sees the middle of the movement.
    pub fn draw(&self, ui: &egui::Ui, room: Rect, at_s: f64, label: &str, look: Look) {
        let share = if look.is_still { 0.45 } else { (at_s / self.loop_s).rem_euclid(1.0) };
        let frame = self.frame_at(share);
        let painter = ui.painter().with_clip_rect(room);
        painter.rect_filled(room, look.corners(), look.palette.panel);
        let bounds = self.bounds();
        let inner = room.shrink2(room.size() * AIR);
        let unit = (inner.width() / bounds.width().max(0.1)).min(inner.height() / bounds.height().max(0.1));
        let origin = inner.center() - bounds.center().to_vec2() * unit;
        Drawing { painter: &painter, look, unit, origin }.figure(self, &frame);
        text::name(ui, room, label);
    }

    /// The box around everything it ever shows.
    fn bounds(&self) -> Rect {
        let points = self.frames.iter().flat_map(|frame| frame.points.values());
        let lines = self.lines.iter().flat_map(|line| line.points.iter());
        let band = self.frames.iter().flat_map(|frame| frame.band.iter().flatten());
        let mut bounds = Rect::NOTHING;
        for [x, y] in points.chain(band) {
            bounds.extend_with(pos2(*x, *y));
        }
        bounds = bounds.expand(HEAD_T);
        for [x, y] in lines {
            // The floor may go on beyond the picture, the figure may not.
            bounds.extend_with(pos2(x.clamp(bounds.left() - 0.4, bounds.right() + 0.4), *y));
        }
        bounds
    }

    /// The pose between two frames, in a straight line; after the last comes the first.
    fn frame_at(&self, share: f64) -> FigureFrame {
        let next = self.frames.iter().position(|frame| frame.at > share).unwrap_or(self.frames.len());
        let (a, b) = (&self.frames[next.saturating_sub(1)], &self.frames[next % self.frames.len()]);
        let end = if next == self.frames.len() { 1.0 } else { b.at };
        let way = if end > a.at { ((share - a.at) / (end - a.at)).clamp(0.0, 1.0) as f32 } else { 0.0 };
        let mix = |p: [f32; 2], q: [f32; 2]| [p[0] + (q[0] - p[0]) * way, p[1] + (q[1] - p[1]) * way];
        let points =
            a.points.iter().map(|(name, p)| (name.clone(), mix(*p, *b.points.get(name).unwrap_or(p)))).collect();
        let line = |(p, q): (&Vec<[f32; 2]>, &Vec<[f32; 2]>)| p.iter().zip(q).map(|(p, q)| mix(*p, *q)).collect();
        FigureFrame {
            at: share,
            points,
            roller: a.roller.zip(b.roller).map(|(p, q)| mix(p, q)),
            band: a.band.iter().zip(&b.band).map(line).collect(),
            behind: a.behind.clone(),
        }
    }
}

/// A figure on its way to the screen.
struct Drawing<'a> {
    painter: &'a Painter,
    look: Look,
    unit: f32,
    origin: Pos2,
}

impl Drawing<'_> {
    fn place(&self, [x, y]: [f32; 2]) -> Pos2 {
        self.origin + Vec2::new(x, y) * self.unit
    }

    fn stroke(&self, width_t: f32, color: Color32) -> Stroke {
        Stroke::new(width_t * self.unit, color)
    }

    /// A limb with round joints.
    fn limb(&self, points: &[Pos2], width_t: f32, color: Color32) {
        let radius = width_t * self.unit / 2.0;
        self.painter.add(Shape::line(points.to_vec(), self.stroke(width_t, color)));
        points.iter().for_each(|p| _ = self.painter.circle_filled(*p, radius, color));
    }

    fn part(&self, frame: &FigureFrame, side: &str, names: &[&str], width_t: f32, color: Color32) {
        let found = names.iter().filter_map(|name| frame.points.get(&format!("{side}_{name}")));
        let points: Vec<Pos2> = found.map(|p| self.place(*p)).collect();
        self.limb(&points, width_t, color);
    }

    fn leg(&self, frame: &FigureFrame, side: &str, color: Color32) {
        self.part(frame, side, &["hip", "knee", "ankle"], LEG_T, color);
        self.part(frame, side, &["ankle", "foot_index"], LEG_T * 0.7, color);
    }

    fn arm(&self, frame: &FigureFrame, side: &str, color: Color32) {
        self.part(frame, side, &["shoulder", "elbow", "wrist"], ARM_T, color);
    }

    fn figure(&self, figure: &Figure, frame: &FigureFrame) {
        let p = self.look.palette;
        let (left, right) = (("left", p.left), ("right", p.right));
        for line in &figure.lines {
            let points: Vec<Pos2> = line.points.iter().map(|point| self.place(*point)).collect();
            self.painter.add(Shape::line(points, self.stroke(0.05, p.outline)));
        }
        if let Some(floor_y) = figure.floor_y {
            let y = self.place([0.0, floor_y]).y;
            self.painter.hline(self.painter.clip_rect().x_range(), y, self.stroke(0.02, p.outline));
        }
        if let Some(roller) = frame.roller {
            self.painter.circle_filled(self.place(roller), figure.roller_radius * self.unit, p.cue);
        }
        let is_front = figure.near.is_none();
        let (near, far) = if figure.near.as_deref() == Some("left") { (left, right) } else { (right, left) };
        if is_front {
            let behind = frame.behind.as_deref();
            for (side, color) in [left, right].into_iter().filter(|(side, _)| behind == Some(*side)) {
                self.arm(frame, side, color);
            }
            self.trunk(frame, true);
            self.band(frame);
            for (side, color) in [left, right] {
                self.leg(frame, side, color);
                if behind != Some(side) {
                    self.arm(frame, side, color);
                }
            }
            return;
        }
        self.leg(frame, far.0, far.1.gamma_multiply(0.6));
        self.arm(frame, far.0, far.1.gamma_multiply(0.6));
        self.trunk(frame, false);
        self.band(frame);
        self.leg(frame, near.0, near.1);
        self.arm(frame, near.0, near.1);
    }

    fn band(&self, frame: &FigureFrame) {
        for band in &frame.band {
            let points = band.iter().map(|point| self.place(*point)).collect();
            self.painter.add(Shape::line(points, self.stroke(BAND_T, self.look.palette.cue)));
        }
    }

    fn trunk(&self, frame: &FigureFrame, is_filled: bool) {
        let color = self.look.palette.text;
        let of = |name: &str| frame.points.get(name).map(|p| self.place(*p));
        let mid = |a: &str, b: &str| of(a).zip(of(b)).map(|(a, b)| a + (b - a) / 2.0);
        let (Some(hips), Some(shoulders)) = (mid("left_hip", "right_hip"), mid("left_shoulder", "right_shoulder"))
        else {
            return;
        };
        if is_filled {
            let corners = ["left_shoulder", "right_shoulder", "right_hip", "left_hip"].map(of);
            let corners = corners.into_iter().flatten().collect();
            self.painter.add(Shape::convex_polygon(corners, color, self.stroke(0.06, color)));
        }
        let radius = TRUNK_T * self.unit / 2.0;
        self.painter.circle_filled(hips, radius, color);
        self.painter.circle_filled(shoulders, radius, color);
        match of("mid_back") {
            Some(back) => {
                let control = back + (back - (hips + (shoulders - hips) / 2.0));
                let points = [hips, control, shoulders];
                let shape = QuadraticBezierShape::from_points_stroke(
                    points,
                    false,
                    Color32::TRANSPARENT,
                    self.stroke(TRUNK_T, color),
                );
                self.painter.add(shape);
            }
            None => _ = self.painter.line_segment([hips, shoulders], self.stroke(TRUNK_T, color)),
        }
        let (Some(ears), Some(nose)) = (mid("left_ear", "right_ear"), of("nose")) else { return };
        let head = ears + (nose - ears) * TO_NOSE;
        self.painter.line_segment([shoulders, head], self.stroke(ARM_T, color));
        self.painter.circle_filled(head, HEAD_T * self.unit, color);
    }
}
