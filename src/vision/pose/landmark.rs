//! One landmark as the model gives it.

/// One landmark as the model gives it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct LandmarkEstimate {
    /// Right, image pixels.
    pub x_px: f32,
    /// Down, image pixels.
    pub y_px: f32,
    /// Depth relative to the hips in pixels of the picture, smaller is nearer to the camera.
    pub z_px: f32,
    /// Probability that the point is not hidden, 0..1.
    pub visibility: f32,
    /// Probability that the point lies inside the picture, 0..1.
    pub presence: f32,
}

/// A point of the model's own body space: metres, origin between the hips, x right and y down as in the picture, z away
/// from the camera.
pub type WorldPoint = [f32; 3];

/// Hundredths of a pixel: far below the model's noise, short in a trace.
pub(super) const STEPS_PER_PX: f32 = 100.0;

pub(crate) fn quantised(value: f32, steps_per_unit: f32) -> f32 {
    let rounded = (value * steps_per_unit).round() / steps_per_unit;
    // No negative zero: it would print as "-0.0" and survive a replay as such.
    if rounded == 0.0 || !rounded.is_finite() { 0.0 } else { rounded }
}
