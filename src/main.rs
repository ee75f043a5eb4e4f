//! The `formcheck` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    formcheck::cli::main()
}
