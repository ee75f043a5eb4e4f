//! A still as a small drawing: bones and joints of the skeleton, nothing of the picture.

use crate::base::skeleton::{BONES, Landmark, Side};
use crate::counting::key_pose::KeyPose;
use maud::{Markup, html};

/// Height and width of the drawing, its own units.
const SIZE: f64 = 120.0;
const MARGIN: f64 = 8.0;

/// The skeleton of a still with words under it; the person's left and right limbs are drawn differently.
pub(super) fn still(still: &KeyPose, words: &str) -> Markup {
    let Some(fit) = Fit::around(still) else { return html! {} };
    let joint = |l: Landmark| still.joints.get(l.index()).copied().flatten().map(|p| fit.place(p));
    let head = joint(Landmark::LeftEar).or(joint(Landmark::RightEar)).or(joint(Landmark::Nose));
    html! {
        figure {
            svg viewBox=(format!("0 0 {SIZE} {SIZE}")) role="img" aria-label=(words) {
                @for (a, b) in BONES {
                    @if let (Some([x1, y1]), Some([x2, y2])) = (joint(a), joint(b)) {
                        line class=(class_of(a, b)) x1=(px(x1)) y1=(px(y1)) x2=(px(x2)) y2=(px(y2)) {}
                    }
                }
                @if let Some([x, y]) = head { circle class="head" cx=(px(x)) cy=(px(y)) r=(px(fit.scale * 0.16)) {} }
            }
            figcaption { (words) }
        }
    }
}

/// Style class of a bone: whose side it is on.
fn class_of(a: Landmark, b: Landmark) -> &'static str {
    match (a.side(), b.side()) {
        (Some(Side::Left), Some(Side::Left)) => "left",
        (Some(Side::Right), Some(Side::Right)) => "right",
        _ => "trunk",
    }
}

/// How trunk lengths become places in the drawing.
struct Fit {
    low: [f64; 2],
    scale: f64,
    shift: [f64; 2],
}

impl Fit {
    fn around(still: &KeyPose) -> Option<Self> {
        let seen = || still.joints.iter().flatten();
        let low = seen().fold([f64::INFINITY; 2], |m, p| [m[0].min(p[0]), m[1].min(p[1])]);
        let high = seen().fold([f64::NEG_INFINITY; 2], |m, p| [m[0].max(p[0]), m[1].max(p[1])]);
        let size = [high[0] - low[0], high[1] - low[1]];
        if !size.iter().all(|s| s.is_finite()) {
            return None;
        }
        let room = SIZE - 2.0 * MARGIN;
        let scale = room / size[0].max(size[1]).max(0.5);
        let shift = size.map(|s| MARGIN + (room - s * scale) / 2.0);
        Some(Self { low, scale, shift })
    }

    fn place(&self, p: [f64; 2]) -> [f64; 2] {
        [0, 1].map(|i| self.shift[i] + (p[i] - self.low[i]) * self.scale)
    }
}

fn px(value: f64) -> String {
    format!("{}", (value * 10.0).round() / 10.0)
}
