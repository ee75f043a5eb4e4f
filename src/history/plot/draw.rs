//! Draws [`PlotData`] as an SVG: from the top, header, rep signal, phases, faults, and a small panel for each other signal.

use super::{Moment, PlotData};
use crate::counting::phase::Phase;
use crate::counting::record::Rep;
use plotters::coord::Shift;
use plotters::coord::types::RangedCoordf64;
use plotters::prelude::*;
use std::ops::Range;

/// Width of the picture, pixels.
const WIDTH_PX: u32 = 1280;
const HEADER_PX: u32 = 64;
const MAIN_PX: u32 = 340;
const PHASES_PX: u32 = 46;
const FAULT_ROW_PX: u32 = 20;
const PANEL_PX: u32 = 112;
/// Room for the numbers of the axis left of every panel, and for words right of it.
const LEFT_PX: u32 = 64;
const RIGHT_PX: u32 = 16;
/// Time axis under the last panel.
const BOTTOM_PX: u32 = 34;
/// A longer line than this is thinned: pixels that nobody can tell apart.
const MOST_POINTS: usize = 4000;
/// Width of a letter of the smallest text, about, pixels.
const LETTER_PX: f64 = 6.2;
/// Rows that the words over repetitions are spread over.
const WORD_ROWS: usize = 3;
/// A signal that changes by less than this share of its value is drawn flat.
const FLAT_SHARE: f64 = 0.01;
const FONT: &str = "sans-serif";

const INK: RGBColor = RGBColor(32, 36, 44);
const FAINT: RGBColor = RGBColor(150, 156, 166);
/// Blue and orange differ for everybody; a pattern of words names what is which.
const CHANNELS: [RGBColor; 2] = [RGBColor(0, 90, 181), RGBColor(170, 68, 153)];
const COUNTED: RGBColor = RGBColor(0, 140, 110);
const REJECTED: RGBColor = RGBColor(220, 110, 0);
const LIMIT: RGBColor = RGBColor(190, 60, 40);

/// Why a plot could not be drawn.
#[derive(Debug, thiserror::Error)]
#[error("could not draw the plot: {0}; please report it")]
pub struct DrawError(String);

type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;
type Drawn = Result<(), Box<dyn std::error::Error>>;
type Chart<'a, 'b> = ChartContext<'a, SVGBackend<'b>, Cartesian2d<RangedCoordf64, RangedCoordf64>>;

impl PlotData {
    /// The picture as SVG text.
    ///
    /// # Errors
    /// When the drawing library gives up.
    pub fn svg(&self) -> Result<String, DrawError> {
        let mut text = String::new();
        draw(self, &mut text).map_err(|e| DrawError(e.to_string()))?;
        Ok(text)
    }
}

fn draw(data: &PlotData, text: &mut String) -> Drawn {
    let others = data.other_signals();
    let faults_px = FAULT_ROW_PX * data.def.faults.len() as u32;
    let height_px = HEADER_PX + MAIN_PX + PHASES_PX + faults_px + PANEL_PX * others.len() as u32 + BOTTOM_PX;
    let root = SVGBackend::with_string(text, (WIDTH_PX, height_px)).into_drawing_area();
    root.fill(&WHITE)?;
    let (header, rest) = root.split_vertically(HEADER_PX);
    let (main, rest) = rest.split_vertically(MAIN_PX);
    let (phases, rest) = rest.split_vertically(PHASES_PX);
    let (faults, mut rest) = rest.split_vertically(faults_px);
    let first_s = data.moments.first().map_or(0.0, |m| m.t_s);
    let time = first_s..data.moments.last().map_or(1.0, |m| m.t_s).max(first_s + 0.1);
    draw_header(data, &header)?;
    draw_main(data, &main, &time)?;
    draw_phases(data, &phases, &time)?;
    draw_faults(data, &faults, &time)?;
    for signal in others {
        let (panel, below) = rest.split_vertically(PANEL_PX);
        draw_signal(data, &panel, &time, signal)?;
        rest = below;
    }
    draw_time(&rest, &time)?;
    root.present()?;
    Ok(())
}

