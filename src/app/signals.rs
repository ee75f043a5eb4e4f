//! Being told to end: Ctrl-C, SIGTERM (a desktop that logs out, a service that is stopped) and SIGHUP (a terminal that is closed).
//!
//! Whoever has something to bring to an end listens and is told once; else, and at the second time, what is unfinished is
//! removed and the program ends. What comes at once after the first is no second time.

use crate::disk::unfinished;
use std::io::Write as _;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Exit code of a program that was told to end (128 and SIGINT).
const TOLD_TO_END: i32 = 130;

/// Who logs out, closes a terminal or stops a group of programs may send several signals for one wish, so soon after each other.
const SAME_WISH: Duration = Duration::from_millis(300);

/// When the program was told first.
static FIRST_TOLD: Mutex<Option<Instant>> = Mutex::new(None);

/// Who listens, until it was told.
static LISTENER: Mutex<Option<Box<dyn FnOnce() + Send>>> = Mutex::new(None);

/// Has `listener` told, instead of the program being ended.
pub fn listen(listener: impl FnOnce() + Send + 'static) {
    *LISTENER.lock().unwrap_or_else(PoisonError::into_inner) = Some(Box::new(listener));
}

fn told() {
    if is_the_same_wish() {
        return;
    }
    let listener = LISTENER.lock().unwrap_or_else(PoisonError::into_inner).take();
    if let Some(listener) = listener {
        return listener();
    }
    leave();
}

/// Whether this is said with what was heard first.
#[expect(clippy::disallowed_methods, reason = "signals have no capture times")]
fn is_the_same_wish() -> bool {
    let now = Instant::now();
    let mut first = FIRST_TOLD.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(first) = *first {
        return now.duration_since(first) < SAME_WISH;
    }
    *first = Some(now);
    false
}

/// Removes what is unfinished and ends the program. Threads that look at pictures are in the middle of it, so nothing is taken down
/// behind their backs: what the runtime library would do at an ordinary end makes them crash.
pub fn leave() -> ! {
    unfinished::remove_all();
    let _closed = std::io::stdout().flush();
    #[cfg(unix)]
    signal_hook::low_level::exit(TOLD_TO_END);
    #[cfg(not(unix))]
    std::process::exit(TOLD_TO_END);
}

/// Begins to heed. Where that does not work the system ends the program, only without a summary.
#[cfg(unix)]
pub fn heed() {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM, SIGXFSZ};
    use signal_hook::iterator::Signals;

    // A file that may not grow any more is an error like a full disk, not an end without a word.
    let never_looked_at = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
    let limited = signal_hook::flag::register(SIGXFSZ, never_looked_at).map(drop);
    // What nohup has the program ignore stays ignored.
    let heeded = [SIGINT, SIGTERM, SIGHUP].into_iter().filter(|signal| *signal != SIGHUP || !is_ignored(*signal));
    let begun = limited.and_then(|()| Signals::new(heeded)).and_then(|mut signals| {
        let heed = move || signals.forever().for_each(|_| told());
        std::thread::Builder::new().name("signals".to_owned()).spawn(heed)
    });
    if let Err(e) = begun {
        tracing::warn!("could not watch for Ctrl-C: {e}");
    }
}

/// Whether whoever started the program had it ignore a signal (Linux tells; elsewhere none is).
#[cfg(unix)]
fn is_ignored(signal: i32) -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).is_some_and(|mask| mask & (1 << (signal - 1)) != 0)
}

/// As above.
#[cfg(not(unix))]
pub fn heed() {
    if let Err(e) = ctrlc::set_handler(told) {
        tracing::warn!("could not watch for Ctrl-C: {e}");
    }
}
