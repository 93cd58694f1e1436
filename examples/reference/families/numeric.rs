//! Procedures on fixed numbers: the product's own statistics against answers computed elsewhere.

use crate::case::{Case, Number, numbers_of};
use crate::verdict::{Line, judge_exactly};
use leadsim::stats::survival::{Watched, exponential_rate, log_normal_fit, surviving};
use leadsim::stats::{
    Estimate, busyness, fieller, isotonic, poisson_test, proportion, quantile, ratio, regression, selection,
    sequence, warmup,
};
use serde_json::Value;

/// The value of one number, or `None` if the procedure has none of this name.
type Answer = Result<Option<f64>, String>;

/// The lines of a case, or why it is not run.
///
/// # Errors
/// A procedure the product does not use, or a case that cannot be read.
pub fn lines(case: &Case) -> Result<Vec<Line>, String> {
    let answer: fn(&Case, &Number) -> Answer = match case.family.as_str() {
        "interval for a proportion" => intervals,
        "ratio estimator over replications" => ratios,
        "distribution-free interval for a quantile" => quantiles,
        "warm-up deletion" => warm_up,
        "censored response times" => survival,
        "day-to-day overdispersion" => overdispersion,
        "regression procedures" => regressions,
        "ranking and selection constants" => selections,
        "test for Poisson arrivals" => poisson_arrivals,
        "anytime-valid interval for a proportion" => sequences,
        "random numbers" => return Err("the product's streams are not made with Philox".to_string()),
        other => return Err(format!("no procedure for \"{other}\"")),
    };
    // Nine digits, unless the reference itself is less sure.
    let accuracy = case.accuracy().max(1e-9);
    let mut lines = Vec::new();
    for number in case.numbers() {
        lines.push(match answer(case, &number)? {
            Some(value) => judge_exactly(number.name(), number.exact, value, accuracy, ""),
            None => Line::skipped(number.name(), number.exact, "no such number in the product"),
        });
    }
    Ok(lines)
}

/// "k/n" as two counts.
fn of(key: &str) -> Result<(u64, u64), String> {
    let unreadable = || format!("`{key}` is no share");
    let (hits, tries) = key.split_once('/').ok_or_else(unreadable)?;
    Ok((hits.parse().map_err(|_| unreadable())?, tries.parse().map_err(|_| unreadable())?))
}

fn end(estimate: Estimate, place: &str) -> Option<f64> {
    if place == "0" { estimate.low } else { estimate.high }
}

fn intervals(_: &Case, number: &Number) -> Answer {
    let (hits, tries) = of(number.key(0))?;
    let place = number.key(2);
    let exact = proportion::clopper_pearson(hits, tries, 0.95);
    Ok(match number.key(1) {
        "wilson95" => end(proportion::wilson(hits, tries, 0.95), place),
        "jeffreys95" => end(proportion::jeffreys(hits, tries, 0.95), place),
        "clopper_pearson95" => Some(if place == "0" { exact.0 } else { exact.1 }),
        "clopper_pearson_lower95_one_sided" => Some(proportion::clopper_pearson_lower(hits, tries, 0.95)),
        _ => None,
    })
}

fn ratios(case: &Case, number: &Number) -> Answer {
    let pairs: Vec<(f64, f64)> = case.list("on_time")?.into_iter().zip(case.list("leads")?).collect();
    let level = case.number(&["confidence"])?;
    let mut tally = ratio::RatioTallyF::default();
    pairs.iter().for_each(|(x, n)| tally.add(*x, *n));
    let jackknife = ratio::jackknife(&pairs, level);
    let unweighted = ratio::mean_of_ratios(&pairs, level);
    // A half-width is a critical value times the standard error.
    let critical = leadsim::stats::law::critical_t(level, pairs.len() as u64 - 1);
    let error = |estimate: Estimate| Some(estimate.half_width()? / critical?);
    let place = number.key(1);
    Ok(match number.key(0) {
        "ratio_of_sums" => tally.value(),
        "delta_standard_error" => error(tally.estimate(level)),
        "delta_ci95" => end(tally.estimate(level), place),
        "jackknife_estimate" => Some(jackknife.value),
        "jackknife_standard_error" => error(jackknife),
        "jackknife_ci95" => end(jackknife, place),
        "fieller_ci95" => {
            fieller::fieller(&pairs, level).map(|(low, high)| if place == "0" { low } else { high })
        }
        "mean_of_ratios" => Some(unweighted.value),
        "mean_of_ratios_standard_error" => error(unweighted),
        _ => None,
    })
}