fn words(size: u32, colour: &RGBColor) -> TextStyle<'_> {
    TextStyle::from((FONT, size).into_font()).color(colour)
}

fn draw_header(data: &PlotData, area: &Area<'_>) -> Drawn {
    let counted = data.summary.repetitions.iter().filter(|r| r.counted).count();
    let rejected = data.summary.repetitions.len() - counted;
    let active =
        if data.summary.active_s > 0.0 { format!(", {:.1} s active", data.summary.active_s) } else { String::new() };
    area.draw_text(&format!("{}: {}", data.def.title, data.input), &words(22, &INK), (LEFT_PX as i32, 10))?;
    let line = format!(
        "{counted} counted, {rejected} not counted{active}; target {}; person seen in {:.0} % of {} frames",
        data.def.target_words(),
        data.summary.tracked_fraction * 100.0,
        data.summary.source.frames
    );
    area.draw_text(&line, &words(15, &FAINT), (LEFT_PX as i32, 38))?;
    Ok(())
}

/// A chart without frame, its time axis in line with the others.
fn chart<'a, 'b>(
    area: &'a Area<'b>,
    time: &Range<f64>,
    values: Range<f64>,
) -> Result<Chart<'a, 'b>, Box<dyn std::error::Error>>
where
    'b: 'a,
{
    Ok(ChartBuilder::on(area)
        .margin_right(RIGHT_PX)
        .margin_top(4)
        .margin_bottom(4)
        .set_label_area_size(LabelAreaPosition::Left, LEFT_PX)
        .build_cartesian_2d(time.clone(), values)?)
}

fn mesh(chart: &mut Chart<'_, '_>, lines: usize) -> Drawn {
    chart
        .configure_mesh()
        .disable_x_mesh()
        .light_line_style(TRANSPARENT)
        .bold_line_style(INK.mix(0.08))
        .y_labels(lines)
        .y_label_style(words(12, &FAINT))
        .axis_style(INK.mix(0.3))
        .draw()?;
    Ok(())
}

fn draw_main(data: &PlotData, area: &Area<'_>, time: &Range<f64>) -> Drawn {
    let channels: Vec<usize> = data.def.count.channels.iter().map(|c| c.signal).collect();
    let levels = data.moments.iter().flat_map(|m| m.levels.iter().flatten()).flat_map(|l| [l.baseline, l.enter]);
    let values = channels.iter().flat_map(|i| known(&data.moments, *i)).map(|(_, v, _)| v);
    let range = padded(values.chain(levels), 0.32);
    let top = range.end;
    let mut chart = chart(area, time, range.clone())?;
    mesh(&mut chart, 8)?;
    for rep in &data.summary.repetitions {
        let colour = if rep.counted { COUNTED } else { REJECTED };
        let span = Rectangle::new([(rep.start_s, range.start), (rep.end_s, top)], colour.mix(0.13).filled());
        chart.draw_series([span])?;
        chart.draw_series([PathElement::new([(rep.peak_s, range.start), (rep.peak_s, top)], colour.mix(0.5))])?;
    }
    draw_rep_words(data, area, &chart, time)?;
    draw_levels(data, &mut chart)?;
    for (n, signal) in channels.iter().enumerate() {
        draw_line(&mut chart, &data.moments, *signal, CHANNELS[n % CHANNELS.len()])?;
    }
    let mut x = LEFT_PX as i32 + 8;
    for (n, signal) in channels.iter().enumerate() {
        let def = &data.def.signals[*signal];
        let name = format!("{} ({})", def.name, def.unit.name());
        area.draw_text(&name, &words(14, &CHANNELS[n % CHANNELS.len()]), (x, MAIN_PX as i32 - 22))?;
        x += (name.len() as f64 * 8.0) as i32 + 16;
    }
    let key = "long dashes enter, short dashes exit, thin line rest; faint signal: not trusted";
    area.draw_text(key, &words(12, &FAINT), (x, MAIN_PX as i32 - 21))?;
    Ok(())
}

