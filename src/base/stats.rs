//! Small statistics of lists of numbers, each defined once.

/// The mean; `None` of nothing.
pub fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

/// The standard deviation of the values themselves (not an estimate from a sample); `None` of nothing.
pub fn deviation(values: &[f64]) -> Option<f64> {
    let mean = mean(values)?;
    Some((values.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / values.len() as f64).sqrt())
}

/// The median, the upper of the two in the middle; `None` of nothing.
pub fn median(values: impl IntoIterator<Item = f64>) -> Option<f64> {
    let mut sorted: Vec<f64> = values.into_iter().collect();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied()
}

/// The median, the mean of the two in the middle where there are two; `None` of nothing.
pub fn mean_of_middle(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let upper = sorted.len() / 2;
    let lower = sorted.len().saturating_sub(1) / 2;
    Some((sorted.get(lower)? + sorted.get(upper)?) / 2.0)
}

/// The smallest and the largest value; `None` of nothing.
pub fn min_max(values: impl IntoIterator<Item = f64>) -> Option<(f64, f64)> {
    values
        .into_iter()
        .fold(None, |ends, v| Some(ends.map_or((v, v), |(low, high): (f64, f64)| (low.min(v), high.max(v)))))
}

/// One step of a low-pass of first order: where `current` comes when it follows `value` for `dt_s` with the time constant
/// `tau_s`, both seconds.
pub fn low_pass(current: f64, value: f64, dt_s: f64, tau_s: f64) -> f64 {
    current + (value - current) * (dt_s / (tau_s + dt_s))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_are_what_their_names_say_and_nothing_of_nothing() {
        let values = [4.0, 1.0, 3.0, 2.0];
        assert_eq!((mean(&values), median(values), min_max(values)), (Some(2.5), Some(3.0), Some((1.0, 4.0))));
        assert!((deviation(&values).unwrap() - 1.25_f64.sqrt()).abs() < 1e-12);
        assert_eq!((mean(&[]), deviation(&[]), median([]), min_max([])), (None, None, None, None));
        assert_eq!(low_pass(0.0, 1.0, 2.0, 2.0), 0.5);
    }
}
