//! The last weeks as a sheet of days: how much was done on each. A day without practice is empty and nothing more.

use super::words;
use crate::app::ui::look::Look;
use crate::app::ui::text;
use crate::history::store::SessionLine;
use eframe::egui;
use egui::{Align2, FontId, Rect, Sense, Stroke, StrokeKind, Ui, pos2, vec2};
use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday};
use std::collections::BTreeMap;

/// Weeks that are shown.
const WEEKS: usize = 8;
const DAYS: usize = 7;
/// Repetitions on a day that fill its square; more do not show.
const FULL: f32 = 60.0;

/// Draws the days up to `today`, a week a row, Monday first.
pub(super) fn draw(ui: &mut Ui, lines: &[SessionLine], today: Date, look: Look) {
    let mut counted: BTreeMap<Date, u32> = BTreeMap::new();
    for line in lines {
        let day = line.started_at.get(..10).and_then(|day| day.parse::<Date>().ok());
        if let Some(day) = day {
            *counted.entry(day).or_default() += line.counted;
        }
    }
    let label_width = look.px(70.0);
    let side = ((ui.available_width() - label_width) / DAYS as f32).min(look.px(46.0));
    let (place, _) = ui.allocate_exact_size(vec2(ui.available_width(), side * WEEKS as f32), Sense::hover());
    let monday = first_monday(today);
    for week in 0..WEEKS {
        let row_y = place.top() + side * week as f32;
        let first = monday.saturating_add((week as i64 * DAYS as i64).days());
        let name = words::week_of(first);
        let at = pos2(place.left(), row_y + side / 2.0);
        ui.painter().text(at, Align2::LEFT_CENTER, name, FontId::proportional(look.px(16.0)), look.palette.muted);
        for day in 0..DAYS {
            let date = first.saturating_add((day as i64).days());
            if date > today {
                continue;
            }
            let corner = pos2(place.left() + label_width + side * day as f32, row_y);
            let square = Rect::from_min_size(corner, vec2(side, side)).shrink(look.px(2.5));
            one_day(ui, square, date, counted.get(&date).copied(), date == today, look);
        }
    }
}

fn one_day(ui: &Ui, square: Rect, date: Date, counted: Option<u32>, is_today: bool, look: Look) {
    let p = look.palette;
    let painter = ui.painter();
    painter.rect_filled(square, look.px(4.0), p.panel);
    if let Some(counted) = counted {
        // Something was done: at least a third is filled, so that a short day shows, too.
        let share = (0.34 + 0.66 * counted as f32 / FULL).min(1.0);
        let filled = square.with_min_y(square.bottom() - square.height() * share);
        painter.rect_filled(filled, look.px(4.0), p.progress);
    }
    let outline = if is_today { Stroke::new(look.px(2.5), p.text) } else { Stroke::new(1.0, p.outline) };
    painter.rect_stroke(square, look.px(4.0), outline, StrokeKind::Inside);
    text::name(ui, square, &words::day(date, counted)).on_hover_text(words::day(date, counted));
}

/// The Monday of the first week that is shown.
fn first_monday(today: Date) -> Date {
    let since_monday = i64::from(today.weekday().since(Weekday::Monday));
    let back = since_monday + (WEEKS as i64 - 1) * DAYS as i64;
    today.saturating_sub(back.days())
}