/// What became of each repetition, in rows so that neighbours do not cover each other.
fn draw_rep_words(data: &PlotData, area: &Area<'_>, chart: &Chart<'_, '_>, time: &Range<f64>) -> Drawn {
    let px_per_s = f64::from(WIDTH_PX - LEFT_PX - RIGHT_PX) / (time.end - time.start);
    let mut free_from = [f64::NEG_INFINITY; WORD_ROWS];
    for rep in &data.summary.repetitions {
        let text = rep_words(rep);
        let x = f64::from(chart.backend_coord(&(rep.start_s, 0.0)).0) - f64::from(area.get_base_pixel().0);
        let Some(row) = free_from.iter().position(|free| *free <= x) else { continue };
        let room = data
            .summary
            .repetitions
            .iter()
            .filter(|r| r.start_s > rep.start_s)
            .map(|r| r.start_s)
            .fold(time.end, f64::min);
        let most = (((room - rep.start_s) * px_per_s * WORD_ROWS as f64) / LETTER_PX).max(4.0) as usize;
        let shown: String = if text.chars().count() > most {
            text.chars().take(most.saturating_sub(1)).chain(['…']).collect()
        } else {
            text
        };
        free_from[row] = x + shown.chars().count() as f64 * LETTER_PX + 8.0;
        let colour = if rep.counted { COUNTED } else { REJECTED };
        area.draw_text(&shown, &words(12, &colour), (x as i32 + 2, 8 + 16 * row as i32))?;
    }
    Ok(())
}

/// "1 left, held 5.1 s" or "2 not counted: 18 degrees short".
fn rep_words(rep: &Rep) -> String {
    use crate::counting::record::RepSide;
    let side = match rep.side {
        Some(RepSide::Left) => " left",
        Some(RepSide::Right) => " right",
        Some(RepSide::Unknown) => " side unknown",
        None => "",
    };
    match (&rep.reason, rep.hold_s) {
        (Some(reason), _) => format!("{}{side}: {reason}", rep.index),
        (None, Some(hold_s)) => format!("{}{side} {hold_s:.1} s", rep.index),
        (None, None) => format!("{}{side}", rep.index),
    }
}

/// Rest, enter and exit as they were at each moment.
fn draw_levels(data: &PlotData, chart: &mut Chart<'_, '_>) -> Drawn {
    let most = data.moments.iter().map(|m| m.levels.len()).max().unwrap_or(0);
    let sides = data.def.count.channels.len() > 1;
    for n in 0..most {
        let colour = if sides { CHANNELS[n % CHANNELS.len()] } else { INK };
        for run in data.moments.chunk_by(|a, b| {
            a.levels.get(n).is_some_and(Option::is_some) == b.levels.get(n).is_some_and(Option::is_some)
        }) {
            let line = |pick: fn(&crate::counting::detect::rise::Levels) -> f64| -> Vec<(f64, f64)> {
                run.iter().filter_map(|m| Some((m.t_s, pick(m.levels.get(n)?.as_ref()?)))).collect()
            };
            chart.draw_series(LineSeries::new(thinned(line(|l| l.baseline)), colour.mix(0.35)))?;
            chart.draw_series(DashedLineSeries::new(thinned(line(|l| l.enter)), 9, 4, colour.mix(0.8).into()))?;
            chart.draw_series(DashedLineSeries::new(thinned(line(|l| l.exit)), 3, 3, colour.mix(0.6).into()))?;
        }
    }
    Ok(())
}

