//! Measured values in words of the person's language, the same in the window, on the command line and in reports.

use super::session::StoppedBecause;
use crate::base::language::{decimal, text, tr};
use crate::counting::record::{EndedBy, PauseCause, PauseRecord};

/// A value with its unit: "62°", "0.21 T", "35 %".
pub fn in_unit(value: f64, unit: &str) -> String {
    match unit {
        "deg" => format!("{}°", decimal(value, 0)),
        "T" => format!("{} T", decimal(value, 2)),
        _ => percent(value),
    }
}

/// Seconds: "8.4 s", "2 min 10 s".
pub fn seconds(s: f64) -> String {
    if s < 60.0 {
        return format!("{} s", decimal(s, 1));
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
        (PauseCause::Picture, "waited-picture"),
        (PauseCause::Away, "waited-away"),
        (PauseCause::Person, "waited-person"),
    ];
    let with_time = causes.into_iter().map(|(why, id)| (of(why), id)).filter(|(s, _)| *s > 0.0);
    with_time.map(|(s, id)| text(id, &[("time", seconds(s).into())])).collect()
}

/// How a set ended, where it was not by its target or its session.
pub fn ended(by: EndedBy) -> Option<String> {
    match by {
        EndedBy::Pain => Some(tr!("ended-pain")),
        EndedBy::Person => Some(tr!("ended-person")),
        EndedBy::Still => Some(tr!("ended-still")),
        EndedBy::Pause => Some(tr!("ended-pause")),
        EndedBy::Target | EndedBy::Session => None,
    }
}

/// Why a session ended before its end.
pub fn stopped(because: StoppedBecause) -> String {
    match because {
        StoppedBecause::Pain => tr!("stopped-pain"),
        StoppedBecause::Tired => tr!("stopped-tired"),
        StoppedBecause::NoTime => tr!("stopped-no-time"),
        StoppedBecause::Other => tr!("stopped-other"),
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
