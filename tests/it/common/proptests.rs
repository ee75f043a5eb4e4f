//! How many cases a property is tried with, and from which seed.

use proptest::test_runner::{Config, RngSeed};
use std::num::NonZeroU32;

/// `plain` cases, or `ci` of them where CI is set, times FORMCHECK_CASES_FACTOR. They are the same in every run, so that a red
/// one means a change; PROPTEST_RNG_SEED tries others (`make fuzz-night`).
pub fn cases(plain: u32, ci: u32) -> Config {
    let factor = std::env::var("FORMCHECK_CASES_FACTOR").map_or(1, |text| match text.parse::<NonZeroU32>() {
        Ok(factor) => factor.get(),
        Err(error) => panic!("FORMCHECK_CASES_FACTOR is {text:?}: {error}"),
    });
    let cases = if std::env::var_os("CI").is_some() { ci } else { plain };
    let default = Config::default();
    let rng_seed = if default.rng_seed == RngSeed::Random { RngSeed::Fixed(1) } else { default.rng_seed };
    Config {
        cases: cases.saturating_mul(factor),
        max_global_rejects: default.max_global_rejects.saturating_mul(factor),
        failure_persistence: None,
        rng_seed,
        ..default
    }
}