/// A signal with gaps where it is unknown, faint where it is not trusted.
fn draw_line(chart: &mut Chart<'_, '_>, moments: &[Moment], signal: usize, colour: RGBColor) -> Drawn {
    let state = |m: &Moment| m.readings[signal].map(|r| r.trusted);
    for run in moments.chunk_by(|a, b| state(a) == state(b)) {
        let style = match run.first().and_then(state) {
            Some(true) => colour.stroke_width(2),
            Some(false) => colour.mix(0.4).stroke_width(2),
            None => continue,
        };
        chart.draw_series(LineSeries::new(thinned(known(run, signal).map(|(t, v, _)| (t, v)).collect()), style))?;
    }
    Ok(())
}

fn draw_phases(data: &PlotData, area: &Area<'_>, time: &Range<f64>) -> Drawn {
    let mut chart = chart(area, time, 0.0..1.0)?;
    area.draw_text("phase", &words(12, &FAINT), (10, 8))?;
    for run in data.moments.chunk_by(|a, b| a.phase == b.phase && a.hint == b.hint) {
        let (Some(first), Some(last)) = (run.first(), run.last()) else { continue };
        let end_s = data.moments.iter().find(|m| m.t_s > last.t_s).map_or(last.t_s, |m| m.t_s);
        let (colour, share) = match first.phase {
            Phase::Setup => (FAINT, 0.25),
            Phase::Ready => (INK, 0.05),
            Phase::Moving => (CHANNELS[0], 0.25),
            Phase::Target => (COUNTED, 0.6),
            Phase::Returning => (CHANNELS[0], 0.12),
        };
        chart.draw_series([Rectangle::new([(first.t_s, 0.5), (end_s, 1.0)], colour.mix(share).filled())])?;
        let (from, to) = (chart.backend_coord(&(first.t_s, 0.5)), chart.backend_coord(&(end_s, 0.5)));
        let text = match (first.phase, &first.hint) {
            (Phase::Setup, Some(advice)) => advice.clone(),
            (phase, _) => phase.name().to_owned(),
        };
        if f64::from(to.0 - from.0) > text.len() as f64 * LETTER_PX {
            let base = area.get_base_pixel();
            area.draw_text(&text, &words(12, &INK), (from.0 - base.0 + 3, from.1 - base.1 + 3))?;
        }
    }
    Ok(())
}

fn draw_faults(data: &PlotData, area: &Area<'_>, time: &Range<f64>) -> Drawn {
    for (row, fault) in data.def.faults.iter().enumerate() {
        let top = FAULT_ROW_PX as i32 * row as i32;
        let px_per_s = f64::from(WIDTH_PX - LEFT_PX - RIGHT_PX) / (time.end - time.start);
        let x_of = |t: f64| LEFT_PX as i32 + ((t - time.start) * px_per_s) as i32;
        area.draw(&PathElement::new(
            [(LEFT_PX as i32, top + 10), ((WIDTH_PX - RIGHT_PX) as i32, top + 10)],
            INK.mix(0.1),
        ))?;
        let spans = data.summary.faults.iter().filter(|f| f.id == fault.id).flat_map(|f| &f.spans_s);
        for [from, to] in spans {
            let span = [(x_of(*from) - 1, top + 4), (x_of(*to).max(x_of(*from) + 3), top + 16)];
            area.draw(&Rectangle::new(span, LIMIT.mix(0.7).filled()))?;
        }
        let unseen = data.summary.not_measured.iter().find(|n| n.id == fault.id);
        let text = unseen.map_or_else(|| fault.id.clone(), |n| format!("{}: not measured, {}", fault.id, n.why));
        let colour = if unseen.is_some() { FAINT } else { INK };
        area.draw_text(&text, &words(12, &colour), (LEFT_PX as i32 + 4, top + 3))?;
    }
    Ok(())
}

