//! Values that options take.

use crate::base::skeleton::Side;
use crate::vision::infer::manifest::ModelChoice;
use clap::ValueEnum;

/// A side, the person's own.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum SideArg {
    Left,
    Right,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum ModelArg {
    Lite,
    Full,
    // There where `make heavy` has made it, to compare with: it counts worse (models/README.md), so it is not offered.
    #[value(hide = true)]
    Heavy,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    Text,
    Json,
}

/// How a list is printed.
#[derive(Clone, Copy, Debug, clap::Args)]
pub(super) struct ListArgs {
    /// How to print the list
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Pace {
    /// Frames come when they would from a camera
    Live,
    /// Frames come as fast as they can be analysed
    Fast,
}

impl From<SideArg> for Side {
    fn from(arg: SideArg) -> Self {
        match arg {
            SideArg::Left => Self::Left,
            SideArg::Right => Self::Right,
        }
    }
}

impl From<ModelArg> for ModelChoice {
    fn from(arg: ModelArg) -> Self {
        match arg {
            ModelArg::Lite => Self::Lite,
            ModelArg::Full => Self::Full,
            ModelArg::Heavy => Self::Heavy,
        }
    }
}

/// A number above zero.
pub(super) fn positive(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(value) if value.is_finite() && value > 0.0 => Ok(value),
        _ => Err("expected a number above zero".to_owned()),
    }
}
