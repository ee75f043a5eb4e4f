//! Measured values in words, the same on the command line and in reports.

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
    }
}
