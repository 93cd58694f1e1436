//! How much of the start of a long run to throw away before it settles.

/// Values averaged into one batch.
pub const BATCH: usize = 5;

/// The cut proposed by the MSER-5 rule.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WarmUp {
    /// Number of values to drop from the front.
    pub observations: usize,
    /// The statistic at its minimum, in squared units of the values.
    pub statistic: f64,
    /// Mean of the batches that are kept.
    pub kept_mean: f64,
    /// Whether the minimum sits at the end of the search: the run is too short to trust the cut.
    pub at_limit: bool,
}

/// MSER-5 (White 1997; Spratt 1998): drop the batches that minimise the squared standard error of the mean of the rest.
///
/// Searches up to half of the batches, the first minimum wins; a partial last batch is ignored. `None` with fewer
/// than two batches. On input with a daily or weekly cycle apply it to totals of whole cycles.
pub fn mser5(values: &[f64]) -> Option<WarmUp> {
    let batches: Vec<f64> =
        values.chunks_exact(BATCH).map(|batch| batch.iter().sum::<f64>() / BATCH as f64).collect();
    let limit = batches.len() / 2;
    let mut best: Option<(usize, f64, f64)> = None;
    // From the back, one batch joins at a time, so that long runs cost linear time (mean and squares after Welford).
    let (mut count, mut mean, mut squares) = (0.0, 0.0, 0.0);
    for (dropped, batch) in batches.iter().enumerate().rev() {
        count += 1.0;
        let distance = batch - mean;
        mean += distance / count;
        squares += distance * (batch - mean);
        let statistic = squares / (count * count);
        // "Not larger" because the walk is backwards and the earliest cut wins a tie.
        if dropped < limit && best.is_none_or(|(_, smallest, _)| statistic <= smallest) {
            best = Some((dropped, statistic, mean));
        }
    }
    best.map(|(dropped, statistic, kept_mean)| WarmUp {
        observations: dropped * BATCH,
        statistic,
        kept_mean,
        at_limit: dropped + 1 == limit && limit > 1,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drops_a_clear_transient() {
        let values: Vec<f64> = (0..200).map(|i| if i < 20 { 50.0 } else { f64::from(i % 3) }).collect();
        let cut = mser5(&values).unwrap();
        assert_eq!(cut.observations, 20);
        assert!(!cut.at_limit && cut.kept_mean < 1.1);
    }

    #[test]
    fn a_steady_climb_is_rejected() {
        let values: Vec<f64> = (0..100).map(f64::from).collect();
        assert!(mser5(&values).unwrap().at_limit);
    }

    #[test]
    fn too_short_to_say() {
        assert_eq!(mser5(&[1.0; 9]), None);
    }
}
