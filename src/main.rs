//! The `formcheck` command.

use std::path::Path;
use std::process::ExitCode;

/// Tells ONNX Runtime to send no usage reports and to keep no device id. The one we install can do neither; newer ones, which a
/// user may name, do both from the moment they are loaded, so that the call of their interface would come too late.
const NO_REPORTS: (&str, &str) = ("ORT_DISABLE_TELEMETRY", "1");

/// The variable that names the local time zone, and where zones are kept (tzset(3)).
const ZONE: &str = "TZ";
const ZONES: &str = "/usr/share/zoneinfo";

fn main() -> ExitCode {
    let (name, value) = NO_REPORTS;
    let is_zone_endless = is_zone_endless();
    #[allow(unsafe_code, reason = "nothing else can be said to a library before it is loaded")]
    // SAFETY: no other thread runs yet, so nobody reads the environment meanwhile.
    unsafe {
        std::env::set_var(name, value);
        if is_zone_endless {
            std::env::remove_var(ZONE);
        }
    }
    formcheck::run_command_line()
}

/// Whether the local time zone names what is no ordinary file: a device would be read without end.
fn is_zone_endless() -> bool {
    let zone = std::env::var_os(ZONE).unwrap_or_default();
    let name = zone.to_string_lossy();
    let name = name.strip_prefix(':').unwrap_or(&name);
    !name.is_empty() && std::fs::metadata(Path::new(ZONES).join(name)).is_ok_and(|zone| !zone.is_file())
}
