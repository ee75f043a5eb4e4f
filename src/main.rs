//! The `formcheck` command.

use std::process::ExitCode;

/// Tells ONNX Runtime to send no usage reports and to keep no device id. The one we install can do neither; newer ones, which a
/// user may name, do both from the moment they are loaded, so that the call of their interface would come too late.
const NO_REPORTS: (&str, &str) = ("ORT_DISABLE_TELEMETRY", "1");

fn main() -> ExitCode {
    let (name, value) = NO_REPORTS;
    #[allow(unsafe_code, reason = "nothing else can be said to a library before it is loaded")]
    // SAFETY: no other thread runs yet, so nobody reads the environment meanwhile.
    unsafe {
        std::env::set_var(name, value);
    }
    formcheck::run_command_line()
}
