//! The silhouette mask, computed only where it is read.
//!
//! The landmark model ends before the mask's last layers: they run over 256 x 256 pixels and took almost half of its time, while
//! the outline reads a few rays. [`SparseMask`] computes a pixel, and what it needs around it, when it is asked for; the layers and
//! their weights are those of the model (`models/cut_mask.py`), so the values are the same up to the order of sums.

/// Channels of the last layers.
const CHANNELS: usize = 8;
/// Side of the features the model gives.
pub const FEATURE_SIDE: usize = 128;
/// Side of the mask.
const SIDE: usize = 2 * FEATURE_SIDE;
/// Side of a layer with its border.
const STRIDE: usize = SIDE + 2;
/// The resized features, and what each block makes of them.
const LAYERS: usize = 3;
/// What has not been computed in any frame.
const NO_FRAME: u32 = 0;
/// What is known in every frame.
const EVERY_FRAME: u32 = u32::MAX;
/// Values of the features: channels first.
pub const FEATURE_SHAPE: [usize; 4] = [1, CHANNELS, FEATURE_SIDE, FEATURE_SIDE];
/// Weights of the layers: two blocks (depthwise 3 x 3, then 1 x 1, each with its bias), and 3 x 3 to one channel.
pub const TAIL_WEIGHTS: usize = 2 * (CHANNELS * 9 + CHANNELS + CHANNELS * CHANNELS + CHANNELS) + CHANNELS * 9 + 1;

/// The channels of a pixel.
type Pixel = [f32; CHANNELS];

/// Values of a mask, pixel by pixel.
pub trait MaskValues {
    /// The raw value (a logit) at a pixel inside the mask.
    fn logit(&mut self, x: usize, y: usize) -> f32;
}

/// A block: what went in, plus a depthwise 3 x 3 and a 1 x 1 convolution of it.
#[derive(Clone, Debug)]
struct Block {
    /// By place in the neighbourhood, then channel.
    depth: [Pixel; 9],
    depth_bias: Pixel,
    /// By channel that goes in, then channel that comes out.
    point: [Pixel; CHANNELS],
    point_bias: Pixel,
}

/// The weights of the last layers.
#[derive(Clone, Debug)]
struct Tail {
    blocks: [Block; 2],
    /// By place in the neighbourhood, then channel.
    last: [Pixel; 9],
    last_bias: f32,
}

impl Tail {
    /// From the model's weights, in the order of `models/cut_mask.py`.
    fn of(weights: &[f32]) -> Option<Self> {
        if weights.len() != TAIL_WEIGHTS {
            return None;
        }
        let mut rest = weights;
        let mut take = |n: usize| {
            let (taken, after) = rest.split_at(n);
            rest = after;
            taken
        };
        // Weights stand by channel, then place: turned about, so that all channels of a place are computed at once.
        let by_place = |w: &[f32]| std::array::from_fn(|place| std::array::from_fn(|c| w[c * 9 + place]));
        let bias = |w: &[f32]| std::array::from_fn(|c| w[c]);
        let mut block = || Block {
            depth: by_place(take(CHANNELS * 9)),
            depth_bias: bias(take(CHANNELS)),
            point: {
                let w = take(CHANNELS * CHANNELS);
                std::array::from_fn(|from| std::array::from_fn(|to| w[to * CHANNELS + from]))
            },
            point_bias: bias(take(CHANNELS)),
        };
        let blocks = [block(), block()];
        Some(Self { blocks, last: by_place(take(CHANNELS * 9)), last_bias: take(1)[0] })
    }
}

/// Pixels of a layer that have been computed in this frame, with a border of zeros around them.
#[derive(Clone, Debug)]
struct Layer {
    pixels: Vec<Pixel>,
    /// The frame each was computed in; the border is of every frame.
    frame: Vec<u32>,
}

impl Layer {
    fn new() -> Self {
        let is_border = |i: &usize| {
            let (x, y) = (i % STRIDE, i / STRIDE);
            x == 0 || y == 0 || x > SIDE || y > SIDE
        };
        let frame = (0..STRIDE * STRIDE).map(|i| if is_border(&i) { EVERY_FRAME } else { NO_FRAME });
        Self { pixels: vec![[0.0; CHANNELS]; STRIDE * STRIDE], frame: frame.collect() }
    }
}

/// Place of a pixel in a layer with its border.
const fn place(x: usize, y: usize) -> usize {
    (y + 1) * STRIDE + x + 1
}

/// Memory and weights for [`SparseMask`].
#[derive(Debug, Default)]
pub struct MaskMemory {
    tail: Option<Tail>,
    frame: u32,
    layers: Vec<Layer>,
    /// The features, channels last, and the frame each was gathered in.
    features: Vec<(u32, Pixel)>,
    /// Values of the mask, and the frame each was computed in.
    values: Vec<(u32, f32)>,
}