/// "n=100,p=0.9,conf=0.95".
fn quantiles(_: &Case, number: &Number) -> Answer {
    let read = |name: &str| {
        let part = number.key(0).split(',').find_map(|part| part.strip_prefix(name)?.strip_prefix('='));
        part.and_then(|text| text.parse::<f64>().ok())
            .ok_or_else(|| format!("no {name} in `{}`", number.key(0)))
    };
    let tries = read("n")? as u64;
    let ranks = quantile::ranks(tries, read("p")?, read("conf")?);
    Ok(match number.key(1) {
        "lower_rank_1based" => Some(ranks.lower.unwrap_or(0) as f64),
        "upper_rank_1based" => Some(ranks.upper.unwrap_or(tries + 1) as f64),
        "exact_coverage" => Some(ranks.coverage),
        _ => None,
    })
}

fn warm_up(case: &Case, number: &Number) -> Answer {
    let cut = warmup::mser5(&case.list("series")?).ok_or("the series is too short")?;
    Ok(match number.key(0) {
        "truncate_batches" => Some(cut.observations as f64 / 5.0),
        "truncate_observations" => Some(cut.observations as f64),
        "mser_at_minimum" => Some(cut.statistic),
        "truncated_mean" => Some(cut.kept_mean),
        _ => None,
    })
}

fn survival(case: &Case, number: &Number) -> Answer {
    let seen = case.list("event_1_observed")?;
    let durations: Vec<Watched> = case
        .list("time")?
        .into_iter()
        .zip(seen)
        .map(|(time, seen)| Watched { time, ended: seen == 1.0 })
        .collect();
    let at = || number.key(1).parse::<f64>().map_err(|_| format!("`{}` is no time", number.key(1)));
    let fit = log_normal_fit(&durations);
    Ok(match (number.key(0), number.key(1)) {
        ("km_survival", _) => Some(surviving(&durations, at()?).share),
        ("km_greenwood_se", _) => Some(surviving(&durations, at()?).standard_error),
        ("lognormal_mle", "mu") => fit.map(|fit| fit.mu),
        ("lognormal_mle", "sigma") => fit.map(|fit| fit.sigma),
        ("lognormal_mle", "loglik") => fit.map(|fit| fit.log_likelihood),
        ("exponential_mle_rate", _) => exponential_rate(&durations),
        _ => None,
    })
}

fn overdispersion(case: &Case, number: &Number) -> Answer {
    let counts: Vec<u64> = case.list("counts")?.into_iter().map(|count| count as u64).collect();
    let found = busyness::dispersion(&counts).ok_or("no counts")?;
    Ok(match number.key(0) {
        "shape_mle" => busyness::gamma_poisson_shape(&counts),
        "mean" => Some(found.mean),
        "index_of_dispersion" => Some(found.index),
        "dispersion_test_chi2" => Some(found.chi_square),
        "dispersion_test_p" => Some(found.p_value),
        _ => None,
    })
}

