//! Measured values in words, the same on the command line and in reports.

use super::session::StoppedBecause;
use crate::counting::record::{EndedBy, PauseCause, PauseRecord};

/// A value with its unit: "62°", "0.21 T", "35 %".
pub fn in_unit(value: f64, unit: &str) -> String {
    match unit {
        "deg" => format!("{value:.0}°"),
        "T" => format!("{value:.2} T"),
        _ => format!("{:.0} %", value * 100.0),
    }
}

/// Seconds: "8.4 s", "2 min 10 s".
pub fn seconds(s: f64) -> String {
    if s < 60.0 {
        return format!("{s:.1} s");
    }
    let whole = s.round() as u64;
    format!("{} min {} s", whole / 60, whole % 60)
}

/// A share: "96 %".
pub fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

/// What a set waited for: "waited 12.0 s for a picture".
pub fn waits(pauses: &[PauseRecord]) -> Vec<String> {
    let of = |why: PauseCause| -> f64 {
        pauses.iter().filter(|p| p.why == why).fold(0.0, |sum, p| sum + (p.end_s - p.start_s).max(0.0))
    };
    let causes = [
        (PauseCause::Picture, "for a picture"),
        (PauseCause::Away, "until the person was back"),
        (PauseCause::Person, "as the person asked"),
    ];
    let with_time = causes.into_iter().map(|(why, words)| (of(why), words)).filter(|(s, _)| *s > 0.0);
    with_time.map(|(s, words)| format!("waited {} {words}", seconds(s))).collect()
}

/// How a set ended, where it was not by its target or its session.
pub const fn ended(by: EndedBy) -> Option<&'static str> {
    match by {
        EndedBy::Pain => Some("ended because it hurt"),
        EndedBy::Person => Some("ended by the person"),
        EndedBy::Still => Some("ended because nothing moved"),
        EndedBy::Pause => Some("ended in a pause"),
        EndedBy::Target | EndedBy::Session => None,
    }
}

/// Why a session ended before its end.
pub const fn stopped(because: StoppedBecause) -> &'static str {
    match because {
        StoppedBecause::Pain => "it hurt",
        StoppedBecause::Tired => "tired",
        StoppedBecause::NoTime => "no more time",
        StoppedBecause::Other => "another reason",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_read_as_one_says_them() {
        assert_eq!(
            (in_unit(62.4, "deg"), in_unit(0.214, "T"), in_unit(0.35, "share")),
            ("62°".into(), "0.21 T".into(), "35 %".into())
        );
        assert_eq!((seconds(8.44), seconds(130.2)), ("8.4 s".to_owned(), "2 min 10 s".to_owned()));
        assert_eq!(percent(0.956), "96 %");
        let pause = |start_s, end_s, why| PauseRecord { start_s, end_s, why };
        let pauses = [
            pause(2.0, 5.0, PauseCause::Person),
            pause(9.0, 10.5, PauseCause::Picture),
            pause(20.0, 30.5, PauseCause::Picture),
        ];
        assert_eq!(waits(&pauses), ["waited 12.0 s for a picture", "waited 3.0 s as the person asked"]);
    }
}
