//! How one exercise has gone over the sessions: how far, and what has changed in words.

use super::{History, words};
use crate::app::ui::look::Look;
use crate::app::ui::page_words;
use crate::base::language::translated;
use crate::exercise::ExerciseDef;
use crate::history::trend::{Trend, TrendPoint};
use eframe::egui;
use egui::{ComboBox, Ui};
use egui_plot::{Legend, Line, Plot, PlotPoints, Points};
use std::sync::Arc;

/// Height of the plot over its width.
const ASPECT: f32 = 0.5;
/// The value of a point, `None` where it was not measured.
type Value = fn(&TrendPoint) -> Option<f64>;

impl History {
    /// The exercise that is chosen.
    pub(super) fn trend_of(&mut self, ui: &mut Ui, exercises: &[Arc<ExerciseDef>], look: Look) {
        let mut wanted = None;
        ui.horizontal(|ui| {
            let label = ui.label(page_words::which_exercise());
            let title = |id: &str| {
                exercises.iter().find(|def| def.id == id).map_or_else(|| id.to_owned(), |def| translated(&def.title))
            };
            let shown = self.exercise.as_deref().map(title).unwrap_or_default();
            let combo = ComboBox::from_id_salt(44).selected_text(shown).width(ui.available_width());
            let combo = combo.show_ui(ui, |ui| {
                for def in exercises {
                    if ui.selectable_label(self.exercise.as_ref() == Some(&def.id), translated(&def.title)).clicked() {
                        wanted = Some(def.id.clone());
                    }
                }
            });
            combo.response.labelled_by(label.id);
        });
        if let Some(id) = wanted {
            self.choose_exercise(&id);
        }
        let Some(trend) = &self.trend else {
            ui.label(words::no_sets_of_it());
            return;
        };
        plot(ui, trend, look);
        let changes = trend.changes();
        if changes.is_empty() {
            ui.label(words::too_few_sets());
        }
        for change in changes {
            ui.label(words::change(&change));
        }
    }
}

/// The range set by set, each side for itself where sides are told apart; seconds where the exercise goes by time.
fn plot(ui: &mut Ui, trend: &Trend, look: Look) {
    let p = look.palette;
    let has_sides = trend.points.iter().any(|point| point.range_left.is_some() || point.range_right.is_some());
    let lines: Vec<(String, Value, egui::Color32)> = if trend.is_timed() {
        vec![(words::trend_seconds(), |p| p.active_s, p.progress)]
    } else if has_sides {
        vec![
            (words::trend_left(&trend.range_unit), |p| p.range_left, p.left),
            (words::trend_right(&trend.range_unit), |p| p.range_right, p.right),
        ]
    } else {
        vec![(words::trend_range(&trend.range_unit), |p| p.range, p.progress)]
    };
    let size = ui.available_width() * ASPECT;
    let name = words::trend_label(&translated(&trend.title), trend.points.len());
    let shown = Plot::new(45)
        .height(size.min(ui.available_height() * 0.75))
        .legend(Legend::default())
        .include_y(0.0)
        .include_x(0.0)
        .include_x(trend.points.len() as f64 + 1.0)
        .x_axis_label(words::trend_sets())
        .allow_scroll(false)
        .allow_zoom(false)
        .allow_drag(false)
        .allow_boxed_zoom(false)
        .show(ui, |plot| {
            for (name, value, color) in lines {
                // Ranges of another exercise file do not compare: they are left out.
                let of = |(i, point): (usize, &TrendPoint)| {
                    value(point).filter(|_| point.comparable || trend.is_timed()).map(|v| [i as f64 + 1.0, v])
                };
                let points: Vec<[f64; 2]> = trend.points.iter().enumerate().filter_map(of).collect();
                plot.line(Line::new(name.clone(), PlotPoints::from(points.clone())).color(color).width(look.px(3.0)));
                plot.points(Points::new(name, PlotPoints::from(points)).color(color).radius(look.px(5.0)));
            }
        });
    shown.response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, &name));
}