impl MaskMemory {
    /// The mask of a new frame: `features` as the model gives them, of [`FEATURE_SHAPE`], and its [`TAIL_WEIGHTS`] weights.
    /// `None` where these are of another size.
    pub fn mask<'a>(&'a mut self, features: &'a [f32], weights: &[f32]) -> Option<SparseMask<'a>> {
        if features.len() != FEATURE_SHAPE.iter().product::<usize>() {
            return None;
        }
        if self.tail.is_none() {
            self.tail = Some(Tail::of(weights)?);
            self.layers = vec![Layer::new(); LAYERS];
            self.values = vec![(NO_FRAME, 0.0); STRIDE * STRIDE];
            self.features = vec![(NO_FRAME, [0.0; CHANNELS]); FEATURE_SIDE * FEATURE_SIDE];
        }
        self.frame += 1;
        if self.frame == EVERY_FRAME {
            *self = Self::default();
            return self.mask(features, weights);
        }
        let Self { tail, frame, layers, features: gathered, values } = self;
        Some(SparseMask { features, gathered, tail: tail.as_ref()?, frame: *frame, layers, values })
    }
}

/// A mask of 256 by as much.
pub struct SparseMask<'a> {
    /// As the model gives them, channels first.
    features: &'a [f32],
    gathered: &'a mut [(u32, Pixel)],
    tail: &'a Tail,
    frame: u32,
    layers: &'a mut [Layer],
    values: &'a mut [(u32, f32)],
}

impl MaskValues for SparseMask<'_> {
    fn logit(&mut self, x: usize, y: usize) -> f32 {
        let at = place(x, y);
        if self.values[at].0 == self.frame {
            return self.values[at].1;
        }
        self.compute(LAYERS - 1, x, y, 1);
        let (pixels, mut sums) = (&self.layers[LAYERS - 1].pixels, [0.0; CHANNELS]);
        for (weights, near) in self.tail.last.iter().zip(around(at)) {
            add(&mut sums, weights, &pixels[near]);
        }
        let value = self.tail.last_bias + sums.iter().sum::<f32>();
        self.values[at] = (self.frame, value);
        value
    }
}

impl SparseMask<'_> {
    /// Computes the pixels of a layer that are not known yet, up to `reach` around a place.
    fn compute(&mut self, layer: usize, x: usize, y: usize, reach: usize) {
        let (rows, columns) =
            (y.saturating_sub(reach)..=(y + reach).min(SIDE - 1), x.saturating_sub(reach)..=(x + reach).min(SIDE - 1));
        for y in rows {
            for x in columns.clone() {
                if self.layers[layer].frame[place(x, y)] != self.frame {
                    let pixel = if layer == 0 { self.resized(x, y) } else { self.block(layer, x, y) };
                    self.layers[layer].pixels[place(x, y)] = pixel;
                    self.layers[layer].frame[place(x, y)] = self.frame;
                }
            }
        }
    }

    fn block(&mut self, layer: usize, x: usize, y: usize) -> Pixel {
        self.compute(layer - 1, x, y, 1);
        let (block, pixels, at) = (&self.tail.blocks[layer - 1], &self.layers[layer - 1].pixels, place(x, y));
        let mut depth = block.depth_bias;
        for (weights, near) in block.depth.iter().zip(around(at)) {
            add(&mut depth, weights, &pixels[near]);
        }
        let mut out = block.point_bias;
        for (weights, value) in block.point.iter().zip(depth) {
            add(&mut out, weights, &[relu6(value); CHANNELS]);
        }
        std::array::from_fn(|c| relu6(pixels[at][c] + out[c]))
    }

    /// The features at twice their size: bilinear, half pixel.
    fn resized(&mut self, x: usize, y: usize) -> Pixel {
        let ((x0, x1, wx), (y0, y1, wy)) = (between(x), between(y));
        let (a, b, c, d) = (self.feature(x0, y0), self.feature(x1, y0), self.feature(x0, y1), self.feature(x1, y1));
        std::array::from_fn(|i| {
            let (upper, lower) = (a[i] * (1.0 - wx) + b[i] * wx, c[i] * (1.0 - wx) + d[i] * wx);
            upper * (1.0 - wy) + lower * wy
        })
    }

    /// The channels of a feature, side by side.
    fn feature(&mut self, x: usize, y: usize) -> Pixel {
        let at = y * FEATURE_SIDE + x;
        if self.gathered[at].0 != self.frame {
            let channel = |c: usize| self.features[c * FEATURE_SIDE * FEATURE_SIDE + at];
            self.gathered[at] = (self.frame, std::array::from_fn(channel));
        }
        self.gathered[at].1
    }
}

