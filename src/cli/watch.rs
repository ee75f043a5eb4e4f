use super::WatchArgs;
use std::process::ExitCode;
pub(super) fn run(_args: &WatchArgs) -> anyhow::Result<ExitCode> { anyhow::bail!("soon") }
