//! Reproducible chance, and the jitter of a real pose model.

use super::TRUNK_M;
use formcheck::vision::pose::PoseEstimate;

/// A small reproducible source of chance.
pub struct Chance(pub u64);

impl Chance {
    /// Even in 0..1 (splitmix64).
    pub fn even(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Nearly normal with standard deviation 1.
    pub fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.even()).sum::<f64>() - 6.0
    }
}

/// How far one frame's estimates lie beside the truth, one standard deviation.
#[derive(Clone, Copy, Debug)]
pub struct Noise {
    pub px: f64,
    pub world_m: f64,
    pub outline_px: f64,
}

impl Noise {
    /// A share of the trunk, in the picture and in the world alike.
    pub fn of_trunk(share: f64, px_per_m: f64) -> Self {
        let world_m = share * TRUNK_M;
        Self { px: world_m * px_per_m, world_m, outline_px: 0.0 }
    }
}

/// Shakes every landmark, in the picture and in the world, and the outline.
pub fn shaken(film: &[PoseEstimate], noise: Noise, seed: u64) -> Vec<PoseEstimate> {
    let mut chance = Chance(seed);
    let mut film = film.to_vec();
    for pose in film.iter_mut().filter_map(|e| e.pose.as_mut()) {
        for l in &mut pose.landmarks {
            l.x_px += (chance.normal() * noise.px) as f32;
            l.y_px += (chance.normal() * noise.px) as f32;
        }
        pose.world.iter_mut().flatten().for_each(|v| *v += (chance.normal() * noise.world_m) as f32);
        let chord = &mut pose.outline.trunk;
        let outline = chord.cw_px.iter_mut().chain(&mut chord.ccw_px).flatten();
        outline.for_each(|d| *d += (chance.normal() * noise.outline_px) as f32);
    }
    film
}