fn regressions(case: &Case, number: &Number) -> Answer {
    let place: usize = number.key(1).parse().unwrap_or(0);
    let logistic = || {
        let rows: Vec<Vec<f64>> = case
            .list("log_response")?
            .into_iter()
            .zip(case.list("tier")?)
            .map(|(response, tier)| vec![1.0, response, tier])
            .collect();
        let outcomes: Vec<bool> = case.list("converted")?.into_iter().map(|yes| yes == 1.0).collect();
        regression::logistic(&rows, &outcomes).ok_or_else(|| "the fit has no finite top".to_string())
    };
    let controlled = || {
        let known = case.number(&["control_mean"])?;
        regression::controlled_mean(&case.list("response")?, &case.list("control")?, known)
            .ok_or_else(|| "the control never varies".to_string())
    };
    Ok(match number.key(0) {
        "logit_coef" => logistic()?.coefficients.get(place).copied(),
        "logit_se" => logistic()?.standard_errors.get(place).copied(),
        "control_variate_beta" => Some(controlled()?.slope),
        "control_variate_estimate" => Some(controlled()?.value),
        "control_variate_se" => Some(controlled()?.standard_error),
        "isotonic_fit" => {
            isotonic::increasing(&case.list("isotonic_y")?, &case.list("isotonic_w")?).get(place).copied()
        }
        _ => None,
    })
}

/// "rinott_h_k5_n20_P0.95", "KN_eta_k5_n10_a0.05", "OCBA_fractions_means_1_1.3_sd_1_1.5".
fn selections(_: &Case, number: &Number) -> Answer {
    let name = number.key(0);
    let read = |letter: char| {
        let part = name.split('_').find_map(|part| part.strip_prefix(letter)?.parse::<f64>().ok());
        part.ok_or_else(|| format!("no {letter} in `{name}`"))
    };
    if let Some(rest) = name.strip_prefix("OCBA_fractions_means_") {
        let (means, spreads) = rest.split_once("_sd_").ok_or("OCBA without spreads")?;
        let list = |text: &str| text.split('_').filter_map(|part| part.parse().ok()).collect::<Vec<f64>>();
        let place: usize = number.key(1).parse().unwrap_or(0);
        return Ok(selection::ocba_fractions(&list(means), &list(spreads))
            .and_then(|shares| shares.get(place).copied()));
    }
    let (plans, trials) = (read('k')? as u32, read('n')? as u32);
    if name.starts_with("rinott_h") {
        return Ok(selection::rinott(plans, trials, read('P')?));
    }
    let constants = selection::KimNelson::new(plans, trials, read('a')?);
    Ok(match name {
        _ if name.starts_with("KN_eta") => Some(constants.eta),
        _ if name.starts_with("KN_h2") => Some(constants.h_squared),
        _ => None,
    })
}

fn poisson_arrivals(case: &Case, number: &Number) -> Answer {
    let stamps = case.model.get("arrival_times_by_interval").and_then(Value::as_array).ok_or("no stamps")?;
    let intervals: Option<Vec<Vec<f64>>> = stamps.iter().map(|interval| numbers_of(Some(interval))).collect();
    let length = case.number(&["interval_length"])?;
    let found = poisson_test::poisson_arrivals(&intervals.ok_or("unreadable stamps")?, length)
        .ok_or("a stamp lies outside its interval")?;
    Ok(match number.key(0) {
        "n" => Some(found.arrivals as f64),
        "ks_statistic" => Some(found.distance),
        "ks_p_exact" => Some(found.p_value),
        "mean_R" => Some(found.mean_gap),
        _ => None,
    })
}

fn sequences(case: &Case, number: &Number) -> Answer {
    let (hits, tries) = of(number.key(0))?;
    let level = 1.0 - case.number(&["alpha"])?;
    let interval = sequence::confidence_sequence(hits, tries, level);
    Ok(match number.key(1) {
        "lower" => interval.low,
        "upper" => interval.high,
        name => match name.strip_prefix("log_e_value_at_").map(str::parse::<f64>) {
            Some(Ok(share)) => Some(sequence::log_evidence_against(share, hits, tries)),
            _ => None,
        },
    })
}
