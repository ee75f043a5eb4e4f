//! Charts as SVG: bars of repetitions, and lines over sessions. Colours and type come from the page's style sheet, so that
//! they follow light, dark and paper.

use maud::{Markup, html};

/// Width of a chart that has the row to itself, and of one that shares it, units of the drawing: type keeps its size.
pub(super) const WHOLE: f64 = 620.0;
pub(super) const HALF: f64 = 330.0;
const HEIGHT: f64 = 150.0;
/// Room for the numbers left, the labels below and the words above.
const LEFT: f64 = 44.0;
const RIGHT: f64 = 8.0;
const TOP: f64 = 16.0;
const BOTTOM: f64 = 22.0;
/// Widest bar.
const WIDEST: f64 = 34.0;

/// A bar.
pub(super) struct Bar {
    /// Under it.
    pub label: String,
    /// Its height.
    pub value: f64,
    /// Style class: "counted", "left" or "right", drawn filled; "rejected", only its edge.
    pub class: &'static str,
    /// Marked as having a form fault.
    pub marked: bool,
}

/// A line across the chart.
pub(super) struct Level {
    /// At which value.
    pub value: f64,
    /// What it is.
    pub label: String,
}

/// Bars side by side, with levels across, `width` wide. `tick` writes a value.
pub(super) fn bars(title: &str, width: f64, bars: &[Bar], levels: &[Level], tick: impl Fn(f64) -> String) -> Markup {
    let right = width - RIGHT;
    let largest = bars.iter().map(|b| b.value).chain(levels.iter().map(|l| l.value)).fold(0.0, f64::max);
    let scale = Scale::up_to(largest);
    let step = (right - LEFT) / bars.len().max(1) as f64;
    let thick = (step * 0.7).min(WIDEST);
    // Labels that would run into each other are thinned.
    let every = (22.0 / step).ceil().max(1.0) as usize;
    html! {
        svg viewBox=(format!("0 0 {width} {HEIGHT}")) role="img" aria-label=(title) {
            (axis(&scale, right, &tick))
            @for (i, bar) in bars.iter().enumerate() {
                @let x = LEFT + step * (i as f64 + 0.5) - thick / 2.0;
                @let y = scale.y(bar.value);
                rect class=(bar.class) x=(px(x)) y=(px(y)) width=(px(thick)) height=(px((HEIGHT - BOTTOM - y).max(1.0))) rx="2" {}
                @if bar.marked { circle class="mark" cx=(px(x + thick / 2.0)) cy=(px((y - 6.0).max(5.0))) r="3.5" {} }
                @if i % every == 0 { text x=(px(x + thick / 2.0)) y=(px(HEIGHT - 7.0)) text-anchor="middle" { (bar.label) } }
            }
            @for level in levels {
                line class="level" x1=(px(LEFT)) x2=(px(right)) y1=(px(scale.y(level.value))) y2=(px(scale.y(level.value))) {}
                text class="level" x=(px(right)) y=(px(scale.y(level.value) - 3.0)) text-anchor="end" { (level.label) }
            }
        }
    }
}

/// A small bar that is filled as far as `share`, 0 to 1.
pub(super) fn progress(share: f64) -> Markup {
    html! {
        svg.progress viewBox="0 0 60 6" aria-hidden="true" {
            rect.rest width="60" height="6" rx="3" {}
            rect.done width=(px(60.0 * share)) height="6" rx="3" {}
        }
    }
}

/// A line over sets: one value each, `None` where there is none.
pub(super) struct Series<'a> {
    /// Style class of the line: "one" or "other".
    pub class: &'a str,
    /// Its name, shown where there are two.
    pub name: String,
    /// In order of time.
    pub values: Vec<Option<f64>>,
}