fn draw_signal(data: &PlotData, area: &Area<'_>, time: &Range<f64>, signal: usize) -> Drawn {
    let def = &data.def.signals[signal];
    let rest = data.at_rest[signal];
    let mut lines: Vec<(f64, String)> = Vec::new();
    for limit in data.limits.iter().filter(|l| l.signal == signal) {
        match (limit.from_rest, rest) {
            (false, _) => lines.push((limit.value, limit.of.clone())),
            (true, Some(rest)) => lines.push((rest + limit.value, format!("{} (from rest)", limit.of))),
            (true, None) => (),
        }
    }
    let values = known(&data.moments, signal).map(|(_, v, _)| v);
    let range = padded(values.chain(lines.iter().map(|(v, _)| *v)), 0.1);
    let mut chart = chart(area, time, range)?;
    mesh(&mut chart, 3)?;
    if let Some(rest) = rest {
        chart.draw_series(LineSeries::new([(time.start, rest), (time.end, rest)], INK.mix(0.25)))?;
    }
    for (n, (value, of)) in lines.iter().enumerate() {
        let line = [(time.start, *value), (time.end, *value)];
        chart.draw_series(DashedLineSeries::new(line, 6, 4, LIMIT.mix(0.8).into()))?;
        let (x, y) = chart.backend_coord(&(time.end, *value));
        let base = area.get_base_pixel();
        let room = (of.len() as f64 * LETTER_PX) as i32 + 4;
        // Neighbouring limits take turns, so that their words do not cover each other.
        let aside = if n % 2 == 0 { 0 } else { 170 };
        area.draw_text(of, &words(11, &LIMIT), (x - base.0 - room - aside, (y - base.1 - 13).max(1)))?;
    }
    draw_line(&mut chart, &data.moments, signal, INK)?;
    area.draw_text(&format!("{} ({})", def.name, def.unit.name()), &words(13, &INK), (LEFT_PX as i32 + 6, 6))?;
    Ok(())
}

fn draw_time(area: &Area<'_>, time: &Range<f64>) -> Drawn {
    let mut chart = ChartBuilder::on(area)
        .margin_right(RIGHT_PX)
        .set_label_area_size(LabelAreaPosition::Left, LEFT_PX)
        .set_label_area_size(LabelAreaPosition::Bottom, BOTTOM_PX - 4)
        .build_cartesian_2d(time.clone(), 0.0..1.0)?;
    chart
        .configure_mesh()
        .disable_mesh()
        .disable_y_axis()
        .x_labels(20)
        .x_label_formatter(&|t| format!("{t:.0} s"))
        .x_label_style(words(12, &FAINT))
        .axis_style(INK.mix(0.3))
        .draw()?;
    Ok(())
}

/// The known values of a signal: time, value, whether trusted.
fn known(moments: &[Moment], signal: usize) -> impl Iterator<Item = (f64, f64, bool)> {
    moments.iter().filter_map(move |m| m.readings[signal].map(|r| (m.t_s, r.value, r.trusted)))
}

/// A range that holds all values, with room above for words.
fn padded(values: impl Iterator<Item = f64>, room_above: f64) -> Range<f64> {
    let (low, high) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), v| (l.min(v), h.max(v)));
    if !(low.is_finite() && high.is_finite()) {
        return 0.0..1.0;
    }
    // What hardly changes is a flat line, not a picture of rounding.
    let span = (high - low).max(low.abs().max(high.abs()) * FLAT_SHARE).max(1e-3);
    let middle_up = (span - (high - low)) / 2.0;
    low - middle_up - 0.08 * span..high + middle_up + room_above * span
}

/// At most [`MOST_POINTS`] points: the lowest and highest of each stretch, so that no peak is lost.
fn thinned(points: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
    if points.len() <= MOST_POINTS {
        return points;
    }
    let stretch = points.len().div_ceil(MOST_POINTS / 2);
    let ends = |part: &[(f64, f64)]| {
        let by_value = |a: &&(f64, f64), b: &&(f64, f64)| a.1.total_cmp(&b.1);
        let mut ends: Vec<_> =
            part.iter().min_by(by_value).into_iter().chain(part.iter().max_by(by_value)).copied().collect();
        ends.sort_by(|a, b| a.0.total_cmp(&b.0));
        ends
    };
    points.chunks(stretch).flat_map(ends).collect()
}
