//! Kinds from the outline of the body.

use super::kind::{Parameters::Keys, SignalKind, Unit::Trunk, UnitRule::Fixed, Value::Measure};
use super::point::{PointRef, Points, TRUNK_LINE};
use crate::base::skeleton::Side;
use crate::vision::pose::outline::OUTLINE_SAMPLES;

/// Mean of a parabola's height over its chord, as a share of its sagitta.
const MEAN_OF_SAGITTA: f64 = 2.0 / 3.0;

/// A back cannot bulge farther, T: 15 cm over a trunk of half a metre. What reads more is an arm, hair or a cloth.
const FARTHEST: f64 = 0.3;

/// So many samples at the ends of the line may be missing.
const MISSING_AT_ENDS: usize = 3;
/// And so many in a row between: a back that is rounded high leaves the straight line, which then runs under the belly.
const LONGEST_GAP: usize = 8;

/// The rows.
pub(super) const KINDS: &[SignalKind] = &[SignalKind {
    name: "back_curve",
    doc: "Farthest the back's outline bulges from the straight line between its ends: positive is rounded.",
    parameters: Keys(&[]),
    unit: Fixed(Trunk),
    value: Measure(back_curve),
}];

impl SignalKind {
    /// Whether it is measured from the outline, along the trunk.
    pub fn reads_outline(&self) -> bool {
        KINDS.iter().any(|kind| kind.name == self.name)
    }
}

/// Sagitta of the back's outline in T, signed, of the parabola with the same mean height over the straight line through the
/// outer samples: the mean of many samples jitters less than the farthest one.
fn back_curve(p: &mut Points<'_>, _: &[PointRef]) -> Option<f64> {
    // The samples are taken along this line: they are no better than it.
    p.all::<2>(&TRUNK_LINE)?;
    let (pose, body) = (p.pose, p.body);
    let chord = &pose.outline.as_ref()?.trunk;
    // The trunk chord runs from hip to shoulder; its counter-clockwise side is the front when the left side is near.
    let back = if body.near? == Side::Left { &chord.cw_px } else { &chord.ccw_px };
    let known = bridged(back)?;
    let (first, last) = (known[1], known[known.len() - 2]);
    let slope = (last.1 - first.1) / (last.0 - first.0);
    let bulges: Vec<f64> =
        known[2..known.len() - 2].iter().map(|&(i, d)| d - (first.1 + slope * (i - first.0))).collect();
    let mean_px = bulges.iter().sum::<f64>() / bulges.len() as f64;
    Some(mean_px / MEAN_OF_SAGITTA / body.trunk_px).filter(|curve| curve.abs() <= FARTHEST)
}

/// Index and distance of the samples, gaps between them bridged in a straight line; `None` where too many are missing.
fn bridged(samples: &[Option<f32>; OUTLINE_SAMPLES]) -> Option<Vec<(f64, f64)>> {
    let known: Vec<(usize, f64)> =
        samples.iter().enumerate().filter_map(|(i, d)| Some((i, f64::from((*d)?)))).collect();
    let ends = OUTLINE_SAMPLES - (known.last()?.0 + 1 - known.first()?.0);
    if ends > MISSING_AT_ENDS || known.windows(2).any(|w| w[1].0 - w[0].0 > LONGEST_GAP + 1) {
        return None;
    }
    let between = |w: &[(usize, f64)]| {
        let ((from, low), (to, high)) = (w[0], w[1]);
        let slope = (high - low) / (to - from) as f64;
        (from..to).map(move |i| (i as f64, low + slope * (i - from) as f64)).collect::<Vec<_>>()
    };
    let last = known.last().map(|(i, d)| (*i as f64, *d));
    Some(known.windows(2).flat_map(between).chain(last).collect())
}