/// Lines over time; `first` and `last` are the dates at the ends.
pub(super) fn lines(title: &str, series: &[Series<'_>], ends: [&str; 2], tick: impl Fn(f64) -> String) -> Markup {
    let largest = series.iter().flat_map(|s| s.values.iter().flatten()).copied().fold(0.0, f64::max);
    let scale = Scale::up_to(largest);
    let count = series.iter().map(|s| s.values.len()).max().unwrap_or(0);
    let right = HALF - RIGHT;
    let x = |i: usize| LEFT + 6.0 + (right - LEFT - 12.0) * i as f64 / (count.max(2) - 1) as f64;
    html! {
        svg viewBox=(format!("0 0 {HALF} {HEIGHT}")) role="img" aria-label=(title) {
            (axis(&scale, right, &tick))
            @for (n, s) in series.iter().enumerate() {
                @let known: Vec<(f64, f64)> = s.values.iter().enumerate().filter_map(|(i, v)| Some((x(i), scale.y((*v)?)))).collect();
                polyline class=(s.class) points=(known.iter().map(|(x, y)| format!("{},{}", px(*x), px(*y))).collect::<Vec<_>>().join(" ")) {}
                // Dots on a long line would be a smear.
                @if known.len() <= 60 { @for (x, y) in &known { circle class=(s.class) cx=(px(*x)) cy=(px(*y)) r="2.5" {} } }
                @if series.len() > 1 { text class=(s.class) x=(px(LEFT + 8.0 + 60.0 * n as f64)) y="11" { (s.name) } }
            }
            text x=(px(LEFT)) y=(px(HEIGHT - 7.0)) { (ends[0]) }
            text x=(px(right)) y=(px(HEIGHT - 7.0)) text-anchor="end" { (ends[1]) }
        }
    }
}

fn axis(scale: &Scale, right: f64, tick: &impl Fn(f64) -> String) -> Markup {
    html! {
        @for value in scale.ticks() {
            line class="grid" x1=(px(LEFT)) x2=(px(right)) y1=(px(scale.y(value))) y2=(px(scale.y(value))) {}
            text x=(px(LEFT - 5.0)) y=(px(scale.y(value) + 4.0)) text-anchor="end" { (tick(value)) }
        }
    }
}

/// A value axis from zero with round steps.
struct Scale {
    top: f64,
    step: f64,
}

impl Scale {
    fn up_to(largest: f64) -> Self {
        // Whatever stands in a record, an axis has few ticks.
        let largest = if largest > 1e-6 && largest < 1e9 { largest } else { 1.0 };
        let rough = largest / 3.0;
        let tens = 10_f64.powf(rough.log10().floor());
        let step = [1.0, 2.0, 2.5, 5.0, 10.0].iter().map(|m| m * tens).find(|s| *s >= rough).unwrap_or(10.0 * tens);
        Self { top: step * (largest / step).ceil(), step }
    }

    fn y(&self, value: f64) -> f64 {
        let height = HEIGHT - TOP - BOTTOM;
        let share = value / self.top;
        TOP + height * (1.0 - if share.is_nan() { 0.0 } else { share.clamp(0.0, 1.0) })
    }

    fn ticks(&self) -> impl Iterator<Item = f64> + use<> {
        let (count, step) = ((self.top / self.step).round() as u32, self.step);
        (0..=count).map(move |i| f64::from(i) * step)
    }
}

/// Coordinates to a tenth: shorter, and the same on every machine.
fn px(value: f64) -> String {
    format!("{}", (value * 10.0).round() / 10.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_have_round_steps_and_hold_the_largest_value() {
        let cases = [(62.0, 75.0, 25.0), (10.4, 15.0, 5.0), (0.21, 0.3, 0.1), (0.0, 1.0, 0.5), (120.0, 150.0, 50.0)];
        let close = |a: f64, b: f64| (a - b).abs() < 1e-9;
        let wrong: Vec<_> = cases
            .iter()
            .map(|(v, top, step)| (Scale::up_to(*v), top, step))
            .filter(|(s, top, step)| !close(s.top, **top) || !close(s.step, **step))
            .map(|(s, ..)| (s.top, s.step))
            .collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }

    #[test]
    fn numbers_that_make_no_sense_make_no_endless_picture() {
        let odd = [1.7e308, f64::INFINITY, f64::NAN, 5e-324, -1.0];
        let wrong: Vec<_> = odd
            .into_iter()
            .filter(|value| Scale::up_to(*value).ticks().count() > 8 || !Scale::up_to(1.0).y(*value).is_finite())
            .collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }
}