/// The two features that a place of the resized picture lies between, and the weight of the second.
fn between(place: usize) -> (usize, usize, f32) {
    // Half a pixel on, halved, half a pixel back.
    let at = (place as f32 / 2.0 - 0.25).clamp(0.0, (FEATURE_SIDE - 1) as f32);
    let low = at.floor() as usize;
    (low, (low + 1).min(FEATURE_SIDE - 1), at - low as f32)
}

/// The 3 x 3 neighbourhood of a place, row by row.
const fn around(at: usize) -> [usize; 9] {
    let (above, below) = (at - STRIDE, at + STRIDE);
    [above - 1, above, above + 1, at - 1, at, at + 1, below - 1, below, below + 1]
}

/// Adds the products of each channel.
fn add(sum: &mut Pixel, weights: &Pixel, pixel: &Pixel) {
    for c in 0..CHANNELS {
        sum[c] += weights[c] * pixel[c];
    }
}

fn relu6(value: f32) -> f32 {
    value.clamp(0.0, 6.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers that look random, in -1 to 1.
    fn noise(n: usize, seed: u32) -> Vec<f32> {
        let mut state = seed;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as f32 / 8_388_608.0 - 1.0
        };
        (0..n).map(|_| next()).collect()
    }

    /// The layers as they are written down, each value from scratch.
    struct Plain<'a> {
        features: &'a [f32],
        weights: &'a [f32],
    }

    impl Plain<'_> {
        fn value(&self, layer: usize, c: usize, x: i64, y: i64) -> f32 {
            if !(0..256).contains(&x) || !(0..256).contains(&y) {
                return 0.0;
            }
            if layer == 0 {
                let at = |x: f32, y: f32| self.features[(c * 128 + y as usize) * 128 + x as usize];
                let [u, v] = [x, y].map(|p| (p as f32 / 2.0 - 0.25).clamp(0.0, 127.0));
                let [u1, v1] = [u, v].map(|p| (p.floor() + 1.0).min(127.0));
                let (fx, fy) = (u - u.floor(), v - v.floor());
                let row = |v: f32| at(u.floor(), v) * (1.0 - fx) + at(u1, v) * fx;
                return row(v.floor()) * (1.0 - fy) + row(v1) * fy;
            }
            let w = &self.weights[(layer - 1) * 152..];
            let depth = |c: usize| {
                let sum: f32 = (0..9).map(|k| w[c * 9 + k] * self.near(layer - 1, c, x, y, k)).sum();
                (sum + w[72 + c]).clamp(0.0, 6.0)
            };
            let point: f32 = (0..8).map(|from| w[80 + c * 8 + from] * depth(from)).sum();
            (self.value(layer - 1, c, x, y) + point + w[144 + c]).clamp(0.0, 6.0)
        }

        fn near(&self, layer: usize, c: usize, x: i64, y: i64, k: usize) -> f32 {
            self.value(layer, c, x + k as i64 % 3 - 1, y + k as i64 / 3 - 1)
        }

        fn logit(&self, x: usize, y: usize) -> f32 {
            let w = &self.weights[304..];
            let of = |c: usize| (0..9).map(|k| w[c * 9 + k] * self.near(2, c, x as i64, y as i64, k)).sum::<f32>();
            w[72] + (0..8).map(of).sum::<f32>()
        }
    }

    #[test]
    fn a_pixel_is_what_the_layers_give_there_whatever_was_asked_before() {
        let weights = noise(TAIL_WEIGHTS, 1);
        let mut memory = MaskMemory::default();
        for seed in [2, 3] {
            let features: Vec<f32> = noise(8 * 128 * 128, seed).iter().map(|v| 3.0 * v + 2.0).collect();
            let plain = Plain { features: &features, weights: &weights };
            let mut mask = memory.mask(&features, &weights).unwrap();
            let wrong: Vec<_> = [(0, 0), (255, 255), (0, 128), (17, 90), (18, 90), (17, 91), (200, 3), (254, 1)]
                .into_iter()
                .filter(|(x, y)| (mask.logit(*x, *y) - plain.logit(*x, *y)).abs() > 1e-3)
                .collect();
            assert!(wrong.is_empty(), "picture {seed}: {wrong:?}");
        }
    }

    #[test]
    fn tensors_of_another_size_give_no_mask() {
        let mut memory = MaskMemory::default();
        assert!(memory.mask(&[0.0; 8], &noise(TAIL_WEIGHTS, 1)).is_none());
        assert!(memory.mask(&vec![0.0; 8 * 128 * 128], &[0.0; 3]).is_none());
    }
}
